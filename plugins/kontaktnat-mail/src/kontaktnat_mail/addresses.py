"""An address as it can stand in a header, whatever somebody has typed into a name."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import Address as Header

_LONGEST = 300
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*|\[[\w.:]+\]", re.ASCII)
"""What stands before and behind the @ without quotes (RFC 5322, 3.4.1)."""


def sendable(written: str) -> str:
    """`Eva Ek <eva@nybro.example>` → `eva@nybro.example`, with a domain's Swedish letters in IDNA's (RFC
    5891).

    "" for what no server without SMTPUTF8 (RFC 6531) takes, letters beyond ASCII before the @, and for two in
    one.
    """
    inner = written[written.rfind("<") + 1 :].rstrip("> ") if "<" in written else written
    local, at, domain = inner.strip().removeprefix("mailto:").rpartition("@")
    if not at or not local or not domain or not local.isascii() or not inner.isprintable() or " " in local:
        return ""
    try:
        import idna

        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except (UnicodeError, ValueError):
        return ""
    return f"{local}@{plain}" if _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(plain) else ""


def one_line(text: str) -> str:
    """A text that can stand in a header: one line, of printable characters, in composed letters.

    A line break would begin a header of its own (CWE-93), and so would what the stdlib takes for one.
    """
    plain = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(one for one in plain if one.isprintable())[:_LONGEST]


def header(name: str, mail: str) -> Header:
    """Name and address for a header of the stdlib's, which encodes Swedish letters by RFC 2047."""
    return Header(display_name=one_line(name), addr_spec=mail)
