"""The same documents in the store and in its baseline, for one size."""

from __future__ import annotations

import gc
import random
import statistics
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import orjson
from tests.benchmarks.documents import MIX, Doc, contact, documents
from tests.benchmarks.pairs import Row, in_pairs
from tests.benchmarks.sqlite import Sqlite

from kontaktnat import codec
from kontaktnat.descriptors import Change, StoreOptions, Transaction
from kontaktnat.store.tiny import TinyStore

OPTIONS = StoreOptions(mode="create", schema=codec.SCHEMA)
_AT = datetime(2026, 11, 12, 9, tzinfo=UTC)


def transaction(docs: Iterable[tuple[str, Doc]]) -> Transaction:
    """One that adds them all."""
    changes = tuple(Change(type=type, id=doc["id"], after=doc) for type, doc in docs)
    return Transaction(at=_AT, by="anna", label="bench", changes=changes)


class Books:
    """Both are open, each with its file in `folder`."""

    def __init__(self, folder: Path, size: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.size = folder, size
        self.path = folder / "book.kn"
        self.store = TinyStore(self.path, OPTIONS)
        self.store.commit(transaction(documents(size)))
        self.sqlite = Sqlite(folder / "book.sqlite")
        self.sqlite.add(documents(size))
        self.new = self._new()

    def insert(self) -> Any:
        """One contact, durably, through the store."""
        return self.store.commit(transaction([("contact", next(self.new))]))

    def insert_into_sqlite(self) -> None:
        self.sqlite.add([("contact", next(self.new))])

    def pair(self, what: str, *args: Any, **kwargs: Any) -> Row:
        """See `in_pairs`."""
        gc.collect()  # what an earlier row left is no cost of this one
        return in_pairs("store", what, *args, documents=self.size, **kwargs)

    def row(self, what: str, baseline: str, pairs: Iterable[tuple[float, float]], unit: str) -> Row:
        """What is counted and not timed: ours and the baseline's, each time."""
        pairs = list(pairs)
        ours = statistics.median(own for own, _ in pairs)
        ratios = [own / other for own, other in pairs]
        return Row("store", what, baseline, ratios, ours, documents=self.size, unit=unit)

    def raw_json(self) -> bytes:
        """All documents of the store as one JSON."""
        return orjson.dumps({type: self.store.find(type) for type in MIX})

    def close(self) -> None:
        self.store.close()
        self.sqlite.close()

    def _new(self) -> Iterator[Doc]:
        dice = random.Random(self.size)
        return (contact(number, dice) for number in count(self.size))


def size_without_archive(path: Path) -> int:
    """Bytes of a book's file but for the old transactions that opening skips; its first line has them."""
    with path.open("rb") as file:
        header = orjson.loads(file.readline())
    archive: int = header.get("archive", {}).get("bytes", 0)
    return path.stat().st_size - archive
