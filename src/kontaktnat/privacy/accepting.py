"""Accepting what checks find in a record that stands in the book already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.accepting import accept as keep
from kontaktnat.descriptors import Finding
from kontaktnat.remarks import found, open_ones, setting_of

if TYPE_CHECKING:
    from kontaktnat.book import Book


def accept(book: Book, id: str, reason: str) -> tuple[Finding, ...]:
    """See `Privacy.accept`."""
    with book.accepting(reason), book.transaction("accept"):
        record = book.get(id)  # as it may be seen: what is found in what is covered would tell of it
        findings = open_ones(found(book.outward(), record), book.setting(setting_of(id), ()))
        keep(book, findings, reason.strip())
    return tuple(findings)
