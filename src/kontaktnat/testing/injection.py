"""Clocks and ids to hand to `kontaktnat.open(…, clock=, ids=)`, so that a test knows every value."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
"""Thursday 12 November 2026, 13:00 in Stockholm."""


class FixedClock:
    """Stands at `now` until it is moved: `clock.move(days=1)`."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """By `days`, `hours`, … as `timedelta` takes them."""
        self.now += timedelta(**by)


class TickingClock(FixedClock):
    """Goes on by `step` each time it is looked at: no two transactions have the same time."""

    def __init__(self, now: datetime = NOON, step: timedelta = timedelta(seconds=1)) -> None:
        super().__init__(now)
        self.step = step

    def __call__(self) -> datetime:
        now = self.now
        self.now += self.step
        return now


def counted_ids(start: str = "kx7f", first: int = 1) -> Callable[[], str]:
    """kx7f0001, kx7f0002, …: ids of the usual form, in the order in which records are added."""
    numbers = itertools.count(first)
    return lambda: f"{start}{next(numbers):0{8 - len(start)}}"
