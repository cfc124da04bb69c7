"""A pack's records as if they were saved: what the guards and checks of the plugins say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from kontaktnat.descriptors import Check, Finding
from kontaktnat.errors import Invalid, KontaktnatError, Refused
from kontaktnat.i18n import Text
from kontaktnat.judge import newly_set
from kontaktnat.model.walk import words as words_of
from kontaktnat.packs.files import SETTINGS
from kontaktnat.packs.mistakes import Mistake, Tell, bare
from kontaktnat.packs.records import Line

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.plugins import Plugins

WORD = Text("write a word's id; kontaktnat list words shows them, and words.csv may bring more")


class _Over(Exception):
    """Ends the transaction of which nothing is kept."""


class Saving:
    """Lines on their way into a book of which nothing is kept."""

    def __init__(self, book: Book, tell: Tell) -> None:
        self.book, self.plugins, self._tell = book, book.plugins, tell
        self._known: set[tuple[str, int]] = set()
        """Lines of which a check has said something."""

    def run(self, found: Sequence[Line]) -> None:
        """Tell of all."""
        by_id: dict[str, Line] = {}
        try:
            with self.book.transaction("pack check"):
                for line in found:
                    record = line.record
                    if record is not None and record.id not in by_id:  # that a key is there twice is told
                        by_id[record.id] = line
                        self.book.add(record)
                for line in found:
                    self._newly_set(line)
                self._checks(by_id)
                self._guards(by_id.values())
                raise _Over
        except _Over:
            pass

    def _newly_set(self, line: Line) -> None:
        """Words that there are not, and plugins' fields that do not fit, one at a time."""
        record = line.record
        if record is None:
            return
        for path, word, vocabulary in words_of(record):
            known = self.book.words.of(vocabulary)
            if known and word not in known:
                error = self.book.words.unknown(vocabulary, word, path)
                self._tell(line.row.mistake(_column(path), bare(error), WORD))
        plain = attrs.evolve(record, extra={})
        for name, value in record.extra.items():
            try:
                newly_set(self.book, attrs.evolve(plain, extra={name: value}), plain)
            except Invalid as error:
                remedy = Text("correct the cell, or take the column out")
                self._tell(line.row.mistake(name, bare(error), remedy))

    def _checks(self, by_id: Mapping[str, Line]) -> None:
        checks: Mapping[str, Check] = self.plugins.collect("register_checks")
        outward = self.book.outward()
        broken: set[str] = set()
        for line in by_id.values():
            for name, check in checks.items():
                if name in ("words", *broken):
                    continue
                assert line.record is not None
                try:
                    with self.plugins.running("register_checks", name):
                        for finding in tuple(check.run(line.record, outward)):
                            self._found(finding, by_id.get(finding.id, line))
                except KontaktnatError as error:
                    broken.add(name)
                    self._tell(Mistake(file=SETTINGS, problem=error.text, note=True))

    def _found(self, finding: Finding, line: Line) -> None:
        column = _column(finding.path)
        # What a cell does not say is for whoever uses the book to find out.
        left_open = bool(column) and column not in line.row.cells
        self._tell(line.row.mistake(column, finding.message, finding.remedy, note=left_open))
        if not left_open:
            self._known.add((line.row.file, line.row.line))

    def _guards(self, found: Iterable[Line]) -> None:
        """What a guard refuses, of lines in which no check found anything: most have one that says more."""
        outward = self.book.outward()
        for line in found:
            if (line.row.file, line.row.line) in self._known:
                continue
            try:
                self.plugins.guard("before_save", record=line.record, before=None, book=outward)
            except Refused as error:
                self._tell(line.row.mistake("", error.text, Text("correct the line")))
            except KontaktnatError as error:  # a guard that fails, fails for every line
                self._tell(Mistake(file=SETTINGS, problem=error.text, note=True))
                return


def _column(path: str) -> str:
    if path.startswith("extra."):
        return path.removeprefix("extra.")
    return re.split(r"[.\[]", path)[0]


def memory(plugins: Plugins) -> Book:
    """An empty book of which nothing is kept."""
    from kontaktnat import codec
    from kontaktnat.book import Book
    from kontaktnat.descriptors import StoreOptions

    kind = plugins.collect("register_stores")["memory"]
    options = StoreOptions(mode="create", schema=codec.SCHEMA, migrations=codec.MIGRATIONS)
    return Book(kind.open("memory:", options), plugins, by="kontaktnat")
