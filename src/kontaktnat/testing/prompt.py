"""The command line in this process, for tests: what is typed, what is printed, the exit code."""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

_VARIABLES = ("BOOK", "BY", "PLUGINS", "STRICT", "LANG")


class Result(NamedTuple):
    """What a command did: its exit code, and what it wrote to standard output and to standard error."""

    exit_code: int
    output: str
    errors: str

    @property
    def last(self) -> str:
        """The last line of the output."""
        return self.output.splitlines()[-1]

    def records(self) -> Any:
        """What `-o json` printed of records or rows."""
        return json.loads(self.output)["records"]


class Stream(io.TextIOWrapper):
    """A standard stream for a command that runs in this process; a terminal, if it shall be one."""

    def __init__(self, content: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        """Whether somebody sits there."""
        return self.terminal

    def text(self) -> str:
        """All that was written."""
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]


@contextmanager
def prompt(
    monkeypatch: pytest.MonkeyPatch, folder: Path, opening: Mapping[str, Any]
) -> Iterator[Callable[..., Result]]:
    """`run(*words, stdin="", terminal=False)` in `folder`, in English, wide, with nobody's own configuration.

    `opening`: what books are opened with, as `kontaktnat.open` takes it: plugins, a clock, ids.
    """
    from kontaktnat.cli.main import main

    for name in _VARIABLES:
        monkeypatch.delenv(f"KONTAKTNAT_{name}", raising=False)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("KONTAKTNAT_CONFIG", os.devnull)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("KONTAKTNAT_LANG", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    log = logging.getLogger("kontaktnat")
    before = log.handlers[:], log.propagate

    def run(*words: object, stdin: str = "", terminal: bool = False) -> Result:
        typed = Stream(stdin.encode(), terminal=terminal)
        out, err = Stream(terminal=terminal), Stream(terminal=terminal)
        with monkeypatch.context() as patch:
            for name, stream in (("stdin", typed), ("stdout", out), ("stderr", err)):
                patch.setattr(sys, name, stream)
            try:
                main([*map(str, words)], opening)
            except SystemExit as end:
                code = end.code
        assert isinstance(code, int)
        return Result(code, out.text(), err.text())

    yield run
    log.handlers[:], log.propagate = before
