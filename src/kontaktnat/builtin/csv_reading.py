"""CSV as Excel, Outlook, Google and LinkedIn write it → candidates.

The encoding is a BOM's, else strict UTF-8, else Windows-1252, in that order and said with its evidence:
detectors guess, and on real Windows-1252 they guess wrong. Delimiter and header are found by what the header
says, for a note may stand above it.
"""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO

import attrs

from kontaktnat.errors import Invalid
from kontaktnat.extend import (
    TABLE_SURPLUS,
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
from kontaktnat.options import check_options

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = (";", ",", "\t")
_ABOVE = 20
"""Rows among which the header is looked for."""
_OTHERS = (b"{", b"[", b"BEGIN:", b"<", b"PK\x03\x04", b"%PDF")
_MAIL = (
    b"return-path:",
    b"received:",
    b"from:",
    b"date:",
    b"message-id:",
    b"mime-version:",
    b"delivered-to:",
)


@attrs.frozen(kw_only=True, repr=False)
class Sheet:
    """What was understood of a file."""

    text: str
    encoding: str
    evidence: str
    delimiter: str
    header: tuple[str, ...]
    above: int = 0
    """Rows above the header."""
    hint: int = 0
    """Lines taken off before the first row: Excel's `sep=;`."""

    def rows(self) -> list[tuple[int, list[str], str]]:
        """(line on which the row begins, cells, problem), without the header and blank rows."""
        lines = list(io.StringIO(self.text, newline=""))
        reader = csv.reader(lines, delimiter=self.delimiter)
        found, start = [], 0
        with of_any_length(self.hint, reader):
            for n, cells in enumerate(reader):
                if n > self.above and any(cell.strip() for cell in cells):
                    swallowed = reader.line_num == len(lines) and self._unclosed(lines[start:])
                    problem = Text("a quotation mark is opened here and never closed") if swallowed else ""
                    found.append((self.hint + start + 1, cells, problem))
                start = reader.line_num
        return found

    def _unclosed(self, lines: list[str]) -> bool:
        """Whether the last row ends inside quotation marks: then it holds what should have been rows."""
        try:
            list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False


@contextmanager
def of_any_length(above: int, reader: Any) -> Iterator[None]:
    """A cell is as long as it is: behind a quotation mark that is never closed, the rest of the file."""
    had = csv.field_size_limit(2**31 - 1)
    try:
        yield
    except csv.Error as error:
        line = above + reader.line_num
        raise Invalid("line {line}: {problem}", line=line, problem=str(error), path="") from None
    finally:
        csv.field_size_limit(had)


def sniff(head: bytes) -> bool:
    """Text with a delimiter in one of its first lines, and no other format that is text."""
    try:
        text, encoding, _ = decode(head[: len(head) // 2 * 2], whole=False)
    except Invalid:
        return False
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith(tuple(one.decode("latin-1") for one in _OTHERS)):
        return False
    lines = start.splitlines()[:_ABOVE]
    if lines and lines[0].lower().startswith(tuple(one.decode() for one in _MAIL)):
        return False
    return encoding.startswith("utf-16") or any(
        mark in line for line in lines for mark in (*_DELIMITERS, "sep=")
    )


def understand(data: bytes) -> Sheet:
    """Encoding, delimiter and header; raises Invalid for what is no text or has no header."""
    text, encoding, evidence = decode(data)
    text = unicodedata.normalize("NFC", text)
    delimiter, hint = "", 0
    if text[:4].lower() == "sep=":  # Excel's own hint, which is no row
        line, _, text = text.partition("\n")
        delimiter, hint = line[4:].strip("\r"), 1
    told = (delimiter,) if delimiter in _DELIMITERS else _DELIMITERS
    delimiter, above, header = max((_header(text, one) for one in told), key=_rank)
    if not any(cell.strip() for cell in header):
        raise Invalid("the file has no header row", path="")
    return Sheet(
        text=text,
        encoding=encoding,
        evidence=evidence,
        delimiter=delimiter,
        header=tuple(cell.strip() for cell in header),
        above=above,
        hint=hint,
    )


def _header(text: str, delimiter: str) -> tuple[str, int, list[str]]:
    """(delimiter, which row is the header, its cells) if that is the delimiter."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with of_any_length(0, reader):
        rows = list(islice(reader, _ABOVE))
    first = next((n for n, cells in enumerate(rows) if any(cell.strip() for cell in cells)), 0)
    ours = next((n for n, cells in enumerate(rows) if own_keys(cells)), None)
    at = ours if ours is not None else find_header(rows) or first
    return delimiter, at, rows[at] if rows else []


def _rank(found: tuple[str, int, list[str]]) -> tuple[bool, int, int, bool]:
    """Ours, then most titles that are known, then most cells; `;` first, as Swedish Excel writes it."""
    from kontaktnat.tabular.headers import meanings

    delimiter, _, header = found
    known = sum(1 for one in meanings(header) if one)
    return own_keys(header) is not None, known, len(header), delimiter == ";"


def describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood:
    """What is read of the file, and how."""
    check_options(options, **{"as": None, "map": None})
    sheet = understand(stream.read())
    if not options.get("map") and own_keys(sheet.header):
        return Understood(
            summary=Text(
                "{encoding} ({evidence}), a sheet exported from a book: what was edited in it is taken back",
                encoding=sheet.encoding,
                evidence=sheet.evidence,
            )
        )
    delimiter = {"\t": Text("tab")}.get(sheet.delimiter, sheet.delimiter)
    columns = Text("{n} column", "{n} columns", n=len(sheet.header))
    summary = Text(
        "{encoding} ({evidence}), delimiter {delimiter}, {columns}",
        encoding=sheet.encoding,
        evidence=sheet.evidence,
        delimiter=delimiter,
        columns=columns,
    )
    rows = ((line, cells) for line, cells, problem in sheet.rows() if not problem)
    return table_understood(sheet.header, rows, options, summary=summary)


def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    """A candidate for each row. Options: `as` (actor or contact), `map` (`name=COLUMN,email=COLUMN,…`).

    A blank cell keeps what is there, `<clear>` empties it. Rows of a sheet that we exported are taken back.
    """
    check_options(options, **{"as": None, "map": None})
    sheet = understand(stream.read())
    rows = sheet.rows()
    broken = [(line, cells, problem) for line, cells, problem in rows if problem]
    sound = [(line, cells) for line, cells, problem in rows if not problem]
    if not options.get("map") and (keys := own_keys(sheet.header)):
        yield from _own_rows(sheet, keys, sound, options)
    else:
        yield from table_candidates(sheet.header, sound, options)
    for line, cells, problem in broken:  # nobody knows where its cells end, so that it is shifted out of them
        raw = dict(zip(sheet.header, ("" for _ in sheet.header), strict=True)) | {
            TABLE_SURPLUS: _joined(cells)
        }
        yield Candidate(row=line, problem=problem, raw=raw)


def _joined(cells: Sequence[str]) -> str:
    return ", ".join(filter(None, cells))


def _own_rows(
    sheet: Sheet, keys: tuple[str, ...], rows: Sequence[tuple[int, Sequence[Any]]], options: Mapping[str, str]
) -> Iterator[Candidate]:
    """Rows of a sheet that we exported, to be taken back."""
    kind = own_type(keys, (cells for _, cells in rows), options.get("as", ""))
    for line, cells in rows:
        raw = dict.fromkeys(sheet.header, "") | dict(zip(sheet.header, cells, strict=False))
        surplus = [cell for cell in cells[len(sheet.header) :] if cell.strip()]
        if surplus:
            raw[TABLE_SURPLUS] = _joined(surplus)
            problem = Text("more cells than columns: {value!r}", value=raw[TABLE_SURPLUS])
            yield Candidate(row=line, type=kind, problem=problem, raw=raw)
        else:
            yield own_row(keys, cells, row=line, type=kind, raw=raw)


def decode(data: bytes, *, whole: bool = True) -> tuple[str, str, str]:
    """(text, encoding, evidence); raises Invalid for what is no text. `whole`: not cut off anywhere."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            evidence = Text("it begins with its byte order mark")
            why = Text("a byte order mark says {encoding}", encoding=encoding)
            return _strictly(data[len(bom) :], encoding, why, whole=whole), encoding, evidence
    if b"\0" in data:
        encoding = _without_mark(data)
        why = Text("there is a zero byte in every second place")
        return _strictly(data, encoding, why, whole=whole), encoding, why
    try:
        text = _strictly(data, "utf-8", "", whole=whole)
    except Invalid as failed:
        at = failed.fields["at"]
        text = _strictly(data, "cp1252", Text("neither UTF-8 nor Windows-1252"), whole=whole)
        return text, "windows-1252", Text("byte {at} is no UTF-8", at=at)
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    evidence = Text(
        "valid throughout, {n} letter beyond ASCII", "valid throughout, {n} letters beyond ASCII", n=foreign
    )
    return text, "utf-8", evidence


def _without_mark(data: bytes) -> str:
    """UTF-16 without a byte order mark, as some programs write it: every second byte is zero."""
    pairs = len(data) // 2
    even, odd = data[0 : pairs * 2 : 2].count(0), data[1 : pairs * 2 : 2].count(0)
    if len(data) % 2 == 0 and max(even, odd) > pairs * 0.6 and min(even, odd) < pairs * 0.1:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise Invalid("this is no text file; save it as CSV", path="")


def _strictly(data: bytes, encoding: str, why: str, *, whole: bool) -> str:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(data, final=whole)
    except UnicodeDecodeError as error:
        raise Invalid("byte {at} cannot be read: {why}; save the file as CSV UTF-8", at=error.start, why=why,
                      path="") from None  # fmt: skip
