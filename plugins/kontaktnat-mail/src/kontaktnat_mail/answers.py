"""Answers to invitations, as they come by mail: who comes, who does not, who sends somebody else
(METHOD:REPLY), and who proposes another time (METHOD:COUNTER), which moves nothing and waits for an answer.

Whose answer it is the ATTENDEE in the calendar says, whoever forwards it. An older one changes nothing, nor
does any once it has been told who came: that is the core's (`kontaktnat.events`), which reads the same from
a file.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from kontaktnat.errors import KontaktnatError

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.exchange import ImportResult

FORMAT = "ics"
_METHODS = ("REPLY", "COUNTER")


def is_answer(method: str, data: bytes) -> bool:
    """Whether a calendar in a mail is an answer: by what the part says, and by what stands in it (RFC 6047,
    2.4).

    Where only one of them says so it is none: it might be an invitation, and would make a meeting.
    """
    from kontaktnat_calendar.files import calendars

    said = method.upper()
    if said not in _METHODS:
        return False
    try:
        found = calendars(data)
    except KontaktnatError:
        return False
    return bool(found) and all(one.method.upper() == said for one in found)


def apply(book: Book, method: str, data: bytes) -> ImportResult | None:
    """Set who comes at the meeting (and the one of its series) that an answer is to; None for what is none.

    What became of it: updated, unchanged (an older answer, or one that has been taken), rejected where no
    meeting here is meant; created of a proposal, which is the follow-up that waits; somebody unknown waits in
    quarantine. Inside a transaction it is part of that.
    """
    if not is_answer(method, data):
        return None
    return book.import_from(io.BytesIO(data), format=FORMAT)
