"""An index gives what scanning gives, whatever documents come, go and change."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat.descriptors import Change
from kontaktnat.query import Condition, F
from kontaktnat.store.indexes import Indexes
from kontaktnat.store.memory import MemoryStore
from kontaktnat.testing.store_contract import add, doc, edit, transaction

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 2), st.sampled_from([0.0, 1.0, -0.0, "", "1", "x"])
)
DEEP = st.one_of(
    VALUES,
    st.lists(VALUES, max_size=2),
    st.dictionaries(st.sampled_from("ab"), VALUES, max_size=2),
    st.lists(
        st.dictionaries(st.sampled_from("ab"), st.one_of(VALUES, st.lists(VALUES, max_size=2))), max_size=2
    ),
    st.lists(st.lists(VALUES, max_size=1), max_size=1),
)
FIELDS = st.dictionaries(st.sampled_from(["a", "b", "a.b"]), DEEP, max_size=3)
PATHS = st.sampled_from(["a", "b", "a.a", "a.b", "b.a", "a.b.a", "id", "c"])
ASKED = st.one_of(VALUES, st.sampled_from(["0", "2"]), st.lists(VALUES, max_size=1), st.just({}))
BASIC = st.one_of(
    st.builds(lambda path, value: F(path).is_(value), PATHS, ASKED),
    st.builds(lambda path, values: F(path).in_(values), PATHS, st.lists(ASKED, max_size=3)),
    st.builds(lambda path, value: F(path).lt(value), PATHS, VALUES),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    BASIC,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner), st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a: ~a, inner),
    ),
    max_leaves=5,
)  # fmt: skip
STEPS = st.lists(st.tuples(st.integers(0, 4), st.one_of(st.none(), FIELDS), CONDITIONS), max_size=12)


@given(STEPS)
def test_it_gives_what_scanning_gives(steps: list[tuple[int, dict[str, Any] | None, Condition]]) -> None:
    docs: dict[str, dict[str, Any]] = {}
    indexes = Indexes()
    asked = []
    for number, fields, condition in steps:
        id = str(number)
        before = docs.pop(id, None)
        if fields is not None:
            docs[id] = {**fields, "id": id}
        indexes.changed("actor", id, before, docs.get(id))
        asked.append(condition)
        for one in asked:
            found = indexes.candidates("actor", one, docs.values)
            if found is not None:
                assert {id for id in docs if one(docs[id])} <= set(found) <= set(docs)
        with closing(MemoryStore()) as store:
            add(store, "actor", *docs.values())
            assert store.find("actor", condition) == [docs[id] for id in sorted(docs) if condition(docs[id])]


ACTORS = [doc(f"{n}", kind="xy"[n % 2], ways=[{"kind": "mail"}, {"kind": n}], place=None) for n in range(6)]


@pytest.fixture
def store() -> MemoryStore:
    store = MemoryStore()
    add(store, "actor", *ACTORS)
    return store


INDEXED = [
    (F("kind").is_("x"), "024"),
    (F("kind").in_(["x", "z"]), "024"),
    (F("kind").is_("x") & F("id").lt("3"), "02"),
    (F("id").lt("3") & F("kind").is_("x"), "02"),
    (F("kind").is_("x") | F("ways.kind").is_(1), "0124"),
    (F("ways.kind").is_("mail"), "012345"),
    (F("place").is_(None), "012345"),
    (F("missing").is_(None), "012345"),
    (F("kind").in_([]), ""),
]
SCANNED = [
    (F("id").lt("3"), "012"),
    (~F("kind").is_("x"), "135"),
    (F("kind").is_("x") | F("id").lt("2"), "0124"),
    (F("ways").is_([{"kind": "mail"}, {"kind": 1}]), ""),
]


@pytest.mark.parametrize(("condition", "ids"), INDEXED)
def test_equality_looks_only_at_its_hits(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch, condition: Condition, ids: str
) -> None:
    def found() -> str:
        return "".join(one["id"] for one in store.find("actor", condition))

    assert found() == ids  # which makes the index
    monkeypatch.setattr(MemoryStore, "_scan", lambda *_: pytest.fail("scanned"))
    assert found() == ids
    edit(store, "actor", ACTORS[0], kind="y", ways=[], place="0880", missing=1)
    store.commit(transaction(Change(type="actor", id="5", before=ACTORS[5])))
    add(store, "actor", doc("9", kind="x"))
    monkeypatch.undo()
    assert found() == "".join(one["id"] for one in store.find("actor") if condition(one))


@pytest.mark.parametrize(("condition", "ids"), SCANNED)
def test_all_else_is_scanned(store: MemoryStore, condition: Condition, ids: str) -> None:
    assert store._indexes.candidates("actor", condition, lambda: ACTORS) is None
    assert "".join(one["id"] for one in store.find("actor", condition)) == ids


def test_only_what_is_asked_is_indexed(store: MemoryStore) -> None:
    assert store._indexes._of == {}
    store.find("actor", F("kind").is_("x"))
    assert {type: set(paths) for type, paths in store._indexes._of.items()} == {"actor": {"kind"}}
