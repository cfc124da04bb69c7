"""The sums of the view `crowding`: who was called twice within days, who counts as how much of a holder."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

import attrs

from kontaktnat.views.assigned import DAYS


@attrs.frozen(kw_only=True, repr=False)
class Call:
    """Somebody was called to a meeting, whatever became of it."""

    person: str
    """Id of the contact."""
    day: date
    assignments: frozenset[str]
    """What the meeting serves."""
    places: frozenset[str] = frozenset()
    """Ids of the municipalities for which they were called."""


def close(calls: Iterable[Call]) -> Iterator[tuple[Call, bool]]:
    """Each call, and whether the same person was called within 14 days for an assignment that it has not.

    A window over each person's days: as many steps as there are calls.
    """
    persons: dict[str, list[Call]] = defaultdict(list)
    for one in calls:
        persons[one.person].append(one)
    for theirs in persons.values():
        theirs.sort(key=lambda one: one.day)
        near: Counter[str] = Counter()
        first = last = 0
        for one in theirs:
            while last < len(theirs) and (theirs[last].day - one.day).days <= DAYS:
                near.update(theirs[last].assignments)
                last += 1
            while (one.day - theirs[first].day).days > DAYS:
                near.subtract(theirs[first].assignments)
                first += 1
            yield one, any(n > 0 and id not in one.assignments for id, n in near.items())


def people(shares: Iterable[Sequence[float | None]]) -> Fraction:
    """H, of the shares of each person's roles: their sum, at most 1; 1 for who has a share not known."""
    return sum((_person(one) for one in shares), Fraction())


def _person(shares: Sequence[float | None]) -> Fraction:
    known = [Fraction(str(share)) for share in shares if share is not None]
    return min(Fraction(1), sum(known, Fraction())) if len(known) == len(shares) else Fraction(1)


def pressure(assignments: int, holders: Fraction, clashing: int, invitations: int) -> Fraction:
    """PT = (A / H) · (1 + D), D = clashing / invitations; raises ZeroDivisionError without either."""
    return assignments / holders * (1 + Fraction(clashing, invitations))
