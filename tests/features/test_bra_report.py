"""`bra-report`: what a county board tells Brå of a year (förordning (2016:1258) 4 §), and of nobody in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Headcount, Interaction, Participation, Role
from kontaktnat.errors import Invalid
from kontaktnat.views.bra_report import due_year

SECRET = "Siv Rönn"


@pytest.fixture
def towns(book: Book) -> list[Actor]:
    """Nybro, Torsås."""
    codes = {"Nybro kommun": "0881", "Torsås kommun": "0834"}
    return [book.add(Actor(name=name, kind="municipality", place=code)) for name, code in codes.items()]


@pytest.fixture
def people(book: Book, towns: list[Actor]) -> list[Role]:
    """Nine with a post at Nybro."""
    with book.transaction("folk"):
        return [
            book.add(Role(contact=book.add(Contact(name=f"Kim {n}")).id, actor=towns[0].id)) for n in range(9)
        ]


def met(book: Book, kind: str, who: Any, *mandate: int, when: str = "2026-03-04", **fields: Any) -> None:
    ids = [one if isinstance(one, Participation) else one.id for one in who]
    book.add(Interaction(kind=kind, when=when, participants=ids, mandate=mandate, **fields))


def counts(book: Any, measure: str, **params: Any) -> dict[str, int | None]:
    """By point, the number; by kind as `point kind`."""
    rows = [row for row in book.view("bra-report", **params).rows if row["measure"] == measure]
    return {" ".join(filter(None, (row["point"], row["kind"]))): row["n"] for row in rows}


def test_a_year_by_hand(book: Book, towns: list[Actor], people: list[Role]) -> None:
    """One meeting under two points, one under none, a training with a headcount, and what does not count."""
    area = book.add(Actor(name="Skolan i Torsås", kind="school", place="0834"))
    teacher = book.add(Role(contact=book.add(Contact(name="Maj Lind")).id, actor=area.id))
    met(book, "network_meeting", people[:6], 2, 4)
    met(book, "visit", [*people[3:8], teacher], 1, 1)
    met(book, "phone", people[:5])
    heads = [Headcount(actor=towns[1].id, count=20)]
    met(book, "training", people[:1], 3, headcounts=heads)
    met(book, "visit", [Participation(role=people[8].id, status="absent")], 1)
    met(book, "visit", people, 1, status="cancelled")
    met(book, "visit", people, 1, when="2026-12-24", status="planned")
    met(book, "visit", people, 1, when="2025-12-31")

    assert counts(book, "by_kind") == {
        "1 visit": 2, "2 network_meeting": 1, "3 training": 1, "4 network_meeting": 1, "unmarked phone": 1,
        "total network_meeting": 1, "total training": 1, "total phone": 1, "total visit": 2,
    }  # fmt: skip
    assert counts(book, "interactions") == {"1": 2, "2": 1, "3": 1, "4": 1, "unmarked": 1, "total": 5}
    assert counts(book, "municipalities") == {"1": 2, "2": 1, "3": 2, "4": 1, "unmarked": 1, "total": 2}
    # 1: Kim 3-7 and Maj. 3: twenty counted and Kim 0. Total: Kim 0-7 and Maj, and the twenty.
    assert counts(book, "people") == {"1": 6, "2": 6, "3": 21, "4": 6, "unmarked": 5, "total": 29}
    assert book.view("bra-report").notes == (
        "2026, to 2026-11-12; counts of people under 5 are withheld (..)",
        "2 municipalities in the book",
    )
    assert counts(book, "interactions", year=2025)["total"] == 1
    assert counts(book, "interactions", year="2024")["total"] == 0


def test_nothing_held_is_zero_and_no_secret(book: Book) -> None:
    assert set(counts(book, "people").values()) == {0}
    assert counts(book, "by_kind") == {}


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-01-01", 2025), ("2026-02-15", 2025), ("2026-02-16", 2026), ("2026-12-31", 2026)],
)
def test_until_the_report_is_due_the_year_before(book: Book, day: str, year: int) -> None:
    """Förordning (2016:1258) 4 §: by 15 February."""
    assert due_year(date.fromisoformat(day)) == year
    assert book.as_of(day).view("bra-report").notes[0].startswith(f"{year}, to ")


def test_a_year_to_come_is_refused(book: Book) -> None:
    for year in (2027, 26, 1899, 0, "i år"):
        with pytest.raises(Invalid, match="year"):
            book.view("bra-report", year=year)


def test_who_is_named_for_an_actor_that_was_counted_is_among_them(
    book: Book, towns: list[Actor], people: list[Role]
) -> None:
    met(book, "training", people[:2], 3, headcounts=[Headcount(actor=towns[0].id, count=12)])
    assert counts(book, "people")["3"] == 12


# What is withheld


def test_one_point_with_few_people_takes_the_next_smallest_along(book: Book, people: list[Role]) -> None:
    met(book, "visit", people[:6], 1)
    met(book, "network_meeting", people[:8], 2)
    met(book, "phone", people[8:])
    # 8 and 6 of the total of 9 would leave one.
    assert counts(book, "people") == {"1": None, "2": None, "3": 0, "4": 0, "unmarked": None, "total": 9}


def test_the_total_may_tell_nothing_of_the_few(book: Book, people: list[Role]) -> None:
    met(book, "visit", people[:5], 1)
    met(book, "network_meeting", people, 2)
    met(book, "phone", people[:2])
    assert counts(book, "people") == {"1": None, "2": 9, "3": 0, "4": 0, "unmarked": None, "total": 9}


def test_few_in_all_and_three_who_were_counted_twice(
    book: Book, towns: list[Actor], people: list[Role]
) -> None:
    met(book, "visit", people[:4], 1)
    assert counts(book, "people") == {"1": None, "2": 0, "3": 0, "4": 0, "unmarked": 0, "total": None}
    for day in ("2025-03-01", "2025-04-01"):
        met(book, "training", (), 3, when=day, headcounts=[Headcount(actor=towns[0].id, count=3)])
    assert counts(book, "people", year=2025)["3"] is None
    assert counts(book, "people", year=2025)["total"] is None


def test_a_point_that_only_the_protected_came_to_counts_nobody(book: Book, people: list[Role]) -> None:
    """A meeting with nobody to count is one of few, like any other."""
    siv = book.add(Contact(name=SECRET, protected=True))
    met(book, "visit", people[:7], 1)
    met(book, "phone", [siv])
    assert counts(book, "people") == {"1": None, "2": 0, "3": 0, "4": 0, "unmarked": None, "total": 7}


def test_the_protected_are_counted_nowhere_also_when_revealed(
    book: Book, towns: list[Actor], people: list[Role]
) -> None:
    met(book, "visit", people, 1)
    siv = book.add(Contact(name=SECRET, protected=True))
    hat = book.add(Role(contact=siv.id, actor=towns[1].id))
    shelter = book.add(Actor(name="Jouren", place="0834", protected=True))
    keeper = book.add(Role(contact=book.add(Contact(name="Maj Lind")).id, actor=shelter.id))
    for one in (hat, siv, keeper, shelter):
        met(book, "visit", [one], 1)
    met(book, "training", (), 1, headcounts=[Headcount(actor=shelter.id, count=30)])
    for shown in (book, book.outward(reveal="räknas inte ändå")):
        assert counts(shown, "interactions")["1"] == 6
        assert counts(shown, "municipalities")["1"] == 1
        assert counts(shown, "people")["total"] == 9
        assert SECRET not in str(shown.view("bra-report").rows)


# As a file


@pytest.fixture
def year(kalmar: Callable[..., Any]) -> Callable[..., Any]:
    """Somebody protected, and five who came."""
    for name in ("Eva Ek", "Bo Björk", "Maj Lind", "Åsa Ängström", "Per Sälg"):
        assert kalmar("add", "contact", name, "--role", "samordnare@nybro").code == 0
    assert kalmar("add", "contact", SECRET, "--protected", "--role", "samordnare@torsås").code == 0
    there = ("eva", "bo", "maj", "åsa", "per", SECRET)
    assert kalmar("log", "besök", *there, "hej", "--when", "2025-03-04").code == 0
    assert kalmar("log", "telefon", "eva", "hej", "--when", "2025-03-05").code == 0
    return kalmar


def test_the_report_is_markdown_without_names(year: Callable[..., Any], tmp_path: Any) -> None:
    ran = year("export", "bra-report", "--set", "year=2025", "-O", "rapport.md")
    assert ran.code == 0
    said = (tmp_path / "rapport.md").read_text("utf-8")
    assert said.startswith("# Report to Brå on 2025: förordning (2016:1258) 4 §\n")
    for line in (
        "| 2 § 1: support to knowledge-based local and regional work | 1 | 1 | .. |",
        "| Marked with none of the points | 1 | 1 | .. |",
        "| Total, each counted once | 2 | 1 | 5 |",
        "## 2 § 4: support to and initiative for measures across municipal borders",
        "No interactions.",
        "| visit | 1 |",
        "- Municipalities reached: 1",
        "- People present: ..",
    ):
        assert line in said.splitlines()
    assert "2 counts of people stand as .." in said
    for name in (SECRET, "Eva", "Siv", "Torsås", "Nybro"):
        assert name not in said


def test_in_the_language_in_force(year: Callable[..., Any]) -> None:
    said = year("--lang", "sv", "export", "bra-report", "--set", "year=2025").out
    assert said.startswith("# Redovisning till Brå för 2025")
    assert "| besök | 1 |" in said
    assert "People" not in said
    assert "Municipalit" not in said
    assert "withheld" not in said


def test_as_csv_it_is_the_view(year: Callable[..., Any]) -> None:
    data = year("export", "bra-report", "--set", "year=2025", "--set", "as=csv").out
    assert data == year("view", "bra-report", "2025", "-o", "csv").out
    rows = list(csv.DictReader(io.StringIO(data)))
    assert {"measure": "people", "point": "total", "kind": "", "n": "5"} in rows
    assert {"measure": "people", "point": "1", "kind": "", "n": ""} in rows
    assert {"measure": "by_kind", "point": "1", "kind": "visit", "n": "1"} in rows


def test_nothing_withheld_is_said_too(book: Book, clock: Any, people: list[Role]) -> None:
    assert isinstance(clock(), datetime)
    met(book, "visit", people, 1)
    stream = io.BytesIO()
    book.export_to(stream, "bra-report")
    said = stream.getvalue().decode()
    assert "Nothing: no count of people is under 5." in said
    assert "\n- 2026, to 2026-11-12" in said
    book.export_to(stream := io.BytesIO(), "bra-report", as_of="2026-01-31")
    assert stream.getvalue().decode().startswith("# Report to Brå on 2025")
