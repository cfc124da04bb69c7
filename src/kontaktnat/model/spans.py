"""Spans of time as ISO 8601 durations of whole days, weeks, months or years (`P3M`), and how they step."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kontaktnat.errors import Invalid

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


def _parts(span: str) -> list[int]:
    found = _SHAPE.fullmatch(span) if isinstance(span, str) else None
    parts = [int(part or 0) for part in found.groups()] if found else []
    if not any(parts):
        raise Invalid("{value}: write a span of time as P3M (three months), P2W or P1Y", value=span, path="")
    return parts
