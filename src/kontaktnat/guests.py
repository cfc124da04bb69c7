"""Who a guest of a calendar's meeting is: an address → the hat worn that day, the person, or the actor.

Never a guess: whoever is not surely known waits in quarantine, and is put into the meeting once that is
decided. Nothing is looked up among what is covered, so that no address is confirmed as a protected person's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypedDict

import attrs

from kontaktnat import codec, model
from kontaktnat.descriptors import Change
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, tr
from kontaktnat.ignoring import is_ignored
from kontaktnat.judge import judge_change
from kontaktnat.matching import mail_key
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.dates import day_of, holds
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward

MEETINGS = "meetings"
"""Key of what waits under which the meetings stand to which somebody unknown was invited."""
MAKES = "makes"
"""Key of such a meeting under which stands what is made once it is known who the one who waits is."""
_MADE_OF = ("interaction", "guests")
_SOURCE = "guest:"
TOLD = ("attended", "deputy", "absent")
"""Of a participation: somebody has said who came."""


@attrs.frozen(kw_only=True, repr=False)
class Guest:
    """Somebody in a calendar's event. `mail` in one spelling; "" where only a name is said."""

    mail: str
    name: str
    status: str
    part: str
    needed: bool = False
    """Of a mail: without one of these there is nothing to make."""
    mailed: bool = False
    """It is no meeting that they were invited to, but a mail."""
    stands_for: str = ""
    """The address of whoever sent them in their own place, as an answer says."""
    deputy_for: str = ""
    """The id of that one's role, once it is known."""

    @classmethod
    def of(cls, said: Mapping[str, Any], *, mailed: bool = False) -> Guest:
        """From what an importer says; raises Invalid for a status or part that there is not."""
        status, part = str(said.get("status") or "invited"), str(said.get("part") or "member")
        _refuse_unknown(status, part)
        mail, stands_for = (mail_key(str(said.get(name) or "")) for name in ("mail", "stands_for"))
        name = " ".join(str(said.get("name") or "").split())
        needed = bool(said.get("needed"))
        return cls(mail=mail, name=name, status=status, part=part, needed=needed, mailed=mailed,
                   stands_for=stands_for)  # fmt: skip

    @property
    def key(self) -> str:
        """The same for the same guest."""
        return self.mail or f"name:{fold(self.name)}"


@cache
def _refuse_unknown(status: str, part: str) -> None:
    model.Participation(who="-", status=status, part=part)  # its validators judge


class _Whom(TypedDict, total=False):
    """Who takes part: one of these."""

    role: model.RoleId
    contact: model.ContactId
    actor: model.ActorId


class Guests:
    """Whose addresses are whose, by what may be seen; built once for an import."""

    def __init__(self, book: Outward) -> None:
        self._by_mail: dict[str, list[tuple[model.Record, model.Way]]] = defaultdict(list)
        self._named: dict[str, list[model.Contact | model.Actor]] = defaultdict(list)
        self._roles: dict[str, list[model.Role]] = defaultdict(list)
        self._contact_of: dict[str, str] = {}
        people: list[model.Contact | model.Actor] = [*book.contacts.all(), *book.actors.all()]
        self._people: dict[str, model.Contact | model.Actor] = {
            one.id: one for one in people if not one.hidden
        }
        for one in self._people.values():
            self._named[_plain(one.name)].append(one)
        for role in book.roles.all():
            if role.contact and not role.hidden and role.contact in self._people:
                self._roles[role.contact].append(role)
                self._contact_of[role.id] = role.contact
        seen: list[model.Contact | model.Actor | model.Role] = [*self._people.values()]
        seen += [role for roles in self._roles.values() for role in roles]
        seen += [role for role in book.roles.all() if not role.contact and not role.hidden]
        for record in seen:
            for way in record.ways:
                if way.kind == "mail":
                    self._by_mail[mail_key(way.value)].append((record, way))

    def who(self, guest: Guest, on: date) -> model.Participation | None:
        """As what somebody takes part; None where nobody is surely known.

        An address that is an actor's is its shared mailbox. Of a person's hats the one whose address it is is
        worn, or the only one of that day; of several the person takes part, for which hat is not told. Whom
        all of these serve was in contact all the same (`views.contacted.in_any_hat`); where only those that
        have the address are at one actor, it is the one of them that began first.
        """
        if guest.mail:
            found = self._by_address(guest, on)
        else:
            named = self._named.get(_plain(guest.name), ()) if guest.name else ()
            found = self._as(named[0], (), on) if len(named) == 1 else None
        if found is None:
            return None
        deputy_for = model.RoleId(guest.deputy_for) if guest.deputy_for else None
        return model.Participation(**found, status=guest.status, part=guest.part, deputy_for=deputy_for)

    def standing(self, guest: Guest, on: date) -> Guest:
        """A guest with the role of whoever they stand for, where that one is surely known and in one hat."""
        if not guest.stands_for or guest.stands_for == guest.mail:
            return guest
        of = self.who(Guest(mail=guest.stands_for, name="", status="invited", part="member"), on)
        return attrs.evolve(guest, deputy_for=of.role) if of and of.role else guest

    def person(self, one: model.Participation) -> str:
        """The id by which somebody is the same in whichever hat."""
        return self._person(one)

    def _by_address(self, guest: Guest, on: date) -> _Whom | None:
        valid = [one for one, way in self._by_mail.get(guest.mail, ()) if holds(way.since, way.until, on)]
        actors = {one.id: one for one in valid if isinstance(one, model.Actor)}
        if actors:
            return self._as(next(iter(actors.values())), (), on) if len(actors) == 1 else None
        hats = [one for one in valid if isinstance(one, model.Role) and holds(one.since, one.until, on)]
        ids = dict.fromkeys(one.id for one in valid if isinstance(one, model.Contact))
        ids |= dict.fromkeys(role.contact for role in hats if role.contact)
        persons = {id: self._people[id] for id in ids}
        if len(persons) > 1:
            persons = {id: one for id, one in persons.items() if _plain(one.name) == _plain(guest.name)}
        if len(persons) == 1:
            return self._as(next(iter(persons.values())), hats, on)
        posts = [role for role in hats if not role.contact]
        if not persons and len(hats) == len(posts) == 1:
            return {"role": posts[0].id}
        return None

    def _as(self, who: model.Contact | model.Actor, hats: Sequence[model.Role], on: date) -> _Whom:
        if isinstance(who, model.Actor):
            return {"actor": who.id}
        worn = [role for role in self._roles[who.id] if holds(role.since, role.until, on)]
        theirs = [role for role in hats if role.contact == who.id]
        fit = theirs or worn
        at = {role.actor for role in theirs}
        if len(at) == 1 and at != {role.actor for role in worn}:  # the address tells the actor
            fit = [min(theirs, key=_beginning)]
        return {"role": fit[0].id} if len(fit) == 1 else {"contact": who.id}

    def hat(self, contact: str, on: date) -> model.Participation:
        """As what a person takes part on a day: see `who`."""
        who = self._people.get(contact)
        whom = self._as(who, (), on) if who else _Whom(contact=model.ContactId(contact))
        return model.Participation(**whom)

    def may_be(self, guest: Guest) -> tuple[str, ...]:
        """Ids of people who had that address on another day, or bear that name."""
        owners = (one for one, _ in self._by_mail.get(guest.mail, ()))
        ids = {one.contact if isinstance(one, model.Role) else one.id for one in owners}
        ids |= {one.id for one in self._named.get(_plain(guest.name), ())}
        return tuple(sorted(id for id in ids if id and isinstance(self._people.get(id), model.Contact)))

    def same(self, one: model.Participation, other: model.Participation) -> bool:
        """Whether both are the same person or actor, in whichever hat."""
        return self._person(one) == self._person(other) or _taking_part(one) == _taking_part(other)

    def _person(self, one: model.Participation) -> str:
        return one.contact or self._contact_of.get(one.role or "", "") or _taking_part(one)

    def told_of(
        self, meeting: model.Interaction, come: Iterable[model.Participation], today: date
    ) -> tuple[model.Participation, ...]:
        """The participants of a meeting with what an invitation or an answer says now.

        Who is said to have come or not stays so, and an answer is not taken back by a mere invitation.
        Nobody goes: who has been invited in the book alone is not known to the calendar.
        """
        found = list(meeting.participants)
        told = () if is_ahead(meeting, today) else TOLD
        for new in come:
            at = next((n for n, one in enumerate(found) if self.same(one, new)), None)
            if at is None:
                found.append(new)
            elif found[at].status not in told:
                status = found[at].status if new.status == "invited" else new.status
                instead = new.deputy_for or found[at].deputy_for
                found[at] = attrs.evolve(found[at], status=status, deputy_for=instead)
        return tuple(found)


def is_ahead(meeting: model.Interaction, today: date) -> bool:
    """Whether a meeting is planned and its day is not over: nobody has come to it yet, whatever a plan says
    that was logged in one line, whose people stand as `attended`.
    """
    return meeting.status == "planned" and meeting.when is not None and day_of(meeting.when) >= today


def _plain(name: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def _beginning(role: model.Role) -> tuple[str, str]:
    return str(role.since or ""), role.id


def _taking_part(one: model.Participation) -> str:
    return one.role or one.contact or one.actor or one.who


@attrs.frozen(kw_only=True, repr=False)
class _Waiter:
    """Somebody who waits already: for which meetings, by their ids, and whether that may not be seen."""

    meetings: Mapping[str, Any]
    is_covered: bool


class Strangers:
    """Guests whom nobody surely knows: each waits once, with all meetings that it was invited to."""

    def __init__(self, book: Book, outward: Outward, guests: Guests, name: str) -> None:
        self._book = book
        self._outward = outward
        self._guests = guests
        self._name = name
        self._new: dict[str, tuple[Guest, dict[str, dict[str, Any]]]] = {}
        self._waiters: dict[str, _Waiter] = {}
        self._just: list[tuple[str, str, dict[str, Any] | None]] = []
        """Key of a guest, id of a meeting, and what they waited with for it before, since `begin`."""

    def begin(self) -> None:
        """A candidate begins; `take_back` forgets who waits by it."""
        self._just.clear()

    def take_back(self) -> None:
        """The candidate was rewound, and with it the meetings to which somebody was invited."""
        for key, meeting, before in reversed(self._just):
            _, meetings = self._new[key]
            if before is not None:
                meetings[meeting] = before
            else:
                del meetings[meeting]
            if not meetings:
                del self._new[key]
        self.begin()

    @cached_property
    def _waiting(self) -> dict[str, model.Pending]:
        docs = (doc for doc in self._book._now.find("pending") if str(doc.get("source")).startswith(_SOURCE))
        return {one.source: one for doc in docs if (one := codec.from_doc(model.Pending, doc))}

    def wait(self, meeting: str, guests: Iterable[Guest], *, makes: Mapping[str, Any] | None = None) -> bool:
        """They are invited to a meeting; whether that is new. Nothing is saved before `settle`.

        `makes`: what is made once it is known who one of them is, where there is no such meeting yet. Who is
        ignored does not wait. Raises what a guard or a check has against what would wait: later it would be
        told of the whole file.
        """
        there = self._new
        guests = [one for one in guests if one.key in there or not is_ignored(self._outward, one.mail)]
        for guest in guests:
            if guest.key not in there:
                self._judge(guest)
        new = False
        for guest in guests:
            told: dict[str, Any] = {"id": meeting, "status": guest.status, "part": guest.part}
            if guest.deputy_for:
                told["deputy_for"] = guest.deputy_for
            _, meetings = self._new.setdefault(guest.key, (guest, {}))
            if _bare(meetings.get(meeting)) == told:
                continue  # the same mail lies in two folders
            waiting = self._waiter(_source(guest))
            before = waiting.meetings.get(meeting)
            known = _bare(before) == told
            # What is made by now is no more kept with those who wait on: it names who else was written to.
            kept = told if makes is None else {**told, MAKES: makes}
            self._just.append((guest.key, meeting, meetings.get(meeting)))
            meetings[meeting] = before if before and known and makes is not None else kept
            new = new or not known or waiting.is_covered
        return new

    def _waiter(self, source: str) -> _Waiter:
        """What is known of somebody who may wait already; looked through once, however much it is."""
        if source not in self._waiters:
            old = self._waiting.get(source)
            meetings = {one["id"]: one for one in old.raw.get(MEETINGS, ())} if old else {}
            covered = old is not None and self._is_covered(old)
            self._waiters[source] = _Waiter(meetings=meetings, is_covered=covered)
        return self._waiters[source]

    def _judge(self, guest: Guest) -> None:
        would_be = codec.to_doc(self._pending(guest, [], _source(guest)))
        change = Change(type="pending", id="", before=None, after=would_be)
        judge_change(self._book, self._book._now, change, self._outward)

    def _is_covered(self, pending: model.Pending) -> bool:
        """What is covered counts as new each time, or one could ask for what waits."""
        return bool(self._book._covered_fields(pending))

    def settle(self) -> list[str]:
        """Put them into quarantine; ids of those that are new there."""
        new: list[str] = []
        for guest, meetings in self._new.values():
            old = self._waiting.get(_source(guest))
            if old is None:
                new.append(self._book.add(self._pending(guest, [*meetings.values()], _source(guest))).id)
                continue
            known = {one["id"]: one for one in old.raw.get(MEETINGS, ())}
            self._book.update(old, raw={**old.raw, MEETINGS: [*(known | meetings).values()]})
            if self._is_covered(old):
                new.append(old.id)
        return new

    def _pending(self, guest: Guest, meetings: list[dict[str, str]], source: str) -> model.Pending:
        raw: dict[str, Any] = {"name": guest.name or guest.mail}
        if guest.mail:
            raw["ways"] = [{"kind": "mail", "value": guest.mail}]
        text = Text("guest of a meeting in {path}: nobody is surely known by that address", path=self._name)
        if guest.mailed:
            text = Text("of a mail in {path}: nobody is surely known by that address", path=self._name)
        elif not guest.mail:
            text = Text("guest of a meeting in {path}, with a name and no address", path=self._name)
        may_be = self._guests.may_be(guest)
        return model.Pending(
            kind="contact", text=tr(text), raw=raw | {MEETINGS: meetings}, source=source, candidates=may_be
        )


def making(interaction: model.Interaction, guests: Iterable[Guest]) -> dict[str, Any]:
    """What is to be made once it is known who somebody is, as JSON; who the others are is found out then."""
    doc = codec.to_doc(interaction)
    said = {name: value for name, value in doc.items() if name not in BOOKKEEPING}
    told = [attrs.asdict(one, filter=lambda _, value: bool(value)) for one in guests]
    return dict(zip(_MADE_OF, (said, told), strict=True))


def _bare(meeting: Any) -> Any:
    """A meeting to which somebody was invited, without what it makes."""
    return {key: value for key, value in meeting.items() if key != MAKES} if meeting else None


def _source(guest: Guest) -> str:
    import hashlib

    return f"{_SOURCE}{hashlib.sha256(guest.key.encode()).hexdigest()[:16]}"


def hand_over(book: Book, gone: str, stays: str) -> None:
    """Whoever waits as a guest of a meeting that is merged away waits as one of the meeting that stays.

    What waits and is covered is saved anew in any case, or its `rev` would tell where it was invited.
    """
    for doc in book._now.find("pending"):
        pending = codec.from_doc(model.Pending, doc)
        if not is_guest(pending):
            continue
        invited = [one for one in pending.raw.get(MEETINGS, ()) if isinstance(one, Mapping)]
        led = {one.get("id") for one in invited}
        if gone not in led and not book._covered_fields(pending):
            continue
        others = [one for one in invited if one.get("id") != gone]
        if gone in led and stays not in led:
            others += [{**one, "id": stays} for one in invited if one.get("id") == gone]
        book._stage(attrs.evolve(pending, raw={**pending.raw, MEETINGS: others}), doc)


def _still_there(book: Book, role: Any) -> model.RoleId | None:
    return model.RoleId(str(role)) if role and book._now.get("role", str(role)) else None


def is_guest(pending: model.Pending) -> bool:
    """Whether somebody waits who was invited to meetings, or wrote or was written to."""
    return pending.source.startswith(_SOURCE)


def address_of(pending: model.Pending) -> str:
    """The mail address by which somebody waits; "" where there is none."""
    ways = pending.raw.get("ways", ()) if is_guest(pending) else ()
    return next((str(one.get("value", "")) for one in ways if one.get("kind") == "mail"), "")


def kept_back(pending: model.Pending) -> list[model.Interaction]:
    """The mails that are made once it is known who the one who waits is."""
    invited = [one for one in pending.raw.get(MEETINGS, ()) if isinstance(one, Mapping) and MAKES in one]
    return [codec.from_doc(model.Interaction, one[MAKES][_MADE_OF[0]]) for one in invited]


def attend(book: Book, pending: model.Pending, cls: type[model.Record], id: str) -> None:
    """Put what waited, and is decided to be this person or actor, into the meetings that it was invited to.

    A meeting that is there no more is passed over, a mail that was kept back till now is made; as what they
    take part is told by the day of each.
    """
    meetings = pending.raw.get(MEETINGS, ())
    if not isinstance(meetings, list | tuple) or not meetings:
        return
    made = _Making(book, pending, id)
    for one in meetings:
        meant = str(one.get("id", "")) if isinstance(one, Mapping) else ""
        doc = book._now.get("interaction", meant) if meant else None
        meeting = codec.from_doc(model.Interaction, doc) if doc else None
        if meeting is None and (meeting := made.meeting(one, meant)) is None:
            continue
        on = day_of(meeting.when) if meeting.when else book.today
        try:
            actor = model.Participation(actor=model.ActorId(id)) if cls is model.Actor else None
            part = attrs.evolve(
                actor or made.guests.hat(id, on),
                status=one["status"],
                part=one["part"],
                deputy_for=_still_there(book, one.get("deputy_for")),
            )
        except (Invalid, KeyError):
            continue
        book.update(meeting, participants=made.guests.told_of(meeting, (part,), book.today))
    made.strangers.settle()


class _Making:
    """Makes mails that waited for somebody of whom it is known now who it is."""

    def __init__(self, book: Book, pending: model.Pending, id: str) -> None:
        self._book = book
        self._source = pending.source
        self._is_protected = id in book.protected()
        self.guests = Guests(book)
        self.strangers = Strangers(book, book, self.guests, tr(Text("quarantine")))

    @cached_property
    def _there(self) -> dict[str, str]:
        return {doc["source"]: doc["id"] for doc in self._book._now.find("interaction") if doc.get("source")}

    def meeting(self, told: Any, id: str) -> model.Interaction | None:
        """The mail, with those of whom it is known who they are; the others wait on.

        Of one who is protected nothing is told but that they wrote or were written to: a subject is not
        covered, and whoever else was written to may work where they do.
        """
        kept = told.get(MAKES) if isinstance(told, Mapping) else None
        if not isinstance(kept, Mapping) or not id:
            return None
        said, listed = (kept.get(name) for name in _MADE_OF)
        if not isinstance(said, Mapping) or not isinstance(listed, list | tuple):
            return None
        mail = codec.from_doc(model.Interaction, said)
        there = self._book._now.get("interaction", self._there.get(mail.source, ""))
        if there is not None:
            return codec.from_doc(model.Interaction, there)
        parts: list[model.Participation] = []
        unknown: list[Guest] = []
        if self._is_protected:
            mail = model.Interaction(
                kind=mail.kind, when=mail.when, direction=mail.direction, source=mail.source
            )
        else:
            on = day_of(mail.when) if mail.when else self._book.today
            for guest in map(Guest.of, listed):
                part = self.guests.who(guest, on)
                if part is None and _source(guest) != self._source:
                    unknown.append(attrs.evolve(guest, mailed=True))
                elif part and not any(self.guests.same(one, part) for one in parts):
                    parts.append(part)
        free = "" if self._book._taken(id) else id
        made = self._book.add(
            attrs.evolve(mail, id=model.InteractionId(free), status="held", participants=tuple(parts))
        )
        self._there[mail.source] = made.id
        self.strangers.wait(made.id, unknown)
        return made
