"""One book and several processes: forked, spawned, or started on their own."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kontaktnat import Book, Contact, Usage
from kontaktnat.testing.inside import inside

OpenBook = Callable[..., Book]
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows does not fork")


def finish(script: str, *arguments: object) -> str:
    """What a Python program prints; it must end well and complain of nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, *map(str, arguments)],
        capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


# Forked

BOTH_WRITE = """
import os, sys
import kontaktnat
from kontaktnat import Contact

book = kontaktnat.open(sys.argv[1], mode="create", by="parent", plugins=[])
told = []
book.on_commit(lambda done: told.append(done.number))
book.add(Contact(name="Före"))
child = os.fork()
who = "parent" if child else "child"
for n in range(15):
    with book.transaction(by=who):
        one = book.add(Contact(name=f"{who} {n}"))
        book.update(one, note="x")
    assert book.contacts.get(one.id).note == "x"
assert len(told) == 16  # each process is told of what it wrote itself
if not child:
    book.close()
    os._exit(0)
assert os.waitpid(child, 0)[1] == 0
book.refresh()
names = sorted(one.name for one in book.contacts.all())
assert names == sorted(["Före", *(f"{who} {n}" for who in ("parent", "child") for n in range(15))]), names
assert [one.number for one in book.history()] == list(range(1, 32))
book.close()
"""

INSIDE = """
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
book.close()
"""

INSIDE_WRITING = """
import os, sys
import kontaktnat
from kontaktnat import Contact, Usage

book = kontaktnat.open(sys.argv[1], mode="create", by="parent", plugins=[])
child = None
try:
    with book.transaction("i förälderns"):
        book.add(Contact(name="Eva Ek"))
        child = os.fork()
        if not child:
            assert book.contacts.all() == []  # what its parent has not saved is not the child's to see
            book.add(Contact(name="Bo Björk"))  # and what it writes is saved at once
            assert [one.name for one in book.contacts.all()] == ["Bo Björk"]
        else:
            assert os.waitpid(child, 0)[1] == 0
except Usage as error:
    assert not child and "its parent's" in error.message()
    assert book.version == 1
    os._exit(0)
assert sorted(one.name for one in book.contacts.all()) == ["Bo Björk", "Eva Ek"]
assert [one.label for one in book.history()] == ["add contact", "i förälderns"]
book.close()
"""

IN_MEMORY = """
import os
import kontaktnat
from kontaktnat import Contact

book = kontaktnat.open("memory:", by="parent", plugins=[])
book.add(Contact(name="Före"))
child = os.fork()
book.add(Contact(name="child"  if not child else "parent"))
names = [one.name for one in book.contacts.all()]
if not child:
    os._exit(0 if sorted(names) == ["Före", "child"] else 1)
assert os.waitpid(child, 0)[1] == 0
assert sorted(names) == ["Före", "parent"]
book.close()
"""


@FORKS
@pytest.mark.parametrize(
    "script",
    [
        pytest.param(BOTH_WRITE, id="both write"),
        pytest.param(INSIDE, id="inside a transaction"),
        pytest.param(INSIDE_WRITING, id="inside a transaction, and the child writes"),
        pytest.param(IN_MEMORY, id="in memory, each has its own"),
    ],
)
def test_a_book_survives_a_fork(script: str, place: Path) -> None:
    finish(script, place)


WHILE_A_THREAD_WRITES = """
import os, sys, threading, warnings
import kontaktnat
from kontaktnat import Actor, FollowUp

warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of forking among threads
book = kontaktnat.open(sys.argv[1], mode="create", by="parent", plugins=[])
ended = threading.Event()

def write(one=book):
    with one.transaction():
        one.add(Actor(name="A"))
        one.add(FollowUp(text="F"))

def keep_writing():
    while not ended.is_set():
        write()

write()  # Python never frees a module's import lock in the child of a fork in the midst of its first import
thread = threading.Thread(target=keep_writing)
thread.start()
for _ in range(10):
    child = os.fork()
    if not child:
        code = 1
        try:
            with book.reading():
                assert book.actors.count() == book.followups.count()
            write()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
ended.set()
thread.join()
book.refresh()
assert book.actors.count() == book.followups.count() == book.version
book.close()
"""


@FORKS
def test_a_fork_in_the_midst_of_another_threads_commit(place: Path) -> None:
    finish(WHILE_A_THREAD_WRITES, place)


# Spawned, as on Windows and macOS

SPAWNED = """
import multiprocessing, sys
import kontaktnat
from kontaktnat import Conflict, Contact

def work(path, n, eva):
    with kontaktnat.open(path, by=f"p{n}", plugins=[], lock_timeout=60) as book:
        for step in range(5):
            book.add(Contact(name=f"{n}.{step}"))
        book.update(eva, note=f"p{n}")

if __name__ == "__main__":
    path = sys.argv[1]
    with kontaktnat.open(path, mode="create", by="parent", plugins=[]) as book:
        eva = book.add(Contact(name="Eva Ek"))
        with multiprocessing.get_context("spawn").Pool(3) as pool:
            results = [pool.apply_async(work, (path, n, eva)) for n in range(3)]
            errors = []
            for result in results:
                try:
                    result.get()
                except Conflict as error:  # it comes home with all that it knows
                    errors.append((error.code, error.fields["changed"]))
        assert errors == [("conflict", ["note"])] * 2, errors
        book.refresh()
        assert (book.contacts.count(), book.version) == (16, 17)
"""


def test_spawned_processes_open_it_by_its_path(place: Path, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(SPAWNED, "utf-8")
    command = [sys.executable, str(program), str(place)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_book_is_not_sent_to_another_process(book: Book) -> None:
    with pytest.raises(Usage, match="send its path"):
        pickle.dumps(book)


def test_a_record_is(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", tags=["län"]))
    assert pickle.loads(pickle.dumps(eva)) == eva


# Started on its own: what a long-lived process sees of it

OTHER = """
import sys
import kontaktnat
from kontaktnat import Contact

with kontaktnat.open(sys.argv[1], by="bo", plugins=[]) as book:
    with book.transaction("morgon"):
        book.add(Contact(name="Bo Björk"))
        book.add(Contact(name="Siv Rönn", note="kanarie", protected=True))
    book.update(sys.argv[2], note="från bo")
    print(book.version)
"""


def test_what_another_process_wrote(open_book: OpenBook, place: Path) -> None:
    book = open_book(place, mode="create", ids=None)
    told: list[int] = []
    book.on_commit(lambda done: told.append(done.number))
    eva = book.add(Contact(name="Eva Ek"))
    seen = book.version
    assert int(finish(OTHER, place, eva.id)) == 3
    assert (book.version, book.contacts.all(), list(book.changes(seen))) == (1, [eva], [])
    book.refresh()
    assert (book.version, book.contacts.count()) == (3, 3)
    first, second = book.changes(seen)
    assert [(one.number, one.by, one.label) for one in (first, second)] == [
        (2, "bo", "morgon"),
        (3, "bo", "update"),
    ]
    assert [change.type for change in first.changes] == ["contact", "contact"]
    assert "kanarie" not in inside(first)
    assert [change.id for change in second.changes] == [eva.id]
    assert told == [1]  # a listener hears what its own process writes
    assert list(book.changes(book.version)) == []


def test_a_write_sees_the_others_by_itself(open_book: OpenBook, place: Path) -> None:
    book = open_book(place, mode="create", ids=None)
    eva = book.add(Contact(name="Eva Ek"))
    finish(OTHER, place, eva.id)
    book.add(Contact(name="Maj Lind"))
    assert (book.version, book.contacts.get(eva.id).note) == (4, "från bo")
