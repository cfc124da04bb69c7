"""What names, numbers and a register's own words suggest; and what they do not."""

from __future__ import annotations

import pytest

from kontaktnat.model import Actor
from kontaktnat_civilsociety.numbers import group, ten
from kontaktnat_civilsociety.registers import codes_of
from kontaktnat_civilsociety.standing import standing
from kontaktnat_civilsociety.suggesting import suggest

NAMES = {
    "Nybro IF": "icnpo:1200",
    "IFK Kalmar": "icnpo:1200",
    "Kalmar FF": "icnpo:1200",
    "Kalmar FF Damfotboll": "icnpo:1200",
    "Emmaboda IS": "icnpo:1200",
    "Nybro GoIF": "icnpo:1200",
    "OK Orion": "icnpo:1200",
    "Nybro Ryttarförening": "icnpo:1200",
    "Nybro simsällskap": "icnpo:1200",
    "Oskarshamns Ishockeyklubb": "icnpo:1200",
    "IF Metall Kalmar": "icnpo:11300",
    "Sveriges Lärare Nybro": "icnpo:11300",
    "Svenska Kommunalarbetareförbundet Sydost": "icnpo:11300",
    "Socialdemokraterna i Nybro": "icnpo:7300",
    "Nybro arbetarekommun": "icnpo:7300",
    "Centerpartiet Emmaboda": "icnpo:7300",
    "Brottsofferjouren Kalmar län": "icnpo:7200",
    "Nattvandrarna i Nybro": "icnpo:7200",
    "Vuxna på stan": "icnpo:7200",
    "KRIS Kalmar": "icnpo:7200",
    "Kvinnojouren Blenda": "icnpo:4100",
    "Tjejjouren Meja": "icnpo:4100",
    "Kvinno- och tjejjouren i Nybro": "icnpo:4100",
    "Studieförbundet Vuxenskolan Sydost": "icnpo:2300",
    "ABF Kalmar län": "icnpo:2300",
    "Medborgarskolan": "icnpo:2300",
    "Ibn Rushd": "icnpo:2300",
    "Örsjö bygdegårdsförening": "icnpo:6100 icnpo:1300",
    "Folkets Hus i Orrefors": "icnpo:6100 icnpo:1300",
    "Kråksmåla hembygdsförening": "icnpo:1100",
    "Nybro konstförening": "icnpo:1100",
    "PRO Nybro": "icnpo:7100 icnpo:1300",
    "SPF Seniorerna Nybro": "icnpo:7100 icnpo:1300",
    "Nybro scoutkår": "icnpo:1300 icnpo:4100",
    "Röda korset Nybro": "icnpo:4200 icnpo:4100",
    "Nybro Företagarförening": "icnpo:11100",
    "Svenska kyrkan Nybro": "icnpo:10100",
    "Nybro pastorat": "icnpo:10100",
    "Madesjö-Nybro församling": "icnpo:10100",
    "Pingstkyrkan Nybro": "icnpo:10100",
    "Islamiska föreningen i Nybro": "icnpo:10100",
    "Naturskyddsföreningen i Nybro": "icnpo:5100",
    "FN-föreningen i Kalmar": "icnpo:9100",
    "Byalaget Flygsfors": "icnpo:6100",
    "Lions Club Nybro": "icnpo:1300",
    "Nybro RK": "icnpo:1200 icnpo:4200",  # a riding club or the Red Cross: both are asked about
    "Nybro kulturförening": "icnpo:1100 icnpo:7100",
    "Kalmar FF Akademi": "icnpo:1200",
    "Botkyrka IF": "icnpo:1200",
    "Nybro MK": "icnpo:1200 icnpo:1300",
    "Nybro danssällskap": "icnpo:1200 icnpo:1300",
    "IF Metalls ungdom": "icnpo:11300",
    "Metallklubben Orrefors": "icnpo:11300",
    "Moderaternas kvinnoförbund": "icnpo:7300",
    "Centerpartiets kommunkrets": "icnpo:7300",
    "Brottsofferjouren i Nybro kommun": "icnpo:7200",
    "Företagarna i Nybro kommun": "icnpo:11100",
    "Farsor på stan": "icnpo:7200",
    "Bilda Sydost": "icnpo:2300",
    "SV Kalmar län": "icnpo:2300",
    "Svenska kyrkan i Nybro": "icnpo:10100",
    "Nybro kyrka": "icnpo:10100",
    "Eritreanska ortodoxa Tewahedo": "icnpo:10100",
    "Equmenia Nybro": "icnpo:10100 icnpo:1300",
    "Nybro Röda Kors": "icnpo:4200 icnpo:4100",
    "Lions Nybro": "icnpo:1300",
    "Villaägarnas Riksförbund": "icnpo:6200",
    "Anonyma Alkoholister": "icnpo:4100",
}
FALSE_FRIENDS = [
    "Kalmar FF AB", "Församlingsgatan 3", "Kyrkans hus AB", "Kyrkans hus", "Kultur- och fritidsförvaltningen",
    "Idrottsnämnden", "Nybro kommuns idrottsenhet", "Pro Musica", "Ny kris", "Kommunal vuxenutbildning",
    "Ikaros", "Biktfadern", "Nybro Bowling HB", "Sporthallen", "Idrottsgatan 2", "Om och if", "Kyrkvägen 4",
    "Pensionärsboendet Björken", "Hästens vänner", "Grannsamverkan Svea", "Partihallen", "Nybro", "IF",
    "SK Redovisning", "IK Invest", "BK Bygg", "GF Konsult", "FF Fastigheter", "IF Skadeförsäkring",
    "Fritidsklubben Kometen", "Kultur och fritid i Nybro kommun", "Nybro kommun", "Kyrkans förskola",
    "Botkyrka", "Bildaverkstan", "Nybro Lions Bygg",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_suggests_what_is_usually_called_so(name: str) -> None:
    found = [one for one in suggest(Actor(name=name)) if one.scheme == "icnpo"]
    assert " ".join(one.value for one in found) == NAMES[name]
    assert all(one.reason.startswith('"') and "in its name is usual for" in one.reason for one in found)


@pytest.mark.parametrize("name", FALSE_FRIENDS)
def test_a_false_friend_suggests_nothing(name: str) -> None:
    assert suggest(Actor(name=name)) == ()


def valued(**fields: str) -> list[str]:
    return [one.value for one in suggest(Actor(**fields))]  # type: ignore[arg-type]


def test_a_number_tells_the_form_that_it_was_given_in() -> None:
    assert valued(name="Glada laget", org_number="802400-1110") == ["legal_form:61"]
    assert valued(name="Nybrofonden", org_number="802400-1110") == ["legal_form:61", "legal_form:72"]
    assert valued(name="Stiftelsen Nybrofonden", org_number="802400-1110") == ["legal_form:72"]
    assert valued(name="Brf Ugglan", org_number="769600-0004") == ["icnpo:6200", "legal_form:53"]
    assert valued(name="Huset", org_number="769600-0004") == [
        "legal_form:51",
        "legal_form:53",
        "legal_form:62",
    ]
    assert valued(name="Madesjö", org_number="252002-0005") == ["icnpo:10100", "legal_form:63"]


def test_a_form_in_the_name() -> None:
    assert valued(name="Församlingsgatans samfällighet") == ["legal_form:62"]
    assert valued(name="Nybro kyrkliga samfällighet") == ["icnpo:10100", "legal_form:63"]
    assert valued(name="IF Metalls a-kassa") == valued(name="Unionens a-kassa") == ["legal_form:95"]
    assert valued(name="OK ekonomisk förening") == ["legal_form:51"]


def test_a_companys_or_an_authoritys_number_goes_before_the_name() -> None:
    assert valued(name="Kalmar FF", org_number="556036-0793") == []
    assert valued(name="Nybro IF", org_number="212000-0761") == []


def test_of_a_number_that_is_none_nothing_is_concluded() -> None:
    assert valued(name="Nybrofonden", org_number="802400-1111") == []
    assert group("802400-1110") == group("16802400-1110") == "8"
    assert ten("811218-9876") == ten("") == ten("abc") == ""  # the third digit of a company is 2 or more


def test_a_reason_names_what_it_rests_on() -> None:
    [form] = suggest(Actor(name="Glada laget", org_number="802400-1110"))
    assert form.reason == (
        'its number begins with 8: non-profit associations and foundations; "laget" in its name'
    )
    [category] = suggest(Actor(name="Vänner", tags=["Hembygd"]))
    assert (category.value, category.reason) == ("icnpo:1100", 'a register calls it "Hembygd"')


def test_what_somebody_has_said_is_not_asked() -> None:
    assert valued(name="Nybro IF", kind="municipality") == []
    assert valued(name="Nybro IF", sector="municipality") == []
    assert suggest(Actor(name="Nybro IF", categories=["icnpo:1300"])) == ()
    assert valued(name="Glada laget", org_number="802400-1110", legal_form="61", sector="civil_society") == []


def test_an_association_of_which_no_more_is_known() -> None:
    assert valued(name="Föreningen Glada Nybro") == ["sector:civil_society"]
    assert valued(name="Föreningen Glada Nybro", sector="civil_society") == []


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("Idrott", "1200"), ("Idrottsföreningar", "1200"), ("Kultur", "1100"), ("Pensionär", "7100 1300"),
        ("Hembygdsförening", "1100"), ("Religion", "10100"), ("Barn- och ungdom", "1300 4100"),
        ("Kultur och fritid", "1100 1300"), ("Övrigt", ""), ("", ""), ("Sportfiske", "1300"),
    ],
)  # fmt: skip
def test_a_registers_own_words(word: str, codes: str) -> None:
    assert " ".join(codes_of(word)) == codes


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"sector": "civil_society", "kind": "company"}, "civil"),
        ({"sector": "municipality", "kind": "association"}, "other"),
        ({"kind": "association"}, "civil"),
        ({"kind": "company"}, "other"),
        ({"categories": ["icnpo:1200"]}, "civil"),
        ({"legal_form": "61"}, "civil"),
        ({"legal_form": "49"}, "other"),
        ({"legal_form": "51"}, "unknown"),
        ({"legal_form": "Ideell"}, "unknown"),
        ({"kind": "school"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_who_is_of_civil_society(fields: dict[str, object], expected: str) -> None:
    assert standing(Actor(name="X", **fields)) == expected  # type: ignore[arg-type]
