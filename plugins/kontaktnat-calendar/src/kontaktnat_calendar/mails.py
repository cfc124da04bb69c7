"""The calendar that came in a mail: an invitation, a cancellation, an answer (iMIP, RFC 6047)."""

from __future__ import annotations

from kontaktnat.errors import Invalid

_TYPES = ("text/calendar", "application/ics")


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
            name = part.get_filename() or ""
            if part.get_content_type() in _TYPES or name.lower().endswith((".ics", ".ical")):
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes) and b"VCALENDAR" in payload.replace(b"\0", b"").upper():
                    found = payload
                    break
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        found = b""  # of real mails a few crash the parser's access to headers
    if not found:
        raise Invalid("this mail brings no calendar (no part of it is text/calendar); save the invitation as "
                      "an .ics file and import that", path="")  # fmt: skip
    return found
