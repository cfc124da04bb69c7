"""Tables and records on standard output: for eyes (as wide as the terminal) and for programs."""

from __future__ import annotations

import csv
import io
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

from kontaktnat.cli.app import one_line, say
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text, language, tr
from kontaktnat.model import Actor, Contact, Interaction, Network, Record, Role, holds

if TYPE_CHECKING:
    from kontaktnat.outward import Outward

_CELL = 80  # thirty participants of a meeting would make every row as wide


def emit_records(
    book: Outward,
    records: Sequence[Record],
    table: Table,
    output: str,
    reached: Sequence[Record] | None = None,
) -> None:
    """Records in the chosen output; `table` is how eyes see them, `reached` what has their addresses."""
    if output == "table":
        emit_table(book, table)
    elif output == "ids":
        _lines(record.id for record in records)
    elif output == "addresses":
        _addresses(addresses(book, records if reached is None else reached))
    elif output == "csv":
        _csv(table.columns, table.rows)
    else:
        from kontaktnat.codec import to_doc

        _json([{"type": record.type, **to_doc(record)} for record in records], output)


def emit_view(book: Outward | None, table: Table, output: str) -> None:
    """A view's table in the chosen output; rows carry canonical words, eyes see labels."""
    if output == "table":
        emit_table(book, table)
    elif output == "ids":
        _lines(str(row["id"]) for row in table.rows if row.get("id"))
    elif output == "addresses":
        _addresses(str(row["mail"]) for row in table.rows if row.get("mail"))
    elif output == "csv":
        _csv(table.columns, table.rows)
    else:
        columns = [{"key": one.key, "title": one.title, "type": one.type} for one in table.columns]
        _json([dict(row) for row in table.rows], output, view=table.name, columns=columns)


def emit_table(book: Outward | None, table: Table, *, titled: bool = False) -> None:
    """For eyes: aligned columns, cut to the terminal's width; `-o csv` and `-o json` cut nothing."""
    if titled:
        say(table.title, bold=True)
    if not table.rows:
        say(Text("nothing to show"))
    else:
        cells = [
            [_shown(book, column, row.get(column.key)) for column in table.columns] for row in table.rows
        ]
        titles = [tr(column.title) for column in table.columns]
        widths = _widths([titles, *cells])
        click.secho(_line(titles, widths), underline=True)
        whole = [column.whole for column in table.columns]
        for row in cells:
            for line in _wrapped(row, widths, whole):
                click.echo(_line(line, widths))
    for note in table.notes:
        say(note)


def addresses(book: Outward, records: Iterable[Record]) -> Iterator[str]:
    """Current mail addresses, one or more a record; none that is covered or bounced.

    A role without its own is reached by its holder, an interaction by those who take part, a network by
    its members.
    """
    for record in records:
        found = [
            way.value
            for way in getattr(record, "ways", ())
            if way.kind == "mail" and holds(way.since, way.until, book.today) and not way.bounced_on
        ]
        yield from found or addresses(book, _behind(book, record))


def _behind(book: Outward, record: Record) -> Iterator[Record]:
    if isinstance(record, Role):
        parts: Iterable[Any] = (record,)
        types: tuple[type[Record], ...] = (Contact,)
    elif isinstance(record, Interaction):
        parts, types = record.participants, (Role, Contact, Actor)
    elif isinstance(record, Network):
        parts, types = (one for one in record.members if holds(one.since, one.until, book.today)), (Actor,)
    else:
        return
    for part in parts:
        for cls in types:
            if (id := getattr(part, cls.type)) and (found := book.peek(cls, id)):
                yield found


def _addresses(found: Iterable[str]) -> None:
    if line := "; ".join(dict.fromkeys(found)):
        click.echo(line)
    else:
        say(Text("no mail address among these"), err=True)


def _shown(book: Outward | None, column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr(Text("yes") if value else Text("no"))
    if column.type == "word" and book is not None:
        return book.words.label(column.vocabulary, str(value), language())
    if column.type in ("time", "date"):  # a meeting ahead is due at a time
        return str(value).replace("T", " ")[:16]
    text = one_line(value.said(language()) if isinstance(value, Text) else str(value))
    return text if column.whole or len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    if not sys.stdout.isatty():
        return widths
    room = shutil.get_terminal_size().columns - 2 * (len(widths) - 1)
    while sum(widths) > room and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _wrapped(cells: Sequence[str], widths: Sequence[int], whole: Sequence[bool]) -> Iterator[Sequence[str]]:
    """A row as lines: what is shown whole goes on below where it is too wide."""
    columns = [
        textwrap.wrap(cell, width) or [""] if wrap else [cell]
        for cell, width, wrap in zip(cells, widths, whole, strict=True)
    ]
    return zip_longest(*columns, fillvalue="")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = (
        (cell if len(cell) <= width else cell[: width - 1] + "…").ljust(width)
        for cell, width in zip(cells, widths, strict=True)
    )
    return "  ".join(fitted).rstrip()


def _lines(values: Iterable[str]) -> None:
    for value in values:
        click.echo(value)


def _csv(columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(
        text, [column.key for column in columns], extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    click.echo(text.getvalue(), nl=False)


def _json(records: list[dict[str, Any]], output: str, **head: Any) -> None:
    import orjson

    from kontaktnat.codec import FORMAT

    if output == "jsonl":
        _lines(orjson.dumps(record).decode() for record in records)
    else:
        whole = {"schema": FORMAT, **head, "records": records}
        click.echo(orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode())
