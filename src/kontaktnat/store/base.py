"""What every store here does alike: one state per reader, checks before a commit, order, search, the log.

A subclass keeps documents and log entries, and says how they are fetched and saved.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from attrs import evolve

from kontaktnat.descriptors import Change, Transaction
from kontaktnat.errors import Conflict
from kontaktnat.model.names import type_label
from kontaktnat.query import Condition, strings
from kontaktnat.store.documents import Document, Entry, copied, from_entry, plain, to_entry
from kontaktnat.store.locks import Gate
from kontaktnat.text import collation_key, contains

Staged = Mapping[str, Mapping[str, Document | None]]
"""Type → id → the document after the commit; None: it goes."""

_NOT_SEARCHED = "setting"
_BOOKKEEPING = frozenset({"rev", "changed", "changed_by"})


class BaseStore(ABC):
    """Implements the `Store` protocol on the abstract methods below, all of which are called in a turn."""

    version: int
    writable: bool

    def __init__(self, gate: Gate) -> None:
        self.version = 0
        self.writable = False
        self._gate = gate

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
    def _scan(self, type: str, query: Condition | None) -> Collection[Document]:
        """The stored documents themselves, in any order."""

    @abstractmethod
    def _entries(self, since: int) -> Collection[Entry]:
        """The log's entries with a number above `since`, by number."""

    @abstractmethod
    def _save(self, entry: Entry, staged: Staged) -> None:
        """Save it whole and durably and set `version`, or raise and leave all as it was."""

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
        with self.reading():
            doc = self._fetch(type, id)
            return None if doc is None else copied(doc)

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
            docs = sorted(self._scan(type, query), key=lambda doc: sort_key(doc, order))
            return copied(docs[:limit])

    def search(self, text: str) -> Iterator[tuple[str, str]]:
        """(type, id) of documents, settings aside, in which every word occurs; by type, then by id."""
        with self.reading():
            return iter(
                [
                    (type, id)
                    for type in sorted(self._types())
                    if type != _NOT_SEARCHED
                    for id in sorted(
                        doc["id"] for doc in self._scan(type, None) if contains("\n".join(strings(doc)), text)
                    )
                ]
            )

    def transactions(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        """Transactions numbered above `since`, oldest first; with `record`, those that change or reveal it.

        Raises StoreDamaged at an entry that cannot be read.
        """
        with self.reading():
            entries = self._entries(since)
            found = [entry for entry in entries if record is None or _touches(entry, record)]
        return map(from_entry, found)

    def commit(self, transaction: Transaction) -> Transaction:
        """See `Store`. In the log, `before` is what was stored. Raises Invalid for what is no JSON."""
        with self.writing():
            staged, changes = self._checked(transaction)
            numbered = evolve(transaction, number=self.version + 1)
            self._save(to_entry(evolve(numbered, changes=changes)), staged)
            return numbered

    def _checked(self, transaction: Transaction) -> tuple[Staged, tuple[Change, ...]]:
        staged: dict[str, dict[str, Document | None]] = {}
        changes = []
        for change in transaction.changes:
            docs = staged.setdefault(change.type, {})
            stored = docs[change.id] if change.id in docs else self._fetch(change.type, change.id)
            _refuse_conflict(change, stored)
            docs[change.id] = after = plain(change)
            changes.append(evolve(change, before=stored, after=after))
        return staged, tuple(changes)


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


def _touches(entry: Entry, record: str) -> bool:
    return record in entry.get("reveals", ()) or any(
        change["id"] == record for change in entry.get("changes", ())
    )
