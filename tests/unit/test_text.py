"""Swedish text: what search forgives, and the order of names in a list."""

import itertools
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kontaktnat.text import _PLAIN, begins, collation_key, contains, fold


def in_order(names: list[str]) -> list[str]:
    return sorted(names, key=collation_key)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Åsa Öberg", "asa oberg"),
        ("ÄNGELHOLM", "angelholm"),
        ("A\u030asa", "asa"),
        ("André Müller", "andre muller"),
        ("Sørensen", "sorensen"),
        ("Ægir", "agir"),
        ("Łukasz", "lukasz"),
        ("Đurić", "duric"),
        ("Straße", "strasse"),
        ("eva.ek@nybro.example", "eva.ek@nybro.example"),
        ("", ""),
    ],
)
def test_fold_leaves_plain_small_letters(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text())
@example("Trygg™")
@example("№ 4")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def slowly(text: str) -> str:
    """What folding means, of the whole text at once."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


@given(st.one_of(st.text(), st.text("aÅäÖéßøŁ½№\u0301\u0308\u0345ᾳ–…")))
@example("ﬁ\u0345\u0301")
def test_the_quick_ways_to_fold_are_the_slow_one(text: str) -> None:
    assert fold(text) == slowly(text)
    assert fold(unicodedata.normalize("NFC", text).casefold()) == slowly(text)


def test_every_letter_folds_as_defined_and_to_one_line() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1)]
    assert [one for one in letters if fold(one) != slowly(one)] == []
    assert [one for one in letters if "\n" in fold(one)] == ["\n"]


@given(st.text(alphabet="aåäöeéuüAÅÄÖ -"))
def test_fold_is_blind_to_how_letters_are_composed_and_to_case(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Åsa Öberg", "asa"),
        ("Åsa Öberg", "ÅSA"),
        ("Åsa Öberg", "öberg åsa"),
        ("Åsa Öberg", "a\u030asa"),
        ("A\u030asa", "åsa"),
        ("Åsa Öberg", "ob"),
        ("Mönsterås kommun", "monsteras"),
        ("Mönsterås kommun", "mönsterås"),
        ("André", "andre"),
        ("Straße 4", "strasse"),
        ("Åsa Öberg", "  "),
        ("", ""),
    ],
)
def test_contains_every_word_in_any_order(text: str, query: str) -> None:
    assert contains(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Asa Berg", "åsa"),
        ("Ösa", "åsa"),
        ("Oberg", "öberg"),
        ("Andre", "andré"),
        ("Åsa Öberg", "asa ek"),
        ("Åsa Öberg", "asaoberg"),
        ("", "a"),
    ],
)
def test_accented_letters_match_only_themselves(text: str, query: str) -> None:
    assert not contains(text, query)


@given(st.text(st.characters(max_codepoint=0x24F)), st.data())
def test_every_text_is_found_as_written_and_folded_in_any_order(text: str, data: st.DataObject) -> None:
    for query in (text, fold(text)):
        assert contains(text, " ".join(data.draw(st.permutations(query.split()))))


def test_the_swedish_alphabet() -> None:
    alphabet = list("ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ")
    assert in_order(alphabet[::-1]) == alphabet
    assert in_order([letter.lower() for letter in alphabet[::-1]]) == [letter.lower() for letter in alphabet]


def test_surnames_as_a_swede_expects_them() -> None:
    names = ["Andersson", "Ek", "Zetterlund", "Åberg", "Ängström", "Öberg", "Östman"]
    assert in_order(names[::-1]) == names
    assert in_order([unicodedata.normalize("NFD", name) for name in names[::-1]]) == [
        unicodedata.normalize("NFD", name) for name in names
    ]


@pytest.mark.parametrize(
    "names",
    [
        ["Ed", "Ek", "Ék", "El"],
        ["André", "Andrén", "Andrés"],
        ["Munk", "Mylin", "Myller", "Müllern", "Mårtensson"],
        ["Valter", "Vång", "Wallin", "Xander"],  # w on its own, as Svenska Akademiens ordlista since 2006
        ["Zander", "Åström", "Ægir", "Ödman", "Øster"],
        ["Lind", "Łukasik", "Lund"],
        ["Dahl", "Đurić", "Dyberg"],
    ],
)
def test_other_accents_sort_with_their_letter(names: list[str]) -> None:
    for shuffled in itertools.permutations(names):
        assert in_order(list(shuffled)) == names


def test_case_decides_only_between_equals() -> None:
    assert in_order(["ek", "Ekberg", "EK", "eka"]) == ["EK", "ek", "eka", "Ekberg"]


@given(st.lists(st.text(), unique=True))
def test_the_order_is_total_whatever_the_names(names: list[str]) -> None:
    assert in_order(names) == in_order(names[::-1])


def test_a_word_may_have_some_of_its_accents() -> None:
    assert contains("Söderåkra", "söderakra")
    assert not contains("Soderakra", "söderakra")


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("Åsa Öberg", "asa", True),
        ("Åsa Öberg", "ÅSA ö", True),
        ("Söderåkra", "söderak", True),
        ("A\u030asa", "å", True),
        ("Anna", "å", False),
        ("Eva Ek", "ek", False),
        ("Eva", "", True),
    ],
)
def test_begins(text: str, start: str, expected: bool) -> None:
    assert begins(text, start) is expected
