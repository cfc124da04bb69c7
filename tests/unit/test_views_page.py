"""docs/reference/views.md is what the views say of themselves."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from kontaktnat.plugins import BUILTIN, Plugins

SCRIPT = Path(__file__).parents[2] / "docs" / "make_views.py"
EXAMPLES = {page.stem: page for page in sorted((SCRIPT.parent / "reference" / "examples").glob("*.md"))}
VIEWS = {view.name: view for plugin, view in Plugins([]).pieces("register_views") if plugin in BUILTIN}


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_views", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_made_from_the_views(maker: ModuleType) -> None:
    assert maker.PAGE.read_text("utf-8") == maker.page(), "run: python docs/make_views.py"


def test_every_view_of_the_core_has_its_section(maker: ModuleType) -> None:
    page = maker.PAGE.read_text("utf-8")
    assert {"today", "timeline", "vacancies", "silence", "representation", "training", "support"} <= set(
        VIEWS
    )
    for view in VIEWS.values():
        section = page.partition(f"\n## {view.name}\n")[2].partition("\n## ")[0]
        for text in (view.title, view.definition, view.formula, view.source):
            assert text in section, view.name


def test_every_view_has_an_example_and_every_example_a_view() -> None:
    assert EXAMPLES.keys() == VIEWS.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_worked_out_by_hand_is_what_the_view_says(name: str, maker: ModuleType) -> None:
    text = EXAMPLES[name].read_text("utf-8")
    said, _, code = text.partition("\n```python\n")
    assert 2 <= len(said.split("\n\n")[0].splitlines()) <= 7
    assert re.search(r"\d", said)
    assert code.endswith("```\n")
    assert f'"{name}"' in code
    assert "    assert " in code
    names = {"__name__": "example"}
    exec(compile(maker.START, "views.md", "exec"), names)
    exec(compile(code.removesuffix("```\n"), EXAMPLES[name].name, "exec"), names)


def test_the_head_says_of_every_view_what_it_rests_on(maker: ModuleType) -> None:
    head = maker.PAGE.read_text("utf-8").partition("\n## ")[0]
    for view in VIEWS.values():
        assert re.search(
            rf"^\| \[{view.name}\]\(#{view.name}\) \| {re.escape(view.title)} "
            r"\| (law|our reading|practice)(, (our reading|practice))* \|$",
            head, re.M,
        ), view.name  # fmt: skip


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_says_what_it_is_how_it_is_reckoned_and_why(name: str) -> None:
    view = VIEWS[name]
    assert view.title
    assert view.definition
    assert view.formula
    assert view.source


@pytest.mark.parametrize("name", VIEWS)
def test_the_table_carries_the_views_name_and_definition(name: str, maker: ModuleType) -> None:
    import kontaktnat

    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        maker.fill(book)
        table = book.view(name, **maker.NEEDED.get(name, {}))
    assert (table.name, table.definition) == (name, VIEWS[name].definition)
    keys = {column.key for column in table.columns}
    assert table.rows or name in (
        "support",
        "lifted",
        "examples",
        "shared-problems",
        "retention",
        "double-meetings",
        "police-areas",
    )  # none in the sample
    assert all(set(row) == keys for row in table.rows)
