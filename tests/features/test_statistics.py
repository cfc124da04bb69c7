"""`statistics`: counts that may be published, for nobody can be found in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Role
from kontaktnat.errors import Invalid
from kontaktnat.model import Headcount, Participation

SECRET = "Siv Rönn"
PEOPLE = ("holders", "reached", "trained")


def counts(book: Any, measure: str, year: int = 2026) -> dict[tuple[str | None, str | None], int | None]:
    """By id of the row's word and name of the place (None: total), the number."""
    rows = book.view("statistics", year=year, measure=measure).rows
    return {
        (row["row_id"], None if row["column"] == "Total" else str(row["column"])): row["n"] for row in rows
    }


def staff(book: Book, actor: Actor, n: int, function: str = "case_officer") -> list[Role]:
    return [
        book.add(
            Role(
                contact=book.add(Contact(name=f"Kim {actor.name} {function} {i}")).id,
                actor=actor.id,
                function=function,
                since="2020",
            )
        )
        for i in range(n)
    ]


@pytest.fixture
def places(book: Book) -> dict[str, Actor]:
    codes = {"Kalmar kommun": "0880", "Nybro kommun": "0881"}
    found = {
        name: book.add(Actor(name=name, kind="municipality", place=code)) for name, code in codes.items()
    }
    return {**found, "Länsstyrelsen": book.add(Actor(name="Länsstyrelsen", kind="other"))}


def test_people_under_five_are_withheld_and_what_would_tell_them(
    book: Book, places: dict[str, Actor]
) -> None:
    for name, n in (("Kalmar kommun", 3), ("Nybro kommun", 20), ("Länsstyrelsen", 9)):
        staff(book, places[name], n)
    for name, n in (("Kalmar kommun", 7), ("Nybro kommun", 8), ("Länsstyrelsen", 6)):
        staff(book, places[name], n, "unit_head")
    found = counts(book, "holders")
    assert found["case_officer", None] == 32
    assert found["case_officer", "Kalmar kommun"] is None
    assert found["case_officer", "Nybro kommun"] == 20
    assert found["case_officer", "Elsewhere"] is None
    # Else what remains of 53 would say that nobody has another function: that is under five too.
    assert [n for (function, _), n in found.items() if function == "unit_head"] == [None]
    assert found[None, None] == 53


def test_who_wears_several_hats_at_one_place_is_one(book: Book, places: dict[str, Actor]) -> None:
    roles = staff(book, places["Nybro kommun"], 6)
    book.add(
        Role(contact=roles[0].contact, actor=places["Nybro kommun"].id, function="case_officer", title="x")
    )
    assert counts(book, "holders")[None, None] == 6


def test_a_sum_that_counts_few_people_often_is_withheld(book: Book, places: dict[str, Actor]) -> None:
    for role in staff(book, places["Nybro kommun"], 3):
        book.add(Role(contact=role.contact, actor=places["Nybro kommun"].id, function="unit_head"))
    assert set(counts(book, "holders").values()) == {None}


def test_meetings_are_told_one_by_one(book: Book, places: dict[str, Actor]) -> None:
    book.add(Interaction(kind="visit", when="2026-03-04", participants=[places["Nybro kommun"].id]))
    assert counts(book, "meetings_by_month") == {
        ("visit", "2026-03"): 1, ("visit", None): 1, (None, "2026-03"): 1, (None, None): 1,
    }  # fmt: skip
    assert counts(book, "meetings_by_place")["visit", "Nybro kommun"] == 1
    assert counts(book, "meetings_by_month", 2025) == {}


def test_a_meeting_counts_once_in_a_total(book: Book, places: dict[str, Actor]) -> None:
    there = [one.id for one in places.values()]
    book.add(Interaction(kind="network_meeting", when="2026-03", participants=there))
    book.add(Interaction(kind="network_meeting", when="2026", participants=there[:1]))
    found = counts(book, "meetings_by_place")
    assert found["network_meeting", "Kalmar kommun"] == 2
    assert found["network_meeting", None] == found[None, None] == 2
    assert counts(book, "meetings_by_month")["network_meeting", "Month not known"] == 1


def test_zeros_that_the_meetings_tell_hide_nobody(book: Book, places: dict[str, Actor]) -> None:
    """Where no meeting was nobody was met: that shall not stand in for a cell that hides another."""
    kalmar, nybro = (staff(book, places[name], 8) for name in ("Kalmar kommun", "Nybro kommun"))
    for kind, there in (("visit", kalmar[:2] + nybro), ("phone", kalmar[:6] + nybro[:7])):
        book.add(Interaction(kind=kind, when="2026-03-04", participants=[one.id for one in there]))
    found = counts(book, "reached")
    assert found["visit", "Kalmar kommun"] is None
    assert found["visit", "Elsewhere"] is None  # known to be 0: no meeting there
    assert found["visit", "Nybro kommun"] is None
    assert found["visit", None] == 10


def test_two_trainings_of_three_may_be_the_same_three(book: Book, places: dict[str, Actor]) -> None:
    nybro, kalmar = places["Nybro kommun"].id, places["Kalmar kommun"].id
    there = [Headcount(actor=nybro, count=3), Headcount(actor=kalmar, count=40)]
    for _ in range(2):
        book.add(Interaction(kind="training", when="2026-03-04", audience="officials", headcounts=there))
    found = counts(book, "trained")
    assert found[None, None] == 86
    book.add(Interaction(kind="training", when="2026-04-04", audience="politicians", headcounts=there[:1]))
    book.add(Interaction(kind="training", when="2026-05-04", audience="politicians", headcounts=there[:1]))
    found = counts(book, "trained")
    assert found[None, None] == 92
    assert found["politicians", None] is found["officials", None] is None  # 92 - 86 would tell of three


def test_trainings_are_told_so_that_no_other_measure_tells_the_rest(
    book: Book, places: dict[str, Actor]
) -> None:
    """A training has one audience, and how many trainings a municipality came to is told."""
    nybro, kalmar = places["Nybro kommun"].id, places["Kalmar kommun"].id
    came = {"politicians": [(nybro, 3), (kalmar, 7)], "officials": [(nybro, 6)]}
    for audience, there in came.items():
        heads = [Headcount(actor=actor, count=n) for actor, n in there]
        book.add(Interaction(kind="training", when="2026-03-04", audience=audience, headcounts=heads))
    assert counts(book, "meetings_by_place")["training", "Kalmar kommun"] == 1
    found = counts(book, "trained")
    # Were the 6 told too, nobody would be left for the other audiences: under five.
    assert (found["politicians", None], found["officials", None], found[None, None]) == (10, None, 16)
    assert {place for _, place in found} == {None}


def test_who_was_met_at_trainings_is_not_told_again(book: Book, places: dict[str, Actor]) -> None:
    there = staff(book, places["Nybro kommun"], 8)
    for audience, roles in (("officials", there), ("politicians", there[:5])):
        book.add(
            Interaction(kind="training", when="2026-03-04", audience=audience,
                        participants=[one.id for one in roles])
        )  # fmt: skip
    assert counts(book, "trained")[None, None] == 13
    found = counts(book, "reached")
    assert "training" not in {kind for kind, _ in found}
    assert set(found.values()) == {None}
    book.add(Interaction(kind="visit", when="2026-03-04", participants=[one.id for one in there]))
    assert counts(book, "reached")[None, None] == 8


def test_the_protected_are_counted_for_nobody_also_when_revealed(
    book: Book, places: dict[str, Actor]
) -> None:
    roles = staff(book, places["Nybro kommun"], 6)
    before = {one: book.view("statistics", measure=one).rows for one in PEOPLE}
    siv = book.add(Contact(name=SECRET, protected=True))
    hat = book.add(Role(contact=siv.id, actor=places["Nybro kommun"].id, function="case_officer"))
    shelter = book.add(Actor(name="Jouren", place="0880", protected=True))
    keeper = book.add(
        Role(contact=book.add(Contact(name="Maj Lind")).id, actor=shelter.id, function="unit_head")
    )
    instead = Participation(role=roles[0].id, status="deputy", deputy_for=hat.id)
    for there in ([hat.id], [siv.id], [keeper.id], [shelter.id], [instead]):
        book.add(Interaction(kind="visit", when="2026-03-04", participants=there))
    for shown in (book, book.outward(reveal="räknas inte ändå")):
        assert counts(shown, "holders")[None, None] == 6
        assert counts(shown, "meetings_by_place") == {
            ("visit", "Elsewhere"): 4, ("visit", "Nybro kommun"): 1, ("visit", None): 5,
            (None, "Elsewhere"): 4, (None, "Nybro kommun"): 1, (None, None): 5,
        }  # fmt: skip
        assert set(counts(shown, "reached").values()) == {None}
    for one in ("holders", "trained"):
        assert book.view("statistics", measure=one).rows == before[one]


def test_a_year_to_come_has_no_statistics(book: Book) -> None:
    for year in (2027, 0, "i år"):
        with pytest.raises(Invalid, match="year"):
            book.view("statistics", year=year)
    assert book.as_of(date(2025, 6, 1)).view("statistics").notes[0].startswith("2025, to 2025-06-01")


def test_no_row_names_a_person(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "contact", SECRET, "--role", "samordnare@nybro")
    kalmar("log", "visit", "siv")
    for output in ("table", "json", "csv"):
        ran = kalmar("privacy", "statistics", "-o", output)
        assert ran.code == 0
        assert "Siv" not in ran.out
        assert ran.out == kalmar("view", "statistics", "-o", output).out


def test_eyes_see_that_it_is_withheld_and_data_has_nothing(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    ran = kalmar("--lang", "sv", "privacy", "statistics", "--year", "2026", "--measure", "innehavare")
    assert ".." in ran.out
    assert "antal personer under 5" in ran.out
    shown = json.loads(kalmar("privacy", "statistics", "--measure", "holders", "-o", "json").out)
    assert {row["n"] for row in shown["records"]} == {None}
