"""Links, and systems that have not what Unix has."""

import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.features.store.faults import UNIX, finish, refused, start

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import KontaktnatError, StoreBusy
from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, created, doc, transaction


@UNIX
def test_a_linked_book_stays_a_link(
    tmp_path: Path, path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FLOOR", 0)
    link = tmp_path / "desk" / "my.kn"
    link.parent.mkdir()
    link.symlink_to(path)
    with closing(TinyStore(link, StoreOptions(lock_timeout=0))) as linked:
        assert add(linked, "actor", doc("a")).number == 2
        assert add(store, "actor", doc("b")).number == 3
        with store.writing():
            refused(lambda: add(linked, "actor", doc("c")), StoreBusy)
        with path.open("ab") as file:
            file.write(b'{"crc')
        assert add(linked, "actor", doc("c")).number == 4
    assert link.is_symlink()
    assert [one.name for one in link.parent.iterdir()] == ["my.kn"]
    assert path.with_name("book.kn.torn").exists()
    dangling = tmp_path / "dangling.kn"
    dangling.symlink_to("new.kn")
    with closing(TinyStore(dangling, StoreOptions(mode="create"))) as made:
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
options = ["-q", "-p", "no:cacheprovider", "--basetemp", sys.argv[2]]
sys.exit(pytest.main([*options, sys.argv[1]]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there it is so")
def test_it_needs_no_unix_modules(tmp_path: Path) -> None:
    tests = Path(__file__).parents[2] / "unit" / "test_store_tiny.py"
    lines = finish(start(WITHOUT_UNIX, tests, tmp_path / "base", " ".join(UNIX_ONLY)))
    assert " passed" in lines[-1]
    assert "skipped" not in lines[-1]


def test_a_commit_of_everything_or_nothing_over_types(path: Path, store: TinyStore) -> None:
    before = path.read_bytes()
    with pytest.raises(KontaktnatError):
        store.commit(transaction(*created("contact", doc("a")), *created("actor", doc("first"))))
    assert path.read_bytes() == before


def test_ten_megabytes_at_once(path: Path, store: TinyStore) -> None:
    big = [doc(f"{n:04}", note="å" * 5000) for n in range(1000)]
    add(store, "actor", *big)
    assert path.stat().st_size > 20_000_000  # once in the log, once in the snapshot
    with closing(TinyStore(path)) as again:
        assert again.find("actor")[:-1] == big
        assert [len(one.changes) for one in again.transactions()] == [1, 1000]
        assert [one.number for one in again.transactions(record="0500")] == [2]


def test_a_table_that_is_emptied_and_filled_again(path: Path, store: TinyStore) -> None:
    from kontaktnat.descriptors import Change

    for _ in range(3):
        store.commit(transaction(Change(type="actor", id="first", before=doc("first"))))
        with closing(TinyStore(path)) as again:
            assert again.find("actor") == store.find("actor") == []
            add(again, "actor", doc("first"))
        store.refresh()
        assert store.find("actor") == [doc("first")]
    assert store.version == 7
