"""The formats that are always there: CSV, JSON, JSON Lines, bundles, Markdown to read (pages, minutes)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

from kontaktnat.extend import Exporter, Importer, hookimpl

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Candidate, Outward, Understood

Options = Mapping[str, str]


def _csv_write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat.builtin.csv_writing import write

    write(out, stream, options)


def _csv_read(stream: BinaryIO, options: Options) -> Iterator[Candidate]:
    from kontaktnat.builtin.csv_reading import read

    return read(stream, options)


def _csv_describe(stream: BinaryIO, options: Options) -> Understood:
    from kontaktnat.builtin.csv_reading import describe

    return describe(stream, options)


def _csv_sniff(head: bytes) -> bool:
    from kontaktnat.builtin.csv_reading import sniff

    return sniff(head)


def _json_write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat.builtin.json_format import write_json

    write_json(out, stream, options)


def _jsonl_write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat.builtin.json_format import write_jsonl

    write_jsonl(out, stream, options)


def _tinydb_write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat.builtin.json_format import write_tinydb

    write_tinydb(out, stream, options)


def _markdown_write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat.builtin.markdown import write

    write(out, stream, options)


def _minutes_write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat.builtin.minutes import write

    write(out, stream, options)


def _bra_report_write(out: Outward, stream: BinaryIO, options: Options) -> None:
    from kontaktnat.builtin.bra_report import write

    write(out, stream, options)


def _bundle_write(out: Outward, stream: BinaryIO, options: Options) -> Iterable[str]:
    from kontaktnat.builtin.bundles import write

    return write(out, stream, options)


def _bundle_read(stream: BinaryIO, options: Options) -> Iterator[Candidate]:
    from kontaktnat.builtin.bundles import read

    return read(stream, options)


def _bundle_describe(stream: BinaryIO, options: Options) -> Understood:
    from kontaktnat.builtin.bundles import describe

    return describe(stream, options)


def _bundle_sniff(head: bytes) -> bool:
    if b"kontaktnat-bundle/" not in head:
        return False
    from kontaktnat.between.form import looks_like

    return looks_like(head)


def _json_read(stream: BinaryIO, options: Options) -> Iterator[Candidate]:
    from kontaktnat.builtin.json_format import read

    return read(stream, options)


def _json_rejects(rejected: Sequence[tuple[Any, str]]) -> bytes:
    from kontaktnat.builtin.json_format import rejects

    return rejects(rejected)


def _json_sniff(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    alone = b"\n{" not in start.replace(b"\r\n", b"\n")
    return start.startswith(b"{") and alone and not (_tinydb_sniff(head) or _bundle_sniff(head))


def _jsonl_sniff(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"{") and not (_json_sniff(head) or _tinydb_sniff(head) or _bundle_sniff(head))


def _tinydb_sniff(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b'{"_kontaktnat"')


@hookimpl
def register_exporters() -> list[Exporter]:
    return [
        Exporter(name="csv", suffixes=(".csv",), write=_csv_write, summary="one type of record as a table"),
        Exporter(name="json", suffixes=(".json",), write=_json_write, summary="all records in one document"),
        Exporter(
            name="jsonl", suffixes=(".jsonl",), write=_jsonl_write, summary="the archive: a record a line"
        ),
        Exporter(name="tinydb", suffixes=(".json",), write=_tinydb_write, summary="as TinyDB's own JSON"),
        Exporter(name="markdown", suffixes=(".md",), write=_markdown_write, summary="a page a municipality"),
        Exporter(
            name="minutes", suffixes=(".md",), write=_minutes_write, summary="a meeting: set meeting=ID"
        ),
        Exporter(
            name="bra-report",
            suffixes=(".md", ".csv"),
            write=_bra_report_write,
            summary="a year for Brå: set year=YEAR, as=csv",
        ),
        Exporter(
            name="bundle",
            suffixes=(".knbundle",),
            write=_bundle_write,
            summary="for other counties: examples, topics, statistics",
        ),
    ]


@hookimpl
def register_importers() -> list[Importer]:
    return [
        Importer(name="csv", suffixes=(".csv", ".txt"), sniff=_csv_sniff, read=_csv_read,
                 describe=_csv_describe, summary="rows as actors or contacts"),
        Importer(name="json", suffixes=(".json",), sniff=_json_sniff, read=_json_read,
                 rejects=_json_rejects, summary="records as exported"),
        Importer(name="jsonl", suffixes=(".jsonl",), sniff=_jsonl_sniff, read=_json_read,
                 rejects=_json_rejects, summary="records as exported, one a line"),
        Importer(name="bundle", suffixes=(".knbundle",), sniff=_bundle_sniff, read=_bundle_read,
                 describe=_bundle_describe, summary="what another county sent: export bundle"),
        Importer(name="tinydb", suffixes=(".json",), sniff=_tinydb_sniff, read=_json_read,
                 summary="records as exported, for TinyDB"),
    ]  # fmt: skip
