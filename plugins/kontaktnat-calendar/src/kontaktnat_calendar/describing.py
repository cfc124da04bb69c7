"""What was understood of a calendar's file, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from kontaktnat.errors import KontaktnatError
from kontaktnat.extend import Text, Understood
from kontaktnat_calendar.files import Calendar, Piece, calendars, decode
from kontaktnat_calendar.properties import Properties
from kontaktnat_calendar.reading import Window, check_options, is_private, passed_over, summary_of, window
from kontaktnat_calendar.recurrence import starts
from kontaktnat_calendar.zones import Zones

_SAMPLE = 5


def describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood:
    """The encoding, how many events and tasks, what they are for (METHOD), and what is passed over."""
    check_options(options)
    data = stream.read()
    found = calendars(data)
    _, encoding, evidence = decode(data)
    methods = sorted({one.method for one in found if one.method})
    summary = Text(
        "{encoding} ({evidence}), {what}", encoding=encoding, evidence=evidence, what=summary_of(found)
    )
    if methods:
        summary = Text("{summary}, METHOD:{methods}", summary=summary, methods=", ".join(methods))
    if mine := ", ".join(filter(None, map(str.strip, options.get("me", "").split("|")))):
        summary = Text("{summary}, your own address {mine}", summary=summary, mine=mine)
    over = Counter(name for one in found for name in passed_over(one))
    unused = tuple(f"{name} ({n})" for name, n in sorted(over.items()))
    days = window(options)
    if n := sum(_is_over(piece, zones, days) for piece, zones in _series(found)):
        unused += (
            Text(
                "{n} series without a meeting from {since} to {until}",
                "{n} series without a meeting from {since} to {until}",
                n=n, since=days.series_since, until=days.series_until,
            ),
        )  # fmt: skip
    return Understood(summary=summary, unused=unused, sample=tuple(_sample(found)))


def _series(found: Sequence[Calendar]) -> Iterator[tuple[Piece, Zones]]:
    for calendar in found:
        zones = Zones(calendar.zones)
        for piece in calendar.pieces:
            if piece.name == "VEVENT" and any(one[:5].upper() in ("RRULE", "RDATE") for one in piece.lines):
                yield piece, zones


def _is_over(piece: Piece, zones: Zones, days: Window) -> bool:
    """Whether nothing becomes of a series: it has ended, or begins later than anything is planned."""
    try:
        props = Properties(piece.lines, zones)
        first = props.time("DTSTART")
        return first is not None and not starts(props, first, days.series_since, days.series_until)[0]
    except KontaktnatError:  # it will be rejected, which says why
        return False


def _sample(found: Sequence[Calendar]) -> list[str]:
    """Subjects with letters beyond ASCII, as they will be read; none of what is private."""
    shown: list[str] = []
    for calendar in found:
        for piece in calendar.pieces:
            lines = [line for line in piece.lines if line[:5].upper() in ("SUMMA", "CLASS")]
            props = Properties(lines, Zones(()))
            text = "" if is_private(props) else props.text("SUMMARY")
            if text and not text.isascii():
                shown.append(text[:100])
            if len(shown) == _SAMPLE:
                return shown
    return shown
