"""Tables and records on standard output: for eyes (as wide as the terminal) and for programs."""

from __future__ import annotations

import csv
import io
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kontaktnat.cli.app import one_line, say
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text, language, tr
from kontaktnat.model import Actor, Contact, Interaction, Network, Record, Role, holds

if TYPE_CHECKING:
    from kontaktnat.outward import Outward

_CELL = 80  # thirty participants of a meeting would make every row as wide
_EXACT = ("date", "time", "id", "number")

T = TypeVar("T")
Rows = Iterable[Mapping[str, Any]]

_BATCH = 500  # rows that are laid out and printed together, so that a long history needs little memory


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


def emit_view(book: Outward | None, table: Table, output: str, rows: Rows | None = None) -> None:
    """A view's table in the chosen output; rows carry canonical words, eyes see labels.

    `rows`, in place of the table's own, are printed as they come, and never all of them kept.
    """
    rows = table.rows if rows is None else rows
    if output == "table":
        emit_table(book, table, rows=rows)
    elif output == "ids":
        _lines(str(row["id"]) for row in rows if row.get("id"))
    elif output == "addresses":
        _addresses(str(row["mail"]) for row in rows if row.get("mail"))
    elif output == "csv":
        _csv(table.columns, rows)
    else:
        columns = [{"key": one.key, "title": one.title, "type": one.type} for one in table.columns]
        _json(map(dict, rows), output, view=table.name, columns=columns)


def emit_table(book: Outward | None, table: Table, *, titled: bool = False, rows: Rows | None = None) -> None:
    """For eyes: aligned columns, cut to the terminal's width; `-o csv` and `-o json` cut nothing.

    `rows` as in `emit_view`: columns grow wider where, far down, something is longer than all before.
    """
    if titled:
        say(table.title, bold=True)
    columns = [column for column in table.columns if not column.data]
    titles = [tr(column.title) for column in columns]
    whole = [column.whole for column in columns]
    types = [column.type for column in columns]
    natural: list[int] = []
    held: list[int] = []
    for batch in _batches(table.rows if rows is None else rows):
        cells = [[_shown(book, column, row.get(column.key)) for column in columns] for row in batch]
        first, natural = not natural, _natural([titles, *cells], natural)
        held = _natural(cells, held)
        widths = _fitted(natural, held, types)
        if first:
            click.secho(_line(titles, widths), underline=True)
        _lines(_line(line, widths) for row in cells for line in _wrapped(row, widths, whole))
    if not natural:
        say(Text("nothing to show"))
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
        return tr(column.blank)
    if isinstance(value, bool):
        return tr(Text("yes") if value else Text("no"))
    if column.type == "word" and book is not None:
        return book.words.label(column.vocabulary, str(value), language())
    if column.type in ("time", "date"):  # a meeting ahead is due at a time
        return str(value).replace("T", " ")[:16]
    if isinstance(value, float) and column.type == "number":  # exact in data only
        return f"{round(value, 2):.12g}".replace(".", "," if language() == "sv" else ".")
    said = value.said(language()) if isinstance(value, Text) else str(value)
    text = one_line(said)
    if column.whole:  # what is indented is a line of a tree
        return " " * (len(said) - len(said.lstrip(" "))) + text
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"


def _natural(rows: Sequence[Sequence[str]], before: Sequence[int]) -> list[int]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [max(pair) for pair in zip(widths, before, strict=True)] if before else widths


def _fitted(natural: Sequence[int], held: Sequence[int], types: Sequence[str]) -> list[int]:
    """Widths that a terminal has room for: the widest give way, and days, ids and numbers, which mean nothing
    in part, only before a line would go over the edge. `held`: how wide columns are without their titles."""
    widths = [*natural]
    if not sys.stdout.isatty():
        return widths
    room = shutil.get_terminal_size().columns - 2 * (len(widths) - 1)
    for few, name in ((8, 24), (4, 24), (4, 8)):
        least = [max(few, width if type in _EXACT else 0) for type, width in zip(types, held, strict=True)]
        least[:1] = [max(name, *least[:1])]  # five that all begin with Lokalpolisområde are told apart
        while sum(widths) > room and (wide := [n for n, width in enumerate(widths) if width > least[n]]):
            widths[max(wide, key=widths.__getitem__)] -= 1
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


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _lines(values: Iterable[str]) -> None:
    for batch in _batches(values):
        click.echo("\n".join(batch))


def _csv(columns: Sequence[Column], rows: Rows) -> None:
    text = io.StringIO(newline="")
    names = [column.key for column in columns]
    writer = csv.DictWriter(text, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for batch in chain([()], _batches(rows)):  # the first time the header alone
        writer.writerows(batch)
        click.echo(text.getvalue(), nl=False)
        text.seek(0)
        text.truncate()


def _json(records: Iterable[dict[str, Any]], output: str, **head: Any) -> None:
    import orjson

    from kontaktnat.codec import FORMAT

    if output == "jsonl":
        _lines(orjson.dumps(record).decode() for record in records)
        return
    # Batch by batch, laid out as orjson does the whole of it.
    frame = orjson.dumps({"schema": FORMAT, **head, "records": []}, option=orjson.OPT_INDENT_2).decode()
    before, after = frame[:-3], frame[-3:]
    for batch in _batches(records):
        items = orjson.dumps(batch, option=orjson.OPT_INDENT_2).decode()[1:-2].replace("\n", "\n  ")
        click.echo(before + items, nl=False)
        before, after = ",", f"\n  {frame[-3:]}"
    click.echo(after if before == "," else frame)
