"""On which days people are with us: what is reckoned of those not yet informed, and of those to review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from kontaktnat import model
from kontaktnat.model.dates import day_of, holds
from kontaktnat.outward import Outward
from kontaktnat.views.contacted import PRESENT

_AWAITED = ("invited", "accepted", "tentative", *PRESENT)


def days_together(book: Outward) -> Mapping[str, list[date]]:
    """By a contact's id the days, oldest first, of what they took part in, or are invited to and is planned.

    Of what was held after today (or the as-of day) nothing is known yet.
    """
    found: dict[str, list[date]] = defaultdict(list)
    for one in book.interactions.all():
        if not one.when or one.status == "cancelled":
            continue
        day, statuses = day_of(one.when), PRESENT if one.status == "held" else _AWAITED
        if one.status == "held" and day > book.today:
            continue
        for part in one.participants:
            role = book.peek(model.Role, part.role or "")
            person = part.contact or (role.contact if role else None)
            if person and part.status in statuses:
                found[person].append(day)
    return {id: sorted(days) for id, days in found.items()}


def came_in(record: model.Record) -> date | None:
    """The day on which it was written down."""
    return day_of(record.created) if record.created else None


def there_by(record: model.Record, on: date) -> bool:
    """Whether it had been written down by that day; who knows no better says yes."""
    day = came_in(record)
    return day is None or day <= on


def mail_of(person: model.Contact, roles: list[model.Role], on: date) -> str | None:
    """Where to write to somebody: their own address before that of a role they have; None: unknown."""
    current = [role for role in roles if holds(role.since, role.until, on)]
    for ways in (person.ways, *(role.ways for role in current)):
        for way in ways:
            if way.kind == "mail" and holds(way.since, way.until, on) and not way.bounced_on:
                return way.value
    return None
