"""What was done under a name and a hat is told under them for ever: the output is the same, to the byte."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Actor, Book, Contact, FormerName, Interaction, Participation, Role
from kontaktnat.model import is_id


@pytest.fixture
def at_the_prompt(run_cli: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """A book of Emmaboda, its people, and two years of contact: a call, a meeting, a mail of some month."""
    with kontaktnat.open("b.kn", mode="create", by="anna", plugins=[]) as book:
        town = book.add(Actor(name="Emmaboda kommun", kind="municipality", place="0862"))
        other = book.add(Actor(name="Torsås kommun", kind="municipality", place="0834"))
        area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
        eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Björk"))
        hers = book.add(Role(contact=eva.id, actor=town.id, function="crime_prevention_coordinator"))
        his = book.add(Role(contact=bo.id, actor=area.id, covers=[town.id, other.id]))
        itself = Participation(actor=town.id)
        for kind, when, who in (
            ("phone", "2024-03-01T10:00", [hers.id]),
            ("network_meeting", "2025-05-06T13:00", [hers.id, his.id]),
            ("mail", "2025-09", [itself]),
        ):
            book.add(Interaction(kind=kind, when=when, subject=f"Om {kind}", participants=who))
    return run_cli


def changed(change: Callable[[Book], object]) -> None:
    with kontaktnat.open("b.kn", by="anna", plugins=[]) as book:
        change(book)


def town(book: Book) -> Actor:
    return book.actors.where(place="0862")[0]


def renamed(book: Book) -> None:
    former = FormerName(name="Emmaboda kommun", until="2026-01-01")
    book.update(town(book), name="Glasrikets kommun", names=[former])


def succeeded(book: Book) -> None:
    new = book.add(Actor(name="Södra Smålands kommun", kind="municipality"))
    book.update(town(book), succeeded_by=new.id, succeeded_on="2026-01-01")


def moved_on(book: Book) -> None:
    role = book.roles.where(function="crime_prevention_coordinator")[0]
    book.update(role, until="2026-01-01")
    other = book.actors.where(place="0834")[0]
    book.add(Role(contact=role.contact, actor=other.id, since="2026-01-01"))
    after = book.add(Contact(name="Åsa Ängström"))
    book.add(Role(contact=after.id, actor=role.actor, function=role.function, since="2026-01-01"))


@pytest.mark.parametrize("change", [renamed, succeeded, moved_on])
@pytest.mark.parametrize("who", ["emmaboda", "eva", "lokalpolisområde"])
@pytest.mark.parametrize("output", ["table", "json", "csv"])
def test_the_timeline_is_the_same_to_the_byte(
    at_the_prompt: Callable[..., Any], change: Callable[[Book], object], who: str, output: str
) -> None:
    asked = ("view", "timeline", f"who={who}", "-o", output)
    before = at_the_prompt(*asked)
    assert "Eva Ek (Emmaboda kommun)" in before.out
    changed(change)
    assert at_the_prompt(*asked) == before
    if (change, who) != (succeeded, "emmaboda"):  # who has been succeeded is not there to be asked for
        assert at_the_prompt(*asked, "--as-of", "2026-06-01") == before
    assert at_the_prompt(*asked, "--as-of", "2025-12-31") == before


def test_the_meetings_page_too(at_the_prompt: Callable[..., Any]) -> None:
    (id,) = (one for one in at_the_prompt("list", "interactions", "-o", "ids").out.split() if is_id(one)
             and "Bo Björk" in at_the_prompt("show", one).out)  # fmt: skip
    before = at_the_prompt("show", id)
    changed(renamed)
    assert at_the_prompt("show", id) == before


def test_from_the_day_of_the_new_name_it_is_the_new_one(at_the_prompt: Callable[..., Any]) -> None:
    changed(renamed)

    def logged(book: Book) -> None:
        role = book.roles.where(function="crime_prevention_coordinator")[0]
        for when in ("2025-12-31", "2026-01-01", None):
            book.add(Interaction(kind="visit", when=when, participants=[role.id]))

    changed(logged)
    visits = [row for row in at_the_prompt("view", "timeline", "who=emmaboda", "-o", "json").records()
              if row["kind"] == "visit"]  # fmt: skip
    assert [(row["when"], row["who"]) for row in visits] == [
        ("2026-01-01", "Eva Ek (Glasrikets kommun)"),
        ("2025-12-31", "Eva Ek (Emmaboda kommun)"),
        (None, "Eva Ek (Glasrikets kommun)"),
    ]


def test_a_protected_actor_is_there_until_its_successor_is(book: Book) -> None:
    old, new = book.add(Actor(name="Jouren", protected=True)), book.add(Actor(name="Nya jouren"))
    book.succeed(book.reveal(old.id, "nytt namn"), new, on="2027-01-01")  # type: ignore[type-var]
    assert [row["actor"] for row in book.view("silence").rows] == ["Jouren", "Nya jouren"]
