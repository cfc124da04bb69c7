"""Two handles on one file, driven by hypothesis, against the plainest store there is: they never differ."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kontaktnat.descriptors import Change, StoreOptions, Transaction
from kontaktnat.errors import Conflict, StoreDamaged
from kontaktnat.query import Condition, F
from kontaktnat.store import files, journal
from kontaktnat.store.memory import MemoryStore
from kontaktnat.store.tiny import TinyStore, open_tinydb
from kontaktnat.testing.store_contract import doc, transaction

TYPES = ("actor", "contact")
IDS = [f"{n:02}" for n in range(8)]
HANDLES = st.integers(0, 1)
WORDS = st.sampled_from(["", "x", "y", 'å\n{"crc":"', "\0", "\u2028"])
VALUES = st.one_of(WORDS, st.none(), st.booleans(), st.integers(-2, 2), st.just(1.0))
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "n": VALUES,
        "tags": st.lists(VALUES, max_size=3),
        "deep": st.lists(
            st.fixed_dictionaries({}, optional={"n": VALUES, "tags": st.lists(VALUES, max_size=2)})
        ),
    },
)
PATHS = st.sampled_from(["n", "tags", "deep.n", "deep.tags", "deep", "id", "nothing"])
BASIC = st.one_of(
    st.builds(lambda path, value: F(path).is_(value), PATHS, VALUES),
    st.builds(lambda path, values: F(path).in_(values), PATHS, st.lists(VALUES, max_size=3)),
    st.builds(lambda path, value: F(path).ge(value), PATHS, VALUES),
    st.builds(lambda path, word: F(path).contains(word), PATHS, st.sampled_from("xy")),
)
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    BASIC,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner), st.builds(lambda a, b: a | b, inner, inner),
        st.builds(lambda a: ~a, inner),
    ),
    max_leaves=4,
)  # fmt: skip
EDITS = st.lists(
    st.tuples(st.sampled_from(TYPES), st.sampled_from(IDS), st.one_of(st.none(), FIELDS), st.integers(0, 9)),
    max_size=3,
)

Edit = tuple[str, str, dict[str, Any] | None, int]


class Handles(RuleBasedStateMachine):
    """What a handle has seen is a version of the model's past; the model itself is always up to date."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "book.kn"
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(journal, "CHUNK", 100)
        self.patch.setattr(os, "fsync", lambda _: None)  # for speed: no power fails here
        self.stores = [TinyStore(self.path, StoreOptions(mode="create")) for _ in range(2)]
        self.model = MemoryStore()
        self.past: list[dict[str, list[dict[str, Any]]]] = []
        self.remember()

    @initialize(floor=st.sampled_from([0, 500, 3000]), share=st.sampled_from([1, 4, 1 << 40]))
    def thresholds(self, floor: int, share: int) -> None:
        self.patch.setattr(journal, "FLOOR", floor)
        self.patch.setattr(journal, "SHARE", share)

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        self.patch.undo()
        self.folder.cleanup()

    def remember(self) -> None:
        self.past.append({type: self.model.find(type) for type in TYPES})

    def changes(self, at: int, edits: Iterable[Edit]) -> list[Change]:
        """The edits as one who has read this handle makes them: stale, if it is, and some are mistakes."""
        made = []
        for type, id, fields, luck in edits:
            before = self.stores[at].get(type, id) if luck else None
            rev = (before or {}).get("rev", 0) + 1
            if fields is not None:
                made.append(Change(type=type, id=id, before=before, after={"id": id, "rev": rev, **fields}))
            elif before is not None:
                made.append(Change(type=type, id=id, before=before))
        return made

    def same(self, at: int, given: Transaction) -> None:
        """A commit by a handle and by the model end alike."""
        ends: list[Transaction | str] = []
        for store in (self.stores[at], self.model):
            try:
                ends.append(store.commit(given))
            except Conflict as error:
                ends.append(error.message())
        assert ends[0] == ends[1]
        assert self.stores[at].version == self.model.version
        if isinstance(ends[0], Transaction):
            self.remember()

    @rule(at=HANDLES, edits=EDITS, label=WORDS, reveals=st.lists(st.sampled_from(IDS), max_size=1))
    def commit(self, at: int, edits: list[Edit], label: str, reveals: list[str]) -> None:
        given = transaction(*self.changes(at, edits), label=label, reveals=tuple(reveals))
        self.same(at, given)

    @rule(at=HANDLES, edits=st.tuples(EDITS, EDITS))
    def turn(self, at: int, edits: tuple[list[Edit], list[Edit]]) -> None:
        with self.stores[at].writing():
            assert self.stores[at].version == self.model.version
            for one in edits:
                self.same(at, transaction(*self.changes(at, one)))

    @rule(at=HANDLES)
    def rewritten(self, at: int) -> None:
        with self.patch.context() as patch:
            patch.setattr(journal, "FLOOR", -1)
            patch.setattr(journal, "SHARE", 1 << 60)
            self.same(at, transaction())

    @rule(at=HANDLES, edits=EDITS, room=st.integers(0, 300))
    def full_at_commit(self, at: int, edits: list[Edit], room: int) -> None:
        given = transaction(*self.changes(at, edits))

        class Full(files.io.FileIO):
            left = room

            def write(self, data: Any) -> int:
                if not self.left:
                    raise OSError(errno.ENOSPC, "full")
                data = bytes(data)[: self.left]
                self.left -= len(data)
                return super().write(data)

        before = self.path.read_bytes()
        with self.patch.context() as patch:
            patch.setattr(files.io, "FileIO", Full)
            try:
                self.stores[at].commit(given)
            except (Conflict, StoreDamaged):
                assert before.startswith(self.path.read_bytes())  # what was torn may be cut off
                assert self.stores[at].version == TinyStore(self.path).version == self.model.version
                return
        self.model.commit(given)
        self.remember()

    @rule(at=HANDLES, edits=EDITS)
    def full_at_rewriting(self, at: int, edits: list[Edit]) -> None:
        given = transaction(*self.changes(at, edits))

        def full(*_: Any) -> None:
            raise OSError(errno.ENOSPC, "full")

        with self.patch.context() as patch:
            patch.setattr(journal, "FLOOR", -1)
            patch.setattr(files, "replace", full)
            self.same(at, given)

    @rule(torn=st.sampled_from([b"{", b'{"crc":"01234567","count":1', bytes(600)]))
    def torn(self, torn: bytes) -> None:
        """Another process died in its commit."""
        fresh = journal.Journal(self.path, "")
        fresh.load()
        with self.path.open("r+b") as file:
            file.seek(fresh.end)
            file.truncate()  # which the other had cut off, if one died before
            file.write(torn)

    @rule(at=HANDLES)
    def refresh(self, at: int) -> None:
        self.stores[at].refresh()
        assert self.stores[at].version == self.model.version

    @rule(at=HANDLES)
    def reopen(self, at: int) -> None:
        self.stores[at].close()
        self.stores[at] = TinyStore(self.path)
        assert self.stores[at].version == self.model.version

    @rule(type=st.sampled_from(TYPES), id=st.sampled_from(IDS), fields=FIELDS)
    def tinydb(self, type: str, id: str, fields: dict[str, Any]) -> None:
        """Somebody uses the same file as a TinyDB, which is a transaction like any other."""
        before = self.model.get(type, id)
        with open_tinydb(self.path) as db:
            table = db.table(type)
            if before is None:
                after = doc(id, **fields)
                table.insert(after)
            else:
                after = {**before, **fields, "rev": before["rev"] + 1}
                assert len(table.update(after, F("id").is_(id))) == 1  # type: ignore[arg-type]
            assert sorted(table.all(), key=lambda one: one["id"]) == sorted(
                [one for one in self.model.find(type) if one["id"] != id] + [after], key=lambda one: one["id"]
            )
            number = self.model.version + 1
            logged = next(TinyStore(self.path).transactions(self.model.version))
            change = Change(type=type, id=id, before=before, after=after)
            assert (logged.number, logged.label, logged.changes) == (number, "tinydb", (change,))
        self.model.commit(Transaction(at=logged.at, label=logged.label, changes=(change,), by=""))
        self.remember()

    @rule(at=HANDLES, type=st.sampled_from(TYPES), condition=CONDITIONS)
    def find(self, at: int, type: str, condition: Condition) -> None:
        known = self.past[self.stores[at].version][type]
        assert self.stores[at].find(type, condition) == [one for one in known if condition(one)]

    @rule(at=HANDLES, since=st.integers(0, 12), record=st.one_of(st.none(), st.sampled_from(IDS)))
    def log(self, at: int, since: int, record: str | None) -> None:
        version = self.stores[at].version
        expected = [one for one in self.model.transactions(since, record) if one.number <= version]
        assert list(self.stores[at].transactions(since, record)) == expected

    @precondition(lambda self: len(self.past) > 1)
    @invariant()
    def each_holds_what_was_at_its_version(self) -> None:
        for store in self.stores:
            known = self.past[store.version]
            for type in TYPES:
                assert store.find(type) == known[type]
                for one in known[type]:
                    assert store.get(type, one["id"]) == one
            assert all(store.get(type, "none") is None for type in TYPES)


Handles.TestCase.settings = settings(stateful_step_count=40)
TestHandles: Callable[..., Any] = Handles.TestCase
