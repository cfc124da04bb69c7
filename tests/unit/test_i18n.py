"""Texts: English to a program, said in a language at the edge, and never at the mercy of what fills them."""

from __future__ import annotations

import copy
import errno
import json
import pickle
from pathlib import Path
from threading import Thread
from typing import Any

import orjson
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from kontaktnat import i18n
from kontaktnat.errors import Invalid, Veto, reason
from kontaktnat.i18n import Label, Text, and_more, in_language, joined, speaking, tr

SWEDISH: dict[Any, Any] = {
    "{name} is late": "{name} är sen",
    "somebody": "någon",
    "{n} moon": ("{n} måne", "{n} månar"),
    "{first} and {second}": "{second} och {first}",
    "nothing is left": "inget är kvar",
}


@pytest.fixture
def swedish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of a plugin, for these tests only."""
    monkeypatch.setattr(i18n, "_FOLDERS", dict(i18n._FOLDERS))
    i18n.add_catalogue("moons", _catalogue(tmp_path, "moons", SWEDISH))


def _catalogue(folder: Path, domain: str, sentences: dict[Any, Any]) -> Path:
    made = Catalog(locale="sv", domain=domain)
    for one, said in sentences.items():
        made.add((one, f"{one}s") if isinstance(said, tuple) else one, said)
    file = folder / "sv" / "LC_MESSAGES" / f"{domain}.mo"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as stream:
        write_mo(stream, made)
    return folder


# As a str


def test_a_text_is_the_english_str() -> None:
    text = Text("{name} is late", name="Eva")
    assert isinstance(text, str)
    assert text == "Eva is late"
    assert hash(text) == hash("Eva is late")
    assert {"Eva is late": 1}[text] == 1
    assert f"{text}!" == "Eva is late!"
    assert sorted([text, "Ada is late"]) == ["Ada is late", "Eva is late"]


def test_an_empty_text_is_false_and_empty_in_every_language() -> None:
    assert not Text("")
    assert Text("").said("sv") == ""  # gettext's key "" is the head of a catalogue


def test_a_program_reads_it_as_text() -> None:
    text = Text("{n} moon", "{n} moons", n=2)
    assert json.dumps([text]) == '["2 moons"]'
    assert orjson.loads(orjson.dumps({"title": text}, default=str)) == {"title": "2 moons"}


# In a language


@pytest.mark.usefixtures("swedish")
def test_said_in_swedish_and_still_english_itself() -> None:
    text = Text("{name} is late", name="Eva")
    assert text.said("sv") == "Eva är sen"
    assert (text.said("en"), str(text)) == ("Eva is late", "Eva is late")


@pytest.mark.usefixtures("swedish")
def test_a_field_that_is_a_text_is_said_too_and_data_is_not() -> None:
    assert Text("{name} is late", name=Text("somebody")).said("sv") == "någon är sen"
    assert Text("{name} is late", name="somebody").said("sv") == "somebody är sen"


@pytest.mark.usefixtures("swedish")
def test_fields_may_change_places() -> None:
    inner = Text("{first} and {second}", first=Text("somebody"), second="Eva")
    outer = Text("{name} is late", name=inner)
    assert (outer, outer.said("sv")) == ("somebody and Eva is late", "Eva och någon är sen")


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize(
    ("n", "english", "said"),
    [
        (0, "0 moons", "0 månar"),
        (1, "1 moon", "1 måne"),
        (2, "2 moons", "2 månar"),
        (21, "21 moons", "21 månar"),
    ],
)
def test_plurals(n: int, english: str, said: str) -> None:
    text = Text("{n} moon", "{n} moons", n=n)
    assert (text, text.said("sv")) == (english, said)


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize("lang", ["sv", "fi", ""])
def test_what_has_no_translation_is_english(lang: str) -> None:
    assert Text("{name} is early", name="Eva").said(lang) == "Eva is early"
    assert Text("{n} sun", "{n} suns", n=1).said(lang) == "1 sun"
    assert Text("{n} sun", "{n} suns", n=3).said(lang) == "3 suns"


# What fills it


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize("data", ["{name}", "{0}", "{", "}", "{{}}", "{name.__class__}", "%s", "{n!r:>9}"])
def test_braces_in_data_are_data(data: str) -> None:
    text = Text("{name} is late", name=data)
    assert (text, text.said("sv")) == (f"{data} is late", f"{data} är sen")
    assert Text("{name} is late", name=text).said("sv") == f"{data} är sen är sen"


@pytest.mark.parametrize("data", ["{name}", "{", "100 %"])
def test_a_sentence_without_fields_is_taken_as_it_stands(data: str) -> None:
    assert (Text(data), Text(data).said("sv")) == (data, data)


@pytest.mark.parametrize(
    "name", ["template", "plural", "fields", "self", "cls", "lang", "form", "n", "said", "format", "class"]
)
def test_a_field_may_be_called_anything(name: str) -> None:
    text = Text(f"<{{{name}}}>", **{name: 7})
    assert (text, text.said("sv"), text.fields) == ("<7>", "<7>", {name: 7})
    error = Invalid(f"<{{{name}}}>", **{name: 7})
    assert (error.message("sv"), error.fields) == ("<7>", {name: 7})


def test_a_place_may_ask_for_repr_or_a_format() -> None:
    assert Text("{value!r} at {share:.1f}", value="a'b", share=0.25).said("sv") == '"a\'b" at 0.2'


def test_a_place_that_nothing_fills_is_a_mistake_where_it_is_made() -> None:
    with pytest.raises(KeyError):
        Text("{nobody} is late", name="Eva")


# Copies


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize("copied", [
    pytest.param(lambda one: pickle.loads(pickle.dumps(one)), id="pickle"),
    pytest.param(copy.copy, id="copy"),
    pytest.param(copy.deepcopy, id="deepcopy"),
])  # fmt: skip
@pytest.mark.parametrize("text", [
    pytest.param(Text("nothing is left"), id="plain"),
    pytest.param(Text("{name} is late", name=Text("somebody")), id="nested"),
    pytest.param(Text("{n} moon", "{n} moons", n=2), id="plural"),
    pytest.param(Text("<{template}{plural}>", template=1, plural=2), id="odd fields"),
    pytest.param(Label("mail", "mejl"), id="label"),
    pytest.param(Text("{name} is late", name=Label("mail", "mejl")), id="label inside"),
    pytest.param(joined(", ", [Text("somebody"), "Eva"]), id="joined"),
])  # fmt: skip
def test_a_copy_says_the_same(text: Text, copied: Any) -> None:
    other = copied(text)
    assert type(other) is type(text)
    assert (other, other.said("sv")) == (text, text.said("sv"))
    assert (other.template, other.plural, other.fields) == (text.template, text.plural, text.fields)


@pytest.mark.usefixtures("swedish")
@pytest.mark.parametrize("error", [
    Invalid("{path}: {problem}", path="name", problem=Text("nothing is left")),
    Veto("{name} is late", name=Text("somebody")),
])  # fmt: skip
def test_errors_are_copied_with_what_they_say(error: Invalid | Veto) -> None:
    other = pickle.loads(pickle.dumps(error))
    assert type(other) is type(error)
    assert (other.message(), other.message("sv")) == (error.message(), error.message("sv"))
    assert other.message("sv") != other.message()


# Labels and lists


def test_a_label_brings_its_own_swedish() -> None:
    label = Label("phone", "telefon")
    assert (label, label.said("en"), label.said("sv"), label.said("fi")) == (
        "phone",
        "phone",
        "telefon",
        "phone",
    )
    assert label == "phone"


@pytest.mark.parametrize("word", ["{", "{name}", ""])
def test_a_label_is_never_formatted(word: str) -> None:
    assert (Label(word, word), Label(word, word).said("sv")) == (word, word)


@pytest.mark.usefixtures("swedish")
def test_several_texts_as_one() -> None:
    text = joined(", ", [Text("somebody"), "somebody", Label("phone", "telefon")])
    assert (text, text.said("sv")) == ("somebody, somebody, phone", "någon, somebody, telefon")
    assert Text("{name} is late", name=text).said("sv") == "någon, somebody, telefon är sen"


@pytest.mark.parametrize(("parts", "text"), [([], ""), (["a"], "a"), (["{", "}"], "{; }")])
def test_joined_takes_any_number_and_any_text(parts: list[str], text: str) -> None:
    one = joined("; ", (part for part in parts))
    assert (one, one.said("sv")) == (text, text)


@pytest.mark.parametrize("separator", [" {} ", "{", " }{ "])
def test_a_separator_is_no_template(separator: str) -> None:
    assert joined(separator, ["a", "b"]) == f"a{separator}b"


def test_and_more() -> None:
    assert (and_more(-2), and_more(0), and_more(1), and_more(3)) == ("", "", " and 1 more", " and 3 more")


# The language in force


@pytest.mark.usefixtures("swedish")
def test_the_language_in_force_is_english_until_somebody_speaks_another() -> None:
    text = Text("nothing is left")
    assert (i18n.language(), tr(text)) == ("en", "nothing is left")
    with speaking("sv"):
        assert (i18n.language(), tr(text)) == ("sv", "inget är kvar")
        with speaking("en"):
            assert tr(text) == "nothing is left"
        assert tr(text) == "inget är kvar"
    assert tr(text) == "nothing is left"


def test_an_error_inside_takes_the_language_back_too() -> None:
    with pytest.raises(ZeroDivisionError), speaking("sv"):
        _ = 1 / 0
    assert i18n.language() == "en"


def test_another_thread_speaks_its_own_language() -> None:
    heard: list[str] = []
    with speaking("sv"):
        thread = Thread(target=lambda: heard.append(i18n.language()))
        thread.start()
        thread.join()
    assert heard == ["en"]


@pytest.mark.usefixtures("swedish")
def test_a_plain_str_is_a_sentence_of_its_own() -> None:
    assert in_language("nothing is left", "sv") == "inget är kvar"
    assert in_language("nothing is left", "en") == "nothing is left"
    assert in_language("Nybro kommun", "sv") == "Nybro kommun"
    assert in_language("", "sv") == ""


# Catalogues


@pytest.mark.usefixtures("swedish")
def test_a_plugins_catalogue_adds_to_the_cores(tmp_path: Path) -> None:
    assert Text("none").said("sv") == "ingen"
    assert Text("nothing is left").said("sv") == "inget är kvar"
    later = _catalogue(
        tmp_path / "later", "later", {"{name} is late": "{name} dröjer", "it rains": "det regnar"}
    )
    i18n.add_catalogue("later", later)
    assert Text("it rains").said("sv") == "det regnar"
    assert Text("{name} is late", name="Eva").said("sv") == "Eva är sen"  # who came first


@pytest.mark.usefixtures("swedish")
def test_a_domain_is_taken_once(tmp_path: Path) -> None:
    known = i18n.folder_of("moons")
    i18n.add_catalogue("moons", tmp_path / "elsewhere")
    assert i18n.folder_of("moons") == known


@pytest.mark.usefixtures("swedish")
def test_a_catalogue_that_is_not_there_harms_nothing(tmp_path: Path) -> None:
    i18n.add_catalogue("nowhere", tmp_path / "nowhere")
    assert Text("nothing is left").said("sv") == "inget är kvar"


def test_what_the_system_says_is_said_in_the_language_of_the_rest() -> None:
    full = Invalid("{path}: {problem}", path="b.kn", problem=reason(OSError(errno.ENOSPC, "Kein Platz")))
    assert (full.message("en"), full.message("sv")) == (
        "b.kn: No space left on device",
        "b.kn: disken är full",
    )
    assert reason(OSError(errno.ELOOP, "Too many links")) == "Too many links"
    assert reason(ValueError("odd")) == "odd"
    windows = OSError(errno.EACCES, "another program holds it")
    windows.winerror = 32  # type: ignore[attr-defined]
    assert reason(windows) == "another program holds it"
