"""Whose turn it is."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kontaktnat.errors import StoreBusy, StoreDamaged
from kontaktnat.store.locks import Gate


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.lock"


@pytest.fixture
def gates(path: Path) -> Iterator[tuple[Gate, Gate]]:
    with closing(Gate(path, place="book", timeout=0.05)) as one, closing(Gate(path, place="book")) as other:
        yield one, other


def test_one_at_a_time(gates: tuple[Gate, Gate]) -> None:
    one, other = gates
    with one.process(), one.process() as outermost:
        assert not outermost
        with pytest.raises(StoreBusy) as caught, other.process():
            pass
        assert "book" in caught.value.message()
    with other.process() as outermost:
        assert outermost
        with pytest.raises(StoreBusy), one.process():
            pass
    with one.process():
        pass


def test_a_turn_among_threads_is_none_among_processes(gates: tuple[Gate, Gate], path: Path) -> None:
    with gates[0].thread(), gates[1].process():
        pass
    with gates[0].process(), gates[1].thread():
        pass


def test_after_busy_comes_the_turn(gates: tuple[Gate, Gate]) -> None:
    one, other = gates
    with one.process(), pytest.raises(StoreBusy), other.process():
        pass
    with other.process():
        pass


def test_it_waits_as_long_as_it_was_told(gates: tuple[Gate, Gate]) -> None:
    with gates[1].process():
        began = time.monotonic()
        with pytest.raises(StoreBusy), gates[0].process():
            pass
        assert 0.05 <= time.monotonic() - began < 5


def test_threads_take_turns(gates: tuple[Gate, Gate]) -> None:
    inside, most = 0, 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            with gates[0].process():
                inside += 1
                most = max(most, inside)
                time.sleep(0)
                inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows removes no open file")
def test_a_removed_lock_file_lets_nobody_in_twice(gates: tuple[Gate, Gate], path: Path) -> None:
    one, other = gates
    with one.process():
        pass
    path.unlink()
    with other.process(), pytest.raises(StoreBusy), one.process():
        pass
    with one.process(), pytest.raises(StoreBusy), other.process():
        pass


def test_closed_in_its_turn_it_lets_go(gates: tuple[Gate, Gate]) -> None:
    one, other = gates
    with one.process():
        one.close()
        with other.process():
            pass


def test_a_lock_file_that_cannot_be_made(tmp_path: Path) -> None:
    gate = Gate(tmp_path / "nowhere" / "book.lock", place="book")
    with pytest.raises(StoreDamaged) as caught, gate.process():
        pass
    assert "\n" not in caught.value.message()


def test_without_a_file_there_are_only_threads() -> None:
    with Gate().process() as outermost:
        assert outermost
