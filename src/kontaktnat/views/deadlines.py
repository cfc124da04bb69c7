"""Days by which municipalities are to do something, by their commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kontaktnat import model
from kontaktnat.i18n import Text
from kontaktnat.model.bonds import runs_until
from kontaktnat.outward import Outward
from kontaktnat.views.commitments import Followed, due_text, followed
from kontaktnat.views.places import Places
from kontaktnat.views.reports import Deadline

_NOT_DUE = ("local_police_area",)
"""Kinds of which `valid_until` only tells how long something was so."""


def deadlines(book: Outward, places: Places, since: date, until: date) -> Iterator[Deadline]:
    """Of municipalities, from `since` to `until`, in no order: what is due by commitments, and what ends."""
    known: dict[str, model.Commitment] = {one.id: one for one in book.commitments.all()}
    computed = [*_computed(book, places, known)]
    told = {(one.id, one.written) for one in computed}
    written = (one for one in _written(book, places, known.values()) if (one.id, one.written) not in told)
    yield from (one for one in (*computed, *written) if since <= one.day <= until)


def _computed(book: Outward, places: Places, known: Mapping[str, model.Commitment]) -> Iterator[Deadline]:
    """What the view `commitments` says is due, once for all municipalities that one thing binds."""
    together: dict[tuple[str, str], list[Followed]] = defaultdict(list)
    for one in followed(book, places.all):
        if one.standing.due and one.id:
            together[one.id, one.name].append(one)
    for ones in together.values():
        one, due = ones[0], ones[0].standing.due
        if due and one.id:
            bound = known[one.id]
            ends = [end for end, _ in _ends(book, bound) if end.first <= due <= end.last]
            exact = ends[0] if ends else model.PartialDate.parse(due.isoformat())
            where = frozenset(each.place.id for each in ones)
            yield _deadline(bound, exact, due_text(book, one), where)


def _written(book: Outward, places: Places, bound: Iterable[model.Commitment]) -> Iterator[Deadline]:
    """The days that commitments name themselves."""
    for one in bound:
        where = places.of((one.actor, *one.parties))
        for end, what in _ends(book, one) if where and one.kind not in _NOT_DUE else ():
            yield _deadline(one, end, what, where)


def _ends(book: Outward, one: model.Commitment) -> Iterator[tuple[model.PartialDate, Text]]:
    name = book.words.name("commitment_kind", one.kind) if one.kind else Text("commitment")
    if end := runs_until(one, book.today):
        yield end, Text("{commitment}: valid until this day", commitment=name)
    if one.due_on:
        yield one.due_on, Text("{commitment}: due", commitment=name)


def _deadline(bound: model.Commitment, day: model.PartialDate, what: Text, where: frozenset[str]) -> Deadline:
    assignments = frozenset(filter(None, (bound.assignment,)))
    return Deadline(day=day.last, written=str(day), what=what, places=where, id=bound.id,
                    assignments=assignments)  # fmt: skip
