"""The default store: one file, TinyDB's tables in memory, replaced whole and durably at each commit.

Plain and safe. A commit costs time in proportion to the book (see docs/design.md for the journal to come);
a crash, a full disk or a second process cannot cost data.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import count

from tinydb import TinyDB
from tinydb.table import Document as Numbered

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError, StoreDamaged, Usage
from kontaktnat.i18n import Text
from kontaktnat.query import Condition
from kontaktnat.store.base import BaseStore, Staged
from kontaktnat.store.documents import Document, Entry
from kontaktnat.store.format import TRANSACTIONS
from kontaktnat.store.raw import open_tinydb
from kontaktnat.store.storage import BookStorage

__all__ = ["TinyStore", "open_tinydb"]


class TinyStore(BaseStore):
    """A book in a file. Documents lie in tables named for their type, the log in `_transactions`.

    `mode` "rw" and "r" need the file, "create" makes it; "r" makes no file at all. Opening raises
    NotFound, Usage (a folder, no folder to put it in), Refused (a newer schema), StoreBusy, StoreDamaged.
    """

    def __init__(self, path: str | os.PathLike[str], options: StoreOptions | None = None) -> None:
        self._storage = BookStorage(path, options or StoreOptions())
        super().__init__(self._storage.gate)
        self._indexed: int | None = None
        try:
            with self.reading():
                pass
        except BaseException:
            self._storage.close()
            raise

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

    def _ready(self) -> None:
        """Index anew what was read anew."""
        if self._storage.closed:
            raise Usage("{path}: this book was closed", path=self._storage.place)
        tables = self._storage.read()
        if self._indexed == self._storage.generation:
            return
        self._forget_derived()
        # A new TinyDB, as its tables remember the next doc_id of what lay there before.
        self._db = TinyDB(storage=lambda: self._storage)
        self._doc_ids = {
            name: {self._id_of(doc, name): int(key) for key, doc in table.items()}
            for name, table in tables.items()
            if name != TRANSACTIONS
        }
        for name, doc_ids in self._doc_ids.items():
            if len(doc_ids) != len(tables[name]):
                raise self._damaged(Text("an id stands twice among {name}", name=name))
        self.version = max(map(int, tables.get(TRANSACTIONS, ())), default=0)
        self.writable = self._storage.writable
        self._indexed = self._storage.generation

    def _id_of(self, doc: Document, name: str) -> str:
        if isinstance(id := doc.get("id"), str):
            return id
        raise self._damaged(Text("a document without an id among {name}", name=name))

    def _damaged(self, problem: str) -> StoreDamaged:
        return StoreDamaged(
            "{path} is damaged ({problem}); put back a backup", path=self._storage.place, problem=problem
        )

    def _types(self) -> Collection[str]:
        return self._doc_ids

    def _fetch(self, type: str, id: str) -> Document | None:
        doc_id = self._doc_ids.get(type, {}).get(id)
        return None if doc_id is None else self._db.table(type).get(doc_id=doc_id)

    def _scan(self, type: str, query: Condition | None) -> Collection[Document]:
        table = self._db.table(type)
        return table.all() if query is None else table.search(query)  # type: ignore[arg-type]

    def _entries(self, since: int) -> Collection[Entry]:
        log = self._db.table(TRANSACTIONS)
        found = (log.get(doc_id=number) for number in range(since + 1, self.version + 1))
        return [entry for entry in found if entry is not None]

    def _save(self, entry: Entry, staged: Staged) -> None:
        indexed, self._indexed = self._indexed, None  # whatever interrupts this: index anew
        try:
            with self._storage.batch():
                doc_ids = {type: self._replace(type, docs) for type, docs in staged.items()}
                self._db.table(TRANSACTIONS).insert(Numbered(entry, entry["number"]))
            for type, docs in staged.items():
                known = self._doc_ids.setdefault(type, {})
                for id in docs:
                    known.pop(id, None)
                known |= doc_ids[type]
            self.version, self._indexed = entry["number"], indexed
        except BaseException:
            with suppress(KontaktnatError):  # if the file cannot be read now, the next reader is told
                self._ready()
            raise

    def _replace(self, type: str, docs: Mapping[str, Document | None]) -> dict[str, int]:
        """Put documents in place of the older ones; TinyDB rewrites a table per call, so two calls do it.

        Every doc_id is given here: what TinyDB would choose may be one that was just removed.
        """
        table, known = self._db.table(type), self._doc_ids.get(type, {})
        table.remove(doc_ids=[known[id] for id in docs if id in known])
        fresh = count(max(known.values(), default=0) + 1)
        new = {id: Numbered(doc, known.get(id) or next(fresh)) for id, doc in docs.items() if doc is not None}
        table.insert_multiple(new.values())
        return {id: doc.doc_id for id, doc in new.items()}
