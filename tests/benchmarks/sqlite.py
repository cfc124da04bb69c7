"""The baseline: what a careful developer would write with sqlite3 instead of the store.

As durable as the store is to be (WAL with synchronous=FULL: a commit is on the disk when it returns), an
index for each thing that is looked up, in the order that is asked for, FTS5 over the text. Documents
lie in it as JSON and are parsed by orjson, so that the difference is the store's and not the parser's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from tests.benchmarks.documents import Doc

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
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = FULL")
        if new:
            self.db.executescript(_TABLES)

    def add(self, documents: Iterable[tuple[str, Doc]]) -> None:
        """All of them in one durable transaction."""
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            (last,) = self.db.execute("SELECT coalesce(max(number), 0) FROM doc").fetchone()
            numbered = list(enumerate(documents, last + 1))
            self.db.executemany("INSERT INTO doc VALUES (?, ?, ?, ?, ?, ?)", map(_row, numbered))
            self.db.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", map(_words, numbered))

    def get(self, type: str, id: str) -> Any:
        row = self.db.execute("SELECT json FROM doc WHERE type = ? AND id = ?", (type, id)).fetchone()
        return orjson.loads(row[0])

    def of_kind(self, type: str, kind: str) -> list[Doc]:
        return self._parsed("SELECT json FROM doc WHERE type = ? AND kind = ? ORDER BY id", type, kind)

    def with_role(self, type: str, role: str) -> list[Doc]:
        return self._parsed("SELECT json FROM doc WHERE type = ? AND role = ? ORDER BY id", type, role)

    def like(self, word: str) -> list[tuple[str, str]]:
        """(type, id) by scanning all JSON: what the store's search looks through too."""
        found = self.db.execute("SELECT type, id FROM doc WHERE json LIKE ?", (f"%{word}%",))
        return found.fetchall()

    def match(self, word: str) -> list[tuple[str, str]]:
        """(type, id) by FTS5, which finds whole words."""
        found = self.db.execute(
            "SELECT type, id FROM doc JOIN words ON words.rowid = doc.number WHERE words MATCH ?", (word,)
        )
        return found.fetchall()

    def close(self) -> None:
        self.db.close()

    def _parsed(self, query: str, *values: str) -> list[Doc]:
        return [orjson.loads(json) for (json,) in self.db.execute(query, values)]


def _row(numbered: tuple[int, tuple[str, Doc]]) -> tuple[Any, ...]:
    number, (type, doc) = numbered
    role = next((one["role"] for one in doc.get("participants", ())), None)
    return number, type, doc["id"], doc.get("kind"), role, orjson.dumps(doc).decode()


def _words(numbered: tuple[int, tuple[str, Doc]]) -> tuple[int, str]:
    number, (_, doc) = numbered
    return number, "\n".join(doc[name] for name in ("name", "note", "summary") if name in doc)
