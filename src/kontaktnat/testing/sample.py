"""A small county for tests: every type of record, Swedish letters, text that wants to break formats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from kontaktnat.model import (
    Actor,
    Assignment,
    Commitment,
    Contact,
    FollowUp,
    Interaction,
    Member,
    Network,
    Pending,
    Record,
    Role,
    Topic,
    Way,
    id_for,
)

if TYPE_CHECKING:
    from kontaktnat import Book

R = TypeVar("R", bound=Record)

CANARY = "kanarie7q"
"""Stands wherever a protected person's or actor's data stands; no output may hold it."""

AWKWARD = 'Å "citat"; komma, tab\t|streck\\ <b>&amp;</b> 🚲 \u202eסוף'
"""Delimiters, quotes, markup, an emoji, text from right to left."""


def county() -> tuple[Record, ...]:
    """Records with fixed ids, each after those it refers to."""
    made: dict[str, Any] = {}

    def of(cls: type[R], key: str, **fields: Any) -> None:
        made[key] = cls(id=id_for(f"sample:{key}"), **fields)

    def id(key: str) -> Any:
        return made[key].id

    of(Actor, "nybro", name="Nybro kommun", kind="municipality", place="0881", aliases=["Nybro"])
    of(Actor, "ange", name="Ånge kommun", kind="municipality", place="2260", note="rad ett\nrad två")
    of(Actor, "ornskoldsvik", name="Örnsköldsviks kommun", kind="municipality", place="2284")
    of(Actor, "club", name="=1+1 idrottsförening", kind="association", note=AWKWARD, org_number="8024001235")
    of(Actor, "shelter", name="Kvinnojouren Linden", kind="womens_shelter", protected=True, note=CANARY,
       ways=[Way(kind="address", value=f"{CANARY} gata 1")])  # fmt: skip
    of(Contact, "eva", name="Eva Ek", given="Eva", family="Ek", purpose="network_membership", tags=["län"],
       ways=[Way(kind="mail", value="eva.ek@nybro.example", label="arbete"),
             Way(kind="phone", value="070-174 06 05", since="2023-09")])  # fmt: skip
    of(Contact, "asa", name="Åsa Ängström", note=AWKWARD)
    of(Contact, "hidden", name="Siv Rönn", protected=True, note=CANARY, source=CANARY, tags=[CANARY],
       ways=[Way(kind="mail", value=f"{CANARY}@nybro.example"), Way(kind="phone", value="070-174 06 99",
             label=CANARY)], extra={"sample.note": CANARY})  # fmt: skip
    of(Assignment, "task", name="Regional samordning", legal_refs=["förordning 2016:1258"])
    of(Assignment, "other task", name="Krisberedskap", target_groups=["invånare"], invites=False)
    of(Role, "hat", contact=id("eva"), actor=id("nybro"), function="crime_prevention_coordinator",
       since="2023-09", assignment=id("task"))  # fmt: skip
    of(Role, "vacant", actor=id("ange"), function="crime_prevention_coordinator")
    of(Role, "hidden hat", contact=id("hidden"), actor=id("ornskoldsvik"), function="case_officer",
       title=CANARY, ways=[Way(kind="mail", value=f"{CANARY}@work.example")])  # fmt: skip
    of(Network, "network", name="Nätverket", level="county", cadence="P3M",
       members=[Member(actor=id("nybro"), since="2020"), Member(actor=id("ange"))])  # fmt: skip
    of(Commitment, "agreement", kind="agreement", actor=id("nybro"), parties=[id("ange")], valid_from="2024",
       valid_until="2027-12-31", purposes=["trygghet"], areas=["skola", "narkotika"])  # fmt: skip
    of(Topic, "topic", title="Skadegörelse vid stationen", kind="problem", raised_by=[id("club")],
       text=AWKWARD)  # fmt: skip
    of(Interaction, "meeting", kind="network_meeting", when="2026-11-10T13:00", ends="2026-11-10T15:30",
       subject="Höstens möte", participants=[id("hat"), id("asa")], network=id("network"),
       topics=[id("topic")], mandate=[1, 4], summary="rad ett\nrad två")  # fmt: skip
    of(Interaction, "call", kind="phone", when="2026-09", participants=[id("hat")], status="held")
    of(FollowUp, "promise", text="Skicka protokollet", due="2026-11-20", about=[id("meeting")])
    of(Pending, "pending", kind="contact", text="row 3 of list.csv", raw={"name": "Eva"},
       candidates=[id("eva")])  # fmt: skip
    return tuple(made.values())


def fill(book: Book, records: Sequence[Record] | None = None) -> None:
    """Add the county to a book, in one transaction; or other records in the order they come."""
    with book.transaction("sample county"):
        for record in county() if records is None else records:
            book.add(record)
