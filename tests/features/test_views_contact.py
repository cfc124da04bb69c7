"""The views `silence` and `support`, checked against rows written by hand. Today is 12 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Actor, Book, Contact, Headcount, Interaction, Invalid, Network, Participation, Role
from kontaktnat.testing.injection import FixedClock


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", sector="municipality", place="0881"))


@pytest.fixture
def club(book: Book) -> Actor:
    return book.add(Actor(name="Örsjö IF", kind="association", sector="civil_society", place="0881"))


def hat(book: Book, name: str, actor: Actor, **fields: Any) -> Role:
    return book.add(Role(contact=book.add(Contact(name=name)).id, actor=actor.id, **fields))


def rows(book: Any, view: str, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view(view, **params).rows]


# silence


def test_who_is_silent_by_hand(book: Book, nybro: Actor, club: Actor) -> None:
    """Never met first, then longest ago; our own board and networks are no silence."""
    us = book.add(Actor(name="Länsstyrelsen", kind="county_administrative_board", sector="state"))
    book.add(Actor(name="Nätverket", kind="network"))
    book.add(Network(name="Nätverket", host=us.id))
    shop = book.add(Actor(name="Ångbageriet AB", kind="company", sector="business"))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area", sector="police"))
    officer = hat(book, "Bo Björk", area, covers=[nybro.id])
    book.add(Interaction(kind="phone", when="2026-03-12", participants=[officer.id]))
    book.add(Interaction(kind="visit", when="2026-08-14", participants=[Participation(actor=nybro.id)]))
    book.add(Interaction(kind="phone", when="2026-11-01", participants=[Participation(actor=shop.id)]))
    table = book.view("silence")
    assert [tuple(row.values()) for row in table.rows] == [
        ("Örsjö IF", "association", "0881", None, None, None, club.id),
        ("Lokalpolisområde Nybro", "local_police_area", None, "2026-03-12", 245, "phone", area.id),
    ]
    assert table.notes == ("2 of 4 without contact in the last 90 days",)
    assert rows(book, "silence", "actor", "days", days="89") == [
        ("Örsjö IF", None),
        ("Lokalpolisområde Nybro", 245),
        ("Nybro kommun", 90),
    ]


def test_day_ninety_is_within_the_ninety(book: Book, nybro: Actor, clock: FixedClock) -> None:
    book.add(Interaction(kind="visit", when="2026-08-14", participants=[Participation(actor=nybro.id)]))
    assert rows(book, "silence", "days") == []
    clock.move(days=1)
    assert rows(book, "silence", "days") == [(91,)]
    book.set("practice", {"silence_days": 91})
    assert rows(book, "silence", "days") == []


def test_a_month_counts_from_its_first_day(book: Book, nybro: Actor) -> None:
    book.add(Interaction(kind="visit", when="2026-08", participants=[Participation(actor=nybro.id)]))
    assert rows(book, "silence", "last_contact", "days") == [("2026-08-01", 103)]


@pytest.mark.parametrize("status", ["invited", "accepted", "declined", "absent"])
def test_who_did_not_come_is_silent(book: Book, nybro: Actor, status: str) -> None:
    role = hat(book, "Eva Ek", nybro)
    part = Participation(role=role.id, status=status)
    book.add(Interaction(kind="network_meeting", when="2026-11-01", participants=[part]))
    assert rows(book, "silence", "last_contact") == [(None,)]


def test_silence_of_a_kind_or_a_sector(book: Book, nybro: Actor, club: Actor) -> None:
    assert rows(book, "silence", "actor", kind="förening") == [("Örsjö IF",)]
    assert rows(book, "silence", "actor", sector="kommun") == [("Nybro kommun",)]
    assert rows(book, "silence", "actor", sector="kommun", kind="association") == []
    with pytest.raises(Invalid, match="no word for sector"):
        book.view("silence", sector="x")


def test_silence_as_of_a_day(book: Book, nybro: Actor) -> None:
    role = hat(book, "Eva Ek", nybro, until="2026-06-01")
    book.add(Interaction(kind="mail", when="2026-05-01", participants=[role.id]))
    assert rows(book.as_of("2026-04-30"), "silence", "days") == [(None,)]
    assert rows(book.as_of("2026-06-02"), "silence", "days") == []
    assert rows(book, "silence", "days") == [(195,)]


def test_a_successor_has_been_met_through_the_one_before(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Nya Nybro kommun", kind="municipality"))
    role = hat(book, "Eva Ek", nybro)
    book.add(Interaction(kind="mail", when="2026-05-01", participants=[role.id]))
    assert rows(book, "silence", "actor", "days") == [("Nya Nybro kommun", None), ("Nybro kommun", 195)]
    book.update(nybro, succeeded_by=new.id, succeeded_on="2026-10-01")
    assert rows(book, "silence", "actor", "days") == [("Nya Nybro kommun", 195)]
    assert rows(book.as_of("2026-09-30"), "silence", "actor", "days") == [
        ("Nya Nybro kommun", None),
        ("Nybro kommun", 152),
    ]


@pytest.mark.parametrize("view", ["silence", "support"])
def test_contact_with_a_protected_person_does_not_tell_where_they_work(
    book: Book, nybro: Actor, club: Actor, view: str
) -> None:
    before = book.view(view).rows
    role = hat(book, "Siv Rönn", nybro)
    book.update(role.contact or "", protected=True)
    book.add(Interaction(kind="sounding_board", when="2026-11-01", participants=[role.id]))
    table = book.view(view)
    assert table.rows == before
    assert table.notes[-1] == "1 attendance of somebody protected is not counted"
    assert book.outward(reveal="a test").view(view).rows != before


# support


def test_support_by_hand(book: Book, nybro: Actor, club: Actor) -> None:
    """None first. The region is not supported; who has no sector is there only with some."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality", sector="municipality"))
    book.add(Actor(name="Region Kalmar län", kind="region", sector="region"))
    book.add(Actor(name="Okänd"))
    lost = book.add(Actor(name="Utan sektor"))
    eva, bo = hat(book, "Eva Ek", nybro), hat(book, "Bo Björk", torsas)

    def talk(when: str, *who: Any, kind: str = "sounding_board", **fields: Any) -> None:
        book.add(Interaction(kind=kind, when=when, participants=who, **fields))

    talk("2026-02-01", eva.id, process_step=3, asked="Hur börjar vi?", support=["method"])
    talk("2026-09-01", eva.id, bo.id, process_step=1, asked="Vem tar ordet?", support=["advice"])
    talk("2026-10-01", eva.id, process_step=3)
    talk("2026-10-20", eva.id, kind="phone")  # nothing given: no support
    talk("2026-10-25", Participation(actor=lost.id), kind="phone", support=["contact", "advice"])
    talk("2025-11-11", Participation(actor=club.id))  # a day more than 12 months ago
    talk("2026-11-20", Participation(actor=club.id), status="planned")
    talk("2026-11-02", Participation(actor=club.id), status="cancelled")

    table = book.view("support")

    assert [tuple(row.values()) for row in table.rows] == [
        ("Örsjö IF", "civil_society", 0, "", "", "", None, None, club.id),
        ("Torsås kommun", "municipality", 1, "1", "advice", "Vem tar ordet?", "2026-09-01", 72, torsas.id),
        ("Nybro kommun", "municipality", 3, "1, 3", "advice, method", "Vem tar ordet?", "2026-10-01", 42,
         nybro.id),
        ("Utan sektor", None, 1, "", "advice, contact", "", "2026-10-25", 18, lost.id),
    ]  # fmt: skip
    assert table.notes == ("1 of 4 without support",)
    assert rows(book, "support", "actor", "talks", since="2025-11-11")[-1] == ("Utan sektor", 1)
    assert ("Örsjö IF", 1) in rows(book, "support", "actor", "talks", since="2025-11")
    assert rows(book, "support", "actor", sector="region") == [("Region Kalmar län",)]
    assert rows(book.as_of("2026-01-31"), "support", "actor", "talks") == [
        ("Nybro kommun", 0),
        ("Torsås kommun", 0),
        ("Örsjö IF", 1),
    ]


def test_counted_people_got_support_too_and_so_did_a_successor(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Nya Nybro kommun", kind="municipality", sector="municipality"))
    book.update(nybro, succeeded_by=new.id, succeeded_on="2026-10-01")
    count = Headcount(actor=nybro.id, count=12)
    book.add(Interaction(kind="training", when="2026-09-01", headcounts=[count], support=["material"]))
    assert rows(book, "support", "actor", "talks", "given") == [("Nya Nybro kommun", 1, "material")]


def test_words_are_said_in_swedish_at_the_prompt(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    kalmar("log", "bollplank", "eva", "Hur börjar vi?")
    with kontaktnat.open("b.kn") as book:
        book.update(book.interactions.all()[0], support=["advice"])
    assert "råd" in kalmar("--lang", "sv", "view", "support", "sector=kommun").out
    shown = kalmar("view", "support", "-o", "json")
    assert [row["given"] for row in shown.records() if row["talks"]] == ["advice"]
