"""Where a book lies, and what lies beside it: the lock file, backups, what a crash cut off."""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Callable
from pathlib import Path

from kontaktnat.errors import Usage
from kontaktnat.store.locks import Gate


def gate_of(path: Path, place: str, timeout: float, on_fork: Callable[[], None] | None = None) -> Gate:
    """The turns at a book: its lock file lies beside it."""
    return Gate(path.with_name(path.name + ".lock"), place=place, timeout=timeout, on_fork=on_fork)


def real_path(place: str) -> Path:
    """Behind every symlink, so that those stay, and all who open the book meet at one lock file.

    Raises Usage for what is no file's name.
    """
    try:
        path = Path(os.path.realpath(place))
        other = path.exists() and not path.is_file()
    except (OSError, ValueError) as error:
        raise Usage("{path!r} names no file ({problem})", path=place, problem=str(error)) from None
    if other:
        raise Usage("{path} is no file, so it is no book; name a file", path=place)
    return path


def free_name(path: Path, suffix: str) -> Path:
    """A name beside a file that is not taken: `book.kn.torn`, `book.kn.2.torn`, …"""
    names = itertools.chain([path.name], (f"{path.name}.{n}" for n in itertools.count(2)))
    return next(one for name in names if not (one := path.with_name(f"{name}.{suffix}")).exists())


def draft_prefix(name: str) -> str:
    """How the folders beside the book `name` begin in which a text of it is being edited."""
    return f".{name}-edit-"


def drafts(path: Path) -> list[Path]:
    """The texts of a book that were edited and kept, as something was wrong with them."""
    return sorted(path.parent.glob(f"{glob.escape(draft_prefix(path.name))}*/*.toml"))


def beside(path: Path) -> list[Path]:
    """The files whose names are the book's and something more."""
    return sorted(path.parent.glob(f"{glob.escape(path.name)}.*"))
