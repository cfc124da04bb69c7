"""The hooks. Nothing of the format is imported before a file is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import Candidate, Catalogue, Exporter, Field, Importer, Outward, Understood

_SUFFIXES = (".vcf", ".vcard")


@hookimpl
def register_importers() -> Iterable[Importer]:
    """`vcard`: 2.1, 3.0 and 4.0."""
    from kontaktnat.extend import Importer

    return (
        Importer(
            name="vcard",
            suffixes=_SUFFIXES,
            sniff=_sniff,
            read=_read,
            describe=_describe,
            rejects=_rejects,
            summary="contacts and organisations from an address book: vCard 2.1, 3.0 and 4.0",
        ),
    )


@hookimpl
def register_exporters() -> Iterable[Exporter]:
    """`vcard`: 3.0 and 4.0."""
    from kontaktnat.extend import Exporter

    return (
        Exporter(
            name="vcard",
            suffixes=_SUFFIXES,
            write=_write,
            summary="contacts for Outlook and phones: vCard 3.0, or 4.0 by --set version=4.0",
        ),
    )


@hookimpl
def register_fields() -> Iterable[Field]:
    """What of a card the book has no other place for, a card a key."""
    from kontaktnat.extend import Field

    return (
        Field(
            name="vcard.*",
            records=("contact", "actor", "role"),
            type=str,
            title="What else an imported card says",
            prose=False,
        ),
    )


@hookimpl
def register_catalogues() -> Iterable[Catalogue]:
    """What this plugin says, in Swedish."""
    from kontaktnat.extend import Catalogue

    return (Catalogue(name="kontaktnat_vcard", folder=Path(__file__).parent / "locale"),)


def _sniff(head: bytes) -> bool:
    if b"E" not in head[:4096].upper():
        return False
    from kontaktnat_vcard.importing import sniff

    return sniff(head)


def _read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    from kontaktnat_vcard.importing import read

    return read(stream, options)


def _describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood:
    from kontaktnat_vcard.importing import describe

    return describe(stream, options)


def _rejects(rejected: Sequence[tuple[Any, str]]) -> bytes:
    from kontaktnat_vcard.importing import rejects

    return rejects(rejected)


def _write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    from kontaktnat_vcard.writing import write

    write(out, stream, options)
