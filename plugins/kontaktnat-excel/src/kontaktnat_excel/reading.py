"""Sheets → candidates: rows of ours that were edited, and rows of anybody's as actors or contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO

from attrs import frozen

from kontaktnat.errors import Invalid
from kontaktnat.extend import (
    Candidate,
    Text,
    Understood,
    find_header,
    own_keys,
    own_row,
    own_type,
    table_candidates,
    table_understood,
)
from kontaktnat_excel.about import TITLE
from kontaktnat_excel.opening import sheets

Options = Mapping[str, str]

_OPTIONS = frozenset({"as", "map", "sheet"})
_ABOVE = 20
"""Rows that may stand above the header: a note, a title over merged cells."""


@frozen(kw_only=True, repr=False)
class Table:
    """A sheet with a header. `at`: the header's row, from 0; `before`: rows of the sheets before it."""

    name: str
    rows: Sequence[Sequence[Any]]
    at: int
    before: int
    keys: tuple[str, ...] | None
    """Of a sheet that we exported, what each column is."""

    @property
    def header(self) -> list[str]:
        """The titles of its columns."""
        return [said(cell) for cell in self.rows[self.at]]

    def below(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """(number, cells) of each row below the header that is not blank."""
        for number, cells in enumerate(self.rows[self.at + 1 :], self.before + self.at + 2):
            if any(cell is not None and str(cell).strip() for cell in cells):
                yield number, cells


def read(stream: BinaryIO, options: Options) -> Iterator[Candidate]:
    """A candidate for each row. Options: `sheet` (its name; else all that are not hidden), `as`, `map`."""
    for table in _tables(stream.read(), options)[0]:
        if table.keys is None:
            yield from table_candidates(table.header, table.below(), options)
        else:
            yield from _own(table, table.keys, options)


def _own(table: Table, keys: tuple[str, ...], options: Options) -> Iterator[Candidate]:
    kind = own_type(keys, table.rows[table.at + 1 :], options.get("as", ""))
    header = table.header
    blank = {title: "" for title in header if title}
    for number, cells in table.below():
        raw = blank | {title: said(cell) for title, cell in zip(header, cells, strict=False) if title}
        yield own_row(keys, cells, row=number, type=kind, raw=raw)


def describe(stream: BinaryIO, options: Options) -> Understood:
    """What is read of the workbook, and what is not."""
    tables, others = _tables(stream.read(), options)
    counts = ", ".join(f"{table.name} ({sum(1 for _ in table.below())})" for table in tables)
    told = [
        table_understood(table.header, table.below(), options, summary="")
        for table in tables
        if table.keys is None
    ]
    if not told:
        summary = Text(
            "a workbook exported from a book; what was edited is taken back: {names}", names=counts
        )
    elif len(told) == len(tables):
        summary = Text("a workbook: {names}; {what}", names=counts, what=told[0].summary)
    else:
        summary = Text("a workbook, partly of a book: {names}", names=counts)
    return Understood(
        summary=summary,
        mapping=tuple(dict.fromkeys(pair for one in told for pair in one.mapping)),
        unused=(*others, *_unknown(tables), *dict.fromkeys(title for one in told for title in one.unused)),
        sample=[line for one in told for line in one.sample][:5],
    )


def _unknown(tables: Sequence[Table]) -> list[str]:
    """Titles in sheets of ours that no column of ours has: somebody's own, or renamed."""
    return [
        title
        for table in tables
        for title, key in zip(table.header, table.keys or (), strict=False)
        if title and not key
    ]


def _tables(data: bytes, options: Options) -> tuple[list[Table], list[str]]:
    """The sheets that can be read, and the names of those that hold something and cannot.

    Raises Invalid where there is none, with what is wrong with the first.
    """
    if unknown := options.keys() - _OPTIONS:
        raise Invalid("--set {name}: xlsx takes sheet=NAME", name=min(unknown), path="set")
    wanted, about = options.get("sheet", ""), {TITLE.said(lang) for lang in ("en", "sv")}
    tables: list[Table] = []
    others: list[str] = []
    problem: Invalid | None = None
    before = 0
    for name, rows in sheets(data, wanted):
        if not any(cell is not None for row in rows for cell in row):
            continue
        if name in about and not wanted:
            continue
        try:
            tables.append(_table(name, rows, before, options))
        except Invalid as error:
            problem = problem or error
            others.append(name)
        else:
            before += len(rows)
    if tables:
        return tables, others
    if problem:
        raise problem
    names = ", ".join(name for name, _ in sheets(data))
    if wanted:
        raise Invalid(
            "nothing stands in a sheet {name}; there are {names}", name=wanted, names=names, path="sheet"
        )
    raise Invalid("nothing stands in this workbook ({names})", names=names, path="")


def _table(name: str, rows: Sequence[Sequence[Any]], before: int, options: Options) -> Table:
    if not options.get("map"):
        for at, row in enumerate(rows[:_ABOVE]):
            if keys := own_keys(row):
                return Table(name=name, rows=rows, at=at, before=before, keys=keys)
    pairs = re.split(r",(?=[^,=]*=|\s*\Z)", options.get("map", ""))
    told = {pair.partition("=")[2].strip() for pair in pairs} - {""}
    bearing = (n for n, row in enumerate(rows[:_ABOVE]) if told and told <= {*map(_in_a_line, row)})
    at = next(bearing, -1)
    at = find_header(rows[:_ABOVE]) if at < 0 else at
    table = Table(name=name, rows=rows, at=at, before=before, keys=None)
    table_understood(table.header, (), options, summary="")  # whether it can be
    return table


def _in_a_line(cell: Any) -> str:
    return " ".join(said(cell).split())


def said(cell: Any) -> str:
    """A cell as text: a whole number without its decimals, a day as ISO 8601 writes it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell).replace("\r\n", "\n").strip()
