"""Workbooks in and out: what every format promises, sheets of anybody's, and how ours looks."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar

import pytest
from xlsxwriter import Workbook

from kontaktnat import Actor, Book, Contact, Interaction, Invalid, Role, Way
from kontaktnat.exchange import ImportResult, rejects_file
from kontaktnat.i18n import speaking
from kontaktnat.testing import ExporterContract, ImporterContract
from kontaktnat.testing.sample import county, fill
from kontaktnat_excel.opening import sheets
from kontaktnat_excel.plugin import _sniff as sniff

Rows = Sequence[Sequence[Any]]
HEADER = ["Namn", "E-post", "Telefon"]


def packed(content: dict[str, Rows], hidden: str = "") -> bytes:
    """A workbook of these sheets, typed as Excel types."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    formats = {date: book.add_format({"num_format": "yyyy-mm-dd"})}
    formats[datetime] = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in content.items():
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(n, at, cell, formats[type(cell)])
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(n, at, cell, None, "#N/A")
                elif cell is not None:
                    sheet.write(n, at, cell)
        if name == hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def take(book: Book, data: bytes, **options: str) -> ImportResult:
    return book.import_from(io.BytesIO(data), format="xlsx", options=options)


def counts(done: ImportResult) -> tuple[int, int, int, int]:
    return done.created, done.updated, done.unchanged, len(done.rejected)


def exported(book: Book, **options: str) -> bytes:
    stream = io.BytesIO()
    book.export_to(stream, "xlsx", options=options)
    return stream.getvalue()


class TestWorkbook(ExporterContract):
    name = "xlsx"
    plugins = ("excel",)

    def check(self, data: bytes) -> None:
        found = dict(sheets(data))
        assert found
        for rows in found.values():
            assert all(len(row) == len(rows[0]) for row in rows)


class TestOneSheet(TestWorkbook):
    options: ClassVar[Mapping[str, str]] = {"type": "role"}


class TestImporter(ImporterContract):
    name = "xlsx"
    plugins = ("excel",)

    def sample(self) -> bytes:
        eva = ["Eva Ek", "eva.ek@nybro.example", 701740605]
        return packed(
            {"Blad1": [HEADER, eva, ["Åsa Öberg"]], "Blad2": [HEADER, ["Bo Ask", "bo@nybro.example"]]}
        )


def test_what_is_sniffed() -> None:
    assert sniff(packed({"a": [["b"]]})[:4096])
    assert not sniff(b"PK\x03\x04 word/document.xml")
    assert sniff(b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK")


# Sheets of anybody's


def test_rows_of_several_sheets_with_titles_above(book: Book) -> None:
    data = packed(
        {
            "Lista": [
                ["Kontakter i länet"],
                [],
                ["Uppdaterad", date(2026, 3, 1)],
                [None, "Förnamn", "Efternamn", "E-post", "Mobil", "Anteckning", "Favoritfärg"],
                [1, "Åsa", "Öberg", "asa@nybro.example", 701740605.0, date(2026, 3, 1), "blå"],
                [],
                [2, "Bo", "Ask", "bo@nybro.example", "070-174 06 06 | +46701740607", 12.5, None],
                [3, "Cia", "Alm", "fel", None, "=NA()", None],
            ],
            "Anteckningar": [["här står något annat"]],
            "Tomt": [],
            "Dolt": [HEADER, ["Dan Dold", None, None]],
        },
        hidden="Dolt",
    )
    done = take(book, data, **{"as": "contact"})
    assert counts(done) == (2, 0, 0, 1)
    assert done.understood
    assert "Lista (3); rows are contacts" in str(done.understood.summary)
    assert ("Mobil", "phone mobile") in done.understood.mapping
    assert done.understood.unused == ("Anteckningar", "column 1", "Favoritfärg")
    assert len(done.understood.sample) == 1
    assert (done.rejected[0].row, "'fel'" in str(done.rejected[0].reason)) == (8, True)
    asa, bo = sorted(book.contacts, key=lambda one: one.name, reverse=True)
    assert (asa.name, asa.ways[1].value, asa.note) == ("Åsa Öberg", "0701740605", "2026-03-01")
    assert ([way.value for way in bo.ways[1:]], bo.note) == (["070-174 06 06", "+46701740607"], "12.5")
    assert counts(take(book, data, **{"as": "contact"})) == (0, 0, 2, 1)
    assert counts(take(book, data, sheet="dolt", **{"as": "contact"})) == (1, 0, 0, 0)


def test_actors_and_their_numbers(book: Book) -> None:
    rows = [["Organisation", "Namn", "Organisationsnummer", "Kommunkod", "Typ", "Postadress"]]
    rows += [["x", "Nybro IF", 8024001235, 881, "förening", "Storgatan 1\n382 30 Nybro"]]  # type: ignore[list-item]
    assert counts(take(book, packed({"Aktörer": rows}))) == (1, 0, 0, 0)
    [club] = book.actors
    assert (club.org_number, club.place, club.kind) == ("8024001235", "0881", "association")
    assert club.ways[0].value.endswith("382 30 Nybro")


def test_a_list_with_an_id_and_a_version_is_not_ours(book: Book) -> None:
    data = packed({"Lista": [["Id", "Version", "Namn", "E-post"], [17, 3, "Eva Ek", "eva@nybro.example"]]})
    assert counts(take(book, data, **{"as": "contact"})) == (1, 0, 0, 0)
    assert book.contacts.all()[0].name == "Eva Ek"


def test_a_map_and_a_sheet_are_obeyed(book: Book) -> None:
    data = packed(
        {"A": [["Vem", "Var"], ["Eva Ek", "eva@nybro.example"]], "B": [["Vem", "Var"], ["Bo Ask", "x"]]}
    )
    with pytest.raises(Invalid, match="--map name=COLUMN"):
        take(book, data)
    done = take(book, data, map="name=Vem,email=Var", sheet="A", **{"as": "contact"})
    assert counts(done) == (1, 0, 0, 0)
    with pytest.raises(Invalid, match="a sheet C; there are A, B"):
        take(book, data, sheet="C")
    with pytest.raises(Invalid, match="xlsx takes sheet=NAME"):
        take(book, data, shet="A")
    with pytest.raises(Invalid, match="a row is an actor or a contact"):
        take(book, data, map="name=Vem", **{"as": "role"})


def test_rejected_rows_come_back_corrected(book: Book) -> None:
    rows = [["Vår lista"], HEADER, ["Eva Ek", "fel", 701740605], ["Bo Ask", "bo@nybro.example", 701740606]]
    done = take(book, packed({"Lista": rows}), **{"as": "contact"})
    text = rejects_file(done.rejected, done.importer).decode("utf-8-sig")
    assert text.splitlines()[0] == "Namn;E-post;Telefon;problem"
    assert "701740605" in text
    again = text.replace(";fel;", ";eva@nybro.example;").replace("Namn;E-post;Telefon", "name;email;phone")
    done = book.import_from(io.BytesIO(again.encode()), format="csv", options={"as": "contact"})
    assert counts(done) == (1, 0, 0, 0)


# How ours looks


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return zipped.read(name).decode()


def test_a_sheet_for_each_type_with_typed_cells_header_and_filter(book: Book) -> None:
    nybro = book.add(Actor(name="=1+1 Nybro kommun", kind="municipality", place="0881"))
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value="0701740605")], tags=["a|b", "c"]))
    hat = book.add(Role(contact=eva.id, actor=nybro.id, since="2023-09", until="2027-01-31", share=0.5))
    book.add(Interaction(kind="phone", when="2026-11-10T13:05", participants=[hat.id], mandate=[1, 4]))
    with speaking("sv"):
        data = exported(book)
    found = {name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for name, rows in sheets(data)}
    assert list(found) == ["Kontakter", "Aktörer", "Roller", "Insatser", "Läs mig"]
    [role], [person], [call] = found["Roller"], found["Kontakter"], found["Insatser"]
    assert (role["Person, namn"], role["Till"], role["Från och med"]) == (
        "Eva Ek",
        date(2027, 1, 31),
        "2023-09",
    )
    assert (role["Andel av heltid"], person["Telefon"], person["Skyddade uppgifter"]) == (
        0.5,
        "0701740605",
        False,
    )
    assert (call["När"], call["Slag"]) == (datetime(2026, 11, 10, 13, 5), "telefon")
    assert call["Deltagare, alla namn"] == "Eva Ek (=1+1 Nybro kommun)"
    sheet = part(data, "xl/worksheets/sheet1.xml")
    assert '<pane xSplit="3" ySplit="1"' in sheet
    assert "<autoFilter" in sheet
    assert "<dataValidation " in sheet
    assert "<f>" not in "".join(part(data, f"xl/worksheets/sheet{n}.xml") for n in (1, 2, 3, 4))
    assert "Words" not in part(data, "xl/workbook.xml")


def test_what_is_covered_is_grey_and_blank(book: Book) -> None:
    fill(book, county())
    data = exported(book, type="contact")
    rows = dict(sheets(data))["Contacts"]
    [siv] = [dict(zip(rows[0], row, strict=True)) for row in rows if "Siv Rönn" in row]
    assert (siv["Mail"], siv["Phone"], siv["Where it comes from"]) == (None, None, None)
    assert siv["Covered"] == "extra | note | source | tags | ways"
    sheet = part(data, "xl/worksheets/sheet1.xml")
    number = next(n for n, row in enumerate(rows, 1) if "Siv Rönn" in row)
    [mail] = re.findall(rf'<c r="G{number}" s="(\d+)"/>', sheet)
    styles = part(data, "xl/styles.xml")
    looks = re.findall(r"<xf [^>]*fillId=\"(\d+)\"", styles[styles.index("<cellXfs") :])
    fills = re.findall(r"<fill>(.*?)</fill>", styles)
    assert "BFBFBF" in fills[int(looks[int(mail)])]


def test_options_are_judged(book: Book) -> None:
    for options, says in (({"x": "y"}, "xlsx takes type"), ({"type": "setting"}, "a sheet has one of")):
        with pytest.raises(Invalid, match=says):
            exported(book, **options)


def test_a_text_too_long_for_a_cell_is_left_blank_and_kept(book: Book) -> None:
    actor = book.add(Actor(name="Nybro kommun", note="å" * 40_000))
    assert counts(take(book, exported(book))) == (0, 0, 1, 0)
    assert book.actors.get(actor.id).note == "å" * 40_000


def test_what_is_merged_downwards_is_said_of_every_row(book: Book) -> None:
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    sheet = workbook.add_worksheet("Föreningar")
    sheet.merge_range("B1:E1", "Föreningar i Emmaboda")
    for n, row in enumerate(
        (["Förening", "Kategori"], ["Emmaboda IS", ""], ["Lindås IF", ""], ["Byalaget", ""])
    ):
        sheet.write_row(n + 2, 1, row)
    sheet.merge_range("C4:C5", "Idrott")
    workbook.close()
    take(book, stream.getvalue())
    assert {one.name: one.tags for one in book.actors.all()} == {
        "Emmaboda IS": ("Idrott",), "Lindås IF": ("Idrott",), "Byalaget": ()
    }  # fmt: skip
