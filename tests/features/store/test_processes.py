"""Several processes at one book, and what a fork leaves in two hands: nothing is lost, nothing half seen."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from tests.features.store.faults import UNIX, WRITER, assert_whole, finish, names, refused, start

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError, StoreBusy
from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore, open_tinydb
from kontaktnat.testing.store_contract import add, doc, edit


def test_two_writers_lose_nothing(path: Path, store: TinyStore) -> None:
    writers = [start(WRITER, path, name, 500, 100_000, 4) for name in "ab"]
    acknowledged = [line for writer in writers for line in finish(writer)]
    assert len(acknowledged) == 1000
    with closing(assert_whole(path, acknowledged, "first")) as again:
        assert again.version == 1001
        assert again._storage._journal.header.rewritten > 1
    assert add(store, "actor", doc("mine")).number == 1002
    assert names(path) == ["book.kn", "book.kn.lock"]


READER = """
import sys
from pathlib import Path
from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore

store = TinyStore(sys.argv[1], StoreOptions(mode="r"))
seen, stop, looks = store.version, Path(sys.argv[2]), 0
while not stop.exists():
    with store.reading():
        if looks % 3:
            store.refresh()
        elif looks % 5 == 0:
            store = TinyStore(sys.argv[1], StoreOptions(mode="r"))
        actors, contacts = ({one["id"] for one in store.find(type)} for type in ("actor", "contact"))
        assert actors - contacts == {"first"} and contacts < actors
        log = list(store.transactions(max(0, store.version - 5)))
        assert [one.number for one in log] == list(range(store.version + 1))[1:][-5:]
        assert {change.id for one in log for change in one.changes} <= actors
        assert len(actors) == store.version
    assert store.version >= seen
    seen, looks = store.version, looks + 1
print(looks)
"""


def test_writers_readers_and_rewritings(path: Path, store: TinyStore, kills: int) -> None:
    count = 20 * kills or 100
    stop = path.with_name("stop")
    readers = [start(READER, path, stop) for _ in range(2)]
    writers = [start(WRITER, path, name, count, 4000, 1 << 60) for name in "abc"]
    try:
        acknowledged = [line for writer in writers for line in finish(writer)]
    finally:
        stop.touch()
        looks = [int(finish(reader)[-1]) for reader in readers]
    assert min(looks) > 2
    assert len(acknowledged) == 3 * count
    with closing(assert_whole(path, acknowledged, "first")) as again:
        assert again.version == 3 * count + 1
        assert again._storage._journal.header.rewritten > count / 10


def test_two_processes_lose_nothing_in_tinydb(path: Path) -> None:
    script = """
import sys
from kontaktnat.store import journal
from kontaktnat.store.tiny import open_tinydb
journal.FLOOR = 3000
with open_tinydb(sys.argv[1]) as db:
    for n in range(50):
        db.insert({"by": sys.argv[2], "n": n})
"""
    for writer in [start(script, path, name) for name in "ab"]:
        finish(writer)
    with open_tinydb(path) as db:
        assert sorted((one["by"], one["n"]) for one in db) == [(by, n) for by in "ab" for n in range(50)]
        assert [one.doc_id for one in db] == list(range(1, 101))


def test_three_processes_make_one_book(path: Path) -> None:
    script = WRITER.replace("lock_timeout=60", "lock_timeout=60, mode='create'")
    acknowledged = [
        line for writer in [start(script, path, name, 5) for name in "abc"] for line in finish(writer)
    ]
    with closing(assert_whole(path, acknowledged)) as store:
        assert (store.version, len(acknowledged)) == (15, 15)


# Handles that are behind, or before another file


def test_a_handle_behind_by_several_rewritings(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(TinyStore(path)) as behind:
        monkeypatch.setattr(journal, "FLOOR", 0)
        for n in range(5):
            add(store, "actor", doc(f"a{n}"))
        assert (behind.version, behind.find("actor")) == (1, [doc("first")])
        with pytest.raises(KontaktnatError, match="exists already"):
            add(behind, "actor", doc("a0"))
        assert behind.version == 6  # it has seen why
        assert add(behind, "actor", doc("b")).number == 7
        edit(store, "actor", doc("b"), note="x")
        assert len(list(behind.transactions())) == 7


@pytest.mark.parametrize("in_place", [True, False])
@pytest.mark.parametrize("floor", [0, 1 << 16])
def test_a_backup_that_is_put_back_under_open_handles(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, in_place: bool, floor: int
) -> None:
    monkeypatch.setattr(journal, "FLOOR", floor)
    add(store, "actor", doc("a"))
    backup = path.with_name("backup")
    shutil.copy(path, backup)
    with closing(TinyStore(path)) as early:
        for n in range(3):
            add(store, "actor", doc(f"lost{n}", note="x" * n))
        if in_place:
            path.write_bytes(backup.read_bytes())
        else:
            shutil.copy(backup, path.with_name("other"))
            path.with_name("other").replace(path)
        for one, id in ((store, "b"), (early, "c")):
            add(one, "actor", doc(id))
        store.refresh()
        for one in (store, early, TinyStore(path)):
            assert [each["id"] for each in one.find("actor")] == ["a", "b", "c", "first"]
            assert [each.changes[0].id for each in one.transactions()] == ["first", "a", "b", "c"]
            assert one.version == 4


def test_another_book_in_its_place(path: Path, store: TinyStore) -> None:
    with closing(TinyStore(path.with_name("other.kn"), StoreOptions(mode="create"))) as other:
        add(other, "actor", doc("other"))  # of the same length as the first
        path.with_name("other.kn").replace(path)
        add(store, "actor", doc("b"))
        assert [one["id"] for one in store.find("actor")] == ["b", "other"]


# The lock file


def test_a_lock_file_that_is_deleted_between_turns(path: Path, store: TinyStore) -> None:
    with closing(TinyStore(path, StoreOptions(lock_timeout=0))) as other:
        for n in range(3):
            add(store, "actor", doc(f"a{n}"))
            path.with_name("book.kn.lock").unlink()
            add(other, "actor", doc(f"b{n}"))
            with store.writing():
                refused(lambda: add(other, "actor", doc("c")), StoreBusy)
    assert len(store.find("actor")) == 7


@UNIX
def test_a_lock_file_that_is_deleted_in_a_turn_loses_nothing(path: Path, store: TinyStore) -> None:
    with closing(TinyStore(path, StoreOptions(lock_timeout=0))) as other:
        with store.writing():
            path.with_name("book.kn.lock").unlink()
            add(other, "actor", doc("b"))
            assert "another program has changed" in refused(lambda: add(store, "actor", doc("a")))
        assert add(store, "actor", doc("a")).number == 3
        with closing(TinyStore(path)) as again:
            assert [one["id"] for one in again.find("actor")] == ["a", "b", "first"]


# Forks

FORKING = """
import os, sys, threading, warnings
from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import StoreBusy
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc

warnings.simplefilter("ignore", DeprecationWarning)

def in_child(work):
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child

def wait(*children):
    for child in children:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

store = TinyStore(sys.argv[1], StoreOptions(lock_timeout=60))
quick = TinyStore(sys.argv[1], StoreOptions(lock_timeout=0))

def many(name):
    for n in range(20):
        add(store, "actor", doc(name + str(n)))
        assert store.get("actor", name + str(n))

children = [in_child(lambda: many(name)) for name in "ab"]
many("p")
wait(*children)
store.refresh()
assert len(store.find("actor")) == 61, store.find("actor")

def has_no_turn_of_its_parent():
    try:
        add(quick, "actor", doc("x"))
    except StoreBusy:
        return
    raise AssertionError

def leaves_its_parents_turn_alone():
    with store.reading():
        assert len(store.find("actor")) == 61
    store.close()

with quick.writing():
    wait(in_child(has_no_turn_of_its_parent), in_child(leaves_its_parents_turn_alone))
    wait(in_child(has_no_turn_of_its_parent))
    add(quick, "actor", doc("y"))

with quick.writing():
    child = os.fork()
    if child:
        wait(child)
        wait(in_child(has_no_turn_of_its_parent))
if not child:
    os._exit(0)  # it left the turn that it was born in, which is not its to end

with store.writing():  # another thread in the middle of its commit, as a fork may find it
    store._storage._tables.clear()
    forking = threading.Thread(target=lambda: forked.append(in_child(lambda: many("t"))))
    forked = []
    forking.start()
    forking.join()
    store._storage.forget()
wait(*forked)
store.refresh()
assert len(store.find("actor")) == 82
"""


@UNIX
def test_a_fork_shares_no_turn(path: Path, store: TinyStore) -> None:
    assert finish(start(FORKING, path)) == []
