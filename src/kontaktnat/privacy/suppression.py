"""Withholding small counts of people in a table whose totals are published too, also against subtraction.

Every count under `FEW` is withheld (zero too: that nobody is there is as telling), and enough others that
whoever knows all that is published, that counts are whole numbers of 0 or more, and that counts under `FEW`
are withheld, cannot tell of any withheld small count that it is small.

What is known are sums: each row and column with its total, the totals with the grand total. So a table is a
flow of people: from the total of a row through its cells to the totals of columns, and round through the
grand total. What could be instead of what is differs from it by circles of this flow, so a count may be as
high as the people that can be led round through it while what is published stays. That is exact, for whole
numbers too, and is asked of every small count: it must be able to be `FEW`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import TypeVar

from attrs import frozen

FEW = 5
"""Published counts of people are at least this."""

K = TypeVar("K")
Place = tuple[str | None, str | None]
"""(row, column) of a cell; None: the total of the column, of the row, of all."""
_Node = tuple[str, str]


@frozen(repr=False)
class _Edge:
    """One count, as a stretch that people flow along."""

    start: _Node
    end: _Node
    count: int
    price: int
    """What it costs to withhold it."""


def table(
    cells: Mapping[tuple[str, str], int],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    known: Collection[Place] = (),
    few: Collection[Place] = (),
) -> dict[Place, int | None]:
    """Each cell and total of a table of counts of people: its number, None where it is withheld.

    `cells` by (row, column), 0 where there is none; totals are the sums. `known`: zeros that other tables
    published beside this one tell; they are withheld as all that is small, and protect nothing. `few`:
    what is withheld whatever its number, as a sum that counts few people several times.
    """
    edges: dict[Place, _Edge] = {}
    whole = sum(cells.get((row, column), 0) for row in rows for column in columns)
    dear = 1 + 2 * whole  # a total costs more than all cells, the grand total more than all totals
    for row in rows:
        for column in columns:
            n = cells.get((row, column), 0)
            edges[row, column] = _Edge(("row", row), ("column", column), n, n)
    for row in rows:
        n = sum(cells.get((row, column), 0) for column in columns)
        edges[row, None] = _Edge(("", "rows"), ("row", row), n, dear + n)
    for column in columns:
        n = sum(cells.get((row, column), 0) for row in rows)
        edges[None, column] = _Edge(("column", column), ("", "columns"), n, dear + n)
    greatest = dear * (len(rows) + len(columns) + 1) + 2 * whole
    edges[None, None] = _Edge(("", "columns"), ("", "rows"), whole, greatest)
    empty = {place for place, edge in edges.items() if None in place and not edge.count}
    told = _told(set(known), rows, columns)
    return _published(edges, _told(told | empty, rows, columns), told, few)


def _told(known: set[Place], rows: Sequence[str], columns: Sequence[str]) -> set[Place]:
    """With what follows at once: of a total that is known to be zero all cells, and the other way about."""
    lines: list[tuple[Place, list[Place]]] = []
    lines += [((row, None), [(row, column) for column in columns]) for row in rows]
    lines += [((None, column), [(row, column) for row in rows]) for column in columns]
    lines += [((None, None), [(row, None) for row in rows])]
    for total, cells in lines:
        if total in known:
            known.update(cells)
    for total, cells in lines:
        if known.issuperset(cells):
            known.add(total)
    return known


def line(counts: Mapping[str, int], *, few: Collection[str | None] = ()) -> dict[str | None, int | None]:
    """The same of a list with a total, which stands under None."""
    whole = sum(counts.values())
    edges: dict[str | None, _Edge] = {
        name: _Edge(("", "all"), ("", "each"), n, n) for name, n in counts.items()
    }
    edges[None] = _Edge(("", "each"), ("", "all"), whole, 1 + whole)
    return _published(edges, {name for name, edge in edges.items() if not edge.count}, (), few)


def union(
    names: Collection[str],
    size: Callable[[Collection[str]], int],
    *,
    few: Collection[str | None] = (),
    known: Collection[str] = (),
) -> dict[str | None, int | None]:
    """The same of groups that overlap, with how many they are together under None.

    `size(names)`: how many different people are in any of some groups. `known`: groups of which it is told
    anyway that they are empty; they are shown. `few` as in `table`.

    Nothing can be subtracted from the total but a least number: so many are in the withheld groups alone.
    One who knows which meetings the groups share may work it out, so it is nobody, or `FEW` at least; and
    never is one group withheld alone, for then it would be a small one. What is left of the total beside one
    group that is shown, everybody can subtract, and of two groups how many are in both: where that is few,
    the total is withheld.
    """
    counts = {name: size((name,)) for name in names}
    whole = size(names)
    withheld = {name for name, n in counts.items() if name not in known and (n < FEW or name in few)}
    shown = sorted(counts.keys() - withheld - {*known}, key=lambda name: (-counts[name], name))
    hush = whole < FEW or None in few
    while shown and (len(withheld) == 1 or (withheld and 0 < whole - size(shown) < FEW)):
        withheld.add(shown.pop())
    hush = hush or len(withheld) == 1 or any(0 < whole - counts[name] < FEW for name in shown)
    if len(shown) == 2 and not withheld:
        hush = hush or 0 < sum(counts[name] for name in shown) - whole < FEW
    told: dict[str | None, int | None] = {None: None if hush else whole}
    return told | {name: None if name in withheld else n for name, n in counts.items()}


def _published(
    edges: Mapping[K, _Edge], guessed: Collection[K], known: Collection[K], few: Collection[K]
) -> dict[K, int | None]:
    small = [place for place, edge in edges.items() if edge.count < FEW or place in few]
    withheld = dict.fromkeys(small)
    # First as for somebody who guesses which rows are empty (governors of a municipality): what could be
    # in these alone hides nobody. Then these too, as for somebody who does not.
    for told in (guessed, known):
        unsure = {place: edge for place, edge in edges.items() if place not in told}
        for place in small:
            if place in unsure:
                _hide(unsure, withheld, place)
    return {place: None if place in withheld else edge.count for place, edge in edges.items()}


def _hide(edges: Mapping[K, _Edge], withheld: dict[K, None], place: K) -> None:
    """Withhold more until the count at `place` could be `FEW`, and one more than it is."""
    more = dict.fromkeys(edges, 0)  # what is led along each stretch beyond what is
    needed = max(FEW - edges[place].count, 1)
    while needed:
        way = _cheapest(edges, withheld, more, place)
        room = [edges[one].count + more[one] for one, ahead in way if not ahead]
        led = min([needed, *room])
        for one, ahead in way:
            more[one] += led if ahead else -led
            withheld[one] = None
        needed -= led


def _cheapest(
    edges: Mapping[K, _Edge], withheld: Collection[K], more: Mapping[K, int], place: K
) -> list[tuple[K, bool]]:
    """The way from the end of the count at `place` back to its start that withholds least beyond what is.

    (place, whether along it, where people are added, or against it, where they are taken). There always is
    one, for all totals can be withheld. Of several that withhold as much, the shortest.
    """
    roads: dict[_Node, list[tuple[_Node, K, bool, int]]] = {}
    for key, edge in edges.items():
        if key == place:
            continue
        price = 0 if key in withheld else edge.price
        roads.setdefault(edge.start, []).append((edge.end, key, True, price))
        if edge.count + more[key] > 0:
            roads.setdefault(edge.end, []).append((edge.start, key, False, price))
    start, goal = edges[place].end, edges[place].start
    best: dict[_Node, tuple[int, int]] = {start: (0, 0)}
    came: dict[_Node, tuple[_Node, K, bool]] = {}
    ahead: list[tuple[tuple[int, int], _Node]] = [((0, 0), start)]
    while ahead:
        cost, node = heappop(ahead)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for other, key, along, price in roads.get(node, ()):
            there = (cost[0] + price, cost[1] + 1)
            if other not in best or there < best[other]:
                best[other] = there
                came[other] = node, key, along
                heappush(ahead, (there, other))
    return list(_back(came, start, goal))


def _back(came: Mapping[_Node, tuple[_Node, K, bool]], start: _Node, goal: _Node) -> Iterable[tuple[K, bool]]:
    node = goal
    while node != start:
        node, key, along = came[node]
        yield key, along
