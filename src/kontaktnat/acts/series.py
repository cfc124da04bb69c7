"""Meetings that come again and again: planned by a rule, and changed one, from one on, or all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import codec, model
from kontaktnat.acts.meetings import invited
from kontaktnat.cover import MARK
from kontaktnat.errors import Invalid, Refused, Usage
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.dates import PartialDate, day_of, stockholm, to_date, to_moment, to_time
from kontaktnat.model.names import type_label
from kontaktnat.model.spans import later, relative
from kontaktnat.outward import title_of
from kontaktnat.staging import altogether, resolved
from kontaktnat.timewords import parse_span

if TYPE_CHECKING:
    from kontaktnat.acting import Day
    from kontaktnat.book import Book

MOST = 200
"""So many meetings are planned at once, at most."""
SCOPES = ("this", "future", "all")
_COUNTED = ("headcounts", "registry_number", "source")
_TOLD = (*_COUNTED, "summary", "asked", "support", "direction", "topics")
"""Of a meeting that was held: what was said and done at it, and is not said of the next."""


def plan_series(
    book: Book, meeting: model.Interaction, every: str, *, until: Day | None, times: int | None
) -> list[model.Interaction]:
    """See `Book.plan_series`."""
    with book.transaction("plan series"):
        first = book.interactions.get(book._raw(meeting).id) if meeting.id else meeting
        if first.when is None or (isinstance(first.when, PartialDate) and first.when.day is None):
            raise Invalid("{path}: a series begins on a day; write it as 2026-11-12", path="when")
        starts = _starts(book, first.when, parse_span(every), until, times)
        known = _alike(book, first)
        series = first.series or next(
            (one.series for some in known.values() for one in some if one.series), ""
        )
        series = series or book._fresh_id()
        moved = _moved(book, series, starts)
        found: list[model.Interaction] = []
        for n, start in enumerate(starts):
            day = start.date()
            there = [first] if n == 0 and first.id else known.get(day, [])
            found += [one if one.series else book.update(one, series=series) for one in there]
            if there or (n and (day in moved or day < book.today)):
                continue
            found.append(book.add(attrs.evolve(_copy(book, first, start, again=n > 0), series=series)))
        return found


def update_meetings(
    book: Book, meeting: model.Interaction | str, scope: str, changes: Mapping[str, Any]
) -> list[model.Interaction]:
    """See `Book.update_meetings`."""
    if scope not in SCOPES:
        raise Usage("{value}: write this, future or all", value=scope)
    with book.transaction("update meetings"):
        this = book._raw(meeting)
        if not isinstance(this, model.Interaction):
            raise Invalid("{id} is no meeting but of type {type}", id=this.id, type=type_label(this.type),
                          path="meeting")  # fmt: skip
        if scope != "this" and not this.series:
            raise Refused("{name} ({id}) is in no series; kontaktnat set {id} FIELD=VALUE changes it alone",
                          name=title_of(this), id=this.id)  # fmt: skip
        wanted = book.interactions.where(series=this.series) if scope != "this" else [this]
        wanted = sorted(wanted, key=_order)
        if scope == "future":
            wanted = [one for one in wanted if _order(one) >= _order(this)]
        planned = [one for one in wanted if one.status == "planned"]
        if not planned:
            raise Refused("none of these meetings is still planned, and what has been stays as it was; "
                          "kontaktnat set {id} FIELD=VALUE corrects a single one", id=this.id)  # fmt: skip
        codec.check_keys(dict.fromkeys(changes), model.Interaction)
        times = {"when", "ends"} & changes.keys()
        new = resolved(book._now, altogether(this, {**changes, **_times(this, this, changes)}))
        return [
            book.update(one, **_several(this, new, one, changes.keys() - times), **_times(this, one, changes))
            for one in planned
        ]


def _starts(
    book: Book, when: model.Moment, span: str, until: Day | None, times: int | None
) -> list[datetime]:
    """Where the clock in Stockholm stands when each begins; midnight for one that has no clock."""
    if until is not None and times is not None:
        raise Usage("a series has a last day or a number of meetings, not both")
    start = _clock(when)
    end = to_date(until)
    if end is not None and end.last < start.date():
        raise Invalid("until: {day} is before the first meeting ({first})", path="until", day=end,
                      first=start.date())  # fmt: skip
    if times is not None and not 0 < times <= MOST:
        raise Invalid("times: {value} is no number from 1 to {limit}", path="times", value=times, limit=MOST)
    ahead = later(max(start.date(), book.today), f"P{book.practice.series_months}M")
    last = datetime.combine(end.last if end else ahead, time.max)
    rule = _rule(start, span, None if times else last)
    found = list(islice(rule, times or MOST + 1))
    if len(found) > MOST:
        raise Invalid("that would be more than {limit} meetings; give an earlier last day", path="until",
                      limit=MOST)  # fmt: skip
    return found


def _rule(start: datetime, span: str, until: datetime | None) -> Iterator[datetime]:
    from dateutil.rrule import DAILY, FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

    step = relative(span)
    months = 12 * step.years + step.months
    if months and step.days:
        raise Invalid("{value}: a series steps by days and weeks, or by months and years, not by both",
                      value=span, path="every")  # fmt: skip
    if not months:
        weeks, days = divmod(step.days, 7)
        return iter(
            rrule(DAILY if days else WEEKLY, start, interval=step.days if days else weeks, until=until)
        )
    place = (start.day - 1) // 7 + 1
    weekday = (MO, TU, WE, TH, FR, SA, SU)[start.weekday()](place if place < 5 else -1)
    return iter(rrule(MONTHLY, start, interval=months, byweekday=weekday, until=until))


def _clock(when: model.Moment) -> datetime:
    if isinstance(when, datetime):
        return when.astimezone(stockholm()).replace(tzinfo=None)
    return datetime.combine(when.first, time())


def _at(clock: datetime) -> datetime:
    """A time on Stockholm's clocks; raises Invalid, naming the day, for one that they skip."""
    try:
        found = to_time(clock)
    except Invalid:
        raise Invalid(
            "{day}: the clocks go forward past {clock} that night; take another time",
            day=clock.date(),
            clock=f"{clock:%H:%M}",
            path="when",
        ) from None
    assert found is not None
    return found


def _alike(book: Book, meeting: model.Interaction) -> dict[date, list[model.Interaction]]:
    """By day, what is the same: of that series, or of that network and kind, or kind, people and title."""
    found: dict[date, list[model.Interaction]] = {}
    told = _people(meeting), title_of(meeting)
    for one in book.interactions.where(kind=meeting.kind, network=meeting.network):
        same = meeting.network or (_people(one), title_of(one)) == told
        ours = meeting.series and one.series == meeting.series
        if one.when and (same or ours) and one.status != "cancelled":
            found.setdefault(day_of(one.when), []).append(one)
    return found


def _people(meeting: model.Interaction) -> set[str | None]:
    return {one.role or one.contact or one.actor or one.who for one in meeting.participants}


def _moved(book: Book, series: str, starts: Sequence[datetime]) -> set[date]:
    """The days whose meeting was cancelled, or stands on another day nearer to it than to any other."""
    days = [start.date() for start in starts]
    half = (days[1] - days[0]) / 2 if len(days) > 1 else timedelta()
    gone: set[date] = set()
    for one in book.interactions.where(series=series):
        day = day_of(one.when) if one.when else None
        if day and (one.status == "cancelled" or day not in days):
            near = min(days, key=lambda other: abs(other - day))
            if abs(near - day) <= half:
                gone.add(near)
    return gone


def _copy(book: Book, first: model.Interaction, start: datetime, *, again: bool) -> model.Interaction:
    """A meeting like the first that begins when the clock stands so; `again`: it is not the first itself."""
    when: model.Moment | None = first.when
    if again:
        when = _at(start) if isinstance(first.when, datetime) else to_date(start.date())
    ahead = when > book.clock() if isinstance(when, datetime) else start.date() > book.today
    if not (again or ahead):
        return first
    gone = {*BOOKKEEPING, MARK, *(_TOLD if first.status == "held" else _COUNTED)} if again else set()
    fields = {
        one.name: getattr(first, one.name) for one in attrs.fields(model.Interaction) if one.name not in gone
    }
    gathered = first.network is not None
    people = tuple(_expected(one, gathered=gathered) for one in first.participants)
    network = book.peek(model.Network, first.network or "")
    if again and network and first.kind == "network_meeting":
        # Each has a theme and guests of its own, and whoever represents a member on its own day is invited.
        fields["theme"] = ""
        people = invited(book, network, start.date()) or people
    fields["participants"] = people
    fields |= {"when": when, "status": "planned"}
    return model.Interaction(**fields | ({"ends": _ends(first, start)} if again else {}))


def _expected(one: model.Participation, *, gathered: bool) -> model.Participation:
    """Somebody's part in the next: a network invites to each; with whom one has agreed, one has agreed."""
    status = "attended" if one.status == "attended" and not gathered else "invited"
    return attrs.evolve(one, status=status, deputy_for=None)


def _ends(meeting: model.Interaction, start: datetime) -> datetime | None:
    """When it ends if it begins when the clock stands so: the clock goes on as long as it did."""
    if meeting.ends is None or meeting.when is None:
        return None
    return _at(start + (_clock(meeting.ends) - _clock(meeting.when)))


def _order(meeting: model.Interaction) -> tuple[datetime, str]:
    return (_clock(meeting.when) if meeting.when else datetime.max, meeting.id)


def _times(this: model.Interaction, one: model.Interaction, changes: Mapping[str, Any]) -> dict[str, Any]:
    """`when` and `ends` of one meeting when `this` has those that the changes say."""
    found: dict[str, Any] = {}
    begins, mine = one.when, this.when
    if "when" in changes:
        wish = to_moment(changes["when"])
        if wish is None or (isinstance(wish, PartialDate) and wish.day is None):
            raise Invalid("{path}: a meeting is moved to a day; write it as 2026-11-12", path="when")
        begins, mine = (_begins(meeting, wish, this) for meeting in (one, this))
        found["when"] = begins
        if begins is not None:
            found["ends"] = _ends(one, _clock(begins))
    if "ends" in changes:
        ends = to_time(changes["ends"])
        if ends is not None and begins is not None and mine is not None:
            ends = _at(_clock(begins) + (_clock(ends) - _clock(mine)))
        found["ends"] = ends
    return found


def _begins(one: model.Interaction, wish: model.Moment, this: model.Interaction) -> model.Moment | None:
    """When one begins if `this` does as wished: as many days on, at the clock wished, or else its own."""
    if one.when is None or this.when is None:
        return wish
    start = _clock(one.when) + (day_of(wish) - day_of(this.when))
    if isinstance(wish, datetime):
        return _at(datetime.combine(start, _clock(wish).time()))
    return _at(start) if isinstance(one.when, datetime) else to_date(start.date())


def _several(
    this: model.Interaction, new: model.Interaction, one: model.Interaction, names: Set[str]
) -> dict[str, Any]:
    """What becomes of the other fields of one meeting when `this` becomes `new`."""
    found: dict[str, Any] = {}
    for name in names:
        old, wanted, own = getattr(this, name), getattr(new, name), getattr(one, name)
        if isinstance(wanted, tuple):
            gone = [_key(part) for part in old if part not in wanted]
            kept = [part for part in own if _key(part) not in gone]
            come = [part for part in wanted if part not in old]
            wanted = (*kept, *(part for part in come if _key(part) not in map(_key, kept)))
        found[name] = wanted
    return found


def _key(part: Any) -> Any:
    if isinstance(part, model.Participation):
        return part.role or part.contact or part.actor or part.who
    return part.actor if isinstance(part, model.Headcount) else part
