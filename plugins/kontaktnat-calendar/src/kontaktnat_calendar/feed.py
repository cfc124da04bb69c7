"""What is due, as whole days of a calendar: follow-ups, deadlines, answers to bring home, examples to review.

Each entry keeps its UID, so that a calendar that fetches the feed again moves it and doubles none; what is
done is in it no more. Who it is about is not told beyond what the follow-up's own text says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kontaktnat.errors import Invalid
from kontaktnat.extend import tr
from kontaktnat.model import FollowUp, PartialDate
from kontaktnat_calendar.putting import stamp

if TYPE_CHECKING:
    from icalendar import Component

    from kontaktnat.extend import Outward

_DAYS = 365
_BASES = ("law", "reading", "agreed")


def entries(out: Outward, options: Mapping[str, str]) -> Iterator[Component]:
    """By the type of what is due, then by its id; options are judged at once, before anything is written."""
    until = out.today + timedelta(days=_days(options))
    return _written(out, until, todo=options.get("as") == "todo")


def _written(out: Outward, until: date, *, todo: bool) -> Iterator[Component]:
    found = [*_follow_ups(out, until), *_topics_and_reports(out, until), *_commitments(out, until)]
    for uid, due, what, id in sorted(found):
        yield _entry(out, uid, due, what, id, todo=todo)


def _days(options: Mapping[str, str]) -> int:
    value = options.get("days", str(_DAYS))
    if not (value.isascii() and value.isdecimal() and 0 < int(value[:6]) <= 3660):
        raise Invalid("days: {value} is no number of days, 1 to 3660", value=value, path="days")
    return int(value)


_Due = tuple[str, date, str, str]


def _follow_ups(out: Outward, until: date) -> Iterator[_Due]:
    for one in out.followups.where(done_on=None):
        if one.due is not None and one.due.first <= until:
            yield f"followup-{one.id}", _last(one.due), one.text, one.id


def _last(due: PartialDate) -> date:
    return due.last


def _topics_and_reports(out: Outward, until: date) -> Iterator[_Due]:
    """What `today` tells of topics and assignments; meetings are in the calendar itself."""
    for row in out.view("today", days=(until - out.today).days).rows:
        if row["type"] in ("topic", "assignment") and row["due"]:
            due = PartialDate.parse(str(row["due"])[:10]).last
            told = f"-{due.isoformat()}" if row["type"] == "assignment" else ""
            yield f"{row['type']}-{row['id']}{told}", due, tr(row["what"]), row["id"]


def _commitments(out: Outward, until: date) -> Iterator[_Due]:
    """Facts that a law, our reading of one or the agreement itself says are due; custom is left out."""
    together: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in out.view("commitments").rows:
        if row["id"] and row["due"] and row["basis"] in _BASES:
            together.setdefault((row["id"], str(row["what"])), []).append(row)
    for (id, what), rows in together.items():
        due = PartialDate.parse(str(rows[0]["due"])[:10]).last
        if due <= until:
            fact = hashlib.sha256(what.encode()).hexdigest()[:8]
            places = ", ".join(dict.fromkeys(str(row["municipality"]) for row in rows))
            yield f"commitment-{id}-{fact}", due, f"{tr(rows[0]['what'])}: {places}", id


def _entry(out: Outward, uid: str, due: date, what: str, id: str, *, todo: bool) -> Component:
    from icalendar import Event, Todo

    record = out.get(id)
    part = Todo() if todo else Event()
    # A task that comes back is known by this as the follow-up that it is; an event is of the feed alone.
    mine = isinstance(record, FollowUp) and todo
    part.add("uid", f"{uid}@kontaktnat" if mine else f"{uid}@due.kontaktnat")
    part.add("sequence", record.rev)
    stamp(part, record.changed or record.created)
    part.add("summary", " ".join(what.split()))
    if todo:
        part.add("due", due)
        part.add("status", "NEEDS-ACTION")
    else:
        part.add("dtstart", due)
        part.add("dtend", due + timedelta(days=1))
        part.add("transp", "TRANSPARENT")
    return part
