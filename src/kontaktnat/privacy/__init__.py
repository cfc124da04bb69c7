"""Data protection and public records: what a Book does for the people in it, and for who asks to see it.

`Book.privacy` is a `Privacy`; each method says what it does, the modules beside how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontaktnat.book import Book


class Privacy:
    """What the law asks of a register of people, one act a method (GDPR, OSL, arkivförordningen)."""

    def __init__(self, book: Book) -> None:
        self._book = book
