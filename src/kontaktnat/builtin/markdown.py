"""Markdown: a page for each municipality, to hand over or to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from kontaktnat.builtin.options import check_options
from kontaktnat.extend import Column, Outward, Table, collation_key
from kontaktnat.i18n import Text, language, tr
from kontaktnat.views.page import page


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """The pages of all actors of one kind (`--set kind=kommun`), in the language in force."""
    check_options(options, kind=None)
    kind = options.get("kind", "municipality")
    actors = out.actors.where(kind=kind)
    if not actors and kind != "municipality":
        actors = out.actors.where(kind=out.words.lookup("actor_kind", kind))
    lines = [f"# {tr(Text('Contacts, {day}', day=out.today))}", ""]
    for actor in sorted(actors, key=lambda one: collation_key(one.name)):
        lines += [f"## {actor.name}", ""]
        for table in page(out, actor):
            lines += [f"### {tr(table.title)}", "", *_table(out, table), ""]
    stream.write("\n".join(lines).encode())


def _table(out: Outward, table: Table) -> list[str]:
    head = " | ".join(tr(column.title) for column in table.columns)
    rule = " | ".join("---" for _ in table.columns)
    rows = [
        " | ".join(_cell(out, column, row.get(column.key)) for column in table.columns) for row in table.rows
    ]
    return [f"| {line} |" for line in (head, rule, *rows)]


def _cell(out: Outward, column: Column, value: object) -> str:
    if value is None:
        return ""
    if column.type == "word":
        value = out.words.label(column.vocabulary, str(value), language())
    text = tr(value) if isinstance(value, Text) else str(value)
    return " ".join(text.split()).replace("|", "\\|")
