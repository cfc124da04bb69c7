"""By what principles two cards are taken for one: a pair that each is for, and one that must not deceive."""

from __future__ import annotations

from typing import Any

import pytest

from kontaktnat import Actor, Book
from kontaktnat.likeness.evidence import likeness

MOBILE = [{"kind": "phone", "value": "070-174 06 11"}]


def with_one_mobile(name: str, other: str) -> str:
    return likeness("contact", {"name": name, "ways": MOBILE}, {"name": other, "ways": MOBILE}).tier


@pytest.mark.parametrize(
    ("name", "other", "tier"),
    [
        ("Faarax Cali", "Farah Ali", "sure"),  # c and x as Somali has them
        ("Eva Carlén", "Eva Karlén", "sure"),  # where a c is a c
        ("Hassan Ali", "Hussein Ali", ""),
        ("Abdul Karim Sadeq", "Abdulkarim Sadeq", "sure"),  # together or apart
        ("Eva Frantz", "Eva Franz", "sure"),
        ("Đuro Petrović", "Djuro Petrovic", "sure"),
        ("kh Eva Ekdal", "Eva Ekdal", "sure"),  # what is no name stands in small letters
        ("bo Anders Ekdal", "Anders Ekdal", "maybe"),
        ("Cilla Ekdal", "Ella Ekdal", ""),
        ("Omar Nur", "Osman Nur", ""),
    ],
)
def test_how_a_name_is_written(name: str, other: str, tier: str) -> None:
    assert with_one_mobile(name, other) == with_one_mobile(other, name) == tier


def at(actor: str, title: str, *mails: str, name: str = "Eva Ekdal") -> dict[str, Any]:
    ways = [{"kind": "mail", "value": mail} for mail in mails]
    return {"name": name, "ways": ways, "hats": [{"actor": actor, "title": title}]}


def test_a_mailbox_called_as_a_place_or_a_post_is_nobodys_own() -> None:
    for actor, title, mail in (
        ("Fritidsgården Lyktan", "Fritidsledare", "lyktan@nybro.example"),
        ("Nybro kommun", "Trainee", "trainee@nybro.example"),
    ):
        two = at(actor, title, mail), at(actor, title, mail, name="Eva Ekdahl")
        assert likeness("contact", *two).tier == "maybe"
    own = at("Nybro kommun", "Trainee", "eva.ekdal@nybro.example")
    assert likeness("contact", own, own).tier == "sure"


def test_a_post_that_many_hold_at_a_place_says_little() -> None:
    many, one = (at("Nybro kommun", title) for title in ("Handläggare", "Säkerhetschef"))
    assert likeness("contact", many, many).tier == "maybe"
    assert likeness("contact", one, one).tier == "sure"
    borne = at("Nybro kommun", "Säkerhetschef", name="Abdi Ali")
    assert likeness("contact", borne, borne).tier == "maybe", "a name that many bear"


def test_mail_and_note_of_where_the_other_works() -> None:
    there = at("Nybro kommun", "Säkerhetschef")
    mail = [{"kind": "mail", "value": "ekdal.e@nybro.example"}]
    assert likeness("contact", there, {"name": "Eva Ekdal", "ways": mail}).tier == "maybe"
    assert likeness("contact", there, {"name": "Eva Ekdal", "note": "träffad i Nybro"}).tier == "maybe"
    assert not likeness("contact", there, {"name": "Eva Ekdal", "note": "träffad i Kalmar"})
    elsewhere = [{"kind": "mail", "value": "ekdal.e@kalmar.example"}]
    assert not likeness("contact", there, {"name": "Eva Ekdal", "ways": elsewhere})


def test_a_line_of_work_brings_together_only_whose_name_is_rare() -> None:
    def found(name: str, title: str) -> bool:
        return bool(
            likeness(
                "contact",
                at("Nybro kommun", "Säkerhetschef", name=name),
                at("Kalmar kommun", title, name=name),
            )
        )

    assert found("Eva Trollekdal", "Säkerhetssamordnare")
    assert not found("Eva Trollekdal", "Kyrkoherde")
    assert not found("Eva Svensson", "Säkerhetssamordnare")


@pytest.mark.parametrize("note", ["de är två med samma namn", "den yngre", "två stycken med namnet"])
def test_a_note_may_tell_two_apart(note: str) -> None:
    one = at("Nybro kommun", "Säkerhetschef", "eva.ekdal@nybro.example")
    assert likeness("contact", one, one).tier == "sure"
    assert likeness("contact", one, {**one, "note": note}).tier == "maybe"


@pytest.mark.parametrize(
    ("name", "other", "kind", "alike"),
    [
        ("Baptistkyrkan Nybro", "Baptistförsamlingen i Nybro", "faith_community", True),
        ("Baptistkyrkan Nybro", "Pingstförsamlingen i Nybro", "faith_community", False),
        ("SV Nybro", "Studieförbundet Vuxenskolan Nybro", "study_association", True),
        ("Nybro fotbollförening", "Nybro FF", "sports_club", True),
        ("Nybro GoIF", "Nybro Gymnastik- & Idrottsförening", "sports_club", True),
        ("Nybro GoIF", "Nybro Gymnastikförening", "sports_club", False),
        ("Röda Korset Nybrokretsen", "Röda Korsets krets i Nybro", "association", True),
        ("Polismyndigheten, polisregion Syd", "Polisregion Syd", "police_region", True),
        ("Polismyndigheten, polisregion Syd", "Polisregion Öst", "police_region", False),
        ("Villaägarna Blekinge", "Villaägarnas regionförening Blekinge", "association", True),
        ("Villaägarna Kalmar", "Villaägarnas regionförening Kalmar", "association", False),  # town and county
        ("Kommunförbundet Nybro", "Nybro kommun", "association", False),
        ("Svenska kyrkan Påskallavik", "Påskallaviks församling", "church_of_sweden_parish", True),
    ],
)
def test_how_an_organisation_is_called(name: str, other: str, kind: str, alike: bool) -> None:
    docs = {"name": name, "kind": kind}, {"name": other, "kind": kind}
    assert bool(likeness("actor", *docs)) == bool(likeness("actor", *reversed(docs))) == alike


def test_a_kind_is_told_by_the_name_where_none_is_given() -> None:
    club = {"name": "Nybro Södra IF", "kind": "sports_club", "place": "0881"}
    assert likeness("actor", club, {"name": "Nybro Södra Idrottsförening", "place": "0881"}).tier == "sure"
    shop = {"name": "Hotell Linden", "kind": "company", "place": "0881"}
    assert likeness("actor", shop, {"name": "Hotell Linden", "place": "0881"}).tier == "maybe"
    assert not likeness("actor", {**club, "place": ""}, {"name": "Nybro Norra IF"})


def test_what_both_are_known_to_be_may_be_left_out() -> None:
    shelter = {"name": "Kvinnojouren Linnea", "kind": "womens_shelter", "place": "0881"}
    assert likeness("actor", shelter, {**shelter, "name": "Linnea"})
    assert not likeness("actor", shelter, {**shelter, "name": "Tjejjouren Linnea"})


def test_a_slip_in_an_organisation_number() -> None:
    """A number with a wrong check digit is nobody's; two that are right are of two."""
    mail = [{"kind": "mail", "value": "kansli@nsif.example"}]
    club = {"name": "Nybro Södra IF", "kind": "sports_club", "ways": mail, "org_number": "802999-1075"}
    slip, other = (likeness("actor", club, {**club, "org_number": n}) for n in ("802999-1175", "802999-1083"))
    assert "nearly the same organisation number, and one is written wrong" in slip.reasons
    assert "other organisation numbers" in other.reasons
    assert slip.score > other.score


def test_the_initials_of_all_a_name_with_its_place() -> None:
    web = [{"kind": "web", "value": "bth.example"}]
    school = {"name": "Blekinge tekniska högskola", "kind": "university", "ways": web}
    assert likeness("actor", school, {"name": "BTH", "kind": "university", "ways": web}).tier == "maybe"
    assert not likeness("actor", school, {"name": "BTK", "kind": "university", "ways": web})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            {"name": "Länsstyrelsen i Kalmar län", "aliases": ["Länsstyrelsen"]},
            {"name": "Länsstyrelsen i Örebro län"},
        ),
        ({"name": "Hyres- och arrendenämnden i Umeå"}, {"name": "Umeå kommun"}),
    ],
)
def test_what_an_authority_is_called_for_short_tells_no_other_place(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert not likeness("actor", one, other).tier


def test_a_department_is_found_by_the_whole_that_stands_in_the_others_name(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    kalmar = book.add(Actor(name="Kalmar kommun", kind="municipality", place="0880"))
    office = book.add(Actor(name="Kommunledningskontoret", kind="municipal_department", parent=nybro.id))
    same = book.add(
        Actor(name="Kommunledningskontoret, Nybro kommun", kind="municipal_department", parent=nybro.id)
    )
    book.add(Actor(name="Kommunledningskontoret", kind="municipal_department", parent=kalmar.id))
    (found,) = book.duplicates("actor")
    assert {found.one, found.other} == {office.id, same.id}
