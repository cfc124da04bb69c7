"""What a store promises to threads, and when it is opened and closed."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from kontaktnat.descriptors import Store, StoreOptions
from kontaktnat.errors import Refused
from kontaktnat.testing.store_given import (
    Opens,
    add,
    caught,
    doc,
    ids,
    in_thread,
)


class Turns(Opens):
    """Turns, opening and closing."""

    def test_turns_are_re_entrant(self, store: Store) -> None:
        with store.reading(), store.writing(), store.reading(), store.writing():
            add(store, "actor", doc("a"))
            assert store.get("actor", "a") == doc("a")
        with store.writing():
            add(store, "actor", doc("b"))
            add(store, "actor", doc("c"))
        assert ids(store.find("actor")) == "a b c"

    def test_a_turn_ends_when_an_error_leaves_it(self, store: Store) -> None:
        with pytest.raises(ZeroDivisionError), store.writing():
            raise ZeroDivisionError
        assert in_thread(lambda: add(store, "actor", doc("a"))) is None
        assert store.version == 1

    def test_inside_reading_all_is_one_state(self, store: Store) -> None:
        add(store, "actor", doc("a"))
        writer = threading.Thread(target=lambda: add(store, "actor", doc("b")))
        with store.reading():
            writer.start()
            writer.join(0.05)
            assert ids(store.find("actor")) == "a"
            assert store.get("actor", "b") is None
        writer.join()
        assert ids(store.find("actor")) == "a b"

    def test_threads_lose_nothing(self, store: Store) -> None:
        problems: list[BaseException | None] = []

        def work(name: str) -> None:
            for n in range(25):
                add(store, "actor", doc(f"{name}{n}"))
                assert store.get("actor", f"{name}{n}")

        threads = [
            threading.Thread(target=lambda name=name: problems.append(caught(lambda: work(name))))
            for name in "abcdefgh"
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == [None] * 8
        assert len(store.find("actor")) == 200
        assert [one.number for one in store.transactions()] == list(range(1, 201))

    # Opening and closing

    @pytest.mark.usefixtures("store")
    def test_read_only_refuses(self) -> None:
        with closing(self.make_store(StoreOptions(mode="r"))) as reader:
            assert not reader.writable
            with pytest.raises(Refused):
                add(reader, "actor", doc("a"))
            with pytest.raises(Refused), reader.writing():
                pass
            assert (reader.version, reader.find("actor")) == (0, [])

    def test_refresh_where_nothing_happened(self, store: Store) -> None:
        add(store, "actor", doc("a"))
        store.refresh()
        assert (store.version, ids(store.find("actor"))) == (1, "a")

    def test_close_twice(self, store: Store) -> None:
        add(store, "actor", doc("a"))
        store.close()
        store.close()
