"""A TZID → its time zone: one of the IANA's, Windows' name for one, or what the file itself defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache

from kontaktnat_calendar.files import Piece, name_of, plain

_SHOWN = re.compile(r"\((?:UTC|GMT)([+-]\d{2})[.:](\d{2})\)\s*(.+)")
_LOCATION = re.compile(r"(?i)X-LIC-LOCATION[^:]*:(.+)")
_FREQ = re.compile(r"(?i)FREQ=(\w+)")
_NOT_EACH = re.compile(r"(?i)INTERVAL=(?!0*1(?:;|\Z))")
_MIDNIGHT = re.compile(r"(?i)DTSTART;VALUE=DATE:(\d{8})\s*\Z")
_AMERICAN = re.compile(r"(\w+) Time \(US (?:&|and) Canada\)", re.IGNORECASE)
_NOTES = {"western/central europe": "Europe/Berlin"}
"""Lotus Notes' own names, to which it gives no rules."""
_AREAS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic")


class Zones:
    """The zones of one calendar."""

    def __init__(self, defined: Iterable[Piece]) -> None:
        self._defined: dict[str, Piece] = {}
        for piece in defined:
            if name := name_of(piece):
                self._defined[name] = piece
        self._known: dict[str, tzinfo | None] = {}

    def find(self, name: str) -> tzinfo | None:
        """The zone of that name; None where nobody knows it: it is never taken for another."""
        key = plain(name)
        if key not in self._known:
            self._known[key] = self._find(key)
        return self._known[key]

    def _find(self, name: str) -> tzinfo | None:
        if known := named(name):
            return known
        piece = self._defined.get(name)
        if piece is None:
            return _by_cities(name)
        where = next((found[1] for line in piece.lines if (found := _LOCATION.match(line))), "")
        return (named(plain(where)) if where else None) or _own(piece) or _by_cities(name)


@cache
def named(name: str) -> tzinfo | None:
    """A zone that everybody knows, by the IANA's name (also at the end of a path) or by Windows'."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    windows = {one.casefold(): zone for one, zone in WINDOWS_TO_OLSON.items()}
    american = _AMERICAN.match(name)  # how Windows shows what it calls Eastern Standard Time
    for one in (name, f"{american[1]} Standard Time" if american else ""):
        if zone := windows.get(one.casefold()) or _NOTES.get(one.casefold()):
            return _iana(zone)
    parts = name.strip("/").split("/")
    if parts[-1].upper() in ("Z", "UTC", "GMT"):  # also Exchange's tzone://Microsoft/Utc
        return UTC
    return next((found for n in range(len(parts)) if (found := _iana("/".join(parts[n:])))), None)


def _iana(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    if "/" not in name and name.upper() not in ("CET", "EET", "WET", "UTC", "GMT", "MET"):
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return None


def _by_cities(name: str) -> tzinfo | None:
    """What Windows shows of a zone: `(UTC+01:00) Amsterdam, Berlin, …`."""
    shown = _SHOWN.match(name)
    if not shown:
        return _together(name)
    hours, minutes = int(shown[1]), int(shown[2])
    offset = timedelta(hours=hours, minutes=-minutes if shown[1].startswith("-") else minutes)
    if (zone := named(shown[3])) and min(_offsets(zone)) == offset:
        return zone
    return next((zone for zone in _of_cities(shown[3]) if min(_offsets(zone)) == offset), None)


def _together(name: str) -> tzinfo | None:
    """Cities alone, as older ones show it: at least two that have the same time, and none that has not."""
    zones = list(_of_cities(name))
    return zones[0] if len(zones) > 1 and len({_offsets(zone) for zone in zones}) == 1 else None


def _of_cities(names: str) -> Iterator[tzinfo]:
    for city in re.split(r"[,/]", names):
        for area in _AREAS:
            if zone := _iana(f"{area}/{city.strip().replace(' ', '_')}"):
                yield zone


def _offsets(zone: tzinfo) -> tuple[timedelta, ...]:
    """Its distance from UTC in winter and in summer."""
    days = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)
    return tuple(day.astimezone(zone).utcoffset() or timedelta() for day in days)


def _own(piece: Piece) -> tzinfo | None:
    """The zone by the rules that the file gives; None where they are no rules that come once a year."""
    from io import StringIO

    from dateutil.tz import tzical

    rules = [line for line in piece.lines if line.upper().startswith("RRULE")]
    if len(piece.lines) > 2000 or any(
        not (freq := _FREQ.search(rule)) or freq[1].upper() != "YEARLY" or _NOT_EACH.search(rule)
        for rule in rules
    ):
        return None
    kept = [
        _MIDNIGHT.sub(r"DTSTART:\1T000000", line)
        for line in piece.lines
        if not line.upper().startswith(("X-", "LAST-MODIFIED", "TZURL"))
    ]
    text = "\r\n".join(["BEGIN:VTIMEZONE", *kept, "END:VTIMEZONE", ""])
    try:
        zone: tzinfo | None = tzical(StringIO(text)).get()
        if zone is not None:
            datetime(2026, 7, 1, 12, tzinfo=zone).utcoffset()
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
        return None
    return zone
