"""Records as they are stored: what is covered goes along in an act without being shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import attrs

from kontaktnat import codec, model
from kontaktnat.errors import Invalid
from kontaktnat.model.dates import PartialDate, to_date
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat.acting import Day
    from kontaktnat.book import Book

R = TypeVar("R", bound=model.Record)


def whole(book: Book, given: model.Record | str, cls: type[R], path: str) -> R:
    """The stored record, whole; raises Invalid naming `path` where it is of another type than `cls`."""
    found = book._raw(given)
    if not isinstance(found, cls):
        raise Invalid("{id} is no {wanted} but of type {type}", path=path, id=found.id,
                      wanted=type_label(cls.type), type=type_label(found.type))  # fmt: skip
    return found


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
