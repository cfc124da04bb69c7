"""TinyDB as its own users know it, on a book's safe and fast file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import Invalid
from kontaktnat.store import files
from kontaktnat.store.blocks import Row
from kontaktnat.store.documents import copied, plain, same
from kontaktnat.store.held import between
from kontaktnat.store.layout import Table as Stored
from kontaktnat.store.layout import Tables
from kontaktnat.store.storage import BookStorage


def open_tinydb(path: str | os.PathLike[str], options: StoreOptions | None = None) -> TinyDB:
    """A TinyDB that a crash leaves whole and in which neither processes nor threads lose each other's writes.

    Makes the file unless `options` say otherwise. Each call sees the newest file, each change is one locked
    transaction that appends what it touched; results are copies. A table class of your own derives from the
    `table_class` of what this returns: TinyDB's reads, thinks and writes in three turns. Otherwise TinyDB as
    it is: on a book's tables it knows nothing of revisions. Raises what opening a TinyStore raises; a change
    also raises Invalid for what is no JSON.
    """
    return _SafeDB(storage=lambda: TinyStorage(path, options or StoreOptions(mode="create")))


def export_json(db: TinyDB, path: str | os.PathLike[str]) -> None:
    """All tables as TinyDB's own JSONStorage keeps them, in a new file or in place of an old one.

    Raises OSError, with the old file as it was.
    """
    files.replace(Path(path), [orjson.dumps(db.storage.read())])


def import_json(db: TinyDB, path: str | os.PathLike[str]) -> None:
    """Take the tables of a file of TinyDB's JSONStorage, in place of those of the same name; one transaction.

    Raises OSError, Invalid for a file of another kind.
    """
    try:
        tables = orjson.loads(Path(path).read_bytes())
    except orjson.JSONDecodeError as error:
        raise Invalid("{path} is no JSON: {problem}", path=os.fspath(path), problem=str(error)) from None
    match tables:
        case dict() if all(isinstance(table, dict) and _are_documents(table) for table in tables.values()):
            storage: Any = db.storage  # a TinyStorage
            with storage.writing():
                storage.write({**storage.tables, **tables})
        case _:
            raise Invalid("{path} is JSON, but not of TinyDB: tables of documents", path=os.fspath(path))


def _are_documents(table: dict[str, Any]) -> bool:
    return all(key.isdecimal() and isinstance(doc, dict) for key, doc in table.items())


class TinyStorage(BookStorage, Storage):
    """A book's file as TinyDB wants a storage to be, whole tables in and out."""

    def read(self) -> Tables:
        """The tables by name, of the newest file. Copies: TinyDB's own Table changes what it is given."""
        with self.gate.thread():
            self.refresh()
            return copied(self.tables)

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Save what differs from what is there: whole tables are taken and dropped so."""
        with self.writing():
            given = {
                name: {str(key): plain(doc, name, str(key)) for key, doc in table.items()}
                for name, table in data.items()
            }
            if rows := list(between(self.tables, given)):
                self.commit(_by_tinydb(), rows)


class _Touched(MutableMapping[int, Any]):
    """What an updater works on: hands out copies and knows afterwards which of them differ."""

    def __init__(self, name: str, stored: Stored, id_class: Callable[[str], Any]) -> None:
        self._name = name
        self._stored = stored
        self._id_class = id_class
        self._handed: dict[str, Any] = {}
        self._gone: dict[str, None] = {}

    def __getitem__(self, doc_id: Any) -> Any:
        key = str(doc_id)
        if key not in self._handed:
            if key in self._gone or key not in self._stored:
                raise KeyError(doc_id)
            self._handed[key] = copied(self._stored[key])
        return self._handed[key]

    def __setitem__(self, doc_id: Any, doc: Any) -> None:
        self._handed[str(doc_id)] = doc

    def __delitem__(self, doc_id: Any) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._handed.pop(str(doc_id), None)
        self._gone[str(doc_id)] = None

    def __contains__(self, doc_id: object) -> bool:
        key = str(doc_id)
        return key in self._handed or (key in self._stored and key not in self._gone)

    def __iter__(self) -> Iterator[Any]:
        kept = (key for key in self._stored if key not in self._gone)
        new = (key for key in self._handed if key not in self._stored or key in self._gone)
        yield from map(self._id_class, (*kept, *new))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        self._handed.clear()
        self._gone = dict.fromkeys(self._stored)

    def rows(self) -> Iterator[Row]:
        """What was changed, of plain documents; raises Invalid for what is no JSON."""
        for key in self._gone:
            if key in self._stored and key not in self._handed:
                yield self._name, key, self._stored[key], None
        for key, doc in self._handed.items():
            before = self._stored.get(key)
            if before is None or not same(before, doc):
                yield self._name, key, before, plain(doc, self._name, key)


class _SafeTable(Table):
    """Whole operations are one turn, where TinyDB's own are a read, some thought and a write."""

    _storage: TinyStorage
    _next_id: int | None  # type: ignore[assignment]  # TinyDB says None and means this
    _seen: object = None

    def insert(self, document: Mapping[str, Any]) -> int:
        with self._storage.writing():  # TinyDB chooses the next doc_id before it begins to update
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        with self._storage.writing():
            return super().upsert(document, cond)

    def search(self, cond: Any) -> list[Document]:
        with self._storage.gate.thread():
            self._read_table()
            return [self._copied(one) for one in super().search(cond)]

    def get(self, *args: Any, **kwargs: Any) -> Any:
        with self._storage.gate.thread():
            found = super().get(*args, **kwargs)
            if isinstance(found, list):
                return [self._copied(one) for one in found]
            return found if found is None else self._copied(found)

    def __iter__(self) -> Iterator[Document]:
        with self._storage.gate.thread():
            return iter([self._copied(one) for one in super().__iter__()])

    def _copied(self, doc: Document) -> Any:
        return self.document_class(copied(doc), doc.doc_id)

    def _read_table(self) -> Any:
        with self._storage.gate.thread():
            self._storage.refresh()
            if self._seen != (seen := self._storage.state):
                self.clear_cache()
                self._seen = seen
            return self._storage.table(self.name)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._storage.writing():
            stored = self._storage.tables.get(self.name)
            touched = _Touched(self.name, stored or {}, self.document_id_class)
            updater(touched)  # type: ignore[arg-type]
            rows: list[Row] = [] if stored is not None else [(self.name, None, None, True)]
            rows += touched.rows()
            if rows:
                self._storage.commit(_by_tinydb(), rows)
            self.clear_cache()

    def _get_next_id(self) -> int:
        free = max(self._next_id or 1, self._storage.highest(self.name) + 1)
        self._next_id = free + 1
        return free


def _by_tinydb() -> dict[str, Any]:
    """The head of a change of which TinyDB says nothing more."""
    return {"at": datetime.now(UTC).isoformat(), "label": "tinydb"}


class _SafeDB(TinyDB):
    table_class = _SafeTable

    def drop_table(self, name: str) -> None:
        storage: Any = self.storage
        with storage.writing():  # TinyDB writes all tables that it knows of: no others may come in between
            super().drop_table(name)
