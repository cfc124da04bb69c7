"""What people read is collected from the source, translated whole and compiled: nothing missing or stale."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_messages", ROOT / "docs" / "make_messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


maker = _maker()
PACKAGES: dict[str, Path] = maker.packages()


def _messages(catalogue: Any) -> dict[Any, Any]:
    return {message.id: message.string for message in catalogue if message.id}


@pytest.mark.parametrize("domain", PACKAGES)
def test_the_catalogue_has_the_sentences_of_the_source_and_no_other(domain: str) -> None:
    """A sentence that is changed by a letter is missing here, and its old form is stale."""
    wanted = _messages(maker.wanted(domain, PACKAGES[domain]))
    kept = _messages(maker.kept(PACKAGES[domain]))
    assert wanted
    assert {"missing": wanted.keys() - kept.keys(), "stale": kept.keys() - wanted.keys()} == {
        "missing": set(),
        "stale": set(),
    }, "python3 dev.py messages, then translate"


@pytest.mark.parametrize("domain", PACKAGES)
def test_every_sentence_is_translated(domain: str) -> None:
    for id, string in _messages(maker.kept(PACKAGES[domain])).items():
        assert all(string if isinstance(string, tuple) else (string,)), id
    assert not [message for message in maker.kept(PACKAGES[domain]) if message.fuzzy]


@pytest.mark.parametrize("domain", PACKAGES)
def test_a_translation_has_the_places_and_the_blanks_of_its_sentence(domain: str) -> None:
    for id, string in _messages(maker.kept(PACKAGES[domain])).items():
        ids, strings = (one if isinstance(one, tuple) else (one,) for one in (id, string))
        for translated in strings:
            assert _places(translated) in [_places(one) for one in ids], (id, translated)
            for blank in (str.lstrip, str.rstrip):
                lost = len(translated) - len(blank(translated))
                assert lost in [len(one) - len(blank(one)) for one in ids], (id, translated)


def _places(text: str) -> list[str]:
    return sorted(
        re.findall(r"\{\w*(?:![rs])?(?::\w+)?\}|%\(\w+\)s|%s|`[^`]+`", re.sub(r"`[^`{]*`", "", text))
    )


@pytest.mark.parametrize("domain", PACKAGES)
def test_what_gettext_reads_is_what_the_translator_wrote(domain: str) -> None:
    _, compiled = maker.files(PACKAGES[domain])
    assert compiled.read_bytes() == maker.compiled(maker.kept(PACKAGES[domain])), "python3 dev.py messages"


def test_no_sentence_is_made_at_run_time() -> None:
    """But where a Text is made of a sentence that stands elsewhere, and is collected there."""
    odd = {one.place for folder in PACKAGES.values() for one in maker.sentences(folder)[1]}
    assert odd == {
        "kontaktnat/cli/add.py: ask",
        "kontaktnat/cli/app.py: Text",
        "kontaktnat/cli/privacy/erasing.py: Text",
        "kontaktnat/cli/read.py: Text",
        "kontaktnat/codec.py: Invalid",
        "kontaktnat/errors.py: Text",
        "kontaktnat/i18n.py: Text",
        "kontaktnat/packs/mistakes.py: Text",
        "kontaktnat/privacy/processing.py: Text",
    }


SOURCE = '''
import click
DEFINITION = "What it counts."
def f(n, name):
    raise Invalid("{path}: no " "good", path=name)
    say(Text("{n} moon", "{n} moons", n=n))
    Column(key="x", title="A title")
    app.ask(name, "WHAT")
    Finding(message=f"{n} bad", remedy="mend it")
    Refused(f"{n} is refused")
@click.command(short_help="short")
@click.argument("who")
@click.option("--x", metavar="WHEN", help="helps")
def command():
    """Does it.

    For long.
    """
'''


def test_sentences_are_found_by_what_they_are_given_to(tmp_path: Path) -> None:
    (package := tmp_path / "package").mkdir()
    (package / "module.py").write_text(SOURCE, "utf-8")
    found, odd = maker.sentences(package)
    assert {(one.message, one.plural) for one in found} >= {
        ("What it counts.", ""),
        ("{path}: no good", ""),
        ("{n} moon", "{n} moons"),
        ("A title", ""),
        ("WHAT", ""),
        ("mend it", ""),
        ("short", ""),
        ("WHO", ""),
        ("WHEN", ""),
        ("helps", ""),
        ("Does it.\n\nFor long.", ""),
    }
    assert [one.code for one in odd] == ["f'{n} bad'", "f'{n} is refused'"]


def test_clicks_own_sentences_are_collected() -> None:
    found = {(one.message, one.plural) for one in maker.clicks()}
    assert ("Show this message and exit.", "") in found
    assert ("No such option: {name}", "") in found or any("o such option" in one for one, _ in found)
