"""Which documents have a value at a path: worked out when it is first asked, kept up to date from then on.

So a reference, a kind or a place is looked up at the cost of its hits. Nothing here is stored: it can be
forgotten at any time, and a store that does not ask pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from kontaktnat.query import AllOf, AnyOf, Compare, Condition, Doc, values

_Index = dict[Any, set[str]]
"""Value → ids of the documents that have it."""


class Indexes:
    """Of all types, by type and path."""

    def __init__(self) -> None:
        self._of: dict[str, dict[str, _Index]] = {}

    def forget(self) -> None:
        """The documents are others."""
        self._of.clear()

    def changed(self, type: str, id: str, before: Doc | None, after: Doc | None) -> None:
        """A document came, went or is another."""
        for path, index in self._of.get(type, {}).items():
            for value in _hashable(before, path):
                index.get(value, set()).discard(id)
            for value in _hashable(after, path):
                index.setdefault(value, set()).add(id)

    def candidates(
        self, type: str, query: Condition, docs: Callable[[], Iterable[Doc]]
    ) -> Collection[str] | None:
        """Ids among which all are that fulfil `query`; None: they cannot be told from an index.

        `docs` gives all documents of the type, for an index that is not there yet.
        """
        sets = self._sets(type, query, docs)
        return None if sets is None else set[str]().union(*sets)

    # Inside

    def _sets(
        self, type: str, query: Condition, docs: Callable[[], Iterable[Doc]]
    ) -> list[Collection[str]] | None:
        """The same as sets that overlap, not copied yet; where all parts must hold, those of the smallest."""
        if isinstance(query, AllOf | AnyOf):
            parts = [self._sets(type, part, docs) for part in query.parts]
            known = [sets for sets in parts if sets is not None]
            if isinstance(query, AllOf):
                return min(known, key=lambda sets: sum(map(len, sets)), default=None)
            return [one for sets in known for one in sets] if len(known) == len(parts) else None
        if not isinstance(query, Compare) or query.operator not in ("is", "in"):
            return None
        wanted = (query.value,) if query.operator == "is" else query.value
        if not all(isinstance(value, str | int | float | None) for value in wanted):
            return None
        index = self._index(type, query.path, docs)
        return [index.get(value, ()) for value in wanted]

    def _index(self, type: str, path: str, docs: Callable[[], Iterable[Doc]]) -> _Index:
        paths = self._of.setdefault(type, {})
        if path not in paths:
            index: _Index = {}
            for doc in docs():
                for value in _hashable(doc, path):
                    index.setdefault(value, set()).add(doc["id"])
            paths[path] = index
        return paths[path]


def _hashable(doc: Doc | None, path: str) -> Iterable[Any]:
    """The values at a path that a condition may be equal to."""
    if doc is None:
        return ()
    if "." not in path:  # by far the most
        found = doc.get(path)
        if not isinstance(found, dict | list):
            return (found,)
    return (value for value in values(doc, path) if not isinstance(value, dict | list))
