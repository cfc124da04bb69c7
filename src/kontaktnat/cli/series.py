"""Meetings in series at the prompt: `log … --every 3m`, `set MEETING … --series future`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kontaktnat.cli.app import App, say
from kontaktnat.errors import Usage
from kontaktnat.i18n import Text, and_more, joined
from kontaktnat.model import Interaction, Record, day_of
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat.cli.fields import Wish

_SHOWN = 12
"""So many days are named; the others are counted."""


def plan(
    app: App,
    meeting: Interaction,
    *,
    every: str | None,
    until: str | None,
    times: int | None,
    dry_run: bool,
) -> tuple[Interaction, Callable[[], None]]:
    """Save a meeting, unless it is in the book, and the series that is wanted with it.

    It comes back as saved, or the one of that day that is there already, and what tells of the series.
    """
    book = app.book()
    if every is None:
        if until or times:
            raise Usage("--until and --times belong to a series; say how often with --every SPAN")
        return meeting if meeting.id else book.add(meeting), lambda: None
    before = {one.id for one in book.interactions.all()} - {meeting.id}
    day = app.day(until, past=False) if until else None
    found = book.plan_series(meeting, every, until=day, times=times)
    planned = [one for one in found if one.status == "planned"]
    there = sum(one.id in before for one in found)
    return found[0], lambda: _tell(planned, there, dry_run=dry_run)


def _tell(planned: Sequence[Interaction], there: int, *, dry_run: bool) -> None:
    known = Text(" ({n} was there already)", " ({n} were there already)", n=there) if there else ""
    if not planned:
        say(Text("no meeting is still to come{known}", known=known))
        return
    fields = {"n": len(planned), "last": _days(planned[-1:]), "days": _days(planned), "known": known}
    if dry_run:
        say(Text("would plan: {n} meeting until {last}: {days}{known}",
                 "would plan: {n} meetings until {last}: {days}{known}", **fields))  # fmt: skip
    else:
        say(Text("planned: {n} meeting until {last}: {days}{known}",
                 "planned: {n} meetings until {last}: {days}{known}", **fields))  # fmt: skip


def set_in_series(app: App, record: Record, wishes: Sequence[Wish], scope: str, *, dry_run: bool) -> None:
    """Change a meeting and, as `scope` says, others of its series."""
    from kontaktnat.cli.fields import changes

    if not isinstance(record, Interaction):
        raise Usage("--series is for meetings; {id} is of type {type}", id=record.id,
                    type=type_label(record.type))  # fmt: skip
    book = app.book()
    word = app.word(book, "series_scope", scope)
    found, idle = changes(app, record, wishes)
    for wish in idle:
        say(Text("{path}: {value} is not among them; nothing changed", path=wish.name, value=wish.text))
    before = {one.id: one.rev for one in book.interactions.all()}
    with book.transaction("set", dry_run=dry_run):
        done = book.update_meetings(record, word, **found)  # type: ignore[arg-type]
        # What this one has already is still to come to the others, or to go from them.
        if signed := [wish for wish in wishes if wish.sign]:
            done = [book.update(one, **changes(app, one, signed)[0]) for one in done]
    changed = [one for one in done if one.rev != before[one.id]]
    fields = {"n": len(changed), "days": _days(changed), "fields": ", ".join(dict.fromkeys(found))}
    if not changed:
        say(Text("the meetings were like that already; nothing changed"))
    elif dry_run:
        say(Text("would set: {fields} of {n} meeting: {days}",
                 "would set: {fields} of {n} meetings: {days}", **fields))  # fmt: skip
    else:
        say(Text("set: {fields} of {n} meeting: {days}", "set: {fields} of {n} meetings: {days}", **fields))


def _days(meetings: Sequence[Interaction]) -> str:
    days = [str(day_of(one.when)) for one in meetings if one.when]
    return joined("", (", ".join(days[:_SHOWN]), and_more(len(days) - _SHOWN)))
