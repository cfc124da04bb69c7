"""Erasing and anonymising: nothing of a person is left anywhere, what is told to have happened stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
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
    Interaction,
    NotFound,
    Participation,
    Pending,
    PluginError,
    Refused,
    Role,
    Usage,
    Veto,
    Way,
    hookimpl,
)
from kontaktnat.codec import to_doc
from kontaktnat.persons import Person, PersonalData

OpenBook = Callable[..., Book]
REF = "dnr 101-77-2026"
MAIL, NUMBER = "asa.ryd@nybro.example", "070-174 06 11"
VALUES = (
    "Åsa Ryd",
    "Asa Ryd",
    "Åsa Berg",
    "asa.ryd",
    "46701740611",
    "0701740611",
    "174 06 11",
    "kaffe",
    "hattnot",
)


@pytest.fixture(params=["memory", "file"])
def book(request: pytest.FixtureRequest, open_book: OpenBook, place: Path) -> Book:
    """A person in every place where a person may be, on each store."""
    book = open_book(place, mode="create") if request.param == "file" else open_book()
    fill(book)
    return book


def fill(book: Book) -> None:
    nybro = book.add(Actor(id="nybro", name="Nybro kommun", kind="municipality", place="0881"))
    ways = (Way(kind="mail", value=MAIL), Way(kind="phone", value=NUMBER))
    asa = book.add(
        Contact(id="asa", name="Åsa Berg", ways=ways, note="dricker kaffe", extra={"post.box": "kaffe"})
    )
    book.update(asa, name="Åsa Ryd")
    hat = book.add(Role(id="hat", contact=asa.id, actor=nybro.id, function="case_officer", title="hattnot"))
    bo = book.add(Contact(id="bo", name="Bo Al", note=f"Chef till Åsa Ryd, {MAIL}"))
    other = book.add(Role(id="other", contact=bo.id, actor=nybro.id, function="case_officer"))
    book.add(
        Interaction(
            id="visit",
            kind="visit",
            when="2026-11-02",
            participants=(hat.id, other.id, Participation(contact=asa.id)),
            summary="Åsas plan. Ryd ringer: +46 70 174 06 11. Förut ÅSA BERG.",
        )
    )
    book.add(FollowUp(id="hers", text="Ring upp", about=(asa.id,)))
    book.add(FollowUp(id="theirs", text="Skicka Åsas plan", about=(hat.id,)))
    book.add(Pending(id="waits", kind="contact", text="rad 3", raw={"name": "Ryd, Åsa", "mejl": MAIL}))
    book.add(
        Interaction(id="far", kind="phone", summary=unicodedata.normalize("NFD", "Åsa Ryds chef ringde"))
    )
    book.set("saved", {"list": {"contact": asa.id, "text": "Åsa Ryd"}})
    with book.transaction("ringde Åsa Ryd", by="Åsa Ryd"):
        book.update("bo", tags=("chef",))
    book.update("visit", summary="Nytt. Åsa kom.")


def everything(book: Book) -> str:
    """All that a store keeps: documents, the log, what is found."""
    docs = [doc for type in kontaktnat.model.RECORDS for doc in book.store.find(type)]
    log = [
        (one.by, one.label, one.reveals, [(change.id, change.before, change.after) for change in one.changes])
        for one in book.store.transactions()
    ]
    return unicodedata.normalize("NFC", f"{docs} {log}")


def left(text: str) -> list[str]:
    return [value for value in VALUES if value.casefold() in unicodedata.normalize("NFC", text).casefold()]


def test_nothing_of_them_is_left_in_any_store(book: Book, place: Path) -> None:
    assert set(left(everything(book))) >= {"Åsa Ryd", "Åsa Berg", "asa.ryd", "kaffe", "hattnot"}
    book.privacy.erase("asa", decision=REF)
    assert left(everything(book)) == []
    assert book.find("Ryd") == []
    assert "asa" not in [doc["id"] for type in kontaktnat.model.RECORDS for doc in book.store.find(type)]
    if book.place == str(place):
        for one in place.parent.iterdir():
            assert left(one.read_text("utf-8", "replace")) == []
        with kontaktnat.open(place) as again:
            assert left(everything(again)) == []
        assert kontaktnat.check_file(place) == []
    assert list(book.check()) == []


def test_what_was_done_stays_as_counts(book: Book) -> None:
    before = book.interactions.get("visit")
    book.privacy.erase("asa", decision=REF)
    visit = book.interactions.get("visit")
    assert (visit.kind, visit.when) == (before.kind, before.when)
    assert [(one.role, one.actor, one.function) for one in visit.participants] == [
        (None, "nybro", "case_officer"),
        ("other", None, ""),
    ]
    assert visit.summary == "Nytt. [erased] kom."
    assert book.followups.get("theirs").about == ("nybro",)
    assert book.followups.get("theirs").text == "Skicka [erased] plan"
    for id in ("hers", "waits", "hat"):
        with pytest.raises(NotFound):
            book.get(id)
    assert book.setting("saved") == {"list": {"text": "[erased]"}}


def test_anonymised_somebody_without_a_name_keeps_the_hats(book: Book) -> None:
    told = book.privacy.anonymise("asa", decision=REF)
    assert told.anonymised
    assert left(everything(book)) == []
    asa = book.contacts.get("asa")
    assert (asa.name, asa.ways, asa.note, asa.extra) == ("[anonymised]", (), "", {})
    hat = book.roles.get("hat")
    assert (hat.contact, hat.actor, hat.function, hat.title) == ("asa", "nybro", "case_officer", "")
    assert book.interactions.get("visit").participants[0].role == "hat"
    assert list(book.check()) == []


def test_the_receipt_has_no_personal_value(book: Book) -> None:
    done = book.privacy.erase("asa", decision=f" {REF} ")
    receipt = next(book.changes(book.version - 1))
    assert (receipt.number, receipt.label, receipt.final) == (done.number, f"erase: {REF}", True)
    value = book.setting(f"erasure.{done.number}")
    assert value == {
        "decision": REF, "kind": "erased", "records": {"contact": 1, "followup": 1, "pending": 1, "role": 1},
        "changed": 5, "texts": 5, "transactions": 12, "held": 0, "missing_plugins": ["post"],
    }  # fmt: skip
    assert "asa" not in str(value)
    assert "asa" not in str([to_doc(one) for one in book.settings.all()])


def test_who_holds_an_older_copy_cannot_put_it_back(book: Book) -> None:
    visit = book.interactions.get("visit")
    book.privacy.erase("asa", decision=REF)
    with pytest.raises(kontaktnat.Conflict):
        book.update(visit, summary=visit.summary)


def test_it_cannot_be_undone_and_neither_brings_an_undo_it_back(book: Book) -> None:
    told = [one.number for one in book.history("visit")]
    book.privacy.erase("asa", decision=REF)
    with pytest.raises(Refused, match="cannot be undone"):
        book.undo()
    with pytest.raises(Refused, match="cannot be undone"):
        book.undo(book.version)
    book.undo(told[-1])
    assert book.interactions.get("visit").summary.startswith("[erased] plan")
    assert left(everything(book)) == []


def test_a_dry_run_tells_the_same_and_changes_nothing(book: Book) -> None:
    before, version = everything(book), book.version
    told = book.privacy.erase("asa", decision=REF, dry_run=True)
    assert (everything(book), book.version, told.number) == (before, version, None)
    done = book.privacy.erase("asa", decision=REF)
    assert (done.deleted, done.changed, done.texts) == (told.deleted, told.changed, told.texts)
    assert {("interaction", "visit"), ("contact", "bo")} < set(told.changed)
    assert "Ryd" not in repr(told)


@pytest.mark.parametrize(
    "decision", ["", " ", "beslut om Åsa Ryd", f"mejl {MAIL}", "Åsa", "850101-9809", "dnr asa-1"]
)
def test_without_a_decision_or_with_their_name_in_it_nothing_happens(book: Book, decision: str) -> None:
    before = everything(book)
    with pytest.raises(Refused):
        book.privacy.erase("asa", decision=decision)
    assert everything(book) == before


def test_who_erases_is_somebody_else(open_book: OpenBook) -> None:
    book = open_book(by="Åsa Ryd")
    fill(book)
    with pytest.raises(Refused, match="--by"):
        book.privacy.erase("asa", decision=REF)


def test_where_the_book_cannot_be_written_nothing_goes_anywhere(open_book: OpenBook, place: Path) -> None:
    fill(open_book(place, mode="create"))
    torn = place.with_name(f"{place.name}.torn")
    torn.write_text("Åsa Ryd", "utf-8")
    reader = open_book(place, mode="r")
    with pytest.raises(Refused, match="reading only"):
        reader.privacy.erase("asa", decision=REF)
    assert torn.exists()


def test_drafts_beside_the_book_go(open_book: OpenBook, place: Path) -> None:
    book = open_book(place, mode="create")
    fill(book)
    folder = place.with_name(f".{place.name}-edit-x1")
    folder.mkdir()
    for name, text in {"contact.toml": "Åsa Ryd", ".contact.toml.swp": MAIL, "other.toml": "Bo"}.items():
        (folder / name).write_text(text, "utf-8")
    book.privacy.erase("asa", decision=REF)
    assert [one.name for one in folder.iterdir()] == ["other.toml"]


def test_it_is_a_transaction_of_its_own(book: Book) -> None:
    with book.transaction("annat"), pytest.raises(Usage):
        book.privacy.erase("asa", decision=REF)


def test_only_a_person_can_be_erased(book: Book) -> None:
    for id in ("nybro", "visit", "zzzz"):
        with pytest.raises(NotFound, match="no person"):
            book.privacy.erase(id, decision=REF)


# Those of the same name


def test_a_namesake_keeps_what_is_theirs(book: Book) -> None:
    book.add(Contact(id="asa2", name="Åsa Ryd", note="Åsa Ryd i Kalmar"))
    book.add(Interaction(id="hers2", kind="phone", participants=("asa2",), summary="Åsa Ryd ringde"))
    told = book.privacy.erase("asa", decision=REF)
    assert told.namesakes == ("asa2",)
    assert book.contacts.get("asa2").name == "Åsa Ryd"
    assert book.interactions.get("hers2").summary == "Åsa Ryd ringde"
    assert {("interaction", "hers2", "summary"), ("interaction", "far", "summary")} <= set(told.left)
    assert book.interactions.get("visit").summary == "Nytt. [erased] kom."
    assert MAIL not in everything(book)


def test_a_given_name_that_a_colleague_has_too_stays(book: Book) -> None:
    book.add(Contact(id="sten", name="Åsa Sten"))
    book.update(
        "visit", participants=(*book.interactions.get("visit").participants, Participation(contact="sten"))
    )
    told = book.privacy.erase("asa", decision=REF)
    assert book.interactions.get("visit").summary == "Nytt. Åsa kom."
    assert ("interaction", "visit", "summary") in told.left


def test_a_double_that_was_merged_or_deleted_goes_too(book: Book) -> None:
    book.add(
        Contact(
            id="double", name="Åsa Ryd", note="kaffe igen", ways=(Way(kind="phone", value="070-174 06 12"),)
        )
    )
    book.delete("double")
    book.add(Contact(id="third", name="Åsa Ryd", note="kaffe en gång till"))
    book.merge("asa", "third")
    told = book.privacy.erase("asa", decision=REF)
    assert told.namesakes == ()
    assert left(everything(book)) == []
    assert "06 12" not in everything(book)


def test_somebody_who_was_deleted_is_still_in_the_history(book: Book) -> None:
    for id in ("hers", "theirs", "visit", "hat"):
        book.delete(id)
    book.update("bo", note="")
    book.delete("asa")
    assert book.privacy.remembered() == {"asa": "Åsa Ryd"}
    assert "kaffe" in everything(book)
    book.privacy.erase("asa", decision=REF)
    assert left(everything(book)) == []
    assert book.privacy.remembered() == {}


def test_a_post_stands_vacant_when_its_holder_goes(book: Book) -> None:
    post = book.add(Role(id="post", actor="nybro", function="crime_prevention_coordinator"))
    book.update(post, contact="asa", since="2024", title="hattnot")
    book.privacy.erase("asa", decision=REF)
    post = book.roles.get("post")
    assert (post.contact, post.function, post.since, post.title) == (
        None,
        "crime_prevention_coordinator",
        None,
        "",
    )


def test_a_post_that_is_somebody_elses_now_stays_theirs(book: Book) -> None:
    post = book.add(Role(id="post", contact="asa", actor="nybro", function="crime_prevention_coordinator"))
    book.update(post, contact="bo")
    met = book.add(Interaction(kind="phone", participants=("post",)))
    book.privacy.erase("asa", decision=REF)
    assert book.roles.get("post").contact == "bo"
    assert book.interactions.get(met.id).participants[0].role == "post"
    assert left(everything(book)) == []


def test_a_switchboard_is_not_theirs(book: Book) -> None:
    shared = Way(kind="mail", value="info@nybro.example")
    book.update("nybro", ways=(shared,))
    book.update("hat", ways=(shared,))
    book.add(Interaction(id="info", kind="mail", summary="Skrev till info@nybro.example"))
    book.privacy.erase("asa", decision=REF)
    assert book.interactions.get("info").summary == "Skrev till info@nybro.example"


def test_protected_ones_go_as_all_others(book: Book) -> None:
    book.update("asa", protected=True)
    book.reveal("asa", "Åsa Ryd bad om det")
    with pytest.raises(Refused, match="--reveal"):
        book.privacy.erase("asa", decision=REF, dry_run=True)
    told = book.privacy.erase("asa", decision=REF, reveal="gallring")
    assert "Ryd" not in repr(told)
    assert left(everything(book)) == []
    assert all("asa" not in one.reveals for one in book.history())


NAMES = ["Åsa Ryd", "åsa ryd", "ÅSA RYD", "Ryd, Åsa", "Åsa  Ryd", "Åsa\nRyd", "Asa Ryd", "Åsa Ryds", "Å. Ryd"]
NUMBERS = [
    "070-174 06 11",
    "0701740611",
    "+46701740611",
    "+46 (0)70-174 06 11",
    "0046 70 174 06 11",
    "070/1740611",
]
AROUND = ["{} kom", "(med {})", '"{}"', "hej {}, hej", "-{}-", "x\t{}."]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(NAMES),
    number=st.sampled_from(NUMBERS),
    around=st.sampled_from(AROUND),
    form=st.sampled_from(["NFC", "NFD"]),
)
def test_however_it_was_written(open_book: OpenBook, name: str, number: str, around: str, form: Any) -> None:
    book = open_book()
    fill(book)
    text = unicodedata.normalize(
        form, f"{around.format(name)} och {around.format(number)} eller {MAIL.upper()}"
    )
    book.add(Interaction(id="odd", kind="phone", summary=text, extra={"a.b": [{"c": text}]}))
    book.privacy.erase("asa", decision=REF)
    found = str(to_doc(book.interactions.get("odd")))
    digits = "".join(one for one in found if one.isdecimal())
    assert "ryd" not in found.casefold()
    assert "1740611" not in digits


# Plugins


class Keeps:
    """A plugin that keeps something of its own on people."""

    name = "keeps"

    def __init__(self, *, fails: bool = False, veto: bool = False) -> None:
        self.cards = {"asa": "Åsas kort", "bo": "Bos kort"}
        self.asked: list[Person] = []
        self.fails, self.veto = fails, veto

    @hookimpl
    def personal_data(self, person: Person) -> Any:
        self.asked.append(person)
        if person.id in self.cards:
            yield PersonalData(what="a card", where="the card box", data=self.cards[person.id])

    @hookimpl
    def erase_person(self, person: Person) -> None:
        if self.fails:
            raise ValueError("Åsa Ryd")
        self.cards.pop(person.id, None)

    @hookimpl
    def before_delete(self, record: kontaktnat.model.Record) -> None:
        if self.veto:
            raise Veto("the archive wants them first")


def test_a_plugin_takes_part(open_book: OpenBook) -> None:
    plugin = Keeps()
    book = open_book(plugins=[plugin])
    fill(book)
    told = book.privacy.erase("asa", decision=REF, dry_run=True)
    assert [(name, one.what, one.where) for name, one in told.held] == [("keeps", "a card", "the card box")]
    assert "asa" in plugin.cards
    book.privacy.erase("asa", decision=REF)
    assert plugin.cards == {"bo": "Bos kort"}
    person = plugin.asked[0]
    assert (person.names, person.mails, person.phones) == (
        ("Åsa Ryd", "Åsa Berg"),
        (MAIL,),
        ("+46701740611",),
    )
    assert person.records == {"asa", "hat"}
    assert person.named_in("Förra veckan kom Åsa Ryd")
    assert not person.named_in("Förra veckan kom Bo Al")
    assert told.missing == ("post",)


@pytest.mark.parametrize("plugin", [Keeps(fails=True), Keeps(veto=True)])
def test_a_plugin_that_fails_or_says_no_stops_it(
    open_book: OpenBook, plugin: Keeps, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KONTAKTNAT_STRICT", raising=False)
    book = open_book(plugins=[plugin])
    fill(book)
    before = everything(book)
    with pytest.raises(PluginError if plugin.fails else Veto) as caught:
        book.privacy.erase("asa", decision=REF)
    assert "Ryd" not in str(caught.value)
    assert everything(book) == before


# Files beside the book


def test_backups_and_what_crashes_left_go_and_other_rows_stay(open_book: OpenBook, place: Path) -> None:
    book = open_book(place, mode="create")
    fill(book)
    for name, text in {
        "book.kn.schema-1.bak": "x Åsa Ryd", "book.kn.torn": "{\"Ås", "book.kn.2.damaged": f"x {MAIL}",
        "book.kn.3.damaged": "utan henne",
        "lista.rejected.csv": f"namn,mejl\nBo,b@x.example\n\"Ryd,\nÅsa\",{MAIL}\n",
        "lista.rejected-3.csv": f"namn;mejl\nÅsa Ryd;\nBo;{'x' * 200_000}\n",
        "lista.rejected-2.csv": f"Telefon, arbete;namn;mejl\n;Bo;b@x.example\n;\"Ryd,\nÅsa\";{MAIL}\n",
        "mobil.rejected.vcf": "BEGIN:VCARD\nFN:Bo\nEND:VCARD\n"
        "BEGIN:VCARD\nTEL:070-174 06 09\nFN:Åsa\n  Ryd\nEND:VCARD\n",
        "arkiv.rejected.jsonl": '{"name":"Åsa Ryd"}\n{"name":"Bo"}\n', "annat.csv": "Åsa Ryd",
    }.items():  # fmt: skip
        place.with_name(name.replace("book.kn", place.name)).write_text(text, encoding="utf-8")
    told = book.privacy.erase("asa", decision=REF, dry_run=True)
    assert len(told.held) == 8
    book.privacy.erase("asa", decision=REF)
    there = {one.name.replace(place.name, "book.kn") for one in place.parent.iterdir()}
    assert there == {
        "book.kn", "book.kn.lock", "book.kn.3.damaged", "lista.rejected.csv", "arkiv.rejected.jsonl",
        "lista.rejected-2.csv", "lista.rejected-3.csv", "mobil.rejected.vcf", "annat.csv",
    }  # fmt: skip
    long = place.with_name("lista.rejected-3.csv").read_text("utf-8-sig").splitlines()
    assert [line[:4] for line in long] == ["namn", "Bo;x"], "a cell is as long as it is"
    assert place.with_name("lista.rejected.csv").read_text("utf-8-sig").split() == [
        "namn,mejl",
        "Bo,b@x.example",
    ]
    assert place.with_name("lista.rejected-2.csv").read_text("utf-8-sig").splitlines() == [
        "Telefon, arbete;namn;mejl",
        ";Bo;b@x.example",
    ]
    assert place.with_name("mobil.rejected.vcf").read_text("utf-8") == "BEGIN:VCARD\nFN:Bo\nEND:VCARD\n"
    assert place.with_name("arkiv.rejected.jsonl").read_text("utf-8") == '{"name":"Bo"}\n'


def test_a_name_that_is_an_alias_goes_too(book: Book) -> None:
    siv = book.add(Contact(name="Siv Dal", aliases=["Siv Högberg-Ros"]))
    book.update("bo", note="Fråga Siv Högberg-Ros")
    assert book.privacy.erase(siv.id, decision=REF, dry_run=True).texts
    book.privacy.erase(siv.id, decision=REF)
    assert "Högberg" not in everything(book)


def test_of_a_living_namesake_the_alias_stays(book: Book) -> None:
    siv = book.add(Contact(name="Siv Dal"))
    other = book.add(Contact(name="Siv Ros", aliases=["Siv Dal"]))
    book.privacy.erase(siv.id, decision=REF)
    assert book.contacts.get(other.id).aliases == ("Siv Dal",)


# At the prompt


def test_at_the_prompt(kalmar: Callable[..., Any], tmp_path: Path) -> None:
    kalmar("add", "contact", "Åsa Ryd", "--email", MAIL, "--role", "handläggare@nybro")
    kalmar("log", "telefon", "Åsa Ryd", "--summary", "Åsa Ryd ringde")
    kalmar("export", "csv", "--set", "type=contact", "-O", str(tmp_path / "old.csv"))
    asked = kalmar("privacy", "erase", "Åsa", "Ryd", "--decision", REF, stdin="n\n", terminal=True)
    assert "not reached, so look after these yourself: sheets" in asked.out
    assert (asked.code, asked.last) == (0, "nothing was changed")
    assert "1 contact, 1 role" in asked.out
    assert "Åsa" in (tmp_path / "b.kn").read_text("utf-8")
    done = kalmar("privacy", "erase", "Åsa Ryd", "--decision", REF)
    assert done.code == 0
    assert "the receipt is transaction" in done.out
    assert left((tmp_path / "b.kn").read_text("utf-8")) == []
    assert kalmar("undo").code == 6
    assert kalmar("privacy", "erase", "Åsa Ryd", "--decision", REF).code == 3
    back = kalmar("import", str(tmp_path / "old.csv"))
    assert back.last == "created 0, updated 0, unchanged 0, rejected 1"
    assert "brings nobody back" in back.err
    assert not list(tmp_path.glob("*.rejected*"))


def test_one_who_was_deleted_is_found_by_name(kalmar: Callable[..., Any], tmp_path: Path) -> None:
    kalmar("add", "contact", "Åsa Ryd", "--email", MAIL)
    kalmar("delete", "Åsa Ryd")
    assert (
        "goes: nothing but texts and history" in kalmar("privacy", "erase", "åsa ryd", "--decision", "1").out
    )
    assert left((tmp_path / "b.kn").read_text("utf-8")) == []


def test_anonymise_at_the_prompt(kalmar: Callable[..., Any], tmp_path: Path) -> None:
    kalmar("add", "contact", "Åsa Ryd", "--email", MAIL, "--role", "handläggare@nybro")
    assert (
        kalmar("privacy", "anonymise", "Åsa Ryd", "--decision", REF, "--dry-run").last
        == "nothing was changed"
    )
    assert kalmar("privacy", "anonymise", "Åsa Ryd", "--decision", REF).code == 0
    assert "[anonymised]" in kalmar("list", "contacts").out
    assert left((tmp_path / "b.kn").read_text("utf-8")) == []


def test_all_that_are_due(kalmar: Callable[..., Any], tmp_path: Path) -> None:
    for name in ("Åsa Ryd", "Bo Al", "Ida Lind"):
        kalmar("add", "contact", name, "--role", "handläggare@nybro")
    with kontaktnat.open(tmp_path / "b.kn") as book:
        ended = [book.update(one, until="2020-01") for one in book.roles.where(function="case_officer")[:2]]
        names = {book.contacts.get(one.contact or "").name for one in ended}
    seen = kalmar("privacy", "erase", "--due", "--decision", REF, "--dry-run")
    assert (seen.code, seen.last) == (0, "nothing was changed")
    assert all(f"{name} (contact" in seen.out or name in seen.out for name in names)
    assert kalmar("privacy", "erase", "--due", "--decision", REF).out.count("receipt is transaction") == 2
    there = {one["name"] for one in kalmar("list", "contacts", "-o", "json").records()}
    assert there == {"Åsa Ryd", "Bo Al", "Ida Lind"} - names
    assert kalmar("privacy", "erase", "--due", "--decision", REF).last == "nothing was changed"
    assert kalmar("privacy", "erase", "Bo Al", "--due", "--decision", REF).code == 2


def test_copies_beside_the_book_are_named_and_left(open_book: OpenBook, place: Path) -> None:
    book = open_book(place, mode="create")
    fill(book)
    copy = place.with_name(f"Kopia av {place.name}")
    copy.write_bytes(place.read_bytes())
    for name, text in {f"{place.stem}.md": "Åsa Ryd", "annat.md": "Åsa Ryd", f"{place.name}~": "Bo"}.items():
        place.with_name(name).write_text(text, "utf-8")
    told = book.privacy.erase("asa", decision=REF)
    assert [Path(one.where).name for _, one in told.held] == [copy.name, f"{place.stem}.md"]
    assert copy.exists()


@pytest.mark.parametrize(
    "row",
    [
        {"förnamn": "Eva-Lena", "efternamn": "Ekstrand"},
        {"Efternamn": "EKSTRAND", "Tilltalsnamn": "Eva Lena", "mejl": "x@y.example"},
        {"rows": [{"a": "1"}, {"a": "Evalena", "b": "Ekstrand"}]},
        {"cells": ["3", "Ekstrand", "Eva-Lena", "Nybro"]},
    ],
)
def test_a_name_in_two_fields_is_theirs(open_book: OpenBook, row: Any) -> None:
    book = open_book()
    eva = book.add(Contact(name="Eva-Lena Ekstrand"))
    waits = book.add(Pending(kind="contact", text="rad 4", raw=row))
    nybro = book.add(Actor(name="Nybro kommun", extra={"list.row": row}))
    extract = book.privacy.extract(eva.id).data()["sections"]
    assert [one["id"] for one in extract["pending"]] == [waits.id]
    assert [one["id"] for one in extract["elsewhere"]] == [nybro.id]
    told = book.privacy.erase(eva.id, decision=REF)
    assert ("pending", waits.id) in told.deleted
    left = str([to_doc(one) for one in book.actors.all()] + [*book.store.transactions()]).casefold()
    assert "ekstrand" not in left
    assert "lena" not in left


def test_parts_of_a_name_in_two_rows_are_nobodys(open_book: OpenBook) -> None:
    book = open_book()
    eva = book.add(Contact(name="Eva-Lena Ekstrand"))
    rows = [{"f": "Eva-Lena", "e": "Björk"}, {"f": "Bo", "e": "Ekstrand"}]
    waits = book.add(Pending(kind="contact", text="rad 4", raw={"rows": rows}))
    book.privacy.erase(eva.id, decision=REF)
    assert book.get(waits.id).raw == {"rows": rows}
