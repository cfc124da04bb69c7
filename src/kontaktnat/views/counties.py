"""Our statistics beside those that other counties sent, which are as free of persons as ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.origin import COUNTIES, SENT, county_name
from kontaktnat.outward import Outward
from kontaktnat.privacy.suppression import FEW
from kontaktnat.views.said.counties import DEFINITION, TITLE
from kontaktnat.views.statistics import statistics

_COLUMNS = (
    Column(key="year", title="Year", type="number"),
    Column(key="measure", title="Measure", type="word", vocabulary="measure"),
    Column(key="row", title="Of what"),
    Column(key="column", title="Where or when"),
    Column(key="county", title="County"),
    Column(key="n", title="Number", type="number", blank=".."),
    Column(key="until", title="To", type="date"),
    Column(key="row_id", title="Word", data=True),
    Column(key="column_id", title="Place", data=True),
    Column(key="county_id", title="Code", data=True),
)
MEASURES = ("meetings_by_month", "meetings_by_place", "holders", "reached", "trained")
_OF: Mapping[str, str] = {"holders": "function", "trained": "audience"}
Row = dict[str, Any]


def counties(book: Outward, /, *, year: int = 0, measure: str = "", places: bool = False) -> Table:
    """Rows: year, measure, row, column, county, n, until, row_id, column_id, county_id; ours come first.

    `year`: one alone (0: all that others sent); `measure`: one alone; `places`: with municipalities and
    months, not the totals alone. Raises Invalid for a year to come.
    """
    if year > book.today.year:
        raise Invalid("{path}: {value} is no year that has begun", path="year", value=year)
    sent = {code: told for code in COUNTIES if (told := _sent(book, code))}
    years = {year} if year else {int(one) for told in sent.values() for one in told}
    own = book.setting("county", "")
    rows = [
        {**row, "county": _name(code), "county_id": code}
        for one in sorted(years or {book.today.year - 1})
        for code, told in (("", _own(book, one)), *((code, _told(sent[code], one)) for code in sent))
        for row in told
        if measure in ("", row["measure"]) and (places or row["column_id"] is None)
    ]
    counted = {_count(row) for row in rows if row["n"] is not None}
    rows = [row for row in rows if _count(row) in counted or _count(row)[2:] == (None, None)]
    if isinstance(own, str) and own:
        rows = [row if row["county_id"] else {**row, "county": county_name(own)} for row in rows]
    words = _Words(book)
    order = {row["row_id"]: n for n, row in enumerate(rows)}
    rows.sort(key=lambda row: (-row["year"], MEASURES.index(row["measure"]), row["row_id"] is None,
                               order[row["row_id"]], row["column_id"] is None, row["column_id"] or "~",
                               row["county_id"]))  # fmt: skip
    shown = tuple(
        {**row, "row": words.row(row), "column": words.column(row), "column_id": _code(row["column_id"])}
        for row in rows
    )
    return Table(name="counties", title=TITLE, columns=_COLUMNS, rows=shown, notes=tuple(_notes(sent)),
                 definition=DEFINITION)  # fmt: skip


def _code(column: str | None) -> str | None:
    """A municipality's code, without its name; a month as it is."""
    return column and column.partition(" ")[0]


def _count(row: Row) -> tuple[Any, ...]:
    return row["year"], row["measure"], row["row_id"], row["column_id"]


def _sent(book: Outward, code: str) -> Mapping[str, Any]:
    """What a county sent, by year."""
    value = book.setting(f"{SENT}{code}", {})
    told = value.get("statistics", {}) if isinstance(value, Mapping) else {}
    return told if isinstance(told, Mapping) else {}


def _told(sent: Mapping[str, Any], year: int) -> Iterator[Row]:
    told = sent.get(str(year), {})
    for one in told.get("rows", ()):
        if one["measure"] in MEASURES:
            yield {"year": year, "measure": one["measure"], "row_id": one["row"], "column_id": one["column"],
                   "n": one["n"], "until": told["until"]}  # fmt: skip


def _own(book: Outward, year: int) -> Iterable[Row]:
    if year > book.today.year:
        return
    until = min(book.today, date(year, 12, 31)).isoformat()
    places = {one.id: f"{one.place} {one.name}" for one in book.actors.where(kind="municipality")}
    for row in statistics(book, year=year).rows:
        id = row["column_id"]
        if row["measure"] not in MEASURES:
            continue
        yield {"year": year, "measure": row["measure"], "row_id": row["row_id"],
               "column_id": places.get(id, id), "n": row["n"], "until": until}  # fmt: skip


def _name(code: str) -> str:
    return county_name(code) if code else Text("(here)")


class _Words:
    """What rows and columns are called, here: a word that no plugin here has keeps its id."""

    def __init__(self, book: Outward) -> None:
        self._words = book.words

    def row(self, row: Row) -> str:
        vocabulary, id = _OF.get(row["measure"], "interaction_kind"), row["row_id"]
        if id is None:
            return Text("Total")
        return (self._words.name(vocabulary, id) if self._words.has(vocabulary, id) else id) or Text("Other")

    def column(self, row: Row) -> str:
        id = row["column_id"]
        if id is None:
            return Text("Total")
        by_month = row["measure"] == "meetings_by_month"
        if not id:
            return Text("Month not known") if by_month else Text("Elsewhere")
        return id if by_month else str(id).partition(" ")[2] or str(id)


def _notes(sent: Mapping[str, Any]) -> Iterator[Text]:
    if not sent:
        yield Text("no other county has sent its statistics: kontaktnat import FILE.knbundle")
    yield Text("counts of people under {few} are withheld (..)", few=FEW)
