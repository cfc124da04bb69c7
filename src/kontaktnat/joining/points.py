"""Where two logs part, and how much of one book another holds already.

A point is a transaction of some log. A book that has merged another remembers the point it took it up to.
Whatever log has that point has, or had, all that was taken: no book needs a name, and it does not matter
whether a file was copied, renamed or put back from a backup since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from attrs import define, field

from kontaktnat.cover import DIFFERS
from kontaktnat.descriptors import Store, Transaction
from kontaktnat.i18n import Text
from kontaktnat.model import RECORDS
from kontaktnat.query import Doc
from kontaktnat.unit import Key

SETTING = "merged"
"""Id of the setting that says what was taken of other books."""

RECEIPT = "erasure."
"""How the ids of settings begin that are receipts of erasures; see `privacy.scrubbing`."""


WHOLE = "record"
"""Stands for a field where one deleted what the other changed."""

_CLOSE = 16
"""So many transactions back every one is remembered."""


_PAIR = 2


class Point(NamedTuple):
    """A transaction of some log. An erasure leaves these two as they were."""

    number: int
    at: str


@define(repr=False)
class Known:
    """What a book remembers of its merges."""

    points: set[Point] = field(factory=set)
    """Up to where it has taken other logs."""
    left: dict[Key, set[tuple[Point, Point]]] = field(factory=dict)
    """Records that could not be taken: the point of a log up to which they were, and that of the try.

    The former may stand in other logs too, the latter tells which log it was.
    """

    @classmethod
    def of(cls, doc: Doc | None) -> Known:
        """As its setting says; one that was edited into something else says nothing."""
        value = (doc or {}).get("value")
        known = cls()
        if isinstance(value, Mapping):
            known.points = set(_points(value.get("points")))
            left = value.get("left", ())
            for one in left if isinstance(left, Sequence) else ():
                match one:  # an erasure takes ids out, and then it is no entry any more
                    case [str(type), str(id), *points] if len(pair := list(_points(points))) == _PAIR:
                        known.left.setdefault((type, id), set()).add((pair[0], pair[1]))
        return known

    def value(self) -> dict[str, Any]:
        """As the setting keeps it."""
        left = [
            [*key, *map(list, pair)] for key, pairs in sorted(self.left.items()) for pair in sorted(pairs)
        ]
        return {"points": _listed(self.points)} | ({"left": left} if left else {})


def _points(values: Any) -> Iterator[Point]:
    for value in values if isinstance(values, Sequence) else ():
        match value:
            case [int(number), str(at)]:
                yield Point(number, at)


def _listed(points: Iterable[Point]) -> list[list[Any]]:
    return [list(point) for point in sorted(points)]


def point_of(transaction: Transaction) -> Point:
    """Its point."""
    return Point(transaction.number, transaction.at.isoformat())


class Log:
    """A book's log, asked for single transactions; what was asked once is remembered."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._points: dict[int, Point | None] = {}

    def transaction(self, number: int) -> Transaction | None:
        """The transaction of a number, or None."""
        known = 0 < number <= self.store.version
        found = next(self.store.transactions(number - 1), None) if known else None
        return found if found is not None and found.number == number else None

    def point(self, number: int) -> Point | None:
        """Its point."""
        if number not in self._points:
            found = self.transaction(number)
            self._points[number] = None if found is None else point_of(found)
        return self._points[number]

    def has(self, point: Point) -> bool:
        """Whether it has, or had, this one."""
        return self.point(point.number) == point

    def reached(self, points: Iterable[Point]) -> int:
        """The newest of these that it has; 0: none."""
        return next((one.number for one in sorted(points, reverse=True) if self.has(one)), 0)


def thinned(points: Iterable[Point]) -> set[Point]:
    """Points of one log, the newest close together: another copy of that book has some of them, too."""
    kept: dict[int, Point] = {}
    newest = max(points, default=Point(0, "")).number
    for point in sorted(points):
        distance = newest - point.number
        kept[distance if distance < _CLOSE else -distance.bit_length()] = point
    return set(kept.values())


def parting(here: Log, there: Log) -> int:
    """Number of the newest transaction that both logs have; 0: they have none in common.

    Logs only grow, so they are the same up to there and differ from then on: it is found by halving.
    """
    erased = has_erased(here.store) or has_erased(there.store)
    low, high = 0, min(here.store.version, there.store.version)
    while low < high:
        middle = (low + high + 1) // 2
        one, other = here.transaction(middle), there.transaction(middle)
        if one is not None and other is not None and _same(one, other, erased=erased):
            low = middle
        else:
            high = middle - 1
    return low


def _same(one: Transaction, other: Transaction, *, erased: bool) -> bool:
    """An erasure leaves of a transaction its number and time; where nothing was erased, all has to agree."""
    return point_of(one) == point_of(other) and (
        erased or (one.by == other.by and _keys(one) == _keys(other))
    )


def _keys(transaction: Transaction) -> list[Key]:
    return [(change.type, change.id) for change in transaction.changes]


def has_erased(store: Store) -> bool:
    """Whether somebody was erased in a book."""
    return any(doc["id"].startswith(RECEIPT) for doc in store.find("setting"))


def record_of(pending: Doc | None) -> Key | None:
    """Of what a Pending keeps in what two books differ; None for any other."""
    source = str((pending or {}).get("source", ""))
    if not source.startswith(DIFFERS):
        return None
    type, _, id = source.removeprefix(DIFFERS).partition("/")
    return type, id


def fields_of(pending: Doc | None) -> Mapping[str, Any]:
    """The fields of such a Pending, each with `base`, `here` and `there`."""
    found: Mapping[str, Any] = (pending or {}).get("raw", {}).get("differs", {})
    return found


def said(differs: Mapping[str, Any], name: str) -> Text:
    """What such a Pending says of the differences, with the book called `name`."""
    whole = differs.get(WHOLE)
    if whole is None:
        return Text("{name} says something else: {fields}", name=name, fields=", ".join(differs))
    if "there" in whole:
        return Text("deleted here, changed in {name}", name=name)
    return Text("changed here, deleted in {name}", name=name)


def travels(type: str, id: str, *docs: Doc | None) -> bool:
    """Whether a record is one of those that a merge takes: each book keeps its own accounts of itself."""
    if type == "setting":
        return id != SETTING and not id.startswith(RECEIPT)
    return type in RECORDS and not (type == "pending" and any(map(record_of, docs)))


@define(repr=False)
class Since:
    """What a log tells of the time after some points."""

    store: Store
    befores: dict[int, dict[Key, Doc | None]] = field(factory=dict)
    """Point → records that were changed after it, as they were at it."""
    decided: dict[Key, set[str]] = field(factory=dict)
    """Fields in which the books differed and do not wait any more, since the newest of the points."""
    waiting: set[Key] = field(factory=set)
    """Records of which something came to wait since then."""
    points: set[Point] = field(factory=set)
    """Those after the newest of the points."""

    @classmethod
    def read(cls, store: Store, points: Set[int], *, newest: int) -> Since:
        """Read the log once. `newest` is the point from which on what waited is looked at."""
        since = cls(store, {point: {} for point in points})
        for transaction in store.transactions(min(points)):
            reached = [befores for point, befores in since.befores.items() if transaction.number > point]
            if transaction.number > newest:
                since.points.add(point_of(transaction))
            for change in transaction.changes:
                for befores in reached:
                    befores.setdefault((change.type, change.id), change.before)
                if change.type == "pending" and transaction.number > newest:
                    since._look(change.before, change.after)
        return since

    def _look(self, before: Doc | None, after: Doc | None) -> None:
        key = record_of(before) or record_of(after)
        if key is not None:
            self.decided.setdefault(key, set()).update(fields_of(before).keys() - fields_of(after).keys())
            if fields_of(after):
                self.waiting.add(key)

    def at(self, point: int, key: Key) -> Doc | None:
        """A record as it was at one of the points."""
        befores = self.befores[point]
        return befores[key] if key in befores else self.store.get(*key)
