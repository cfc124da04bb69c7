"""Fixtures, for who asks for them: `pytest_plugins = ["kontaktnat.testing.fixtures"]` in conftest.py.

In a conftest.py further in, where pytest takes no `pytest_plugins`, import them by name.

`book`         a Book in memory, by anna, at noon of 12 November 2026, ids kx7f0001, kx7f0002, …
`book_file`    the same in a file, at `book_path`
`open_book`    as `kontaktnat.open`, with these for its defaults; closed after the test
`clock`        the FixedClock they share: `clock.move(days=1)`
`ids`          the counted ids they share
`book_plugins` what they have besides the built-in plugins: nothing. Override it: a list, or None for all
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kontaktnat.testing.injection import FixedClock, counted_ids

if TYPE_CHECKING:
    from kontaktnat import Book


@pytest.fixture
def clock() -> FixedClock:
    """Stands at noon (UTC) of 12 November 2026 until it is moved."""
    return FixedClock()


@pytest.fixture
def ids() -> Callable[[], str]:
    """kx7f0001, kx7f0002, …"""
    return counted_ids()


@pytest.fixture
def book_plugins() -> Sequence[str | object] | None:
    """None besides the built-in ones: a test does not depend on what is installed."""
    return []


@pytest.fixture
def open_book(
    clock: FixedClock, ids: Callable[[], str], book_plugins: Sequence[str | object] | None
) -> Iterator[Callable[..., Book]]:
    """`kontaktnat.open`, in memory unless a path is given."""
    import kontaktnat

    with ExitStack() as stack:

        def opened(path: str | Path = "memory:", **options: Any) -> Book:
            defaults = {"by": "anna", "plugins": book_plugins, "clock": clock, "ids": ids}
            return stack.enter_context(kontaktnat.open(path, **defaults | options))

        yield opened


@pytest.fixture
def book(open_book: Callable[..., Book]) -> Book:
    """An empty Book in memory."""
    return open_book()


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    """Where `book_file` lies; nothing is there until somebody makes it."""
    return tmp_path / "book.kn"


@pytest.fixture
def book_file(open_book: Callable[..., Book], book_path: Path) -> Book:
    """An empty Book in a file."""
    return open_book(book_path, mode="create")
