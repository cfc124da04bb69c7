"""The check of free text: what is found is told by its place, with what to do; the words are not repeated."""

from __future__ import annotations

from typing import Any

from kontaktnat import Actor, Book, Contact, Interaction, Way
from kontaktnat.model import Record

NUMBER = "19850101-9809"


def found(book: Book) -> list[tuple[str, str, tuple[int, int] | None, bool]]:
    return [(one.path, one.rule, one.span, one.grave) for one in book.check()]


def stand(book: Book, record: Record) -> None:
    """Put it into the book as if it had stood there since before anybody looked."""
    with book.accepting("som förr"):
        kept = book.add(record)
    book.set(f"accepted.{kept.id}", None)


def test_a_note_is_looked_through(book: Book, clock: Any) -> None:
    text = f"Ny kontakt: {NUMBER}. Ali Hassan är häktad. Flickan har adhd."
    stand(book, Interaction(kind="visit", when=clock(), summary=text))
    assert found(book) == [
        ("summary", "number", (12, 25), True),
        ("summary", "offence", (27, 48), False),
        ("summary", "minor", (49, 66), False),
    ]


def test_what_is_said_has_the_place_and_never_the_words(book: Book) -> None:
    stand(book, Contact(name="Eva Ek", note=f"Pnr {NUMBER}. Ali Hassan är häktad."))
    number, offence = book.check()
    assert number.message == "characters 5-17: a personnummer or samordningsnummer"
    assert number.message.said("sv").startswith("tecken 5–17: ")  # type: ignore[attr-defined]
    for one in (number, offence):
        assert one.remedy
        for said in (one.message, one.remedy):
            assert not any(word in said for word in ("1985", "9809", "Ali", "Hassan", "häktad"))


def test_a_known_contact_is_a_person(book: Book, clock: Any) -> None:
    book.add(Interaction(kind="visit", when=clock(), summary="Oklart varför xerxa blomz är häktad."))
    assert found(book) == []
    book.add(Contact(name="Xerxa Blomz"))
    assert [rule for _, rule, _, _ in found(book)] == ["offence"]


def test_phones_and_other_numbers_are_left_alone(book: Book, clock: Any) -> None:
    ways = [Way(kind="phone", value=f"07017406{n:02}") for n in range(5, 100)]
    book.add(Contact(name="Eva Ek", ways=ways, source="import:1f2e8501019809"))
    book.add(Actor(name="Länsstyrelsen", kind="county_administrative_board", org_number="202100-2304"))
    book.add(
        Interaction(
            kind="visit", when=clock(), registry_number="850101-9809", source="<8501019809@post.example>"
        )
    )
    assert [one for one in found(book) if one[1]] == []


def test_a_number_is_found_wherever_somebody_typed_it(book: Book) -> None:
    mail = Way(kind="mail", value=f"{NUMBER}@post.example")
    stand(book, Contact(name=f"Eva Ek {NUMBER}", tags=[NUMBER], ways=[mail]))
    assert [path for path, rule, _, _ in found(book) if rule] == ["name", "ways[0].value", "tags[0]"]


def test_names_are_no_sentences(book: Book) -> None:
    book.add(Contact(name="Moa Grip"))
    book.add(Contact(name="Häktad Ali Hassan"))
    book.add(Actor(name="Avhoppare Ali Hassan, förening", kind="association"))
    assert found(book) == []
