"""Where mail is read from: files, an mbox, a Maildir, a folder of all that, standard input. One at a time.

Nothing is ever marked, moved or deleted. What cannot be read comes as a Message with its problem, in its
place among the others, so that one broken file is no end.
"""

from __future__ import annotations

import errno
import os
import re
import stat
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
_BOX = re.compile(rb"[\r\n]*From [^\r\n]+\r?\n(?:>?From |[!-9;-~]{1,76}[ \t]*:)")
_STATUS = re.compile(rb"^X-Mozilla-Status: *([0-9a-fA-F]{4})", re.MULTILINE)
_DRAFT = re.compile(rb"^X-Mozilla-Draft-Info:", re.MULTILINE)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")
_EXPUNGED = 0x0008
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
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound("{path}: there is no such file or folder", path=source, nearest=()) from None
    except OSError as error:
        yield _unreadable(path, error)
        return
    if not is_folder:
        yield from of_file(path)
        return
    for one in below(path):
        if isinstance(one, Message):
            yield one
        else:
            yield from of_file(one)


def below(folder: Path) -> Iterator[Path | Message]:
    """The files below a folder that are mail, in order of path, and a Message for what cannot be looked at.

    They are it by their names, by lying in a Maildir, or by beginning as an mbox does, as Thunderbird's have
    no suffix. Links to folders are not followed. Of a Maildir drafts and what is marked as deleted are passed
    by.
    """
    failed: list[OSError] = []
    for top, folders, names in os.walk(folder, onerror=failed.append):
        yield from (_unreadable(Path(one.filename or folder), one) for one in failed)
        failed.clear()
        folders.sort()
        here = Path(top)
        if "cur" in folders and "new" in folders:
            folders[:] = [one for one in folders if one not in ("cur", "new", "tmp")]
            for part in ("cur", "new"):
                try:
                    yield from (one for one in sorted((here / part).iterdir()) if _is_kept(one))
                except OSError as error:
                    yield _unreadable(here / part, error)
            continue
        for name in sorted(names):
            file = here / name
            if name.lower().endswith(SUFFIXES) or name == "mbox" or _is_odd(file) or _is_mbox(file):
                yield file
    yield from (_unreadable(Path(one.filename or folder), one) for one in failed)


def _is_kept(file: Path) -> bool:
    """Whether a file of a Maildir is mail that was sent and not thrown away: its flags are in its name."""
    flags = file.name.rpartition("2,")[2] if "2," in file.name else ""
    return not file.is_dir() and not file.name.startswith(".") and not set(flags) & {"D", "T"}


def _is_odd(file: Path) -> bool:
    """Whether it is a pipe, a socket or a device, which may never end; a link that leads nowhere is none."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _is_mbox(file: Path) -> bool:
    try:
        return _BOX.match(_head(file)) is not None
    except OSError:
        return False


def _head(file: Path) -> bytes:
    """The first bytes of a file; raises OSError for what is none, from which to read might never end."""
    if _is_odd(file):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(file))
    with file.open("rb") as stream:
        return stream.read(_HEAD)


def of_file(path: Path) -> Iterator[Message]:
    """The mails of one file: one, or those of an mbox."""
    if _is_odd(path):
        problem = Invalid("{path}: this is no file but a pipe or a device; give what it holds to standard "
                          "input, and name - for it", path=str(path))  # fmt: skip
        yield unread(problem, str(path))
        return
    try:
        with path.open("rb") as stream:
            yield from of_stream(stream, str(path))
    except OSError as error:
        yield _unreadable(path, error)


def _unreadable(path: Path, error: OSError) -> Message:
    problem = Invalid("{path}: it cannot be read ({reason})", path=str(path), reason=reason(error))
    return unread(problem, str(path))


def of_stream(stream: Readable, where: str) -> Iterator[Message]:
    """The mails of a stream, by what it begins with."""
    head = stream.read(_HEAD)
    whole = _Joined(head, stream)
    if head.lstrip(b"\r\n").startswith(b"From "):
        for number, data in enumerate(mbox.mails(whole, parsing.LARGEST), 1):
            if isinstance(data, int) or not _is_gone(data):
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


def _is_gone(data: bytes) -> bool:
    """Whether Thunderbird has thrown a mail away, which stays in the file till that is tidied, or never sent
    it: by its own headers.
    """
    head = _END_OF_HEADERS.split(data[:_HEAD], maxsplit=1)[0]
    status = _STATUS.search(head)
    return _DRAFT.search(head) is not None or (status is not None and bool(int(status[1], 16) & _EXPUNGED))


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
        return _LOOKS.match(_head(path)) is not None
    except OSError:
        return False


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
