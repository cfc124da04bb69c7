"""Bytes of a mail as text: what is declared, as far as that can be; nothing here ever raises.

Labels are read as mail programs write them, which is not always as the registry has them; what is called
Latin-1 or ASCII is Windows' superset of it, as browsers have it (WHATWG, Encoding §4.2). What is undeclared
or declared wrongly is UTF-8 where it is valid, else cp1252: detectors guess Swedish text wrong.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

_LABEL = re.compile(r"[a-z0-9][a-z0-9_.:+-]{0,39}")
_SUPERSETS = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "iso8859-1": "cp1252",
    "latin1": "cp1252", "latin-1": "cp1252", "iso-latin-1": "cp1252", "l1": "cp1252", "ansi": "cp1252",
    "x-ansi": "cp1252", "windows-1252": "cp1252", "cp-1252": "cp1252", "x-cp1252": "cp1252",
    "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "ksc5601": "cp949",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext", "big5": "big5hkscs",
    "utf8": "utf-8", "utf8mb4": "utf-8", "utf-8mb4": "utf-8", "unicode-1-1-utf-7": "utf-7",
    "iso-8859-8-i": "iso-8859-8", "iso-8859-6-i": "iso-8859-6", "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman", "cp-850": "cp850", "ibm850": "cp850", "x-user-defined": "cp1252",
}  # fmt: skip
# Python has these for other ends: none is a charset of mail, and some take a time that grows by the square.
_NO_CHARSETS = frozenset(
    ("idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem")
)
_ESCAPED = ("iso2022", "iso-2022", "iso2022_jp_ext", "utf-7", "utf7", "hz")
"""Charsets whose bytes are all ASCII, so that ASCII is no reason to read it as such."""
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes, charset: str = "") -> str:
    """The text of `data`, declared to be in `charset`; unreadable characters become U+FFFD, NULs go."""
    name = codec(charset) if charset else ""
    if data.isascii() and not name.startswith(_ESCAPED) and not name.startswith("utf-16"):
        return _clean(data.decode("ascii"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "utf-16"
    if name and name != "cp1252":
        try:
            return _clean(data.decode(name))
        except (UnicodeError, ValueError, LookupError):
            pass
        if name != "utf-8":
            lenient = data.decode(name, "replace")
            if lenient.count("\ufffd") * 20 < len(lenient):
                return _clean(lenient)
    return _clean(_undeclared(data, windows=name == "cp1252"))


def _undeclared(data: bytes, *, windows: bool) -> str:
    """As UTF-8 where it is that, or was and lost a byte; else as cp1252, which is what was declared."""
    try:
        return data.decode("utf-8") if not windows or _is_clearly_utf8(data) else data.decode("cp1252")
    except UnicodeError:
        pass
    lenient = data.decode("utf-8", "replace")
    lost = lenient.count("\ufffd")
    beyond = len(lenient) - sum(map(str.isascii, lenient))
    if not windows and beyond > 2 * lost:
        return lenient
    return data.decode("cp1252", "replace")


def _is_clearly_utf8(data: bytes) -> bool:
    """Whether text declared as Latin-1 is UTF-8 all the same: valid, with letters that Latin-1 has, too.

    "Ã¥" is nothing that people write; a text with such pairs and no other byte above ASCII is UTF-8.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeError:
        return False
    return any("\u00c0" <= one <= "\u017f" for one in text)


@lru_cache(maxsize=256)
def codec(charset: str) -> str:
    """Python's name of a charset, "" where there is none that mail may have."""
    label = charset.strip().strip("\"'").lower()
    if not _LABEL.fullmatch(label):
        return ""
    label = _SUPERSETS.get(label, label)
    try:
        name = codecs.lookup(label).name
        b"a".decode(name)  # some are no charsets, but ways to pack bytes
    except UnicodeError:
        pass  # more bytes to a letter
    except (LookupError, ValueError):
        return ""
    return "" if name.replace("-", "_") in _NO_CHARSETS else _SUPERSETS.get(name, name)


def _clean(text: str) -> str:
    """Without control characters, which steer terminals, and without halves of characters."""
    if text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text)).removeprefix("\ufeff")
