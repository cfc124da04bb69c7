"""Sheets → candidates: rows of ours that were edited, and rows of anybody's as actors or contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO

from attrs import frozen

from kontaktnat.errors import Invalid
from kontaktnat.extend import Candidate, Text, Understood, own_keys, own_row, own_type
from kontaktnat_excel.opening import sheets

_ABOVE = 20
"""Rows that may stand above the header."""


@frozen(kw_only=True, repr=False)
class Table:
    """A sheet with a header of ours. `at`: the header's row, from 0; `before`: rows of sheets before it."""

    name: str
    rows: Sequence[Sequence[Any]]
    at: int
    before: int
    keys: tuple[str, ...]


class Row(dict[str, Any]):
    """A row as it stood, by the titles of its columns."""

    sheet: str = ""


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each row. Options: `sheet` (its name; else all that are not hidden), `as`, `map`."""
    tables, others = _understood(stream.read(), options)
    if not tables:
        raise Invalid("no sheet of this workbook has a header that is known: {names}",
                      names=", ".join(others) or "-", path="")  # fmt: skip
    for table in tables:
        yield from _own(table, options)


def describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood:
    """What is read of the workbook, and what is not."""
    tables, others = _understood(stream.read(), options)
    return Understood(
        summary=Text(
            "a workbook exported from a book, what was edited in it is taken back: {names}",
            names=", ".join(f"{table.name} ({len(table.rows) - table.at - 1})" for table in tables),
        ),
        unused=others,
    )


def _understood(data: bytes, options: Mapping[str, str]) -> tuple[list[Table], list[str]]:
    wanted = options.get("sheet", "")
    tables: list[Table] = []
    others: list[str] = []
    names: list[str] = []
    before = 0
    for name, rows in sheets(data):
        names.append(name)
        if wanted and name.casefold() != wanted.casefold():
            continue
        table = _table(name, rows, before)
        if table:
            tables.append(table)
            before += len(rows)
        else:
            others.append(name)
    if wanted and not (tables or others):
        raise Invalid("there is no sheet {name}; there are {names}", name=wanted, names=", ".join(names),
                      path="sheet")  # fmt: skip
    return tables, others


def _table(name: str, rows: Sequence[Sequence[Any]], before: int) -> Table | None:
    for at, row in enumerate(rows[:_ABOVE]):
        if keys := own_keys(row):
            return Table(name=name, rows=rows, at=at, before=before, keys=keys)
    return None


def _own(table: Table, options: Mapping[str, str]) -> Iterator[Candidate]:
    below = table.rows[table.at + 1 :]
    kind = own_type(table.keys, below, options.get("as", ""))
    header = [str(cell or "") for cell in table.rows[table.at]]
    for number, cells in enumerate(below, table.at + 2):
        if any(cell is not None and str(cell).strip() for cell in cells):
            raw = Row(zip(header, cells, strict=False))
            raw.sheet = table.name
            yield own_row(table.keys, cells, row=table.before + number, type=kind, raw=raw)


def written(cell: Any) -> str:
    """A cell as text, for a file of rows."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
