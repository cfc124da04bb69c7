"""The documents' texts, kept folded in memory, so that a search reads each once only.

They are made at the first search of a type and told of each commit. They promise no more than they are told:
whoever reads documents anew throws them away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from attrs import field, frozen

from kontaktnat.searching import Word, heard, text_of
from kontaktnat.store.documents import Document


@frozen
class _Kept:
    """Of one type, by id."""

    exact: dict[str, str] = field(factory=dict)
    folded: dict[str, str] = field(factory=dict)

    def put(self, id: str, doc: Document) -> None:
        self.exact[id], self.folded[id] = heard(text_of(doc))

    def drop(self, id: str) -> None:
        self.exact.pop(id, None)
        self.folded.pop(id, None)


class Texts:
    """By type, what its documents say."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def ids(self, type: str, words: Sequence[Word], scan: Callable[[], Iterable[Document]]) -> list[str]:
        """Ids of documents that say every word, in order; `scan` gives all, when they are first asked for."""
        if type not in self._kept:
            kept = _Kept()
            for doc in sorted(scan(), key=lambda doc: doc["id"]):  # what is found is then sorted already
                kept.put(doc["id"], doc)
            self._kept[type] = kept
        kept = self._kept[type]
        found = list(kept.folded.items())
        for word in words:
            seed = word.seed
            found = [one for one in found if seed in one[1]]
            if not word.settled:
                found = [one for one in found if word.said(kept.exact[one[0]], one[1])]
        return sorted(id for id, _ in found)

    def changed(self, type: str, docs: Mapping[str, Document | None]) -> None:
        """These documents of a type are new, are other, or are gone (None)."""
        if (kept := self._kept.get(type)) is None:
            return
        for id, doc in docs.items():
            if doc is None:
                kept.drop(id)
            else:
                kept.put(id, doc)
