"""Parameters of views, as text at a prompt or as values in Python; blank is as if it were not given."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kontaktnat.errors import Invalid

if TYPE_CHECKING:
    from kontaktnat.extend import Outward
    from kontaktnat.model import PartialDate

Day = date | str | None
"""How a day is given: ISO 8601 of day, month or year precision, or a date (a PartialDate too)."""
DAYS = 36_500


def number(name: str, value: int | str, limit: int) -> int:
    """A whole number from 0 to `limit`; raises Invalid."""
    text = str(value)
    if not (text.isascii() and text.isdecimal()) or int(text) > limit:
        raise Invalid("{path}: {value} is no number from 0 to {limit}", path=name, value=text, limit=limit)
    return int(text)


def yes(name: str, value: bool | str) -> bool:
    """Yes or no, in Swedish or English; raises Invalid."""
    text = str(value).strip().lower()
    if text in ("", "no", "nej", "false"):
        return False
    if text in ("yes", "ja", "true"):
        return True
    raise Invalid("{path}: {value} is neither yes nor no", path=name, value=value)


def in_days(name: str, value: int | str | None) -> int | None:
    """A number of days, None where none is given."""
    return None if value is None or value == "" else number(name, value, DAYS)


def day(name: str, value: Day | PartialDate) -> PartialDate | None:
    """A (partial) date; raises Invalid naming the parameter."""
    from kontaktnat.model.dates import to_date

    if value in (None, ""):
        return None
    try:
        return to_date(value)
    except Invalid as error:
        raise Invalid("{path}: {problem}", path=name, problem=error.text) from None


def span(book: Outward, since: Day | PartialDate, until: Day | PartialDate = None) -> tuple[date, date]:
    """First and last day: by default to today (or the as-of day), and 12 months back from there.

    Raises Invalid for a date that is none, or an end before the beginning.
    """
    from kontaktnat.model.base import ordered
    from kontaktnat.model.dates import to_date
    from kontaktnat.model.spans import later

    first, last = day("since", since), day("until", until) or to_date(book.today)
    assert last is not None
    ordered("since", "until", first, last)
    return first.first if first else later(last.last, "P12M", -1), last.last


def word(book: Outward, vocabulary: str, value: str | None) -> str:
    """The id of a word as one types it, "" where none is given; raises Invalid or Ambiguous."""
    text = str(value or "").strip()
    return book.words.lookup(vocabulary, text) if text else ""


def words(book: Outward, vocabulary: str, value: str | Iterable[str] | None) -> tuple[str, ...]:
    """The ids of words, each once; of a text, what stands between commas."""
    parts = value.split(",") if isinstance(value, str) else value or ()
    return tuple(dict.fromkeys(found for part in parts if (found := word(book, vocabulary, part))))
