"""Swedish text: folding for search, and the order A-Z Å Ä Ö that no locale needs to be installed for."""

from __future__ import annotations

import unicodedata

_PLAIN = str.maketrans({"ø": "o", "æ": "a", "đ": "d", "ł": "l", "ß": "ss"})
_AFTER_Z = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})


def fold(text: str) -> str:
    """Case and diacritics removed, so that `asa` finds Åsa: "Åsa Öberg" → "asa oberg"."""
    # Decomposed twice: a sign like № holds capitals, and folding case may compose anew.
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


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
    return exact.startswith(wanted) or _as_accented_as(wanted, exact).startswith(wanted)


def _in_parts(word: str, exact: str) -> bool:
    """`söderakra` in Söderåkra: accents that the word has stay, the others are folded."""
    return not word.isascii() and word in _as_accented_as(word, exact)


def _as_accented_as(word: str, exact: str) -> str:
    kept = {letter for letter in word if not letter.isascii()}
    return "".join(c if c in kept else fold(c) for c in exact)


def collation_key(text: str) -> tuple[str, str]:
    """Sort key for Swedish order: A-Z, then Å, Ä, Ö; other accents sort with their letter (SAOL 13)."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_PLAIN | _AFTER_Z)
    primary = unicodedata.normalize("NFKD", lowered)
    return "".join(c for c in primary if not unicodedata.combining(c)), text
