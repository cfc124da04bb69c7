"""What somebody has told apart is remembered: by pair, undone by itself, gone with whom it is about."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, Pending, Refused, Role
from kontaktnat.likeness.apart import APART, pair_of, told_apart


def apart(book: Book) -> set[tuple[str, str]]:
    return {*told_apart(book.store)}


@pytest.fixture
def three(book: Book) -> list[Contact]:
    return [book.add(Contact(name="Eva Ek")) for _ in range(3)]


def test_a_pair_is_remembered_once_and_undone_by_itself(book: Book, three: list[Contact]) -> None:
    one, two, third = three
    book.not_same(one, two)
    book.not_same(two.id, one.id)
    book.not_same(third, two)
    assert apart(book) == {pair_of(one.id, two.id), pair_of(two.id, third.id)}
    first = next(t for t in book.history() if t.label == "not the same")
    book.undo(first.number)
    assert apart(book) == {pair_of(two.id, third.id)}
    book.undo()
    assert apart(book) == set()


def test_who_goes_is_forgotten_and_comes_back_with_undo(book: Book, three: list[Contact]) -> None:
    one, two, third = three
    book.not_same(one, two)
    book.not_same(two, third)
    book.delete(two.id)
    assert apart(book) == set()
    book.undo()
    assert apart(book) == {pair_of(one.id, two.id), pair_of(two.id, third.id)}


def test_who_stays_of_a_merge_takes_over(book: Book, three: list[Contact]) -> None:
    one, two, third = three
    book.not_same(one, two)
    book.not_same(two, third)
    before = apart(book)
    book.merge(one, two)
    assert apart(book) == {pair_of(one.id, third.id)}
    book.undo()
    assert apart(book) == before


def test_only_two_of_a_kind(book: Book, three: list[Contact]) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    hats = [book.add(Role(contact=one.id, actor=nybro.id)) for one in three]
    for one, other in ((three[0], nybro), (hats[0], hats[1])):
        with pytest.raises(Refused, match="never suggested as the same"):
            book.not_same(one, other)
    with pytest.raises(Refused, match="as itself"):
        book.not_same(three[0], three[0].id)
    assert apart(book) == set()


def test_somebody_new_of_the_quarantine_is_none_of_those_it_might_have_been(
    book: Book, three: list[Contact]
) -> None:
    ids = [one.id for one in three]
    waits = book.add(
        Pending(text="x", kind="contact", raw={"name": "Eva Ek", "note": "ny"}, candidates=ids[:2])
    )
    made = book.settle(waits, new=True)
    assert made is not None
    assert apart(book) == {pair_of(made.id, id) for id in ids[:2]}
    book.undo()
    assert apart(book) == set()
    again = book.settle(waits.id, onto=ids[0])
    assert again is not None
    assert apart(book) == set()


@pytest.mark.parametrize("anonymise", [False, True])
def test_who_is_erased_leaves_none(book: Book, three: list[Contact], anonymise: bool) -> None:
    one, two, third = three
    book.not_same(one, two)
    book.not_same(two, third)
    act = book.privacy.anonymise if anonymise else book.privacy.erase
    act(one.id, decision="dnr 12")
    assert apart(book) == {pair_of(two.id, third.id)}
    told: list[Any] = [change.id for t in book.history() for change in t.changes]
    assert not any(id.startswith(APART) and one.id in id for id in told)


@settings(max_examples=40, deadline=None)
@given(pairs=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)).filter(lambda both: both[0] != both[1])),
       keep=st.integers(0, 4), gap=st.integers(1, 4))  # fmt: skip
def test_a_merge_takes_all_of_it_over_and_undo_gives_it_back(
    pairs: set[tuple[int, int]], keep: int, gap: int
) -> None:
    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        ids = [book.add(Contact(name="Eva Ek")).id for _ in range(5)]
        for one, two in pairs:
            book.not_same(ids[one], ids[two])
        stays, goes = ids[keep], ids[(keep + gap) % 5]
        before = apart(book)
        book.merge(stays, goes)
        led = {tuple(stays if id == goes else id for id in pair) for pair in before}
        assert apart(book) == {pair_of(*pair) for pair in led if pair[0] != pair[1]}
        book.undo()
        assert apart(book) == before
