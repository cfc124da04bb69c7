"""A post to whoever holds it next. What is open goes along, what has been stays."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import model
from kontaktnat.acts.whole import day_given, every, open_followups, save, whole
from kontaktnat.errors import Invalid, Refused
from kontaktnat.model.dates import PartialDate, day_of, holds, to_date
from kontaktnat.model.terms import term_on
from kontaktnat.staging import refuse_covered
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.acting import Day
    from kontaktnat.book import Book


@attrs.frozen(kw_only=True, repr=False)
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
        old = whole(book, role, model.Role, "role")
        refuse_covered(old, role.hidden if isinstance(role, model.Role) else book._covered_fields(old))
        person = None if to is None else whole(book, to, model.Contact, "to")
        day = day_given(book, on)
        _may_hand_over(book, old, person, day)
        new = _next_role(book, old, person, day)
        closed = _closed(book, old, person, day) if new.id != old.id else new
        renamed = _names(book, old.contact, person)
        ids: dict[str, str | None] = {old.id: new.id}
        if old.contact:
            ids[old.contact] = new.contact
        moved = tuple(moved_followups(book, old.id, ids, renamed, day))
        invited = tuple(moved_invitations(book, old.id, new, day))
        stay = tuple(
            one.id
            for one in open_followups(book)
            if old.contact not in (None, new.contact)
            and old.id not in one.about
            and old.contact in book.followups.get(one.id).about
        )
        return Handover(closed=closed, role=new, followups=moved, invitations=invited, stay=stay)


def _may_hand_over(book: Book, role: model.Role, person: model.Contact | None, day: PartialDate) -> None:
    if role.since and day.last < role.since.first:
        raise Invalid("on: {day} is before the role began ({since}); write that day or a later one",
                      path="on", day=day, since=role.since)  # fmt: skip
    if person is None and role.contact is None:
        raise Refused("the post is vacant already ({id}); name somebody with --to", id=role.id)
    ended = role.until is not None and role.until.last <= day.last
    anew = ended or (_elected(book, role) and role.since != day)
    if person is not None and person.id == role.contact and not anew:
        raise Refused("{name} holds it already ({id})", name=person.name, id=role.id)
    now = _holder(book, role, day) if ended and role.contact else None
    if now and not (person and now.contact == person.id):
        raise Refused("{name} has had it since {since}; hand that one over: {id}", id=now.id,
                      name=book.contacts.get(now.contact or "").name, since=now.since or "?")  # fmt: skip


def _holder(book: Book, role: model.Role, day: PartialDate) -> model.Role | None:
    """Another role of the same post that is held on a day, as far as that may be seen."""
    for one in _same_post(book, role):
        if one.contact and holds(one.since, one.until, day.first) and not book._covered_fields(one):
            return one
    return None


def _same_post(book: Book, role: model.Role) -> Iterator[model.Role]:
    """Other roles at that actor, of that function, covering the same."""
    for one in every(book, model.Role):
        same = (one.actor, one.function, {*one.covers}) == (role.actor, role.function, {*role.covers})
        if same and one.id != role.id:
            yield one


def _elected(book: Book, role: model.Role) -> str:
    """The body whose term of office a role follows, so that somebody may hold it anew; "": none."""
    word = book.words.of("function").get(role.function)
    return word.elected if word else ""


def _next_role(book: Book, old: model.Role, person: model.Contact | None, day: PartialDate) -> model.Role:
    """The role held from that day."""
    if person and (held := _held_already(book, old, person, day)):
        # What was to begin later begins on the day that is named.
        later = held.since is not None and held.since.first > day.last
        return save(book, held, since=day) if later else held
    if person and not person.protected and (vacancy := _vacancy(book, old, day)):
        return save(book, vacancy, contact=person.id, since=day)
    until = old.until if old.until and old.until.last > day.last else None
    if person and until is None and (body := _elected(book, old)):
        until = to_date(term_on(body, day.first)[1])
    fresh = attrs.evolve(
        old,
        id=model.RoleId(book._fresh_id()),
        rev=0,
        contact=person.id if person else None,
        since=day,
        until=until,
        ways=tuple(way for way in old.ways if holds(way.since, way.until, day.first)),
    )
    return book._stage(fresh, None, book._last_rev(fresh.id), origin="archive")


def _vacancy(book: Book, old: model.Role, day: PartialDate) -> model.Role | None:
    """The vacant post that is filled where it stands: itself, or the one that was to follow it.

    Not where a meeting has told of it, for it was vacant then; nor before a day to come, until which it is.
    Nor by one who is protected: its id may be known.
    """
    if old.contact is None:
        return old if day.first <= book.today and not told_of(book, old.id) else None
    for one in _same_post(book, old) if old.until and old.until.first > day.last else ():
        if one.contact is None and one.since == old.until:
            return one
    return None


def told_of(book: Book, role: str) -> bool:
    """Whether what has been points at a role: as taking part, or as whom a deputy stood in for."""
    return any(
        role in (part.role, part.deputy_for)
        for one in every(book, model.Interaction)
        if one.status != "planned"
        for part in one.participants
    )


def _held_already(book: Book, old: model.Role, person: model.Contact, day: PartialDate) -> model.Role | None:
    """The same post in that person's hands already: they were added before the handover."""
    for one in _same_post(book, old):
        if one.contact == person.id and holds(None, one.until, day.last):
            # Of one that is covered nothing is compared: the answer would tell where they work.
            return None if book._covered_fields(one) else one
    return None


def _closed(book: Book, role: model.Role, person: model.Contact | None, day: PartialDate) -> model.Role:
    """The role ended on that day, and the ways to reach it with it; one that ended before stays so."""
    if role.until and role.until.last <= day.last:
        return role
    if role.contact is None and person and person.protected:
        return role  # a vacancy that ends on the day they begin would tell the workplace
    ways = tuple(attrs.evolve(way, until=day) if _goes_on(way, day) else way for way in role.ways)
    return save(book, role, until=day, ways=ways)


def _goes_on(way: model.Way, day: PartialDate) -> bool:
    return way.until is None and (way.since is None or way.since.first <= day.last)


def _names(book: Book, leaves: str | None, comes: model.Contact | None) -> Mapping[str, str]:
    """Whose follow-ups become whose, where owners are written as people are called."""
    doc = book._now.get("contact", leaves) if leaves else None
    return {fold(str(doc["name"])): comes.name} if doc and comes else {}


def moved_followups(
    book: Book, role: str, ids: Mapping[str, str | None], names: Mapping[str, str], day: PartialDate
) -> Iterator[str]:
    """Those about the role; before a day to come, not what is due until then."""
    theirs = _is_covered(book, role)
    for one in open_followups(book):
        seen = book.followups.get(one.id)
        if "about" in seen.hidden and role not in seen.about and not theirs:
            continue  # somebody protected is in it: that it goes along would tell with whom
        changes: dict[str, Any] = {}
        before = day.first > book.today and one.due is not None and one.due.last < day.first
        if role not in one.about or before:
            continue  # whoever leaves may have other hats, and what is seen to in those stays theirs
        about = (ids.get(id, id) for id in one.about)
        changes["about"] = tuple(dict.fromkeys(id for id in about if id))
        if owner := names.get(fold(one.owner)):
            changes["owner"] = owner
        yield save(book, one, **changes).id


def _is_covered(book: Book, role: str) -> bool:
    """Whether it is of somebody protected, or at somebody who is."""
    seen = book.peek(model.Role, role)
    return seen is not None and bool(seen.hidden)


def moved_invitations(book: Book, role: str, new: model.Role, day: PartialDate) -> Iterator[str]:
    """Of planned meetings from that day on: a hat is worn only when one comes.

    Where only the new hat is covered the actor is invited itself, as to every meeting: a name in the place
    of another would tell where they work.
    """
    mine: dict[str, Any] = {"role": new.id}
    theirs = _is_covered(book, role)
    if book._covered_fields(new) and not theirs:
        mine = {"role": None, "actor": new.actor}
    for one in every(book, model.Interaction):
        if one.status == "planned" and one.when and day_of(one.when) >= day.first:
            there = {part.role for part in one.participants} | {part.actor for part in one.participants}
            known = new.id != role and (mine["role"] or mine["actor"]) in there
            seen = book.interactions.get(one.id)
            # For whom somebody protected stands in, is not told by what goes along.
            told = [theirs or part.deputy_for is not None for part in seen.participants]
            parts = tuple(
                attrs.evolve(part, **mine)
                if part.role == role
                else attrs.evolve(part, deputy_for=new.id)
                if part.deputy_for == role and mine["role"] and told[n]
                else part
                for n, part in enumerate(one.participants)
                if part.role != role or not known
            )
            if parts != one.participants:
                yield save(book, one, participants=parts).id
