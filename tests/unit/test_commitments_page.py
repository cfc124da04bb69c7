"""docs/reference/commitments.md is what the core's facts say of themselves."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from kontaktnat.builtin.facts import facts

SCRIPT = Path(__file__).parents[2] / "docs" / "make_commitments.py"


def test_the_page_is_made_from_the_facts() -> None:
    spec = importlib.util.spec_from_file_location("make_commitments", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.PAGE.read_text("utf-8")
    assert page == module.page(), "run: python docs/make_commitments.py"
    assert all(f"| `{fact.name}` |" in page for fact in facts())
