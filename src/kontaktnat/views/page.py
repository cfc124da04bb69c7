"""The page of one record: what it is, who holds what, what is agreed and due, what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from kontaktnat import model
from kontaktnat.codec import to_doc
from kontaktnat.descriptors import Column, Table, field_of
from kontaktnat.i18n import Label, Text, joined
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.names import type_label
from kontaktnat.model.spans import spoken
from kontaktnat.origin import origin_of, told, without_origin
from kontaktnat.outward import Outward, title_of
from kontaktnat.refs import describe
from kontaktnat.text import collation_key
from kontaktnat.views import municipality
from kontaktnat.views.in_counties import county_titles
from kontaktnat.views.listing import COVERED, VACANT, clock, listing, participant, reach
from kontaktnat.views.standing import MUNICIPALITY
from kontaktnat.views.timeline import timeline

_FACTS = (Column(key="field", title="Field"), Column(key="value", title="Value", whole=True))
_ROLES = (
    Column(key="function", title="Function", type="word", vocabulary="function"),
    Column(key="person", title="Person"),
    Column(key="actor", title="At"),
    Column(key="assignment", title="Assignment"),
    Column(key="reach", title="Reach"),
    Column(key="since", title="Since", type="date"),
    Column(key="id", title="Id", type="id"),
)
_LINES = (Column(key="line", title="", whole=True),)
RECENT = 20


def page(book: Outward, record: model.Record) -> list[Table]:
    """The tables of a record's page, the facts first; empty ones are left out."""
    book = book.remembering()
    tables = [facts(book, record), *_sections(book, record)]
    return [table for table in tables if table.rows]


def facts(book: Outward, record: model.Record) -> Table:
    """Its own fields, links by the name of what they lead to."""
    vocabularies = {
        field.name: field.metadata["word"] for field in attrs.fields(type(record)) if "word" in field.metadata
    }
    doc = to_doc(record)
    origin = origin_of(record)
    if origin:
        doc["extra"] = without_origin(doc["extra"])
    if "extra" in doc:
        doc["extra"] = _for_eyes(book, doc["extra"])
    shown = {name: spelled_out(book, value) for name, value in doc.items()}
    if isinstance(record, model.Topic):  # where it stands, also where that is as nearly always
        shown = {"kind": record.kind, "status": record.status} | shown
    shown |= {
        name: _words(book, vocabulary, getattr(record, name))
        for name, vocabulary in vocabularies.items()
        if name in shown
    }
    if record.categories:
        shown["categories"] = joined(", ", map(book.schemes.name, record.categories))
    if shown.get("legal_form"):
        shown["legal_form"] = book.schemes.name(str(shown["legal_form"]), "legal_form")
    if shown.get("cadence"):
        shown["cadence"] = spoken(shown["cadence"])
    if title := county_titles(book).get(getattr(record, "county", "")):
        shown["county"] = Text("{title} ({code})", title=title, code=record.county)
    if isinstance(record, model.Interaction):
        when = clock(record.when)
        shown |= {"when": when, "participants": _took_part(book, record)}
        if record.network:  # whose sections say these
            shown |= dict.fromkeys(("participants", "agenda", "topics", "summary", "headcounts"), "")
    if origin:
        shown = told(origin) | shown
    rows = [
        {"field": name, "value": value}
        for name, value in shown.items()
        if value and name not in BOOKKEEPING and name != "ways"
    ]
    rows += [
        {"field": _labelled(way.label) or book.words.typed("way_kind", way.kind), "value": way.value}
        for way in getattr(record, "ways", ())
    ]
    return Table(name="facts", title=_title(book, record), columns=_FACTS,
                 rows=tuple(rows))  # fmt: skip


def _labelled(label: str) -> str:
    """The labels that address books have, in the reader's words; others as they were written."""
    known = {"work": "arbete", "home": "hem", "mobile": "mobil", "other": "övrigt", "main": "växel",
             "work fax": "fax arbete", "home fax": "fax hem", "pager": "personsökare"}  # fmt: skip
    return Label(label, known[label]) if label in known else label


def _for_eyes(book: Outward, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Of what a program wrote, a picture say, only how much there is; data has it all."""
    fields = book.plugins.collect("register_fields")
    return {
        key: value
        if not isinstance(value, str) or (field := field_of(fields, key)) is None or field.prose
        else Text("{n} line", "{n} lines", n=len(value.splitlines()))
        for key, value in extra.items()
    }


def _words(book: Outward, vocabulary: str, value: str | tuple[str, ...]) -> str:
    words = value if isinstance(value, tuple) else (value,)
    return joined(", ", (book.words.typed(vocabulary, word) for word in words))


def _title(book: Outward, record: model.Record) -> str:
    meant = isinstance(record, model.Role | model.Interaction | model.Commitment)
    name = describe(book, record) if meant else title_of(record)
    return Text("{name} ({type} {id})", name=name, type=type_label(record.type), id=record.id)


def _took_part(book: Outward, record: model.Interaction) -> str:
    """Everybody with the hat worn, and what became of them unless they came."""
    parts = []
    on = day_of(record.when) if record.when else None
    for one in record.participants:
        who = participant(book, one, on)
        status = book.words.typed("participation_status", one.status)
        parts.append(who if one.status == "attended" else Text("{who}: {status}", who=who, status=status))
    return joined(", ", parts)


def _sections(book: Outward, record: model.Record) -> Iterator[Table]:
    if isinstance(record, model.Actor | model.Contact):
        yield roles(book, record)
    if isinstance(record, model.Actor):
        if record.kind == MUNICIPALITY:
            yield from municipality.sections(book, record)
        networks = [
            one for one in book.networks.all() if record.id in {member.actor for member in one.members}
        ]
        yield attrs.evolve(listing(book, "network", networks), title=Text("Networks"))
        bound = (
            []
            if record.kind == MUNICIPALITY
            else [one for one in book.commitments.all() if record.id in (one.actor, *one.parties)]
        )
        yield attrs.evolve(listing(book, "commitment", bound), title=Text("Commitments"))
    if isinstance(record, model.Interaction) and record.network:
        from kontaktnat.views.minutes import sections

        for title, lines in sections(book, record):
            rows = tuple({"line": line} for line in lines)
            yield Table(name="minutes", title=title, columns=_LINES, rows=rows)
    if isinstance(record, model.Topic):
        linked = [one for one in book.topics.all() if record.id in {link.topic for link in one.links}]
        yield attrs.evolve(listing(book, "topic", linked), title=Text("Linked to it"))
        met = book.interactions.where(topics=record.id)
        yield attrs.evolve(listing(book, "interaction", met), title=Text("Taken up at"))
    if isinstance(record, model.Actor | model.Contact | model.Network):
        near = {record.id, *(role.id for role in _roles_of(book, record))}
        left = [one for one in book.followups.where(done_on=None) if near & {*one.about}]
        yield attrs.evolve(listing(book, "followup", left), title=Text("To do"))
        yield timeline(book, who=record.id, limit=RECENT)


def roles(book: Outward, record: model.Actor | model.Contact) -> Table:
    """Who holds what there now (or where a person is), vacant posts last; how to reach them."""
    rows = [_role_row(book, role) for role in _roles_of(book, record)
            if holds(role.since, role.until, book.today)]  # fmt: skip
    rows.sort(
        key=lambda row: (
            row["person"] == VACANT,
            collation_key(row["person"]),
            row["function"],
            row["id"],
        )
    )
    return Table(name="roles", title="Who holds what", columns=_ROLES, rows=tuple(rows))


def _roles_of(book: Outward, record: model.Record) -> list[model.Role]:
    return [role for role in book.roles.all() if record.id in (role.actor, role.contact, *role.covers)]


def _role_row(book: Outward, role: model.Role) -> dict[str, Any]:
    person = book.peek(model.Contact, role.contact) if role.contact else None
    actor = book.peek(model.Actor, role.actor) if role.actor else None
    assignment = book.peek(model.Assignment, role.assignment or "")
    return {
        "function": role.title or role.function,
        "person": person.name if person else VACANT,
        "actor": actor.name if actor else COVERED,
        "assignment": assignment.name if assignment else None,
        "reach": reach(role, person),
        "since": str(role.since) if role.since else None,
        "id": role.id,
    }


def spelled_out(book: Outward, value: Any) -> Any:
    """A value of a document for eyes: links by the name of what they lead to, lists in one line."""
    if isinstance(value, list):
        return joined(", ", (spelled_out(book, item) for item in value))
    if isinstance(value, dict):
        if "topic" in value:
            kind = book.words.name("topic_link", value.get("kind", "addresses"))
            return joined(" ", (kind, spelled_out(book, value["topic"])))
        inner = {key: spelled_out(book, one) for key, one in value.items()}
        head = inner.pop("actor", "")
        rest = joined(", ", (joined(" ", one) for one in inner.items())) if inner else ""
        return f"{head} ({rest})" if head and rest else head or rest
    if isinstance(value, str) and model.is_id(value):
        for cls in model.RECORDS.values():
            if found := book.peek(cls, value):
                return describe(book, found) if isinstance(found, model.Role) else title_of(found)
    return value
