"""A calendar as a file: its head, its zone, part by part (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from icalendar import Component

ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Stockholm\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19810329T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"
    "TZNAME:CEST\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"
    "TZNAME:CET\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
    "END:VTIMEZONE\r\n"
)


def put(stream: BinaryIO, parts: Iterator[Component], *, name: str, method: str = "PUBLISH") -> None:
    """A whole calendar, part by part. `name`: of one that is shown as a calendar of its own, else ""."""
    product = "PRODID:-//kontaktnat//kontaktnat-calendar//SV"
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", product, "CALSCALE:GREGORIAN"]
    head += [f"METHOD:{method}"] if method else []
    head += [f"X-WR-CALNAME:{name}", "X-WR-TIMEZONE:Europe/Stockholm"] if name else []
    stream.write("".join(f"{line}\r\n" for line in head).encode() + ZONE.encode())
    for part in parts:
        stream.write(part.to_ical())
    stream.write(b"END:VCALENDAR\r\n")


def stamp(part: Component, changed: datetime | None) -> None:
    """When the record was changed last: the same book gives the same calendar."""
    at = (changed or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
    part.add("dtstamp", at)
    part.add("last-modified", at)
