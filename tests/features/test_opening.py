"""What `kontaktnat.open` promises to who embeds it: modes, places, schemas, plugins, and the end of it."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import kontaktnat
from kontaktnat import Actor, Book, Contact, FollowUp, Interaction, Refused, Usage, Veto, codec, hookimpl
from kontaktnat.extend import Column, Field, Outward, Table, Transaction, View, Vocabulary, Word
from kontaktnat.model import Record

OpenBook = Callable[..., Book]


# For reading only

WATCHED = """
import os, sys

folder, writes = sys.argv[1], []
WRITES = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.symlink",
          "os.truncate", "os.utime")

def watch(event, arguments):
    if event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
        if folder in str(arguments[0]):
            writes.append((event, arguments[0]))
    elif event in WRITES and any(folder in str(one) for one in arguments):
        writes.append((event, arguments))

sys.addaudithook(watch)
import kontaktnat
from kontaktnat import Contact, Refused

def work(mode):
    with kontaktnat.open(os.path.join(folder, "book.kn"), mode=mode, plugins=[], by="bo") as book:
        assert book.find("ek") and book.contacts.all() and list(book.history()) and book.version == 2
        book.refresh()
        assert list(book.check()) == [] and book.view("today")
        try:
            book.add(Contact(name="Bo Björk"))
        except Refused:
            assert mode == "r"
        else:
            assert mode == "rw"

work("r")
assert writes == [], writes
work("rw")
assert writes, "the watch sees nothing"
"""


@pytest.fixture
def written(open_book: OpenBook, tmp_path: Path) -> Path:
    """A closed book of two transactions, alone in its folder."""
    path = tmp_path / "folder" / "book.kn"
    path.parent.mkdir()
    with open_book(path, mode="create", ids=None) as book:
        book.add(Contact(name="Eva Ek"))
        book.add(Contact(name="Siv Rönn", note="kanarie", protected=True))
    path.with_name("book.kn.lock").unlink()
    return path


def test_for_reading_nothing_at_all_is_written(written: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(written.parent)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="a folder of Windows takes no notice of its mode")
def test_a_folder_and_a_file_that_may_only_be_read(open_book: OpenBook, written: Path) -> None:
    before = written.read_bytes()
    written.chmod(0o444)
    written.parent.chmod(0o555)
    try:
        with open_book(written, mode="r") as book:
            assert {one.name for one in book.contacts.all()} == {"Eva Ek", "Siv Rönn"}
        with open_book(written) as book:  # only a write would need more
            assert book.contacts.count() == 2
        assert [one.name for one in written.parent.iterdir()] == ["book.kn"]
    finally:
        written.parent.chmod(0o755)
    assert written.read_bytes() == before


def test_for_reading_everything_that_writes_is_refused(open_book: OpenBook, written: Path) -> None:
    book = open_book(written, mode="r")
    eva, siv = sorted(book.contacts.all(), key=lambda one: one.name)
    archive = {"id": "nybro001", "rev": 1, "name": "Nybro kommun"}
    table = io.BytesIO(b"name\nNybro kommun\n")
    writes: list[Callable[[], object]] = [
        lambda: book.add(Contact(name="Bo Björk")),
        lambda: book.update(eva, note="x"),
        lambda: book.delete(eva),
        lambda: book.set("by", "bo"),
        lambda: book.undo(1),
        lambda: book.restore("actor", archive),
        lambda: book.import_from(table, format="csv", options={"as": "actor"}),
        lambda: book.reveal(siv.id, "ärende 1"),
        lambda: book.outward(reveal="ärende 1"),
        lambda: book.export_to(io.BytesIO(), "jsonl", reveal="ärende 1"),
    ]
    for write in writes:
        with pytest.raises(Refused, match="for reading only"):
            write()
    assert book.reveal(eva.id, "ärende 1") == eva  # nothing of hers is covered
    assert book.version == 2


# Places


@pytest.mark.parametrize(
    "name", ["Åsas bok nr 1.kn", "möte 12:30.kn", "bok", "memory:", "kn+x:y.kn", "#1?.kn"]
)
def test_a_path_may_be_called_anything(open_book: OpenBook, tmp_path: Path, name: str) -> None:
    if os.name == "nt" and set(name) & set(":?"):
        pytest.skip("no name for a file on Windows")
    path = tmp_path / "Län & kommuner" / name
    path.parent.mkdir()
    with open_book(path, mode="create") as book:
        eva = book.add(Contact(name="Eva Ek"))
    assert path.is_file()
    for again in (path, str(path)):
        with open_book(again, mode="r") as book:
            assert book.contacts.all() == [eva]


@pytest.mark.skipif(os.name == "nt", reason="no name for a folder on Windows")
def test_a_path_in_a_folder_whose_name_has_a_colon(
    open_book: OpenBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2026:11").mkdir()
    monkeypatch.chdir(tmp_path)
    with open_book("2026:11/bok.kn", mode="create") as book:
        book.add(Contact(name="Eva Ek"))
    assert (tmp_path / "2026:11" / "bok.kn").is_file()


@pytest.mark.parametrize("path", [None, 7, b"bok.kn", ["bok.kn"]])
def test_what_is_no_path_is_told(path: Any) -> None:
    with pytest.raises(Usage, match="open takes a book's path or URL"):
        kontaktnat.open(path)


# Clock and ids


def test_a_clock_and_ids_of_ones_own() -> None:
    times = iter(datetime(2026, 11, day, 9, tzinfo=UTC) for day in range(1, 30))
    drawn = iter(["kx7f0009", "kx7f0003"])
    with kontaktnat.open(
        "memory:", plugins=[], by="anna", clock=lambda: next(times), ids=lambda: next(drawn)
    ) as book:
        first, second = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Björk"))
        assert (first.id, second.id) == ("kx7f0009", "kx7f0003")
        assert first.created is not None
        assert second.created is not None
        assert first.created < second.created
        assert book.today > second.created.date()


# Schemas


def lift(type: str, doc: dict[str, Any]) -> dict[str, Any]:
    """From schema 1 to an imagined 2: notes begin with a mark."""
    return {**doc, "note": f"lifted {doc['note']}"} if "note" in doc else doc


@pytest.fixture
def old(open_book: OpenBook, place: Path) -> Path:
    with open_book(place, mode="create") as book:
        book.update(book.add(Contact(name="Eva Ek", note="ett")), note="två")
    return place


@pytest.fixture
def newer(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the old book is written, this is a kontaktnat of schema 2."""
    monkeypatch.setattr(codec, "SCHEMA", 2)
    monkeypatch.setattr(codec, "MIGRATIONS", (lift,))


def beside(place: Path) -> set[str]:
    return {one.name for one in place.parent.iterdir()}


@pytest.mark.usefixtures("newer")
def test_an_older_book_is_read_as_it_would_be_today(open_book: OpenBook, old: Path) -> None:
    before = old.read_bytes()
    for mode in ("r", "rw", "create"):
        with open_book(old, mode=mode) as book:
            (eva,) = book.contacts.all()
            assert eva.note == "lifted två"
            assert [one.after["note"] for tx in book.changes() for one in tx.changes if one.after] == [
                "lifted ett",
                "lifted två",
            ]
            with pytest.raises(Refused) as caught:
                book.update(eva, note="tre")
            assert (mode == "r") == ("reading only" in caught.value.message())
            assert (mode != "r") == ("migrate=True" in caught.value.message())
    assert old.read_bytes() == before
    assert "book.kn.schema-1.bak" not in beside(old)


@pytest.mark.usefixtures("newer")
def test_migrate_lifts_it_and_keeps_a_backup_beside_it(
    open_book: OpenBook, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    with open_book(old) as early:
        with open_book(old, migrate=True) as book:
            (eva,) = book.contacts.all()
            assert book.update(eva, tags=["län"]).note == "lifted två"
        early.refresh()  # a handle that was open before may write from now on
        assert early.update(eva.id, tags=["kommun"]).rev == 4
    assert old.with_name("book.kn.schema-1.bak").read_bytes() == before
    open_book(old, migrate=True).close()
    assert len([name for name in beside(old) if name.endswith(".bak")]) == 1
    monkeypatch.undo()  # the older kontaktnat again: its backup it opens, the lifted book it does not
    for migrate in (False, True):
        with pytest.raises(Refused, match="newer kontaktnat"):
            open_book(old, migrate=migrate)
    with open_book(old.with_name("book.kn.schema-1.bak"), mode="r") as backup:
        assert [one.note for one in backup.contacts.all()] == ["två"]


@pytest.mark.usefixtures("newer")
def test_for_reading_nothing_is_lifted_in_the_file(open_book: OpenBook, old: Path) -> None:
    before, files = old.read_bytes(), beside(old)
    with open_book(old, mode="r", migrate=True) as book:
        assert [one.note for one in book.contacts.all()] == ["lifted två"]
    assert (old.read_bytes(), beside(old)) == (before, files)


# Two Books with different plugins


class Office:
    """A plugin with a setting, a word, a field, a view, a guard and ears."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.Config = Settings
        self.opened: list[str] = []
        self.heard: list[int] = []

    @hookimpl
    def register_vocabularies(self) -> list[Vocabulary]:
        return [Vocabulary(name="interaction_kind", words=(Word(id=self.name, en=self.name, sv=self.name),))]

    @hookimpl
    def register_fields(self) -> list[Field]:
        return [Field(name=f"{self.name}.room", records=("contact",), type=str, title="Room")]

    @hookimpl
    def register_views(self) -> list[View]:
        def run(_: Outward, /) -> Table:
            columns = (Column(key="who", title="Who"),)
            return Table(name="office", title="", columns=columns, rows=({"who": self.name},))

        return [View(name="office", title="The same name in both", run=run)]

    @hookimpl
    def before_save(self, record: Record) -> None:
        if isinstance(record, FollowUp):
            raise Veto(f"{self.name} keeps no follow-ups")

    @hookimpl
    def book_opened(self, config: Any) -> None:
        self.opened.append(config.greeting)

    @hookimpl
    def after_commit(self, transaction: Transaction) -> None:
        self.heard.append(transaction.number)


@attrs.frozen
class Settings:
    greeting: str = "hej"


def office(name: str, open_book: OpenBook) -> tuple[Office, Book]:
    plugin = Office(name)
    config: Mapping[str, Any] = {"plugins": {name: {"greeting": f"god dag, {name}"}}}
    return plugin, open_book(plugins=[plugin], config=config, ids=None)


def test_two_books_in_one_process_do_not_meet(open_book: OpenBook) -> None:
    kalmar, here = office("kalmar", open_book)
    blekinge, there = office("blekinge", open_book)
    plain = open_book(ids=None)
    assert (kalmar.opened, blekinge.opened) == (["god dag, kalmar"], ["god dag, blekinge"])
    for book, mine, theirs in ((here, "kalmar", "blekinge"), (there, "blekinge", "kalmar")):
        assert [one.name for one in book.plugins.loaded if not one.builtin] == [mine]
        assert book.view("office").rows == ({"who": mine},)
        assert book.add(Interaction(kind=mine)).kind == mine
        book.add(Contact(name="Eva Ek", extra={f"{mine}.room": "12"}))
        with pytest.raises(kontaktnat.Invalid):
            book.add(Interaction(kind=theirs))
        with pytest.raises(kontaktnat.Invalid, match=rf"{mine}\.room"):
            book.add(Contact(name="Bo Björk", extra={f"{mine}.room": 12}))
        with pytest.raises(Veto, match=f"{mine} keeps no follow-ups"):
            book.add(FollowUp(text="Ring"))
    assert (kalmar.heard, blekinge.heard) == ([1, 2], [1, 2])
    with pytest.raises(kontaktnat.NotFound):
        plain.view("office")
    plain.add(FollowUp(text="Ring"))
    assert (here.version, there.version, plain.version) == (2, 2, 1)


def test_listeners_and_clocks_are_each_books_own(open_book: OpenBook) -> None:
    here, there = open_book(), open_book(by="bo", clock=lambda: datetime(2020, 1, 1, tzinfo=UTC))
    told: list[int] = []
    here.on_commit(lambda done: told.append(done.number))
    there.add(Contact(name="Bo Björk"))
    assert (told, there.by, there.today.year, here.today.year) == ([], "bo", 2020, 2026)
    here.add(Contact(name="Eva Ek"))
    assert told == [1]


# The end


@pytest.mark.parametrize("where", ["memory", "file"])
def test_a_closed_book_says_so_whatever_is_asked_of_it(open_book: OpenBook, place: Path, where: str) -> None:
    book = open_book(place if where == "file" else "memory:", mode="create")
    eva = book.add(Contact(name="Eva Ek"))
    outward, then = book.outward(), book.as_of("2020")
    book.close()
    book.close()
    asked: list[Callable[[], object]] = [
        book.contacts.all,
        lambda: book.contacts.get(eva.id),
        lambda: book.contacts.where(name="Eva Ek"),
        book.contacts.count,
        lambda: book.get(eva.id),
        lambda: book.find("eva"),
        lambda: book.view("today"),
        lambda: list(book.check()),
        lambda: list(book.history()),
        lambda: list(book.changes(0)),
        lambda: book.setting("by"),
        book.covered_records,
        outward.contacts.all,
        then.contacts.all,
        lambda: book.add(Actor(name="A")),
        lambda: book.update(eva, note="x"),
        lambda: book.delete(eva),
        lambda: book.set("by", "bo"),
        book.undo,
        lambda: book.reveal(eva.id, "ärende 1"),
        lambda: book.export_to(io.BytesIO(), "jsonl"),
        lambda: book.import_from(io.BytesIO(b"name\nA\n"), format="csv", options={"as": "actor"}),
        lambda: book.restore("actor", {"id": "nybro001", "name": "Nybro kommun"}),
        book.refresh,
        book.reading().__enter__,
        book.transaction().__enter__,
    ]
    for ask in asked:
        with pytest.raises(Usage, match="this book was closed"):
            ask()
    assert book.version == 1  # what it had seen


def test_a_book_that_could_not_be_opened_leaves_nothing_open(place: Path) -> None:
    """A plugin that is required and missing, settings that do not fit: the file is free again."""

    class Wrong:
        name = "wrong"
        Config = Settings

        @hookimpl
        def book_opened(self, config: Any) -> None: ...

    kontaktnat.open(place, mode="create", plugins=[]).close()
    for config in ({"required": ["nope"]}, {"plugins": {"wrong": {"gretting": "x"}}}):
        with pytest.raises(kontaktnat.KontaktnatError):
            kontaktnat.open(place, plugins=[Wrong()], config=config)
    with kontaktnat.open(place, plugins=[], lock_timeout=0) as book:
        book.set("by", "anna")
