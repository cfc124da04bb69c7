"""The view `coverage`: municipality × assignment, checked against rows written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Contact,
    Headcount,
    Interaction,
    Invalid,
    Network,
    NotFound,
    Participation,
    Role,
)
from kontaktnat.testing.injection import FixedClock
from kontaktnat.views.coverage import covering


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


@pytest.fixture
def ours(book: Book) -> Assignment:
    return book.add(Assignment(name="Brottsförebyggande arbete", addressee="kommuner"))


def hat(book: Book, name: str, at: Actor, of: Assignment | None = None, **fields: Any) -> Role:
    person = book.add(Contact(name=name))
    return book.add(Role(contact=person.id, actor=at.id, function="case_officer",
                         assignment=of.id if of else None, **fields))  # fmt: skip


def rows(book: Any, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view("coverage", **params).rows]


def test_a_county_by_hand(book: Book, nybro: Actor, ours: Assignment) -> None:
    """Today is 12 November 2026. Torsås before Ånge; ANDTS is asked of Nybro, and somebody in Ånge has it."""
    ange = book.add(Actor(name="Ånge kommun", kind="municipality"))
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    andts = book.add(Assignment(name="ANDTS", addressee="Nybro kommun"))
    network = book.add(Network(name="Förebyggarna", assignments=[ours.id]))
    eva, bo = hat(book, "Eva Ek", nybro, ours), hat(book, "Åsa Alm", nybro, ours)
    maj, ove = hat(book, "Maj Lind", torsas), hat(book, "Ove Alm", ange, andts)
    book.add(Interaction(kind="network_meeting", when="2026-09-03", network=network.id, participants=[
        eva.id, Participation(role=bo.id, status="absent"), Participation(role=maj.id, status="attended"),
    ]))  # fmt: skip
    book.add(Interaction(kind="phone", when="2026-11-02", assignments=[andts.id], participants=[ove.id]))
    book.add(Interaction(kind="network_meeting", when="2026-12-01", network=network.id, status="planned",
                         participants=[Participation(role=ove.id, status="invited")]))  # fmt: skip
    table = book.view("coverage")
    assert [tuple(row.values()) for row in table.rows] == [
        ("Nybro kommun", "ANDTS", None, 0, None, None, "none", andts.id),
        ("Nybro kommun", ours.name, "Eva Ek, Åsa Alm", 2, "2026-09-03", 70, "covered", ours.id),
        ("Torsås kommun", ours.name, None, 1, "2026-09-03", 70, "contact_only", ours.id),
        ("Ånge kommun", "ANDTS", "Ove Alm", 0, "2026-11-02", 10, "covered", andts.id),
        ("Ånge kommun", ours.name, None, 0, None, None, "none", ours.id),
    ]
    assert table.notes == (
        "ANDTS: 1 of 2 municipalities have a holder",
        "Brottsförebyggande arbete: 1 of 3 municipalities have a holder",
    )
    assert book.view("coverage", municipality="nybro").notes == ()  # of one there is nothing to count
    assert rows(book, "municipality", assignment="andts") == [("Nybro kommun",), ("Ånge kommun",)]
    assert rows(book, "assignment", "state", municipality="ånge") == [
        ("ANDTS", "covered"), (ours.name, "none"),
    ]  # fmt: skip


def test_contact_counts_for_twelve_months(
    book: Book, nybro: Actor, ours: Assignment, clock: FixedClock
) -> None:
    """From 12 November 2025 on; the day of the latest is shown after that too."""
    eva = hat(book, "Eva Ek", nybro, ours)
    assert rows(book, "last_contact", "days", "state") == [(None, None, "holder_only")]
    book.add(Interaction(kind="visit", when="2025-11-12", assignments=[ours.id], participants=[eva.id]))
    book.add(Interaction(kind="visit", when="2024-01-01", assignments=[ours.id], participants=[eva.id]))
    assert rows(book, "last_contact", "days", "state") == [("2025-11-12", 365, "covered")]
    clock.move(days=1)
    assert rows(book, "last_contact", "days", "state") == [("2025-11-12", 366, "holder_only")]
    assert rows(book.as_of("2025-01-01"), "last_contact", "days", "state") == [("2024-01-01", 366, "covered")]


def test_who_reaches_a_municipality(book: Book, nybro: Actor, ours: Assignment) -> None:
    """Its people counted, a part of it, who covers it; one who was called and stayed away did not."""
    office = book.add(Actor(name="Socialförvaltningen", kind="other", parent=nybro.id))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    per = hat(book, "Per Sälg", area, covers=[nybro.id])
    maj = hat(book, "Maj Lind", office)

    def log(when: str, **fields: Any) -> str | None:
        book.add(Interaction(kind="training", when=when, assignments=[ours.id], **fields))
        (row,) = book.view("coverage").rows
        last: str | None = row["last_contact"]
        return last

    away = [Participation(role=per.id, status="declined")]
    assert log("2026-02-01", participants=away) is None
    assert log("2026-03-01", participants=[per.id]) == "2026-03-01"
    assert log("2026-04-01", headcounts=[Headcount(actor=office.id, count=4)]) == "2026-04-01"
    assert log("2026-05-01", participants=[maj.id]) == "2026-05-01"
    assert log("2026-06-01", participants=[maj.id], status="cancelled") == "2026-05-01"
    assert rows(book, "invited") == [(3,)]


def test_names_that_are_none(book: Book, nybro: Actor, ours: Assignment) -> None:
    book.add(Actor(name="Nattvandrarna", kind="association"))
    with pytest.raises(NotFound):
        book.view("coverage", assignment="Narnia")
    with pytest.raises(Invalid, match="Nattvandrarna is no municipality"):
        book.view("coverage", municipality="Nattvandrarna")
    book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    assert rows(book, "municipality", municipality="nybro") == [("Nybro kommun",)]


def test_of_one_municipality_it_is_the_same(book: Book, nybro: Actor, ours: Assignment) -> None:
    """What is read for the page of one is less, and says what all of it says."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    office = book.add(Actor(name="Socialförvaltningen", kind="other", parent=torsas.id))
    book.add(Assignment(name="ANDTS", addressee="Torsås kommun"))
    eva, maj = hat(book, "Eva Ek", nybro, ours), hat(book, "Maj Lind", office, until="2026-06-01")
    deputy = hat(book, "Bo Björk", nybro)
    told: dict[str, dict[str, Any]] = {
        "2026-03-01": {"participants": [eva.id, maj.id]},
        "2026-04-01": {"headcounts": [Headcount(actor=office.id, count=3)]},
        "2026-05-01": {"participants": [Participation(actor=torsas.id)]},
        "2026-05-02": {"participants": [Participation(role=deputy.id, status="deputy", deputy_for=maj.id)]},
        "2026-05-03": {"participants": [eva.id]},
    }
    for when, fields in told.items():
        book.add(Interaction(kind="training", when=when, assignments=[ours.id], **fields))
        for place in (nybro, torsas):
            (shown,) = rows(book, "invited", "last_contact", municipality=place.name, assignment=ours.name)
            assert shown in rows(book, "invited", "last_contact", assignment=ours.name)
            of = covering(book.outward(), place.id)
            assert shown in [(one.invited, str(one.last_contact or "") or None) for one in of]
    assert rows(book, "municipality", "invited", "last_contact", assignment=ours.name) == [
        ("Nybro kommun", 2, "2026-05-03"),
        ("Torsås kommun", 2, "2026-05-02"),
    ]
    assert [one.assignment.name for one in covering(book.outward(), torsas.id)] == ["ANDTS", ours.name]


def test_where_somebody_protected_may_be_nothing_is_said_to_be_missing(
    book: Book, nybro: Actor, ours: Assignment
) -> None:
    """Siv is in Torsås, and that is told neither there nor by what stands of Kalmar and Nybro."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    book.add(Actor(name="Kalmar kommun", kind="municipality"))
    other = book.add(Assignment(name="Övrigt", addressee="Kalmar kommun"))
    siv, eva = hat(book, "Siv Dal", torsas, ours), hat(book, "Eva Ek", nybro, ours)
    book.add(Interaction(kind="visit", when="2026-03-01", assignments=[ours.id], participants=[siv.id]))
    shown = ("municipality", "assignment", "holders", "last_contact", "state")
    before = rows(book, *shown)
    assert before[3] == ("Torsås kommun", ours.name, "Siv Dal", "2026-03-01", "covered")
    assert [row[4] for row in before] == ["none", "none", "holder_only", "covered"]
    book.update(siv.contact or "", protected=True)
    assert rows(book, *shown) == [
        ("Kalmar kommun", ours.name, None, None, None),
        ("Kalmar kommun", other.name, None, None, None),
        ("Nybro kommun", ours.name, "Eva Ek", None, None),
        ("Torsås kommun", ours.name, None, None, None),
    ]
    assert rows(book, *shown, municipality="nybro") == [("Nybro kommun", ours.name, "Eva Ek", None, None)]
    book.add(Interaction(kind="visit", when="2026-04-01", assignments=[ours.id], participants=[eva.id]))
    assert rows(book, *shown)[2] == ("Nybro kommun", ours.name, "Eva Ek", "2026-04-01", "covered")
    assert book.view("coverage").notes[-2:] == (
        "1 protected person holds an assignment: holders may be more",
        "1 attendance of somebody protected is not counted",
    )


def test_a_covered_hat_may_tell_of_any_assignment(book: Book, nybro: Actor, ours: Assignment) -> None:
    """A visit that says nothing of its assignment has that of the hat, which nobody may see."""
    hat(book, "Eva Ek", nybro, ours)
    siv = hat(book, "Siv Dal", nybro, ours)
    visit = book.add(Interaction(kind="visit", when="2026-03-01", participants=[siv.id]))
    assert rows(book, "last_contact", "state") == [("2026-03-01", "covered")]
    book.update(siv.contact or "", protected=True)
    assert rows(book, "holders", "last_contact", "state") == [("Eva Ek", None, None)]
    assert rows(book, "state", municipality="nybro") == [(None,)]
    book.update(visit.id, assignments=[book.add(Assignment(name="Övrigt")).id])
    assert rows(book, "state", assignment=ours.name) == [("holder_only",)]


def test_an_assignment_that_does_not_run_is_said_so(book: Book, nybro: Actor) -> None:
    """An empty table would say that it reaches nobody."""
    book.add(Assignment(name="Gamla uppdraget", addressee="kommuner", ends="2026-06-30"))
    with pytest.raises(Invalid, match="Gamla uppdraget does not run on 2026-11-12"):
        book.view("coverage", assignment="gamla")
    assert rows(book.as_of("2026-06-01"), "municipality", "state", assignment="gamla") == [
        (nybro.name, "none")
    ]


def test_one_municipality_alone_is_told_what_it_is_told_among_all(
    book: Book, nybro: Actor, ours: Assignment
) -> None:
    """Bo came for Siv, who is protected: for whom, neither table tells, nor the two beside each other."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    siv, bo = hat(book, "Siv Dal", nybro), hat(book, "Bo Björk", torsas)
    book.update(siv.contact or "", protected=True)
    instead = Participation(role=bo.id, status="deputy", deputy_for=siv.id)
    book.add(Interaction(kind="visit", when="2026-11-02", assignments=[ours.id], participants=[instead]))
    assert rows(book, "municipality", "state") == [("Nybro kommun", None), ("Torsås kommun", "contact_only")]
    assert rows(book, "state", municipality="nybro") == [(None,)]
    assert rows(book, "state", municipality="torsås") == [("contact_only",)]
