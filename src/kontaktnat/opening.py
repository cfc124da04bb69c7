"""Opening a book: which plugins, which store."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from kontaktnat import codec
from kontaktnat.book import Book
from kontaktnat.descriptors import Mode, Store, StoreOptions
from kontaktnat.errors import Usage
from kontaktnat.plugins import Plugins

_MARKS = dict.fromkeys(map(ord, "+-._"))
"""What a scheme may hold beside letters and digits."""


def scheme_of(url: str) -> str:
    """`postgresql` of `postgresql://…`; empty for a path, as `C:\\…`, `\\\\?\\C:\\…`, `kl 10:30.kn`."""
    scheme, colon, _ = url.partition(":")
    named = scheme.isascii() and scheme[:1].isalpha() and scheme.translate(_MARKS).isalnum()
    return scheme if colon and len(scheme) > 1 and named else ""


def open(
    path: str | os.PathLike[str],
    *,
    mode: Mode = "rw",
    by: str | None = None,
    plugins: Sequence[str | object] | None = None,
    config: Mapping[str, Any] | None = None,
    lock_timeout: float = 10.0,
    migrate: bool = False,
    clock: Callable[[], datetime] | None = None,
    ids: Callable[[], str] | None = None,
) -> Book:
    """Open a book: a file's path, `memory:`, or the URL of a store that a plugin brings.

    `mode`: "r" never writes, "rw" needs the book to exist, "create" makes it if need be. `by`: who
    writes; otherwise the book's own default, then the login. `plugins`: None for all that are
    installed, or a list of entry-point names, modules and objects. `lock_timeout` in seconds.
    `migrate`: lift a book of an older schema, with a backup beside it. `clock` gives aware times and
    `ids` new ids, for tests.

    Raises NotFound, Usage, Refused (a newer schema), StoreBusy, StoreDamaged, PluginError, Invalid
    (the configuration).
    """
    options = StoreOptions(
        mode=mode,
        lock_timeout=lock_timeout,
        schema=codec.SCHEMA,
        migrations=codec.MIGRATIONS,
        migrate=migrate,
    )
    if mode not in ("r", "rw", "create"):
        raise Usage("mode is r, rw or create, not {mode}", mode=mode)
    found = Plugins(plugins, config)
    url = os.fspath(path)
    stores = found.collect("register_stores")
    scheme = scheme_of(url) or "file"
    if scheme not in stores:
        raise Usage(
            "no installed plugin opens {scheme}: books (known: {known})",
            scheme=scheme,
            known=", ".join(sorted(stores)),
        )
    with found.running("register_stores", scheme):
        store: Store = stores[scheme].open(url, options)
    try:
        book = Book(store, found, by=by, clock=clock, ids=ids)
        found.notify("book_opened", book=book.outward())
    except BaseException:
        store.close()
        raise
    return book
