"""Every view, page and list takes steps in proportion to what was done, and never looks through it for each.

Counted are the lines of kontaktnat and of its plugins that are run, and not time, so no machine's mood tells.
A comprehension is a line for each of its turns. `dev.py bench views` measures the same in seconds.
"""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from tests.benchmarks.views import asking, filled

import kontaktnat
from kontaktnat import Actor, Book, hookimpl
from kontaktnat.errors import Usage
from kontaktnat.extend import Outward, Table, View
from kontaktnat.plugins import Plugins

SIZES = (200, 400, 800)
ALIKE = ("kontaktnat.codec", "kontaktnat.model", "kontaktnat.privacy.suppression")
"""Where each call takes as long as the others: it is one step, which saves most of the counting."""
LINEAR = 2.5
"""What a doubling costs, divided by what the doubling before it cost: 2 if linear, 4 if quadratic."""
SLACK = 3_000
"""So many steps more are chance, in a book of so few interactions."""


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Book]]:
    folder = tmp_path_factory.mktemp("books")
    made = [filled(folder / f"{size}.kn", size) for size in SIZES]
    yield made
    for book in made:
        book.close()


def steps(work: Callable[[], object]) -> int:
    """How many calls are made, and lines of ours run."""
    count = 0

    def inside(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return inside

    def called(frame: FrameType, _event: str, _value: Any) -> Any:
        nonlocal count
        module = frame.f_globals.get("__name__", "")
        count += 1
        ours = module.startswith(("kontaktnat", __name__)) and not module.startswith(ALIKE)
        return inside if ours else None

    before = sys.gettrace()
    collecting = gc.isenabled()
    gc.disable()  # what it calls (hypothesis asks for that) is none of the work
    sys.settrace(called)
    try:
        work()
    finally:
        sys.settrace(before)
        if collecting:
            gc.enable()
    return count


def grows_as_it_should(small: int, middle: int, large: int) -> bool:
    return large - middle <= LINEAR * (middle - small) + SLACK


def test_whatever_is_asked_takes_steps_in_proportion(books: list[Book]) -> None:
    asked = [asking(book) for book in books]
    assert {*Plugins().collect("register_views")} <= {*asked[0]}
    counted = {name: tuple(steps(one[name]) for one in asked) for name in asked[0]}
    assert {name: found for name, found in counted.items() if not grows_as_it_should(*found)} == {}


def test_a_view_that_looks_through_all_for_each_is_found(books: list[Book]) -> None:
    def look(book: Book) -> object:
        known = book.remembering().interactions.all()
        return [[one for one in known if one.when == other.when] for other in known]

    assert not grows_as_it_should(*(steps(lambda book=book: look(book)) for book in books))


def test_a_view_lets_go_of_what_it_read_and_the_garbage_collector_goes_on() -> None:
    seen: list[weakref.ref[Actor]] = []

    class Plugin:
        @hookimpl
        def register_views(self) -> list[View]:
            return [View(name="look", title="Look", run=self.look)]

        def look(self, book: Outward, /, *, fail: bool = False) -> Table:
            assert not gc.isenabled()
            seen.extend(map(weakref.ref, (*book.actors.all(), *book.as_of("2026").actors.all())))
            if fail:
                raise Usage("no")
            return Table(name="look", title="Look", columns=())

    with kontaktnat.open("memory:", by="anna", plugins=[Plugin()]) as book:
        book.add(Actor(name="Nybro kommun"))
        book.view("look")
        with pytest.raises(Usage):
            book.view("look", fail=True)
        assert len(seen) == 4
        assert [one() for one in seen[:2]] == [None, None]
        assert gc.isenabled()
