"""Files as they come: encodings, folds, quoted-printable, and one bad card among good ones."""

from __future__ import annotations

import codecs
import io

import pytest
from vcard_samples import APPLE, OUTLOOK, card, hats, kept, lines_of, only, taken

from kontaktnat import Invalid
from kontaktnat_vcard.importing import describe, sniff
from kontaktnat_vcard.versions import adapted

EVA = ("N:Ek;Eva;;;", "FN:Eva Ek")
ASA = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Åström;Åsa;;;\r\nFN:Åsa Åström\r\nEND:VCARD\r\n"


@pytest.mark.parametrize(
    "data",
    [
        ASA.encode(),
        codecs.BOM_UTF8 + ASA.encode(),
        ASA.encode("cp1252"),
        ASA.encode("utf-16"),
        ASA.encode("utf-16-le"),
        ASA.encode("utf-16-be"),
        codecs.BOM_UTF16_BE + ASA.encode("utf-16-be"),
        ASA.encode("utf-32"),
        ASA.replace("BEGIN:VCARD", "begin:vcard").encode("utf-16-le"),
        b"\n\0" + ASA.encode("utf-16-le"),
        b"\0\n" + ASA.encode("utf-16-be"),
        ASA.replace("Å", "A\u030a").encode(),
        ASA.replace("\r\n", "\n").encode(),
        ASA.replace("\r\n", "\r").encode(),
        ASA.replace("\r\n", "\r\r\n").encode(),
        b"\r\n\r\n" + ASA.lower().replace("åsa åström", "Åsa Åström").encode() + b"\x1a",
    ],
)
def test_letters_and_ends_of_lines(data: bytes) -> None:
    assert sniff(data[:4096])
    assert only(data)["name"] == "Åsa Åström"


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("FN;CHARSET=windows-1252", "Åsa Åström".encode("cp1252")),
        ("FN;CHARSET=ISO-8859-1", "Åsa Åström".encode("latin-1")),
        ("FN;CHARSET=utf-8", "Åsa Åström".encode()),
        ("FN;CHARSET=utf-8", "Åsa Åström".encode("cp1252")),  # it says so, and is not
        ("FN;CHARSET=rot13", "Åsa Åström".encode()),
        ("FN;CHARSET=x-nothing", "Åsa Åström".encode("cp1252")),
        ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8", b"=C3=85sa =C3=85str=C3=B6m"),
        ("FN;QUOTED-PRINTABLE;CHARSET=UTF-8", b"=C3=85sa=20=\r\n=C3=85str=C3=B6m"),
        ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1", b"=C5sa =C5str=F6m"),
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C5sa =C5str=F6m"),
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=c3=85sa =c3=85str=c3=b6m"),
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C3=85sa =C3==\r\n=85str=C3=B6m"),  # one mark too many
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C3=85sa \r\n=C3=85str=C3=B6m"),  # no mark at all
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C3=85sa =C3==\r\n85str=C3=B6m"),  # cut after the mark
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C3=85sa =C3=\r\n =85str=C3=B6m"),  # folded besides
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C3=85sa =\r\n =C3=85str=\r\n =C3=B6m"),
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C3=85sa=\r\n =C3=85str=C3=B6m"),  # the blank is of the text
        ("FN;ENCODING=QUOTED-PRINTABLE", b"=C3=85sa =C3=85s\r\n tr=C3=B6m"),  # folded, and not quoted
        ("FN;ENCODING=8BIT", "Åsa Åström".encode()),
        ("FN;ENCODING=b", b"w4VzYSDDhXN0csO2bQ=="),
    ],
)
def test_a_property_in_letters_of_its_own(head: str, value: bytes) -> None:
    data = b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + head.encode() + b":" + value + b"\r\nEND:VCARD\r\n"
    assert only(data)["name"] == "Åsa Åström"


def test_a_text_that_a_phone_cut_within_a_letter_is_no_other_encoding() -> None:
    data = card("N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85str=C3=B6m;=C3=85sa;;;")
    data = data.replace(b"END:", b"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:F=C3=B6rening f=C3\r\nEND:")
    assert hats(only(data))[0]["organisation"] == "Förening fÃ"


def test_in_utf16_a_charset_is_true_of_what_is_quoted_alone() -> None:
    text = "BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=windows-1252:Åsa\nNOTE;CHARSET=windows-1252"
    fields = only(f"{text};ENCODING=QUOTED-PRINTABLE:=C5r\nEND:VCARD\n".encode("utf-16"))
    assert (fields["name"], fields["note"]) == ("Åsa", "År")


def test_several_encodings_in_one_file() -> None:
    found = taken(ASA.encode() + ASA.encode("cp1252") + codecs.BOM_UTF8 + ASA.encode())
    assert [one.fields["name"] for one in found] == ["Åsa Åström"] * 3


def test_outlook_in_swedish() -> None:
    fields = only(OUTLOOK)
    assert fields["name"] == "Åsa Åström"
    assert (fields["given"], fields["family"]) == ("Åsa", "Åström")
    assert fields["note"] == "Ringer på tisdagar.\nHelst före tio."
    assert hats(fields) == [
        {"organisation": "Nybro kommun", "department": "Trygghet", "title": "Säkerhetschef"}
    ]
    assert [tuple(way.values()) for way in fields["ways"]] == [
        ("phone", "0481-450 00", "work"),
        ("phone", "070-174 06 11", "mobile"),
        ("address", "Stadshusplan 1, 382 80 Nybro, Sverige", "work"),
        ("mail", "asa.astrom@nybro.example"),
    ]
    lines = kept(fields)
    assert "PHOTO;TYPE=JPEG;ENCODING=b:/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAYEBQYFBAYGBQYHBwY=" in lines
    assert "LABEL;TYPE=WORK;TYPE=PREF:Stadshusplan 1\\n382 80 Nybro" in lines
    assert 'X-MS-OL-DESIGN:<card xmlns="http://schemas.example/cards"><fld prop="name"/></card>' in lines


def test_base64_that_is_not_indented() -> None:
    lines = kept(only(card(*EVA, "PHOTO;BASE64;JPEG:/9j/4AAQ", "SkZJRgAB", "AQE=", "", "TEL:070-174 06 05")))
    assert "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQE=" in lines


def test_folds() -> None:
    fields = only(card(*EVA, "NOTE:ett ", " två", "\ttre", " ", "EMAIL:eva.", " ek@nybro.example"))
    assert fields["note"] == "ett tvåtre"
    assert fields["ways"][0]["value"] == "eva.ek@nybro.example"


def test_a_card_in_a_card_is_a_value() -> None:
    innermost = ("AGENT:", "BEGIN:VCARD", "FN:Siv", "END:VCARD")
    inner = ("AGENT:", "BEGIN:VCARD", "VERSION:2.1", "FN:Bo Alm", *innermost, "END:VCARD")
    found = taken(card(*EVA, *inner, "NOTE:efter", version="2.1") + card("FN:Nils Lind"))
    assert [one.fields["name"] for one in found] == ["Eva Ek", "Nils Lind"]
    assert found[0].fields["note"] == "efter"
    agent = next(line for line in kept(found[0].fields) if line.startswith("AGENT:"))
    assert "FN:Bo Alm" in agent
    assert "FN:Siv" in agent


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bo Alm\r\n", "the card that begins here has no END:VCARD"),
        (card("FN:Bo Alm", "no property at all"), "line 9: a property has a name and a colon; this has none"),
        (card("FN:", "N:;;;;", "TEL:070-174 06 05"), "the card names nobody: it has no FN, N or ORG"),
        (card("FN:Alla", "KIND:group", version="4.0"), "a card of KIND group is neither"),
        (card("FN:Alla", "X-ADDRESSBOOKSERVER-KIND:group"), "a card of KIND group is neither"),
        (card(*EVA, "AGENT:", "BEGIN:VCARD", "FN:Bo Alm"), "the card that begins here has no END:VCARD"),
        (b"hello\r\n", "this stands in no card"),
    ],
)
def test_one_bad_card_is_rejected_alone_with_its_line(bad: bytes, why: str) -> None:
    good = card(*EVA)
    found = taken(good + bad + good)
    assert [bool(one.problem) for one in found] == [False, True, False]
    assert str(found[1].problem).startswith(why)
    assert [one.row for one in found] == [1, 6, 6 + bad.count(b"\r\n")]
    assert found[1].raw.strip() == bad.decode().replace("\r\n", "\n").strip()


@pytest.mark.parametrize(
    "data", [b"", b"\r\n \r\n", b"hello", b"\x89PNG\r\n\x1a\n\0", b"N:Ek;Eva\nFN:Eva Ek\n"]
)
def test_a_file_without_any_card_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="there is no card in it"):
        taken(data)


def test_empty_and_odd_properties_are_no_problem() -> None:
    empty = ("EMAIL:", "TEL;TYPE=WORK:", "ADR:;;;;;;", "URL:", "ORG:;", "BDAY:", "CATEGORIES:,")
    odd = ("EMAIL;TYPE=INTERNET:foo", 'X-ODD;P="a;b:c",d;Q=:x', "TEL;TYPE=:zentrale")
    fields = only(card(*EVA, *empty, *odd))
    assert "ways" not in fields
    assert "hats" not in fields
    lines = kept(fields)
    assert {"EMAIL;TYPE=INTERNET:foo", 'X-ODD;P="a;b:c",d;Q=:x', "TEL:zentrale", "BDAY:"} <= {*lines}


def test_slips_of_single_programs() -> None:
    """A phone's line that goes on without the mark, Highrise's names with blanks, a kind said twice."""
    phone = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:", ";=C3=85sa", "TEL;CELL:070-174 06 05", version="2.1"
    )
    assert only(phone)["name"] == "Åsa"
    assert "X-GOOGLE TALK;TYPE=WORK:eva" in kept(only(card(*EVA, "X-GOOGLE TALK;TYPE=WORK:eva")))
    assert taken(card(*EVA, "två ord:eva"))[0].problem
    [[photo]] = lines_of(card("PHOTO;ENCODING=b;TYPE=png:data:image/png;base64,iVBORw0KGgo="))
    assert adapted(photo, "3.0") == photo._replace(value="iVBORw0KGgo=")


def test_a_card_without_version_or_with_an_unknown_one() -> None:
    assert only(b"BEGIN:VCARD\nFN:Eva Ek\nEND:VCARD")["name"] == "Eva Ek"
    assert only(card("FN:Eva Ek", version="5.0"))["name"] == "Eva Ek"


def test_one_card_in_ten_thousand_lines() -> None:
    fields = only(card(*EVA, *(f"X-LINE-{n}:{n}" for n in range(10_000))))
    assert len(kept(fields)) == 10_000


def test_a_line_of_a_million_letters() -> None:
    assert len(only(card(*EVA, "NOTE:" + "å" * 1_000_000))["note"]) == 1_000_000


def test_what_is_told_of_the_file() -> None:
    told = describe(io.BytesIO(APPLE + OUTLOOK), {})
    assert told.summary.startswith("2 cards (version 2.1: 1, 3.0: 1); not all of it is UTF-8")
    assert told.sample == ("Åström, Åsa",)
    assert ("FN", "name") in told.mapping
    assert ("LABEL, NICKNAME, X-LATER", "kept as it stands, and written back") in describe(
        io.BytesIO(card(*EVA, "LABEL:Nybro", "NICKNAME:Eva", "X-LATER:1", "BDAY:19700101")),
        {"drop": "bday,N"},
    ).mapping
    assert describe(io.BytesIO(card(*EVA, "BDAY:19700101")), {"drop": "bday"}).unused == ("BDAY",)


@pytest.mark.parametrize(
    "data", [APPLE.decode().encode("utf-16"), APPLE.replace(b"\r\n", b"\r"), codecs.BOM_UTF8 + APPLE]
)
def test_cards_are_counted_in_any_file(data: bytes) -> None:
    assert describe(io.BytesIO(data), {}).summary.startswith("1 card (version 3.0: 1); ")


def test_names_keep_their_spelling_on_the_way_to_apple() -> None:
    [lines] = lines_of(APPLE)
    assert {line.group for line in lines if line.name == "X-ABLABEL"} == {"item1", "item2"}
    assert "item2.X-ABLabel:Jourtelefon" in kept(only(APPLE))
