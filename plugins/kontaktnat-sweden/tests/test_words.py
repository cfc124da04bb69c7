"""The words, together with the core's: every one of the lists is there, and each spelling means one."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import kontaktnat
from kontaktnat.extend import fold
from kontaktnat_sweden.words import ACTOR_KINDS, FUNCTIONS

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Lists to compare with, made by somebody else; beside the project on some machines only."""


@pytest.mark.parametrize(
    ("vocabulary", "count", "file", "column"),
    [("function", 36, "roller.csv", "role_en"), ("actor_kind", 30, "aktorstyper.csv", "id_en")],
)
def test_with_the_core_every_word_of_the_list_is_there(
    book: kontaktnat.Book, vocabulary: str, count: int, file: str, column: str
) -> None:
    ids = book.words.of(vocabulary).keys()
    assert len(ids) == count
    if (reference := SHARED / file).is_file():
        with reference.open(encoding="utf-8", newline="") as lines:
            assert ids == {row[column] for row in csv.DictReader(lines, delimiter=";")}


@pytest.mark.parametrize("vocabulary", ["function", "actor_kind"])
def test_a_spelling_means_one_word(book: kontaktnat.Book, vocabulary: str) -> None:
    spellings = Counter(
        spelling
        for word in book.words.of(vocabulary).values()
        for spelling in {fold(text) for text in (word.id.replace("_", " "), word.sv, word.en, *word.synonyms)}
    )
    assert [spelling for spelling, count in spellings.items() if count > 1] == []


@pytest.mark.parametrize(
    ("vocabulary", "text", "id"),
    [
        ("function", "Rektor", "principal"),
        ("function", "sspf-samordnare", "sspf_coordinator"),
        ("function", "samordnare", "crime_prevention_coordinator"),
        ("function", "nattvandrarsamordnare", "night_patrol_coordinator"),
        ("actor_kind", "brf", "tenant_owner_association"),
        ("actor_kind", "kommunalförbund", "municipal_federation"),
    ],
)
def test_what_a_person_types_is_understood(
    book: kontaktnat.Book, vocabulary: str, text: str, id: str
) -> None:
    assert book.words.lookup(vocabulary, text) == id


def test_labels_are_swedish_not_ascii() -> None:
    labels = {word.id: word.sv for word in (*FUNCTIONS, *ACTOR_KINDS)}
    assert labels["tenant_owner_association"] == "bostadsrättsförening"
    assert not [label for label in labels.values() if "_" in label]
