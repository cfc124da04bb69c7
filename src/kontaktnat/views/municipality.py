"""A municipality's part of its page: whom to call, what is agreed, when we last met about what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.bonds import in_force
from kontaktnat.model.dates import holds
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views import coverage
from kontaktnat.views.askers import names
from kontaktnat.views.assigned import unseen_holders
from kontaktnat.views.commitments import COLUMNS, by_roles, followed, row
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.legend import legend
from kontaktnat.views.listing import reach
from kontaktnat.views.standing import BOARD

COORDINATOR = "regional_crime_prevention_coordinator"
"""Who is to be called where no assignment is noted."""
_NOBODY = Text("(nobody noted)")
_CALL = (
    Column(key="assignment", title="Assignment"),
    Column(key="person", title="Person", blank=_NOBODY),
    Column(key="function", title="Function", type="word", vocabulary="function"),
    Column(key="reach", title="Reach"),
    Column(key="id", title="Id", type="id"),
)
_DUE = COLUMNS[2:]  # without the municipality, whose page it is, and the kind
_MET = (
    Column(key="assignment", title="Assignment"),
    Column(key="holders", title="Holders"),
    Column(key="last_contact", title="Last contact", type="date"),
    Column(key="kind", title="Kind", type="word", vocabulary="interaction_kind"),
    Column(key="days", title="Days", type="number"),
    Column(key="invited", title="Invitations", type="number"),
    Column(key="id", title="Id", type="id"),
)
_AGREED = (
    Column(key="kind", title="Kind", type="word", vocabulary="commitment_kind"),
    Column(key="with", title="With"),
    Column(key="decided_on", title="Decided", type="date"),
    Column(key="valid_from", title="From", type="date"),
    Column(key="valid_until", title="Until", type="date"),
    Column(key="last", title="Last seen to", type="date"),
    Column(key="status", title="Status", type="word", vocabulary="commitment_status"),
    Column(key="id", title="Id", type="id"),
)
Row = dict[str, Any]


def sections(book: Outward, place: model.Actor) -> Iterator[Table]:
    """Its tables, in the order of the page."""
    covering = coverage.covering(book, place.id)
    yield to_call(book, place, [one.assignment for one in covering])
    yield agreed(book, place)
    yield due(book, place)
    yield met_about(book, covering)


def to_call(book: Outward, place: model.Actor, assignments: Sequence[model.Assignment]) -> Table:
    """Who at the county board has which of the assignments.

    Rows: assignment (a name, None for who coordinates without one), person, function, reach, id of the role.
    One that nobody there has is told too, unless somebody protected may have it.
    """
    rows = sorted(_to_call(book, place, assignments), key=_by_assignment)
    return Table(name="to-call", title="Whom to call at the county board", columns=_CALL, rows=tuple(rows))


def _by_assignment(row: Row) -> Any:
    return collation_key(row["assignment"] or ""), collation_key(row["person"] or ""), row["id"] or ""


def _to_call(book: Outward, place: model.Actor, assignments: Sequence[model.Assignment]) -> Iterator[Row]:
    boards = {one.id for one in book.actors.where(kind=BOARD) if _same_county(one, place)}
    held = [
        role
        for role in book.roles.all()
        if role.actor in boards and role.contact and holds(role.since, role.until, book.today)
    ]
    hushed = unseen_holders(book)
    for assignment in assignments:
        with_it = [role for role in held if role.assignment == assignment.id]
        for role in with_it:
            yield _call(book, role, assignment.name)
        if not with_it and not hushed:
            yield dict.fromkeys(one.key for one in _CALL) | {"assignment": assignment.name}
    for role in held:
        if role.function == COORDINATOR and not role.assignment:
            yield _call(book, role, None)


def _call(book: Outward, role: model.Role, assignment: str | None) -> Row:
    person = book.peek(model.Contact, role.contact or "")
    return {
        "assignment": assignment,
        "person": person.name if person else None,
        "function": role.function,
        "reach": reach(role, person),
        "id": role.id,
    }


def _same_county(board: model.Actor, place: model.Actor) -> bool:
    here = place.place[:2] or place.county
    return not here or not board.county or board.county == here


def agreed(book: Outward, place: model.Actor) -> Table:
    """The commitments in force that bind it, or an actor that it has succeeded, alone or with others.

    Rows: kind, with (the others' names), decided_on, valid_from, valid_until, last (when it was last updated
    or followed up), status, id.
    """
    after = successors(book)
    rows = []
    for one in book.commitments.all():
        parties = {final(after, id) for id in (one.actor, *one.parties) if id}
        if place.id not in parties or not in_force(one, book.today):
            continue
        last = max((day for day in (one.updated_on, one.followed_up_on) if day), default=None)
        days = {name: getattr(one, name) for name in ("decided_on", "valid_from", "valid_until")}
        rows.append({
            "kind": one.kind,
            "with": names(book, parties - {place.id}),
            "last": str(last) if last else None,
            "status": one.status or None,
            "id": one.id,
        } | {name: str(day) if day else None for name, day in days.items()})  # fmt: skip
    place_of = {kind: n for n, kind in enumerate(book.words.of("commitment_kind"))}
    rows.sort(
        key=lambda row: (place_of.get(row["kind"] or "", len(place_of)), row["decided_on"] or "", row["id"])
    )
    return Table(name="agreed", title="What is agreed", columns=_AGREED, rows=tuple(rows))


def due(book: Outward, place: model.Actor) -> Table:
    """What it is to do and when, law told apart from custom; what is only in place is left out.

    Rows: what, with (the others whom it binds), last, due, state, basis, source, id of the commitment; what
    has no day comes last.
    """
    found = [
        one
        for one in (*followed(book, [place]), *by_roles(book, [place]))
        if one.standing.state != "in_place"
    ]
    found.sort(key=lambda one: one.standing.due or date.max)
    after = successors(book)
    whole = [row(book, one, after) for one in found]
    rows = [{column.key: one[column.key] for column in _DUE} for one in whole]
    return Table(
        name="due",
        title="What is due, by law, agreement and custom",
        columns=_DUE,
        rows=tuple(rows),
        notes=tuple(legend(rows)),
    )


def met_about(book: Outward, covering: Iterable[coverage.Covering]) -> Table:
    """When we last met about each assignment that is addressed to it, or held there.

    Rows: assignment, holders (names), last_contact (a day), kind, days since, invited (times in the last 12
    months), id of the interaction.
    """
    rows = [
        {
            "assignment": one.assignment.name,
            "holders": ", ".join(person.name for person in one.holders) or None,
            "last_contact": one.last_contact.isoformat() if one.last_contact else None,
            "kind": one.last.kind if one.last else None,
            "days": (book.today - one.last_contact).days if one.last_contact else None,
            "invited": one.invited,
            "id": one.last.id if one.last else None,
        }
        for one in covering
    ]
    return Table(name="met-about", title="Last contact per assignment", columns=_MET, rows=tuple(rows))
