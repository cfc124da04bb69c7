"""What was understood of a calendar's file, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from kontaktnat.extend import Text, Understood
from kontaktnat_calendar.files import Calendar, calendars, decode
from kontaktnat_calendar.properties import Properties
from kontaktnat_calendar.reading import check_options, is_private, passed_over, summary_of
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
    return Understood(summary=summary, unused=unused, sample=tuple(_sample(found)))


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
