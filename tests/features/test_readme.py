"""The README and the tutorial say what happens: every line of theirs is run here."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "docs" / "embedding.md",
    ROOT / "docs" / "tutorial" / "first-morning.md",  # first-plugin.md is followed in test_first_plugin.py
    *sorted((ROOT / "docs").glob("howto/*.md")),
    *sorted((ROOT / "docs").glob("sv/*.md")),
]
_FILE = re.compile(r"^`([\w.-]+)`:\n\n```text\n(.*?)^```", re.M | re.S)
"""A file of the page's own, which its commands read."""
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def steps(page: Path) -> Iterator[tuple[str, str]]:
    """(command, what is printed) of a page's console blocks."""
    for language, block in _FENCE.findall(page.read_text("utf-8")):
        if language == "console":
            for step in re.split(r"^\$ ", block, flags=re.M)[1:]:
                command, _, printed = step.partition("\n")
                yield command, printed


def plain(text: str) -> list[str]:
    """Lines without what differs from run to run: ids and dates; columns by their words only."""
    text = re.sub(r"\b[0-9a-hjkmnp-tv-z]{8}\b", "ID", text)
    text = re.sub(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?", "DATE", text)
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_every_command_prints_what_the_page_says(page: Path, tmp_path: Path) -> None:
    # Whoever runs this may speak another language, and have an own book and list.
    environment = {
        "KONTAKTNAT_LANG": "sv" if page.parent.name == "sv" else "en",
        "KONTAKTNAT_CONFIG": os.devnull,
        "XDG_STATE_HOME": str(tmp_path / "state"),
    }
    for name, content in _FILE.findall(page.read_text("utf-8")):
        (tmp_path / name).write_text(content, "utf-8")
    for command, printed in steps(page):
        words = shlex.split(command)
        if words[0] == "cp":
            shutil.copy(tmp_path / words[1], tmp_path / words[2])
            continue
        assert words[0] in ("kontaktnat", "kn"), command
        done = subprocess.run(
            [sys.executable, "-m", "kontaktnat", *words[1:]],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | environment,
            check=False,
        )
        shown = plain(done.stdout + done.stderr)
        for line in plain(printed):
            if line != "…":  # the page leaves something out
                assert line in shown, f"$ {command}\n{done.stdout}{done.stderr}"
        if "…" not in printed:
            assert len(shown) == len(plain(printed)), f"$ {command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}-{page.name}")
def test_every_python_example_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for language, block in _FENCE.findall(page.read_text("utf-8")):
        if language == "python":
            exec(compile(block, str(page), "exec"), {"__name__": "example"})


def test_the_two_commands_are_what_ci_and_dev_know() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "python3 dev.py demo" in readme
    assert "python3 dev.py test" in readme
    assert "python3 dev.py test" in (ROOT / ".ci" / "run").read_text("utf-8")
