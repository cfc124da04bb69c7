"""Where mails are read from."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kontaktnat.errors import Invalid

if TYPE_CHECKING:
    from kontaktnat.extend import Message


def read(source: str, options: Mapping[str, str]) -> Iterator[Message]:
    """The mail of a file, or of standard input (`-`)."""
    from kontaktnat_mail.parsing import parse

    del options
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise Invalid("{path}: {problem}", path=source, problem=error.strerror or str(error)) from None
    yield parse(data, source)
