"""Which commitments there are of whom on a day: those in force, and those that ended lately."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kontaktnat import model
from kontaktnat.facts import several_at_a_time
from kontaktnat.model.bonds import in_force
from kontaktnat.outward import Outward
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.due import begun, months_later

_LISTED = 12
"""Months that what has ended is still listed, unless another of its kind is in force."""


class Kept:
    """The commitments by who has them or is a party to them, those of actors that were succeeded too."""

    def __init__(self, book: Outward) -> None:
        self.today = book.today
        self._several = several_at_a_time(book)
        self._by: dict[tuple[str, str], list[model.Commitment]] = defaultdict(list)
        after = successors(book)
        for one in book.as_of(None).commitments.all():
            if begun(one, self.today):
                for id in {final(after, id) for id in (one.actor, *one.parties) if id}:
                    self._by[id, one.kind].append(one)

    def there(self, place: model.Actor, kind: str) -> list[model.Commitment]:
        """Those in force; of a kind of which a newer one takes the older one's place, the newest."""
        found = [one for one in self._by.get((place.id, kind), ()) if in_force(one, self.today)]
        return self._followed(kind, found)

    def ended(self, place: model.Actor, kind: str) -> list[model.Commitment]:
        """Those that have ended within a year."""
        found = [one for one in self._by.get((place.id, kind), ()) if _ended_lately(one, self.today)]
        return self._followed(kind, found)

    def _followed(self, kind: str, found: list[model.Commitment]) -> list[model.Commitment]:
        found.sort(key=lambda one: (newest(one, self.today), one.id))
        return found if kind in self._several else found[-1:]


def _ended_lately(one: model.Commitment, today: date) -> bool:
    end = one.valid_until
    return bool(end and not in_force(one, today) and end.last <= today <= months_later(end.last, _LISTED))


def newest(one: model.Commitment, today: date) -> date:
    """The latest day that it tells of, by which one of its kind takes the place of an older."""
    told = (one.valid_from, one.decided_on, one.updated_on, one.followed_up_on)
    return max((day.first for day in told if day and day.first <= today), default=date.min)
