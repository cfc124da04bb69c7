"""CSV as it comes: encodings, delimiters, blanks, misfits; counts that add up, and rows that come back."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, KontaktnatError
from kontaktnat.exchange import ImportResult, rejects_file
from kontaktnat.i18n import speaking, tr
from kontaktnat.model.dates import PartialDate
from kontaktnat.tabular import cells

REAL = Path(__file__).parents[3] / "shared" / "real"
needs_real = pytest.mark.skipif(
    not REAL.exists() and os.environ.get("CI") != "true", reason=f"{REAL} is not here"
)


def take(book: Book, content: str | bytes, **options: str) -> ImportResult:
    data = content.encode() if isinstance(content, str) else content
    dry_run = bool(options.pop("dry_run", ""))
    return book.import_from(
        io.BytesIO(data), format="csv", options={"as": "contact", **options}, dry_run=dry_run
    )


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, len(result.rejected)


def names(book: Book) -> list[str]:
    return sorted(contact.name for contact in book.contacts)


# What the file is

BODY = "name;email;note\r\nÅsa Öberg;asa.oberg@nybro.example;träff\r\nBo Ek;bo.ek@kalmar.example;\r\n"


@pytest.mark.parametrize(
    ("data", "evidence"),
    [
        (BODY.encode(), "utf-8 (valid throughout, 3 letters beyond ASCII), delimiter ;"),
        (codecs.BOM_UTF8 + BODY.encode(), "utf-8 (it begins with its byte order mark)"),
        (codecs.BOM_UTF16_LE + BODY.encode("utf-16-le"), "utf-16-le (it begins"),
        (codecs.BOM_UTF16_BE + BODY.encode("utf-16-be"), "utf-16-be (it begins"),
        (BODY.encode("cp1252"), "windows-1252 (byte 17 is no UTF-8)"),
        (BODY.replace("\r\n", "\n").encode(), "3 columns; rows are contacts"),
        (BODY.replace("\r\n", "\r").encode(), "delimiter ;"),
        (BODY.replace(";", ",").encode(), "delimiter ,"),
        (BODY.replace(";", "\t").encode(), "delimiter tab"),
        (b"sep=;\r\n" + BODY.encode("cp1252"), "windows-1252"),
        (codecs.BOM_UTF8 + b"sep=;\r\n" + BODY.encode(), "byte order mark"),
        (b"sep=,\n" + BODY.replace(";", ",").encode(), "delimiter ,"),
        (b"SEP=\n" + BODY.encode(), "delimiter ;"),
        (BODY.replace("Å", "A\u030a").replace("Ö", "O\u0308").encode(), "utf-8"),
        (BODY.replace("name;", "NAME ;").encode(), "rows are contacts"),
        (BODY.encode("utf-16-le"), "utf-16-le (there is a zero byte in every second place)"),
        (b"Kontakter 2026\n\n" + BODY.encode(), "delimiter ;"),
    ],
)
def test_however_it_is_written(book: Book, data: bytes, evidence: str) -> None:
    result = take(book, data)
    assert result.understood
    assert evidence in result.understood.summary
    assert [what for _, what in result.understood.mapping] == ["name", "mail", "note"]
    assert result.understood.sample == ("Åsa Öberg, asa.oberg@nybro.example, träff",)
    assert not result.understood.unused
    assert counts(result) == (2, 0, 0, 0)
    assert names(book) == ["Bo Ek", "Åsa Öberg"]
    [asa] = book.contacts.where(name="Åsa Öberg")
    assert (asa.ways[0].value, asa.note) == ("asa.oberg@nybro.example", "träff")
    assert counts(take(book, data)) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no header"), (b"\n\n\n", "no header"), (b";;;\n", "no header"),
        (b"name\0\n", "no text file"), (b"name,email\x81\n\xff", "neither UTF-8 nor Windows-1252"),
        (codecs.BOM_UTF8 + b"name\n\xff", "byte order mark says utf-8"),
        (codecs.BOM_UTF16_LE + b"n", "utf-16-le"),
        (b"email\nx@y.example\n", "name=COLUMN"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(book: Book, data: bytes, says: str) -> None:
    with pytest.raises(KontaktnatError, match=says) as raised:
        take(book, data)
    assert raised.value.exit_code == 5
    assert book.version == 0


def test_a_cell_is_as_long_as_it_is(book: Book) -> None:
    """Behind a quotation mark that is never closed the rest of the file is one cell: that row is rejected."""
    long = "x" * 200_000
    result = take(
        book, f'name;email;note\nBo Ek;bo@kalmar.example;{long}\nEva Ek;"eva@kalmar.example;{long}\n'
    )
    assert counts(result) == (1, 0, 0, 1)
    assert "never closed" in str(result.rejected[0].reason)
    assert book.contacts.all()[0].note == long
    assert csv.field_size_limit() < 200_000  # which is everybody's in the process


def test_rejects_have_all_columns_though_the_rows_were_shorter(book: Book) -> None:
    """Their own file says what is missing in them, and where it is to be written."""
    result = take(book, "email;phone;name\nbo.ek@kalmar.example\n")
    assert counts(result) == (0, 0, 0, 1)
    rejects = rejects_file(result.rejected, result.importer)
    assert rejects.decode("utf-8-sig").splitlines()[0] == "email;phone;name;problem"
    assert counts(take(book, rejects)) == (0, 0, 0, 1)


def test_a_wide_file_does_not_fill_the_screen(book: Book) -> None:
    with pytest.raises(KontaktnatError) as raised:
        take(book, ",".join(f"Kolumn {n}" for n in range(92)))
    assert "Kolumn 19 and 72 more" in raised.value.message()


# What the cells are


def test_blank_keeps_and_the_token_clears(book: Book) -> None:
    take(book, "name,note,tags,email,phone\nEva Ek,ring,a | b,eva@x.example,070-174 06 11\n")
    assert counts(take(book, "name,note,tags,email,phone\nEva Ek,,,eva@x.example,\n")) == (0, 0, 1, 0)
    [eva] = book.contacts.all()
    assert (eva.note, eva.tags, len(eva.ways)) == ("ring", ("a", "b"), 2)
    cleared = take(book, "name,note,tags,email,phone\nEva Ek,<clear>,<clear>,eva@x.example,<clear>\n")
    assert counts(cleared) == (0, 1, 0, 0)
    [eva] = book.contacts.all()
    assert (eva.note, eva.tags, [way.kind for way in eva.ways]) == ("", (), ["mail"])
    assert counts(take(book, "name,note,email\nEva Ek,<clear>,eva@x.example\n")) == (0, 0, 1, 0)
    assert counts(take(book, "name,note\n<clear>,x\n")) == (0, 0, 0, 1)
    assert counts(take(book, "name,note\nNy,<clear>\n")) == (1, 0, 0, 0)


def test_nothing_leaks_from_the_row_above(book: Book) -> None:
    take(book, "name,note,email,tags\nA A,hemligt,a@x.example,t\nB B\nC C,,,\nD D,,d@x.example\n")
    seen = {one.name: (one.note, [way.value for way in one.ways], one.tags) for one in book.contacts}
    assert seen == {"A A": ("hemligt", ["a@x.example"], ("t",)), "B B": ("", [], ()), "C C": ("", [], ()),
                    "D D": ("", ["d@x.example"], ())}  # fmt: skip


def test_several_ways(book: Book) -> None:
    """In one cell, or in several columns that are mapped to the same."""
    row = "Eva Ek,a@x.example | b@x.example,c@x.example,070-174 06 11|070-174 06 12"
    table = f"Namn,E-post 1,E-post 2,Tel\n{row}\n"
    take(book, table, map="name=Namn,email=E-post 1,email=E-post 2,phone=Tel")
    assert [way.value for way in book.contacts.all()[0].ways] == [
        "a@x.example", "b@x.example", "c@x.example", "070-174 06 11", "070-174 06 12"]  # fmt: skip
    again = take(book, "name,email,phone\nEva Ek,C@x.example,+46701740611\n")
    assert counts(again) == (0, 0, 1, 0), "in any spelling it is the same"


def test_given_and_family_name(book: Book) -> None:
    take(book, "Förnamn;Efternamn\nEva ; Ek\nBo;\n;Ask\n;\n", map="given=Förnamn,family=Efternamn")
    assert names(book) == ["Ask", "Bo", "Eva Ek"]
    assert book.contacts.where(name="Eva Ek")[0].family == "Ek"


def test_cells_with_line_breaks_and_quotes(book: Book) -> None:
    result = take(book, 'name;note\nEva;"två\nrader; och ""citat"""\nBo 5" Ek;x\n"Två\nrader";y\n')
    assert counts(result) == (2, 0, 0, 1)
    assert book.contacts.where(name="Eva")[0].note == 'två\nrader; och "citat"'
    assert [(one.row, one.reason) for one in result.rejected] == [(5, "a name on several lines")]


def test_a_quotation_mark_that_is_never_closed(book: Book) -> None:
    """It swallows the rest of the file; that is no name."""
    result = take(book, 'name,note\nEva Ek,x\n"Bo Ek,y\nAsk,z\nIda,w\n')
    assert counts(result) == (1, 0, 0, 1)
    assert result.rejected[0].row == 3
    assert "never closed" in result.rejected[0].reason
    assert counts(take(book, rejects_file(result.rejected))) == (0, 0, 0, 1), "nor when it comes back"


def test_row_numbers_are_lines_of_the_file(book: Book) -> None:
    result = take(book, 'sep=;\nname;note\n;x\n"A";"två\nrader"\n\n;y\n')
    assert [one.row for one in result.rejected] == [3, 7]


# Rows that do not fit

BAD = (
    "name;email;phone;extra\r\n"
    "Eva Ek;eva@x.example;070-174 06 11;\r\n"
    "Bo Ek;nope;;kolumn\r\n"
    ";nobody@x.example;;\r\n"
    "Åsa Öberg;;12;å\r\n"
    "Ida Ask;ida@x.example;;;för mycket\r\n"
)


def test_rejected_rows_come_back_corrected(book: Book) -> None:
    result = take(book, BAD.encode("cp1252"))
    assert counts(result) == (1, 0, 0, 4)
    returned = rejects_file(result.rejected)
    rows = list(csv.DictReader(io.StringIO(returned.decode("utf-8-sig")), delimiter=";"))
    assert [row["name"] for row in rows] == ["Bo Ek", "", "Åsa Öberg", "Ida Ask"]
    assert [row["extra"] for row in rows] == ["kolumn", "", "å", ""]
    assert all(row["problem"] for row in rows)
    assert counts(take(book, returned)) == (0, 0, 0, 4), "as it is, it fits no better"
    corrected = returned.decode().replace("nope", "bo@x.example").replace(";12;", ";070-174 06 12;")
    corrected = corrected.replace(";nobody@", "Nobody Known;nobody@").replace("för mycket", "")
    again = take(book, corrected)
    assert counts(again) == (4, 0, 0, 0), again.rejected
    assert names(book) == ["Bo Ek", "Eva Ek", "Ida Ask", "Nobody Known", "Åsa Öberg"]


def test_at_the_prompt(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "folk.csv").write_bytes(BAD.encode("cp1252"))
    tried = kalmar("import", "folk.csv", "--as", "contact", "--dry-run")
    assert tried.code == 0
    assert tried.last == "created 1, updated 0, unchanged 0, rejected 4"
    assert "windows-1252" in tried.out.splitlines()[0], "said before anything is written"
    assert not list(tmp_path.glob("*rejected*"))
    ran = kalmar("import", "folk.csv", "--as", "contact")
    assert (ran.code, ran.last) == (0, tried.last)
    assert "row 3 rejected" in ran.err
    assert "folk.rejected.csv" in ran.out
    assert "undo 2 takes it back" in ran.out
    mended = tmp_path / "folk.rejected.csv"
    mended.write_text(mended.read_text("utf-8").replace("nope", "bo@x.example"), "utf-8")
    second = kalmar("import", "folk.csv", "--as", "contact")
    assert second.last == "created 0, updated 0, unchanged 1, rejected 4"
    assert "folk.rejected-2.csv" in second.out, "what somebody may be correcting is not overwritten"
    assert "bo@x.example" in mended.read_text("utf-8")
    third = kalmar("import", "folk.rejected.csv", "--as", "contact", "--rejects", "rest.csv")
    assert third.last == "created 1, updated 0, unchanged 0, rejected 3"
    assert (tmp_path / "rest.csv").exists()
    assert kalmar("undo").code == 0
    assert "Bo Ek" not in kalmar("list", "contacts").out


def test_an_own_export_changes_nothing(kalmar: Any, tmp_path: Path) -> None:
    """Also as Excel writes it, and where something is hidden."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "e@x.example",
           "--email", "e2@x.example", "--set", "tags=a,b", "--set", "note=rad",
           "--set", "purpose=stöd")  # fmt: skip
    kalmar(
        "add",
        "actor",
        "Nybro IF",
        "--kind",
        "förening",
        "--set",
        "aliases=NIF,Nybro idrott",
        "--phone",
        "070-174 06 12",
    )
    for type_, count in (("contact", 1), ("actor", 22)):
        for excel in ("no", "yes"):
            assert (
                kalmar(
                    "export", "csv", "--set", f"type={type_}", "--set", f"excel={excel}", "-O", "x.csv"
                ).code
                == 0
            )
            assert (
                kalmar("import", "x.csv", "--as", type_).last
                == f"created 0, updated 0, unchanged {count}, rejected 0"
            )
    assert (tmp_path / "x.csv").read_bytes().startswith(codecs.BOM_UTF8 + b"id;rev;name;")
    kalmar("add", "contact", "Pia Skydd", "--protected", "--email", "pia@x.example")
    kalmar("export", "csv", "-O", "x.csv")
    assert kalmar("import", "x.csv").last == "created 0, updated 0, unchanged 2, rejected 0"
    kalmar("export", "csv", "-O", "x.csv", "--reveal", "arkiv")
    passed = kalmar("import", "x.csv")
    assert passed.last == "created 0, updated 0, unchanged 2, rejected 0"
    assert "covered" in passed.err


# Whose rows they are


def test_the_same_name_alone_is_nobody(book: Book) -> None:
    """It waits in quarantine once, and is no second time created."""
    take(book, "name,email\nEva Ek,eva@x.example\n")
    result = take(book, "name,email\nEva Ek,other@y.example\n")
    assert (counts(result), result.quarantined) == ((1, 0, 0, 0), 1)
    again = take(book, "name,email\nEva Ek,other@y.example\n")
    assert (counts(again), again.quarantined) == ((0, 0, 1, 0), 0)
    assert len(book.contacts.all()) == 1
    assert len(book.pending.all()) == 1
    assert counts(take(book, "name,email,note\neva ek,EVA@x.example,ny\n")) == (0, 1, 0, 0)


def test_actors_by_name_alias_and_former_name(book: Book) -> None:
    book.add(kontaktnat.Actor(name="Nybro kommun", aliases=["Nybro"], names=[{"name": "Madesjö"}]))  # type: ignore[list-item]
    table = (
        "name,email\nNYBRO KOMMUN,a@x.example\nnybro,b@x.example\nMadesjö,c@x.example\nNybro IF,d@x.example\n"
    )
    assert counts(take(book, table, **{"as": "actor"})) == (1, 3, 0, 0)
    assert len(book.actors.all()) == 2


def test_one_transaction_undone_as_one(book: Book) -> None:
    take(book, "name,note\nEva Ek,gammal\n")
    before = {one.name: one.note for one in book.contacts}
    result = take(book, "name,note,email\nEva Ek,ny,eva@x.example\nBo Ek,ny,\nIda,ny,nope\n")
    assert result.batch == book.version
    book.undo(result.batch)
    assert {one.name: one.note for one in book.contacts} == before


def test_a_dry_run_counts_and_forgets(book: Book) -> None:
    result = take(book, BODY, dry_run="yes")
    assert (counts(result), result.batch) == ((2, 0, 0, 0), None)
    assert (names(book), book.version) == ([], 0)


@pytest.mark.parametrize("name", ["export_20261112-0938.csv", "kalender 1106817412.csv"])
def test_a_file_whose_name_looks_like_a_personnummer(book: Book, tmp_path: Path, name: str) -> None:
    """Programs put times and serial numbers there; it is imported, and the log does not keep the number."""
    (tmp_path / name).write_text("namn;e-post\nEva Ek;eva.ek@nybro.example\n")
    for created in (1, 0):
        assert book.import_from(tmp_path / name).created == created
    assert [one.label for one in book.history()] in (["import export_….csv"], ["import kalender ….csv"])


def test_titles_on_several_lines_and_long_ones(book: Book) -> None:
    """Excel wraps titles in their cells; what is said of them is one line, and `--map` takes them so."""
    table = "Vem\ndet är;E-post\n(arbete)\nEva Ek;eva.ek@nybro.example\n".replace(
        "Vem\ndet är", '"Vem\ndet är"'
    )
    table = table.replace("E-post\n(arbete)", '"E-post\n(arbete)"')
    with pytest.raises(KontaktnatError) as raised:
        take(book, table)
    assert raised.value.message().endswith("the columns are Vem det är, E-post (arbete)")
    take(book, table, map="name=Vem det är")
    assert [(one.name, one.ways[0].label) for one in book.contacts.all()] == [("Eva Ek", "work")]
    with pytest.raises(KontaktnatError) as raised:
        take(book, f"{'a' * 5000}\n1\n")
    assert len(raised.value.message()) < 300


# The real files, for now


@needs_real
def test_public_bodies(book: Book) -> None:
    """Each row is another body, Habo and Håbo too, but for a region that stands there twice."""
    data = (REAL / "publicbodies__se.csv").read_bytes()
    result = book.import_from(io.BytesIO(data), format="csv")
    assert counts(result) == (651, 0, 1, 0)
    assert result.understood
    assert result.understood.unused == (
        "id",
        "classification",
        "parent_id",
        "jurisdiction_code",
        "source_url",
    )
    [tax] = book.actors.where(name="Habo kommun")
    assert {way.kind: way.value for way in tax.ways} == {
        "web": "http://www.habokommun.se",
        "phone": "036-4428000",
        "mail": "info@habokommun.se",
        "address": "Box 212",
    }
    assert {alias for one in book.actors.all() for alias in one.aliases} >= {"SST", "PTS", "SIUN"}
    assert counts(book.import_from(io.BytesIO(data), format="csv")) == (0, 0, 652, 0)


@needs_real
def test_outlooks_german_columns(book: Book) -> None:
    """92 titles over 89 cells, a line break in a cell, null dates, Windows-1252."""
    firm = book.add(Actor(name="unittest"))
    data = (REAL / "tine20__importtest_outlook2013.csv").read_bytes()
    result = book.import_from(io.BytesIO(data), format="csv")
    assert counts(result) == (2, 0, 0, 0)
    assert result.understood
    assert result.understood.summary.startswith("windows-1252")
    assert "Geburtstag" not in result.understood.unused, "nobody wrote the null date"
    [weiss] = book.contacts.where(family="Weiß")
    ways = [(way.kind, way.value, way.label) for way in weiss.ways]
    assert ways == [
        ("phone", "040 6432131545", "work"),
        ("phone", "040 6432131545", "home"),
        ("phone", "0176 164321545", "mobile"),
        ("mail", "c.weiss@unittest.de", ""),
    ]
    [baumann] = book.contacts.where(family="Baumann")
    assert [way.value for way in baumann.ways if way.kind == "address"] == ["Pickhuben 2, 20457 Hamburg"]
    assert {(role.actor, role.title) for role in book.roles.all()} == {
        (firm.id, "Vertrieb"),
        (firm.id, "Softwareengineering"),
    }
    assert counts(book.import_from(io.BytesIO(data), format="csv")) == (0, 0, 2, 0)


@needs_real
def test_googles_columns(book: Book) -> None:
    """Several values in a cell, each with its column's label; the address is not doubled by its parts."""
    book.add(Actor(name="Exempelby kommun"))
    data = (REAL / "google_contacts_2024_format.csv").read_bytes()
    result = book.import_from(io.BytesIO(data), format="csv")
    assert counts(result) == (1, 0, 0, 0)
    [marta] = book.contacts.all()
    assert (marta.name, marta.given, marta.family, marta.tags) == (
        "Märta Lo Öberg",
        "Märta Lo",
        "Öberg",
        ("Nätverk brott",),
    )
    assert [(way.kind, way.value, way.label) for way in marta.ways] == [
        ("mail", "marta.oberg@exempelby.example", "work"),
        ("mail", "marta@example.com", "other"),
        ("mail", "m.oberg@example.org", "other"),
        ("phone", "070-174 06 05", "mobile"),
        ("address", "Storgatan 1, 572 00 Exempelby", "work"),
    ]
    assert [role.function for role in book.roles.all()] == ["safety_coordinator"]
    assert result.understood
    assert result.understood.unused == ("Nickname", "Birthday", "Address 1 - Country")


@needs_real
def test_linkedins_note_above_the_header(book: Book) -> None:
    book.add(Actor(name="Exempelby kommun"))
    data = (REAL / "linkedin_connections_notes_preamble.csv").read_bytes()
    result = book.import_from(io.BytesIO(data), format="csv")
    assert counts(result) == (3, 0, 0, 0)
    assert names(book) == ["Bo Ek", "Solo Öst", "Åsa Ängström"]
    assert [role.function for role in book.roles.all()] == ["municipal_police_officer"]
    assert sorted(one.raw["title"] for one in book.pending.all()) == ["Fri konsult", "Ordförande"]
    assert counts(book.import_from(io.BytesIO(data), format="csv")) == (0, 0, 3, 0)


# Whatever comes


def reads(book: Book, data: bytes, options: dict[str, str]) -> ImportResult | None:
    """Only a KontaktnatError may escape, and what is read is counted."""
    rows = []

    def watched(candidates: Any) -> Any:
        for candidate in candidates:
            rows.append(candidate)
            yield candidate

    try:
        result = book.import_from(io.BytesIO(data), format="csv", options=options, progress=watched)
    except KontaktnatError:
        return None
    assert sum(counts(result)) == len(rows)
    assert result.created >= result.quarantined
    return result


@pytest.fixture(scope="module")
def memory() -> Callable[[], Book]:
    return lambda: kontaktnat.open("memory:", mode="create", plugins=[], by="anna")


OPTIONS = st.sampled_from(
    [{"as": "contact"}, {"as": "actor"}, {"as": "contact", "map": "name=a,email=b,phone=c"}]
)
FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@FUZZ
@given(data=st.binary(max_size=300), options=OPTIONS)
@example(data=b'sep="\nname\nx\n', options={"as": "contact"})
@example(data=b"name,email\r\x00", options={"as": "contact"})
def test_random_bytes(memory: Callable[[], Book], data: bytes, options: dict[str, str]) -> None:
    with memory() as book:
        reads(book, data, options)


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "<clear>", '"', "a|b", "Eva Ek", "eva@x.example", "070-174 06 11", "0881", "kommun", "=1+1"]
    ),
)


@FUZZ
@given(
    rows=st.lists(st.lists(CELL, max_size=7), max_size=8),
    delimiter=st.sampled_from([",", ";", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    as_=st.sampled_from(["contact", "actor"]),
    cut=st.integers(0, 40),
    flip=st.integers(0, 400),
)
def test_mutated_files(
    memory: Callable[[], Book],
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
    as_: str,
    cut: int,
    flip: int,
) -> None:
    """A valid file with cells of any kind, cut short, a byte changed; read twice, and its rejects again."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(["name", "email", "phone", "note", "tags", "place"])
    writer.writerows(rows)
    data = bytearray(text.getvalue().encode(encoding, "replace"))
    if cut:
        del data[-cut:]
    if flip < len(data):
        data[flip] ^= 0x55
    with memory() as book:
        first = reads(book, bytes(data), {"as": as_})
        if first is None:
            assert book.version == 0
            return
        second = reads(book, bytes(data), {"as": as_})
        assert second is not None
        assert len(second.rejected) == len(first.rejected)
        assert second.created == 0, "a second time nothing is new"
        if first.rejected:
            again = reads(book, rejects_file(first.rejected), {"as": as_})
            assert again is None or again.created == 0


def test_words_are_taken_in_swedish_too(book: Book) -> None:
    content = "name;kind\nBy förening;Förening\nBy skola;school\nBy klubb;klubbb\n"
    result = take(book, content, **{"as": "actor"})
    assert counts(result) == (2, 0, 0, 1)
    assert {actor.name: actor.kind for actor in book.actors} == {
        "By förening": "association",
        "By skola": "school",
    }
    assert "klubbb" in result.rejected[0].reason


# Which column is what


def test_a_mapping_is_kept_under_a_name(book: Book) -> None:
    """For the next time, undone with its import; what is told beside it goes before it."""
    data = "Vem;Ring\nEva Ek;070-174 06 05\n"
    first = book.import_from(
        io.BytesIO(data.encode()), format="csv", options={"map": "name=Vem,phone=Ring"}, save="telefonlista"
    )
    assert counts(first) == (1, 0, 0, 0)
    assert counts(take(book, data, map="telefonlista")) == (0, 0, 1, 0)
    book.undo()
    with pytest.raises(
        KontaktnatError, match="no mapping is kept as telefonlista; write FIELD=COLUMN"
    ) as raised:
        take(book, data, map="telefonlista")
    assert raised.value.exit_code == 3
    assert not book.contacts.all()
    for name in ("", " ", "a=b"):
        with pytest.raises(KontaktnatError, match="a mapping is kept under a plain name"):
            book.import_from(io.BytesIO(BODY.encode()), format="csv", save=name)
    assert not book.contacts.all(), "nothing of it is there"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("name=Vem,name=Ring", "it can have one column only"), ("name=Vem,mail=Vem", "told twice"),
        ("nonsens=Vem", "a field is one of"), ("name=Ingen", "no such column"), ("name=Vem,", ""),
    ],
)  # fmt: skip
def test_what_is_told_of_columns(book: Book, told: str, says: str) -> None:
    data = "Vem;Ring\nEva Ek;070-174 06 05\n"
    if not says:
        assert counts(take(book, data, map=told)) == (1, 0, 0, 0)
        return
    with pytest.raises(KontaktnatError, match=says):
        take(book, data, map=told)


def test_a_title_with_a_comma_can_be_told(book: Book) -> None:
    take(book, "Vem, det är;E-post\nEva Ek;eva.ek@nybro.example\n", map="name=Vem, det är,email=E-post")
    assert names(book) == ["Eva Ek"]


def test_what_is_told_goes_before_the_headers(book: Book) -> None:
    data = "Namn;Smeknamn;E-post;Privat e-post\nEva Ek;Evy Ek;eva@x.example;evy@x.example\n"
    take(book, data, map="name=Smeknamn,ignore=Privat e-post")
    [evy] = book.contacts.all()
    assert (evy.name, [way.value for way in evy.ways]) == ("Evy Ek", ["eva@x.example"])


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("Namn;E-post", "Eva Ek;e@x.example", "contact"),
        ("Namn;E-post", "Nybro IF;n@x.example", "actor"),
        ("Namn;Organisation", "Xqz Wrt;Nybro IF", "contact"),
        ("Namn;Orgnr", "Eva Ek;802400-1234", "actor"),
        ("Förnamn;Efternamn;Företag", ";;Nybro IF", "actor"),
        ("Förnamn;Efternamn;Företag", "Eva;Ek;Nybro IF", "contact"),
        ("Förening;Kontaktperson;Orgnr", "Nybro IF;Eva Ek;802400-1234", "both"),
        ("Display Name;First Name;Current Employer", "Nybro IF;;Nybro IF", "actor"),
    ],
)
def test_people_are_told_from_organisations(book: Book, header: str, row: str, kind: str) -> None:
    book.import_from(io.BytesIO(f"{header}\n{row}\n".encode()), format="csv")
    told = (len(book.contacts.all()), len(book.actors.all()))
    assert told == {"contact": (1, 0), "actor": (0, 1), "both": (1, 1)}[kind]


def test_an_organisation_and_whom_one_reaches_there(book: Book) -> None:
    """A register of associations: the row is of the association, and its contact person has a role there."""
    data = (
        "Förening;Orgnr;Kontaktperson;E-post;Enhet;Namn i avtal\n"
        "Nybro IF;802400-1234;Eva Ek;kansli@nybro-if.example;A;x\n"
        "Kalmar BK;12345;Bo Ask;;;\n"
        "Ort SK;802400-1242;;;;\n"
    )
    result = book.import_from(io.BytesIO(data.encode()), format="csv")
    assert (result.created, [one.row for one in result.rejected]) == (2, [3]), "a row counts once"
    assert [actor.name for actor in book.actors.all()] == ["Nybro IF", "Ort SK"]
    [eva] = book.contacts.all()
    [role] = book.roles.all()
    assert (eva.name, eva.ways, role.contact, role.title) == ("Eva Ek", (), eva.id, "Kontaktperson")
    assert book.actors.get(role.actor).name == "Nybro IF"
    assert result.understood is not None
    assert "Enhet" in result.understood.unused
    again = book.import_from(io.BytesIO(data.encode()), format="csv")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)


@pytest.mark.parametrize("header", ["Namn;Kontaktperson;Orgnr", "Namn;Orgnr;Kontaktperson"])
def test_a_contact_person_is_not_the_name_of_an_organisation(book: Book, header: str) -> None:
    cells = {"Namn": "Nybro IF", "Kontaktperson": "Eva Ek", "Orgnr": "802400-1234"}
    row = ";".join(cells[title] for title in header.split(";"))
    book.import_from(io.BytesIO(f"{header}\n{row}\n".encode()), format="csv")
    assert ([one.name for one in book.actors.all()], [one.name for one in book.contacts.all()]) == (
        ["Nybro IF"], ["Eva Ek"],
    )  # fmt: skip


def test_columns_that_are_shown_as_read_are_read(book: Book) -> None:
    """Of two places of work in a row one is taken and the other told; an empty one is not."""
    data = "Namn;Företag;Arbetsplats;Avdelning;Mobil\nEva Ek;Nybro kommun;Plan 3;;070-174 06 05\n"
    understood = take(book, data).understood
    assert understood is not None
    assert [title for title, _ in understood.mapping] == ["Namn", "Företag", "Mobil"]
    assert list(understood.unused) == ["Arbetsplats"]


@pytest.mark.parametrize("number", ["114 14", "1177", "116 000"])
def test_a_short_number_is_a_number(book: Book, number: str) -> None:
    take(book, f"Namn;Telefon\nEva Ek;{number}\n")
    assert [way.value for way in book.contacts.all()[0].ways] == [number]


def test_the_columns_of_a_register_of_associations(book: Book) -> None:
    data = "Föreningsnamn;Kontaktperson;Utdelningsadress;Post nr;Postort;Orgnr;www\n"
    data += "Nybro IF;Eva Ek;Storgatan 1;382 80;Nybro;802400-1239;nybroif.example\n"
    result = book.import_from(io.BytesIO(data.encode()), format="csv")
    [club] = book.actors.all()
    assert club.name == "Nybro IF"
    assert [way.value for way in club.ways] == ["nybroif.example", "Storgatan 1, 382 80 Nybro"]
    assert result.understood is not None
    assert not result.understood.unused
    assert [(one.name, one.ways) for one in book.contacts.all()] == [("Eva Ek", ())]


def test_a_list_from_exchange(book: Book) -> None:
    """What stands in it with an @ and is no mail address is none, and no street either."""
    book.add(Actor(name="Nybro kommun"))
    data = "DisplayName,PrimarySmtpAddress,Title,Company,telephoneNumber,IMAddress,EmailAddresses\n"
    data += "Eva Ek,eva.ek@nybro.example,Säkerhetschef,Nybro kommun,0480-45 00 01,sip:eva.ek@nybro.example,"
    data += "SMTP:eva.ek@nybro.example;smtp:eva@nybro.example;SIP:eva.ek@nybro.example;X500:/o=ExchangeLabs\n"
    assert counts(take(book, data)) == (1, 0, 0, 0)
    [eva] = book.contacts.all()
    assert [(way.kind, way.value) for way in eva.ways] == [
        ("mail", "eva.ek@nybro.example"),
        ("phone", "0480-45 00 01"),
        ("mail", "eva@nybro.example"),
    ]


@pytest.mark.parametrize("title", ["Email Status", "E-post, visat namn", "E-postvisningsnamn", "IP-adress"])
def test_what_tells_of_an_address_is_none(book: Book, title: str) -> None:
    assert counts(take(book, f"Namn;E-post;{title}\nEva Ek;eva@nybro.example;Subscribed\n")) == (1, 0, 0, 0)
    assert [way.value for way in book.contacts.all()[0].ways] == ["eva@nybro.example"]


@pytest.mark.parametrize(
    "title",
    ["Vårdnadshavare e-post", "Närmast anhörig, telefon", "Mum-email", "Mother – phone", "Phone Ext", "Land"],
)
def test_what_is_a_relatives_or_no_address_at_all_is_said_and_not_read(book: Book, title: str) -> None:
    result = take(book, f"Namn;E-post;{title}\nEva Ek;eva@nybro.example;070-174 06 05\n")
    assert [way.value for way in book.contacts.all()[0].ways] == ["eva@nybro.example"]
    assert result.understood is not None
    assert list(result.understood.unused) == [title]
    assert [column for column, _ in result.understood.mapping] == ["Namn", "E-post"]


@pytest.mark.parametrize(
    ("header", "type"), [("namn;anteckning", "actor"), ("namn;e-post;anteckning", "contact")]
)
def test_rows_of_one_record_that_differ_change_it_once(book: Book, header: str, type: str) -> None:
    """The last one counts; read anew, neither changes anything."""
    first = "Eva Ek;" + ("eva@x.example;" if type == "contact" else "")
    data = f"{header}\n{first}ett\n{first}två\n"
    assert counts(take(book, data, **{"as": type})) == (1, 1, 0, 0)
    version = book.version
    assert counts(take(book, data, **{"as": type})) == (0, 0, 2, 0)
    assert book.version == version
    assert (book.contacts.all() + book.actors.all())[0].note == "två"
    assert counts(take(book, f"{data}{first}tre\n", **{"as": type})) == (0, 3, 0, 0)


def test_files_that_were_put_together_name_nobody_after_the_header(book: Book) -> None:
    data = "Namn;Organisation\nEva Ek;Nybro IF\nNamn;Organisation\nBo Ek;Nybro IF\n"
    assert counts(take(book, data)) == (2, 0, 0, 0)
    assert names(book) == ["Bo Ek", "Eva Ek"]


def test_mailchimps_tags(book: Book) -> None:
    take(book, 'Email Address,First Name,Last Name,TAGS\neva@nybro.example,Eva,Ek,"""BRÅ"",""Trygg"""\n')
    assert book.contacts.all()[0].tags == ("BRÅ", "Trygg")


def test_swedish_outlook(book: Book) -> None:
    """Its titles in Swedish; Titel is Herr or Dr there, and Befattning the title."""
    nybro = book.add(Actor(name="Nybro kommun"))
    header = (
        'Titel,Förnamn,Mellannamn,Efternamn,Företag,Avdelning,Befattning,"Gata, arbete","Ort, arbete",'
        '"Postnummer, arbete","Fax, arbete","Telefon, arbete",Mobiltelefon,E-postadress,E-posttyp,'
        '"E-post 2, adress",Anteckningar,Födelsedag,Kategorier,Webbsida\n'
    )
    row = (
        "Dr,Eva,Lo,Ek,Nybro kommun,,Säkerhetschef,Stadshusplan 1,Nybro,382 80,070-174 06 07,070-174 06 05,"
        '070-174 06 06,eva.ek@nybro.example,SMTP,eva@hem.example,"Rad ett\nrad två",1970-01-01,'
        "Nätverk;Chefer,www.nybro.example\n"
    )
    result = book.import_from(io.BytesIO((header + row).encode("cp1252")), format="csv")
    assert counts(result) == (1, 0, 0, 0)
    [eva] = book.contacts.all()
    assert (eva.name, eva.note, eva.tags) == ("Eva Lo Ek", "Rad ett\nrad två", ("Nätverk", "Chefer"))
    assert [(way.kind, way.value, way.label) for way in eva.ways] == [
        ("phone", "070-174 06 07", "fax"),
        ("phone", "070-174 06 05", "work"),
        ("phone", "070-174 06 06", "mobile"),
        ("mail", "eva.ek@nybro.example", ""),
        ("mail", "eva@hem.example", ""),
        ("web", "www.nybro.example", ""),
        ("address", "Stadshusplan 1, 382 80 Nybro", "work"),
    ]
    assert [(role.actor, role.title) for role in book.roles.all()] == [(nybro.id, "Säkerhetschef")]
    assert result.understood
    assert result.understood.unused == ("Titel", "Födelsedag"), "a birthday has no purpose here"


def test_civicrm(book: Book) -> None:
    header = (
        "Contact ID,Contact Type,First Name,Last Name,Organization Name,Current Employer,Job Title,Email,"
        "Phone,Street Address,City,Postal Code,Tag(s)\n"
    )
    rows = (
        "7,Individual,Eva,Ek,,Nybro IF,Ordförande,eva@nif.example,070-174 06 05,,,,Styrelse\n"
        "8,Organization,,,Nybro IF,,,info@nif.example,,Idrottsgatan 1,Nybro,382 30,\n"
    )
    assert counts(book.import_from(io.BytesIO((header + rows).encode()), format="csv")) == (2, 0, 0, 0)
    [club] = book.actors.all()
    assert (club.name, [way.value for way in club.ways]) == (
        "Nybro IF",
        ["info@nif.example", "Idrottsgatan 1, 382 30 Nybro"],
    )
    assert [role.actor for role in book.roles.all()] == [club.id], "though it comes later in the file"


def test_a_name_with_a_comma(book: Book) -> None:
    take(book, 'Namn\n"Ek, Eva"\n')
    [eva] = book.contacts.all()
    assert (eva.name, eva.given, eva.family) == ("Eva Ek", "Eva", "Ek")


def test_short_rows_are_blank_at_their_end(book: Book) -> None:
    assert counts(take(book, "name;email;note\nEva Ek\nBo Ek;b@x.example;n;;\nLo;l@x.example;n;mer\n")) == (
        2,
        0,
        0,
        1,
    )


@pytest.mark.parametrize("told", ["Nybro", "nybro kommun", "0881", "881"])
def test_a_municipality_by_its_name(book: Book, told: str) -> None:
    book.add(Actor(name="Nybro kommun", kind="municipality", aliases=["Nybro"], place="0881"))
    assert counts(take(book, f"Förening;Kommun;Orgnr\nNybro IF;{told};802400-1234\n", **{"as": "actor"})) == (
        1,
        0,
        0,
        0,
    )
    assert book.actors.where(name="Nybro IF")[0].place == "0881"
    refused = take(book, "Förening;Kommun\nKalmar IF;Växjö\n", **{"as": "actor"})
    assert refused.rejected[0].reason == (
        "place: no municipality in the book is called Växjö; "
        "correct the name, or write its code of four digits"
    )
    close = take(book, "Förening;Kommun\nKalmar IF;Nyboro\n", **{"as": "actor"})
    assert "called Nyboro; nearest: Nybro" in close.rejected[0].reason


def test_undo_reports_rows_edited_since(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Namn;E-post\nEva Ek;eva@x.example\nBo Ek;bo@x.example\n", "utf-8")
    done = kalmar("import", "x.csv", "--as", "contact")
    number = re.search(r"undo (\d+) takes it back", done.out)[1]  # type: ignore[index]
    kalmar("set", "Eva Ek", "note=ringer på tisdagar")
    refused = kalmar("undo", number)
    assert refused.code == 6
    assert "set (" in refused.err
    undone = kalmar("undo", number, "--skip-changed")
    assert undone.code == 0
    assert "left as it is, for it was changed since: Eva Ek" in undone.out
    assert "Bo Ek" not in undone.out
    assert "Bo Ek" not in kalmar("list", "contacts").out


def test_what_is_read_is_said_in_words_that_may_be_told(book: Book) -> None:
    """In Swedish too: what is shown as `förnamn` may be written so in --map."""
    from kontaktnat.i18n import in_language
    from kontaktnat.tabular.headers import TARGETS
    from kontaktnat.tabular.mapping import mapped, shown

    for target in TARGETS:
        for lang in ("sv", "en"):
            told = in_language(shown(mapped(["Namn", "X"], f"{target}=X"))[-1][1], lang)
            meant = mapped(["Namn", "X"], f"{told}=X").columns[1]
            assert meant is not None
            assert meant.target == target, told


def test_where_rejects_cannot_lie_it_is_told_what_was_taken_all_the_same(
    kalmar: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "folk.csv").write_text("Namn;E-post\nEva Ek;eva@nybro.example\nUlf Dal;nomail\n", "utf-8")
    ran = kalmar("import", "folk.csv", "--as", "contact", "--rejects", "none/rest.csv")
    assert ran.code == 5
    assert "make it first" in ran.err
    assert "takes it back" in ran.out
    assert ran.last == "created 1, updated 0, unchanged 0, rejected 1"
    again = kalmar("import", "folk.csv", "--as", "contact", "--rejects", "rest.csv")
    assert again.last == "created 0, updated 0, unchanged 1, rejected 1"
    assert "Ulf Dal" in (tmp_path / "rest.csv").read_text("utf-8")


def test_who_stops_at_the_question_is_told_what_was_taken(kalmar: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "folk.csv").write_text("Namn;E-post;Organisation\nEva Ek;eva@x.example;Okänd AB\n", "utf-8")
    ran = kalmar("import", "folk.csv", terminal=True)  # at the question the input ends: Ctrl-D
    assert ran.code == 130
    assert "what it did stands" in ran.err
    assert ran.last == "created 1, updated 0, unchanged 0, rejected 0"
    assert len(kalmar("list", "pending", "-o", "json").records()) == 1


@pytest.mark.parametrize("name", ["VAKANT", "(vakant)", "N.N.", "-"])
def test_a_vacant_post_is_no_person(book: Book, name: str) -> None:
    result = take(book, f"Namn;Roll;E-post\n{name};Samordnare;\nEva Ek;Samordnare;eva.ek@nybro.example\n")
    assert [one.name for one in book.contacts.all()] == ["Eva Ek"]
    assert "the post is vacant" in result.rejected[0].reason


def test_rejected_rows_open_in_columns_and_say_why_in_ones_language(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "lista.csv").write_text("Namn;Mobil\nEva Ek;saknas\n", encoding="utf-8")
    assert kalmar("--lang", "sv", "import", "lista.csv").code == 0
    header, row = (tmp_path / "lista.rejected.csv").read_text("utf-8-sig").splitlines()
    assert header == "Namn;Mobil;problem"
    assert row == "Eva Ek;saknas;'saknas' är inget telefonnummer"


# Since when somebody is there

DAYS = [
    ("2024-03-01", "2024-03-01", "2024-03-02"),
    ("2024-03-01 00:00:00", "2024-03-01", "2024-03-02"),
    ("1/3 2024", "2024-03-01", "2024-03-02"),
    ("31/12-2024", "2024-12-31", "2025-01-01"),
    ("1.3.2024", "2024-03-01", "2024-03-02"),
    ("2024/3/1", "2024-03-01", "2024-03-02"),
    ("20240301", "2024-03-01", "2024-03-02"),
    ("1 mars 2024", "2024-03-01", "2024-03-02"),
    ("mars 2024", "2024-03", "2024-03"),
    ("2024-03", "2024-03", "2024-03"),
    ("2024", "2024", "2024"),
    ("tills vidare", "", ""),
    ("-", "", ""),
]


@pytest.mark.parametrize(("told", "since", "until"), DAYS)
def test_a_day_in_a_list_is_read_as_people_write_it(told: str, since: str, until: str) -> None:
    assert (cells.day(told), cells.day(told, last=True)) == (since, until)


@pytest.mark.parametrize(
    "told", ["våren 2023", "idag", "2v", "12/11", "32/1 2024", "9999-12-31x", "24-03-01"]
)
def test_what_is_no_day_is_not_guessed_at(told: str) -> None:
    assert cells.day(told) is None


@given(st.text(max_size=12) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}", fullmatch=True))
def test_any_text_is_a_day_or_none(told: str) -> None:
    for last in (False, True):
        day = cells.day(told, last=last)
        assert not day or str(PartialDate.parse(day)) == day


@pytest.mark.parametrize(
    ("since", "until", "ends"),
    [
        ("Sedan", "Till och med", "2031-07-01"),
        ("Fr.o.m.", "T.o.m.", "2031-07-01"),
        ("Tillträdde", "Slutdatum", "2031-07-01"),
        ("Start date", "End date", "2031-07-01"),
        ("Since", "Until", "2031-06-30"),
    ],
)
def test_columns_of_days_are_of_the_role(book: Book, since: str, until: str, ends: str) -> None:
    book.add(Actor(name="Nybro kommun"))
    data = f"Namn;Organisation;Titel;{since};{until}\nÅsa Öberg;Nybro kommun;Rektor;1/3 2024;2031-06-30\n"
    for outcome in ((1, 0, 0, 0), (0, 0, 1, 0)):
        done = take(book, data)
        assert counts(done) == outcome
    assert done.understood is not None
    assert [str(one) for _, one in done.understood.mapping[-2:]] == ["since", "until"]
    [role] = book.roles.all()
    assert (str(role.since), str(role.until)) == ("2024-03-01", ends)


def test_what_is_no_day_is_kept_in_the_note_and_without_a_place_days_are_not_read(book: Book) -> None:
    book.add(Actor(name="Nybro kommun"))
    data = "Namn;Organisation;Sedan;Anteckning\nÅsa Öberg;Nybro kommun;våren 2023;rektor\n"
    for outcome in ((1, 0, 0, 0), (0, 0, 1, 0)):
        assert counts(take(book, data)) == outcome
    assert [one.note for one in book.contacts] == ["rektor\nSedan: våren 2023"]
    assert [one.since for one in book.roles] == [None]
    done = take(book, "Namn;Mobil;Sedan\nBo Ek;070-174 06 05;2024\n")
    assert (counts(done), done.understood and done.understood.unused) == ((1, 0, 0, 0), ("Sedan",))


def test_days_of_a_contact_person_are_of_their_role(book: Book) -> None:
    data = "Förening;Orgnr;Kontaktperson;Roll;Från och med\nNybro IF;802400-1234;Eva Ek;Ordförande;2022\n"
    book.import_from(io.BytesIO(data.encode()), format="csv")
    [role] = book.roles.all()
    assert (role.title or role.function, str(role.since)) == ("Ordförande", "2022")


def test_what_is_wrong_with_a_row_names_the_field_as_its_reader_does(book: Book) -> None:
    data = "Förening;Orgnr;Kommun\nNybro IF;802400-12;\nMadesjö IF;;Ingenstans\n"
    done = book.import_from(io.BytesIO(data.encode()), format="csv")
    reasons = [one.reason for one in done.rejected]
    assert [str(one).partition(":")[0] for one in reasons] == ["org_number", "place"]
    with speaking("sv"):
        said = [tr(one).partition(":")[0] for one in reasons]
    assert said == ["organisationsnummer", "kommun"]
