"""What is due for review: people and things that have lain for longer than is customary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.base import Record
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.spans import later
from kontaktnat.outward import Outward
from kontaktnat.query import F
from kontaktnat.refs import describe
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import last_days
from kontaktnat.views.meeting_people import came_in, days_together, there_by
from kontaktnat.views.said.retention import DEFINITION, TITLE

_COLUMNS = (
    Column(key="rule", title="Rule", type="word", vocabulary="retention_rule"),
    Column(key="type", title="Type", type="word", vocabulary="record_type"),
    Column(key="what", title="What"),
    Column(key="role_ended", title="Role ended", type="date"),
    Column(key="last_contact", title="Last contact", type="date"),
    Column(key="due", title="Due since", type="date"),
    Column(key="id", title="Id", type="id"),
)
PERSONS = ("role_ended", "never_in_contact")
"""The rules about people themselves, in whose place their erasure is decided."""
Row = dict[str, Any]


def retention(book: Outward, /) -> Table:
    """Rows: rule, type, what, role_ended, last_contact, due, id; longest due first."""
    book = book.remembering()
    rows = [*_people(book), *_waiting(book), *_drafts(book)]
    rows.sort(key=lambda row: (row["due"], row["rule"], collation_key(str(row["what"])), row["id"]))
    notes = [Text("{n} due for review; the intervals are custom, not law", n=len(rows))]
    if any(row["rule"] in PERSONS for row in rows):
        notes.append(Text("still needed: kontaktnat set PERSON verified_at=idag; "
                          "not needed: kontaktnat privacy erase PERSON --decision REF"))  # fmt: skip
    if any(row["rule"] == "quarantine" for row in rows):
        notes.append(Text("what waits in quarantine is decided by kontaktnat review"))
    if any(row["rule"] == "draft" for row in rows):
        notes.append(Text("a draft is finished by kontaktnat set ID draft=nej"))
    return Table(name="retention", title=TITLE, columns=_COLUMNS, rows=tuple(rows), notes=tuple(notes),
                 definition=DEFINITION)  # fmt: skip


def _row(book: Outward, rule: str, record: Record, due: date, **days: date | None) -> Row:
    told = {name: day.isoformat() if day else None for name, day in days.items()}
    return {
        "rule": rule, "type": record.type, "what": describe(book, record), "role_ended": None,
        "last_contact": None, **told, "due": due.isoformat(), "id": record.id,
    }  # fmt: skip


def _people(book: Outward) -> Iterator[Row]:
    today, practice = book.today, book.practice
    met, ahead, open_about = last_days(book), _expected(book), _open_about(book)
    roles: dict[str | None, list[model.Role]] = defaultdict(list)
    for role in book.as_of(None).roles.all():
        roles[role.contact].append(role)
    for person in book.contacts.all():
        own = roles[person.id]
        busy = any(not _ended(role, today) for role in own) or person.id in ahead
        if busy or open_about & {person.id, *(role.id for role in own)} or not there_by(person, today):
            continue
        ended = max((role.until.last for role in own if role.until), default=None)
        last, verified = met.get(person.id), _verified(person, today)
        if ended or last:
            rule, months = "role_ended", practice.retention_role_months
            start = max(day for day in (ended, last, verified) if day)
        else:
            rule, months = "never_in_contact", practice.retention_unused_months
            start = max((day for day in (came_in(person), verified) if day), default=date.min)
        due = later(start, "P1M", months)
        if due <= today:
            yield _row(book, rule, person, due, role_ended=ended, last_contact=last)


def _ended(role: model.Role, today: date) -> bool:
    """Whether it is over; what begins later, or may still hold, is not."""
    began = role.since is None or role.since.first <= today
    return began and not holds(role.since, role.until, today)


def _verified(person: model.Contact, today: date) -> date | None:
    day = day_of(person.verified_at) if person.verified_at else None
    return day if day and day <= today else None


def _expected(book: Outward) -> frozenset[str]:
    """Who is invited to what is planned for today or later."""
    return frozenset(id for id, days in days_together(book).items() if days[-1] >= book.today)


def _open_about(book: Outward) -> frozenset[str]:
    """Ids that follow-ups still to be done are about."""
    return frozenset(id for one in book.followups.where(done_on=None) for id in one.about)


def _waiting(book: Outward) -> Iterator[Row]:
    for one in book.pending.all():
        due = later(came_in(one) or date.min, "P1M", book.practice.retention_pending_months)
        if due <= book.today:
            yield _row(book, "quarantine", one, due)


def _drafts(book: Outward) -> Iterator[Row]:
    for cls in model.RECORDS.values():
        if cls is model.Setting:
            continue
        for one in book.select(cls, F("draft").is_(True)):
            last = one.changed or one.created
            due = later(day_of(last) if last else date.min, "P1M", book.practice.retention_draft_months)
            if due <= book.today:
                yield _row(book, "draft", one, due)
