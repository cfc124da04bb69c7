"""Answering a guest who proposes another time: the meeting moves there and all are told, or it stays and that
one is told (METHOD:DECLINECOUNTER, RFC 5546, 3.2.8). What is proposed waits as a follow-up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from kontaktnat.errors import Ambiguous, NotFound
from kontaktnat.model import Actor, Contact, Interaction, Record, Role, day_of
from kontaktnat_mail.building import Calendar, Sender
from kontaktnat_mail.whom import Recipient, Whom, recipients

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Outward
    from kontaktnat_calendar.proposals import Proposal

DECLINED = "unmoved"
"""The template for whoever proposed a time that is not taken."""


def proposal_for(
    out: Outward, meeting: Interaction, choose: Callable[[Ambiguous], str] | None = None
) -> Proposal:
    """What is proposed for a meeting and waits for an answer; `choose`: the id of the one of several.

    Raises NotFound where there is none, Ambiguous where there are several and nobody chooses.
    """
    from kontaktnat_calendar.proposals import waiting

    found = waiting(out, meeting.id)
    if not found:
        raise NotFound("nobody has proposed another time for it that is not answered yet", nearest=())
    if len(found) == 1:
        return found[0]
    candidates = [(one.followup.id, one.followup.text) for one in found]
    shown = "; ".join(f"{id} {text}" for id, text in candidates)
    error = Ambiguous("several times are proposed: {shown}; kontaktnat done ID, of those that are answered",
                      text=meeting.subject or meeting.id, shown=shown, candidates=candidates)  # fmt: skip
    if choose is None:
        raise error
    id = choose(error)
    return next(one for one in found if one.followup.id == id)


def move(book: Book, meeting: Interaction, proposal: Proposal) -> Interaction:
    """The meeting at the time that is proposed, which is answered with that; see `invitations.call`."""
    with book.transaction("mail update"):
        answered(book, proposal)
        return book.update(book.interactions.get(meeting.id), when=proposal.when, ends=proposal.ends)


def answered(book: Book, proposal: Proposal) -> None:
    """Nobody waits for an answer to it any more."""
    book.update(book.followups.get(proposal.followup.id), done_on=book.today)


def whom(out: Outward, meeting: Interaction, proposal: Proposal, own: Iterable[str]) -> Whom:
    """Who proposes it, to write to; nobody where that is not known."""
    types: tuple[type[Record], ...] = (Role, Contact, Actor)
    found = [one for cls in types if proposal.who and (one := out.peek(cls, proposal.who)) is not None]
    on = day_of(meeting.when) if meeting.when else out.today
    return recipients(out, found, on=on, mailing=False, own=own)


def key(proposal: Proposal) -> str:
    """By what the letter that declines it is known again."""
    return hashlib.sha256(f"{proposal.followup.id} declined".encode()).hexdigest()[:16]


def declined(
    out: Outward, meeting: Interaction, proposal: Proposal, by: Sender, at: datetime
) -> Callable[[Recipient], Calendar]:
    """The calendar that says so: the meeting as it stands, at the SEQUENCE of what is answered."""
    from kontaktnat_calendar.invitations import Invited, calendar

    statuses = {str(one.role or one.contact or one.actor): one.status for one in meeting.participants}

    def of(one: Recipient) -> Calendar:
        status = statuses.get(proposal.who, "invited")
        data = calendar(
            out,
            meeting,
            method="DECLINECOUNTER",
            organizer=Invited(mail=by.mail, name=by.name),
            guests=[Invited(mail=one.mail, name=one.name, status=status)],
            at=at,
            sequence=proposal.sequence,
        )
        return Calendar(method="DECLINECOUNTER", data=data)

    return of
