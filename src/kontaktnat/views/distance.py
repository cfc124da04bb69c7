"""How many steps it is from us, or from somebody, to the people of every actor: by meetings and posts."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from kontaktnat.i18n import Text
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.acquainted import Acquainted
from kontaktnat.views.contacted import contacted, final, successors
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
    """By id of an actor: what the person there is called to whom it is so far; the first of several. None
    where it is the actor itself that was met."""
    manned: frozenset[str]
    """Ids of actors where anybody who may be seen has a post today."""
    notes: tuple[Text, ...] = ()


def distances(book: Outward, a: str = "") -> Distances:
    """Links are those of the view `path`. `a`: a person, role or actor as one types it.

    Without it we start from ourselves: who has a post at a host of a network (where no network has one, at a
    county administrative board) is no step away. Who was present at an interaction in the book is one, and so
    is an actor that was there: whoever keeps the book seldom stands in it. Protected people are no step on
    the way, and are met at nobody's. Raises NotFound, Ambiguous or Usage for `a`.
    """
    book = book.remembering()
    after = successors(book)
    end = End.of(book, a, after) if a.strip() else None
    known = Acquainted(book, after, {end.id} if end and end.is_person else set())
    ours = {final(after, one.host) for one in book.networks.all() if one.host} or boards(book)
    start = end.people(known) if end else frozenset(who for id in ours for who in known.at(id))
    notes = tuple(end.notes(known)) if end else ()
    met = frozenset() if end else known.met() - start
    there = frozenset() if end else frozenset(contacted(book))
    if not end and not start and not there:
        notes = (Text("nobody has been met, and nobody has a post at us today; say from whom, as in a=NAME"),)
    away = {who: n + 1 for who, n in known.distances(met).items()}
    for who, n in known.distances(start).items():
        away[who] = min(n, away.get(who, n))
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
        if actor.id in there and steps.get(actor.id, 2) > 1:  # itself, whoever it was that came
            steps[actor.id] = 1
            nearest.pop(actor.id, None)
    return Distances(
        start=end.name if end else "",
        steps=steps,
        nearest=nearest,
        manned=frozenset(manned),
        notes=notes,
    )
