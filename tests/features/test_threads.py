"""One Book shared by threads, and one that survives a fork."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kontaktnat import Actor, Book, Conflict, Contact, FollowUp, Role, hookimpl
from kontaktnat.extend import Outward, Table, View

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


FORK = """
import os, sys
import kontaktnat
from kontaktnat import Contact

book = kontaktnat.open(sys.argv[1], mode="create", by="parent", plugins=[])
book.add(Contact(name="Före"))
child = os.fork()
who = "parent" if child else "child"
for n in range(15):
    with book.transaction(by=who):
        one = book.add(Contact(name=f"{who} {n}"))
        book.update(one, note="x")
    assert book.contacts.get(one.id).note == "x"
if not child:
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
book.refresh()
names = sorted(one.name for one in book.contacts.all())
assert names == sorted(["Före", *(f"{who} {n}" for who in ("parent", "child") for n in range(15))]), names
assert [one.number for one in book.history()] == list(range(1, 32))
"""


FORK_INSIDE = """
import os, sys
import kontaktnat
from kontaktnat import Contact

book = kontaktnat.open(sys.argv[1], mode="create", by="parent", plugins=[])
with book.transaction("i förälderns"):
    book.add(Contact(name="Eva Ek"))
    child = os.fork()
    if not child:
        os._exit(0)  # what was open in the parent is not saved twice
    assert os.waitpid(child, 0)[1] == 0
assert [one.name for one in book.contacts.all()] == ["Eva Ek"]
assert book.version == 1
"""

if hasattr(os, "fork"):

    @pytest.mark.parametrize("script", [FORK, FORK_INSIDE], ids=["both write", "inside a transaction"])
    def test_a_book_survives_a_fork(script: str, place: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-c", script, str(place)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
