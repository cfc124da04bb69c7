"""What `mail log` says of a mail in which another time for a meeting is proposed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from kontaktnat.extend import Text, say
from kontaktnat.model import Interaction, Moment, stockholm

if TYPE_CHECKING:
    from kontaktnat.extend import Message, Outward
    from kontaktnat_calendar.proposals import Proposal


def tell_proposals(out: Outward, message: Message) -> None:
    """Say which meeting, both times, and what takes the one or keeps the other."""
    from kontaktnat_calendar.proposals import proposed_in
    from kontaktnat_mail.answers import is_answer

    for method, data in message.calendar:
        if method.upper() == "COUNTER" and is_answer(method, data):
            for one in proposed_in(out, data):
                _tell(out, one)


def _tell(out: Outward, proposal: Proposal) -> None:
    from kontaktnat_calendar.writing import title
    from kontaktnat_mail.told import Told

    meeting = out.peek(Interaction, proposal.meeting)
    if meeting is None or proposal.followup.hidden:
        return
    say(Text("  {meeting}: {text}", meeting=title(out, meeting), text=proposal.followup.text))
    if Told.of(meeting).people:
        say(Text("  to move it and tell all: kontaktnat mail invite {id} --proposed yes; to keep it: "
                 "--proposed no", id=meeting.id))  # fmt: skip
        return
    times = [("when", proposal.when), ("ends", proposal.ends)]
    said = " ".join(f'"{name}={_typed(moment)}"' for name, moment in times if moment)
    say(Text("  to move it: kontaktnat set {id} {times}; when it is answered: kontaktnat done {followup}",
             id=meeting.id, times=said, followup=proposal.followup.id))  # fmt: skip


def _typed(moment: Moment) -> str:
    """A time as it is written at the prompt."""
    if isinstance(moment, datetime):
        return f"{moment.astimezone(stockholm()):%Y-%m-%d %H:%M}"
    return str(moment)
