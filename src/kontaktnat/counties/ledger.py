"""What county packs have written into a book: per record and field a digest, kept in settings of the book.

By it a later version of the pack knows what nobody has touched. It is part of the transaction that fills the
book, so an undo takes it back too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.model import Record

Entry = dict[str, str]
"""Field → digest of what the pack says, and after a blank of what stands in the book for it, if that is
something else: two packs' parties of one agreement."""
_PREFIX, _SUFFIX = "pack.", ".written"


class Ledger:
    """What one pack wrote, and what the others did."""

    def __init__(self, book: Book, pack: str) -> None:
        self._book = book
        self._name = f"{_PREFIX}{pack}{_SUFFIX}"
        self.known = book.setting(self._name) is not None
        self.own: dict[str, Entry] = {key: dict(one) for key, one in book.setting(self._name, {}).items()}
        self.others: dict[str, Mapping[str, Entry]] = {
            name: book.setting(f"{_PREFIX}{name}{_SUFFIX}", {}) for name in filled_from(book) if name != pack
        }

    def save(self) -> None:
        """Into the book, in the transaction that is open."""
        self._book.set(self._name, self.own)

    def sharing(self, key: str) -> list[str]:
        """Names of the other packs that wrote a record."""
        return [name for name, wrote in self.others.items() if key in wrote]

    def said(self, key: str, field: str) -> str:
        """The digest of what this pack said of a field; "" for its default."""
        return self.own.get(key, {}).get(field, "").partition(" ")[0]

    def wrote(self, key: str, field: str, digest: str) -> bool:
        """Whether what a field holds is what any pack put there."""
        entries = (self.own.get(key), *(wrote.get(key) for wrote in self.others.values()))
        return any(
            (entry.get(field, "").rpartition(" ")[2]) == digest for entry in entries if entry is not None
        )

    def note(self, key: str, field: str, said: str, stands: str) -> None:
        """What this pack says of a field, and what it put there."""
        entry = self.own.setdefault(key, {})
        entry.pop(field, None)
        if said or stands:
            entry[field] = said if said == stands else f"{said} {stands}"


def filled_from(book: Book) -> dict[str, int]:
    """The packs that a book was filled from, and which version of each."""
    return {
        one.id.removeprefix(_PREFIX): one.value
        for one in book.settings.all()
        if one.id.startswith(_PREFIX) and not one.id.endswith(_SUFFIX) and type(one.value) is int
    }


def key_of(record: Record) -> str:
    """By what a ledger knows a record. It names no id: who reads the log sees there who held which post."""
    return digest(f"{record.type}:{record.id}")


def digest(value: Any) -> str:
    """A short one of a JSON value; "" of what is a field's default, which no document has."""
    if value is None:
        return ""
    import orjson

    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:10]


def fields_of(doc: Mapping[str, Any], without: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """(field, value) of a document, each plugin's field by itself: `extra.pack.source`."""
    for name, value in doc.items():
        if name == "extra":
            yield from ((f"extra.{key}", one) for key, one in value.items())
        elif name not in without:
            yield name, value


def with_field(doc: dict[str, Any], field: str, value: Any) -> None:
    """Put a value into a document; None takes it out."""
    table, name = (doc, field)
    if field.startswith("extra."):
        doc["extra"] = table = {**doc.get("extra", {})}
        name = field.removeprefix("extra.")
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value
