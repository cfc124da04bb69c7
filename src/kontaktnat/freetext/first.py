"""A first look at a text: whether any of the words may be in it. Most have none and load no more."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from unicodedata import normalize

from kontaktnat.freetext.stems import CHILD, MATTER, OFFENCE


def stems(table: str) -> list[str]:
    """What to look for in a text that is `spaced`; `_` is a blank."""
    return [stem.replace("_", " ") for stem in table.split()]


_BEGIN = 3
"""Letters by which stems are looked up; none is shorter."""


def _by_beginning(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for stem in stems(table):
        found[stem[:_BEGIN]] = (*found.get(stem[:_BEGIN], ()), stem)
    return found


_OFFENCE, _MATTER, _CHILD = map(_by_beginning, (OFFENCE, MATTER, CHILD))
_ANY = _by_beginning(f"{OFFENCE} {MATTER}")
"""What a text has nothing of holds neither."""

_DIGITS = 10
"""As many as a personnummer has, at least."""
_AGE = r"(?<!\d)(?:\d|1[0-7])(?!\d)"
_EVERYDAY = "brottsförebygg", "brottsoffer", "våldsförebygg", "från"
_SIGNS = str.maketrans({**dict.fromkeys("()", " "), **{sign: f" {sign}" for sign in ':;!?/"”'}})


@lru_cache(maxsize=64)  # the rows of an import all say where they come from
def may_hold(text: str) -> bool:
    """Whether a thorough look is worth its while; never False where that would find something."""
    if may_hold_number(text):
        return True
    lower = spaced(normalize("NFC", text))
    return _has_any(lower, _ANY) and (_has_any(lower, _OFFENCE) or may_tell_of_minor(lower))


def may_hold_number(text: str) -> bool:
    """Whether it has digits enough, of whatever script."""
    return len(text) >= _DIGITS and sum(map(str.isdecimal, text)) >= _DIGITS


def may_tell_of_minor(text: str) -> bool:
    """Whether a text, which is `spaced`, has a word of health or care and one of a child."""
    return _has_any(text, _MATTER) and (_has_any(text, _CHILD) or re.search(_AGE, text) is not None)


def _has_any(text: str, stems: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether one of the stems is in the text: a look at each place, not a look for each of hundreds."""
    for at in range(len(text) - _BEGIN + 1):
        if (found := stems.get(text[at : at + _BEGIN])) and text.startswith(found, at):
            return True
    return False


def spaced(text: str) -> str:
    """In lower case, blanks around each word, without everyday words: for looking for stems."""
    lower = text.lower()
    for word in _EVERYDAY:
        lower = lower.replace(word, " ")
    return f" {' '.join(lower.translate(_SIGNS).split())} "
