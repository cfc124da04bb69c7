"""Opening a book: which plugins, which store."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from kontaktnat import codec
from kontaktnat.book import Book
from kontaktnat.descriptors import Mode, Store, StoreOptions
from kontaktnat.errors import Usage
from kontaktnat.plugins import Plugins

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+):", re.I)  # RFC 3986, but for one letter, which is a drive


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

    A `Path` is always a file's; so is a text whose colon follows anything but a scheme, as in `C:\\bok.kn`
    or `/möte 12:30/bok.kn`.

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
    scheme = scheme_of(path)
    found = Plugins(plugins, config)
    if "practice" in found.config:  # what does not fit is told now, not at the first view
        from kontaktnat.practice import practice

        practice(found.config["practice"])
    stores = found.collect("register_stores")
    if scheme not in stores:
        raise Usage(
            "no installed plugin opens {scheme}: books (known: {known})",
            scheme=scheme,
            known=", ".join(sorted(stores)),
        )
    with found.running("register_stores", scheme):
        store: Store = stores[scheme].open(os.fsdecode(path), options)
    try:
        book = Book(store, found, by=by, clock=clock, ids=ids)
        found.notify("book_opened", book=book.outward())
    except BaseException:
        store.close()
        raise
    return book


def scheme_of(path: str | os.PathLike[str]) -> str:
    """Which store opens it: "file" for what is no URL."""
    if not isinstance(path, str | os.PathLike):
        raise Usage("open takes a book's path or URL, not {value}", value=repr(path))
    found = _SCHEME.match(path) if isinstance(path, str) else None
    return found[1] if found else "file"
