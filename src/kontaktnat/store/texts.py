"""What the documents say, kept in memory as an index of their words.

A word of a question has no blanks, so whether a text says it can be judged on the text's words one by one:
each different word is looked at once, however many documents have it. The index is made at the first search
and told of each commit. It knows nothing but what it is told: who reads documents anew throws it away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kontaktnat.query import Doc
from kontaktnat.searching import Word, heard, text_of

Key = tuple[str, str]

_WORDS = 32
"""On a page."""


class _Page(NamedTuple):
    """Some words, one to a line, looked through as a whole; by line, the numbers of who has them."""

    exact: str
    folded: str
    numbers: Sequence[list[int]]

    def lines(self) -> Iterator[tuple[str, str, list[int]]]:
        return zip(self.exact.split("\n"), self.folded.split("\n"), self.numbers, strict=True)


class _Numbers(dict[str, list[int]]):
    """By word, the numbers of the documents that have it; of one that has it twice, twice."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []

    def __missing__(self, word: str) -> list[int]:
        numbers: list[int] = []
        self[word] = numbers
        self.new.append(word)
        return numbers


class Texts:
    """An index of documents, given as (type, document). Each gets a number, an edited one another."""

    def __init__(self, docs: Iterable[tuple[str, Doc]] = ()) -> None:
        self._keys: list[Key | None] = []
        self._number: dict[Key, int] = {}
        self._numbers = _Numbers()
        self._pages: list[_Page] = []
        for type, doc in docs:
            self._put((type, doc["id"]), doc)

    @property
    def worn(self) -> bool:
        """Whether it remembers more that is gone than that is there, and is better made anew."""
        return len(self._keys) > 2 * len(self._number) + 1000

    def search(self, words: Sequence[Word]) -> list[Key]:
        """(type, id) of documents that say every word, in order."""
        self._page()
        found: set[int] | None = None
        for word in words:
            told = self._saying(word)
            found = told if found is None else found & told
        numbers = range(len(self._keys)) if found is None else found
        # Numbers were given in the keys' order, but for later ones; that is soon sorted.
        return sorted(filter(None, map(self._keys.__getitem__, sorted(numbers))))

    def changed(self, type: str, docs: Mapping[str, Doc | None]) -> None:
        """These documents of a type are new, are other, or are gone (None)."""
        for id, doc in docs.items():
            if (number := self._number.pop((type, id), None)) is not None:
                self._keys[number] = None
            if doc is not None:
                self._put((type, id), doc)

    def _put(self, key: Key, doc: Doc) -> None:
        self._number[key] = number = len(self._keys)
        self._keys.append(key)
        for said in text_of(doc).split():
            self._numbers[said].append(number)

    def _page(self) -> None:
        """Lay what words are new on pages."""
        new = self._numbers.new
        for start in range(0, len(new), _WORDS):
            words = new[start : start + _WORDS]
            self._pages.append(_Page(*heard("\n".join(words)), [self._numbers[word] for word in words]))
        self._numbers.new = []  # last: what interrupts this has words on two pages, never on none

    def _saying(self, word: Word) -> set[int]:
        seed = word.seed
        settled = seed == word.exact  # then what has the seed says the word
        return set[int]().union(
            *(
                numbers
                for page in self._pages
                if seed in page.folded
                for exact, folded, numbers in page.lines()
                if seed in folded and (settled or word.said(exact, folded))
            )
        )
