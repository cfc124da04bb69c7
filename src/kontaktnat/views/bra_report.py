"""A year's work by the points of förordning (2016:1258) 2 §, such that it tells of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.privacy.suppression import FEW, union
from kontaktnat.views.contacted import PRESENT, held, inherited, represented, successors
from kontaktnat.views.said.bra_report import DEFINITION, TITLE
from kontaktnat.views.standing import municipalities
from kontaktnat.views.training import own, person, placing
from kontaktnat.views.unprotected import Unprotected

_COLUMNS = (
    Column(key="measure", title="Measure", type="word", vocabulary="report_measure"),
    Column(key="point", title="Point", type="word", vocabulary="report_point"),
    Column(key="kind", title="Kind", type="word", vocabulary="interaction_kind"),
    Column(key="n", title="Number", type="number", blank=".."),
)
POINTS = ("1", "2", "3", "4")
UNMARKED, TOTAL = "unmarked", "total"
_DUE = (2, 15)
"""Month and day by which the report of the year before is due (förordning 2016:1258, 4 §)."""
_FIRST = 1900
"""A year before is a slip: 26 for 2026."""


def due_year(today: date) -> int:
    """The year that one reports on: until 15 February, that day included, the one before."""
    return today.year - ((today.month, today.day) <= _DUE)


def bra_report(book: Outward, /, *, year: int) -> Table:
    """`year`: a calendar year; raises Invalid for a year to come, and for one before 1900."""
    if not year >= _FIRST:
        raise Invalid("{path}: {value} is no year from {first} to {last}", path="year", value=year,
                      first=_FIRST, last=book.today.year)  # fmt: skip
    if year > book.today.year:
        raise Invalid("{path}: {value} is no year that has begun", path="year", value=year)
    last = min(book.today, date(year, 12, 31))
    then = book.as_of(last).remembering()
    notes = (
        Text("{year}, to {day}; counts of people under {few} are withheld (..)", year=year, day=last,
             few=FEW),
        Text("{n} municipality in the book", "{n} municipalities in the book",
             n=len(municipalities(then))),
    )  # fmt: skip
    rows = tuple(_rows(then, _counted(then, year)))
    return Table(name="bra-report", title=TITLE, columns=_COLUMNS, rows=rows, notes=notes,
                 definition=DEFINITION)  # fmt: skip


@frozen(repr=False)
class _Held:
    """One interaction as it is counted."""

    points: frozenset[str]
    kind: str
    places: frozenset[str]
    people: frozenset[str]
    counted: int
    """Of people who were counted and not named."""


def _counted(book: Outward, year: int) -> list[_Held]:
    after, unprotected = successors(book), Unprotected(book)
    where = placing(book, municipalities(book), after)
    found = []
    for meeting in held(book):
        if meeting.when is None or (day := day_of(meeting.when)).year != year:
            continue
        one = unprotected.of(meeting)
        actors = {id for part in one.participants for id in represented(book, part, day)}
        actors |= {each.actor for each in one.headcounts}
        found.append(
            _Held(
                points=frozenset(map(str, one.mandate)) or frozenset({UNMARKED}),
                kind=one.kind,
                places=frozenset[str]().union(*map(where, actors)),
                people=frozenset(_named(book, one, day, after)),
                counted=sum(each.count for each in one.headcounts),
            )
        )
    return found


def _named(book: Outward, one: model.Interaction, day: date, after: Mapping[str, str]) -> Iterator[str]:
    """Ids of those who were there by name and are in no headcount."""
    counted = inherited((each.actor for each in one.headcounts), after)
    for part in one.participants:
        who = person(book, part) if part.status in PRESENT else ""
        if who and counted.isdisjoint(inherited(own(book, part, day), after)):
            yield who


def _rows(book: Outward, found: Sequence[_Held]) -> Iterator[dict[str, Any]]:
    under = {name: [one for one in found if name in one.points] for name in (*POINTS, UNMARKED)}
    under[TOTAL] = [*found]
    order = {kind: n for n, kind in enumerate(book.words.of("interaction_kind"))}
    for name, here in under.items():
        kinds = Counter(one.kind for one in here)
        for kind in sorted(kinds, key=lambda kind: (order.get(kind, len(order)), kind)):
            yield _row("by_kind", name, kinds[kind], kind)
        yield _row("interactions", name, len(here))
    for name, here in under.items():
        yield _row("municipalities", name, len(frozenset[str]().union(*(one.places for one in here))))
    yield from (_row("people", name, n) for name, n in _people(under).items())


def _people(under: Mapping[str, Sequence[_Held]]) -> dict[str, int | None]:
    points = [name for name in under if name != TOTAL]

    def size(names: Collection[str]) -> int:
        here = [one for one in under[TOTAL] if not one.points.isdisjoint(names)]
        return len(frozenset[str]().union(*(one.people for one in here))) + sum(one.counted for one in here)

    told = union(
        points,
        size,
        few=[None if name == TOTAL else name for name, here in under.items() if _surely(here) < FEW],
        known=[name for name in points if not under[name]],
    )
    if not under[TOTAL]:  # nothing was held: that there was nobody is no secret
        told[None] = 0
    return {name: told[None if name == TOTAL else name] for name in under}


def _surely(here: Sequence[_Held]) -> int:
    """So many different people there were at least: those named, or all at one meeting."""
    named = len(frozenset[str]().union(*(one.people for one in here)))
    return max((named, *(len(one.people) + one.counted for one in here)))


def _row(measure: str, point: str, n: int | None, kind: str | None = None) -> dict[str, Any]:
    return {"measure": measure, "point": point, "kind": kind, "n": n}
