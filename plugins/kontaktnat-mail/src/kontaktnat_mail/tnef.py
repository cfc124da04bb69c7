"""winmail.dat (MS-OXTNEF): what Outlook packs a mail into when it takes its receiver for another Outlook."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kontaktnat_mail.charsets import decode
from kontaktnat_mail.headers import file_name

if TYPE_CHECKING:
    from collections.abc import Iterator

OBJECTS = 10_000
PROPERTIES = 2_000
"""Of one object. The library's own loops run as long as a broken count says, so they run here."""
_SIGNATURE = b"\x78\x9f\x3e\x22"
_LONG_NAME, _NAME, _LABEL = 0x3707, 0x3704, 0x3001
_BODY, _RTF, _HTML, _CODEPAGE = 0x1000, 0x1009, 0x1013, 0x3FDE
_TEXTS = (_LONG_NAME, _NAME, _LABEL, _BODY, _HTML)


@frozen
class Unpacked:
    """What a winmail.dat holds of what a log of mail wants."""

    names: tuple[str, ...] = ()
    text: str = ""


def unpacked(data: bytes, *, text: bool = True) -> Unpacked:
    """The attachments' names and the body in a winmail.dat, as far as it can be read; it never raises.

    `text`: whether the body is wanted.
    """
    if not data.startswith(_SIGNATURE):
        return Unpacked()
    names: list[dict[int, str]] = []
    body: dict[int, str] = {}
    try:
        for kind, content, codepage in _objects(data):
            _take(kind, content, codepage, names, body)
    except (struct.error, ValueError, IndexError, LookupError, OverflowError):
        pass  # cut short, say: what was read stands
    found = (each.get(_LONG_NAME) or each.get(_NAME) or each.get(_LABEL) or "" for each in names)
    names_ = tuple(filter(None, map(file_name, found)))
    return Unpacked(names=names_, text=_text(body) if text else "")


def _take(
    kind: int, content: bytes, codepage: str, names: list[dict[int, str]], body: dict[int, str]
) -> None:
    from tnefparse import TNEF

    if kind == TNEF.ATTATTACHRENDDATA:
        names.append({})
    elif kind == TNEF.ATTATTACHTITLE and names:
        names[-1].setdefault(_NAME, _said(content, codepage))
    elif kind == TNEF.ATTATTACHMENT and names:
        names[-1] |= _properties(content, codepage)
    elif kind == TNEF.ATTBODY:
        body.setdefault(_BODY, _said(content, codepage))
    elif kind == TNEF.ATTMAPIPROPS:
        body |= {key: value for key, value in _properties(content, codepage).items() if value}


def _text(body: dict[int, str]) -> str:
    if body.get(_BODY, "").strip():
        return body[_BODY].replace("\r\n", "\n").replace("\r", "\n")
    if body.get(_HTML):
        from kontaktnat_mail.markup import text_of

        return text_of(body[_HTML])
    if body.get(_RTF):
        from kontaktnat_mail.rtf import text_of as text_of_rtf

        return text_of_rtf(body[_RTF].encode("latin-1"))
    return ""


def _objects(data: bytes) -> Iterator[tuple[int, bytes, str]]:
    """(kind, content, charset of its text) of each object."""
    from tnefparse import TNEF
    from tnefparse.tnef import TNEFObject

    view, at, codepage = memoryview(data), 6, "cp1252"
    for _ in range(OBJECTS):
        if at + 11 >= len(data):
            return
        found = TNEFObject(view[at:])
        at += found.length
        content = bytes(found.data)
        if found.name == TNEF.ATTOEMCODEPAGE and len(content) >= 4:
            codepage = f"cp{int.from_bytes(content[:4], 'little')}"
        yield found.name, content, codepage


def _properties(content: bytes, codepage: str) -> dict[int, str]:
    """The texts among the MAPI properties of an object, by their id."""
    from tnefparse import mapi

    found: dict[int, Any] = {}
    (count,) = struct.unpack_from("<I", content)
    at = 4
    for _ in range(min(count, PROPERTIES)):
        if at + 4 > len(content):
            break
        type, name = struct.unpack_from("<HH", content, at)
        at += 4
        if name >= mapi.GUID_EXISTS_FLAG:
            (named,) = struct.unpack_from("<I", content, at + 16)
            (length,) = struct.unpack_from("<I", content, at + 20) if named else (0,)
            at += 24 + length + -length % 4
        values = 0
        if type & mapi.MULTI_VALUE_FLAG:
            type ^= mapi.MULTI_VALUE_FLAG
            (values,) = struct.unpack_from("<I", content, at)
            at += 4
        for _ in range(min(values, PROPERTIES) or 1):
            # Its texts as bytes, since it would decode them by a codepage that there need not be
            as_bytes = (
                mapi.SZMAPI_BINARY if type in (mapi.SZMAPI_STRING, mapi.SZMAPI_UNICODE_STRING) else type
            )
            value, at = mapi.parse_property(content, at, name, as_bytes, codepage, values or None)
        if type in (mapi.SZMAPI_SHORT, mapi.SZMAPI_BOOLEAN) and (values or 1) % 2:
            at += 2
        if name in _TEXTS and isinstance(value, list):
            found[name] = _said(
                b"".join(value), "utf-16-le" if type == mapi.SZMAPI_UNICODE_STRING else codepage
            )
        elif name == _RTF and isinstance(value, list):
            found[name] = b"".join(value).decode("latin-1")  # bytes, in the garment of a text
        elif name == _CODEPAGE and isinstance(value, bytes):
            codepage = {65001: "utf-8", 28591: "iso-8859-1"}.get(
                number := int.from_bytes(value, "little"), f"cp{number}"
            )
    return found


def _said(data: bytes, charset: str) -> str:
    """A text that ends at its NUL."""
    text = (
        decode(data, charset)
        if charset != "utf-16-le"
        else data.decode(charset, "replace").partition("\0")[0]
    )
    return decode(text.encode("utf-8", "replace")).strip("\n")
