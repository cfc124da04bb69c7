"""Swedish and English at the prompt: chosen by the user or the system, whole in both."""

from __future__ import annotations

import ctypes
import gettext
import json
import os
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

import kontaktnat
from kontaktnat import Invalid, KontaktnatError, hookimpl, i18n
from kontaktnat.cli import language
from kontaktnat.cli.main import COMMANDS, cli
from kontaktnat.extend import Catalogue
from kontaktnat.i18n import Text

RanBy = Callable[..., Any]


@pytest.mark.parametrize(
    ("args", "environ", "lang"),
    [
        ("", {}, "en"),
        ("--lang sv today", {"KONTAKTNAT_LANG": "en"}, "sv"),
        ("today --lang=sv", {}, "sv"),
        ("--lang sv-SE", {}, "sv"),
        ("add contact -- --lang", {}, "en"),
        ("", {"KONTAKTNAT_LANG": "SV"}, "sv"),
        ("", {"LANG": "sv_SE.UTF-8"}, "sv"),
        ("", {"LANG": "sv"}, "sv"),
        ("", {"LANG": "sv_SE.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ("", {"LANG": "sv_SE.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ("", {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:sv:en"}, "sv"),
        ("", {"LANG": "fi_FI.UTF-8"}, "en"),
        ("", {"LANG": "C", "LANGUAGE": "sv"}, "en"),
    ],
)
def test_the_language_is_the_users_or_the_systems(args: str, environ: dict[str, str], lang: str) -> None:
    assert language.asked_for(shlex.split(args), environ) == lang


@pytest.mark.parametrize(("number", "lang"), [(0x041D, "sv"), (0x081D, "sv"), (0x0409, "en"), (0x9999, "en")])
def test_windows_has_a_language_and_no_variable(
    number: int, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernel = SimpleNamespace(kernel32=SimpleNamespace(GetUserDefaultUILanguage=lambda: number))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    monkeypatch.setattr(language, "WINDOWS", True)
    assert language.asked_for([], {}) == lang
    assert language.asked_for([], {"KONTAKTNAT_LANG": "en"}) == "en"


@pytest.mark.parametrize("words", ["--lang tlh today", "today --lang=fi", "--lang '' today"])
def test_a_language_there_is_not(run_cli: RanBy, words: str) -> None:
    ran = run_cli(*shlex.split(words))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.endswith("write sv or en\n")


def test_a_morning_in_swedish(kalmar: RanBy) -> None:
    def sv(*words: str, **options: Any) -> Any:
        return kalmar("--lang", "sv", *words, **options)

    ran = sv("add", "contact", "Åsa Ek", "--role", "samordnare@nybro")
    assert ran.out.splitlines()[1].strip() == "Åsa Ek, brottsförebyggande samordnare hos Nybro kommun"
    ran = sv("log", "telefon", "åsa", "hej", "--promised", "ringa", "--follow-up", "2v")
    assert ran.out.startswith("noterat: telefon med Åsa Ek (Nybro kommun)")
    assert "vi lovade: ringa" in ran.out
    ran = sv("today")
    assert ran.out.split()[:3] == ["Nr", "Senast", "Läge"]
    assert "kommande" in ran.out
    assert "uppföljning" in ran.out
    assert sv("done", "1").out == "klart: ringa\n"
    assert (
        sv("list", "roles", "function=samordnare", "actor=nybro").out.count("brottsförebyggande samordnare")
        == 1
    )
    assert sv("show", "xyzzy").err == "kontaktnat: inget heter xyzzy; kontaktnat find TEXT söker i allt\n"
    assert sv("undo").out.startswith("ångrat: ")
    words = sv("list", "words", "vocabulary=side").out
    assert "vi" in words.split()


def test_data_is_the_same_in_every_language(kalmar: RanBy) -> None:
    """Keys, words and titles of JSON and CSV are for programs."""
    for words in ("list roles", "view today", "list words", "show nybro"):
        for output in ("json", "csv"):
            english, swedish = (
                kalmar("--lang", lang, *words.split(), "-o", output).out for lang in ("en", "sv")
            )
            assert english == swedish
            assert english


def test_plurals(run_cli: RanBy) -> None:
    assert "82 poster tillagda" in run_cli("--lang", "sv", "init", "--county", "kalmar").out
    one = Text("{n} record added", "{n} records added", n=1)
    assert (one, one.said("sv")) == ("1 record added", "1 post tillagd")
    none = Text("{n} record added", "{n} records added", n=0)
    assert (none, none.said("sv")) == ("0 records added", "0 poster tillagda")


def test_clicks_own_sentences_are_swedish_too(kalmar: RanBy) -> None:
    for words, said in (
        ("today --days x", "är inget giltigt värde (heltal)"),
        ("today -o yaml", "är inte någon av"),
        ("--nope", "Det finns inget val"),
        ("today extra", "Oväntat"),
        ("list --save", "kräver"),
    ):
        ran = kalmar("--lang", "sv", *words.split())
        assert ran.code == 2
        assert said in ran.err, ran.err
    assert "Visa denna hjälp" in kalmar("--lang", "sv", "--help").out


def test_the_process_is_left_as_it_was(kalmar: RanBy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    before = gettext.textdomain()
    kalmar("--lang", "sv", "today")
    assert gettext.textdomain() == before
    assert i18n.language() == "en"
    assert "LANGUAGE" not in os.environ


def _said(line: str) -> bool:
    """Whether it is a sentence, and no end of an example."""
    return "`" not in line and bool(re.search(r"[a-z]{3} [a-z]{2}", line))


def _context(command: click.Command, path: str) -> click.Context:
    return click.Context(command, info_name=path, help_option_names=["-h", "--help"])


def _help_of(command: click.Command, path: str) -> list[tuple[str, str]]:
    if not isinstance(command, click.Group):
        return [(path, command.get_help(_context(command, path)))]
    inner = [_help_of(one, f"{path} {name}") for name, one in command.commands.items()]
    return [
        (path, command.get_help(_context(command, path))),
        *(one for some in inner for one in some),
    ]


def test_every_help_page_is_swedish() -> None:
    """Line by line: none is the same in both, but for names and examples."""
    for name in COMMANDS:
        pages = {}
        for lang in ("en", "sv"):
            with language.speaking(lang):
                command = cli.get_command(click.Context(cli), name)
                assert command is not None
                pages[lang] = dict(_help_of(command, name))
        for path, page in pages["en"].items():
            sentences = [line.strip() for line in page.splitlines() if _said(line)]
            same = [line for line in sentences if line in pages["sv"][path]]
            assert not same, path


def test_errors_carry_a_code_and_fields_for_a_programs_own_words() -> None:
    error = Invalid("{path}: {problem}", path="name", problem=Text("may not be empty"))
    assert (error.code, error.fields["path"]) == ("invalid", "name")
    assert error.message() == str(error) == "name: may not be empty"
    assert error.message("sv") == "name: får inte vara tomt"
    assert error.message("fi") == str(error)
    assert issubclass(Invalid, KontaktnatError)


def test_json_schema_of_words_is_the_same(run_cli: RanBy) -> None:
    run_cli("init")
    words = json.loads(run_cli("--lang", "sv", "list", "words", "-o", "json").out)["records"]
    assert {one["vocabulary"] for one in words} >= {"interaction_kind", "side", "record_type", "topic_kind"}


def test_the_language_may_stand_anywhere(kalmar: RanBy) -> None:
    for words in (
        "--lang sv list actors -o ids",
        "list actors --lang sv -o ids",
        "list actors -o ids --lang=sv",
    ):
        assert kalmar(*words.split()).out == kalmar("list", "actors", "-o", "ids").out
    assert kalmar("today", "--lang", "sv").out == "inget att visa\n"
    ran = kalmar("add", "contact", "--", "--lang")  # what stands after -- is a name
    assert ran.out.startswith("added: --lang")


def test_a_plugins_spoilt_catalogue_is_its_own_trouble(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder := tmp_path / "sv" / "LC_MESSAGES").mkdir(parents=True)
    (folder / "spoilt.mo").write_bytes(b"this is no catalogue")

    class Spoilt:
        @hookimpl
        def register_catalogues(self) -> list[Catalogue]:
            return [Catalogue(name="spoilt", folder=tmp_path)]

    with kontaktnat.open("memory:", plugins=[Spoilt()]) as book:
        assert [one.hook for one in book.plugins.failed] == ["register_catalogues"]
    assert "its catalogue cannot be read" in caplog.text
    assert Text("yes").said("sv") == "ja"


def test_a_label_is_the_word_it_names() -> None:
    with kontaktnat.open("memory:", plugins=[]) as book:
        kind = book.words.name("actor_kind", "municipality")
        actor = book.add(kontaktnat.Actor(name="Exempelby kommun", kind=kind))
        assert type(book.actors.get(actor.id).kind) is str
