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
        self.named: dict[str, str] = {}
        self.assignments: dict[str, frozenset[str]] = {}
        for network in book.as_of(None).networks.all():
            self.named[network.id] = network.name
            self.assignments[network.id] = frozenset(network.assignments)
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
        found: list[tuple[float, str, str, int]] = []
        for one, other in sorted(shared):
            there, here = self.attendance[one], self.attendance[other]
            a, b = self._in_order((one, other))
            if (share := jaccard(there, here) or 0) >= ALIKE:
                found.append((share, a, b, len(there & here)))
        found.sort(key=lambda row: (-row[0], collation_key(row[1]), collation_key(row[2])))
        suggestion = Text("joint or back-to-back meetings")
        return [
            _row(kind="networks", a=a, b=b, common=n, jaccard=round(share, 2), suggestion=suggestion)
            for share, a, b, n in found
        ]

    def persons(self) -> list[dict[str, Any]]:
        """Pairs of people who met in two networks or more, of different assignments."""
        count, last = self._together()
        pairs: dict[Pair, list[str]] = defaultdict(list)
        for network, counted in count.items():
            for pair in counted:
                pairs[pair].append(network)
        found = [
            (sum(count[id][pair] for id in ids), *self._people(pair), ids, last[pair])
            for pair, ids in pairs.items()
            if self._differ(ids)
        ]
        found.sort(key=lambda row: (-row[0], collation_key(row[1]), collation_key(row[2]), row[4]))
        return [
            _row(kind="persons", a=a, b=b, networks=", ".join(self._in_order(ids)), meetings=n, last=day)
            for n, a, b, ids, day in found
        ]

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

    def _people(self, pair: Pair) -> tuple[str, str]:
        found = (self.book.peek(model.Contact, id) for id in pair)
        a, b = sorted((one.name if one else "" for one in found), key=collation_key)
        return a, b

    def _in_order(self, networks: Iterable[str]) -> list[str]:
        return sorted((self.named[id] for id in networks), key=collation_key)


def _row(**values: Any) -> dict[str, Any]:
    return {one.key: values.get(one.key) for one in _COLUMNS}
