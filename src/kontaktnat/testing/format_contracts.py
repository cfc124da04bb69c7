"""What every exporter, importer and view promises, as tests to inherit.

class TestMyExporter(ExporterContract):
    name = "ics"
    plugins = ("ics",)

    def check(self, data):
        icalendar.Calendar.from_ical(data)


class TestMyView(ViewContract):
    name = "crowded"
    params = ({}, {"since": "2025"})

class TestMyImporter(ImporterContract):
    name = "ics"
    plugins = ("ics",)
    own = frozenset({"icalendar"})

    def sample(self):
        return CALENDAR
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pytest

import kontaktnat
from kontaktnat.errors import KontaktnatError
from kontaktnat.model import RECORDS
from kontaktnat.testing.injection import FixedClock, counted_ids
from kontaktnat.testing.sample import CANARY, county, fill

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Candidate, Exporter, Importer, Outward, Table, View

_MAIL = b"From: Eva Ek <eva@nybro.example>\r\nTo: bo@kalmar.example\r\nSubject: Hej\r\n\r\nHej Bo\r\n"

FORMATS: Mapping[str, bytes] = {
    "nothing": b"",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0",
    "zip": b"PK\x03\x04\x14\0\0\0\x08\0\0\0!\0;,;,[Content_Types].xml",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "html": b"<!DOCTYPE html>\n<html><head><title>Hej</title></head></html>\n",
    "xml": b'<?xml version="1.0" encoding="UTF-8"?>\n<rows><row a="1"/></rows>\n',
    "mail": _MAIL,
    "mbox": b"From eva@nybro.example Thu Nov 12 12:00:00 2026\n" + _MAIL.replace(b"\r", b"") + b"\n",
    "vcard": b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ek;Eva;;;\r\nFN:Eva Ek\r\nEND:VCARD\r\n",
    "icalendar": b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//SV\r\nEND:VCALENDAR\r\n",
    "csv": b"namn;e-post\r\nEva Ek;eva@nybro.example\r\n",
    "json": b'{"schema": "kontaktnat/1", "records": []}\n',
    "jsonl": b'{"schema": "kontaktnat/1"}\n{"type": "actor", "id": "kx7f0001", "name": "Nybro kommun"}\n',
}
"""The beginning of files as one meets them, by the name of their format."""


class Pipe(io.RawIOBase):
    """A stream that can only be written to, and only forwards, as standard output in a pipe."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Take it."""
        self.data += data
        return len(data)


@contextmanager
def sample_book(
    plugins: Sequence[str | object], *, backwards: bool = False, empty: bool = False
) -> Iterator[Book]:
    """A book in memory with the sample county; `backwards`: each type's records added last first."""
    records = [] if empty else list(county())
    if backwards:
        records = [one for name in RECORDS for one in reversed(records) if one.type == name]
    with kontaktnat.open(
        "memory:", by="anna", plugins=plugins, clock=FixedClock(), ids=counted_ids()
    ) as book:
        fill(book, records)
        yield book


class ExporterContract:
    """For every exporter. Give `name` and what brings it in `plugins`; override `check`."""

    name: ClassVar[str]
    plugins: ClassVar[Sequence[str | object]] = ()
    options: ClassVar[Mapping[str, str]] = {}

    def check(self, data: bytes) -> None:
        """Fail unless `data` is a whole and valid file of the format."""
        raise NotImplementedError

    def readable(self, data: bytes) -> bytes:
        """What somebody would find who looks for a word in the file: unpacked, long lines unfolded."""
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                data = b"\n".join(packed.read(name) for name in packed.namelist())
        for fold in (b"\r\n ", b"\r\n\t", b"\n ", b"=\r\n", b"=\n", b"\0"):
            data = data.replace(fold, b"")
        return data

    def export(self, book: Book, **options: Any) -> bytes:
        """The book in this format."""
        stream = io.BytesIO()
        book.export_to(stream, self.name, options=self.options, **options)
        assert not stream.closed, "the stream is the caller's to close"
        return stream.getvalue()

    def test_it_describes_itself(self) -> None:
        with sample_book(self.plugins, empty=True) as book:
            found: Exporter = book.plugins.find("register_exporters", self.name, "exporter")
        assert found.summary
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in found.suffixes)

    def test_an_empty_book(self) -> None:
        with sample_book(self.plugins, empty=True) as book:
            self.check(self.export(book))

    def test_a_book_with_a_county(self) -> None:
        with sample_book(self.plugins) as book, sample_book(self.plugins, empty=True) as empty:
            data = self.export(book)
            assert len(data) > len(self.export(empty))
        self.check(data)

    def test_as_of_a_day(self) -> None:
        with sample_book(self.plugins) as book:
            self.check(self.export(book, as_of="2022-05-01"))

    def test_the_same_book_gives_the_same_bytes(self) -> None:
        with sample_book(self.plugins) as first, sample_book(self.plugins) as second:
            assert self.export(first) == self.export(first) == self.export(second)

    def test_order_is_that_of_the_records_not_of_the_work(self) -> None:
        with sample_book(self.plugins) as first, sample_book(self.plugins, backwards=True) as second:
            assert self.export(first) == self.export(second)

    def test_nothing_protected_comes_out(self) -> None:
        with sample_book(self.plugins) as book:
            covered = self.readable(self.export(book))
            assert CANARY.encode() not in covered
            # Shown with a reason, which the history then says.
            self.check(self.export(book, reveal="a test"))
            assert [one.label for one in book.history()][-1] == "reveal: a test"

    def test_it_writes_to_a_pipe_and_leaves_it_open(self) -> None:
        with sample_book(self.plugins) as book:
            pipe = Pipe()
            book.export_to(cast(Any, pipe), self.name, options=self.options)
        assert not pipe.closed
        self.check(bytes(pipe.data))

    def test_it_changes_nothing(self) -> None:
        with sample_book(self.plugins) as book:
            before = book.version, [book.collection_of(name).all() for name in RECORDS]
            self.export(book)
            assert (book.version, [book.collection_of(name).all() for name in RECORDS]) == before


class ViewContract:
    """For every view. Give `name` and what brings it in `plugins`, and `params` to try beside none."""

    name: ClassVar[str]
    plugins: ClassVar[Sequence[str | object]] = ()
    params: ClassVar[Sequence[Mapping[str, Any]]] = ({},)

    def tables(self, book: Outward) -> Iterator[Table]:
        """The view's table for each of `params`."""
        return (book.view(self.name, **params) for params in self.params)

    def test_it_describes_itself(self) -> None:
        with sample_book(self.plugins, empty=True) as book:
            found: View = book.plugins.find("register_views", self.name, "view")
        assert found.title

    def test_rows_have_the_columns(self) -> None:
        with sample_book(self.plugins) as book:
            for table in self.tables(book):
                keys = {column.key for column in table.columns}
                assert all(keys <= row.keys() for row in table.rows)

    def test_an_empty_book_and_one_as_of_a_day(self) -> None:
        with sample_book(self.plugins, empty=True) as empty, sample_book(self.plugins) as book:
            assert list(self.tables(empty))
            assert list(self.tables(book.as_of("2022-05-01")))

    def test_nothing_protected_comes_out(self) -> None:
        with sample_book(self.plugins) as book:
            for out in (book, book.outward(), book.as_of("2026-11-12")):
                for table in self.tables(out):
                    assert CANARY not in str((table.rows, table.notes, table.title)), self.name

    def test_it_changes_nothing(self) -> None:
        with sample_book(self.plugins) as book:
            before = book.version, [book.collection_of(name).all() for name in RECORDS]
            assert list(self.tables(book))
            assert (book.version, [book.collection_of(name).all() for name in RECORDS]) == before


class ImporterContract:
    """For every importer. Give `name` and what brings it in `plugins`; override the method `sample`."""

    name: ClassVar[str]
    plugins: ClassVar[Sequence[str | object]] = ()
    options: ClassVar[Mapping[str, str]] = {}
    own: ClassVar[frozenset[str]] = frozenset()
    """Names in FORMATS that `sniff` may take for its own."""

    def sample(self) -> bytes:
        """A file's bytes: two records or more, all taken in by an empty book, none rejected."""
        raise NotImplementedError

    @pytest.fixture
    def importer(self) -> Iterator[Importer]:
        """The importer, as a Book finds it."""
        with sample_book(self.plugins, empty=True) as book:
            yield book.plugins.find("register_importers", self.name, "importer")

    def read(self, importer: Importer, data: bytes) -> list[Candidate]:
        """All candidates of a file, after what is shown of it."""
        if importer.describe:
            told = importer.describe(io.BytesIO(data), dict(self.options))
            line = told if isinstance(told, str) else told.summary
            assert line == line.strip()
            assert len(line.splitlines()) == 1
        stream = io.BytesIO(data)
        candidates = list(importer.read(stream, dict(self.options)))
        assert not stream.closed, "the stream is the caller's to close"
        return candidates

    def test_it_describes_itself(self, importer: Importer) -> None:
        assert importer.summary
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in importer.suffixes)

    def test_it_knows_its_own(self, importer: Importer) -> None:
        assert importer.sniff(self.sample()[:4096]) is True

    @pytest.mark.parametrize("other", sorted(FORMATS))
    def test_it_takes_no_other_for_its_own(self, importer: Importer, other: str) -> None:
        assert importer.sniff(FORMATS[other][:4096]) is (other in self.own)

    def test_candidates_are_numbered_and_say_what_they_are(self, importer: Importer) -> None:
        candidates = self.read(importer, self.sample())
        assert len(candidates) >= 2, "the sample has two records or more"
        rows = [one.row for one in candidates]
        assert rows[0] >= 1
        assert rows == sorted(set(rows)), "each has a row of its own, in the order of the file"
        for one in candidates:
            assert not one.problem, "the sample has nothing that cannot be read"
            assert one.type in RECORDS, "each says what it is: actor, contact, interaction, …"
            assert (one.doc is not None) != bool(one.fields), "either a whole record or fields"

    def test_the_same_file_gives_the_same_candidates(self, importer: Importer) -> None:
        assert self.read(importer, self.sample()) == self.read(importer, self.sample())

    def test_every_row_counts_once_and_again_as_unchanged(self, importer: Importer) -> None:
        rows = len(self.read(importer, self.sample()))
        with sample_book(self.plugins, empty=True) as book:
            for created in (rows, 0):
                done = book.import_from(
                    io.BytesIO(self.sample()), format=self.name, options=dict(self.options)
                )
                expected = f"created {created}, updated 0, unchanged {rows - created}, rejected 0"
                assert str(done) == expected, f"{expected}; this time: {done}"
            book.undo()
            assert all(not book.collection_of(name).all() for name in RECORDS)

    @pytest.mark.parametrize("seed", range(20))
    def test_damage_is_refused_or_named_never_a_crash(self, importer: Importer, seed: int) -> None:
        for data in self.damaged(seed):
            assert importer.sniff(data[:4096]) in (True, False)
            try:
                candidates = self.read(importer, data)
            except KontaktnatError:
                continue
            rows = [one.row for one in candidates]
            assert rows == sorted(set(rows))
            assert all(row >= 1 for row in rows)
            assert all(one.type in RECORDS or one.problem or one.doc is not None for one in candidates)

    def damaged(self, seed: int) -> Iterator[bytes]:
        """Noise, other formats, and the sample cut off, with bytes changed, parts doubled and taken out."""
        chance = random.Random(seed)
        whole = self.sample()
        yield chance.randbytes(chance.randrange(1, 2000))
        yield chance.choice(sorted(FORMATS.values()))
        yield whole[: chance.randrange(len(whole))]
        changed = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        yield bytes(changed)
        start, end = sorted(chance.randrange(len(whole)) for _ in range(2))
        yield whole[:end] + whole[start:]
        yield whole[:start] + whole[end:]
        yield whole[:start] + chance.randbytes(20) + whole[start:]
