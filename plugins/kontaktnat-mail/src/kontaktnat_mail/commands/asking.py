"""What the mail commands share: options, and how they say something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kontaktnat.extend import tr

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Outward

C = TypeVar("C", bound=Callable[..., Any])


def say(line: str, *, err: bool = False) -> None:
    """A line for eyes, in the user's language, without what would command the terminal."""
    text = tr(line)
    click.echo("".join(one if one.isprintable() else "�" for one in text), err=err)


def told_reveal(app: Any, book: Book) -> Outward:
    """The book for reading; with --reveal whole, which is logged."""
    return book if app.reveal is None else book.outward(reveal=app.reveal)


def keep(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    """A callback that gives an option to the App, as the core's own options do."""

    def given(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None and ctx.obj is not None:
            setattr(ctx.obj, name, value)

    return given


def meeting_option(command: C) -> C:
    """`--meeting`."""
    return click.option("--meeting", metavar="MEETING", help="What the template tells of one.")(command)


def sending_options(command: C) -> C:
    """How letters leave."""
    for option in reversed((
        click.option("--into", metavar="DIR", help="Where drafts are written; otherwise a new folder here.",
                     type=click.Path(file_okay=False)),
        click.option("--smtp", is_flag=True, help="Send them by the server that is set up."),
        click.option("--mailer", metavar="NAME", help="By another plugin's way of sending."),
        click.option("--again", metavar="WHO", multiple=True,
                     help="Send it to them though they may have had it."),
        click.option("--dry-run", is_flag=True, help="Show who and what, write and send nothing."),
    )):  # fmt: skip
        command = option(command)
    return command


def own_options(command: C) -> C:
    """Who writes, in which language, and whether the protected are among them."""
    for option in reversed((
        click.option("--me", metavar="ADDRESS", help="Your own address, from which they come."),
        click.option("--language", type=click.Choice(["sv", "en"]),
                     help="Of the letters; otherwise Swedish."),
        click.option("--by", metavar="NAME", expose_value=False, callback=keep("by"), help="Who writes."),
        click.option("--reveal", metavar="REASON", expose_value=False, callback=keep("reveal"),
                     help="The protected too, alone in a letter; logged."),
    )):  # fmt: skip
        command = option(command)
    return command
