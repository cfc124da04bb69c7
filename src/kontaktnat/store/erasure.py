"""Rewriting a book without somebody's values: the one thing that history does not survive.

Every copy is visited: the documents as they are, each one before and after in each transaction of the archive
and the tail, and what the transactions are called. Then the file is replaced as in a compaction, so a crash
leaves the old one whole or the new one. A file system may keep old bytes on the disk; that is not for a
library to reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kontaktnat.descriptors import Scrub
from kontaktnat.store import blocks
from kontaktnat.store.blocks import Block, Row
from kontaktnat.store.documents import same, scrubbed
from kontaktnat.store.layout import Tables
from kontaktnat.store.storage import BookStorage

Head = Mapping[str, Any]
"""What the log says of a transaction beside its changes: number, at, by, label, undoes, reveals, final."""


def erase(
    storage: BookStorage, scrub: Scrub, head: Callable[[Head], Head], receipt: Head, rows: Sequence[Row]
) -> None:
    """Put every copy of every document through `scrub`, and what is said of each transaction through `head`.

    The transaction of `receipt` and `rows` comes last. Inside `writing()`. Raises StoreDamaged (also for a
    file that is damaged), Invalid for what is no JSON; after any of these the file is as it was.
    """

    def rewritten(block: Block, changed: list[Row]) -> bytes:
        kept = []
        for type, key, before, after in changed:
            if key is not None:
                before, after = scrubbed(scrub, type, before), scrubbed(scrub, type, after)
            if key is None or not same(before, after):
                kept.append((type, key, before, after))
        return blocks.written(head(blocks.own(block.head)), kept)

    tables: Tables = {
        type: {key: kept for key, doc in table.items() if (kept := scrubbed(scrub, type, doc)) is not None}
        for type, table in storage.tables.items()
    }
    for type, key, _, after in rows:
        if key is not None and after is not None:
            tables.setdefault(type, {})[key] = after
    storage.rewrite(rewritten, tables, [blocks.written(receipt, rows)])
