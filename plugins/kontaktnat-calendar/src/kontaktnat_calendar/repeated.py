"""Events that a file tells twice, neither newer than the other: taking both would undo one with the other.

Each time the file came they would change places. The last is taken, and the others are rejected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

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
    same: dict[tuple[str, ...], list[Piece]] = defaultdict(list)
    for calendar in calendars:
        if calendar.method in ("", "PUBLISH", "REQUEST"):
            for piece in calendar.pieces:
                which = tuple(sorted(one.strip() for one in piece.lines if _name(one) in _WHICH))
                if (
                    which
                    and which[-1][:3].upper() == "UID"
                    and piece.whole
                    and piece.name in ("VEVENT", "VTODO")
                ):
                    same[piece.name, *which].append(piece)
    return dict(pair for pieces in same.values() if len(pieces) > 1 for pair in _beaten(pieces))


def _beaten(pieces: Iterable[Piece]) -> Iterator[tuple[int, int]]:
    last: tuple[Piece, tuple[int, str]] | None = None
    for piece in pieces:
        number = edition(Properties([one for one in piece.lines if _name(one) in _EDITION], Zones(())))
        if last:
            if _older(number, last[1]):
                continue
            if not _older(last[1], number) and _said(last[0]) != _said(piece):
                yield id(last[0]), piece.line
        last = piece, number


def _older(one: tuple[int, str], other: tuple[int, str]) -> bool:
    """As the book has it: of two times of writing only where both are said."""
    return one[0] < other[0] or (one[0] == other[0] and "" < one[1] < other[1])


def _said(piece: Piece) -> list[str]:
    return sorted(line for line in piece.lines if _name(line) in _READ)


@lru_cache(maxsize=256)
def _of_head(head: str) -> str:
    return head.partition(";")[0].strip().upper()


def _name(line: str) -> str:
    return _of_head(line.partition(":")[0])
