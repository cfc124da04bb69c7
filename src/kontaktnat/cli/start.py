"""`init` and `demo`."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, pass_app
from kontaktnat.cli.whole import write_whole

# Tryckfrihetsförordningen 2 kap.: what an authority keeps is as a rule open to anyone who asks.
BANNER = (
    "What is written here is normally a public record: write so that it can be handed out. "
    "Nothing about suspects, victims or individuals in SSPF belongs here."
)


@click.command()
@click.option("--county", metavar="NAME", help="Fill it with a county: kalmar, H, 08.")
@click.option("--by", metavar="NAME", help="The book's default for who writes.")
@pass_app
def init(app: App, county: str | None, by: str | None) -> None:
    """Make a book; on one that exists, add what is missing."""
    app.by = by or app.by
    book = app.book("create")
    before = book.version
    with book.transaction("init"):
        if by:
            book.set("by", by)
        added = there = 0
        if county:
            added, there = book.add_county(county)
    if book.version == before and before:
        click.echo(f"{app.where} was there already; nothing changed")
        return
    if book.version == before:
        click.echo(f"{app.where} is ready")
    else:
        click.echo(f"{app.where} is ready: {added} records added, {there} already there")
    click.echo(BANNER)


@click.command()
@pass_app
def demo(app: App) -> None:
    """Make a demo book: Kalmar county, invented people, a fortnight of work."""
    from pathlib import Path

    from kontaktnat.cli.render import emit_table
    from kontaktnat.demo import fill
    from kontaktnat.errors import Refused
    from kontaktnat.refs import resolve
    from kontaktnat.views.page import page

    book = app.book("create")
    if book.version and not book.setting("demo"):
        raise Refused("{path} is no demo book; name another with -b", path=app.where)
    if book.version:
        click.echo(f"{app.where} was there already; nothing changed\n")
    else:
        fill(book)
    report = Path(app.where).with_suffix(".md")
    write_whole(report, lambda stream: book.export_to(stream, "markdown"))
    click.secho("$ kontaktnat today", fg="cyan")
    emit_table(book, book.view("today"), titled=True)
    click.secho("\n$ kontaktnat show nybro", fg="cyan")
    for table in page(book, resolve(book, "nybro")):
        emit_table(book, table, titled=True)
        click.echo()
    click.echo(f"The book is {app.where}, a report of all municipalities lies in {report}.")
