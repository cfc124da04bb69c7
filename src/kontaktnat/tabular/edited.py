"""A sheet of ours that comes back: whose rows they are, which cells were edited, and what is in them now.

A spreadsheet changes what nobody edited: dates become dates, `0881` 881, `true` SANT, line breaks CRLF. So a
cell counts as edited only if what it says is another thing than what was written there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import Any

import orjson
from attrs import frozen

from kontaktnat.descriptors import CLEAR, Candidate
from kontaktnat.errors import Invalid
from kontaktnat.model import PartialDate, stockholm
from kontaktnat.model.dates import to_moment
from kontaktnat.tabular.cells import with_its_zero
from kontaktnat.tabular.exported import KEPT_APART, TYPES, SheetColumn, keys_by_title
from kontaktnat.text import fold
from kontaktnat.timewords import parse_day, parse_moment, parse_span
from kontaktnat.vocabulary import Words
from kontaktnat.ways import check_value

TRUE = frozenset({"true", "yes", "ja", "1", "sant", "x"})
FALSE = frozenset({"false", "no", "nej", "0", "falskt"})
_GUARD = re.compile(r"'(?=['=+\-@\t\r0-9])")
_IN_NO_CELL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that XML cannot have, so that a workbook loses them."""
_IN_BRACKETS = re.compile(r".*\(([a-z_]+(?:\.[a-z_]+)*)\)", re.DOTALL)
_NUMBER_OF_DIGITS = {"place": 4, "county": 2}
_NAMES = ("name", "given", "family")
_MONTHS = (
    ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
)


# Whose sheet it is


def own_keys(header: Sequence[Any]) -> tuple[str, ...] | None:
    """The key of each column of a sheet that an export of ours made; None for any other sheet.

    A column is known by its key or by its title in either language; one that is neither, or stands there for
    the second time, has "". A sheet is ours if it has `id` and `rev`, and says of what type its rows are.
    """
    keys: list[str] = []
    for cell in header:
        key = _key(cell)
        keys.append("" if key in keys else key)
    # An id and a version have other lists too, under those titles; hardly one says of what type its rows are.
    ours = {"id", "rev"} <= {*keys} and ("type" in keys or "rev" in header)
    return tuple(keys) if ours else None


def _key(cell: Any) -> str:
    text = unicodedata.normalize("NFC", str(cell)).strip() if cell else ""
    known = keys_by_title()
    if text in known.values() or text == "hidden":
        return text
    if found := known.get(fold(text)):
        return found
    inner = _IN_BRACKETS.fullmatch(text)
    key = inner[1] if inner else text
    return key if "." in key or key in known.values() else ""


def own_row(keys: Sequence[str], cells: Sequence[Any], *, row: int, type: str, raw: Any) -> Candidate:
    """A row of our own sheet as a candidate. `type`: of rows that do not say it themselves, new ones."""
    found = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
    rev = plain(found.get("rev"))
    return Candidate(
        row=row,
        type=plain(found.get("type")) or type,
        id=plain(found.get("id")),
        rev=int(rev) if rev.isascii() and rev.isdigit() and len(rev) < 19 else 0,
        cells=found,
        raw=raw,
    )


def own_type(keys: Sequence[str], rows: Iterable[Sequence[Any]], told: str = "") -> str:
    """Of what type the rows of our own sheet are that do not say it: as told, or as the others."""
    if told:
        return told
    if "type" in keys:
        at = keys.index("type")
        says = (plain(row[at]) for row in rows if at < len(row))
        return next((one for one in says if one in TYPES), "")
    return "contact" if {"given", "family"} <= {*keys} else "actor" if "org_number" in keys else ""


# What a cell says


def plain(cell: Any) -> str:
    """A cell as one text, whatever the spreadsheet made of it: 12.0 → "12", a time to the second."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return _second(cell).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    text = unicodedata.normalize("NFC", str(cell)).replace("\r\n", "\n").replace("\r", "\n")
    text = _IN_NO_CELL.sub("", text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def same(column: SheetColumn, was: Any, cell: Any, words: Words) -> bool:
    """Whether a cell still says what was written there (`was`, as `cells_of` gives it)."""
    text, said = plain(was), plain(cell)
    if text in (said, _GUARD.sub("", said, count=1)) or (was is False and not said):  # as CSV has it
        return True
    if not text or not said:
        return False
    if column.type == "bool":
        return said.casefold() in (TRUE if was else FALSE)
    if column.type == "word":
        return _parts(text) == [_word(words, column, one) for one in _parts(said)]
    if column.type in ("date", "datetime"):
        return _same_time(was, cell)
    if column.type == "number":
        return _number(said) is not None and _number(said) == _number(text)
    if said.casefold() in ("sant", "falskt", "true", "false"):
        return {"sant": "true", "falskt": "false"}.get(said.casefold(), said.casefold()) == text.casefold()
    if column.several and "\n" not in text and _parts(text) == _parts(said):
        return True
    # A spreadsheet makes a number of it.
    digits = text.lstrip("+")
    return digits.isdecimal() and digits.isascii() and digits.lstrip("0") == said


def _word(words: Words, column: SheetColumn, text: str) -> str:
    """The id of a word whose label stands there whole; the text itself otherwise."""
    for one in words.of(column.vocabulary).values():
        if text.casefold() in (one.id, one.sv.casefold(), one.en.casefold()):
            return one.id
    return text


def _same_time(was: Any, cell: Any) -> bool:
    if isinstance(was, str):  # of month or year precision
        return isinstance(cell, str | int | float) and fold(plain(cell)) in _months(was)
    if isinstance(cell, str):
        try:
            read = to_moment(_isolike(cell))
        except Invalid:
            return False
        cell = read.first if isinstance(read, PartialDate) and str(read) == read.first.isoformat() else read
    if isinstance(was, datetime):
        local = _second(was.astimezone(stockholm())).replace(tzinfo=None)
        cut = was.astimezone(stockholm()).replace(tzinfo=None, microsecond=0)
        if isinstance(cell, datetime):
            naive = cell.replace(tzinfo=None) if cell.tzinfo is None else cell.astimezone(stockholm())
            return _second(naive).replace(tzinfo=None) in (local, cut, cut.replace(second=0))
        return isinstance(cell, date) and local.time() == time() and local.date() == cell
    if isinstance(cell, datetime):
        return cell.time() == time() and cell.date() == was
    return bool(cell == was)


def _months(text: str) -> set[str]:
    """What Excel makes of `2018-09` when it opens a CSV: sep-18."""
    year, dash, month = text.partition("-")
    if not dash:
        return {text}
    months = [names[int(month) - 1] for names in _MONTHS]
    years = (year, year[2:])
    return {text, *(f"{name}{between}{one}" for name in months for between in "- " for one in years)}


def _isolike(text: str) -> str:
    return re.sub(r"(?<=\d) (?=\d\d:)", "T", text.strip())


def _second(moment: datetime) -> datetime:
    """Rounded: a spreadsheet keeps days as fractions."""
    whole = moment.replace(microsecond=0)
    return whole + timedelta(seconds=1) if moment.microsecond >= 500_000 and moment.year < MAXYEAR else whole


def _number(text: str) -> float | None:
    bare = text.replace("\u00a0", "").replace(" ", "").replace("\u2212", "-").replace(",", ".")
    try:
        return float(bare[:-1]) / 100 if bare.endswith("%") else float(bare)
    except ValueError:
        return None


# What has been written there


@frozen(kw_only=True, repr=False)
class Reader:
    """Reads what people wrote into cells. `named(types, text)`: the id that a text means where ids stand."""

    words: Words
    now: datetime
    named: Callable[[tuple[str, ...], str], str]

    def value(self, column: SheetColumn, cell: Any, metadata: Mapping[str, Any], *, number: type) -> Any:
        """The cell as a value of a document; a list of values for several and for ways.

        Raises Invalid, naming the column, for what fits no such field.
        """
        try:
            return self._value(column, cell, metadata, number)
        except Invalid as error:
            if error.fields.get("path"):
                raise
            if "{path}" in error.template:  # and nobody has filled it in
                error.fields["path"] = column.key
                raise
            raise Invalid("{path}: {problem}", path=column.key, problem=error.text) from None

    def _value(self, column: SheetColumn, cell: Any, metadata: Mapping[str, Any], number: type) -> Any:
        text = _GUARD.sub("", plain(cell), count=1)
        if column.field == "ways":
            return [self._way(column.key, one) for one in _parts(text)]
        if column.structured:
            return _structure(column, text)
        if column.type == "word":
            found = [self.words.lookup(column.vocabulary, one) for one in _parts(text, column.several)]
            return found if column.several else found[0]
        if column.type == "id":
            types = tuple(metadata.get("link", ()))
            ids = [self.named(types, one) for one in _parts(text, column.several)]
            return ids if column.several else ids[0]
        if column.several:
            parts = _parts(text)
            return [_whole(column, one) for one in parts] if number is int else parts
        if column.type == "bool":
            return _yes(column, text)
        if column.type == "number":
            return _whole(column, text) if number is int else _decimal(column, text)
        if column.type in ("date", "datetime"):
            return self._time(column, cell, text, past="ahead" not in metadata)
        if "span" in metadata:
            return parse_span(text)
        return _text(column, text)

    def _way(self, kind: str, text: str) -> str:
        if kind == "phone" and text.isascii() and text.isdecimal():
            text = with_its_zero(text)
        check_value(kind, text, kind)
        return text

    def _time(self, column: SheetColumn, cell: Any, text: str, *, past: bool) -> str:
        if isinstance(cell, datetime):
            if cell.time() == time() and cell.tzinfo is None:
                return self._midnight(column, cell.date())
            local = cell if cell.tzinfo else cell.replace(tzinfo=stockholm())
            return _second(local).isoformat()
        if isinstance(cell, date):
            return self._midnight(column, cell)
        if isinstance(cell, time):
            raise Invalid("{value}: a time needs its day", value=text, path=column.key)
        moment: Any
        if column.type == "date":
            moment = parse_day(text, self.now, past=past)
        else:
            moment = parse_moment(_isolike(text), self.now, past=past)
        if isinstance(moment, PartialDate):
            exact = column.type == "datetime" and column.key != "when" and moment.day
            return self._midnight(column, moment.first) if exact else str(moment)
        return str(moment.isoformat())

    def _midnight(self, column: SheetColumn, day: date) -> str:
        """A day, as its first moment where only a time will do."""
        if column.type == "date" or column.key == "when":
            return day.isoformat()
        return datetime.combine(day, time(), stockholm()).isoformat()


def _text(column: SheetColumn, text: str) -> str:
    if column.key in _NAMES:
        if "\n" in text:
            raise Invalid("{path}: a name on several lines", path=column.key)
        return " ".join(text.split())
    width = _NUMBER_OF_DIGITS.get(column.key, 0)
    return text.zfill(width) if text.isdecimal() and text.isascii() else text


def _yes(column: SheetColumn, text: str) -> bool:
    if text.casefold() not in TRUE | FALSE:
        raise Invalid("{path}: {value} is neither yes nor no", path=column.key, value=text)
    return text.casefold() in TRUE


def _decimal(column: SheetColumn, text: str) -> float:
    if (found := _number(text)) is None:
        raise Invalid("{path}: {value} is no number", path=column.key, value=text)
    return found


def _whole(column: SheetColumn, text: str) -> int:
    found = _decimal(column, text)
    if not abs(found) < 1e15 or found != int(found):  # no number is below anything
        raise Invalid("{path}: {value} is no whole number", path=column.key, value=text)
    return int(found)


def _structure(column: SheetColumn, text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Invalid("{path}: this is no JSON any more; leave the cell as it was exported, or edit the "
                      "record itself", path=column.key) from None  # fmt: skip


def _parts(text: str, several: bool = True) -> list[str]:
    """The values in a cell."""
    if not several:
        return [text]
    if text.startswith("["):
        try:
            found = orjson.loads(text)
        except orjson.JSONDecodeError:
            found = None
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return found
    return [part for part in map(str.strip, text.split(KEPT_APART)) if part]


def is_blank(cell: Any) -> bool:
    """Whether nothing stands there."""
    return plain(cell) == ""


def is_clear(cell: Any) -> bool:
    """Whether the cell says that the field is to be emptied."""
    return plain(cell) == CLEAR


def few(value: Any) -> str:
    """A cell for a message: its first words."""
    text = " ".join(plain(value).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
