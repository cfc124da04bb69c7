"""A disk that may lose power: what was written to it, and what may be there afterwards."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

import pytest

from kontaktnat.store import files
from kontaktnat.store.blocks import SECTOR


class Write(NamedTuple):
    file: int
    at: int
    data: bytes


class Cut(NamedTuple):
    file: int
    at: int


class Named(NamedTuple):
    """The name means that file from now on; None: it is gone."""

    name: str
    file: int | None


class Synced(NamedTuple):
    """None: the folder."""

    file: int | None


Step = Write | Cut | Named | Synced


class Disk:
    """Records what `files` does in one folder. File systems promise no order but what is synced."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, steps: Sequence[Step] = ()) -> None:
        self.steps = list(steps)
        self.room: int | None = None
        """Bytes that it still takes."""
        self._numbers: dict[int, int] = {}
        disk = self
        for name, file in named(self.steps).items():  # goes on with what another process left
            if file is not None:
                (folder / name).write_bytes(content([one for one in self.steps if is_of(one, file)]))
                self._numbers[(folder / name).stat().st_ino] = file

        class Recorded(io.FileIO):
            def write(self, data: Any) -> int:
                if disk.room == 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                data = bytes(data)[: disk.room]
                if disk.room is not None:
                    disk.room -= len(data)
                disk.steps.append(Write(disk.number(self.fileno()), self.tell(), data))
                return super().write(data)

            def truncate(self, size: int | None = None) -> int:
                assert size is not None
                disk.steps.append(Cut(disk.number(self.fileno()), size))
                return super().truncate(size)

        def opened(name: Path, mode: str, opener: Any = None) -> Any:
            raw = Recorded(name, mode.replace("b", ""), opener=opener)
            disk.steps.append(Named(Path(name).name, disk.new(raw.fileno())))
            return io.BufferedWriter(raw)

        replace, unlink, fsync = os.replace, os.unlink, os.fsync

        def replaced(old: Any, new: Any) -> None:
            number = disk._numbers[Path(old).stat().st_ino]
            replace(old, new)
            disk.steps += [Named(Path(new).name, number), Named(Path(old).name, None)]

        def unlinked(name: Any, **_: Any) -> None:
            unlink(name)
            disk.steps.append(Named(Path(name).name, None))

        def synced(descriptor: int) -> None:
            fsync(descriptor)
            disk.steps.append(Synced(disk._numbers.get(os.fstat(descriptor).st_ino)))

        monkeypatch.setattr(files.io, "FileIO", Recorded)
        monkeypatch.setattr(files, "open", opened, raising=False)
        monkeypatch.setattr(os, "replace", replaced)
        monkeypatch.setattr(os, "unlink", unlinked)
        monkeypatch.setattr(os, "fsync", synced)

    def new(self, descriptor: int) -> int:
        """The number of a file that was made just now; inodes come again, numbers do not."""
        number = sum(isinstance(step, Named) for step in self.steps)
        self._numbers[os.fstat(descriptor).st_ino] = number
        return number

    def number(self, descriptor: int) -> int:
        return self._numbers[os.fstat(descriptor).st_ino]


def after_power_cut(steps: list[Step], name: str) -> Iterator[bytes | None]:
    """What a file may hold when power fails after these steps; None: there is no such file.

    Of what was not synced, the beginning may be there: names in their order, and of each file its writes
    in theirs. Of the last write of these, any one sector may be missing, or all from one on. That a file was
    cut may be missing though what was written later is there.
    """
    last_of_folder = max((n for n, step in enumerate(steps) if step == Synced(None)), default=-1)
    names = [(n, step) for n, step in enumerate(steps) if isinstance(step, Named)]
    sure = sum(n < last_of_folder for n, _ in names)
    seen = set()
    for length in range(sure, len(names) + 1):
        file = named([step for _, step in names[:length]]).get(name)
        for found in [None] if file is None else _contents(steps, file):
            if found not in seen:
                seen.add(found)
                yield found


def named(steps: Sequence[Step]) -> dict[str, int | None]:
    """What each name means after these steps."""
    return {step.name: step.file for step in steps if isinstance(step, Named)}


def is_of(step: Step, file: int) -> TypeGuard[Write | Cut]:
    return isinstance(step, Write | Cut) and step.file == file


def _contents(steps: list[Step], file: int) -> Iterator[bytes]:
    done: list[Write | Cut] = []
    sure = 0
    for step in steps:
        if is_of(step, file):
            done.append(step)
        elif step == Synced(file):
            sure = len(done)
    for length in range(sure, len(done) + 1):
        whole = content(done[:length])
        yield whole
        for n in range(sure, length):
            if isinstance(done[n], Cut):
                yield content([*done[:n], *done[n + 1 : length]])
        if length > sure and isinstance(last := done[length - 1], Write):
            yield from _torn(content(done[: length - 1]), last)


def content(done: Sequence[Write | Cut]) -> bytes:
    """A file of which these are all steps."""
    data = bytearray()
    for step in done:
        if isinstance(step, Cut):
            del data[step.at :]
        else:
            data[len(data) :] = bytes(max(0, step.at - len(data)))
            data[step.at : step.at + len(step.data)] = step.data
    return bytes(data)


def _torn(before: bytes, last: Write) -> Iterator[bytes]:
    whole = content([Write(0, 0, before), last])
    end = last.at + len(last.data)
    for at in range(last.at - last.at % SECTOR, end, SECTOR):
        begins, ends = max(at, last.at), min(at + SECTOR, end)
        hole = before[begins:ends].ljust(ends - begins, b"\0")
        yield whole[:begins] + hole + whole[ends:]  # this sector did not come
        yield whole[:begins]  # the file had not yet grown
        yield whole[:begins] + bytes(end - begins)  # it had, but nothing came from here on
        yield before + bytes(begins - last.at) + whole[begins:]  # nothing came up to here
