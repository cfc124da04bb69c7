"""The store in memory keeps every promise but that of keeping."""

import json
from typing import Any

import pytest

from kontaktnat.descriptors import Store, StoreOptions
from kontaktnat.errors import StoreDamaged, Usage
from kontaktnat.query import F
from kontaktnat.store.memory import MemoryStore
from kontaktnat.testing import StoreContract
from kontaktnat.testing.store_contract import add, doc, edit


class TestMemoryStore(StoreContract):
    def make_store(self, options: StoreOptions) -> Store:
        return MemoryStore(options)


def test_each_is_a_world_of_its_own() -> None:
    one, other = MemoryStore(), MemoryStore()
    add(one, "actor", doc("a"))
    assert other.find("actor") == []


def test_closed_it_is_not_used_any_more() -> None:
    store = MemoryStore()
    store.close()
    with pytest.raises(Usage):
        store.get("actor", "a")
    with pytest.raises(Usage):
        add(store, "actor", doc("a"))


def test_a_snapshot_is_plain_json_and_all_there_is() -> None:
    store, other = MemoryStore(), MemoryStore()
    add(store, "actor", doc("a", name="Å", deep=[{}]), doc("b"))
    edit(store, "actor", doc("b"), name="skola")
    kept = store.snapshot()
    add(other, "contact", doc("c", name="gone"))
    assert list(other.search("gone"))
    other.restore(json.loads(json.dumps(kept)))
    assert (other.version, other.find("actor"), other.find("contact")) == (2, store.find("actor"), [])
    assert list(other.transactions()) == list(store.transactions())
    assert (list(other.search("gone")), list(other.search("skolor"))) == ([], [("actor", "b")])
    assert edit(other, "actor", {"id": "b", "rev": 2, "name": "skola"}, n=1)["rev"] == 3
    assert other.find("actor", F("n").is_(1))
    assert kept == store.snapshot(), "a copy: what others do with it changes nothing"
    kept["documents"]["actor"][0]["name"] = "x"
    assert store.get("actor", "a") == doc("a", name="Å", deep=[{}])


@pytest.mark.parametrize(
    "kept",
    [{}, {"documents": {}}, {"documents": [], "transactions": []},
     {"documents": {"actor": [{}]}, "transactions": []}, {"documents": {}, "transactions": [{}]},
     {"documents": {}, "transactions": [[{"by": "anna"}, []]]},
     {"documents": {}, "transactions": [[{"number": 1, "at": "2026-11-12", "by": "anna"}, [{"kind": "x"}]]]}],
)  # fmt: skip
def test_what_is_no_snapshot_changes_nothing(kept: Any) -> None:
    store = MemoryStore()
    add(store, "actor", doc("a"))
    with pytest.raises(StoreDamaged) as caught:
        store.restore(kept)
    assert "\n" not in caught.value.message()
    assert (store.version, store.find("actor")) == (1, [doc("a")])
