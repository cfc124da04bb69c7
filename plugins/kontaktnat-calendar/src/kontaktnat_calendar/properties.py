"""The lines of one component → its properties: texts, times with their zones, addresses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import attrs

from kontaktnat.errors import Invalid
from kontaktnat.model import day_of, stockholm
from kontaktnat_calendar.zones import Zones

_NAME = re.compile(r"[A-Za-z0-9-]+")
_TIMES = (
    "DTSTART",
    "DTEND",
    "DUE",
    "RECURRENCE-ID",
    "EXDATE",
    "RDATE",
    "COMPLETED",
    "DTSTAMP",
    "LAST-MODIFIED",
)
_TIMED = re.compile(r"([^:;]+)((?:;.*)?):\s*((?:[0-9][0-9TZtzPDHMSWpdhmsw/+,\-]*)?)\s*")
_TZID = re.compile(r'(?i);TZID=("[^"]*"|.*?)(?=;[A-Z-]+=|$)')
_VALUE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2}))?)?(Z)?", re.ASCII)
_PARAM = re.compile(r';\s*([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_PARTS = re.compile(r'"[^"]*"|[^",]+')
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
_ADDRESS = re.compile(r"(?i)[:=]\"?(mailto:[^\s:;\"]+)\"?$")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
EARLIEST, LATEST = 1900, 2200


@attrs.frozen(kw_only=True, repr=False)
class Prop:
    """One property: its parameters and its value as it stands."""

    params: Mapping[str, str]
    value: str

    def param(self, name: str) -> str:
        """A parameter as one text; "" where it is not said."""
        return self.params.get(name, "")

    @property
    def text(self) -> str:
        """The value as text (RFC 5545, 3.3.11)."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@attrs.frozen(kw_only=True, repr=False)
class Time:
    """A time in a calendar. `wall`: what the clock shows in its zone, of a whole day midnight."""

    wall: datetime
    zone: object = None
    whole_day: bool = False

    def at(self, wall: datetime) -> Time:
        """The same zone, another clock."""
        return attrs.evolve(self, wall=wall)

    @property
    def moment(self) -> datetime:
        """The moment, by Stockholm's clocks; raises Invalid for one outside the calendar."""
        zone = stockholm() if self.whole_day else self.zone
        try:
            # By way of UTC, so that an hour that the clocks skip is one after it.
            moment = self.wall.replace(tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type]
            return moment.astimezone(stockholm())
        except (OverflowError, ValueError):
            raise outside(self.wall) from None

    @property
    def key(self) -> str:
        """As RECURRENCE-ID names it, in one spelling: `20261112`, `20261112T120000Z`."""
        if self.whole_day:
            return self.wall.strftime("%Y%m%d")
        return self.moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")

    @property
    def day(self) -> date:
        """The local day."""
        return self.wall.date() if self.whole_day else day_of(self.moment)

    @property
    def written(self) -> str:
        """ISO 8601: a date, or a time by Stockholm's clocks."""
        return self.wall.date().isoformat() if self.whole_day else self.moment.isoformat()


def outside(wall: datetime) -> Invalid:
    """The error for a day that no meeting is on."""
    return Invalid("{value}: outside the calendar", value=wall.date().isoformat(), path="")


class Properties:
    """Of one component. Lines that cannot be read are kept aside: most are of no matter here."""

    def __init__(self, lines: Sequence[str], zones: Zones) -> None:
        self._zones = zones
        self._found: dict[str, list[Prop]] = defaultdict(list)
        self._bad: dict[str, str] = {}
        for line in lines:
            found = _NAME.match(line.strip())
            name = found[0].upper() if found else ""
            try:
                self._found[name].append(_timed(line) if name in _TIMES else _parsed(line))
            except ValueError:
                self._bad[name] = line

    def all(self, name: str) -> list[Prop]:
        """All properties of that name; raises Invalid where one of them cannot be read."""
        if name in self._bad:
            raise Invalid("{path}: this line cannot be read", path=name)
        return self._found.get(name, [])

    def one(self, name: str) -> Prop | None:
        """The first of that name, or None."""
        return next(iter(self.all(name)), None)

    def text(self, name: str) -> str:
        """Its text in one line; "" where there is none, or it cannot be read."""
        found = None if name in self._bad else self.one(name)
        return " ".join(found.text.split()) if found else ""

    def time(self, name: str) -> Time | None:
        """A time, or None where it is not said; raises Invalid."""
        found = self.one(name)
        return next(self.times_of(name, found), None) if found else None

    def times_of(self, name: str, prop: Prop) -> Iterator[Time]:
        """The times of a property that may have several; raises Invalid for a zone that nobody knows."""
        zone = prop.param("TZID")
        for value in filter(None, prop.value.split(",")):
            start = value.partition("/")[0]  # of a period its start
            found = _VALUE.fullmatch(start.strip().upper())
            if not found:
                raise Invalid("{path}: {value!r} is no time of a calendar", path=name, value=value[:40])
            year, month, day = (int(part) for part in found.groups()[:3])
            if not EARLIEST <= year <= LATEST:
                raise Invalid("{path}: {value}: outside the calendar", path=name, value=start[:8])
            try:
                if found[4] is None:
                    yield Time(wall=datetime(year, month, day), whole_day=True)
                    continue
                hour, minute, second = int(found[4]), int(found[5]), min(int(found[6] or 0), 59)
                wall = datetime(year, month, day, hour, minute, second)
            except ValueError:
                raise Invalid("{path}: {value}: no such date", path=name, value=start[:20]) from None
            yield Time(wall=wall, zone=UTC if found[7] else self._zone(name, zone))

    def _zone(self, name: str, zone: str) -> object:
        if not zone.strip('" '):
            return stockholm()  # a floating time is that of whoever reads it
        if found := self._zones.find(zone):
            return found
        raise Invalid(
            "{path}: nobody knows the time zone {zone}, and the file does not say what it is; write "
            "TZID=Europe/Stockholm there",
            path=name, zone=zone[:60],
        )  # fmt: skip


def _parsed(line: str) -> Prop:
    """Of any other (RFC 5545, 3.1; RFC 6868). An address is found also behind quotes that do not close."""
    line = line.strip()
    name = _NAME.match(line)
    at = name.end() if name else 0
    params: dict[str, str] = {}
    while found := _PARAM.match(line, at):
        value = ",".join(part.strip('"') for part in _PARTS.findall(found[2]))
        params.setdefault(found[1].upper(), _CARET.sub(lambda one: _CARETS[one[1]], value))
        at = found.end()
    if line[at : at + 1] == ":":
        return Prop(params=params, value=line[at + 1 :])
    if address := _ADDRESS.search(line):
        return Prop(params=params, value=address[1])
    raise ValueError(line)


def _timed(line: str) -> Prop:
    """Of a time: Outlook's zones have colons and commas in their names, with no quotes around."""
    found = _TIMED.fullmatch(line.strip())
    if not found:
        raise ValueError(line)
    zone = _TZID.search(found[2])
    return Prop(params={"TZID": zone[1].strip('"')} if zone else {}, value=found[3])


_DURATION = re.compile(
    r"(?i)([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?", re.ASCII
)


def duration(value: str) -> timedelta | None:
    """A duration (RFC 5545, 3.3.6); None for what is none, or goes backwards."""
    found = _DURATION.fullmatch(value.strip())
    if not found or found[1] == "-" or not any(found.groups()[1:]):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
