"""`mail fetch`: new mail of a mailbox becomes interactions."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from kontaktnat.errors import Usage
from kontaktnat.extend import Text, say
from kontaktnat_mail.commands.logging_ import log_options, own, remember, tell

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat_mail.imap import Account


@click.command()
@click.option("--host", metavar="SERVER", help="The server, if not the one of the configuration.")
@click.option("--user", metavar="NAME", help="Whose mailbox it is there.")
@click.option("--folder", metavar="FOLDER", help="Otherwise INBOX.")
@click.option("--since", metavar="DATE", help="The first time: only what came on this day or later.")
@click.option("--password-command", metavar="COMMAND", help="What prints the password.")
@click.option("--token-command", metavar="COMMAND", help="What prints an OAuth token (XOAUTH2).")
@click.option("--anew", is_flag=True, help="From the beginning; what is in the book already changes nothing.")
@click.option("--retry", is_flag=True, help="Those too that were not taken before.")
@click.option(
    "--seen", is_flag=True, help="Mark them as read on the server. Otherwise nothing is done there."
)
@log_options
@click.pass_obj
def fetch(
    app: Any, /, host: str | None, user: str | None, folder: str | None, since: str | None,
    password_command: str | None, token_command: str | None, anew: bool, retry: bool, seen: bool,
    me: Sequence[str], dry_run: bool, rejects: str | None, **wanted: bool,
) -> None:  # fmt: skip
    """Log the mail that is new in a mailbox (IMAP).

    As `mail log` does that of files, undone as one. Nothing is marked, moved or deleted there unless you say
    so. The password is never an argument: it stands in KONTAKTNAT_MAIL_PASSWORD (an OAuth token in
    KONTAKTNAT_MAIL_TOKEN), or a command prints it.
    """
    from kontaktnat_mail import fetching
    from kontaktnat_mail.logging_ import Options

    book: Book = app.book()
    account = _account(
        book, host=host, user=user, folder=folder, password_command=password_command,
        token_command=token_command, since=app.day(since, past=True).first if since else None,
    )  # fmt: skip
    told, me = own(app, book, me)
    options = Options(own=told, **wanted)
    keep = partial(remember, book, me) if me else None
    done = fetching.fetch(
        book, account, options, anew=anew, retry=retry, seen=seen, dry_run=dry_run, finish=keep
    )
    tell(app, book, done.logged, dry_run=dry_run, rejects=rejects)
    if n := done.again:
        say(Text("{n} of the not taken comes again with kontaktnat mail fetch --retry",
                 "{n} of the not taken come again with kontaktnat mail fetch --retry", n=n))  # fmt: skip
    if done.problem:
        raise done.problem


def _account(book: Book, **said: Any) -> Account:
    from kontaktnat_mail.imap import Account, secret

    kept = book.plugins.settings("mail").imap
    given = {name: value or getattr(kept, name, "") for name, value in said.items() if name != "since"}
    if not given["host"] or not given["user"]:
        raise Usage(
            "which mailbox? give --host SERVER and --user NAME, or set them under [plugins.mail.imap]"
        )
    kind = "token" if given["token_command"] else "password"
    command, path = given[f"{kind}_command"], f"plugins.mail.imap.{kind}_command"
    if isinstance(command, str):  # at the prompt
        path = f"--{kind}-command"
        command = _words(command, path)
    found, is_token = secret(command=command, token=kind == "token", path=path)
    return Account(
        host=given["host"], user=given["user"], folder=given["folder"], secret=found, token=is_token,
        security=kept.security, port=kept.port, certificates=kept.ca_file, since=said["since"],
    )  # fmt: skip


def _words(command: str, option: str) -> list[str]:
    try:
        return shlex.split(command)
    except ValueError:
        raise Usage("{option}: a quotation mark is not closed", option=option) from None
