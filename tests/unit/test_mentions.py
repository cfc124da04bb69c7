"""Names in texts, however their hyphens are written."""

from __future__ import annotations

import pytest

from kontaktnat.mentions import Mentions, identity


def _found(name: str, text: str, *, parts: bool = False) -> list[str]:
    known = Mentions({"x": identity([{"name": name}])}, parts={"x"} if parts else set())
    return [text[one.start : one.end] for one in known.spot(text)]


@pytest.mark.parametrize(
    "written",
    [
        "Eva-Lena Ekstrand",
        "Eva Lena Ekstrand",
        "Evalena Ekstrand",
        "EvaLena Ekstrands",
        "Eva\u2011Lena Ekstrand",
        "Eva-Lena_Ekstrand",
        "eva_ekstrand",
        "eva-lena-ekstrand",
        "Ekstrand, Eva-Lena",
        "Ekstrand, Evalena",
        "E-L Ekstrand",
        "E.L. Ekstrand",
    ],
)
def test_hyphen_blank_and_joined_are_alike(written: str) -> None:
    for text in (written, f"mail_{written}.eml", f"Vi ringde {written}, som kom."):
        assert _found("Eva-Lena Ekstrand", text) == [written]
    assert _found("Eva-Lena Ekstrand", f"2026-11-02-{written}") == [written]


def test_a_name_stored_in_one_word_is_found_with_its_hyphen() -> None:
    assert _found("Evalena Ekstrand", "ring Eva-Lena Ekstrand") == ["Eva-Lena Ekstrand"]
    assert _found("Evalena Ek", "ring Eva-Lena Ek") == ["Eva-Lena Ek"]
    assert _found("Bo O'Neil", "ring Bo O’Neil") == ["Bo O’Neil"]


@pytest.mark.parametrize("text", ["Eva Ek-Lund", "Ann-Eva Ek", "Eva - Ek", "Eva Eklund", "eva_ekman"])
def test_what_a_hyphen_holds_together_is_another_name(text: str) -> None:
    assert not _found("Eva Ek", text)


def test_a_given_name_alone_is_all_of_it() -> None:
    for text in ("Eva-Lena", "Eva Lena", "Evalena"):
        assert _found("Eva-Lena Ekstrand", f"hos {text} då", parts=True) == [text]
    assert not _found("Eva Ek", "Eva-Lena och Ek-Lund", parts=True)
    assert _found("Bo Ek-Lund", "Ek-Lund och Eklund", parts=True) == ["Ek-Lund"]
