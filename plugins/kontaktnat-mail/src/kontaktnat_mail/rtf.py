"""A body in rich text, which is all that some of Outlook's mails have: as plain text."""

from __future__ import annotations

import re

LARGEST = 1 << 18
"""Bytes of a body as it is packed; unpacked it is nine times as much at most. Pictures are what is larger."""
CHARACTERS = 500_000
_FONTS = 4096
"""Of the table of fonts, in which the library looks for each by a search through what follows."""
_TABLE = re.compile(r"\{[^{}]{0,100}\\fonttbl")
_BRACE = re.compile(r"[{}]")
_SEARCHED = re.compile(r"(?=\{\\field|\\f\d)", re.IGNORECASE)
_LINK = re.compile(r"(hyper)(?=link)", re.IGNORECASE)
_MANY_LINES = re.compile(r"\n{3,}")


def text_of(packed: bytes) -> str:
    """The text of a packed rich text (MS-OXRTFCP); "" where it is none, or too large. It never raises."""
    from compressed_rtf import decompress
    from striprtf.striprtf import rtf_to_text

    if not 16 <= len(packed) <= LARGEST:
        return ""
    try:
        raw = decompress(packed).partition(b"\0")[0].decode("latin-1")
        text = rtf_to_text(_tamed(raw[:CHARACTERS]), errors="replace")  # type: ignore[no-untyped-call]
    except Exception:  # the libraries meet broken data with all kinds of errors
        return ""
    # Letters beyond the first plane come as two halves
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return _MANY_LINES.sub("\n\n", "\n".join(map(str.rstrip, lines.split("\n")))).strip("\n")


def _tamed(rtf: str) -> str:
    """The same rich text, so written that the library's searches do not take a time that grows by its square.

    A search ends at a line's end, and a line's end says nothing in rich text but that a control word ends
    there, so those that it has stay; nor does an empty group.
    """
    rtf = rtf.replace("\r", "\n")
    if start := _TABLE.search(rtf):
        end = _end_of_group(rtf, start.start())
        if end - start.start() > _FONTS:
            kept = rtf[start.start() : start.start() + _FONTS].rpartition("}")[0]
            rtf = f"{rtf[: start.start()]}{kept}}}}}{rtf[end:]}"
    return _LINK.sub(r"\1{}", _SEARCHED.sub("\n", rtf))


def _end_of_group(rtf: str, start: int) -> int:
    depth = 0
    for found in _BRACE.finditer(rtf, start):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.end()
    return len(rtf)
