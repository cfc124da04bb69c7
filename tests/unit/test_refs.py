"""What a person types finds a record: in tiers, the first with a hit decides, and several are no guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

import kontaktnat
from kontaktnat import (
    Actor,
    Ambiguous,
    Assignment,
    Book,
    Commitment,
    Contact,
    FollowUp,
    FormerName,
    Network,
    NotFound,
    Role,
    Topic,
    Way,
)
from kontaktnat.model import ActorId, ContactId
from kontaktnat.refs import ANYTHING, describe, hat, names_of, resolve


@pytest.fixture
def book() -> Iterator[Book]:
    clock = lambda: datetime(2026, 11, 12, 12, tzinfo=UTC)  # noqa: E731
    with kontaktnat.open("memory:", by="anna", plugins=[], clock=clock) as book:
        yield book


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(id=ActorId("nybr0001"), name="Nybro kommun", aliases=["Nybro"]))


@pytest.fixture
def eva(book: Book) -> Contact:
    phone, mail = Way(kind="phone", value="070-174 06 05"), Way(kind="mail", value="eva.ek@nybro.example")
    return book.add(Contact(id=ContactId("evaek001"), name="Eva Ek", ways=[phone, mail]))


# Each tier


@pytest.mark.parametrize(
    "typed",
    [
        "evaek001",
        "EVAEK001",
        "Eva Ek",
        "eva ek",
        " EVA EK ",
        "evaek",
        "evae",
        "eva",
        "ek eva",
        "ev",
        "eva.ek@nybro.example",
        "Eva Ek <Eva.Ek@nybro.example>",
        "070-174 06 05",
        "+46701740605",
        "tel:0701740605",
    ],
)
def test_one_person_in_many_ways(book: Book, nybro: Actor, eva: Contact, typed: str) -> None:
    assert resolve(book, typed) == eva


def test_names_fold_and_a_mac_writes_two_characters(book: Book) -> None:
    asa = book.add(Contact(name="Åsa Öberg"))
    decomposed = book.add(Contact(name=unicodedata.normalize("NFD", "Maj Sjöö")))
    book.add(Contact(name="Maj Sjöös"))
    for typed in ("åsa öberg", "asa oberg", "ÅSA ÖBERG", unicodedata.normalize("NFD", "Åsa Öberg"), "öberg"):
        assert resolve(book, typed) == asa
    for typed in ("Maj Sjöö", unicodedata.normalize("NFD", "maj sjöö"), "maj sjoo"):
        assert resolve(book, typed) == decomposed


def test_letters_that_are_typed_are_meant(book: Book) -> None:
    asa, plain = book.add(Contact(name="Åsa Ek")), book.add(Contact(name="Asa Ek"))
    assert resolve(book, "Åsa Ek") == asa
    assert resolve(book, "asa ek") == plain  # exact before folded


def test_every_name_an_actor_bears(book: Book) -> None:
    board = book.add(
        Actor(name="Polisområde Kalmar", aliases=["PO Kalmar"], names=[FormerName(name="Länspolisen")])
    )
    for typed in ("polisområde kalmar", "po kalmar", "länspolisen", "läns"):
        assert resolve(book, typed) == board
    assert list(names_of(board)) == ["Polisområde Kalmar", "PO Kalmar", "Länspolisen"]


def test_other_records_by_their_title(book: Book) -> None:
    found = [
        book.add(Network(name="Förebyggarna")),
        book.add(Assignment(name="Samordning")),
        book.add(Topic(title="Skadegörelse vid skolan")),
        book.add(FollowUp(text="Ring rektorn")),
    ]
    for typed, record in zip(("förebygg", "samordn", "skadegörelse", "rektorn"), found, strict=True):
        assert resolve(book, typed, ANYTHING) == record
        with pytest.raises(NotFound):
            resolve(book, typed)
    assert resolve(book, found[2].id[:4], ("topic",)) == found[2]


# Precedence


def test_the_first_tier_with_a_hit_decides(book: Book) -> None:
    exact = book.add(Contact(name="Kalm"))
    part = book.add(Contact(name="Kalmar Nilsson"))
    by_id = book.add(Actor(id=ActorId("ka1mar00"), name="En förening"))
    alias = book.add(Actor(name="Kalmar kommun", aliases=["Kalmar"]))
    assert resolve(book, "kalm") == exact  # a whole name before a part of another
    assert resolve(book, "kalmar") == alias
    assert resolve(book, "ka1m") == by_id
    assert resolve(book, "kalmar nil") == part
    named = book.add(Contact(name="ka1mar00"))
    assert resolve(book, "ka1mar00") == by_id  # a full id before a name
    assert resolve(book, "ka1mar00", ("contact",)) == named


def test_the_start_of_an_id_comes_before_a_part_of_a_name(book: Book) -> None:
    by_id = book.add(Actor(id=ActorId("abba0001"), name="En förening"))
    book.add(Contact(name="Abba Ek"))
    assert resolve(book, "abba") == by_id
    assert resolve(book, "abb").id != by_id.id  # three letters are no start of an id


def test_types_limit_what_is_meant(book: Book) -> None:
    actor, person = book.add(Actor(name="Björken")), book.add(Contact(name="Bo Björken"))
    assert resolve(book, "bo", ("contact",)) == person
    assert resolve(book, "björken", ("contact",)) == person
    assert resolve(book, "björken", ("actor",)) == actor
    assert resolve(book, "björken") == actor


# No guesses


def test_hats_that_are_called_alike_are_told_apart_by_their_assignments(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    held = [book.add(Assignment(name=name)) for name in ("ANDTS", "Folkhälsa")]
    hats = [Role(contact=eva.id, actor=nybro.id, function="case_officer", assignment=one.id) for one in held]
    book.add(Role(contact=eva.id, actor=nybro.id, function="crime_prevention_coordinator"))
    for one in hats:
        book.add(one)
    with pytest.raises(Ambiguous) as caught:
        hat(book, eva, book.today)
    assert [name for _, name in caught.value.fields["candidates"]] == [
        "Eva Ek, case officer at Nybro kommun (ANDTS)",
        "Eva Ek, case officer at Nybro kommun (Folkhälsa)",
        "Eva Ek, crime prevention coordinator at Nybro kommun",
    ]


def test_several_are_listed_in_swedish_order(book: Book, nybro: Actor) -> None:
    people = {name: book.add(Contact(name=name)) for name in ("Åsa Ek", "Ärla Ek", "Anna Ek", "Örjan Ek")}
    book.add(Role(contact=people["Anna Ek"].id, actor=nybro.id))
    with pytest.raises(
        Ambiguous, match=r"ek may be .*write more of the name, part@part, or the id"
    ) as caught:
        resolve(book, "ek")
    assert caught.value.fields["candidates"] == [
        (people["Anna Ek"].id, "Anna Ek (Nybro kommun)"),
        (people["Åsa Ek"].id, "Åsa Ek"),
        (people["Ärla Ek"].id, "Ärla Ek"),
        (people["Örjan Ek"].id, "Örjan Ek"),
    ]
    assert caught.value.exit_code == 4


def test_hats_that_sound_alike_are_told_apart_by_their_assignments(book: Book, nybro: Actor) -> None:
    """The same function at the same place, once for each assignment; one hat has none, another is another."""
    eva = book.add(Contact(name="Eva Ek"))
    andts, crisis = (book.add(Assignment(name=name)) for name in ("ANDTS", "Krisberedskap"))
    for held in (andts.id, crisis.id, None):
        book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer", assignment=held))
    book.add(Role(contact=eva.id, actor=nybro.id, function="safety_coordinator", assignment=andts.id))
    with pytest.raises(Ambiguous) as caught:
        resolve(book, "eva@nybro", ("role",))
    assert [name for _, name in caught.value.fields["candidates"]] == [
        "Eva Ek, case officer at Nybro kommun",
        "Eva Ek, case officer at Nybro kommun (ANDTS)",
        "Eva Ek, case officer at Nybro kommun (Krisberedskap)",
        "Eva Ek, safety coordinator at Nybro kommun",
    ]


def test_many_are_counted(book: Book) -> None:
    for n in range(12):
        book.add(Contact(name=f"Person {n}"))
    with pytest.raises(Ambiguous, match="and 4 more") as caught:
        resolve(book, "person")
    assert len(caught.value.fields["candidates"]) == 12


def test_two_of_a_name(book: Book, eva: Contact) -> None:
    book.add(Contact(name="Eva Ek"))
    with pytest.raises(Ambiguous):
        resolve(book, "Eva Ek")
    assert resolve(book, eva.id) == eva
    assert resolve(book, "eva.ek@nybro.example") == eva


def test_nothing_of_that_name_and_the_nearest(book: Book, nybro: Actor, eva: Contact) -> None:
    with pytest.raises(NotFound, match="nothing is called Nybor; nearest: Nybro") as caught:
        resolve(book, "Nybor")
    assert set(caught.value.fields["nearest"]) == {"Nybro", "Nybro kommun"}
    assert caught.value.exit_code == 3
    for typed in (
        "",
        "   ",
        "xyzzy",
        "070-174 06 99",
        "ingen@nybro.example",
        "@",
        "eva@",
        "@nybro",
        "eva@xyzzy",
    ):
        with pytest.raises(NotFound):
            resolve(book, typed)


# Part@part


@pytest.fixture
def hats(book: Book, nybro: Actor, eva: Contact) -> dict[str, Role]:
    kalmar = book.add(Actor(name="Kalmar kommun", aliases=["Kalmar"]))
    area = book.add(Actor(name="Lokalpolisområde Nybro"))
    bo = book.add(Contact(name="Bo Björk"))
    return {
        "eva": book.add(Role(contact=eva.id, actor=nybro.id, function="crime_prevention_coordinator")),
        "bo": book.add(Role(contact=bo.id, actor=area.id, function="municipal_police_officer",
                            covers=[nybro.id, kalmar.id])),
        "vacant": book.add(Role(actor=kalmar.id, function="crime_prevention_coordinator")),
        "old": book.add(Role(contact=bo.id, actor=kalmar.id, function="unit_head", until="2024-01-01")),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("eva@nybro", "eva"),
        ("ek@nybro kommun", "eva"),
        ("samordnare@nybro", "eva"),
        ("crime_prevention_coordinator@nybr0001", "eva"),
        ("kommunpolis@nybro", "bo"),
        ("bo@nybro", "bo"),
        ("kommunpolis@kalmar", "bo"),
        ("bo@kalmar", "bo"),
        ("bo@lokalpolisområde", "bo"),
        ("samordnare@kalmar", "vacant"),
    ],
)
def test_somebody_or_a_function_at_an_actor_is_a_role(
    book: Book, hats: dict[str, Role], typed: str, who: str
) -> None:
    assert resolve(book, typed, ("role", "contact", "actor")) == hats[who]


def test_where_a_person_is_asked_for_it_is_the_person(
    book: Book, hats: dict[str, Role], eva: Contact
) -> None:
    assert resolve(book, "samordnare@nybro") == eva
    assert resolve(book, "kommunpolis@kalmar").id == hats["bo"].contact
    with pytest.raises(NotFound):
        resolve(book, "samordnare@kalmar")  # the post is vacant
    with pytest.raises(NotFound):
        resolve(book, "eva@nybro", ("actor",))


def test_part_at_part_is_of_a_day(book: Book, hats: dict[str, Role]) -> None:
    with pytest.raises(NotFound):
        resolve(book, "enhetschef@kalmar", ("role",))
    assert resolve(book, "enhetschef@kalmar", ("role",), on=date(2023, 1, 1)) == hats["old"]
    assert resolve(book.as_of("2023-01-01"), "enhetschef@kalmar", ("role",)) == hats["old"]


def test_two_hats_at_one_actor_are_no_guess(
    book: Book, hats: dict[str, Role], nybro: Actor, eva: Contact
) -> None:
    second = book.add(Role(contact=eva.id, actor=nybro.id, function="safety_coordinator"))
    with pytest.raises(Ambiguous) as caught:
        resolve(book, "eva@nybro", ("role",))
    assert {id for id, _ in caught.value.fields["candidates"]} == {hats["eva"].id, second.id}
    assert resolve(book, "trygghetssamordnare@nybro", ("role",)) == second
    assert resolve(book, "eva@nybro") == eva


def test_an_actor_after_the_at_that_may_be_several(book: Book, hats: dict[str, Role]) -> None:
    with pytest.raises(Ambiguous, match="kommun may be"):
        resolve(book, "eva@kommun", ("role",))


def test_a_dot_after_the_at_means_a_mail_address(book: Book, nybro: Actor) -> None:
    book.update(nybro, name="nybro.example kommun")
    with pytest.raises(NotFound):
        resolve(book, "eva@nybro.example", ("role", "contact"))


def test_a_mail_address_of_a_role_or_an_actor(book: Book, nybro: Actor) -> None:
    post = book.add(Role(actor=nybro.id, ways=[Way(kind="mail", value="registrator@nybro.example")]))
    nybro = book.update(nybro, ways=[Way(kind="mail", value="info@nybro.example")])
    assert resolve(book, "registrator@nybro.example", ("role",)) == post
    assert resolve(book, "INFO@nybro.example") == nybro


# Describing


def test_a_record_in_one_line(book: Book, hats: dict[str, Role], nybro: Actor, eva: Contact) -> None:
    assert describe(book, nybro) == "Nybro kommun"
    assert describe(book, eva) == "Eva Ek (Nybro kommun)"
    assert describe(book, hats["eva"]) == "Eva Ek, crime prevention coordinator at Nybro kommun"
    assert describe(book, hats["vacant"]) == "vacant, crime prevention coordinator at Kalmar kommun"
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    bond = book.add(Commitment(kind="local_police_area", actor=nybro.id, parties=[area.id]))
    assert describe(book, bond) == "local police area: Nybro kommun, Lokalpolisområde Nybro"
    assert describe(book, book.update(hats["eva"], title="Utvecklare")).startswith("Eva Ek, Utvecklare at")
    assert describe(book.as_of("2023-06-01"), book.contacts.get(str(hats["old"].contact))) in (
        "Bo Björk (Lokalpolisområde Nybro, Kalmar kommun)",
        "Bo Björk (Kalmar kommun, Lokalpolisområde Nybro)",
    )


def test_two_hats_at_one_actor_name_it_once(book: Book, nybro: Actor, eva: Contact) -> None:
    for function in ("crime_prevention_coordinator", "safety_coordinator"):
        book.add(Role(contact=eva.id, actor=nybro.id, function=function))
    assert describe(book, eva) == "Eva Ek (Nybro kommun)"


def test_the_hidden_are_found_by_name_only(book: Book, nybro: Actor, eva: Contact) -> None:
    book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer"))
    eva = book.update(eva, protected=True)
    covered = book.contacts.get(eva.id)
    assert resolve(book, "eva ek") == covered
    assert resolve(book, "evaek") == covered
    for typed in ("070-174 06 05", "eva.ek@nybro.example", "eva@nybro", "handläggare@nybro"):
        with pytest.raises(NotFound) as caught:
            resolve(book, typed, ("role", "contact", "actor"))
        assert "Nybro kommun" not in str(caught.value)
    assert describe(book, covered) == "Eva Ek"
