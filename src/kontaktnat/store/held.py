"""A book's tables as they lie in memory, in TinyDB's form: what the file says up to a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import define, field

from kontaktnat.store.blocks import Row
from kontaktnat.store.documents import same
from kontaktnat.store.layout import Table, Tables


@define(eq=False, repr=False)
class Held:
    """Documents in it belong to it: they are handed out without being copied, and never changed."""

    version: int
    """Number of the newest transaction."""
    tables: Tables
    _highest: dict[str, int] = field(factory=dict)

    def apply(self, number: int, rows: Sequence[Row]) -> None:
        """Make a transaction's changes."""
        for name, key, _, after in rows:
            if key is None:
                if after is None:
                    self.tables.pop(name, None)
                    self._highest.pop(name, None)
                else:
                    self.tables.setdefault(name, {})
            elif after is None:
                table = self.tables.get(name, {})
                table.pop(key, None)
                if not table:
                    self._highest.pop(name, None)
            else:
                self.tables.setdefault(name, {})[key] = after
                if name in self._highest:
                    self._highest[name] = max(self._highest[name], _number(key))
        self.version = number

    def highest(self, name: str) -> int:
        """No doc_id in a table is higher; 0 for an empty one. A new one costs no scan, but the first."""
        if name not in self._highest:
            self._highest[name] = max(map(_number, self.tables.get(name, ())), default=0)
        return self._highest[name]


def between(before: Tables, after: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    """What makes some tables of others."""
    for name, table in before.items():
        if name not in after:
            yield from ((name, key, doc, None) for key, doc in table.items())
            yield name, None, True, None
    for name, given in after.items():
        yield from changes(name, before.get(name), given)


def changes(name: str, before: Table | None, after: Mapping[str, Any]) -> Iterator[Row]:
    """What makes one table of another; `before` None: there is no such table yet."""
    if before is None:
        yield name, None, None, True
        before = {}
    for key, doc in before.items():
        if key not in after:
            yield name, key, doc, None
    for key, doc in after.items():
        if key not in before or not same(before[key], doc):
            yield name, key, before.get(key), doc


def _number(key: str) -> int:
    return int(key) if key.isdecimal() else 0  # a TinyDB may have doc_ids of its own making
