"""An mbox, mail by mail: never more of it in memory than one mail and a piece of the next.

Its dialects differ in how they guard a line of a body that begins with "From ": mboxrd and mboxo put a ">"
before it, others count bytes or do nothing. So a new mail is where the line has a clock, as the line that
a mail begins with should (RFC 4155), or is but a dash, or below an empty line an address, as Netscape's and
Google's are; and where a header follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

_START = re.compile(
    rb"From (?:(?<=\nFrom )|(?<=\AFrom ))(?:[^\r\n]{0,200}?\d\d?:\d\d[^\r\n]{0,100}|"
    rb"- *|(?:(?<=\n\nFrom )|(?<=\n\r\nFrom ))[^\s@]{1,99}@[^\s@]{1,99} *)"
    rb"\r?\n(?=>?From |[!-9;-~]{1,76}[ \t]*:)"
)
"""It begins with the letters themselves, which are found several times as fast as where a line begins."""
_FIRST = re.compile(rb"[\r\n]*From [^\r\n]{0,300}\r?\n")
_GUARDED = re.compile(rb"^>(>*From )", re.MULTILINE)
_CHUNK = 1 << 20
_TAIL = 512
"""Bytes in which the beginning of a mail may lie half."""


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def mails(stream: _Readable, largest: int) -> Iterator[bytes | int]:
    """The bytes of each mail, without its first line and without guards; of one above `largest` its size."""
    buffer = bytearray()
    searched = 0  # up to here no mail begins
    dropped = 0  # bytes of the mail being read that were let go
    start: int | None = None  # where the mail being read begins, after its "From " line
    while True:
        chunk = stream.read(_CHUNK)
        buffer += chunk
        if start is None:
            first = _FIRST.match(buffer)
            if first is None and chunk and len(buffer) < _TAIL:
                continue
            if first is None:
                return
            start = searched = first.end()
        for found in _START.finditer(buffer, max(searched - _TAIL, start)):
            if not chunk or found.end() + _TAIL < len(buffer):
                yield _mail(buffer, start, found.start(), dropped, largest)
                start, dropped = found.end(), 0
                searched = start
        if not chunk:
            yield _mail(buffer, start, len(buffer), dropped, largest)
            return
        searched = max(searched, len(buffer) - _TAIL)
        if len(buffer) - start > largest + _TAIL:
            dropped += len(buffer) - start - 2 * _TAIL
            del buffer[start : len(buffer) - 2 * _TAIL]
            searched = len(buffer) - _TAIL
        del buffer[:start]
        searched -= start
        start = 0


def _mail(buffer: bytearray, start: int, end: int, dropped: int, largest: int) -> bytes | int:
    if dropped or end - start > largest:
        return dropped + end - start
    data = bytes(memoryview(buffer)[start:end])
    # The empty line before the next mail is the box's
    for sign in (b"\r\n", b"\n"):
        if data.endswith(sign + sign):
            data = data[: -len(sign)]
            break
    return _GUARDED.sub(rb"\1", data) if b">From " in data else data
