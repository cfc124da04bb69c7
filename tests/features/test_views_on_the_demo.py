"""Every view there is answers something on the demo book: whoever tries one sees what it is for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kontaktnat
from kontaktnat import Book
from kontaktnat.demo import fill
from kontaktnat.plugins import Plugins

NEEDED = {"timeline": {"who": "nybro"}, "path": {"a": "leif oxel", "b": "lo hägg"}}
VIEWS = sorted(Plugins().collect("register_views"))


@pytest.fixture(scope="module")
def demo() -> Iterator[Book]:
    with kontaktnat.open("memory:", mode="create", by="anna") as book:
        fill(book)
        yield book


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_of_the_demo_book_is_not_empty(demo: Book, name: str) -> None:
    assert demo.view(name, **NEEDED.get(name, {})).rows


def test_the_demo_book_shows_an_index_and_what_keeps_one_away(demo: Book) -> None:
    states = {row["state"] for row in demo.view("crowding").rows}
    assert {"known", "no_receiver"} <= states


def test_the_demo_book_has_networks_that_meet_twice(demo: Book) -> None:
    assert {row["kind"] for row in demo.view("double-meetings").rows} == {"networks", "persons"}
