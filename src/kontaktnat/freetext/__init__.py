"""What free text may not hold: personnummer, offences of a person, the health of a child."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what most texts need not: they pass the first look
    from kontaktnat.freetext.looking import Found
    from kontaktnat.mentions import Mentions

__all__ = ["look"]


def look(text: str, known: Callable[[], Mentions] | Mentions | None = None) -> list[Found]:
    """What a text holds, from left to right. `known`: the people of the book, asked for only when needed."""
    from kontaktnat.freetext.first import may_hold

    if not may_hold(text):
        return []
    from kontaktnat.freetext.looking import look as thoroughly

    return thoroughly(text, known)
