"""A line in Python's logging for each commit: who, when, how many of what; never a value or a name."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from kontaktnat.extend import hookimpl

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Outward, Transaction

log = logging.getLogger("kontaktnat.audit")


@hookimpl
def book_opened(book: Outward) -> None:
    log.info("opened, plugins: %s", ", ".join(p.name for p in book.plugins.loaded if not p.builtin) or "none")


@hookimpl
def after_commit(transaction: Transaction) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    kinds = Counter(change.type for change in transaction.changes)
    counts = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    log.info("transaction %d by %s: %s", transaction.number, transaction.by, counts or "nothing changed")
