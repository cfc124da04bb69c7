"""The view `year-wheel`: what falls in a year, municipality by municipality, and what is too close."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Commitment,
    Contact,
    Headcount,
    Interaction,
    Invalid,
    Member,
    Network,
    Participation,
    Role,
)


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


def hat(book: Book, name: str, at: Actor, **fields: Any) -> Role:
    person = book.add(Contact(name=name))
    return book.add(Role(contact=person.id, actor=at.id, function="case_officer", **fields))


def rows(book: Any, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view("year-wheel", **params).rows]


def test_a_year_by_hand(book: Book, nybro: Actor) -> None:
    """Two networks of different assignments a week apart: in Torsås, where both come, they clash. From the
    agreement's end to ANDTS's meeting it is 14 days, in Nybro; the report clashes with nothing."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    ange = book.add(Actor(name="Ånge kommun", kind="municipality"))
    ours = book.add(Assignment(name="Brottsförebyggande arbete", reports=["02-15 redovisning till Brå"]))
    andts = book.add(Assignment(name="ANDTS", reports=["årlig"]))
    first = book.add(Network(name="Förebyggarna", assignments=[ours.id], members=[
        Member(actor=torsas.id), Member(actor=ange.id, until="2026-01-01")]))  # fmt: skip
    second = book.add(Network(name="Drogförebyggarna", assignments=[andts.id]))
    eva, maj = hat(book, "Eva Ek", nybro), hat(book, "Maj Lind", torsas)
    spring = book.add(Interaction(kind="network_meeting", when="2026-02-12T09:00", network=first.id,
                                  status="planned", theme="Skolan"))  # fmt: skip
    stays = Participation(role=maj.id, status="declined")
    drugs = book.add(Interaction(kind="network_meeting", when="2026-02-19", network=second.id,
                                 participants=[eva.id, stays]))  # fmt: skip
    deal = book.add(
        Commitment(kind="agreement", actor=nybro.id, assignment=ours.id, valid_until="2026-03-05")
    )
    table = book.view("year-wheel")
    assert [tuple(row.values()) for row in table.rows] == [
        ("2026-02-12", "Torsås kommun", "Förebyggarna: Skolan", "meeting", ours.name,
         "2026-02-19 Drogförebyggarna", spring.id),
        ("2026-02-15", None, "redovisning till Brå", "report", ours.name, None, ours.id),
        ("2026-02-19", "Nybro kommun", "Drogförebyggarna", "meeting", "ANDTS",
         "2026-03-05 notice or end of the agreement (agreed)", drugs.id),
        ("2026-02-19", "Torsås kommun", "Drogförebyggarna", "meeting", "ANDTS",
         "2026-02-12 Förebyggarna: Skolan", drugs.id),
        ("2026-03-05", "Nybro kommun", "notice or end of the agreement (agreed)", "deadline", ours.name,
         "2026-02-19 Drogförebyggarna", deal.id),
    ]  # fmt: skip
    assert table.notes == ("the day of a report is not known: ANDTS",)
    assert rows(book, "date", "clash", municipality="nybro") == [
        ("2026-02-19", "2026-03-05 notice or end of the agreement (agreed)"),
        ("2026-03-05", "2026-02-19 Drogförebyggarna"),
    ]
    assert rows(book, "date", year=2025) == [("2025-02-15",)]


@pytest.mark.parametrize(("days", "clashes"), [(-15, 0), (-14, 1), (0, 1), (14, 1), (15, 0)])
def test_fourteen_days_over_the_turn_of_the_year(book: Book, nybro: Actor, days: int, clashes: int) -> None:
    """The other is compared with where it lies in the next year or the last, and has no row there."""
    eva = hat(book, "Eva Ek", nybro)
    for day in (edge := date(2026, 1, 1) if days < 0 else date(2026, 12, 31)), edge + timedelta(days=days):
        of = book.add(Assignment(name=f"Uppdrag {len(book.assignments.all())}"))
        book.add(Interaction(kind="training", when=day.isoformat(), assignments=[of.id],
                             participants=[eva.id]))  # fmt: skip
    found = rows(book, "date", "clash")
    assert len(found) == (2 if days == 0 else 1)
    assert [clash is not None for _, clash in found] == [bool(clashes)] * len(found)


def test_what_does_not_clash(book: Book, nybro: Actor) -> None:
    """The same assignments, another municipality, or none that is known."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    bare = book.add(Network(name="Frukosten"))
    first, second = (book.add(Assignment(name=name)) for name in ("Första", "Andra"))
    eva, maj = hat(book, "Eva Ek", nybro), hat(book, "Maj Lind", torsas)
    for who, serves in (
        (eva, {"assignments": [first.id]}),
        (eva, {"assignments": [first.id]}),
        (eva, {"network": bare.id}),
        (maj, {"assignments": [second.id]}),
    ):
        book.add(Interaction(kind="consultation", when="2026-03-01", participants=[who.id], **serves))
    book.add(Commitment(kind="action_plan", actor=nybro.id, due_on="2026-03-02"))
    assert rows(book, "assignment", "clash") == [
        ("Första", None), ("Första", None), (None, None), ("Andra", None), (None, None),
    ]  # fmt: skip
    joint = book.add(Interaction(kind="consultation", when="2026-03-15", assignments=[first.id, second.id],
                                 participants=[eva.id]))  # fmt: skip
    found = {row["id"]: row for row in book.view("year-wheel").rows}
    assert found[joint.id]["assignment"] == "Andra; Första"
    assert sum(row["clash"] is not None for row in found.values()) == 3  # it, and the two of Första alone


def test_three_are_named_and_the_others_counted(book: Book, nybro: Actor) -> None:
    first, second = (book.add(Assignment(name=name)) for name in ("Första", "Andra"))
    eva = hat(book, "Eva Ek", nybro)
    for day, of in (("10", second), *((f"{n:02}", first) for n in (9, 3, 5, 7, 1))):
        book.add(Interaction(kind="training", when=f"2026-03-{day}", assignments=[of.id], subject=f"Nr {day}",
                             participants=[eva.id]))  # fmt: skip
    assert rows(book, "clash")[-1] == ("2026-03-01 Nr 01; 2026-03-03 Nr 03; 2026-03-05 Nr 05; 2 more",)
    assert rows(book, "clash")[0] == ("2026-03-10 Nr 10",)


def test_which_meetings_and_whose(book: Book, nybro: Actor) -> None:
    """Invited, counted, covering, a part; not the cancelled, by telephone, or for nothing we know of."""
    ours = book.add(Assignment(name="Första"))
    office = book.add(Actor(name="Skolan", kind="other", parent=nybro.id))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    eva, per = hat(book, "Eva Ek", nybro), hat(book, "Per Sälg", area, covers=[nybro.id])

    def add(when: str, kind: str = "training", **fields: Any) -> None:
        book.add(Interaction(kind=kind, when=when, **fields))

    add("2026-01-01", assignments=[ours.id], headcounts=[Headcount(actor=office.id, count=3)])
    add("2026-02", assignments=[ours.id], participants=[per.id])
    add("2026-03-01", assignments=[ours.id], participants=[Participation(actor=nybro.id, status="invited")])
    add("2026-04-01", assignments=[ours.id])
    add("2026-05-01", participants=[eva.id])
    add("2026-06-01", kind="phone", assignments=[ours.id], participants=[eva.id])
    add("2026-07-01", assignments=[ours.id], participants=[eva.id], status="cancelled")
    add("2025-12-31", assignments=[ours.id], participants=[eva.id])
    assert rows(book, "date", "municipality") == [
        (day, "Nybro kommun") for day in ("2026-01-01", "2026-02", "2026-03-01")
    ]


def test_deadlines_of_commitments(book: Book, nybro: Actor) -> None:
    """Both ends of an agreement have it; that a police area was left is no deadline."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    book.add(
        Commitment(kind="agreement", actor=area.id, parties=[nybro.id, torsas.id], valid_until="2026-12")
    )
    book.add(
        Commitment(kind="local_police_area", actor=nybro.id, parties=[area.id], valid_until="2026-05-01")
    )
    book.add(Commitment(kind="bra_grant", actor=nybro.id, due_on="2026-08-31", valid_until="2027"))
    book.add(Commitment(kind="action_plan", actor=area.id, due_on="2026-08-31"))
    shown = ("date", "municipality", "what", "kind")
    assert rows(book, *shown) == [
        ("2026-08-31", "Nybro kommun", "interim report of the grant (agreed)", "deadline"),
        ("2026-12", "Nybro kommun", "notice or end of the agreement (agreed)", "deadline"),
        ("2026-12", "Torsås kommun", "notice or end of the agreement (agreed)", "deadline"),
    ]
    assert rows(book, *shown, year="2027") == [
        ("2027", "Nybro kommun", "final report of the grant (agreed)", "deadline"),
    ]


@pytest.mark.parametrize(
    ("report", "year", "expected"),
    [
        ("02-15 årlig", 2030, [("2030-02-15", "årlig")]),
        ("2026-04-29: en gång", 2026, [("2026-04-29", "en gång")]),
        ("2026-04-29 en gång", 2027, []),
        ("02-29 skottdagen", 2026, [("2026-02-28", "skottdagen")]),
        ("02-29 skottdagen", 2028, [("2028-02-29", "skottdagen")]),
        ("12-31", 2026, [("2026-12-31", "Första")]),
        ("13-45 nej", 2026, []),
        ("02-155 nej", 2026, []),
        ("årlig 02-15", 2026, []),
    ],
)
def test_the_day_of_a_report(book: Book, report: str, year: int, expected: list[tuple[str, str]]) -> None:
    book.add(Assignment(name="Första", reports=[report]))
    assert rows(book, "date", "what", year=year) == expected
    dated = not report.endswith(("nej", "02-15"))
    assert book.view("year-wheel", year=year).notes == (
        () if dated else ("the day of a report is not known: Första",)
    )


def test_an_assignment_reports_while_it_runs(book: Book) -> None:
    book.add(Assignment(name="Första", reports=["02-15 årlig"], starts="2025", ends="2027-01-01"))
    assert [len(rows(book, "date", year=year)) for year in (2024, 2025, 2026, 2027)] == [0, 1, 1, 0]


@pytest.mark.parametrize("year", ["0", "1899", "2201"])
def test_years_that_are_none(book: Book, year: str) -> None:
    with pytest.raises(Invalid, match="year"):
        book.view("year-wheel", year=year)


def test_the_protected_put_no_municipality_on_the_wheel(book: Book, nybro: Actor) -> None:
    ours = book.add(Assignment(name="Första"))
    siv = hat(book, "Siv Dal", nybro)
    book.add(Interaction(kind="training", when="2026-03-01", assignments=[ours.id], participants=[siv.id]))
    assert rows(book, "municipality") == [("Nybro kommun",)]
    book.update(siv.contact or "", protected=True)
    table = book.view("year-wheel")
    assert table.rows == ()
    assert table.notes == ("1 invitation of somebody protected is not counted",)
