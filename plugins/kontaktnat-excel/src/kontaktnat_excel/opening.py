"""A file's bytes → its sheets, and nothing that a crafted file could do to the machine.

calamine is handed only what has been unpacked and measured before: it makes room for every cell up to the
last one that holds something, and unpacks whatever it is given.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontaktnat.errors import Invalid

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_UNPACKED = 256 * 1024 * 1024
"""Bytes of a workbook once it is unpacked; 100,000 rows of 50 columns are about 200 MB."""
_CELLS = 10_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOF = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")
"""How the workbook in an xls begins: its first record, of Excel 95 or later."""
_FILEPASS, _WRITEPROT = 0x2F, 0x86
_ENCRYPTED_ODS = b"encryption-data"
_BAD_DIMENSION = re.compile(rb'<dimension ref="(?!\$?[A-Z]+\$?[0-9]+(?::\$?[A-Z]+\$?[0-9]+)?")[^"]*"\s*/>')
"""As LibreOffice writes it of whole rows (`1:4`); it is to be had from the cells as well."""
_CELL = re.compile(rb'<(?:\w+:)?c (?:[^>]*? )?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_REPEATED = re.compile(rb'number-(rows|columns)-repeated="([0-9]+)"')
_MOST_REPEATED = {b"rows": 1000, b"columns": 256}
_MANY_REPEATED = 1_000_000
_NEEDED = re.compile(
    r"(xl/.*|_rels/.*|\[Content_Types\])\.(xml|rels)|content\.xml|META-INF/manifest\.xml|mimetype"
)
_NOT_NEEDED = re.compile(r"xl/(drawings|media|charts|theme|comments|threadedComments|persons|externalLinks)/")


def sheets(data: bytes, wanted: str = "") -> Iterator[tuple[str, list[list[Any]]]]:
    """(name, rows of cells) of each sheet that is not hidden, or of the wanted one.

    A cell is text, a number, a bool, a date, a time, or None. A row's place in the list is that in the sheet.
    Raises Invalid for what is no workbook, is damaged, protected by a password, or too big.
    """
    book = _opened(data)
    for sheet in book.sheets_metadata:
        asked = sheet.name.casefold() == wanted.casefold()
        shown = str(sheet.visible).endswith("Visible")
        if str(sheet.typ).endswith("WorkSheet") and (asked or (shown and not wanted)):
            yield sheet.name, _rows(book, sheet.name)


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    found = _guarded(lambda: book.get_sheet_by_name(name))
    if found.total_height * found.total_width > _CELLS:
        raise _too_far()
    rows = [[_cell(cell) for cell in row] for row in _guarded(lambda: list(found.iter_rows()))]
    _spread(rows, found)
    return rows


def _spread(rows: list[list[Any]], sheet: CalamineSheet) -> None:
    """Write what stands in cells that are merged downwards in each of them: it is said of every row."""
    left = sheet.start[1] if sheet.start else 0
    filled = 0
    for (top, column), (bottom, last) in _guarded(lambda: sheet.merged_cell_ranges) or ():
        at, below = column - left, rows[top + 1 : bottom + 1]
        filled += len(below)
        if column != last or not 0 <= at < sheet.width or not below or filled > _CELLS:
            continue
        for row in below:
            if row[at] is None:
                row[at] = rows[top][at]


def _cell(cell: Any) -> Any:
    if cell == "" and isinstance(cell, str):
        return None
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return str(cell) if type(cell).__name__ == "timedelta" else cell


def _opened(data: bytes) -> CalamineWorkbook:
    if data.startswith(_OLE):
        if _ENCRYPTED in data or _has_filepass(data):
            raise _locked()
        with _hushed():
            return _made(data)
    if data.startswith(b"PK"):
        data = _repacked(data)
    elif data.startswith(_OLD):
        raise Invalid(
            "the workbook is of Excel 4 or older; open it in Excel, save it as xlsx, and import that", path=""
        )
    elif (
        data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    ):  # so registers on the web export "to Excel"
        raise Invalid(
            "this is a web page or XML under a workbook's name; open it in Excel, save it as xlsx, and "
            "import that",
            path="",
        )
    else:
        raise Invalid("this is no workbook: neither xlsx, xls nor ods", path="")
    return _made(data)


def _made(data: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook

    book: CalamineWorkbook = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    return book


@contextmanager
def _hushed() -> Iterator[None]:
    """Nothing on stderr: of a damaged xls Rust writes there how it panicked, though that is caught."""
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _has_filepass(data: bytes) -> bool:
    """Whether the xls is encrypted: that is said by one of its first records ([MS-XLS] 2.4.117)."""
    begin = _BOF.search(data)
    at = begin.start() if begin else len(data)
    for _ in range(3):
        kind = int.from_bytes(data[at : at + 2], "little")
        if kind == _FILEPASS:
            return True
        if kind not in (0x0809, _WRITEPROT):
            break
        at += 4 + int.from_bytes(data[at + 2 : at + 4], "little")
    return False


def _guarded(call: Any) -> Any:
    from python_calamine import CalamineError, PasswordError

    try:
        return call()
    except PasswordError:
        raise _locked() from None
    except (CalamineError, OSError, ValueError, UnicodeError, OverflowError, MemoryError):
        raise _damaged() from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of Rust's; no Exception, and there is no class to name
            raise
        raise _damaged() from None


def _locked() -> Invalid:
    return Invalid("the workbook is protected by a password; save it without one, and import that", path="")


def _damaged() -> Invalid:
    return Invalid("the workbook is damaged; open it in Excel, save it anew, and import that", path="")


def _too_far() -> Invalid:
    return Invalid(
        "the workbook has cells too far from the others, or too many; copy the rows into a new one", path=""
    )


def _repacked(data: bytes) -> bytes:
    """The parts that are read, unpacked and looked through, as a zip in which nothing is packed any more."""
    out = io.BytesIO()
    room = _UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
            names = set()
            for part in given.infolist():
                name = part.filename.replace("\\", "/").lstrip("/")
                if not _NEEDED.fullmatch(name) or _NOT_NEEDED.match(name) or name in names:
                    continue
                names.add(name)
                if part.flag_bits & 1:
                    raise _locked()
                with given.open(part) as packed:
                    content = packed.read(room + 1)
                room -= len(content)
                if room < 0:
                    raise _too_far()
                made.writestr(zipfile.ZipInfo(name), _measured(name, content))
            if not names & {"xl/workbook.xml", "content.xml"}:
                if any(name.endswith("xl/workbook.bin") for name in given.namelist()):
                    raise Invalid("an xlsb workbook is not read; save it as xlsx", path="")
                raise Invalid("this is no workbook: neither xlsx, xls nor ods", path="")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError):
        raise _damaged() from None
    return out.getvalue()


def _measured(name: str, content: bytes) -> bytes:
    if name == "META-INF/manifest.xml" and _ENCRYPTED_ODS in content:
        raise _locked()
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        content = _BAD_DIMENSION.sub(b"", content)
        rows = columns = 0
        for letters, number in _CELL.findall(content):
            rows = max(rows, int(number))
            columns = max(columns, _column(letters))
        if rows * columns > _CELLS:
            raise _too_far()
    elif name == "content.xml":  # LibreOffice fills up a sheet with as many blank rows as there may be
        content = _REPEATED.sub(_less, content)
        if sum(int(found[1]) for found in _REPEATED.findall(content)) > _MANY_REPEATED:
            raise _too_far()
    return content


def _less(found: re.Match[bytes]) -> bytes:
    most = _MOST_REPEATED[found[1]]
    return found[0] if int(found[2]) <= most else b'number-%s-repeated="1"' % found[1]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
