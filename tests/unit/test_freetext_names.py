"""What looks like a person's name, and what only bears one."""

from __future__ import annotations

import pytest

from kontaktnat.freetext.name_lists import lists
from kontaktnat.freetext.names import names


def named(text: str) -> list[str]:
    return [text[start:end] for start, end in names(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ali Hassan är misstänkt.", ["Ali Hassan"]),
        ("Polisen grep Amir Rezai i går.", ["Amir Rezai"]),
        ("Korhonen Mika greps.", ["Korhonen Mika"]),
        ("Sven-Erik Dahlgren och Lars-Göran", ["Sven-Erik Dahlgren", "Lars-Göran"]),
        ("A. Karlsson ringde T. Wójcik.", ["A. Karlsson", "T. Wójcik"]),
        ("Karlsson, Anna åtalas", ["Karlsson", "Anna"]),
        ("Daniels kusin", ["Daniels"]),
        ("Maria von Platen och Omar el Amrani", ["Maria von Platen", "Omar el Amrani"]),
        ("Lumturi Xhema greps", ["Lumturi Xhema"]),
        ("i dag greps Qvizzo Zhelan", ["Qvizzo Zhelan"]),
        ("timo virtanen ringde", ["timo virtanen"]),
        ("kevin greps", ["kevin"]),
        ("häktad: Bo", ["Bo"]),
        ("Björn är dömd", ["Björn"]),
        ("herr Berg", ["Berg"]),
    ],
)
def test_names(text: str, found: list[str]) -> None:
    assert named(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Per invånare ökar stölderna",
        "Hans son kom",
        "Inga misstänkta finns",
        "Maj blev lugn",
        "Två inbrott på Erik Dahlbergs väg",
        "Gripandet vid Sankt Eriks torg",
        "En person greps på Karl Johansgatan",
        "Gustav Adolfskolan vill ha besök",
        "Stiftelsen Elsa Brandts Minne ger bidrag",
        "Maria Pol-mottagningen i Kalmar",
        "CAN presenterar siffror om LSS",
        "Polisregion Syd grep tre personer",
        "Nybro kommun och Region Kalmar län",
        "björk och ask vid vägen, bo kvar",
        "Trygghetsvandring Norrliden",
    ],
)
def test_what_is_nobody(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("name", ["eva", "åke", "mohammed", "ayşe", "ayse", "krzysztof", "łukasz", "lukasz"])
def test_the_lists_hold_names_of_all_origins(name: str) -> None:
    assert lists().is_given(name)
    assert not lists().is_word(name)


@pytest.mark.parametrize("word", ["och", "alla", "den", "han", "polis", "kommun", "skola", "juli", "kalmar"])
def test_everyday_words_are_no_names(word: str) -> None:
    assert not lists().is_given(word)


def test_a_name_that_is_a_word_too_is_marked() -> None:
    assert lists().is_given("björn")
    assert lists().is_word("björn")
