"""What `plugins new` writes, of every kind: installed where nothing else of ours is, its tests pass."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.scaffold import KINDS, new_plugin

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kinds")


@pytest.fixture(scope="module")
def clean(home: Path, clean_environment: Callable[[Path], Any]) -> Any:
    """An environment with a new plugin of every kind, from wheels, and nothing else of ours."""
    environment = clean_environment(home)
    for kind in KINDS:
        new_plugin(f"blekinge-{kind}", kind, home)
    folders = [home / f"kontaktnat-blekinge-{kind}" for kind in KINDS]
    done = environment.run("-m", "pip", "install", "-q", *(f"{folder}[test]" for folder in folders))
    assert done.returncode == 0, done.stdout + done.stderr
    for folder in folders:  # so that what is tested is what was installed
        (folder / "src").rename(folder / "away")
    yield environment
    for folder in folders:
        (folder / "away").rename(folder / "src")


@pytest.mark.parametrize("kind", KINDS)
def test_its_own_tests_pass(clean: Any, home: Path, kind: str) -> None:
    done = clean.run("-m", "pytest", "-q", "-p", "no:cacheprovider", home / f"kontaktnat-blekinge-{kind}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout


def test_they_are_all_in_use_and_nothing_else_is(clean: Any, home: Path) -> None:
    done = clean.run("-m", "kontaktnat", "plugins", "-o", "json", cwd=home)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [row for row in json.loads(done.stdout)["records"] if row["state"] != "built in"]
    expected = {f"blekinge-{kind}": hook for kind, hook in KINDS.items()}
    assert {row["name"] for row in rows} == set(expected)
    for row in rows:
        assert row["state"] == "in use", row
        assert expected[row["name"]] in row["hooks"]
        assert (row["version"], row["distribution"]) == ("0.1.0", f"kontaktnat-{row['name']}")


def test_a_name_that_is_installed_is_taken(clean: Any, home: Path) -> None:
    for name in ("blekinge-view", "kontaktnat-blekinge-view"):
        done = clean.run("-m", "kontaktnat", "plugins", "new", name, "--kind", "check", cwd=home / "venv")
        assert done.returncode == 6
        assert done.stderr.startswith("kontaktnat: blekinge-view is taken, by kontaktnat-blekinge-view;")


def test_what_they_say_is_said_in_swedish(clean: Any, home: Path) -> None:
    done = clean.run("-m", "kontaktnat", "--lang", "sv", "-b", home / "b.kn", "init")
    assert done.returncode == 0
    done = clean.run("-m", "kontaktnat", "--lang", "sv", "-b", home / "b.kn", "view")
    assert "Aktörer efter slag" in done.stdout


# By our own rules: a name as short and one as long as can be, for lines that have it in them


@pytest.fixture(scope="module", params=["a1", "abcdefghijklmnopq-rstuvw"])
def written(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Distributions of every kind, where our own configuration looks for plugins."""
    root = tmp_path_factory.mktemp("written")
    (root / "plugins").mkdir()
    for n, kind in enumerate(KINDS):
        folder = new_plugin(f"{request.param[:-1]}{n}", kind, root / "plugins").folder
        (folder / "pyproject.toml").rename(folder / "pyproject.own")
    shutil.copy(ROOT / "pyproject.toml", root)
    (root / "src").symlink_to(ROOT / "src", target_is_directory=True)
    return root


@pytest.mark.parametrize("words", [("check",), ("format", "--check")], ids=" ".join)
@pytest.mark.parametrize("rules", ["ours", "its own"])
def test_ruff_has_nothing_to_say(written: Path, words: tuple[str, ...], rules: str) -> None:
    folders = list(written.glob("plugins/*"))
    if rules == "its own":
        for folder in folders:
            shutil.copy(folder / "pyproject.own", folder / "pyproject.toml")
    command = [sys.executable, "-m", "ruff", *words, "--no-cache", *map(str, folders)]
    done = subprocess.run(command, cwd=written, capture_output=True, encoding="utf-8", check=False)
    for folder in folders:
        (folder / "pyproject.toml").unlink(missing_ok=True)
    assert done.returncode == 0, done.stdout


def test_mypy_has_nothing_to_say(written: Path) -> None:
    """In our own folder, for the types of the core that are known there already."""
    sources = [folder for folder in written.glob("plugins/*/src") if any(folder.rglob("*.py"))]
    command = [sys.executable, "-m", "mypy", "--strict", *map(str, sources)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
