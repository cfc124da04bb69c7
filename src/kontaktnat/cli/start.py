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

# Tryckfrihetsförordningen 2 kap.: what an authority keeps is as a rule open to anyone who asks.
BANNER = Text(
    "What is written here is normally a public record: write so that it can be handed out. "
    "Nothing about suspects, victims or individuals in SSPF belongs here."
)


@click.command()
@click.option("--county", metavar="NAME", help="Fill it with a county: kalmar, H, 08.",
              shell_complete=complete("counties"))  # fmt: skip
@click.option("--by", metavar="NAME", help="The book's default for who writes.")
@dry_run_option
@pass_app
def init(app: App, county: str | None, by: str | None, dry_run: bool) -> None:
    """Make a book; on one that exists, add what is missing."""
    app.by = by or app.by

    def fill(book: Book) -> tuple[int, int]:
        with book.transaction("init", dry_run=dry_run):
            if by:
                book.set("by", by)
            return book.add_county(county) if county else (0, 0)

    there = app.file is not None and app.file.exists()
    book = app.new_book(fill, dry_run=dry_run)
    before, default = book.version, book.setting("by")
    added, known = fill(book)
    changed = bool(added) or bool(by and by != default)
    if there and before and not changed:
        say(Text("{path} was there already; nothing changed", path=app.where))
        return
    told: list[str] = []
    if county:
        records = Text("{n} record added", "{n} records added", n=added)
        told.append(Text("{records}, {known} already there", records=records, known=known))
    if there and by and by != default:
        told.append(Text("{by} writes unless another is named", by=by))
    more = Text(": {told}", told=joined("; ", told)) if told else ""
    if dry_run:
        say(Text("{path} would be ready{more}", path=app.where, more=more))
    else:
        say(Text("{path} is ready{more}", path=app.where, more=more))
    say(BANNER)


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
