"""A store that keeps nothing: for tests, trials, and as the plainest reading of what a Store promises.

Also what a plugin's store may be made of: see `MemoryStore`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from attrs import evolve, field, frozen

from kontaktnat.descriptors import Change, Scrub, StoreOptions, Transaction
from kontaktnat.errors import Refused, StoreDamaged, Usage
from kontaktnat.store.base import BaseStore, Checked, touches
from kontaktnat.store.documents import Document, copied, same, scrubbed, to_head, to_transaction
from kontaktnat.store.locks import Gate


@frozen(repr=False)
class _State:
    """One state of everything; a commit makes the next, so that not even a fork sees half of one."""

    docs: dict[str, dict[str, Document]] = field(factory=dict)
    log: tuple[Transaction, ...] = ()


class MemoryStore(BaseStore):
    """Documents in dicts. Each is a world of its own; after a fork the child has a copy.

    A store of a plugin's own may derive from it, and keep what it holds elsewhere: override `writing` (take a
    lock, `restore` what others committed), `commit` (inside `writing` call this one's and keep the new
    `snapshot`; where that fails, `restore` the former and raise), `refresh` and `close`. `erase` ends in
    `commit`. All of it is in memory, and each commit writes it all: for books of some thousand records.
    """

    place = "memory:"
    """How messages name it."""

    def __init__(self, options: StoreOptions | None = None) -> None:
        super().__init__(Gate())
        self.writable = options is None or options.mode != "r"
        self._state = _State()
        self._closed = False

    def snapshot(self) -> dict[str, Any]:
        """All that it holds, as plain JSON: documents by type, and the log. A copy."""
        with self.reading():
            # Each by itself: orjson copies nothing that lies deeper than a document may.
            docs = {type: [copied(doc) for doc in table.values()] for type, table in self._state.docs.items()}
            return {
                "documents": {type: found for type, found in docs.items() if found},
                "transactions": [_entry(one) for one in self._state.log],
            }

    def restore(self, snapshot: Mapping[str, Any]) -> None:
        """Take what `snapshot` gave for all there is; nothing of it is judged anew.

        Raises StoreDamaged, and leaves all as it was, where it is no such thing.
        """
        try:
            docs = {
                type: {doc["id"]: copied(doc) for doc in found}
                for type, found in snapshot["documents"].items()
            }
            log = tuple(
                to_transaction(head, [_copy(Change(**change)) for change in changes])
                for head, changes in snapshot["transactions"]
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            problem = f"{type(error).__name__}: {error}"
            raise StoreDamaged("{path}: what is kept there is no book ({problem}); put back a backup",
                               path=self.place, problem=problem) from None  # fmt: skip
        with self._gate.thread():
            self._state = _State(docs, log)
            self._forget()
            self.version = len(log)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Inside, no other thread may commit. Raises Refused on a store opened for reading."""
        if not self.writable:
            raise Refused("{path} was opened for reading only", path=self.place)
        with self._gate.process():
            self._ready()
            yield

    def erase(
        self, scrub: Scrub, head: Callable[[Mapping[str, Any]], Mapping[str, Any]], receipt: Transaction
    ) -> Transaction:
        """See `Store`."""
        with self.writing():
            docs = {
                type: {
                    id: kept for id, doc in table.items() if (kept := scrubbed(scrub, type, doc)) is not None
                }
                for type, table in self._state.docs.items()
            }
            log = tuple(_rewritten(scrub, head, one) for one in self._state.log)
            before = self._state
            self._state = _State(docs, log)
            self._forget()
            try:
                return self.commit(receipt)
            except BaseException:
                self._state = before
                raise

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
            raise Usage("{path}: this book was closed", path=self.place)

    def _types(self) -> Collection[str]:
        return self._state.docs

    def _fetch(self, type: str, id: str) -> Document | None:
        return self._state.docs.get(type, {}).get(id)

    def _scan(self, type: str) -> Collection[Document]:
        return self._state.docs.get(type, {}).values()

    def _log(self, since: int, record: str | None) -> Iterator[Transaction]:
        log = self._state.log[max(since, 0) :]  # numbers are dense from 1
        return (_copied(one) for one in log if record is None or touches(one, record))

    def _save(self, transaction: Transaction, changes: Sequence[Checked]) -> None:
        to_head(transaction)  # refuses what a file would refuse
        docs = dict(self._state.docs)
        docs.update({type: dict(docs.get(type, {})) for type in {type for type, *_ in changes}})
        for type, id, _, after in changes:
            if after is None:
                del docs[type][id]
            else:
                docs[type][id] = after
        logged = tuple(
            Change(type=type, id=id, before=before, after=after) for type, id, before, after in changes
        )
        try:
            self._state = _State(docs, (*self._state.log, evolve(transaction, changes=logged)))
            for change in changes:
                self._changed(*change)
            self.version = len(self._state.log)
        except BaseException:  # an interruption
            self._forget()
            raise


def _entry(transaction: Transaction) -> list[Any]:
    """Its head and its changes, as JSON."""
    changes = [
        {"type": one.type, "id": one.id, "before": one.before, "after": one.after}
        for one in _copied(transaction).changes
    ]
    return [to_head(transaction), changes]


def _rewritten(
    scrub: Scrub, head: Callable[[Mapping[str, Any]], Mapping[str, Any]], transaction: Transaction
) -> Transaction:
    changes = (
        evolve(one, before=scrubbed(scrub, one.type, one.before), after=scrubbed(scrub, one.type, one.after))
        for one in _copied(transaction).changes
    )
    kept = (one for one in changes if not same(one.before, one.after))
    return to_transaction(head(to_head(transaction)), kept)


def _copied(transaction: Transaction) -> Transaction:
    return evolve(transaction, changes=tuple(_copy(change) for change in transaction.changes))


def _copy(change: Change) -> Change:
    before, after = copied((change.before, change.after))
    return evolve(change, before=before, after=after)
