"""What a command costs before it does anything: the process, its imports, its plugins, one small book."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.pairs import PAIRS, Row, in_pairs

TARGET = 1.5
"""The demo book's everyday commands, see docs/design.md."""

OURS = "from kontaktnat.cli.main import main; main()"  # what the installed script does
BASELINE = """
import click, attrs, cattrs, pluggy, tinydb, orjson
from importlib.metadata import entry_points
list(entry_points(group="kontaktnat"))
"""
NAMED = "import its libraries and scan the entry points once"

COMMANDS: dict[str, tuple[float | None, list[str]]] = {
    "--version": (None, ["--version"]),
    "--help": (None, ["--help"]),
    "list": (TARGET, ["list", "actors"]),
    "show": (TARGET, ["show", "nybro"]),
    "add": (TARGET, ["add", "contact", "Maj Brolund", "--role", "kommunchef@nybro"]),
    "add --phone": (None, ["add", "contact", "Maj Brolund", "--phone", "070-174 06 11"]),
    "log": (TARGET, ["log", "telefon", "nybro", "lägesbilden", "--promised", "underlag"]),
    "today": (None, ["today"]),
}


def rows(pairs: int = PAIRS) -> Iterator[Row]:
    """Each command on a fresh copy of the demo book."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("KONTAKTNAT_")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        env |= {"KONTAKTNAT_BY": "anna", "KONTAKTNAT_BOOK": "b.kn"}
        env |= dict.fromkeys(("XDG_CONFIG_HOME", "LOCALAPPDATA", "HOME"), name)  # nobody's own configuration

        def process(code: str, *words: str) -> None:
            command = [sys.executable, "-c", code, *words]
            done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
            if done.returncode:
                raise SystemExit(f"{' '.join(words)} failed: {done.stderr.decode()}")

        process(OURS, "-b", "demo.kn", "demo")
        for what, (target, words) in COMMANDS.items():
            yield in_pairs(
                "start-up",
                what,
                lambda words=words: process(OURS, *words),  # type: ignore[misc]
                (NAMED, lambda: process(BASELINE)),
                before=lambda: shutil.copy(folder / "demo.kn", folder / "b.kn"),
                pairs=pairs,
                target=target,
            )
