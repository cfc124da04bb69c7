"""`privacy retention`."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, as_of_option, output_option, pass_app, reveal_option
from kontaktnat.cli.render import emit_view


@click.command()
@output_option
@as_of_option
@reveal_option
@pass_app
def retention(app: App, output: str, as_of: str | None) -> None:
    """What is due for review: people without a role or never met, old quarantine, old drafts.

    Nothing is changed. The intervals are custom, not law, and can be configured.
    """
    book = app.out(as_of)
    emit_view(book, book.view("retention"), output)
