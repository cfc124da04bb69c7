"""Records as a table, by type: what `list` shows to eyes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text, joined
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.names import type_label
from kontaktnat.outward import Outward, title_of
from kontaktnat.text import collation_key

VACANT, COVERED = Text("(vacant)"), Text("(covered)")
_WORDS = {"kind": "{type}_kind", "function": "function", "status": "{type}_status", "side": "side"}
_TITLES = {
    "id": Text("Id"),
    "name": Text("Name"),
    "kind": Text("Kind"),
    "place": Text("Place"),
    "mail": Text("Mail"),
    "phone": Text("Phone"),
    "at": Text("At"),
    "person": Text("Person"),
    "actor": Text("Actor"),
    "function": Text("Function"),
    "since": Text("Since"),
    "until": Text("Until"),
    "when": Text("When"),
    "who": Text("Who"),
    "subject": Text("What"),
    "due": Text("Due"),
    "side": Text("Side"),
    "text": Text("What"),
    "done_on": Text("Done"),
    "title": Text("Title"),
    "status": Text("Status"),
    "level": Text("Level"),
    "members": Text("Members"),
    "national_body": Text("National body"),
    "reports": Text("Reports"),
    "valid_from": Text("From"),
    "valid_until": Text("Until"),
    "parties": Text("With"),
    "source": Text("Source"),
    "value": Text("Value"),
    "categories": Text("Category"),
}
_SHOWN: Mapping[str, tuple[str, ...]] = {
    "actor": ("name", "kind", "place", "mail", "phone", "id"),
    "contact": ("name", "at", "mail", "phone", "id"),
    "role": ("person", "function", "actor", "since", "until", "id"),
    "assignment": ("name", "level", "national_body", "reports", "id"),
    "network": ("name", "level", "members", "id"),
    "commitment": ("kind", "actor", "parties", "valid_from", "valid_until", "id"),
    "topic": ("title", "kind", "status", "id"),
    "interaction": ("when", "kind", "who", "subject", "id"),
    "followup": ("due", "text", "side", "who", "done_on", "id"),
    "pending": ("text", "kind", "source", "id"),
    "setting": ("id", "value"),
}
PLURALS = {f"{name}s": name for name in _SHOWN if name != "pending"} | {"pending": "pending"}
"""What `list` calls each type."""

_TYPES = {"since": "date", "until": "date", "due": "date", "done_on": "date", "when": "time", "id": "id"}


def listing(book: Outward, type_name: str, records: Iterable[model.Record]) -> Table:
    """The records as rows, by name in Swedish order, or by time."""
    keys, book = _SHOWN[type_name], book.remembering()
    records = list(records)
    if type_name == "actor" and any(one.categories for one in records):
        keys = (*keys[:3], "categories", *keys[3:])
    timed = keys[0] in ("when", "due")
    at = _workplaces(book) if "at" in keys else {}
    rows = [
        {key: at.get(record.id, "") if key == "at" else _cell(book, record, key) for key in keys}
        for record in records
    ]
    rows.sort(key=lambda row: (str(row[keys[0]] or "9"),) if timed else collation_key(str(row[keys[0]])))
    return Table(
        name=f"{type_name}s" if type_name != "pending" else "pending",
        title=Text("{n} of type {type}", n=len(rows), type=type_label(type_name)),
        columns=tuple(column(type_name, key) for key in keys),
        rows=tuple(rows),
    )


def column(type_name: str, key: str) -> Column:
    """A column of the listing of a type."""
    vocabulary = _WORDS.get(key, "").format(type=type_name)
    if key == "level":
        vocabulary = "assignment_level" if type_name == "assignment" else "level"
    if (type_name, key) == ("pending", "kind"):
        vocabulary = "record_type"
    kind: Any = "word" if vocabulary else _TYPES.get(key, "text")
    return Column(key=key, title=_TITLES[key], type=kind, vocabulary=vocabulary)


def _cell(book: Outward, record: Any, key: str) -> Any:
    if key in record.hidden or (key in ("mail", "phone") and "ways" in record.hidden):
        return COVERED
    if special := _SPECIAL.get(key):
        return special(book, record)
    value = getattr(record, key)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return str(value) if isinstance(value, model.PartialDate) else value


def _name(book: Outward, cls: type[model.Record], id: str | None) -> str:
    found = book.peek(cls, id) if id else None
    return title_of(found) if found else ""


def _way(kind: str) -> Callable[[Outward, Any], str]:
    return lambda _, record: ", ".join(way.value for way in record.ways if way.kind == kind and not way.until)


def _person(book: Outward, role: model.Role) -> str:
    return _name(book, model.Contact, role.contact) if role.contact else VACANT


def _function(_: Outward, role: model.Role) -> str:
    """The post's word; otherwise what they call it themselves."""
    return role.function or ("" if "title" in role.hidden else role.title)


def _workplaces(book: Outward) -> dict[str, str]:
    """Where each contact works now, by the contact's id; gathered once, for a list may be long."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for role in book.roles.all():
        if role.contact and role.actor and holds(role.since, role.until, book.today):
            found[role.contact][_name(book, model.Actor, role.actor)] = None
    return {contact: ", ".join(actors) for contact, actors in found.items()}


def who(book: Outward, record: model.Interaction | model.FollowUp) -> str:
    """The people and actors of an interaction, or those a follow-up is about."""
    if isinstance(record, model.FollowUp):
        found = [book.peek(cls, id) for id in record.about for cls in (model.Contact, model.Actor)]
        return ", ".join(title_of(one) for one in found if one)
    on = day_of(record.when) if record.when else None
    counted = (
        Text("{name} ({n} people)", name=_then(book, one.actor, on), n=one.count) for one in record.headcounts
    )
    numbered = {one.actor for one in record.headcounts}
    uncounted = (one for one in record.participants if one.role or one.contact or one.actor not in numbered)
    named = filter(None, (participant(book, one, on) for one in uncounted))
    return joined(", ", (*named, *counted))


def participant(book: Outward, one: model.Participation, on: date | None = None) -> str:
    """A participant with the hat worn: "Eva Ek (Nybro kommun)".

    `on`: the day of the interaction, for an actor bears the name that it had then (None: today's).
    """
    if one.role:
        role = book.peek(model.Role, one.role)
        if role is None:
            return one.role
        actor = _then(book, role.actor, on)
        person = _person(book, role)
        return Text("{person} ({actor})", person=person, actor=actor) if actor else person
    return _name(book, model.Contact, one.contact) or _then(book, one.actor, on)


def _then(book: Outward, id: str | None, on: date | None) -> str:
    """An actor's name on a day; old minutes keep the old one."""
    found = book.peek(model.Actor, id) if id else None
    return name_on(found, on or book.today) if found else ""


def reach(role: model.Role, person: model.Contact | None) -> str:
    """How to reach whoever holds a role: its own ways first, then theirs; covered if they are protected."""
    ways = [way.value for way in (*role.ways, *(person.ways if person else ())) if not way.until]
    covered = role.hidden or (person and person.hidden)
    return COVERED if covered and not ways else ", ".join(ways)


def moment(value: model.Moment | None) -> str | None:
    """A time in Stockholm as ISO 8601 to the minute, a date as it is known."""
    if value is None or isinstance(value, model.PartialDate):
        return str(value) if value else None
    return value.astimezone(model.stockholm()).isoformat(timespec="minutes")


def day_written(value: model.Moment) -> str:
    """Its day in Stockholm as ISO 8601, or the month or year where no more is known."""
    return str(value) if isinstance(value, model.PartialDate) else day_of(value).isoformat()


def clock(value: model.Moment | None) -> str:
    """The same for eyes: "2026-11-12 13:00", a date as it is known, or nothing."""
    return (moment(value) or "").replace("T", " ")[:16]


_SPECIAL: Mapping[str, Callable[[Outward, Any], Any]] = {
    "categories": lambda book, record: joined(", ", map(book.schemes.name, record.categories)),
    "mail": _way("mail"),
    "phone": _way("phone"),
    "person": _person,
    "function": _function,
    "actor": lambda book, record: _name(book, model.Actor, record.actor),
    "parties": lambda book, record: ", ".join(_name(book, model.Actor, id) for id in record.parties),
    "members": lambda book, record: ", ".join(_name(book, model.Actor, one.actor) for one in record.members),
    "who": who,
    "when": lambda _, record: moment(record.when),
    "subject": lambda _, record: record.subject or record.theme or record.summary,
}
