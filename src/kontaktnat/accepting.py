"""What is accepted of what checks find: a setting for each record, that goes where its text goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kontaktnat.descriptors import Finding
from kontaktnat.remarks import entries, setting_of
from kontaktnat.unit import Unit

if TYPE_CHECKING:
    from kontaktnat.book import Book


def remember(book: Book, unit: Unit) -> None:
    """Note in a transaction what is accepted in it, and where what was accepted stands from now on."""
    if unit.accept is not None:
        accept(book, unit.noticed, unit.accept)
    for one, entry in unit.carried:
        _add(book, one.id, [{**entry, "path": one.path, "span": list(one.span or ())}])
    gone = [setting_of(one.id) for one in unit.changes() if one.after is None]
    for name in gone:
        if unit.get("setting", name):
            book.set(name, None)


def accept(book: Book, findings: Iterable[Finding], reason: str) -> None:
    """Remember findings with the reason for which they may stand."""
    now, known = book.clock().isoformat(timespec="seconds"), tuple(findings)
    for id in dict.fromkeys(one.id for one in known):
        theirs = (one for one in known if one.id == id)
        _add(book, id, entries(theirs, reason=reason, by=book._now.by, at=now))


def _add(book: Book, id: str, more: list[dict[str, object]]) -> None:
    name = setting_of(id)
    known = (book._now.get("setting", name) or {}).get("value", [])
    book.set(name, [*known, *more])
