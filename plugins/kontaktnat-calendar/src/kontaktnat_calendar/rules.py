"""A recurrence rule → the days and times that it names (RFC 5545, 3.3.10), between two moments.

dateutil's own rules look for the next match as far as the year 9999, seconds for each rule that never comes
true; here the end is known, and nothing behind it is looked at. The tests compare both.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, product

import attrs

from kontaktnat.errors import Invalid

_PARTS = re.compile(r"([A-Z-]+)=([-+A-Z0-9,:]+)", re.ASCII)
_NOISE = re.compile(r"(?<=[,;=])\s+|\s+(?=[,;=])|\\(?=[;,])")
"""Blanks, as Notes writes them between days, and what Ruby's icalendar once escaped like a text."""
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_LIMITS = {
    "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31), "BYYEARDAY": (-366, 366), "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366), "BYHOUR": (0, 23), "BYMINUTE": (0, 59), "BYSECOND": (0, 60),
}  # fmt: skip
_FROM_ONE = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
_TIMES = ("BYHOUR", "BYMINUTE", "BYSECOND")
_KNOWN = frozenset({"FREQ", "INTERVAL", "BYDAY", "WKST", "UNTIL", "COUNT", *_LIMITS})
_OFTEN = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@attrs.frozen(kw_only=True, repr=False)
class Rule:
    """A rule that was understood."""

    freq: str
    interval: int
    numbers: Mapping[str, tuple[int, ...]]
    byday: tuple[tuple[int, int], ...]
    """(which one, or 0 for each; day of the week)."""
    week_start: int
    until: str
    count: int | None

    def walls(self, first: datetime, since: datetime, end: datetime) -> Iterator[datetime]:
        """In order, from `since` to `end`; counted from `first` on."""
        found = self._from(first, first if self.count else max(first, since), end)
        yield from (one for one in islice(found, self.count) if one >= since)

    def _from(self, first: datetime, since: datetime, end: datetime) -> Iterator[datetime]:
        fits = self._fits(first)
        clocks = self._clocks(first.time())
        for period in self._periods(first.date(), since.date(), end.date()):
            days = [day for day in period if fits(day)]
            walls = [datetime.combine(day, clock) for day in days for clock in clocks]
            for wall in self._places(walls):
                if wall > end:
                    return
                if wall >= first:
                    yield wall

    def _places(self, walls: Sequence[datetime]) -> Sequence[datetime]:
        places = self.numbers.get("BYSETPOS")
        if not places:
            return walls
        at = {place - 1 if place > 0 else len(walls) + place for place in places}
        return [walls[n] for n in sorted(at) if 0 <= n < len(walls)]

    def _clocks(self, own: time) -> list[time]:
        hours, minutes, seconds = (
            sorted(set(self.numbers.get(name, (default,))))
            for name, default in zip(_TIMES, (own.hour, own.minute, own.second), strict=True)
        )
        return [
            time(hour, minute, min(second, 59)) for hour, minute, second in product(hours, minutes, seconds)
        ]

    def _periods(self, first: date, since: date, end: date) -> Iterator[Sequence[date]]:
        """The days of each period that counts, from that of `since` on."""
        if self.freq in ("DAILY", "WEEKLY"):
            length = 1 if self.freq == "DAILY" else 7
            start = first if length == 1 else first - timedelta(days=(first.weekday() - self.week_start) % 7)
            step = length * self.interval
            n = max(0, (since - start).days // step)
            while (begin := start + timedelta(days=n * step)) <= end:
                yield [begin + timedelta(days=more) for more in range(length)]
                n += 1
            return
        months = self.interval * (1 if self.freq == "MONTHLY" else 12)
        origin = first.year * 12 + (first.month - 1 if self.freq == "MONTHLY" else 0)
        n = max(0, (since.year * 12 + since.month - 1 - origin) // months)
        while (number := origin + n * months) // 12 <= end.year:
            year, month = divmod(number, 12)
            yield _of_month(year, month + 1) if self.freq == "MONTHLY" else _of_year(year)
            n += 1

    def _fits(self, first: datetime) -> Callable[[date], bool]:
        numbers = dict(self.numbers)
        byday = self.byday
        if not byday and not any(name in numbers for name in ("BYMONTHDAY", "BYYEARDAY")):
            if self.freq == "WEEKLY" or "BYWEEKNO" in numbers:
                byday = ((0, first.weekday()),)
            elif self.freq != "DAILY":
                numbers["BYMONTHDAY"] = (first.day,)
                if self.freq == "YEARLY":
                    numbers.setdefault("BYMONTH", (first.month,))
        of_month = self.freq == "MONTHLY" or "BYMONTH" in numbers
        tests: list[Callable[[date], bool]] = []
        if months := frozenset(numbers.get("BYMONTH", ())):
            tests.append(lambda day: day.month in months)
        if month_days := frozenset(numbers.get("BYMONTHDAY", ())):
            tests.append(lambda day: day.day in month_days or day.day - _length(day) - 1 in month_days)
        if year_days := frozenset(numbers.get("BYYEARDAY", ())):
            tests.append(lambda day: not year_days.isdisjoint(_in_year(day)))
        if weeks := frozenset(numbers.get("BYWEEKNO", ())):
            tests.append(lambda day: not weeks.isdisjoint(_in_weeks(day)))
        if byday:
            each = frozenset(weekday for which, weekday in byday if which == 0)
            some = frozenset(one for one in byday if one[0])
            tests.append(
                lambda day: (
                    day.weekday() in each or (bool(some) and not some.isdisjoint(_places(day, of_month)))
                )
            )
        return lambda day: all(test(day) for test in tests)


def _of_month(year: int, month: int) -> Sequence[date]:
    return [date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _of_year(year: int) -> Sequence[date]:
    start = date(year, 1, 1)
    return [start + timedelta(days=n) for n in range(366 if calendar.isleap(year) else 365)]


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _in_year(day: date) -> tuple[int, int]:
    """Its number in the year, from the front and from the back."""
    number = day.timetuple().tm_yday
    return number, number - (366 if calendar.isleap(day.year) else 365) - 1


def _in_weeks(day: date) -> tuple[int, ...]:
    """The number of its week in the year that the day is of, from the front and from the back."""
    year, week, _ = day.isocalendar()
    if year != day.year:
        return ()
    return week, week - date(year, 12, 28).isocalendar().week - 1


def _places(day: date, of_month: bool) -> tuple[tuple[int, int], tuple[int, int]]:
    """Which of its weekdays it is in the month or the year, from the front and from the back."""
    number, back = (day.day, day.day - _length(day) - 1) if of_month else _in_year(day)
    return ((number - 1) // 7 + 1, day.weekday()), (-((-back - 1) // 7) - 1, day.weekday())


def rule_of(text: str) -> Rule:
    """A rule as it is written; raises Invalid for what is none, or comes more often than once a day."""
    text = _NOISE.sub("", text).strip().strip(";").upper()
    given = [_PARTS.fullmatch(part) for part in text.split(";")]
    parts = {found[1]: found[2] for found in given if found}
    freq = parts.get("FREQ", "")
    if freq in ("SECONDLY", "MINUTELY", "HOURLY"):
        raise Invalid("RRULE: no meeting comes again {often}", often=freq, path="")
    unknown = {name for name in parts if not name.startswith("X-")} - _KNOWN
    if not all(given) or freq not in _OFTEN or unknown:
        raise no_rule(text)
    count = parts.get("COUNT", "")
    if count and not (count.isdecimal() and int(count[:9]) > 0):
        raise Invalid("RRULE: COUNT={value} is no number of meetings", value=count[:20], path="")
    interval = parts.get("INTERVAL", "1")
    if not (interval.isdecimal() and len(interval) < 6 and int(interval)):
        raise no_rule(text)
    numbers = {name: _numbers(text, name, parts[name]) for name in _LIMITS if name in parts}
    times = [len(numbers.get(name, (0,))) for name in _TIMES]
    week_start = parts.get("WKST", "MO")
    if times[0] * times[1] * times[2] > 24 or week_start not in _DAYS:
        raise no_rule(text)
    byday = tuple(_weekday(text, freq, one) for one in parts["BYDAY"].split(",")) if "BYDAY" in parts else ()
    return Rule(
        freq=freq,
        interval=int(interval),
        numbers=numbers,
        byday=byday,
        week_start=_DAYS.index(week_start),
        until=parts.get("UNTIL", ""),
        count=int(count[:9]) if count else None,
    )


def _numbers(rule: str, name: str, value: str) -> tuple[int, ...]:
    least, most = _LIMITS[name]
    found = []
    for part in value.split(","):
        if not re.fullmatch(r"[+-]?\d{1,3}", part, re.ASCII):
            raise no_rule(rule)
        number = int(part)
        if not least <= number <= most or (number == 0 and name in _FROM_ONE):
            raise no_rule(rule)
        found.append(number)
    return tuple(found)


def _weekday(rule: str, freq: str, text: str) -> tuple[int, int]:
    found = _BYDAY.fullmatch(text)
    which = int(found[1] or 0) if found else 0
    if not found or abs(which) > 53 or (found[1] and (which == 0 or freq in ("DAILY", "WEEKLY"))):
        raise no_rule(rule)
    return which, _DAYS.index(found[2])


def no_rule(rule: str) -> Invalid:
    """The error for what is no rule."""
    return Invalid("RRULE: {rule} is no rule by which meetings come again", rule=rule[:80], path="")
