"""A file, the importer that knows it, and one transaction with all that it holds."""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kontaktnat.descriptors import Candidate, Importer, Understood
from kontaktnat.errors import Invalid, NotFound, PluginError, Usage, reason
from kontaktnat.exchange.results import ImportResult
from kontaktnat.exchange.taking import Taker
from kontaktnat.i18n import Text
from kontaktnat.model.spans import later
from kontaktnat.plugins.claiming import only

if TYPE_CHECKING:
    from kontaktnat.book import Book

KEPT = "import."
"""How the ids of settings begin that keep a mapping for the next time."""
TOLD = "told."
"""How settings begin that keep what an option says every time: `told.ics.me.anna`, by who told it."""

_OTHERS = {
    ".msg": Text("this is Outlook's own form of a mail; save the invitation as .ics"),
    ".pst .ost .olm": Text("this is Outlook's whole store; export contacts as CSV, the calendar as .ics"),
    ".pdf .doc .docx .odt .rtf .pages": Text(
        "a document has no columns; put the table into Excel, and save that"
    ),
}
"""What people bring that cannot be read, and how it can."""

log = logging.getLogger("kontaktnat")


def find_format(book: Book, stream: BinaryIO, name: str, format: str | None) -> Importer:
    """The importer that is named, or the one that recognises the file's content, or its suffix."""
    if format:
        found: Importer = book.plugins.find("register_importers", format, Text("importer"))
        return found
    importers: Mapping[str, Importer] = book.plugins.collect("register_importers")
    head = stream.read(4096)
    stream.seek(0)
    if head.startswith(b'{"crc":'):
        raise Usage("{name} is a book; take over what is in it with: kontaktnat merge {name}", name=name)
    sniffed = [importer for importer in importers.values() if _recognises(book, importer, head)]
    by_suffix = [one for one in importers.values() if Path(name).suffix.lower() in one.suffixes]
    for importer in (*(one for one in by_suffix if one in sniffed), *sniffed, *by_suffix):
        return importer
    suffix = Path(name).suffix.lower()
    for suffixes, hint in _OTHERS.items():
        if suffix in suffixes.split():
            raise Usage("{name}: {hint}", name=name, hint=hint)
    raise Usage("{name}: which format is it? name one with --format: {formats}", name=name,
                formats=", ".join(sorted(importers)))  # fmt: skip


def _recognises(book: Book, importer: Importer, head: bytes) -> bool:
    try:
        with book.plugins.running("register_importers", importer.name):
            return bool(importer.sniff(head))
    except PluginError as error:
        log.warning("%s", error)  # it says nothing of this file; another may know it
        return False


def _read(book: Book, importer: Importer, data: bytes, options: Mapping[str, str]) -> Iterator[Candidate]:
    with book.plugins.running("register_importers", importer.name):
        yield from only(Candidate, importer.read(io.BytesIO(data), options))


def _understood(book: Book, importer: Importer, data: bytes, options: Mapping[str, str]) -> Understood | None:
    if importer.describe is None:
        return None
    with book.plugins.running("register_importers", importer.name):
        told = importer.describe(io.BytesIO(data), options)
    return told if isinstance(told, Understood) else Understood(summary=told)


def import_from(
    book: Book,
    source: str | os.PathLike[str] | BinaryIO,
    *,
    format: str | None = None,
    options: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Callable[[Iterator[Candidate]], Iterable[Candidate]] = iter,
    shown: Callable[[Understood], None] | None = None,
    save: str | None = None,
) -> ImportResult:
    """Read a file (or open binary stream) into the book; see `Book.import_from`."""
    name = _tellable(Path(source).name if isinstance(source, str | os.PathLike) else "stream")
    data = _bytes(source)
    importer = find_format(book, io.BytesIO(data), str(name), format)
    kept_as = None if save is None else f"{KEPT}{_named(save)}"
    kept = options = _kept(book, options or {})
    told = {name: options[name] for name in importer.remembers if name in options}
    options = _remembered(book, importer) | options
    if importer.dated:
        ahead = later(book.today, f"P{book.practice.series_months}M")
        options = {"today": str(book.today), "ahead": str(ahead)} | options
    result = ImportResult(importer=importer, understood=_understood(book, importer, data, options))
    if shown and result.understood:
        shown(result.understood)
    candidates = progress(_read(book, importer, data, options))

    def keep() -> None:
        if kept_as:
            book.set(kept_as, kept)
        for option, value in told.items():
            book.set(_told(book, importer, option), value.strip() or None)

    return take(book, candidates, result, name=str(name), dry_run=dry_run, finish=keep)


def take(
    book: Book,
    candidates: Iterable[Candidate],
    result: ImportResult,
    *,
    name: str,
    label: str = "",
    dry_run: bool = False,
    finish: Callable[[], None] | None = None,
) -> ImportResult:
    """Take candidates in one transaction, in which `finish` is called last; see `Book.take`."""
    from kontaktnat.store.base import no_collecting

    # Thousands of documents are made and kept: to look for garbage among them again and again finds none.
    with no_collecting(), book.transaction(label or f"import {name}", dry_run=dry_run):
        unit = book._now
        taker = Taker(book, result, name)
        for candidate in candidates:
            taker.take(candidate)
        taker.settle()
        if finish:
            finish()
    if unit.done:
        result.batch = unit.done.number
    return result


def _tellable(name: str) -> str:
    """The file's name as it may stand in the log: without its digits where they may be a personnummer.

    Programs put a time or a serial number there (`20261112-0938.csv`), and one in ten passes for one.
    """
    from kontaktnat.freetext import look

    if any(one.rule == "number" for one in look(name)):
        name = re.sub(r"\d(?:\W?\d)*", "…", name)
    return name


def _kept(book: Book, options: Mapping[str, str]) -> dict[str, str]:
    """The options, with those of the mapping that is kept under a name in place of the name."""
    name = options.get("map", "").strip()
    if not name or "=" in name:
        return dict(options)
    kept = book.setting(f"{KEPT}{name}")
    if not isinstance(kept, dict):
        there = ", ".join(one.id.removeprefix(KEPT) for one in book.settings.all() if one.id.startswith(KEPT))
        raise NotFound("no mapping is kept as {name}; write FIELD=COLUMN, or one of: {kept}", name=name,
                       kept=there or Text("none"), nearest=())  # fmt: skip
    return {**kept, **{key: value for key, value in options.items() if key != "map"}}


def _remembered(book: Book, importer: Importer) -> dict[str, str]:
    """What whoever imports has told once of this format."""
    told = {name: book.setting(_told(book, importer, name)) for name in importer.remembers}
    return {name: value for name, value in told.items() if isinstance(value, str)}


def _told(book: Book, importer: Importer, option: str) -> str:
    return f"{TOLD}{importer.name}.{option}.{book.by}"


def _named(save: str) -> str:
    name = save.strip()
    if not name or "=" in name:
        raise Usage("--save {name}: a mapping is kept under a plain name", name=save)
    return name


def _bytes(source: str | os.PathLike[str] | BinaryIO) -> bytes:
    if not isinstance(source, str | os.PathLike):
        return source.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise Invalid("{path}: {problem}", path=str(source), problem=reason(error)) from None
