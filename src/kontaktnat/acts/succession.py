"""An actor in the place of another, or by another name: old minutes keep what it was called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import attrs

from kontaktnat import codec, model
from kontaktnat.acts.handover import moved_followups, moved_invitations
from kontaktnat.acts.whole import day_given, every, open_followups, save, whole
from kontaktnat.errors import Invalid, Refused
from kontaktnat.model.bonds import in_force
from kontaktnat.model.dates import PartialDate, day_of, holds
from kontaktnat.model.people import names_kept
from kontaktnat.model.walk import relinked
from kontaktnat.staging import refuse_covered

if TYPE_CHECKING:
    from kontaktnat.acting import Day
    from kontaktnat.book import Book


def succeed(
    book: Book, old: model.Actor | str, new: model.Actor | str, on: Day | None
) -> tuple[model.Actor, int]:
    """See `Book.succeed`; the old actor as it is then, and how many records went along."""
    with book.transaction("succession"):
        before, after = whole(book, old, model.Actor, "actor"), whole(book, new, model.Actor, "to")
        refuse_covered(before, old.hidden if isinstance(old, model.Actor) else book._covered_fields(before))
        if before.id in (after.id, *_after(book, after)):
            raise Refused("{name} cannot be its own successor", name=before.name)
        if before.succeeded_by not in (None, after.id):
            raise Refused("{name} has a successor already; kontaktnat set {id} succeeded_by=… corrects it",
                          name=before.name, id=before.id)  # fmt: skip
        day = day_given(book, on)
        count = len([*_roles_moved(book, before.id, after.id, day)])
        for network in every(book, model.Network):
            if members := _members_moved(network, before.id, after.id, day):
                save(book, network, members=members)
                count += 1
        for one in (*open_followups(book), *_unsettled(book, day)):
            hushed = isinstance(one, model.FollowUp) and book._covered_fields(one)  # one of them has the hat
            if not hushed and (moved := relinked(one, before.id, after.id)) != one:
                save(book, moved)
                count += 1
        count += len([*_places_taken(book, before, after, day)])
        count += len([*_areas_moved(book, before.id, after.id, day)])
        done = save(book, before, succeeded_by=after.id, succeeded_on=day)
        return book.actors.get(done.id), count


def _places_taken(book: Book, old: model.Actor, new: model.Actor, day: PartialDate) -> Iterator[str]:
    """What has no dates of its own goes over where the day has come: who hosts, whose part, how often."""
    if old.cadence and not new.cadence:
        yield save(book, new, cadence=old.cadence).id
    if day.first > book.today:
        return
    for network in every(book, model.Network):
        if network.host == old.id:
            yield save(book, network, host=new.id).id
    for actor in every(book, model.Actor):
        if actor.parent == old.id:
            yield save(book, actor, parent=new.id if actor.id != new.id else old.parent).id


def rename(book: Book, actor: model.Actor | str, name: str, on: Day | None) -> model.Actor:
    """See `Book.rename`."""
    with book.transaction("rename"):
        old = whole(book, actor, model.Actor, "actor")
        day = day_given(book, on)
        if day.first > book.today:
            raise Invalid("on: {day} is still to come; write a day that has been", path="on", day=day)
        if name == old.name:
            return book.actors.get(old.id)
        names = names_kept(old, day)
        return book.update(book.actors.get(old.id), name=name, names=names)


def _roles_moved(book: Book, old: str, new: str, day: PartialDate) -> Iterator[str]:
    """Whoever has a role at or for the old actor then has it at or for the new one from that day.

    But for who is protected: a role that ends that day would tell where. The old actor counts as its
    successor, so theirs is in the right place where it is.
    """
    for role in every(book, model.Role):
        if old not in (role.actor, *role.covers) or not holds(None, role.until, day.first):
            continue
        covered = book._covered_fields(role)
        if "actor" in covered:
            continue
        told = not covered  # how many go along, at a protected actor, is not
        if not holds(role.since, None, day.first):  # it begins later, and then at the new one
            save(book, relinked(role, old, new))
            yield from [role.id] if told else ()
            continue
        fresh = attrs.evolve(relinked(role, old, new), id=model.RoleId(book._fresh_id()), rev=0, since=day)
        book._stage(fresh, None, book._last_rev(fresh.id), origin="archive")
        save(book, role, until=day)
        ids: dict[str, str | None] = {role.id: fresh.id, old: new}
        moved = (*moved_followups(book, role.id, ids, {}, day), *moved_invitations(book, role.id, fresh, day))
        yield from (role.id, *moved) if told else ()


def _members_moved(network: model.Network, old: str, new: str, day: PartialDate) -> tuple[model.Member, ...]:
    """Its members then; empty where the old actor is not among them."""
    left = [one for one in network.members if one.actor == old and holds(one.since, one.until, day.first)]
    later = [one for one in network.members if one.actor == old and not holds(one.since, None, day.first)]
    if not left and not later:
        return ()
    members = [
        attrs.evolve(one, until=day) if one in left
        else attrs.evolve(one, actor=model.ActorId(new)) if one in later
        else one
        for one in network.members
    ]  # fmt: skip
    if not left:
        return tuple(members)
    there = any(one.actor == new and holds(one.since, one.until, day.first) for one in members)
    came = () if there else (attrs.evolve(left[-1], actor=model.ActorId(new), since=day),)
    return (*members, *came)


def _areas_moved(book: Book, old: str, new: str, day: PartialDate) -> Iterator[str]:
    """Which municipalities belong to a police area is no agreement with it: they go over on that day."""
    for bond in every(book, model.Commitment):
        there = old in (bond.actor, *bond.parties) and in_force(bond, day.first)
        if bond.kind == "local_police_area" and there:
            id = model.CommitmentId(book._fresh_id())
            fresh = attrs.evolve(relinked(bond, old, new), id=id, rev=0, valid_from=day)
            book._stage(fresh, None, book._last_rev(id), origin="archive")
            yield save(book, bond, valid_until=day).id


def _unsettled(book: Book, day: PartialDate) -> list[model.Interaction]:
    """Meetings planned from that day on: to these the actor itself may be invited."""
    planned = [one for one in every(book, model.Interaction) if one.status == "planned"]
    return [one for one in planned if one.when is None or day_of(one.when) >= day.first]


def _after(book: Book, actor: model.Actor) -> list[str]:
    """The successors of an actor, one after the other, whenever they follow."""
    found: list[str] = []
    while actor.succeeded_by and actor.succeeded_by not in found:
        found.append(actor.succeeded_by)
        if (doc := book._now.get("actor", actor.succeeded_by)) is not None:
            actor = codec.from_doc(model.Actor, doc)
    return found
