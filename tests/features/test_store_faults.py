"""What befalls files: crashes, full disks, other processes, damage. Nothing acknowledged is lost by it."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError, StoreBusy, StoreDamaged
from kontaktnat.store.tiny import TinyStore, open_tinydb
from kontaktnat.testing.store_contract import add, created, doc, transaction

CREATE = StoreOptions(mode="create")
UNIX = pytest.mark.skipif(os.name == "nt", reason="a Unix matter")

WRITER = """
import sys
from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import created, doc, transaction

store = TinyStore(sys.argv[1], StoreOptions(lock_timeout=60))
for n in range(int(sys.argv[3])):
    id = sys.argv[2] + str(n)
    both = *created("actor", doc(id)), *created("contact", doc(id, note="x" * 500))
    print(id, store.commit(transaction(*both)).number, flush=True)
store.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.kn"


@pytest.fixture
def store(path: Path) -> Iterator[TinyStore]:
    with closing(TinyStore(path, CREATE)) as store:
        add(store, "actor", doc("first"))
        yield store


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def finish(process: subprocess.Popen[str], code: int = 0) -> list[str]:
    """The lines that it printed; it must end with `code`."""
    output, _ = process.communicate(timeout=120)
    assert process.returncode == code
    return output.splitlines()


def assert_whole(path: Path, acknowledged: list[str]) -> TinyStore:
    """All that was acknowledged is there, every transaction is there whole or not at all."""
    store = TinyStore(path)
    actors, contacts = ({one["id"] for one in store.find(type)} for type in ("actor", "contact"))
    log = list(store.transactions())
    assert actors == contacts | {"first"}
    assert actors == {change.id for one in log for change in one.changes}
    assert [one.number for one in log] == list(range(1, store.version + 1))
    for line in acknowledged:
        id, number = line.split()
        assert {change.id for change in log[int(number) - 1].changes} == {id}
    return store


def refused(call: Callable[[], Any], kind: type[KontaktnatError] = StoreDamaged) -> str:
    """The one line with which the call is refused."""
    with pytest.raises(kind) as caught:
        call()
    assert type(caught.value) is kind
    message = caught.value.message()
    assert "\n" not in message
    return message


# Crashes


@pytest.mark.parametrize("round", range(10))
def test_killed_at_any_time(path: Path, store: TinyStore, round: int) -> None:
    writer = start(WRITER, path, "k", 100_000)
    assert writer.stdout is not None
    acknowledged = [writer.stdout.readline().strip() for _ in range(1 + 3 * round)]
    writer.kill()
    acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    writer.stdout.close()
    with closing(assert_whole(path, acknowledged)) as again:
        add(again, "note", doc("after"))  # whose lock was held is free
    assert sorted(one.name for one in path.parent.iterdir()) == ["book.kn", "book.kn.lock"]


CRASHING = """
import os, sys

step, name = int(sys.argv[4]), sys.argv[5]
whole, calls = getattr(os, name), 0

def crash(*arguments):
    global calls
    calls += 1
    if calls > step:
        os._exit(9)
    return whole(*arguments)

setattr(os, name, crash)
"""


# The first commit opens the lock, the folder and the new file, syncs that, renames it, syncs the folder.
STEPS = [("open", 0), ("open", 1), ("open", 2), ("fsync", 0), ("replace", 0), ("fsync", 1)]
LATER = [("open", 5), ("fsync", 8), ("replace", 9), ("fsync", 13)]


@pytest.mark.parametrize(("name", "step"), STEPS + LATER)
def test_crashed_at_each_step(path: Path, store: TinyStore, name: str, step: int) -> None:
    acknowledged = finish(start(CRASHING + WRITER, path, "c", 20, step, name), 9)
    assert (len(acknowledged) > 0) == ((name, step) in LATER)
    with closing(assert_whole(path, acknowledged)) as again:
        add(again, "note", doc("after"))
    assert sorted(one.name for one in path.parent.iterdir()) == ["book.kn", "book.kn.lock"]


# Several processes


def test_two_processes_lose_nothing(path: Path, store: TinyStore) -> None:
    writers = [start(WRITER, path, name, 50) for name in "ab"]
    acknowledged = [line for writer in writers for line in finish(writer)]
    assert len(acknowledged) == 100
    with closing(assert_whole(path, acknowledged)) as again:
        assert again.version == 101
    assert add(store, "actor", doc("mine")).number == 102


def test_two_processes_lose_nothing_in_tinydb(path: Path) -> None:
    script = """
import sys
from kontaktnat.store.tiny import open_tinydb
with open_tinydb(sys.argv[1]) as db:
    for n in range(50):
        db.insert({"by": sys.argv[2], "n": n})
"""
    for writer in [start(script, path, name) for name in "ab"]:
        finish(writer)
    with open_tinydb(path) as db:
        assert sorted((one["by"], one["n"]) for one in db) == [(by, n) for by in "ab" for n in range(50)]


def test_two_processes_make_one_book(path: Path) -> None:
    script = WRITER.replace("lock_timeout=60", "lock_timeout=60, mode='create'")
    acknowledged = [
        line for writer in [start(script, path, name, 5) for name in "abc"] for line in finish(writer)
    ]
    with closing(TinyStore(path)) as store:
        assert (store.version, len(acknowledged)) == (15, 15)


FORKING = """
import os, sys, threading
from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import StoreBusy
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc

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

with store._storage.batch():  # another thread in the middle of its commit, as a fork may find it
    store._storage.read().clear()
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
    script = "import warnings; warnings.simplefilter('ignore', DeprecationWarning)" + FORKING
    finish(start(script, path))


# Full and failing disks


@UNIX
def test_a_full_disk(path: Path, store: TinyStore) -> None:
    script = """
import resource, sys
from kontaktnat.errors import StoreDamaged
from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc

store = TinyStore(sys.argv[1], StoreOptions())
before = open(sys.argv[1], "rb").read()
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
for _ in range(2):
    try:
        add(store, "actor", doc("big", note="x" * 30_000))
    except StoreDamaged as error:
        print(error)
    assert open(sys.argv[1], "rb").read() == before
    assert store.find("actor") == [doc("first")]
assert add(store, "actor", doc("small")).number == 2
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert add(store, "actor", doc("big", note="x" * 30_000)).number == 3
"""
    lines = finish(start(script, path))
    assert len(lines) == 2
    assert all("nothing was saved" in line for line in lines)
    with closing(TinyStore(path)) as again:
        assert [one["id"] for one in again.find("actor")] == ["big", "first", "small"]


def fail(code: int) -> Callable[..., Any]:
    def failing(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return failing


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("name", ["open", "replace"])
def test_a_folder_that_takes_nothing(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, name: str, code: int
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, name, fail(code))
        message = refused(lambda: add(store, "actor", doc("a")))
        assert "nothing was saved" in message
        assert os.strerror(code) in message
    assert path.read_bytes() == before
    assert (store.version, store.get("actor", "a")) == (1, None)
    assert sorted(one.name for one in path.parent.iterdir()) == ["book.kn", "book.kn.lock"]
    assert add(store, "actor", doc("a")).number == 2


def test_a_folder_in_which_no_lock_can_be_made(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    (path.parent / "book.kn.lock").unlink()
    with closing(TinyStore(path)) as again:
        monkeypatch.setattr(os, "open", fail(errno.EACCES))
        refused(lambda: add(again, "actor", doc("a")))
        refused(lambda: TinyStore(path.with_name("new.kn"), CREATE))
        assert again.get("actor", "first")


def test_a_sync_that_fails_is_not_tried_again(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail(errno.EIO))
        assert "nothing was saved" in refused(lambda: add(store, "actor", doc("a")))
    monkeypatch.setattr(os, "fsync", lambda _: pytest.fail("tried again"))
    for _ in range(2):
        assert "open the book again" in refused(lambda: add(store, "actor", doc("a")))
    assert path.read_bytes() == before
    assert (store.version, [one["id"] for one in store.find("actor")]) == (1, ["first"])
    monkeypatch.undo()
    with closing(TinyStore(path)) as again:
        assert add(again, "actor", doc("a")).number == 2
    store.refresh()
    assert store.version == 2


@UNIX
def test_a_folder_whose_sync_fails_leaves_it_open(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", only_files)
        message = refused(lambda: add(store, "actor", doc("a")))
    assert "nothing was saved" not in message
    assert store.version == 2  # what the file holds, as far as anybody can tell
    refused(lambda: add(store, "actor", doc("b")))


def test_a_reader_that_holds_the_file(path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_use(*_: Any) -> None:
        error = PermissionError(errno.EACCES, "in use")
        error.winerror = 32  # type: ignore[attr-defined]
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("kontaktnat.store.files.PATIENCE", 0.05)
        patch.setattr(os, "replace", in_use)
        assert "nothing was saved" in refused(lambda: add(store, "actor", doc("a")), StoreBusy)
    assert add(store, "actor", doc("a")).number == 2


def test_an_interruption_leaves_all_as_it_was(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    for name, seen in (("fsync", 1), ("replace", 1), ("close", 2)):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, interrupt)
            with pytest.raises(KeyboardInterrupt):
                add(store, "actor", doc("a"))
        assert (store.version, len(store.find("actor"))) == (seen, seen)  # "close" comes after all is done
    assert add(store, "actor", doc("b")).number == 3


# Damage

HEADER = b'{"kontaktnat":{"schema":1,"saves":1},'
DAMAGED = {
    "empty": b"",
    "garbage": bytes(range(256)),
    "text": b"Kalmar; Nybro\n",
    "a list": b"[]",
    "other JSON": b'{"_default": {"1": {}}}',
    "no schema": b'{"kontaktnat":{},"tables":{}}',
    "schema as text": b'{"kontaktnat":{"schema":"1"},"tables":{}}',
    "no tables": HEADER + b'"tables":[]}',
    "a table as list": HEADER + b'"tables":{"actor":[]}}',
    "a document as text": HEADER + b'"tables":{"actor":{"1":"x"}}}',
    "no number": HEADER + b'"tables":{"actor":{"x":{"id":"a"}}}}',
    "no id": HEADER + b'"tables":{"actor":{"1":{}}}}',
    "an id twice": HEADER + b'"tables":{"actor":{"1":{"id":"a"},"2":{"id":"a"}}}}',
    "latin-1": HEADER + b'"tables":{"actor":{"1":{"id":"\xe5"}}}}',
}


@pytest.mark.parametrize("name", DAMAGED)
@pytest.mark.parametrize("mode", ["r", "rw", "create"])
def test_damage_is_told_and_left_alone(path: Path, name: str, mode: Any) -> None:
    path.write_bytes(DAMAGED[name])
    message = refused(lambda: TinyStore(path, StoreOptions(mode=mode)))
    assert str(path) in message
    assert "backup" in message
    assert path.read_bytes() == DAMAGED[name]


def test_a_cut_off_file_is_told(path: Path, store: TinyStore) -> None:
    whole = path.read_bytes()
    for length in (1, 40, len(whole) // 2, len(whole) - 2):
        path.write_bytes(whole[:length])
        refused(lambda: TinyStore(path))
        refused(lambda: add(store, "actor", doc("a")))
        refused(store.refresh)
        assert store.get("actor", "first")
    path.write_bytes(whole)
    assert add(store, "actor", doc("a")).number == 2


def test_a_damaged_entry_of_the_log_is_told(path: Path, store: TinyStore) -> None:
    path.write_bytes(path.read_bytes().replace(b'"at"', b'"to"'))
    store.refresh()
    assert "transaction 1" in refused(lambda: list(store.transactions()))


def test_a_file_that_vanishes_is_not_made_anew(path: Path, store: TinyStore) -> None:
    path.rename(path.with_name("moved"))
    refused(lambda: add(store, "actor", doc("a")))
    refused(store.refresh)
    assert store.get("actor", "first")
    assert not path.exists()
    path.with_name("moved").rename(path)
    assert add(store, "actor", doc("a")).number == 2


@UNIX
def test_an_unreadable_file(path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", fail(errno.EACCES))  # root may read everything
    assert "cannot be read" in refused(lambda: TinyStore(path))


# Links and systems


@UNIX
def test_a_linked_book_stays_a_link(tmp_path: Path, path: Path, store: TinyStore) -> None:
    link = tmp_path / "desk" / "my.kn"
    link.parent.mkdir()
    link.symlink_to(path)
    with closing(TinyStore(link, StoreOptions(lock_timeout=0))) as linked:
        assert add(linked, "actor", doc("a")).number == 2
        assert add(store, "actor", doc("b")).number == 3
        with store.writing():
            refused(lambda: add(linked, "actor", doc("c")), StoreBusy)
    assert link.is_symlink()
    assert [one.name for one in link.parent.iterdir()] == ["my.kn"]
    dangling = tmp_path / "dangling.kn"
    dangling.symlink_to("new.kn")
    with closing(TinyStore(dangling, CREATE)) as made:
        add(made, "actor", doc("a"))
    assert dangling.is_symlink()
    assert (tmp_path / "new.kn").is_file()


UNIX_ONLY = ("fcntl", "grp", "pwd", "resource", "termios")

WITHOUT_UNIX = """
import os, sys
import portalocker  # on Unix it cannot do without fcntl itself; Windows has its own half of it
import pytest

for name in sys.argv[3].split():
    sys.modules[name] = None
for name in ("O_DIRECTORY", "fchmod", "fchown", "chown", "fdatasync", "fork", "pread", "pwrite"):
    if hasattr(os, name):
        delattr(os, name)
options = ["-q", "-p", "no:cacheprovider", "-k", "TestTinyStore", "--basetemp", sys.argv[2]]
sys.exit(pytest.main([*options, sys.argv[1]]))
"""


def test_it_needs_no_unix_modules(tmp_path: Path) -> None:
    tests = Path(__file__).parents[1] / "unit" / "test_store_tiny.py"
    lines = finish(start(WITHOUT_UNIX, tests, tmp_path / "base", " ".join(UNIX_ONLY)))
    assert " passed" in lines[-1]
    assert "skipped" not in lines[-1]


def test_a_commit_of_everything_or_nothing_over_types(path: Path, store: TinyStore) -> None:
    before = path.read_bytes()
    with pytest.raises(KontaktnatError):
        store.commit(transaction(*created("contact", doc("a")), *created("actor", doc("first"))))
    assert path.read_bytes() == before
