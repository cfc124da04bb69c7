"""Bytes on disk: added durably at the end, or replaced whole and durably, or not at all.

Everything here raises OSError; who calls knows the book and says what it means. Where another program
keeps a file from being opened or replaced (Windows), it is tried again for `PATIENCE` seconds.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from kontaktnat.i18n import Text

PATIENCE = 1.0

_IN_USE = {5, 32, 33}  # Windows: access denied, sharing violation, lock violation

T = TypeVar("T")


class SyncError(OSError):
    """The disk did not confirm what it was given. A second try may say yes of what is lost: never try again.

    `replaced` tells whether the new content already stands in the file.
    """

    replaced = False


def opened(path: Path) -> io.FileIO:
    """The file for reading, unbuffered: what others add is seen."""
    return _patiently(lambda: io.FileIO(path))


def append(path: Path, at: int, data: bytes) -> None:
    """Add `data` to a file of `at` bytes: one write, one sync. On an error the file is cut back to `at`.

    Raises SyncError, and OSError after which nothing has changed.
    """
    with _patiently(lambda: io.FileIO(path, "r+")) as file:
        if file.seek(0, os.SEEK_END) != at:
            raise OSError(errno.EAGAIN, Text("another program has changed the file"))
        try:
            rest = memoryview(data)
            while rest:  # once, but for a full disk: the second write says what is wrong with it
                rest = rest[file.write(rest) :]
            sync(file.fileno())
        except BaseException as error:
            try:
                file.truncate(at)
            except OSError:
                if isinstance(error, SyncError):
                    error.replaced = True
                raise error from None
            if not isinstance(error, SyncError):
                sync(file.fileno())  # or the next block might stand before the rest of this one
            raise


def cut(path: Path, at: int, beside: Path) -> None:
    """Cut the file off at `at`, what is there being kept in a new file `beside` it first."""
    with _patiently(lambda: io.FileIO(path, "r+")) as file:
        file.seek(at)
        with open(beside, "xb", opener=_private) as kept:
            try:
                take_over(path, beside)
                kept.write(file.read())
                kept.flush()
                sync(kept.fileno())
            except BaseException:  # on a full disk each try would leave one more
                with contextlib.suppress(OSError):
                    beside.unlink()
                raise
        file.truncate(at)
        sync(file.fileno())


def replace(path: Path, parts: Iterable[bytes]) -> None:
    """Let `path` hold `parts`: a new file in the same folder, synced, renamed over it, the folder synced.

    The old file's permissions go over to the new one; a file that was not there is its owner's alone.
    Only one process may do this to a path at a time: the new file's name is always the same, so that
    crashes do not pile up leftovers. Raises SyncError, and OSError after which nothing has changed.
    """
    new = path.with_name(path.name + ".new")
    folder = _open_folder(path.parent)  # first: what cannot be made durable is not begun
    try:
        try:
            new.unlink(missing_ok=True)
            with open(new, "xb", opener=_private) as file:
                _refuse_write_protected(path)
                take_over(path, new)
                file.writelines(parts)
                file.flush()
                sync(file.fileno())
            _patiently(lambda: new.replace(path))
        except BaseException:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            raise
        if folder is not None:
            try:
                _sync_folder(folder)
            except SyncError as error:
                error.replaced = True
                raise
    finally:
        if folder is not None:
            os.close(folder)


def settle(path: Path) -> None:
    """Make the name of a file durable that another process renamed before it died. Raises SyncError."""
    folder = _open_folder(path.parent)
    if folder is not None:
        try:
            _sync_folder(folder)
        finally:
            os.close(folder)


def take_over_permissions(old: Path, new: Path, *, more: int = 0) -> None:
    """Give `new` the mode, with `more` bits, and, as far as the system lets us, the owner and group of `old`.

    Where there is no `old`, it is its owner's alone, whatever the umask.
    """
    try:
        stat = old.stat()
    except FileNotFoundError:
        with contextlib.suppress(PermissionError):  # a file system without modes
            new.chmod(0o600)
        return
    mode = stat.st_mode & 0o777 | more
    if hasattr(os, "chown"):
        try:
            os.chown(new, -1, stat.st_gid)
        except OSError:
            mode &= ~0o070  # what was for that group is not for another
        with contextlib.suppress(OSError):  # only root may give files away
            os.chown(new, stat.st_uid, -1)
    with contextlib.suppress(PermissionError):  # another's file, or a file system without modes
        new.chmod(mode)


def take_over(old: Path, new: Path) -> None:
    """The same for a file that holds what a book does, on Windows too; that it fails there is warned of."""
    if os.name == "nt":
        from kontaktnat.store import rights

        rights.take_over(old, new)
    take_over_permissions(old, new)


def is_in_use(error: OSError) -> bool:
    """Whether another program holds the file open, which only Windows minds."""
    return getattr(error, "winerror", None) in _IN_USE


def _patiently(attempt: Callable[[], T]) -> T:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return attempt()
        except PermissionError as error:
            if not is_in_use(error) or time.monotonic() >= deadline:
                raise
        time.sleep(0.02)


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _refuse_write_protected(path: Path) -> None:
    # Renaming over a file does not ask; whoever write-protected it meant it.
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, Text("the file is write-protected"))


def _open_folder(folder: Path) -> int | None:
    """A descriptor to sync, None where folders cannot be opened (Windows)."""
    directory = getattr(os, "O_DIRECTORY", None)
    return None if directory is None else os.open(folder, os.O_RDONLY | directory)


def sync(descriptor: int) -> None:
    """Wait until the disk has it; raises SyncError."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        raise SyncError(error.errno, error.strerror) from error


def _sync_folder(descriptor: int) -> None:
    try:
        sync(descriptor)
    except SyncError as error:
        if error.errno != errno.EINVAL:  # a file system on which folders have nothing to sync
            raise
