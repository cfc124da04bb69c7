"""What is public is what was recorded: what goes or changes breaks somebody's program or plugin."""

from __future__ import annotations

import difflib
import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from kontaktnat import extend
from kontaktnat.extend import View
from kontaktnat.plugins.loading import HOOKS

SCRIPT = Path(__file__).parents[2] / "docs" / "make_surface.py"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "stability.md"


@pytest.fixture
def surface() -> ModuleType:
    """docs/make_surface.py."""
    spec = importlib.util.spec_from_file_location("make_surface", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def difference(recorded: str, now: str) -> tuple[list[str], list[str]]:
    """What went or became another, and what came."""
    before, after = set(recorded.splitlines()), set(now.splitlines())
    return sorted(before - after), sorted(after - before)


def told(recorded: str, now: str) -> str:
    """What to say; "" where nothing changed."""
    gone, new = difference(recorded, now)
    if gone:
        became = {one: difflib.get_close_matches(one, new, 1, 0.8) for one in gone}
        lines = "\n".join(f"  - {one}" + (f"\n  + {like[0]}" if like else "") for one, like in became.items())
        return (
            f"this breaks what others rely on (docs/reference/stability.md):\n{lines}\n"
            "If it is meant: a deprecation first, or a line under Changed or Removed in CHANGELOG.md; "
            "then record it: python docs/make_surface.py"
        )
    if new:
        lines = "\n".join(f"  + {one}" for one in new)
        return f"this becomes a promise:\n{lines}\nIf it is meant, record it: python docs/make_surface.py"
    return ""


def test_what_is_public_is_what_was_recorded(surface: ModuleType) -> None:
    assert not (problem := told(surface.PAGE.read_text("utf-8"), surface.page())), problem


def changed(surface: ModuleType, monkeypatch: pytest.MonkeyPatch, **names: Any) -> str:
    """What is told after names of kontaktnat.extend became others."""
    recorded = surface.page()
    for name, value in names.items():
        monkeypatch.setattr(extend, name, value, raising=False)
    return told(recorded, surface.page())


def test_a_field_that_goes_is_a_break(surface: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    shorter = attrs.make_class("View", {"name": attrs.field(), "title": attrs.field()}, kw_only=True)
    problem = changed(surface, monkeypatch, View=shorter)
    assert problem.startswith("this breaks what others rely on")
    assert "- kontaktnat.extend.View field formula: str = ''" in problem


def test_a_default_that_becomes_another_is_a_break(
    surface: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    @attrs.frozen(kw_only=True)
    class Other(View):
        formula: str = "x"

    problem = changed(surface, monkeypatch, View=Other)
    assert "- kontaktnat.extend.View field formula: str = ''\n  + " in problem


def test_an_option_that_is_added_is_none(surface: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fold(text: str, *, more: bool = False) -> str:
        return text

    problem = changed(surface, monkeypatch, fold=fold)
    assert problem.startswith("this becomes a promise:\n  + kontaktnat.extend.fold(more: bool = False)\n")


def test_every_kind_of_promise_is_there(surface: ModuleType) -> None:
    lines = surface.page().splitlines()
    for one in (
        "kontaktnat.open(mode: Mode = 'rw')",
        "kontaktnat.extend.View field formula: str = ''",
        "exit 9 PluginConflict: plugin_conflict",
        "hook before_save(record)",
        "hook register_views gives View",
        "command kontaktnat plugins check --url VALUE",
        "format kontaktnat/1",
        "format record role.assignment",
        "class kontaktnat.Veto(Refused, KontaktnatError, Exception)",
    ):
        assert one in lines
    assert {one.split()[1].partition("(")[0] for one in lines if one.startswith("hook ")} == set(HOOKS)


def test_the_page_names_every_module(surface: ModuleType) -> None:
    page = PAGE.read_text("utf-8")
    assert all(f"`{module}`" in page for module in surface.MODULES)
    for word in ("DeprecationWarning", "12 months", "SemVer", "python docs/make_surface.py"):
        assert word in page
