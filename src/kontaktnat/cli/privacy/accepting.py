"""`privacy accept`: what a check finds in a record may stand, and why."""

from __future__ import annotations

import click

from kontaktnat.cli.app import App, by_option, complete, dry_run_option, pass_app, say
from kontaktnat.i18n import Text


@click.command()
@click.argument("what", nargs=-1, shell_complete=complete("anything"))
@click.option("--reason", metavar="REASON", help="Why it may stand; remembered with it.")
@by_option
@dry_run_option
@pass_app
def accept(app: App, what: tuple[str, ...], reason: str | None, dry_run: bool) -> None:
    """Let what check finds in the free text of a record stand; remembered per finding, with the reason."""
    from kontaktnat.refs import ANYTHING

    book = app.book()
    record = app.pick(book, app.ask(" ".join(what), "WHAT"), ANYTHING)
    why = app.ask(reason, "--reason")
    with book.transaction("accept", dry_run=dry_run):
        found = book.privacy.accept(record, why)
    if not found:
        say(Text("nothing is found there that is not accepted already"))
    for one in found:
        fields = {"path": one.path, "message": one.message}
        say(Text("would be accepted: {path}: {message}", **fields) if dry_run
            else Text("accepted: {path}: {message}", **fields))  # fmt: skip
