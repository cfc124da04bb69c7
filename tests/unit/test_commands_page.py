"""docs/reference/commands.md is what the commands say of themselves."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "docs" / "make_commands.py"


def test_the_page_is_made_from_the_commands() -> None:
    spec = importlib.util.spec_from_file_location("make_commands", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.PAGE.read_text("utf-8") == module.page(), "run: python docs/make_commands.py"
