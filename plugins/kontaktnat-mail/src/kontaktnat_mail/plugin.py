"""The hooks. Nothing of mail is imported before a mail is read, logged or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import Catalogue, Command, Field, Mailer, Message, MessageSource, Outgoing


@hookimpl
def register_message_sources() -> Iterable[MessageSource]:
    """`files`: mails that were saved."""
    from kontaktnat.extend import MessageSource

    return (
        MessageSource(
            name="files",
            summary="mails that were saved: .eml, .msg, an mbox, a Maildir, a folder of them",
            suffixes=(".eml", ".msg", ".mbox", ".mbx"),
            read=_read_files,
            recognises=_is_mail,
        ),
    )


@hookimpl
def register_mailers() -> Iterable[Mailer]:
    """`drafts`: files that a mail program opens."""
    from kontaktnat.extend import Mailer

    return (
        Mailer(name="drafts", summary="drafts in a folder, to be opened, looked at and sent", send=_drafts),
    )


@hookimpl
def register_fields() -> Iterable[Field]:
    """What is kept of a mail beside the interaction itself."""
    from kontaktnat.extend import Field

    return (
        Field(name="mail.thread", records=("interaction",), type=str, title="First mail of the thread",
              prose=False),
        Field(name="mail.attachments", records=("interaction",), type=str, title="Attached"),
        Field(name="mail.automatic", records=("interaction",), type=str, title="Written by a program",
              choices=("reply", "generated", "list"), prose=False),
    )  # fmt: skip


@hookimpl
def register_commands() -> Iterable[Command]:
    """`mail`: everything that has to do with it."""
    from kontaktnat.extend import Command

    return (
        Command(
            name="mail",
            summary="Log mails, write invitations and mailings.",
            target="kontaktnat_mail.commands:mail",
        ),
    )


@hookimpl
def register_catalogues() -> Iterable[Catalogue]:
    """What this plugin says, in Swedish."""
    from kontaktnat.extend import Catalogue

    return (Catalogue(name="kontaktnat_mail", folder=Path(__file__).parent / "locale"),)


def _read_files(source: str, options: Mapping[str, str]) -> Iterator[Message]:
    from kontaktnat_mail.sources import read

    return read(source, options)


def _is_mail(source: str) -> bool:
    from kontaktnat_mail.sources import recognises

    return recognises(source)


def _drafts(letters: Iterable[Outgoing], options: Mapping[str, str]) -> Iterator[Outgoing]:
    from kontaktnat_mail.drafts import send

    return send(letters, options)
