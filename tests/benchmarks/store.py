"""What the default store costs beside sqlite3 and beside TinyDB as it is, on the same documents."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.benchmarks import RESULTS, reading, writing
from tests.benchmarks.books import Books
from tests.benchmarks.pairs import OFTEN, PAIRS, Row

SIZES = (2_000, 20_000, 200_000)
JUDGED = 20_000
"""The size at which the targets hold."""
TARGETS = {
    "insert": 1.3,
    "insert, flat": 1.3,
    "insert, open_tinydb": 1 / 300,
    "add through Book": 2.0,
    "bulk load": 1.0,
    "syncs per commit": 1.0,
    "writes per commit": 1.0,
    "get by id": 1.0,
    "find by reference": 3.0,
    "find by kind": 3.0,
    "find by another field": 1.0,
    "search text, warm": 0.5,
    "open, new process": 1.5,
    "file without archive": 1.2,
}
"""What docs/design.md promises; for the processes of `list`, `show`, `add` and `log` see `startup`."""

MEASURES = (
    writing.insert, writing.insert_as_tinydb, writing.add_through_book, writing.bulk_load, writing.commit,
    reading.get, reading.find, reading.search, reading.new_process, reading.file,
)  # fmt: skip


def rows(
    sizes: Sequence[int] = SIZES, *, judged: int = JUDGED, pairs: int = PAIRS, within: Path = RESULTS
) -> Iterator[Row]:
    """Every measure at every size, then an insert into the largest beside one into the smallest."""
    within.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=within) as name, ExitStack() as stack:
        kept = []
        for size in sorted(set(sizes)):
            books = Books(Path(name) / str(size), size)
            stack.callback(books.close)
            kept.append(books)
            for measure in MEASURES:
                for row in measure(books, pairs):
                    yield row._replace(target=TARGETS.get(row.what) if size == judged else None)
        least, most = kept[0], kept[-1]
        if least is not most:
            theirs = (f"itself at {least.size:,}", least.insert)
            target = TARGETS["insert, flat"]
            yield most.pair("insert, flat", most.insert, theirs, pairs=OFTEN * pairs, target=target)
