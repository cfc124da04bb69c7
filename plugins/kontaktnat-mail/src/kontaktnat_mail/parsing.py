"""Bytes of a mail → Message, whatever they are."""

from __future__ import annotations

import hashlib
import re

from attrs import frozen

from kontaktnat.errors import Invalid
from kontaktnat.extend import Address, Message
from kontaktnat_calendar.mails import calendar_in
from kontaktnat_mail import headers
from kontaktnat_mail.automatic import automatic
from kontaktnat_mail.structure import Part, parts_of, title, walk

LARGEST = 256 << 20
"""Bytes of one mail. What an authority lets through is a tenth of that."""
CHARACTERS = 500_000
"""Of the body that are kept."""
ATTACHMENTS = 200
CALENDARS = 20
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_HEADERS = (
    "from", "sender", "date", "subject", "to", "cc", "message-id", "received", "return-path", "reply-to",
    "mime-version", "delivered-to",
)  # fmt: skip
_REGISTRY = re.compile(
    r"\b(?:dnr|d\.nr|diarienr|diarienummer|ert dnr|vårt dnr)\b[ .:]*"
    r"((?:[A-ZÅÄÖ]{1,8}[ -]?)?\d[\w.]*(?:[-/:]\w[\w.]*){1,4})",
    re.IGNORECASE,
)
_TEXTS = ("text/plain", "text/enriched", "text/markdown")
_FROM_AND_TO = ("from", "sender", "reply-to", "to", "cc")
_GUARDED = re.compile(r"^>+(?=From )", re.MULTILINE)
_MARKS = re.compile(r"(>*) ?(.*)", re.DOTALL)
_METHOD = re.compile(rb"^METHOD:[ \t]*([A-Za-z]{1,20})", re.MULTILINE)


@frozen(kw_only=True)
class Contents:
    """What the parts of a mail hold."""

    text: str = ""
    attachments: tuple[str, ...] = ()
    calendar: tuple[tuple[str, bytes], ...] = ()


def parse(data: bytes, where: str) -> Message:
    """A mail as a Message; `where` is the file and the place in it, for messages to people.

    Raises Invalid, and nothing else, for what is no mail: no header that every mail has at its start.
    """
    refuse_too_large(len(data), where)
    mail = parts_of(data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
    if headers.words(mail.first("x-unsent")) == "1":
        raise Invalid("{where}: this mail is a draft that has not been sent", where=where, path="")
    if not any(mail.first(name) for name in _HEADERS):
        raise Invalid(
            "{where}: this is no mail; it has neither sender, date nor subject", where=where, path=""
        )
    return message_of(mail, where, len(data), contents(mail), automatic(mail))


def refuse_too_large(size: int, where: str) -> None:
    """Raises Invalid for more bytes than any mail has."""
    if size > LARGEST:
        raise Invalid(
            "{where}: a mail of {n} MB is not read; {most} MB are the most",
            where=where, n=size >> 20, most=LARGEST >> 20, path="",
        )  # fmt: skip


def message_of(
    mail: Part, where: str, size: int, said: Contents, made_by: tuple[str, tuple[str, ...]]
) -> Message:
    """A Message of a mail's headers and of what was found in its parts."""
    subject = headers.words(mail.first("subject"))
    sender, to, cc = sender_of(mail), _addresses(mail, "to"), _addresses(mail, "cc")
    moment = headers.date(mail.values_of("date"), mail.values_of("received"))
    named = headers.ids(mail.values_of("message-id"))
    return Message(
        id=named[0] if named else _digest(mail, said),
        date=moment,
        sender=sender,
        reply_to=_addresses(mail, "reply-to"),
        to=to,
        cc=cc,
        bcc=_addresses(mail, "bcc"),
        subject=subject,
        in_reply_to=next(iter(headers.ids(mail.values_of("in-reply-to"))), ""),
        references=headers.ids(mail.values_of("references")),
        automatic=made_by[0],
        bounced=made_by[1],
        text=said.text[:CHARACTERS],
        attachments=tuple(dict.fromkeys(filter(None, said.attachments)))[:ATTACHMENTS],
        calendar=said.calendar,
        registry_number=registry_number(subject),
        where=where,
        size=size,
    )


def _digest(mail: Part, said: Contents) -> str:
    """An id for a mail that has none: who, to whom, when, what it answers and all that it says.

    What is the same in each copy of it, in whichever folder or file that lies: headers that it got on its way
    count for nothing, nor do line ends, encodings, and what an mbox puts before a line.
    """
    people = [[one.mail.lower() for one in _addresses(mail, name)] for name in _FROM_AND_TO]
    day = headers.date(mail.values_of("date"))
    told = [headers.words(mail.first("subject")).casefold(), str(day), said.text, *said.attachments]
    told += [*headers.ids(mail.values_of("in-reply-to")), "", *headers.ids(mail.values_of("references"))]
    for each in people:
        told += ["", *sorted(set(each))]
    found = hashlib.sha256("\0".join(map(_plain, told)).encode("utf-8", "replace"))
    for part in walk(mail):
        is_text = part.kind.startswith(("text/", "message/"))
        found.update(_plain(part.text()).encode("utf-8", "replace") if is_text else part.data())
        found.update(b"\0")
    return f"sha256:{found.hexdigest()}"


def _plain(text: str) -> str:
    return " ".join(_GUARDED.sub("", text).split())


def registry_number(subject: str) -> str:
    """The registry number that a subject names as one: "Dnr KS 2026/123"."""
    found = _REGISTRY.search(subject)
    return found[1].rstrip(".") if found else ""


def sender_of(mail: Part) -> Address:
    """Who wrote it: of several in From the one who sent it; where it has none, who sent it or is answered."""
    writers = _addresses(mail, "from")
    if len(writers) > 1:
        senders = {one.mail.lower() for one in _addresses(mail, "sender")}
        return next((one for one in writers if one.mail.lower() in senders), writers[0])
    for name in ("from", "sender", "reply-to", "return-path"):
        if found := _addresses(mail, name):
            return found[0]
    return Address(mail="", name=headers.words(mail.first("from")))


def _addresses(mail: Part, name: str) -> tuple[Address, ...]:
    return headers.addresses(mail.values_of(name))


def contents(mail: Part) -> Contents:
    """The body as plain text, the attachments' names and the calendars of a mail."""
    names: list[str] = []
    calendars: dict[bytes, str] = {}
    said, packed = body(mail).strip("\n"), ""
    for part in walk(mail):
        name = part.name()
        if calendar := calendar_in(part.kind, name, part.data):
            note_calendar(calendars, calendar, part.parameters_of("content-type").get("method", ""))
        if part.kind in _TNEF or name.lower() == "winmail.dat":
            from kontaktnat_mail.tnef import unpacked

            inside = unpacked(part.data(), text=not said.strip())
            packed = packed or inside.text
            names += inside.names
        elif part.kind in ("message/rfc822", "message/global"):
            names.append(title(part))
        elif name and not part.is_drawn and (part.is_attachment or not part.kind.startswith("text/")):
            names.append(name)
    found = tuple((method, data) for data, method in calendars.items())
    return Contents(text=said or packed.strip("\n"), attachments=tuple(names), calendar=found)


def note_calendar(calendars: dict[bytes, str], data: bytes, method: str) -> None:
    """Note a part's or a file's calendar with its METHOD, or where it has none the `method` of the part; what
    comes twice, as an alternative and as a file, is one.
    """
    if len(calendars) < CALENDARS:
        said = _METHOD.search(data)
        calendars.setdefault(data, (said[1].decode() if said else method).upper())


def body(part: Part) -> str:
    """The text of a mail: plain where it has that, else its HTML as text; pieces one below the other."""
    if part.is_attachment or (part.depth and part.name() and part.kind == "text/html"):
        return ""
    inner = part.parts()
    if inner:
        if part.kind == "multipart/alternative":
            plain = [one for one in inner if one.kind != "text/html"]
            said = "\n".join(filter(str.strip, map(body, plain)))
            return said if said.strip() else "\n".join(filter(str.strip, map(body, inner)))
        return "\n".join(text for text in map(body, inner) if text.strip())
    if part.kind == "text/html":
        from kontaktnat_mail.markup import text_of

        return text_of(part.text())
    if part.kind not in _TEXTS:
        return ""
    text = part.text()
    flow = part.parameters_of("content-type")
    if flow.get("format", "").lower() == "flowed":
        return unflowed(text, delete=flow.get("delsp", "").lower() == "yes")
    return text


def unflowed(text: str, *, delete: bool) -> str:
    """The paragraphs of format=flowed (RFC 3676): a line that ends in a space goes on in the next."""
    lines: list[str] = []
    before = ""
    for line in text.split("\n"):
        found = _MARKS.match(line)
        marks, said = (found[1], found[2]) if found else ("", line)
        goes_on = (
            bool(lines) and lines[-1].endswith(" ") and marks == before and lines[-1].strip("> ") != "--"
        )
        if goes_on:
            lines[-1] = (lines[-1][:-1] if delete else lines[-1]) + said
        else:
            lines.append(f"{marks} {said}" if marks else said)
        before = marks
    return "\n".join(lines)
