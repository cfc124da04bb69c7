"""What is due: follow-ups that are late or near, meetings ahead or not told of, and whom to contact again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.spans import spoken
from kontaktnat.model.terms import term_on
from kontaktnat.outward import Outward, title_of
from kontaktnat.refs import describe
from kontaktnat.text import fold
from kontaktnat.views.cadence import cadences, last_day, state_of
from kontaktnat.views.cadence import who as called
from kontaktnat.views.listing import moment, who
from kontaktnat.views.reminders import reminders, reports_due
from kontaktnat.views.said.today import DEFINITION
from kontaktnat.views.topics import topics_due

_COLUMNS = (
    Column(key="number", title="No", type="number"),
    Column(key="due", title="Due", type="date"),
    Column(key="state", title="State", type="word", vocabulary="due_state"),
    Column(key="what", title="What", whole=True),
    Column(key="side", title="Side", type="word", vocabulary="side"),
    Column(key="who", title="Who"),
    Column(key="type", title="Type", type="word", vocabulary="record_type"),
    Column(key="id", title="Id", type="id"),
)
Row = dict[str, Any]


def today(book: Outward, /, *, days: int | None = None, owner: str = "") -> Table:
    """Rows: due (ISO date or time), state (overdue, today, coming, undated), what, side, who, type, id.

    `days`: how far ahead, otherwise as practice has it; `owner`: only the follow-ups of that name.
    """
    days = book.practice.ahead_days if days is None else days
    until = book.today + timedelta(days=days)
    rows, notes = [*_follow_ups(book, until, owner)], []
    if not owner:
        bound, of_bound = reminders(book, days)
        rows += [*_meetings(book, until), *_contacts(book, until), *topics_due(book, days), *bound]
        rows += reports_due(book, until)
        notes = [*_notes(book), *of_bound]
    rows.sort(key=lambda row: (row["due"] is None, row["due"] or "", row["id"]))
    number = count(1)
    for row in rows:  # only what can be ticked off
        row["number"] = next(number) if row["type"] == "followup" else None
    return Table(
        name="today",
        title=Text("Today, {day}", day=book.today),
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=tuple(notes),
        definition=DEFINITION,
    )


def _follow_ups(book: Outward, until: date, owner: str) -> Iterator[Row]:
    for followup in book.followups.where(done_on=None):
        due = followup.due.last if followup.due else None
        if (due is None or due <= until) and (not owner or fold(followup.owner) == fold(owner)):
            yield _row(
                followup,
                str(followup.due) if followup.due else None,
                state_of(due, book.today),
                what=title_of(followup),
                who=who(book, followup),
            )


def _meetings(book: Outward, until: date) -> Iterator[Row]:
    for meeting in book.interactions.where(status="planned"):
        if meeting.when is None or day_of(meeting.when) > until:
            continue
        what = describe(book, meeting)
        last = last_day(meeting.when)
        if last < book.today:
            what = Text("was it held? {what}", what=what)
        yield _row(
            meeting,
            moment(meeting.when),
            state_of(last, book.today),
            what=what,
            who=who(book, meeting),
        )


def _contacts(book: Outward, until: date) -> Iterator[Row]:
    for one in cadences(book):
        if one.planned or (one.due and one.due > until):
            continue
        every = spoken(one.record.cadence)
        last = Text("last {day}", day=one.last) if one.last else Text("not yet")
        if isinstance(one.record, model.Network):
            what = Text("to meet {every}, {last}", every=every, last=last)
        else:
            what = Text("in contact {every}, {last}", every=every, last=last)
        yield _row(
            one.record,
            one.due.isoformat() if one.due else None,
            state_of(one.due, book.today),
            what=what,
            who=called(book, one.record),
        )


def _row(record: model.Record, due: str | None, state: str, *, what: str, who: str) -> Row:
    side = record.side if isinstance(record, model.FollowUp) else ""
    return {"due": due, "state": state, "what": what, "side": side, "who": who,
            "type": record.type, "id": record.id}  # fmt: skip


def _notes(book: Outward) -> Iterator[str]:
    if waiting := len(book.pending.all()):
        yield Text("{n} in quarantine: kontaktnat review", "{n} in quarantine: kontaktnat review", n=waiting)
    if elected := _to_confirm(book):
        yield Text(
            "{n} elected role of an earlier term of office is to be confirmed: kontaktnat view vacancies",
            "{n} elected roles of an earlier term of office are to be confirmed: kontaktnat view vacancies",
            n=elected,
        )


def _to_confirm(book: Outward) -> int:
    """How many elected roles are held today that began before the running term."""
    functions = book.words.of("function")
    bodies = {id: word.elected for id, word in functions.items() if word.elected}
    return sum(
        1
        for role in book.roles.all()
        if (role.contact and role.since and role.function in bodies)
        and holds(role.since, role.until, book.today)
        and role.since.last < term_on(bodies[role.function], book.today)[0]
    )
