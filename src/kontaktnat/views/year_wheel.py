"""The year wheel: deadlines and meetings of all assignments, per municipality, clashes marked."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import attrs

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, joined
from kontaktnat.model.dates import holds
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.assigned import DAYS, meetings, serving, unseen_calls, unseen_notes
from kontaktnat.views.deadlines import deadlines
from kontaktnat.views.in_counties import in_counties
from kontaktnat.views.listing import day_written
from kontaktnat.views.places import Places
from kontaktnat.views.reports import Deadline, is_dated, reports
from kontaktnat.views.said.year_wheel import DEFINITION, TITLE

_COLUMNS = (
    Column(key="date", title="Date", type="date"),
    Column(key="municipality", title="Municipality"),
    Column(key="what", title="What"),
    Column(key="kind", title="Kind", type="word", vocabulary="wheel_kind"),
    Column(key="assignment", title="Assignment"),
    Column(key="clash", title="Clashes with", whole=True),
    Column(key="id", title="Id", type="id"),
)
_FIRST, _LAST = 1900, 2200
_NAMED = 3
"""So many of those that something clashes with are named; of the others, how many they are."""


@attrs.frozen(kw_only=True, repr=False)
class _Spoke:
    """One thing on the wheel; `place` "" for what is the county's own."""

    day: date
    written: str
    place: str
    what: str
    label: str
    """Day and name, for others that it clashes with."""
    kind: str
    assignments: frozenset[str]
    id: str


def year_wheel(book: Outward, /, *, year: int, municipality: str = "") -> Table:
    """`year`: 1900-2200; `municipality`: a name as one types it, "" for all, and what is the county's own.

    Rows: by date, then by municipality in Swedish order. Raises Invalid for another year, NotFound,
    Ambiguous or Invalid for the municipality.
    """
    if not _FIRST <= year <= _LAST:
        raise Invalid("{path}: {value} is no year from {first} to {last}", path="year", value=year,
                      first=_FIRST, last=_LAST)  # fmt: skip
    book = book.remembering()
    places = Places(book)
    chosen = {one.id for one in places.chosen(book, municipality)}
    since, until, margin = date(year, 1, 1), date(year, 12, 31), timedelta(days=DAYS)
    met = [*meetings(book, since - margin, until + margin)]
    around = [
        one
        for one in (
            *_meetings(book, places, met),
            *_deadlines(deadlines(book, places, since - margin, until + margin), "deadline"),
        )
        if one.place in chosen
    ]
    clashes = dict(_clashes(around))
    if not municipality.strip():
        around += _deadlines((one for it in book.assignments.all() for one in reports(it, year)), "report")
    names: dict[str, str] = {one.id: one.name for one in book.as_of(None).assignments.all()}
    shown = sorted(
        (one for one in around if since <= one.day <= until),
        key=lambda one: (one.day, collation_key(places.names.get(one.place, "")), collation_key(one.what),
                         one.id),
    )  # fmt: skip
    rows = tuple(
        {
            "date": one.written,
            "municipality": places.names.get(one.place),
            "what": one.what,
            "kind": one.kind,
            "assignment": "; ".join(sorted((names.get(id, id) for id in one.assignments), key=collation_key))
            or None,
            "clash": clashes.get(one),
            "id": one.id,
        }
        for one in shown
    )
    within = (one for day, one in met if since <= day <= until)
    table = Table(name="year-wheel", title=TITLE, columns=_COLUMNS, rows=rows,
                 notes=tuple(_notes(book, within, bool(municipality.strip()))),
                 definition=DEFINITION)  # fmt: skip
    return in_counties(book, table)


def _deadlines(found: Iterator[Deadline], kind: str) -> Iterator[_Spoke]:
    for one in found:
        for place in sorted(one.places) or [""]:
            yield _Spoke(day=one.day, written=one.written, place=place, what=one.what, kind=kind,
                         label=joined(" ", (one.written, one.what)), assignments=one.assignments,
                         id=one.id)  # fmt: skip


def _meetings(
    book: Outward, places: Places, met: Iterable[tuple[date, model.Interaction]]
) -> Iterator[_Spoke]:
    serves = serving(book)
    networks = {one.id: one for one in book.as_of(None).networks.all()}
    for day, one in met:
        assert one.when  # `meetings` gives none without
        assignments, network = serves(one), networks.get(one.network or model.NetworkId(""))
        if not assignments and network is None:
            continue
        title = one.subject or one.theme
        what = joined(": ", filter(None, (network and network.name, title or one.summary)))
        name = joined(": ", filter(None, (network and network.name, title)))
        written = day_written(one.when)
        kind = book.words.name("interaction_kind", one.kind)
        label = joined(" ", (written, name or kind))
        for place in sorted(places.of(_actors(book, one, network, day))):
            yield _Spoke(day=day, written=written, place=place, id=one.id, kind="meeting",
                         what=what or kind, label=label, assignments=assignments)  # fmt: skip


def _actors(
    book: Outward, meeting: model.Interaction, network: model.Network | None, day: date
) -> Iterator[str | None]:
    """Ids of the actors that have a part in a meeting, invited or there; of a network's that names nobody,
    its members that day."""
    for one in meeting.participants:
        for role in (book.peek(model.Role, id) for id in (one.role, one.deputy_for) if id):
            yield from (role.actor, *role.covers) if role else ()
        yield one.actor
    yield from (one.actor for one in meeting.headcounts)
    if network and not (meeting.participants or meeting.headcounts):
        yield from (one.actor for one in network.members if holds(one.since, one.until, day))


def _clashes(found: Sequence[_Spoke]) -> Iterator[tuple[_Spoke, Text]]:
    """Those with another of the same municipality within 14 days that serves other assignments, and which.

    What serves the same is no clash, so they are kept apart by what they serve, each in order: as many
    steps as there are spokes, times the sets of assignments that occur.
    """
    wheels: dict[str, dict[frozenset[str], list[_Spoke]]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(found, key=lambda one: (one.day, one.what, one.id)):
        if one.assignments:
            wheels[one.place][one.assignments].append(one)
    for wheel in wheels.values():
        days = {serves: [one.day for one in ones] for serves, ones in wheel.items()}
        for serves, ones in wheel.items():
            for one in ones:
                near: list[_Spoke] = []
                n = 0
                for other, theirs in wheel.items():
                    if other != serves:
                        first = bisect_left(days[other], one.day - timedelta(days=DAYS))
                        last = bisect_left(days[other], one.day + timedelta(days=DAYS + 1))
                        near += theirs[first : min(last, first + _NAMED)]
                        n += last - first
                if n:
                    yield one, _said(near, n)


def _said(near: Sequence[_Spoke], n: int) -> Text:
    named = sorted(near, key=lambda one: (one.day, one.what, one.id))[:_NAMED]
    parts = [one.label for one in named]
    if more := n - len(named):
        parts.append(Text("{n} more", n=more))
    return joined("; ", parts)


def _notes(book: Outward, met: Iterable[model.Interaction], narrow: bool) -> Iterator[Text]:
    """What could not be put on the wheel."""
    undated = [one.name for one in book.assignments.all() if any(not is_dated(it) for it in one.reports)]
    if undated and not narrow:
        yield Text("the day of a report is not known: {names}",
                   names="; ".join(sorted(undated, key=collation_key)))  # fmt: skip
    yield from unseen_notes(invitations=sum(unseen_calls(book, one) for one in met))
