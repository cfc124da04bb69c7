"""Ctrl-C at any line of a commit: what is in memory is what is in the file, whatever that is."""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore, open_tinydb
from kontaktnat.testing.store_contract import add, doc

# An interruption may come before a file that was opened is in the hands of its `with`.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def interrupted(work: Callable[[], Any], after: int) -> bool:
    """Whether an interruption came, which is after so many lines of the store's rooms."""
    left = after

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal left
        if "/kontaktnat/store/" not in frame.f_code.co_filename.replace("\\", "/"):
            return None
        if frame.f_code.co_filename.endswith("locks.py"):
            return None  # whose turns Python itself cannot end at any line
        if event == "line":
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


def assert_as_the_file(store: TinyStore, path: Path) -> None:
    with closing(TinyStore(path)) as fresh:
        for _ in range(2):
            assert store.find("actor") == [store.get("actor", one["id"]) for one in store.find("actor")]
            assert list(store.transactions())[: store.version] == list(fresh.transactions())[: store.version]
            assert len(store.find("actor")) == store.version
            store.refresh()
        assert (store.version, store.find("actor")) == (fresh.version, fresh.find("actor"))


@pytest.fixture
def fresh(path: Path, store: TinyStore) -> Callable[[], TinyStore]:
    """Opens the same book again and again, whatever was made of it."""
    add(store, "actor", doc("second"))
    data = path.read_bytes()

    def opened() -> TinyStore:
        path.unlink()
        path.write_bytes(data)
        return TinyStore(path)

    return opened


@pytest.mark.parametrize("floor", [0, 1 << 16])
def test_a_commit_that_is_interrupted(
    path: Path, fresh: Callable[[], TinyStore], monkeypatch: pytest.MonkeyPatch, floor: int
) -> None:
    monkeypatch.setattr(journal, "FLOOR", floor)
    after, more, saved = 0, True, set()
    while more:
        after += 1
        with closing(fresh()) as store:
            more = interrupted(lambda: add(store, "actor", doc("a")), after)
            assert_as_the_file(store, path)
            saved.add(store.version)
            add(store, "actor", doc("b"))
            assert_as_the_file(store, path)
    assert after > 50
    assert saved == {2, 3}


@pytest.mark.parametrize("floor", [0, 1 << 16])
def test_catching_up_that_is_interrupted(
    path: Path, fresh: Callable[[], TinyStore], monkeypatch: pytest.MonkeyPatch, floor: int
) -> None:
    monkeypatch.setattr(journal, "FLOOR", floor)
    after, more = 0, True
    while more:
        after += 1
        with closing(fresh()) as behind, closing(TinyStore(path)) as other:
            for id in "ab":
                add(other, "actor", doc(id))
            more = interrupted(behind.refresh, after)
            assert_as_the_file(behind, path)
            assert behind.version == 4
    assert after > 40


def test_tinydb_that_is_interrupted(path: Path, fresh: Callable[[], TinyStore]) -> None:
    after, more = 0, True
    while more:
        after += 1
        fresh()
        with open_tinydb(path) as db, open_tinydb(path) as other:
            db.insert({"n": 0})
            more = interrupted(lambda: db.insert({"n": 1}), after)
            assert db.all() == other.all()
            db.insert({"n": 2})
            assert other.all() == db.all()
            assert len({one.doc_id for one in db}) == len(db)
    assert after > 50
