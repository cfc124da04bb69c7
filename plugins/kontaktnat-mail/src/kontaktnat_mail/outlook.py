"""`.msg`: what Outlook gives when a mail is dragged out of it (MS-OXMSG).

Of received mail it keeps the headers as they came; of sent mail it has properties only, and those are put
as headers here, so that one reading does for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from attrs import evolve

from kontaktnat.errors import Invalid
from kontaktnat_calendar.mails import calendar_in
from kontaktnat_mail import parsing, schedule
from kontaktnat_mail.automatic import automatic
from kontaktnat_mail.charsets import decode
from kontaktnat_mail.headers import addresses, file_name
from kontaktnat_mail.structure import Part, parts_of

if TYPE_CHECKING:
    import oxmsg
    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

    from kontaktnat.extend import Message

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of a compound file, which a .msg is."""
_HEADERS, _CLASS, _BODY, _RTF = 0x007D, 0x001A, 0x1000, 0x1009
_HTML, _HTML_CODEPAGE = 0x1013, 0x3FDE
_TEXTS = {"Subject": 0x0037, "Message-ID": 0x1035, "References": 0x1039, "In-Reply-To": 0x1042}
_SENDERS = ((0x5D02, 0x0065, 0x0042), (0x5D01, 0x0C1F, 0x0C1A))
"""(SMTP address, address, name) of whom it was sent for, and of who sent it."""
_SENT, _DELIVERED = 0x0039, 0x0E06
_PERSON = (0x39FE, 0x3003, 0x3001)
_RECIPIENT_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_RECIPIENT_KIND, _STATUS = 0x0C15, 0x0C20
_FILE_NAMES = (0x3707, 0x3704, 0x3001)
_HIDDEN, _DATA = 0x7FFE, 0x3701


def parse(data: bytes, where: str) -> Message:
    """A .msg as a Message; raises Invalid, and nothing else, where it cannot be read or is no mail."""
    parsing.refuse_too_large(len(data), where)
    try:
        msg, storage = _opened(data)
        kind = _text(msg.properties, _CLASS).lower()
        if not kind.startswith(("ipm.note", "ipm.schedule", "report.", "ipm.recall")):
            raise Invalid("{where}: this Outlook file is no mail", where=where, path="")
        said = parsing.Contents(text=_body(msg), attachments=tuple(_files(msg)), calendar=_calendars(msg))
        head = _head(msg)
        mail = parsing.message_of(head, where, len(data), said, _automatic(kind, head, msg))
        if kind.startswith("ipm.schedule.") and not mail.calendar:
            return evolve(mail, calendar=schedule.calendar_of(storage, msg.properties, kind, mail))
        return mail
    except Invalid:
        raise
    except Exception:  # the libraries meet broken files with all kinds of errors
        raise Invalid(
            "{where}: this Outlook file cannot be read; drag the mail out of Outlook once more",
            where=where, path="",
        ) from None  # fmt: skip


def _opened(data: bytes) -> tuple[oxmsg.Message, Storage]:
    from olefile import OleFileIO
    from oxmsg import Message
    from oxmsg.storage import Storage

    with OleFileIO(data) as ole:
        # Streams may lie over one another: a small file could fill any memory
        if sum(entry.size for entry in ole.direntries if entry is not None) > 2 * len(data) + (1 << 20):
            raise ValueError
        storage = Storage.from_ole(ole)
        return Message(storage), storage


def _head(msg: oxmsg.Message) -> Part:
    """The headers as they came, and from the properties those that are missing."""
    values = msg.properties
    raw = _text(values, _HEADERS)
    came = parts_of(raw.encode("utf-8", "replace"))
    told = [(name, _text(values, key)) for name, key in _TEXTS.items()]
    told += [("From", _address(values, keys)) for keys in _SENDERS]
    told += [("Date", _date(values, key)) for key in (_SENT, _DELIVERED)]
    people: dict[str, list[str]] = {}
    for one in msg.recipients:
        kind = _RECIPIENT_KINDS.get(_number(one.properties, _RECIPIENT_KIND) & 15, "To")
        people.setdefault(kind, []).append(_address(one.properties, _PERSON))
    told += [(kind, ", ".join(filter(None, each))) for kind, each in people.items()]
    lines: dict[str, str] = {}
    for name, value in told:
        known = came.first(name.lower())
        if value.strip() and not (known.strip() if name != "From" else addresses([known])):
            lines.setdefault(name, f"{name}: {' '.join(value.split())}")
    # The added ones stand first: a To that came without any address does not hide them
    return parts_of("\r\n".join([*lines.values(), raw.lstrip()]).encode("utf-8", "replace"))


def _address(values: Properties, keys: tuple[int, int, int]) -> str:
    smtp, other, name = (_text(values, key) for key in keys)
    mail = next((one for one in (smtp, other) if "@" in one and "/" not in one), "")  # not Exchange's own
    label = name.replace("\\", "").replace('"', "")
    if mail:
        return f'"{label}" <{mail}>' if label else f"<{mail}>"
    return ""


def _automatic(kind: str, head: Part, msg: oxmsg.Message) -> tuple[str, tuple[str, ...]]:
    """By the class of the message (MS-OXCMSG §2.2.1.3), which of Outlook's own reports is all there is."""
    if kind.startswith("report."):
        if not kind.endswith(".ndr"):
            return "generated", ()
        lost = [_address(one.properties, _PERSON) for one in msg.recipients if _lasting(one.properties)]
        return "bounce", tuple(one.mail for one in addresses(lost))
    if kind.startswith("ipm.note.rules."):
        return "reply", ()
    return automatic(head)


def _lasting(values: Properties) -> bool:
    """Whether a report says 5.x.x of a recipient: 511 stands for 5.1.1."""
    return 500 <= _number(values, _STATUS) <= 599


def _body(msg: oxmsg.Message) -> str:
    values = msg.properties
    text = _text(values, _BODY).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    if text.strip():
        return text
    markup = _text(values, _HTML)
    if not markup:
        page = {0: "", 65001: "utf-8", 28591: "iso-8859-1"}
        number = _number(values, _HTML_CODEPAGE)
        markup = decode(_bytes(values, _HTML), page.get(number, f"cp{number}"))
    if not markup:
        from kontaktnat_mail.rtf import text_of as text_of_rtf

        packed = _bytes(values, _RTF)
        return text_of_rtf(packed) if packed else ""
    from kontaktnat_mail.markup import text_of

    return text_of(markup)


def _files(msg: oxmsg.Message) -> Iterator[str]:
    for one in msg.attachments:
        if not _number(one.properties, _HIDDEN):
            yield file_name(next(filter(None, (_text(one.properties, key) for key in _FILE_NAMES)), ""))


def _calendars(msg: oxmsg.Message) -> tuple[tuple[str, bytes], ...]:
    """The calendars among the files."""
    found: dict[bytes, str] = {}
    for one in msg.attachments:
        name = next(filter(None, (_text(one.properties, key) for key in _FILE_NAMES)), "")
        if calendar := calendar_in("", name, partial(_bytes, one.properties, _DATA)):
            parsing.note_calendar(found, calendar, "")
    return tuple((method, data) for data, method in found.items())


# A property that cannot be read is one that is missing: the rest of the mail still tells its part.


def _text(values: Properties, key: int) -> str:
    try:
        said = values.str_prop_value(key)
    except (UnicodeError, LookupError, TypeError, AttributeError):
        return ""
    return decode(said.encode("utf-8", "replace"), "utf-8") if isinstance(said, str) else ""


def _bytes(values: Properties, key: int) -> bytes:
    try:
        return values.binary_prop_value(key) or b""
    except LookupError:
        return b""


def _number(values: Properties, key: int) -> int:
    try:
        said = values.int_prop_value(key)
    except LookupError:
        return 0
    return int(said) if isinstance(said, int) else 0


def _date(values: Properties, key: int) -> str:
    from email.utils import format_datetime

    try:
        moment = values.date_prop_value(key)
        return format_datetime(moment) if moment else ""
    except (OverflowError, ValueError, AttributeError):
        return ""
