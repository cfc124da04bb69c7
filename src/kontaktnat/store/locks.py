"""Whose turn it is: one thread at a time in a process, one process at a time at a lock file.

The lock file lies beside the book and stays there: to delete it while somebody waits for it would let two
in. portalocker does the locking, so this works where there is no `fcntl`; who only reads never imports it.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from io import FileIO
from pathlib import Path

from attrs import define, field

from kontaktnat.errors import StoreBusy, StoreDamaged, reason
from kontaktnat.store.files import take_over_permissions

_SHORTEST, _LONGEST = 0.001, 0.02  # seconds between two tries at the lock file


@define(eq=False, repr=False)
class _Turn:
    """What one process knows of its turn. After a fork the child starts a new one."""

    pid: int
    lock: threading.RLock = field(factory=threading.RLock)
    depth: int = 0
    handle: FileIO | None = None


class Gate:
    """Turns among threads (`thread`) and among processes as well (`process`); both are re-entrant.

    `path` is the lock file, which is the book's own with one suffix more, or None where nobody else can be
    met. `place` is how messages name the book; `timeout` is in seconds. `on_fork` is called in a
    forked child before its first turn, to drop what the fork may have cut in half.
    """

    def __init__(
        self,
        path: Path | None = None,
        *,
        place: str = "",
        timeout: float = 0.0,
        on_fork: Callable[[], None] | None = None,
    ) -> None:
        self._path = path
        self._place = place
        self._timeout = timeout
        self._on_fork = on_fork
        self._turns = {os.getpid(): _Turn(os.getpid())}

    def thread(self) -> AbstractContextManager[object]:
        """Inside, no other thread of this process has its turn."""
        return self._own_turn().lock

    @contextmanager
    def process(self) -> Iterator[bool]:
        """Inside, no other process has its turn either; gives whether this is the outermost entry.

        Raises StoreBusy when the lock file is not free within `timeout` seconds, StoreDamaged when it
        cannot be opened or locked.
        """
        turn = self._own_turn()
        with turn.lock:
            turn.depth += 1
            try:
                if turn.depth == 1:
                    self._lock(turn)
                yield turn.depth == 1
            finally:
                turn.depth -= 1
                if not turn.depth:
                    _unlock(turn)

    def close(self) -> None:
        """Close the lock file, which also unlocks it; the next `process()` would open it anew."""
        turn = self._own_turn()
        with turn.lock:
            _let_go(turn)

    def _own_turn(self) -> _Turn:
        pid = os.getpid()
        turn = self._turns.get(pid)
        if turn is None or len(self._turns) > 1:
            turn = self._turns.setdefault(pid, _Turn(pid))  # atomic: two threads get the same one
            with turn.lock:
                self._forget_parent(pid)
        return turn

    def _forget_parent(self, pid: int) -> None:
        if len(self._turns) == 1:  # another thread was first
            return
        for other in [turn for turn in self._turns.values() if turn.pid != pid]:
            # Closed, never unlocked: the lock belongs to the parent, who may be holding it.
            _let_go(other)
            del self._turns[other.pid]
        if self._on_fork:
            self._on_fork()

    def _lock(self, turn: _Turn) -> None:
        if self._path is None:
            return
        import portalocker

        exclusive = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
        deadline = time.monotonic() + self._timeout
        pause = _SHORTEST
        while True:
            try:
                if turn.handle is None:
                    turn.handle = _open(self._path)
                    # A book may be write-protected for a while; its lock file is not to stay so.
                    take_over_permissions(self._path.with_suffix(""), self._path, more=0o600)
                portalocker.lock(turn.handle, exclusive)
                if _is_still_there(turn.handle, self._path):
                    return
                _let_go(turn)  # somebody removed the lock file: others will meet at a new one
                continue
            except portalocker.AlreadyLocked:
                if time.monotonic() >= deadline:
                    raise StoreBusy(
                        "{path}: another process holds the book (waited {seconds} s); try again in a "
                        "moment, or wait longer (--wait SECONDS)",
                        path=self._place,
                        seconds=f"{self._timeout:g}",
                    ) from None
            except (OSError, portalocker.LockException) as error:
                raise StoreDamaged(
                    "{path}: cannot be locked, so nothing was saved ({problem}); "
                    "see that its folder is on a local disk, and that the folder and {file} "
                    "may be written to",
                    path=self._place,
                    file=self._path.name,
                    problem=reason(error),
                ) from None
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST)


def _open(path: Path) -> FileIO:
    return FileIO(path, "r+", opener=lambda name, flags: os.open(name, flags | os.O_CREAT, 0o600))


def _is_still_there(handle: FileIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _unlock(turn: _Turn) -> None:
    # In a child forked inside a turn, unlocking would end the parent's turn.
    if turn.handle is not None and turn.pid == os.getpid():
        import portalocker

        with contextlib.suppress(portalocker.LockException):  # closing or dying unlocks as well
            portalocker.unlock(turn.handle)


def _let_go(turn: _Turn) -> None:
    if turn.handle is not None:
        turn.handle.close()
        turn.handle = None
