"""Interactions with an actor, a person or a network, newest first."""

from __future__ import annotations

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.query import F
from kontaktnat.refs import resolve
from kontaktnat.views.contacted import day, in_any_hat
from kontaktnat.views.listing import moment
from kontaktnat.views.listing import who as people
from kontaktnat.views.said.timeline import DEFINITION

_COLUMNS = (
    Column(key="when", title="When", type="time"),
    Column(key="kind", title="Kind", type="word", vocabulary="interaction_kind"),
    Column(key="who", title="Who"),
    Column(key="what", title="What"),
    Column(key="status", title="Status", type="word", vocabulary="interaction_status"),
    Column(key="id", title="Id", type="id"),
)


def timeline(book: Outward, /, *, who: str = "", limit: int = 0) -> Table:
    """`who`: an actor, contact or network as one types it; `limit`: at most so many rows (0: all)."""
    book = book.remembering()
    subject = resolve(book, who, ("actor", "contact", "network"))
    found = [one for one in _near(book, subject) if takes_part(book, one, subject)]
    found.sort(
        key=lambda one: (day_of(one.when).isoformat() if one.when else "", moment(one.when) or "", one.id)
    )
    rows = tuple(
        {
            "when": moment(one.when),
            "kind": one.kind,
            "who": people(book, one),
            "what": one.subject or one.theme or one.summary,
            "status": one.status,
            "id": one.id,
        }
        for one in reversed(found)
    )
    shown = rows[:limit] if limit else rows
    return Table(name="timeline", title="Contacts", columns=_COLUMNS, rows=shown, definition=DEFINITION)


def _near(book: Outward, subject: model.Record) -> list[model.Interaction]:
    """Interactions among which are all that it has part in: what others do with others is not read."""
    if isinstance(subject, model.Network):
        return book.interactions.where(network=subject.id)
    hats = [
        role
        for role in book.as_of(None).roles.all()
        if subject.id in (role.actor, role.contact, *role.covers)
    ]
    part = F("participants.role").in_([role.id for role in hats])
    if isinstance(subject, model.Contact):
        part |= F("participants.contact").is_(subject.id)
    else:
        part |= F("participants.actor").is_(subject.id)
        part |= F("participants.contact").in_([role.contact for role in hats if role.contact])
    return book.interactions.where(part | F("headcounts.actor").is_(subject.id))


def takes_part(book: Outward, interaction: model.Interaction, subject: model.Record) -> bool:
    """Whether a subject has part in an interaction."""
    if isinstance(subject, model.Network):
        return interaction.network == subject.id
    if any(one.actor == subject.id for one in interaction.headcounts):
        return True
    for one in interaction.participants:
        if subject.id in (one.actor, one.contact):
            return True
        if one.contact and subject.id in in_any_hat(book, one.contact, day(book, interaction)):
            return True
        role = book.peek(model.Role, one.role) if one.role else None
        if role and subject.id in (role.actor, role.contact, *role.covers):
            return True
    return False
