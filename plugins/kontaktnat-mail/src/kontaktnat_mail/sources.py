"""Where mail is read from: files, an mbox, a Maildir, a folder of all that, standard input. One at a time.

Nothing is ever marked, moved or deleted. What cannot be read comes as a Message with its problem, in its
place among the others, so that one broken file is no end.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

from kontaktnat.errors import Invalid, NotFound, reason
from kontaktnat.extend import Message
from kontaktnat_mail import mbox, outlook, parsing

SUFFIXES = (".eml", ".msg", ".mbox", ".mbx")
STANDARD_INPUT = "-"
_PST = b"!BDN"
_HEAD = 4096
_LOOKS = re.compile(
    rb"(?:\xef\xbb\xbf)?[\r\n]*(?:From [^\r\n]+|[!-9;-~]{1,76}:[^\r\n]*)\r?\n(?:[!-9;-~]{1,76}:|[ \t]|\r?\n)"
)


def read(source: str, options: Mapping[str, str]) -> Iterator[Message]:
    """The mails of a file, a folder with what lies below it, a Maildir, or "-" for standard input.

    Raises NotFound where there is nothing by that name.
    """
    del options
    if source == STANDARD_INPUT:
        yield from of_stream(sys.stdin.buffer, "stdin")
        return
    path = Path(source)
    if path.is_dir():
        for file in files(path):
            yield from of_file(file)
    elif not path.exists():
        raise NotFound("{path}: there is no such file or folder", path=source, nearest=())
    else:
        yield from of_file(path)


def files(folder: Path) -> Iterator[Path]:
    """The files below a folder that are mail by their names, or by lying in a Maildir; in order of path.

    Links to folders are not followed. Of a Maildir drafts and what is marked as deleted are passed by.
    """
    for top, folders, names in os.walk(folder):
        folders.sort()
        here = Path(top)
        if "cur" in folders and "new" in folders:
            folders[:] = [one for one in folders if one not in ("cur", "new", "tmp")]
            for part in ("cur", "new"):
                yield from (one for one in sorted((here / part).iterdir()) if _is_kept(one))
            continue
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) or name == "mbox":
                yield here / name


def _is_kept(file: Path) -> bool:
    """Whether a file of a Maildir is mail that was sent and not thrown away: its flags are in its name."""
    flags = file.name.rpartition("2,")[2] if "2," in file.name else ""
    return file.is_file() and not file.name.startswith(".") and not set(flags) & {"D", "T"}


def of_file(path: Path) -> Iterator[Message]:
    """The mails of one file: one, or those of an mbox."""
    try:
        with path.open("rb") as stream:
            yield from of_stream(stream, str(path))
    except OSError as error:
        problem = Invalid("{path}: it cannot be read ({reason})", path=str(path), reason=reason(error))
        yield unread(problem, str(path))


def of_stream(stream: Readable, where: str) -> Iterator[Message]:
    """The mails of a stream, by what it begins with."""
    head = stream.read(_HEAD)
    whole = _Joined(head, stream)
    if head.lstrip(b"\r\n").startswith(b"From "):
        for number, data in enumerate(mbox.mails(whole, parsing.LARGEST), 1):
            yield _mail(data, f"{where}:{number}")
    elif head.startswith(_PST):
        problem = Invalid(
            "{path}: this is Outlook's whole store, which is not read; "
            "drag the mails out of Outlook into a folder and name that",
            path=where,
        )
        yield unread(problem, where)
    else:
        data = whole.read(parsing.LARGEST + 1)
        yield _mail(data, where)


def _mail(data: bytes | int, where: str) -> Message:
    try:
        if isinstance(data, int):
            parsing.refuse_too_large(data, where)
        elif data.startswith(outlook.SIGNATURE):
            return outlook.parse(data, where)
        else:
            return parsing.parse(data, where)
    except Invalid as problem:
        return unread(problem, where)
    raise AssertionError  # a size alone is told of a mail that is too large


def unread(problem: Invalid, where: str) -> Message:
    """What stands for a mail that cannot be read."""
    return Message(id=f"unread:{where}", where=where, problem=problem.text)


def recognises(source: str) -> bool:
    """Whether a name without a suffix is mail: standard input, a folder, what begins with headers."""
    path = Path(source)
    if source == STANDARD_INPUT or path.is_dir():
        return True
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return _LOOKS.match(head) is not None


class Readable(Protocol):
    """What gives bytes when it is read from."""

    def read(self, size: int, /) -> bytes: ...


class _Joined:
    """A stream whose first bytes have been read already."""

    def __init__(self, head: bytes, stream: Readable) -> None:
        self._head, self._stream = head, stream

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head, b""
        return head + self._stream.read(max(size - len(head), 0))
