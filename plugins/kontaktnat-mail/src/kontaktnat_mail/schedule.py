"""Outlook's own invitations and answers to them, as the calendar that they came as (MS-OXOCAL, MS-OXCICAL).

Outlook makes properties of the calendar in a mail and keeps those alone, so that a `.msg` of an answer has
none; here it is written again, so that one reading does for both.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from kontaktnat.model import day_of

if TYPE_CHECKING:
    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

    from kontaktnat.extend import Message

_METHODS = {
    "ipm.schedule.meeting.request": ("REQUEST", "NEEDS-ACTION"),
    "ipm.schedule.meeting.canceled": ("CANCEL", ""),
    "ipm.schedule.meeting.resp.pos": ("REPLY", "ACCEPTED"),
    "ipm.schedule.meeting.resp.neg": ("REPLY", "DECLINED"),
    "ipm.schedule.meeting.resp.tent": ("REPLY", "TENTATIVE"),
}
"""By the class of a message (MS-OXOCAL §2.2.5 to 2.2.7)."""
_MEETING = bytes.fromhex("90DAD86E0B451B1098DA00AA003F1305")
_APPOINTMENT = bytes.fromhex("0220060000000000C000000000000046")
"""The two sets of names, as they stand in a file (MS-OXPROPS §1.3.2)."""
_GLOBAL_ID, _CLEAN_ID, _ANSWERED, _CHANGED = ((_MEETING, n) for n in (0x03, 0x23, 0x01, 0x1A))
_REPEATS, _SEQUENCE, _START, _END = ((_APPOINTMENT, n) for n in (0x8223, 0x8201, 0x820D, 0x820E))
_PLACE, _REPLACED = ((_APPOINTMENT, n) for n in (0x8208, 0x8228))
_NAMES, _SETS, _ENTRIES = "__nameid_version1.0", "__substg1.0_00020102", "__substg1.0_00030102"
_OWN_UID = b"vCal-Uid\x01\0\0\0"
_ENTRY = struct.Struct("<IHH")


def calendar_of(
    storage: Storage, values: Properties, kind: str, mail: Message
) -> tuple[tuple[str, bytes], ...]:
    """(METHOD, bytes) of what a message of Outlook's calendar says; none of any other, or of a whole series
    of which a rule would have to be told.
    """
    method, answer = _METHODS.get(kind, ("", ""))
    said = _Named(storage, values)
    uid, instance = identity(said.blob(_GLOBAL_ID) or said.blob(_CLEAN_ID))
    start, end = said.time(_START), said.time(_END)
    organizer = mail.to[0] if method == "REPLY" and mail.to else mail.sender
    if not method or not uid or (method == "REPLY" and "@" not in mail.sender.mail):
        return ()
    if method == "REQUEST" and (start is None or (said.number(_REPEATS) and instance is None)):
        return ()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//kontaktnat//mail//", f"METHOD:{method}"]
    lines += ["BEGIN:VEVENT", f"UID:{_text(uid)}", f"SEQUENCE:{said.number(_SEQUENCE)}"]
    stamp = said.time(_ANSWERED if method == "REPLY" else _CHANGED) or mail.date
    lines += [f"DTSTAMP:{_time(stamp)}"] if stamp else []
    if instance is not None:
        which = said.time(_REPLACED) or (start if start and day_of(start) == instance else None)
        lines.append(
            f"RECURRENCE-ID:{_time(which)}" if which else f"RECURRENCE-ID;VALUE=DATE:{instance:%Y%m%d}"
        )
    lines += [f"{name}:{_time(at)}" for name, at in (("DTSTART", start), ("DTEND", end)) if at]
    lines += [
        f"{name}:{_text(text)}"
        for name, text in (("SUMMARY", mail.subject), ("LOCATION", said.text(_PLACE)))
        if text
    ]
    lines += [f"ORGANIZER:mailto:{organizer.mail}"] if "@" in organizer.mail else []
    people = [mail.sender] if method == "REPLY" else [*mail.to, *mail.cc]
    state = f";PARTSTAT={answer}" if answer else ""
    lines += [f"ATTENDEE{state}:mailto:{one.mail}" for one in people if "@" in one.mail]
    lines += ["END:VEVENT", "END:VCALENDAR", ""]
    return ((method, "\r\n".join(lines).encode("utf-8", "replace")),)


def identity(global_id: bytes) -> tuple[str, date | None]:
    """(UID, the day of the one in a series that is meant) of a global object id (MS-OXOCAL §2.2.1.27).

    A UID that another program gave stands in it; Outlook's own are its digits (MS-OXCICAL 2.1.3.1.1.20.26).
    """
    if len(global_id) < 40:
        return "", None
    year, month, day = struct.unpack_from(">HBB", global_id, 16)
    try:
        instance = date(year, month, day) if year else None
    except ValueError:
        instance = None
    (size,) = struct.unpack_from("<I", global_id, 36)
    data = global_id[40 : 40 + size]
    if data.startswith(_OWN_UID):
        return data.removeprefix(_OWN_UID).partition(b"\0")[0].decode("utf-8", "replace"), instance
    return (global_id[:16] + bytes(4) + global_id[20 : 40 + size]).hex().upper(), instance


class _Named:
    """The properties of a message by their names (MS-OXMSG §2.2.3)."""

    def __init__(self, storage: Storage, values: Properties) -> None:
        self._values = values
        self._ids: Mapping[tuple[bytes, int], int] = dict(_names(storage))

    def blob(self, name: tuple[bytes, int]) -> bytes:
        try:
            return self._values.binary_prop_value(self._ids[name]) or b""
        except LookupError:
            return b""

    def text(self, name: tuple[bytes, int]) -> str:
        try:
            said = self._values.str_prop_value(self._ids[name])
        except (LookupError, UnicodeError):
            return ""
        return said.strip("\0") if isinstance(said, str) else ""

    def number(self, name: tuple[bytes, int]) -> int:
        try:
            said = self._values.int_prop_value(self._ids[name])
        except LookupError:
            return 0
        return int(said) if isinstance(said, int) and said > 0 else 0

    def time(self, name: tuple[bytes, int]) -> datetime | None:
        try:
            said = self._values.date_prop_value(self._ids[name])
        except (LookupError, OverflowError, ValueError):
            return None
        return said if isinstance(said, datetime) and said.tzinfo and said.year > 1900 else None


def _names(storage: Storage) -> list[tuple[tuple[bytes, int], int]]:
    inside = next((one for one in storage.storages if one.name == _NAMES), None)
    streams = {one.name: one.bytes_ for one in inside.streams} if inside else {}
    sets, entries = streams.get(_SETS, b""), streams.get(_ENTRIES, b"")
    found = []
    for number, said, index in _ENTRY.iter_unpack(entries[: len(entries) // 8 * 8]):
        at = ((said >> 1) - 3) * 16  # the first three are known sets, and none of these
        if not said & 1 and at >= 0:
            found.append(((sets[at : at + 16], number), 0x8000 + index))
    return found


def _time(moment: datetime) -> str:
    from datetime import UTC

    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r", ""), ("\n", "\\n")):
        text = text.replace(sign, written)
    return text
