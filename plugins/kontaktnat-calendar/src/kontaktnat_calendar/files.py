"""A file's bytes → its calendars, each component as its own lines with the number of the first.

Components are kept apart here, before anything is understood of them, so that a bad one is rejected alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import attrs

from kontaktnat.errors import Invalid
from kontaktnat.extend import Text

_BEGIN = "BEGIN:VCALENDAR"
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINES = re.compile(r"\r\n|\n|\r")
_ID = re.compile(r"(?i)TZID[^:]*:(.+)")
_HEADER = re.compile(rb"[!-9;-~]+:")
_MOST_BYTES = 200_000_000


@attrs.frozen(kw_only=True, repr=False)
class Piece:
    """A component of a calendar, with the logical lines of its own; what stands inside it is left out."""

    name: str
    line: int
    lines: tuple[str, ...]
    whole: bool
    """Whether it ends before the next begins, or before the file does."""


@attrs.frozen(kw_only=True, repr=False, eq=False)
class Calendar:
    """What stands in one VCALENDAR."""

    method: str
    zones: tuple[Piece, ...]
    pieces: tuple[Piece, ...]

    def alone(self, piece: Piece) -> str:
        """The piece as a calendar of its own, with the zones that it may need."""
        method = [f"METHOD:{self.method}"] if self.method else []
        told = "\n".join(line for line in piece.lines if "TZID" in line.upper())
        needed = [zone for name, zone in self._named if told and name in told]
        lines = [_BEGIN, "VERSION:2.0", "PRODID:-//kontaktnat//rejected//EN", *method]
        for one in (*needed, piece):
            lines += [f"BEGIN:{one.name}", *one.lines, f"END:{one.name}"]
        return "\r\n".join([*lines, "END:VCALENDAR", ""])

    @cached_property
    def _named(self) -> list[tuple[str, Piece]]:
        return [(name, zone) for zone in self.zones if (name := name_of(zone))]


def name_of(zone: Piece) -> str:
    """The TZID of a zone; "" where it has none."""
    return next((plain(found[1]) for line in zone.lines if (found := _ID.match(line))), "")


def plain(name: str) -> str:
    """A zone's name without what stands around it; as a text it may have its commas escaped."""
    return name.replace("\\,", ",").replace("\\;", ";").strip().strip('"').strip()


def sniff(head: bytes) -> bool:
    """Whether the first bytes look like a calendar, or like a mail that brings one."""
    try:
        text, _, _ = decode(head[: len(head) - len(head) % 2])
    except Invalid:
        return False
    begins = text.lstrip()[: len(_BEGIN)].upper() == _BEGIN
    return begins or (_is_mail(head) and bool(re.search(rb"(?i)text/calendar|\nBEGIN:VCALENDAR", head)))


def _is_mail(data: bytes) -> bool:
    first = data.lstrip()[:200].split(b"\n", 1)[0]
    return bool(_HEADER.match(first) or first.startswith(b"From ")) and not first.upper().startswith(
        b"BEGIN:"
    )


def decode(data: bytes) -> tuple[str, str, str]:
    """The text in NFC, its encoding, and what tells that; raises Invalid for what is no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data[len(bom) :], encoding), encoding, Text("it begins with its byte order mark")
    if len(data) > 3 and (data[1:40:2].strip(b"\0") == b"" or data[0:40:2].strip(b"\0") == b""):
        encoding = "utf-16-le" if data[1] == 0 else "utf-16-be"
        return _decoded(data, encoding), encoding, Text("every other byte is nought")
    if b"\0" in data:
        raise Invalid("this is no calendar: it is no text", path="")
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8")), "utf-8", Text("valid throughout")
    except UnicodeDecodeError as failed:
        text = data.decode("cp1252", errors="replace")
        return (
            unicodedata.normalize("NFC", text),
            "windows-1252",
            Text("byte {at} is no UTF-8", at=failed.start),
        )


def _decoded(data: bytes, encoding: str) -> str:
    return unicodedata.normalize("NFC", data.decode(encoding, errors="replace"))


def calendars(data: bytes) -> list[Calendar]:
    """All calendars in a file; raises Invalid where there is none."""
    if len(data) > _MOST_BYTES:
        raise Invalid("this file is too large for a calendar ({n} bytes)", n=len(data), path="")
    if _is_mail(data):
        from kontaktnat_calendar.mails import calendar_of

        data = calendar_of(data)
    text, _, _ = decode(data)
    found = list(_split(text))
    if not found:
        raise Invalid("this is no calendar: no line says {begin}", begin=_BEGIN, path="")
    return found


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """(number of its first line, line) with folded lines joined (RFC 5545, 3.1)."""
    number, parts = 0, [""]
    for n, line in enumerate(_LINES.split(text), 1):
        if line[:1] in (" ", "\t") and number:
            parts.append(line[1:])
            continue
        if number and (joined := "".join(parts)).strip():
            yield number, joined
        number, parts = n, [line]
    if number and (joined := "".join(parts)).strip():
        yield number, joined


def _split(text: str) -> Iterator[Calendar]:
    method, inside, depth = "", False, 0
    zones: list[Piece] = []
    pieces: list[Piece] = []
    name, start, own = "", 0, list[str]()

    def close(*, whole: bool) -> None:
        nonlocal name, own, depth
        if name:
            piece = Piece(name=name, line=start, lines=tuple(own), whole=whole)
            (zones if name == "VTIMEZONE" else pieces).append(piece)
        name, own, depth = "", [], 0

    for number, line in _logical(text):
        word, _, what = line.strip().partition(":")
        word, what = word.upper(), what.strip().upper()
        if (word, what) == ("BEGIN", "VCALENDAR"):
            close(whole=False)
            if inside:
                yield Calendar(method=method, zones=tuple(zones), pieces=tuple(pieces))
            method, inside, zones, pieces = "", True, [], []
        elif not inside:
            continue
        elif word == "BEGIN" and name and what in ("VEVENT", "VTODO", "VTIMEZONE", "VJOURNAL", "VFREEBUSY"):
            close(whole=False)
            name, start = what, number
        elif word == "BEGIN":
            if name:
                depth += 1
                if name == "VTIMEZONE":
                    own.append(line)
            else:
                name, start = what, number
        elif (word, what) == ("END", "VCALENDAR"):
            close(whole=False)
            yield Calendar(method=method, zones=tuple(zones), pieces=tuple(pieces))
            inside = False
        elif word == "END" and name:
            if depth and what != name:
                depth -= 1
                if name == "VTIMEZONE":
                    own.append(line)
            else:
                close(whole=what == name)
        elif name and (not depth or name == "VTIMEZONE"):
            own.append(line)
        elif not name and word.partition(";")[0] == "METHOD":
            method = what
    close(whole=False)
    if inside:
        yield Calendar(method=method, zones=tuple(zones), pieces=tuple(pieces))


def rejects(rejected: Sequence[tuple[Any, str]]) -> bytes:
    """Rejected components as a file that can be imported again, each once, with the reason as a comment."""
    found: dict[str, str] = {}
    for raw, why in rejected:
        if isinstance(raw, str) and raw.startswith(_BEGIN):
            found.setdefault(raw, " ".join(why.split()))
    calendars = []
    for raw, why in found.items():
        comment = _folded(f"X-KONTAKTNAT-PROBLEM:{why}")
        lines = [_folded(line) for line in raw.split("\r\n")]
        lines.insert(3, comment)
        calendars.append("\r\n".join(lines))
    return "".join(calendars).encode()


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, no character of it cut (RFC 5545, 3.1)."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > 74:
            pieces.append("")
            size = 0
        pieces[-1] += character
        size += octets
    return "\r\n ".join(pieces)
