"""Processes that die: killed at any time, at each step, and in the middle of a write."""

import random
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.features.store.faults import WRITER, assert_whole, finish, killed, names, start

from kontaktnat.descriptors import StoreOptions
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import add, created, doc, transaction

READ = StoreOptions(mode="r")
TYPES = ("actor", "contact")


@pytest.mark.parametrize(("size", "floor", "rounds"), [(1, 3000, 8), (2000, 3000, 4), (20_000, 3000, 2)])
def test_killed_at_any_time(path: Path, size: int, floor: int, rounds: int, kills: int) -> None:
    """`size` documents. With `--kills 200` each size has 200 rounds."""
    dice = random.Random(size)
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store:
        both = [created(type, *(doc(f"{n}", note="x" * 400) for n in range(size))) for type in TYPES]
        store.commit(transaction(*both[0], *both[1]))
    acknowledged = []
    for round in range(kills or rounds):
        writer = start(WRITER, path, f"k{round}-", 100_000, floor, 1 << 60)
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(dice.random() * 0.1)  # in the middle of a commit or of a rewriting
        acknowledged += killed(writer, dice.randrange(20 if size < 20_000 else 4))
        with closing(assert_whole(path, acknowledged)) as again:
            if round % 2:
                number = add(again, "note", doc(f"after{round}")).number  # whose lock was held is free
                assert number == again.version
    assert {one for one in names(path) if ".torn" not in one} <= {"book.kn", "book.kn.lock", "book.kn.new"}
    assert not path.stat().st_size < 400 * size


CRASHING = """
import io, os, sys

step, name = int(sys.argv[6]), sys.argv[7]
calls = 0

def crashes():
    global calls
    calls += 1
    return calls > step

def crashing(whole):
    def call(*arguments, **more):
        if crashes():
            os._exit(9)
        return whole(*arguments, **more)
    return call

class File(io.FileIO):
    def write(self, data):
        if name == "half" and crashes():
            super().write(bytes(data)[: len(data) // 2])
            os._exit(9)
        return super().write(data)

    def truncate(self, *arguments):
        if name == "truncate" and crashes():
            os._exit(9)
        return super().truncate(*arguments)

if hasattr(os, name):
    setattr(os, name, crashing(getattr(os, name)))
from kontaktnat.store import files
files.io.FileIO = File
"""

# Each commit is one write and one sync; a rewriting syncs its file, renames it, syncs the folder.
STEPS = [("fsync", step) for step in (0, 1, 2, 5, 6, 7, 8, 9)] + [("replace", step) for step in (0, 1)]
STEPS += [("half", 0), ("half", 4), ("open", 1), ("open", 2), ("open", 3)]


@pytest.mark.parametrize(("name", "step"), STEPS)
def test_crashed_at_each_step(path: Path, store: TinyStore, name: str, step: int) -> None:
    acknowledged = finish(start(CRASHING + WRITER, path, "c", 20, 3000, 1 << 60, step, name), 9)
    assert len(acknowledged) < 20
    if name == "half":
        with closing(TinyStore(path, READ)) as reader:
            before = path.read_bytes()
            assert reader.version == len(acknowledged) + 1  # what was torn is not seen
            assert path.read_bytes() == before
    with closing(assert_whole(path, acknowledged, "first")) as again:
        add(again, "note", doc("after"))
        assert again.version >= len(acknowledged) + 2
    kept = [one for one in names(path) if one.endswith(".torn")]
    assert kept == (["book.kn.torn"] if name == "half" else [])


# A write that was cut off


@pytest.fixture
def data(path: Path, store: TinyStore) -> bytes:
    """A book with three transactions behind its snapshot."""
    add(store, "actor", doc("b", note='Å\n{"crc":"'))
    store.commit(transaction(label="nothing but this"))
    add(store, "actor", doc("c"), doc("d"))
    return path.read_bytes()


def test_cut_at_each_byte(path: Path, data: bytes, kills: int) -> None:
    """Whole transactions are there, a reader leaves the rest alone, a writer keeps it beside."""
    heads = [at + 1 for at in range(len(data)) if data[at : at + 9] == b'\n{"crc":"']
    whole = {end: number for number, end in enumerate([*heads[1:], len(data)])}
    assert list(whole.values()) == [0, 1, 2, 3, 4]
    for length in range(heads[1], len(data) + 1):
        version = max(number for end, number in whole.items() if end <= length)
        end = max(end for end in whole if end <= length)
        place = path.with_name(f"cut{length}.kn")
        place.write_bytes(data[:length])
        with closing(TinyStore(place, READ)) as reader:
            assert reader.version == version
            assert len(reader.find("actor")) == (0, 1, 2, 2, 4)[version]
            reader.refresh()
            assert place.read_bytes() == data[:length]
            if kills or length % 9 == 0 or not -2 < end - length < 2 or length + 1 in whole:
                if length + 1 in whole:  # all is there but the line end, which the next writer adds
                    end, version = length + 1, version + 1
                with closing(TinyStore(place)) as writer:
                    assert add(writer, "actor", doc("e")).number == version + 1
                reader.refresh()
                assert reader.get("actor", "e")
                assert len(list(reader.transactions())) == version + 1
                assert place.read_bytes()[:end] == data[:end]
                torn = place.with_name(f"{place.name}.torn")
                assert torn.exists() == (length > end)
                assert length <= end or torn.read_bytes() == data[end:length]


def test_what_was_kept_before_is_not_written_over(path: Path, data: bytes, store: TinyStore) -> None:
    for kept in ("book.kn.torn", "book.kn.2.torn", "book.kn.3.torn"):
        with path.open("ab") as file:
            file.write(b'{"crc":"' + kept.encode())
        store.refresh()
        add(store, "note", doc(kept))
        assert path.with_name(kept).read_bytes() == b'{"crc":"' + kept.encode()
    assert store.version == 7


def test_what_is_being_written_is_seen_when_it_is_whole(path: Path, data: bytes) -> None:
    """A reader looks while another process writes, as slowly as one byte after another."""
    place = path.with_name("slow.kn")
    *_, last = [at + 1 for at in range(len(data)) if data[at : at + 9] == b'\n{"crc":"']
    place.write_bytes(data[:last])
    with closing(TinyStore(place, READ)) as reader, place.open("ab", buffering=0) as file:
        for at in range(last, len(data)):
            reader.refresh()
            assert (reader.version, reader.get("actor", "c")) == (3, None)
            with closing(TinyStore(place, READ)) as fresh:
                assert fresh.version == 3
            file.write(data[at : at + 1])
        reader.refresh()
        assert (reader.version, reader.get("actor", "d")) == (4, doc("d"))


CUTS = [("open", 1), ("fsync", 0), ("truncate", 0), ("fsync", 1)]


@pytest.mark.parametrize(("name", "step"), CUTS)
def test_crashed_while_cutting_off(path: Path, data: bytes, store: TinyStore, name: str, step: int) -> None:
    store.close()
    torn = b'{"crc":"0123'
    path.write_bytes(data + torn)
    assert not finish(start(CRASHING + WRITER, path, "c", 20, 3000, 1 << 60, step, name), 9)
    with closing(TinyStore(path)) as again:
        assert again.version == 4
        add(again, "actor", doc("after"))
        assert again.version == 5
    kept = [one.read_bytes() for one in path.parent.glob("*.torn")]
    assert torn in kept
    assert set(kept) <= {torn, b""}
