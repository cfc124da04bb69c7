"""The numbers that `today` gave to follow-ups: `done 2` means what was last shown, on this terminal.

Numbering anew at each command would tick off a neighbour, once the first of a list is done. Only ids
are kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kontaktnat.cli.app import App
from kontaktnat.cli.whole import write_whole
from kontaktnat.errors import KontaktnatError, NotFound

_LISTS = 50
"""How many lists are kept; the oldest are forgotten."""


def is_number(text: str) -> bool:
    """Whether a word is a number of `today`'s, not an id or a part of a text."""
    return text.isdecimal() and len(text) < 4


def remember(app: App, ids: Sequence[str]) -> None:
    """Keep the ids of the follow-ups just shown, the first as number 1; what cannot be kept has no number."""
    lists = _lists()
    lists.pop(_key(app), None)
    lists[_key(app)] = list(ids)
    text = json.dumps(dict(list(lists.items())[-_LISTS:]))
    with contextlib.suppress(OSError, KontaktnatError):
        _place().parent.mkdir(parents=True, exist_ok=True)
        write_whole(_place(), lambda stream: stream.write(text.encode()))


def recall(app: App, number: str) -> str:
    """The id of the follow-up with that number; raises NotFound where none was shown."""
    ids = _lists().get(_key(app), [])
    if not ids:
        raise NotFound("which is number {number}? kontaktnat today numbers them", number=number, nearest=())
    if not 0 < int(number) <= len(ids):
        raise NotFound(
            "there was no number {number} when today was last shown, only 1 to {last}; "
            "kontaktnat today numbers them anew",
            number=number,
            last=len(ids),
            nearest=(),
        )
    return ids[int(number) - 1]


def _lists() -> dict[str, list[str]]:
    try:
        kept = json.loads(_place().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _place() -> Path:
    from platformdirs import user_state_path

    return user_state_path("kontaktnat", appauthor=False) / "today.json"


def _key(app: App) -> str:
    """Which list: a book's, and a terminal's where terminals have names."""
    book = app.file.resolve() if app.file else app.where
    return f"{_terminal()} {book}"


def _terminal() -> str:
    if session := os.environ.get("WT_SESSION"):  # Windows Terminal: one for each tab
        return session
    with contextlib.suppress(OSError, AttributeError, ValueError):
        return os.ttyname(sys.stdin.fileno())
    return ""
