"""What it means that a text says a word: whoever searches has it from here."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kontaktnat.descriptors import StoreOptions
from kontaktnat.searching import BEGINS, ELSEWHERE, NAMED, heard, rank, says, search_words, text_of
from kontaktnat.store.memory import MemoryStore
from kontaktnat.store.texts import Texts
from kontaktnat.text import contains, fold

LETTERS = "abdeghiklnorstuåäöéÅÖß½™ .,-(\n\u0301\u0308"
TEXTS = st.one_of(st.text(LETTERS), st.text())
FORMS = """
    skola skolan Skolor skolornas förening föreningen FÖRENINGARNA foreningar löst lost trygghet tryggt
    it-avdelning it-avdelningen Åsa asa åsar Söderåkra soderakra enkäter
"""
WORDS = st.sampled_from(FORMS.split())
SENTENCES = st.lists(st.one_of(WORDS, TEXTS), max_size=6).map(" ".join)


def said(text: str, question: str) -> bool:
    return says(text, search_words(question))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Föreningen Trygg", "föreningarna"),
        ("Föreningen Trygg", "foreningarna"),
        ("föreningar", "foreningarna"),
        ("F\u0308oreningen fo\u0308reningen", "föreningarna"),
        ("en skola", "skolor"),
        ("en skola.", "»skolor«"),
        ("skolan", "skolor"),
        ("skolor", "skolans"),
        ("handlingsplan", "handlingsplanerna"),
        ("planer", "planen"),
        ("skola/fritidsgård", "fritidsgårdar"),
        ("it-avdelning", "it-avdelningen"),
        ("polisens bil", "polis"),
        ("Möte om belysningen i parken", "park belysningar"),
        ("Söderåkraborna", "söderakrabor"),
        ("Eva Ek", ""),
        ("", ""),
        ("vad (nu?)", "(nu?)"),
    ],
)
def test_said(text: str, question: str) -> None:
    assert said(text, question)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("foreningar", "föreningar"),
        ("foreningen", "föreningarna"),
        ("idrottsskola", "skolor"),  # a stem is a whole word's; in the midst of one only what is typed counts
        ("skolmat", "skolor"),
        ("en skola", "skola park"),
        ("en plan", "plattor"),
        ("", "skola"),
    ],
)
def test_not_said(text: str, question: str) -> None:
    assert not said(text, question)


@given(SENTENCES, SENTENCES)
@example("ß", "ss")
@example("Söderåkra", "söderakra")
@example("α\u0345\u0301", "ά")
def test_whatever_contains_finds_is_said(text: str, question: str) -> None:
    assert said(text, question) or not contains(text, question)


@given(st.text(LETTERS, min_size=1), st.data())
def test_every_part_of_a_text_is_said(text: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", text)
    start, end = sorted(data.draw(st.integers(0, len(text))) for _ in "ab")
    assert said(text, fold(text[start:end]))
    if text.isalpha():  # then no letter's accent is a character of its own
        assert said(text, text[start:end])


@given(SENTENCES, SENTENCES)
def test_the_seed_of_a_word_stands_in_whatever_says_it(text: str, question: str) -> None:
    _, folded = heard(text)
    for word in search_words(question):
        assert word.seed in folded or not word.said(*heard(text))
        assert word.exact.strip("».,-(\n").startswith(word.stem) or not word.exact.isalpha()


@given(st.lists(SENTENCES, max_size=5), st.lists(SENTENCES, max_size=5), SENTENCES)
def test_an_index_finds_what_says_it_and_no_more(old: list[str], new: list[str], question: str) -> None:
    docs = {f"{n}": {"id": f"{n}", "note": text} for n, text in enumerate(old)}
    texts, words = Texts(("topic", doc) for doc in docs.values()), search_words(question)

    def told() -> list[tuple[str, str]]:
        return [("topic", id) for id, doc in docs.items() if says(text_of(doc), words)]

    assert texts.search(words) == told()
    changes = {f"{n}": {"id": f"{n}", "note": text, "tags": ["x"]} for n, text in enumerate(new)}
    gone = dict.fromkeys(list(docs)[len(new) :][:2])
    texts.changed("topic", {**changes, **gone})
    texts.changed("actor", {"a": None})
    docs |= changes
    docs = {id: doc for id, doc in docs.items() if id not in gone}
    assert texts.search(words) == told()


def test_an_index_that_is_mostly_of_the_past_is_worn() -> None:
    texts = Texts([("topic", {"id": "a", "note": "skola"})])
    for n in range(1000):
        assert not texts.worn
        texts.changed("topic", {"a": {"id": "a", "note": f"skola {n}"}})
    texts.changed("topic", {"a": None})
    texts.changed("topic", {"b": {"id": "b", "note": "skolor"}, "c": None})
    assert texts.search(search_words("skola")) == [("topic", "b")]
    texts.changed("topic", {"b": {"id": "b"}})
    texts.changed("topic", {"b": None})
    assert texts.worn


def test_a_commit_that_fails_leaves_the_search_right(monkeypatch: pytest.MonkeyPatch) -> None:
    from kontaktnat.testing.store_contract import add, doc

    store = MemoryStore(StoreOptions(mode="create"))
    add(store, "topic", doc("a", note="skola"))
    assert list(store.search("skolor")) == [("topic", "a")]
    with monkeypatch.context() as patch:
        patch.setattr(MemoryStore, "_save", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            add(store, "topic", doc("b", note="skola"))
    assert list(store.search("skolor")) == [("topic", "a")]
    add(store, "topic", doc("b", note="skola"))
    assert list(store.search("skolor")) == [("topic", "a"), ("topic", "b")]


@pytest.mark.parametrize(
    ("name", "question", "expected"),
    [
        ("Åsa Ek", "asa", BEGINS),
        ("Åsa Ek", "ek ås", BEGINS),
        ("asp-folket", "folk", BEGINS),
        ("Söderåkra", "söderak", BEGINS),
        ("Asa Ek", "åsa", ELSEWHERE),
        ("Åsa Lindek", "ek asa", NAMED),
        ("Föreningen Trygg", "föreningarna", NAMED),
        ("Åsa Ek", "asa skola", ELSEWHERE),
        ("Åsa Ek", "", BEGINS),
    ],
)
def test_rank(name: str, question: str, expected: int) -> None:
    assert rank(name, search_words(question)) == expected


def test_ranks_are_in_order() -> None:
    assert BEGINS < NAMED < ELSEWHERE
