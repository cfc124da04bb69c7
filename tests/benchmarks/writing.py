"""What it costs to put something into the store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.benchmarks.books import Books, transaction
from tests.benchmarks.counted import asked
from tests.benchmarks.documents import documents
from tests.benchmarks.pairs import OFTEN, Row
from tinydb import TinyDB

import kontaktnat
from kontaktnat.store.tiny import open_tinydb

COMMITS = 5
"""How many are looked at for what they write; they do not differ as times do."""


def insert(books: Books, pairs: int) -> Iterator[Row]:
    theirs = ("sqlite3, the same row", books.insert_into_sqlite)
    yield books.pair("insert", books.insert, theirs, pairs=OFTEN * pairs)


def insert_as_tinydb(books: Books, pairs: int) -> Iterator[Row]:
    stock, ours = books.folder / "stock.json", open_tinydb(books.folder / "tinydb.kn")
    docs = {str(number): doc for number, (_, doc) in enumerate(documents(books.size), 1)}
    stock.write_text(json.dumps({"_default": docs}), "utf-8")
    ours.insert_multiple(docs.values())
    del docs
    with closing(ours), closing(TinyDB(stock)) as theirs:
        yield books.pair(
            "insert, open_tinydb",
            lambda: ours.insert(next(books.new)),
            ("TinyDB with JSONStorage", lambda: theirs.insert(next(books.new))),
            pairs=pairs,
        )


def add_through_book(books: Books, pairs: int) -> Iterator[Row]:
    """Validated, with history and hooks, in a copy of the book: a second handle would catch up each time."""
    path = Path(shutil.copy(books.path, books.folder / "added.kn"))
    with kontaktnat.open(path, by="anna", plugins=[], config={}) as book:

        def add() -> None:
            doc = next(books.new)
            book.add(kontaktnat.Contact(name=doc["name"], purpose=doc["purpose"], note=doc["note"]))

        theirs = ("sqlite3, a bare insert", books.insert_into_sqlite)
        yield books.pair("add through Book", add, theirs, pairs=OFTEN * pairs)


def bulk_load(books: Books, pairs: int) -> Iterator[Row]:
    docs = list(documents(books.size))
    whole, folder = transaction(docs), books.folder / "bulk"
    empty = Books(folder, 0)

    def before() -> None:
        nonlocal empty
        empty.close()
        shutil.rmtree(folder)
        empty = Books(folder, 0)

    try:
        yield books.pair(
            "bulk load",
            lambda: empty.store.commit(whole),
            ("sqlite3, one transaction", lambda: empty.sqlite.add(docs)),
            before=before,
            pairs=pairs,
        )
    finally:
        empty.close()


def commit(books: Books, pairs: int) -> Iterator[Row]:
    """What one commit asks of the system; the median leaves a rare compaction out."""
    books.insert()
    ours = [asked(books.insert) for _ in range(min(pairs, COMMITS))]
    theirs = [asked(books.insert_into_sqlite) for _ in ours]
    yield books.row("syncs per commit", "one", ((own.syncs, 1) for own in ours), "")
    if all(each.writes for each in ours + theirs):
        yield books.row("writes per commit", "one", ((own.writes, 1) for own in ours), "")
        both = ((own.bytes, other.bytes) for own, other in zip(ours, theirs, strict=True))
        yield books.row("bytes per commit", "sqlite3, the same row", both, "B")
