"""What our assignments demand of each municipality, beside those there who are to receive it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.outward import Outward
from kontaktnat.views.assigned import (
    DAYS,
    a_year_back,
    active,
    addressed,
    asking,
    called,
    calls_anybody,
    holding,
    meetings,
    serving,
    unseen_calls,
    unseen_holders,
    unseen_notes,
)
from kontaktnat.views.in_counties import in_counties
from kontaktnat.views.places import Places
from kontaktnat.views.pressure import Call, close, people, pressure
from kontaktnat.views.said.crowding import DEFINITION, TITLE

_COLUMNS = (
    Column(key="municipality", title="Municipality"),
    Column(key="assignments", title="Assignments (A)", type="number"),
    Column(key="holders", title="Holders (H)", type="number"),
    Column(key="invitations", title="Invitations", type="number"),
    Column(key="clashing", title="Close to others", type="number"),
    Column(key="d", title="D", type="number"),
    Column(key="index", title="Index", type="number"),
    Column(key="median", title="Median", type="number"),
    Column(key="state", title="State", type="word", vocabulary="crowding_state"),
    Column(key="id", title="Id", type="id"),
)


def crowding(book: Outward, /, *, municipality: str = "") -> Table:
    """`municipality`: a name as one types it, "" for all. Rows in Swedish order, never by the index.

    Raises NotFound, Ambiguous or Invalid for the municipality.
    """
    book = book.remembering()
    places = Places(book)
    chosen = places.chosen(book, municipality)
    parts = _Parts(book, places)
    indexes = {one.id: index for one in places.all if (index := parts.index(one.id)) is not None}
    middle = float(median(indexes.values())) if indexes else None
    rows = tuple(
        {
            "municipality": places.names[one.id],
            **parts.row(one.id),
            "index": float(indexes[one.id]) if one.id in indexes else None,
            "median": middle,
            "state": parts.state(one.id),
            "id": one.id,
        }
        for one in chosen
    )
    table = Table(name="crowding", title=TITLE, columns=_COLUMNS, rows=rows, notes=tuple(parts.notes()),
                 definition=DEFINITION)  # fmt: skip
    return in_counties(book, table)


class _Parts:
    """A, H and D of each municipality, and what is not known of them."""

    def __init__(self, book: Outward, places: Places) -> None:
        self.names = {one.id: one.name for one in active(book)}
        self.addressed = addressed(book, places)
        held = holding(book, places)
        self.asking = asking(self.addressed, held)
        self.holders = self._holders(held)
        self.unseen_holders = unseen_holders(book)
        self.unserving = self.unseen_calls = 0
        self.in_book: set[str] = set()
        self.invitations: Counter[str] = Counter()
        self.clashing: Counter[str] = Counter()
        since, until = a_year_back(book), book.today
        for one, clashes in close([*self._calls(book, places, since, until)]):
            if since <= one.day <= until:
                self.invitations.update(one.places)
                self.clashing.update(one.places if clashes else ())
        invite = {one.id for one in active(book) if one.invites}
        self.missing = invite - self.in_book

    def _holders(self, held: Mapping[tuple[str, str], Sequence[model.Role]]) -> Mapping[str, Fraction]:
        shares: dict[str, dict[str, list[float | None]]] = defaultdict(lambda: defaultdict(list))
        for (assignment, place), roles in held.items():
            for role in roles if assignment in self.names else ():
                shares[place][role.contact or ""].append(role.share)
        return {place: people(theirs.values()) for place, theirs in shares.items()}

    def _calls(self, book: Outward, places: Places, since: date, until: date) -> Iterator[Call]:
        """Those of the year and, to compare with, of the days beside it; counts the rest on the way."""
        serves, margin = serving(book), timedelta(days=DAYS)
        for day, meeting in meetings(book, since - margin, until + margin):
            assignments, within = serves(meeting), since <= day <= until
            if within and calls_anybody(meeting):
                self.in_book |= assignments
                self.unserving += not assignments
                self.unseen_calls += unseen_calls(book, meeting)
            for who, where in called(book, meeting, places).items() if assignments else ():
                yield Call(person=who, day=day, assignments=assignments, places=where)

    def state(self, place: str) -> str:
        """Why there is no index, or `known`: a word of `crowding_state`.

        Where somebody covered may be, nothing is said to be nowhere.
        """
        if not self.asking.get(place):
            return "unknown" if self.unseen_holders else "no_assignments"
        if not self.holders.get(place):
            return "unknown" if self.unseen_holders else "no_receiver"
        if self._unknown(place):
            return "unknown"
        return "known" if self.invitations[place] else "undefined"

    def _unknown(self, place: str) -> bool:
        """Whether D is: invitations are not in the book, or all that there are may be covered ones."""
        lacking = bool(self.missing & self.asking.get(place, frozenset()))
        return lacking or bool(self.unseen_calls and not self.invitations[place])

    def index(self, place: str) -> Fraction | None:
        """Exact; None in every state but `known`."""
        if self.state(place) != "known":
            return None
        return pressure(
            len(self.asking[place]), self.holders[place], self.clashing[place], self.invitations[place]
        )

    def row(self, place: str) -> dict[str, Any]:
        """The parts, which are shown also where there is no index."""
        holders = self.holders.get(place, Fraction())
        n, clashing = self.invitations[place], self.clashing[place]
        return {
            "assignments": len(self.asking.get(place, ())),
            "holders": int(holders) if holders.denominator == 1 else float(holders),
            "invitations": n,
            "clashing": clashing,
            "d": clashing / n if n and not self._unknown(place) else None,
        }

    def notes(self) -> Iterator[Text]:
        """What was left out, and which assignments make it so."""
        asked = frozenset[str]().union(*self.asking.values())
        if lacking := self._named(self.missing & asked):
            yield Text("D is unknown where these are addressed, no invitation of the last 12 months is in "
                       "the book: {names}", names=lacking)  # fmt: skip
        if nobody := self._named(id for id, ids in self.addressed.items() if ids is None):
            yield Text("it is not known whom these address (their addressee): {names}", names=nobody)
        if n := self.unserving:
            yield Text("{n} meeting that serves no assignment is not counted",
                       "{n} meetings that serve no assignment are not counted", n=n)  # fmt: skip
        yield from unseen_notes(holders=self.unseen_holders, invitations=self.unseen_calls)

    def _named(self, ids: Iterable[str]) -> str:
        wanted = {*ids}
        return "; ".join(name for id, name in self.names.items() if id in wanted)
