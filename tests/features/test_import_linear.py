"""An import takes steps in proportion to its rows, whatever they have in common.

Counted are the lines that are run, as in test_views_linear, and not time.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial

import pytest
from tests.features.test_views_linear import steps

import kontaktnat
from kontaktnat import Actor, Book, Contact, Role
from kontaktnat.tabular.cells import apart
from kontaktnat.tabular.mapping import numbered

SIZES = (60, 240)
LINEAR = 5.5
"""What four times the rows may cost more: 4 if linear, 16 if quadratic."""

WORK = "Namn;E-post;Organisation;Titel"
FILES: dict[str, tuple[str, Callable[[int], str]]] = {
    "a mailbox of a place that all have": (
        "Namn;E-post;Organisation", lambda n: f"Bo E{n}k;x@y.example;Nybro kommun"
    ),
    "an address that bears all their names": (
        "Namn;E-post;Organisation", lambda n: f"Bosse E{n}k;bosse@y.example;Nybro kommun"
    ),
    "people at one place": (WORK, lambda n: f"Bo E{n}k;b{n}@y.example;Nybro kommun;T{n}"),
    "people and organisations by turns": (
        "Namn;E-post;Organisation",
        lambda n: f"Bo E{n}k;b{n}@y.example;Org {n}" if n % 2 else f";;Org {n + 1}",
    ),
    "hats that are refused": (
        WORK, lambda n: f"Bo E{n}k;b{n}@y.example;Nybro kommun;19900101-2385"
    ),
    "people who are all protected": ("Namn;E-post;Skyddad", lambda n: f"Bo E{n}k;b{n}@y.example;ja"),
    "one name": ("Namn;E-post", lambda n: f"Bo Ek;b{n}@y.example"),
    "hats of one person": (WORK, lambda n: f"Bo Ek;b@y.example;Org {n};T{n}"),
    "people at one organisation that nobody knows": (
        "Namn;E-post;Organisation", lambda n: f"Bo E{n}k;b{n}@y.example;Okänd AB"
    ),
}  # fmt: skip


def taken(header: str, row: Callable[[int], str], size: int) -> int:
    """Steps of an import of so many rows into a book in which somebody is protected."""
    data = "\n".join([header, *map(row, range(size))]).encode()
    with kontaktnat.open("memory:", by="anna") as book:
        book.add(Actor(name="Nybro kommun"))
        book.add(Contact(name="Siv Dal", protected=True))
        return steps(lambda: book.import_from(io.BytesIO(data), format="csv"))


@pytest.mark.parametrize("what", FILES)
def test_rows_cost_what_one_costs(what: str) -> None:
    taken(*FILES[what], 8)  # what is made once
    small, large = (taken(*FILES[what], size) for size in SIZES)
    assert large < LINEAR * small


def test_titles_that_are_all_the_same() -> None:
    small, large = (steps(partial(numbered, ["E-post", ""] * size)) for size in SIZES)
    assert large < LINEAR * small
    assert numbered(["x", "x (2)", "x", "x", ""]) == ["x", "x (2)", "x (3)", "x (4)", "column 5"]


@pytest.mark.parametrize("target", ["mail", "phone", "web"])
def test_a_cell_of_blanks_does_not_hang(target: str) -> None:
    assert apart(target, "a" + " " * 1_000_000 + "b") == ["a" + " " * 1_000_000 + "b"]
    assert apart("phone", "0480-45 00 01   /  0480-45 00 02") == ["0480-45 00 01", "0480-45 00 02"]


def test_what_a_refused_row_gave_its_place_is_not_given(book: Book) -> None:
    """The row is not taken, and so the mailbox on it is taken from nobody either."""
    book.add(Actor(name="Nybro kommun"))
    data = (
        b"Namn;E-post;Organisation;Titel\n"
        b"Bo Ek;bo@y.example;Nybro kommun;Chef\n"
        b"Eva Ek;x@y.example;Nybro kommun;Chef\n"
        b"Ulf Dal;x@y.example;Nybro kommun;19900101-2385\n"
    )
    result = book.import_from(io.BytesIO(data), format="csv")
    assert (result.created, len(result.rejected)) == (2, 1)
    [eva] = book.contacts.where(name="Eva Ek")
    assert [way.value for way in eva.ways] == ["x@y.example"]
    assert book.actors.all()[0].ways == ()


@pytest.mark.parametrize("protected", [False, True])
def test_whose_hats_are_covered_is_asked_of_no_other_hat(protected: bool) -> None:
    """It is asked for each row, in a transaction that has the hats of all rows before it."""

    def cost(size: int) -> int:
        with kontaktnat.open("memory:", by="anna") as book, book.transaction("t"):
            place = book.add(Actor(name="Nybro kommun"))
            siv = book.add(Contact(name="Siv Dal", protected=True))
            worn = book.add(Role(contact=siv.id, actor=place.id))
            for n in range(size):
                who = book.add(Contact(name=f"Bo E{n}k", protected=protected and n < 3))
                book.add(Role(contact=who.id, actor=place.id))
            unit = book._now
            assert siv.id in unit.marked()
            assert unit.hats(frozenset({siv.id, "other"})) == {worn.id}
            return steps(lambda: (unit.marked(), unit.hats(unit.marked())))

    assert cost(200) == cost(20)


def test_a_rewound_mark_or_hat_counts_no_longer(book: Book) -> None:
    place, siv = book.add(Actor(name="Nybro kommun")), book.add(Contact(name="Siv Dal"))
    with book.transaction("t"):
        unit = book._now
        savepoint = unit.mark()
        role = book.add(Role(contact=siv.id, actor=place.id))
        book.update(siv, protected=True)
        assert [*unit.marked(), *unit.hats(frozenset({siv.id}))] == [siv.id, role.id]
        unit.rewind(savepoint)
        assert not unit.marked() | unit.hats(frozenset({siv.id}))
