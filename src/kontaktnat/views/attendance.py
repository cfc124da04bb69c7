"""Who was where in the last twelve months, and how much two sets have in common."""

from __future__ import annotations

from collections.abc import Set

from kontaktnat import model
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.views.assigned import a_year_back
from kontaktnat.views.contacted import PRESENT, held, person_in


def held_in_a_year(book: Outward) -> list[model.Interaction]:
    """What has been held in the twelve months up to today (or the as-of day), oldest first."""
    first = a_year_back(book)
    return [one for one in held(book) if one.when and day_of(one.when) >= first]


class Attendance:
    """Tells the people who were present; those who are protected are counted in `left_out` alone."""

    def __init__(self, book: Outward) -> None:
        self._book, self._hidden = book, book.protected()
        self.left_out = 0

    def __call__(self, meeting: model.Interaction) -> frozenset[str]:
        """Ids of the contacts, each once under however many hats; hosts are at all of theirs, and are not."""
        came = (one for one in meeting.participants if one.status in PRESENT and one.part != "host")
        there = [person_in(self._book, one) for one in came]
        self.left_out += sum(id in self._hidden for id in there)
        return frozenset(id for id in there if id and id not in self._hidden)


def jaccard(a: Set[str], b: Set[str]) -> float | None:
    """|A∩B| / |A∪B|, from 0 to 1; None where both are empty: that is undefined, and not 0."""
    whole = len(a | b)
    return len(a & b) / whole if whole else None


def overlap_of(a: Set[str], b: Set[str]) -> float | None:
    """|A∩B| / min(|A|, |B|), from 0 to 1; None where the smaller one is empty."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else None
