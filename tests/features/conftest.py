"""Books as `kontaktnat.testing` gives them to everyone, in pairs, and the command line in this process."""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import kontaktnat
from kontaktnat import Book
from kontaktnat.testing.fixtures import book, book_path, book_plugins, clock, ids, open_book

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
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.splitlines()[-1]

    def records(self) -> Any:
        return json.loads(self.out)["records"]


class _Stream(io.TextIOWrapper):
    """A standard stream for a command that runs in this process; a terminal, if it shall be one."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture
def run_cli(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Callable[..., Ran]]:
    """`run_cli("list", "actors")` runs the command in this process, in `tmp_path`, on `b.kn`.

    `stdin`: what is typed; with `terminal` somebody sits there.
    """
    from kontaktnat.cli.main import main

    for name in ("BOOK", "BY", "PLUGINS", "STRICT", "LANG"):
        monkeypatch.delenv(f"KONTAKTNAT_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KONTAKTNAT_CONFIG", os.devnull)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("KONTAKTNAT_LANG", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    log = logging.getLogger("kontaktnat")
    before = log.handlers[:], log.propagate

    def run(*args: object, stdin: str = "", terminal: bool = False, book: str | Path | None = "b.kn") -> Ran:
        words = [*(("-b", str(book)) if book else ()), *map(str, args)]
        streams = [
            _Stream(stdin.encode(), terminal=terminal),
            *(_Stream(terminal=terminal) for _ in range(2)),
        ]
        with monkeypatch.context() as patch:
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patch.setattr(sys, name, stream)
            try:
                main(words)
            except SystemExit as end:
                code = end.code
        assert isinstance(code, int)
        return Ran(code, streams[1].text(), streams[2].text())

    yield run
    log.handlers[:], log.propagate = before


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
