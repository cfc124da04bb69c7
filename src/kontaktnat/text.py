"""Swedish text: folding for search, and the order A-Z Å Ä Ö that no locale needs to be installed for."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PLAIN = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ł": "l", "ß": "ss"})
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})


def fold(text: str) -> str:
    """Case and diacritics removed, so that `asa` finds Åsa: "Åsa Öberg" → "asa oberg"."""
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    # What Swedish is mostly made of; each letter folds by itself, so the rest may go by a table.
    swedish = lowered.replace("å", "a").replace("ä", "a").replace("ö", "o").replace("é", "e")
    return swedish if swedish.isascii() else text.translate(_FOLDED)


def _folded(letter: str) -> str:
    # Decomposed twice: a sign like № holds capitals, and folding case may compose anew.
    plain = unicodedata.normalize("NFKD", letter).casefold().translate(_PLAIN)
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


class _Folding(dict[int, str]):
    """For `str.translate`: what each letter folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_FOLDED = _Folding()


def contains(text: str, query: str) -> bool:
    """Whether every word of `query` occurs in `text`, case-blind.

    Plain letters also match accented ones (`asa` finds Åsa); accented letters match only themselves.
    """
    exact = unicodedata.normalize("NFC", text).casefold()
    folded = fold(text)
    words = unicodedata.normalize("NFC", query).casefold().split()
    return all(word in exact or word in folded or _in_parts(word, exact) for word in words)


def begins(text: str, start: str) -> bool:
    """Whether `text` begins with `start`, letters compared as in `contains`."""
    exact = unicodedata.normalize("NFC", text).casefold()
    wanted = unicodedata.normalize("NFC", start).casefold()
    return exact.startswith(wanted) or as_accented_as(wanted, exact).startswith(wanted)


def _in_parts(word: str, exact: str) -> bool:
    """`söderakra` in Söderåkra: accents that the word has stay, the others are folded."""
    return not word.isascii() and word in as_accented_as(word, exact)


def as_accented_as(word: str, exact: str) -> str:
    """`exact` with only those accented letters that `word` has too; the others are folded."""
    return exact.translate(_keeping(frozenset(letter for letter in word if not letter.isascii())))


@lru_cache(maxsize=64)
def _keeping(letters: frozenset[str]) -> _Folding:
    return _Folding((ord(letter), letter) for letter in letters)


def collation_key(text: str) -> tuple[str, str]:
    """Sort key for Swedish order: A-Z, then Å, Ä, Ö; other accents sort with their letter (SAOL 13)."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN | _AFTER_Z)
    primary = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in primary if not unicodedata.combining(c)), text
