"""The file of a book as a journal: read from its snapshot on, added to at its end, now and then rewritten.

Promises: what `append` returned from is on the disk; who reads sees whole blocks only; a last block that a
crash cut off is told from damage. Whoever appends or rewrites holds the book's lock and is caught up.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from kontaktnat.i18n import Text
from kontaktnat.store import blocks, files
from kontaktnat.store.blocks import Block, Damaged, Incomplete
from kontaktnat.store.layout import FORMAT_1, Header, header_of
from kontaktnat.store.places import free_name
from kontaktnat.store.troubles import damaged, lifted

FLOOR, SHARE = 1 << 16, 4
"""The file is rewritten when its tail is longer than this many bytes and than its snapshot's fourth part."""

CHUNK = 1 << 20
"""Bytes that are read or copied at a time."""

PROBE = 1 << 14
"""Bytes in which the next head is looked for, where a place in the archive is sought."""


class Loaded(NamedTuple):
    """What opening reads."""

    snapshot: Block
    tail: list[Block]


class Journal:
    """One book's file. `place` is how messages name it. Everything here raises OSError and StoreDamaged."""

    def __init__(self, path: Path, place: str) -> None:
        self.path = path
        self.place = place
        self.torn = False
        """Whether, when last looked at, the file went on behind `end` with what is no whole block."""
        self.header = Header(schema=0)
        self.known = False
        """Whether what was read last has been taken over, so that `news` may tell what came since."""
        self._settled = False
        self._first = self._last = b""
        self._number = self._last_at = self._snapshot_at = self._tail_at = self.end = 0

    # Reading

    def load(self) -> Loaded:
        """Read all but the archive."""
        self.known = False
        with self._opened() as file:
            first = _first_line(file)
            header = header_of(self.place, first)
            at = file.seek(len(first) + header.archive)
            data = file.read()
        try:
            snapshot = blocks.read(data)
            if "snapshot" not in snapshot.head:
                raise Damaged(Text("no snapshot begins here"))
        except (Incomplete, Damaged) as error:
            raise self._damaged(at, error) from None
        self.header, self._first, self._snapshot_at, self._tail_at = header, first, at, at + snapshot.end
        self._take(snapshot, data, at)
        return Loaded(snapshot, self._whole(data, snapshot.end, at))

    def news(self) -> list[Block] | None:
        """What was added since; None: the file is another, or what was read of it does not stand any more."""
        with self._opened() as file:
            if not self.known or not self._stands(file):
                return None
            size = file.seek(0, io.SEEK_END)
            if size < self.end:
                return None
            self.torn = size > self.end
            if not self.torn:
                return []
            start = file.seek(self.end)
            data = file.read()
        return self._whole(data, 0, start)

    def transactions(self, since: int, needle: bytes | None) -> Iterator[Block]:
        """The blocks of transactions, the archive's and the tail's; as the file is when this is called.

        Of the archive none where `since` is younger; of all only those in whose bytes `needle` occurs.
        """
        found = self._streamed(since, needle)
        if next(found):  # opens the file: what is read is of this moment
            return found  # type: ignore[return-value]  # what comes from now on are blocks
        newer = Journal(self.path, self.place)  # somebody has rewritten it since it was loaded
        newer.load()
        if newer.header.schema != self.header.schema:
            raise lifted(self.place, newer.header.schema)
        return newer.transactions(since, needle)

    # Writing

    def append(self, block: bytes) -> None:
        """Add a block durably, or raise and leave the file as it was."""
        if self.end == self._tail_at and not self._settled:
            files.settle(self.path)  # whoever rewrote the file may have died before its name was on the disk
            self._settled = True
        files.append(self.path, self.end, block)
        self._number += 1
        self._last_at, self._last = self.end, block[: block.index(b"\n") + 1]
        self.end += len(block)

    def complete(self) -> bool:
        """Give a last block its line end if it lacks only that: an editor may have taken it, or a crash."""
        with self._opened() as file:
            file.seek(self.end)
            rest = file.read()
        if not blocks.lacks_its_end(rest):
            return False
        files.append(self.path, self.end + len(rest), b"\n")
        return True

    def cut(self) -> Path:
        """Cut off what a crash left behind `end`, and keep it in a file beside, whose path is returned."""
        beside = free_name(self.path, "torn")
        files.cut(self.path, self.end, beside)
        self.torn = False
        return beside

    @property
    def is_long(self) -> bool:
        """Whether the tail has outgrown the snapshot so far that the file is to be rewritten."""
        snapshot = self._tail_at - self._snapshot_at
        return self.end - self._tail_at > max(FLOOR, snapshot // SHARE)

    def rewrite(self, header: Header, snapshot: bytes, archive: Iterable[bytes] | None = None) -> None:
        """Replace the file; without `archive`, its old archive and its tail are the new one."""
        length = header.archive
        if archive is None:
            length = self._snapshot_at - len(self._first) + self.end - self._tail_at
            archive = self._history()
        header = header._replace(archive=length)
        first = header.line()
        files.replace(self.path, itertools.chain([first], _of_length(archive, length), [snapshot]))
        self._settled = True
        self.header, self._first, self._snapshot_at = header, first, len(first) + length
        self._take(blocks.read(snapshot), snapshot, self._snapshot_at)
        self._tail_at, self.torn, self.known = self.end, False, True

    # Inside

    def _opened(self) -> BinaryIO:
        file = files.opened(self.path)
        if file.read(len(FORMAT_1)) == FORMAT_1:
            from kontaktnat.store.older import converted

            with file:
                return io.BytesIO(converted(self.place, FORMAT_1 + file.read()))
        file.seek(0)
        return file

    def _stands(self, file: BinaryIO) -> bool:
        """Whether an open file is the one that was read, as far as it was read."""
        file.seek(0)
        if file.read(len(self._first)) != self._first:
            return False
        file.seek(self._last_at)
        return file.read(len(self._last)) == self._last

    def _take(self, block: Block, data: bytes, start: int) -> None:
        self._last_at = start + block.at
        self._number = block.head["number"] if "number" in block.head else block.head["snapshot"]["version"]
        self._last = data[block.at : data.index(b"\n", block.at) + 1]
        self.end = start + block.end

    def _whole(self, data: bytes, at: int, start: int) -> list[Block]:
        """The whole blocks from `at` on; `start` is where `data` begins in the file."""
        self.known = self.torn = False
        found = []
        while at < len(data):
            try:
                block = blocks.read(data, at)
            except (Incomplete, Damaged) as error:
                if not blocks.is_torn(data, at, start):
                    raise self._damaged(start + at, error) from None
                self.torn = True
                break
            if block.head.get("number") != self._number + 1:
                problem = Text("transaction {number} should follow here", number=self._number + 1)
                raise self._damaged(start + at, Damaged(problem))
            self._take(block, data, start)
            found.append(block)
            at = block.end
        return found

    def _history(self) -> Iterator[bytes]:
        with self._opened() as file:
            for start, stop in ((len(self._first), self._snapshot_at), (self._tail_at, self.end)):
                file.seek(start)
                while start < stop and (part := file.read(min(CHUNK, stop - start))):
                    yield part
                    start += len(part)

    def _streamed(self, since: int, needle: bytes | None) -> Iterator[Block | bool]:
        """First whether the file is still the one that was read, then the blocks."""
        with self._opened() as file:
            yield self._stands(file)
            parts = [(self._tail_at, self.end)]
            if since < self.header.archived:
                parts.insert(0, (self._archived_at(file, since), self._snapshot_at))
            for start, stop in parts:
                file.seek(start)
                left = b""
                while start < stop:
                    more = file.read(min(max(CHUNK, len(left)), stop - start - len(left)))
                    data = left + more
                    if not more:
                        raise self._damaged(start, Incomplete())
                    # Up to the last head, whose block may go on; all of it at the end.
                    last = start + len(data) == stop
                    whole = len(data) if last else data.rfind(b"\n" + blocks.START) + 1
                    if needle is None or data.find(needle, 0, whole) >= 0:
                        yield from self._parsed(data[:whole], start, needle)
                    start, left = start + whole, data[whole:]

    def _archived_at(self, file: BinaryIO, since: int) -> int:
        """Where to begin in the archive to meet all above `since`: its numbers grow, so it halves the way."""
        low, high = len(self._first), self._snapshot_at
        while high - low > CHUNK:
            middle = (low + high) // 2
            file.seek(middle)
            data = file.read(PROBE)
            at = data.find(b"\n" + blocks.START) + 1
            line = data[at : data.find(b"\n", at) + 1]
            try:
                number = blocks.head_of(line)["number"] if at and middle + at < high else since + 1
            except Damaged:  # by chance of what was read, or truly: who reads from the start is told
                number = since + 1
            if number <= since:
                low = middle + at
            else:
                high = middle
        return low

    def _parsed(self, data: bytes, start: int, needle: bytes | None) -> Iterator[Block]:
        at = 0
        while at < len(data):
            try:
                block = blocks.read(data, at)
                if "number" not in block.head:
                    raise Damaged(Text("no transaction begins here"))
            except (Incomplete, Damaged) as error:
                raise self._damaged(start + at, error) from None
            at = block.end
            if needle is None or data.find(needle, block.at, block.end) >= 0:
                yield block

    def _damaged(self, at: int, error: Incomplete | Damaged) -> Exception:
        problem = error.problem if isinstance(error, Damaged) else Text("the file ends too early")
        return damaged(self.place, line_at(self.path, at), problem)


def line_at(path: Path, at: int) -> int:
    """The number of the line that begins at a place in a file."""
    with files.opened(path) as file:
        lines = 1
        while at > 0 and (part := file.read(min(CHUNK, at))):
            lines += part.count(b"\n")
            at -= len(part)
        return lines


def _first_line(file: BinaryIO) -> bytes:
    first = file.read(4096)  # ours has not 300
    return first[: first.find(b"\n") + 1]


def _of_length(parts: Iterable[bytes], length: int) -> Iterator[bytes]:
    """The parts; raises OSError where they are not as long as the header says."""
    for part in parts:
        length -= len(part)
        yield part
    if length:
        raise OSError(None, Text("the file changed while it was copied"))
