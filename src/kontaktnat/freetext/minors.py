"""Sentences that tell of one child's health or of who has care of it (OSL 25:1, 26:1; art. 9 GDPR)."""

from __future__ import annotations

from collections.abc import Iterable

from kontaktnat.freetext.minor_words import ADULT, CHILD, HARMLESS, MATTER, POINTED, THEME
from kontaktnat.freetext.offences import masked


def tells_of_minor(sentence: str, named: Iterable[tuple[int, int]]) -> bool:
    """Whether it does; `named`: where the sentence names people."""
    read = masked(sentence, named)
    child = CHILD.search(read)
    if not child or not MATTER.search(HARMLESS.sub(" ", read)) or ADULT.search(read):
        return False
    return not THEME.search(read) or bool(POINTED.search(read))
