"""`privacy statistics`: what may be published, for it tells of nobody."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, complete, output_option, pass_app
from kontaktnat.cli.render import emit_view


@click.command()
@click.option("--year", metavar="YEAR", help="A calendar year; otherwise the running one, to today.")
@click.option("--measure", metavar="WORD", shell_complete=complete("measure"), help="One count alone.")
@output_option
@pass_app
def statistics(app: App, year: str | None, measure: str | None, output: str) -> None:
    """Meetings, and people by municipality, where counts of people under 5 are withheld (..).

    So are as many others as it takes for none to be worked out. The same as the view `statistics`.
    """
    book = app.out()
    chosen = app.word(book, "measure", measure) if measure and measure.strip() else ""
    emit_view(book, book.view("statistics", year=year or "", measure=chosen), output)
