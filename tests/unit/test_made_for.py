"""Which versions a distribution asks for, as far as pip's rules are repeated here."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from kontaktnat.plugins.made_for import fits
from kontaktnat.plugins.sources import not_public, sentences


@pytest.mark.parametrize("version", ["0.1.0", "1.0", "1.4.2", "1.5", "2.0.0", "10.1"])
@pytest.mark.parametrize(
    "wanted",
    ["", ">=1", ">=1.4,<2", "~=1.4", "~=1.4.1", "==1.4.*", "!=1.4.*", "==1.0", "!=1.0", "<2", "<=1.5", "<=2",
     ">1.4.2", ">= 1.4 , < 10", "===1.0"],
)  # fmt: skip
def test_as_pip_has_it(version: str, wanted: str) -> None:
    assert fits(version, wanted) is SpecifierSet(wanted).contains(version)


@pytest.mark.parametrize("wanted", ["nonsense", ">=", "@ file:///x", ">=x"])
def test_what_is_not_understood_is_no_complaint(wanted: str) -> None:
    assert fits("0.1.0", wanted)


def test_what_is_read_of_a_source() -> None:
    code = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import kontaktnat.book\n"
        "try:\n    import kontaktnat.undo\nexcept ImportError:\n    pass\n"
        "from kontaktnat.model.base import Record\nimport kontaktnat.extend\n"
        "def f():\n    from kontaktnat import unit\n    from kontaktnat.cli.app import App\n"
        "    raise Invalid('{x}: wrong', x=1)\n"
    )
    parsed = {Path("a.py"): ast.parse(code)}
    assert list(not_public(parsed)) == [("kontaktnat.cli.app", "a.py:12")]
    assert list(sentences(parsed)) == [("{x}: wrong", "a.py:13")]
