"""Who meets whom twice: pairs of people in several networks, and networks of nearly the same people."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.attendance import Attendance, held_in_a_year, jaccard
from kontaktnat.views.said.double_meetings import DEFINITION, TITLE
from kontaktnat.views.standing import not_counted

_COLUMNS = (
    Column(key="kind", title="Kind", type="word", vocabulary="double_kind"),
    Column(key="a", title="A"),
    Column(key="b", title="B"),
    Column(key="networks", title="Networks", whole=True),
    Column(key="meetings", title="Meetings together", type="number"),
    Column(key="last", title="Last", type="date"),
    Column(key="common", title="People in both", type="number"),
    Column(key="jaccard", title="Jaccard", type="number"),
    Column(key="suggestion", title="Suggestion", whole=True),
)
ALIKE = 0.5
"""The Jaccard of two networks' attendance from which on we suggest joint meetings."""
Pair = tuple[str, str]


def double_meetings(book: Outward, /) -> Table:
    """Rows: networks, the most alike first; then people, the most meetings together first."""
    met = _Met(book.remembering())
    rows = (*met.networks(), *met.persons())
    note = Text(
        "{n} network that met has no assignment that is known: no pair of people is counted there",
        "{n} networks that met have no assignment that is known: no pair of people is counted there",
        n=met.unassigned,
    )
    notes = (*((note,) if met.unassigned else ()), *not_counted(met.left_out))
    return Table(name="double-meetings", title=TITLE, columns=_COLUMNS, rows=rows, notes=notes,
                 definition=DEFINITION)  # fmt: skip


class _Met:
    """The meetings of networks in the last twelve months, with who was there."""

    def __init__(self, book: Outward) -> None:
        self.book = book
        networks = book.as_of(None).networks.all()
        self.named = _in_order({one.id: one.name for one in networks})
        self.assignments: dict[str, frozenset[str]] = {one.id: frozenset(one.assignments) for one in networks}
        present = Attendance(book)
        self.meetings: list[tuple[str, str, frozenset[str]]] = []
        """Network, day and people of each."""
        self.attendance: dict[str, set[str]] = defaultdict(set)
        for one in held_in_a_year(book):
            if one.network and one.when and one.network in self.named:
                there = present(one)
                self.meetings.append((one.network, day_of(one.when).isoformat(), there))
                self.attendance[one.network] |= there
        self.left_out = present.left_out
        self.unassigned = sum(not self.assignments[id] for id in self.attendance)

    def networks(self) -> list[dict[str, Any]]:
        """Pairs of networks to which mostly the same people came; only such as have somebody in common."""
        shared = {pair for ids in self._by_person().values() for pair in combinations(sorted(ids), 2)}
        rank = {id: n for n, id in enumerate(self.named)}
        found: list[tuple[float, int, int, dict[str, Any]]] = []
        for pair in shared:
            a, b = sorted(pair, key=lambda id: rank[id])
            here, there = self.attendance[a], self.attendance[b]
            if (share := jaccard(here, there) or 0) >= ALIKE:
                suggestion = Text("joint or back-to-back meetings")
                row = _row(kind="networks", a=self.named[a], b=self.named[b], common=len(here & there),
                           jaccard=round(share, 2), suggestion=suggestion)  # fmt: skip
                found.append((-share, rank[a], rank[b], row))
        return [row for *_, row in sorted(found, key=lambda one: one[:3])]

    def persons(self) -> list[dict[str, Any]]:
        """Pairs of people who met in two networks or more, of different assignments."""
        count, last = self._together()
        pairs: dict[Pair, list[str]] = defaultdict(list)
        for network in self.named:
            for pair in count.get(network, ()):
                pairs[pair].append(network)
        told = {pair: ids for pair, ids in pairs.items() if self._differ(ids)}
        people = self._people({id for pair in told for id in pair})
        rank = {id: n for n, id in enumerate(people)}
        found: list[tuple[int, int, int, dict[str, Any]]] = []
        for pair, ids in told.items():
            a, b = sorted(pair, key=lambda id: rank[id])
            n = sum(count[id][pair] for id in ids)
            row = _row(kind="persons", a=people[a], b=people[b], meetings=n, last=last[pair],
                       networks=", ".join(self.named[id] for id in ids))  # fmt: skip
            found.append((-n, rank[a], rank[b], row))
        return [row for *_, row in sorted(found, key=lambda one: one[:3])]

    def _by_person(self) -> Mapping[str, set[str]]:
        """By id of a contact, the networks to whose meetings they came."""
        found: dict[str, set[str]] = defaultdict(set)
        for network, people in self.attendance.items():
            for id in people:
                found[id].add(network)
        return found

    def _together(self) -> tuple[Mapping[str, Counter[Pair]], Mapping[Pair, str]]:
        """By network how often two people met there; by pair the latest day.

        A meeting of n people has n²/2 pairs, so whoever came to no second network is left out first.
        """
        several = {id for id, networks in self._by_person().items() if self._differ(networks)}
        count: dict[str, Counter[Pair]] = defaultdict(Counter)
        last: dict[Pair, str] = {}
        for network, day, there in self.meetings:
            if self.assignments[network]:
                pairs = [*combinations(sorted(there & several), 2)]
                count[network].update(pairs)
                last.update(dict.fromkeys(pairs, day))
        return count, last

    def _differ(self, networks: Collection[str]) -> bool:
        """Whether two of the networks are of different assignments.

        That is so where they are two or more with any, and have more than one assignment between them.
        """
        of = [found for id in networks if (found := self.assignments[id])]
        return len(of) > 1 and len(frozenset[str]().union(*of)) > 1

    def _people(self, ids: Iterable[str]) -> dict[str, str]:
        found = {id: self.book.peek(model.Contact, id) for id in ids}
        return _in_order({id: one.name if one else "" for id, one in found.items()})


def _in_order(names: Mapping[str, str]) -> dict[str, str]:
    """Names by id, in Swedish order: there are more pairs than names."""
    return dict(sorted(names.items(), key=lambda one: (collation_key(one[1]), one[0])))


def _row(**values: Any) -> dict[str, Any]:
    return {one.key: values.get(one.key) for one in _COLUMNS}
