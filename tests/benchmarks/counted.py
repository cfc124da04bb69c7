"""What one commit asks of the system: writes, bytes and syncs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

_IO = Path("/proc/self/io")
"""Linux counts a process's writes itself, also those that C code makes."""


class Asked(NamedTuple):
    """How often and how much; no writes and no bytes where the system does not count them."""

    writes: int
    bytes: int
    syncs: int


def asked(work: Callable[[], object]) -> Asked:
    """What `work` asks of the system. Only Python's own syncs are seen, so not those of sqlite3."""
    with _counted_syncs() as syncs:
        before = _written()
        work()
        after = _written()
    return Asked(after[0] - before[0], after[1] - before[1], len(syncs))


def _written() -> tuple[int, int]:
    if not _IO.exists():
        return 0, 0
    counters = dict(line.split(": ") for line in _IO.read_text().splitlines())
    return int(counters["syscw"]), int(counters["wchar"])


@contextmanager
def _counted_syncs() -> Iterator[list[str]]:
    done: list[str] = []
    kept = {name: getattr(os, name) for name in ("fsync", "fdatasync") if hasattr(os, name)}

    def counting(name: str, real: Callable[[Any], None]) -> Callable[[Any], None]:
        def sync(descriptor: Any) -> None:
            done.append(name)
            real(descriptor)

        return sync

    try:
        for name, real in kept.items():
            setattr(os, name, counting(name, real))
        yield done
    finally:
        for name, real in kept.items():
            setattr(os, name, real)
