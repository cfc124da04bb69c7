"""Messages compiled for gettext, of catalogues as plain as a template's: GNU gettext manual, "MO Files"."""

from __future__ import annotations

import json
import re
import struct

_ENTRY = re.compile(r'^msgid (".*")\nmsgstr (".*")$', re.MULTILINE)
_MAGIC, _HEADER = 0x950412DE, 28


def compiled(text: str) -> bytes:
    """What gettext reads, of a `.po` whose sentences stand in one line each and have no plurals.

    Its header stands in one line too. babel does this for any, and is no dependency of the core.
    """
    found = {json.loads(id): json.loads(string) for id, string in _ENTRY.findall(text)}
    pairs = sorted((id.encode(), string.encode()) for id, string in found.items())
    tables = bytearray()
    data = bytearray()
    start = _HEADER + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[column]), start + len(data))
            data += pair[column] + b"\0"
    head = struct.pack("<IIIIIII", _MAGIC, 0, len(pairs), _HEADER, _HEADER + 8 * len(pairs), 0, start)
    return bytes(head + tables + data)
