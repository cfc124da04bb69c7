"""What each view costs as a book grows: its time at ten times as many interactions, as a ratio."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from kontaktnat.errors import KontaktnatError
from kontaktnat.model.ids import id_for
from kontaktnat.store.tiny import TinyStore
from kontaktnat.views.listing import listing
from kontaktnat.views.page import page

SIZES = (2_000, 20_000)
TARGET = 12.0
"""time(20,000) / time(2,000); linear is ten."""
NEEDED: Mapping[str, Mapping[str, Any]] = {
    "timeline": {"who": "Aktör 1"},
    "path": {"a": "Person 1", "b": "Person 280"},
}
"""What views are asked with that answer nothing without."""
PAGES: Mapping[str, Mapping[str, Any]] = {
    "actor": {"kind": "municipality"},
    "contact": {"name": "Person 1"},
    "network": {},
    "interaction": {"id": id_for("interaction 0")},
    "topic": {"title": "Fråga 0"},
}
"""Types of which the page of one record is made, and which record: one with much to tell."""
PAIRS = 5


def rows(sizes: Sequence[int] = SIZES, pairs: int = PAIRS) -> Iterator[Row]:
    """All that `asking` gives: the largest book against the smallest. Raises as it does."""
    small, large = min(sizes), max(sizes)
    RESULTS.mkdir(exist_ok=True)
    folder = RESULTS / "views"
    shutil.rmtree(folder, ignore_errors=True)
    with ExitStack() as stack:
        stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(50_000)  # the command line's; else collecting is measured, and not the views
        books = {size: stack.enter_context(filled(folder / f"{size}.kn", size)) for size in (small, large)}
        asked = {size: asking(book) for size, book in books.items()}
        for name, ours in asked[large].items():
            yield in_pairs("views", name, ours, (f"{small:,} interactions", asked[small][name]), pairs=pairs,
                           measure=busy, target=TARGET if large == 10 * small else None,
                           documents=large)  # fmt: skip
    shutil.rmtree(folder, ignore_errors=True)


def busy(work: Callable[[], object]) -> float:
    """Seconds of the processor that it takes once: a view waits for nothing, and others' work is not ours."""
    began = time.process_time()
    work()
    return time.process_time() - began


def asking(book: Book) -> dict[str, Callable[[], object]]:
    """Every view that is installed, the pages of a record and the longest list, by name, each to be called.

    Raises SystemExit for a view that answers only with a parameter that `NEEDED` does not give it.
    """
    found: dict[str, Callable[[], object]] = {}
    for name in sorted(book.plugins.collect("register_views")):
        params = NEEDED.get(name, {})
        try:
            book.view(name, **params)
        except (KontaktnatError, TypeError) as error:
            raise SystemExit(
                f"the view {name} does not answer: {error}\n"
                "say in NEEDED (tests/benchmarks/views.py) what to ask it with"
            ) from error
        found[name] = partial(book.view, name, **params)
    for type_name, fields in PAGES.items():
        found[f"page of {type_name}"] = partial(page, book, book.collection_of(type_name).where(**fields)[0])
    found["list of interactions"] = lambda: listing(book, "interaction", book.interactions.all())
    return found


def filled(path: Path, interactions: int) -> Book:
    """A book of its own file with so many interactions, on the day of `years.TODAY`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = TinyStore(path, StoreOptions(mode="create", schema=codec.SCHEMA))
    store.commit(transaction(years.documents(interactions)))
    store.close()

    def clock() -> datetime:
        return years.TODAY

    return kontaktnat.open(path, by="anna", clock=clock)
