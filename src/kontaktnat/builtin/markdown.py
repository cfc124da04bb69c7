"""Markdown: a page for each municipality, to hand over or to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

import attrs

from kontaktnat.extend import Column, Outward, Table, collation_key
from kontaktnat.i18n import Text, language, tr
from kontaktnat.model import Actor
from kontaktnat.options import check_options
from kontaktnat.privacy.fields import title
from kontaktnat.refs import resolve
from kontaktnat.views.page import page


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """The page of one actor (`--set actor=nybro`), or of all of one kind (`--set kind=kommun`).

    In the language in force. Ids are left out: they are for the prompt, and who is handed a page has none.
    """
    check_options(options, kind=None, actor=None)
    actors = _chosen(out, options)
    lines = [f"# {tr(Text('Contacts, {day}', day=out.today))}", ""]
    for actor in sorted(actors, key=lambda one: collation_key(one.name)):
        lines += [f"## {actor.name}", ""]
        for table in page(out, actor):
            if table.name != "facts":  # whose title is the actor's name, and its id
                lines += [f"### {tr(table.title)}", ""]
            lines += [*_table(out, _named(table)), ""]
    stream.write("\n".join(lines).encode())


def _chosen(out: Outward, options: Mapping[str, str]) -> list[Actor]:
    if name := options.get("actor", "").strip():
        found = resolve(out, name, ("actor",))
        return [found] if isinstance(found, Actor) else []
    kind = options.get("kind", "municipality")
    actors = out.actors.where(kind=kind)
    if not actors and kind != "municipality":
        actors = out.actors.where(kind=out.words.lookup("actor_kind", kind))
    return actors


def _named(table: Table) -> Table:
    """Its fields by what they are called, for who is handed a page knows no ids."""
    if table.name != "facts":
        return table
    return attrs.evolve(table, rows=tuple({**row, "field": title(str(row["field"]))} for row in table.rows))


def _table(out: Outward, table: Table) -> list[str]:
    columns = [column for column in table.columns if column.type != "id" and not column.data]
    head = " | ".join(tr(column.title) for column in columns)
    rule = " | ".join("---" for _ in columns)
    rows = [" | ".join(_cell(out, column, row.get(column.key)) for column in columns) for row in table.rows]
    notes = [f"- {_text(note)}" for note in table.notes]
    return [*(f"| {line} |" for line in (head, rule, *rows)), *([""] if notes else []), *notes]


def _cell(out: Outward, column: Column, value: object) -> str:
    if value is None:
        return tr(column.blank)
    if column.type == "word":
        value = out.words.label(column.vocabulary, str(value), language())
    if column.type == "time":
        value = str(value).replace("T", " ")[:16]
    return _text(value)


def _text(value: object) -> str:
    text = tr(value) if isinstance(value, Text) else str(value)
    return " ".join(text.split()).replace("|", "\\|")
