"""`privacy record`."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, pass_app
from kontaktnat.cli.render import emit_view


@click.command()
@click.option("-o", "--output", type=click.Choice(("markdown", "json", "jsonl", "csv")), default="markdown",
              help="How to print.")  # fmt: skip
@pass_app
def record(app: App, output: str) -> None:
    """The record of processing (GDPR art. 30), made of the model, the plugins in use and the settings.

    Who answers for the data stands under [privacy] in config.toml.
    """
    book = app.book("r")
    paper = book.privacy.record()
    if output == "markdown":
        click.echo(paper.markdown(), nl=False)
    else:
        emit_view(book, paper.table(), output)
