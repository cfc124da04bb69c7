"""Bytes of a mail → Message."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message as Parsed
from email.utils import getaddresses, parsedate_to_datetime

from kontaktnat.extend import Address, Message


def parse(data: bytes, where: str) -> Message:
    """A mail as a Message; `where` is the file and the place in it, for messages to people."""
    mail = message_from_bytes(data)
    automatic = str(mail["Auto-Submitted"] or "no").partition(";")[0].strip().lower()
    kind = {"no": "", "auto-replied": "reply"}.get(automatic, "generated")
    return Message(
        id=str(mail["Message-ID"] or "").strip("<> \t\r\n") or f"sha256:{hashlib.sha256(data).hexdigest()}",
        date=_date(str(mail["Date"] or "")),
        sender=next(iter(_addresses(mail, "From")), Address()),
        to=_addresses(mail, "To"),
        cc=_addresses(mail, "Cc"),
        subject=_words(str(mail["Subject"] or "")),
        in_reply_to=str(mail["In-Reply-To"] or "").strip("<> \t\r\n"),
        references=re.findall(r"<([^<>]+)>", str(mail["References"] or "")),
        automatic=kind or ("list" if mail["List-Id"] else ""),
        where=where,
        size=len(data),
    )


def _words(raw: str) -> str:
    return str(make_header(decode_header(raw)))


def _date(raw: str) -> datetime | None:
    try:
        return parsedate_to_datetime(raw)
    except ValueError:
        return None


def _addresses(mail: Parsed, name: str) -> tuple[Address, ...]:
    found = getaddresses([str(one) for one in mail.get_all(name, [])])
    return tuple(Address(mail=address, name=_words(said)) for said, address in found)
