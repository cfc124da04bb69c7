"""Telling people what is kept of them: marking that it was done, when and how (GDPR art. 13 and 14)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from kontaktnat import model
from kontaktnat.errors import Invalid
from kontaktnat.model.dates import PartialDate, day_of, stockholm, to_date

if TYPE_CHECKING:
    from kontaktnat.book import Book


def inform(
    book: Book, people: Iterable[model.Contact | str], how: str, on: date | PartialDate | str | None
) -> list[model.Contact]:
    """See `Privacy.inform`."""
    if not book.words.has("informed_how", how):
        raise book.words.unknown("informed_how", how, "informed_how")
    ids = dict.fromkeys(one if isinstance(one, str) else one.id for one in people)
    with book.transaction("inform"):
        at = _moment(book, on)
        left = [one for one in map(book.contacts.get, ids) if one.informed_at is None]
        return [book.update(one, informed_at=at, informed_how=how) for one in left]


def _moment(book: Book, on: date | PartialDate | str | None) -> datetime:
    """Now, or the beginning of a day that is named."""
    if on is None:
        return book.clock()
    day = to_date(day_of(on) if isinstance(on, datetime) else on)
    if day is None or day.day is None:
        raise Invalid("{path}: {value} is no day; write it as 2026-11-12", path="on", value=on)
    if day.first > book.today:
        raise Invalid("{path}: {value} is still to come; mark them when they have been informed", path="on",
                      value=day)  # fmt: skip
    return datetime(day.first.year, day.first.month, day.first.day, tzinfo=stockholm())
