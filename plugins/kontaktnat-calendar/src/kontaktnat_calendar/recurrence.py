"""When a meeting that comes again is: its rule, and what is added to it and taken out (RFC 5545, 3.8.5).

The clock is kept: a meeting at one o'clock in Stockholm is at one o'clock in summer and in winter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from kontaktnat.errors import Invalid
from kontaktnat.extend import Text
from kontaktnat_calendar.properties import Properties, Time
from kontaktnat_calendar.rules import rule_of

MOST = 1000
"""So many meetings of one series are read at once."""


def comes_again(event: Properties) -> bool:
    """Whether an event is a series."""
    return bool(event.all("RRULE") or event.all("RDATE"))


def starts(event: Properties, first: Time, since: date, until: date) -> tuple[list[Time], bool]:
    """When it begins from `since` to `until`, in order, and whether there are more than `MOST`.

    Raises Invalid for a rule that is none, or that comes more often than meetings do.
    """
    if event.all("EXRULE"):
        raise Invalid(
            "EXRULE: such a rule is of an old calendar; write the days taken out as EXDATE", path=""
        )
    found = {first.wall: first}
    for rule in event.all("RRULE"):
        found |= {wall: first.at(wall) for wall in _walls(rule.value, first, since, until)}
    for prop in event.all("RDATE"):
        for one in event.times_of("RDATE", prop):
            same = _in_zone(one, first)
            found[same.wall] = same
    gone_keys, gone_days = set(), set()
    for prop in event.all("EXDATE"):
        for one in event.times_of("EXDATE", prop):
            if one.whole_day and not first.whole_day:
                gone_days.add(one.wall.date())
            else:
                gone_keys.add(_in_zone(one, first).wall)
    left = [
        one
        for wall, one in sorted(found.items(), key=lambda item: item[0])
        if wall not in gone_keys and wall.date() not in gone_days and since <= one.day <= until
    ]
    return left[:MOST], len(left) > MOST


def _in_zone(one: Time, first: Time) -> Time:
    """The same moment as the clocks of the series show it."""
    if first.whole_day:
        return first.at(datetime.combine(one.day, time()))
    if one.whole_day:
        return first.at(datetime.combine(one.wall.date(), first.wall.time()))
    return first.at(one.moment.astimezone(first.zone).replace(tzinfo=None))  # type: ignore[arg-type]


def _walls(rule: str, first: Time, since: date, until: date) -> Iterator[datetime]:
    """By the clock of the series, within the days asked for and a day around them."""
    found = rule_of(rule)
    end = datetime.combine(until + timedelta(days=1), time.max)
    if found.until:
        end = min(end, _end(found.until, first))
    earliest = datetime.combine(since - timedelta(days=1), time())
    yield from islice(found.walls(first.wall, earliest, end), MOST + 1)


def _end(told: str, first: Time) -> datetime:
    found = Properties([f"DTEND:{told}"], _NoZones())  # type: ignore[arg-type]
    try:
        end = found.time("DTEND")
    except Invalid:
        if told[:4].isdecimal() and int(told[:4]) > 2200:  # as good as without end
            return datetime.max
        raise Invalid("RRULE: UNTIL={value} is no time of a calendar", value=told[:20], path="") from None
    if end is None:
        raise Invalid("RRULE: UNTIL={value} is no time of a calendar", value=told[:20], path="")
    if end.whole_day:
        return datetime.combine(end.wall.date(), time.max)
    if end.zone is UTC and not first.whole_day:
        return end.moment.astimezone(first.zone).replace(tzinfo=None)  # type: ignore[arg-type]
    return datetime.combine(end.wall.date(), time.max) if first.whole_day else end.wall


class _NoZones:
    def find(self, name: str) -> None:
        """None: an UNTIL names none."""


def more() -> Text:
    """What is said of a series that is too long."""
    return Text(
        "the series has more than {n} meetings in these days; the later ones are left out: --set until=DAY",
        n=MOST,
    )
