"""A mail as it was read, and one that is to be sent; nothing of how either is written in bytes."""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen

from kontaktnat.model.base import among, not_blank, texts
from kontaktnat.model.work import Participation
from kontaktnat.plain import Plain

_NONE: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False, repr=False)
class Address(Plain):
    """A mail address as it stands in a header: the address, and the name beside it, if any."""

    _shown = ()

    mail: str = ""
    """As it was written, without angles; "" where the header has only a name."""
    name: str = ""


@frozen(kw_only=True, eq=False, repr=False)
class Message(Plain):
    """One mail that was read. What a header does not say is blank."""

    _shown = ()

    id: str = field(validator=not_blank)
    """Message-ID without angles (RFC 5322 §3.6.4); `sha256:…` of what it says, where it has none."""
    date: datetime | None = None
    """When it was sent, with its zone; None where it does not say, or says nonsense."""
    sender: Address = Address()
    reply_to: tuple[Address, ...] = field(default=(), converter=tuple[Address, ...])
    to: tuple[Address, ...] = field(default=(), converter=tuple[Address, ...])
    cc: tuple[Address, ...] = field(default=(), converter=tuple[Address, ...])
    bcc: tuple[Address, ...] = field(default=(), converter=tuple[Address, ...])
    subject: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = field(default=_NONE, converter=texts)
    """Ids of the mails before it, oldest first."""
    automatic: str = field(default="", validator=among("", "reply", "generated", "bounce", "list"))
    """reply and generated: a program wrote it (RFC 3834); bounce: it could not be delivered (RFC 3464);
    list: it went to a mailing list (RFC 2369, 2919); "": somebody wrote it."""
    bounced: tuple[str, ...] = field(default=_NONE, converter=texts)
    """Addresses that cannot be reached (RFC 3464, status 5.x.x); never those that only wait."""
    text: str = ""
    """The body as plain text, whole."""
    attachments: tuple[str, ...] = field(default=_NONE, converter=texts)
    """Their file names."""
    calendar: tuple[tuple[str, bytes], ...] = ()
    """(METHOD, bytes) of each calendar in it (RFC 5545, 6047)."""
    registry_number: str = ""
    where: str = ""
    """The file and the place in it, to name in messages."""
    size: int = 0
    """Bytes."""
    problem: str = ""
    """Why it cannot be read; all but `id` and `where` is then blank. One such among others is no end."""


@frozen(kw_only=True, eq=False, repr=False)
class Outgoing(Plain):
    """One mail that is ready, to one person."""

    _shown = ("id",)

    id: str = field(validator=not_blank)
    """Its Message-ID without angles."""
    to: str
    name: str = ""
    """Of the one it goes to."""
    who: str = ""
    """The id of the record it goes to."""
    sender: str
    subject: str = ""
    text: str = ""
    data: bytes
    """The whole mail (RFC 5322), lines ended by CRLF."""
    at: datetime
    """When it was made, with its zone."""
    participation: Participation
    """As what the one it goes to takes part in what is logged."""
    protected: bool = False
    """Whether that is somebody protected, whose name is for the letter alone: for no file's name, say."""
