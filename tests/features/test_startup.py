"""What starting costs, held by the modules that are imported, not by a clock."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.benchmarks import startup

_PROBE = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
before = set(sys.modules)
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
from kontaktnat.cli.main import main
out = io.TextIOWrapper(io.BytesIO())
try:
    with redirect_stdout(out):
        main(sys.argv[1:])
except SystemExit as end:
    code = end.code
print(json.dumps({"code": code, "modules": sorted(set(sys.modules) - before), "opened": opened}))
"""
HEAVY = {
    "tinydb",
    "cattrs",
    "orjson",
    "phonenumbers",
    "email_validator",
    "rapidfuzz",
    "stdnum",
    "portalocker",
    "snowballstemmer",
}


@pytest.fixture
def imported(kalmar: Any, tmp_path: Path) -> Callable[..., set[str]]:
    """The modules that a command imports, in a process of its own."""

    return lambda *args: set(probe(tmp_path, *args)["modules"])


def probe(folder: Path, *args: str, site: Path | None = None) -> dict[str, Any]:
    """Which modules a command imports and which files it opens, in a process of its own."""
    env = os.environ | ({"PYTHONPATH": str(site)} if site else {})
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, *args], cwd=folder, capture_output=True, check=True, env=env
    )
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["code"] == 0, done.stderr
    return told


def targets(modules: set[str]) -> set[str]:
    """Modules that hold commands."""
    own = {"app", "language", "main", "terminal"}
    return {name for name in modules if name.startswith("kontaktnat.cli.") and name.split(".")[2] not in own}


def top(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_version_loads_no_plugin(imported: Callable[..., set[str]]) -> None:
    modules = imported("--version")
    assert not {name for name in top(modules) if name.startswith("kontaktnat_")}
    assert not top(modules) & {"pluggy", "attrs", *HEAVY}
    assert "kontaktnat.plugins" not in modules
    assert not targets(modules)


@pytest.mark.parametrize("args", [["--help"], ["-h"], []], ids=" ".join)
def test_help_loads_no_library_and_no_target(imported: Callable[..., set[str]], args: list[str]) -> None:
    modules = imported(*args)
    assert not top(modules) & HEAVY
    assert not targets(modules)
    assert (
        not {"kontaktnat.book", "kontaktnat.codec", "kontaktnat.outward", "kontaktnat_sweden.commands"}
        & modules
    )


def test_help_of_one_command_loads_that_one_only(imported: Callable[..., set[str]]) -> None:
    for command in ("today", "list", "log", "history", "check", "undo"):
        modules = imported(command, "--help")
        assert not top(modules) & HEAVY
        assert not {name for name in top(modules) if name.startswith("kontaktnat_")}
        assert len(targets(modules)) <= (3 if command == "log" else 2), command  # log has rooms of its own


def test_list_loads_what_it_needs(imported: Callable[..., set[str]]) -> None:
    modules = imported("-b", "b.kn", "list", "actors")
    assert "kontaktnat.store.tiny" in modules
    assert "tinydb" not in modules  # its form is enough; who scans without an index loads it
    assert not top(modules) & {"phonenumbers", "email_validator", "rapidfuzz", "stdnum", "snowballstemmer"}
    assert not {"kontaktnat.exchange", "kontaktnat.demo", "kontaktnat.cli.add"} & modules
    assert not {
        name for name in modules if name.startswith("kontaktnat.builtin.") and name.endswith("_format")
    }


@pytest.mark.parametrize(
    "command", ["list actors", "show nybro", "add contact Eva", "log telefon nybro hej", "today"]
)
def test_what_everyday_commands_do_without(imported: Callable[..., set[str]], command: str) -> None:
    """Neither numbers and addresses, where none is given, nor locks and hashes, where nothing is written."""
    modules = imported("-b", "b.kn", *command.split())
    assert not top(modules) & {"phonenumbers", "email_validator", "rapidfuzz", "stdnum", "tomllib", "secrets"}
    assert "snowballstemmer" not in modules
    assert not {"kontaktnat_sweden.table", "kontaktnat.packs", "kontaktnat.searching"} & modules
    if command.split(maxsplit=1)[0] in ("list", "show", "today"):
        assert not top(modules) & {"portalocker", "hashlib"}
        assert "email.parser" not in modules, "no plugin's metadata is read, portalocker's own aside"
    if os.name != "nt":
        assert "ctypes" not in modules


def test_a_view_loads_no_other(imported: Callable[..., set[str]]) -> None:
    """What the others say of themselves is loaded, to be listed; they are not."""
    others = {f"kontaktnat.views.{name}" for name in ("representation", "silence", "support", "training")}
    assert not (others | {"kontaktnat.views.vacancies"}) & imported("-b", "b.kn", "today")
    assert not others & imported("-b", "b.kn", "view", "vacancies")


@pytest.mark.parametrize(
    ("args", "budget"),
    [
        (["--version"], 140),
        (["--help"], 225),
        (["-b", "b.kn", "list", "actors"], 285),
        (["-b", "b.kn", "show", "nybro"], 310),
        (["-b", "b.kn", "add", "contact", "Eva Ek"], 300),
        (["-b", "b.kn", "log", "telefon", "nybro", "hej"], 305),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_number_of_modules(imported: Callable[..., set[str]], args: list[str], budget: int) -> None:
    modules = imported(*args)
    assert len(modules) <= budget, sorted(modules)


BESIDE = [["--version"], ["-b", "b.kn", "list", "actors"]]


@pytest.mark.parametrize("args", BESIDE, ids=" ".join)
def test_three_hundred_distributions_are_passed_by(kalmar: Any, tmp_path: Path, args: list[str]) -> None:
    """Of each at most the entry points are read, which may name a plugin; and nothing more is imported."""
    site = startup.unrelated(tmp_path / "site")
    alone, beside = probe(tmp_path, *args), probe(tmp_path, *args, site=site)
    assert beside["modules"] == alone["modules"]
    theirs = [Path(one).name for one in beside["opened"] if one.startswith(str(site))]
    assert set(theirs) <= {"entry_points.txt"}
    assert len(theirs) <= (300 if "list" in args else 0)
    assert len(beside["opened"]) - len(theirs) <= len(alone["opened"])


@pytest.mark.parametrize("args", BESIDE, ids=" ".join)
def test_ten_plugins_cost_ten_modules(kalmar: Any, tmp_path: Path, args: list[str]) -> None:
    site = startup.small_plugins(tmp_path / "site")
    alone, beside = probe(tmp_path, *args), probe(tmp_path, *args, site=site)
    own = {f"kontaktnat_small{n}" for n in range(10)} if "list" in args else set()
    assert {*beside["modules"]} - {*alone["modules"]} == own
    theirs = [Path(one).name for one in beside["opened"] if one.startswith(str(site))]
    assert "METADATA" not in theirs


def test_importing_the_library_loads_nothing_heavy() -> None:
    probe = "import sys, kontaktnat, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, check=True, env={**os.environ})
    assert not top(set(json.loads(done.stdout))) & {*HEAVY, "click", "pluggy"}
