"""Text search: what the words of a question are, and whether a text says them. One rule for all who search.

A word is said where it occurs, letters compared as in `text.contains` (`asa` finds Åsa, `åsa` does not find
Asa), or where a word of the text has its Swedish stem: `föreningarna` finds Föreningen. Every word of the
question has to be said. The stems are those of https://snowballstem.org/algorithms/swedish/stemmer.html,
less the -an of skolan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from kontaktnat.query import Doc, strings
from kontaktnat.text import as_accented_as, fold

_LEAST = 3
"""Letters that the stemmer leaves of any word."""

_WRITTEN = frozenset({"created", "created_by", "changed", "changed_by"})

BEGINS, NAMED, ELSEWHERE = range(3)
"""Ranks, best first: see `rank`."""


@frozen(eq=False, repr=False)
class Word:
    """One word of a question."""

    exact: str
    """As it was typed, its letters composed and its case folded."""
    stem: str
    """Without the punctuation around it; "" where there is nothing else."""
    seed: str
    """Stands in the folded text of whatever says this word: what a quick scan looks for."""
    _start: re.Pattern[str]
    _kin: re.Pattern[str]

    def said(self, exact: str, folded: str) -> bool:
        """Whether a text, as `heard`, says this word."""
        if self.exact in exact or self.exact in folded:
            return True
        return self.seed in folded and any(
            self.exact in reading or self._has_kin(reading) for reading in self._readings(exact, folded)
        )

    def begins(self, exact: str, folded: str) -> bool:
        """Whether it begins a word of a text, as `heard`, or is one."""
        return any(self._start.search(reading) for reading in self._readings(exact, folded))

    def _readings(self, exact: str, folded: str) -> Iterator[str]:
        """A text with the accents that the word asks for."""
        if self.exact.isascii():
            yield folded
        else:
            yield exact
            yield as_accented_as(self.exact, exact)

    def _has_kin(self, reading: str) -> bool:
        return bool(self.stem) and any(_stem(found) == self.stem for found in self._kin.findall(reading))


def search_words(question: str) -> tuple[Word, ...]:
    """The words of a question, which blanks divide. Where there are none, every text says them all."""
    return tuple(map(_word, dict.fromkeys(_exact(question).split())))


def heard(text: str) -> tuple[str, str]:
    """A text as `Word` takes it: its letters composed and case folded, and folded."""
    exact = _exact(text)
    return exact, fold(exact)


def text_of(doc: Doc) -> str:
    """All text inside a document, but who wrote it and when: `anna` would find all that Anna ever did."""
    return "\n".join(strings({name: value for name, value in doc.items() if name not in _WRITTEN}))


def says(text: str, words: Iterable[Word]) -> bool:
    """Whether a text says every word."""
    exact, folded = heard(text)
    return all(word.said(exact, folded) for word in words)


def rank(name: str, words: Iterable[Word]) -> int:
    """How well what is called so fits: each word begins a word of the name, or the name says all, or not."""
    exact, folded = heard(name)
    if all(word.begins(exact, folded) for word in words):
        return BEGINS
    return NAMED if all(word.said(exact, folded) for word in words) else ELSEWHERE


def _exact(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _word(exact: str) -> Word:
    stem = _stem(re.sub(r"^\W+|\W+$", "", exact))
    known = re.escape(stem)
    return Word(
        exact=exact,
        stem=stem,
        seed=fold(stem or exact),
        start=re.compile(rf"(?<!\w){re.escape(exact)}"),
        # A stem is how its word begins. It stands first here, for re looks quickly for what is literal.
        kin=re.compile(rf"{known}(?<!\w{known})\w*"),
    )


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    import snowballstemmer  # type: ignore[import-untyped]

    # One that is shared would be changed by two threads at once.
    stem: str = snowballstemmer.stemmer("swedish").stemWord(word)
    # It leaves -an, as names end so too; but skolan has to be found by skolor.
    return stem.removesuffix("an") if len(stem) >= _LEAST + 2 else stem
