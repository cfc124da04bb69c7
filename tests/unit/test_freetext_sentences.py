"""Where sentences begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat.freetext.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Mötte bl.a. Eva Ek kl. 10. En man är häktad.", ["Mötte bl.a. Eva Ek kl. 10.", "En man är häktad."]),
        ("A. Karlsson och B. K. Lind kom.", ["A. Karlsson och B. K. Lind kom."]),
        ("Vi ses 12.11 m. Bo. Ta med nr. 3.", ["Vi ses 12.11 m. Bo.", "Ta med nr. 3."]),
        ("Det var p.g.a. snö, d.v.s. halt.", ["Det var p.g.a. snö, d.v.s. halt."]),
        (
            "Fr.o.m. maj, t.ex. Nybro, ca. 20 st. Eva kom.",
            ["Fr.o.m. maj, t.ex. Nybro, ca. 20 st.", "Eva kom."],
        ),
        ("Eva, Bo m.fl. En man greps.", ["Eva, Bo m.fl.", "En man greps."]),
        ("Eva, Bo m.fl. kom.", ["Eva, Bo m.fl. kom."]),
        ("Den 5. maj. Året 2026. Slut.", ["Den 5. maj.", "Året 2026.", "Slut."]),
        ("Eva ringde; en man greps (i Nybro).", ["Eva ringde; en man greps (i Nybro)."]),
        ("Är han häktad? Nej! Bra…", ["Är han häktad?", "Nej!", "Bra…"]),
        ("”Är han häktad?” undrade Eva.", ["”Är han häktad?” undrade Eva."]),
        ("eva ringde. en man är gripen", ["eva ringde.", "en man är gripen"]),
        ("Eva ringde\noch sa att det är lugnt", ["Eva ringde\noch sa att det är lugnt"]),
        ("Eva ringde\n\noch sen Bo", ["Eva ringde", "och sen Bo"]),
        ("Eva ringde\r\nBo skrev", ["Eva ringde", "Bo skrev"]),
        ("- eva ringde\n- en man greps", ["- eva ringde", "- en man greps"]),
        ("1. Lägesbild\n2. Övrigt", ["1. Lägesbild", "2. Övrigt"]),
        ("• boka rum\n• mejla", ["• boka rum", "• mejla"]),
        ("sara.blom@kommun.example skrev.", ["sara.blom@kommun.example skrev."]),
        ("", []),
        (" \n\t", []),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@given(st.text(alphabet='aAåÖ1.?!…\n -•;:,()”"', max_size=60))
def test_nothing_is_lost_and_nothing_twice(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()
