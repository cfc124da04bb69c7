"""Who is not the same: a setting for each pair that somebody told apart, so that each is undone by itself.

`not_same.<one>.<other>`, the ids in their order, so that there is one place where it may stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kontaktnat.errors import Refused
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat import model
    from kontaktnat.book import Book
    from kontaktnat.outward import Reader
    from kontaktnat.unit import Unit

APART = "not_same."
"""How the ids of these settings begin."""

TYPES = ("actor", "contact")
"""Types of which two are compared."""

Pair = tuple[str, str]


def pair_of(one: str, other: str) -> Pair:
    """Two ids in their order."""
    return (one, other) if one < other else (other, one)


def told_apart(reader: Reader | Unit) -> frozenset[Pair]:
    """All pairs that somebody has told apart."""
    return frozenset(pair for doc in reader.find("setting") if (pair := read(doc["id"])))


def read(setting: str) -> Pair | None:
    """The pair that a setting is about."""
    if not setting.startswith(APART):
        return None
    one, _, other = setting.removeprefix(APART).partition(".")
    return (one, other) if one and other else None


def tell_apart(book: Book, one: model.Record | str, other: model.Record | str) -> None:
    """See `Book.not_same`."""
    with book.transaction("not the same"):
        mine, theirs = book._raw(one), book._raw(other)
        if mine.type != theirs.type or mine.type not in TYPES:
            raise Refused("{one} and {other} are never suggested as the same: two actors or two contacts are",
                          one=mine.id, other=theirs.id)  # fmt: skip
        if mine.id == theirs.id:
            raise Refused("{type} {id} is the same as itself", type=type_label(mine.type), id=mine.id)
        _note(book, mine.id, theirs.id)


def tell_all_apart(book: Book, id: str, type: str, others: Iterable[str]) -> None:
    """That a new record is none of those it was thought it might be."""
    if type in TYPES:
        for other in others:
            if other != id and book._now.get(type, other) is not None:
                _note(book, id, other)


def hand_over(book: Book, gone: str, stays: str) -> None:
    """Whoever is not the one that goes is not the one that stays either."""
    for name, pair in _about(book._now, {gone}):
        book.set(name, None)
        (other,) = {*pair} - {gone}
        if other != stays:
            _note(book, stays, other)


def forget(book: Book, unit: Unit) -> None:
    """Of those that a transaction deletes nothing needs to be remembered."""
    if gone := {one.id for one in unit.changes() if one.after is None and one.type in TYPES}:
        for name, _ in _about(unit, gone):
            book.set(name, None)


def _note(book: Book, one: str, other: str) -> None:
    book.set(APART + ".".join(pair_of(one, other)), True)


def _about(unit: Unit, ids: set[str]) -> Iterator[tuple[str, Pair]]:
    for doc in unit.find("setting"):
        if (pair := read(doc["id"])) and not ids.isdisjoint(pair):
            yield doc["id"], pair
