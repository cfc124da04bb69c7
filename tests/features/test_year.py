"""A scripted year: what is typed on which day, and the table of every view that has to come out of it.

`tests/year/year.txt` and the tables beside it are plain text, to be checked by hand; lines with `#` first
say why. Here they are only run and compared.
"""

from __future__ import annotations

import functools
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

import kontaktnat
from kontaktnat.model import stockholm
from kontaktnat.testing import FixedClock

YEAR = Path(__file__).parents[1] / "year"
LAST_DAY = "2026-12-31"
VIEWS = sorted(path.stem for path in YEAR.glob("*.txt") if path.stem != "year")


def lines() -> Iterator[tuple[str, str]]:
    """(day, what is typed), in order."""
    for line in (YEAR / "year.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            day, _, typed = line.partition(" ")
            yield day, typed.strip()


@pytest.fixture
def at(run_cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """`at(day, *words)` runs a command at noon of that day."""
    opened = kontaktnat.open

    def run(day: str, *words: str) -> Any:
        noon = datetime.combine(datetime.fromisoformat(day), time(12), stockholm())
        monkeypatch.setattr(kontaktnat, "open", functools.partial(opened, clock=FixedClock(noon)))
        return run_cli("--lang", "sv", "--by", "anna", *words)

    return run


@pytest.fixture
def lived(at: Callable[..., Any]) -> Callable[..., Any]:
    """The same, after the year."""
    with kontaktnat.open("b.kn", mode="create", by="anna"):
        pass
    before = ""
    for day, typed in lines():
        assert before <= day, f"{day} stands after {before}"
        ran = at(day, *shlex.split(typed))
        assert (ran.code, ran.err) == (0, ""), f"{day} {typed}\n{ran.out}{ran.err}"
        before = day
    return at


def table(text: str) -> list[str]:
    """Lines of a table without explanations, and without ids, which differ from run to run."""
    rows = [line.rstrip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [" ".join(re.sub(r"(\b[0-9a-hjkmnp-tv-z]{8}|·{8})$", "", row).split()) for row in rows]


def test_every_view_of_the_year_is_as_it_was_worked_out_by_hand(lived: Callable[..., Any]) -> None:
    assert len(VIEWS) >= 10
    for view in VIEWS:
        expected = (YEAR / f"{view}.txt").read_text("utf-8")
        command = re.search(r"^# \$ kn (.+)$", expected, re.M)
        assert command, f"{view}.txt does not say what is typed"
        ran = lived(LAST_DAY, *shlex.split(command[1]))
        assert table(ran.out) == table(expected), f"{view}\n{ran.out}{ran.err}"


def test_the_year_can_be_undone_step_by_step(lived: Callable[..., Any]) -> None:
    for _ in lines():
        ran = lived(LAST_DAY, "undo")
        assert ran.code == 0, ran
    assert "skulle" not in ran.out
    for what in ("actors", "contacts", "roles", "networks", "topics", "interactions", "followups"):
        assert lived(LAST_DAY, "list", what, "-o", "ids").out == ""


def test_every_view_there_is_has_its_table() -> None:
    with kontaktnat.open("memory:", mode="create", plugins=[]) as book:
        assert {*book.plugins.collect("register_views")} <= {*VIEWS}
