"""A calendar's file → candidates: a meeting for each event, and for each day of one that comes again."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from operator import itemgetter
from typing import Any, BinaryIO

import attrs

from kontaktnat.errors import Invalid, KontaktnatError
from kontaktnat.extend import Candidate, Text
from kontaktnat.model import id_for
from kontaktnat_calendar.events import edition as edition_of
from kontaktnat_calendar.events import ends, fields_of, guests, tasks
from kontaktnat_calendar.files import Calendar, Piece, calendars
from kontaktnat_calendar.properties import Properties, Time
from kontaktnat_calendar.recurrence import comes_again, more, starts
from kontaktnat_calendar.repeated import told_twice
from kontaktnat_calendar.zones import Zones

OPTIONS: Mapping[str, tuple[str, ...] | None] = {
    "from": None, "until": None, "kind": None, "me": None, "description": ("yes", "no"),
    "private": ("yes", "no"), "absence": ("yes", "no"), "guests": ("outside", "known", "any"),
    "today": None, "ahead": None,
}  # fmt: skip
_PRIVATE = ("PRIVATE", "CONFIDENTIAL")
_FEED = "@due.kontaktnat"


@attrs.frozen(kw_only=True, repr=False)
class Window:
    """Which days are read."""

    since: date | None
    until: date | None
    series_since: date
    series_until: date

    def has(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@attrs.frozen(kw_only=True, repr=False)
class _Event:
    """An event with what tells which it is."""

    piece: Piece
    props: Properties
    uid: str
    which: Time | None
    """Its RECURRENCE-ID."""
    onwards: bool
    """Whether it changes all from that one on."""


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each meeting and task. Options: `from`, `until` (days), `kind`, `me` (one's own
    addresses, `|` between), `description=yes`, `private=yes`, `absence=yes`, `guests` (outside, known: which
    meetings are for the book).

    Raises Invalid where it is no calendar, or for an option that there is not.
    """
    days = window(options)
    found = calendars(stream.read())
    twice = told_twice(found)
    for calendar in found:
        yield from _Reader(calendar, options, days, twice).candidates()


def check_options(options: Mapping[str, str]) -> None:
    """Raise Invalid for an option that there is not, or a value that it does not take."""
    for name, value in options.items():
        if name not in OPTIONS:
            known = ", ".join(one for one in OPTIONS if one not in ("today", "ahead"))
            raise Invalid("{path}: a calendar is read with no such option; there is: {known}", path=name,
                          known=known)  # fmt: skip
        allowed = OPTIONS[name]
        if allowed and value not in allowed:
            raise Invalid("{path}: {value} is none of {allowed}", path=name, value=value,
                          allowed=", ".join(allowed))  # fmt: skip
    if options.get("guests") == "outside" and "@" not in options.get("me", ""):
        raise Invalid(
            "{path}: who is from outside is told by your own address; say it once: --set me=ADDRESS",
            path="guests",
        )


def window(options: Mapping[str, str]) -> Window:
    """Which days are read; raises Invalid for what is no day, or the wrong way round."""
    check_options(options)
    today = _day(options, "today") or datetime.now(UTC).date()
    since, until = _day(options, "from"), _day(options, "until")
    if since and until and until < since:
        raise Invalid("until: {until} is before from: {since}", until=until, since=since, path="until")
    ahead = until or _day(options, "ahead") or _years(today, 1)
    return Window(since=since, until=until, series_since=since or _years(today, -1), series_until=ahead)


def _years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the leap day
        return day.replace(year=day.year + years, day=28)


def _day(options: Mapping[str, str], name: str) -> date | None:
    value = options.get(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise Invalid("{path}: {value!r} is no day; write it as 2026-11-12", path=name, value=value) from None


def _is_absence(event: Properties) -> bool:
    """A holiday or a sick child, which is nobody's business here: whole days out of office, alone."""
    start = event.one("DTSTART")
    return (
        event.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "OOF"
        and start is not None
        and "T" not in start.value.upper()
        and not (event.all("ATTENDEE") or event.text("LOCATION"))
    )


class _Reader:
    """Reads one calendar."""

    def __init__(
        self, calendar: Calendar, options: Mapping[str, str], window: Window, twice: Mapping[int, int]
    ) -> None:
        self._calendar = calendar
        self._twice = twice
        self._options = options
        self._window = window
        self._zones = Zones(calendar.zones)
        self._texts: dict[int, str] = {}

    def candidates(self) -> Iterator[Candidate]:
        """In the order of the file; the days of a series after one another, where it stands."""
        events, own = self._events()
        changed: dict[str, list[_Event]] = defaultdict(list)
        series = {one.uid for one in events.values() if one.which is None and self._again(one)}
        for one in events.values():
            if one.which is not None and one.uid in series:
                changed[one.uid].append(one)
        for piece in self._calendar.pieces:
            if id(piece) in own:
                yield own[id(piece)]
                continue
            if piece.name == "VTODO":
                yield self._guarded(piece, "followup", partial(self._task, piece))
            elif id(piece) in events:
                event = events[id(piece)]
                if event.which is not None and event.uid in series and self._takes:
                    continue  # it is told with its series
                if event.which is None and event.uid in series and self._takes:
                    yield from self._series(event, changed[event.uid])
                else:
                    yield from self._single(event)

    @property
    def _takes(self) -> bool:
        return self._calendar.method in ("", "PUBLISH", "REQUEST")

    def _again(self, event: _Event) -> bool:
        try:
            return comes_again(event.props)
        except Invalid:
            return False

    def _events(self) -> tuple[dict[int, _Event], dict[int, Candidate]]:
        """Events by their pieces, and what is wrong with the others."""
        events: dict[int, _Event] = {}
        wrong: dict[int, Candidate] = {}
        for piece in self._calendar.pieces:
            if piece.name != "VEVENT":
                continue
            try:
                events[id(piece)] = self._event(piece)
            except KontaktnatError as error:
                wrong[id(piece)] = self._rejected(piece, error.text)
        return events, wrong

    def _event(self, piece: Piece) -> _Event:
        if not piece.whole:
            raise Invalid("the event is cut off: no line ends it", path="")
        self._must_be_last(piece)
        props = Properties(piece.lines, self._zones)
        uid = props.text("UID")
        if not uid:
            told = "\n".join((props.text("SUMMARY"), *(one.value for one in props.all("DTSTART"))))
            uid = f"without-{hashlib.sha256(told.encode()).hexdigest()[:16]}"
        if uid.endswith(_FEED):
            raise Invalid(
                "this is an entry of kontaktnat's own feed of what is due, and no meeting", path="UID"
            )
        if is_private(props) and self._takes and self._options.get("private") != "yes":
            raise Invalid("it is marked as private; to take it all the same: --set private=yes", path="CLASS")
        if _is_absence(props) and self._takes and self._options.get("absence") != "yes":
            raise Invalid("whole days out of office, and no meeting; to take it all the same: "
                          "--set absence=yes", path="X-MICROSOFT-CDO-BUSYSTATUS")  # fmt: skip
        which = props.one("RECURRENCE-ID")
        # What comes after RANGE= is no part of the time, so it is looked for in the line itself.
        onwards = which is not None and any(
            line.upper().startswith("RECURRENCE-ID") and "RANGE=THISANDFUTURE" in line.upper()
            for line in piece.lines
        )
        return _Event(piece=piece, props=props, uid=uid, which=props.time("RECURRENCE-ID"), onwards=onwards)

    def _must_be_last(self, piece: Piece) -> None:
        if line := self._twice.get(id(piece)):
            raise Invalid(
                "another one, on line {line}, has the same UID, and that is taken; give this one a UID of "
                "its own",
                line=line, path="UID",
            )  # fmt: skip

    def _rejected(self, piece: Piece, why: str) -> Candidate:
        return Candidate(row=piece.line, type="interaction", problem=why, raw=self._alone(piece))

    def _alone(self, piece: Piece) -> str:
        """One text of it, of however many meetings it is the series."""
        if id(piece) not in self._texts:
            self._texts[id(piece)] = self._calendar.alone(piece)
        return self._texts[id(piece)]

    def _guarded(self, piece: Piece, type: str, make: Callable[[], dict[str, Any]]) -> Candidate:
        try:
            fields = make()
        except KontaktnatError as error:
            return self._rejected(piece, error.text)
        return Candidate(row=piece.line, type=type, fields=fields, raw=self._alone(piece))

    # Single events, answers and cancellations

    def _single(self, event: _Event) -> Iterator[Candidate]:
        try:
            start = event.props.time("DTSTART")
            if self._takes and start and not self._window.has(start.day):
                return
        except KontaktnatError as error:
            yield self._rejected(event.piece, error.text)
            return
        yield self._guarded(event.piece, "interaction", lambda: self._fields(event))

    def _fields(self, event: _Event) -> dict[str, Any]:
        told = self._identity(event, event.which)
        method = self._calendar.method
        if method == "REPLY":
            answers = guests(event.props, {}, reply=True)
            if not answers:
                raise Invalid("the answer does not say whose it is (ATTENDEE)", path="ATTENDEE")
            return {**told, "does": "reply", "guests": answers, "edition": edition_of(event.props)}
        if method == "COUNTER":
            return self._counter(event, told)
        if method == "CANCEL":
            return {**told, "does": "cancel", "edition": edition_of(event.props)}
        if not self._takes:
            raise Invalid(
                "{method} is not taken: it asks for something and says of no meeting how it is; answer it in "
                "your calendar",
                method=method, path="METHOD",
            )  # fmt: skip
        start = event.props.time("DTSTART")
        if start is None:
            raise Invalid("the event does not say when it begins (DTSTART)", path="DTSTART")
        return {**told, **fields_of(event.props, self._options, start)}

    def _counter(self, event: _Event, told: Mapping[str, Any]) -> dict[str, Any]:
        """Another time that a guest proposes (RFC 5546, 3.2.7); the same proposal has the same id."""
        start = event.props.time("DTSTART")
        if start is None:
            raise Invalid("the event does not say when it begins (DTSTART)", path="DTSTART")
        edition, theirs = edition_of(event.props), guests(event.props, {}, reply=True)
        until = ends(event.props, start)
        mails = " ".join(sorted(one["mail"].casefold() for one in theirs))
        id = id_for(f"{told['source']} counter {edition} {mails} {start.written} {until}")
        found = {**told, "does": "counter", "guests": theirs, "edition": edition, "proposal": id,
                 "when": start.written, "ends": until}  # fmt: skip
        return {name: value for name, value in found.items() if value}

    def _identity(self, event: _Event, which: Time | None) -> dict[str, Any]:
        source = f"ics:{event.uid}"
        if which is None:
            told: dict[str, Any] = {"source": source, "known_as": f"UID {event.uid[:80]}"}
            if not self._takes:
                told["series"] = id_for(source)
            return told
        return {
            "source": f"{source}/{which.key}",
            "series": id_for(source),
            "known_as": f"UID {event.uid[:80]}, RECURRENCE-ID {which.key}",
        }

    # Series

    def _series(self, event: _Event, changed: Sequence[_Event]) -> Iterator[Candidate]:
        """Each meeting of a series; a rule that is wrong rejects all, a changed meeting itself."""
        window = self._window
        try:
            first = event.props.time("DTSTART")
            if first is None:
                raise Invalid("the event does not say when it begins (DTSTART)", path="DTSTART")
            begins, too_many = starts(event.props, first, window.series_since, window.series_until)
        except KontaktnatError as error:
            yield self._rejected(event.piece, error.text)
            return
        moved = {one.which.key: one for one in changed if one.which and not one.onwards}
        onwards = sorted(
            ((one.which.moment, one) for one in changed if one.which and one.onwards), key=itemgetter(0)
        )
        made: list[Candidate] = []
        for begin in begins:
            which = moved.pop(begin.key, None)
            made.append(
                self._one(which, begin, None) if which else self._one(event, begin, _last(onwards, begin))
            )
        made += [self._changed(which) for which in moved.values()]
        made = [one for one in made if one.problem or self._is_near(one)]
        sources = [one.fields["source"] for one in made if not one.problem]
        whole = (sources, window.series_since.isoformat(), window.series_until.isoformat())
        for one in made:
            yield one if one.problem else attrs.evolve(one, fields={**one.fields, "whole": whole})
        if too_many:
            yield self._rejected(event.piece, more())

    def _changed(self, event: _Event) -> Candidate:
        """A changed meeting on a day that the rule does not have."""
        return self._guarded(event.piece, "interaction", lambda: self._fields(event))

    def _is_near(self, candidate: Candidate) -> bool:
        day = date.fromisoformat(str(candidate.fields["when"])[:10])
        return self._window.series_since <= day <= self._window.series_until

    def _one(self, event: _Event, begin: Time, later: _Event | None) -> Candidate:
        """One meeting: as changed for itself (`event` is the change), or as said from then on."""
        says = later or event

        def make() -> dict[str, Any]:
            start = says.props.time("DTSTART")
            if start is None:
                raise Invalid("the event does not say when it begins (DTSTART)", path="DTSTART")
            if later is not None and later.which is not None:
                start = start.at(begin.wall + (start.wall - later.which.wall))
            elif event.which is None:
                start = begin
            return {**self._identity(event, begin), **fields_of(says.props, self._options, start)}

        return self._guarded(says.piece, "interaction", make)

    def _task(self, piece: Piece) -> dict[str, Any]:
        if not piece.whole:
            raise Invalid("the event is cut off: no line ends it", path="")
        if not self._takes:
            raise Invalid("tasks are neither answered nor cancelled by mail", path="METHOD")
        self._must_be_last(piece)
        props = Properties(piece.lines, self._zones)
        fields = dict(tasks(props))
        if not fields["text"]:
            raise Invalid("the task does not say what is to be done (SUMMARY)", path="SUMMARY")
        uid = props.text("UID") or hashlib.sha256(fields["text"].encode()).hexdigest()[:16]
        return {**fields, "source": f"ics:{uid}"}


def is_private(props: Properties) -> bool:
    """Whether whoever wrote it wants it to be seen by few."""
    return props.text("CLASS").upper() in _PRIVATE


def _last(onwards: Sequence[tuple[datetime, _Event]], begin: Time) -> _Event | None:
    """The newest change that counts from a meeting on, if there is one."""
    counting = bisect_right(onwards, begin.moment, key=itemgetter(0))
    return onwards[counting - 1][1] if counting else None


def passed_over(calendar: Calendar) -> list[str]:
    """The components that are not read, by name."""
    return [one.name for one in calendar.pieces if one.name not in ("VEVENT", "VTODO")]


def summary_of(found: Sequence[Calendar]) -> Text:
    """What stands in a file, in one line."""
    names = [piece.name for calendar in found for piece in calendar.pieces]
    return Text(
        "{events}, {tasks}", events=_events(names.count("VEVENT")), tasks=_tasks(names.count("VTODO"))
    )


def _events(n: int) -> Text:
    return Text("{n} event", "{n} events", n=n)


def _tasks(n: int) -> Text:
    return Text("{n} task", "{n} tasks", n=n)
