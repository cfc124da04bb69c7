"""A book as a workbook: a sheet for each type of record, typed, filtered, and ready to be taken back."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from zoneinfo import ZoneInfo

from kontaktnat.errors import Invalid
from kontaktnat.extend import ExportedSheet, Outward, SheetColumn, Text, exported_sheet, record_class, tr
from kontaktnat_excel.about import TITLE, lines

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_SHEETS = {
    "contact": Text("Contacts"), "actor": Text("Actors"), "role": Text("Roles"),
    "interaction": Text("Interactions"), "topic": Text("Topics"), "followup": Text("Follow-ups"),
    "network": Text("Networks"), "commitment": Text("Commitments"), "assignment": Text("Assignments"),
}  # fmt: skip
_ASIDE = frozenset({"type", "created", "created_by", "changed", "changed_by", "extra"})
"""Columns that are there to be taken back, or for programs, and not shown at first."""
_WIDTHS = {"id": 11, "rev": 10}
_SELDOM = frozenset({"categories", "county", "shared", "draft", "extra"})
"""Fields of every record whose columns are hidden where nothing stands in them."""
_NARROWEST, _WIDEST, _LOOKED_AT = 8, 44, 200
_LONGEST = 32_767
"""Characters in a cell of Excel's."""
_MOST_CHOICES = 500
_NEVER = datetime(2000, 1, 1)
"""When the workbook was made, as it says itself: the same book gives the same bytes."""


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """The book as xlsx; `type` for one type of record alone. Raises Invalid for another option or type."""
    from xlsxwriter import Workbook

    wanted = _types(options)
    packed = io.BytesIO()  # a pipe cannot be gone back in, and no folder for temporary files is used
    book = Workbook(
        packed, {"in_memory": True, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}
    )
    book.set_properties({"created": _NEVER, "title": "kontaktnat"})
    styles = Styles(book)
    choices = Choices(out)
    covered = 0
    for type_name in wanted:
        sheet = exported_sheet(out, type_name)
        if sheet.rows or len(wanted) == 1:
            covered += sum(1 for hidden, _ in sheet.rows if hidden)
            _sheet(book, tr(_SHEETS[type_name]), sheet, styles, choices, out)
    _about(book, styles, covered=covered, as_of=out.on)
    choices.write(book)
    book.close()
    stream.write(packed.getvalue())


def _types(options: Mapping[str, str]) -> tuple[str, ...]:
    for name in options:
        if name != "type":
            raise Invalid("--set {name}: xlsx takes type=TYPE", name=name, path="set")
    if "type" not in options:
        return tuple(_SHEETS)
    told = record_class(options["type"]).type
    if told not in _SHEETS:
        raise Invalid("--set type={type}: a sheet has one of {types}", type=told, types=", ".join(_SHEETS),
                      path="type")  # fmt: skip
    return (told,)


class Styles:
    """How cells look, each look made once."""

    _FORMATS: Mapping[str, str] = {
        "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "number": "General", "bool": "General",
    }  # fmt: skip

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def of(self, **look: Any) -> Format:
        """A look, by XlsxWriter's names."""
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **look})
        return self._made[key]

    def cell(self, column: SheetColumn, *, covered: bool = False) -> Format:
        """Of a column's cells. What is no number or date is text: Excel makes 701740611 of a phone number."""
        look: dict[str, Any] = {"num_format": self._FORMATS.get(column.type, "@")}
        if covered:
            look |= {"bg_color": "#BFBFBF"}
        elif column.read_only:
            look |= {"font_color": "#7F7F7F"}
        return self.of(**look)

    def header(self, column: SheetColumn) -> Format:
        """Of a column's title."""
        look = {"bold": True, "bg_color": "#DDEBF7", "bottom": 1}
        return self.of(**look, italic=True) if column.read_only else self.of(**look)


class Choices:
    """Words to choose from, on a hidden sheet: Excel takes no long list in a cell's own rule."""

    def __init__(self, out: Outward) -> None:
        self._out = out
        self._of: dict[str, list[str]] = {}

    def rule(self, vocabulary: str) -> dict[str, Any] | None:
        """The rule for cells of one word; None where there are none, or too many to choose from."""
        if vocabulary not in self._of:
            words = self._out.words
            self._of[vocabulary] = sorted({tr(words.name(vocabulary, one)) for one in words.of(vocabulary)})
        found = self._of[vocabulary]
        if not 0 < len(found) <= _MOST_CHOICES:
            return None
        column = _letters(list(self._of).index(vocabulary))
        source = f"='{tr(Text('Words'))}'!${column}$1:${column}${len(found)}"
        return {"validate": "list", "source": source, "error_type": "warning", "ignore_blank": True}

    def write(self, book: Workbook) -> None:
        """Make the hidden sheet."""
        if self._of:
            sheet = book.add_worksheet(tr(Text("Words")))
            sheet.very_hidden()
            for at, found in enumerate(self._of.values()):
                for row, word in enumerate(found):
                    sheet.write_string(row, at, word)


def _letters(at: int) -> str:
    return (_letters(at // 26 - 1) if at > 25 else "") + chr(ord("A") + at % 26)


def _sheet(
    book: Workbook, name: str, sheet: ExportedSheet, styles: Styles, choices: Choices, out: Outward
) -> None:
    made = book.add_worksheet(name)
    columns, last = sheet.columns, max(len(sheet.rows), 1)
    keys = [column.key for column in columns]
    widths = [len(tr(column.title)) + 3 for column in columns]  # with room for the filter's arrow
    said = [_said(column, out) for column in columns]
    looks = [(styles.cell(column), styles.cell(column, covered=True)) for column in columns]
    filled: set[int] = set()
    for row, (hidden, cells) in enumerate(sheet.rows, 1):
        for at, column in enumerate(columns):
            value = said[at](cells[column.key])
            covered = bool(hidden) and column.field in hidden
            if value is None and not covered:
                continue
            if value or covered:
                filled.add(at)
            _cell(made, row, at, value, looks[at][covered])
            if row <= _LOOKED_AT:
                widths[at] = max(widths[at], min(_width(value), _WIDEST))
    for at, column in enumerate(columns):
        made.write_string(0, at, tr(column.title), styles.header(column))
        seldom = at not in filled and column.field in _SELDOM
        aside = seldom or column.key in _ASIDE or (column.structured and f"{column.key}_names" in keys)
        width = _WIDTHS.get(column.key, max(widths[at], _NARROWEST))
        made.set_column(at, at, width, looks[at][0], {"hidden": 1} if aside else None)
        if column.vocabulary and not column.several and (rule := choices.rule(column.vocabulary)):
            made.data_validation(1, at, last + 1000, at, rule)
    made.freeze_panes(1, keys.index("name") + 1 if "name" in keys else 2)
    made.autofilter(0, 0, last, len(columns) - 1)
    made.set_landscape()  # on paper: the columns on one page's width, the header on each page
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)


def _said(column: SheetColumn, out: Outward) -> Any:
    """Values as the reader says them: of a word its label."""
    if not column.vocabulary:
        return lambda value: value
    known: dict[str, str] = {}

    def said(value: str | None) -> str | None:
        if value is None:
            return None
        if value not in known:
            parts = value.split(" | ") if column.several else [value]
            known[value] = " | ".join(tr(out.words.name(column.vocabulary, one)) for one in parts)
        return known[value]

    return said


def _cell(sheet: Worksheet, row: int, at: int, value: Any, look: Format) -> None:
    if value is None or (isinstance(value, str) and len(value) > _LONGEST):
        sheet.write_blank(row, at, None, look)  # a blank keeps what is there
    elif isinstance(value, bool):
        sheet.write_boolean(row, at, value, look)
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value, look)
    elif isinstance(value, date):
        _moment(sheet, row, at, value, look)
    else:
        sheet.write_string(row, at, value, look)  # never as a formula or link, whatever it begins with


def _moment(sheet: Worksheet, row: int, at: int, value: date, look: Format) -> None:
    if value.year < 1900:  # Excel's calendar begins there
        sheet.write_string(row, at, value.isoformat(), look)
        return
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo("Europe/Stockholm")).replace(tzinfo=None, microsecond=0)
    sheet.write_datetime(row, at, cast("datetime", value), look)  # it takes dates too


def _width(value: Any) -> int:
    if isinstance(value, datetime):
        return 16
    return 11 if isinstance(value, date) else max(map(len, str(value).split("\n"))) + 1


def _about(book: Workbook, styles: Styles, *, covered: int, as_of: date | None) -> None:
    sheet = book.add_worksheet(tr(TITLE))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110, styles.of(text_wrap=True))
    for row, (line, bold) in enumerate(_lines(covered, as_of)):
        sheet.write_string(row, 0, tr(line), styles.of(text_wrap=True, bold=bold))


def _lines(covered: int, as_of: date | None) -> Iterator[tuple[str, bool]]:
    yield Text("Edit here, and take it back"), True
    yield from ((line, False) for line in lines(covered, as_of))
