"""Records → people to write to, each once with one address; and who is left out, and why.

Everything is read from an `Outward`: who is protected is met only as far as a list would show them, so that a
mailing to a municipality does not tell that somebody protected works there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from kontaktnat.extend import Text, collation_key, is_hushed, mail_problem, representatives, tr
from kontaktnat.model import Actor, Contact, Network, Participation, Record, Role, holds
from kontaktnat_mail.addresses import sendable

if TYPE_CHECKING:
    from kontaktnat.extend import Outward
    from kontaktnat.model import Way

NO_MAILINGS = "mail.no_mailings"
"""Under this name `extra` keeps that somebody does not want to be written to with many others."""

REASONS: Mapping[str, Text] = {
    "address": Text("no mail address"),
    "bounced": Text("the address came back"),
    "unsendable": Text("no address that a mail can go to"),
    "protected": Text("protected"),
    "unwanted": Text("wants no mailings"),
    "twice": Text("already among them in another hat"),
    "shared": Text("the same address as somebody who gets it"),
    "over": Text("a role that is not theirs now"),
    "vacant": Text("a vacant post without a mailbox"),
    "nobody": Text("nobody represents it, and it has no mailbox"),
    "myself": Text("that is you"),
    "new": Text("not invited yet"),
}
"""Why somebody is left out."""


@attrs.frozen(kw_only=True, repr=False)
class Recipient:
    """Somebody to write to, in the hat in which they are meant."""

    name: str
    mail: str
    given: str = ""
    family: str = ""
    role: Role | None = None
    contact: Contact | None = None
    actor: Actor | None = None
    """Where the hat is, or whose mailbox it is."""
    network: str = ""
    """The network as whose member they were asked for."""
    hats: tuple[Role, ...] = ()
    """All that a person wears that day."""
    phones: tuple[str, ...] = ()
    protected: bool = False
    status: str = "invited"
    """Of a meeting: what they have answered."""
    part: str = "member"

    @property
    def id(self) -> str:
        """The same for the same person, in whichever hat; of a mailbox its role's or actor's."""
        found = self.contact or self.role or self.actor
        return found.id if found else self.mail

    @property
    def participation(self) -> Participation:
        """As what they take part in what is logged."""
        if self.role:
            return Participation(role=self.role.id)
        if self.contact:
            return Participation(contact=self.contact.id)
        assert self.actor is not None
        return Participation(actor=self.actor.id)


@attrs.frozen(kw_only=True, repr=False)
class Left:
    """Somebody who is not written to. `why`: a key of `REASONS`."""

    name: str
    why: str
    id: str = ""


@attrs.frozen(kw_only=True, repr=False)
class Whom:
    """Who is written to and who is not; together all that were asked for."""

    reached: tuple[Recipient, ...]
    left: tuple[Left, ...]
    hushed: bool = False
    """Whether somebody protected may belong to it, of whom nothing is told."""

    @property
    def asked(self) -> int:
        """How many were asked for."""
        return len(self.reached) + len(self.left)


def recipients(
    out: Outward, records: Iterable[Record], *, on: date | None = None, mailing: bool = True,
    own: Iterable[str] = (), each: bool = False,
) -> Whom:  # fmt: skip
    """Roles, contacts, actors and networks (those who represent their members) → whom to write to.

    The address of the hat that was asked for goes before the person's own; of a person who was asked for
    without a hat, their own before that of their only hat. `on`: whose hats and addresses count, otherwise
    today's. `mailing`: left out are who wants no mailings, and hats that nobody wears that day, as those of
    whoever has left. `own`: one's own addresses. `each`: whether of several with one address each is written
    to, and not the first alone.
    """
    picked = _Picked(out.remembering(), on or out.today, mailing=mailing, own=own, each=each)
    for record in records:
        picked.take(record)
    return picked.whom()


def guests(out: Outward, parts: Iterable[Participation], *, on: date, own: Iterable[str] = ()) -> Whom:
    """Who takes part in a meeting → whom to invite; `status` and `part` as the meeting says."""
    picked = _Picked(out.remembering(), on, mailing=False, own=own)
    for part in parts:
        record = _behind(picked.out, part)
        if record is not None:
            picked.take(record, status=part.status, part=part.part)
    return picked.whom()


def _behind(out: Outward, part: Participation) -> Record | None:
    types: tuple[tuple[type[Record], str | None], ...] = (
        (Role, part.role), (Contact, part.contact), (Actor, part.actor),
    )  # fmt: skip
    return next((found for cls, id in types if id and (found := out.peek(cls, id))), None)


class _Picked:
    """Takes them one by one."""

    def __init__(
        self, out: Outward, on: date, *, mailing: bool, own: Iterable[str], each: bool = False
    ) -> None:
        self.out = out
        self._on = on
        self._mailing = mailing
        self._each = each
        self._own = {sendable(one).casefold() for one in own}
        self._reached: dict[str, Recipient] = {}
        self._mails: set[str] = set()
        self._left: dict[str, Left] = {}
        self._hushed = False

    def whom(self) -> Whom:
        reached = sorted(self._reached.values(), key=lambda one: (collation_key(one.name), one.id))
        left = sorted(self._left.values(), key=lambda one: (collation_key(one.name), one.id))
        return Whom(reached=tuple(reached), left=tuple(left), hushed=self._hushed)

    def take(
        self, record: Record, *, network: str = "", status: str = "invited", part: str = "member"
    ) -> None:
        record = self.out.peek(type(record), record.id) or record  # as it may be seen, whoever hands it over
        if isinstance(record, Network):
            self._network(record)
            return
        contact: Contact | None = None
        role, actor = (record if isinstance(record, Role) else None), None
        if isinstance(record, Contact):
            contact = record
            role = self._only_hat(record)
        elif role is not None:
            contact = self.out.peek(Contact, role.contact) if role.contact else None
        if role is not None:
            actor = self.out.peek(Actor, role.actor) if role.actor else None
        elif isinstance(record, Actor):
            actor = record
        name = self._name(record, contact, actor)
        if why := self._against(record, role, contact):
            self._leave(name, why, record.id)
            return
        mail, why = self._address(record, role, contact, actor)
        who = Recipient(
            name=contact.name if contact else actor.name if actor else name,
            mail=mail,
            given=contact.given if contact else "",
            family=contact.family if contact else "",
            role=role,
            contact=contact,
            actor=actor,
            network=network,
            hats=self._hats(contact),
            phones=tuple(self._phones(role, contact, actor)),
            protected=any(one.protected for one in (contact, actor) if one),
            status=status,
            part=part,
        )
        if who.id in self._reached:
            self._leave(name, "twice", record.id)
        elif why:
            self._leave(name, why, record.id)
        elif mail.casefold() in self._own:
            self._leave(name, "myself", record.id)
        elif mail.casefold() in self._mails and not self._each:
            self._leave(name, "shared", record.id)
        else:
            self._reached[who.id] = who
            self._mails.add(mail.casefold())

    def _leave(self, name: str, why: str, id: str) -> None:
        self._left.setdefault(id, Left(name=name, why=why, id=id))

    def _network(self, network: Network) -> None:
        hushed = is_hushed(self.out, network, self._on)
        self._hushed = self._hushed or hushed
        for id, roles in representatives(self.out, network, self._on).items():
            for role in roles:
                self.take(role, network=network.name)
            if not roles and not hushed and (actor := self.out.peek(Actor, id)):
                self.take(actor, network=network.name)

    def _only_hat(self, contact: Contact) -> Role | None:
        held = self._held.get(contact.id, ())
        return held[0] if len(held) == 1 else None

    @cached_property
    def _held(self) -> Mapping[str, list[Role]]:
        """The hats of that day by who wears them, read once for all."""
        found: dict[str, list[Role]] = defaultdict(list)
        for role in self.out.as_of(self._on).roles.all():
            if role.contact:
                found[role.contact].append(role)
        return found

    def _hats(self, contact: Contact | None) -> tuple[Role, ...]:
        held = self._held.get(contact.id, ()) if contact else ()
        return tuple(one for one in held if not one.hidden)

    def _phones(self, role: Role | None, contact: Contact | None, actor: Actor | None) -> Iterator[str]:
        """The hat's and the person's; of a mailbox whose it is."""
        owners = (role, contact) if role or contact else (actor,)
        ways = dict.fromkeys(way for one in owners if one for way in one.ways if way.kind == "phone")
        return (way.value for way in ways if holds(way.since, way.until, self._on))

    def _name(self, record: Record, contact: Contact | None, actor: Actor | None) -> str:
        if contact:
            return contact.name
        if isinstance(record, Role):
            what = record.title or self.out.words.name("function", record.function) or Text("vacant post")
            return Text("{what} at {actor}", what=what, actor=actor.name) if actor else what
        return actor.name if actor else record.id

    def _against(self, record: Record, role: Role | None, contact: Contact | None) -> str:
        """Why they may not be written to at all, whatever their address."""
        if record.hidden or (role and role.hidden) or (contact and contact.hidden):
            return "protected"
        if self._mailing and role is record and not holds(role.since, role.until, self._on):
            return "over"
        if self._mailing and any(one and one.extra.get(NO_MAILINGS) for one in (record, role, contact)):
            return "unwanted"
        return ""

    def _address(
        self, record: Record, role: Role | None, contact: Contact | None, actor: Actor | None
    ) -> tuple[str, str]:
        """The address, or why there is none."""
        ways: list[Way] = []
        if contact is None:
            owner = role or actor
            ways += owner.ways if owner else ()
        elif record is contact:
            ways += (*contact.ways, *(role.ways if role else ()))
        else:
            ways += (*(role.ways if role else ()), *contact.ways)
        mails = [way for way in ways if way.kind == "mail" and holds(way.since, way.until, self._on)]
        for way in mails:
            address = sendable(way.value)
            if not way.bounced_on and address and not mail_problem(address):
                return address, ""
        if any(way.bounced_on for way in mails):
            return "", "bounced"
        if mails:
            return "", "unsendable"
        if contact is None:
            return "", "vacant" if role else "nobody" if actor and record is actor else "address"
        return "", "address"


def counted(whom: Whom) -> Iterator[Text]:
    """Who is left out, a line for each reason."""
    for why, text in REASONS.items():
        if names := [one.name for one in whom.left if one.why == why]:
            yield Text("  left out, {why}: {names}", why=text, names="; ".join(map(tr, names)))
