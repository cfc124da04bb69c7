"""Who has been in contact with us, and when: what silence, cadence and vacancies are reckoned from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kontaktnat import model
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward

PRESENT = ("attended", "deputy")
"""Of a participation: somebody was there."""


def held(book: Outward) -> list[model.Interaction]:
    """What has been held by today (or the as-of day), oldest first; what has no date is left out.

    So is what by its kind is no contact: an automatic answer.
    """
    none = {kind.id for kind in book.words.of("interaction_kind").values() if not kind.contact}
    found = in_order(book.interactions.where(status="held"))
    return [one for one in found if _day(one) <= book.today and one.kind not in none]


def in_order(interactions: Iterable[model.Interaction]) -> list[model.Interaction]:
    """Those that have a date, oldest first."""
    return sorted((one for one in interactions if one.when), key=lambda one: (_day(one), one.id))


def day(book: Outward, one: model.Interaction) -> date:
    """The day by which hats are told; of what has no date today."""
    return day_of(one.when) if one.when else book.today


def _day(one: model.Interaction) -> date:
    assert one.when
    return day_of(one.when)


def contacted(book: Outward) -> Mapping[str, list[model.Interaction]]:
    """By id of an actor, contact, role or network, the interactions that reached it, oldest first.

    An actor is reached through anyone who wears one of its hats, at it or covering it, and a successor
    through those it succeeds. Who was only invited, or absent, was not reached.
    """
    found: dict[str, list[model.Interaction]] = defaultdict(list)
    after = successors(book)
    for interaction in held(book):
        ids = {id for one in interaction.participants for id in reached(book, one, _day(interaction))}
        ids |= {one.actor for one in interaction.headcounts}
        for id in inherited(ids, after) | ({interaction.network} if interaction.network else set()):
            found[id].append(interaction)
    return found


def last_days(book: Outward) -> Mapping[str, date]:
    """By id as in `contacted`, the day of the latest contact."""
    return {id: day_of(met[-1].when) for id, met in contacted(book).items() if met[-1].when}


def reached(book: Outward, one: model.Participation, on: date) -> Iterator[str]:
    """Ids of the role, contact and actors that were present in a participation, of what was on that day."""
    if one.status in PRESENT:
        yield from (id for id in (one.contact, one.actor, one.role) if id)
        yield from represented(book, one, on)
        if (role := book.peek(model.Role, one.role or "")) and role.contact:
            yield role.contact


def person_in(book: Outward, one: model.Participation) -> str:
    """Id of the contact who takes part, in a hat or as such; "" for an actor, and for a vacant post."""
    role = book.peek(model.Role, one.role) if one.role else None
    return (role.contact if role else one.contact) or ""


def represented(book: Outward, one: model.Participation, on: date) -> Iterator[str]:
    """Ids of the actors for whom somebody was present, a deputy also for those of whom it stands in for.

    `on`: the day of what it is a part in.
    """
    if one.status not in PRESENT:
        return
    if one.actor:
        yield one.actor
    if one.contact:
        yield from in_any_hat(book, one.contact, on)
    for id in (one.role, one.deputy_for):
        if role := book.peek(model.Role, id or ""):
            yield from (actor for actor in (role.actor, *role.covers) if actor)


def in_any_hat(book: Outward, contact: str, on: date) -> frozenset[str]:
    """Ids of the actors for which a person is there, in whichever of the hats that they had that day.

    Where it is not told in which: of hats at different actors there is none, nor where they are covered.
    """
    served: list[frozenset[str]] = [
        frozenset(id for id in (role.actor, *role.covers) if id) for role in book.hats(contact, on)
    ]
    return frozenset.intersection(*served) if served else frozenset()


def successors(book: Outward) -> Mapping[str, str]:
    """By id of an actor, the actor that has succeeded it."""
    whole = book.as_of(None)  # as of a day, those that are gone are not listed
    return {
        one.id: one.succeeded_by
        for one in whole.actors.all()
        if one.succeeded_by and (one.succeeded_on is None or one.succeeded_on.last <= book.today)
    }


def following(after: Mapping[str, str], id: str) -> Iterator[str]:
    """The successors of an actor, one after the other; a circle is walked once."""
    seen = {id}
    while (id := after.get(id, "")) and id not in seen:
        seen.add(id)
        yield id


def final(after: Mapping[str, str], id: str) -> str:
    """The actor that there is now for one that may have been succeeded."""
    return [id, *following(after, id)][-1]


def inherited(ids: Iterable[str | None], after: Mapping[str, str]) -> frozenset[str]:
    """The ids and those of all successors."""
    own = {id for id in ids if id}
    return frozenset(own.union(*(following(after, id) for id in own)))
