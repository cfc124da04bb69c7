"""Municipality × audience: who has been trained, and who has not, this term of office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import attrs

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.views.contacted import held, inherited, represented, successors
from kontaktnat.views.in_counties import in_counties
from kontaktnat.views.said.training import DEFINITION, TITLE
from kontaktnat.views.standing import left_out, municipalities

_COLUMNS = (
    Column(key="municipality", title="Municipality"),
    Column(key="audience", title="Audience", type="word", vocabulary="audience"),
    Column(key="participants", title="Participants", type="number"),
    Column(key="trainings", title="Trainings", type="number"),
    Column(key="last", title="Last", type="date"),
    Column(key="state", title="State", type="word", vocabulary="training_state"),
    Column(key="id", title="Id", type="id"),
)


def training(book: Outward, /, *, since: date, audience: str = "") -> Table:
    """`since`: the first day that counts; `audience`: the id of a word, "" for all.

    Rows: by municipality in Swedish order, then by audience. A training that says nothing of its audience
    has a row of its own where it reached anybody, with a blank audience.
    """
    held_since = [
        one
        for one in held(book)
        if one.kind == "training"
        and one.when
        and day_of(one.when) >= since
        and audience in ("", one.audience)
    ]
    places = municipalities(book)
    came: dict[tuple[str, str], list[tuple[int, date]]] = defaultdict(list)
    after = successors(book)
    where = placing(book, places, after)
    for one in held_since:
        for place, n in participants(book, one, after, where).items():
            came[place, one.audience].append((n, day_of(one.when or model.PartialDate(1))))
    audiences = (audience,) if audience else (*book.words.of("audience"), "")
    rows = [
        _row(book, place, each, came[place.id, each])
        for place in places
        for each in audiences
        if each or came[place.id, each]
    ]
    notes = [
        Text("{audience}: {n} of {all} municipalities trained", audience=book.words.name("audience", each),
             n=sum(bool(came[place.id, each]) for place in places), all=len(places))
        for each in audiences if each
    ]  # fmt: skip
    table = Table(name="training", title=TITLE, columns=_COLUMNS, rows=tuple(rows),
                 notes=(*notes, *left_out(book, held_since)), definition=DEFINITION)  # fmt: skip
    return in_counties(book, table)


def _row(
    book: Outward, place: model.Actor, audience: str, came: Sequence[tuple[int, date]]
) -> dict[str, Any]:
    return {
        "municipality": name_on(place, book.today),
        "audience": audience or None,
        "participants": sum(n for n, _ in came),
        "trainings": len(came),
        "last": max(day for _, day in came).isoformat() if came else None,
        "state": "trained" if came else "none",
        "id": place.id,
    }


def participants(
    book: Outward,
    one: model.Interaction,
    after: Mapping[str, str],
    where: Callable[[str], frozenset[str]],
) -> dict[str, int]:
    """How many took part, by id of the municipalities that anybody came from; `where` tells an actor's."""
    counts: dict[str, int] = defaultdict(int)
    for headcount in one.headcounts:
        counts[headcount.actor] += headcount.count
    named: dict[str, set[str]] = defaultdict(set)
    for participation in one.participants:
        who = person(book, participation)
        for actor in own(book, participation):
            named[actor] |= {who} if who else set()
    places_of = {actor: where(actor) for actor in {*counts, *named}}
    found: dict[str, int] = {}
    for place in frozenset[str]().union(*places_of.values()):
        here = [actor for actor, ids in places_of.items() if place in ids]
        whole = any(actor in counts and place in inherited((actor,), after) for actor in here)
        counted = sum(counts.get(actor, 0) for actor in here)
        people = set[str]().union(*(named[actor] for actor in here if actor in named))
        theirs = set[str]().union(*(named[actor] for actor in here if actor in counts and actor in named))
        found[place] = counted if whole else counted + len(people - theirs)
    return found


def own(book: Outward, one: model.Participation) -> Iterator[str]:
    """Ids of the actors whose hat somebody wears who is present; a deputy has learnt for its own."""
    alone = attrs.evolve(one, deputy_for=None) if one.role or one.actor else one
    return represented(book, alone)


def person(book: Outward, one: model.Participation) -> str:
    """Who came, once under however many hats; an actor that came as such is nobody to count."""
    role = book.peek(model.Role, one.role or "")
    return (role.contact or role.id) if role else one.contact or ""


def placed(
    book: Outward, places: Sequence[model.Actor], after: Mapping[str, str], actor: str
) -> frozenset[str]:
    """Ids of the municipalities that an actor is, has become, or is placed in."""
    found = book.peek(model.Actor, actor)
    ids = inherited((actor,), after)
    return frozenset(
        one.id for one in places if one.id in ids or (found and found.place and found.place == one.place)
    )


def placing(
    book: Outward, places: Sequence[model.Actor], after: Mapping[str, str]
) -> Callable[[str], frozenset[str]]:
    """Tells the same of actors, of each found out once."""
    return cache(lambda actor: placed(book, places, after, actor))
