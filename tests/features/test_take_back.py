"""A sheet that was exported comes back: what was edited is written, row by row, and nothing else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Contact,
    FollowUp,
    Member,
    Network,
    Role,
    Way,
)
from kontaktnat.exchange import ImportResult, rejects_file
from kontaktnat.extend import Field
from kontaktnat.tabular.exported import TYPES
from kontaktnat.testing.sample import county, fill

Row = dict[str, str]
Edit = Callable[[list[Row]], Any]


@pytest.fixture(scope="module")
def memory() -> Callable[[], Book]:
    return lambda: kontaktnat.open("memory:", mode="create", plugins=[], by="anna")


def exported(book: Book, type_name: str = "contact", **options: str) -> list[Row]:
    stream = io.BytesIO()
    reveal = options.pop("reveal", None)
    book.export_to(stream, "csv", options={"type": type_name, **options}, reveal=reveal)
    text = stream.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if options else ","))


def written(rows: list[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def back(book: Book, rows: list[Row]) -> ImportResult:
    return book.import_from(io.BytesIO(written(rows)), format="csv")


def counts(done: ImportResult) -> tuple[int, int, int, int]:
    return done.created, done.updated, done.unchanged, len(done.rejected)


def reasons(done: ImportResult) -> list[str]:
    return [str(one.reason) for one in done.rejected]


def row_of(rows: list[Row], name: str) -> Row:
    return next(row for row in rows if row["name"] == name)


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(
        Contact(
            name="Eva Ek",
            ways=[
                Way(kind="mail", value="eva.ek@nybro.example", label="arbete"),
                Way(kind="phone", value="070-174 06 05", since="2023-09"),
                Way(kind="phone", value="0701740606", label="hem"),
            ],
            purpose="network_membership",
            note="ringer\npå tisdagar",
            tags=["län", "a|b"],
            informed_at="2026-03-01T08:30:12.345678",
        )
    )


# What nobody edited


@pytest.mark.parametrize("type_name", TYPES)
@pytest.mark.parametrize("excel", [{}, {"excel": "yes"}])
def test_an_export_of_each_type_changes_nothing(book: Book, type_name: str, excel: dict[str, str]) -> None:
    fill(book, county())
    rows = exported(book, type_name, **excel)
    assert rows
    before = book.version
    done = back(book, rows)
    assert counts(done) == (0, 0, len(rows), 0), reasons(done)
    assert (book.version, list(done.notes)) == (before, [])


def test_also_when_the_book_has_moved_on(book: Book, eva: Contact) -> None:
    rows = exported(book)
    book.update(eva, note="annat", name="Eva Ek Lund", tags=())
    book.add(Contact(name="Bo Ask"))
    assert counts(back(book, rows)) == (0, 0, 1, 0)
    assert book.contacts.get(eva.id).note == "annat"


def test_what_a_spreadsheet_does_to_cells_is_no_edit(book: Book) -> None:
    book.add(
        Actor(
            name="Nybro kommun", kind="municipality", place="0881", county="08", note="rad ett\nrad två  \n"
        )
    )
    nybro = book.actors.all()[0]
    book.add(Role(actor=nybro.id, function="case_officer", since="2018-09", until="2027", share=0.5))
    [row] = exported(book, "actor")
    row |= {
        "place": "881",
        "county": "8",
        "note": "rad ett\r\nrad två",
        "kind": "kommun",
        "protected": "FALSKT",
    }
    [role] = exported(book, "role")
    role |= {"since": "sep-18", "share": "0,5", "function": "Handläggare"}
    before = book.version
    for rows in ([row], [role]):
        done = back(book, rows)
        assert (counts(done), list(done.notes)) == ((0, 0, 1, 0), []), reasons(done)
    assert book.version == before


def test_what_excel_would_compute_is_guarded_and_comes_back_unharmed(book: Book) -> None:
    names = [
        "=1+1 idrottsförening",
        "+46 ringer",
        "-minus",
        "@hemma",
        "'apostrof",
        "'90-talet",
        "0123",
        "12e5",
    ]
    for name in names:
        book.add(Actor(name=name))
    rows = exported(book, "actor", excel="yes")
    assert all(row["name"].startswith("'") for row in rows)
    assert counts(back(book, rows)) == (0, 0, len(names), 0)
    for row in rows:
        row["note"] = "'=2+2"
    assert back(book, rows).updated == len(names)
    assert sorted(one.name for one in book.actors) == sorted(names)
    assert {one.note for one in book.actors} == {"=2+2"}


# What was edited

EDITS: Mapping[str, tuple[Row, dict[str, Any]]] = {
    "a text": ({"note": "ny"}, {"note": "ny"}),
    "lines": ({"note": "ett\r\ntvå"}, {"note": "ett\ntvå"}),
    "a word in Swedish": ({"purpose": "stöd"}, {"purpose": "crime_prevention_support"}),
    "a list": ({"tags": "län | ny"}, {"tags": ("län", "ny")}),
    "yes": ({"protected": "SANT"}, {"protected": True}),
    "a time": ({"informed_at": "2026-04-02 09:15"}, {"informed_at": "2026-04-02T09:15:00+02:00"}),
    "a day for a time": ({"verified_at": "2026-04-02"}, {"verified_at": "2026-04-02T00:00:00+02:00"}),
    "a name": ({"name": "Eva  Lund", "family": "Lund"}, {"name": "Eva Lund", "family": "Lund"}),
    "cleared": ({"note": "<clear>", "tags": "<clear>"}, {"note": "", "tags": ()}),
}


@pytest.mark.parametrize("case", EDITS)
def test_only_what_was_edited_is_written(book: Book, eva: Contact, case: str) -> None:
    edit, expected = EDITS[case]
    rows = exported(book)
    rows[0] |= edit
    assert counts(back(book, rows)) == (0, 1, 0, 0)
    [change] = list(book.history(eva.id))[-1].changes
    assert change.before
    assert change.after
    fields = {*change.before, *change.after}
    changed = {name for name in fields if change.before.get(name) != change.after.get(name)}
    assert changed - {"rev", "changed", "changed_by"} == set(expected)
    record = book.reveal(eva.id, "test")
    found = {name: getattr(record, name) for name in expected}
    assert {n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in found.items()} == expected
    assert counts(back(book, rows)) == (0, 0, 1, 0)  # the same sheet once more


def test_a_way_keeps_its_label_and_dates(book: Book, eva: Contact) -> None:
    rows = exported(book)
    assert rows[0]["phone"] == "070-174 06 05 | 0701740606"
    rows[0]["phone"] = "0701740606 | +46 70 174 06 05 | 701740607"
    assert back(book, rows).updated == 1
    ways = {way.value: (way.kind, way.label, str(way.since or "")) for way in book.contacts.get(eva.id).ways}
    assert ways == {
        "eva.ek@nybro.example": ("mail", "arbete", ""),
        "0701740606": ("phone", "hem", ""),
        "+46 70 174 06 05": ("phone", "", "2023-09"),
        "0701740607": ("phone", "", ""),
    }


def test_one_way_of_which_a_spreadsheet_made_a_number(book: Book) -> None:
    book.add(Contact(name="Bo Ask", ways=[Way(kind="phone", value="0701740611")]))
    rows = exported(book)
    rows[0]["phone"] = "701740611"
    assert counts(back(book, rows)) == (0, 0, 1, 0)
    rows[0]["phone"] = "46701740612"
    assert back(book, rows).updated == 1
    assert book.contacts.all()[0].ways[0].value == "+46701740612"


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ({"phone": "ring mig"}, "phone"),
        ({"mail": "eva"}, "mail"),
        ({"purpose": "xyzzy"}, "purpose"),
        ({"protected": "kanske"}, "neither yes nor no"),
        ({"informed_at": "xyzzy"}, "informed_at"),
        ({"name": "<clear>"}, "name"),
        ({"name": "Eva\nEk"}, "several lines"),
        ({"extra": "{"}, "JSON"),
        ({"extra": "[1]"}, "extra"),
        ({"type": "actor"}, "is of type contact"),
        ({"type": "setting"}, "not taken back"),
        ({"type": "xyzzy"}, "no such type"),
    ],
)
def test_a_row_that_does_not_fit_is_rejected_whole(book: Book, eva: Contact, edit: Row, says: str) -> None:
    rows = exported(book)
    rows[0] |= {"note": "ny", **edit}
    before = book.version
    done = back(book, rows)
    assert counts(done) == (0, 0, 0, 1)
    assert says in reasons(done)[0]
    assert book.version == before


def test_a_blank_keeps_and_it_is_said(book: Book, eva: Contact) -> None:
    rows = exported(book)
    rows[0] |= {"note": "", "mail": "", "rev": rows[0]["rev"]}
    done = back(book, rows)
    assert counts(done) == (0, 0, 1, 0)
    assert [str(note) for note in done.notes] == [
        "2 cells were emptied, which keeps what is there; <clear> in them clears the fields"
    ]


def test_names_beside_ids_are_only_read(book: Book, eva: Contact) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    ange = book.add(Actor(name="Ånge kommun", kind="municipality"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer"))
    rows = exported(book, "role")
    assert (rows[0]["contact_name"], rows[0]["actor_name"]) == ("Eva Ek", "Nybro kommun")
    book.update(eva, name="Eva Lund")
    book.update(book.roles.get(hat.id), title="ny")
    done = back(book, rows)
    assert (counts(done), list(done.notes)) == ((0, 0, 1, 0), [])
    rows[0]["actor_name"] = "Ånge kommun"
    [note] = back(book, rows).notes
    assert "actor_name, which is only to read" in str(note)
    rows[0] |= {"actor_name": "Nybro kommun", "actor": "Ånge kommun"}  # a name where the id stands
    done = back(book, rows)
    assert counts(done) == (0, 1, 0, 0)
    assert book.roles.get(hat.id).actor == ange.id
    rows[0]["actor"] = "Örebro"
    assert reasons(back(book, rows)) == ["actor: no actor has this id or name: Örebro"]


def test_parts_of_a_record_are_json(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    ange = book.add(Actor(name="Ånge kommun", kind="municipality"))
    network = book.add(
        Network(name="Nätverket", members=[Member(actor=nybro.id)], functions=["case_officer"])
    )
    rows = exported(book, "network")
    assert rows[0]["members_names"] == "Nybro kommun"
    rows[0]["members"] = f'[{{"actor": "{nybro.id}"}}, {{"actor": "{ange.id}", "since": "2024"}}]'
    assert counts(back(book, rows)) == (0, 1, 0, 0)
    assert [str(one.since or "") for one in book.networks.get(network.id).members] == ["", "2024"]


class Rinks:
    name = "rinks"

    @kontaktnat.hookimpl
    def register_fields(self) -> list[Field]:
        kinds: list[tuple[str, Any]] = [("seats", int), ("ice", bool), ("motto", str)]
        return [Field(name=f"rinks.{name}", records=("actor",), type=t, title=name) for name, t in kinds]


def test_fields_of_plugins_have_columns_also_when_the_plugin_is_gone(tmp_path: Path) -> None:
    extra = {"rinks.seats": 500, "rinks.ice": True, "other.x": [1]}
    with kontaktnat.open(tmp_path / "b.kn", mode="create", plugins=[Rinks()], by="anna") as book:
        book.add(Actor(name="Ishallen", extra=extra))
        rows = exported(book, "actor")
        assert (rows[0]["rinks.seats"], rows[0]["extra"]) == ("500", '{"other.x":[1]}')
        assert counts(back(book, rows)) == (0, 0, 1, 0)
        done = back(book, [rows[0] | {"rinks.seats": "many"}])
        assert "rinks.seats" in reasons(done)[0]
    with kontaktnat.open(tmp_path / "b.kn", plugins=[], by="anna") as book:
        assert counts(back(book, rows)) == (0, 0, 1, 0)
        edited = rows[0] | {"rinks.seats": "600", "rinks.ice": "nej", "rinks.motto": "hej", "extra": "{}"}
        assert counts(back(book, [edited])) == (0, 1, 0, 0)
        found = book.actors.all()[0].extra
        assert {name: found.get(name) for name in extra} | {"rinks.motto": found["rinks.motto"]} == {
            "rinks.seats": 600, "rinks.ice": False, "other.x": None, "rinks.motto": "hej"
        }  # fmt: skip


# Two who edit


def test_a_conflict_names_the_fields_and_writes_nothing_of_the_row(book: Book, eva: Contact) -> None:
    rows = exported(book)
    book.update(eva, note="från Bo")
    rows[0] |= {"note": "från Anna", "tags": "ny"}
    done = back(book, rows)
    assert counts(done) == (0, 0, 0, 1)
    assert "note (here 'från Bo', in the sheet 'från Anna')" in reasons(done)[0]
    assert (book.contacts.get(eva.id).note, book.contacts.get(eva.id).tags) == ("från Bo", ("län", "a|b"))
    rows[0]["note"] = "från Bo"  # they agree now
    assert counts(back(book, rows)) == (0, 1, 0, 0)
    assert book.contacts.get(eva.id).tags == ("ny",)


def test_other_fields_are_no_conflict(book: Book, eva: Contact) -> None:
    rows = exported(book)
    book.update(eva, note="från Bo")
    rows[0]["tags"] = "ny"
    assert counts(back(book, rows)) == (0, 1, 0, 0)
    assert (book.contacts.get(eva.id).note, book.contacts.get(eva.id).tags) == ("från Bo", ("ny",))


def test_a_rejected_row_can_be_corrected_and_taken_back(book: Book, eva: Contact) -> None:
    rows = exported(book)
    rows[0] |= {"note": "ny", "mail": "fel"}
    done = back(book, rows)
    text = rejects_file(done.rejected).decode("utf-8-sig")
    [again] = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert "mail" in again["problem"]
    again["mail"] = "rätt@nybro.example"
    assert counts(back(book, [again])) == (0, 1, 0, 0)
    assert book.contacts.get(eva.id).note == "ny"


def test_one_import_is_undone_as_one(book: Book, eva: Contact) -> None:
    book.add(Contact(name="Bo Ask"))
    rows = exported(book)
    before = {one.id: one.note for one in book.contacts}
    for row in rows:
        row["note"] = "ny"
    done = back(book, rows)
    assert done.updated == 2
    book.undo(done.batch)
    assert {one.id: one.note for one in book.contacts} == before


# Rows that are not of this book


def test_rows_that_come_and_go(book: Book, eva: Contact) -> None:
    book.add(Contact(name="Bo Ask"))
    rows = exported(book)
    twice = [*rows, dict(rows[0], note="två gånger")]
    done = back(book, twice)
    assert (counts(done), "same id" in reasons(done)[0]) == ((0, 0, 2, 1), True)
    assert counts(back(book, rows[1:])) == (0, 0, 1, 0)  # a row that is gone deletes nothing
    new = dict.fromkeys(rows[0], "") | {"name": "Cia Alm", "mail": "cia@nybro.example", "type": "contact"}
    assert counts(back(book, [*rows, new])) == (1, 0, 2, 0)
    assert counts(back(book, [*rows, new])) == (0, 0, 3, 0)
    assert len(book.contacts.all()) == 3


def test_a_new_row_of_roles(book: Book, eva: Contact) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer"))
    rows = exported(book, "role")
    new = dict.fromkeys(rows[0], "") | {
        "contact": "Eva Ek",
        "actor": "Nybro kommun",
        "function": "samordnare",
    }
    new["since"] = "2026-01"
    assert counts(back(book, [*rows, new])) == (1, 0, 1, 0)
    assert counts(back(book, [*rows, new])) == (0, 0, 2, 0)
    [made] = [role for role in book.roles if role.function == "crime_prevention_coordinator"]
    assert (made.contact, made.actor, str(made.since)) == (eva.id, nybro.id, "2026-01")
    lost = new | {"actor": "Ingenstans"}
    assert counts(back(book, [*rows, lost])) == (0, 0, 1, 1)


def test_a_sheet_of_another_book(book: Book, eva: Contact, memory: Callable[[], Book]) -> None:
    with memory() as other:
        nybro = other.add(Actor(name="Nybro kommun", kind="municipality"))
        cia = other.add(Contact(name="Cia Alm", ways=[Way(kind="mail", value="cia@nybro.example")]))
        other.add(Contact(name="Eva Ek", note="ny", ways=[Way(kind="mail", value="eva.ek@nybro.example")]))
        other.add(Role(contact=cia.id, actor=nybro.id, function="case_officer"))
        people, roles = exported(other), exported(other, "role")
    for row in (*people, *roles):
        row["id"] = "z" + row["id"][1:]
    done = back(book, people)
    assert counts(done) == (1, 1, 0, 0)
    assert book.contacts.get(eva.id).note == "ny"
    assert "no role" in reasons(back(book, roles))[0]
    people[0]["rev"] = ""
    people[1]["rev"] = "99"
    assert counts(back(book, people)) == (0, 0, 2, 0)


def test_what_was_deleted_or_merged_since_is_not_brought_back(book: Book, eva: Contact) -> None:
    twin = book.add(
        Contact(name="Eva Ek", note="gammal", ways=[Way(kind="mail", value="eva.ek@nybro.example")])
    )
    bo = book.add(Contact(name="Bo Ask"))
    rows = exported(book)
    book.merge(eva, twin)
    book.update(eva.id, note="ny")
    book.delete(bo)
    assert counts(back(book, rows)) == (0, 0, 3, 0)
    for row in rows:
        row["tags"] = "ändrad"
    done = back(book, rows)
    assert (counts(done), book.contacts.get(eva.id).note) == ((0, 1, 0, 2), "ny")
    assert all("gone here" in reason for reason in reasons(done))
    new = dict(row_of(rows, "Bo Ask"), id="", rev="")
    assert counts(back(book, [new])) == (1, 0, 0, 0)
    assert counts(book.import_from(io.BytesIO(rejects_file(done.rejected)), format="csv"))[3] == 2


def test_a_sheet_from_before_an_erasure_brings_nobody_back(book: Book, eva: Contact) -> None:
    """Of who was erased no id is kept: it is told by the id that the book never had."""
    bo = book.add(Contact(name="Bo Ask", note="ring Eva Ek först"))
    book.add(Contact(name="Ida Lo"))
    people = exported(book)
    book.privacy.erase(eva.id, decision="dnr 1-2026")
    version = book.version
    done = back(book, people)
    assert counts(done) == (0, 0, 1, 2)
    assert [one.name for one in book.contacts] == ["Bo Ask", "Ida Lo"]
    assert book.contacts.get(bo.id).note == "ring [erased] först"
    assert book.version == version
    found = reasons(done)
    assert any(eva.id in reason and "brings nobody back" in reason for reason in found)
    assert any("somebody was erased from it" in reason for reason in found)
    assert rejects_file(done.rejected) == b""  # nor does a file beside the book
    fresh = exported(book)
    row_of(fresh, "Bo Ask")["note"] = "ny"
    assert counts(back(book, fresh)) == (0, 1, 1, 0)
    book.update(bo.id, tags=("länet",))
    assert counts(back(book, fresh)) == (0, 0, 2, 0)


def test_nor_tells_it_who_was_anonymised(book: Book, eva: Contact) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    book.add(Role(contact=eva.id, actor=nybro.id, title="samordnare"))
    people, hats = exported(book), exported(book, "role")
    book.privacy.anonymise(eva.id, decision="dnr 1-2026")
    assert counts(back(book, people)) == (0, 0, 0, 1)
    assert counts(back(book, hats)) == (0, 0, 0, 1)
    assert [one.name for one in book.contacts] == ["[anonymised]"]
    assert "samordnare" not in [one.title for one in book.roles]


def test_a_row_of_another_book_is_taken_without_its_id_where_somebody_was_erased(
    book: Book, eva: Contact, memory: Callable[[], Book]
) -> None:
    with memory() as other:
        other.add(Contact(name="Siv Dal"))
        rows = exported(other)
    book.delete(book.add(Contact(name="Bo Ask")))
    assert counts(back(book, rows)) == (1, 0, 0, 0)
    book.undo()
    book.privacy.erase(eva.id, decision="dnr 1-2026")
    assert counts(back(book, rows)) == (0, 0, 0, 1)
    rows[0] |= {"id": "", "rev": ""}
    assert counts(back(book, rows)) == (1, 0, 0, 0)


def test_a_sheet_as_of_a_day_is_no_edit(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    role = book.add(Role(actor=nybro.id, function="case_officer", since="2020", title="a"))
    stream = io.BytesIO()
    book.export_to(stream, "csv", options={"type": "role"}, as_of="2022-01-01")
    done = book.import_from(io.BytesIO(stream.getvalue()), format="csv")
    assert counts(done) == (0, 0, 0, 1)
    assert book.roles.get(role.id) == role


# What is covered


@pytest.fixture
def siv(book: Book) -> Contact:
    ways = [Way(kind="mail", value="siv@dold.example")]
    return book.add(Contact(name="Siv Rönn", protected=True, note="dold", ways=ways))


@pytest.mark.parametrize(
    "cell", [{"mail": "gissa@x.example"}, {"note": "gissa"}, {"note": "<clear>"}, {"note": "dold"}]
)
def test_nothing_is_written_over_what_is_covered(book: Book, siv: Contact, cell: Row) -> None:
    rows = exported(book)
    assert (rows[0]["mail"], rows[0]["note"]) == ("", "")
    done = back(book, [rows[0] | cell | {"name": "Siv Ny"}])
    assert counts(done) == (0, 0, 0, 1)
    assert "covered" in reasons(done)[0]
    assert not any(value in reasons(done)[0] for value in ("gissa", "dold@", "siv@"))
    assert book.reveal(siv.id, "test").note == "dold"
    # Who takes the mark away out of the sheet learns and changes nothing either.
    bare = {key: value for key, value in (rows[0] | cell).items() if key != "hidden"}
    assert counts(back(book, [bare])) == (0, 0, 1, 0)
    assert book.reveal(siv.id, "test").note == "dold"
    assert counts(back(book, [rows[0] | {"name": "Siv Ny"}])) == (0, 1, 0, 0)
    whole = book.reveal(siv.id, "test")
    assert (whole.name, whole.note, whole.ways[0].value) == ("Siv Ny", "dold", "siv@dold.example")  # type: ignore[attr-defined]


def test_what_was_hidden_is_not_taken_into_another_book(
    book: Book, siv: Contact, memory: Callable[[], Book]
) -> None:
    """Half a person would be made of it, and the other half lost."""
    book.add(Contact(name="Bo Ask"))
    with memory() as other:
        done = back(other, exported(book))
        assert counts(done) == (1, 0, 0, 1)
        assert "--reveal REASON" in reasons(done)[0]
        done = back(other, exported(book, reveal="flytt"))
        assert counts(done) == (1, 0, 1, 0)
        [moved] = other.contacts.where(name="Siv Rönn")
        assert (moved.protected, "note" in moved.hidden) == (True, True)


def test_no_sheet_lifts_a_protection(book: Book, siv: Contact) -> None:
    for reveal in (None, "test"):
        rows = exported(book) if reveal is None else exported(book, reveal=reveal)
        done = back(book, [rows[0] | {"protected": "nej"}])
        assert "lifts a protection" in reasons(done)[0]


def test_a_sheet_from_before_somebody_was_protected(book: Book, eva: Contact) -> None:
    rows = exported(book)
    book.update(eva, protected=True)
    book.update(book.contacts.get(eva.id), name="Eva Lund")
    for guess in ("ringer\npå tisdagar", "gissa"):
        done = back(book, [rows[0] | {"note": guess}])
        assert counts(done) == (0, 0, 1, 0)
        assert [str(note) for note in done.notes] == ["4 cells of what is covered were passed over"]


def test_what_was_covered_once_is_not_told_by_an_old_revision(book: Book, siv: Contact) -> None:
    """Else a guess of what a field was while it was covered would be answered by `unchanged`."""
    rows = exported(book)
    book.update(book.reveal(siv.id, "test"), note="öppen")
    book.update(book.contacts.get(siv.id), protected=False)
    answers = set()
    for guess in ("dold", "gissa"):
        row = {key: value for key, value in rows[0].items() if key != "hidden"} | {"note": guess}
        answers.add(str(counts(back(book, [row]))) + reasons(back(book, [row]))[0])
    assert len(answers) == 1


def test_follow_ups_and_meetings_of_the_protected(book: Book, siv: Contact) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    hat = book.add(Role(contact=siv.id, actor=nybro.id, function="case_officer"))
    todo = book.add(FollowUp(text="Ring", about=[siv.id, nybro.id]))
    rows = exported(book, "followup")
    assert nybro.id not in rows[0]["about"]
    assert counts(back(book, rows)) == (0, 0, 1, 0)
    done = back(book, [rows[0] | {"about": f"{siv.id} | {nybro.id}", "text": "Ring nu"}])
    assert counts(done) == (0, 0, 0, 1)
    assert counts(back(book, [rows[0] | {"text": "Ring nu"}])) == (0, 1, 0, 0)
    assert book.reveal(todo.id, "test").about == (siv.id, nybro.id)  # type: ignore[attr-defined]
    assert counts(back(book, exported(book, "role"))) == (0, 0, 1, 0)
    assert book.reveal(hat.id, "test").actor == nybro.id  # type: ignore[attr-defined]


# Any cell

CELLS = {
    "contact": {"note": "en\nny", "tags": "x | y", "mail": "ny@nybro.example", "given": "Eva", "draft": "ja"},
    "actor": {
        "aliases": "A | B",
        "kind": "association",
        "place": "0880",
        "cadence": "P3M",
        "web": "x.example",
    },
    "role": {"title": "chef", "since": "2019-04", "share": "0.25", "phone": "070-174 06 20"},
    "interaction": {"subject": "Ny", "when": "2026-10-01T09:00", "mandate": "2 | 3", "agenda": "a | b"},
    "topic": {"answer": "ja", "raised_on": "2026-02", "status": "draft"},
    "followup": {"text": "annat", "due": "2026-12-24", "side": "they", "recurrence": "R/2026-12-24/P1M"},
    "network": {"level": "national", "functions": "case_officer"},
    "commitment": {"notice_months": "3", "decided_on": "2025-05-01", "purposes": "nytt"},
    "assignment": {"issuer": "någon", "invites": "nej", "target_groups": "unga"},
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_edited_cell_changes_exactly_that_field(memory: Callable[[], Book], data: st.DataObject) -> None:
    with memory() as book:
        fill(book, county())
        type_name = data.draw(st.sampled_from(TYPES))
        rows = exported(book, type_name)
        n = data.draw(st.integers(0, len(rows) - 1))
        key = data.draw(st.sampled_from(sorted(CELLS[type_name])))
        hidden = rows[n].get("hidden", "")
        field = "ways" if key in ("mail", "phone", "web", "address") else key
        edited = rows[n][key] not in (CELLS[type_name][key], "False")
        rows[n][key] = CELLS[type_name][key]
        done = back(book, rows)
        if field in hidden.split(" | "):
            assert counts(done) == (0, 0, len(rows) - 1, 1)
            return
        assert counts(done) == (0, int(edited), len(rows) - edited, 0), reasons(done)
        for change in list(book.store.transactions())[-1].changes if edited else ():
            before, after = change.before or {}, change.after or {}
            assert change.id == rows[n]["id"]
            changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
            assert changed - {"rev", "changed", "changed_by"} == {field}
        assert counts(back(book, exported(book, type_name))) == (0, 0, len(rows), 0)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_anything_in_any_cell_raises_nothing(memory: Callable[[], Book], data: st.DataObject) -> None:
    with memory() as book:
        fill(book, county())
        type_name = data.draw(st.sampled_from(TYPES))
        rows = exported(book, type_name)
        for _ in range(data.draw(st.integers(1, 6))):
            row = data.draw(st.sampled_from(rows))
            key = data.draw(st.sampled_from(sorted(row)))
            odd = st.sampled_from(
                ["", "<clear>", "[", '["a", "b"]', "1e999", "nan", "-1", "ja", "|", "00", "'", "{}"]
            )
            row[key] = data.draw(
                odd | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
            )
        done = back(book, rows)
        assert sum(counts(done)) >= len(rows) - 6
