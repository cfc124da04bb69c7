"""CSV as Excel, Outlook and Python write it: which encoding, which delimiter, which column means what.

The encoding is a BOM's, else strict UTF-8, else Windows-1252, in that order and said with its evidence:
detectors guess, and on real Windows-1252 they guess wrong.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date
from typing import Any, BinaryIO

import attrs

from kontaktnat.builtin.options import check_options
from kontaktnat.descriptors import CLEAR
from kontaktnat.errors import Invalid
from kontaktnat.extend import Candidate, Outward, mail_problem, phone_problem, record_class
from kontaktnat.i18n import Text, and_more
from kontaktnat.tabular.edited import own_keys, own_row, own_type

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WAYS = {
    "email": "mail",
    "mail": "mail",
    "phone": "phone",
    "website": "web",
    "web": "web",
    "address": "address",
}
_LISTS = frozenset({"aliases", "tags", "categories"})
_PLAIN = frozenset(
    {"name", "given", "family", "kind", "place", "org_number", "legal_form", "sector", "note", "purpose",
     "legal_basis", "source", "protected"}
)  # fmt: skip
_TRUE, _FALSE = ("true", "yes", "ja", "1"), ("false", "no", "nej", "0")
_NAMES = frozenset({"name", "given", "family"})
_DELIMITERS = (";", ",", "\t")
_KEPT_APART = "|"
_MISREAD = re.compile(r"[=+\-@\t\r']|0\d*$|\d+e\d+$|\d{12,}$", re.IGNORECASE)
"""Text of which Excel would make a formula, or another number."""
_SURPLUS = "more cells than columns"
_SHOWN = 20  # of a file's columns in a message; Outlook has 92


@attrs.frozen(kw_only=True, repr=False)
class Sheet:
    """What was understood of a file."""

    text: str
    encoding: str
    evidence: str
    delimiter: str
    header: tuple[str, ...]
    above: int = 0
    """Lines above the header."""

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """(line on which the row begins, cells, problem), without the header and blank rows."""
        lines = list(io.StringIO(self.text, newline=""))
        reader = csv.reader(lines, delimiter=self.delimiter)
        start = 0
        try:
            for n, cells in enumerate(reader):
                if n and any(cell.strip() for cell in cells):
                    swallowed = reader.line_num == len(lines) and self._unclosed(lines[start:])
                    problem = Text("a quotation mark is opened here and never closed") if swallowed else ""
                    yield self.above + start + 1, cells, problem
                start = reader.line_num
        except csv.Error as error:
            raise Invalid("line {line}: {problem}", line=self.above + reader.line_num, problem=str(error),
                          path="") from None  # fmt: skip

    def _unclosed(self, lines: list[str]) -> bool:
        """Whether the last row ends inside quotation marks: then it holds what should have been rows."""
        try:
            list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False


def sniff(head: bytes) -> bool:
    """Text whose first line has a delimiter."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    first = head.split(b"\n", 1)[0]
    return (
        b"\0" not in head
        and not head.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[", b"BEGIN:"))
        and any(mark in first for mark in (b";", b",", b"\t", b"sep="))
    )


def understand(data: bytes) -> Sheet:
    """Encoding, delimiter and header; raises Invalid for what is no text or has no header."""
    text, encoding, evidence = _decode(data)
    text = unicodedata.normalize("NFC", text)
    delimiter, above = "", 0
    if text[:4].lower() == "sep=":  # Excel's own hint, which is no row
        line, _, text = text.partition("\n")
        delimiter, above = line[4:].strip("\r"), 1
    if delimiter not in _DELIMITERS:
        delimiter = _delimiter(text)
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error as error:
        raise Invalid("line 1: {problem}", problem=str(error), path="") from None
    if not any(cell.strip() for cell in header):
        raise Invalid("the file has no header row", path="")
    return Sheet(
        text=text,
        encoding=encoding,
        evidence=evidence,
        delimiter=delimiter,
        header=tuple(cell.strip() for cell in header),
        above=above,
    )


def describe(stream: BinaryIO, options: Mapping[str, str]) -> str:
    """One line: encoding with its evidence, delimiter, columns and what they mean."""
    sheet = understand(stream.read())
    if not options.get("map") and own_keys(sheet.header):
        return Text(
            "{encoding} ({evidence}), a sheet exported from a book: what was edited in it is taken back",
            encoding=sheet.encoding,
            evidence=sheet.evidence,
        )
    shown = ", ".join(f"{target}={column}" for target, column in _mapping(sheet, options))
    delimiter = {"\t": Text("tab")}.get(sheet.delimiter, sheet.delimiter)
    columns = Text("{n} column", "{n} columns", n=len(sheet.header))
    rows = Text("actors") if _type(options, sheet.header) == "actor" else Text("contacts")
    return Text(
        "{encoding} ({evidence}), delimiter {delimiter}, {columns}; rows are {rows}: {shown}",
        encoding=sheet.encoding,
        evidence=sheet.evidence,
        delimiter=delimiter,
        columns=columns,
        rows=rows,
        shown=shown,
    )


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each row. Options: `as` (actor or contact), `map` (`name=COLUMN,email=COLUMN,…`).

    A blank cell keeps what is there, `<clear>` empties it. Several ways stand in one cell apart by `|`,
    or in several columns that are mapped to the same.
    """
    sheet = understand(stream.read())
    if not options.get("map") and (keys := own_keys(sheet.header)):
        yield from _own_rows(sheet, keys, options)
        return
    mapping, type_name = _mapping(sheet, options), _type(options, sheet.header)
    places = [(target, sheet.header.index(column)) for target, column in mapping]
    for line, cells, problem in sheet.rows():
        if problem:  # nobody knows where its cells end, so that it fits no better when it comes again
            cells = ["" for _ in sheet.header] + cells
        raw = dict(zip(sheet.header, cells, strict=False))
        surplus = [*cells[len(sheet.header) :], raw.get(_SURPLUS, "")]
        if any(cell.strip() for cell in surplus):
            raw[_SURPLUS] = sheet.delimiter.join(filter(None, surplus))
            problem = problem or Text("more cells than columns: {value!r}", value=raw[_SURPLUS])
        fields: dict[str, Any] = {}
        if not problem:
            values = [(target, cells[at].strip()) for target, at in places if at < len(cells)]
            fields, problem = _fields([(target, value) for target, value in values if value])
        yield Candidate(row=line, type=type_name, fields=fields, problem=problem, raw=raw)


def _own_rows(sheet: Sheet, keys: tuple[str, ...], options: Mapping[str, str]) -> Iterator[Candidate]:
    """Rows of a sheet that we exported, to be taken back."""
    rows = list(sheet.rows())
    kind = own_type(keys, (cells for _, cells, _ in rows), options.get("as", ""))
    for line, cells, problem in rows:
        raw = dict(zip(sheet.header, cells, strict=False))
        surplus = cells[len(sheet.header) :]
        if any(cell.strip() for cell in surplus):
            raw[_SURPLUS] = sheet.delimiter.join(filter(None, surplus))
            problem = problem or Text("more cells than columns: {value!r}", value=raw[_SURPLUS])
        if problem:
            yield Candidate(row=line, type=kind, problem=problem, raw=raw)
        else:
            yield own_row(keys, cells, row=line, type=kind, raw=raw)


def _type(options: Mapping[str, str], header: Sequence[str]) -> str:
    """What each row is: as told, a contact where names are in two parts, else an actor.

    Raises Invalid for what rows cannot be.
    """
    guess = "contact" if {"given", "family"} <= {column.casefold() for column in header} else "actor"
    type_name = record_class(options.get("as") or guess).type
    if type_name not in ("actor", "contact"):
        raise Invalid("--as {type}: a row is an actor or a contact", type=type_name, path="as")
    return type_name


def _fields(values: Sequence[tuple[str, str]]) -> tuple[dict[str, Any], str]:
    """Cells as fields, and what is wrong with them."""
    fields: dict[str, Any] = {}
    for target, value in values:
        if kind := _WAYS.get(target):
            if value == CLEAR:
                fields.setdefault("clear_ways", []).append(kind)
                continue
            for part in filter(None, map(str.strip, value.split(_KEPT_APART))):
                judge = {"mail": mail_problem, "phone": phone_problem}.get(kind)
                if judge and (problem := judge(part)):
                    return fields, problem
                fields.setdefault("ways", []).append({"kind": kind, "value": part})
        elif target in _LISTS and value != CLEAR:
            fields[target] = [part for part in map(str.strip, value.split(_KEPT_APART)) if part]
        elif target == "protected" and value != CLEAR:
            if value.casefold() not in _TRUE + _FALSE:
                return fields, Text("{value!r} is neither yes nor no", value=value)
            if value.casefold() in _TRUE:  # a no lifts nobody's protection by the way
                fields[target] = True
        elif target in _NAMES and len(value.splitlines()) > 1:
            return fields, Text("a name on several lines")
        else:
            fields[target] = " ".join(value.split()) if target in _NAMES else value
    parts = [fields[part] for part in ("given", "family") if fields.get(part, CLEAR) != CLEAR]
    if parts and "name" not in fields:
        fields["name"] = " ".join(parts)
    return fields, ""


def _mapping(sheet: Sheet, options: Mapping[str, str]) -> list[tuple[str, str]]:
    """(target, column) pairs: as told, else by columns that bear a target's name."""
    known = {*_WAYS, *_PLAIN, *_LISTS}
    if told := options.get("map", ""):
        mapping = [_told(sheet, pair, known) for pair in told.split(",")]
    else:
        mapping = [(column.casefold(), column) for column in sheet.header if column.casefold() in known]
    targets = [target for target, _ in mapping]
    if "name" not in targets and not {"given", "family"} <= {*targets}:
        raise Invalid(
            "which column is the name? write --map name=COLUMN,email=COLUMN or given=COLUMN,family=COLUMN; "
            "the columns are {columns}",
            columns=_columns_of(sheet), path="map",
        )  # fmt: skip
    for target, column in mapping:
        if targets.count(target) > 1 and target not in _WAYS:
            raise Invalid("--map {target}=…: it can have one column only", target=target, path="map")
        if sheet.header.count(column) > 1:
            raise Invalid("the column {column} stands there more than once; rename all but one",
                          column=column, path="map")  # fmt: skip
    return mapping


def _told(sheet: Sheet, pair: str, known: Set[str]) -> tuple[str, str]:
    target, equals, column = (part.strip() for part in pair.partition("="))
    if not equals:
        raise Invalid("--map {pair}: write FIELD=COLUMN", pair=pair, path="map")
    if target not in known:
        raise Invalid("--map {target}=…: a field is one of {known}", target=target,
                      known=", ".join(sorted(known)), path="map")  # fmt: skip
    if column not in sheet.header:
        raise Invalid("--map {target}={column}: no such column; there are {columns}", target=target,
                      column=column, columns=_columns_of(sheet), path="map")  # fmt: skip
    return target, column


def _columns_of(sheet: Sheet) -> str:
    more = and_more(len(sheet.header) - _SHOWN)
    return Text("{shown}{more}", shown=", ".join(sheet.header[:_SHOWN]), more=more)


def _decode(data: bytes) -> tuple[str, str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), encoding, Text("it begins with its byte order mark")
            except UnicodeDecodeError as error:
                raise _no_text(error, Text("a byte order mark says {encoding}", encoding=encoding)) from None
    if b"\0" in data:
        raise Invalid("this is no text file; save it as CSV", path="")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as failed:
        try:
            return data.decode("cp1252"), "windows-1252", Text("byte {at} is no UTF-8", at=failed.start)
        except UnicodeDecodeError as error:
            raise _no_text(error, Text("neither UTF-8 nor Windows-1252")) from None
    foreign = sum(1 for character in text if not character.isascii())
    evidence = Text(
        "valid throughout, {n} letter beyond ASCII", "valid throughout, {n} letters beyond ASCII", n=foreign
    )
    return text, "utf-8", evidence


def _no_text(error: UnicodeDecodeError, why: str) -> Invalid:
    return Invalid(
        "byte {at} cannot be read: {why}; save the file as CSV UTF-8", at=error.start, why=why, path=""
    )


def _delimiter(text: str) -> str:
    """The mark that the header row has most of; `;` first, as Swedish Excel writes it."""
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda mark: (first.count(mark), mark == ";"))


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """Records of one type (`--set type=actor`, else contacts). `--set excel=yes`: for Excel.

    That is `;`, a BOM, decimal commas, and an apostrophe before what Excel would take for a formula or make
    another number of.
    """
    from kontaktnat.tabular.exported import exported_sheet

    check_options(options, type=None, excel=("yes", "no"))
    cls = record_class(options.get("type", "contact"))
    excel = options.get("excel") == "yes"
    sheet = exported_sheet(out, cls.type)
    usually_no = [one.name for one in attrs.fields(cls) if one.default is False]
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig" if excel else "utf-8", newline="", write_through=True
    )
    writer = csv.writer(text, delimiter=";" if excel else ",")
    writer.writerow([column.key for column in sheet.columns])
    for _, cells in sheet.rows:
        for key in usually_no:
            cells[key] = cells[key] or None
        writer.writerow([_written(cells[column.key], excel) for column in sheet.columns])
    text.detach()


def _written(cell: Any, excel: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    if excel and isinstance(cell, float):
        return text.replace(".", ",")
    return f"'{text}" if excel and isinstance(cell, str) and _MISREAD.match(text) else text
