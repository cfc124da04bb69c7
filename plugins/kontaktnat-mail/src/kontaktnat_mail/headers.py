"""What stands in a mail's headers: words, addresses, dates, ids and parameters. Nothing here ever raises.

The stdlib's reading of them raises on some real mails (dates, unknown charsets, broken base64), loses names
("Ek, Eva <…>" unquoted), differs between its patch releases, and some of it takes a time that grows by the
square of a header's length.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from urllib.parse import unquote_to_bytes

from kontaktnat.extend import Address
from kontaktnat_mail.charsets import decode

MOST = 1 << 18
"""Characters of one header that are read: thousands of addresses."""
TEXT = 2000
"""Characters of a subject, a name or a file's name that are kept."""
PARAMETERS = 1 << 14
"""Characters of a header with parameters that are read."""
LONGEST_ID = 998
"""Characters of a mail's id: a line of a mail may be no longer (RFC 5322 §2.1.1)."""
OLDEST = 1971
"""The first mail between computers. Dates before are clocks that were never set."""

_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{0,40})?\?([bBqQ])\?((?:[^?]|\?(?!=)){0,4000}?)\?=")
_BETWEEN = re.compile(r"\?=[ \t\r\n]+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
_TOKEN = re.compile(
    r'"((?:[^"\\]|\\.)*)"|\(((?:[^()\\]|\\.)*)\)|<([^<>]*)>?|([,;:])|([^\s",;:<>()\\]+)|\s+|(\\.|.)',
    re.DOTALL,
)
_MAIL = re.compile(r"[^\s@<>\"(),;:\[\]\\]+@[^\s@<>\"(),;:\\]+")
_ID = re.compile(r"<\s*([^<>]+?)\s*>")
_PARAMETER = re.compile(r';\s*([^\s;="]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.)*)(?:"|$)|([^;"]*))', re.DOTALL)
_NO_SEMICOLON = re.compile(r"(?<=[\w+.-])\s+(?=[\w-]+=)")
_PIECE = re.compile(r"(.+?)\*(\d{1,3})(\*?)")
_QUOTED = re.compile(r"\\([\"\\])")
"""What is quoted within quotes; other backslashes are of paths that were put there as they are."""


def unfolded(raw: str) -> str:
    """A header as one line, not yet decoded: bytes above ASCII are surrogates."""
    raw = raw[:MOST]
    return (_FOLD.sub(" ", raw) if "\n" in raw or "\r" in raw else raw).strip()


def words(raw: str, most: int = TEXT) -> str:
    """A header's text: folded lines joined, encoded words (RFC 2047) decoded, also in the midst of a word."""
    text = _words(unfolded(raw))
    return " ".join(text.split())[:most]


def _words(text: str) -> str:
    if "=?" in text:
        return "".join(_decoded(_BETWEEN.sub("?=", text)))
    return _eight_bit(text)


def _decoded(text: str) -> Iterator[str]:
    """Encoded words side by side are decoded as one: some programs cut characters in two."""
    at, charset, waiting = 0, "", b""
    for found in _WORD.finditer(text):
        if waiting and (found.start() > at or found[1].lower() != charset):
            yield decode(waiting, charset)
            waiting = b""
        yield _eight_bit(text[at : found.start()])
        charset = found[1].lower()
        waiting += _transferred(found[2], found[3])
        at = found.end()
    yield decode(waiting, charset)
    yield _eight_bit(text[at:])


def _transferred(encoding: str, text: str) -> bytes:
    data = text.encode("ascii", "surrogateescape")
    return from_base64(data) if encoding in "bB" else binascii.a2b_qp(data, header=True)


def from_base64(data: bytes) -> bytes:
    """What base64 text stands for, as far as it goes; padding may be missing, other signs are passed by."""
    kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
    if len(kept) % 4 == 1:
        kept = kept[:-1]
    try:
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return b""


def _eight_bit(text: str) -> str:
    """Bytes above ASCII, which are surrogates so far, as the text that they most likely are."""
    if text.isascii() and text.isprintable():
        return text
    return decode(text.encode("utf-8", "surrogateescape"))


# Addresses


def addresses(raw: Iterable[str]) -> tuple[Address, ...]:
    """The addresses of all headers of a name, each once, in their order; of groups their members.

    Takes what RFC 5322 allows, and what programs write all the same: semicolons between, names with
    unquoted commas, bare addresses with a name before them, the whole in an encoded word.
    """
    found: dict[str, Address] = {}
    for one in raw:
        line = unfolded(one)
        if "@" not in line and "=?" in line:
            line = _words(line)
        for address in _addresses(line):
            known = found.get(address.mail.lower())
            if known is None or (address.name and not known.name):
                found[address.mail.lower()] = address
    return tuple(found.values())


def _addresses(line: str) -> Iterator[Address]:
    name: list[str] = []
    comment, mail = "", ""
    for token in _TOKEN.finditer(line):
        quoted, remark, angled, sign, atom, _ = token.groups()
        if sign == "," and name and not mail and not any(_MAIL.search(one) for one in name):
            name.append(",")  # "Ek, Eva <…>": the comma of a name
        elif sign in (",", ";"):
            yield from _address(name, comment, mail)
            name, comment, mail = [], "", ""
        elif sign == ":":
            name = []  # of a group, or mailto:
        elif angled is not None:
            mail = mail or angled
        elif remark is not None:
            comment = remark
        elif quoted is not None:
            name.append(_QUOTED.sub(r"\1", quoted))
        else:
            name.append(atom if atom else " " if token[0].isspace() else token[0])
    yield from _address(name, comment, mail)


def _address(name: list[str], comment: str, angled: str) -> Iterator[Address]:
    said = "".join(name).strip(" ,")
    found = _MAIL.search(angled.removeprefix("mailto:")) if angled else None
    if found is None:
        found = _MAIL.search(said)
        if found is None:
            return
        # Without angles a comma ends an address: what stands before it is no part of this one's name.
        said = f"{said[: found.start()].rpartition(',')[2]} {said[found.end() :]}"
    mail = _eight_bit(found[0]).strip(".'")
    local, _, domain = mail.partition("@")
    if not local or not domain or len(mail) > 320:
        return
    label = words(said.strip() or comment).strip(" '\"")
    yield Address(mail=mail, name="" if label.lower() == mail.lower() else label)


# Dates and ids


def date(raw: Iterable[str], received: Iterable[str] = ()) -> datetime | None:
    """When a mail was written: its Date, else when it was received; None where neither can be believed.

    A Date more than a day after the mail was received is a clock gone wrong.
    """
    written = next(filter(None, map(_moment, raw)), None)
    arrived = next(filter(None, (_moment(one.rpartition(";")[2]) for one in received)), None)
    if written is None or (arrived is not None and (written - arrived).days >= 1):
        return arrived
    return written


def _moment(raw: str) -> datetime | None:
    from email.utils import parsedate_tz  # the tolerant reading of RFC 5322, obsolete forms too

    try:
        parts = parsedate_tz(unfolded(raw[:200]))
        if parts is None or not OLDEST <= parts[0] < 9999:
            return None
        moment = datetime(*parts[:6], tzinfo=UTC)
        return datetime.fromtimestamp(moment.timestamp() - (parts[9] or 0), UTC)
    except (ValueError, TypeError, IndexError, OverflowError, OSError, AttributeError):
        return None


def ids(raw: Iterable[str]) -> tuple[str, ...]:
    """Ids of mails (RFC 5322 §3.6.4) without their angles, each once, in their order."""
    found: dict[str, None] = {}
    for one in raw:
        line = unfolded(one)
        for each in _ID.findall(line) or (word for word in line.split() if "@" in word and "<" not in word):
            said = "".join(_eight_bit(each).split())
            if 0 < len(said) <= LONGEST_ID:
                found[said] = None
    return tuple(found)


# Parameters (RFC 2045 §5.1, RFC 2231)


def parameters(raw: str) -> dict[str, str]:
    """Of a Content-Type or Content-Disposition: lower-case name → text; pieces joined, charsets decoded."""
    plain, pieces = _parameters(raw)
    said = {name: words(value) for name, value in plain.items()}
    return said | {name: _joined(parts) for name, parts in pieces.items()}


def boundary(raw: str) -> str:
    """What stands between the parts of a multipart, by its Content-Type, not decoded; or ""."""
    plain, pieces = _parameters(raw)
    joined = "".join(value for _, (value, _) in sorted(pieces.get("boundary", {}).items()))
    return (plain.get("boundary") or joined).rstrip()


def _parameters(raw: str) -> tuple[dict[str, str], dict[str, dict[int, tuple[str, bool]]]]:
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    if "=" not in raw:
        return plain, pieces
    line = _NO_SEMICOLON.sub(";", unfolded(raw[:PARAMETERS]).rstrip("\\"), count=1)
    for found in _PARAMETER.finditer(line):
        name = found[1].lower()
        value = found[3].strip() if found[2] is None else _QUOTED.sub(r"\1", found[2])
        piece = _PIECE.fullmatch(name) if "*" in name else None
        if piece:
            pieces.setdefault(piece[1], {})[int(piece[2])] = (value, bool(piece[3]))
        elif name.endswith("*"):
            pieces.setdefault(name[:-1], {})[0] = (value, True)
        else:
            plain.setdefault(name, value)
    return plain, pieces


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    charset, data = "", b""
    for number in sorted(parts):
        value, encoded = parts[number]
        raw = value.encode("utf-8", "surrogateescape")
        if encoded and number == min(parts) and raw.count(b"'") >= 2:
            label, _, raw = raw.split(b"'", 2)
            charset = label.decode("ascii", "replace")
        data += unquote_to_bytes(raw) if encoded else raw
    text = decode(data, charset)
    return words(text) if "=?" in text else " ".join(text.split())[:TEXT]


def file_name(text: str) -> str:
    """A file's name alone: what stood before a slash or backslash is another machine's folder."""
    return re.split(r"[/\\]", text)[-1].strip()
