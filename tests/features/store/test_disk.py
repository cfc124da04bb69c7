"""Disks that are full, fail or may not be written: what is said, and that nothing is lost or half there."""

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.features.store.faults import UNIX, fail, finish, names, refused, start

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import StoreBusy, StoreDamaged
from kontaktnat.store import files, journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc

CREATE = StoreOptions(mode="create")

# Full


FULL = """
import resource, sys
from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import StoreDamaged
from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc

def room(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

def read():
    return open(sys.argv[1], "rb").read()

store = TinyStore(sys.argv[1], StoreOptions())
"""


@UNIX
def test_a_full_disk_at_commit(path: Path, store: TinyStore) -> None:
    script = """
before = read()
room(20_000)
for _ in range(2):
    try:
        add(store, "actor", doc("big", note="x" * 30_000))
    except StoreDamaged as error:
        print(error)
    assert read() == before
    assert store.find("actor") == [doc("first")]
assert add(store, "actor", doc("small")).number == 2
room(resource.RLIM_INFINITY)
assert add(store, "actor", doc("big", note="x" * 30_000)).number == 3
"""
    lines = finish(start(FULL + script, path))
    assert len(lines) == 2
    assert all("nothing was saved (File too large); free space" in line for line in lines)
    with closing(TinyStore(path)) as again:
        assert [one["id"] for one in again.find("actor")] == ["big", "first", "small"]
    assert names(path) == ["book.kn", "book.kn.lock"]


@UNIX
def test_a_full_disk_at_rewriting_fails_no_commit(path: Path, store: TinyStore) -> None:
    script = """
journal.FLOOR = 3200
room(5000)
for n in range(14):  # the twelfth or so would rewrite it, with a snapshot of all
    assert add(store, "actor", doc(f"a{n}", note="x" * 100)).number == n + 2
assert store._storage._pause
assert store._storage._journal.header.rewritten == 0
assert len(store.find("actor")) == 15
before = read()
try:
    add(store, "actor", doc("big", note="x" * 5000))
except StoreDamaged as error:
    print(error)
assert read() == before
room(resource.RLIM_INFINITY)
for n in range(14, 120):  # it is tried again after a while
    assert add(store, "actor", doc(f"a{n}", note="x" * 100)).number == n + 2
assert store._storage._journal.header.rewritten > 0
"""
    process = start(FULL + script, path)
    assert ["nothing was saved" in line for line in finish(process)] == [True]
    with closing(TinyStore(path)) as again:
        assert len(again.find("actor")) == 121
        assert len(list(again.transactions())) == 121
    assert names(path) == ["book.kn", "book.kn.lock"]


def test_a_full_disk_while_a_torn_end_is_kept(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with path.open("ab") as file:
        file.write(b'{"crc":"0')
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(files, "take_over", fail(errno.ENOSPC))  # after the new file was made
        for _ in range(3):
            assert "free space" in refused(lambda: add(store, "actor", doc("a")))
    assert path.read_bytes() == before
    assert names(path) == ["book.kn", "book.kn.lock"]
    assert add(store, "actor", doc("a")).number == 2
    assert path.with_name("book.kn.torn").read_bytes() == b'{"crc":"0'


# Failing


CODES = [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT]


@pytest.mark.parametrize("code", CODES)
def test_a_file_that_cannot_be_opened_for_writing(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(files, "append", fail(code))
        message = refused(lambda: add(store, "actor", doc("a")))
    assert "nothing was saved" in message
    assert os.strerror(code) in message
    assert str(path) in message
    assert path.read_bytes() == before
    assert (store.version, store.get("actor", "a")) == (1, None)
    assert add(store, "actor", doc("a")).number == 2


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", ["open", "replace"])
def test_a_folder_that_takes_nothing_fails_no_commit(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    monkeypatch.setattr(journal, "FLOOR", 0)
    with monkeypatch.context() as patch, closing(TinyStore(path)) as early:
        patch.setattr(os, name, fail(code))
        for n in range(3):
            assert add(store, "actor", doc(f"a{n}")).number == n + 2
        assert len(early.find("actor")) == 1
        early.refresh()
        assert len(early.find("actor")) == 4
        assert "nothing was saved" in refused(lambda: TinyStore(path.with_name("new.kn"), CREATE))
    assert {"book.kn", "book.kn.lock"} <= {*names(path)} <= {"book.kn", "book.kn.lock", "new.kn.lock"}
    with closing(TinyStore(path)) as again:
        assert again.version == 4


def test_a_folder_in_which_no_lock_can_be_made(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    path.with_name("book.kn.lock").unlink()
    with closing(TinyStore(path)) as again:
        monkeypatch.setattr(os, "open", fail(errno.EACCES))
        assert "cannot be locked" in refused(lambda: add(again, "actor", doc("a")))
        refused(lambda: TinyStore(path.with_name("new.kn"), CREATE))
        assert again.get("actor", "first")


@UNIX
def test_the_lock_file_of_a_write_protected_book_is_not_protected(path: Path, store: TinyStore) -> None:
    """Or it would still be in the way when the book may be written to again."""
    store.close()
    lock = path.with_name("book.kn.lock")
    lock.unlink()
    path.chmod(0o444)
    with closing(TinyStore(path)) as again, contextlib.suppress(StoreDamaged):  # root is not refused
        add(again, "actor", doc("a"))
    assert lock.stat().st_mode & 0o777 == 0o644


def test_a_sync_that_fails_is_not_tried_again(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail(errno.EIO))
        assert "nothing was saved" in refused(lambda: add(store, "actor", doc("a")))
    monkeypatch.setattr(os, "fsync", lambda _: pytest.fail("tried again"))
    for _ in range(2):
        assert "open the book again" in refused(lambda: add(store, "actor", doc("a")))
    assert path.read_bytes() == before
    assert (store.version, [one["id"] for one in store.find("actor")]) == (1, ["first"])
    monkeypatch.undo()
    with closing(TinyStore(path)) as again:
        assert add(again, "actor", doc("a")).number == 2
    store.refresh()
    assert store.version == 2
    refused(lambda: add(store, "actor", doc("b")))


def test_a_sync_that_fails_and_then_no_cut_either(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Uncut(files.io.FileIO):
        truncate = fail(errno.EIO)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail(errno.EIO))
        patch.setattr(files.io, "FileIO", Uncut)
        message = refused(lambda: add(store, "actor", doc("a")))
    assert "nothing was saved" not in message
    assert "did not confirm" in message
    refused(lambda: add(store, "actor", doc("b")))
    with closing(TinyStore(path)) as again:
        assert again.version == 2


def only(kind: Callable[[int], bool], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let syncing fail of what is of this kind."""
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if kind(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


@UNIX
def test_a_folder_whose_sync_fails_after_a_rewriting(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(journal, "FLOOR", 0)
    with monkeypatch.context() as patch:
        only(stat.S_ISDIR, patch)
        assert add(store, "actor", doc("a")).number == 2  # which had been saved before
    assert "saved, but it could not be tidied" in caplog.text
    refused(lambda: add(store, "actor", doc("b")))
    assert [one["id"] for one in store.find("actor")] == ["a", "first"]
    assert len(list(store.transactions())) == 2
    with closing(TinyStore(path)) as again:
        assert add(again, "actor", doc("b")).number == 3


@UNIX
def test_a_folder_whose_sync_fails_when_a_book_is_made(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        only(stat.S_ISDIR, patch)
        assert "did not confirm" in refused(lambda: TinyStore(path, CREATE))
    with closing(TinyStore(path)) as again:
        assert add(again, "actor", doc("a")).number == 1


def test_a_reader_that_holds_the_file(path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows: neither opened for writing, nor renamed over."""

    def in_use(*_: Any) -> None:
        error = PermissionError(errno.EACCES, "in use")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(files, "PATIENCE", 0.05)
    with monkeypatch.context() as patch:
        patch.setattr(files, "append", in_use)
        assert "try again" in refused(lambda: add(store, "actor", doc("a")), StoreBusy)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "FLOOR", 0)
        patch.setattr(os, "replace", in_use)
        assert add(store, "actor", doc("a")).number == 2
    assert names(path) == ["book.kn", "book.kn.lock"]
