"""What can be said of an installed plugin without examples of its author's: for `plugins check`.

Fields, words, facts, counties, commands, sources, catalogues, guards; of checks and mailers what needs
neither a record that is wrong nor a letter (`CheckContract`, `MailerContract` ask for these).

As those of exporters, importers and views: `class TestMine(ChecksContract): plugins = ("mine",)`.
"""

from __future__ import annotations

import importlib
import io
import logging
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout, suppress
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

import kontaktnat
from kontaktnat.errors import KontaktnatError, Veto
from kontaktnat.model import RECORDS, Contact, Role
from kontaktnat.testing.format_contracts import sample_book
from kontaktnat.testing.injection import FixedClock, counted_ids
from kontaktnat.testing.sample import CANARY, county, fill

if TYPE_CHECKING:
    from kontaktnat import Book


class Provided:
    """Give what brings it in `plugins`, and the plugin's name in `plugin`."""

    plugins: ClassVar[Sequence[str | object]] = ()
    plugin: ClassVar[str]

    @pytest.fixture
    def book(self) -> Iterator[Book]:
        """A book with the sample county."""
        with sample_book(self.plugins) as book:
            yield book

    def pieces(self, book: Book, hook: str) -> list[Any]:
        """What the plugin provides."""
        return [piece for plugin, piece in book.plugins.pieces(hook) if plugin == self.plugin]


class ChecksContract(Provided):
    """For all checks of a plugin."""

    def test_they_find_the_same_again_and_change_nothing(self, book: Book) -> None:
        before = book.version
        for check in self.pieces(book, "register_checks"):
            assert check.title
            for name, cls in RECORDS.items():
                for record in book.select(cls, None):
                    found = list(check.run(record, book.outward()))
                    assert found == list(check.run(record, book.outward())), name
                    assert all(one.message for one in found)
        assert book.version == before

    def test_they_never_repeat_what_is_protected(self, book: Book) -> None:
        assert all(CANARY not in f"{one.message} {one.remedy}" for one in book.check())


class FieldsContract(Provided):
    """For all fields of a plugin."""

    def test_they_are_the_plugins_own(self, book: Book) -> None:
        for one in self.pieces(book, "register_fields"):
            assert one.name.startswith(f"{self.plugin}."), "a field is called plugin.field"
            assert one.title
            assert set(one.records) <= set(RECORDS), f"{one.name} belongs to a type that there is not"


class VocabulariesContract(Provided):
    """For all words of a plugin."""

    def test_each_word_is_found_by_its_labels(self, book: Book) -> None:
        for vocabulary in self.pieces(book, "register_vocabularies"):
            for word in vocabulary.words:
                for text in (word.id, word.sv, word.en):
                    assert book.words.lookup(vocabulary.name, text) == word.id


class FactsContract(Provided):
    """For all facts of a plugin."""

    def test_their_kinds_are_words(self, book: Book) -> None:
        for fact in self.pieces(book, "register_facts"):
            assert book.words.has("commitment_kind", fact.kind), f"{fact.kind} is no kind of commitment"


class CountyPacksContract(Provided):
    """For all county packs of a plugin."""

    def test_each_fills_a_book_once_and_names_nobody(self) -> None:
        with sample_book(self.plugins, empty=True) as book:
            packs = self.pieces(book, "register_county_packs")
        for pack in packs:
            assert pack.title
            with sample_book(self.plugins, empty=True) as book:
                added, there = book.add_county(pack.name)
                assert added
                assert there == 0
                assert book.add_county(pack.name) == (0, added)
                assert not book.select(Contact, None), "a pack names no persons"
                assert all(one.contact is None for one in book.select(Role, None)), "its posts are vacant"


class CommandsContract(Provided):
    """For all commands of a plugin."""

    def test_each_can_be_imported_and_helps(self, book: Book) -> None:
        for command in self.pieces(book, "register_commands"):
            assert command.summary
            module, _, attribute = command.target.partition(":")
            target = getattr(importlib.import_module(module), attribute)
            assert callable(getattr(target, "main", None)), f"{command.target} is no command of click"
            with redirect_stdout(io.StringIO()) as said:
                assert target.main(["--help"], prog_name=command.name, standalone_mode=False) == 0
            assert said.getvalue()


class MailersContract(Provided):
    """For all mailers of a plugin. Nothing is sent."""

    def test_no_letter_is_no_letter(self, book: Book) -> None:
        for mailer in self.pieces(book, "register_mailers"):
            assert mailer.summary
            with suppress(KontaktnatError):  # it says which option it needs
                assert list(mailer.send((), {})) == []


class MessageSourcesContract(Provided):
    """For all sources of mails of a plugin."""

    def test_what_is_not_there_is_said(self, book: Book, tmp_path: Any) -> None:
        for source in self.pieces(book, "register_message_sources"):
            assert source.summary
            missing = str(tmp_path / f"missing{next(iter(source.suffixes), '')}")
            assert source.recognises is None or source.recognises(missing) in (True, False)
            with pytest.raises((KontaktnatError, OSError)):
                list(source.read(missing, {}))


class CataloguesContract(Provided):
    """For all catalogues of a plugin."""

    def test_there_is_one_in_swedish(self, book: Book) -> None:
        for one in self.pieces(book, "register_catalogues"):
            assert (one.folder / "sv" / "LC_MESSAGES" / f"{one.name}.mo").is_file()


class PersonalDataContract(Provided):
    """For what a plugin holds of people. Nothing is erased."""

    def test_it_answers_for_everyone(self, book: Book) -> None:
        for contact in book.contacts.all():
            assert book.privacy.extract(contact, reveal="a test")


class GuardsContract(Provided):
    """For guards and notices: the sample county is saved, changed and taken back again."""

    def test_a_county_is_saved_or_vetoed(self, caplog: pytest.LogCaptureFixture) -> None:
        with kontaktnat.open(
            "memory:", by="anna", plugins=self.plugins, clock=FixedClock(), ids=counted_ids()
        ) as book:
            for record in county():
                with suppress(Veto):
                    fill(book, [record])
            for actor in [one for one in book.actors.all() if not one.protected]:
                with suppress(Veto):
                    book.update(actor, note="changed")
            with suppress(Veto, KontaktnatError):
                book.undo()
        told = [one.getMessage() for one in caplog.records if one.levelno >= logging.WARNING]
        assert not told
