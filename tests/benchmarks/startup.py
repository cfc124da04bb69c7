"""What a command costs before it does anything: the process, its imports, its plugins, one small book.

And what it costs beside others: ten small plugins, and three hundred distributions that are no plugins.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.pairs import PAIRS, Row, in_pairs, seconds

TARGET = 1.5
"""The demo book's everyday commands, see docs/design.md."""
TEN_PLUGINS = 1.15
UNRELATED = 1.25
"""Beside the same command without them."""

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


PLUGIN = """
from kontaktnat import hookimpl
from kontaktnat.extend import Check, Command, View

def run(book, **_): ...

@hookimpl
def register_views():
    return [View(name="small{n}", title="Small", run=run)]

@hookimpl
def register_checks():
    return [Check(name="small{n}", title="Small", run=run)]

@hookimpl
def register_commands():
    return [Command(name="small{n}", summary="Small", target="small{n}:run")]

@hookimpl
def after_commit(transaction): ...
"""


def small_plugins(folder: Path, number: int = 10) -> Path:
    """A folder to put on the path, with as many installed plugins."""
    folder.mkdir()
    for n in range(number):
        (folder / f"kontaktnat_small{n}.py").write_text(PLUGIN.format(n=n), encoding="utf-8")
        _installed(folder, f"kontaktnat_small{n}", f"[kontaktnat]\nsmall{n} = kontaktnat_small{n}\n")
    return folder


def unrelated(folder: Path, number: int = 300) -> Path:
    """A folder to put on the path, with as many distributions as a well-used environment has."""
    folder.mkdir()
    for n in range(number):
        scripts = f"[console_scripts]\ntool{n} = unrelated_{n}:main\n"
        _installed(folder, f"unrelated_{n}", scripts if n % 3 == 0 else "")
    return folder


def _installed(folder: Path, name: str, entries: str) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    needs = "".join(f"Requires-Dist: needed{n}\n" for n in range(20))
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}"
    (info / "METADATA").write_text(f"{head}\n{'Described at length.' * 200}\n", encoding="utf-8")
    (info / "RECORD").write_text(f"{name}/__init__.py,,\n" * 30, encoding="utf-8")
    if entries:
        (info / "entry_points.txt").write_text(entries, encoding="utf-8")


def processor(work: Callable[[], object]) -> float:
    """Seconds of processor time that the processes which it starts and waits for take: others' work is none.

    Where the system does not tell, seconds of the clock.
    """
    if sys.platform == "win32":
        return seconds(work)
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows(pairs: int = PAIRS) -> Iterator[Row]:
    """Each command on a fresh copy of the demo book."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith("KONTAKTNAT_")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
        env |= {"KONTAKTNAT_BY": "anna", "KONTAKTNAT_BOOK": "b.kn"}
        env |= dict.fromkeys(("XDG_CONFIG_HOME", "LOCALAPPDATA", "HOME"), name)  # nobody's own configuration

        def process(code: str, *words: str, site: Path | None = None) -> None:
            command = [sys.executable, "-c", code, *words]
            path = {"PYTHONPATH": str(site)} if site else {}
            done = subprocess.run(command, cwd=folder, env=env | path, capture_output=True, check=False)
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
        beside = (
            ("ten plugins", small_plugins(folder / "ten"), TEN_PLUGINS),
            ("300 distributions", unrelated(folder / "many"), UNRELATED),
        )
        for whose, site, most in beside:
            for words in (["list", "actors"], ["--version"]):
                yield in_pairs(
                    "start-up",
                    f"{' '.join(words)}, {whose}",
                    lambda words=words, site=site: process(OURS, *words, site=site),  # type: ignore[misc]
                    ("the same without", lambda words=words: process(OURS, *words)),  # type: ignore[misc]
                    measure=processor,
                    pairs=pairs,
                    target=most,
                )
