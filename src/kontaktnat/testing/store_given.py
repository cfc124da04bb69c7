"""What the tests of a store hand to it: documents, changes and transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from kontaktnat.descriptors import Change, Store, StoreOptions, Transaction

NOON = datetime(2026, 11, 12, 12, 0, 30, tzinfo=UTC)


def doc(id: str, **fields: Any) -> dict[str, Any]:
    """A document of revision 1."""
    return {"id": id, "rev": 1, **fields}


def created(type: str, *docs: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(Change(type=type, id=one["id"], after=one) for one in docs)


def transaction(*changes: Change, **fields: Any) -> Transaction:
    return Transaction(**{"at": NOON, "by": "anna", **fields}, changes=changes)


def add(store: Store, type: str, *docs: dict[str, Any]) -> Transaction:
    """Commit new documents."""
    return store.commit(transaction(*created(type, *docs)))


def edit(store: Store, type: str, before: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Commit an edit of a document as it was read; returns what it became."""
    after = {**before, **fields, "rev": before["rev"] + 1}
    store.commit(transaction(Change(type=type, id=before["id"], before=before, after=after)))
    return after


def ids(docs: list[dict[str, Any]]) -> str:
    return " ".join(one["id"] for one in docs)


def caught(call: Any) -> BaseException | None:
    """What the call raises, or None."""
    try:
        call()
    except BaseException as error:
        return error
    return None


def in_thread(call: Any) -> BaseException | None:
    """What the call raises in a thread of its own, or None."""
    result: list[BaseException | None] = []
    thread = threading.Thread(target=lambda: result.append(caught(call)))
    thread.start()
    thread.join(10)
    return result[0] if result else TimeoutError("it still waits")


class Opens:
    """Gives each test its store; see `StoreContract`."""

    def make_store(self, options: StoreOptions) -> Store:
        """Open this test's store."""
        raise NotImplementedError

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """An empty store, closed after the test."""
        with closing(self.make_store(StoreOptions(mode="create"))) as store:
            yield store
