"""Single phrases, written along with the rules: what they say and what they leave alone."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.benchmarks.freetext import SETS

from kontaktnat.freetext import first, forms, look, looking, offence_words, offences
from kontaktnat.freetext.looking import Found
from kontaktnat.mentions import Mentions, identity

FILE = Path(__file__).parents[1] / "freetext" / "phrases.txt"
MAKER = Path(__file__).parents[2] / "tools" / "make_stems.py"
PHRASES = [line.split(" ", 2) for line in FILE.read_text(encoding="utf-8").splitlines()]


def rules(text: str) -> set[str]:
    return {one.rule for one in look(text)}


@pytest.mark.parametrize(("sign", "label", "text"), PHRASES)
def test_phrases(sign: str, label: str, text: str) -> None:
    assert (label in rules(text)) is (sign == "+")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    sets = [(FILE.parent / f"{name}.jsonl").read_text("utf-8") for name in SETS]
    return [text for _, _, text in PHRASES] + [
        json.loads(line)["text"] for one in sets for line in one.splitlines()
    ]


def test_the_first_look_passes_over_nothing(monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> None:
    quick = [look(text) for text in texts]
    assert [looking.look(text) for text in texts] == quick
    monkeypatch.setattr(looking, "touched", lambda _text: list(offence_words.WORDS))
    monkeypatch.setattr(looking, "may_tell_of_minor", lambda _text: True)
    monkeypatch.setattr(looking, "may_hold_number", lambda _text: True)
    # By number: the unseen ones are not to be shown.
    assert [n for n, text in enumerate(texts) if looking.look(text) != quick[n]] == []


def test_each_of_the_words_has_its_own_stems(monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> None:
    monkeypatch.setattr(looking, "may_tell_of_minor", lambda _text: False)
    for words in offence_words.WORDS:
        monkeypatch.setattr(looking, "touched", lambda _text, one=words: [one])
        told = [n for n, text in enumerate(texts) if any(one.rule == "offence" for one in looking.look(text))]
        assert [n for n in told if words not in offences.touched(first.spaced(texts[n]))] == [], words.says


def test_the_stems_are_those_of_the_tables() -> None:
    spec = importlib.util.spec_from_file_location("make_stems", MAKER)
    assert spec is not None
    assert spec.loader is not None
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert maker.FILE.read_text("utf-8") == maker.content(), "run: python tools/make_stems.py"


def test_a_clean_text_loads_no_tables() -> None:
    """At each `log` and `add` they would be a tenth of the time."""
    code = (
        "import sys; from kontaktnat.freetext import look; assert look(sys.argv[1]) == [];"
        "print(*sorted(name for name in sys.modules if name.startswith('kontaktnat.freetext')))"
    )
    text = "Pratade om lägesbilden och nästa träff."
    run = subprocess.run([sys.executable, "-c", code, text], capture_output=True, text=True, check=True)
    assert run.stdout.split() == [f"kontaktnat.freetext{name}" for name in ("", ".first", ".stems")]


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
