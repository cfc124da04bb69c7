"""Rewriting a book without somebody's values: no copy of them is left in the file."""

import errno
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.descriptors import Change, StoreOptions, Transaction
from kontaktnat.errors import Refused, StoreBusy, StoreDamaged
from kontaktnat.query import F
from kontaktnat.store import journal
from kontaktnat.store.repair import examined
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, created, doc, edit, transaction

CANARY = "kanarie7q"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.kn"


@pytest.fixture
def store(path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TinyStore]:
    """What is to go stands in the archive, the snapshot, the tail and in a label."""
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store:
        add(store, "contact", doc("c1", name=CANARY), doc("c2", name="Bo"))
        monkeypatch.setattr(journal, "FLOOR", 0)
        edit(store, "contact", doc("c1", name=CANARY), note=f"{CANARY} ringde")
        monkeypatch.undo()
        edit(store, "contact", doc("c2", name="Bo"), note="kvar")
        store.commit(transaction(*created("role", doc("r1", title=CANARY)), label=f"hatt för {CANARY}"))
        assert path.read_text("utf-8").count(CANARY) > 5
        yield store


def scrub(type: str, doc: dict[str, Any]) -> dict[str, Any] | None:
    if doc["id"] == "r1":
        return None
    return {name: "" if CANARY in str(value) else value for name, value in doc.items()}


def erase(store: Any, head: Any = dict) -> Transaction:
    receipt = transaction(*created("setting", doc("erasure.1")), label="gallring")
    done: Transaction = store.erase(scrub, head, receipt)
    return done


def relabelled(head: Any) -> Any:
    return {**head, "label": head.get("label", "").replace(CANARY, "…")}


def test_no_copy_is_left(path: Path, store: TinyStore) -> None:
    assert store.find("contact", F("name").is_(CANARY))
    assert erase(store, relabelled).number == 5
    assert CANARY not in path.read_text("utf-8")
    with closing(TinyStore(path)) as again:
        for one in (store, again):
            assert one.find("contact", F("name").is_(CANARY)) == []
            assert [each["name"] for each in one.find("contact")] == ["", "Bo"]
            assert one.get("role", "r1") is None
            log = list(one.transactions())
            assert [each.number for each in log] == [1, 2, 3, 4, 5]
            assert [each.label for each in log] == ["", "", "", "hatt för …", "gallring"]
            assert log[0].changes[0].after == {"id": "c1", "rev": 1, "name": ""}
            assert log[2].changes[0].after == {"id": "c2", "rev": 2, "name": "Bo", "note": "kvar"}
            assert log[3].changes == ()
            assert one.get("setting", "erasure.1") == doc("erasure.1")
            assert one.version == 5
    assert examined(str(path)) == []
    assert add(store, "role", doc("r1")).number == 6


def test_other_handles_see_it(path: Path, store: TinyStore) -> None:
    with closing(TinyStore(path)) as other:
        log = other.transactions()
        erase(store)
        other.refresh()
        assert other.get("contact", "c1") == {"id": "c1", "rev": 2, "name": "", "note": ""}
        assert [one.number for one in other.transactions()] == [1, 2, 3, 4, 5]
        assert [one.number for one in log] == [1, 2, 3, 4]  # begun before: it reads the old file to its end
        assert add(other, "contact", doc("c3")).number == 6


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_what_fails_leaves_all_as_it_was(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before = path.read_bytes()

    def fail(*_: Any, **__: Any) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(StoreDamaged):
            erase(store)
    assert path.read_bytes() == before
    assert [each["name"] for each in store.find("contact")] == [CANARY, "Bo"]


def test_who_may_not_write_erases_nothing(path: Path, store: TinyStore) -> None:
    before = path.read_bytes()
    with closing(TinyStore(path, StoreOptions(mode="r"))) as reader, pytest.raises(Refused):
        erase(reader)
    with (
        closing(TinyStore(path, StoreOptions(lock_timeout=0))) as other,
        store.writing(),
        pytest.raises(StoreBusy),
    ):
        erase(other)
    assert path.read_bytes() == before


def test_a_damaged_archive_is_not_rewritten(path: Path, store: TinyStore) -> None:
    whole = path.read_bytes()
    at = whole.index(CANARY.encode())
    path.write_bytes(whole[:at] + b"X" + whole[at + 1 :])
    before = path.read_bytes()
    with pytest.raises(StoreDamaged):
        erase(store)
    assert path.read_bytes() == before


def test_a_change_that_python_calls_none_stays_in_the_log(store: TinyStore) -> None:
    add(store, "note", doc("n1", n=1))
    changed = Change(type="note", id="n1", before=doc("n1", n=1), after=doc("n1", n=True))
    store.commit(transaction(changed))
    erase(store)
    (change,) = list(store.transactions())[-2].changes
    assert (change.before, change.after) == (doc("n1", n=1), doc("n1", n=True))
    assert change.after is not None
    assert change.after["n"] is True
