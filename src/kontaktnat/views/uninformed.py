"""Who has not been told what is kept of them, and by when they have to be (GDPR art. 13 and 14)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of
from kontaktnat.model.spans import later
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.meeting_people import came_in, days_together, mail_of, there_by
from kontaktnat.views.said.uninformed import DEFINITION, TITLE

_COLUMNS = (
    Column(key="person", title="Person"),
    Column(key="source", title="Source"),
    Column(key="since", title="Since", type="date"),
    Column(key="first_contact", title="First contact", type="date"),
    Column(key="latest", title="Latest day", type="date"),
    Column(key="state", title="State", type="word", vocabulary="due_state"),
    Column(key="mail", title="Mail"),
    Column(key="id", title="Id", type="id"),
)


def uninformed(book: Outward, /) -> Table:
    """Rows: person, source, since, first_contact, latest, state, mail, id."""
    book = book.remembering()
    people = [one for one in book.contacts.all() if there_by(one, book.today)]
    left = [one for one in people if not is_informed(one, book.today)]
    together, roles = days_together(book), defaultdict(list)
    for role in book.roles.all():
        roles[role.contact].append(role)
    rows = []
    for person in left:
        since = came_in(person)
        first = next((day for day in together.get(person.id, ()) if since is None or day >= since), None)
        latest = _latest(since, first)
        rows.append({
            "person": person.name,
            "source": person.source or None,
            "since": since.isoformat() if since else None,
            "first_contact": first.isoformat() if first else None,
            "latest": latest.isoformat() if latest else None,
            "state": _state(latest, book.today),
            "mail": mail_of(person, roles[person.id], book.today),
            "id": person.id,
        })  # fmt: skip
    rows.sort(key=lambda row: (row["latest"] or "", collation_key(str(row["person"])), row["id"]))
    late = sum(row["state"] == "overdue" for row in rows)
    notes = [Text("{n} of {all} people not informed, {late} of them too late", n=len(rows), all=len(people),
                  late=late)]  # fmt: skip
    if rows:
        notes.append(Text("when they have been: kontaktnat privacy inform PERSON --how mail, letter, web, …"))
    return Table(name="uninformed", title=TITLE, columns=_COLUMNS, rows=tuple(rows), notes=tuple(notes),
                 definition=DEFINITION)  # fmt: skip


def is_informed(person: model.Contact, on: date) -> bool:
    """Whether they had been informed by that day."""
    return person.informed_at is not None and day_of(person.informed_at) <= on


def _latest(since: date | None, first: date | None) -> date | None:
    """GDPR art. 14.3: within a month (a), and at the first communication with them at the latest (b)."""
    month = later(since, "P1M") if since else None
    return min((day for day in (month, first) if day), default=None) if since else None


def _state(latest: date | None, today: date) -> str:
    if latest is None or latest < today:
        return "overdue"
    return "today" if latest == today else "coming"
