"""The store in memory keeps every promise but that of keeping."""

import pytest

from kontaktnat.descriptors import Store, StoreOptions
from kontaktnat.errors import Usage
from kontaktnat.store.memory import MemoryStore
from kontaktnat.testing import StoreContract
from kontaktnat.testing.store_contract import add, doc


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
