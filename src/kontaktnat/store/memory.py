"""A store that keeps nothing: for tests, trials, and as the plainest reading of what a Store promises."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from attrs import field, frozen

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import Refused, Usage
from kontaktnat.query import Condition
from kontaktnat.store.base import BaseStore, Staged
from kontaktnat.store.documents import Document, Entry
from kontaktnat.store.locks import Gate


@frozen
class _State:
    """One state of everything; a commit makes the next, so that not even a fork sees half of one."""

    docs: dict[str, dict[str, Document]] = field(factory=dict)
    log: tuple[Entry, ...] = ()


class MemoryStore(BaseStore):
    """Documents in dicts. Each is a world of its own; after a fork the child has a copy."""

    def __init__(self, options: StoreOptions | None = None) -> None:
        super().__init__(Gate())
        self.writable = options is None or options.mode != "r"
        self._state = _State()
        self._closed = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Inside, no other thread may commit. Raises Refused on a store opened for reading."""
        if not self.writable:
            raise Refused("{path} was opened for reading only", path="memory:")
        with self._gate.process():
            self._ready()
            yield

    def refresh(self) -> None:
        """Nobody else can have committed."""
        with self.reading():
            pass

    def close(self) -> None:
        """Only says that this store is not to be used any more."""
        with self._gate.thread():
            self._closed = True

    def _ready(self) -> None:
        if self._closed:
            raise Usage("{path}: this book was closed", path="memory:")

    def _types(self) -> Collection[str]:
        return self._state.docs

    def _fetch(self, type: str, id: str) -> Document | None:
        return self._state.docs.get(type, {}).get(id)

    def _scan(self, type: str, query: Condition | None) -> Collection[Document]:
        docs = self._state.docs.get(type, {}).values()
        return docs if query is None else [doc for doc in docs if query(doc)]

    def _entries(self, since: int) -> Collection[Entry]:
        return self._state.log[since:]  # numbers are dense from 1

    def _save(self, entry: Entry, staged: Staged) -> None:
        docs = dict(self._state.docs)
        for type, changed in staged.items():
            merged = {**docs.get(type, {}), **changed}
            docs[type] = {id: doc for id, doc in merged.items() if doc is not None}
        self._state = _State(docs, (*self._state.log, entry))
        self.version = len(self._state.log)
