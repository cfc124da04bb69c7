"""TinyDB as its own users know it, on a book's safe file."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from tinydb import TinyDB
from tinydb.table import Document, Table

from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.format import Tables
from kontaktnat.store.storage import BookStorage


def open_tinydb(path: str | os.PathLike[str], options: StoreOptions | None = None) -> TinyDB:
    """A TinyDB that a crash leaves whole and in which neither processes nor threads lose each other's writes.

    Makes the file unless `options` say otherwise. Each call sees the newest file, each change is one
    locked read-modify-write; results are copies. Otherwise TinyDB as it is: on a book's tables it knows
    nothing of revisions, log and undo. Raises what opening a TinyStore raises; a change also raises Invalid
    for what is no JSON.
    """
    return _SafeDB(storage=lambda: _FreshStorage(path, options or StoreOptions(mode="create")))


class _FreshStorage(BookStorage):
    """Sees the newest file at each call, and keeps nothing that a caller may hold in his hands."""

    def read(self) -> Tables:
        with self.gate.thread():
            if not self._depth:
                self.refresh()
            return super().read()

    @contextmanager
    def batch(self) -> Iterator[None]:
        with self.gate.thread():
            with super().batch():
                yield
            if not self._depth:
                self.forget()


class _SafeTable(Table):
    """Whole operations are one turn, where TinyDB's own are a read, some thought and a write."""

    _storage: BookStorage
    _seen: int | None = None

    def insert(self, document: Mapping[str, Any]) -> int:
        with self._storage.batch():  # TinyDB chooses the next doc_id before it begins to update
            self._drop_what_was_cached()
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: Any = None) -> list[int]:
        with self._storage.batch():
            return super().upsert(document, cond)

    def search(self, cond: Any) -> list[Document]:
        with self._storage.gate.thread():
            self._drop_what_was_cached()
            return copy.deepcopy(super().search(cond))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        with self._storage.gate.thread():
            return copy.deepcopy(super().get(*args, **kwargs))

    def __iter__(self) -> Iterator[Document]:
        with self._storage.gate.thread():
            return iter(copy.deepcopy(list(super().__iter__())))

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        with self._storage.batch():
            self._drop_what_was_cached()
            super()._update_table(updater)

    def _drop_what_was_cached(self) -> None:
        self._storage.read()
        if self._seen != self._storage.generation:
            self.clear_cache()
            self._next_id = None
            self._seen = self._storage.generation


class _SafeDB(TinyDB):
    table_class = _SafeTable

    def drop_table(self, name: str) -> None:
        with self.storage.batch():  # type: ignore[attr-defined]
            super().drop_table(name)
