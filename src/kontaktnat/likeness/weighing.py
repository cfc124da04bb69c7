"""Evidence for and against, and what it comes to: sure, maybe or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from attrs import frozen

from kontaktnat.plain import Plain

Tier = Literal["sure", "maybe", ""]
Bearers = Callable[[str, str], int]
"""(kind, key) of a way → how many records of the book have it."""

SURE, MAYBE = 5.5, 2.5
_FULL = 9.0


class Evidence(NamedTuple):
    """One thing that speaks for (or against) two being one. `kind`: name, mail, phone, role, …"""

    kind: str
    weight: float
    reason: str
    """A `Text`, which reads the same from either side."""

    def __repr__(self) -> str:  # a reason has numbers and addresses in it
        return f"Evidence({self.kind!r}, {self.weight})"


@frozen(kw_only=True, eq=False, repr=False)
class Likeness(Plain):
    """How like two records are. `reasons`: the strongest first, what speaks against it among them."""

    _shown = ()

    tier: Tier
    score: int
    """0 to 100; from 70 where it is sure."""
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tier)


NOT_ALIKE = Likeness(tier="", score=0)


def weighed(found: Iterable[Evidence], *, doubtful: bool = False) -> Likeness:
    """What evidence comes to. `doubtful`: it is never sure, whatever it comes to.

    A name alone is nothing: something else has to speak for it.
    """
    evidence = sorted(found, key=lambda one: (-abs(one.weight), one.kind, one.reason))
    total = round(sum(one.weight for one in evidence), 6)
    if total < MAYBE or not any(one.weight > 0 and one.kind != "name" for one in evidence):
        return NOT_ALIKE
    sure = total >= SURE and not doubtful
    if sure:
        score = 70 + round(30 * min(1.0, (total - SURE) / (_FULL - SURE)))
    else:
        score = 30 + round(39 * min(1.0, (total - MAYBE) / (_FULL - MAYBE)))
    return Likeness(
        tier="sure" if sure else "maybe", score=score, reasons=tuple(one.reason for one in evidence)
    )
