"""What a newcomer gets wrong first: one family of errors, and nothing taken in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Invalid, KontaktnatError, Role, Usage


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek"))


SLIPS: list[Callable[[Any, Any], Any]] = [
    lambda book, eva: book.add("Eva"),
    lambda book, eva: book.add(None),
    lambda book, eva: book.add(Contact),
    lambda book, eva: book.update(None, name="x"),
    lambda book, eva: book.update(eva, tags=5),
    lambda book, eva: book.update(eva, name=7),
    lambda book, eva: book.delete(5),
    lambda book, eva: book.contacts.where("Eva"),
    lambda book, eva: book.contacts.where(None),
    lambda book, eva: book.contacts.where(name={"a": 1}),
    lambda book, eva: book.roles.where(contact=eva),
    lambda book, eva: book.roles.where(since="foo"),
    lambda book, eva: book.find(5),
    lambda book, eva: book.as_of(5),
    lambda book, eva: book.undo(True),
    lambda book, eva: book.undo("x"),
    lambda book, eva: book.on_commit(None),
    lambda book, eva: book.transaction(5).__enter__(),
    lambda book, eva: book.view("timeline", hwo="eva"),
    lambda book, eva: Interaction(participants=eva.id),
]


@pytest.mark.parametrize("slip", SLIPS, ids=range(len(SLIPS)))
def test_a_slip_is_an_error_of_the_family(slip: Callable[[Any, Any], Any], book: Book, eva: Contact) -> None:
    before = book.version
    with pytest.raises(KontaktnatError) as error:
        slip(book, eva)
    assert len(error.value.message().splitlines()) == 1
    assert book.version == before


def test_the_error_says_what_to_write_instead(book: Book, eva: Contact) -> None:
    with pytest.raises(Usage, match=r"contact=record\.id"):
        book.roles.where(contact=eva)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="who, limit"):
        book.view("timeline", hwo="eva")
    with pytest.raises(Invalid, match="5 is no text"):
        Contact(name=5)  # type: ignore[arg-type]


def test_a_follow_up_does_not_tell_where_a_protected_person_works(
    run_cli: Callable[..., Any], open_book: Callable[..., Book], place: Any
) -> None:
    with open_book(place, mode="create") as book:
        by = book.add(Actor(name="Hemby kommun", kind="municipality"))
        lena = book.add(Contact(name="Lena Lo"))
        book.add(Role(contact=lena.id, actor=by.id, function="case_officer"))
    run_cli("log", "phone", "lena", "hej", "--promised", "mejla", book=str(place))
    with open_book(place) as book:
        book.update(book.contacts.get(lena.id), protected=True)
        (left,) = book.followups.all()
        assert left.about == (lena.id,)
        assert left.hidden == ("about",)
        assert book.followups.where(about=by.id) == []
        assert book.covered_records() == 2
        book.update(left, done_on="2026-11-23")
        assert by.id in book.outward(reveal="test").followups.all()[0].about
    for command in (["today"], ["list", "followups"], ["show", "lena"], ["export", "jsonl"]):
        assert by.id not in run_cli(*command, book=str(place)).out.replace(f'"id":"{by.id}"', "")
        assert "Lena Lo, Hemby" not in run_cli(*command, book=str(place)).out


def test_nothing_is_not_the_default_book(run_cli: Callable[..., Any]) -> None:
    ran = run_cli("-b", "", "list", "actors", book=None)
    assert (ran.code, ran.out) == (2, "")
