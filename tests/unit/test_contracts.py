"""Our own formats keep the contracts of `kontaktnat.testing`, and the contracts catch what they are for."""

from __future__ import annotations

import csv
import inspect
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import attrs
import pytest

import kontaktnat
from kontaktnat import Actor, Contact
from kontaktnat.extend import (
    Candidate,
    Category,
    CategoryScheme,
    Check,
    Column,
    Exporter,
    Finding,
    Importer,
    Mailer,
    Outgoing,
    Outward,
    Table,
    View,
    hookimpl,
    to_doc,
)
from kontaktnat.model import Record, is_id
from kontaktnat.testing import (
    CategoryContract,
    CheckContract,
    ExporterContract,
    FixedClock,
    ImporterContract,
    MailerContract,
    TickingClock,
    ViewContract,
    counted_ids,
)
from kontaktnat.testing.format_contracts import sample_book

# Exporters


class TestCsvOut(ExporterContract):
    name = "csv"
    delimiter = ","

    def check(self, data: bytes) -> None:
        text = data.decode()
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True))
        assert text.startswith("id")
        assert all(None not in row and None not in row.values() for row in rows)


class TestCsvOfActors(TestCsvOut):
    options: Mapping[str, str] = {"type": "actor"}


class TestCsvForExcel(TestCsvOut):
    options: Mapping[str, str] = {"excel": "yes"}
    delimiter = ";"

    def check(self, data: bytes) -> None:
        assert data.startswith(b"\xef\xbb\xbf")
        super().check(data[3:])


class TestJsonOut(ExporterContract):
    name = "json"

    def check(self, data: bytes) -> None:
        whole = json.loads(data)
        assert whole["schema"] == "kontaktnat/1"
        assert all({"type", "id"} <= record.keys() for record in whole["records"])


class TestTinyDbOut(ExporterContract):
    name = "tinydb"

    def check(self, data: bytes) -> None:
        tables = json.loads(data)
        assert tables.pop("_kontaktnat")["1"]["schema"] == "kontaktnat/1"
        assert all(doc["id"] for table in tables.values() for doc in table.values())


class TestJsonLinesOut(ExporterContract):
    name = "jsonl"

    def check(self, data: bytes) -> None:
        assert data.endswith(b"\n")
        header, *records = map(json.loads, data.splitlines())
        assert header["schema"] == "kontaktnat/1"
        assert all({"type", "id"} <= record.keys() for record in records)


class TestJsonLinesWithHistory(ExporterContract):
    name = "jsonl"
    options: Mapping[str, str] = {"history": "yes"}

    def check(self, data: bytes) -> None:
        assert all(isinstance(json.loads(line), dict) for line in data.splitlines())

    # The history is what was done in which order: it differs where the work differed.
    test_order_is_that_of_the_records_not_of_the_work = None


class TestMarkdownOut(ExporterContract):
    name = "markdown"

    def check(self, data: bytes) -> None:
        lines = data.decode().split("\n")
        assert lines[0].startswith("# ")
        widths = [line.replace("\\|", "").count("|") for line in lines]
        for line, width, before in zip(lines[1:], widths[1:], widths, strict=False):
            assert not (line.startswith("|") and before) or width == before


# Views


class TestTimeline(ViewContract):
    name = "timeline"
    params = ({"who": "Nybro kommun"}, {"who": "Siv Rönn"}, {"who": "Kvinnojouren Linden"})

    # Nobody of whom to ask is in an empty book.
    test_an_empty_book_and_one_as_of_a_day = None  # type: ignore[assignment]


class TestVacancies(ViewContract):
    name = "vacancies"
    params = ({}, {"functions": "case_officer"}, {"stale_days": 0})


class TestRepresentation(ViewContract):
    name = "representation"
    params = ({}, {"network": "", "since": "2020"})


# Importers


class TestCsvIn(ImporterContract):
    name = "csv"
    options: Mapping[str, str] = {"as": "contact", "map": "name=Namn,email=E-post,note=Övrigt"}
    own = frozenset({"csv"})

    def sample(self) -> bytes:
        rows = [
            "Namn;E-post;Övrigt",
            "Eva Ek;eva@nybro.example;",
            '"Ängström, Åsa";asa@nybro.example;"två\nrader"',
        ]
        return "\r\n".join([*rows, "Bo Björk;bo@kalmar.example;x", ""]).encode("cp1252")


def archive(format: str) -> bytes:
    """The sample county as exported, nothing hidden."""
    with sample_book([]) as book:
        stream = io.BytesIO()
        book.export_to(stream, format, reveal="for the archive")
        return stream.getvalue()


class TestJsonIn(ImporterContract):
    name = "json"
    own = frozenset({"json"})

    def sample(self) -> bytes:
        return archive("json")


class TestJsonLinesIn(ImporterContract):
    name = "jsonl"
    own = frozenset({"jsonl"})

    def sample(self) -> bytes:
        return archive("jsonl")


class TestTinyDbIn(ImporterContract):
    name = "tinydb"
    own = frozenset({"tinydb"})

    def sample(self) -> bytes:
        return archive("tinydb")


# The contracts themselves


def exporting(write: Callable[[Outward, BinaryIO, Mapping[str, str]], None]) -> ExporterContract:
    """The contract of a plugin with this exporter."""
    module = ModuleType("mine")

    @hookimpl
    def register_exporters() -> list[Exporter]:
        return [Exporter(name="mine", suffixes=(".mine",), write=write, summary="mine")]

    module.register_exporters = register_exporters

    class Contract(ExporterContract):
        name = "mine"
        plugins = (module,)

        def check(self, data: bytes) -> None:
            assert data.startswith(b"mine")

    return Contract()


def leak(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """Goes past what it is handed, to the stored documents."""
    stream.write(b"mine" + repr(out._reader.find("contact")).encode())


def unordered(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    first = next(iter(out.history()), None)
    stream.write(b"mine" + b" ".join(change.id.encode() for change in (first.changes if first else ())))


def closing(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    stream.write(b"mine")
    stream.close()


def seeking(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    stream.write(b"xxxx")
    stream.seek(0)
    stream.write(b"mine")


def writing(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    import time

    stream.write(b"mine" + str(time.perf_counter_ns()).encode())


@pytest.mark.parametrize(
    ("write", "test"),
    [
        (leak, "test_nothing_protected_comes_out"),
        (unordered, "test_order_is_that_of_the_records_not_of_the_work"),
        (closing, "test_it_writes_to_a_pipe_and_leaves_it_open"),
        (seeking, "test_it_writes_to_a_pipe_and_leaves_it_open"),
        (writing, "test_the_same_book_gives_the_same_bytes"),
        (lambda *_: None, "test_an_empty_book"),
    ],
)
def test_the_exporters_contract_catches(write: Any, test: str) -> None:
    with pytest.raises((AssertionError, OSError)):
        getattr(exporting(write), test)()


@pytest.mark.parametrize(
    ("rows", "test"),
    [
        (lambda out: [{"id": str(doc)} for doc in out._reader.find("contact")],
         "test_nothing_protected_comes_out"),
        (lambda out: [{"no": "column"}], "test_rows_have_the_columns"),
    ],
)  # fmt: skip
def test_the_views_contract_catches(rows: Any, test: str) -> None:
    module = ModuleType("mine")
    table = {"name": "mine", "title": "Mine", "columns": (Column(key="id", title="Id"),)}

    @hookimpl
    def register_views() -> list[View]:
        run = lambda out, /, **_: Table(**table, rows=tuple(rows(out)))  # type: ignore[arg-type]  # noqa: E731
        return [View(name="mine", title="Mine", run=run)]

    module.register_views = register_views  # type: ignore[attr-defined]

    class Contract(ViewContract):
        name = "mine"
        plugins = (module,)

    Contract().test_it_describes_itself()
    with pytest.raises(AssertionError):
        getattr(Contract(), test)()


def importing(
    read: Callable[[BinaryIO, Mapping[str, str]], Iterator[Candidate]],
    sniff: Callable[[bytes], bool] = lambda head: head.startswith(b"mine"),
) -> tuple[ImporterContract, Importer]:
    class Contract(ImporterContract):
        name = "mine"

        def sample(self) -> bytes:
            return b"mine Eva Ek\nmine Bo Bj\xc3\xb6rk\n"

    return Contract(), Importer(name="mine", suffixes=(".mine",), sniff=sniff, read=read)


def crashing(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    for n, line in enumerate(stream.read().decode().splitlines(), 1):
        yield Candidate(row=n, type="contact", fields={"name": line})


def from_nought(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    for n, line in enumerate(stream.read().decode(errors="replace").splitlines()):
        yield Candidate(row=n, type="contact", fields={"name": line})


def silent(record: Record, book: Outward) -> Iterator[Finding]:
    yield from ()


def shouting(record: Record, book: Outward) -> Iterator[Finding]:
    if isinstance(record, Actor) and record.name.isupper():
        yield Finding(message="shouted", remedy="say it", type="actor", id=record.id, path="name")


def loud(record: Record, book: Outward) -> Iterator[Finding]:
    yield Finding(message="there", remedy="away with it", type=record.type, id=record.id)


def mute(record: Record, book: Outward) -> Iterator[Finding]:
    yield from (attrs.evolve(one, remedy="") for one in shouting(record, book))


def telling(record: Record, book: Outward) -> Iterator[Finding]:
    yield Finding(message=f"{record!r} {to_doc(record)}", remedy="x", type=record.type, id=record.id)


def presuming(record: Record, book: Outward) -> Iterator[Finding]:
    if isinstance(record, Contact):
        assert record.ways or record.note or record.hidden
    yield from shouting(record, book)


def checking(run: Callable[[Record, Outward], Iterator[Finding]]) -> CheckContract:
    module = ModuleType("mine")

    @hookimpl
    def register_checks() -> list[Check]:
        return [Check(name="mine", title="Mine", run=run)]

    module.register_checks = register_checks  # type: ignore[attr-defined]

    class Contract(CheckContract):
        name = "mine"
        plugins = (module,)

        def wrong(self) -> Iterator[Record]:
            yield Actor(name="EXEMPELBY KOMMUN")

        def right(self) -> Iterator[Record]:
            yield Actor(name="Exempelby kommun")

    return Contract()


CHECKED = [name for name in vars(CheckContract) if name.startswith("test_")]


@pytest.mark.parametrize("test", CHECKED)
def test_a_check_that_keeps_its_contract(test: str) -> None:
    getattr(checking(shouting), test)()


@pytest.mark.parametrize(
    ("run", "test"),
    [
        (silent, "test_it_finds_what_is_wrong"),
        (loud, "test_it_finds_nothing_in_what_is_right"),
        (mute, "test_a_finding_says_what_is_wrong_and_what_to_do"),
        (telling, "test_nothing_protected_comes_out"),
        (presuming, "test_whatever_a_record_leaves_out_it_does_not_fail"),
    ],
)
def test_the_checks_contract_catches(run: Any, test: str) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        getattr(checking(run), test)()


def classifying(*categories: Category) -> tuple[Any, Any]:
    """The contract of a code list, and what brings it."""
    module = ModuleType("mine")

    @hookimpl
    def register_category_schemes() -> list[CategoryScheme]:
        return [CategoryScheme(name="mine", title="Mine", categories=categories)]

    module.register_category_schemes = register_category_schemes  # type: ignore[attr-defined]

    class Contract(CategoryContract):
        name = "mine"
        plugins = (module,)

    return Contract(), module


def judge(contract: Any, module: Any, test: str) -> None:
    with sample_book([module], empty=True) as book:
        scheme = book.plugins.find("register_category_schemes", "mine", "scheme")
        given = {"book": book, "scheme": scheme}
        wanted = inspect.signature(getattr(contract, test)).parameters
        getattr(contract, test)(**{name: given[name] for name in wanted})


FAITH = Category(code="2", sv="Trossamfund", en="Congregations", organisations_only=True)


@pytest.mark.parametrize("test", [name for name in vars(CategoryContract) if name.startswith("test_")])
def test_a_code_list_that_keeps_its_contract(test: str) -> None:
    below = Category(code="21", sv="Kyrka", en="Church", parent="2")
    judge(*classifying(Category(code="1", sv="Idrott", en="Sports"), FAITH, below), test)


@pytest.mark.parametrize(
    ("first", "test"),
    [
        (Category(code="1", sv=" Idrott", en="Sports"), "test_it_describes_itself"),
        (Category(code="1", sv="Trossamfund", en="Sports"),
         "test_each_is_found_by_its_code_and_by_both_its_titles"),
    ],
)  # fmt: skip
def test_the_code_lists_contract_catches(first: Category, test: str) -> None:
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        judge(*classifying(first, FAITH), test)


def in_order(letters: Iterable[Outgoing], left: list[bytes]) -> Iterator[Outgoing]:
    for one in letters:
        left.append(one.data)
        yield one


def all_at_once(letters: Iterable[Outgoing], left: list[bytes]) -> Iterator[Outgoing]:
    known = list(letters)
    left.extend(one.data for one in known)
    yield from known


def too_early(letters: Iterable[Outgoing], left: list[bytes]) -> Iterator[Outgoing]:
    for one in letters:
        yield one
        left.append(one.data)


def stuffed(letters: Iterable[Outgoing], left: list[bytes]) -> Iterator[Outgoing]:
    for one in letters:
        left.append(one.data.replace(b"\nFrom ", b"\n>From "))
        yield one


def as_a_path(letters: Iterable[Outgoing], left: list[bytes]) -> Iterator[Outgoing]:
    for one in letters:
        assert "/" not in one.to
        left.append(one.data)
        yield one


def mailing(send: Callable[[Iterable[Outgoing], list[bytes]], Iterator[Outgoing]]) -> Any:
    """The contract of a mailer, and the mailer."""
    gone: list[bytes] = []

    class Contract(MailerContract):
        name = "mine"

        def left(self) -> list[bytes]:
            return gone

    return Contract(), Mailer(name="mine", summary="mine", send=lambda letters, options: send(letters, gone))


@pytest.mark.parametrize("test", [name for name in vars(MailerContract) if name.startswith("test_")])
def test_a_mailer_that_keeps_its_contract(test: str) -> None:
    contract, mailer = mailing(in_order)
    getattr(contract, test)(mailer)


@pytest.mark.parametrize(
    ("send", "test"),
    [
        (all_at_once, "test_what_breaks_off_takes_nothing_back"),
        (all_at_once, "test_a_letter_that_was_yielded_has_left_and_the_next_has_not"),
        (too_early, "test_a_letter_that_was_yielded_has_left_and_the_next_has_not"),
        (stuffed, "test_each_letter_leaves_whole_and_in_order"),
        (as_a_path, "test_an_address_that_would_be_a_path_or_a_command_is_none"),
    ],
)
def test_the_mailers_contract_catches(send: Any, test: str) -> None:
    contract, mailer = mailing(send)
    with pytest.raises(AssertionError):
        getattr(contract, test)(mailer)


def test_the_importers_contract_catches() -> None:
    contract, importer = importing(crashing)
    with pytest.raises(UnicodeDecodeError):
        contract.test_damage_is_refused_or_named_never_a_crash(importer, 0)
    contract, importer = importing(from_nought)
    with pytest.raises(AssertionError):
        contract.test_candidates_are_numbered_and_say_what_they_are(importer)
    contract, importer = importing(crashing, sniff=lambda head: True)
    with pytest.raises(AssertionError):
        contract.test_it_takes_no_other_for_its_own(importer, "pdf")


# Clocks, ids, fixtures


def test_clocks_and_ids() -> None:
    clock = FixedClock()
    noon = clock()
    assert clock() == noon
    clock.move(days=1, hours=2)
    assert clock() == noon + timedelta(days=1, hours=2)
    ticking = TickingClock()
    assert [ticking() - noon for _ in range(3)] == [timedelta(seconds=n) for n in range(3)]
    ids = counted_ids()
    made = [ids() for _ in range(3)]
    assert made == ["kx7f0001", "kx7f0002", "kx7f0003"]
    assert all(is_id(id) for id in made)


FIXTURES = """
from pathlib import Path
import pytest
from kontaktnat import Actor
from kontaktnat.testing import FixedClock

def test_in_memory(book, clock, ids):
    saved = book.add(Actor(name="Exempelby kommun"))
    assert (saved.id, saved.created_by, saved.created) == ("kx7f0001", "anna", clock.now)
    clock.move(days=1)
    assert book.update(saved, note="x").changed == clock.now
    assert [one.name for one in book.plugins.loaded if not one.builtin] == []

def test_in_a_file(book_file, book_path, open_book):
    saved = book_file.add(Actor(name="Exempelby kommun"))
    assert book_path.is_file()
    assert open_book(book_path, by="bo").get(saved.id) == saved

def test_a_county(county_book):
    assert county_book.actors.where(kind="municipality")
    assert county_book.contacts.where(protected=True)

def test_the_prompt(run_cli, book_path):
    ran = run_cli("list", "actors", "-o", "json")
    assert (ran.exit_code, ran.errors) == (0, "")
    assert "Nybro kommun" in [one["name"] for one in ran.records()]
    assert run_cli("add", "actor", "Exempelby kommun", "--kind", "municipality").output
    today = run_cli("history", "-o", "json").records()[0]
    assert (today["by"], today["at"][:10]) == ("anna", "2026-11-12"), "the same clock"
    assert run_cli("show", "nobody").exit_code == 3
    assert "kalmar" not in run_cli("plugins").output
    assert run_cli("init", book="other.kn").exit_code == 0
    assert book_path.with_name("other.kn").is_file()

class TestWithPlugins:
    @pytest.fixture
    def book_plugins(self):
        return ["sweden"]

    def test_it_is_in_use_at_the_prompt_too(self, run_cli):
        assert "sweden" in run_cli("plugins").output

    def test_it_is_in_use(self, book):
        assert book.words.has("function", "principal")
"""


def test_the_fixtures_are_there_for_who_asks(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["kontaktnat.testing.fixtures"]\n')
    (tmp_path / "test_mine.py").write_text(FIXTURES)
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert "6 passed" in done.stdout, done.stdout + done.stderr


def test_the_library_does_not_need_pytest() -> None:
    code = (
        "import sys; sys.modules['pytest'] = None\n"
        "import kontaktnat, kontaktnat.cli.main, kontaktnat.extend\n"
        "for name in [*kontaktnat.__all__]: getattr(kontaktnat, name)\n"
        "for name in [*kontaktnat.extend.__all__]: getattr(kontaktnat.extend, name)\n"
        "kontaktnat.open('memory:').close()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert kontaktnat.__all__
