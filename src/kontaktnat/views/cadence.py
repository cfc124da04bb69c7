"""With whom we want to be in contact how often, and when that is due again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.model.dates import day_of, holds, stockholm
from kontaktnat.model.spans import later, spoken
from kontaktnat.outward import Outward, title_of
from kontaktnat.refs import describe
from kontaktnat.views.contacted import inherited, last_days, reached, successors
from kontaktnat.views.said.cadence import DEFINITION, TITLE

_COLUMNS = (
    Column(key="who", title="Who"),
    Column(key="every", title="How often"),
    Column(key="last", title="Last contact", type="date"),
    Column(key="due", title="Due", type="date"),
    Column(key="state", title="State", type="word", vocabulary="due_state"),
    Column(key="id", title="Id", type="id"),
)
_NOT_COMING = ("declined", "absent")
Keeping = model.Actor | model.Role | model.Network


@attrs.frozen(kw_only=True, repr=False)
class Due:
    """When we are to be in contact again."""

    record: Keeping
    last: date | None
    due: date | None
    """None where it cannot be told from when on to count."""
    planned: bool
    """Something with it is planned, today or later."""


def cadence(book: Outward, /) -> Table:
    """Rows: who, every (in words), last, due (ISO dates), state, id."""
    rows: list[dict[str, Any]] = [
        {
            "who": who(book, one.record),
            "every": spoken(one.record.cadence),
            "last": one.last.isoformat() if one.last else None,
            "due": one.due.isoformat() if one.due else None,
            "state": "planned" if one.planned else state_of(one.due, book.today),
            "id": one.record.id,
        }
        for one in cadences(book)
    ]
    rows.sort(key=lambda row: (row["due"] or "", row["id"]))
    return Table(
        name="cadence",
        title=TITLE,
        columns=_COLUMNS,
        rows=tuple(rows),
        definition=DEFINITION,
    )


def cadences(book: Outward) -> Iterator[Due]:
    """Of everything that has a cadence, when it is due; in no order."""
    kept = [*_kept(book)]
    if not kept:
        return
    days, after = last_days(book), successors(book)
    before: dict[str, list[str]] = defaultdict(list)
    for id, successor in after.items():
        before[successor].append(id)
    ahead = _ahead(book, after)
    for record in kept:
        last = _last(record, days)
        start = last or _start(record, before, book)
        yield Due(
            record=record,
            last=last,
            due=later(start, record.cadence) if start else None,
            planned=bool({record.id, getattr(record, "contact", None)} & ahead),
        )


def state_of(due: date | None, today: date) -> str:
    """A word of `due_state`."""
    if due is None:
        return "undated"
    return "overdue" if due < today else "today" if due == today else "coming"


def who(book: Outward, record: Keeping) -> str:
    """A name; of a role who holds it, as what and where."""
    return describe(book, record) if isinstance(record, model.Role) else title_of(record)


def _kept(book: Outward) -> Iterator[Keeping]:
    today = book.today
    yield from (one for one in book.actors.all() if one.cadence and holds(None, one.succeeded_on, today))
    yield from (
        one for one in book.roles.all() if one.cadence and one.contact and holds(one.since, one.until, today)
    )
    yield from (one for one in book.networks.all() if one.cadence)


def _last(record: Keeping, days: Mapping[str, date]) -> date | None:
    """The day of the latest contact; with who holds a role also in another hat, but not before this one."""
    found = days.get(record.id)
    if isinstance(record, model.Role):
        person = days.get(record.contact or "")
        if person and (record.since is None or record.since.first <= person):
            return max(found or person, person)
    return found


def _start(record: Keeping, before: Mapping[str, Sequence[str]], book: Outward) -> date | None:
    """From when on the cadence counts where there has been no contact; `before`: whom each succeeded."""
    if isinstance(record, model.Role) and record.since:
        return record.since.first
    if isinstance(record, model.Actor):
        gone = [book.peek(model.Actor, id) for id in before.get(record.id, ())]
        days = [one.succeeded_on.first for one in gone if one and one.succeeded_on]
        if days:
            return max(days)
    return record.created.astimezone(stockholm()).date() if record.created else None


def _ahead(book: Outward, after: Mapping[str, str]) -> set[str]:
    """Ids of all with whom something is planned, today or later."""
    found: set[str] = set()
    for meeting in book.interactions.where(status="planned"):
        if meeting.when is None or last_day(meeting.when) < book.today:
            continue
        for part in meeting.participants:
            if part.status not in _NOT_COMING:
                ids = {*reached(book, attrs.evolve(part, status="attended"), day_of(meeting.when))}
                found |= inherited(ids, after)
        found |= {meeting.network} if meeting.network else set()
    return found


def last_day(when: model.Moment) -> date:
    """The latest day that it can mean."""
    return when.last if isinstance(when, model.PartialDate) else day_of(when)
