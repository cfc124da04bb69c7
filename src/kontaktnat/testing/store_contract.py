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
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kontaktnat.descriptors import Change, Store, StoreOptions, Transaction
from kontaktnat.errors import Conflict, Invalid, KontaktnatError, Refused, StoreBusy
from kontaktnat.query import F

NOON = datetime(2026, 11, 12, 12, 0, 30, tzinfo=UTC)


def doc(id: str, **fields: Any) -> dict[str, Any]:
    """A document of revision 1."""
    return {"id": id, "rev": 1, **fields}


def created(type: str, *docs: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(Change(type=type, id=one["id"], after=one) for one in docs)


def transaction(*changes: Change, **fields: Any) -> Transaction:
    return Transaction(**{"at": NOON, "by": "anna", **fields}, changes=changes)


def add(store: Store, type: str, *docs: dict[str, Any]) -> Transaction:
    """Commit new documents."""
    return store.commit(transaction(*created(type, *docs)))


def edit(store: Store, type: str, before: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Commit an edit of a document as it was read; returns what it became."""
    after = {**before, **fields, "rev": before["rev"] + 1}
    store.commit(transaction(Change(type=type, id=before["id"], before=before, after=after)))
    return after


def ids(docs: list[dict[str, Any]]) -> str:
    return " ".join(one["id"] for one in docs)


class StoreContract:
    """For every store. Override `make_store`; each test has one store, opened in mode "create"."""

    def make_store(self, options: StoreOptions) -> Store:
        """Open this test's store."""
        raise NotImplementedError

    @pytest.fixture
    def store(self) -> Iterator[Store]:
        """An empty store, closed after the test."""
        with closing(self.make_store(StoreOptions(mode="create"))) as store:
            yield store

    # Reading

    def test_an_empty_store(self, store: Store) -> None:
        assert (store.version, store.writable) == (0, True)
        assert store.get("actor", "a") is None
        assert store.find("actor") == []
        assert list(store.search("a")) == []
        assert list(store.transactions()) == []

    def test_get_by_type_and_id(self, store: Store) -> None:
        deep = doc(
            "a", name="Åsa Öberg", ways=[{"kind": "mail", "value": "å@example.se"}], extra={"p.n": 1.5}
        )
        add(store, "contact", deep, doc("b", note=None, big=2**63 - 1, yes=True))
        assert store.get("contact", "a") == deep
        assert store.get("contact", "b") == doc("b", note=None, big=2**63 - 1, yes=True)
        assert store.get("actor", "a") is None
        assert store.get("contact", "c") is None

    def test_the_same_id_in_two_types(self, store: Store) -> None:
        store.commit(
            transaction(*created("actor", doc("a", name="x")), *created("contact", doc("a", name="y")))
        )
        assert [store.find(type)[0]["name"] for type in ("actor", "contact")] == ["x", "y"]

    def test_what_comes_out_is_a_copy(self, store: Store) -> None:
        given = doc("a", tags=["x"])
        add(store, "actor", given)
        logged = next(store.transactions()).changes[0].after
        assert logged is not None
        for mine in (given, store.get("actor", "a"), *store.find("actor"), logged):
            mine["tags"].append("y")  # type: ignore[index]
        assert store.get("actor", "a") == doc("a", tags=["x"])
        assert store.find("actor") == [doc("a", tags=["x"])]
        assert next(store.transactions()).changes[0].after == doc("a", tags=["x"])

    def test_find_orders_by_fields_and_last_by_id(self, store: Store) -> None:
        add(
            store,
            "actor",
            doc("c", name="Örebro", n=10),
            doc("d", name="Åre", n=9),
            doc("b", name="zink", n=9),
            doc("a", name="Zink"),
        )
        assert ids(store.find("actor")) == "a b c d"
        assert ids(store.find("actor", order=["n"])) == "b d c a"
        assert ids(store.find("actor", order=["n", "name"])) == "b d c a"
        assert ids(store.find("actor", order=["name"])) in ("a b d c", "b a d c")

    def test_find_limits_after_ordering(self, store: Store) -> None:
        add(store, "actor", *(doc(id, n=n) for n, id in enumerate("dcba")))
        assert ids(store.find("actor", limit=2)) == "a b"
        assert ids(store.find("actor", order=["n"], limit=3)) == "d c b"
        assert ids(store.find("actor", F("n").gt(0), limit=9)) == "a b c"
        assert store.find("actor", limit=0) == []

    def test_find_by_conditions(self, store: Store) -> None:
        add(
            store,
            "actor",
            doc("a", name="Nybro kommun", kind="municipality", since="2020-01-01", tags=["x", "y"]),
            doc(
                "b",
                name="Åsa skola",
                kind="school",
                since="2021-01-01",
                parts=[{"role": "r1"}, {"actor": "a"}],
            ),
            doc("c", name="Asarums IF", kind="club", tags=[]),
        )

        def found(condition: Any) -> str:
            return ids(store.find("actor", condition))

        assert found(F("kind").is_("school")) == "b"
        assert found(F("kind").in_(["school", "club"])) == "b c"
        assert found(F("tags").is_("y")) == "a"
        assert found(F("tags").is_(["x", "y"])) == ""  # one of the list is compared, not all of it
        assert found(F("parts.role").is_("r1")) == "b"
        assert found(F("since").is_(None)) == "c"
        assert found(F("name").contains("asa")) == "b c"
        assert found(F("name").contains("Åsa")) == "b"
        assert found(F("since").lt("2021-01-01")) == "a"
        assert found(F("since").le("2021-01-01")) == "a b"
        assert found(F("since").gt("2020-01-01")) == "b"
        assert found(F("since").ge("2020-01-01")) == "a b"
        assert found(F("since").ge(2020)) == ""
        assert found(F("kind").is_("club") | F("tags").is_("x")) == "a c"
        assert found(F("since").ge("2020") & ~F("kind").is_("school")) == "a"
        assert found(~(F("kind").is_("club") | F("kind").is_("school"))) == "a"

    def test_search_every_word_anywhere(self, store: Store) -> None:
        add(
            store,
            "contact",
            doc("b", name="Åsa Öberg", note="skola"),
            doc("a", name="Asa Berg", tags=["SKOLA"]),
        )
        add(store, "actor", doc("z", names=[{"name": "Åsa skola"}]))
        add(store, "setting", doc("s", value="Åsa skola"))
        every = [("actor", "z"), ("contact", "a"), ("contact", "b")]
        assert list(store.search("asa skola")) == every
        assert list(store.search("SKOLA asa")) == every
        assert list(store.search("åsa")) == [("actor", "z"), ("contact", "b")]
        assert list(store.search("skola ingen")) == []

    def test_search_parts_of_words_and_swedish_stems(self, store: Store) -> None:
        add(store, "actor", doc("a", name="Föreningen Trygg (Nybro)"), doc("b", name="Foreningar", n=1))
        add(store, "contact", doc("a", note="Ringer om skola,\nnattvandring"), doc("c", name="Skoog"))

        def found(text: str) -> str:
            return " ".join(f"{type}.{id}" for type, id in store.search(text))

        assert found("föreningarna") == "actor.a"
        assert found("foreningarna") == "actor.a actor.b"
        assert found("skolor") == found("vandring") == found("(skolor)") == "contact.a"
        assert found("skolor nattvandringar") == found("natt sko") == "contact.a"
        assert found("sko") == "contact.a contact.c"
        assert found("för nyb") == "actor.a"
        assert found("föreningarna skolor") == found("trygg nybro park") == ""
        assert found("omskolan") == found("åringer") == found("skölor") == ""

    def test_search_sees_every_commit(self, store: Store) -> None:
        first = doc("b", name="Åsa", note="skola")
        add(store, "contact", first, doc("d", note="skolornas"))
        assert list(store.search("skolor")) == [("contact", "b"), ("contact", "d")]
        second = edit(store, "contact", first, note="förening")
        assert list(store.search("skola")) == [("contact", "d")]
        assert list(store.search("åsa föreningar")) == [("contact", "b")]
        add(store, "contact", doc("c", note="Skolorna"), doc("e", note="annat"))
        add(store, "actor", doc("z", name="skola"))
        add(store, "setting", doc("s", value="skola"))
        assert list(store.search("skola")) == [("actor", "z"), ("contact", "c"), ("contact", "d")]
        with pytest.raises(Conflict):
            edit(store, "contact", first, note="skola")
        store.commit(transaction(Change(type="contact", id="c", before=doc("c", note="Skolorna"))))
        again = {"id": "b", "rev": 3, "note": "skola"}
        store.commit(transaction(Change(type="contact", id="b", before=second, after=again)))
        assert list(store.search("skola")) == [("actor", "z"), ("contact", "b"), ("contact", "d")]
        assert list(store.search("åsa")) == []

    # Committing

    def test_commit_numbers_from_one_and_returns_it(self, store: Store) -> None:
        given = transaction(*created("actor", doc("a")), label="första", undoes=7, reveals=("x",))
        done = store.commit(given)
        assert (done.number, done.label, done.undoes, done.changes) == (1, "första", 7, given.changes)
        assert add(store, "actor", doc("b")).number == 2
        assert store.version == 2

    def test_edit_and_delete(self, store: Store) -> None:
        add(store, "actor", doc("a", name="x"), doc("b"))
        last = edit(store, "actor", doc("a", name="x"), name="y")
        assert store.get("actor", "a") == {"id": "a", "rev": 2, "name": "y"}
        store.commit(transaction(Change(type="actor", id="a", before=last)))
        assert store.get("actor", "a") is None
        assert ids(store.find("actor")) == "b"
        add(store, "actor", doc("a", name="again"))
        assert store.find("actor", F("name").is_("again")) == [doc("a", name="again")]

    def test_new_edited_and_deleted_in_one_transaction(self, store: Store) -> None:
        add(store, "actor", doc("a"), doc("b"), doc("c"))
        later = {"id": "c", "rev": 2}
        edited = Change(type="actor", id="c", before=doc("c"), after=later)
        deleted = Change(type="actor", id="b", before=doc("b"))
        store.commit(transaction(*created("actor", doc("d")), edited, deleted, *created("actor", doc("e"))))
        assert store.find("actor") == [doc("a"), later, doc("d"), doc("e")]
        add(store, "actor", doc("b"), doc("f"))
        assert ids(store.find("actor")) == "a b c d e f"

    def test_a_transaction_without_changes(self, store: Store) -> None:
        store.commit(transaction(reveals=("a",), label="reveal: brev"))
        found = next(store.transactions())
        assert (found.changes, found.reveals, found.label) == ((), ("a",), "reveal: brev")

    def test_several_changes_of_one_record(self, store: Store) -> None:
        first, second = doc("a", n=1), {"id": "a", "rev": 2, "n": 2}
        change = Change(type="actor", id="a", before=first, after=second)
        store.commit(transaction(*created("actor", first), change))
        assert store.get("actor", "a") == second

    def test_a_second_record_of_one_id_is_refused(self, store: Store) -> None:
        add(store, "actor", doc("a", n=1))
        with pytest.raises(Conflict) as caught:
            add(store, "actor", doc("a", n=2))
        assert (caught.value.fields["type"], caught.value.fields["id"]) == ("actor", "a")
        assert store.get("actor", "a") == doc("a", n=1)

    def test_a_stale_rev_is_refused_naming_the_fields(self, store: Store) -> None:
        read = doc("a", name="x", note="n", place="0881")
        add(store, "actor", read)
        edit(store, "actor", read, name="y", place="0880")
        with pytest.raises(Conflict) as caught:
            edit(store, "actor", read, note="mine")
        assert caught.value.fields["changed"] == ["name", "place"]
        assert "name, place" in caught.value.message()
        assert store.get("actor", "a") == {**read, "rev": 2, "name": "y", "place": "0880"}

    def test_an_edit_of_what_is_gone_is_refused(self, store: Store) -> None:
        add(store, "actor", doc("a"))
        store.commit(transaction(Change(type="actor", id="a", before=doc("a"))))
        with pytest.raises(Conflict):
            edit(store, "actor", doc("a"))
        with pytest.raises(Conflict):
            store.commit(transaction(Change(type="actor", id="a", before=doc("a"))))

    def test_all_or_nothing(self, store: Store) -> None:
        add(store, "actor", doc("a"))
        for bad in (doc("a"), doc("c", what=object()), doc("c", what=float("nan")), doc("c", name="\ud800")):
            with pytest.raises((Conflict, Invalid)):
                store.commit(transaction(*created("contact", doc("b")), *created("actor", bad)))
            assert store.get("contact", "b") is None
            assert ids(store.find("actor")) == "a"
            assert (store.version, len(list(store.transactions()))) == (1, 1)
        assert add(store, "contact", doc("b")).number == 2

    # The log

    def test_transactions_come_back_as_they_went_in(self, store: Store) -> None:
        at = datetime(2026, 3, 29, 3, 0, 0, 123456, tzinfo=UTC)
        first = add(store, "actor", doc("a", name="Å"))
        change = Change(type="actor", id="a", before=doc("a", name="Å"), after={"id": "a", "rev": 2})
        second = store.commit(transaction(change, at=at, by="bo", label="l", undoes=1, reveals=("q", "r")))
        third = store.commit(transaction(Change(type="actor", id="a", before={"id": "a", "rev": 2})))
        assert list(store.transactions()) == [first, second, third]
        assert second.at - list(store.transactions())[1].at == timedelta(0)

    def test_transactions_since_and_of_a_record(self, store: Store) -> None:
        add(store, "actor", doc("a"))
        add(store, "actor", doc("b"), doc("c"))
        edit(store, "actor", doc("b"), name="x")
        store.commit(transaction(reveals=("a",)))

        def numbers(*arguments: Any) -> list[int]:
            return [one.number for one in store.transactions(*arguments)]

        assert numbers() == numbers(-1) == [1, 2, 3, 4]
        assert numbers(2) == [3, 4]
        assert numbers(4) == []
        assert numbers(0, "b") == [2, 3]
        assert numbers(0, "a") == [1, 4]
        assert numbers(2, "b") == [3]
        assert numbers(0, "z") == []

    def test_iterators_are_of_the_moment_of_the_call(self, store: Store) -> None:
        add(store, "actor", doc("a", name="x"))
        log, hits = store.transactions(), store.search("x")
        add(store, "actor", doc("b", name="x"))
        assert [one.number for one in log] == [1]
        assert list(hits) == [("actor", "a")]

    def test_texts_and_numbers_of_every_kind_come_back(self, store: Store) -> None:
        deep: Any = "x"
        for _ in range(200):
            deep = [deep]
        for id in ("a\nb", "\u2028", '{"crc":"', "\0", "å\\", "𝄞", " "):
            given = doc(id, name=id, deep=deep, big=2**64 - 1, least=-(2**63), **{id: [{}, [], "", None]})
            store.commit(transaction(*created("actor", given), label=id, reveals=(id + "r",)))
            assert store.get("actor", id) == given
            assert [one.label for one in store.transactions(record=id)] == [id]
            assert [one.label for one in store.transactions(record=id + "r")] == [id]
            assert store.find("actor", F("name").is_(id)) == [given]

    def test_what_cannot_be_saved_is_refused(self, store: Store) -> None:
        add(store, "actor", doc("a"))
        deep: Any = "x"
        for depth in range(300):
            deep = [deep]
            if depth > 240:  # somewhere there JSON ends
                try:
                    add(store, "actor", doc(f"{depth}", deep=deep))
                except Invalid:
                    break
        assert depth < 299
        before = store.version
        for value in ("\ud800", 2**64, -(2**63) - 1, float("nan"), object(), {1: "x"}, b"x", {"x"}):
            with pytest.raises(Invalid):
                add(store, "actor", doc("b", name=value))
        with pytest.raises(Invalid):
            store.commit(transaction(label="\ud800"))
        assert store.get("actor", "\ud800") is None
        assert list(store.transactions(record="\ud800")) == []
        assert (store.version, store.get("actor", "b")) == (before, None)
        assert len(store.find("actor")) == before

    # Turns

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


def caught(call: Any) -> BaseException | None:
    """What the call raises, or None."""
    try:
        call()
    except BaseException as error:
        return error
    return None


def in_thread(call: Any) -> BaseException | None:
    """What the call raises in a thread of its own, or None."""
    result: list[BaseException | None] = []
    thread = threading.Thread(target=lambda: result.append(caught(call)))
    thread.start()
    thread.join(10)
    return result[0] if result else TimeoutError("it still waits")
