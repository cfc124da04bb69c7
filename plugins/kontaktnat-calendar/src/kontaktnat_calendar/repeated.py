"""Events that a file tells twice, neither newer than the other: taking both would undo one with the other.

Each time the file came they would change places. The last is taken, and the others are rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kontaktnat_calendar.events import edition
from kontaktnat_calendar.files import Calendar, Piece
from kontaktnat_calendar.properties import Properties
from kontaktnat_calendar.zones import Zones

_WHICH = ("UID", "RECURRENCE-ID")
_EDITION = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
_READ = frozenset({
    "DTSTART", "DTEND", "DUE", "DURATION", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "COMPLETED",
    "CLASS", "CATEGORIES", "ORGANIZER", "ATTENDEE", "RRULE", "RDATE", "EXDATE",
})  # fmt: skip


def told_twice(calendars: Iterable[Calendar]) -> Mapping[int, int]:
    """`id` of each piece that another takes the place of → the line on which that begins."""
    last: dict[tuple[str, str, str], tuple[Piece, tuple[int, str]]] = {}
    beaten: dict[int, int] = {}
    for calendar in calendars:
        if calendar.method not in ("", "PUBLISH", "REQUEST"):
            continue
        for piece in calendar.pieces:
            if piece.name not in ("VEVENT", "VTODO") or not piece.whole:
                continue
            told = Properties([one for one in piece.lines if _name(one) in (*_WHICH, *_EDITION)], Zones(()))
            uid, which = (told.text(name) for name in _WHICH)
            if not uid:
                continue
            number = edition(told)
            before, was = last.get((piece.name, uid, which), (piece, number))
            if _older(number, was):
                continue
            if not _older(was, number) and _said(before) != _said(piece):
                beaten[id(before)] = piece.line
            last[piece.name, uid, which] = piece, number
    return beaten


def _older(one: tuple[int, str], other: tuple[int, str]) -> bool:
    """As the book has it: of two times of writing only where both are said."""
    return one[0] < other[0] or (one[0] == other[0] and "" < one[1] < other[1])


def _said(piece: Piece) -> list[str]:
    return sorted(line for line in piece.lines if _name(line) in _READ)


def _name(line: str) -> str:
    return line.partition(":")[0].partition(";")[0].strip().upper()
