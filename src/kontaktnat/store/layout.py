"""What stands where in a book's file, in blocks of JSON lines.

    header      format and schema, how long the archive is, how often the file was rewritten
    archive     old transactions, which opening skips
    snapshot    every document, a line each, table by table
    tail        the transactions since

Format and schema are told apart: the one is of the bytes, the other of the documents.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import Any, NamedTuple

from kontaktnat.i18n import Text
from kontaktnat.store import blocks
from kontaktnat.store.blocks import Block, Damaged
from kontaktnat.store.troubles import damaged, newer, no_book

FORMAT = 2

FORMAT_1 = b'{"kontaktnat":'
"""How a file of the first format begins, which was one JSON object; see `older`."""

Table = dict[str, dict[str, Any]]
Tables = dict[str, Table]
"""TinyDB's form: table → doc_id as text → document."""


class Header(NamedTuple):
    """The first line of the file."""

    schema: int
    format: int = FORMAT
    rewritten: int = 0
    archive: int = 0
    """Bytes of it."""
    archived: int = 0
    """Number of the newest transaction in it."""

    def line(self) -> bytes:
        """Its bytes, line end included."""
        book = {"format": self.format, "schema": self.schema, "rewritten": self.rewritten}
        return blocks.written(
            {"kontaktnat": book, "archive": {"bytes": self.archive, "version": self.archived}}
        )


def header_of(place: str, line: bytes) -> Header:
    """What a header line says; raises StoreDamaged."""
    try:
        head = blocks.head_of(line)
    except Damaged as error:
        if problem := edited(line):
            raise damaged(place, 1, problem) from None
        if line.startswith(blocks.START):
            raise damaged(place, 1, error.problem) from None
        raise no_book(place, Text("it does not begin as a book does")) from None
    match head:
        case {
            "kontaktnat": {"format": int(format), "schema": int(schema), "rewritten": int(rewritten)},
            "archive": {"bytes": int(archive), "version": int(archived)},
        }:
            if format > FORMAT:
                raise newer(place, format, FORMAT)
            return Header(schema, format, rewritten, archive, archived)
    raise no_book(place, Text("it does not begin as a book does"))


def edited(data: bytes) -> Text | None:
    """What an editor did to a book without changing a letter, as its first line shows; None: nothing."""
    line, end, _ = data.partition(b"\n")
    if line.startswith(BOM_UTF8 + blocks.START):
        return Text("an editor has put a byte order mark in front")
    if line.startswith(blocks.START) and end and line.endswith(b"\r"):
        return Text("an editor has changed the line ends")
    return None


def snapshot_of(version: int, tables: Tables) -> bytes:
    """The block of all documents."""
    head = {"snapshot": {"version": version, "tables": {name: len(table) for name, table in tables.items()}}}
    rows = ((name, key, doc) for name, table in tables.items() for key, doc in table.items())
    return blocks.written(head, rows)


def tables_of(snapshot: Block) -> tuple[int, Tables]:
    """What a snapshot says: the number of the newest transaction in it, and all documents."""
    said = snapshot.head["snapshot"]
    tables: Tables = {name: {} for name in said["tables"]}
    for name, key, doc in blocks.rows_of(snapshot.body):
        tables[name][key] = doc
    return said["version"], tables
