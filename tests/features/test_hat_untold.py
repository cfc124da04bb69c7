"""Somebody with several hats, of whom it is not told in which: all at one actor, that one was in contact."""

from __future__ import annotations

from typing import Any

import pytest

from kontaktnat import Actor, Assignment, Book, Contact, Interaction, Network, Participation, Role, Way
from kontaktnat.extend import Candidate
from kontaktnat.model import Member, PartialDate
from kontaktnat.outward import Outward, _Remembering
from kontaktnat.views.minutes import sections

MAIL = "eva.ek@nybro.example"


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", cadence="P3M"))


@pytest.fixture
def torsas(book: Book) -> Actor:
    return book.add(Actor(name="Torsås kommun", kind="municipality", place="0834"))


@pytest.fixture
def eva(book: Book, nybro: Actor) -> Contact:
    """Two hats, both at Nybro."""
    found = book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value=MAIL)]))
    book.add(Role(contact=found.id, actor=nybro.id, function="crime_prevention_coordinator"))
    book.add(Role(contact=found.id, actor=nybro.id, function="safety_coordinator"))
    return found


def met(book: Book, who: Contact, when: str = "2026-11-01", **fields: Any) -> Interaction:
    part = Participation(contact=who.id, status=fields.pop("part", "attended"))
    return book.add(Interaction(kind=fields.pop("kind", "mail"), when=when, participants=[part], **fields))


def silent(book: Outward) -> dict[str, int | None]:
    return {row["actor"]: row["days"] for row in book.view("silence", days=1).rows}


def test_the_actor_was_in_contact_and_its_timeline_has_it(book: Book, nybro: Actor, eva: Contact) -> None:
    mail = met(book, eva)
    assert silent(book) == {"Nybro kommun": 11}
    assert [row["id"] for row in book.view("timeline", who=nybro.id).rows] == [mail.id]
    [due] = [row for row in book.view("cadence").rows if row["id"] == nybro.id]
    assert due["last"] == "2026-11-01"
    last = {row["function"]: row["last_contact"] for row in book.view("vacancies").rows if row["person"]}
    assert set(last.values()) == {"2026-11-01"}


def test_of_hats_at_different_actors_it_is_neither(
    book: Book, nybro: Actor, torsas: Actor, eva: Contact
) -> None:
    book.add(Role(contact=eva.id, actor=torsas.id))
    met(book, eva)
    assert silent(book) == {"Nybro kommun": None, "Torsås kommun": None}
    assert not book.view("timeline", who=nybro.id).rows


def test_what_all_hats_cover_was_in_contact(book: Book, nybro: Actor, torsas: Actor) -> None:
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    who = book.add(Contact(name="Bo Björk"))
    book.add(Role(contact=who.id, actor=area.id, covers=[nybro.id]))
    book.add(Role(contact=who.id, actor=area.id, covers=[nybro.id, torsas.id]))
    met(book, who)
    assert silent(book) == {"Lokalpolisområde Nybro": 11, "Nybro kommun": 11, "Torsås kommun": None}


def test_the_hats_are_those_of_that_day(book: Book, nybro: Actor, torsas: Actor, eva: Contact) -> None:
    for role in book.roles.where(contact=eva.id):
        book.update(role, until=PartialDate(2026, 11, 5))
    book.add(Role(contact=eva.id, actor=torsas.id, since=PartialDate(2026, 11, 6)))
    book.add(Role(contact=eva.id, actor=torsas.id, since=PartialDate(2026, 11, 6)))
    met(book, eva)
    met(book, eva, "2026-11-08")
    assert silent(book) == {"Nybro kommun": 11, "Torsås kommun": 4}
    assert silent(book.as_of("2026-11-07")) == {"Nybro kommun": 6, "Torsås kommun": None}
    assert len(book.as_of("2026-11-07").view("timeline", who=nybro.id).rows) == 1


def test_in_the_views_of_meetings(book: Book, nybro: Actor, torsas: Actor, eva: Contact) -> None:
    task = book.add(Assignment(name="Lägesbild", addressee="kommuner"))
    members = [Member(actor=one.id) for one in (nybro, torsas)]
    network = book.add(Network(name="Nätverket", members=members, assignments=[task.id]))
    meeting = met(book, eva, kind="network_meeting", network=network.id)
    there = {row["actor"]: row["present"] for row in book.view("representation").rows}
    assert there == {"Nybro kommun": 1, "Torsås kommun": 0}
    assert ["Torsås kommun"] in [lines for _, lines in sections(book, meeting)], "nobody came from there"
    last = {row["municipality"]: row["last_contact"] for row in book.view("coverage").rows}
    assert last == {"Nybro kommun": "2026-11-01", "Torsås kommun": None}
    alone = book.view("coverage", municipality="nybro").rows
    assert [row["last_contact"] for row in alone] == ["2026-11-01"]
    places = {row["column"] for row in book.view("statistics", measure="meetings_by_municipality").rows}
    assert places >= {"Nybro kommun"}
    assert "Elsewhere" not in places


def test_who_is_protected_leaves_no_member_that_nobody_came_from(
    book: Book, nybro: Actor, torsas: Actor, eva: Contact
) -> None:
    """The one whose protected person was there would stand among those that nobody came from."""
    members = [Member(actor=one.id) for one in (nybro, torsas)]
    network = book.add(Network(name="Nätverket", members=members))
    meeting = met(book, eva, kind="network_meeting", network=network.id)
    book.update(eva, protected=True)
    assert not any("Nybro kommun" in lines for _, lines in sections(book, meeting))
    missed = {row["actor"]: row["missed"] for row in book.view("representation").rows}
    assert missed == {"Nybro kommun": 0, "Torsås kommun": 0}


def test_of_one_who_is_protected_no_actor_is_told(book: Book, nybro: Actor, eva: Contact) -> None:
    met(book, eva)
    book.update(eva, protected=True)
    table = book.view("silence", days=1)
    assert [row["days"] for row in table.rows] == [None]
    assert table.notes[-1] == "1 attendance of somebody protected is not counted"
    assert not book.view("timeline", who=nybro.id).rows


def test_a_guest_who_comes_by_an_address(book: Book, nybro: Actor, torsas: Actor, eva: Contact) -> None:
    """The hats that have the address are at one actor, and others at another: the address tells the actor."""
    hats = book.roles.where(contact=eva.id)
    for role, since in zip(hats, ("2026-02-01", "2025-02-01"), strict=True):
        book.update(role, since=PartialDate.parse(since), ways=[Way(kind="mail", value=MAIL)])
    book.add(Role(contact=eva.id, actor=torsas.id))
    fields = {"source": "mail:1", "once": True, "kind": "mail", "when": "2026-11-10T09:12:00+01:00",
              "guests": [{"mail": MAIL, "part": "host", "needed": True, "status": "attended"}]}  # fmt: skip
    book.take([Candidate(row=1, type="interaction", fields=fields)], name="a mail")
    [mail] = book.interactions.all()
    assert mail.participants[0].role == hats[1].id
    assert silent(book) == {"Nybro kommun": 2, "Torsås kommun": None}


def test_hats_are_not_read_where_nobody_asks_for_them(
    book: Book, eva: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    select = Outward.select

    def noted(self: Outward, cls: Any, query: Any) -> Any:
        read.append(cls.type)
        return select(self, cls, query)

    monkeypatch.setattr(Outward, "select", noted)
    out = book.remembering()
    assert isinstance(out, _Remembering)
    out.contacts.all()
    out.forget()
    assert read == ["contact"]
