"""What a store promises to who commits, and of its log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kontaktnat.descriptors import Change, Store
from kontaktnat.errors import Conflict, Invalid
from kontaktnat.query import F
from kontaktnat.testing.store_given import (
    Opens,
    add,
    created,
    doc,
    edit,
    ids,
    transaction,
)


class Writes(Opens):
    """Committing, and the log."""

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

    # Erasing

    def test_an_erasure_leaves_no_copy(self, store: Store) -> None:
        secret = "kanarie7q"
        add(store, "contact", doc("c1", name=secret), doc("c2", name="Bo"))
        edit(store, "contact", doc("c2", name="Bo"), note=f"chef till {secret}")
        store.commit(transaction(*created("role", doc("r1", title=secret)), label=f"hatt för {secret}"))
        assert ids(store.find("contact", F("name").is_(secret))) == "c1"
        assert list(store.search(secret))
        done = store.erase(_scrubbed, _relabelled, transaction(*created("setting", doc("s1")), final=True))
        assert (done.number, store.version, done.final) == (4, 4, True)
        assert store.find("contact") == [doc("c2", name="Bo") | {"rev": 2, "note": "…"}]
        assert store.find("role") == []
        assert store.get("setting", "s1") == doc("s1")
        assert (list(store.search(secret)), store.find("contact", F("name").is_(secret))) == ([], [])
        log = list(store.transactions())
        assert secret not in repr([(one.label, [(c.before, c.after) for c in one.changes]) for one in log])
        assert [len(one.changes) for one in log] == [1, 1, 0, 1]
        assert [one.label for one in log[2:]] == ["hatt för …", ""]
        assert [one.final for one in log] == [False, False, False, True]
        assert add(store, "role", doc("r1")).number == 5

    def test_an_erasure_may_change_records(self, store: Store) -> None:
        add(store, "contact", doc("c1", name="kanarie7q"), doc("c2", note="kanarie7q"))
        after = {"id": "c2", "rev": 2, "note": "…"}
        change = Change(type="contact", id="c2", before=doc("c2", note="…"), after=after)
        store.erase(_scrubbed, dict, transaction(change))
        assert store.find("contact") == [after]
        (logged,) = list(store.transactions())[-1].changes
        assert (logged.before, logged.after) == (doc("c2", note="…"), after)

    def test_an_erasure_that_fails_leaves_all_as_it_was(self, store: Store) -> None:
        add(store, "contact", doc("c1", name="kanarie7q"))
        with pytest.raises(Conflict):
            store.erase(
                _scrubbed,
                dict,
                transaction(Change(type="contact", id="c9", before=doc("c9"), after=doc("c9"))),
            )
        assert (ids(store.find("contact")), store.version) == ("c1", 1)


def _scrubbed(_: str, doc: dict[str, Any]) -> dict[str, Any] | None:
    if doc["id"] in ("c1", "r1"):
        return None
    return {name: "…" if "kanarie7q" in str(value) else value for name, value in doc.items()}


def _relabelled(head: Any) -> Any:
    return {**head, "label": str(head.get("label", "")).replace("kanarie7q", "…")}
