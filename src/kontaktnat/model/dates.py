"""Dates as people know them: a day, a month, a year, or nothing; and times that always know their zone."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, total_ordering
from zoneinfo import ZoneInfo

from attrs import frozen

from kontaktnat.errors import Invalid, shown

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@cache
def stockholm() -> ZoneInfo:
    """The zone of every time that is given without one."""
    return ZoneInfo("Europe/Stockholm")


@total_ordering
@frozen
class PartialDate:
    """A date of day, month or year precision; written as ISO 8601: `2018`, `2018-09`, `2018-09-12`."""

    year: int
    month: int | None = None
    day: int | None = None

    def __attrs_post_init__(self) -> None:
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except (ValueError, TypeError):
            raise Invalid("{value}: no such date", value=self._written(), path="") from None
        if self.day is not None and self.month is None:
            raise Invalid("a day needs its month", path="")

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """From `2018`, `2018-09` or `2018-09-12`; raises Invalid for anything else."""
        if not (found := _SHAPE.fullmatch(text)):
            raise Invalid("{value}: write a date as 2018, 2018-09 or 2018-09-12", value=text, path="")
        return cls(*(int(part) if part else None for part in found.groups()))  # type: ignore[arg-type]

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def _written(self) -> str:
        parts = (self.year, 4), (self.month, 2), (self.day, 2)
        return "-".join(str(part).rjust(width, "0") for part, width in parts if part is not None)

    def __str__(self) -> str:
        return self._written()

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.first, self.last) < (other.first, other.last)


Moment = datetime | PartialDate
"""When something happened: a time with its zone, or a (partial) date."""


def to_date(value: date | str | PartialDate | None) -> PartialDate | None:
    """Converter for date fields; a datetime is refused, for its clock would be lost without a word."""
    if value is None or isinstance(value, PartialDate):
        return value
    if isinstance(value, str):
        return PartialDate.parse(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return PartialDate(value.year, value.month, value.day)
    raise Invalid("{value}: not a date", value=shown(value), path="")


def to_time(value: datetime | str | None) -> datetime | None:
    """Converter for times; one without a zone is taken as Europe/Stockholm.

    Raises Invalid for a date without a clock, and for a clock in the hour that summer time skips.
    """
    if value is None:
        return None
    if isinstance(value, str):
        try:
            found = datetime.fromisoformat(value) if len(value) > len("2026-11-12") else None
        except ValueError:
            found = None
        if found is None:
            raise Invalid("{value}: write a time as 2026-11-12T13:00", value=value, path="")
        value = found
    if not isinstance(value, datetime):
        raise Invalid("{value}: not a time", value=shown(value), path="")
    try:
        return _fixed(value)
    except OverflowError:
        raise Invalid("{value}: outside the calendar", value=value.isoformat(), path="") from None


def _fixed(value: datetime) -> datetime:
    """With an offset, not a zone: while clocks change, times in different zones are never equal."""
    if type(value.tzinfo) is timezone and not value.fold and 1 < value.year < 9999:
        return value  # as it was stored
    if value.utcoffset() is None:
        value = value.replace(tzinfo=stockholm())
        back = value.astimezone(UTC).astimezone(stockholm())
        if back.replace(tzinfo=None) != value.replace(tzinfo=None):
            raise Invalid(
                "{value}: clocks skip that hour; write one before or after it",
                value=value.isoformat()[:16],
                path="",
            )
    value.astimezone(stockholm())  # raises where no local day can be told
    return value.replace(tzinfo=timezone(value.utcoffset() or timedelta()), fold=0)


def to_moment(value: Moment | date | str | None) -> Moment | None:
    """Converter for fields that take a time or a date: a string with a `T` (or a clock) is a time."""
    if isinstance(value, datetime):
        return to_time(value)
    if isinstance(value, str) and (":" in value or "T" in value):
        return to_time(value)
    return to_date(value)


def day_of(moment: Moment) -> date:
    """The local day of a moment (the first, where only a month or year is known)."""
    return moment.astimezone(stockholm()).date() if isinstance(moment, datetime) else moment.first


def holds(since: PartialDate | None, until: PartialDate | None, on: date) -> bool:
    """Whether since ≤ on < until. What is unknown or imprecise counts as valid where it may be."""
    return (since is None or since.first <= on) and (until is None or on < until.last)
