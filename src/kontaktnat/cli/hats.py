"""Whom somebody means that names people: in the hat that they wore then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from kontaktnat.cli.app import App
from kontaktnat.errors import Ambiguous, NotFound
from kontaktnat.model import Actor, Contact, Participation, Record, Role, RoleId, day_of
from kontaktnat.query import F


def people_named(
    app: App, whom: Sequence[str], at: Any, *, needed: bool, assignments: Sequence[str] = ()
) -> list[Record]:
    """Those named, each once; asked for where one does not know otherwise whom it was with."""
    if not whom and not needed:
        return []
    return list({one.id: one for one in _named(app, whom, at, assignments)}.values())


def _named(app: App, whom: Sequence[str], at: Any, assignments: Sequence[str]) -> Iterator[Record]:
    """Apart by commas or as arguments of their own; a name of several words may stand bare."""
    names = app.ask(" ".join(whom).strip(", "), "WHO")
    if "," not in names and len(whom) > 1:
        try:
            yield hat_of(app, names, at, assignments)
        except NotFound:
            yield from [hat_of(app, name, at, assignments) for name in whom]
    else:
        yield from [hat_of(app, name, at, assignments) for name in names.split(",") if name.strip()]


def hat_of(app: App, name: str, at: Any, assignments: Sequence[str] = ()) -> Record:
    """The hat that somebody wore, or the person or actor where there is none.

    Of several the only one that holds one of the assignments.
    """
    from kontaktnat.refs import hat

    book, on = app.book(), day_of(at)
    found = app.pick(book, name, ("role", "contact", "actor"), on=on)
    if isinstance(found, Contact):
        among = book.roles.where(F("assignment").in_(assignments)) if assignments else ()
        try:
            return hat(book, found, on, among=among) or found
        except Ambiguous as error:
            return book.roles.get(app.choose(error))
    return found


def participation(record: Record) -> Participation:
    """Somebody's part, as which they were named."""
    if isinstance(record, Role):
        return Participation(role=RoleId(record.id))
    if isinstance(record, Contact):
        return Participation(contact=record.id)
    assert isinstance(record, Actor)
    return Participation(actor=record.id)
