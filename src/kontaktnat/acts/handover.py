"""A post to whoever holds it next. What is open goes along, what has been stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import model
from kontaktnat.acts.whole import Day, day_given, every, open_followups, save
from kontaktnat.errors import Invalid, Refused
from kontaktnat.model.dates import PartialDate, day_of, holds
from kontaktnat.model.names import type_label
from kontaktnat.staging import refuse_covered
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book


@attrs.frozen(kw_only=True)
class Handover:
    """What a handover did."""

    closed: model.Role
    """The role that has ended; of a vacant post that was filled, that post."""
    role: model.Role
    """The role that is held from that day: a new one, the post filled, or one that was there already."""
    followups: tuple[str, ...]
    """Ids of the open follow-ups that went along."""
    invitations: tuple[str, ...]
    """Ids of the planned meetings to which the new holder is invited instead."""
    stay: tuple[str, ...]
    """Ids of open follow-ups about the person who leaves, not about the role: they stay."""


def handover(book: Book, role: model.Role | str, to: model.Contact | str | None, on: Day | None) -> Handover:
    """See `Book.handover`."""
    with book.transaction("handover"):
        old = book._raw(role)
        if not isinstance(old, model.Role):
            raise Invalid(
                "{id} is no role but of type {type}", path="role", id=old.id, type=type_label(old.type)
            )
        refuse_covered(old, role.hidden if isinstance(role, model.Role) else book._covered_fields(old))
        person = None if to is None else book._raw(to)
        if person is not None and not isinstance(person, model.Contact):
            raise Invalid(
                "{id} is no contact but of type {type}", path="to", id=person.id, type=type_label(person.type)
            )
        day = day_given(book, on)
        _may_hand_over(book, old, person, day)
        new = _next_role(book, old, person, day)
        closed = (
            _closed(book, old, day, unseen=bool(person and person.protected)) if new.id != old.id else new
        )
        renamed = _names(book, old.contact, person)
        ids: dict[str, str | None] = {old.id: new.id}
        if old.contact:
            ids[old.contact] = new.contact
        moved = tuple(moved_followups(book, old.id, ids, renamed))
        invited = tuple(moved_invitations(book, old.id, new, day))
        stay = tuple(
            one.id
            for one in every(book, model.FollowUp)
            if old.contact not in (None, new.contact) and old.contact in one.about and one.done_on is None
        )
        return Handover(closed=closed, role=new, followups=moved, invitations=invited, stay=stay)


def _may_hand_over(book: Book, role: model.Role, person: model.Contact | None, day: PartialDate) -> None:
    if role.since and day.last < role.since.first:
        raise Invalid("on: {day} is before the role began ({since}); write that day or a later one",
                      path="on", day=day, since=role.since)  # fmt: skip
    if person is None and role.contact is None:
        raise Refused("the post is vacant already ({id}); name somebody with --to", id=role.id)
    same = person is not None and person.id == role.contact
    if person and same and not (_elected(book, role) and (role.since is None or role.since != day)):
        raise Refused("{name} holds it already ({id})", name=person.name, id=role.id)


def _elected(book: Book, role: model.Role) -> bool:
    """Whether somebody may hold it anew: for the next term of office."""
    word = book.words.of("function").get(role.function)
    return bool(word and word.elected)


def _next_role(book: Book, old: model.Role, person: model.Contact | None, day: PartialDate) -> model.Role:
    """The role held from that day."""
    if person and (held := _held_already(book, old, person, day)):
        # What was to begin later begins on the day that is named.
        later = held.since is not None and held.since.first > day.last
        return save(book, held, since=day) if later else held
    ahead = old.until if old.until and old.until.last > day.last else None
    if old.contact is None and person and not person.protected and day.first <= book.today:
        # A vacant post is filled where it stands; but not by one who is protected: its id may be known.
        return save(book, old, contact=person.id, since=day)
    fresh = attrs.evolve(
        old,
        id=model.RoleId(book._fresh_id()),
        rev=0,
        contact=person.id if person else None,
        since=day,
        until=ahead,
        ways=tuple(way for way in old.ways if holds(way.since, way.until, day.first)),
    )
    return book._stage(fresh, None, book._last_rev(fresh.id), origin="archive")


def _held_already(book: Book, old: model.Role, person: model.Contact, day: PartialDate) -> model.Role | None:
    """The same post in that person's hands already: they were added before the handover."""
    for one in every(book, model.Role):
        same = (one.contact, one.actor, one.function) == (person.id, old.actor, old.function)
        if same and one.id != old.id and {*one.covers} == {*old.covers} and holds(None, one.until, day.last):
            return one
    return None


def _closed(book: Book, role: model.Role, day: PartialDate, *, unseen: bool) -> model.Role:
    """The role ended on that day, and the ways to reach it with it; one that ended before stays so.

    `unseen`: one who is protected comes, and the end of a vacancy would tell where.
    """
    if role.until and role.until.last <= day.last:
        return role
    if role.contact is None and (day.first <= book.today or unseen):
        return role
    ways = tuple(attrs.evolve(way, until=day) if _goes_on(way, day) else way for way in role.ways)
    return save(book, role, until=day, ways=ways)


def _goes_on(way: model.Way, day: PartialDate) -> bool:
    return way.until is None and (way.since is None or way.since.first <= day.last)


def _names(book: Book, leaves: str | None, comes: model.Contact | None) -> Mapping[str, str]:
    """Whose follow-ups become whose, where owners are written as people are called."""
    doc = book._now.get("contact", leaves) if leaves else None
    return {fold(str(doc["name"])): comes.name} if doc and comes else {}


def moved_followups(
    book: Book, role: str, ids: Mapping[str, str | None], names: Mapping[str, str]
) -> Iterator[str]:
    for one in open_followups(book):
        changes: dict[str, Any] = {}
        if role in one.about:
            about = (ids.get(id, id) for id in one.about)
            changes["about"] = tuple(dict.fromkeys(id for id in about if id))
        if owner := names.get(fold(one.owner)):
            changes["owner"] = owner
        if changes:
            yield save(book, one, **changes).id


def moved_invitations(book: Book, role: str, new: model.Role, day: PartialDate) -> Iterator[str]:
    """Of planned meetings from that day on: a hat is worn only when one comes."""
    for one in every(book, model.Interaction):
        if one.status == "planned" and one.when and day_of(one.when) >= day.first:
            there = {part.role for part in one.participants}
            parts = tuple(
                attrs.evolve(part, role=new.id) if part.role == role else part
                for part in one.participants
                if part.role != role or new.id == role or new.id not in there
            )
            if parts != one.participants:
                yield save(book, one, participants=parts).id
