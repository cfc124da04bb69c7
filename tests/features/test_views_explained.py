"""`view NAME --explain`: what a row is, how it is reckoned, where the rule is from, what it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kontaktnat.plugins import Plugins

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


def test_a_plugins_view_too(kalmar: Callable[..., Any]) -> None:
    out = kalmar("view", "police-areas", "--explain").out
    assert "Commitments of the kind local police area" in out
    assert "Formula" not in out
