"""The settings of `[plugins.mail]`: who writes, and by which server. A secret never stands in the file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat.errors import Invalid
from kontaktnat_mail.credentials import printed

if TYPE_CHECKING:
    from kontaktnat import Book

TLS = ("", "starttls", "implicit")


def _one_of(*allowed: str) -> Callable[[Any, Any, str], None]:
    def judge(_: Any, attribute: Any, value: str) -> None:
        if value not in allowed:
            raise Invalid("{path}: {value} is none of {allowed}", path=attribute.name, value=value,
                          allowed=", ".join(filter(None, allowed)))  # fmt: skip

    return judge


@attrs.frozen(kw_only=True, repr=False)
class Smtp:
    """The server that takes what is sent. A password or token comes from the environment or a command."""

    host: str = ""
    port: int = 0
    """0: 465 where TLS is implicit, else 587."""
    user: str = ""
    tls: str = attrs.field(default="", validator=_one_of(*TLS))
    """`starttls` or `implicit`; "": by the port. Without TLS nothing is sent."""
    ca_file: str = ""
    """Certificates to trust, where the system does not know the server's."""
    password: str = attrs.field(default="", repr=False)
    """`{ env = "NAME" }`; otherwise KONTAKTNAT_SMTP_PASSWORD."""
    password_command: list[str] = attrs.field(factory=list)
    """A program that prints it, and its arguments."""
    token: str = attrs.field(default="", repr=False)
    """For XOAUTH2: `{ env = "NAME" }`; otherwise KONTAKTNAT_SMTP_TOKEN."""
    token_command: list[str] = attrs.field(factory=list)
    per_minute: int = 30
    """At most so many letters a minute; 0: as fast as the server takes them."""
    retries: int = 2
    """How often what the server puts off (4xx) is tried again in the same run."""
    retry_after: float = 60.0
    """Seconds before that."""
    timeout: float = 60.0

    @property
    def implicit(self) -> bool:
        """Whether TLS is there from the first byte."""
        return self.tls == "implicit" or (not self.tls and self.port == 465)

    @property
    def at_port(self) -> int:
        """The port that counts."""
        return self.port or (465 if self.implicit else 587)


def secret(name: str, value: str, command: Sequence[str]) -> str:
    """A password or token: as set from the environment, or KONTAKTNAT_SMTP_NAME, or what a command prints.

    Raises Invalid where the command fails.
    """
    if value:
        return value
    if found := os.environ.get(f"KONTAKTNAT_SMTP_{name.upper()}", ""):
        return found
    return printed(command, f"plugins.mail.smtp.{name}_command") if command else ""


def refuse_written(section: object) -> None:
    """Raise Invalid for a password or token that stands in the configuration itself."""
    smtp = section.get("smtp", {}) if isinstance(section, dict) else {}
    for name in ("password", "token"):
        if isinstance(smtp, dict) and isinstance(smtp.get(name), str):
            raise Invalid(
                "{path}: a secret does not stand in the file: write {example}, or a {name}_command",
                path=f"plugins.mail.smtp.{name}", name=name, example='{ env = "NAME" }',
            )  # fmt: skip


@attrs.frozen(kw_only=True, repr=False)
class Imap:
    """The mailbox that is read. A password or token comes from the environment or a command."""

    host: str = ""
    user: str = ""
    folder: str = "INBOX"
    security: str = attrs.field(default="tls", validator=_one_of("tls", "starttls", "plain"))
    """plain: to the own machine only."""
    port: int = 0
    """0: the usual one."""
    ca_file: str = ""
    """Certificates to trust, where the system does not know the server's."""
    password_command: list[str] = attrs.field(factory=list)
    """A program that prints the password, and its arguments; otherwise KONTAKTNAT_MAIL_PASSWORD has it."""
    token_command: list[str] = attrs.field(factory=list)
    """One that prints an OAuth token (XOAUTH2); otherwise KONTAKTNAT_MAIL_TOKEN has it."""


@attrs.frozen(kw_only=True, repr=False)
class Config:
    """`[plugins.mail]`."""

    me: list[str] = attrs.field(factory=list)
    """One's own addresses; letters come from the first: `Anna Ask <anna@lst.example>`."""
    reply_to: str = ""
    """Where answers go, if not there."""
    language: str = attrs.field(default="sv", validator=_one_of("sv", "en"))
    """Of letters."""
    templates: str = ""
    """A folder with one's own."""
    smtp: Smtp = Smtp()
    imap: Imap = Imap()


def kept_addresses(book: Book, name: str = "") -> list[str]:
    """One's own addresses as the book keeps them under a setting: those of whoever writes, or `mail.me`."""
    found = book.setting(name or remembered_as(book), ())
    return [found] if isinstance(found, str) else [*found]


def remembered_as(book: Book) -> str:
    """The setting that keeps the addresses of whoever writes (`mail log --me`)."""
    return f"told.mail.me.{book.by}"


def own_addresses(book: Book, config: Config, me: str | None = None) -> tuple[str, ...]:
    """One's own addresses: as said now, as the configuration has them, as the book keeps them of whoever
    writes (`mail log --me`) and of all (`mail.me`).
    """
    known = ((me or ""), *config.me, *kept_addresses(book), *kept_addresses(book, "mail.me"))
    return tuple(dict.fromkeys(filter(None, known)))
