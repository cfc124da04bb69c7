"""What is due: follow-ups that are late or near, and meetings ahead."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward, title_of
from kontaktnat.views.listing import moment, who
from kontaktnat.views.said.today import DEFINITION

_COLUMNS = (
    Column(key="number", title="No", type="number"),
    Column(key="due", title="Due", type="date"),
    Column(key="state", title="State", type="word", vocabulary="due_state"),
    Column(key="what", title="What"),
    Column(key="side", title="Side", type="word", vocabulary="side"),
    Column(key="who", title="Who"),
    Column(key="type", title="Type", type="word", vocabulary="record_type"),
    Column(key="id", title="Id", type="id"),
)


def today(book: Outward, /, *, days: int = 14) -> Table:
    """Rows: due (ISO date or time), state (overdue, today, coming, undated), what, side, who, type, id."""
    now, last = book.today, book.today + timedelta(days=days)
    rows: list[dict[str, Any]] = []
    for followup in book.followups.where(done_on=None):
        due = followup.due.last if followup.due else None
        if due is None or due <= last:
            state = (
                "undated" if due is None else "overdue" if due < now else "today" if due == now else "coming"
            )
            rows.append(_row(book, followup, state, str(followup.due) if followup.due else None))
    for meeting in book.interactions.where(status="planned"):
        if meeting.when and now <= day_of(meeting.when) <= last:
            state = "today" if day_of(meeting.when) == now else "coming"
            rows.append(_row(book, meeting, state, moment(meeting.when)))
    rows.sort(key=lambda row: (row["due"] is None, row["due"] or "", row["id"]))
    number = count(1)
    for row in rows:  # only what can be ticked off
        row["number"] = next(number) if row["type"] == "followup" else None
    waiting = len(book.pending.all())
    note = Text("{n} in quarantine: kontaktnat review", "{n} in quarantine: kontaktnat review", n=waiting)
    return Table(
        name="today",
        title=Text("Today, {day}", day=now),
        columns=_COLUMNS,
        rows=tuple(rows),
        notes=(note,) if waiting else (),
        definition=DEFINITION,
    )


def _row(
    book: Outward, record: model.FollowUp | model.Interaction, state: str, due: str | None
) -> dict[str, Any]:
    side = record.side if isinstance(record, model.FollowUp) else ""
    people = who(book, record)
    return {"due": due, "state": state, "what": title_of(record), "side": side, "who": people,
            "type": record.type, "id": record.id}  # fmt: skip
