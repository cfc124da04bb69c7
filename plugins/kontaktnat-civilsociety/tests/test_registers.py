"""Registers of associations as municipalities have them, of different shape; all of it invented."""

from __future__ import annotations

import io

import pytest

from kontaktnat import Actor, Book
from kontaktnat_civilsociety.suggesting import suggestions

EXCEL = (
    "Föreningsnamn;Org.nr;Kategori;Kontaktperson;E-post;Telefon;Postadress;Postnr;Ort;Hemsida;Bidragsberättigad\n"
    "Nybro IF;802400-1110;Idrott;Eva Ek;kansli@nybroif.example;070-174 06 05;Idrottsvägen 1;382 30;Nybro;"
    "www.nybroif.example;Ja\n"
    "Nybro I.F.;802400-1110;Idrott;Bo Berg;kansli@nybroif.example;;;;Nybro;;Ja\n"
    "Nybro Idrottsförening;;Idrott;Eva Ek;kansli@nybroif.example;;;;Nybro;;Ja\n"
    "Brottsofferjouren Nybro;;Social;Maj Lind;boj@nybro.example;070-174 06 06;;;Nybro;;Nej\n"
    "PRO Nybro;;Pensionär;Lo Ny;;070-174 06 07;;;Nybro;;Ja\n"
    "PRO i Nybro;;Pensionär;Lo Ny;;070-174 06 07;;;Nybro;;Ja\n"
).encode("cp1252")
CHAIRS = (
    "Förening,Typ,Ordförande,Ordförande e-post,Ordförande telefon,Kommun\n"
    "Nybro IF,Idrottsförening,Eva Ek,eva.ek@nybro.example,070-174 06 05,Nybro\n"
    "Kråksmåla hembygdsförening,Hembygdsförening,Åsa Öberg,asa.oberg@nybro.example,,Nybro\n"
    "Vakanta klubben,Övrigt,Vakant,,,Nybro\n"
).encode()
TABBED = (
    "Namn\tVerksamhet\tOrganisationsnummer\tKontakt\tMejl\tTfn\tWebbplats\tKommun\n"
    "Nybro scoutkår\tBarn- och ungdom\t\tPer Sälg\tscout@nybro.example\t070-174 06 08\tscout.example\tNybro\n"
    "Pingstkyrkan Nybro\tReligion\t\t\tinfo@pingst.example\t\t\tNybro\n"
    "Glada laget\tVi dansar, sjunger och spelar teater för alla åldrar i hela bygden\t\t\t\t\t\tNybro\n"
).encode("utf-8-sig")
BOARDS = (
    "Föreningens namn;Föreningskategori;Verksamhetsområde;Förnamn;Efternamn;Roll;Mobil;Epost\n"
    "Emmaboda IS;Idrott;Fotboll;Eva;Ek;Ordförande;070-174 06 05;eva@emmaboda.example\n"
    "Emmaboda IS;Idrott;Fotboll;Bo;Berg;Kassör;;bo@emmaboda.example\n"
    "Missionskyrkan;Religion;;Lo;Ny;Ordförande;;lo@emmaboda.example\n"
).encode()
TITLED = (
    "Föreningsregister Nybro kommun 2026;;;;;;;;;;;\n"
    ";;;;;;;;;;;\n"
    "Förening;Org.nr;Typ;Ordförande;Kassör;Kontaktperson;Gatuadress;Postnr;Postort;Ordförande adress;;\n"
    "Nybro IF;8024001110;Idrott;Eva Ek;Bo Berg;Maj Lind;Storgatan 1;382 30;Nybro;Hemvägen 3;;\n"
    "Örsjö byalag;802400-1111;Samhälle;Lo Ny;;Lo Ny;;;;;;\n"
    "Vakanta klubben;;Övrigt;Vakant;-;;;;;;;\n"
).encode("cp1252")
OFFICES = (
    "Föreningens namn\tVerksamhetsområde\tOrdförande\tOrdförande e-post\tSekreterare e-post\tKassör\t"
    "Kassör e-post\tKassör telefon\tVice ordförande\tAnmärkning\n"
    "Kråksmåla IF\tIdrott\tEva Ek\teva.ek@kraksmala.example\tlo.ny@kraksmala.example\tBo Berg\t"
    "bo.berg@kraksmala.example\t070-174 06 07\tMaj Lind\tHar nyckel\n"
    "Orrefors scoutkår\tBarn\tÅsa Öberg\t\t\tÅsa Öberg\tasa@scout.example\t\t\t\n"
).encode("utf-16")
NUMBERED = (
    "Organisation,Kontaktperson 1,E-post 1,Kontaktperson 2,E-post 2,Verksamhet,Bidragsberättigad\n"
    "Nybro IF,Eva Ek,eva.ek@nybro.example,Maj Lind,maj.lind@nybro.example,Idrott,Ja\n"
).encode()
PARTED = (
    "Föreningsnamn;Kontaktperson förnamn;Efternamn kontaktperson;Kontaktperson mobil;E-post;Ordförande\n"
    "Påryds IF;Eva;Ek;070-174 06 05;info@paryd.example;Per Sälg\n"
).encode()
TOGETHER = (
    "Förening;Kontaktperson;Kontaktperson e-post\n"
    "Nybro scoutkår;Eva Ek, Bo Berg (kassör);scout@nybro.example\n"
    "Alsterbro SK;Maj Lind / Per Sälg;\n"
    "Flygsfors byalag;Ny, Lo;lo@flygsfors.example\n"
).encode()
AS = {"boards": "actor"}
REGISTERS = {"excel": EXCEL, "chairs": CHAIRS, "tabbed": TABBED, "boards": BOARDS, "titled": TITLED,
             "offices": OFFICES, "numbered": NUMBERED, "parted": PARTED, "together": TOGETHER}  # fmt: skip


def take(book: Book, name: str, **options: str) -> str:
    options = options or ({"as": AS[name]} if name in AS else {})
    return str(book.import_from(io.BytesIO(REGISTERS[name]), options=options))


def actor(book: Book, name: str) -> Actor:
    [found] = book.actors.where(name=name)
    return found


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", aliases=["Nybro"]))


@pytest.mark.parametrize(
    ("name", "rows"),
    [("excel", 6), ("chairs", 3), ("tabbed", 3), ("boards", 3), ("titled", 3), ("offices", 2),
     ("numbered", 1), ("parted", 1), ("together", 3)],
)  # fmt: skip
def test_each_is_taken_whole_and_once(book: Book, nybro: Actor, name: str, rows: int) -> None:
    first = take(book, name)
    assert first.endswith("rejected 0")
    version = book.version
    assert take(book, name) == f"created 0, updated 0, unchanged {rows}, rejected 0"
    assert book.version == version


def test_what_a_register_calls_it_is_a_tag_and_sets_nothing(book: Book, nybro: Actor) -> None:
    take(book, "excel")
    club = actor(book, "Nybro IF")
    assert (club.tags, club.categories, club.kind, club.sector) == (("Idrott",), (), "other", "")
    found = {one.name: [(each.value, each.reason) for each in ones] for one, ones in suggestions(book)}
    assert ("icnpo:7100", '"PRO" in its name is usual for pensioners\' associations; '
            'a register calls it "Pensionär"') in found["PRO Nybro"]  # fmt: skip


def test_doubles_are_found(book: Book, nybro: Actor) -> None:
    take(book, "excel")
    pairs = {
        frozenset(book.actors.get(id).name for id in (one.one, one.other)) for one in book.duplicates("actor")
    }
    assert pairs == {frozenset({"PRO Nybro", "PRO i Nybro"})}
    # Of others name and number, or name and mail, agree: they are asked about when they come.
    asked = {one.raw["name"]: one.candidates for one in book.pending.where(kind="actor")}
    assert asked == dict.fromkeys(("Nybro I.F.", "Nybro Idrottsförening"), (actor(book, "Nybro IF").id,))


def test_a_chair_has_a_role_there_and_what_is_said_to_be_theirs(book: Book, nybro: Actor) -> None:
    take(book, "chairs")
    club = actor(book, "Nybro IF")
    assert (club.ways, club.place) == ((), "0881")
    [role] = book.roles.where(actor=club.id)
    assert role.contact
    eva = book.contacts.get(role.contact)
    assert (role.title, eva.name) == ("Ordförande", "Eva Ek")
    assert [way.value for way in eva.ways] == ["eva.ek@nybro.example", "070-174 06 05"]
    assert book.contacts.count(name="Vakant") == 0


def posts(book: Book) -> set[tuple[str, str, str, str]]:
    """(association, person, post, their ways)."""
    return {
        (book.actors.get(role.actor).name, who.name, role.title or role.function,
         " ".join(way.value for way in who.ways))
        for role in book.roles.all() if role.actor and role.contact
        for who in [book.contacts.get(role.contact)]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("titled", {("Nybro IF", "Eva Ek", "Ordförande", ""), ("Nybro IF", "Bo Berg", "Kassör", ""),
                    ("Nybro IF", "Maj Lind", "Kontaktperson", ""),
                    ("Örsjö byalag", "Lo Ny", "Ordförande", "")}),
        ("offices", {("Kråksmåla IF", "Eva Ek", "Ordförande", "eva.ek@kraksmala.example"),
                     ("Kråksmåla IF", "Bo Berg", "Kassör", "bo.berg@kraksmala.example 070-174 06 07"),
                     ("Kråksmåla IF", "Maj Lind", "Vice ordförande", ""),
                     ("Orrefors scoutkår", "Åsa Öberg", "Ordförande, Kassör", "asa@scout.example")}),
        ("numbered", {("Nybro IF", "Eva Ek", "Kontaktperson", "eva.ek@nybro.example"),
                      ("Nybro IF", "Maj Lind", "Kontaktperson", "maj.lind@nybro.example")}),
        ("parted", {("Påryds IF", "Eva Ek", "Kontaktperson", "070-174 06 05"),
                    ("Påryds IF", "Per Sälg", "Ordförande", "")}),
        ("together", {("Nybro scoutkår", "Eva Ek", "Kontaktperson", ""),
                      ("Nybro scoutkår", "Bo Berg", "kassör", ""),
                      ("Alsterbro SK", "Maj Lind", "Kontaktperson", ""),
                      ("Alsterbro SK", "Per Sälg", "Kontaktperson", ""),
                      ("Flygsfors byalag", "Lo Ny", "Kontaktperson", "lo@flygsfors.example")}),
    ],
)  # fmt: skip
def test_each_post_is_its_holders_with_what_is_said_to_be_theirs(
    book: Book, name: str, expected: set[tuple[str, str, str, str]]
) -> None:
    take(book, name)
    assert posts(book) == expected
    assert book.pending.count() == 0


def test_what_is_somebody_elses_is_the_associations_and_nobodys_home_is(book: Book) -> None:
    take(book, "offices")
    club = actor(book, "Kråksmåla IF")
    assert [way.value for way in club.ways] == [
        "lo.ny@kraksmala.example"
    ]  # the secretary's, who is not named
    assert club.note == "Har nyckel"
    take(book, "titled")
    assert [way.value for way in actor(book, "Nybro IF").ways] == ["Storgatan 1, 382 30 Nybro"]
    take(book, "together")
    assert [way.value for way in actor(book, "Nybro scoutkår").ways] == ["scout@nybro.example"]


def test_as_people_nobody_gets_anothers_address(book: Book) -> None:
    result = book.import_from(io.BytesIO(OFFICES), options={"as": "contact"})
    [eva] = book.contacts.where(name="Eva Ek")
    assert [way.value for way in eva.ways] == ["eva.ek@kraksmala.example"]
    assert result.understood
    assert {"Kassör", "Kassör e-post", "Sekreterare e-post"} <= {*result.understood.unused}


def test_a_sentence_is_a_note_and_no_tag(book: Book, nybro: Actor) -> None:
    take(book, "tabbed")
    assert actor(book, "Nybro scoutkår").tags == ("Barn- och ungdom",)
    team = actor(book, "Glada laget")
    assert team.tags == ()
    assert team.note.startswith("Verksamhet: Vi dansar")


def test_one_association_a_row_for_each_of_its_board(book: Book) -> None:
    take(book, "boards")
    club = actor(book, "Emmaboda IS")
    assert (club.tags, club.ways) == (("Idrott", "Fotboll"), ())
    board = {book.contacts.get(role.contact).name for role in book.roles.where(actor=club.id) if role.contact}
    assert board == {"Eva Ek", "Bo Berg"}
    assert {one.name: len(one.ways) for one in book.contacts.all()} == {"Eva Ek": 2, "Bo Berg": 1, "Lo Ny": 1}


def test_what_an_association_does_is_never_said_of_a_person(book: Book) -> None:
    """The same file read as a list of people: that Lo Ny is of a congregation is told of nobody."""
    result = book.import_from(io.BytesIO(BOARDS), options={"as": "contact"})
    assert result.understood
    assert "Föreningskategori" in result.understood.unused
    assert all(not one.tags and not one.categories for one in book.contacts.all())
    take(book, "boards")
    assert all(not one.tags and not one.categories for one in (*book.contacts.all(), *book.roles.all()))
    assert actor(book, "Missionskyrkan").tags == ("Religion",)


def test_undo_takes_a_register_back(book: Book, nybro: Actor) -> None:
    take(book, "excel")
    book.undo()
    assert [one.name for one in book.actors.all()] == ["Nybro kommun"]
