"""`privacy disclose`: what somebody asks to see, prepared for a decision."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, complete, pass_app, reveal_option
from kontaktnat.cli.privacy.writing import form_option, handed_over, output_file_option
from kontaktnat.errors import Ambiguous


@click.command()
@click.argument("query", nargs=-1, shell_complete=complete("anything"))
@click.option("--since", metavar="DATE", help="Only from this day on.")
@click.option("--until", metavar="DATE", help="Only up to this day.")
@click.option("--type", "types", multiple=True, metavar="TYPE", shell_complete=complete("record_type"),
              help="Only records of this type; may be repeated.")  # fmt: skip
@output_file_option
@form_option
@reveal_option
@pass_app
def disclose(
    app: App,
    query: tuple[str, ...],
    since: str | None,
    until: str | None,
    types: tuple[str, ...],
    output_file: str | None,
    output: str,
) -> None:
    """Prepare what somebody asks to see of the public records; nothing is decided and nothing changed.

    QUERY is a name or an id: that record and all that is linked to it. Otherwise it is searched for as
    kontaktnat find does. Third persons, numbers and addresses are marked, and each record has room for a
    decision.
    """
    book = app.book("r" if app.reveal is None else "rw")
    asked = app.ask(" ".join(query), "QUERY")
    bounds = {name: app.day(text, past=True) for name, text in (("since", since), ("until", until)) if text}
    chosen = [app.word(book, "record_type", one) for one in types]
    try:
        found = book.privacy.disclose(asked, **bounds, types=chosen, reveal=app.reveal)
    except Ambiguous as error:
        found = book.privacy.disclose(app.choose(error), **bounds, types=chosen, reveal=app.reveal)
    handed_over(app, found, output, output_file)
