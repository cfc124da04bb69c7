"""People wear many hats: a role is a link of its own, and history keeps the hat that was worn."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest

from kontaktnat import Actor, Ambiguous, Book, Contact, FollowUp, Interaction, NotFound, Role, Way
from kontaktnat.extend import Table
from kontaktnat.refs import hat, resolve
from kontaktnat.testing.inside import inside

OpenBook = Callable[..., Book]


@pytest.fixture
def actors(book: Book) -> tuple[Actor, Actor]:
    return (
        book.add(Actor(name="Nybro kommun", kind="municipality", place="0881")),
        book.add(Actor(name="Kalmar kommun", kind="municipality", place="0880")),
    )


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek"))


def archive(book: Book) -> bytes:
    stream = io.BytesIO()
    book.export_to(stream, "jsonl")
    return stream.getvalue()


def timeline(book: Book, who: Actor | Contact) -> Table:
    return book.view("timeline", who=who.id)


# A second employer erases nothing (pain 1)


def test_adding_a_role_changes_no_other(book: Book, actors: tuple[Actor, Actor], eva: Contact) -> None:
    nybro, kalmar = actors
    first = book.add(
        Role(
            contact=eva.id,
            actor=nybro.id,
            function="crime_prevention_coordinator",
            share=0.5,
            since="2023",
            ways=[Way(kind="mail", value="eva@nybro.example")],
        )
    )
    before = archive(book)
    second = book.add(Role(contact=eva.id, actor=kalmar.id, function="safety_coordinator", since="2025"))
    third = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer"))
    assert book.roles.where(contact=eva.id) == [first, second, third]
    assert book.contacts.get(eva.id) == eva
    kept = [line for line in archive(book).splitlines() if second.id.encode() not in line]
    kept = [line for line in kept if third.id.encode() not in line]
    assert kept[1:] == before.splitlines()[1:], "but for the header, which counts the records"


def test_the_same_person_twice_at_one_actor_with_the_same_function(
    book: Book, actors: tuple[Actor, Actor], eva: Contact
) -> None:
    nybro, _ = actors
    book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer", until="2020"))
    book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer", since="2024"))
    assert book.roles.count(contact=eva.id) == 2


# Changing job rewrites nothing (pain 2)


def test_ending_a_role_leaves_the_old_timeline_as_it_was(
    book: Book, actors: tuple[Actor, Actor], eva: Contact
) -> None:
    nybro, kalmar = actors
    old = book.add(Role(contact=eva.id, actor=nybro.id, since="2020"))
    for day in (1, 2, 3):
        book.add(
            Interaction(kind="phone", when=date(2026, 3, day), participants=[old.id], subject=f"Samtal {day}")
        )
    before, stored = timeline(book, nybro), book.interactions.all()
    with book.transaction("nytt jobb"):
        book.update(old, until=date(2026, 9, 1))
        new = book.add(Role(contact=eva.id, actor=kalmar.id, since=date(2026, 9, 1)))
    book.add(Interaction(kind="visit", when=date(2026, 10, 1), participants=[new.id], subject="Hos Kalmar"))
    assert inside(timeline(book, nybro)) == inside(before)  # to the byte
    assert [row["who"] for row in before.rows] == ["Eva Ek (Nybro kommun)"] * 3
    assert book.interactions.all()[:3] == stored
    assert [row["what"] for row in timeline(book, kalmar).rows] == ["Hos Kalmar"]
    assert [row["who"] for row in timeline(book, eva).rows] == [
        "Eva Ek (Kalmar kommun)", *["Eva Ek (Nybro kommun)"] * 3,
    ]  # fmt: skip


def test_what_was_done_under_a_hat_belongs_to_those_it_covers(
    book: Book, actors: tuple[Actor, Actor], eva: Contact
) -> None:
    nybro, kalmar = actors
    police = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    officer = book.add(Role(contact=eva.id, actor=police.id, covers=[nybro.id, kalmar.id]))
    book.add(Interaction(kind="visit", when=date(2026, 5, 5), participants=[officer.id], subject="Läget"))
    assert [len(timeline(book, one).rows) for one in (police, nybro, kalmar, eva)] == [1, 1, 1, 1]


def test_the_hat_of_a_day(book: Book, actors: tuple[Actor, Actor], eva: Contact) -> None:
    nybro, kalmar = actors
    assert hat(book, eva, date(2026, 1, 1)) is None
    old = book.add(Role(contact=eva.id, actor=nybro.id, since="2020-01-01", until="2024-06-01"))
    new = book.add(Role(contact=eva.id, actor=kalmar.id, since="2024-06-01"))
    assert hat(book, eva, date(2024, 5, 31)) == old
    assert hat(book, eva, date(2024, 6, 1)) == new
    assert hat(book, eva, date(2019, 12, 31)) is None
    third = book.add(Role(contact=eva.id, actor=nybro.id, title="Ordförande", since="2025"))
    with pytest.raises(Ambiguous, match="part@part") as caught:
        hat(book, eva, date(2026, 1, 1))
    assert caught.value.fields["candidates"] == [
        (third.id, "Eva Ek, Ordförande at Nybro kommun"),
        (new.id, "Eva Ek, role at Kalmar kommun"),
    ]
    assert caught.value.exit_code == 4


def test_a_person_at_an_actor_is_the_role_held_that_day(
    book: Book, actors: tuple[Actor, Actor], eva: Contact
) -> None:
    nybro, _ = actors
    bo = book.add(Contact(name="Bo Björk"))
    old = book.add(Role(contact=eva.id, actor=nybro.id, function="case_officer", until="2024-01-01"))
    new = book.add(Role(contact=bo.id, actor=nybro.id, function="case_officer", since="2024-01-01"))
    assert resolve(book, "handläggare@nybro", ("role",), on=date(2023, 6, 1)) == old
    assert resolve(book, "handläggare@nybro", ("role",)) == new
    with pytest.raises(NotFound):
        resolve(book, "eva@nybro", ("role",))
    assert resolve(book, "eva@nybro", ("role",), on=date(2023, 6, 1)) == old


def test_a_handover_is_one_act_and_undone_as_one(
    book: Book, actors: tuple[Actor, Actor], eva: Contact
) -> None:
    nybro, _ = actors
    bo = book.add(Contact(name="Bo Björk"))
    old = book.add(Role(contact=eva.id, actor=nybro.id))
    open_, done = (
        book.add(FollowUp(text="Ring", about=[old.id])),
        book.add(FollowUp(text="Ringt", about=[old.id], done_on="2026")),
    )
    with book.transaction("överlämning"):
        book.update(old, until=date(2026, 11, 12))
        new = book.add(Role(contact=bo.id, actor=nybro.id, since=date(2026, 11, 12)))
        book.update(open_, about=[new.id])
    assert book.roles.where(actor=nybro.id, until=None) == [new]
    assert book.followups.get(done.id).about == (old.id,)
    book.undo()
    assert [one.id for one in book.roles.all()] == [old.id]
    assert book.roles.get(old.id).until is None
    assert book.followups.get(open_.id).about == (old.id,)


# A shared mailbox is nobody (pain 5)


def test_a_shared_mailbox_belongs_to_the_actor_or_the_role(
    book: Book, actors: tuple[Actor, Actor], eva: Contact
) -> None:
    nybro, kalmar = actors
    info = Way(kind="mail", value="info@nybro.example")
    book.update(nybro, ways=[info])
    assert resolve(book, "info@nybro.example") == book.actors.get(nybro.id)
    registrar = book.add(
        Role(
            actor=kalmar.id, title="Registrator", ways=[Way(kind="mail", value="registrator@kalmar.example")]
        )
    )
    assert (
        resolve(book, "Registrator <registrator@kalmar.example>", ("actor", "contact", "role")) == registrar
    )
    assert book.contacts.all() == [eva]


def test_a_number_that_several_share_is_no_guess(book: Book, eva: Contact) -> None:
    switchboard = [Way(kind="phone", value="070-174 06 05")]
    eva = book.update(eva, ways=switchboard)
    bo = book.add(Contact(name="Bo Björk", ways=switchboard))
    with pytest.raises(Ambiguous) as caught:
        resolve(book, "+46 70 174 06 05")
    assert caught.value.fields["candidates"] == [(bo.id, "Bo Björk"), (eva.id, "Eva Ek")]


def test_an_import_does_not_take_a_shared_mailbox_for_a_person(book: Book) -> None:
    rows = "name;email\nEva Ek;info@nybro.example\nBo Björk;info@nybro.example\n".encode()
    result = book.import_from(io.BytesIO(rows), format="csv", options={"as": "contact"})
    assert str(result) == "created 2, updated 0, unchanged 0, rejected 0"
    again = book.import_from(io.BytesIO(rows), format="csv", options={"as": "contact"})
    assert str(again) == "created 0, updated 0, unchanged 2, rejected 0"
    assert [one.name for one in book.contacts.all()] == ["Eva Ek", "Bo Björk"]


# A vacancy is a fact


def test_a_vacant_post_is_a_role_without_a_contact(
    book: Book, actors: tuple[Actor, Actor], eva: Contact
) -> None:
    nybro, _ = actors
    post = book.add(Role(actor=nybro.id, function="crime_prevention_coordinator"))
    assert book.roles.where(contact=None) == [post]
    filled = book.update(post, contact=eva.id)
    assert book.roles.where(contact=None) == []
    assert book.roles.where(contact=eva.id) == [filled]
