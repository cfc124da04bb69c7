"""`privacy extract`: everything about one person, and nobody else in it (GDPR art. 15)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    NotFound,
    Pending,
    PluginError,
    Refused,
    Role,
    Topic,
    Way,
    hookimpl,
)
from kontaktnat.extend import Field, Outward
from kontaktnat.i18n import speaking
from kontaktnat.mentions import Mentions, identity
from kontaktnat.model import RECORDS
from kontaktnat.model.base import Value
from kontaktnat.persons import Person, PersonalData
from kontaktnat.privacy.titles import TITLES
from kontaktnat.query import strings
from kontaktnat.testing import FixedClock

PARTS = Value.__subclasses__()
OpenBook = Callable[..., Book]

THEIRS = "kanarie"
"""Stands in everything that is about Eva."""
OTHERS = ("Bo Björk", "Björk, Bo", "BO BJÖRKS", "bo.bjork@nybro.example", "070-174 06 11", "+46 70 174 06 11")
"""Bo, in spellings that may not come out."""


def _forms(book: Book, who: str, **options: Any) -> tuple[str, str, str]:
    found = book.privacy.extract(who, **options)
    with speaking("sv"):
        swedish = found.markdown()
    return found.markdown(), swedish, json.dumps(found.data(), ensure_ascii=False)


def _absent(values: Iterable[str], *texts: str) -> None:
    for text in texts:
        plain = re.sub(r"\\(?=[^\w\s])", "", text)
        for value in values:
            assert value.casefold() not in plain.casefold()


@pytest.fixture
def told(book: Book, clock: FixedClock) -> dict[str, str]:
    """Eva and Bo at Nybro, and everything that names Eva; all of it is changed or deleted once."""
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", aliases=["Nybro"]))
    eva = book.add(
        Contact(
            name="Eva Ek",
            given="Eva",
            family="Ek",
            ways=[
                Way(kind="mail", value=f"{THEIRS}1@nybro.example"),
                Way(kind="phone", value="070-174 06 05"),
            ],
            source=f"{THEIRS}2",
            note=f"{THEIRS}3: chef är {OTHERS[0]}, granne till Karin Berg",
            extra={"gone.shoe": f"{THEIRS}4 {OTHERS[3]}"},
        )
    )
    bo = book.add(
        Contact(
            name="Bo Björk",
            given="Bo",
            family="Björk",
            ways=[Way(kind="mail", value=OTHERS[3]), Way(kind="phone", value=OTHERS[4])],
            note=f"Vän till Eva Ek. {THEIRS}5",
        )
    )
    role = book.add(
        Role(contact=eva.id, actor=nybro.id, function="crime_prevention_coordinator", title=f"{THEIRS}6")
    )
    his = book.add(Role(contact=bo.id, actor=nybro.id, function="case_officer"))
    call = book.add(
        Interaction(
            kind="phone",
            when="2026-09-01T10:00",
            participants=[role.id, his.id],
            summary=f"{THEIRS}7: Bo lovade Eva att ringa. {OTHERS[2]} nummer är {OTHERS[5]}",
        )
    )
    clock.move(days=-34)
    draft = book.add(Interaction(kind="mail", when="2026-10-09", participants=[eva.id], summary=f"{THEIRS}8",
                                 draft=True))  # fmt: skip
    clock.move(days=34)
    book.add(FollowUp(text=f"Ring {THEIRS}9", about=[role.id]))
    book.add(Topic(title="Trygghet", text=f"{THEIRS}10 undrar Eva Ek och {OTHERS[1]}"))
    gone = book.add(Topic(title="Bort", text=f"{THEIRS}11 sade Eva Ek till {OTHERS[0]}"))
    book.delete(gone)
    book.add(Pending(text="mejl", kind="interaction", raw={"from": "Eva Ek", OTHERS[0]: f"{THEIRS}12"}))
    book.set("signature", f"Hälsar Eva Ek och {OTHERS[0]} {THEIRS}13")
    book.update(eva, note=f"{THEIRS}14")
    made = {"eva": eva, "bo": bo, "nybro": nybro, "call": call, "draft": draft, "role": role, "his": his}
    return {name: one.id for name, one in made.items()}


def test_everything_about_a_person_is_there_and_nobody_else(book: Book, told: dict[str, str]) -> None:
    forms = _forms(book, told["eva"])
    for form in forms:
        for number in range(1, 15):
            assert re.search(rf"{THEIRS}{number}\b", form), number
        assert "070-174 06 05" in form
        assert "[?Karin Berg?]" in form.replace("\\", "")
    _absent([*OTHERS, told["bo"], told["his"]], *forms)
    assert "Bo lovade" not in forms[0]  # who has part in it is not named by the given name alone either
    assert "[another person] lovade Eva" in forms[2]
    assert "handläggare, Nybro kommun" in forms[1]
    assert "case officer, Nybro kommun" in forms[0]


def test_the_document_can_be_read_by_one_who_never_saw_the_program(book: Book, told: dict[str, str]) -> None:
    _, swedish, _ = _forms(book, told["eva"])
    assert swedish.startswith("# Registerutdrag för Eva Ek\n")
    assert "(utkast, 34 dagar)" in swedish
    assert "- Ändamål: (inget är angivet)" in swedish
    assert "- Om personen: 1\n" in swedish
    assert "- Funktion: brottsförebyggande samordnare" in swedish
    assert "## Vem som har sett det skyddade" not in swedish  # what is empty is left out
    for word in ("crime_prevention", "None", "informed_at", "created", "phone"):
        assert word not in swedish


@pytest.mark.parametrize("cls", [*RECORDS.values(), *PARTS], ids=lambda cls: cls.__name__)
def test_every_field_has_a_name_that_people_understand(cls: Any) -> None:
    assert {one.name for one in attrs.fields(cls)} - {"who"} <= TITLES.keys()
    assert all(en and sv for en, sv in TITLES.values())


def test_what_goes_without_saying_in_the_book_is_said(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.add(FollowUp(text="Ring", about=[eva.id]))
    book.add(Interaction(kind="phone", when="2026-09", participants=[eva.id]))
    _, swedish, _ = _forms(book, eva.id)
    assert "- Vem som lovade: vi" in swedish
    assert "- Status: genomförd" in swedish


def test_data_has_keys_counts_and_words_as_they_are_stored(book: Book, told: dict[str, str]) -> None:
    found = book.privacy.extract(told["eva"])
    with speaking("sv"):
        data = json.loads(json.dumps(found.data()))
    assert data["schema"] == "kontaktnat/1"
    assert {key: len(rows) for key, rows in data["sections"].items()} == data["counts"]
    (role,) = data["sections"]["roles"]
    assert role["function"] == "crime_prevention_coordinator"
    assert role["actor"] == "Nybro kommun"
    first, second = data["sections"]["interactions"]  # by time
    assert (first["id"], second["id"], second["draft_days"]) == (told["call"], told["draft"], 34)
    assert first["participants"] == [
        {"role": f"[the person], {THEIRS}6, Nybro kommun"},
        {"role": "case officer, Nybro kommun"},
    ]


def test_history_tells_who_changed_what_from_what_to_what(book: Book, told: dict[str, str]) -> None:
    data = book.privacy.extract(told["eva"]).data()
    last = data["sections"]["history"][-1]
    assert (last["by"], last["label"]) == ("anna", "update")
    (change,) = last["changes"]
    assert (change["type"], change["change"]) == ("contact", "changed")
    (field,) = change["fields"]
    assert field["field"] == "note"
    assert field["old"].startswith(f"{THEIRS}3: chef är [another person]")
    assert field["new"] == f"{THEIRS}14"
    kinds = [
        one["change"]
        for row in data["sections"]["history"]
        for one in row["changes"]
        if one["type"] == "topic"
    ]
    assert kinds == ["new", "new", "taken away"]


def test_an_extract_changes_nothing_and_is_the_same_twice(book: Book, told: dict[str, str]) -> None:
    before = book.version
    assert _forms(book, told["eva"]) == _forms(book, told["eva"])
    assert book.version == before


def test_a_post_that_was_theirs_is_told_and_its_new_holder_is_not(book: Book, told: dict[str, str]) -> None:
    book.update(told["role"], contact=told["bo"], title="Bos titel")
    later = book.add(
        Interaction(kind="phone", when="2026-11-01", participants=[told["role"]], summary="Bos samtal")
    )
    forms = _forms(book, told["eva"])
    _absent([later.id, "Bos titel", "Bos samtal"], *forms)
    assert f"{THEIRS}6" in forms[0]
    assert f"{THEIRS}7" in forms[0]  # they wore it then
    assert "taken away" in forms[0]


def test_what_was_done_in_a_post_is_of_whoever_had_it_then(book: Book) -> None:
    eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Björk"))
    nybro = book.add(Actor(name="Nybro kommun"))
    post = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer", title="evas titel"))
    hers = book.add(Interaction(kind="visit", when="2026-09", participants=[post.id], summary="evas besök"))
    both = book.add(
        Interaction(kind="visit", when="2026-09-02", participants=[post.id, bo.id], summary="deras")
    )
    book.add(FollowUp(text="evas löfte", about=[post.id]))
    book.update(post, contact=bo.id, title="bos titel")
    book.update(hers, summary="evas besök igen")
    book.add(Interaction(kind="visit", when="2026-10", participants=[post.id], summary="bos möte"))
    forms = _forms(book, bo.id)
    _absent(["evas", hers.id], *forms)
    assert all("bos möte" in form and "bos titel" in form for form in forms)
    (row,) = (
        one for one in book.privacy.extract(bo.id).data()["sections"]["interactions"] if one["id"] == both.id
    )
    assert row["participants"] == [{"role": "case officer, Nybro kommun"}, {"contact": "[the person]"}]
    forms = _forms(book, eva.id)
    _absent(["bos"], *forms)
    for form in forms:
        assert "evas besök igen" in form
        assert "evas löfte" in form
        assert "evas titel" in form


def test_what_came_of_their_meetings_is_theirs(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    topic = book.add(Topic(title="Belysning", text="kanarie1"))
    other = book.add(Topic(title="Annat", text="hemligt"))
    call = book.add(
        Interaction(kind="phone", when="2026-09", participants=[eva.id], topics=[topic.id], summary="x")
    )
    theirs = book.add(Interaction(kind="phone", when="2026-09", topics=[other.id], summary="x"))
    todo = book.add(FollowUp(text="Skicka kanarie2", about=[call.id]))
    book.add(FollowUp(text="Skicka hemligt", about=[theirs.id]))
    sections = book.privacy.extract(eva.id).data()["sections"]
    assert [one["id"] for one in sections["topics"]] == [topic.id]
    assert [one["id"] for one in sections["followups"]] == [todo.id]
    for form in _forms(book, eva.id):
        assert "kanarie1" in form
        assert "kanarie2" in form
        _absent(["hemligt"], form)


def test_what_was_done_in_a_post_stays_theirs_when_it_is_vacant(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    nybro = book.add(Actor(name="Nybro kommun"))
    post = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer"))
    call = book.add(Interaction(kind="phone", when="2026-09", participants=[post.id]))
    book.update(post, contact=None)
    (row,) = book.privacy.extract(eva.id).data()["sections"]["interactions"]
    assert row["id"] == call.id


def test_a_namesake_is_not_redacted_away_and_their_own_data_is(book: Book) -> None:
    one = book.add(Contact(name="Åsa Öberg", note="Åsa Öbergs anteckning"))
    book.add(Contact(name="Åsa Öberg", ways=[Way(kind="mail", value="annan@nybro.example")]))
    book.add(Topic(title="x", text="Åsa Öberg, annan@nybro.example"))
    forms = _forms(book, one.id)
    assert all("Åsa Öbergs anteckning" in form for form in forms)
    _absent(["annan@nybro.example"], *forms)


def test_a_name_that_overlaps_theirs_is_taken_out(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.add(Contact(name="Ek Berg"))
    book.add(Contact(name="Eva Ek Lund"))
    book.update(eva, note="Eva Ek Berg och Eva Ek Lund mötte Eva Ek")
    data = book.privacy.extract(eva.id).data()
    note = data["sections"]["person"][0]["note"]
    assert note.count("[another person]") == 2
    assert note.endswith("mötte Eva Ek")


@pytest.mark.parametrize(
    "text",
    [
        "070-174 06 11 070-174 06 12",
        "070-174 06 12 070-174 06 11 070-174 06 11",
        "2026 0701740611 08",
        "+46 (0)70 1740611 0046701740611",
        "12 070/174.06.11-1",
    ],
)
def test_numbers_that_stand_side_by_side_are_each_found(book: Book, text: str) -> None:
    eva = book.add(Contact(name="Eva Ek", note=text))
    book.add(Contact(name="Bo Björk", ways=[Way(kind="phone", value="070-174 06 11")]))
    note = book.privacy.extract(eva.id).data()["sections"]["person"][0]["note"]
    digits = re.sub(r"\D", "", note)
    assert "[another person]" in note
    assert "701740611" not in digits


def test_two_people_in_the_keys_of_what_came_in_stay_two(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    book.add(Contact(name="Bo Björk"))
    book.add(Contact(name="Kim Kvist"))
    book.add(Pending(text="x", kind="contact", raw={"Bo Björk": "kanarie1", "Kim Kvist": "kanarie2"},
                     candidates=[eva.id]))  # fmt: skip
    forms = _forms(book, eva.id)
    for form in forms:
        assert "kanarie1" in form
        assert "kanarie2" in form
    _absent(["Björk", "Kvist"], *forms)
    assert "annan person" in forms[1]
    assert "another person" not in forms[1]


def test_text_from_a_mac_is_compared_by_its_letters(book: Book) -> None:
    asa = book.add(Contact(name="Åsa Ängström"))
    book.add(Contact(name="Örjan Åkesson"))
    text = unicodedata.normalize("NFD", "kanarie1 Åsa Ängström och Örjan Åkesson")
    book.add(Topic(title="x", text=text))
    forms = _forms(book, asa.id)
    for form in forms:
        assert "kanarie1 Åsa Ängström" in form
        _absent(["Åkesson"], unicodedata.normalize("NFC", form))


def test_names_that_others_no_longer_bear_are_taken_out_of_history(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    bo = book.add(Contact(name="Bo Björk"))
    gone = book.add(Contact(name="Kim Kvist"))
    topic = book.add(Topic(title="x", text="Eva Ek, Bo Björk och Kim Kvist"))
    book.update(bo, name="Bo Sten")
    book.delete(gone)
    book.update(topic, text="Eva Ek")
    _absent(["Björk", "Kvist", "Sten"], *_forms(book, eva.id))


def test_what_was_merged_into_them_is_theirs_and_a_namesake_that_was_deleted_is_not(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="kanarie1"))
    double = book.add(Contact(name="Eva Ek", source="kanarie2"))
    nybro = book.add(Actor(name="Nybro kommun"))
    role = book.add(Role(contact=double.id, actor=nybro.id, function="case_officer", title="kanarie3"))
    book.merge(eva, double)
    other = book.add(Contact(name="Eva Ek", note="hemlig1"))
    hers = book.add(Role(contact=other.id, actor=nybro.id, title="hemlig2"))
    book.delete(hers)
    book.delete(other)
    forms = _forms(book, eva.id)
    for form in forms:
        for number in (1, 2, 3):
            assert f"kanarie{number}" in form
    _absent(["hemlig"], *forms)
    assert [one["title"] for one in book.privacy.extract(eva.id).data()["sections"]["roles"]] == [role.title]


def test_of_somebody_deleted_there_is_still_the_history(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note="kanarie1"))
    book.delete(eva)
    found = book.privacy.extract(eva.id)
    assert [one.key for one in found.sections] == ["history"]
    assert "kanarie1" in found.markdown()


# Plugins


class Shoes:
    """A plugin with a field, and a list of its own."""

    name = "shoes"

    def __init__(self, answer: Any = None) -> None:
        self.answer = answer

    @hookimpl
    def register_fields(self) -> list[Field]:
        return [Field(name="shoes.size", records=("contact",), type=int, title="Size of shoes")]

    @hookimpl
    def personal_data(self, person: Person, book: Outward) -> Iterable[PersonalData]:
        assert book.peek(Contact, person.id)
        if isinstance(self.answer, Exception):
            raise self.answer
        return [self.answer] if self.answer else []


def test_plugins_tell_what_they_hold_and_a_missing_one_is_named(open_book: OpenBook) -> None:
    held = PersonalData(
        what="loans", where="loans.csv", data={"pair": "kanarie1", "with": "Bo Björk", "n": [43]}
    )
    book = open_book(plugins=[Shoes(held)])
    eva = book.add(Contact(name="Eva Ek", extra={"shoes.size": 43, "gone.hat": "kanarie2"}))
    book.add(Contact(name="Bo Björk"))
    english, swedish, data = _forms(book, eva.id)
    _absent(["Björk"], english, swedish, data)
    assert "- Size of shoes: 43" in english
    assert "kanarie1" in data
    assert "loans" in swedish
    assert "kanarie2" in english
    assert "The plugin gone is not installed here" in english
    assert "shoes is not installed" not in english


def test_a_plugin_that_fails_stops_the_extract_and_is_named(
    open_book: OpenBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KONTAKTNAT_STRICT", raising=False)
    for answer in (ValueError("Eva Ek"), "no PersonalData"):
        book = open_book(plugins=[Shoes(answer)])
        eva = book.add(Contact(name="Eva Ek"))
        with pytest.raises(PluginError, match="plugin shoes failed in personal_data") as caught:
            book.privacy.extract(eva)
        assert "Eva" not in str(caught.value)


# Protection


@pytest.fixture
def shielded(book: Book) -> dict[str, str]:
    """Siv is protected and works at Nybro; so is a shelter, where Eva works."""
    nybro = book.add(Actor(name="Nybro kommun"))
    shelter = book.add(
        Actor(
            name="Jouren", protected=True, ways=[Way(kind="address", value="Hemliga gatan 1, 382 30 Nybro")]
        )
    )
    siv = book.add(Contact(name="Siv Rönn", protected=True, note="kanarie1"))
    eva = book.add(Contact(name="Eva Ek", note="hälsa Siv Rönn på hemliga  gatan 1"))
    hers = book.add(Role(contact=siv.id, actor=nybro.id, function="case_officer", title="sivtitel"))
    work = book.add(Role(contact=eva.id, actor=shelter.id, function="case_officer", cadence="P3M"))
    book.add(
        Interaction(kind="phone", when="2026-09", participants=[hers.id, work.id], summary="Siv och Eva")
    )
    return {"siv": siv.id, "eva": eva.id, "hers": hers.id}


def test_of_a_protected_person_it_needs_a_reason_which_is_logged(
    book: Book, shielded: dict[str, str]
) -> None:
    before = book.version
    for reveal in (None, " "):
        with pytest.raises(Refused):
            book.privacy.extract(shielded["siv"], reveal=reveal)
    assert book.version == before
    forms = _forms(book, shielded["siv"], reveal="begäran 12-2026")
    assert all("kanarie1" in form and "Nybro kommun" in form and "sivtitel" in form for form in forms)
    (looked,) = [*book.changes(before)]
    assert (looked.reveals, looked.label, looked.by) == (
        (shielded["siv"],),
        "reveal: begäran 12-2026",
        "anna",
    )
    again = book.privacy.extract(shielded["siv"], reveal="igen").data()
    (row,) = again["sections"]["reveals"]
    assert (row["by"], row["label"]) == ("anna", "reveal: begäran 12-2026")


def test_whoever_was_protected_needs_a_reason_too(book: Book, shielded: dict[str, str]) -> None:
    siv = book.reveal(shielded["siv"], "hävt")
    book.update(siv, protected=False)
    with pytest.raises(Refused, match="--reveal"):
        book.privacy.extract(shielded["siv"])
    assert "kanarie1" in book.privacy.extract(shielded["siv"], reveal="begäran").markdown()


def test_others_who_are_protected_stay_covered_with_their_workplace(
    book: Book, shielded: dict[str, str]
) -> None:
    forms = _forms(book, shielded["eva"])
    _absent(["Rönn", "Siv", "Nybro", "sivtitel", "gatan", shielded["siv"], shielded["hers"]], *forms)
    assert "[protected]" in forms[2]
    assert "\\[skyddad\\]" in forms[1]
    assert "1 uppgift är utelämnad" in forms[1]  # how often to be in contact, at the shelter


@pytest.mark.parametrize("written", ["Hemliggatan 7, 361 30 Emmaboda", "Hemliggatan 7\n361 30 Emmaboda",
                                     "Hemliggatan 7 361 30 Emmaboda", "hemliggatan  7"])  # fmt: skip
def test_where_another_is_to_be_found_does_not_come_out(book: Book, written: str) -> None:
    """Neither of the protected nor, unseen, of anybody else; their own and an authority's stay."""
    nybro = book.add(Actor(name="Nybro kommun", ways=[Way(kind="address", value="Torget 10, 382 80 Nybro")]))
    ways = [Way(kind="address", value=written), Way(kind="web", value="https://www.siv.example/hem/")]
    siv = book.add(Contact(name="Siv Rönn", protected=True, ways=ways))
    book.add(Role(contact=siv.id, actor=nybro.id, ways=[Way(kind="address", value="Stora Gränden 3")]))
    bo = book.add(Contact(name="Bo Björk", ways=[Way(kind="address", value="Björkvägen 2, 382 30 Nybro")]))
    book.update(bo, ways=[Way(kind="address", value="Nyvägen 22, 382 30 Nybro")])
    eva = book.add(
        Contact(
            name="Eva Ek",
            ways=[Way(kind="address", value="Ekbacken 4, 361 30 Emmaboda")],
            note="Vi sågs på Hemliggatan 7 i Emmaboda, Hemliggatan 7, 361 30 Emmaboda, se siv.example/hem "
            "och http://siv.example/hem/x. Stora Gränden 3. Björkvägen 2, Nyvägen 22. Torget 10. Ekbacken 4",
        )
    )
    forms = _forms(book, eva.id)
    _absent(["hemlig", "siv.example", "gränden"], *forms)
    for form in forms:
        plain = form.replace("\\", "")
        for said in ("[?Björkvägen 2?]", "[?Nyvägen 22?]", "i Emmaboda", "Torget 10.", "Ekbacken 4"):
            assert said in plain
        assert "?Ekbacken" not in plain


def test_others_who_have_no_part_are_marked_or_taken_out(book: Book) -> None:
    book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", aliases=["Nybro"]))
    bo = book.add(Contact(name="Bo Björk"))
    berg, nybro = book.add(Contact(name="Karin Berg")), book.add(Actor(name="Hallen"))
    book.add(Contact(name="Siv Nybro", protected=True))
    hat = book.add(Role(contact=berg.id, actor=nybro.id))
    eva = book.add(
        Contact(
            name="Eva Ek",
            note=f"Björk grät, Berg skrek. Siv var med, på berg och i Nybro. {bo.id} och {hat.id}. "
            "A. Svensson och Ö. Ek, O'Neil, M’Bala Ali, 850312 1236. Efter mötet gick Eva. "
            "mail_Kim_Kvist.eml",
            source="mail_Bo_Björk.eml",
        )
    )
    note = book.privacy.extract(eva.id).data()["sections"]["person"][0]
    for said in ("Björk", "Berg", "Siv", "A. Svensson", "Ö. Ek", "O'Neil", "M’Bala Ali", "850312 1236",
                 "Kim_Kvist"):  # fmt: skip
        assert f"[?{said}?]" in note["note"]
    assert "på berg och i Nybro." in note["note"]
    assert "gick Eva." in note["note"]
    assert note["source"] == "mail_[another person].eml"
    for form in _forms(book, eva.id):
        _absent([bo.id, hat.id, "bo björk", "bo_björk"], form)


def test_what_is_no_person_is_refused(book: Book) -> None:
    with pytest.raises(Invalid):
        book.privacy.extract(book.add(Actor(name="Nybro")).id)
    with pytest.raises(NotFound):
        book.privacy.extract("nowhere1")


# The command


def test_the_command_writes_a_file_or_standard_output(kalmar: Callable[..., Any], tmp_path: Path) -> None:
    assert kalmar("add", "contact", "Eva Ek", "--email", "eva@nybro.example").code == 0
    ran = kalmar("privacy", "extract", "eva", "ek")
    assert ran.code == 0
    assert ran.out.startswith("# Register extract for Eva Ek")
    assert kalmar("--lang", "sv", "privacy", "extract", "eva", "-O", "eva.md").out == ""
    assert (tmp_path / "eva.md").read_text("utf-8").startswith("# Registerutdrag för Eva Ek")
    assert json.loads(kalmar("privacy", "extract", "eva", "-o", "json").out)["extract"]["person"] == "Eva Ek"
    assert kalmar("delete", "eva ek").code == 0
    assert "eva@nybro.example" in kalmar("privacy", "extract", "Eva Ek").out  # history still knows


# Whatever the text

SPELLED = ("{0}", "{1}", "{0}s", "{2}", "{3}", "{4}", "<{3}>", "tel {4}.", "({0})", "{1}s")
PIECES = st.lists(
    st.sampled_from((*SPELLED, "Eva Ek", "Eva", "Ek", "och", "Karin Berg", "\n", ",", "Nybro")), max_size=12
)
NAMES = st.sampled_from(
    ("Bo Björk", "Ek Berg", "Åsa Ek", "Eva Ekman", "Ann-Marie Östlund", "Eva Ek Lund", "Ek")
)


@given(name=NAMES, pieces=PIECES, space=st.sampled_from((" ", "  ", "\n")), decomposed=st.booleans())
def test_no_other_contact_survives_whatever_the_text(
    name: str, pieces: list[str], space: str, decomposed: bool
) -> None:
    given_, *_, family = f"{name} {name}".split()
    mail, phone = "annan@nybro.example", "070-174 06 11"
    shapes = (name, f"{family}, {given_}" if " " in name else name, name.upper(), mail, phone)
    text = space.join(piece.format(*shapes) for piece in pieces) or "x"
    if decomposed:
        text = unicodedata.normalize("NFD", text)
    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        eva = book.add(Contact(name="Eva Ek"))
        other = Contact(name=name, ways=[Way(kind="mail", value=mail), Way(kind="phone", value=phone)])
        them = book.add(other)
        book.update(eva, note=text, extra={"gone.x": text})
        actor = book.add(Actor(name="Nybro kommun", note=text))
        hat = book.add(Role(contact=eva.id, actor=actor.id, title=text))
        his = book.add(Role(contact=them.id, actor=actor.id, title=text))
        book.add(
            Interaction(
                kind="phone",
                when="2026-09",
                subject=text,
                summary=text,
                participants=[hat.id, his.id, them.id],
            )
        )
        book.add(FollowUp(text=f"x {text}", owner=text, about=[hat.id]))
        book.set(text[:20] or "x", text)
        book.add(Pending(text="x", kind="contact", raw={text[:40]: [text]}, candidates=[eva.id]))
        with book.transaction(text):
            book.update(book.get(eva.id), source=text)
        found = book.privacy.extract(eva.id)
    wanted = identity(
        [{"name": name, "ways": [{"kind": "mail", "value": mail}, {"kind": "phone", "value": phone}]}]
    )
    seen = Mentions({"other": wanted, "eva": identity([{"name": "Eva Ek"}])})
    for said in (*strings(found.data()), *found.markdown().replace("\\", "").splitlines()):
        assert not [one for one in seen.spot(said) if "eva" not in one.people], said


def test_what_else_article_15_asks_is_enclosed(open_book: OpenBook) -> None:
    book = open_book()
    eva = book.add(Contact(name="Eva Ek"))
    made = book.privacy.extract(eva)
    assert made.information is None
    assert "[privacy]" in made.notes[-1]
    controller = {"controller": "Länsstyrelsen", "mail": "l@lst.example", "dpo": "dso@lst.example"}
    told = open_book(config={"privacy": controller})
    eva = told.add(Contact(name="Eva Ek"))
    made = told.privacy.extract(eva)
    text = made.markdown()
    for said in ("Länsstyrelsen", "dso@lst.example", "16", "17", "18", "21", "Integritetsskyddsmyndigheten"):
        assert said in text
    assert made.data()["information"]
