"""The bytes of a book: blocks, each a head line and the lines that it counts, all of them JSON.

    {"crc":"89abcdef","count":2,"bytes":151,"sum":"01234567","number":7,"at":"…","by":"anna","label":"…"}
    ["contact","12",null,{"id":"33vb2xc4","name":"Eva Ek"}]
    ["role","31",{"id":"…","rev":1},{"id":"…","rev":2}]

`crc` is of the rest of the head, `sum` of the lines below, `bytes` their length: so a flipped bit anywhere is
noticed, and a length that was damaged is not taken for a block that was cut off. Pure functions on bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

import orjson

from kontaktnat.i18n import Text

START = b'{"crc":"'
"""How every head begins, and no other line: inside JSON's strings a quotation mark is escaped."""

SECTOR = 512
"""Bytes that a disk takes whole or not at all; a page is some of them."""

Row = Sequence[Any]
"""Table, doc_id as text, the document before, the document after; a table itself has the doc_id None. Of a
snapshot: table, doc_id, document."""

_CRC = slice(len(START), len(START) + 8)
_REST = len(START) + len('00000000",')


class Incomplete(Exception):
    """The bytes end inside a block: it was being written, or the end of the file was cut off."""


class Damaged(Exception):
    """These bytes were not written so. `problem` says what is wrong with them."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem)
        self.problem = problem


class Block(NamedTuple):
    """One block. `at` and `end` are its place in the bytes that it was found in."""

    head: Mapping[str, Any]
    body: bytes
    at: int
    end: int


def written(head: Mapping[str, Any], rows: Iterable[Row] = ()) -> bytes:
    """A block of a head and a line for each row. Raises TypeError for what is no JSON."""
    lines = [orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows]
    body = b"".join(lines)
    whole = {"count": len(lines), "bytes": len(body), "sum": f"{crc32(body):08x}", **head}
    rest = orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)[1:]
    return b'%s%08x",%s%s' % (START, crc32(rest), rest, body)


def read(data: bytes, at: int = 0) -> Block:
    """The block that begins there. Raises Incomplete, Damaged."""
    end = data.find(b"\n", at) + 1
    if not end:
        raise Incomplete
    head = head_of(data[at:end])
    stop = end + head["bytes"]
    if stop > len(data):
        raise Incomplete
    body = data[end:stop]
    if f"{crc32(body):08x}" != head["sum"]:
        raise Damaged(Text("the lines below it do not match their checksum"))
    return Block(head, body, at, stop)


def head_of(line: bytes) -> dict[str, Any]:
    """A head by its line, line end included; raises Damaged."""
    if not line.startswith(START):
        raise Damaged(Text("no transaction begins here"))
    try:
        if line[_CRC] == b"%08x" % crc32(line[_REST:]):
            head: dict[str, Any] = orjson.loads(line)
            return head
    except ValueError:
        pass
    raise Damaged(Text("it does not match its checksum"))


def rows_of(body: bytes) -> Iterator[Any]:
    """What stands in a body's lines; raises ValueError for what is no JSON."""
    return map(orjson.loads, body.split(b"\n")[:-1])


def own(head: Mapping[str, Any]) -> dict[str, Any]:
    """A head without what `written` puts there."""
    return {name: value for name, value in head.items() if name not in ("crc", "count", "bytes", "sum")}


def quoted(text: str) -> bytes:
    """A text as it stands in the bytes, for finding it there."""
    return orjson.dumps(text)


def is_torn(data: bytes, at: int, start: int = 0) -> bool:
    """Whether what begins there, and is no whole block, is a last write that a crash cut off.

    Such a write leaves the beginning of a block, or holes of zeros where sectors never came to the disk.
    All else is damage: to cut it off would lose what was acknowledged. `start` is where `data` begins in
    the file.
    """
    rest = data[at:]
    if any(_is_head(line) for line in rest.split(b"\n")[1:] if line.startswith(START)):
        return False  # something whole comes after it
    if b"\0" in rest:
        return all(_is_hole(zeros, start + at) for zeros in re.finditer(rb"\0+", rest))
    line, end, body = rest.partition(b"\n")
    if not end:
        # A line end that was damaged also leaves a head without one.
        return line[: len(START)] == START[: len(line)] and not _is_head(line[:-1])
    # The last byte of a block is a line end: with all its lines it would be whole, unless somebody edited it.
    try:
        head = head_of(line + end)
    except Damaged:
        return False
    return bool(len(body) < head["bytes"] and body.count(b"\n") < head["count"])


def lacks_its_end(rest: bytes) -> bool:
    """Whether what stands at the end is a whole block but for its last byte."""
    try:
        return not rest.endswith(b"\n") and read(rest + b"\n").end == len(rest) + 1
    except (Incomplete, Damaged):
        return False


def _is_hole(zeros: re.Match[bytes], at: int) -> bool:
    # A space with a flipped bit is a zero too: holes are whole sectors of what was written, or go to its end.
    if zeros.end() == len(zeros.string):
        return True
    begins = zeros.start() == 0 or (at + zeros.start()) % SECTOR == 0
    return begins and (at + zeros.end()) % SECTOR == 0


def _is_head(line: bytes) -> bool:
    try:
        return bool(head_of(line + b"\n"))
    except Damaged:
        return False
