"""The parts of a merge of two books: points of logs, documents three-way, how books are called."""

from __future__ import annotations

from typing import Any

import pytest

from kontaktnat.joining.points import Known, Point, thinned
from kontaktnat.joining.taking import _name
from kontaktnat.joining.threeway import UNKNOWN, deep, flat, items, merged


def points(*numbers: int) -> set[Point]:
    return {Point(number, f"at {number}") for number in numbers}


def test_of_old_points_ever_fewer_are_kept() -> None:
    kept = sorted(point.number for point in thinned(points(*range(1, 2001))))
    assert kept[-16:] == list(range(1985, 2001))
    assert len(kept) < 30
    assert kept[0] < 1000
    assert thinned(kept_again := thinned(points(*range(1, 2001)))) == kept_again
    assert thinned(()) == set()


@pytest.mark.parametrize(
    "value",
    [
        None, 7, "x", [], {"points": 7, "left": 7}, {"points": [[1], ["a", "b"]]},
        {"left": [["contact", [1, "a"]], 7, ["contact", "a", [1, "a"], "b"]]},
    ],
)  # fmt: skip
def test_a_setting_that_was_edited_says_nothing(value: Any) -> None:
    assert Known.of({"id": "merged", "value": value}) == Known()
    assert Known.of(None) == Known()


def test_what_is_remembered_is_read_back() -> None:
    (one, two, three) = sorted(points(1, 2, 3))
    known = Known({one, two}, {("contact", "a"): {(one, two), (one, three)}, ("role", "b"): set()})
    again = Known.of({"value": known.value()})
    assert again == Known(known.points, {("contact", "a"): {(one, two), (one, three)}})


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("/a/b/bo.kn", "bo.kn"),
        ("memory:", "memory:"),
        ("postgresql://bo:secret@host/kalmar?sslmode=require", "kalmar"),
        ("postgresql://bo:secret@host", "postgresql"),
    ],
)
def test_what_a_book_is_called_tells_no_password(place: str, name: str) -> None:
    assert _name(place) == name


def test_a_document_flat_and_back() -> None:
    doc = {"id": "a", "rev": 1, "name": "Eva Ek", "extra": {"a.b": 1}, "hidden": ["note"]}
    assert flat(doc) == {"name": "Eva Ek", "extra.a.b": 1}
    assert deep(flat(doc)) == {"name": "Eva Ek", "extra": {"a.b": 1}}
    assert flat(None) == {}


def test_what_is_not_known_equals_nothing() -> None:
    found = merged({"note": "a"}, {"note": "b"}, {"note": UNKNOWN})
    assert (found.fields, found.differs) == ({"note": "a"}, {"note": {"here": "a", "there": "b"}})
    assert not merged({"note": "a"}, {"note": "a"}, {"note": UNKNOWN}).differs


def way(value: str, **more: str) -> dict[str, str]:
    return {"kind": "phone", "value": value, **more}


A, B = "070-174 06 05", "070-174 06 06"


@pytest.mark.parametrize(
    ("base", "here", "there", "found"),
    [
        ([way(A)], [way(A, label="jobb")], [way(A, until="2026")], [way(A, label="jobb", until="2026")]),
        ([way(A)], [way(A, label="jobb")], [way(A, label="hem")], UNKNOWN),
        ([way(A)], [way(A, label="jobb")], [], UNKNOWN),
        ([way(A)], [], [], []),
        ([way(A)], [], [way("0701740605"), way(B)], UNKNOWN),
        ([], [way(A)], [way("+46701740605")], [way(A)]),
        ([way(A, until="2020")], [way(A, until="2020"), way(A, since="2024")], [way(A, until="2020"), way(B)],
         [way(A, until="2020"), way(A, since="2024"), way(B)]),
        (["a", "b"], ["b", "a"], ["a", "b", "c"], ["b", "a", "c"]),
        (["a", "b"], ["a", "b", "c"], ["b", "a"], ["b", "a", "c"]),
        (["a", "b", "c"], ["b", "a", "c"], ["c", "a", "b"], UNKNOWN),
        (["a", "a"], ["a"], ["a", "a", "b"], ["a", "b"]),
        ([{"actor": "x"}], [{"actor": "x", "status": "absent"}], [{"actor": "x"}, {"actor": "y"}],
         [{"actor": "x", "status": "absent"}, {"actor": "y"}]),
    ],
)  # fmt: skip
def test_lists(base: Any, here: Any, there: Any, found: Any) -> None:
    assert items(base, here, there) == found
