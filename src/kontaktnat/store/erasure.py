"""Rewriting a book without somebody's values: the one thing that history does not survive.

Every copy is visited: the documents as they are, each one before and after in each transaction of the archive
and the tail, and what the transactions are called. Then the file is replaced as in a compaction, so a crash
leaves the old one whole or the new one. A file system may keep old bytes on the disk; that is not for a
library to reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from kontaktnat.store import blocks
from kontaktnat.store.blocks import Block, Row
from kontaktnat.store.documents import Document, copied, plain, same
from kontaktnat.store.layout import Tables
from kontaktnat.store.places import beside
from kontaktnat.store.storage import BookStorage

Scrub = Callable[[str, Document], Document | None]
"""(type, document) → the document without the values; None: not even that it was there."""


Head = Mapping[str, Any]
"""What the log says of a transaction beside its changes: number, at, by, label, undoes, reveals."""


def erase(storage: BookStorage, scrub: Scrub, head: Callable[[Head], Head] = dict) -> list[Path]:
    """Put every copy of every document through `scrub`, and what is said of each transaction through `head`.

    Returns the files beside the book that may still hold the values: backups, and what crashes cut off.
    Raises Refused, StoreBusy, StoreDamaged (also for a file that is damaged), Invalid for what is no JSON;
    after any of these the file is as it was.
    """

    def scrubbed(type: str, doc: Document | None) -> Document | None:
        kept = None if doc is None else scrub(type, copied(doc))
        return None if kept is None else plain(kept, type)

    def rewritten(block: Block, changed: list[Row]) -> bytes:
        rows = []
        for type, key, before, after in changed:
            if key is not None:
                before, after = scrubbed(type, before), scrubbed(type, after)
            if key is None or not same(before, after):
                rows.append((type, key, before, after))
        return blocks.written(head(blocks.own(block.head)), rows)

    with storage.writing():
        tables: Tables = {
            type: {key: kept for key, doc in table.items() if (kept := scrubbed(type, doc)) is not None}
            for type, table in storage.tables.items()
        }
        storage.rewrite(rewritten, tables)
        return leftovers(storage.path)


def leftovers(path: Path) -> list[Path]:
    """The files beside a book that hold older states of it."""
    kept = (".bak", ".torn", ".damaged", ".new")
    return [one for one in beside(path) if one.suffix in kept]
