"""Content lines: `item1.TEL;TYPE=CELL:070-174 06 05` taken apart, put together, escaped and folded.

RFC 6350 §3.3-3.4 and RFC 2426 §4; of vCard 2.1 its parameters without names (`TEL;WORK;VOICE`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

_NAME = re.compile(r"(?:([^\s:;\"]+)\.)?([^\s:;.\"=]+|[Xx]-[^:;.\"=]*)\Z", re.ASCII)
"""Highrise has blanks in names of its own (`X-GOOGLE TALK`)."""
_HEAD = re.compile(r'((?:[^":]|"[^"]*")*):')
_PARTS = re.compile(r'(?:[^;"]|"[^"]*"|")+')
_VALUES = re.compile(r'(?:[^,"]|"[^"]*"|")+')
_ESCAPED = re.compile(r'\\([\\;,:"nN])')
_QUOTED = re.compile('[,;:"]')
_BROKEN = re.compile(r"\r\n?|[\n\u2028\u2029]")
_ENCODINGS = {"QUOTED-PRINTABLE": "QUOTED-PRINTABLE", "BASE64": "b", "B": "b", "8BIT": "8BIT", "7BIT": "7BIT"}
_KINDS_OF_VALUE = frozenset({"INLINE", "URL", "CONTENT-ID", "CID"})

_BLANK = " \t"
"""Nothing else is: while a letter is a byte, what looks like a hard space may be half an à."""
_SPELLED = {
    one.upper(): one
    for one in ("X-ABLabel", "X-ABADR", "X-ABShowAs", "X-ABRelatedNames", "X-ABDate", "X-ABUID")
}
"""As Apple writes them, to whom alone they mean something."""

Params = tuple[tuple[str, tuple[str, ...]], ...]


class Line(NamedTuple):
    """One property: names in capitals, the value as it is escaped in vCard 3.0 and 4.0."""

    group: str
    name: str
    params: Params
    value: str

    def of(self, param: str) -> tuple[str, ...]:
        """The values of a parameter."""
        for name, values in self.params:
            if name == param:
                return values
        return ()

    @property
    def types(self) -> frozenset[str]:
        """What TYPE says, in capitals."""
        return _types(self.params)

    def but(self, param: str, *values: str) -> Line:
        """The same line with one parameter set, or taken out."""
        had = [one[0] for one in self.params]
        place = had.index(param) if param in had else len(had)
        before, after = self.params[:place], self.params[place + 1 :]
        return self._replace(params=(*before, *([(param, values)] if values else ()), *after))

    @property
    def same(self) -> tuple[object, ...]:
        """Equal for lines that say the same: letters of names and types and the order of parameters aside."""
        return self.group.casefold(), self.name, _same_params(self.params), unescape(self.value)


@lru_cache(maxsize=4096)
def _types(params: Params) -> frozenset[str]:
    return frozenset(one.upper() for name, values in params if name == "TYPE" for one in values)


@lru_cache(maxsize=4096)
def _same_params(params: Params) -> frozenset[tuple[str, frozenset[str]]]:
    return frozenset(
        (name, frozenset(one.upper() if name in ("TYPE", "VALUE", "ENCODING") else one for one in values))
        for name, values in params
    )


def parse(text: str) -> Line | None:
    """A line that is unfolded; None where it has no name, or no colon after it."""
    head, colon, value = text.partition(":")
    if '"' in head and (found := _HEAD.match(text)):
        head, value = found[1], text[found.end() :]
    named, _, told = head.partition(";")
    found = _NAME.match(named.strip(_BLANK))
    if not (colon and found):
        return None
    return Line(found[1] or "", _capitals(found[2]), _params(told) if told else (), value)


def _capitals(name: str) -> str:
    """Of a name that is none nothing is changed: while a letter is a byte, its capital may be none."""
    return name.upper() if name.isascii() else name


@lru_cache(maxsize=4096)  # a file has few of them, on every other line
def _params(told: str) -> Params:
    found: dict[str, list[str]] = {}
    for part in _PARTS.findall(told):
        name, equals, values = part.partition("=")
        name = _capitals(name.strip(_BLANK))
        if not equals:
            values, name = name, _unnamed(name)
        said = [one.strip(_BLANK).strip('"') for one in _VALUES.findall(values)]
        if name == "TYPE":  # RFC 6350 itself writes TYPE="voice,home" and means two
            said = [part.strip(_BLANK) for one in said for part in one.split(",") if part.strip(_BLANK)]
        if name == "ENCODING":
            said = [_ENCODINGS.get(one.upper(), one) for one in said]
        if name and (said or name != "TYPE"):
            known = found.setdefault(name, [])
            known += [one for one in said or [""] if one not in known]
    return tuple((name, tuple(values)) for name, values in found.items())


def _unnamed(word: str) -> str:
    """What a parameter of vCard 2.1 is that does not say it."""
    if word in _ENCODINGS and word != "B":
        return "ENCODING"
    return "VALUE" if word in _KINDS_OF_VALUE else "TYPE"


def written(line: Line) -> str:
    """The line, unfolded."""
    name = _SPELLED.get(line.name, line.name)
    text = f"{line.group}.{name}" if line.group else name
    for name, values in line.params:
        if name == "TYPE":  # one by one, as Apple and Google write it and everyone reads it
            text += "".join(f";TYPE={_param(value)}" for value in values)
        else:
            text += f";{name}={','.join(map(_param, values))}"
    return f"{text}:{one_line(line.value)}"


def _param(value: str) -> str:
    if '"' in value or not value.isprintable():
        value = "".join(c for c in value.replace('"', "'") if c == "\t" or c >= " ")
    return f'"{value}"' if _QUOTED.search(value) else value


def one_line(value: str) -> str:
    """A value without line breaks: each is written `\\n`."""
    return value if value.isprintable() else _BROKEN.sub(r"\\n", value)


def folded(line: Line, width: int = 75) -> bytes:
    """The line as it goes into a file: at most 75 bytes, CRLF, never cut within a letter (RFC 6350 §3.2)."""
    text = written(line)
    data = text.encode("utf-8", "replace")
    if len(data) <= width:
        return data + b"\r\n"
    pieces, start, room = [], 0, width
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(data[start:end])
        start, room = end, width - 1  # the blank that begins the next line is one of them
    return b"\r\n ".join((*pieces, data[start:])) + b"\r\n"


def escape(text: str) -> str:
    """A text as a value, or as one part of a value with several."""
    return one_line(text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;"))


def unescape(value: str) -> str:
    """A value as the text that it stands for."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def parts(value: str, mark: str = ";") -> list[str]:
    """The parts of a value, still escaped."""
    if "\\" not in value:
        return value.split(mark)
    return list(_apart(value, mark))


def _apart(value: str, mark: str) -> Iterator[str]:
    start = 0
    for found in re.finditer(rf"\\.|{mark}", value, re.DOTALL):
        if found[0] == mark:
            yield value[start : found.start()]
            start = found.end()
    yield value[start:]


def joined(texts: Iterable[str], mark: str = ";") -> str:
    """Texts as one value in several parts."""
    return mark.join(map(escape, texts))
