"""Sentences that tell of one child's health or of who has care of it (OSL 25:1, 26:1; art. 9 GDPR)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from kontaktnat.freetext import minor_words as words
from kontaktnat.freetext.forms import compiled
from kontaktnat.freetext.offences import masked


class _Expressions(NamedTuple):
    child: re.Pattern[str]
    adult: re.Pattern[str]
    matter: re.Pattern[str]
    harmless: re.Pattern[str]
    theme: re.Pattern[str]
    pointed: re.Pattern[str]


@cache
def _expressions() -> _Expressions:
    tables = words.CHILD, words.ADULT, words.MATTER, words.HARMLESS, words.THEME, words.POINTED
    return _Expressions(*(compiled(table, words.PARTS) for table in tables))


def tells_of_minor(sentence: str, named: Iterable[tuple[int, int]]) -> bool:
    """Whether it does; `named`: where the sentence names people."""
    read, by = masked(sentence, named), _expressions()
    if not by.matter.search(by.harmless.sub("_", read)) or not by.child.search(read) or by.adult.search(read):
        return False
    return not by.theme.search(read) or bool(by.pointed.search(read))
