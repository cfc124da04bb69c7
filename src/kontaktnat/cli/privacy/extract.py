"""`privacy extract`: everything about one person, for them."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, complete, pass_app, reveal_option
from kontaktnat.cli.privacy.erasing import person_of
from kontaktnat.cli.privacy.writing import form_option, handed_over, output_file_option


@click.command()
@click.argument("person", nargs=-1, shell_complete=complete("contacts"))
@output_file_option
@form_option
@reveal_option
@pass_app
def extract(app: App, person: tuple[str, ...], output_file: str | None, output: str) -> None:
    """Everything about one PERSON, other people taken out of it (GDPR art. 15).

    What is marked [?so?] may name somebody who is not in the book: look at it before you hand it out. Of
    somebody protected it needs --reveal REASON.
    """
    book = app.book("r" if app.reveal is None else "rw")
    id = person_of(app, app.ask(" ".join(person), "PERSON"))
    made = book.privacy.extract(id, reveal=app.reveal)
    handed_over(app, made, output, output_file)
