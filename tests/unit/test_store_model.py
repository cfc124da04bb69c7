"""Two handles on one file, driven at random, against the plainest store there is: they may never differ."""

import random
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.descriptors import Change, StoreOptions, Transaction
from kontaktnat.errors import Conflict, KontaktnatError, StoreDamaged
from kontaktnat.query import F
from kontaktnat.store import files
from kontaktnat.store.memory import MemoryStore
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import transaction

TYPES = ("actor", "contact")
IDS = [f"{n:02}" for n in range(12)]


def some_changes(dice: random.Random, seen: TinyStore) -> Transaction:
    """A few changes as one who has read `seen` would make them; some are mistakes."""
    changes = []
    for _ in range(dice.randint(0, 4)):
        type, id = dice.choice(TYPES), dice.choice(IDS)
        before = seen.get(type, id)
        if dice.random() < 0.05:
            before = None
        rev = (before or {}).get("rev", 0) + 1
        fields = {"n": dice.randint(0, 9), "tags": dice.choices("xyz", k=2)}
        after: dict[str, Any] | None = {"id": id, "rev": rev, **fields}
        if before is not None and dice.random() < 0.3:
            after = None
        changes.append(Change(type=type, id=id, before=before, after=after))
    return transaction(*changes, label=str(dice.random()))


def outcome(store: TinyStore | MemoryStore, given: Transaction) -> Transaction | str:
    try:
        return store.commit(given)
    except Conflict as error:
        return error.message()


def assert_same(store: TinyStore, model: MemoryStore) -> None:
    assert store.version == model.version
    for type in TYPES:
        assert store.find(type, order=["n"]) == model.find(type, order=["n"])
        assert store.find(type, F("tags").is_("x")) == model.find(type, F("tags").is_("x"))
        assert [store.get(type, id) for id in IDS] == [model.get(type, id) for id in IDS]
    assert list(store.search("x")) == list(model.search("x"))
    assert list(store.transactions()) == list(model.transactions())


@pytest.mark.parametrize("seed", range(20))
def test_two_handles_and_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice, model, path = random.Random(seed), MemoryStore(), tmp_path / "book.kn"
    full = False
    replace = files.replace

    def sometimes_full(target: Path, data: bytes) -> files.Stamp:
        if full:
            raise OSError(28, "No space left on device")
        return replace(target, data)

    monkeypatch.setattr(files, "replace", sometimes_full)
    with ExitStack() as stack:
        handles = [stack.enter_context(closing(TinyStore(path, StoreOptions(mode="create")))) for _ in "ab"]
        for _ in range(60):
            at = dice.randrange(2)
            given, full = some_changes(dice, handles[at]), dice.random() < 0.1
            if full:
                with pytest.raises(KontaktnatError) as caught:
                    handles[at].commit(given)
                assert type(caught.value) in (StoreDamaged, Conflict)
            else:
                assert outcome(handles[at], given) == outcome(model, given)
            full = False
            assert_same(handles[at], model)
            if dice.random() < 0.3:
                handles[1 - at].refresh()
                assert_same(handles[1 - at], model)
            if dice.random() < 0.05:
                handles[at].close()
                handles[at] = stack.enter_context(closing(TinyStore(path)))
                assert_same(handles[at], model)
