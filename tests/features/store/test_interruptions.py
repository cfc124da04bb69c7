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


@pytest.mark.parametrize("floor", [0, 1 << 16])
def test_a_commit_that_is_interrupted(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, floor: int
) -> None:
    monkeypatch.setattr(journal, "FLOOR", floor)
    after, seen = 1, {True: 0, False: 0}
    while interrupted(lambda: add(store, "actor", doc(f"a{after}")), after):  # noqa: B023
        assert_as_the_file(store, path)
        saved = store.get("actor", f"a{after}") is not None
        seen[saved] += 1
        if not saved:
            add(store, "actor", doc(f"b{after}"))
            assert_as_the_file(store, path)
        after += 1
    assert after > 50
    assert all(seen.values())  # some were saved, some were not


def test_catching_up_that_is_interrupted(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    after, more = 1, True
    while more:
        monkeypatch.setattr(journal, "FLOOR", 0 if after % 2 else 1 << 16)
        with closing(TinyStore(path)) as behind:
            for name in "ab":
                add(store, "actor", doc(f"{name}{after}"))
            more = interrupted(behind.refresh, after)
            assert_as_the_file(behind, path)
            assert behind.version == store.version
        after += 1
    assert after > 40


def test_tinydb_that_is_interrupted(path: Path) -> None:
    with open_tinydb(path) as db, open_tinydb(path) as other:
        after = 1
        while interrupted(lambda: db.insert({"n": after}), after):  # noqa: B023
            assert db.all() == other.all()
            after += 1
        assert len({one.doc_id for one in db}) == len(db) > 10
