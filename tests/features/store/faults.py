"""What the tests of faults share: programs that write, and what must be true of a book afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.errors import KontaktnatError, StoreDamaged
from kontaktnat.store.tiny import TinyStore

UNIX = pytest.mark.skipif(os.name == "nt", reason="a Unix matter")

WRITER = """
import sys
from kontaktnat.descriptors import StoreOptions
from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing.store_contract import created, doc, transaction

def main(path, name, count, floor=None, share=None):
    if floor:  # the file is rewritten every few commits
        journal.FLOOR, journal.SHARE = int(floor), int(share)
    store = TinyStore(path, StoreOptions(lock_timeout=60))
    for n in range(int(count)):
        id = name + str(n)
        both = *created("actor", doc(id)), *created("contact", doc(id, note="x" * 500))
        print(id, store.commit(transaction(*both)).number, flush=True)
    store.close()

main(*sys.argv[1:6])
"""
"""Commits an actor and a contact of one id, and says so: BOOK NAME COUNT [FLOOR SHARE]."""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def finish(process: subprocess.Popen[str], code: int = 0) -> list[str]:
    """The lines that it printed; it must end with `code`."""
    output, _ = process.communicate(timeout=600)
    assert process.returncode == code
    return output.splitlines()


def killed(process: subprocess.Popen[str], after: int) -> list[str]:
    """The whole lines that it printed until it was killed, which is when `after` had been read."""
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(after)]
    process.kill()
    lines += process.stdout
    process.wait()
    process.stdout.close()
    return [line.strip() for line in lines if line.endswith("\n")]


def assert_whole(path: Path, acknowledged: list[str], *before: str) -> TinyStore:
    """All that was acknowledged is there, every transaction is there whole or not at all.

    `before`: actors that no writer made.
    """
    store = TinyStore(path)
    actors, contacts = ({one["id"] for one in store.find(type)} for type in ("actor", "contact"))
    assert actors == contacts | set(before)
    log = list(store.transactions())
    assert [one.number for one in log] == list(range(1, store.version + 1))
    assert actors == {change.id for one in log for change in one.changes if change.type == "actor"}
    for line in acknowledged:
        id, number = line.split()
        assert {change.id for change in log[int(number) - 1].changes} == {id}
    return store


def names(path: Path) -> list[str]:
    """What lies in the folder of a book."""
    return sorted(one.name for one in path.parent.iterdir())


def refused(call: Callable[[], Any], kind: type[KontaktnatError] = StoreDamaged) -> str:
    """The one line with which the call is refused."""
    with pytest.raises(kind) as caught:
        call()
    assert type(caught.value) is kind
    message = caught.value.message()
    assert "\n" not in message
    return message


def fail(code: int) -> Callable[..., Any]:
    """Stands for a call of the system that fails."""

    def failing(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    return failing
