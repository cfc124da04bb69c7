"""Bytes that are not as they were written: told with a line number, or everything acknowledged is there."""

import errno
import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.features.store.faults import names, refused

from kontaktnat.descriptors import StoreOptions, Transaction
from kontaktnat.errors import StoreDamaged
from kontaktnat.store import files, journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc, edit

NO_BOOKS = {
    "empty": b"",
    "garbage": bytes(range(256)),
    "zeros": bytes(5000),
    "text": b"Kalmar; Nybro\n",
    "a list": b"[]",
    "other JSON": b'{"_default": {"1": {}}}',
    "a cut header": b'{"crc":"12345678","count":0',
    "a wrong header": b'{"crc":"12345678","count":0,"bytes":0,"sum":"00000000"}\n',
    "the first format without tables": b'{"kontaktnat":{"schema":1,"saves":1},"tables":[]}',
    "the first format without schema": b'{"kontaktnat":{},"tables":{}}',
    "the first format cut off": b'{"kontaktnat":{"schema":1,"saves":1},"tables":{"actor":{"1":',
    "the first format in latin-1": b'{"kontaktnat":{"schema":1},"tables":{"actor":{"1":{"id":"\xe5"}}}}',
}


@pytest.mark.parametrize("name", NO_BOOKS)
@pytest.mark.parametrize("mode", ["r", "rw", "create"])
def test_what_is_no_book_is_left_alone(path: Path, name: str, mode: Any) -> None:
    path.write_bytes(NO_BOOKS[name])
    message = refused(lambda: TinyStore(path, StoreOptions(mode=mode)))
    assert str(path) in message
    assert "backup" in message
    assert path.read_bytes() == NO_BOOKS[name]


@pytest.fixture
def whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Transaction]:
    """What a book has acknowledged: with an archive, a snapshot and a tail, in less than 4,000 bytes."""
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store:
        for n in range(7):
            monkeypatch.setattr(journal, "FLOOR", 0 if n == 3 else 1 << 16)
            add(store, "actor", doc(f"a{n}", name="Åsa – Öland", note='\n{"crc":"00000000"\u2028\0'))
        edit(store, "actor", doc("a0", name="Åsa – Öland", note='\n{"crc":"00000000"\u2028\0'), note="x y")
        head = store._storage._journal
        assert head.header.archive
        assert head.end > head._tail_at
        assert head.end < 4000
        return list(store.transactions())


def outcome(path: Path) -> list[Transaction] | str:
    """All that a book says, or the one line that says that it is damaged."""
    try:
        with closing(TinyStore(path)) as store:
            log = list(store.transactions())
            docs = {change.id: change.after for one in log for change in one.changes}
            assert store.find("actor") == [docs[id] for id in sorted(docs)]
            return log
    except StoreDamaged as error:
        return error.message()


def overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:  # in place: to cut it off first makes a file system wait for the disk
        file.seek(at)
        file.write(data)


def assert_told(path: Path, found: list[Transaction] | str, whole: list[Transaction], first: bool) -> None:
    if isinstance(found, str):
        assert "\n" not in found
        assert str(path) in found
        assert "damaged at line" in found or (first and "no book" in found)
    else:
        assert found == whole


def test_a_flipped_bit_anywhere_is_told(path: Path, whole: list[Transaction], kills: int) -> None:
    data = path.read_bytes()
    header = data.index(b"\n")
    told = tried = 0
    for at in range(len(data)):
        for bit in range(8) if kills else (at % 8, (at + 5) % 8):
            tried += 1
            overwrite(path, at, bytes([data[at] ^ 1 << bit]))
            found = outcome(path)
            assert_told(path, found, whole, at <= header)
            told += isinstance(found, str)
        overwrite(path, at, data[at : at + 1])
    assert told == tried  # there is no bit on which nothing depends


@pytest.mark.parametrize("seed", range(5))
def test_several_flipped_bits(path: Path, whole: list[Transaction], seed: int) -> None:
    dice, data = random.Random(seed), path.read_bytes()
    for _ in range(200):
        flipped = bytearray(data)
        for _ in range(dice.randint(2, 30)):
            flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        overwrite(path, 0, flipped)
        assert_told(path, outcome(path), whole, True)


def test_lines_that_are_lost_doubled_or_swapped(path: Path, whole: list[Transaction]) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    for at in range(len(lines) - 1):  # without its last lines it is a file that a crash cut off
        for changed in (
            lines[:at] + lines[at + 1 :],
            lines[: at + 1] + lines[at:],
            [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]],
            [*lines[: at + 1], b"\n", *lines[at + 1 :]],
        ):
            path.write_bytes(b"".join(changed))
            assert isinstance(outcome(path), str)


def blocks_of(data: bytes) -> list[bytes]:
    heads = [0] + [at + 1 for at in range(len(data)) if data[at : at + 9] == b'\n{"crc":"']
    return [data[at:end] for at, end in zip(heads, [*heads[1:], len(data)], strict=True)]


def test_transactions_that_are_lost_doubled_or_swapped(path: Path, whole: list[Transaction]) -> None:
    found = blocks_of(path.read_bytes())
    assert len(found) == len(whole) + 2
    for at in range(len(found) - 1):
        for changed in (
            found[:at] + found[at + 1 :],
            found[: at + 1] + found[at:],
            [*found[:at], found[at + 1], found[at], *found[at + 2 :]],
            found[: at + 1] + found,
        ):
            path.write_bytes(b"".join(changed))
            told = outcome(path)
            # Of the archive only the length is known; that its transactions stand in order is for check.
            assert isinstance(told, str) or len(told) == len(whole)


@pytest.mark.parametrize(
    "tail", [b"\n", b"#", b"x" * 3000, b'["actor","1",null,{}]\n', b'{"crc":"00000000",}\n']
)
def test_what_was_put_behind_by_hand_is_not_cut_off(
    path: Path, whole: list[Transaction], tail: bytes
) -> None:
    lines, data = path.read_bytes().count(b"\n"), path.read_bytes() + tail
    path.write_bytes(data)
    for _ in range(2):
        message = refused(lambda: TinyStore(path))
        assert f"line {lines + 1} " in message
    assert path.read_bytes() == data
    assert names(path) == ["book.kn", "book.kn.lock"]


EDITS: dict[str, Callable[[bytes], bytes]] = {
    "a value": lambda data: data.replace(b"x y", b"x z"),
    "a longer value": lambda data: data.replace(b"x y", b"x and y"),
    "the last line": lambda data: data.replace(b'"x y"}', b'"x"}'),
    "line ends": lambda data: data.replace(b"\n", b"\r\n"),
    "a mark at the start": lambda data: b"\xef\xbb\xbf" + data,
    "another encoding": lambda data: data.decode().encode("utf-16"),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_by_hand_is_told(path: Path, whole: list[Transaction], name: str) -> None:
    with closing(TinyStore(path)) as early:
        before = path.read_bytes()
        data = EDITS[name](before)
        assert data != before
        path.write_bytes(data)
        assert isinstance(outcome(path), str)
        if len(data) != len(before):  # a handle that is up to date does not read all again
            refused(early.refresh)
            refused(lambda: add(early, "actor", doc("b")))
        assert len(early.find("actor")) == 7
    assert path.read_bytes() == data


@pytest.fixture
def early(path: Path, whole: list[Transaction]) -> Iterator[TinyStore]:
    """A handle that has read the book before it is damaged."""
    with closing(TinyStore(path)) as early:
        yield early


def test_damage_while_it_is_open(path: Path, whole: list[Transaction], early: TinyStore) -> None:
    data = path.read_bytes()
    for length in (0, 1, 40, data.index(b"\n") + 1, len(data) // 2, len(data) - 40, len(data) - 1):
        path.write_bytes(data[:length])
        refused(lambda: add(early, "actor", doc("b")))
        refused(early.refresh)
        assert len(early.find("actor")) == 7
    path.write_bytes(data)
    assert add(early, "actor", doc("b")).number == 9
    assert list(early.transactions())[:8] == whole


def test_a_file_that_vanishes_is_not_made_anew(path: Path, store: TinyStore) -> None:
    path.rename(path.with_name("moved"))
    assert "vanished" in refused(lambda: add(store, "actor", doc("a")))
    assert "vanished" in refused(lambda: list(store.transactions()))
    refused(store.refresh)
    assert "vanished" in refused(store.transactions)
    assert store.get("actor", "first")
    assert not path.exists()
    path.with_name("moved").rename(path)
    assert add(store, "actor", doc("a")).number == 2


def test_a_log_that_cannot_be_read_to_its_end(
    path: Path, whole: list[Transaction], early: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(files.io.FileIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 1200:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return super().read(size)

    monkeypatch.setattr(journal, "CHUNK", 300)
    log = early.transactions()
    monkeypatch.setattr(files.io, "FileIO", Failing)
    assert next(log) == whole[0]
    monkeypatch.undo()
    assert list(log) == whole[1:]
    monkeypatch.setattr(journal, "CHUNK", 300)
    monkeypatch.setattr(files.io, "FileIO", Failing)
    assert "cannot be read" in refused(lambda: list(early.transactions()))


def test_a_reader_that_reads_while_a_torn_end_is_cut_off_and_written_over(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Raced(files.io.FileIO):
        def read(self, size: int | None = -1) -> bytes:
            found = super().read(size)
            if size == -1 and len(found) == 30 and not reads:
                reads.append(found)  # the first; the writer's own are left alone
                add(store, "actor", doc("a"))
                found += super().read()  # as one does until there is no more
            return found

    reads: list[bytes] = []
    with closing(TinyStore(path)) as reader:
        with path.open("ab") as file:
            file.write(b'{"crc":"0123'.ljust(30, b"4"))
        monkeypatch.setattr(files.io, "FileIO", Raced)
        reader.refresh()
        assert (store.version, reader.version, reader.get("actor", "a")) == (2, 2, doc("a"))
