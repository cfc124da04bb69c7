"""Files that are damaged, locked, bombs, or none at all: one line says so, and nothing hangs."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import zipfile

import pytest
from xlsxwriter import Workbook

from kontaktnat import Invalid
from kontaktnat_excel.opening import sheets
from kontaktnat_excel.reading import describe, read


def workbook(rows: int = 30) -> bytes:
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Lista")
    for row in range(rows):
        for at, text in enumerate((f"Namn {row}" if row else "Namn", "E-post", "Åsa Öberg")):
            sheet.write_string(row, at, text)
        sheet.write_number(row, 3, row / 7)
    book.close()
    return stream.getvalue()


def repacked(data: bytes, **changes: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            made.writestr(name, changes.get(name.rsplit("/", 1)[-1].split(".")[0], given.read(name)))
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


SHEET = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>Namn</t></is></c></row>%s</sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no workbook"),
        (b"namn;e-post\n", "no workbook"),
        (b"PK\x03\x04", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "damaged"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900 + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (
            OLE + b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12 + b"\x2f\x00\x36\x00" + b"\0" * 54,
            "password",
        ),
        (OLE + b"\xff" * 4000, "damaged"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00" + b"\0" * 90, "Excel 4 or older"),
        (b"\xef\xbb\xbf\r\n<html><table><tr><td>Namn</td></tr></table></html>", "web page or XML"),
        (zipped({"content.xml": b"<x", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}), "password"),
        (workbook()[:-200], "damaged"),
        (repacked(workbook(), workbook=b"<workbook"), "damaged"),
        (
            repacked(workbook(), sheet1=SHEET % b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
            "too far",
        ),
        (
            repacked(
                workbook(), sheet1=SHEET % b'<row r="9"><c s="1" r="AAA999999" t="n"><v>1</v></c></row>'
            ),
            "too far",
        ),
    ],
)
def test_what_is_no_workbook(data: bytes, says: str, capfd: pytest.CaptureFixture[str]) -> None:
    for ask in (lambda: list(sheets(data)), lambda: list(read(io.BytesIO(data), {}))):
        with pytest.raises(Invalid, match=says) as caught:
            ask()
        assert len(str(caught.value).splitlines()) == 1
    assert capfd.readouterr() == ("", "")


def test_a_dimension_of_whole_rows_is_no_damage() -> None:
    sheet = (SHEET % b"").replace(b"<sheetData>", b'<dimension ref="1:4"/><sheetData>')
    assert [rows for _, rows in sheets(repacked(workbook(), sheet1=sheet))] == [[["Namn"]]]


def test_other_zips_and_xlsb() -> None:
    for name, says in (("word/document.xml", "no workbook"), ("xl/workbook.bin", "xlsb")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            made.writestr(name, b"x")
        with pytest.raises(Invalid, match=says):
            list(sheets(out.getvalue()))


def test_a_sheet_formatted_to_its_last_row() -> None:
    blank = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(2, 1_048_577))
    [(_, rows)] = sheets(repacked(workbook(), sheet1=SHEET % blank))
    assert rows == [["Namn"]]


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kontaktnat_excel.opening._UNPACKED", 4_000_000)
    bomb = repacked(workbook(), sheet1=SHEET % (b" " * 5_000_000))
    assert len(bomb) < 60_000
    with pytest.raises(Invalid, match="too many"):
        list(sheets(bomb))


def test_a_part_that_lies_about_its_size() -> None:
    data = bytearray(repacked(workbook(), sheet1=SHEET % (b" " * 500_000)))
    sizes = struct.pack("<I", len(SHEET % (b" " * 500_000)))
    assert data.count(sizes) >= 2
    with pytest.raises(Invalid, match="damaged"):
        list(sheets(bytes(data.replace(sizes, struct.pack("<I", 1000)))))


def test_a_sheet_of_libreoffice() -> None:
    cells = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>" + cells.format("Namn") + cells.format("E-post") + "</table:table-row>"
    body = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        '<table:table table:name="Blad1">' + row + row.replace("E-post", "a@x.se").replace("Namn", "Åsa")
        + '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest:manifest xmlns:manifest="x"/>')
        made.writestr("content.xml", body)
    found = list(read(io.BytesIO(out.getvalue()), {"as": "contact"}))
    assert [one.fields["name"] for one in found] == ["Åsa"]


@pytest.mark.parametrize("seed", range(60))
def test_mutated_parts(seed: int) -> None:
    """The zip is whole, and what is in it is not."""
    chance = random.Random(seed)
    data, out = workbook(6), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            content = bytearray(given.read(name))
            if chance.random() < 0.4:
                for _ in range(chance.randrange(1, 8)):
                    at = chance.randrange(len(content))
                    kind = chance.randrange(3)
                    if kind == 0:
                        content[at] = chance.randrange(256)
                    elif kind == 1:
                        del content[at : at + chance.randrange(1, 40)]
                        content = content or bytearray(b"x")
                    else:
                        content[at:at] = chance.choice([b"<row ", b'r="Z9"', b"</c>", b"&#0;", b"99999999"])
            made.writestr(name, bytes(content))
    for ask in (describe, lambda stream, options: list(read(stream, options))):
        with contextlib.suppress(Invalid):
            ask(io.BytesIO(out.getvalue()), {})


@pytest.mark.parametrize("seed", range(40))
def test_mutated_bytes(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(workbook(6))
    for _ in range(chance.randrange(1, 10)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    with contextlib.suppress(Invalid):
        list(read(io.BytesIO(bytes(data)), {}))
