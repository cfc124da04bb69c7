"""The period that a view is of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kontaktnat.errors import Invalid
from kontaktnat.model.dates import to_date
from kontaktnat.model.spans import later

if TYPE_CHECKING:
    from kontaktnat.extend import Outward
    from kontaktnat.model import PartialDate


def period(book: Outward, since: str, until: str) -> tuple[date, date]:
    """First and last day: until today (or the as-of day), and 12 months back from there.

    Raises Invalid for a date that is none, or an end before the beginning.
    """
    first, end = _day("since", since), _day("until", until)
    last = end.last if end else book.today
    start = first.first if first else later(last, "P12M", -1)
    if start > last:
        raise Invalid("{path}: {end} is before {start}; write that day or a later one", path="until",
                      end=last, start=start)  # fmt: skip
    return start, last


def _day(name: str, text: str) -> PartialDate | None:
    if not str(text or "").strip():
        return None
    try:
        return to_date(text)
    except Invalid as error:
        raise Invalid("{path}: {problem}", path=name, problem=error.text) from None
