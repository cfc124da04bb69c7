"""A name whose parts stand in fields of their own, as in a row of a list: given in one, family in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from kontaktnat.mentions import Identity, name_words
from kontaktnat.query import Doc

_LOOSE = ("extra", "raw", "unknown", "value")
"""Fields of a document that come from elsewhere, in whatever shape."""
_MOST = 80


class Split:
    """Finds one person's name in the values of a mapping, or side by side in a list."""

    def __init__(self, known: Identity) -> None:
        halves = [(name[:n], name[n:]) for name in known.names for n in range(1, len(name))]
        self._pairs = {pair for pair in halves if all(len(max(half, key=len)) > 1 for half in pair)}
        self._halves = {half for pair in self._pairs for half in pair}

    def paths(self, doc: Doc) -> frozenset[str]:
        """Where the parts stand, as `raw.efternamn`; each is the whole value."""
        found: set[str] = set()
        for name in _LOOSE:
            if doc.get(name):
                self._look(doc[name], name, found)
        return frozenset(found)

    def _look(self, value: Any, at: str, found: set[str]) -> None:
        if isinstance(value, Mapping):
            inside = [(f"{at}.{key}", one) for key, one in value.items()]
            parts = [*self._parts(inside)]
            pairs = [(one, other) for one in parts for other in parts]
        elif isinstance(value, list | tuple):
            inside = [(f"{at}[{n}]", one) for n, one in enumerate(value)]
            pairs = [*pairwise(self._parts(inside))] if len(inside) > 1 else []
        else:
            return
        for (path, half), (further, other) in pairs:
            if path != further and (half, other) in self._pairs:
                found |= {path, further}
        for path, one in inside:
            self._look(one, path, found)

    def _parts(self, inside: list[tuple[str, Any]]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for path, value in inside:
            if isinstance(value, str) and len(value) < _MOST:
                words = name_words(value)
                if words in self._halves:
                    yield path, words
