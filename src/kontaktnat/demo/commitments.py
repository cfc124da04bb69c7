"""What municipalities of the demo book have decided and agreed: some in time, some not, some not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontaktnat.demo.year import actor, date_of
from kontaktnat.model import Commitment, id_for

if TYPE_CHECKING:
    from kontaktnat.book import Book

_DATES = ("decided_on", "updated_on", "followed_up_on", "valid_from", "valid_until", "due_on")

# Municipality, kind, and fields; days are so many ago (to come, if negative).
FACTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("nybro", "situation_picture", {"decided_on": 900, "updated_on": 650,
                                    "contents": ("mapping", "other_information", "analysis")}),
    ("nybro", "action_plan", {"decided_on": 640, "decided_by": "kommunfullmäktige",
                              "integrated_with": ("översiktsplan", "drogpolitiskt program")}),
    ("nybro", "council", {"followed_up_on": 250, "contents": ("led_by_municipality",),
                          "meetings_per_year": 3}),
    ("nybro", "est", {"status": "active", "updated_on": 120}),
    ("torsås", "situation_picture", {"decided_on": 820, "contents": ("mapping",)}),
    ("torsås", "action_plan", {"decided_on": 800, "followed_up_on": 90, "decided_by": "kommunstyrelsen"}),
    ("kalmar", "situation_picture", {"updated_on": 200, "contents": ("mapping", "other_information",
                                                                    "analysis")}),
    ("kalmar", "action_plan", {"decided_on": 400, "decided_by": "kommunfullmäktige"}),
    ("kalmar", "citizen_promise", {"valid_from": 300, "valid_until": -65}),
    ("kalmar", "safety_survey", {"updated_on": 500}),
    ("kalmar", "bra_grant", {"status": "granted", "due_on": -30, "valid_until": -400}),
    ("oskarshamn", "situation_picture", {"decided_on": 760}),
    ("oskarshamn", "leadership", {"decided_by": "kommunstyrelsen", "updated_on": 900,
                                  "followed_up_on": 400}),
    ("oskarshamn", "nuclear_preparedness", {"followed_up_on": 710}),
    ("vimmerby", "council", {"followed_up_on": 60, "contents": ("led_by_municipality", "civil_society"),
                             "meetings_per_year": 4}),
)  # fmt: skip
SHARED = "se:agreement:lpo:nybro"
"""The agreement of those who share a police area, as the county pack has it."""


def commitments(book: Book) -> None:
    """Everything."""
    for place, kind, fields in FACTS:
        book.add(Commitment(kind=kind, actor=actor(book, place).id, **_dated(book, fields)))
    agreed = {"decided_on": 1320, "valid_from": 1300, "valid_until": -220, "followed_up_on": 330}
    book.update(  # it goes on unless notice is given
        book.commitments.get(id_for(f"commitment:{SHARED}")),
        actor=actor(book, "nybro").id,
        purposes=["trygghet i offentlig miljö", "färre brott bland unga"],
        areas=["skola", "narkotika", "trafik"],
        notice_months=6,
        renewal_years=4,
        **_dated(book, agreed),
    )


def _dated(book: Book, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: date_of(book, value) if name in _DATES else value for name, value in fields.items()}
