"""The default store: one file, TinyDB's tables in memory, each commit added durably at the file's end.

A commit costs what it writes, whatever the size of the book; a crash, a full disk or a second process cannot
cost data. `storage` says how, `journal` and `layout` what the file holds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import starmap
from typing import TYPE_CHECKING, Any

from attrs import evolve

from kontaktnat.descriptors import Change, Scrub, StoreOptions, Transaction
from kontaktnat.errors import StoreDamaged, Usage
from kontaktnat.i18n import Text
from kontaktnat.store.base import BaseStore, Checked
from kontaktnat.store.blocks import Block, Row
from kontaktnat.store.documents import Document, scrubbed, to_head, to_transaction
from kontaktnat.store.layout import Table
from kontaktnat.store.storage import BookStorage

if TYPE_CHECKING:
    from kontaktnat.store.erasure import Head
    from kontaktnat.store.raw import export_json as export_json
    from kontaktnat.store.raw import import_json as import_json
    from kontaktnat.store.raw import open_tinydb as open_tinydb

__all__ = ["TinyStore", "export_json", "import_json", "open_tinydb"]


class TinyStore(BaseStore):
    """A book in a file. Documents lie in tables named for their type.

    `mode` "rw" and "r" need the file, "create" makes it; "r" makes no file at all. Opening raises
    NotFound, Usage (a folder, no folder to put it in), Refused (a newer schema), StoreBusy, StoreDamaged.
    """

    def __init__(self, path: str | os.PathLike[str], options: StoreOptions | None = None) -> None:
        self._storage = BookStorage(path, options or StoreOptions())
        super().__init__(self._storage.gate)
        self._keys: dict[str, dict[str, str]] = {}
        self._storage.observer = self
        self._ready()  # the storage has just read the file

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Inside, this process alone may commit, and has seen all that others committed.

        Raises Refused (opened for reading; an older schema), StoreBusy, StoreDamaged.
        """
        with self._storage.writing():
            self._ready()
            yield

    def refresh(self) -> None:
        """See what other processes have committed. Raises StoreDamaged, Refused (a newer schema)."""
        with self.reading():
            self._storage.refresh()
            self._ready()

    def close(self) -> None:
        """Let go of the lock file; twice does no harm."""
        self._storage.close()

    def erase(self, scrub: Scrub, head: Callable[[Head], Head], receipt: Transaction) -> Transaction:
        """Rewrite the file without what `scrub` takes out; see `Store` and `erasure`."""
        from kontaktnat.store.erasure import erase

        with self.writing():
            numbered = evolve(receipt, number=self.version + 1)
            checked = (
                (type, id, scrubbed(scrub, type, old), new) for type, id, old, new in self._checked(numbered)
            )
            rows = self._rows(checked)
            erase(self._storage, scrub, head, to_head(numbered), rows)
            self._ready()
            return numbered

    # What the storage tells

    def applied(self, rows: Sequence[Row]) -> None:
        """Another process or this one made these changes."""
        for type, key, before, after in rows:
            if key is None:
                continue
            ids = [doc.get("id") for doc in (before, after) if doc is not None]
            id = ids[-1]
            if not isinstance(id, str) or ids[0] != id or self._keys.get(type, {}).get(id, key) != key:
                # TinyDB's users put there what they like: the type is looked through when next asked for.
                self._keys.pop(type, None)
                self._forget()
                continue
            if after is None:
                self._keys.get(type, {}).pop(id, None)
            elif type in self._keys:
                self._keys[type][id] = key
            self._changed(type, id, before, after)

    def forgotten(self) -> None:
        """All is read anew."""
        self._keys.clear()
        self._forget()

    # What a BaseStore asks

    def _ready(self) -> None:
        if self._storage.closed:
            raise Usage("{path}: this book was closed", path=self._storage.place)
        self.version = self._storage.version  # reads the file where nothing lies in memory
        self.state = self._storage.state
        self.writable = self._storage.writable

    def _types(self) -> Collection[str]:
        # Tables that a TinyDB's user put there may hold anything, `_default` to begin with.
        return [name for name, table in self._storage.tables.items() if _holds_records(name, table)]

    def _fetch(self, type: str, id: str) -> Document | None:
        key = self._keys_of(type).get(id)
        return None if key is None else self._storage.table(type)[key]

    def _has(self, type: str, id: str) -> bool:
        return id in self._keys_of(type)

    def _scan(self, type: str) -> Collection[Document]:
        self._keys_of(type)  # refuses what is no record
        return self._storage.table(type).values()

    def _log(self, since: int, record: str | None) -> Iterator[Transaction]:
        return starmap(_transaction, self._storage.history(since, record))

    def _save(self, transaction: Transaction, changes: Sequence[Checked]) -> None:
        self._storage.commit(to_head(transaction), self._rows(changes))
        self._ready()

    # Inside

    def _rows(self, changes: Iterable[Checked]) -> list[Row]:
        """The changes with the doc_id of each document, also of those that are new."""
        new: dict[str, dict[str, str]] = {}
        rows: list[Row] = []
        for type, id, before, after in changes:
            key = self._keys_of(type).get(id)
            if key is None:
                fresh = new.setdefault(type, {})
                key = fresh.setdefault(id, str(self._storage.highest(type) + len(fresh) + 1))
            rows.append((type, key, before, after))
        return rows

    def _keys_of(self, type: str) -> dict[str, str]:
        """Id → doc_id, worked out when first asked."""
        if type not in self._keys:
            keys: dict[str, str] = {}
            for key, doc in self._storage.table(type).items():
                if not isinstance(id := doc.get("id"), str):
                    raise self._damaged(Text("a document without an id among {name}", name=type))
                if keys.setdefault(id, key) != key:
                    raise self._damaged(Text("an id stands twice among {name}", name=type))
            self._keys[type] = keys
        return self._keys[type]

    def _damaged(self, problem: Text) -> StoreDamaged:
        return StoreDamaged(
            "{path} is damaged ({problem}); put back a backup", path=self._storage.place, problem=problem
        )


def _holds_records(name: str, table: Table) -> bool:
    return not name.startswith("_") and any(isinstance(doc.get("id"), str) for doc in table.values())


def _transaction(block: Block, rows: Sequence[Row]) -> Transaction:
    changes = (
        Change(type=type, id=_id(after) or _id(before) or key, before=before, after=after)
        for type, key, before, after in rows
        if key is not None
    )
    return to_transaction(block.head, changes)


def _id(doc: Document | None) -> Any:
    return None if doc is None else doc.get("id")


def __getattr__(name: str) -> Any:  # who only opens a book waits for none of this
    if name in __all__:
        from kontaktnat.store import raw

        return getattr(raw, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
