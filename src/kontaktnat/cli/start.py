"""`init` and `demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kontaktnat.cli.app import App, complete, dry_run_option, pass_app, say
from kontaktnat.cli.whole import write_whole
from kontaktnat.i18n import Text, joined

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.counties.results import Filled
    from kontaktnat.descriptors import Table

# Tryckfrihetsförordningen 2 kap.: what an authority keeps is as a rule open to anyone who asks.
BANNER = Text(
    "What is written here is normally a public record: write so that it can be handed out. "
    "Nothing about suspects, victims or individuals in SSPF belongs here."
)


@click.command()
@click.option("--county", "counties", multiple=True, metavar="NAME", shell_complete=complete("counties"),
              help="Fill it with a county: kalmar, H, 08; several times for several.")  # fmt: skip
@click.option("--by", metavar="NAME", help="The book's default for who writes.")
@dry_run_option
@pass_app
def init(app: App, counties: tuple[str, ...], by: str | None, dry_run: bool) -> None:
    """Make a book; on one that exists, add what is missing, and bring a county up to date with a newer pack.

    The first county is the book's own.
    """
    app.by = by or app.by

    def fill(book: Book) -> tuple[tuple[Filled, ...], Table | None]:
        with book.transaction("init", dry_run=dry_run):
            if by:
                book.set("by", by)
            filled = tuple(book.fill_county(name) for name in counties)
            if not any(one.changes for one in filled):
                return filled, None
            from kontaktnat.cli.pack.updating import shown_changes

            return filled, shown_changes(book, filled)

    there = app.file is not None and app.file.exists()
    book = app.new_book(fill, dry_run=dry_run)
    before, default = book.version, book.setting("by")
    filled, changes = fill(book)
    renamed = bool(by and by != default)
    changed = renamed or any(one.added or one.updated or one.before != one.version for one in filled)
    if there and before and not changed:
        say(Text("{path} was there already; nothing changed", path=app.where))
    else:
        more = _more(filled, by if there and renamed else "")
        if dry_run:
            say(Text("{path} would be ready{more}", path=app.where, more=more))
        else:
            say(Text("{path} is ready{more}", path=app.where, more=more))
        say(BANNER)
    if changed and changes is not None:
        from kontaktnat.cli.pack.updating import list_changes

        list_changes(book, changes)


def _more(filled: tuple[Filled, ...], by: str | None) -> str:
    told: list[str] = []
    for one in filled:
        records = Text("{n} record added", "{n} records added", n=one.added)
        more = Text("{records}, {known} already there", records=records, known=one.there)
        if one.updated:
            up = Text("{n} of them brought up to date", "{n} of them brought up to date", n=one.updated)
            more = joined(", ", (more, up))
        told.append(more if len(filled) == 1 else Text("{title}: {more}", title=one.title, more=more))
    if by:
        told.append(Text("{by} writes unless another is named", by=by))
    return Text(": {told}", told=joined("; ", told)) if told else ""


@click.command()
@dry_run_option
@pass_app
def demo(app: App, dry_run: bool) -> None:
    """Make a demo book: Kalmar county, invented people, a year of work."""
    from kontaktnat.cli.render import emit_table
    from kontaktnat.demo import fill
    from kontaktnat.errors import Refused
    from kontaktnat.refs import resolve
    from kontaktnat.views.page import page

    book = app.new_book(lambda scratch: scratch.add_county("kalmar"), dry_run=dry_run)
    if book.version and not book.setting("demo"):
        raise Refused("{path} is no demo book; name another with -b", path=app.where)
    if book.version:
        say(Text("{path} was there already; nothing changed", path=app.where))
        click.echo()
    else:
        fill(book)
    place = app.file or Path("demo")
    report = place.with_suffix(".report.md" if place.suffix == ".md" else ".md")
    if not dry_run:
        write_whole(report, lambda stream: book.export_to(stream, "markdown"))
    click.secho("$ kontaktnat today", fg="cyan")
    emit_table(book, book.view("today"), titled=True)
    click.secho("\n$ kontaktnat show nybro", fg="cyan")
    for table in page(book, resolve(book, "nybro")):
        emit_table(book, table, titled=True)
        click.echo()
    if dry_run:
        say(Text("nothing was written"))
    else:
        say(Text("The book is {path}, a report of all municipalities lies in {report}.",
                 path=app.where, report=report))  # fmt: skip
