"""Single phrases, written along with the rules: what they say and what they leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kontaktnat.freetext import forms, look, looking, offence_words
from kontaktnat.freetext.looking import Found
from kontaktnat.mentions import Mentions, identity

FILE = Path(__file__).parents[1] / "freetext" / "phrases.txt"
PHRASES = [line.split(" ", 2) for line in FILE.read_text(encoding="utf-8").splitlines()]


def rules(text: str) -> set[str]:
    return {one.rule for one in look(text)}


@pytest.mark.parametrize(("sign", "label", "text"), PHRASES)
def test_phrases(sign: str, label: str, text: str) -> None:
    assert (label in rules(text)) is (sign == "+")


def test_the_first_look_passes_over_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [look(text) for _, _, text in PHRASES]
    monkeypatch.setattr(looking, "touched", lambda _text: list(offence_words.WORDS))
    monkeypatch.setattr(looking, "may_tell_of_minor", lambda _text: True)
    assert [look(text) for _, _, text in PHRASES] == quick


def test_only_the_sentence_itself_is_named() -> None:
    assert look("Lugnt läge. Ali Hassan är häktad. Nästa möte i maj.") == [Found("offence", 12, 33)]
    assert look("Flickan har adhd.\nBo Lind kom.") == [Found("minor", 0, 17)]
    assert look("Eva Ek ringde. En man är häktad.") == []
    assert not look("Ali Hassan är häktad.")[0].grave


def test_who_is_in_the_book_is_known_by_any_name_and_asked_for_only_then() -> None:
    asked = []

    def known() -> Mentions:
        asked.append(True)
        return Mentions({"1": identity([{"name": "Zqvint Björk"}])}, parts=frozenset({"1"}))

    assert look("Trygghetsvandring i Nybro.", known) == []
    assert look("Ali Hassan är häktad.", known) != []
    assert not asked  # the one says nothing, the other is flagged anyway
    assert [one.rule for one in look("vi vet inte varför zqvint björk är häktad", known)] == ["offence"]
    assert look("En björk föll när en man greps", known) == []  # a tree
    assert asked


def test_a_personnummer_is_a_person_too() -> None:
    assert rules("19900712-9852 är misstänkt för brand.") == {"number", "offence"}


def test_tables_are_read_as_they_say() -> None:
    table = """
        # a remark
        ~anmäld
        på <where>
        är … dömd
        lång(?:
            a|t)
    """
    found = forms.compiled(table, {"where": "kumla\nhall"})
    assert [one[0] for one in found.finditer("polisanmäld på hall, är nu dömd, långt, på hallen, odömd")] == [
        "polisanmäld",
        "på hall",
        "är nu dömd",
        "långt",
    ]
