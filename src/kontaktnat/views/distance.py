"""How many steps it is from us, or from somebody, to the people of every actor: by meetings and posts."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from kontaktnat.i18n import Text
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.acquainted import Acquainted
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.path import End
from kontaktnat.views.standing import boards


@frozen(kw_only=True, repr=False)
class Distances:
    """From where, and how far each actor is that can be reached."""

    start: str
    """Whom one starts from, by name; "" for ourselves."""
    steps: Mapping[str, int]
    """By id of an actor: 0 where one of the start has a post, 1 where somebody is whom these know, …"""
    nearest: Mapping[str, str]
    """By id of an actor: what the person there is called to whom it is so far; the first of several."""
    manned: frozenset[str]
    """Ids of actors where anybody who may be seen has a post today."""
    notes: tuple[Text, ...] = ()


def distances(book: Outward, a: str = "") -> Distances:
    """Links are those of the view `path`. `a`: a person, role or actor as one types it.

    Without it we start from ourselves: who has a post at a host of a network; where no network has one, at a
    county administrative board. Protected people are no step on the way, and are met at nobody's. Raises
    NotFound, Ambiguous or Usage for `a`.
    """
    book = book.remembering()
    after = successors(book)
    end = End.of(book, a, after) if a.strip() else None
    known = Acquainted(book, after, {end.id} if end and end.is_person else set())
    ours = {final(after, one.host) for one in book.networks.all() if one.host} or boards(book)
    start = end.people(known) if end else frozenset(who for id in ours for who in known.at(id))
    notes = tuple(end.notes(known)) if end else ()
    if not end and not start:
        notes = (
            Text("nobody has a post at us today: at a host of a network, or at a county board; say a=WHO"),
        )
    away = known.distances(start)
    steps: dict[str, int] = {}
    nearest: dict[str, str] = {}
    manned = []
    for actor in book.actors.all():
        people = known.at(actor.id)
        if people:
            manned.append(actor.id)
        if reached := [who for who in people if who in away]:
            steps[actor.id] = least = min(away[who] for who in reached)
            names = (known.name(who) for who in reached if away[who] == least)
            nearest[actor.id] = min(names, key=collation_key)
    return Distances(
        start=end.name if end else "",
        steps=steps,
        nearest=nearest,
        manned=frozenset(manned),
        notes=notes,
    )
