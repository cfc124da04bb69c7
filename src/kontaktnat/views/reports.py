"""What the county is to report and when, where the assignment's own text says the day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

import attrs

from kontaktnat import model
from kontaktnat.model.dates import holds

_REPORT = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})(?!\d)[\s:,]*(.*)", re.ASCII | re.DOTALL)


@attrs.frozen(kw_only=True, repr=False)
class Deadline:
    """Something is due, or ends."""

    day: date
    """Of a month or year its last."""
    written: str
    """ISO 8601, as precise as it is known."""
    what: str
    assignments: frozenset[str]
    """Ids; none where it is not known which."""
    places: frozenset[str] = frozenset()
    """Ids of the municipalities whose it is; none: the county's own."""
    id: str
    """Of the commitment or assignment."""


def reports(assignment: model.Assignment, year: int) -> Iterator[Deadline]:
    """What an assignment has to report in a year, where its day is written: `02-15 …`, `2026-04-29 …`."""
    for text in assignment.reports:
        found = _REPORT.fullmatch(text.strip())
        day = _day(found, year) if found else None
        if found and day and holds(assignment.starts, assignment.ends, day):
            yield Deadline(day=day, written=day.isoformat(), what=found[4].strip() or assignment.name,
                           assignments=frozenset({assignment.id}), id=assignment.id)  # fmt: skip


def is_dated(report: str) -> bool:
    """Whether a report's text begins with a day."""
    found = _REPORT.fullmatch(report.strip())
    return found is not None and _day(found, int(found[1] or 2000)) is not None


def _day(found: re.Match[str], year: int) -> date | None:
    """None in another year than its own, and where there is no such day; 29 February is the month's last."""
    month, day = int(found[2]), int(found[3])
    if found[1] not in (None, f"{year:04}"):
        return None
    if found[1] is None and (month, day) == (2, 29):
        day = calendar.monthrange(year, month)[1]
    try:
        return date(year, month, day)
    except ValueError:
        return None
