"""The hooks. Nothing of mail is imported before a mail is read, logged or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import (
        Catalogue,
        Command,
        Field,
        Mailer,
        Message,
        MessageSource,
        Outgoing,
        Person,
        PersonalData,
        Vocabulary,
    )
    from kontaktnat_mail.settings import Config as Config


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
    """`drafts`: files that a mail program opens. `smtp`: a server."""
    from kontaktnat.extend import Mailer

    return (
        Mailer(name="drafts", summary="drafts in a folder, to be opened, looked at and sent", send=_drafts),
        Mailer(name="smtp", summary="a server that sends", send=_smtp),
    )


@hookimpl
def register_vocabularies() -> Iterable[Vocabulary]:
    """A kind of interaction for what nobody wrote, so that it is never taken for contact."""
    from kontaktnat.extend import Vocabulary, Word

    kind = Word(id="automatic_mail", sv="automatisk e-post", en="automatic mail", synonyms=("autosvar",),
                contact=False)  # fmt: skip
    return (Vocabulary(name="interaction_kind", words=(kind,)),)


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
        Field(name="mail.invited", records=("interaction",), type=str, title="Who has been told of it",
              prose=False),
        Field(name="mail.no_mailings", records=("contact", "role", "actor"), type=bool,
              title="Wants no mailings"),
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
def personal_data(person: Person) -> Iterator[PersonalData]:
    """Which mailings somebody has had: in the file beside the book."""
    from kontaktnat_mail.remembered import personal_data

    return personal_data(person)


@hookimpl
def erase_person(person: Person) -> None:
    """Forgets that."""
    from kontaktnat_mail.remembered import erase_person

    erase_person(person)


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


def _smtp(letters: Iterable[Outgoing], options: Mapping[str, str]) -> Iterator[Outgoing]:
    from kontaktnat_mail.smtp import send_each

    return send_each(letters, options)


def __getattr__(name: str) -> Any:
    if name == "Config":  # whose class is made only where somebody asks for settings
        from kontaktnat_mail.settings import Config

        return Config
    raise AttributeError(name)
