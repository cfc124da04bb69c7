"""The demo book: Kalmar county, invented people with invented addresses, a year of work.

Phone numbers are from the series reserved for fiction (070-174 06 05 to 99), mail is at `.example`. All
days are reckoned from today, so that there is always something due.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.demo.assignments import assignments
from kontaktnat.demo.commitments import commitments
from kontaktnat.demo.people import people
from kontaktnat.demo.year import year

if TYPE_CHECKING:
    from kontaktnat.book import Book


def fill(book: Book) -> None:
    """Fill an empty book, everything by `demo`. Raises NotFound where the Kalmar pack is not installed."""
    book.add_county("kalmar")
    with book.transaction("demo: people", by="demo"):
        book.set("demo", True)
        book.set("by", "demo")
        hats = people(book)
    with book.transaction("demo: a year", by="demo"):
        year(book, hats)
        assignments(book)
        commitments(book)
