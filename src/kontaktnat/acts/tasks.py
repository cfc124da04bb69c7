"""Follow-ups: ticked off, and come again where they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from kontaktnat import model
from kontaktnat.acts.whole import day_given
from kontaktnat.errors import Invalid
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.dates import to_date
from kontaktnat.model.names import type_label
from kontaktnat.model.spans import next_after

if TYPE_CHECKING:
    from kontaktnat.acting import Day
    from kontaktnat.book import Book


def finish(
    book: Book, followup: model.FollowUp | str, on: Day | None
) -> tuple[model.FollowUp, model.FollowUp | None]:
    """See `Book.finish`."""
    day = day_given(book, on)
    if day.first > book.today:
        raise Invalid("{day} is still to come; write when it was", path="on", day=day)
    with book.transaction("done"):
        whole = book._raw(followup)
        if not isinstance(whole, model.FollowUp):
            raise Invalid("{id} is no follow-up but of type {type}", id=whole.id,
                          type=type_label(whole.type), path="followup")  # fmt: skip
        if whole.done_on:
            return book.followups.get(whole.id), None
        book.update(followup, done_on=day)
        return book.followups.get(whole.id), _again(book, whole, day)


def _again(book: Book, done: model.FollowUp, day: model.PartialDate) -> model.FollowUp | None:
    """The next of one that is done on a day."""
    if not done.recurrence:
        return None
    due = next_after(done.recurrence, max(day.last, done.due.last if done.due else day.last))
    kept = {
        one.name: getattr(done, one.name)
        for one in attrs.fields(model.FollowUp)
        if one.name not in BOOKKEEPING
    }
    made = book.add(model.FollowUp(**kept | {"due": to_date(due), "since": day, "done_on": None}))
    return book.followups.get(made.id)
