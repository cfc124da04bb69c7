"""Reading a book that may be damaged: all that can be read, and what could not be, line by line.

Where a snapshot is damaged, history is the witness: its transactions have checksums of their own, and done
again from the first they give every document as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from operator import itemgetter
from typing import Any

import orjson
from attrs import define, field, frozen

from kontaktnat.i18n import Text
from kontaktnat.store import blocks
from kontaktnat.store.blocks import Block, Damaged, Incomplete, Row
from kontaktnat.store.held import Held
from kontaktnat.store.layout import Tables

_KINDS = {"kontaktnat": "header", "snapshot": "snapshot", "number": "transaction"}


@frozen(repr=False)
class Problem:
    """What is wrong at a line, counted from 1."""

    line: int
    message: Text


@define(repr=False)
class Piece:
    """One block as far as it could be read. `sound`: it is as it was written."""

    kind: str
    """header, snapshot, transaction; "" for what is none of them"""
    line: int
    head: dict[str, Any]
    rows: list[Row]
    sound: bool
    lost: bool = False
    """Whether some of its lines could not be read."""


@define(repr=False)
class Salvage:
    """A whole file, archive included."""

    pieces: list[Piece] = field(factory=list)
    problems: list[Problem] = field(factory=list)

    @cached_property
    def transactions(self) -> list[Piece]:
        """In their order, each once, wherever they stand; a doubtful one comes after the one before it."""
        numbered: list[tuple[int, Piece]] = []
        number = 0
        for piece in self.pieces:
            if piece.kind == "transaction":
                if piece.sound:
                    number = piece.head.get("number", number)
                numbered.append((number, piece))
        numbered.sort(key=itemgetter(0))
        found: list[Piece] = []
        for _, piece in numbered:
            doubled = found and piece.sound and piece.head == found[-1].head and piece.rows == found[-1].rows
            if not doubled:
                found.append(piece)
        return found

    def one(self, kind: str) -> Piece | None:
        """The header or the snapshot."""
        return next((piece for piece in self.pieces if piece.kind == kind), None)


def salvaged(data: bytes) -> Salvage:
    """All that can be read of the bytes of a book."""
    found = Salvage()
    at, line = 0, 1
    while at < len(data):
        try:
            block = blocks.read(data, at)
            piece = _sound(block, line)
        except (Incomplete, Damaged, ValueError) as error:
            if blocks.lacks_its_end(data[at:]):
                found.problems.append(Problem(line, Text("the last line lacks its end")))
                data += b"\n"
                continue
            if found.one("snapshot") and blocks.is_torn(data, at):
                left = Text("{n} byte", "{n} bytes", n=len(data) - at)
                message = Text("the last write was cut off: {left} were never part of the book", left=left)
                found.problems.append(Problem(line, message))
                break
            end = _next(data, at)
            piece = _doubtful(data[at:end], line, found, error)
        else:
            end = block.end
        found.pieces.append(piece)
        line += data.count(b"\n", at, end)
        at = end
    return found


def replayed(transactions: Sequence[Piece], tables: Tables | None = None) -> Tables:
    """Every document after these transactions, done one after the other."""
    held = Held(0, {} if tables is None else tables)
    for number, piece in enumerate(transactions, 1):
        held.apply(number, piece.rows)
    return held.tables


def _sound(block: Block, line: int) -> Piece:
    rows = list(blocks.rows_of(block.body))
    if len(rows) != block.head["count"]:
        raise Damaged(Text("it counts {count} lines and has {n}", count=block.head["count"], n=len(rows)))
    return Piece(_kind(block.head, rows, line), line, blocks.own(block.head), rows, sound=True)


def _next(data: bytes, at: int) -> int:
    """Where the next head is, or what looks like one."""
    found = data.find(b"\n" + blocks.START, at)
    return len(data) if found < 0 else found + 1


def _doubtful(data: bytes, line: int, found: Salvage, error: Exception) -> Piece:
    lines = data.split(b"\n")
    head = _json(lines[0]) if lines[0].startswith(blocks.START) else None
    whole = blocks.own(head) if isinstance(head, dict) else {}
    read = [(number, _json(text)) for number, text in enumerate(lines, line) if text]
    kind = _kind(whole, [row for _, row in read if _is_row(row)], line)
    unfit = [name for name, value in whole.items() if not _fits(name, value)]
    whole = {name: value for name, value in whole.items() if name not in unfit}
    width = 3 if kind == "snapshot" else 4
    rows = [row for _, row in read if _is_row(row) and len(row) == width]
    unread = [number for number, row in read[bool(head) :] if not _is_row(row) or len(row) != width]
    cut = Text("shorter than it was written; if it was cut off here, the rest is missing")
    problem = error.problem if isinstance(error, Damaged) else cut
    found.problems.append(Problem(line, problem))
    found.problems += [
        Problem(line, Text('what it says of "{field}" cannot be read', field=name)) for name in unfit
    ]
    found.problems += [Problem(n, Text("this line cannot be read")) for n in unread]
    if rows and not unread and not isinstance(error, Incomplete):
        said = Text("this line may read wrong", "one of these {n} lines may read wrong", n=len(rows))
        found.problems.append(Problem(line + 1, said))
    return Piece(kind, line, whole, rows, sound=False, lost=bool(unread or unfit))


def _kind(head: Mapping[str, Any], rows: Sequence[Row], line: int) -> str:
    for name, kind in _KINDS.items():
        if name in head:
            return kind
    if rows:
        return "snapshot" if len(rows[0]) == 3 else "transaction"
    if line == 1:
        return "header"
    return "transaction" if head else ""


def _fits(name: str, value: Any) -> bool:
    """Whether a transaction's head may say this: what history could not read would close it for good."""
    match name, value:
        case "number" | "undoes", int():
            return value > 0
        case "at", str():
            try:
                return datetime.fromisoformat(value).tzinfo is not None
            except ValueError:
                return False
        case "by" | "label", str():
            return True
        case "reveals", list():
            return all(isinstance(id, str) for id in value)
    return name not in ("number", "undoes", "at", "by", "label", "reveals")


def _json(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except ValueError:
        return None


def _is_row(value: Any) -> bool:
    match value:
        case [str(), str(), dict()]:
            return True
        case [str(), str(), dict() | None as before, dict() | None as after]:
            return before is not None or after is not None
        case [str(), None, True | None, True | None]:
            return True
    return False
