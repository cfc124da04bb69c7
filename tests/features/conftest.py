"""Books for tests: nothing kept or in a file, a clock that stands, ids that are counted."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Book


class Clock:
    """Stands at noon (UTC) of 12 November 2026 until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ids() -> Callable[[], str]:
    """kx7f0001, kx7f0002, …"""
    numbers = itertools.count(1)
    return lambda: f"kx7f{next(numbers):04}"


@pytest.fixture
def open_book(clock: Clock, ids: Callable[[], str]) -> Iterator[Callable[..., Book]]:
    """`kontaktnat.open` by anna, without the installed plugins; closed after the test."""
    with ExitStack() as stack:

        def opened(path: str | Path = "memory:", **options: Any) -> Book:
            options = {"by": "anna", "plugins": [], "clock": clock, "ids": ids} | options
            return stack.enter_context(kontaktnat.open(path, **options))

        yield opened


@pytest.fixture
def book(open_book: Callable[..., Book]) -> Book:
    """A book in memory."""
    return open_book()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a book in a file may lie."""
    return tmp_path / "book.kn"


@pytest.fixture
def pair(open_book: Callable[..., Book], place: Path) -> tuple[Book, Book]:
    """Two handles on one file, of anna and of bo."""
    return open_book(place, mode="create"), open_book(place, by="bo")
