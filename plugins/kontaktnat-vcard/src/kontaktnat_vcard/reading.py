"""A file → its cards, each by itself: where it begins, its lines, or what is wrong with it.

Lines end in CRLF, LF or CR. What is between cards, a card that is not ended, and a line that is no property
each make one bad card and touch no other.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from functools import lru_cache

from attrs import define

from kontaktnat.extend import Text
from kontaktnat_vcard.encodings import Bytes, decoded, is_utf8, unquoted
from kontaktnat_vcard.lines import Line, Params, escape, joined, one_line, parse, parts, unescape

PROBLEM = "X-KONTAKTNAT-PROBLEM"
"""The property that a file of rejects says in what was wrong; passed over when it comes again."""

_ENDS = re.compile(r"\r\n|\n|\r")
_MARK = "\xef\xbb\xbf"  # a byte order mark, where files were put together
_NOTHING = " \t\0\x1a"  # old systems end a file with control-Z
_BEGIN = re.compile(r"BEGIN\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_END = re.compile(r"END\s*:\s*VCARD\s*\Z", re.IGNORECASE)
_AGENT = re.compile(r"(?:[\w-]+\.)?AGENT(?:;[^:]*)?:\s*(BEGIN\s*:\s*VCARD\s*)?\Z", re.IGNORECASE | re.ASCII)
_BASE64 = re.compile(r"[A-Za-z0-9+/=]+\s*\Z", re.ASCII)
_TEXTS = frozenset({"FN", "NOTE", "TITLE", "ROLE", "LABEL"})
_IN_PARTS = frozenset({"N", "ADR"})


@define(kw_only=True, repr=False)
class Card:
    """What stands between BEGIN and END; `problem` says why it cannot be read."""

    row: int
    raw: str
    version: str = ""
    lines: tuple[Line, ...] = ()
    problem: str = ""


@define(repr=False)
class _Logical:
    """A line with what is folded below it, as it stood."""

    row: int
    pieces: list[str]
    quoted: bool
    base64: bool
    open: bool = True
    """Base64 goes on until a blank line."""

    def goes_on(self, line: str) -> bool:
        if self.quoted:  # a phone may leave out the mark; but no property begins so
            return self.pieces[-1].rstrip(" \t").endswith("=") or line[:1] in (";", "=")
        return self.base64 and self.open and _BASE64.match(line) is not None


def cards(file: Bytes) -> Iterator[Card]:
    """The cards, in the order of the file."""
    physical = _ENDS.split(file.text)
    start = 0  # index of the line with BEGIN
    body: list[_Logical] | None = None
    agents: list[int] = []  # where the cards within this card begin, innermost last
    junk: list[int] = []
    for n, line in enumerate(physical):
        if line.startswith(_MARK):
            line = line.removeprefix(_MARK)
        bare = line.strip(_NOTHING) if line[:1] in _FIRST else ""
        begins = bool(bare) and _BEGIN.match(bare) is not None
        if body is None:
            if begins:
                if junk:
                    yield _outside(physical, junk)
                    junk = []
                start, body = n, []
            elif line.strip(_NOTHING):
                junk.append(n)
        elif agents:
            inner = _AGENT.match(line)
            if (inner and inner[1]) or (begins and _AGENT.match(_last_written(physical, n))):
                agents.append(n)
            elif begins:
                yield _not_ended(physical, start, n)
                start, body, agents = n, [], []
            elif bare and _END.match(bare):
                first = agents.pop()
                if not agents:
                    _take_agent(body, physical, first, n)
        elif begins:
            if body and _AGENT.match("".join(body[-1].pieces)):
                agents.append(n)
            else:
                yield _not_ended(physical, start, n)
                start, body = n, []
        elif bare and _END.match(bare):
            yield _card(file, physical, start, n, body)
            body = None
        elif (found := _AGENT.match(line)) and found[1]:
            body.append(_Logical(n + 1, [line[: found.start(1)]], False, False))
            agents.append(n)
        else:
            _take(body, n, line)
    if body is not None:
        yield _not_ended(physical, start, len(physical))
    elif junk:
        yield _outside(physical, junk)


_FIRST = frozenset("BbEe \t\0\x1a")


def _take(body: list[_Logical], n: int, line: str) -> None:
    last = body[-1] if body else None
    if last and last.quoted and last.goes_on(line):
        last.pieces.append(line)
    elif line[:1] in (" ", "\t") and last:
        last.pieces.append(line if last.quoted and last.goes_on(line) else line[1:])
    elif not line.strip(_NOTHING):
        if last:
            last.open = False
    elif last and last.goes_on(line):
        last.pieces.append(line)
    else:
        head = line.partition(":")[0].upper() if ";" in line else ""
        body.append(
            _Logical(
                n + 1,
                [line],
                "QUOTED-PRINTABLE" in head,
                "BASE64" in head or "ENCODING=B" in head,
            )
        )


def _last_written(physical: list[str], n: int) -> str:
    while n > 0 and not physical[n - 1].strip():
        n -= 1
    return physical[n - 1] if n else ""


def _take_agent(body: list[_Logical], physical: list[str], first: int, last: int) -> None:
    """A card within a card is one value, as vCard 3.0 writes it (RFC 2426 §3.5.4)."""
    inner = "\n".join(["BEGIN:VCARD", *physical[first + 1 : last], "END:VCARD"])
    body[-1].pieces = ["".join(body[-1].pieces), escape(inner)]


def _card(file: Bytes, physical: list[str], start: int, end: int, body: list[_Logical]) -> Card:
    raw = _raw(physical[start : end + 1])
    wide = bool(file.wide) or file.marked
    found: list[Line] = []
    version = ""
    for logical in body:
        line = _line(logical, wide)
        if line is None:
            problem = Text("line {line}: a property has a name and a colon; this has none", line=logical.row)
            return Card(row=start + 1, raw=raw, problem=problem)
        if line.name == "VERSION":
            version = version or line.value.strip()
        elif line.name != PROBLEM:
            found.append(line)
    older = version.startswith("2") or not version
    lines = tuple(_canonical(line, older) for line in found)
    return Card(row=start + 1, raw=raw, version=version, lines=lines)


def _line(logical: _Logical, wide: bool) -> Line | None:
    pieces = logical.pieces
    if not logical.quoted:
        line = parse("".join(pieces) if len(pieces) > 1 else pieces[0])
        if line is None:
            return None
        if line.params or not line.value.isascii():
            line = _lettered(line, line.value, "" if wide else (*line.of("CHARSET"), "")[0])
        if logical.base64:
            return _from_base64(line.but("ENCODING", "b")._replace(value="".join(line.value.split())))
        if line.of("ENCODING") in (("8BIT",), ("7BIT",)):
            line = line.but("ENCODING")
        return line
    line = parse(pieces[0])
    if line is None:
        return None
    value = unquoted([line.value, *pieces[1:]])
    line = _lettered(line, value, (*line.of("CHARSET"), "")[0])
    return line.but("ENCODING")


def _from_base64(line: Line) -> Line:
    """A picture stays as it is; of a name it is only how its letters were sent."""
    if line.name not in _TEXTS | _IN_PARTS | {"ORG"}:
        return line
    try:
        data = binascii.a2b_base64(line.value, strict_mode=True)
    except ValueError:
        return line
    return line.but("ENCODING")._replace(value=decoded(data.decode("latin-1")))


def _lettered(line: Line, value: str, charset: str) -> Line:
    """The line with letters for bytes, and no word of an encoding that it has no longer."""
    return Line(
        decoded(line.group), decoded(line.name), _lettered_params(line.params), decoded(value, charset)
    )


@lru_cache(maxsize=4096)
def _lettered_params(params: Params) -> Params:
    return tuple((decoded(name), tuple(map(decoded, values))) for name, values in params if name != "CHARSET")


def _canonical(line: Line, older: bool) -> Line:
    """Escaped as since 3.0, where an older or careless program wrote otherwise; what is unknown stays."""
    value = line.value
    if line.name in _TEXTS:
        value = escape(unescape(value))
    elif line.name == "ORG":
        value = joined(map(unescape, parts(value)))
    elif older and line.name in _IN_PARTS:
        value = ";".join(_escaped_commas(one) if line.name == "ADR" else one for one in parts(value))
    value = one_line(value)
    return line if value == line.value else line._replace(value=value)


def _escaped_commas(part: str) -> str:
    return escape(unescape(part))


def _raw(physical: list[str]) -> str:
    """The card as it stood, in letters. A property in letters of its own says so no more."""
    text = "\n".join(physical)
    if text.isascii() or is_utf8(text):
        return decoded(text)
    lines = []
    charset = ""
    for line in physical:
        head = line.partition(":")[0]
        if line[:1] not in (" ", "\t"):
            said = re.search(r";CHARSET=([^;:]+)", head, re.IGNORECASE)
            charset = said[1] if said else ""
            if said and "QUOTED" not in head.upper():
                line = line.replace(said[0], "", 1)
        lines.append(decoded(line, charset))
    return "\n".join(lines)


def _not_ended(physical: list[str], start: int, end: int) -> Card:
    problem = Text("the card that begins here has no END:VCARD")
    return Card(row=start + 1, raw=_raw(physical[start:end]), problem=problem)


def _outside(physical: list[str], junk: list[int]) -> Card:
    problem = Text("this stands in no card: none begins before it")
    return Card(row=junk[0] + 1, raw=_raw(physical[junk[0] : junk[-1] + 1]), problem=problem)
