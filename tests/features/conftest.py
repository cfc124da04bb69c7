"""Books as `kontaktnat.testing` gives them to everyone, in pairs, and the command line in this process."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import kontaktnat
from kontaktnat import Book
from kontaktnat.testing.fixtures import book, book_path, book_plugins, clock, ids, open_book
from kontaktnat.testing.prompt import prompt

__all__ = ["book", "book_path", "book_plugins", "clock", "ids", "open_book"]


@pytest.fixture
def place(book_path: Path) -> Path:
    """Where a book in a file may lie."""
    return book_path


@pytest.fixture
def pair(open_book: Callable[..., Book], place: Path) -> tuple[Book, Book]:
    """Two handles on one file, of anna and of bo."""
    return open_book(place, mode="create"), open_book(place, by="bo")


# The command line


class Ran(NamedTuple):
    """What a command did: a `Result` by shorter names, for thousands of lines."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.splitlines()[-1]

    def records(self) -> Any:
        return json.loads(self.out)["records"]


@pytest.fixture
def run_cli(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Ran]]:
    """`run_cli("list", "actors")` runs the command in this process, in `tmp_path`, on `b.kn`.

    With all that is installed, by the clock on the wall. `stdin`: what is typed; with `terminal` somebody
    sits there.
    """
    with prompt(monkeypatch, tmp_path, {}) as run:

        def on_b(*args: object, book: str | Path | None = "b.kn", **given: Any) -> Ran:
            return Ran(*run(*(("-b", book) if book else ()), *args, **given))

        yield on_b


@pytest.fixture(scope="session")
def _kalmar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kalmar") / "b.kn"
    with kontaktnat.open(path, mode="create", by="anna") as book, book.transaction("init"):
        book.set("by", "anna")
        book.add_county("kalmar")
    return path


@pytest.fixture
def kalmar(run_cli: Callable[..., Ran], _kalmar: Path, tmp_path: Path) -> Callable[..., Ran]:
    """`run_cli` on a book of Kalmar county by anna."""
    shutil.copy(_kalmar, tmp_path / "b.kn")
    return run_cli
