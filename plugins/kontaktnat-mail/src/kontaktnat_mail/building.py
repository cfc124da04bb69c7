"""A letter as a message (RFC 5322): ASCII on the wire, Swedish letters by RFC 2047 and 2231."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from uuid import uuid4

import attrs

from kontaktnat.errors import Invalid, reason
from kontaktnat_mail.addresses import header, one_line, sendable
from kontaktnat_mail.pages import page

_LARGEST = 20_000_000
"""Bytes of all that is attached: what most servers take, once it is encoded."""
_DOMAIN = re.compile(r"[A-Za-z0-9.-]+")


@attrs.frozen(kw_only=True, repr=False)
class Sender:
    """Whose letter it is. `mail`: the address in From."""

    mail: str
    name: str = ""
    reply_to: str = ""


@attrs.frozen(kw_only=True, repr=False)
class File:
    """Something to attach."""

    name: str
    data: bytes
    type: str = ""
    """Of MIME; "": by the name."""


@attrs.frozen(kw_only=True, repr=False)
class Calendar:
    """The calendar of an invitation: bytes of RFC 5545, and its METHOD (RFC 6047, 2.4)."""

    method: str
    data: bytes


def sender(written: str, reply_to: str = "") -> Sender:
    """`Anna Ask <anna@lst.example>` → whose letters they are; raises Invalid for no address."""
    mail, name = sendable(written), ""
    if not mail:
        raise Invalid("{path}: {value!r} is no mail address to send from", path="me", value=written)
    if "<" in written:
        name = one_line(written[: written.rfind("<")].strip().strip('"'))
    answers = sendable(reply_to) if reply_to else ""
    if reply_to and not answers:
        raise Invalid("{path}: {value!r} is no mail address", path="reply_to", value=reply_to)
    return Sender(mail=mail, name=name, reply_to="" if answers == mail else answers)


def files(paths: Iterable[str]) -> tuple[File, ...]:
    """What is to be attached, read; raises Invalid for what cannot be read, or is too large together."""
    found = []
    for path in paths:
        try:
            found.append(File(name=Path(path).name, data=Path(path).read_bytes()))
        except OSError as error:
            raise Invalid("{path}: {problem}", path=str(path), problem=reason(error)) from None
    if (size := sum(len(one.data) for one in found)) > _LARGEST:
        raise Invalid("{path}: {size} MB are more than most servers take ({largest} MB); put it where it can "
                      "be fetched, and write where", path="attach", size=size // 1_000_000,
                      largest=_LARGEST // 1_000_000)  # fmt: skip
    return tuple(found)


def message_id(mail: str) -> str:
    """A Message-ID of its own, without <>; short, for a longer one would be folded."""
    domain = mail.rpartition("@")[2]
    return (
        f"{uuid4().hex}@{domain if _DOMAIN.fullmatch(domain) and len(domain) < 40 else 'kontaktnat.invalid'}"
    )


def build(
    *, by: Sender, to: Sequence[tuple[str, str]], subject: str, text: str, html: str, lang: str, at: datetime,
    id: str, attached: Iterable[File] = (), calendar: Calendar | None = None, unsubscribe: str = "",
    unsent: bool = False,
) -> bytes:  # fmt: skip
    """The message, with CRLF. `to`: (name, address) of each; `unsubscribe`: the subject that says so;
    `unsent`: it is a draft, which Outlook opens to be sent.
    """
    message = EmailMessage(policy=SMTP)
    if unsent:
        message["X-Unsent"] = "1"
    message["From"] = header(by.name, by.mail)
    message["To"] = tuple(header(name, mail) for name, mail in to)
    if by.reply_to:
        message["Reply-To"] = by.reply_to
    message["Subject"] = one_line(subject)
    message["Date"] = format_datetime(at.replace(microsecond=0))
    message["Message-ID"] = f"<{id}>"
    if unsubscribe:
        from urllib.parse import quote

        answers = quote(by.reply_to or by.mail, safe="@")  # a "?" is allowed there, and would end it
        message["List-Unsubscribe"] = f"<mailto:{answers}?subject={quote(unsubscribe)}>"
    # Half characters, as a file's name or an argument may have, are in no encoding.
    text, html = (one.encode("utf-8", "replace").decode("utf-8") for one in (text, html))
    message.set_content(text, charset="utf-8", cte="quoted-printable")
    message.add_alternative(html or page(text, lang), subtype="html", charset="utf-8", cte="quoted-printable")
    if calendar:
        params = {"method": calendar.method, "component": "VEVENT"}
        words = calendar.data.decode("utf-8")
        message.add_alternative(words, subtype="calendar", charset="utf-8", cte="base64", params=params)
        file = File(name="invite.ics", data=calendar.data, type="application/ics")
        attached = (*attached, file)
    for one in attached:
        kind = one.type or mimetypes.guess_type(one.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        if main in ("message", "multipart"):  # which may not be encoded (RFC 2046, 5.2.1)
            main, sub = "application", "octet-stream"
        message.add_attachment(one.data, maintype=main, subtype=sub, filename=one_line(one.name))
    return message.as_bytes()
