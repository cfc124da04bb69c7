"""Days by which municipalities are to do something, by their commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
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
    told: set[tuple[str, date]] = set()
    for due in _computed(book, places, known):
        told.add((due.id, due.day))
        if since <= due.day <= until:
            yield due
    for one in known.values():
        where, end = places.of((one.actor, *one.parties)), runs_until(one, book.today)
        if one.kind in _NOT_DUE or not where or not end or (one.id, end.last) in told:
            continue
        if since <= end.last <= until:
            name = book.words.name("commitment_kind", one.kind) if one.kind else Text("commitment")
            yield Deadline(day=end.last, written=str(end), places=where, id=one.id,
                           what=Text("{commitment}: valid until this day", commitment=name),
                           assignments=frozenset(filter(None, (one.assignment,))))  # fmt: skip


def _computed(book: Outward, places: Places, known: Mapping[str, model.Commitment]) -> Iterator[Deadline]:
    """What the view `commitments` says is due, once for all municipalities that one thing binds."""
    together: dict[tuple[str, str], list[Followed]] = defaultdict(list)
    for one in followed(book, places.all):
        if one.standing.due and one.id:
            together[one.id, one.name].append(one)
    for ones in together.values():
        one, due = ones[0], ones[0].standing.due
        if due and one.id:
            assignment = known[one.id].assignment
            yield Deadline(day=due, written=due.isoformat(), id=one.id, what=due_text(book, one),
                           places=frozenset(each.place.id for each in ones),
                           assignments=frozenset({assignment} if assignment else ()))  # fmt: skip
