"""Bytes on disk: whole or not at all, and patience with those who hold a file open."""

import errno
import os
import stat
import time
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
    stamp = files.replace(path, b"x" * 1000)
    assert files.read(path) == (stamp, b"x" * 1000)
    assert files.read(path, stamp) is None
    again = files.replace(path, b"")
    assert files.read(path, stamp) == (again, b"")
    assert names(path.parent) == ["book"]


def test_the_head_tells_states_apart_that_a_stat_does_not(path: Path) -> None:
    stamp = files.replace(path, b'{"saves":1}')
    times = path.stat().st_mtime_ns
    with path.open("r+b") as file:
        file.write(b'{"saves":2}')
    os.utime(path, ns=(times, times))
    changed = files.read(path, stamp)
    assert changed is not None
    assert changed[1] == b'{"saves":2}'


def test_leftovers_of_a_crash_are_written_over(path: Path) -> None:
    path.with_name("book.new").write_bytes(b"half")
    files.replace(path, b"whole")
    assert path.read_bytes() == b"whole"
    assert names(path.parent) == ["book"]


@pytest.mark.skipif(os.name == "nt", reason="on Windows a link needs a privilege")
def test_a_planted_link_is_not_followed(path: Path) -> None:
    victim = path.with_name("victim")
    victim.write_bytes(b"mine")
    path.with_name("book.new").symlink_to(victim)
    files.replace(path, b"whole")
    assert (victim.read_bytes(), path.read_bytes()) == (b"mine", b"whole")


def test_a_write_protected_file_is_not_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    with pytest.raises(PermissionError, match="write-protected"):
        files.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["book"]


@pytest.mark.skipif(not hasattr(os, "chown"), reason="Windows has no groups of this kind")
def test_what_was_for_a_group_is_not_for_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, b"old")
    path.chmod(0o640)

    def forbidden(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", forbidden)
    files.replace(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_reader_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, b"old")
    replace, tries = os.replace, []

    def third_time(*names: Any) -> None:
        tries.append(names)
        if len(tries) < 3:
            in_use()
        replace(*names)

    monkeypatch.setattr(os, "replace", third_time)
    files.replace(path, b"new")
    assert path.read_bytes() == b"new"


def test_another_reader_is_not_waited_for_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(path, b"old")
    monkeypatch.setattr(files, "PATIENCE", 0.1)
    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(PermissionError) as caught:
        files.replace(path, b"new")
    assert files.is_in_use(caught.value)
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["book"]


def test_a_plain_refusal_is_not_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("waited"))
    with pytest.raises(PermissionError):
        files.replace(path, b"new")


def test_a_file_system_without_synced_folders(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "no")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", only_files)
    files.replace(path, b"new")
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
    files.replace(path, b"new")
    assert steps == ["file", "rename", "folder"] if hasattr(os, "O_DIRECTORY") else ["file", "rename"]
