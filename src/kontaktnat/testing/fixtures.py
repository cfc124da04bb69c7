"""Fixtures, for who asks for them: `pytest_plugins = ["kontaktnat.testing.fixtures"]` in conftest.py.

In a conftest.py further in, where pytest takes no `pytest_plugins`, import them by name.

`book`         a Book in memory, by anna, at noon of 12 November 2026, ids kx7f0001, kx7f0002, …
`book_file`    the same in a file, at `book_path`
`county_book`  the same in memory, with a small county in it: every type of record, some of it protected
`run_cli`      the command line, on a book at `book_path` with that county in it: `run_cli("today")`
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
from kontaktnat.testing.prompt import Result, prompt

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


@pytest.fixture
def county_book(book: Book) -> Book:
    """A Book in memory with a small county in it."""
    from kontaktnat.testing.sample import fill

    fill(book)
    return book


@pytest.fixture
def run_cli(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    book_path: Path,
    open_book: Callable[..., Book],
    clock: FixedClock,
    ids: Callable[[], str],
    book_plugins: Sequence[str | object] | None,
) -> Iterator[Callable[..., Result]]:
    """`run_cli("view", "today", "-o", "json").records()`: a command in this process, in `tmp_path`, by anna.

    On the book at `book_path`: one with the small county, unless a test made another there before its first
    command. `book=` names another file, `book=None` none at all. `stdin`: what is typed; with `terminal`
    somebody sits there.
    """
    from kontaktnat.testing.sample import fill

    opening = {"plugins": book_plugins, "clock": clock, "ids": ids}
    with prompt(monkeypatch, tmp_path, opening) as run:
        monkeypatch.setenv("KONTAKTNAT_BY", "anna")

        def on_the_book(*words: object, book: str | Path | None = book_path, **given: Any) -> Result:
            if book == book_path and not book_path.exists():
                with open_book(book_path, mode="create") as county:
                    fill(county)
            return run(*(("-b", book) if book else ()), *words, **given)

        yield on_the_book
