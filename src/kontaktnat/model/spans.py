"""Spans of time as ISO 8601 durations of whole days, weeks, months or years (`P3M`), and how they step."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model.dates import PartialDate

if TYPE_CHECKING:
    from dateutil.relativedelta import relativedelta

_SHAPE = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?", re.ASCII)


def to_span(value: str) -> str:
    """Converter for fields that hold a duration, or "" for none; raises Invalid for what is not one."""
    if value != "":
        _parts(value)
    return value


def later(day: date, span: str, times: int = 1) -> date:
    """The day `times` spans after `day` (before, if negative), on the month's last day where it is shorter.

    Reckoned from `day` at once, so that 31 January comes back to the 31st after February.
    """
    try:
        return day + relative(span) * times
    except (ValueError, OverflowError):
        raise Invalid("{value}: outside the calendar", value=f"{day} + {span}", path="") from None


def relative(span: str) -> relativedelta:
    """The span as dateutil has it."""
    from dateutil.relativedelta import relativedelta

    years, months, weeks, days = _parts(span)
    return relativedelta(years=years, months=months, weeks=weeks, days=days)


def repeating(first: date, span: str) -> str:
    """The repeating interval of a span from a day on: `R/2026-01-31/P1M`."""
    return f"R/{first.isoformat()}/{to_span(span)}"


def repeated(text: str) -> tuple[date, str]:
    """First day and span of a repeating interval; raises Invalid for what is not one."""
    mark, _, rest = text.partition("/")
    first, _, span = rest.partition("/")
    try:
        _parts(span)
        day = PartialDate.parse(first)
    except Invalid:
        day = None
    if mark != "R" or day is None or day.day is None:
        raise Invalid("{value!r} is no repeating interval: write R/2026-01-31/P1M", value=text, path="")
    return day.first, span


def next_after(repeating: str, day: date) -> date:
    """The first day of a repeating interval that is later than `day`."""
    first, span = repeated(repeating)
    times = 0
    while (found := later(first, span, times)) <= day:
        times += 1
    return found


def spoken(span: str) -> Text:
    """How often that is, in a sentence: "every 3 months"."""
    years, months, weeks, days = _parts(span)
    match bool(years), bool(months), bool(weeks), bool(days):
        case True, False, False, False:
            return Text("every year", "every {n} years", n=years)
        case _, _, False, False:
            return Text("every month", "every {n} months", n=12 * years + months)
        case False, False, True, False:
            return Text("every week", "every {n} weeks", n=weeks)
        case False, False, _, _:
            return Text("every day", "every {n} days", n=7 * weeks + days)
        case _:
            return Text("every {span}", span=span)


def _parts(span: str) -> list[int]:
    found = _SHAPE.fullmatch(span) if isinstance(span, str) else None
    parts = [int(part or 0) for part in found.groups()] if found else []
    if not any(parts):
        raise Invalid("{value}: write a span of time as P3M (three months), P2W or P1Y", value=span, path="")
    return parts
