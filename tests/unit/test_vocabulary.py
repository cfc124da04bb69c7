"""Words of several plugins together: what a person types is a word's id, a label, a synonym or a start."""

from __future__ import annotations

import pytest

from kontaktnat.errors import Ambiguous, Invalid, PluginConflict
from kontaktnat.extend import Vocabulary, Word
from kontaktnat.vocabulary import Words

KINDS = Vocabulary(
    name="interaction_kind",
    words=(
        Word(id="phone", sv="telefon", en="phone", synonyms=("samtal", "ring")),
        Word(id="mail", sv="e-post", en="mail", synonyms=("mejl",)),
        Word(id="network_meeting", sv="nätverksträff", en="network meeting", synonyms=("träff",)),
        Word(id="national_meeting", sv="nationell nätverksträff", en="national meeting"),
    ),
)


@pytest.fixture
def words() -> Words:
    return Words([("core", KINDS)])


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("phone", "phone"),
        ("telefon", "phone"),
        ("TELEFON", "phone"),
        ("samtal", "phone"),
        ("tele", "phone"),
        ("e-post", "mail"),
        ("e post", "mail"),
        ("mejl", "mail"),
        ("network_meeting", "network_meeting"),
        ("network meeting", "network_meeting"),
        ("network-meeting", "network_meeting"),
        ("nätverksträff", "network_meeting"),  # whole, and not the end of another
        ("natverkstraff", "network_meeting"),
        (" träff ", "network_meeting"),
        ("nationell", "national_meeting"),
        ("natio", "national_meeting"),
    ],
)
def test_what_is_typed_is_a_word(words: Words, typed: str, word: str) -> None:
    assert words.lookup("interaction_kind", typed) == word


def test_a_start_that_fits_several_is_no_guess(words: Words) -> None:
    with pytest.raises(Ambiguous, match="nat may mean national_meeting, network_meeting") as caught:
        words.lookup("interaction_kind", "nat")
    assert caught.value.fields["candidates"] == [
        ("national_meeting", "national meeting"),
        ("network_meeting", "network meeting"),
    ]
    assert caught.value.exit_code == 4


def test_two_letters_are_no_start(words: Words) -> None:
    with pytest.raises(Invalid):
        words.lookup("interaction_kind", "te")


@pytest.mark.parametrize("text", ["", " ", "zzzz", "möte med borgmästaren"])
def test_what_is_no_word_is_refused(words: Words, text: str) -> None:
    with pytest.raises(Invalid, match="is no word for interaction kind"):
        words.lookup("interaction_kind", text)


def test_the_nearest_words_are_named(words: Words) -> None:
    with pytest.raises(Invalid, match="nearest: phone") as caught:
        words.lookup("interaction_kind", "telefån")
    assert caught.value.fields["nearest"][0] == "phone"
    error = words.unknown("interaction_kind", "fone", "kind")
    assert str(error).startswith("kind: fone is no word for interaction kind; nearest: phone")
    assert (error.fields["path"], error.exit_code) == ("kind", 5)


def test_plugins_add_to_one_vocabulary() -> None:
    more = Vocabulary(name="interaction_kind", words=(Word(id="fika", sv="fika", en="coffee"),))
    words = Words([("core", KINDS), ("orust", more)])
    assert list(words.of("interaction_kind")) == [
        "phone",
        "mail",
        "network_meeting",
        "national_meeting",
        "fika",
    ]
    assert words.lookup("interaction_kind", "coffee") == "fika"
    assert words.names() == ["interaction_kind"]


def test_a_word_brought_twice_names_both_plugins() -> None:
    again = Vocabulary(name="interaction_kind", words=(Word(id="phone", sv="lur", en="handset"),))
    told: list[PluginConflict] = []
    words = Words([("core", KINDS), ("orust", again)], told.append)
    (conflict,) = told
    assert "core and orust both bring the word phone" in str(conflict)
    assert words.label("interaction_kind", "phone") == "telefon", "the first stays"


def test_the_same_id_in_two_vocabularies_is_two_words() -> None:
    sectors = Vocabulary(name="sector", words=(Word(id="phone", sv="telefoni", en="telephony"),))
    words = Words([("core", KINDS), ("orust", sectors)])
    assert words.label("sector", "phone") == "telefoni"
    assert words.label("interaction_kind", "phone") == "telefon"


def test_a_spelling_of_two_words_is_no_guess() -> None:
    kinds = Vocabulary(name="actor_kind", words=(
        Word(id="council", sv="råd", en="council", synonyms=("board",)),
        Word(id="board", sv="nämnd", en="board"),
        Word(id="advice", sv="råd", en="advice"),
    ))  # fmt: skip
    words = Words([("core", kinds)])
    with pytest.raises(Ambiguous) as caught:
        words.lookup("actor_kind", "råd")
    assert [word for word, _ in caught.value.fields["candidates"]] == ["advice", "council"]
    assert words.lookup("actor_kind", "board") == "board"  # its own id


def test_labels_in_both_languages_and_of_a_missing_plugin(words: Words) -> None:
    assert words.label("interaction_kind", "mail") == "e-post"
    assert words.label("interaction_kind", "mail", "en") == "mail"
    assert words.label("interaction_kind", "fika") == "fika"
    assert words.label("colour", "red") == "red"
    assert words.of("colour") == {}
    assert (words.has("interaction_kind", "mail"), words.has("interaction_kind", "fika")) == (True, False)


def test_the_core_words_and_swedens_say_one_thing_each() -> None:
    import kontaktnat

    with kontaktnat.open("memory:", by="anna") as book:
        for vocabulary in book.words.names():
            for word in book.words.of(vocabulary).values():
                for typed in (word.id, word.sv, word.en, *word.synonyms):
                    assert book.words.lookup(vocabulary, typed) == word.id, (vocabulary, typed)
