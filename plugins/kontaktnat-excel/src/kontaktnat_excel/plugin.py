"""The hooks. Neither calamine nor XlsxWriter is imported before a workbook is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import Candidate, Catalogue, Exporter, Importer, Outward, Understood

Options = Mapping[str, str]


def _sniff(head: bytes) -> bool:
    """A zip that holds a workbook; what is none before its 4096th byte is known by its suffix alone."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    return b"xl/" in head or b"application/vnd.oasis.opendocument.spreadsheet" in head[:200]


def _read(stream: BinaryIO, options: Options) -> Iterator[Candidate]:
    from kontaktnat_excel.reading import read

    return read(stream, options)


def _describe(stream: BinaryIO, options: Options) -> Understood:
    from kontaktnat_excel.reading import describe

    return describe(stream, options)


def _write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat_excel.writing import write

    write(out, stream, options)


@hookimpl
def register_importers() -> Iterable[Importer]:
    """`xlsx`: workbooks of Excel and LibreOffice; and rows of ours that were edited there."""
    from kontaktnat.extend import Importer

    return (
        Importer(
            name="xlsx",
            suffixes=(".xlsx", ".xlsm", ".xls", ".ods"),
            sniff=_sniff,
            read=_read,
            describe=_describe,
            summary="workbooks: rows as actors or contacts, and sheets of ours that were edited",
        ),
    )


@hookimpl
def register_exporters() -> Iterable[Exporter]:
    """`xlsx`: a workbook with a sheet for each type of record."""
    from kontaktnat.extend import Exporter

    return (
        Exporter(
            name="xlsx",
            suffixes=(".xlsx",),
            write=_write,
            summary="a workbook to edit and take back: set type=TYPE for one sheet",
        ),
    )


@hookimpl
def register_catalogues() -> Iterable[Catalogue]:
    """What this plugin says, in Swedish."""
    from kontaktnat.extend import Catalogue

    return (Catalogue(name="kontaktnat_excel", folder=Path(__file__).parent / "locale"),)
