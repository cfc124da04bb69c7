"""Bytes on disk: whole or not at all, and patience with those who hold a file open."""

import errno
import io
import os
import stat
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.store import files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book"


def names(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir()]


def in_use(*_: Any) -> None:
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined]
    raise error


def test_what_was_written_is_read(path: Path) -> None:
    files.replace(path, [b"x" * 1000])
    with files.opened(path) as file:
        assert file.read() == b"x" * 1000
        files.append(path, 1000, b"yz")
        assert file.read() == b"yz"  # what others add is seen
        files.replace(path, [b"a", b"", b"b"])
        assert (file.read(), path.read_bytes()) == (b"", b"ab")  # of another file nothing
    files.replace(path, [])
    assert path.read_bytes() == b""
    assert names(path.parent) == ["book"]


def test_an_append_is_one_write_and_one_sync(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, [b"old"])
    steps = []

    class Seen(io.FileIO):
        def write(self, data: Any) -> int:
            steps.append(bytes(data))
            return super().write(data)

    monkeypatch.setattr(files.io, "FileIO", Seen)
    monkeypatch.setattr(os, "fsync", lambda _: steps.append(b"sync"))
    files.append(path, 3, b"new")
    assert steps == [b"new", b"sync"]
    assert path.read_bytes() == b"oldnew"


def test_a_write_that_comes_in_parts_is_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow(io.FileIO):
        def write(self, data: Any) -> int:
            return super().write(bytes(data)[:2])

    files.replace(path, [b"old"])
    monkeypatch.setattr(files.io, "FileIO", Slow)
    files.append(path, 3, b"in parts")
    assert path.read_bytes() == b"oldin parts"


@pytest.mark.parametrize("at", [0, 2, 4])
def test_nothing_is_added_to_what_somebody_changed(path: Path, at: int) -> None:
    files.replace(path, [b"old"])
    with pytest.raises(OSError, match="another program"):
        files.append(path, at, b"new")
    assert path.read_bytes() == b"old"


def test_nothing_is_added_to_what_is_gone(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.append(path, 0, b"new")
    assert names(path.parent) == []


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt()])
def test_an_append_that_fails_is_cut_back(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    class Full(io.FileIO):
        def write(self, data: Any) -> int:
            super().write(bytes(data)[:2])
            raise error

    files.replace(path, [b"old"])
    monkeypatch.setattr(files.io, "FileIO", Full)
    with pytest.raises(type(error)):
        files.append(path, 3, b"new")
    assert path.read_bytes() == b"old"


def test_a_sync_that_fails_is_an_error_of_its_own(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        calls.append(1)
        raise OSError(errno.EIO, "no")

    calls: list[int] = []
    files.replace(path, [b"old"])
    monkeypatch.setattr(os, "fsync", fail)
    works: list[Callable[[], Any]] = [
        lambda: files.append(path, 3, b"new"),
        lambda: files.replace(path, [b"new"]),
        lambda: files.cut(path, 2, path.with_name("torn")),
    ]
    for work in works:
        with pytest.raises(files.SyncError) as caught:
            work()
        assert not caught.value.replaced
        assert path.read_bytes() == b"old"
    assert len(calls) == 3  # none is tried again
    assert names(path.parent) == ["book"]


def test_what_is_cut_off_is_kept(path: Path) -> None:
    files.replace(path, [b"old and torn"])
    files.cut(path, 3, path.with_name("torn"))
    assert (path.read_bytes(), path.with_name("torn").read_bytes()) == (b"old", b" and torn")
    with pytest.raises(FileExistsError):
        files.cut(path, 1, path.with_name("torn"))
    assert (path.read_bytes(), path.with_name("torn").read_bytes()) == (b"old", b" and torn")


def test_parts_that_fail_leave_the_old_file(path: Path) -> None:
    def parts() -> Iterator[bytes]:
        yield b"new"
        raise OSError(errno.EIO, "no")

    files.replace(path, [b"old"])
    with pytest.raises(OSError, match="no"):
        files.replace(path, parts())
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["book"]


def test_leftovers_of_a_crash_are_written_over(path: Path) -> None:
    path.with_name("book.new").write_bytes(b"half")
    files.replace(path, [b"whole"])
    assert path.read_bytes() == b"whole"
    assert names(path.parent) == ["book"]


@pytest.mark.skipif(os.name == "nt", reason="on Windows a link needs a privilege")
def test_a_planted_link_is_not_followed(path: Path) -> None:
    victim = path.with_name("victim")
    victim.write_bytes(b"mine")
    path.with_name("book.new").symlink_to(victim)
    files.replace(path, [b"whole"])
    assert (victim.read_bytes(), path.read_bytes()) == (b"mine", b"whole")


def test_a_write_protected_file_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, [b"old"])
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(PermissionError, match="write-protected"):
        files.replace(path, [b"new"])
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["book"]


@pytest.mark.skipif(not hasattr(os, "chown"), reason="Windows has no groups of this kind")
def test_what_was_for_a_group_is_not_for_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, [b"old"])
    path.chmod(0o640)

    def forbidden(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", forbidden)
    files.replace(path, [b"new"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_reader_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, [b"old"])
    replace, tries = os.replace, []

    def third_time(*names: Any) -> None:
        tries.append(names)
        if len(tries) < 3:
            in_use()
        replace(*names)

    monkeypatch.setattr(os, "replace", third_time)
    files.replace(path, [b"new"])
    assert path.read_bytes() == b"new"


def test_another_reader_is_not_waited_for_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, [b"old"])
    monkeypatch.setattr(files, "PATIENCE", 0.1)
    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(PermissionError) as caught:
        files.replace(path, [b"new"])
    assert files.is_in_use(caught.value)
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["book"]


def test_a_plain_refusal_is_not_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("waited"))
    with pytest.raises(PermissionError):
        files.replace(path, [b"new"])


def test_a_file_system_without_synced_folders(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    files.replace(path, [b"new"])
    assert path.read_bytes() == b"new"


def test_file_then_folder_is_synced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []
    sync, replace = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def replaced(*names: Any) -> None:
        steps.append("rename")
        replace(*names)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    files.replace(path, [b"new"])
    assert steps == ["file", "rename", "folder"] if hasattr(os, "O_DIRECTORY") else ["file", "rename"]
