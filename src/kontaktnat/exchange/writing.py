"""The book, redacted, in a format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from kontaktnat.descriptors import Exporter
from kontaktnat.i18n import Text

if TYPE_CHECKING:
    from kontaktnat.book import Book


def export_to(
    book: Book,
    target: BinaryIO,
    format: str,
    *,
    options: Mapping[str, str] | None = None,
    reveal: str | None = None,
    as_of: Any = None,
) -> tuple[str, ...]:
    """Write the book, redacted, in a format to a binary stream; see `Book.export_to`."""
    exporter: Exporter = book.plugins.find("register_exporters", format, Text("exporter"))
    outward = book.outward(reveal=reveal)
    # One state, or a role could be written whose actor was not there yet.
    with outward.reading(), book.plugins.running("register_exporters", format):
        told = exporter.write(outward if as_of is None else outward.as_of(as_of), target, dict(options or {}))
        if not isinstance(told, list | tuple):
            return ()
        return tuple(one if isinstance(one, str) else str(one) for one in told)  # a Text stays one
