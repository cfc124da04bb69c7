"""Records as they are stored: what is covered goes along in an act without being shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from kontaktnat import codec, model
from kontaktnat.model.dates import PartialDate, to_date

if TYPE_CHECKING:
    from kontaktnat.book import Book

R = TypeVar("R", bound=model.Record)
Day = date | PartialDate | str


def every(book: Book, cls: type[R]) -> list[R]:
    """All records of a type in the transaction that is open."""
    return [codec.from_doc(cls, doc) for doc in book._now.find(cls.type)]


def save(book: Book, record: R, **changes: Any) -> R:
    """The record with changes, staged."""
    before = book._now.current(record.type, record.id)
    assert before is not None
    return book._stage(attrs.evolve(record, **changes), before)


def day_given(book: Book, on: Day | None) -> PartialDate:
    """The day that is given, otherwise today."""
    day = to_date(book.today if on is None else on)
    assert day is not None
    return day


def open_followups(book: Book) -> list[model.FollowUp]:
    """Those that are not done."""
    return [one for one in every(book, model.FollowUp) if one.done_on is None]
