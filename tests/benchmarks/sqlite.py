"""The baseline: what a careful developer would write with sqlite3 instead of the store.

As durable as the store is to be (WAL with synchronous=FULL: a commit is on the disk when it returns), an
index for each thing that is looked up, in the order that is asked for, FTS5 over the text. Documents lie in it
as JSON and are parsed by orjson, so that the difference is the store's and not the parser's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from tests.benchmarks.documents import Doc

from kontaktnat.query import strings

_TABLES = """
CREATE TABLE doc (
    number INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, kind TEXT, role TEXT, json TEXT NOT NULL
);
CREATE UNIQUE INDEX by_id ON doc (type, id);
CREATE INDEX by_kind ON doc (type, kind, id);
CREATE INDEX by_role ON doc (type, role, id);
CREATE VIRTUAL TABLE words USING fts5(text, content='');
"""


class Sqlite:
    """One file of documents."""

    def __init__(self, path: Path) -> None:
        new = not path.exists()
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        if new:
            self._db.executescript(_TABLES)

    def add(self, documents: Iterable[tuple[str, Doc]]) -> None:
        """All of them in one durable transaction."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for type, doc in documents:
                role = next((one["role"] for one in doc.get("participants", ())), None)
                row = (type, doc["id"], doc.get("kind"), role, orjson.dumps(doc).decode())
                number = self._db.execute(
                    "INSERT INTO doc (type, id, kind, role, json) VALUES (?, ?, ?, ?, ?)", row
                ).lastrowid
                text = "\n".join(strings(doc))
                self._db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, text))

    def get(self, type: str, id: str) -> Any:
        row = self._db.execute("SELECT json FROM doc WHERE type = ? AND id = ?", (type, id)).fetchone()
        return orjson.loads(row[0])

    def of_kind(self, type: str, kind: str) -> list[Doc]:
        return self._parsed("SELECT json FROM doc WHERE type = ? AND kind = ? ORDER BY id", type, kind)

    def with_role(self, type: str, role: str) -> list[Doc]:
        return self._parsed("SELECT json FROM doc WHERE type = ? AND role = ? ORDER BY id", type, role)

    def like(self, word: str) -> list[tuple[str, str]]:
        """(type, id) by scanning all JSON: what the store's search looks through too."""
        found = self._db.execute("SELECT type, id FROM doc WHERE json LIKE ?", (f"%{word}%",))
        return found.fetchall()

    def match(self, word: str) -> list[tuple[str, str]]:
        """(type, id) by FTS5, which finds whole words."""
        found = self._db.execute(
            "SELECT type, id FROM doc JOIN words ON words.rowid = doc.number WHERE words MATCH ?", (word,)
        )
        return found.fetchall()

    def close(self) -> None:
        self._db.close()

    def _parsed(self, query: str, *values: str) -> list[Doc]:
        return [orjson.loads(json) for (json,) in self._db.execute(query, values)]
