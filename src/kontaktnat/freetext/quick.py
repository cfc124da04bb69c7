"""One cheap look at a text: may it hold a number, a word of an offence, a child and its health?"""
from __future__ import annotations

import re

_DIGITS = re.compile(r"\d{6}")


def has_digits(text: str) -> bool:
    return True


def may_tell(text: str) -> tuple[bool, bool]:
    return True, True
