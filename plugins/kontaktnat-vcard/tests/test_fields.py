"""What becomes of the properties of a card."""

from __future__ import annotations

from typing import Any

import pytest
from vcard_samples import APPLE, GOOGLE, NEXTCLOUD, card, hats, kept, only, taken

from kontaktnat import Invalid

EVA = ("N:Ek;Eva;;;", "FN:Eva Ek")


@pytest.mark.parametrize(
    ("lines", "named"),
    [
        (["N:Ek;Eva;;;", "FN:Eva Ek"], ("Eva Ek", "Eva", "Ek")),
        (["N:Ek;Eva;;;", "FN:Ek, Eva"], ("Eva Ek", "Eva", "Ek")),
        (["N:Ek;Eva;Maria;;", "FN:Ek, Eva Maria"], ("Eva Maria Ek", "Eva", "Ek")),
        (["N:Ek;Eva;;;", "FN:Ek, Eva (Nybro kommun)"], ("Eva Ek", "Eva", "Ek")),
        (["N:Ek;Eva;;;"], ("Eva Ek", "Eva", "Ek")),
        (["FN:Eva Ek"], ("Eva Ek", "", "")),
        (["FN:Ek\\, Eva"], ("Eva Ek", "Eva", "Ek")),
        (["N:Ek, Eva;;;;"], ("Eva Ek", "Eva", "Ek")),
        (
            ["N:Ek;Eva;Maria,Linn;Dr.;PhD", "FN:Dr. Eva Maria Linn Ek, PhD"],
            ("Eva Maria Linn Ek", "Eva", "Ek"),
        ),
        (["N:Ek;Eva", "FN:eva.ek@nybro.example"], ("Eva Ek", "Eva", "Ek")),
        (["N:;Eva;;;", "FN:Eva"], ("Eva", "Eva", "")),
        (["N:von Ek;Eva  Maria;;;", "FN:Eva  Maria von\\n Ek"], ("Eva Maria von Ek", "Eva Maria", "von Ek")),
        (["FN:", "N:;;;;", "NICKNAME:Kenta"], ("Kenta", "", "")),
        (["EMAIL:eva.ek@nybro.example"], ("eva.ek@nybro.example", "", "")),
    ],
)
def test_names(lines: list[str], named: tuple[str, str, str]) -> None:
    [one] = taken(card(*lines))
    assert one.type == "contact"
    assert tuple(one.fields.get(name, "") for name in ("name", "given", "family")) == named


@pytest.mark.parametrize(
    "lines",
    [
        ["N:;;;;", "FN:Nybro kommun", "ORG:Nybro kommun"],
        ["FN:Nybro kommun", "ORG:Nybro kommun;"],
        ["ORG:Nybro kommun", "EMAIL:info@nybro.example"],
        ["N:Nybro kommun;;;;", "FN:Nybro kommun", "ORG:Nybro kommun"],
        ["FN:Nybro kommun", "KIND:org"],
        ["N:;;;;", "FN:Nybro kommun", "ORG:Nybro kommun", "X-ABShowAs:COMPANY"],
        ["N:Ek;Eva;;;", "FN:Nybro kommun", "ORG:Nybro kommun", "X-ABShowAs:COMPANY"],
        ["N:;;;;", "FN:Nybro kommun Trygghet", "ORG:Nybro kommun;Trygghet", "KIND:org"],
    ],
)
def test_organisations(lines: list[str]) -> None:
    [one] = taken(card(*lines))
    assert one.type == "actor"
    assert one.fields["name"].startswith("Nybro kommun")
    assert "hats" not in one.fields


def test_a_person_at_an_organisation_is_none() -> None:
    assert [one.type for one in taken(card(*EVA, "ORG:Nybro kommun"))] == ["contact"]
    assert [one.type for one in taken(card(*EVA, "ORG:Nybro kommun"), **{"as": "actor"})] == ["actor"]
    one = taken(card("FN:Nybro kommun", "KIND:org"), **{"as": "contact"})[0]
    assert (one.type, one.fields["name"]) == ("contact", "Nybro kommun")


def ways(*lines: str) -> list[tuple[Any, ...]]:
    return [
        (way["kind"], way["value"], way.get("label", "")) for way in only(card(*EVA, *lines)).get("ways", ())
    ]


@pytest.mark.parametrize(
    ("line", "way"),
    [
        ("EMAIL;TYPE=INTERNET;TYPE=HOME:eva@hem.example", ("mail", "eva@hem.example", "home")),
        ("EMAIL:mailto:eva@hem.example", ("mail", "eva@hem.example", "")),
        ("TEL;TYPE=WORK,FAX:0481-450 00", ("phone", "0481-450 00", "work fax")),
        ("TEL;WORK;CELL:0701740605", ("phone", "0701740605", "work mobile")),
        ('TEL;VALUE=uri;TYPE="home,voice":tel:+46-70-174-06-05;ext=1', ("phone", "+46-70-174-06-05", "home")),
        ("TEL;TYPE=pager:070-174 06 05", ("phone", "070-174 06 05", "pager")),
        ("URL:http\\://nybro.example", ("web", "http://nybro.example", "")),
        ("ADR;TYPE=HOME:Box 1;;Storgatan 1\\nLgh 2;Nybro;;382 30;",
         ("address", "Box 1, Storgatan 1, Lgh 2, 382 30 Nybro", "home")),
        ("ADR:;;Storgatan 1\\,;Nybro;;382 30;", ("address", "Storgatan 1, 382 30 Nybro", "")),
    ],
)  # fmt: skip
def test_ways(line: str, way: tuple[str, str, str]) -> None:
    assert ways(line) == [way]


@pytest.mark.parametrize(
    "line", ["TEL;TYPE=MAIN:zentrale", "TEL:+49 MOBIL", "EMAIL:foo", "EMAIL;TYPE=X400:c=SE;o=x", "TEL:5512"]
)
def test_what_reaches_nobody_is_kept_and_no_way(line: str) -> None:
    assert ways(line) == []
    assert line in kept(only(card(*EVA, line)))


def test_labels_of_apple() -> None:
    found = {(way["value"], way.get("label", "")) for way in only(APPLE)["ways"]}
    assert {("eva@hem.example", "other"), ("+46 70 174 06 05", "Jourtelefon")} <= found


def test_employment() -> None:
    two = hats(only(card(*EVA, "a.ORG:Nybro kommun;Trygghet;Ungdom", "b.ORG:Kalmar FF", "b.TITLE:Kassör",
                    "a.TITLE:Samordnare")))  # fmt: skip
    assert two == [
        {"organisation": "Nybro kommun", "department": "Trygghet, Ungdom", "title": "Samordnare"},
        {"organisation": "Kalmar FF", "title": "Kassör"},
    ]
    assert hats(only(card(*EVA, "ORG:Nybro kommun", "ROLE:Rektor"))) == [
        {"organisation": "Nybro kommun", "title": "Rektor"}
    ]
    alone = only(card(*EVA, "TITLE:Rektor"))
    assert "hats" not in alone
    assert kept(alone) == ["TITLE:Rektor"]


def test_categories_notes_and_what_google_says_of_everyone() -> None:
    assert only(GOOGLE)["tags"] == ["Nätverket"]
    fields = only(card(*EVA, "NOTE:ett", "NOTE:två\\, tre"))
    assert fields["note"] == "ett\n\ntvå, tre"
    assert not any("ett" in line for line in kept(fields)), "a note is kept in one place"


def test_the_new_version() -> None:
    fields = only(NEXTCLOUD)
    assert fields["ways"][0] == {"kind": "phone", "value": "+46-481-450-00", "label": "work"}
    assert hats(fields) == [{"organisation": "Region Kalmar län", "title": "Samordnare"}]


def test_drop() -> None:
    lines = kept(only(APPLE, drop="bday, X-SOCIALPROFILE"))
    assert not any(line.startswith(("BDAY", "X-SOCIAL")) for line in lines)


@pytest.mark.parametrize("options", [{"as": "role"}, {"dorp": "BDAY"}, {"map": "name=FN"}])
def test_wrong_options(options: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        taken(APPLE, **options)
