"""The parts of a mail, found by the stdlib's parser, which is kept from what makes it fail or never end."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from email.feedparser import FeedParser
from email.message import Message as StdMessage
from typing import Any

from kontaktnat_mail.charsets import decode
from kontaktnat_mail.headers import boundary, file_name, from_base64, parameters, unfolded, words

DEEPEST = 30
"""How far parts may lie in parts; the stdlib looks at each line once for each of them."""
PARTS = 1000
_CHUNK = 1 << 20
_TRANSFERRED = 1 << 25
"""Bytes of one part that are decoded."""


class _TooMany(Exception):
    """More parts than any mail has."""


class Part(StdMessage):
    """A part as the stdlib builds it, with its own reading of the headers that the parser itself asks for."""

    depth = 0
    within = ""
    """The type of the part that it lies in."""
    count: list[int]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._values: dict[str, list[str]] | None = None
        self._content = ""
        self._kind: str | None = None
        self._parameters: dict[str, dict[str, str]] = {}

    def set_payload(self, payload: Any, charset: Any = None) -> None:
        """Called with its content, which the stdlib gives back only after guesses at a charset."""
        self._content = payload if isinstance(payload, str) else ""
        super().set_payload(payload, charset)

    def attach(self, payload: Any) -> None:
        """Called for each new part, before its headers are there."""
        payload.depth, payload.within = self.depth + 1, self.kind
        self.count[0] += 1
        super().attach(payload)
        if self.count[0] > PARTS:
            raise _TooMany

    def values_of(self, name: str) -> list[str]:
        """The raw values of a header, by its name in small letters."""
        if self._values is None:
            self._values = {}
            for key, value in self.raw_items():
                self._values.setdefault(key.lower(), []).append(str(value))
        return self._values.get(name, [])

    def first(self, name: str) -> str:
        """The first raw value of a header, or ""."""
        values = self.values_of(name)
        return values[0] if values else ""

    def parameters_of(self, name: str) -> dict[str, str]:
        """The parameters of a header, by its name in small letters."""
        if name not in self._parameters:
            self._parameters[name] = parameters(self.first(name))
        return self._parameters[name]

    @property
    def kind(self) -> str:
        """Its type, as in `text/plain`."""
        if self._kind is None:
            said = unfolded(self.first("content-type")[:500]).partition(";")[0].strip(" \t\"'").lower()
            said = said.split()[0] if said else self.get_default_type()
            self._kind = said if said.count("/") == 1 and all(said.split("/")) else "text/plain"
        return self._kind

    # What the stdlib's parser asks for. It is to look into multiparts only, and not without end: reports and
    # mails in the mail stay as they are until somebody reads them.

    def get_content_type(self) -> str:
        return self.kind if self.kind.startswith("multipart/") and self.depth < DEEPEST else "text/plain"

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: Any = None) -> Any:
        # The stdlib's own takes a time that grows by the square of the header's length.
        return boundary(self.first("content-type")) or failobj

    def parts(self) -> list[Part]:
        """The parts directly in it; none of what is one piece."""
        if not self.is_multipart():  # the stdlib decodes what is one piece, by any codec there is
            return []
        payload = self.get_payload()
        return [one for one in payload if isinstance(one, Part)]

    def data(self) -> bytes:
        """Its content, out of base64 or quoted-printable, as far as it goes."""
        raw = self._content[:_TRANSFERRED].encode("utf-8", "surrogateescape")
        # "base64;", "quoted-printable " and `"base64"` are all to be met
        encoding = unfolded(self.first("content-transfer-encoding")).strip(" ;\"'").lower()
        if encoding == "base64":
            return from_base64(raw)
        if encoding == "quoted-printable":
            try:
                return binascii.a2b_qp(raw)
            except binascii.Error:
                return raw
        return raw

    def text(self) -> str:
        """Its content as text with \\n for line ends."""
        charset = self.parameters_of("content-type").get("charset", "")
        return decode(self.data(), charset).replace("\r\n", "\n").replace("\r", "\n")

    def name(self) -> str:
        """The file's name that it bears, or ""."""
        for header, key in (("content-disposition", "filename"), ("content-type", "name")):
            said = self.parameters_of(header).get(key, "")
            if named := file_name(said):
                return named
        return ""

    @property
    def is_attachment(self) -> bool:
        """Whether it is put aside as a file, by its own word."""
        said = unfolded(self.first("content-disposition")).partition(";")[0].strip().lower()
        return said not in ("", "inline")

    @property
    def is_drawn(self) -> bool:
        """Whether it is a picture in the text, the logo below each mail: no file that somebody sent."""
        return (
            self.within == "multipart/related"
            and self.kind.startswith("image/")
            and bool(self.first("content-id"))
        )


def parts_of(data: bytes) -> Part:
    """A mail's bytes as its parts; what the parser cannot finish is as it got that far."""
    made: list[Part] = []
    count = [0]

    def new(*args: Any, **named: Any) -> Part:
        part = Part(*args, **named)
        part.count = count
        made.append(part)
        return part

    parser: FeedParser[Part] = FeedParser(new)
    made.clear()  # it tries how that is called
    text = data.decode("ascii", "surrogateescape")
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK])
        return parser.close()
    except Exception:  # whatever the parser fails at, what it had read by then is good
        return made[0] if made else new()


def walk(part: Part) -> Iterator[Part]:
    """All parts that are one piece; a mail in the mail is one."""
    inner = part.parts()
    if not inner:
        yield part
    for one in inner:
        yield from walk(one)


def title(part: Part) -> str:
    """What a mail in the mail is called: by its file's name, else its subject."""
    if named := part.name():
        return named
    head = re.split(rb"\r?\n\r?\n", part.data()[: 1 << 16], maxsplit=1)[0]
    subject = words(parts_of(head).first("subject")).replace("/", "-")
    return f"{subject}.eml" if subject else ""
