"""The recorded morning in docs/sv/session.md is what a terminal shows today."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(
    shutil.which("tmux") is None and os.environ.get("CI") != "true", reason="needs tmux: apt install tmux"
)
def test_the_recorded_morning_is_todays(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("make_session", ROOT / "docs" / "make_session.py")
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    page = (ROOT / "docs" / "sv" / "session.md").read_text("utf-8")
    recorded = page.split("```text\n")[1].split("\n```")[0]
    assert recorded.count("$ kn ") == sum(typed.startswith("kn ") for typed, _ in maker.STEPS)
    assert maker.plain(maker.record(Path(sys.executable).parent, tmp_path)) == maker.plain(recorded)
