"""Nothing that was withheld can be worked out: tried by somebody who tries everything."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kontaktnat.privacy.suppression import FEW, line, table, union

Table = dict[tuple[str, str], int]


def tables(rows: int, columns: int, most: int) -> st.SearchStrategy[Table]:
    places = [(f"r{n}", f"c{m}") for n in range(rows) for m in range(columns)]
    counts = st.lists(st.integers(0, most), min_size=len(places), max_size=len(places))
    return counts.map(lambda found: dict(zip(places, found, strict=True)))


def published(cells: Table, **more: Any) -> dict[Any, int | None]:
    rows, columns = names(cells)
    return table(cells, rows, columns, **more)


def names(cells: Table) -> tuple[list[str], list[str]]:
    return sorted({row for row, _ in cells}), sorted({column for _, column in cells})


def with_totals(cells: Table) -> dict[Any, int]:
    rows, columns = names(cells)
    return {
        **cells,
        **{(row, None): sum(cells[row, column] for column in columns) for row in rows},
        **{(None, column): sum(cells[row, column] for row in rows) for column in columns},
        (None, None): sum(cells.values()),
    }


def lines(cells: Table) -> Iterator[tuple[Any, list[Any]]]:
    """(total, what it is the sum of), for every sum that is published."""
    rows, columns = names(cells)
    yield from (((row, None), [(row, column) for column in columns]) for row in rows)
    yield from (((None, column), [(row, column) for row in rows]) for column in columns)
    yield (None, None), [(row, None) for row in rows]
    yield (None, None), [(None, column) for column in columns]


def possible(shown: Mapping[Any, int | None], cells: Table) -> Iterator[dict[Any, int]]:
    """Every table that fits what is shown, no count beyond what published totals or 14 allow; in no order."""
    rows, columns = names(cells)
    fitting: list[list[tuple[int, ...]]] = []
    for row in rows:
        choices = []
        for column in columns:
            most = min(
                14 if (n := shown[total]) is None else n
                for total in ((row, None), (None, column), (None, None))
            )
            choices.append(range(most + 1) if (n := shown[row, column]) is None else (n,))
        total = shown[row, None]
        fitting.append([one for one in product(*choices) if total is None or sum(one) == total])
        random.Random(1).shuffle(fitting[-1])
    told = [m for m, column in enumerate(columns) if shown[None, column] is not None]
    last: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
    for one in fitting[-1]:
        last.setdefault(tuple(one[m] for m in told), []).append(one)
    for before in product(*fitting[:-1]):
        left = tuple((shown[None, columns[m]] or 0) - sum(one[m] for one in before) for m in told)
        for end in last.get(left, ()):
            chosen = (*before, end)
            yield with_totals(
                {
                    (row, column): chosen[n][m]
                    for n, row in enumerate(rows)
                    for m, column in enumerate(columns)
                }
            )


def withheld(shown: Mapping[Any, int | None]) -> set[Any]:
    return {place for place, n in shown.items() if n is None}


@pytest.mark.parametrize(("rows", "columns", "most"), [(1, 3, 9), (2, 2, 8), (2, 3, 6)])
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_every_withheld_count_could_be_another(rows: int, columns: int, most: int, data: Any) -> None:
    """By trying all tables: a small one could be as great as what is published, the others vary too."""
    cells = data.draw(tables(rows, columns, most))
    shown, true = published(cells), with_totals(cells)
    told = shown[None, None]
    doubtful = {(place, true[place] < FEW) for place in withheld(shown)}
    for one in possible(shown, cells):
        if told is not None and one[None, None] != told:
            continue
        doubtful -= {
            (place, small)
            for place, small in doubtful
            if one[place] != true[place] and one[place] >= FEW * small
        }
        if not doubtful:
            break
    assert not doubtful, (cells, shown)


@settings(max_examples=150, deadline=None)
@given(tables(3, 4, 12) | tables(5, 3, 30) | tables(4, 1, 9) | tables(1, 5, 9))
def test_the_sums_determine_nothing(cells: Table) -> None:
    shown, true = published(cells), with_totals(cells)
    hidden = withheld(shown)
    assert {place for place, n in true.items() if n < FEW} <= hidden
    assert all(shown[place] in (None, n) for place, n in true.items())
    for total, parts in lines(cells):
        unknown = [place for place in parts if place in hidden]
        if total not in hidden:
            assert len(unknown) != 1
            assert not unknown or sum(true[place] for place in unknown) >= FEW
    assert not determined(lines(cells), hidden)


def determined(sums: Iterator[tuple[Any, list[Any]]], hidden: set[Any]) -> set[Any]:
    """What linear algebra works out, by Gauss and Jordan over fractions."""
    unknown = sorted(hidden, key=str)
    matrix = []
    for total, parts in sums:
        row = [Fraction((place in parts) - (place == total)) for place in unknown]
        if any(row):
            matrix.append(row)
    found, rank = set(), 0
    for column in range(len(unknown)):
        pivot = next((n for n in range(rank, len(matrix)) if matrix[n][column]), None)
        if pivot is None:
            continue
        matrix[rank], matrix[pivot] = matrix[pivot], matrix[rank]
        first = matrix[rank][column]
        matrix[rank] = [value / first for value in matrix[rank]]
        for n, row in enumerate(matrix):
            if n != rank and row[column]:
                factor = row[column]
                matrix[n] = [a - factor * b for a, b in zip(row, matrix[rank], strict=True)]
        rank += 1
    for row in matrix:
        places = [place for place, value in zip(unknown, row, strict=True) if value]
        if len(places) == 1:
            found.add(places[0])
    return found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_a_list_is_a_table_of_one_row_whose_columns_have_no_totals(counts: list[int]) -> None:
    given_ = {f"a{n}": count for n, count in enumerate(counts)}
    shown = line(given_)
    hidden = [name for name in given_ if shown[name] is None]
    assert {name for name, n in given_.items() if n < FEW} <= {*hidden}
    if shown[None] is not None:
        assert len(hidden) != 1
        assert not hidden or sum(given_[name] for name in hidden) >= FEW
    else:
        assert sum(counts) < FEW or hidden


def test_the_smallest_that_protect_are_withheld() -> None:
    cells = {("a", "x"): 3, ("a", "y"): 20, ("a", "z"): 7, ("b", "x"): 9, ("b", "y"): 30, ("b", "z"): 8}
    assert withheld(published(cells)) == {("a", "x"), ("a", "z"), ("b", "x"), ("b", "z")}


def test_a_small_remainder_takes_more_with_it() -> None:
    """0 and 1 alone would be told by their sum, which is under five too."""
    assert line({"a": 0, "b": 1, "c": 6, "d": 40}) == {"a": None, "b": None, "c": None, "d": 40, None: 47}
    assert line({"a": 2, "b": 4, "c": 6}) == {"a": None, "b": None, "c": 6, None: 12}


def test_totals_are_the_last_resort() -> None:
    assert line({"a": 3, "b": 0}) == {"a": None, "b": None, None: None}
    assert line({"a": 3}) == {"a": None, None: None}
    one_column = {("a", "x"): 3, ("b", "x"): 9, ("c", "x"): 30}
    assert withheld(published(one_column)) == {("a", "x"), ("a", None), ("b", "x"), ("b", None)}


def test_zeros_that_are_known_protect_nothing() -> None:
    cells = {("a", "x"): 4, ("a", "y"): 0, ("a", "z"): 6, ("b", "x"): 8, ("b", "y"): 8, ("b", "z"): 9}
    assert published(cells)["a", "z"] is None
    shown = published({**cells, ("a", "x"): 5, ("a", "w"): 4, ("b", "w"): 7}, known=[("a", "y")])
    assert shown["a", "y"] is None
    assert shown["a", "w"] is None
    assert shown["a", "x"] is None


def test_a_line_that_is_known_to_be_empty_stands_in_no_ones_way() -> None:
    cells = {("a", "x"): 0, ("a", "y"): 0, ("b", "x"): 5, ("b", "y"): 3}
    for known in ([("a", None)], [("a", "x"), ("a", "y")]):
        shown = published(cells, known=known)
        assert withheld(shown) >= {("a", "x"), ("a", "y"), ("a", None), ("b", "y"), (None, "y")}
        assert shown[None, None] == 8


def test_rows_of_nobody_hide_nobody() -> None:
    """That a municipality has no governor is no secret, so 3 may not hide behind it."""
    cells = {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 7, ("b", "y"): 8, ("c", "x"): 0, ("c", "y"): 0}
    assert withheld(published(cells)) >= {("a", "y"), ("b", "x"), ("b", "y")}


def test_a_sum_of_few_people_who_are_counted_often_is_withheld() -> None:
    cells = {("a", "x"): 3, ("a", "y"): 3, ("b", "x"): 20, ("b", "y"): 9}
    assert published(cells)["a", None] == 6
    assert published(cells, few=[("a", None)])["a", None] is None


def test_a_table_of_nobody() -> None:
    assert table({}, [], []) == {(None, None): None}
    assert table({}, ["a"], ["x"]) == dict.fromkeys([("a", "x"), ("a", None), (None, "x"), (None, None)])


# Groups that overlap


@given(
    st.lists(st.tuples(st.sets(st.sampled_from("abcd"), min_size=1), st.sets(st.integers(0, 12))), max_size=8)
)
def test_of_groups_that_overlap_no_total_tells_the_few(meetings: list[tuple[set[str], set[int]]]) -> None:
    """Whoever knows which meetings the groups share may subtract all that is shown from the total."""

    def size(names: Collection[str]) -> int:
        return len(set[int]().union(*(people for groups, people in meetings if groups & {*names})))

    empty = [name for name in "abcd" if not any(name in groups for groups, _ in meetings)]
    told = union("abcd", size, known=empty)
    withheld = [name for name in "abcd" if told[name] is None]
    shown = [name for name in "abcd" if told[name]]
    assert all(told[name] == 0 for name in empty)
    assert all(told[name] == size([name]) >= FEW for name in shown)
    assert len(withheld) != 1 or told[None] is None
    if withheld and (whole := told[None]) is not None:
        left = whole - size(shown)
        assert whole == size("abcd") >= FEW
        assert left == 0 or left >= FEW
    if (whole := told[None]) is not None:
        assert all(whole - size([name]) not in range(1, FEW) for name in shown)
        if len(shown) == 2 and not withheld:
            assert sum(size([name]) for name in shown) - whole not in range(1, FEW)
    if all(size([name]) >= FEW for name in "abcd" if name not in empty):
        assert not withheld


@pytest.mark.parametrize(
    ("a", "b", "total"),
    [
        (range(9), range(4, 10), None),  # one of ten who was in b alone
        (range(9), range(8, 20), None),  # one who was in both
        (range(10), range(5, 15), 15),
        (range(9), range(9, 20), 20),  # nobody in both
        (range(9), range(9), 9),
    ],
)
def test_what_is_left_of_a_total_is_nobody_or_five(
    a: Iterable[int], b: Iterable[int], total: int | None
) -> None:
    groups = {"a": {*a}, "b": {*b}}
    told = union("ab", lambda names: len(set[int]().union(*(groups[one] for one in names))))
    assert told == {"a": len(groups["a"]), "b": len(groups["b"]), None: total}


def test_what_is_not_sure_to_be_five_is_few() -> None:
    sizes = {"a": 6, "b": 9, "c": 11}
    assert union("abc", lambda names: max(sizes[one] for one in names), few=["a"]) == {
        "a": None, "b": None, "c": 11, None: 11,
    }  # fmt: skip
    assert union("a", lambda names: 6, few=["a", None]) == {"a": None, None: None}
