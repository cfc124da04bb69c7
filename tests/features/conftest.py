"""Books as `kontaktnat.testing` gives them to everyone, in pairs, and the command line in this process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import venv
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


# An environment of its own


class Clean:
    """An environment with the core and all that it and its tests need, and none of our plugins.

    No network is asked: what the running one has is linked to, and pip builds with what is there.
    """

    def __init__(self, home: Path) -> None:
        venv.create(home / "venv", with_pip=False)
        scripts = home / "venv" / ("Scripts" if os.name == "nt" else "bin")
        self.python = scripts / "python"
        libraries = home / "libraries"
        libraries.mkdir()
        for folder in {Path(sysconfig.get_path(kind)) for kind in ("purelib", "platlib")}:
            for found in folder.iterdir():
                ours = found.name.startswith("kontaktnat_")
                if not ours and found.suffix != ".pth" and found.name != "__pycache__":
                    _link(found, libraries / found.name)
        for program in Path(sysconfig.get_path("scripts")).glob("ruff*"):  # the one that is no Python
            _link(program, scripts / program.name)
        asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
        site = self.run("-c", asked).stdout.strip()
        paths = f"{libraries}\n{Path(kontaktnat.__file__).parents[1]}\n"
        (Path(site) / "libraries.pth").write_text(paths, "utf-8")

    def run(self, *words: object, cwd: Path | None = None, **environment: str) -> Any:
        """`python …`, with its output as text."""
        ours = ("KONTAKTNAT_", "PYTEST_")  # how this run was started is not how that one is
        named = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        named["PATH"] = f"{self.python.parent}{os.pathsep}{named.get('PATH', '')}"  # it is the active one
        named |= {"PYTHONUTF8": "1", "KONTAKTNAT_CONFIG": os.devnull, "KONTAKTNAT_LANG": "en"}
        # That NO_BUILD_ISOLATION=0 means no isolation is pip's own way with options that say no.
        named |= {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
        command = [str(self.python), *map(str, words)]
        return subprocess.run(
            command, cwd=cwd, env=named | environment, capture_output=True, encoding="utf-8", check=False
        )


def _link(found: Path, place: Path) -> None:
    try:
        place.symlink_to(found, target_is_directory=found.is_dir())
    except OSError:  # Windows, where not everybody may
        if found.is_dir():
            shutil.copytree(found, place)
        else:
            shutil.copy(found, place)


@pytest.fixture(scope="session")
def clean_environment() -> Callable[[Path], Clean]:
    """`clean_environment(folder)` makes one in an empty folder."""
    return Clean
