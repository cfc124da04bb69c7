"""Which letters bytes stand for: byte order mark, what CHARSET says, else UTF-8, else Windows-1252.

The whole is handled as Latin-1, a letter a byte, until a property says what its bytes mean: one file may hold
several encodings, and vCard 2.1 says them property by property.
"""

from __future__ import annotations

import binascii
import codecs
import re
import unicodedata
from typing import NamedTuple

_TRUSTED = re.compile(
    r"utf-?(7|8|16|32)|iso8859|cp\d|koi8|mac-|gb|big5|euc|shift|iso2022|tis|johab|hz", re.ASCII
)
_AS_WINDOWS = frozenset({"iso8859-1", "ascii"})
_HALF = re.compile("[\ud800-\udfff]")
_TWO_DIGITS = re.compile(r"[0-9A-Fa-f]{2}")


class Bytes(NamedTuple):
    """A file: a letter a byte; whether a mark or UTF-16 vouched for what is not quoted-printable."""

    text: str
    wide: str
    """The name of the encoding that the whole file had; "": each property for itself."""
    marked: bool


def opened(data: bytes) -> Bytes:
    """The file's bytes, with UTF-16 made UTF-8."""
    wide = _wide(data)
    if wide:
        data = data.decode(wide, "replace").encode("utf-8", "replace")
    marked = data.startswith(codecs.BOM_UTF8)
    return Bytes(data.decode("latin-1"), wide, marked)


def _wide(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    head = data[:22]  # BEGIN:VCARD
    if data.startswith(codecs.BOM_UTF16_LE) or (len(head) > 3 and not head[1::2].strip(b"\0")):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE) or (len(head) > 3 and not head[0::2].strip(b"\0")):
        return "utf-16-be"
    return ""


def decoded(raw: str, charset: str = "") -> str:
    """A text that is still a letter a byte, in NFC. Never fails: what nothing explains is Windows-1252."""
    if raw.isascii():
        return raw
    data = raw.encode("latin-1")
    said = _codec(charset)
    for encoding in (said, "utf-8"):
        if encoding:
            try:
                return _whole(data.decode(encoding))
            except (UnicodeDecodeError, ValueError):
                continue
    if said == "utf-8":  # a phone cuts a text where it has no more room, also within a letter
        return _whole(data.decode("utf-8", _AS_WINDOWS_TOLD))
    return unicodedata.normalize("NFC", _windows(data))


def _stray(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 in a text that says it is."""
    assert isinstance(error, UnicodeDecodeError)
    return _windows(error.object[error.start : error.end]), error.end


_AS_WINDOWS_TOLD = "kontaktnat_vcard.stray"
codecs.register_error(_AS_WINDOWS_TOLD, _stray)


def is_utf8(raw: str) -> bool:
    """Whether these bytes are UTF-8."""
    try:
        raw.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _windows(data: bytes) -> str:
    """Windows-1252, with the five bytes that it leaves open as in the web's (WHATWG Encoding §9)."""
    text = data.decode("cp1252", "surrogateescape")
    return "".join(chr(ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else c for c in text)


def _whole(text: str) -> str:
    """Without half letters, which UTF-7 and UTF-16 can bring."""
    if _HALF.search(text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", text)


def _codec(charset: str) -> str:
    if not charset:
        return ""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return ""
    if name in _AS_WINDOWS:  # as everyone who says so means it
        return "" if name == "ascii" else "cp1252"
    return name if _TRUSTED.match(name) else ""


def unquoted(pieces: list[str]) -> str:
    """Quoted-printable, line by line as it stood, decoded to a letter a byte.

    Some fold it besides with a blank, which is then none of the text: known by every line having one, or by a
    letter that it would cut in two.
    """
    kept = _unquoted(pieces)
    rest = pieces[1:]
    if rest and all(one[:1] in (" ", "\t") for one in rest):
        bare = _unquoted([pieces[0], *(one[1:] for one in rest)])
        if len(rest) > 1 or (is_utf8(bare) and not is_utf8(kept)):
            return bare
    return kept


def _unquoted(pieces: list[str]) -> str:
    text = ""
    joined: list[str] = []
    for n, piece in enumerate(pieces):
        following = pieces[n + 1] if n + 1 < len(pieces) else ""
        text = piece.rstrip(" \t") if piece.rstrip(" \t").endswith("=") else piece
        if text.endswith("="):
            text = text[:-1]
            # `=9A==` and below it `=D1`, or `D1`: the second mark is either one too many, or belongs below.
            while text.endswith("=") and not _TWO_DIGITS.match(following):
                text = text[:-1]
        joined.append(text)
    return binascii.a2b_qp("".join(joined).encode("latin-1")).decode("latin-1")
