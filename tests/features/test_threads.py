"""One Book shared by threads."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from kontaktnat import Actor, Book, Conflict, Contact, FollowUp, Role, Usage, hookimpl
from kontaktnat.extend import Outward, Table, Transaction, View
from kontaktnat.testing.inside import inside

OpenBook = Callable[..., Book]
THREADS = 8


def all_at_once(work: Callable[[int], object]) -> list[object]:
    """Run `work(n)` in eight threads that start together; raises what any of them raised."""
    start = threading.Barrier(THREADS)

    def one(n: int) -> object:
        start.wait()
        return work(n)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.fixture(params=["memory", "file"])
def shared(request: pytest.FixtureRequest, open_book: OpenBook, place: Path) -> Book:
    """A book with random ids (the counted ones are not for threads)."""
    return open_book(place if request.param == "file" else "memory:", mode="create", ids=None)


def test_eight_threads_write_and_read_and_nothing_is_lost(shared: Book) -> None:
    told: list[int] = []
    shared.on_commit(lambda done: told.append(done.number))

    def work(n: int) -> None:
        for step in range(6):
            with shared.transaction(f"{n}.{step}", by=f"t{n}"):
                actor = shared.add(Actor(name=f"Förening {n}.{step}"))
                shared.add(Role(actor=actor.id))
                assert shared.actors.get(actor.id).created_by == f"t{n}"
            assert shared.actors.where(name=f"Förening {n}.{step}") == [actor]
            shared.update(actor, note="läst")
            shared.find("förening")

    all_at_once(work)
    assert (shared.actors.count(), shared.roles.count()) == (48, 48)
    assert shared.actors.count(note="läst") == 48
    assert sorted(told) == list(range(1, 97))
    assert [one.number for one in shared.history()] == list(range(1, 97))
    assert list(shared.check()) == []


def test_a_transaction_is_its_threads_own(shared: Book) -> None:
    inside, looked = threading.Event(), threading.Event()
    seen: list[int] = []

    def other() -> None:
        inside.wait(10)
        seen.append(shared.contacts.count())
        shared.add(Contact(name="Bo Björk"))
        looked.set()

    thread = threading.Thread(target=other)
    thread.start()
    with shared.transaction("öppen", by="anna"):
        shared.add(Contact(name="Eva Ek"))
        inside.set()
        assert looked.wait(10)
        assert [one.name for one in shared.contacts.all() if one.name == "Eva Ek"] == ["Eva Ek"]
    thread.join(10)
    assert seen == [0]
    assert [(one.label, one.by) for one in shared.history()] == [("add contact", "anna"), ("öppen", "anna")]


def test_of_eight_who_change_the_same_copy_one_succeeds(shared: Book) -> None:
    eva = shared.add(Contact(name="Eva Ek"))

    def work(n: int) -> bool:
        try:
            shared.update(eva, note=f"från {n}")
        except Conflict:
            return False
        return True

    assert sum(map(bool, all_at_once(work))) == 1
    assert shared.contacts.get(eva.id).rev == 2


def test_a_failed_thread_leaves_the_others_alone(shared: Book) -> None:
    def work(n: int) -> None:
        with shared.transaction():
            shared.add(Contact(name=f"Person {n}"))
            if n % 2:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        all_at_once(work)
    with pytest.raises(ZeroDivisionError), shared.transaction():
        raise ZeroDivisionError
    assert {one.name for one in shared.contacts.all()} == {f"Person {n}" for n in range(0, 8, 2)}


class Pairs:
    """A view that counts twice: of one state, the counts are the same."""

    name = "pairs"

    def __init__(self) -> None:
        self.between: Callable[[], object] = lambda: None

    @hookimpl
    def register_views(self) -> list[View]:
        def run(book: Outward, /) -> Table:
            first = book.actors.count()
            self.between()
            second = book.followups.count()
            return Table(name="pairs", title="", columns=(), rows=({"first": first, "second": second},))

        return [View(name="pairs", title="", run=run)]


def test_a_view_sees_one_state(open_book: OpenBook) -> None:
    pairs = Pairs()
    book = open_book(plugins=[pairs], ids=None)
    writing = threading.Event()

    def write() -> None:
        writing.set()
        with book.transaction():
            book.add(Actor(name="A"))
            book.add(FollowUp(text="F"))

    threads: list[threading.Thread] = []

    def between() -> None:  # another thread tries to commit in the middle of the view
        thread = threading.Thread(target=write)
        threads.append(thread)
        thread.start()
        writing.wait(10)

    pairs.between = between
    for _ in range(5):
        (row,) = book.view("pairs").rows
        assert row["first"] == row["second"]
        threads.pop().join(10)
        writing.clear()
    assert book.actors.count() == 5


def test_views_and_writers_side_by_side(open_book: OpenBook) -> None:
    book = open_book(plugins=[Pairs()], ids=None)

    def work(n: int) -> None:
        for _ in range(10):
            if n % 2:
                with book.transaction():
                    book.add(Actor(name="A"))
                    book.add(FollowUp(text="F"))
            else:
                (row,) = book.view("pairs").rows
                assert row["first"] == row["second"]

    all_at_once(work)
    assert book.actors.count() == 40


def test_who_is_protected_is_each_threads_own_question(shared: Book) -> None:
    people = [shared.add(Contact(name=f"Person {n}", note="kanarie")) for n in range(THREADS)]

    def work(n: int) -> None:
        for _ in range(3):
            with pytest.raises(ZeroDivisionError), shared.transaction():  # noqa: PT012
                shared.update(people[n], protected=True)
                assert shared.contacts.get(people[n].id).note == ""
                assert shared.contacts.where(note="kanarie", name=f"Person {n}") == []
                raise ZeroDivisionError
            assert shared.contacts.get(people[n].id).note == "kanarie"

    all_at_once(work)


def test_reads_inside_reading_are_of_one_state(shared: Book) -> None:
    def work(n: int) -> None:
        for _ in range(8):
            if n % 2:
                with shared.transaction():
                    shared.add(Actor(name="A"))
                    shared.add(FollowUp(text="F"))
            else:
                with shared.reading():
                    assert shared.actors.count() == shared.followups.count()

    all_at_once(work)
    assert shared.actors.count() == 32


class Meanwhile:
    """Lets another thread do something while this one reads, and does not wait for it to finish."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._thread = threading.Thread(target=self._run)
        self._work = work
        self._at_it = threading.Event()

    def _run(self) -> None:
        self._at_it.set()
        self._work()

    def start(self) -> None:
        """Until it has had its chance: it is done, or it waits for the reader."""
        if not self._at_it.is_set():
            self._thread.start()
            self._at_it.wait(10)
            self._thread.join(0.1)

    def end(self) -> None:
        self._thread.join(10)
        assert not self._thread.is_alive()


def test_an_export_is_of_one_state(shared: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    shared.add(Actor(name="Nybro kommun"))

    def add() -> None:
        with shared.transaction():
            actor = shared.add(Actor(name="Kalmar kommun"))
            shared.add(Role(actor=actor.id))

    meanwhile, select = Meanwhile(add), Outward.select

    def selecting(self: Outward, cls: type[Any], query: Any) -> list[Any]:
        found = select(self, cls, query)
        if cls is Actor and self is not shared:
            meanwhile.start()  # after the actors, before the roles
        return found

    monkeypatch.setattr(Outward, "select", selecting)
    stream = io.BytesIO()
    shared.export_to(stream, "jsonl")
    meanwhile.end()
    written = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [one["name"] for one in written if one.get("type") == "actor"] == ["Nybro kommun"]
    assert not [one for one in written if one.get("type") == "role"]
    assert shared.roles.count() == 1


def test_news_of_who_comes_to_be_protected_meanwhile_are_covered(
    shared: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    siv = shared.add(Contact(name="Siv Rönn", note="kanarie"))

    def protect() -> None:
        with shared.transaction():
            shared.update(siv, note="kanarie igen", protected=True)

    meanwhile, closed = Meanwhile(protect), Outward._closed

    def who_is_protected(self: Outward, log: Any) -> frozenset[str]:
        found = closed(self, log)
        meanwhile.start()  # after it was asked who is protected, before what there is to tell
        return found

    monkeypatch.setattr(Outward, "_closed", who_is_protected)
    news = list(shared.changes())
    meanwhile.end()
    assert [one.number for one in news] == [1]
    assert "kanarie" not in inside(list(shared.changes()))


# Who is told


def test_every_commit_is_told_once_in_the_thread_that_wrote(shared: Book) -> None:
    told: list[tuple[int, int]] = []

    def fails(_: Transaction) -> None:
        raise ZeroDivisionError

    shared.on_commit(fails)
    shared.on_commit(lambda done: told.append((done.number, threading.get_ident())))
    wrote: list[tuple[int, int]] = []

    def work(n: int) -> None:
        for step in range(5):
            label = f"{n}.{step}"
            with shared.transaction(label):
                shared.add(Contact(name=f"Person {label}"))
            (number,) = (one.number for one in shared.history() if one.label == label)
            wrote.append((number, threading.get_ident()))

    all_at_once(work)
    assert sorted(told) == sorted(wrote)
    assert len(told) == 40


def test_a_function_may_listen_twice_and_stop_once(book: Book) -> None:
    told: list[int] = []

    def tell(done: Transaction) -> None:
        told.append(done.number)

    stop, _ = book.on_commit(tell), book.on_commit(tell)
    book.add(Contact(name="Eva Ek"))
    stop()
    stop()
    book.add(Contact(name="Bo Björk"))
    assert told == [1, 1, 2]


def test_who_listens_hears_every_number(book: Book) -> None:
    """A look at somebody protected is in the log, so a listener that mirrors it must not miss it."""
    told: list[Transaction] = []
    book.on_commit(told.append)
    siv = book.add(Contact(name="Siv Rönn", note="kanarie", protected=True))
    book.reveal(siv.id, "ärende 1")
    book.outward(reveal="ärende 2")
    assert [one.number for one in told] == [one.number for one in book.changes()] == [1, 2, 3]
    assert [one.reveals for one in told[1:]] == [(siv.id,), (siv.id,)]


# Transactions that stray


def test_a_transaction_ends_in_the_thread_that_began_it(shared: Book) -> None:
    """As when a web framework begins and ends a dependency in two threads of its pool."""
    with ThreadPoolExecutor(1) as one, ThreadPoolExecutor(1) as other:
        astray = shared.transaction("på villovägar")
        one.submit(astray.__enter__).result()
        one.submit(shared.add, Contact(name="Eva Ek")).result()
        with pytest.raises(Usage, match="ends in the thread in which it began"):
            other.submit(astray.__exit__, None, None, None).result()
        assert shared.contacts.all() == []
        for pool in (one, other):  # neither is left with a transaction that nobody ends
            pool.submit(shared.add, Contact(name="Bo Björk")).result()
    assert shared.contacts.count(name="Bo Björk") == shared.version == 2


def test_one_that_ends_in_another_thread_leaves_that_ones_own_alone(shared: Book) -> None:
    foreign = shared.transaction("begun elsewhere")
    began = threading.Thread(target=foreign.__enter__)
    began.start()
    began.join()
    mine = shared.transaction("mine")
    mine.__enter__()
    shared.add(Contact(name="Före"))
    with pytest.raises(Usage):
        foreign.__exit__(None, None, None)
    shared.add(Contact(name="Efter"))
    failed = RuntimeError()
    assert not mine.__exit__(RuntimeError, failed, None)
    assert not shared.contacts.where(name=["Före", "Efter"])


def test_a_book_that_is_closed_while_others_write(open_book: OpenBook, place: Path) -> None:
    """Each write is saved or refused, none by half, and its thread knows which."""
    book = open_book(place, mode="create", ids=None)
    saved: list[int] = []

    def work(n: int) -> None:
        for step in count():
            if n == 0 and step == 3:
                book.close()
            try:
                with book.transaction():
                    book.add(Actor(name="A"))
                    book.add(FollowUp(text="F"))
            except Usage:
                return
            saved.append(n)

    all_at_once(work)
    again = open_book(place, ids=None)
    assert again.version == again.actors.count() == again.followups.count() == len(saved)
