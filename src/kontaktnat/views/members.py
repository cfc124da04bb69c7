"""Who belongs to a network on a day, who represents whom in it, and what it has not solved yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from kontaktnat import model
from kontaktnat.model.dates import day_of, holds
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import in_order
from kontaktnat.views.standing import is_covered


def members(network: model.Network, on: date) -> list[model.ActorId]:
    """Ids of the actors that are members on a day, each once."""
    return list(dict.fromkeys(one.actor for one in network.members if holds(one.since, one.until, on)))


def representatives(
    book: Outward, network: model.Network, on: date
) -> Mapping[model.ActorId, list[model.Role]]:
    """By member the roles that represent it on a day, held by somebody; a person in one hat only.

    Those at the member or covering it, of the network's functions; where it names none, all at the member.
    Members, and the people of each, stand in Swedish order.
    """
    then = book.as_of(on)
    names = {id: one.name for id in members(network, on) if (one := book.peek(model.Actor, id))}
    held: dict[str, list[model.Role]] = defaultdict(list)
    for role in then.roles.all():
        if role.contact and role.actor and (not network.functions or role.function in network.functions):
            for actor in {role.actor, *(role.covers if network.functions else ())}:
                held[actor].append(role)
    found: dict[model.ActorId, list[model.Role]] = {}
    for id in sorted(names, key=lambda id: collation_key(names[id])):
        people = {one.contact: one for one in reversed(held[id])}
        found[id] = sorted(people.values(), key=lambda one: _name(book, one))
    return found


def is_hushed(book: Outward, network: model.Network, on: date) -> bool:
    """Whether somebody protected may represent a member: then of none it may be said that nobody does."""
    return any(
        one.contact and is_covered(one) and (not network.functions or one.function in network.functions)
        for one in book.as_of(on).roles.all()
    )


def _name(book: Outward, role: model.Role) -> tuple[tuple[str, str], str]:
    person = book.peek(model.Contact, role.contact or "")
    return collation_key(person.name if person else ""), role.id


def unsolved(book: Outward, network: str, before: date) -> list[model.Topic]:
    """Problems that earlier meetings of the network discussed and that were open that day, oldest first.

    Neither closed nor lifted: what is lifted is followed by the view `lifted`.
    """
    then = book.as_of(before)
    held = in_order(then.interactions.where(network=model.NetworkId(network), status="held"))
    met = [one for one in held if one.when and day_of(one.when) < before]
    topics = [then.peek(model.Topic, id) for id in dict.fromkeys(id for one in met for id in one.topics)]
    return [one for one in topics if one and one.kind == "problem" and one.status in ("open", "draft")]


def agenda(book: Outward, meeting: model.Interaction) -> list[model.Topic]:
    """The topics of a meeting: its own, then what its network has not solved yet."""
    own = [found for id in meeting.topics if (found := book.peek(model.Topic, id))]
    if not meeting.network or not meeting.when:
        return own
    carried = unsolved(book, meeting.network, day_of(meeting.when))
    return own + [one for one in carried if one.id not in meeting.topics]
