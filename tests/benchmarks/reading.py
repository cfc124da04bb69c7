"""What it costs to get something out of the store."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing

from tests.benchmarks import children
from tests.benchmarks.books import OPTIONS, Books, size_without_archive
from tests.benchmarks.documents import RARE, THEMES, contact_id, counts, registry_number, role
from tests.benchmarks.pairs import Row
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage

from kontaktnat.query import F
from kontaktnat.store.tiny import TinyStore

MANY = 200
"""Calls in a run, where one takes microseconds."""
INDEXED = "sqlite3 with its index, parsed"
LIKE = "sqlite3, LIKE '%word%'"
PARSED = "orjson parses the same documents"


class Asked:
    """What is asked for: another value for each run, so that no cache of answers helps either side."""

    def __init__(self, books: Books) -> None:
        self._books, self._dice, self._number = books, random.Random(2), counts(books.size)
        self.fresh = TinyStore(books.path, OPTIONS)
        self.next()

    def next(self) -> None:
        self.role = role(self._dice.randrange(self._number["contact"]))
        self.registry_number = registry_number(self._dice.randrange(self._number["interaction"]))
        self.word = self._dice.choice(THEMES)

    def next_in_a_fresh_store(self) -> None:
        self.next()
        self.fresh.close()
        self.fresh = TinyStore(self._books.path, OPTIONS)

    def close(self) -> None:
        self.fresh.close()


def get(books: Books, pairs: int) -> Iterator[Row]:
    among = range(counts(books.size)["contact"])
    ids = [contact_id(number) for number in random.Random(1).choices(among, k=MANY)]
    yield books.pair(
        "get by id",
        lambda: [books.store.get("contact", id) for id in ids],
        ("sqlite3, parsed", lambda: [books.sqlite.get("contact", id) for id in ids]),
        pairs=pairs,
        times=MANY,
    )


def find(books: Books, pairs: int) -> Iterator[Row]:
    """A few hits each."""
    with closing(Asked(books)) as asked:

        def by_role(store: TinyStore) -> object:
            return store.find("interaction", F("participants.role").in_([asked.role]))

        theirs = (INDEXED, lambda: books.sqlite.with_role("interaction", asked.role))
        yield books.pair(
            "find by reference", lambda: by_role(books.store), theirs, before=asked.next, pairs=pairs
        )
        yield books.pair(
            "find by reference, first",
            lambda: by_role(asked.fresh),
            theirs,
            before=asked.next_in_a_fresh_store,
            pairs=pairs,
        )
        yield books.pair(
            "find by kind",
            lambda: books.store.find("interaction", F("kind").is_(RARE)),
            (INDEXED, lambda: books.sqlite.of_kind("interaction", RARE)),
            pairs=pairs,
        )
        memory = TinyDB(storage=MemoryStorage)
        memory.insert_multiple(books.store.find("interaction"))
        yield books.pair(
            "find by another field",
            lambda: books.store.find("interaction", F("registry_number").is_(asked.registry_number)),
            ("TinyDB over a dict", lambda: memory.search(where("registry_number") == asked.registry_number)),
            before=asked.next,
            pairs=pairs,
        )


def search(books: Books, pairs: int) -> Iterator[Row]:
    with closing(Asked(books)) as asked:
        like = (LIKE, lambda: books.sqlite.like(asked.word))
        yield books.pair(
            "search text, first",
            lambda: list(asked.fresh.search(asked.word)),
            like,
            before=asked.next_in_a_fresh_store,
            pairs=pairs,
        )
        match = ("sqlite3, FTS5 MATCH", lambda: books.sqlite.match(asked.word))
        for what, theirs in (("search text, warm", like), ("search text, warm, to FTS5", match)):
            yield books.pair(
                what,
                lambda: list(books.store.search(asked.word)),
                theirs,
                before=asked.next,
                pairs=pairs,
            )


def new_process(books: Books, pairs: int) -> Iterator[Row]:
    parsed = books.folder / "all.json"
    parsed.write_bytes(books.raw_json())
    peaks: dict[str, list[int]] = {"ours": [], "theirs": []}

    def measured(run: Callable[[], tuple[str, children.Cost]]) -> float:
        whose, cost = run()
        peaks[whose].append(cost.peak)
        return cost.seconds

    yield books.pair(
        "open, new process",
        lambda: ("ours", children.opened(books.path)),
        (PARSED, lambda: ("theirs", children.parsed(parsed))),
        measure=measured,
        pairs=pairs,
    )
    if all(peaks["theirs"]):
        both = zip(peaks["ours"], peaks["theirs"], strict=True)
        yield books.row("peak memory, new process", PARSED, both, "B")


def file(books: Books, _pairs: int) -> Iterator[Row]:
    sizes = size_without_archive(books.path), len(books.raw_json())
    yield books.row("file without archive", "its documents as one JSON", [sizes], "B")
