"""What the mail commands share: options, and which meeting or book is meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kontaktnat.errors import Ambiguous, NotFound
from kontaktnat.extend import by_option, complete, contains
from kontaktnat.model import Interaction, Network, day_of

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Outward

C = TypeVar("C", bound=Callable[..., Any])


def told_reveal(app: Any, book: Book) -> Outward:
    """The book for reading; with --reveal whole, which is logged."""
    return book if app.reveal is None else book.outward(reveal=app.reveal)


def meeting_named(app: Any, out: Outward, text: str) -> Interaction:
    """The meeting with this id, or the only one to come that is called so or is the network's.

    On a terminal one chooses among several. Raises NotFound, Ambiguous.
    """
    from kontaktnat_calendar.writing import title

    wanted = text.strip()
    if found := out.peek(Interaction, wanted.lower()):
        return found
    named = []
    for one in out.interactions.where(status="planned"):
        called = f"{title(out, one)} {str(one.when)[:10]}"
        if one.when and day_of(one.when) >= out.today and contains(f"{called} {_network(out, one)}", wanted):
            named.append((str(one.when), one, called))
    if not named or not wanted:
        raise NotFound("no meeting to come is called {text}; kontaktnat list interactions status=planned "
                       "shows them, with their ids", text=text, nearest=())  # fmt: skip
    if len(named) == 1:
        return named[0][1]
    candidates = [(one.id, called) for _, one, called in sorted(named, key=lambda found: found[0])]
    shown = "; ".join(f"{id} {called}" for id, called in candidates[:8])
    error = Ambiguous("{text} may be {shown}: write more of it, or the id", text=text, shown=shown,
                      candidates=candidates)  # fmt: skip
    return out.interactions.get(app.choose(error))


def _network(out: Outward, meeting: Interaction) -> str:
    network = out.peek(Network, meeting.network) if meeting.network else None
    return network.name if network else ""


def _keep_reveal(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    """Give it to the App, as the core's own option does; what it says of itself is another thing here."""
    if value is not None and ctx.obj is not None:
        ctx.obj.reveal = value


def meeting_option(command: C) -> C:
    """`--meeting`."""
    return click.option("--meeting", metavar="MEETING", shell_complete=complete("planned"),
                        help="What the template tells of one.")(command)  # fmt: skip


def template_option(*, help: str) -> Callable[[C], C]:
    """`--template`; a shell offers those that there are."""
    return click.option("--template", metavar="NAME|FILE", shell_complete=_templates, help=help)


def _templates(ctx: click.Context, _: click.Parameter, typed: str) -> list[str]:
    from kontaktnat_mail.templating import folder_of, names

    config = ctx.obj.plugins().settings("mail")
    return [one for one in names(folder_of(config)) if one.startswith(typed)]


def sending_options(command: C) -> C:
    """How letters leave."""
    for option in reversed((
        click.option("--into", metavar="DIR", help="Where drafts are written; otherwise a new folder here.",
                     type=click.Path(file_okay=False)),
        click.option("--smtp", is_flag=True, help="Send them by the server that is set up."),
        click.option("--mailer", metavar="NAME", shell_complete=complete("mailers"),
                     help="By another plugin's way of sending."),
        click.option("--again", metavar="WHO", multiple=True, shell_complete=complete("people"),
                     help="Send it to them though they may have had it."),
        click.option("--dry-run", is_flag=True, help="Show who and what, write and send nothing."),
    )):  # fmt: skip
        command = option(command)
    return command


def letter_options(command: C) -> C:
    """What a letter says beside its template."""
    for option in reversed((
        click.option("--subject", metavar="TEXT", default="", help="Instead of the template's own."),
        click.option("--field", "fields", metavar="NAME=VALUE", multiple=True,
                     help="What the template asks for; @FILE reads it from there."),
    )):  # fmt: skip
        command = option(command)
    return command


def own_options(command: C) -> C:
    """Who writes, in which language, and whether the protected are among them."""
    for option in reversed((
        click.option("--me", metavar="ADDRESS", help="Your own address, from which they come."),
        click.option("--language", type=click.Choice(["sv", "en"]),
                     help="Of the letters; otherwise Swedish."),
        by_option,
        click.option("--reveal", metavar="REASON", expose_value=False, callback=_keep_reveal,
                     help="The protected too, alone in a letter; logged."),
    )):  # fmt: skip
        command = option(command)
    return command
