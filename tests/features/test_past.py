"""What history knows of the log is remembered: nothing that a Book read afresh would cover may come out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, KontaktnatError, Role
from kontaktnat.extend import Transaction
from kontaktnat.testing.inside import inside

OpenBook = Callable[..., Book]
SIGN = "kanarie"


def afresh(book: Book) -> Book:
    """A Book on the same store that has read nothing of the log yet."""
    return Book(book.store, book.plugins, by="bo", clock=book.clock)


def of(book: Book) -> list[Transaction]:
    return list(book.history())


class Reads:
    """What is read of a store's log: from where, and how many transactions each time."""

    def __init__(self, book: Book) -> None:
        self.since: list[int] = []
        self.count = 0
        self._transactions = book.store.transactions
        book.store.transactions = self.transactions  # type: ignore[method-assign]

    def transactions(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        self.since.append(since)
        for one in self._transactions(since, record):
            self.count += 1
            yield one


def test_only_what_is_new_is_read(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    for n in range(40):
        eva = book.update(eva, note=f"{n}")
    assert len(of(book)) == 41
    reads = Reads(book)
    assert len(list(book.changes(41))) == 0
    book.update(eva, note="ny")
    assert len(list(book.changes(41))) == 1
    assert len(list(book.as_of("2026-11-12").changes(41))) == 1
    assert book.undone() == {}
    assert min(reads.since) == 40
    assert reads.count < 10


def test_a_reader_of_another_day_or_who_may_see_more_shares_it(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", protected=True, note=SIGN))
    book.add(Contact(name="Bo Björk"))
    assert SIGN not in inside(of(book))
    reads = Reads(book)
    assert SIGN in inside(of(book.outward(reveal="ärende 1")))
    assert SIGN not in inside(of(book.as_of("2026-11-12")))
    assert SIGN not in inside(of(book))
    assert book.contacts.get(eva.id).note == ""
    assert reads.since.count(0) == 3  # each time for what is told, never for who is protected


# Who comes to be protected after something was read


def test_protected_now_lifted_and_deleted_since(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note=SIGN))
    assert SIGN in inside(of(book))
    marked = book.update(eva, protected=True)
    assert SIGN not in inside(of(book))
    book.update(marked.id, protected=False)
    assert SIGN not in inside(of(book)), "who was protected once stays covered in what is past"
    book.delete(eva.id)
    assert SIGN not in inside(of(book))
    book.undo()
    assert SIGN not in inside(of(book))


def test_protected_in_an_open_transaction_and_then_not(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", note=SIGN))
    assert SIGN in inside(of(book))
    with suppress(ZeroDivisionError), book.transaction():
        book.update(eva, protected=True)
        assert SIGN not in inside(of(book))
        raise ZeroDivisionError
    assert SIGN in inside(of(book)), "what was never saved is not remembered"
    with book.transaction():
        book.update(eva, protected=True)
        with book.transaction():
            book.update(eva.id, protected=False)
            assert SIGN in inside(of(book)), "it never was in the log"


def test_a_mark_that_another_thread_has_not_saved_is_not_shared(open_book: OpenBook) -> None:
    book = open_book(ids=None)
    eva = book.add(Contact(name="Eva Ek", note=SIGN))
    staged, read = threading.Event(), threading.Event()
    theirs: list[str] = []

    def protects() -> None:
        with book.transaction():
            book.update(eva, protected=True)
            theirs.append(inside(of(book)))
            staged.set()
            read.wait(10)
        theirs.append(inside(of(book)))

    thread = threading.Thread(target=protects)
    thread.start()
    staged.wait(10)
    mine = inside(of(book))
    read.set()
    thread.join(10)
    assert SIGN in mine
    assert len(theirs) == 2
    assert SIGN not in "".join([*theirs, inside(of(book))])


def test_a_post_that_changed_hands_after_something_was_read(book: Book) -> None:
    work = book.add(Actor(name="Arbetsplatsen"))
    post = book.add(Role(actor=work.id, function="case_officer"))
    eva = book.add(Contact(name="Eva Ek", protected=True))
    assert work.id in inside(of(book)[1])
    held = book.update(post, contact=eva.id)
    told = [change for one in of(book) for change in one.changes if change.id == post.id]
    assert work.id not in inside(told), "it would tell where she works"
    book.update(held, contact=None)
    told = [change for one in of(book) for change in one.changes if change.id == post.id]
    assert work.id not in inside(told)


def test_who_held_a_post_long_ago_is_not_forgotten(book: Book) -> None:
    work = book.add(Actor(name="Arbetsplatsen"))
    bo = book.add(Contact(name="Bo Björk"))
    eva = book.add(Contact(name="Eva Ek", protected=True))
    post = book.add(Role(actor=work.id, contact=eva.id, function="case_officer"))
    for holder in (None, bo.id, None, bo.id):
        assert [one for one in of(book) if work.id in inside(one)][1:] == []
        post = book.update(post, contact=holder)  # a whole copy, as who made it has one
        assert of(book) == of(afresh(book))
    book.add(Contact(name="Maj Lind"))  # which has nothing to do with it
    assert of(book) == of(afresh(book))


def test_of_a_post_that_they_alone_held_it_is_told_who(book: Book) -> None:
    work = book.add(Actor(name="Arbetsplatsen"))
    eva = book.add(Contact(name="Eva Ek", protected=True))
    post = book.add(Role(actor=work.id, contact=eva.id))
    of(book)
    book.update(post.id, since="2025")
    (created, changed) = (one.changes[0].after for one in book.history(post.id))
    assert created is not None
    assert changed is not None
    assert created["contact"] == changed["contact"] == eva.id
    assert "actor" not in {*created, *changed}


def test_what_another_process_wrote_is_read_too(pair: tuple[Book, Book]) -> None:
    here, there = pair
    eva = here.add(Contact(name="Eva Ek", note=SIGN))
    assert SIGN in inside(of(here))
    there.refresh()
    there.update(eva.id, protected=True)
    there.update(eva.id, protected=False)
    here.refresh()
    assert SIGN not in inside(of(here))


# Another log in its place


@pytest.mark.parametrize("grown", [0, 1, 2, 3, 9])
def test_a_backup_that_was_put_back_is_read_from_the_start(
    open_book: OpenBook, clock: Any, grown: int
) -> None:
    """With the same clock and ids, up to, at and past the number that is known."""
    book, backup = open_book(ids=None), open_book(ids=None)
    for one in (book, backup):
        one.restore("contact", {"id": "eva00001", "name": "Eva Ek", "note": SIGN, "rev": 1})
    for n in range(3):
        book.update("eva00001", note=f"{SIGN} {n}")
    assert len([one for one in of(book) if SIGN in inside(one)]) == 4
    if grown:
        backup.update("eva00001", protected=True)
    for n in range(grown - 1):
        backup.update("eva00001", protected=False, purpose="")
        backup.update("eva00001", name=f"Eva Ek {n}")
    book.store = backup.store
    assert of(book) == of(afresh(book))
    assert (SIGN in inside(of(book))) == (grown == 0)


def test_a_backup_that_grew_to_the_same_version_shows_nobody_by_old_marks(
    open_book: OpenBook, place: Path
) -> None:
    book = open_book(place, mode="create")
    eva = book.add(Contact(name="Eva Ek", note=SIGN))
    backup = place.read_bytes()
    book.update(eva, tags=["x"])
    assert book.contacts.get(eva.id).note == SIGN
    place.write_bytes(backup)
    open_book(place, by="bo").update(eva.id, protected=True)
    book.refresh()
    assert book.version == 2
    assert SIGN not in inside(book.contacts.get(eva.id))


def test_what_was_taken_out_of_the_log_is_not_asked_for(book: Book, open_book: OpenBook) -> None:
    book.add(Contact(name="Eva Ek", note="x"))
    book.undo()
    assert book.undone() == {1: 2}
    book.store = open_book().store
    assert (book.undone(), of(book)) == ({}, [])


# Whatever is done


people = st.integers(0, 2)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.booleans()),
        st.tuples(st.just("mark"), people, st.booleans()),
        st.tuples(st.just("hat"), people),
        st.tuples(st.just("move"), people, st.none() | people),
        st.tuples(st.just("delete"), people),
        st.tuples(st.just("undo"), st.integers(1, 9)),
        st.just(("read",)),
    ),
    max_size=14,
)


def take(book: Book, kind: str, what: tuple[Any, ...]) -> None:
    """One step, which may be refused."""
    actors, contacts, roles = book.actors.all(), book.contacts.all(), book.roles.all()
    if kind == "add":
        book.add(Contact(name="Eva Ek", protected=what[0], note=SIGN))
    elif kind == "mark" and contacts:
        book.update(contacts[what[0] % len(contacts)].id, protected=what[1])
    elif kind == "hat" and actors:
        held = contacts[what[0] % len(contacts)].id if contacts else None
        book.add(Role(contact=held, actor=actors[0].id, title="titel"))
    elif kind == "move" and roles:
        held = contacts[what[1] % len(contacts)].id if what[1] is not None and contacts else None
        book.update(roles[what[0] % len(roles)].id, contact=held)
    elif kind == "delete" and (found := [*roles, *contacts]):
        book.delete(found[what[0] % len(found)].id)
    elif kind == "undo":
        book.undo(what[0])
    elif kind == "read":
        of(book)


@settings(max_examples=150)
@given(steps)
def test_what_is_remembered_covers_what_is_read_afresh(script: list[tuple[Any, ...]]) -> None:
    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        book.add(Actor(name="Arbetsplatsen"))
        for kind, *what in script:
            with suppress(KontaktnatError):
                take(book, kind, tuple(what))
        assert of(book) == of(afresh(book))
        assert book.undone() == afresh(book).undone()
        with book.transaction(dry_run=True):
            for one in book.contacts.all():
                book.update(one.id, protected=True)
                assert SIGN not in inside(list(book.history(one.id)))
