"""The sheet that says how the others are edited and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kontaktnat.extend import Text

TITLE = Text("Read me")


def lines(covered: int, as_of: date | None) -> Iterator[Text]:
    """What people are told. `covered`: how many rows have something covered."""
    if as_of is not None:
        yield Text(
            "This is the book as it was on {day}. It is to read: what is edited here is not taken back.",
            day=as_of.isoformat(),
        )
        return
    yield Text("Save the file, then: kontaktnat import FILE. --dry-run tries it first; undo takes it back.")
    yield Text("Only cells that were edited are written. Nothing is deleted by a row that is gone.")
    yield Text("An emptied cell keeps what is there; write <clear> in it to empty the field.")
    yield Text("A new row without an id is a new record. Keep the columns id and revision as they are.")
    yield Text("Several values in a cell stand apart by |. Words may be written in Swedish or English.")
    yield Text("Titles in italics stand over columns that are only to read.")
    yield Text("A row is rejected where the book has changed the same field since; the others are taken.")
    if covered:
        yield Text(
            "{n} row has grey cells: what is covered is not in this file, and stays as it is.",
            "{n} rows have grey cells: what is covered is not in this file, and stays as it is.",
            n=covered,
        )
