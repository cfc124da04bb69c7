"""Sheets → candidates: rows of ours that were edited, and rows of anybody's as actors or contacts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from attrs import frozen

from kontaktnat.errors import Invalid
from kontaktnat.extend import Candidate, Text, Understood, own_keys, own_row, own_type
from kontaktnat_excel.opening import sheets
from kontaktnat_excel.ordinary import candidates, find_header, mapping, said, type_of_rows

_ABOVE = 20
"""Rows that may stand above the header."""


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

    def below(self) -> Iterator[tuple[int, Sequence[Any], dict[str, str]]]:
        """(number, cells, the row as it stood) of each row below the header that is not blank."""
        header = self.header
        for number, cells in enumerate(self.rows[self.at + 1 :], self.before + self.at + 2):
            if any(cell is not None and str(cell).strip() for cell in cells):
                raw = {key: said(cell) for key, cell in zip(header, cells, strict=False) if key}
                yield number, cells, raw


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each row. Options: `sheet` (its name; else all that are not hidden), `as`, `map`."""
    tables, others = _understood(stream.read(), options)
    if not tables:
        raise _nothing(others)
    for table in tables:
        if table.keys is None:
            yield from candidates(table.header, table.below(), options)
        else:
            kind = own_type(table.keys, table.rows[table.at + 1 :], options.get("as", ""))
            for number, cells, raw in table.below():
                yield own_row(table.keys, cells, row=number, type=kind, raw=raw)


def describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood:
    """What is read of the workbook, and what is not."""
    tables, others = _understood(stream.read(), options)
    if not tables:
        raise _nothing(others)
    shown: list[Text] = []
    meant: list[tuple[str, str]] = []
    unused = list(others)
    sample: list[str] = []
    for table in tables:
        rows = list(table.below())
        what: str = Text("exported from a book, to be taken back")
        if table.keys is None:
            fields, header = mapping(table.header, options.get("map", "")), table.header
            actors = type_of_rows(options, fields) == "actor"
            what = Text("rows are actors") if actors else Text("rows are contacts")
            meant += [(header[at], field) for at, field in fields.items()]
            unused += [title for at, title in enumerate(header) if title and at not in fields]
        n = len(rows)
        shown.append(
            Text("{name} ({n} row: {what})", "{name} ({n} rows: {what})", name=table.name, n=n, what=what)
        )
        lines = (", ".join(said(cell) for cell in cells if cell is not None) for _, cells, _ in rows)
        sample += [line for line in lines if not line.isascii()][: 5 - len(sample)]
    summary: Text = _joined(shown)
    if all(table.keys for table in tables):
        names = ", ".join(f"{table.name} ({sum(1 for _ in table.below())})" for table in tables)
        summary = Text("a workbook exported from a book; what was edited is taken back: {names}", names=names)
    return Understood(summary=summary, mapping=meant, unused=unused, sample=sample)


def _joined(shown: list[Text]) -> Text:
    found = shown[0]
    for one in shown[1:]:
        found = Text("{first}, {then}", first=found, then=one)
    return found


def _nothing(others: Sequence[str]) -> Invalid:
    return Invalid(
        "no sheet has a row of titles with a name in it ({names}); say which column it is: --map name=COLUMN",
        names=", ".join(others) or "-",
        path="map",
    )


def _understood(data: bytes, options: Mapping[str, str]) -> tuple[list[Table], list[str]]:
    wanted = options.get("sheet", "")
    tables: list[Table] = []
    others: list[str] = []
    before = 0
    for name, rows in sheets(data, wanted):
        if table := _table(name, rows, before, options.get("map", "")):
            tables.append(table)
            before += len(rows)
        elif wanted or any(cell is not None for row in rows for cell in row):
            others.append(name)
    if wanted and not (tables or others):
        names = ", ".join(name for name, _ in sheets(data))
        raise Invalid("there is no sheet {name}; there are {names}", name=wanted, names=names, path="sheet")
    return tables, others


def _table(name: str, rows: Sequence[Sequence[Any]], before: int, told: str) -> Table | None:
    for at, row in enumerate(rows[:_ABOVE] if not told else ()):
        if keys := own_keys(row):
            return Table(name=name, rows=rows, at=at, before=before, keys=keys)
    found = find_header(rows, told)
    return None if found is None else Table(name=name, rows=rows, at=found, before=before, keys=None)
