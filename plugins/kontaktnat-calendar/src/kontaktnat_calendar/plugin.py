"""The hooks. Nothing of a calendar library is imported before a file is read or written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kontaktnat import hookimpl

if TYPE_CHECKING:
    from kontaktnat.extend import Candidate, Catalogue, Exporter, Field, Importer, Outward, Understood


@hookimpl
def register_importers() -> Iterable[Importer]:
    """`ics`: meetings and tasks of a calendar's file, and of an invitation or answer that came by mail."""
    from kontaktnat.extend import Importer

    return (
        Importer(
            name="ics",
            suffixes=(".ics", ".ical", ".ifb", ".icalendar", ".eml"),
            sniff=_sniff,
            read=_read,
            describe=_describe,
            rejects=_rejects,
            summary="meetings and tasks of a calendar, with their guests",
            dated=True,
            remembers=("me",),
        ),
    )


@hookimpl
def register_exporters() -> Iterable[Exporter]:
    """`ics`: meetings, or a feed of what is due."""
    from kontaktnat.extend import Exporter

    return (
        Exporter(
            name="ics",
            suffixes=(".ics",),
            write=_write,
            summary="meetings as a calendar, or with feed=yes what is due",
        ),
    )


@hookimpl
def register_fields() -> Iterable[Field]:
    """Which editions of a calendar's event and of its answers were taken: an older one changes nothing."""
    from kontaktnat.extend import Field

    return (
        Field(name="calendar.taken", records=("interaction",), type=str, title="Edition in the calendar"),
        Field(
            name="calendar.answers",
            records=("interaction",),
            type=str,
            title="Editions of the answers",
            prose=False,
        ),
        Field(
            name="calendar.proposed",
            records=("followup",),
            type=str,
            title="Another time for a meeting",
            prose=False,
        ),
    )


@hookimpl
def register_catalogues() -> Iterable[Catalogue]:
    """What this plugin says, in Swedish."""
    from kontaktnat.extend import Catalogue

    return (Catalogue(name="kontaktnat_calendar", folder=Path(__file__).parent / "locale"),)


def _sniff(head: bytes) -> bool:
    from kontaktnat_calendar.files import sniff

    return sniff(head)


def _read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
    from kontaktnat_calendar.reading import read

    return read(stream, options)


def _describe(stream: BinaryIO, options: Mapping[str, str]) -> Understood | str:
    from kontaktnat_calendar.describing import describe

    return describe(stream, options)


def _rejects(rejected: Sequence[tuple[Any, str]]) -> bytes:
    from kontaktnat_calendar.files import rejects

    return rejects(rejected)


def _write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    from kontaktnat_calendar.writing import write

    write(out, stream, options)
