"""How assignments reach people: whom they address, who holds them, what is met about, who is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date

import attrs

from kontaktnat import model
from kontaktnat.errors import KontaktnatError
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.spans import later
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key, fold
from kontaktnat.views.contacted import PRESENT
from kontaktnat.views.standing import MUNICIPALITY, actors, served

YEAR = "P12M"
_NOT_CALLED = ("deputy",)
"""Of a participation: they came for somebody who had been called."""


def active(book: Outward) -> list[model.Assignment]:
    """The assignments that run today (or on the as-of day), in Swedish order."""
    found = [one for one in book.assignments.all() if holds(one.starts, one.ends, book.today)]
    return sorted(found, key=lambda one: (collation_key(one.name), one.id))


def a_year_back(book: Outward) -> date:
    """The first day of the last twelve months; the last is today."""
    return later(book.today, YEAR, -1)


def serving(book: Outward) -> Callable[[model.Interaction], frozenset[str]]:
    """Tells the ids of the assignments that an interaction serves: its own, otherwise its network's,
    otherwise those of the hats that were worn there."""
    networks = {one.id: frozenset(one.assignments) for one in book.as_of(None).networks.all()}

    def of(one: model.Interaction) -> frozenset[str]:
        told = frozenset(one.assignments) or networks.get(one.network or model.NetworkId(""))
        return told or frozenset(_worn(book, one))

    return of


def _worn(book: Outward, one: model.Interaction) -> Iterator[str]:
    for part in one.participants:
        role = book.peek(model.Role, part.role or "")
        if role and role.assignment and part.status in PRESENT:
            yield role.assignment


def addressed(book: Outward, assignment: model.Assignment) -> frozenset[str] | None:
    """Ids of the municipalities that `addressee` names; None where it names nothing that is known.

    It is a kind of actor, in whatever words, or names of actors with commas between.
    """
    found: set[str] = set()
    for part in filter(None, map(str.strip, assignment.addressee.split(","))):
        named = _named(book, part)
        if named is None:
            return None
        found |= named
    return frozenset(found) or None


def _named(book: Outward, text: str) -> set[str] | None:
    everybody = actors(book)
    try:
        kind = book.words.lookup("actor_kind", text)
    except KontaktnatError:
        kind = ""
    if kind:
        return {one.id for one in everybody if one.kind == kind == MUNICIPALITY}
    wanted = fold(text)
    named = [one for one in everybody if wanted in (fold(one.name), *map(fold, one.aliases))]
    return {one.id for one in named if one.kind == MUNICIPALITY} if named else None


def holding(book: Outward, after: Mapping[str, str]) -> Mapping[tuple[str, str], list[model.Role]]:
    """By (assignment, municipality) the roles held today that hold it there: at it, at a part of it, or
    covering it. Vacant ones and those of protected people are left out."""
    within = _parts(book)
    found: dict[tuple[str, str], list[model.Role]] = defaultdict(list)
    for role in book.roles.all():
        if role.assignment and role.contact and holds(role.since, role.until, book.today):
            for id in at(role, after, within):
                found[role.assignment, id].append(role)
    return found


def _parts(book: Outward) -> Mapping[str, str]:
    """By id of a part of a municipality (a department), the municipality's."""
    places = {one.id for one in actors(book) if one.kind == MUNICIPALITY}
    return {one.id: one.parent for one in book.actors.all() if one.parent in places}


def at(role: model.Role, after: Mapping[str, str], within: Mapping[str, str]) -> frozenset[str]:
    """Ids of the actors that a role serves, and of the municipalities that they are part of."""
    own = served(role, after)
    return own | {within[id] for id in own if id in within}


@attrs.frozen(kw_only=True, repr=False)
class Call:
    """Somebody was called to a meeting: an invitation, whatever became of it."""

    person: str
    """Id of the contact."""
    places: frozenset[str]
    """Ids of the municipalities for which they were called."""
    day: date
    meeting: model.Interaction
    assignments: frozenset[str]


def calls(book: Outward, after: Mapping[str, str], since: date, until: date) -> Iterator[Call]:
    """The invitations to meetings from `since` to `until` that serve an assignment, in no order.

    Kinds that count are practice's (`invitations`); a cancelled meeting took nobody's time. Roles of
    protected people are left out.
    """
    kinds, within, serves = {*book.practice.invitations}, _parts(book), serving(book)
    for meeting in book.interactions.all():
        if meeting.kind not in kinds or meeting.status == "cancelled" or meeting.when is None:
            continue
        day, assignments = day_of(meeting.when), serves(meeting)
        if not assignments or not since <= day <= until:
            continue
        for id, role in _called(book, meeting).items():
            yield Call(person=id, places=at(role, after, within), day=day, meeting=meeting,
                       assignments=assignments)  # fmt: skip


def _called(book: Outward, meeting: model.Interaction) -> Mapping[str, model.Role]:
    """By id of a contact, the hat in which they were called; a deputy was not, who sent them was."""
    found: dict[str, model.Role] = {}
    for one in meeting.participants:
        hat = one.deputy_for if one.status in _NOT_CALLED else one.role
        role = book.peek(model.Role, hat or "")
        if role and role.contact and role.actor and one.part != "host":
            found.setdefault(role.contact, role)
    return found
