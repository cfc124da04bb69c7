"""The basic checks find what is wrong, and nothing else."""

from __future__ import annotations

from kontaktnat import Actor, Book, Contact, Way


def test_nothing_is_wrong_with_a_sound_book(book: Book) -> None:
    book.add(Actor(name="Länsstyrelsen", kind="county_administrative_board", org_number="202100-2304"))
    book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value="070-174 06 05")]))
    assert list(book.check()) == []


def test_a_number_of_nobody_is_named(book: Book) -> None:
    actor = book.add(Actor(name="Två förening", kind="association", org_number="802400-1231"))
    (finding,) = book.check()
    assert (finding.id, finding.path) == (actor.id, "org_number")


def test_ways_that_cannot_be_right_are_named(book: Book) -> None:
    book.add(Contact(name="Bo Ek", ways=[Way(kind="mail", value="bo@"), Way(kind="phone", value="12")]))
    assert [finding.path for finding in book.check()] == ["ways[0]", "ways[1]"]
