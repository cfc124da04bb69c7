"""A workbook of ours that was edited comes back: exactly what was edited changes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

import kontaktnat
from kontaktnat import Actor, Book, Contact, Role, Way
from kontaktnat.exchange import ImportResult, rejects_file
from kontaktnat.i18n import speaking
from kontaktnat.testing.sample import county, fill
from kontaktnat_excel import plugin
from kontaktnat_excel.opening import sheets

Sheets = dict[str, list[list[Any]]]
TYPES = (
    "contact",
    "actor",
    "role",
    "interaction",
    "topic",
    "followup",
    "network",
    "commitment",
    "assignment",
)


def exported(book: Book, lang: str = "en", **options: str) -> Sheets:
    stream = io.BytesIO()
    with speaking(lang):
        book.export_to(stream, "xlsx", options=options)
    return dict(sheets(stream.getvalue()))


def saved(content: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """As Excel saves it: typed, without our formats."""
    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True})
    day, moment = (book.add_format({"num_format": look}) for look in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"))
    for name, rows in content.items():
        sheet = book.add_worksheet(name)
        for n, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(n, at, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(n, at, cell, day)  # type: ignore[call-overload]
                elif isinstance(cell, str):
                    sheet.write_string(n, at, cell)
                elif cell is not None:
                    sheet.write(n, at, cell)
    book.close()
    return stream.getvalue()


def back(book: Book, content: Sheets) -> ImportResult:
    return book.import_from(io.BytesIO(saved(content)), format="xlsx")


def counts(done: ImportResult) -> tuple[int, int, int, int]:
    return done.created, done.updated, done.unchanged, len(done.rejected)


def reasons(done: ImportResult) -> list[str]:
    return [str(one.reason) for one in done.rejected]


def cell(rows: list[list[Any]], n: int, title: str, value: Any) -> None:
    rows[n][rows[0].index(title)] = value


@pytest.fixture
def full(book: Book) -> Book:
    fill(book, county())
    return book


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_unedited_nothing_changes_whatever_has_happened_in_the_book(full: Book, lang: str) -> None:
    content = exported(full, lang)
    before = full.version
    done = back(full, content)
    assert (done.created, done.updated, done.rejected, list(done.notes)) == (0, 0, [], [])
    assert full.version == before
    for record in (*full.contacts.all(), *full.actors.all(), *full.assignments.all()):
        full.update(record, name=f"{record.name} ny")
    done = back(full, content)
    assert (done.created, done.updated, done.rejected, list(done.notes)) == (0, 0, [], [])


def test_a_morning_s_work_in_swedish(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    ways = [Way(kind="phone", value="070-174 06 05", label="jobb")]
    eva = book.add(Contact(name="Eva Ek", ways=ways, purpose="network_membership"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer", since="2023-09"))
    content = exported(book, "sv")
    people, roles = content["Kontakter"], content["Roller"]
    cell(people, 1, "Anteckning", "ringer\r\npå tisdagar")
    cell(people, 1, "Telefon", 701740606)  # as Excel takes a number
    cell(people, 1, "Informerad om behandlingen", datetime(2026, 3, 1, 8, 30))
    cell(roles, 1, "Till", date(2027, 1, 31))
    cell(roles, 1, "Funktion", "Brottsförebyggande samordnare")
    cell(roles, 1, "Andel av heltid", 0.5)
    new = [None] * len(people[0])
    people.append(new)
    cell(people, 2, "Namn", "Åsa Öberg")
    cell(people, 2, "E-post", "asa@nybro.example")
    done = back(book, content)
    assert counts(done) == (1, 2, 1, 0), reasons(done)
    eva, hat = book.contacts.get(eva.id), book.roles.get(hat.id)
    assert ([way.value for way in eva.ways], eva.note) == (["0701740606"], "ringer\npå tisdagar")
    assert str(eva.informed_at) == "2026-03-01 08:30:00+01:00"
    assert (str(hat.until), hat.function, hat.share) == ("2027-01-31", "crime_prevention_coordinator", 0.5)
    assert counts(back(book, content)) == (0, 0, 4, 0)
    book.undo(done.batch)
    assert (book.contacts.count(), book.roles.get(hat.id).share) == (1, None)


def test_columns_may_be_moved_and_rows_sorted(full: Book) -> None:
    content = exported(full, type="actor")
    content["Actors"] = [[*reversed(row)] for row in (content["Actors"][0], *reversed(content["Actors"][1:]))]
    cell(content["Actors"], 1, "Note", "ny")
    content["Actors"][0][content["Actors"][0].index("Sector")] = "Min kolumn"
    done = back(full, content)
    assert counts(done) == (0, 1, 4, 0), reasons(done)
    assert done.understood
    assert done.understood.unused == ("Min kolumn",)


def test_two_who_edit(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="först"))
    bo = book.add(Contact(name="Bo Ask", note="först"))
    annas, bos = exported(book, type="contact"), exported(book, type="contact")
    first = annas["Contacts"][1][0]
    for content, note in ((annas, "Annas"), (bos, "Bos")):
        cell(content["Contacts"], 1, "Note", note)
    cell(annas["Contacts"], 2, "Given name", "Förnamn")
    cell(bos["Contacts"], 2, "Family name", "Efternamn")
    assert counts(back(book, annas)) == (0, 2, 0, 0)
    done = back(book, bos)
    assert counts(done) == (0, 1, 0, 1)
    assert "note (here 'Annas', in the sheet 'Bos')" in reasons(done)[0]
    other = eva if first == bo.id else bo
    merged = book.contacts.get(other.id)
    assert (merged.given, merged.family) == ("Förnamn", "Efternamn")
    assert book.contacts.get(first).note == "Annas"


def test_rejected_rows_come_back_as_csv_with_the_same_titles(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", informed_at="2026-03-01T08:30"))
    content = exported(book, "sv", type="contact")
    cell(content["Kontakter"], 1, "E-post", "fel")
    cell(content["Kontakter"], 1, "Kontrollerad", datetime(2026, 4, 1, 9))
    text = rejects_file(back(book, content).rejected).decode("utf-8-sig")
    done = book.import_from(io.BytesIO(text.replace(";fel;", ";eva@nybro.example;").encode()), format="csv")
    assert counts(done) == (0, 1, 0, 0), reasons(done)
    eva = book.contacts.get(eva.id)
    assert (eva.ways[0].value, str(eva.verified_at)) == ("eva@nybro.example", "2026-04-01 09:00:00+02:00")


def test_what_is_covered_is_never_written(full: Book) -> None:
    [siv] = full.contacts.where(name="Siv Rönn")
    whole = full.reveal(siv.id, "test")
    content = exported(full, type="contact")
    rows = content["Contacts"]
    n = next(n for n, row in enumerate(rows) if siv.id in row)
    cell(rows, n, "Mail", "gissa@nybro.example")
    cell(rows, n, "Name", "Siv Ny")
    done = back(full, content)
    assert counts(done) == (0, 0, 2, 1)
    assert ("covered" in reasons(done)[0], "gissa" in reasons(done)[0]) == (True, False)
    assert full.reveal(siv.id, "test") == whole


EDITS: dict[str, dict[str, Any]] = {
    "contact": {"Note": "ny\nrad", "Tags": "x | y", "Address": "G 1", "Working mark": True, "Given name": 12},
    "actor": {"Also called": "A", "Kind": "association", "Place": 880, "How often": "3m", "Web": "x.example"},
    "role": {"Title": "chef", "Since": date(2019, 4, 1), "Share of full time": 0.25},
    "interaction": {"Subject": "Ny", "When": datetime(2026, 10, 1, 9), "Agenda": "a | b"},
    "topic": {"Answer": "ja", "Raised": "2026-02", "Status": "draft"},
    "followup": {"Text": "annat", "Due": date(2026, 12, 24), "Who promised": "they"},
    "network": {"Name": "Annat", "Functions": "case_officer"},
    "commitment": {"Months of notice": 3, "Decided": date(2025, 5, 1)},
    "assignment": {"Issued by": "någon", "Target groups": "unga"},
}  # fmt: skip
FIELDS = {
    "Note": "note", "Tags": "tags", "Address": "ways", "Working mark": "draft", "Given name": "given",
    "Also called": "aliases", "Kind": "kind", "Place": "place", "How often": "cadence", "Web": "ways",
    "Title": "title", "Since": "since", "Share of full time": "share", "Subject": "subject", "When": "when",
    "Agenda": "agenda", "Answer": "answer", "Raised": "raised_on", "Status": "status", "Text": "text",
    "Due": "due", "Who promised": "side", "Name": "name", "Functions": "functions",
    "Months of notice": "notice_months", "Decided": "decided_on", "Issued by": "issuer",
    "Target groups": "target_groups",
}  # fmt: skip


@pytest.fixture(scope="module")
def memory() -> Callable[[], Book]:
    return lambda: kontaktnat.open("memory:", mode="create", plugins=[plugin], by="anna")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edited_cell_changes_exactly_that_field(memory: Callable[[], Book], data: st.DataObject) -> None:
    with memory() as book:
        fill(book, county())
        type_name = data.draw(st.sampled_from(sorted(EDITS)))
        [(name, rows), _] = exported(book, type=type_name).items()
        n = data.draw(st.integers(1, len(rows) - 1))
        title = data.draw(st.sampled_from(sorted(EDITS[type_name])))
        field, before = FIELDS[title], rows[n][rows[0].index(title)]
        hidden = rows[n][rows[0].index("Covered")] if "Covered" in rows[0] else ""
        cell(rows, n, title, EDITS[type_name][title])
        done = back(book, {name: rows})
        if field in (hidden or "").split(" | "):
            assert counts(done) == (0, 0, len(rows) - 2, 1)
            return
        edited = before != EDITS[type_name][title]
        assert counts(done) == (0, int(edited), len(rows) - 1 - edited, 0), reasons(done)
        for change in list(book.store.transactions())[-1].changes if edited else ():
            old, new = change.before or {}, change.after or {}
            changed = {key for key in {*old, *new} if old.get(key) != new.get(key)}
            assert (change.id, changed - {"rev", "changed", "changed_by"}) == (rows[n][0], {field})
        assert counts(back(book, {name: rows})) == (0, 0, len(rows) - 1, 0)
