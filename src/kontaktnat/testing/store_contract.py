"""What every Store promises, as tests to inherit: see `kontaktnat.descriptors.Store`.

class TestMyStore(PersistentStoreContract):
    @pytest.fixture(autouse=True)
    def place(self, tmp_path):
        self.path = tmp_path / "book"

    def make_store(self, options):
        return MyStore(self.path, options)
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from kontaktnat.descriptors import Store, StoreOptions
from kontaktnat.errors import Conflict, KontaktnatError, StoreBusy
from kontaktnat.query import F
from kontaktnat.testing.store_given import add, created, doc, edit, ids, transaction
from kontaktnat.testing.store_reads import Reads
from kontaktnat.testing.store_turns import Turns
from kontaktnat.testing.store_writes import Writes

__all__ = [
    "PersistentStoreContract", "StoreContract", "add", "created", "doc", "edit", "ids", "transaction",
]  # fmt: skip


class StoreContract(Reads, Writes, Turns):
    """For every store. Override `make_store`; each test has one store, opened in mode "create"."""


class PersistentStoreContract(StoreContract):
    """For stores that keep documents: every `make_store` of one test opens the same place."""

    @pytest.fixture
    def other(self, store: Store) -> Iterator[Store]:  # noqa: ARG002 - the first handle makes the place
        """A second handle on the same place, as another process would have it; it does not wait long."""
        with closing(self.make_store(StoreOptions(mode="rw", lock_timeout=0.1))) as other:
            yield other

    def test_reopened_it_is_all_there(self, store: Store) -> None:
        add(store, "actor", doc("a", name="Å"))
        edit(store, "actor", doc("a", name="Å"), name="Ö")
        before = list(store.transactions())
        store.close()
        for mode in ("create", "rw", "r"):
            with closing(self.make_store(StoreOptions(mode=mode))) as again:
                assert again.get("actor", "a") == {"id": "a", "rev": 2, "name": "Ö"}
                assert list(again.transactions()) == before
                assert again.version == 2

    def test_another_handle_sees_after_refresh(self, store: Store, other: Store) -> None:
        add(store, "actor", doc("a"))
        assert other.find("actor") == []
        other.refresh()
        assert (other.version, other.find("actor")) == (1, [doc("a")])
        with closing(self.make_store(StoreOptions(mode="r"))) as reader:
            edit(store, "actor", doc("a"), name="x")
            reader.refresh()
            assert reader.find("actor", F("name").is_("x"))

    def test_a_commit_catches_up_itself(self, store: Store, other: Store) -> None:
        add(store, "actor", doc("a"))
        assert add(other, "actor", doc("b")).number == 2
        assert ids(other.find("actor")) == "a b"
        assert add(store, "actor", doc("c")).number == 3
        assert ids(store.find("actor")) == "a b c"

    def test_writing_has_seen_all(self, store: Store, other: Store) -> None:
        add(store, "actor", doc("a"))
        with other.writing():
            assert other.get("actor", "a") == doc("a")

    def test_search_sees_what_another_handle_committed(self, store: Store, other: Store) -> None:
        add(store, "actor", doc("a", name="skola"), doc("b", name="skola"))
        other.refresh()
        assert list(other.search("skolor")) == [("actor", "a"), ("actor", "b")]
        edit(store, "actor", doc("a", name="skola"), name="park")
        add(store, "actor", doc("c", name="Skolornas"))
        assert list(other.search("skolor")) == [("actor", "a"), ("actor", "b")]
        other.refresh()
        assert list(other.search("skolor")) == [("actor", "b"), ("actor", "c")]
        edit(store, "actor", doc("b", name="skola"), name="torg")
        add(other, "actor", doc("d", name="Skolorna"))
        assert list(other.search("skolor")) == [("actor", "c"), ("actor", "d")]
        assert list(store.search("torg")) == [("actor", "b")]

    def test_a_stale_rev_across_handles_is_refused(self, store: Store, other: Store) -> None:
        add(store, "actor", doc("a", name="x"))
        other.refresh()
        edit(store, "actor", doc("a", name="x"), name="y")
        with pytest.raises(Conflict) as caught:
            edit(other, "actor", doc("a", name="x"), note="mine")
        assert caught.value.fields["changed"] == ["name"]
        with pytest.raises(Conflict):
            add(other, "actor", doc("a"))
        assert other.get("actor", "a") == {"id": "a", "rev": 2, "name": "y"}

    def test_busy_while_another_writes(self, store: Store, other: Store) -> None:
        add(store, "actor", doc("a"))
        with store.writing():
            with pytest.raises(StoreBusy), other.writing():
                pass
            with pytest.raises(StoreBusy):
                add(other, "actor", doc("b"))
            other.refresh()
            assert ids(other.find("actor")) == "a"
        assert add(other, "actor", doc("b")).number == 2

    def test_waits_for_another_to_finish(self, store: Store) -> None:
        with closing(self.make_store(StoreOptions(lock_timeout=30.0))) as patient:
            writer = threading.Thread(target=lambda: add(patient, "actor", doc("b")))
            with store.writing():
                writer.start()
                writer.join(0.05)
                assert writer.is_alive()
                add(store, "actor", doc("a"))
            writer.join()
            store.refresh()
            assert [one.changes[0].id for one in store.transactions()] == ["a", "b"]

    def test_errors_are_one_line(self, store: Store, other: Store) -> None:
        with store.writing(), pytest.raises(KontaktnatError) as caught:
            add(other, "actor", doc("a"))
        assert caught.value.message()
        assert "\n" not in caught.value.message()
