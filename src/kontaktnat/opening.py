"""Opening a book: which plugins, which store."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from kontaktnat import codec
from kontaktnat.book import Book, login
from kontaktnat.descriptors import Finding, Mode, Repair, Store, StoreOptions, StoreScheme
from kontaktnat.errors import Refused, Usage, shown
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
    found = Plugins(plugins, config)
    if "practice" in found.config:  # what does not fit is told now, not at the first view
        from kontaktnat.practice import practice

        practice(found.config["practice"])
    kind = _store(path, found)
    with found.running("register_stores", kind.scheme):
        store: Store = kind.open(os.fsdecode(path), options)
        if not hasattr(store, "commit"):
            raise TypeError(f"it opened {type(store).__name__}, which is no Store")
    try:
        book = Book(store, found, by=by, clock=clock, ids=ids, place=os.fsdecode(path))
        found.notify("book_opened", book=book.outward())
    except BaseException:
        store.close()
        raise
    return book


def check_file(
    path: str | os.PathLike[str],
    *,
    plugins: Sequence[str | object] | None = None,
    config: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """What is wrong with how a book is kept, its archive included, also of one that `open` refuses.

    `Book.check` looks at the records. Takes what `open` takes, raises NotFound, Usage, and StoreDamaged for
    what is no book. Changes nothing. Findings on the place where it lies (a shared or synchronised folder)
    have the rule `place`; with `shared_folder = true` in the configuration they are left out.
    """
    found = Plugins(plugins, config)
    kind = _store(path, found)
    with found.running("register_stores", kind.scheme):
        findings = [] if kind.check is None else list(kind.check(os.fsdecode(path)))
    return [one for one in findings if one.rule != "place" or not found.config.get("shared_folder")]


def repair_file(
    path: str | os.PathLike[str],
    *,
    accept: bool = False,
    by: str | None = None,
    plugins: Sequence[str | object] | None = None,
    config: Mapping[str, Any] | None = None,
    lock_timeout: float = 10.0,
    clock: Callable[[], datetime] | None = None,
) -> list[Finding]:
    """Mend how a book is kept and tell what was wrong with it; the damaged file stays beside.

    All that can be read is kept. With `accept`, what was edited by hand is taken as it stands. What an
    edit by hand changed is a transaction by `by` (else the login) in the book's history; a repair is one of
    nobody's, so that no `undo` without a number puts the damage back. Raises as `check_file`,
    StoreBusy, and Refused for a store that cannot be repaired from here.
    """
    found = Plugins(plugins, config)
    kind = _store(path, found)
    if kind.repair is None:
        raise Refused("a book at {scheme}: cannot be repaired from here", scheme=kind.scheme)
    at = clock() if clock else datetime.now(UTC)
    options = StoreOptions(lock_timeout=lock_timeout, schema=codec.SCHEMA, migrations=codec.MIGRATIONS)
    with found.running("register_stores", kind.scheme):
        return list(kind.repair(os.fsdecode(path), options, Repair(by=by or login(), at=at, accept=accept)))


def _store(path: str | os.PathLike[str], plugins: Plugins) -> StoreScheme:
    scheme = scheme_of(path)
    plugins.uncontested("register_stores", scheme)
    stores: Mapping[str, StoreScheme] = plugins.collect("register_stores")
    if scheme not in stores:
        raise Usage(
            "no installed plugin opens {scheme}: books (known: {known})",
            scheme=scheme,
            known=", ".join(sorted(stores)),
        )
    return stores[scheme]


def scheme_of(path: str | os.PathLike[str]) -> str:
    """Which store opens it: "file" for what is no URL."""
    if not isinstance(path, str | os.PathLike):
        raise Usage("open takes a book's path or URL, not {value}", value=shown(path))
    found = _SCHEME.match(path) if isinstance(path, str) else None
    return found[1] if found else "file"
