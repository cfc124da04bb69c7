"""Terms of office of the elected (kommunallagen 2017:725).

Councils are elected in September of 2022, 2026, …; they sit four years from 15 October of that year (5 kap.
9 §), executive boards from 1 January of the next (6 kap. 18 §).
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date

_STARTS = {"council": (10, 15, 0), "executive_board": (1, 1, 1)}
"""Month and day of the first day, and how many years after the election."""

BODIES = tuple(_STARTS)
_ELECTION, _YEARS = 2022, 4


def is_election(year: int) -> bool:
    """Whether councils are elected in that year."""
    return year % _YEARS == _ELECTION % _YEARS


def term(body: str, election: int) -> tuple[date, date]:
    """First day of the term after that election, and the first day of the next."""
    month, day, after = _STARTS[body]
    first = election + after
    return _within(first, month, day), _within(first + _YEARS, month, day)


def term_on(body: str, on: date) -> tuple[date, date]:
    """The term that runs on a day: its first day, and the first day of the next."""
    election = on.year - (on.year - _ELECTION) % _YEARS
    first, next_first = term(body, election)
    return (first, next_first) if first <= on else term(body, election - _YEARS)


def _within(year: int, month: int, day: int) -> date:
    """The day, in a year that the calendar has."""
    return date(min(max(year, MINYEAR), MAXYEAR), month, day)
