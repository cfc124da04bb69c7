"""The record of processing (GDPR art. 30): out of the model, the plugins in use and the settings."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest

from kontaktnat import Book, Contact, Refused, hookimpl
from kontaktnat.descriptors import Transaction
from kontaktnat.extend import Exporter, Field
from kontaktnat.i18n import speaking
from kontaktnat.model import RECORDS, Record
from kontaktnat.model.base import Value
from kontaktnat.persons import PersonalData
from kontaktnat.privacy.categories import CATEGORIES, COMMON, FIELDS, fields_of
from kontaktnat.privacy.paper import Paper

WHO = {
    "controller": "Länsstyrelsen i Exempel län",
    "mail": "registrator@lst.example",
    "dpo": "ombud@lst.example",
}


def parts(cls: Any) -> Iterator[type]:
    """The classes of parts that are fields of `cls`."""
    for one in attrs.fields(cls):
        for part in getattr(one.type, "__args__", ()):
            if isinstance(part, type) and issubclass(part, Value):
                yield part


CLASSES: dict[str, Any] = dict(RECORDS) | {
    part.__name__: part for cls in RECORDS.values() for part in parts(cls)
}


# Every field is judged


def test_there_are_parts_among_the_classes() -> None:
    assert {"Way", "Participation", "Member", "Headcount", "Reach", "TopicLink", "FormerName"} <= {*CLASSES}


@pytest.mark.parametrize("name", CLASSES)
def test_every_field_of_the_model_is_said_to_be_personal_or_not(name: str) -> None:
    """A field that is new to the model stands in neither table: say there whether it is personal data."""
    cls = CLASSES[name]
    shared = {one.name for one in attrs.fields(Record if issubclass(cls, Record) else Value)}
    own = {one.name for one in attrs.fields(cls)} - shared
    assert {*FIELDS[name]} == own


def test_what_all_records_share_is_said_too() -> None:
    assert {*COMMON} == {one.name for one in attrs.fields(Record)}
    assert {*FIELDS["transaction"]} == {one.name for one in attrs.fields(Transaction)}
    assert {*FIELDS} == {*CLASSES, "transaction"}


def test_every_category_has_words_and_fields() -> None:
    used = {found for names in (COMMON, *FIELDS.values()) for found in names.values()} - {""}
    assert used == {*CATEGORIES}
    assert all(fields_of(one) for one in CATEGORIES)
    assert fields_of("identity") == ("contact.name", "contact.given", "contact.family", "contact.aliases")


# What it says


@pytest.fixture
def told(open_book: Callable[..., Book]) -> Book:
    return open_book(config={"privacy": WHO})


def section(paper: Paper, title: str) -> list[str]:
    (found,) = (one for one in paper.sections if one.title == title)
    return [str(item.text) for item in found.items]


def test_every_point_of_article_30_is_there(told: Book) -> None:
    paper = told.privacy.record()
    articles = {one for section in paper.sections for one in section.articles}
    assert {f"30.1 {one}" for one in "abcdefg"} <= articles
    assert all(section.items for section in paper.sections)
    assert section(paper, "Controller") == [WHO["controller"], f"Mail: {WHO['mail']}"]
    assert section(paper, "Data protection officer") == [WHO["dpo"]]
    assert "Whoever has no role any more is looked at anew 24 months after the last contact." in section(
        paper, "Time limits"
    )


def test_purposes_and_bases_are_those_in_use(told: Book) -> None:
    assert section(told.privacy.record(), "Purposes") == [
        "support to crime prevention", "network membership", "training participant",
    ]  # fmt: skip
    assert len(section(told.privacy.record(), "Legal basis")) == 1
    told.add(Contact(name="Eva Ek", purpose="network_membership"))
    told.add(Contact(name="Bo Björk", legal_basis="legal_obligation", protected=True))
    paper = told.privacy.record()
    assert section(paper, "Purposes") == ["network membership"]
    assert [text.partition(" (GDPR")[0] for text in section(paper, "Legal basis")] == [
        "A task in the public interest", "A legal obligation of the authority",
    ]  # fmt: skip


def test_it_follows_the_settings(open_book: Callable[..., Book]) -> None:
    more = {"recipients": ["Driften AB"], "transfers": "Schweiz", "security": ["Inloggning med kort"],
            "joint": ["Regionen"]}  # fmt: skip
    book = open_book(config={"privacy": WHO | more, "practice": {"retention_role_months": 1}})
    paper = book.privacy.record()
    assert section(paper, "Recipients")[0] == "Driften AB"
    assert section(paper, "Transfers outside the EU/EEA") == ["Schweiz"]
    assert section(paper, "Security measures")[-1] == "Inloggning med kort"
    assert "Jointly with Regionen (GDPR art. 26)" in section(paper, "Controller")
    assert "Whoever has no role any more is looked at anew 1 month after the last contact." in section(
        paper, "Time limits"
    )


class Register:
    """A plugin with fields of people and of others, a format, and data of its own."""

    @hookimpl
    def register_fields(self) -> list[Field]:
        return [Field(name="register.size", records=["contact", "actor"], type=int, title="Shirt size"),
                Field(name="register.area", records=["actor"], type=str, title="Area")]  # fmt: skip

    @hookimpl
    def register_exporters(self) -> list[Exporter]:
        return [Exporter(name="cards", suffixes=[".x"], write=lambda *_: None, summary="a card each")]

    @hookimpl
    def personal_data(self, person: object, book: object) -> list[PersonalData]:
        raise AssertionError("nobody's data is asked for here")


def test_it_follows_the_plugins_in_use(told: Book, open_book: Callable[..., Book]) -> None:
    assert section(told.privacy.record(), "What plugins add") == ["Nothing."]
    plugin = Register()
    paper = open_book(config={"privacy": WHO}, plugins=[plugin]).privacy.record()
    added = " ".join(section(paper, "What plugins add"))
    assert "Shirt size, of contact: by the plugin" in added
    assert "Data outside the book, by the plugin" in added
    assert "Area" not in added
    assert "cards: a card each" in section(paper, "Formats in which data can be handed over")
    assert "cards: a card each" not in section(
        told.privacy.record(), "Formats in which data can be handed over"
    )


def test_the_same_book_gives_the_same(told: Book) -> None:
    for name in ("Eva Ek", "Bo Björk"):
        told.add(Contact(name=name, purpose="network_membership"))
    first = told.privacy.record()
    assert told.privacy.record() == first
    assert told.privacy.record().markdown() == first.markdown()
    assert "Eva Ek" not in first.markdown(), "it is about kinds of data, not about people"


def test_without_a_controller_it_is_refused(book: Book) -> None:
    with pytest.raises(Refused, match="controller, mail, dpo"):
        book.privacy.record()


def test_in_swedish(told: Book) -> None:
    with speaking("sv"):
        text = told.privacy.record().markdown()
    assert "## Personuppgiftsansvarig\n\n- Länsstyrelsen i Exempel län\n" in text
    assert "- Namn (`contact.name`, `contact.given`, `contact.family`, `contact.aliases`)\n" in text


# At the prompt


def test_at_the_prompt(kalmar: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = kalmar("privacy", "record")
    assert (ran.code, ran.out) == (6, "")
    assert "[privacy]" in ran.err
    config = tmp_path / "c.toml"
    config.write_text(
        "[privacy]\n" + "\n".join(f'{name} = "{value}"' for name, value in WHO.items()), "utf-8"
    )
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(config))
    assert kalmar("privacy", "record").out.startswith(
        "# Record of processing: contacts in crime prevention\n"
    )
    whole = json.loads(kalmar("--lang", "sv", "privacy", "record", "-o", "json").out)
    assert (whole["schema"], whole["view"]) == ("kontaktnat/1", "processing")
    (name,) = (row for row in whole["records"] if row["id"] == "identity")
    assert (name["articles"], name["text"]) == ("30.1 c", "Name")  # data stays English
    rows = [*csv.DictReader(io.StringIO(kalmar("privacy", "record", "-o", "csv").out))]
    assert [row["text"] for row in rows] == [row["text"] for row in whole["records"]]
