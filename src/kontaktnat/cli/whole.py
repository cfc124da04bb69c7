"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from kontaktnat.errors import Invalid, reason


def write_whole(path: Path, write: Callable[[BinaryIO], Any]) -> None:
    """Let `write` fill a new file beside `path`, which then takes its place; a link stays a link.

    A file that was not there is its owner's alone, for it holds what the book does; one that was keeps its
    mode.
    Raises Invalid, with `path` as it was, where the folder or disk will not have it.
    """
    from kontaktnat.store.files import take_over

    temporary = None
    try:
        if path.exists() and not path.is_file():  # a device or a pipe is written to, never replaced
            with path.open("wb") as stream:
                write(stream)
            return
        real = path.resolve()
        if not real.parent.is_dir():
            raise Invalid("{path}: there is no folder {folder}; make it first", path=str(path),
                          folder=str(real.parent))  # fmt: skip
        handle, temporary = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
        with os.fdopen(handle, "wb") as stream:
            write(stream)
            stream.flush()
            os.fsync(stream.fileno())
        take_over(real, Path(temporary))
        Path(temporary).replace(real)
    except BaseException as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        if isinstance(error, OSError):
            raise Invalid("{path}: {problem}", path=str(path), problem=reason(error)) from None
        raise
