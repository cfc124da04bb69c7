"""What every store here does alike: one state per reader, checks before a commit, order, search, the log.

A subclass keeps documents and log entries, and says how they are fetched and saved.
"""

from __future__ import annotations

import gc
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from attrs import evolve

from kontaktnat.descriptors import Change, Transaction
from kontaktnat.errors import Conflict
from kontaktnat.model.names import type_label
from kontaktnat.query import Condition, Doc
from kontaktnat.store.documents import Document, after, copied
from kontaktnat.store.indexes import Indexes
from kontaktnat.store.locks import Gate
from kontaktnat.text import collation_key

if TYPE_CHECKING:
    from kontaktnat.store.texts import Texts

Checked = tuple[str, str, Document | None, Document | None]
"""Type, id, the document before and after: a Change costs more to make, and an import has thousands."""

_NOT_SEARCHED = "setting"
_MANY = 1000
_BOOKKEEPING = frozenset({"rev", "changed", "changed_by"})


class BaseStore(ABC):
    """Implements the `Store` protocol on the abstract methods below, all of which are called in a turn."""

    version: int
    writable: bool

    def __init__(self, gate: Gate) -> None:
        self.version = 0
        self.writable = False
        self._gate = gate
        self._indexes = Indexes()
        self._texts: Texts | None = None

    # What a subclass says

    @abstractmethod
    def _ready(self) -> None:
        """Called before each read; raises Usage on a closed store."""

    @abstractmethod
    def _types(self) -> Collection[str]:
        """The types of which there are documents."""

    @abstractmethod
    def _fetch(self, type: str, id: str) -> Document | None:
        """The stored document itself."""

    @abstractmethod
    def _scan(self, type: str) -> Collection[Document]:
        """The stored documents themselves, in any order."""

    @abstractmethod
    def _log(self, since: int, record: str | None) -> Iterator[Transaction]:
        """As `transactions`, as of the call; may give others too where `record` is given."""

    @abstractmethod
    def _save(self, transaction: Transaction, changes: Sequence[Checked]) -> None:
        """Save it whole and durably, tell `_changed`, and set `version`; or raise and leave all as it was.

        `changes` are its changes with plain documents: `before` is what is stored, `after` a copy.
        """

    @abstractmethod
    def writing(self) -> AbstractContextManager[None]:
        """See `Store`. Raises Refused, StoreBusy, StoreDamaged."""

    @abstractmethod
    def refresh(self) -> None:
        """See `Store`."""

    @abstractmethod
    def close(self) -> None:
        """See `Store`."""

    # What follows from it

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Inside, all reads of this thread see one state, as no other thread has its turn."""
        with self._gate.thread():
            self._ready()
            yield

    def get(self, type: str, id: str) -> Document | None:
        """The document, or None."""
        with self._gate.thread():  # `reading`, of which a transaction would enter ten thousands
            self._ready()
            doc = self._fetch(type, id)
            return None if doc is None else copied(doc)

    def holding(self, id: str, types: Iterable[str]) -> str:
        """The first of the types of which a document has this id, or ""."""
        with self._gate.thread():
            self._ready()
            return next((type for type in types if self._has(type, id)), "")

    def find(
        self,
        type: str,
        query: Condition | None = None,
        *,
        order: Sequence[str] = (),
        limit: int | None = None,
    ) -> list[Document]:
        """Documents that fulfil `query`, by `order` (see `sort_key`) and always last by id."""
        with self.reading():
            docs = sorted(self._found(type, query), key=lambda doc: sort_key(doc, order))
            return copied(docs[:limit])

    def search(self, text: str) -> Iterator[tuple[str, str]]:
        """(type, id) of documents, settings aside, that say every word; by type, then by id."""
        from kontaktnat.searching import search_words
        from kontaktnat.store.texts import Texts

        wanted = search_words(text)
        with self.reading():
            if self._texts is None or self._texts.worn:
                self._texts = Texts(
                    (type, doc)
                    for type in sorted(self._types())
                    if type != _NOT_SEARCHED
                    for doc in sorted(self._scan(type), key=itemgetter("id"))
                )
            return iter(self._texts.search(wanted))

    def transactions(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        """Transactions numbered above `since`, oldest first; with `record`, those that change or reveal it.

        Raises StoreDamaged at an entry that cannot be read.
        """
        with self.reading():
            found = self._log(since, record)
        return found if record is None else (one for one in found if touches(one, record))

    def commit(self, transaction: Transaction) -> Transaction:
        """See `Store`. In the log, `before` is what was stored. Raises Invalid for what is no JSON."""
        many = len(transaction.changes) > _MANY
        with self.writing(), no_collecting() if many else nullcontext():
            numbered = evolve(transaction, number=self.version + 1)
            self._save(numbered, list(self._checked(transaction)))
            return numbered

    # For a subclass

    def _has(self, type: str, id: str) -> bool:
        """Whether a document is stored."""
        return self._fetch(type, id) is not None

    def _changed(self, type: str, id: str, before: Doc | None, after: Doc | None) -> None:
        """Keeps up to date what was worked out from the documents."""
        self._indexes.changed(type, id, before, after)
        if self._texts is not None and type != _NOT_SEARCHED:
            self._texts.changed(type, {id: after})

    def _forget(self) -> None:
        """The documents are others: what was worked out from them goes."""
        self._indexes.forget()
        self._texts = None

    # Inside

    def _found(self, type: str, query: Condition | None) -> Collection[Document]:
        if query is None:
            return self._scan(type)
        ids = self._indexes.candidates(type, query, lambda: self._scan(type))
        if ids is None:
            return [doc for doc in self._scan(type) if query(doc)]
        return [doc for id in ids if (doc := self._fetch(type, id)) is not None and query(doc)]

    def _checked(self, transaction: Transaction) -> Iterator[Checked]:
        """The changes as they are saved; raises Conflict, Invalid."""
        staged: dict[tuple[str, str], Document | None] = {}
        for change in transaction.changes:
            key = type, id = change.type, change.id
            stored = staged[key] if key in staged else self._fetch(type, id)
            if stored is not None or change.before is not None:
                _refuse_conflict(change, stored)
            staged[key] = new = after(change)
            yield type, id, stored, new


@contextmanager
def no_collecting() -> Iterator[None]:
    """Thousands of new objects, none of them garbage: looking through them each time takes up to a third."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def sort_key(doc: Mapping[str, Any], order: Sequence[str]) -> tuple[Any, ...]:
    """By the fields of `order`, then by id: numbers, then text in Swedish order, missing values last."""
    return (*(_rank(doc.get(name)) for name in order), doc["id"])


def _rank(value: Any) -> tuple[int, Any]:
    if value is None:
        return 3, ""
    if isinstance(value, int | float):
        return 0, value
    return (1, collation_key(value)) if isinstance(value, str) else (2, collation_key(repr(value)))


def _refuse_conflict(change: Change, stored: Document | None) -> None:
    known = {"type": type_label(change.type), "id": change.id}
    if change.before is None:
        if stored is not None and change.type == "setting":  # whose id is nobody's to choose
            raise Conflict("{type} {id} was set by somebody else meanwhile; do it again", **known, changed=[])
        if stored is not None:
            raise Conflict("{type} {id} exists already; give it another id", **known, changed=[])
        return
    if stored is None:
        raise Conflict("{type} {id} was deleted by somebody else since it was read", **known, changed=[])
    if stored.get("rev", 0) != change.before.get("rev", 0):
        changed = sorted(
            name
            for name in {*stored, *change.before} - _BOOKKEEPING
            if stored.get(name) != change.before.get(name)
        )
        raise Conflict(
            "{type} {id} was changed by somebody else since it was read ({fields}); read it again",
            **known,
            fields=", ".join(changed) or "rev",
            changed=changed,
        )


def touches(transaction: Transaction, record: str) -> bool:
    """Whether it changes or reveals a record."""
    return record in transaction.reveals or any(change.id == record for change in transaction.changes)
