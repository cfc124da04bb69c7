"""`view NAME --explain`: what a row is, how it is reckoned, where the rule is from, what it takes."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.plugins import Plugins, loading

VIEWS = Plugins([]).collect("register_views")


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_explained_in_both_languages(kalmar: Callable[..., Any], name: str) -> None:
    view = VIEWS[name]
    rows = kalmar("view", name, "--explain", "-o", "json").records()
    assert [(row["field"], row["value"]) for row in rows] == [
        ("Title", view.title),
        ("Definition", view.definition),
        ("Formula", view.formula),
        ("Source", view.source),
        *(("Parameter", one) for one in view.parameters()),
    ]
    said = kalmar("--lang", "sv", "view", name, "--explain").out
    assert "Beräkning" in said
    assert view.definition not in said


def test_what_a_view_takes(kalmar: Callable[..., Any]) -> None:
    assert VIEWS["timeline"].parameters() == ("who=", "limit=0")
    assert VIEWS["vacancies"].parameters() == ("functions=", "stale_days=")
    assert "Parameter   functions=" in kalmar("view", "vacancies", "--explain").out


PLUGIN = """
from kontaktnat import hookimpl
from kontaktnat.extend import Table, View


@hookimpl
def register_views():
    def run(book, /):
        return Table(name="ships", title="Ships", columns=())

    return [View(name="ships", title="Ships", run=run, definition="A row for each ship.")]
"""


def test_a_plugins_view_too(
    run_cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ships_of_a_plugin.py").write_text(PLUGIN, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    entry = EntryPoint(name="ships", value="ships_of_a_plugin", group="kontaktnat")
    monkeypatch.setattr(loading, "_installed", lambda: {"ships": [entry]})
    run_cli("init")
    out = run_cli("view", "ships", "--explain").out
    assert "A row for each ship." in out
    assert "Formula" not in out
