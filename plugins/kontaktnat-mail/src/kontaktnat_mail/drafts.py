"""Mails as files that a mail program opens, unsent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontaktnat.extend import Outgoing


def send(letters: Iterable[Outgoing], options: Mapping[str, str]) -> Iterator[Outgoing]:
    """One file for each in the folder that `folder` names."""
    folder = Path(options.get("folder", "."))
    folder.mkdir(parents=True, exist_ok=True)
    for number, letter in enumerate(letters, 1):
        (folder / f"{number:03d}.eml").write_bytes(letter.data)
        yield letter
