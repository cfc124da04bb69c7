"""The calendar that came in a mail: an invitation, a cancellation, an answer (iMIP, RFC 6047)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from kontaktnat.errors import Invalid

_TYPES = ("text/calendar", "application/ics")
_NAMES = (".ics", ".ical")


def calendar_in(kind: str, name: str, data: Callable[[], bytes]) -> bytes:
    """What a part of a mail holds, if it is a calendar by its type or by its file's name; else nothing."""
    if kind not in _TYPES and not name.lower().endswith(_NAMES):
        return b""
    found = data()
    return found if b"VCALENDAR" in found.replace(b"\0", b"").upper() else b""


def calendar_of(data: bytes) -> bytes:
    """The first calendar among the parts of a mail, as bytes; raises Invalid where there is none.

    Outlook's and others' mails bring it twice, as an alternative to the text and as a file.
    """
    import email
    from email.policy import compat32

    found = b""
    try:
        message = email.message_from_bytes(data, policy=compat32)
        for part in message.walk():
            if found := calendar_in(part.get_content_type(), part.get_filename() or "", partial(_data, part)):
                break
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        found = b""  # of real mails a few crash the parser's access to headers
    if not found:
        raise Invalid("this mail brings no calendar (no part of it is text/calendar); save the invitation as "
                      "an .ics file and import that", path="")  # fmt: skip
    return found


def _data(part: Any) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
