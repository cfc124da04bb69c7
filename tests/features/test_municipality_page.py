"""`show MUNICIPALITY`, the page one can hand over: who holds what, whom to call, what is due, last met."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest

from kontaktnat import Actor, Assignment, Book, Commitment, Contact, Interaction, Role
from kontaktnat.i18n import speaking
from kontaktnat.views.page import page


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", aliases=["Nybro"]))


@pytest.fixture
def board(book: Book) -> Actor:
    return book.add(Actor(name="Länsstyrelsen", kind="county_administrative_board", county="08"))


def person(book: Book, name: str, at: Actor, **fields: Any) -> Role:
    contact = book.add(Contact(name=name, protected=fields.pop("protected", False)))
    fields.setdefault("function", "case_officer")
    return book.add(Role(contact=contact.id, actor=at.id, **fields))


def tables(book: Any, actor: Actor) -> Mapping[str, tuple[Any, ...]]:
    return {table.name: table.rows for table in page(book, book.actors.get(actor.id))}


def column(book: Any, actor: Actor, table: str, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in tables(book, actor).get(table, ())]


def test_whom_to_call_for_what(book: Book, nybro: Actor, board: Actor) -> None:
    far = book.add(Actor(name="Länsstyrelsen i Skåne", kind="county_administrative_board", county="12"))
    andts = book.add(Assignment(name="ANDTS", addressee="kommuner"))
    ours = book.add(Assignment(name="Brottsförebyggande arbete", addressee="Nybro"))
    book.add(Assignment(name="Krisberedskap", addressee="Kalmar kommun"))  # of another municipality
    book.add(Assignment(name="Slut", addressee="kommuner", ends="2026-01-01"))
    person(book, "Disa Vide", board, assignment=andts.id)
    person(book, "Kim Tall", board, function="regional_crime_prevention_coordinator")
    person(book, "Tova Syren", board, assignment=andts.id, until="2026-01-01")
    person(book, "Siv Dal", far, assignment=ours.id)
    person(book, "Eva Ek", nybro, assignment=andts.id)
    assert column(book, nybro, "to-call", "assignment", "person") == [
        (None, "Kim Tall"), ("ANDTS", "Disa Vide"), (ours.name, None),
    ]  # fmt: skip


def test_that_nobody_has_an_assignment_is_not_said_where_somebody_protected_may(
    book: Book, nybro: Actor, board: Actor
) -> None:
    andts = book.add(Assignment(name="ANDTS", addressee="kommuner"))
    assert column(book, nybro, "to-call", "assignment", "person") == [("ANDTS", None)]
    person(book, "Siv Dal", board, assignment=andts.id, protected=True)
    assert column(book, nybro, "to-call", "assignment", "person") == []


def test_what_is_agreed_and_what_is_due(book: Book, nybro: Actor) -> None:
    """The plan of 1 May 2024 is to be followed up 24 months later; the agreement is renewed until 2028."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    plan = book.add(Commitment(kind="action_plan", actor=nybro.id, decided_on="2024-05-01"))
    deal = book.add(
        Commitment(kind="agreement", actor=torsas.id, parties=[nybro.id], valid_from="2020",
                   valid_until="2024-06-30", renewal_years=4, purposes=["trygghet"], areas=["skola"])
    )  # fmt: skip
    book.add(Commitment(kind="citizen_promise", actor=nybro.id, valid_until="2025-12-31"))
    assert column(book, nybro, "agreed", "kind", "with", "id") == [
        ("action_plan", "", plan.id), ("agreement", "Torsås kommun", deal.id),
    ]  # fmt: skip
    due = {what: (day, state, basis) for what, day, state, basis in
           column(book, nybro, "due", "what", "due", "state", "basis")}  # fmt: skip
    assert due["action plan followed up"] == ("2026-05-01", "overdue", "reading")
    assert due["situation picture decided"] == (None, "missing", "law")
    assert "action plan decided" not in due  # it is in place
    days = [day for (day,) in column(book, nybro, "due", "due")]
    assert days == sorted(days, key=lambda day: day or "9999")


def test_the_last_contact_for_each_assignment(book: Book, nybro: Actor) -> None:
    andts = book.add(Assignment(name="ANDTS", addressee="kommuner"))
    ours = book.add(Assignment(name="Brottsförebyggande arbete", addressee="kommuner"))
    eva, maj = (person(book, name, nybro, assignment=one.id)
                for name, one in (("Eva Ek", andts), ("Maj Lind", ours)))  # fmt: skip
    call = book.add(Interaction(kind="phone", when="2026-11-02", participants=[eva.id]))
    book.add(Interaction(kind="visit", when="2026-01-02", participants=[eva.id]))
    book.add(Interaction(kind="network_meeting", when="2026-12-24", status="planned",
                         participants=[maj.id], assignments=[ours.id]))  # fmt: skip
    assert column(
        book, nybro, "met-about", "assignment", "holders", "last_contact", "kind", "days", "id"
    ) == [
        ("ANDTS", "Eva Ek", "2026-11-02", "phone", 10, call.id),
        (ours.name, "Maj Lind", None, None, None, None),
    ]


def test_the_page_of_one_is_exported_to_hand_over(book: Book, nybro: Actor) -> None:
    book.add(Actor(name="Torsås kommun", kind="municipality"))
    book.add(Commitment(kind="action_plan", actor=nybro.id, decided_on="2026-05-01", note="x"))
    stream = io.BytesIO()
    book.export_to(stream, "markdown", options={"actor": "nybro"})
    text = stream.getvalue().decode()
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Nybro kommun"]
    assert "### What is due" in text
    assert "| action plan |  | 2026-05-01 |" in text
    assert "| also called | Nybro |" in text
    assert nybro.id not in text  # ids are for the prompt


def test_what_was_agreed_with_the_one_before_it_binds_it(book: Book, nybro: Actor) -> None:
    """As in the view `commitments`; of the one before it is not said that it is another party."""
    old = book.add(Actor(name="Madesjö kommun", kind="municipality"))
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    book.add(Commitment(kind="agreement", actor=old.id, parties=[torsas.id], decided_on="2026-02-01"))
    assert column(book, nybro, "agreed", "kind", "with") == []
    book.succeed(old, nybro, on="2026-07-01")
    assert column(book, nybro, "agreed", "kind", "with") == [("agreement", "Torsås kommun")]
    assert column(book, torsas, "agreed", "kind", "with") == [("agreement", "Nybro kommun")]


def test_what_is_not_in_the_book_or_only_custom_is_said_to_be_no_reproach(book: Book, nybro: Actor) -> None:
    (due,) = [one for one in page(book, nybro) if one.name == "due"]
    assert [note.split(":")[0] for note in due.notes] == ["not in the book", "law, work for"]
    book.add(Commitment(kind="action_plan", actor=nybro.id, decided_on="2024-01-01"))
    book.add(Commitment(kind="council", actor=nybro.id, followed_up_on="2026-01-01"))
    stream = io.BytesIO()
    with speaking("sv"):
        book.export_to(stream, "markdown", options={"actor": "nybro"})
    lines = stream.getvalue().decode().splitlines()
    last = max(
        n for n, line in enumerate(lines) if (line.startswith("| ") and "kap." in line) or "§ |" in line
    )
    assert lines[last + 1] == ""
    assert [line.split(":")[0] for line in lines[last + 2 : last + 7]] == [
        "- saknas i boken", "- försenad", "- vår läsning av lagen", "- lag, verka för", "- praxis",
    ]  # fmt: skip


def test_times_on_it_are_for_eyes(book: Book, nybro: Actor) -> None:
    eva = person(book, "Eva Ek", nybro)
    book.add(Interaction(kind="phone", when="2026-11-02T09:30", participants=[eva.id], summary="Skolan"))
    stream = io.BytesIO()
    book.export_to(stream, "markdown", options={"actor": "nybro"})
    assert "| 2026-11-02 09:30 | phone | Eva Ek (Nybro kommun) | Skolan |" in stream.getvalue().decode()
