"""`pack update`: the book up to date with newer county packs; and how that is told, by `init` too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs
import click

from kontaktnat.cli.app import App, by_option, complete, dry_run_option, output_option, pass_app, say
from kontaktnat.cli.render import emit_view
from kontaktnat.counties.results import Filled, changes_table
from kontaktnat.i18n import Text

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.descriptors import Table


@click.command()
@click.argument("name", required=False, shell_complete=complete("filled"))
@by_option
@dry_run_option
@output_option
@pass_app
def update(app: App, name: str | None, output: str, dry_run: bool) -> None:
    """Bring the book up to date with the county packs it was filled from, or with NAME alone.

    What nobody has touched follows the pack. What was changed here stays and is listed, with what the pack
    says; so are records that were deleted here, which are not made again, and those that the pack no longer
    has.
    """
    book = app.book()
    with book.transaction("pack update", dry_run=dry_run):
        filled = book.update_counties(name)
        changes = shown_changes(book, filled)
    if output != "table":
        emit_view(book, changes_table(filled), output)
        return
    for one in filled:
        say(told(one, dry_run=dry_run))
    list_changes(book, changes)


def told(one: Filled, *, dry_run: bool = False) -> Text:
    """A pack in one line: how much came, and how much was brought up to date."""
    added = Text("{n} record added", "{n} records added", n=one.added)
    fields = {"title": one.title, "version": one.version, "before": one.before, "added": added,
              "there": one.there, "updated": one.updated}  # fmt: skip
    if dry_run:
        return Text("{title} {version} (the book has {before}): it would be {added}, {there} already there, "
                    "{updated} of them brought up to date", **fields)  # fmt: skip
    if not one.added and not one.updated and one.before == one.version:
        return Text("{title} {version}: nothing changed", **fields)
    return Text("{title} {before} → {version}: {added}, {there} already there, {updated} of them brought up "
                "to date", **fields)  # fmt: skip


def shown_changes(book: Book, filled: Sequence[Filled]) -> Table:
    """What was brought up to date, and what was not, for eyes; asked while what a dry run adds has names."""
    from kontaktnat.views.page import spelled_out

    table = changes_table(filled)
    rows = tuple(
        {**row, "name": book.words.name("commitment_kind", row["name"])}
        | {side: spelled_out(book, row[side]) for side in ("here", "pack")}
        for row in table.rows
    )
    return attrs.evolve(table, rows=rows)


def list_changes(book: Book, changes: Table) -> None:
    """Print them, if there are any."""
    if changes.rows:
        emit_view(book, changes, "table")
