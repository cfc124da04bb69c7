"""`check`: what is wrong in the file and in the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kontaktnat.cli.app import App, by_option, config, dry_run_option, output_option, pass_app, say
from kontaktnat.cli.render import emit_view
from kontaktnat.descriptors import Column, Finding, Table
from kontaktnat.errors import Invalid, StoreDamaged, Usage
from kontaktnat.i18n import Text, tr

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward


@click.command()
@click.option("--repair", is_flag=True, help="Keep all that can be read of a damaged file.")
@click.option("--accept", is_flag=True, help="Take the file as it stands after an edit by hand.")
@by_option
@dry_run_option
@output_option
@pass_app
def check(app: App, output: str, repair: bool, accept: bool, dry_run: bool) -> None:
    """Look for what is wrong, in the file and in the records; exits with 5 when something is.

    The whole file is verified, its archive included; one that is damaged exits with 8. --repair and --accept
    keep the file as it was beside the book, and are a transaction in its history.
    """
    import kontaktnat

    if repair and accept:
        raise Usage("--repair or --accept, not both: the one keeps what is sure, the other what you wrote")
    app.writes = mend = (repair or accept) and not dry_run  # a look lifts no older book
    if mend:
        findings = kontaktnat.repair_file(
            app.where,
            accept=accept,
            by=app.by,
            plugins=app.opening.get("plugins"),
            config=config(),
            lock_timeout=app.wait,
        )
    else:
        findings = kontaktnat.check_file(app.where, plugins=app.opening.get("plugins"), config=config())
    damaged = None
    try:
        book = app.book()
        records = list(app.out().check())
    except StoreDamaged as error:
        damaged, book, records = error, None, []
    _tell(book, [*findings, *records], output, mended=mend)
    if book is not None and output == "table":
        _tell_newer(book)
    if damaged and not findings:
        raise damaged
    if damaged or (not mend and any(one.path for one in findings)):  # it is about the file
        raise click.exceptions.Exit(StoreDamaged.exit_code)
    if records or (findings and not mend):
        raise click.exceptions.Exit(Invalid.exit_code)


def _tell_newer(book: Book) -> None:
    """A line where a county pack is newer than what the book was filled from."""
    if newer := book.newer_counties():
        names = ", ".join(name for name, _, _ in newer)
        say(Text("a newer county pack is installed ({names}): kontaktnat pack update", names=names))


def _tell(book: Outward | None, findings: list[Finding], output: str, *, mended: bool) -> None:
    if not findings and output == "table":
        say(Text("nothing is wrong"))
        return
    columns = (
        Column(key="type", title="Type", type="word", vocabulary="record_type"),
        Column(key="id", title="Id", type="id"),
        Column(key="path", title="Where"),
        Column(key="message", title="What is wrong"),
        Column(key="remedy", title="What to do"),
    )
    said = tr if output == "table" else str  # a remedy need not be a Text
    rows = tuple(
        {column.key: getattr(one, column.key) for column in columns} | {"remedy": said(one.remedy)}
        for one in findings
    )
    notes = (
        (Text("the file can be used again; what is named above as missing is not in it any more"),)
        if mended
        else ()
    )
    emit_view(book, Table(name="check", title="Findings", columns=columns, rows=rows, notes=notes), output)
