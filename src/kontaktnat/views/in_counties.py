"""Which county a municipality is in, where a book has municipalities of several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.model.asof import name_on
from kontaktnat.outward import Outward
from kontaktnat.views.standing import BOARD, municipalities

_COUNTY = Column(key="county", title="County")
_OF = "Länsstyrelsen i "


def in_counties(book: Outward, table: Table) -> Table:
    """The table with a column `county` after its `municipality`, where the book's are of several counties.

    Of such as have their county board in the book, as a county pack has it: one neighbour makes no column.
    """
    codes: dict[str, str] = {}
    for one in municipalities(book):
        name, code = name_on(one, book.today), county_of(one)
        codes[name] = code if codes.get(name, code) == code else ""
    titles = county_titles(book)
    if len(titles.keys() & {*codes.values()}) < 2:
        return table
    at = next(n for n, column in enumerate(table.columns, 1) if column.key == "municipality")
    columns = (*table.columns[:at], _COUNTY, *table.columns[at:])
    rows = tuple(_with_county(row, columns, codes, titles) for row in table.rows)
    return attrs.evolve(table, columns=columns, rows=rows)


def _with_county(
    row: Mapping[str, Any], columns: tuple[Column, ...], codes: Mapping[str, str], titles: Mapping[str, str]
) -> dict[str, Any]:
    code = codes.get(row["municipality"] or "")
    whole = {**row, "county": titles.get(code, code) if code else None}
    return {column.key: whole[column.key] for column in columns}


def county_of(place: model.Actor) -> str:
    """The code of the county that a municipality is in; "" where nothing tells."""
    return place.place[:2] or place.county


def county_titles(book: Outward) -> dict[str, str]:
    """Code → `Kalmar län`, of the counties whose board is in the book, which is named after it."""
    return {
        one.county: one.name.removeprefix(_OF)
        for one in book.actors.where(kind=BOARD)
        if one.county and one.name.startswith(_OF)
    }
