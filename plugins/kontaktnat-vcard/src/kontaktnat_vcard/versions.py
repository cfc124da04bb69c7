"""The same property in vCard 3.0 and in 4.0 (RFC 6350 §5, appendix A), where they write it otherwise."""

from __future__ import annotations

import re

from kontaktnat_vcard.lines import Line, escape, one_line, parts, unescape

_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_SOURCE = re.compile(r"data:([\w.+/-]*)((?:;[\w.+-]+=[^;,]*)*);base64,", re.ASCII | re.IGNORECASE)
_MEDIA = {"PHOTO": "image", "LOGO": "image", "SOUND": "audio", "KEY": "application"}


def adapted(line: Line, version: str) -> Line:
    """The line as that version writes it."""
    return _new(line) if version == "4.0" else _old(line)


def _new(line: Line) -> Line:
    if "PREF" in line.types:
        rest = tuple(one for one in line.of("TYPE") if one.upper() != "PREF")
        line = line.but("TYPE", *rest)
        if not line.of("PREF"):
            line = line.but("PREF", "1")
    if line.name in _BINARY and line.of("ENCODING") == ("b",):
        kind = (*line.of("TYPE"), "")[0]
        kind = kind.casefold() if "/" in kind else f"{_MEDIA[line.name]}/{kind.casefold()}" if kind else ""
        return (
            line.but("ENCODING")
            .but("TYPE", *line.of("TYPE")[1:])
            ._replace(value=f"data:{kind};base64,{line.value}")
        )
    if line.of("ENCODING") == ("b",):
        return line
    if line.name == "GEO" and len(place := parts(line.value)) == 2:
        return line._replace(value=f"geo:{','.join(one.strip() for one in place)}")
    return line


def _old(line: Line) -> Line:
    if line.of("PREF") == ("1",):
        line = line.but("PREF").but("TYPE", *line.of("TYPE"), "PREF")
    if line.name in _BINARY and (found := _SOURCE.match(line.value)):
        media, _, kind = found[1].partition("/")
        if media.casefold() != _MEDIA[line.name]:
            kind = found[1]
        line = line.but("VALUE").but("ENCODING", "b")
        kind = kind if "/" in kind else kind.upper()
        if kind and kind.upper() not in line.types:
            line = line.but("TYPE", kind, *line.of("TYPE"))
        return line._replace(value=line.value[found.end() :])
    if line.name == "TEL" and line.value[:4].lower() == "tel:":
        number, _, rest = unescape(line.value[4:]).partition(";")
        extension = rest.partition("ext=")[2].partition(";")[0]
        return line.but("VALUE")._replace(value=escape(f"{number} x{extension}" if extension else number))
    if line.name == "GEO" and line.value[:4].lower() == "geo:":
        latitude, _, longitude = one_line(unescape(line.value[4:])).partition(";")[0].partition(",")
        return line._replace(value=f"{latitude};{longitude}") if longitude else line
    return line
