"""Inviting to a meeting that is in the book, changing it and calling it off (iTIP in mails: RFC 5546, RFC
6047).

Each guest has a letter of their own, whose calendar names no other guest unless that is asked for. The UID
is the one that the calendar plugin's export gives the meeting, by which the answer finds home; SEQUENCE
grows with each. Who was invited and has been taken out of the meeting is told so, alone (RFC 5546, 3.2.5).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import attrs

from kontaktnat.errors import Invalid, Refused
from kontaktnat.extend import Text
from kontaktnat.model import Interaction, Participation, day_of
from kontaktnat_mail.building import Calendar, Sender
from kontaktnat_mail.told import INVITED, Told, no_longer, of_ids, times
from kontaktnat_mail.whom import REASONS, Left, Recipient, Whom, guests

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Outward

OURS = "@kontaktnat"
Does = Literal["invite", "update", "move", "cancel"]
"""`move` is an update to a time that a guest proposes; each goes on by itself where it was broken off."""
TEMPLATES = {"invite": "invitation", "update": "update", "move": "update", "cancel": "cancellation"}
WITHDRAWAL = "withdrawal"
"""The template for whoever is no longer asked to come."""
_ANSWERED = ("accepted", "tentative", "declined")
_CAME = ("attended", "deputy", "absent")
_METHODS: dict[str, Literal["REQUEST", "CANCEL"]] = {
    "invite": "REQUEST", "update": "REQUEST", "move": "REQUEST", "cancel": "CANCEL",
}  # fmt: skip


@attrs.frozen(kw_only=True, repr=False)
class Called:
    """A meeting that is ready to be mailed: as it stands now in the book, and to whom."""

    meeting: Interaction
    whom: Whom
    does: Does
    number: int = 1
    """The first, second, … time that they are written to."""
    moved: bool = False
    """Whether it is at another time than the guests were told before: all are asked anew."""
    gone: Whom = Whom(reached=(), left=())
    """Who was told of it before and has been taken out since: they are told that they need not come."""
    before: Interaction | None = None
    """The meeting as those know it who are gone: at the time that they were told."""

    @property
    def key(self) -> str:
        """By what these letters are known again (see `journal`)."""
        return key(self.meeting, self.does, self.number)

    def calendar(
        self, out: Outward, by: Sender, at: datetime, *, show_addresses: bool = False
    ) -> Callable[[Recipient], Calendar]:
        """The calendar for each of them; `show_addresses`: with all the others too, but who is protected."""
        from kontaktnat_calendar.invitations import Invited, calendar

        organizer = Invited(mail=by.mail, name=by.name)
        method = _METHODS[self.does]

        def invited(one: Recipient) -> Invited:
            return Invited(mail=one.mail, name=one.name, part=one.part, status=self._status(one))

        def of(one: Recipient) -> Calendar:
            others = [other for other in self.whom.reached if not other.protected or other is one]
            shown = others if show_addresses and not one.protected else [one]
            data = calendar(
                out, self.meeting, method=method, organizer=organizer, guests=map(invited, shown), at=at
            )
            return Calendar(method=method, data=data)

        return of

    def withdrawal(self, out: Outward, by: Sender, at: datetime) -> Callable[[Recipient], Calendar]:
        """The calendar for each who is gone: a CANCEL for that one, and not of the meeting."""
        from kontaktnat_calendar.invitations import Invited, calendar

        organizer = Invited(mail=by.mail, name=by.name)
        meeting = self.before or self.meeting

        def of(one: Recipient) -> Calendar:
            guest = Invited(mail=one.mail, name=one.name, part=one.part)
            data = calendar(
                out, meeting, method="CANCEL", organizer=organizer, guests=[guest], at=at, whole=False
            )
            return Calendar(method="CANCEL", data=data)

        return of

    def own(self, out: Outward, by: Sender, at: datetime) -> bytes:
        """The meeting for one's own calendar, without its guests."""
        from kontaktnat_calendar.invitations import Invited, calendar

        organizer = Invited(mail=by.mail, name=by.name)
        return calendar(out, self.meeting, method="PUBLISH", organizer=organizer, at=at)

    def _status(self, one: Recipient) -> str:
        return "invited" if self.moved or one.status in _CAME else one.status


def key(meeting: Interaction, does: Does, number: int) -> str:
    """By what the letters of one time are known again."""
    return hashlib.sha256(f"{meeting.id} {does} {number}".encode()).hexdigest()[:16]


def call(
    book: Book, out: Outward, meeting: Interaction, does: Does, *, own: Iterable[str] = (),
    waiting: Callable[[str], Collection[str]] = lambda _: (),
) -> Called:  # fmt: skip
    """Write down that a meeting's guests are called to it, told of a change, or that it is called off.

    First all its guests are invited, and later those who have come to it since. Who is told before is told
    of a change; where it has another time than they were told, all are asked anew, and are `invited` again
    in the book. Who has been told and is no guest any more is told that too, once, whatever is done: see
    `Called.gone`. Calling it off marks it as cancelled. One step of undo. `waiting`: by a key of letters the
    ids of those to whom they have not gone; where there are such, they are what is left to do, and nothing
    is written down.

    Raises Refused for a meeting that has been, is cancelled, or is somebody else's; Invalid without a day.
    """
    from kontaktnat_calendar.invitations import asked_anew

    own = tuple(own)
    told = Told.of(meeting)
    _judge(out, meeting, does, own, book.clock())
    assert meeting.when is not None
    whole = book.interactions.get(meeting.id)
    on = day_of(meeting.when)
    whom = guests(out, meeting.participants, on=on, own=own)
    if told.does == does and (left := waiting(key(meeting, does, told.number))):
        whom = _among(whom, left)
        gone = _among(of_ids(out, meeting, told.gone, on=on, own=own), left)
        return Called(
            meeting=whole, whom=whom, does=does, number=told.number, gone=gone, before=told.as_told(whole)
        )
    gone = no_longer(out, meeting, told, on=on, own=own)
    mailboxes = {one.mail.casefold() for one in whom.reached}
    # What went to an address that is a guest's too would take the meeting out of that one's calendar.
    silent = [one.id for one in gone.reached if one.mail.casefold() in mailboxes]
    gone = attrs.evolve(gone, reached=tuple(one for one in gone.reached if one.id not in silent))
    whom = _to_tell(whom, does, told, meeting, gone)
    moved = does in ("update", "move") and (told.when, told.ends) != times(meeting)
    known = (told.when, told.ends) if does == "invite" and told.people else times(meeting)
    now = told.next(does, known, whom.reached, [*silent, *(one.id for one in gone.reached)])
    anew = asked_anew(whole) if moved else {}
    changes: dict[str, object] = {"extra": {**whole.extra, INVITED: str(now), **anew}}
    if does == "cancel":
        changes["status"] = "cancelled"
    if "participants" not in whole.hidden:
        # Of what is still to come nobody has come, whatever a plan that was logged in one line says.
        changes["participants"] = _asked_anew(whole, (*_ANSWERED, *_CAME) if moved else _CAME)
    with book.transaction(f"mail {does}"):
        done = book.update(whole, **changes)
    return Called(
        meeting=done, whom=whom, does=does, number=now.number, moved=moved, gone=gone,
        before=told.as_told(done),
    )  # fmt: skip


def is_begun(meeting: Interaction, does: Does, waiting: Callable[[str], Collection[str]]) -> bool:
    """Whether that was done of a meeting last, and has not gone to all: see `call`."""
    told = Told.of(meeting)
    return told.does == does and bool(waiting(key(meeting, does, told.number)))


def _among(whom: Whom, ids: Collection[str]) -> Whom:
    return attrs.evolve(whom, reached=tuple(one for one in whom.reached if one.id in ids))


def _to_tell(whom: Whom, does: Does, told: Told, meeting: Interaction, gone: Whom) -> Whom:
    """Of the guests those whom it is about."""
    if does == "invite":
        reached = tuple(one for one in whom.reached if one.id not in told.people)
        if told.people and not reached and not gone.reached:
            raise Refused("all its guests are invited already; --update sends them how it stands now")
        left = whom.left
    else:
        if not told.people:
            raise Refused("nobody has been invited to it from here yet: kontaktnat mail invite {id}",
                          id=meeting.id)  # fmt: skip
        reached = tuple(one for one in whom.reached if one.id in told.people)
        late = (
            Left(name=one.name, why="new", id=one.id) for one in whom.reached if one.id not in told.people
        )
        left = (*whom.left, *late)
    if not reached and not gone.reached:
        raise Refused("nobody is left to write to: {why}", why=_why(whom))
    return attrs.evolve(whom, reached=reached, left=left)


def _judge(out: Outward, meeting: Interaction, does: Does, own: Iterable[str], now: datetime) -> None:
    when = meeting.when
    if when is None:
        raise Invalid("{path}: an invitation says a day; write when it is first", path="when")
    past = when < now if isinstance(when, datetime) else when.last < day_of(now)
    if meeting.status == "held" or past:
        raise Refused(
            "the meeting has been: nobody is invited to it, nor told that it is changed or called off"
        )
    if meeting.status == "cancelled" and does != "cancel":
        raise Refused("the meeting is cancelled; kontaktnat set {id} status=planned first", id=meeting.id)
    if meeting.source.startswith("ics:") and not meeting.source.endswith(OURS):
        hosts = guests(
            out, (one for one in meeting.participants if one.part == "host"), on=day_of(when), own=own
        )
        if theirs := [one.name for one in hosts.reached]:
            raise Refused("it is {name}'s meeting, taken from a calendar: whoever called it invites to it",
                          name=theirs[0])  # fmt: skip


def _asked_anew(meeting: Interaction, statuses: Collection[str]) -> tuple[Participation, ...]:
    return tuple(
        attrs.evolve(one, status="invited") if one.status in statuses and one.part != "host" else one
        for one in meeting.participants
    )


def _why(whom: Whom) -> Text:
    """Why nobody is left, in the order of how many."""
    if not whom.left:
        return Text("it has no guests")
    why, _ = Counter(one.why for one in whom.left).most_common(1)[0]
    return REASONS[why]
