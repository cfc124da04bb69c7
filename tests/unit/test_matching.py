"""What is the same: spellings of mail and phone, and which record a row means: no person by name alone."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, FormerName, Way, hookimpl, matching
from kontaktnat.extend import Candidate, Importer
from kontaktnat.matching import (
    Index,
    Match,
    covers,
    mail_key,
    mail_problem,
    nearest,
    org_number_problem,
    phone_key,
    phone_problem,
    way_key,
    with_ways,
)

# Spellings


@pytest.mark.parametrize(
    "text",
    [
        "eva.ek@nybro.example",
        "Eva.Ek@Nybro.Example",
        "Eva Ek <eva.ek@nybro.example>",
        "<Eva.Ek@nybro.example>",
        '"Ek, Eva" <eva.ek@nybro.example>',
        " mailto:eva.ek@nybro.example ",
    ],
)
def test_a_mail_address_in_any_spelling(text: str) -> None:
    assert mail_key(text) == way_key("mail", text) == "eva.ek@nybro.example"


@pytest.mark.parametrize(
    "text",
    [
        "070-174 06 05",
        "0701740605",
        "070 174 06 05",
        "+46701740605",
        "+46 70 174 06 05",
        "+46 (0)70-174 06 05",
        "0046 70 174 06 05",
        "tel:+46-70-174-06-05",
        "(070) 174 06 05",
        "070/174 06 05",
        "070\u00a0174\u00a006\u00a005",
        "070–174 06 05",
    ],
)
def test_a_phone_number_in_any_spelling(text: str) -> None:
    assert phone_key(text) == way_key("phone", text) == "+46701740605"


def test_a_foreign_number_keeps_its_country() -> None:
    assert phone_key("+47 22 12 34 56") == "+4722123456"


@pytest.mark.parametrize("text", ["", "växeln", "eva", "-", "ring Eva"])
def test_what_is_no_number_has_no_key(text: str) -> None:
    assert phone_key(text) == ""
    assert phone_problem(text)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("web", "https://www.nybro.example/", "nybro.example"),
        ("web", "http://Nybro.example", "https://nybro.example/"),
        ("address", "Storgatan 1,  382 31 Nybro", "storgatan 1, 382 31 nybro"),
        ("phone", "Växeln", "växeln"),
    ],
)
def test_other_ways_too(kind: str, one: str, other: str) -> None:
    assert way_key(kind, one) == way_key(kind, other)


def test_what_cannot_be_right() -> None:
    assert mail_problem("eva.ek@nybro.example") == ""
    assert mail_problem("eva ek@nybro.example")
    assert mail_problem("eva.ek")
    assert phone_problem("070-174 06 05") == ""
    assert phone_problem("070")
    assert "070-174 06 05 06 07 08" in phone_problem("070-174 06 05 06 07 08")


def test_the_nearest_names() -> None:
    names = ["Nybro kommun", "Kalmar kommun", "Åsa Ängström", "Eva Ek"]
    assert nearest("Nybor kommun", names)[0] == "Nybro kommun"
    assert nearest("asa angstrom", names)[0] == "Åsa Ängström"
    assert nearest("xyzzy", names) == []
    assert len(nearest("kommun", names, 1)) == 1


# Which record a row means


def way(kind: str, value: str) -> dict[str, str]:
    return {"kind": kind, "value": value}


EVA = {
    "id": "eva",
    "name": "Eva Ek",
    "ways": [way("mail", "eva@nybro.example"), way("phone", "070-174 06 05")],
}


def match(docs: list[dict[str, Any]], type_name: str = "contact", **fields: Any) -> Match:
    return Index(type_name, docs).match(fields)


def test_nobody_of_that_name() -> None:
    assert match([EVA], name="Bo Björk", ways=EVA["ways"]) == Match()


def test_the_same_name_alone_never_merges_persons() -> None:
    found = match([EVA], name="Eva Ek", note="en annan")
    assert (found.ids, found.sure) == (("eva",), False)
    assert found.reason == "only the name is the same"
    assert not match([EVA], name="Eva Ek", ways=[way("mail", "eva@kalmar.example")]).sure
    assert not match([{"id": "eva", "name": "Eva Ek"}], name="Eva Ek", ways=[way("mail", "e@e.example")]).sure


@pytest.mark.parametrize(
    "ways",
    [[way("phone", "+46 70 174 06 05")], [way("mail", "Eva@Nybro.example"), way("phone", "070-174 06 99")]],
)
def test_the_same_name_and_address_or_number(ways: list[dict[str, str]]) -> None:
    found = match([EVA], name="eva ek", ways=ways, note="ny")
    assert (found.ids, found.sure, found.reason) == (("eva",), True, "same name and address")


@pytest.mark.parametrize(
    "shared", [way("web", "https://nybro.example"), way("address", "Storgatan 1, Nybro")]
)
def test_what_colleagues_share_makes_no_person(shared: dict[str, str]) -> None:
    doc = {"id": "eva", "name": "Eva Ek", "ways": [shared]}
    assert not match([doc], name="Eva Ek", ways=[shared], note="en annan").sure


def test_a_row_that_says_nothing_new_is_the_one_that_is_there() -> None:
    assert match([EVA], name="Eva Ek").sure
    assert match([EVA | {"note": "x"}], name="Eva Ek", note="x").sure


def test_two_of_a_name_are_told_apart_by_address_only() -> None:
    bo, other = (
        EVA | {"id": "bo"},
        {"id": "other", "name": "Eva Ek", "ways": [way("mail", "e@orust.example")]},
    )
    assert match([bo, other], name="Eva Ek", ways=[way("mail", "e@orust.example")]).ids == ("other",)
    both = match([bo, other], name="Eva Ek")
    assert (both.ids, both.sure) == (("bo", "other"), False)
    shared = match([EVA, bo], name="Eva Ek", ways=EVA["ways"])
    assert (shared.ids, shared.sure) == (("bo", "eva"), False)


def test_actors_are_matched_by_any_name_they_bear() -> None:
    nybro = {"id": "nybro", "name": "Nybro kommun", "aliases": ["Nybro"], "names": [{"name": "Nybro stad"}]}
    for name in ("nybro kommun", "Nybro", "NYBRO STAD"):
        assert match([nybro], "actor", name=name, note="x") == Match(
            ids=("nybro",), sure=True, reason="same name"
        )
    club = {"id": "club", "name": "Nybro"}
    assert match([nybro, club], "actor", name="Nybro").ids == ("club",)  # the whole name before an alias
    two = match([club, club | {"id": "klubb"}], "actor", name="Nybro")
    assert (two.ids, two.sure) == (("club", "klubb"), False)


def test_organisation_numbers_are_not_unique() -> None:
    courts = {"id": "dv", "name": "Domstolsverket", "org_number": "202100-2742"}
    assert match([courts], "actor", name="Kalmar tingsrätt", org_number="202100-2742") == Match()


def test_what_is_noted_is_matched_from_then_on() -> None:
    index = Index("contact", [])
    assert index.match({"name": "Eva Ek"}) == Match()
    index.note(EVA)
    assert index.match({"name": "Eva Ek"}).ids == ("eva",)


def test_a_record_covers_what_it_says_already() -> None:
    assert covers(EVA, {"name": "Eva E", "ways": [way("phone", "0701740605")]})
    assert not covers(EVA, {"name": "Eva Ek", "ways": [way("phone", "070-174 06 99")]})
    assert not covers(EVA, {"name": "Eva Ek", "note": "x"})


def test_ways_are_added_once_in_any_spelling() -> None:
    new = way("phone", "070-174 06 99")
    assert with_ways(EVA, [way("phone", "+46701740605"), new]) == [*EVA["ways"], new]
    assert with_ways({}, [new]) == [new]


# In an import


@pytest.fixture
def book() -> Iterator[Book]:
    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        yield book


def rows(book: Book, text: str, as_: str = "contact") -> str:
    result = book.import_from(io.BytesIO(text.encode()), format="csv", options={"as": as_})
    assert len(result.rejected) == 0, result.rejected
    return f"{result.created} {result.updated} {result.unchanged} quarantined {result.quarantined}"


def test_a_namesake_waits_in_quarantine_once(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))
    text = "name;email;note\nEva Ek;eva@kalmar.example;ny\n"
    assert rows(book, text) == "1 0 0 quarantined 1"
    assert book.contacts.all() == [eva]
    (waiting,) = book.pending.all()
    assert (waiting.kind, waiting.candidates) == ("contact", (eva.id,))
    assert waiting.raw == {
        "name": "Eva Ek", "note": "ny", "ways": [{"kind": "mail", "value": "eva@kalmar.example"}],
    }  # fmt: skip
    assert "only the name is the same" in waiting.text
    assert rows(book, text) == "0 0 1 quarantined 0"
    assert book.pending.count() == 1


def test_an_agreeing_number_fills_in_what_is_new(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value="070-174 06 05")], note="gammal"))
    assert (
        rows(book, "name;phone;email;note\nEva Ek;+46701740605;eva@nybro.example;\n") == "0 1 0 quarantined 0"
    )
    found = book.contacts.get(eva.id)
    assert [one.value for one in found.ways] == ["070-174 06 05", "eva@nybro.example"]
    assert found.note == "gammal"  # a blank cell keeps
    assert rows(book, "name;phone;note\nEva Ek;070-1740605;<clear>\n") == "0 1 0 quarantined 0"
    assert book.contacts.get(eva.id).note == ""
    assert rows(book, "name;phone;note\nEva Ek;070-1740605;<clear>\n") == "0 0 1 quarantined 0"


def test_fields_of_a_newer_version_survive_an_import(book: Book) -> None:
    a = book.add(Actor(name="Ett bolag", unknown={"newer": 1}))
    assert rows(book, "name;note\nEtt bolag;x\n", "actor") == "0 1 0 quarantined 0"
    assert (book.actors.get(a.id).note, book.actors.get(a.id).unknown) == ("x", {"newer": 1})


def test_a_row_by_a_former_name_keeps_the_name_of_today(book: Book) -> None:
    a = book.add(Actor(name="Nya namnet", names=[FormerName(name="Gamla namnet", until="2020")]))
    assert rows(book, "name;note\nGamla namnet;x\n", "actor") == "0 1 0 quarantined 0"
    assert (book.actors.get(a.id).name, book.actors.get(a.id).note) == ("Nya namnet", "x")


def test_rows_of_one_file_know_one_another(book: Book) -> None:
    text = "name;email\nEva Ek;eva@nybro.example\nEva Ek;EVA@nybro.example\nEva Ek;\nEva Ek;e@orust.example\n"
    assert rows(book, text) == "2 0 2 quarantined 1"


class Odd:
    """A plugin whose importer gives what is not well formed."""

    name = "odd"

    @hookimpl
    def register_importers(self) -> list[Importer]:
        def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
            yield Candidate(row=1, type="contact", fields={"name": "Eva Ek"})
            yield Candidate(row=2, type="contact", fields={"name": "Eva Ek", "ways": [{"kind": "mail"}]})
            yield Candidate(row=3, type="contact", fields={"name": "Eva Ek", "ways": "x"})
            yield Candidate(row=4, type="contact", fields={"name": "Eva Ek", "nmae": "x"})
            yield Candidate(row=5, type="contact", fields={"name": 5})
            yield Candidate(row=6, type="contact", fields={"note": "utan namn"})
            yield Candidate(row=7, type="topic", fields={"name": "x"})
            yield Candidate(row=8, type="contact", problem="går inte att läsa")
            yield Candidate(row=9, type="actor", fields={"name": "A", "kind": "nonsens"})
            yield Candidate(row=10, type="contact", fields={"name": "Bo Björk", "note": "x"})

        return [Importer(name="odd", suffixes=(".odd",), sniff=lambda _: False, read=read)]


def test_a_row_that_is_not_well_formed_is_rejected_alone() -> None:
    with kontaktnat.open("memory:", by="anna", plugins=[Odd()]) as book:
        result = book.import_from(io.BytesIO(b""), format="odd")
        assert [one.row for one in result.rejected] == [2, 3, 4, 5, 6, 7, 8, 9]
        assert str(result) == "created 2, updated 0, unchanged 0, rejected 8"
        assert {one.name for one in book.contacts.all()} == {"Eva Ek", "Bo Björk"}
        assert "nearest: name" in result.rejected[2].reason


def test_known_is_who_already_says_all_that(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="phone", value="070-174 06 05")], note="x"))
    assert book.known(Contact(name="Eva Ek", ways=[Way(kind="phone", value="+46701740605")])) == eva
    assert book.known(Contact(name="Eva Ek")) == eva
    assert book.known(Contact(name="Eva Ek", note="y")) is None
    assert book.known(Contact(name="Bo Björk")) is None
    nybro = book.add(Actor(name="Nybro kommun", aliases=["Nybro"]))
    assert book.known(Actor(name="Nybro")) == nybro
    assert book.known(Actor(name="Nybro", kind="municipality")) is None


@pytest.mark.parametrize("number", ["202100-6297", "2021006297", "162021006297"])
def test_organisation_numbers_that_fit(number: str) -> None:
    assert org_number_problem(number) == ""


def test_an_organisation_number_with_a_wrong_control_digit() -> None:
    assert "202100-6298" in org_number_problem("202100-6298")


@given(
    st.from_regex(r"[A-Za-z0-9_+.-]{1,12}@[A-Za-z0-9.-]{1,14}\.[A-Za-z]{1,6}", fullmatch=True)
    | st.from_regex(matching._PLAIN_MAIL, fullmatch=True)
)
def test_what_is_taken_for_plain_is_right_by_the_library_too(value: str) -> None:
    if matching._PLAIN_MAIL.fullmatch(value) and len(value) <= matching._SHORT:
        try:
            validate_email(value, check_deliverability=False, test_environment=True)
        except EmailNotValidError as error:
            assert "special-use or reserved" in str(error)  # noqa: PT017 - of the library, not of ours


@given(st.from_regex(r"(\+46|0046|0)7[0-9][0-9 -]{6,12}", fullmatch=True))
def test_a_mobile_number_is_read_as_the_library_reads_it(value: str) -> None:
    try:
        number = phonenumbers.parse(value, "SE")
    except phonenumbers.NumberParseException:
        assert not matching.phone_key(value)
        return
    assert matching.phone_key(value) == phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.E164
    )
    assert bool(matching.phone_problem(value)) is not phonenumbers.is_possible_number(number)


def test_habo_is_not_habo_with_a_ring() -> None:
    index = matching.Index("actor", [{"id": "1", "name": "Habo kommun"}])
    assert not index.match({"name": "Håbo kommun"}).ids
    assert index.match({"name": "HABO  kommun"}).sure


def test_one_elsewhere_or_of_another_number_is_another() -> None:
    index = matching.Index("actor", [{"id": "1", "name": "Kvinnojouren", "place": "0880"}])
    assert not index.match({"name": "Kvinnojouren", "place": "0881"}).ids
    assert index.match({"name": "Kvinnojouren"}).sure
    index = matching.Index("actor", [{"id": "1", "name": "IFK", "org_number": "802400-1234"}])
    assert not index.match({"name": "IFK", "org_number": "8024005678"}).ids
    assert index.match({"name": "IFK", "org_number": "16802400-1234"}).sure


def test_an_address_inside_exchange_is_told_from_a_slip() -> None:
    problem = mail_problem("/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=bo")
    assert problem.endswith("it is one inside Exchange; write the mail address, or empty the cell")
