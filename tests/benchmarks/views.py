"""What each view costs as a book grows: its time at ten times as many interactions, as a ratio."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.benchmarks import RESULTS, years
from tests.benchmarks.books import transaction
from tests.benchmarks.pairs import Row, in_pairs

import kontaktnat
from kontaktnat import Book, codec
from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore
from kontaktnat.views.page import page

SIZES = (2_000, 20_000)
TARGET = 12.0
"""time(20,000) / time(2,000); linear is ten."""
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "timeline": {"who": "Aktör 1"},
    "path": {"a": "Person 1", "b": "Person 280"},
}
"""What views are asked with that answer nothing without."""
PAIRS = 5


def rows(sizes: Sequence[int] = SIZES, pairs: int = PAIRS) -> Iterator[Row]:
    """Every view that is installed, and the page of a municipality: the largest book against the smallest."""
    small, large = min(sizes), max(sizes)
    RESULTS.mkdir(exist_ok=True)
    folder = RESULTS / "views"
    shutil.rmtree(folder, ignore_errors=True)
    with ExitStack() as stack:
        stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(50_000)  # the command line's; else collecting is measured, and not the views
        books = {size: stack.enter_context(filled(folder / f"{size}.kn", size)) for size in (small, large)}
        for name in sorted(books[large].plugins.collect("register_views")):
            asked = NEEDED.get(name, {})
            yield _row(name, pairs, {size: partial(book.view, name, **asked) for size, book in books.items()})
        yield _row("page", pairs, {size: partial(_page, book) for size, book in books.items()})
    shutil.rmtree(folder, ignore_errors=True)


def _page(book: Book) -> object:
    return page(book, book.actors.all()[0])


def _row(name: str, pairs: int, ask: Mapping[int, Any]) -> Row:
    small, large = min(ask), max(ask)
    return in_pairs("views", name, ask[large], (f"{small:,} interactions", ask[small]), pairs=pairs,
                    target=TARGET if large == 10 * small else None, documents=large)  # fmt: skip


def filled(path: Path, interactions: int) -> Book:
    """A book of its own file with so many interactions, on the day of `years.TODAY`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = TinyStore(path, StoreOptions(mode="create", schema=codec.SCHEMA))
    store.commit(transaction(years.documents(interactions)))
    store.close()

    def clock() -> datetime:
        return years.TODAY

    return kontaktnat.open(path, by="anna", clock=clock)
