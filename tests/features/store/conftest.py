"""Books to break, and the helpers that break them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.kn"


@pytest.fixture
def store(path: Path) -> Iterator[TinyStore]:
    """A book with one actor."""
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store:
        add(store, "actor", doc("first"))
        yield store
