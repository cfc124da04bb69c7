"""vCard → book → vCard, and book → vCard → book: nothing is lost, and what changed in the book shows."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vcard_samples import ALL, APPLE, GOOGLE, NEXTCLOUD, OUTLOOK, card, lines_of

import kontaktnat
from kontaktnat import Actor, Contact, Role
from kontaktnat.model import Way
from kontaktnat_vcard import plugin
from kontaktnat_vcard.lines import Line, escape, unescape

EVA = ("N:Ek;Eva;;;", "FN:Eva Ek", "EMAIL;TYPE=INTERNET:eva.ek@nybro.example")


def imported(book: Any, data: bytes) -> str:
    done = book.import_from(io.BytesIO(data), format="vcard")
    assert not done.rejected
    return str(done).removesuffix(", rejected 0")


def exported(book: Any, **options: str) -> bytes:
    stream = io.BytesIO()
    book.export_to(stream, "vcard", options=options)
    return stream.getvalue()


def said(data: bytes, *, without: tuple[str, ...] = ()) -> list[set[tuple[Any, ...]]]:
    """Each card as what it says; what belongs to a version alone made equal."""
    return [{_said(line) for line in lines if line.name not in without} for lines in lines_of(data)]


def _said(line: Line) -> tuple[Any, ...]:
    params = {
        (name, value.upper() if name in ("TYPE", "ENCODING", "VALUE") else value)
        for name, values in line.params
        for value in values
    }
    return line.group.casefold(), line.name, frozenset(params), unescape(line.value)


OURS = ("UID", "PRODID", "REV")


@pytest.mark.parametrize("data", ALL.values(), ids=ALL)
@pytest.mark.parametrize("known", [False, True], ids=["hat waits", "hat is worn"])
def test_every_property_comes_back(open_book: Any, data: bytes, known: bool) -> None:
    book = open_book()
    if known:
        book.add(Actor(name="Nybro kommun"))
        book.add(Actor(name="Region Kalmar län"))
    imported(book, data)
    again = exported(book, version="4.0" if data == NEXTCLOUD else "3.0")
    [before], [after] = said(data), said(again)
    assert before <= after
    assert {one[1] for one in after - before} <= {"UID", "PRODID", "REV", "N"}
    assert imported(book, data) == "created 0, updated 0, unchanged 1"


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_name_without_its_parts_keeps_what_is_said_of_it(open_book: Any, version: str) -> None:
    book = open_book()
    data = card("FN;LANGUAGE=sv:Eva Ek", "1.FN:E. Ek", version="4.0")
    data += card("FN:", "NICKNAME:Evan", "REV:20210901T000102Z", version="4.0")
    data += card("N:;;;;", "FN:", "EMAIL;TYPE=INTERNET:bo.ek@nybro.example", "REV:20210902T000102Z")
    imported(book, data)
    for before, after in zip(said(data), said(exported(book, version=version)), strict=True):
        assert {one for one in before if one[1] != "EMAIL"} <= after


@pytest.mark.parametrize("data", ALL.values(), ids=ALL)
def test_our_own_card_of_somebody_elses_is_nothing_new(open_book: Any, data: bytes) -> None:
    book = open_book()
    if data == OUTLOOK:  # without a UID nobody can tell its REV from ours
        data = data.replace(b"REV:20261101T101500Z\r\n", b"")
    imported(book, data)
    own = exported(book, version="4.0" if data == NEXTCLOUD else "3.0")
    assert imported(book, own) == "created 0, updated 0, unchanged 1"


def test_what_a_card_of_ours_brings_back_is_lost_in_no_book(open_book: Any) -> None:
    """A title without an organisation, and a shared mailbox, of a card that has a UID and no PRODID."""
    book = open_book()
    lines = ("ORG:", "TITLE:Samordnare", "KIND:individual", "REV:20261101T101500Z", "UID:4fbe8971")
    data = card(*EVA, *lines) + card("N:Ek;Bo;;;", "FN:Bo Ek", "ORG:Nybro kommun",
                                     "EMAIL;TYPE=INTERNET:info@nybro.example", "UID:4fbe8972")  # fmt: skip
    imported(book, data)
    own = exported(book)
    assert imported(book, own) == "created 0, updated 0, unchanged 2"
    (other := open_book()).add(Actor(name="Nybro kommun"))
    imported(other, own)
    assert said(exported(other)) == said(own)


def test_a_line_that_stands_twice_stands_twice(open_book: Any) -> None:
    book = open_book()
    lines = [
        *EVA,
        "PHOTO:https://nybro.example/eva.png",
        "X-SKYPE:eva",
        "TEL;TYPE=WORK:0481-450 00",
        "CATEGORIES:bror",
    ]
    data = card(*lines, *lines)
    imported(book, data)
    assert imported(book, data) == "created 0, updated 0, unchanged 1"
    again = exported(book)
    assert all(again.count(line.encode() + b"\r\n") == 2 for line in lines)
    assert imported(book, again) == "created 0, updated 0, unchanged 1"
    imported(other := open_book(), again)
    assert exported(other).count(b"X-SKYPE") == 2


def test_from_version_to_version(open_book: Any) -> None:
    """3.0 → book → 4.0 → book → 3.0 says what it said."""
    for data in (APPLE, GOOGLE):
        first, second = open_book(), open_book()
        imported(first, data)
        imported(second, exported(first, version="4.0"))
        types = {
            (name, kind) for _, name, params, _ in said(data)[0] for _, kind in params if kind == "INTERNET"
        }
        assert len(types) <= 1
        [before], [after] = said(data), said(exported(second))
        assert {(one[1], one[3]) for one in before} <= {(one[1], one[3]) for one in after}


def test_a_picture_in_either_version(open_book: Any) -> None:
    book = open_book()
    imported(book, OUTLOOK)
    new = {one.name: one for one in lines_of(exported(book, version="4.0"))[0]}
    assert new["PHOTO"].value == "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEAYABgAAD/2wBDAAYEBQYFBAYGBQYHBwY="
    assert new["PHOTO"].params == ()
    other = open_book()
    imported(other, NEXTCLOUD)
    old = {one.name: one for one in lines_of(exported(other))[0]}
    assert (old["PHOTO"].value, old["PHOTO"].types) == ("iVBORw0KGgo=", {"PNG"})
    assert (old["TEL"].value, old["TEL"].types) == ("+46-481-450-00 x12", {"VOICE", "WORK", "PREF"})
    assert old["GEO"].value == "56.7446;15.9060"


def test_what_the_book_says_no_more_is_left_out(open_book: Any) -> None:
    book = open_book()
    imported(book, APPLE)
    [eva] = book.contacts.all()
    ways = [way for way in eva.ways if way.value not in ("eva@hem.example", "+46 70 174 06 05")]
    book.update(eva, ways=[*ways, Way(kind="phone", value="070-174 06 99", label="mobil")], note="Ny rad")
    text = exported(book).decode()
    assert "eva@hem.example" not in text
    assert "_$!<Other>!$_" not in text, "a label goes with what it names"
    assert "Jourtelefon" not in text
    assert "TEL;TYPE=CELL;TYPE=VOICE;X-KONTAKTNAT-LABEL=mobil:070-174 06 99" in text.replace("\r\n ", "")
    assert "NOTE:Ny rad" in text
    assert "item3.X-ABADR:se" in text
    assert "REV:20261112T120000Z" in text, "it is newer than the card that came"
    assert "BDAY" in text


def test_a_name_that_changed(open_book: Any) -> None:
    book = open_book()
    imported(book, card("N:Ek;Eva;Maria;Dr.;", "FN:Dr. Eva Maria Ek", "EMAIL:eva.ek@nybro.example"))
    [eva] = book.contacts.all()
    book.update(eva, name="Eva Alm", family="Alm")
    lines = exported(book).decode().split("\r\n")
    assert {"N:Alm;Eva;;;", "FN:Eva Alm"} <= {*lines}
    assert not any("Dr." in line for line in lines)


def test_an_updated_card_updates(open_book: Any) -> None:
    book = open_book()
    old = card(*EVA, "UID:1", "X-SHOE:38", "BDAY:1980-03-22", "TEL;TYPE=CELL:070-174 06 05")
    new = card(*EVA, "UID:1", "X-SHOE:39", "TEL;TYPE=CELL:070-174 06 06", "NOTE:ny")
    assert imported(book, old) == "created 1, updated 0, unchanged 0"
    assert imported(book, new) == "created 0, updated 1, unchanged 0"
    assert imported(book, new) == "created 0, updated 0, unchanged 1"
    text = exported(book).decode()
    assert "X-SHOE:39" in text
    assert "X-SHOE:38" not in text
    assert "BDAY" not in text


def test_two_cards_of_one_person_lose_nothing_of_each_other(open_book: Any) -> None:
    book = open_book()
    data = card(*EVA, "UID:1", "item1.URL:https://a.example", "item1.X-ABLabel:ett", "X-SHOE:38") + card(
        *EVA, "UID:2", "item1.URL:https://b.example", "item1.X-ABLabel:två", "BDAY:1980-03-22", "REV:20260101"
    )
    assert imported(book, data) == "created 1, updated 1, unchanged 0"
    assert imported(book, data) == "created 0, updated 0, unchanged 2"
    [lines] = lines_of(exported(book))
    values = [(line.name, line.value) for line in lines]
    assert {("X-SHOE", "38"), ("BDAY", "1980-03-22"), ("UID", "2")} <= {*values}
    assert ("UID", "1") not in values
    labels = {line.group: line.value for line in lines if line.name == "X-ABLABEL"}
    links = {line.value: labels[line.group] for line in lines if line.name == "URL"}
    assert links == {"https://a.example": "ett", "https://b.example": "två"}


def test_what_is_said_twice(open_book: Any) -> None:
    """One number for two things, two labels, two notes of one length; and blanks around a note."""
    numbers = ("TEL;TYPE=WORK;TYPE=VOICE:0481-450 00", "TEL;TYPE=WORK;TYPE=FAX:0481-450 00")
    links = ("URL;TYPE=HOME:https://a.example", "URL;TYPE=WORK:https://a.example")
    notes = ("NOTE:ett ", "NOTE: två", "NOTE:tre ", "NOTE:")
    data = card("N:Alm;Bo;;;", "FN:Bo Alm", *numbers, *links, *notes)
    book = open_book()
    imported(book, data)
    [before], [after] = said(data), said(exported(book), without=OURS)
    assert before == after
    [bo] = book.contacts.all()
    assert bo.note == "ett\n\ntvå\n\ntre"
    book.update(bo, note="ett\n\nfyra")
    assert [one[3] for one in said(exported(book))[0] if one[1] == "NOTE"] == ["ett\n\nfyra"]


def test_two_cards_without_ids(open_book: Any) -> None:
    book = open_book()
    data = card(*EVA, "X-SHOE:38") + card(*EVA, "X-HAT:57") + card(*EVA, "X-HAT:58")
    imported(book, data)
    assert imported(book, data) == "created 0, updated 0, unchanged 3"


def test_what_other_plugins_keep_stays(clock: Any) -> None:
    class Rinks:
        name = "rinks"

        @kontaktnat.hookimpl
        def register_fields(self) -> Any:
            from kontaktnat.extend import Field

            return [Field(name="rinks.seats", records=("contact",), type=int, title="Seats")]

    with kontaktnat.open("memory:", by="anna", plugins=[plugin, Rinks()], clock=clock) as book:
        ways = [Way(kind="mail", value="eva.ek@nybro.example")]
        book.add(Contact(name="Eva Ek", ways=ways, extra={"rinks.seats": 5}))
        assert imported(book, card(*EVA, "BDAY:1980-03-22")) == "created 0, updated 1, unchanged 0"
        [eva] = book.contacts.all()
        assert eva.extra["rinks.seats"] == 5
        assert len(eva.extra) == 2
        with pytest.raises(kontaktnat.Invalid, match="is not of type str"):
            book.update(eva, extra={**eva.extra, "vcard.x": 5})


def test_a_book_in_another_book(open_book: Any) -> None:
    first, second = open_book(), open_book()
    for book in (first, second):
        book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
        book.add(Actor(name="Kalmar FF"))
    ids = {one.name: one.id for one in first.actors.all()}
    ways = [
        Way(kind="mail", value="eva.ek@nybro.example", label="arbete"),
        Way(kind="phone", value="070-174 06 05"),
        Way(kind="phone", value="0481-450 00", label='fax, \\ "vaktens"; rum 2'),
        Way(kind="address", value="Storgatan 1, 382 30 Nybro"),
        Way(kind="web", value="https://nybro.example/eva?a=1;b=2,3"),
    ]
    eva = first.add(
        Contact(name="Eva Ek", given="Eva", family="Ek", ways=ways, note="a\n\nb; c, d", tags=["län"])
    )
    work = [Way(kind="mail", value="lagledare@kff.example", label="work")]
    first.add(Role(contact=eva.id, actor=ids["Nybro kommun"], function="crime_prevention_coordinator",
                   since="2020"))  # fmt: skip
    first.add(Role(contact=eva.id, actor=ids["Kalmar FF"], title="Lagledare", ways=work, since="2022"))
    first.add(Contact(name="Siv"))

    assert "URL;TYPE=WORK;X-KONTAKTNAT-LABEL=:https://nybro.example/eva?a=1;b=2,3\r\n" in (
        exported(first).decode().replace("\r\n ", "")
    )
    for version in ("3.0", "4.0"):
        assert imported(first, exported(first, version=version)).startswith("created 0, updated 0")
    for version in ("3.0", "4.0"):
        imported(second, exported(first, version=version))
        assert _told(second) == _told(first)
    assert not any(one.extra for one in second.contacts.all())
    assert not second.pending.all()


def _told(book: Any) -> Any:
    names = {one.id: one.name for one in (*book.actors.all(), *book.contacts.all())}
    people = [(one.name, one.given, one.family, one.ways, one.note, one.tags) for one in book.contacts.all()]
    hats = [
        (names[one.contact], names[one.actor], one.function, one.title, one.ways) for one in book.roles.all()
    ]
    return sorted(people, key=str), sorted(hats, key=str)


def test_organisations_there_and_back(open_book: Any) -> None:
    first, second = open_book(), open_book()
    ways = [Way(kind="mail", value="info@kff.example")]
    first.add(Actor(name="Kalmar FF; damer", ways=ways, note="x", tags=["fotboll"]))
    imported(second, exported(first, type="actor"))
    for book in (first, second):
        [actor] = book.actors.all()
        assert (actor.name, actor.ways, actor.note, actor.tags, dict(actor.extra)) == (
            "Kalmar FF; damer", tuple(ways), "x", ("fotboll",), {},
        )  # fmt: skip
    for version in ("3.0", "4.0"):
        again = imported(first, exported(first, type="actor", version=version))
        assert again == "created 0, updated 0, unchanged 1"


# Made cards

_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60)
_WORD = st.from_regex(r"[A-Z0-9]{1,8}", fullmatch=True)
_PARAM = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters='"', exclude_categories=["Cc"]),
    max_size=12,
)


@st.composite
def _properties(draw: Any) -> str:
    """A property that kontaktnat has no field for, escaped as it should be."""
    group = draw(st.sampled_from(["", "item1.", "G2."]))
    name = draw(
        st.sampled_from(["NICKNAME", "BDAY", "KEY", "IMPP", "RELATED", "SOUND"]) | _WORD.map("X-{}".format)
    )
    params = "".join(
        f";{draw(st.sampled_from(['TYPE=', 'X-P=', 'LANGUAGE=']))}{draw(_WORD)}"
        for _ in range(draw(st.integers(0, 2)))
    )
    if draw(st.booleans()):
        params += f';X-Q="{draw(_PARAM).strip()}"'
    value = ";".join(map(escape, draw(st.lists(_TEXT, max_size=3)))).replace("\\n", "\\n")
    return f"{group}{name}{params}:{value}"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_properties(), max_size=8, unique_by=lambda line: line.split(":")[0].split(";")[0].upper()),
    st.sampled_from(["3.0", "4.0"]),
)
def test_whatever_a_card_says_comes_back(lines: list[str], version: str) -> None:
    data = card(*EVA, *lines, version=version)
    with kontaktnat.open("memory:", by="anna", plugins=[plugin]) as book:
        imported(book, data)
        [before], [after] = said(data), said(exported(book, version=version), without=OURS)
        assert before <= after
        assert imported(book, data) == "created 0, updated 0, unchanged 1"
