"""A meeting as what is mailed to its guests: an invitation, a change, a cancellation (iTIP, RFC 5546)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import attrs

from kontaktnat.errors import Invalid
from kontaktnat.model import PartialDate
from kontaktnat_calendar.putting import put
from kontaktnat_calendar.writing import PARTSTAT, ROLE, event_of
from kontaktnat_calendar.writing import sequence as sequence_of

if TYPE_CHECKING:
    from icalendar import vCalAddress

    from kontaktnat.extend import Outward
    from kontaktnat.model import Interaction

Method = Literal["REQUEST", "CANCEL", "PUBLISH", "DECLINECOUNTER"]


@attrs.frozen(kw_only=True, repr=False)
class Invited:
    """Somebody in an invitation. `status`, `part`: as of a participation."""

    mail: str
    name: str = ""
    status: str = "invited"
    part: str = "member"


_ANSWERS = "calendar.answers"


def asked_anew(meeting: Interaction) -> dict[str, str]:
    """What `extra` keeps of it when all guests of a meeting are asked anew with its next revision: an answer
    to an earlier one counts no more.
    """
    kept = [one for one in str(meeting.extra.get(_ANSWERS, "")).split() if not one.startswith("asked=")]
    return {_ANSWERS: " ".join((f"asked={sequence_of(meeting) + 1};", *kept))}


def calendar(
    out: Outward, meeting: Interaction, *, method: Method, organizer: Invited, guests: Iterable[Invited] = (),
    at: datetime, ask: bool = True, whole: bool = True, sequence: int | None = None,
) -> bytes:  # fmt: skip
    """The meeting as a calendar with the METHOD; `at`: when that is done (DTSTAMP). `ask`: whether who
    has not answered is asked to (RSVP). `whole`: of a CANCEL, whether the meeting is called off, and not
    these guests alone, who are no more to know where and about what it is (RFC 5546, 3.2.5: no STATUS
    then). `sequence`: of what this answers. UID and SEQUENCE are those of the export otherwise. Raises
    Invalid without a day.
    """
    if meeting.when is None or (isinstance(meeting.when, PartialDate) and meeting.when.day is None):
        raise Invalid("{path}: an invitation says a day; write when it is first", path="when")
    from icalendar import vText

    event = event_of(out, meeting)
    event.pop("dtstamp")
    event.add("dtstamp", at.astimezone(UTC).replace(microsecond=0))
    if sequence is not None:
        event.pop("sequence")
        event.add("sequence", sequence)
    if method == "CANCEL":
        for name in ("status",) if whole else ("status", "location", "description"):
            event.pop(name, None)
        if whole:
            event.add("status", "CANCELLED")
    if method != "PUBLISH":
        event["organizer"] = _address(organizer)
    for one in guests:
        address = _address(one)
        address.params["CUTYPE"] = vText("INDIVIDUAL")
        address.params["ROLE"] = vText(ROLE[one.part])
        address.params["PARTSTAT"] = vText(PARTSTAT[one.status])
        if ask and method == "REQUEST":
            address.params["RSVP"] = vText("TRUE")
        event.add("attendee", address, encode=False)
    stream = io.BytesIO()
    put(stream, iter([event]), name="", method=method)
    return stream.getvalue()


def _address(one: Invited) -> vCalAddress:
    from icalendar import vCalAddress, vText

    address = vCalAddress(f"mailto:{one.mail}")
    if name := " ".join(one.name.replace('"', "'").split()):
        address.params["CN"] = vText(name)
    return address
