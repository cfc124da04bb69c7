"""Power that fails at any time: what was acknowledged is there, and whole transactions only."""

import errno
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.features.store.disk import Cut, Disk, Named, Synced, Write, after_power_cut
from tests.features.store.faults import UNIX, fail, refused

from kontaktnat.descriptors import StoreOptions
from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, doc, edit

State = list[dict[str, Any]]


class Life:
    """A book that is written to on a recorded disk, and what it held at each version."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch, after: "Life | None" = None) -> None:
        self.path = path
        self.disk = Disk(monkeypatch, path.parent, after.disk.steps if after else ())
        self.acknowledged = after.acknowledged[:] if after else []
        """After so many steps, this version."""
        self.states: dict[int, State] = dict(after.states) if after else {0: []}

    def opened(self) -> TinyStore:
        store = TinyStore(self.path, StoreOptions(mode="create"))
        self.did(store)
        return store

    def did(self, store: TinyStore) -> None:
        """What a handle holds now was acknowledged."""
        self.states[store.version] = store.find("actor")
        self.acknowledged.append((len(self.disk.steps), store.version))

    def survives(self, place: Path) -> int:
        """Checks every cut of power in a file at `place`; returns how many there were."""
        tried = 0
        for length in range(len(self.disk.steps) + 1):
            known = [version for at, version in self.acknowledged if at <= length]
            for content in after_power_cut(self.disk.steps[:length], self.path.name):
                tried += 1
                if content is None:
                    assert not known
                    continue
                place.parent.mkdir(exist_ok=True)
                place.with_name("new").write_bytes(content)
                place.with_name("new").replace(place)
                self._holds(place, max(known, default=0))
        return tried

    def _holds(self, place: Path, least: int) -> None:
        with closing(TinyStore(place)) as store:
            assert store.version >= least
            assert store.find("actor") == self.states[store.version]
            assert [one.number for one in store.transactions()] == list(range(1, store.version + 1))
            add(store, "note", doc("after"))
            with closing(TinyStore(place)) as again:
                assert (again.version, again.get("note", "after")) == (store.version, doc("after"))
                assert again.find("actor") == self.states[store.version - 1]


def test_the_disk_is_recorded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life(path, monkeypatch)
    with closing(life.opened()) as store:
        folder = [Synced(None)] if hasattr(os, "O_DIRECTORY") else []
        name, made, *more = life.disk.steps
        assert isinstance(made, Write)
        assert name == Named("book.kn.new", made.file)
        file = Synced(made.file)
        assert more == [file, Named("book.kn", made.file), Named("book.kn.new", None), *folder]
        add(store, "actor", doc("a"))
        before = len(life.disk.steps)
        add(store, "actor", doc("b"))
        write, synced = life.disk.steps[before:]
        assert isinstance(write, Write)
        assert (write.file, synced) == (made.file, file)


def test_commits_and_rewritings(path: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        life = Life(path, patch)
        with closing(life.opened()) as store:
            for n in range(5):
                patch.setattr(journal, "FLOOR", 0 if n == 3 else 1 << 16)
                add(store, "actor", doc(f"a{n}", note="å" * 900))
                life.did(store)
            edit(store, "actor", doc("a0", note="å" * 900), note="b")
            life.did(store)
            assert store._storage._journal.header.rewritten == 1
    assert life.survives(tmp_path / "after" / "book.kn") > 80


def first_life(path: Path, patch: pytest.MonkeyPatch) -> tuple[Life, int]:
    """One commit, another, and a rewriting; with how many steps the first was over."""
    life = Life(path, patch)
    with closing(life.opened()) as store:
        add(store, "actor", doc("a", note="x" * 1500))
        life.did(store)
        sure = len(life.disk.steps)
        patch.setattr(journal, "FLOOR", 0)
        add(store, "actor", doc("b", note="y" * 1500))
        life.states[2] = store.find("actor")
        assert store._storage._journal.header.rewritten == 1
    return life, sure


@UNIX
def test_one_is_killed_then_another_goes_on_then_power_fails(path: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        whole, sure = first_life(path, patch)
    assert len(whole.disk.steps) - sure == 8  # a write, its sync; a file, its write, sync, two names, folder
    for killed in range(sure, len(whole.disk.steps) + 1):
        place = tmp_path / f"killed{killed}" / "book.kn"
        place.parent.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            steps = whole.disk.steps
            whole.disk.steps = steps[:killed]
            life = Life(place, patch, whole)
            whole.disk.steps = steps
            with closing(TinyStore(place)) as other:
                assert other.version == (1 if killed == sure else 2)
                add(other, "actor", doc("c", note="z" * 1500))
                life.did(other)
                add(other, "actor", doc("d"))
                life.did(other)
        assert life.survives(place.parent / "after" / "book.kn") > 10


TORN: dict[str, Callable[[bytes], bytes]] = {
    "half": lambda block: block[: len(block) // 2],
    "a byte": lambda block: block[:1],
    "all but two bytes": lambda block: block[:-2],
    "zeros": lambda block: bytes(len(block)),
    "zeros after half": lambda block: block[: len(block) // 2] + bytes(len(block) - len(block) // 2),
}


@pytest.mark.parametrize("name", TORN)
def test_a_torn_write_is_cut_off_and_power_fails_in_the_cut(path: Path, tmp_path: Path, name: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        whole, sure = first_life(path, patch)
    write = whole.disk.steps[sure]
    assert isinstance(write, Write)
    place = tmp_path / "torn" / "book.kn"
    place.parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        whole.disk.steps[sure:] = [write._replace(data=TORN[name](write.data)), Synced(write.file)]
        life = Life(place, patch, whole)
        with closing(TinyStore(place)) as other:
            assert other.version == 1
            assert add(other, "actor", doc("c")).number == 2
            del life.states[2]
            life.did(other)
    kept, cut = (next(n for n, step in enumerate(life.disk.steps) if isinstance(step, kind) and n > sure + 1)
                 for kind in (Named, Cut))  # fmt: skip
    made, _, synced = life.disk.steps[kept:cut]
    assert isinstance(made, Named)
    assert (made.name, synced) == ("book.kn.torn", Synced(made.file))  # before it is cut off
    assert place.with_name("book.kn.torn").read_bytes() == TORN[name](write.data)
    assert life.survives(place.parent / "after" / "book.kn") > 10


@pytest.mark.parametrize("room", [0, 1, 700, 2000])
def test_a_full_disk_then_there_is_room_then_power_fails(path: Path, tmp_path: Path, room: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        life = Life(path, patch)
        with closing(life.opened()) as store:
            add(store, "actor", doc("a"))
            life.did(store)
            life.disk.room = room
            assert "nothing was saved" in refused(lambda: add(store, "actor", doc("b", note="y" * 2500)))
            life.disk.room = None
            assert add(store, "actor", doc("c", note="z" * 600)).number == 2
            life.did(store)
    assert life.survives(tmp_path / "after" / "book.kn") > 5


@UNIX
def test_a_folder_that_cannot_be_synced_takes_no_commit_after_anothers_death(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        first_life(path, patch)
    with pytest.MonkeyPatch.context() as patch, closing(TinyStore(path)) as other:
        patch.setattr(os, "fsync", fail(errno.EIO))
        before = path.read_bytes()
        assert "nothing was saved" in refused(lambda: add(other, "actor", doc("c")))
        patch.setattr(os, "fsync", lambda _: pytest.fail("tried again"))
        assert "open the book again" in refused(lambda: add(other, "actor", doc("c")))
        assert path.read_bytes() == before
