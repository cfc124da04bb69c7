"""CSV as Excel, Outlook and Python write it: which encoding, which delimiter, which column means what.

The encoding is a BOM's, else strict UTF-8, else Windows-1252, in that order and said with its evidence:
detectors guess, and on real Windows-1252 they guess wrong.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import attrs

from kontaktnat.errors import Invalid, Refused
from kontaktnat.extend import Candidate, Outward, mail_problem, phone_problem, record_class, to_doc
from kontaktnat.model import Record

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
     "legal_basis", "source"}
)  # fmt: skip
_KEPT_APART = "|"
CLEAR = "<clear>"
_PROBE = 65536


@attrs.frozen(kw_only=True)
class Sheet:
    """What was understood of a file."""

    text: str
    encoding: str
    evidence: str
    delimiter: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(line on which the row begins, cells), without the header and blank rows."""
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
        line = 1
        try:
            for n, cells in enumerate(reader):
                if n and any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error as error:
            raise Invalid(
                "line {line}: {problem}", line=reader.line_num, problem=str(error), path=""
            ) from None


def sniff(head: bytes) -> bool:
    """Text whose first line has a delimiter."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    first = head.split(b"\n", 1)[0]
    return (
        b"\0" not in head
        and not head.lstrip().startswith((b"{", b"[", b"BEGIN:"))
        and any(mark in first for mark in (b";", b",", b"\t", b"sep="))
    )


def understand(data: bytes) -> Sheet:
    """Encoding, delimiter and header; raises Invalid for what is no text or has no header."""
    text, encoding, evidence = _decode(data)
    text = unicodedata.normalize("NFC", text)
    delimiter = ""
    if text[:4].lower() == "sep=":  # Excel's own hint, which is no row
        line, _, text = text.partition("\n")
        delimiter = line[4:].strip("\r") or "\t"
    delimiter = delimiter[:1] or _delimiter(text)
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
    )


def describe(stream: BinaryIO, options: Mapping[str, str]) -> str:
    """One line: encoding with its evidence, delimiter, columns and what they mean."""
    sheet = understand(stream.read())
    mapping = _mapping(sheet, options)
    shown = ", ".join(f"{target}={column}" for target, column in mapping.items())
    delimiter = {"\t": "tab"}.get(sheet.delimiter, sheet.delimiter)
    return f"{sheet.encoding} ({sheet.evidence}), delimiter {delimiter}, {len(sheet.header)} columns; {shown}"


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each row. Options: `as` (actor or contact), `map` (`name=COLUMN,email=COLUMN,…`).

    A blank cell keeps what is there, `<clear>` empties it. Several ways stand in one cell apart by `|`.
    """
    sheet = understand(stream.read())
    if "hidden" in sheet.header and "rev" in sheet.header:
        raise Refused("this export hides something; export it again with --reveal REASON to import it")
    mapping = _mapping(sheet, options)
    type_name = record_class(options.get("as") or "actor").type
    places = {target: sheet.header.index(column) for target, column in mapping.items()}
    for line, cells in sheet.rows():
        raw = dict(zip(sheet.header, cells, strict=False))
        if len(cells) > len(sheet.header) and any(cell.strip() for cell in cells[len(sheet.header) :]):
            problem = f"{len(cells)} cells in a row of {len(sheet.header)} columns"
            yield Candidate(row=line, type=type_name, problem=problem, raw=raw)
            continue
        values = {target: cells[at].strip() for target, at in places.items() if at < len(cells)}
        fields, problem = _fields({target: value for target, value in values.items() if value})
        yield Candidate(row=line, type=type_name, fields=fields, problem=problem, raw=raw)


def _fields(values: Mapping[str, str]) -> tuple[dict[str, Any], str]:
    """Cells as fields, and what is wrong with them."""
    fields: dict[str, Any] = {}
    for target, value in values.items():
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
        else:
            fields[target] = value
    return fields, ""


def _mapping(sheet: Sheet, options: Mapping[str, str]) -> dict[str, str]:
    """Target → column: as told, else by columns that bear a target's name."""
    known = {*_WAYS, *_PLAIN, *_LISTS}
    told = options.get("map", "")
    if not told:
        found = {column.casefold(): column for column in sheet.header if column.casefold() in known}
        if "name" not in found:
            raise Invalid(
                "which column is the name? write --map name=COLUMN,email=COLUMN; the columns are {columns}",
                columns=", ".join(sheet.header), path="map",
            )  # fmt: skip
        return found
    mapping = {}
    for pair in told.split(","):
        target, _, column = (part.strip() for part in pair.partition("="))
        if target not in known:
            raise Invalid("--map {target}=…: a target is one of {known}", target=target,
                          known=", ".join(sorted(known)), path="map")  # fmt: skip
        if column not in sheet.header:
            raise Invalid("--map {target}={column}: no such column; there are {columns}", target=target,
                          column=column, columns=", ".join(sheet.header), path="map")  # fmt: skip
        mapping[target] = column
    if "name" not in mapping:
        raise Invalid("--map needs name=COLUMN", path="map")
    return mapping


def _decode(data: bytes) -> tuple[str, str, str]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding), encoding, "it begins with its byte order mark"
            except UnicodeDecodeError as error:
                raise _no_text(error, f"a byte order mark says {encoding}") from None
    if b"\0" in data[:_PROBE]:
        raise Invalid("this is no text file; save it as CSV", path="")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as failed:
        try:
            return data.decode("cp1252"), "windows-1252", f"byte {failed.start} is no UTF-8"
        except UnicodeDecodeError as error:
            raise _no_text(error, "neither UTF-8 nor Windows-1252") from None
    foreign = sum(1 for character in text if not character.isascii())
    return text, "utf-8", f"valid throughout, {foreign} letters beyond ASCII"


def _no_text(error: UnicodeDecodeError, why: str) -> Invalid:
    return Invalid(
        "byte {at} cannot be read: {why}; save the file as CSV UTF-8", at=error.start, why=why, path=""
    )


def _delimiter(text: str) -> str:
    """The mark that the header row has most of; `;` first, as Swedish Excel writes it."""
    first = text.split("\n", 1)[0]
    return max(";,\t", key=lambda mark: (first.count(mark), mark == ";"))


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """Records of one type (`--set type=actor`, else contacts). `--set excel=yes`: `;` and a BOM."""
    cls = record_class(options.get("type", "contact"))
    excel = options.get("excel") == "yes"
    records = out.collection_of(cls.type).all()
    columns = _columns(cls)
    if any(record.hidden for record in records):
        columns.append("hidden")
    text = io.TextIOWrapper(
        stream, encoding="utf-8-sig" if excel else "utf-8", newline="", write_through=True
    )
    writer = csv.DictWriter(text, columns, delimiter=";" if excel else ",", extrasaction="ignore")
    writer.writeheader()
    for record in records:
        writer.writerow(_row(record))
    text.detach()


def _columns(cls: type[Record]) -> list[str]:
    names = [attribute.name for attribute in attrs.fields(cls)]
    names.sort(key=lambda name: (name != "id", name != "rev", name != "name"))
    names = [name for name in names if name not in ("unknown", "hidden", "ways")]
    return names + (["mail", "phone", "web", "address"] if "ways" in attrs.fields_dict(cls) else [])


def _row(record: Record) -> dict[str, Any]:
    import orjson

    row: dict[str, Any] = {}
    for name, value in to_doc(record).items():
        if name == "ways":
            for way in value:
                earlier = row.get(way["kind"])
                row[way["kind"]] = f"{earlier} {_KEPT_APART} {way['value']}" if earlier else way["value"]
        elif isinstance(value, list) and all(isinstance(item, str) for item in value):
            row[name] = f" {_KEPT_APART} ".join(value)
        elif isinstance(value, list | dict):
            row[name] = orjson.dumps(value).decode()
        else:
            row[name] = value
    return row
