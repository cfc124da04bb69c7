"""Other times that guests have proposed for a meeting, as they wait in the book to be answered."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from kontaktnat.errors import KontaktnatError
from kontaktnat.model import FollowUp, Moment, PartialDate
from kontaktnat.query import F
from kontaktnat_calendar.reading import read

if TYPE_CHECKING:
    from kontaktnat.extend import Outward

PROPOSED = "calendar.proposed"
"""Under this name `extra` keeps it of the follow-up that asks: `meeting;SEQUENCE;when;ends`."""


@attrs.frozen(kw_only=True, repr=False)
class Proposal:
    """Another time for a meeting."""

    followup: FollowUp
    meeting: str
    """Its id."""
    sequence: int
    """The SEQUENCE of what is answered with it."""
    when: Moment
    ends: datetime | None

    @property
    def who(self) -> str:
        """The id of the role, contact or actor that proposes it; "" where that is not known."""
        return next((id for id in self.followup.about if id != self.meeting), "")


def proposal_of(followup: FollowUp) -> Proposal | None:
    """What a follow-up proposes; None of another."""
    parts = str(followup.extra.get(PROPOSED, "")).split(";")
    if len(parts) != 4 or not parts[1].isdecimal():
        return None
    meeting, sequence, when, ends = parts
    try:
        day = "T" not in when
        return Proposal(
            followup=followup,
            meeting=meeting,
            sequence=int(sequence),
            when=PartialDate.parse(when) if day else datetime.fromisoformat(when),
            ends=datetime.fromisoformat(ends) if ends else None,
        )
    except (KontaktnatError, ValueError):
        return None


def waiting(out: Outward, meeting: str) -> list[Proposal]:
    """What is proposed for a meeting and not answered yet, the newest first."""
    found = [one for one in out.followups.where(F("about").in_((meeting,))) if not one.done_on]
    # As it is called now: another meeting may have been merged into it, of whose id its `extra` still tells
    proposals = [attrs.evolve(one, meeting=meeting) for followup in found if (one := proposal_of(followup))]
    return sorted(proposals, key=lambda one: str(one.followup.created), reverse=True)


def proposed_in(out: Outward, data: bytes) -> list[Proposal]:
    """Of a calendar that has been taken what it proposes, and waits to be answered."""
    try:
        ids = [str(one.fields["proposal"]) for one in read(io.BytesIO(data), {}) if "proposal" in one.fields]
    except KontaktnatError:
        return []
    found = [followup for id in ids if (followup := out.peek(FollowUp, id)) and not followup.done_on]
    return [one for followup in found if (one := proposal_of(followup))]
