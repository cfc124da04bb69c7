"""Every line of the Swedish cheat sheet does what it says, in a book with a few people in it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHEET = (Path(__file__).parents[2] / "docs" / "sv" / "cheatsheet.md").read_text("utf-8")
ROWS = re.findall(r"^\|[^|]+\| (.+) \|$", SHEET.replace("| Jag vill | Jag skriver |", ""), re.M)
LINES = [line for row in ROWS for line in re.findall(r"`((?:kn|…) [^`]+)`", row)]


@pytest.fixture
def county(kalmar: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Eva and Per, four promises, somebody new, and a file to read in."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "eva.ek@nybro.example")
    kalmar("add", "contact", "Per Sälg", "--role", "kommunpolis@nybro")
    for number in range(4):
        kalmar("log", "telefon", "eva", f"samtal {number}", "--promised", f"löfte {number}")
    kalmar("add", "contact", "Bo Björk")
    (tmp_path / "kontakter.csv").write_text("Namn;E-post\nBo Ask;bo.ask@nybro.example\n", "cp1252")
    monkeypatch.setenv("EDITOR", "true")
    return kalmar


def test_every_line_works_as_written(county: Callable[..., Any]) -> None:
    assert len(LINES) > 35
    for line in LINES:
        words = shlex.split(line.replace("… ", "kn log telefon eva hej "))[1:]
        if words[0] == "init":
            words = words[: words.index("--by")]  # the book is anna's already
        if words[0] == "merge":
            words[1:] = [county("list", "contacts", "name=Eva Ek", "-o", "ids").out.strip(),
                         county("add", "contact", "Eva Ek", "--new").out[-10:-2]]  # fmt: skip
        if words == ["undo"]:
            county("set", "eva", "note=en ändring att ångra")
        ran = county("--lang", "sv", *words)
        assert (ran.code, ran.err.startswith("kontaktnat: ")) == (0, False), (line, ran)
