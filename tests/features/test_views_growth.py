"""The view `growth`, against rows worked out by hand. Today is 12 November 2026."""

from __future__ import annotations

import itertools
from typing import Any

from kontaktnat import Actor, Book, Contact, Headcount, Interaction, Network, Participation, Role


def table(book: Any, *sectors: str | None) -> list[tuple[Any, ...]]:
    rows = [tuple(row.values()) for row in book.view("growth").rows]
    return [row for row in rows if not sectors or row[0] in sectors]


def met(book: Book, when: str, *who: Any, **fields: Any) -> Interaction:
    return book.add(Interaction(kind="visit", when=when, participants=who, **fields))


def test_three_years_by_hand(book: Book) -> None:
    """Two municipalities and a company; in 2025 nobody at all, and one actor has no sector."""
    nybro, torsas, _ = (
        book.add(Actor(name=name, kind="municipality", sector="municipality")) for name in "NTÖ"
    )
    shop = book.add(Actor(name="Handlarna", sector="business"))
    loose = book.add(Actor(name="Lösa gänget"))
    eva = book.add(Role(contact=book.add(Contact(name="Eva Ek")).id, actor=nybro.id, covers=[torsas.id]))
    met(book, "2024-03-01", eva.id)  # both
    met(book, "2024-03-02", Participation(actor=shop.id, status="invited"))
    met(book, "2026-02-01", nybro.id)
    met(book, "2026-02-02", headcounts=[Headcount(actor=shop.id, count=3)])
    met(book, "2026-02-03", shop.id, status="cancelled")
    met(book, "2026-12-03", loose.id, status="planned")

    assert table(book) == [
        ("municipality", 2024, 2, 2, 2),
        ("municipality", 2025, 0, 0, 2),
        ("municipality", 2026, 0, 1, 2),
        ("business", 2024, 0, 0, 0),
        ("business", 2025, 0, 0, 0),
        ("business", 2026, 1, 1, 1),
        (None, 2024, 0, 0, 0),
        (None, 2025, 0, 0, 0),
        (None, 2026, 0, 0, 0),
    ]
    assert book.view("growth").notes == (
        "municipality: 1 of 3 actors without any contact",
        "business: 0 of 1 actors without any contact",
        "no sector: 1 of 1 actors without any contact",
    )
    assert table(book.as_of("2025-06-30"), "business") == [
        ("business", 2024, 0, 0, 0),
        ("business", 2025, 0, 0, 0),
    ]


def test_before_any_contact_there_is_no_year(book: Book) -> None:
    book.add(Actor(name="Polisen", sector="police"))
    assert table(book) == []
    assert book.view("growth").notes == ("police: 1 of 1 actors without any contact",)


def test_who_was_succeeded_counts_once_as_its_successor(book: Book) -> None:
    old, other = (book.add(Actor(name=name, sector="state")) for name in ("MSB", "Verket"))
    met(book, "2024-05-01", old.id)
    met(book, "2025-05-01", other.id)
    new = book.add(Actor(name="Myndigheten för civilt försvar", sector="state"))
    for one in (old, other):
        book.update(one, succeeded_by=new.id, succeeded_on="2026-01-01")
    assert table(book) == [("state", 2024, 1, 1, 1), ("state", 2025, 0, 1, 1), ("state", 2026, 0, 0, 1)]
    assert table(book.as_of("2025-12-31")) == [("state", 2024, 1, 1, 1), ("state", 2025, 1, 1, 2)]


def test_our_own_board_and_networks_are_left_out_other_boards_are_not(book: Book) -> None:
    ours, theirs = (
        book.add(Actor(name=name, kind="county_administrative_board", sector="state"))
        for name in ("Länsstyrelsen i Kalmar län", "Länsstyrelsen i Kronobergs län")
    )
    book.add(Network(name="Nätverket", host=ours.id))
    net = book.add(Actor(name="Nätet", kind="network", sector="state"))
    met(book, "2026-03-01", ours.id, theirs.id, net.id)
    assert table(book) == [("state", 2026, 1, 1, 1)]
    assert book.view("growth").notes == ("state: 0 of 1 actors without any contact",)


def test_the_year_may_be_all_that_is_known(book: Book) -> None:
    shop = book.add(Actor(name="Handlarna", sector="business"))
    met(book, "2025", shop.id)
    assert table(book) == [("business", 2025, 1, 1, 1), ("business", 2026, 0, 0, 1)]


def test_the_protected_are_counted_for_nobody(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", sector="municipality"))
    siv = book.add(Contact(name="Siv Rönn", protected=True))
    hat = book.add(Role(contact=siv.id, actor=nybro.id))
    met(book, "2026-03-01", hat.id)
    assert table(book) == []
    assert book.view("growth").notes == (
        "municipality: 1 of 1 actors without any contact",
        "1 attendance of somebody protected is not counted",
    )


def test_a_later_year_never_knows_fewer(kalmar: Any) -> None:
    kalmar("log", "telefon", "nybro", "hej", "--when", "2023-04-05")
    rows = kalmar("view", "growth", "-o", "json").records()
    assert {row["sector"] for row in rows} >= {"municipality", "police", "state"}
    for before, row in itertools.pairwise(rows):
        if before["sector"] == row["sector"]:
            assert (row["year"], row["known"]) == (before["year"] + 1, before["known"] + row["new"])
            assert row["new"] <= row["reached"] <= row["known"]
