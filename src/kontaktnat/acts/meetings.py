"""A meeting of a network: whom it gathers, who came, and what one knows of it when it is told again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import attrs

from kontaktnat import codec, model
from kontaktnat.errors import Ambiguous, Invalid, NotFound, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.model.dates import day_of, to_moment
from kontaktnat.model.names import type_label
from kontaktnat.practice import usual_mandate
from kontaktnat.refs import describe, hat
from kontaktnat.views.listing import clock
from kontaktnat.views.members import is_hushed, representatives

if TYPE_CHECKING:
    from kontaktnat.book import Book

Who = str
Named = model.Role | model.Contact | model.Actor | Who
_OPEN = ("invited", "accepted", "tentative")
"""Of a participation: it is not said yet whether somebody came."""


@attrs.frozen(kw_only=True, repr=False)
class Meeting:
    """What has become of a meeting that was told of."""

    interaction: model.Interaction
    new: bool
    """It was not in the book."""
    changed: bool
    nobody: tuple[model.ActorId, ...]
    """Members that have nobody in the functions whom the network gathers; see `hushed`."""
    hushed: bool = False
    """Whether `nobody` is left empty: somebody protected may represent a member, and it would tell which."""


@attrs.frozen(kw_only=True, repr=False)
class Came:
    """Who came to a meeting; ids of roles, contacts or actors. `attended`: None where that is not told."""

    attended: Sequence[Who] | Literal["all"] | None = None
    absent: Sequence[Who] = ()
    deputies: Mapping[Who, Who] = attrs.field(factory=dict)
    guests: Sequence[Who] = ()
    accepted: Sequence[Who] = ()
    declined: Sequence[Who] = ()

    @property
    def told(self) -> bool:
        """Whether anybody is said to have come or not."""
        return self.attended is not None or bool(self.absent or self.deputies)


def who_came(
    attended: Sequence[Named] | Literal["all"] | None,
    absent: Iterable[Named],
    deputies: Mapping[Any, Named],
    guests: Iterable[Named],
    accepted: Iterable[Named] = (),
    declined: Iterable[Named] = (),
) -> Came:
    """Records or ids → ids; a text is "all" or an error, for its letters name nobody."""
    if isinstance(attended, str) and attended != "all":
        raise Usage('attended: write "all", or a list of ids, not {text}', text=attended)
    return Came(
        attended=attended if isinstance(attended, str) or attended is None else [*map(_id, attended)],
        absent=[*map(_id, absent)],
        deputies={_id(who): _id(of) for who, of in deputies.items()},
        guests=[*map(_id, guests)],
        accepted=[*map(_id, accepted)],
        declined=[*map(_id, declined)],
    )


def _id(who: Named) -> Who:
    return who if isinstance(who, str) else who.id


def meet(
    book: Book,
    network: model.Network | str,
    kind: str,
    when: Any,
    came: Came,
    *,
    status: str,
    new: bool,
    fields: Mapping[str, Any],
) -> Meeting:
    """See `Book.meet`."""
    with book.transaction(f"log {kind}"):
        host = book.networks.get(network if isinstance(network, str) else network.id)
        moment = to_moment(when)
        if moment is None:
            raise Invalid("{path}: missing", path="when")
        codec.check_keys(fields, model.Interaction)
        old = None if new else _known(book, host, kind, moment)
        # Of one that was cancelled nobody came: who says that somebody did says that it was held.
        status = status_of(book, moment, status, None if came.told else old)
        if status == "planned" and came.told:
            raise Invalid("{day} is still to come: who comes is told when it has been; invite guests with "
                          "--guest", path="when", day=day_of(moment))  # fmt: skip
        people = _People(book, host, day_of(moment))
        whole = book._raw(old) if old else None  # of a copy that is covered, who stood in for whom is gone
        there = whole.participants if whole else ()
        unasked = came.attended == "all" and all(one.part == "guest" for one in there)
        if unasked or (old is None and status == "planned"):
            there = (*people.invited(), *there)
        parts = people.told(there, came, status)
        given = dict(fields) | {"status": status, "participants": parts}
        if old is None or whole is None:
            given.setdefault("mandate", usual_mandate(book, kind))
            id = model.InteractionId("") if new else _id_of(book, host, kind, day_of(moment))
            made = book.add(model.Interaction(id=id, kind=kind, when=moment, network=host.id, **given))
            return Meeting(
                interaction=made, new=True, changed=True, nobody=people.told_nobody, hushed=people.hushed
            )
        if isinstance(moment, datetime) or not isinstance(old.when, datetime):
            given["when"] = moment
        given["topics"] = tuple(dict.fromkeys((*old.topics, *given.get("topics", ()))))
        given = {name: value for name, value in given.items() if value or name in ("participants",)}
        done = book.update(whole, **given)
        return Meeting(
            interaction=book.interactions.get(done.id),
            new=False,
            changed=done.rev != old.rev,
            nobody=people.told_nobody,
            hushed=people.hushed,
        )


def _id_of(book: Book, network: model.Network, kind: str, on: date) -> model.InteractionId:
    """The same id for whoever plans that meeting: where two do so at once, one of them is told.

    "" where a meeting has it already, that stands on another day now.
    """
    id = model.id_for(f"meeting:{network.id}:{kind}:{on}")
    return model.InteractionId("" if book._taken(id) else id)


def _known(book: Book, network: model.Network, kind: str, when: model.Moment) -> model.Interaction | None:
    """The meeting that this is, if it is in the book: of that network, of that kind and day."""
    found = [
        one
        for one in book.interactions.where(network=network.id, kind=kind)
        if one.when and day_of(one.when) == day_of(when)
    ]
    found = [one for one in found if one.status != "cancelled"] or found
    same = [one for one in found if one.when == when]
    if len(found) > 1 and len(same) != 1:
        candidates = [(one.id, f"{clock(one.when)} {one.theme}".strip())
                      for one in found]  # fmt: skip
        raise Ambiguous(
            "{text} may be {shown}: write its time too",
            text=network.name,
            candidates=candidates,
            shown=joined("; ", (Text("{id} {name}", id=id, name=name) for id, name in candidates)),
        )
    return same[0] if len(found) > 1 else next(iter(found), None)


def status_of(book: Book, when: model.Moment, status: str = "", old: model.Interaction | None = None) -> str:
    """The status that is told, or else follows from the time; raises Invalid for held before it has been."""
    ahead = when > book.clock() if isinstance(when, datetime) else when.first > book.today
    if ahead and status == "held":
        raise Invalid("{day} is still to come: tell it when it has been held", path="when", day=day_of(when))
    if status or ahead:
        return status or "planned"
    return "cancelled" if old and old.status == "cancelled" else "held"


def invited(book: Book, network: model.Network, on: date) -> tuple[model.Participation, ...]:
    """Whom a network's meeting on a day invites: see `Book.meet`."""
    return _People(book, network, on).invited()


class _People:
    """Names told of one meeting → its participants."""

    def __init__(self, book: Book, network: model.Network, on: date) -> None:
        self.book = book
        self.on = on
        self.of = representatives(book, network, on)
        self.nobody = tuple(id for id, roles in self.of.items() if not roles)
        self.hushed = is_hushed(book, network, on)
        self.told_nobody = () if self.hushed else self.nobody

    def invited(self) -> tuple[model.Participation, ...]:
        """Everybody who represents a member, each once; a member that has nobody is invited itself."""
        roles = dict.fromkeys(role.id for roles in self.of.values() for role in roles)
        parts = [model.Participation(role=id, status="invited") for id in roles]
        return (*parts, *(model.Participation(actor=id, status="invited") for id in self.nobody))

    def told(
        self, parts: Iterable[model.Participation], came: Came, status: str
    ) -> tuple[model.Participation, ...]:
        """The participants with what is told of them now."""
        found = {_key(one): one for one in parts}
        for guest in came.guests:
            part = self._one(guest, "invited" if status == "planned" else "attended", part="guest")
            found[_key(part)] = part
        for status_said, names in (("accepted", came.accepted), ("declined", came.declined)):
            for who in names:
                self._mark(found, who, status_said)
        if came.attended == "all":
            everybody = [one for one in found.values() if one.status in _OPEN and not one.actor]
            found |= {_key(one): attrs.evolve(one, status=_there(one)) for one in everybody}
        elif came.attended is not None:
            for who in came.attended:
                self._mark(found, who, "attended")
        for deputy, of in came.deputies.items():
            stands_for = self._role(of)
            part = self._one(deputy, "deputy", deputy_for=stands_for.id)
            found[_key(part)] = part
            self._mark(found, stands_for.id, "absent")
        for who in came.absent:
            self._mark(found, who, "absent")
        if came.attended is not None:
            # Of a member that was there without a name one cannot say who was not.
            there = [one.actor for one in found.values() if one.actor and one.status == "attended"]
            unsaid = {role.id for id in there for role in self.of.get(id, ())}
            left = [one for one in found.values() if one.status in _OPEN and one.role not in unsaid]
            found |= {_key(one): attrs.evolve(one, status="absent") for one in left}
        self._refuse_both(came)
        return tuple(found.values())

    def _refuse_both(self, came: Came) -> None:
        attended = () if came.attended in (None, "all") else came.attended or ()
        there = {_key(one) for who in (*attended, *came.deputies) for one in self._ones(who, "attended")}
        for who in came.absent:
            for one in self._ones(who, "absent"):
                if _key(one) in there:
                    raise Invalid("{name} is named as there and as absent; name them once", path="absent",
                                  name=self._name(one))  # fmt: skip

    def _mark(self, found: dict[str, model.Participation], who: Who, status: str) -> None:
        for part in self._ones(who, status):
            known = found.get(_key(part))
            awaited = known and known.deputy_for and known.status in (*_OPEN, "declined")
            if known and awaited and status != "absent":  # whom an answer sent in their own place
                found[_key(part)] = attrs.evolve(
                    known, status=_there(known) if status == "attended" else status
                )
            else:
                found[_key(part)] = attrs.evolve(known, status=status, deputy_for=None) if known else part

    def _one(self, who: Who, status: str, **more: Any) -> model.Participation:
        parts = self._ones(who, status)
        if len(parts) != 1:
            raise Invalid("{name} is several people; name one", path="participants", name=self._named(who))
        return attrs.evolve(parts[0], **more)

    def _ones(self, who: Who, status: str) -> list[model.Participation]:
        """As whom somebody takes part. A member stands for the one who represents it; absent, for all."""
        record = self.book.get(who)
        if isinstance(record, model.Contact):
            role = hat(self.book, record, self.on, among=[one for some in self.of.values() for one in some])
            record = role or record
        if isinstance(record, model.Actor):
            represent = self.of.get(record.id, [])
            roles = [one for one in represent if one.actor == record.id] or represent
            if len(roles) == 1 or (roles and status == "absent"):
                return [model.Participation(role=one.id, status=status) for one in roles]
        if record.type not in ("role", "contact", "actor"):
            raise Invalid("{id} takes no part in a meeting: it is of type {type}", path="participants",
                          id=who, type=type_label(record.type))  # fmt: skip
        return [model.Participation(**{record.type: record.id}, status=status)]  # type: ignore[arg-type]

    def _role(self, who: Who) -> model.Role:
        """The role for which a deputy stands in."""
        record = self.book.get(who)
        parts = self._ones(who, "absent")
        roles = [role for one in parts if (role := self.book.peek(model.Role, one.role or ""))]
        if not roles and isinstance(record, model.Actor):
            posts = self.book.as_of(self.on).roles.all()
            roles = [one for one in posts if record.id in (one.actor, *one.covers) and one.contact is None]
        if len(roles) != 1:
            raise NotFound("{name}: for whom of them? a deputy stands in for one role; write "
                           "function@actor", name=self._named(who), nearest=())  # fmt: skip
        return roles[0]

    def _named(self, who: Who) -> str:
        return describe(self.book, self.book.get(who))

    def _name(self, one: model.Participation) -> str:
        return self._named(one.role or one.contact or one.actor or "")


def _there(one: model.Participation) -> str:
    """How it is told that somebody came: a deputy as one."""
    return "deputy" if one.deputy_for else "attended"


def _key(one: model.Participation) -> str:
    return one.role or one.contact or one.actor or one.who
