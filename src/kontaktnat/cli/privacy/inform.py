"""`privacy inform`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from kontaktnat.cli.app import (
    App,
    as_of_option,
    by_option,
    complete,
    dry_run_option,
    output_option,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.cli.render import emit_view
from kontaktnat.cli.terminal import confirm
from kontaktnat.errors import Usage
from kontaktnat.i18n import Text, and_more, joined
from kontaktnat.model import Contact, day_of

_NAMED = 8
"""So many people are named before it is asked."""


@click.command()
@click.argument("people", nargs=-1, metavar="[PERSON]...", shell_complete=complete("contacts"))
@click.option("--all", "everybody", is_flag=True, help="All who have not been informed.")
@click.option("--how", metavar="WORD", shell_complete=complete("informed_how"), help="They have been: mail, "
              "letter, web, phone, in_person (e-post, brev, webb, telefon, muntligen).")  # fmt: skip
@click.option("--on", metavar="DATE", help="When they were informed; otherwise now.")
@click.option("--text", "text", is_flag=True, help="Print what they are to be told (GDPR art. 13 and 14).")
@by_option
@dry_run_option
@output_option
@as_of_option
@reveal_option
@pass_app
def inform(
    app: App, people: tuple[str, ...], everybody: bool, how: str | None, on: str | None, text: bool,
    dry_run: bool, output: str, as_of: str | None,
) -> None:  # fmt: skip
    """Who has not been told what is kept of them, by when they have to be, and whether that has passed.

    With --how they have been: `privacy inform "Eva Ek" "Bo Björk" --how letter`, or --all of them at once.
    Each PERSON is a name or part of one, an id, a mail address or a phone number.

    With --text the information itself, as Markdown in the language in force; of one PERSON, with what
    concerns them. Who answers for the data stands under [privacy] in config.toml.
    """
    marking = everybody or how is not None or on is not None
    if text and (marking or len(people) > 1 or output != "table" or as_of):
        raise Usage("--text takes one PERSON, or none, and no other option")
    if text:
        app.writes = False
        _print(app, people)
    elif not people and not marking:
        app.writes = False
        book = app.out(as_of)
        emit_view(book, book.view("uninformed"), output)
    elif as_of or output != "table":
        raise Usage("-o and --as-of are for the list of those not informed; leave PERSON and --how out")
    else:
        _mark(app, people, everybody, how, on, dry_run=dry_run)


def _print(app: App, people: Sequence[str]) -> None:
    book = app.book("r")
    person = app.pick(book, people[0], ("contact",)).id if people else None
    click.echo(book.privacy.information(person).markdown(), nl=False)


def _mark(
    app: App, people: Sequence[str], everybody: bool, how: str | None, on: str | None, *, dry_run: bool
) -> None:
    if everybody and people:
        raise Usage("name them, or write --all, not both")
    if not everybody and not people:
        raise Usage("whom? name them, or write --all")
    book = app.book()
    word = app.word(book, "informed_how", app.ask(how, "--how WORD"))
    day = app.day(on, past=True) if on else None
    if everybody:
        found = book.privacy.uninformed()
    else:
        found = list({one.id: one for one in (_person(app, name) for name in people)}.values())
    left = [one for one in found if one.informed_at is None]
    if everybody and left and app.interactive and not dry_run and not _sure(app, left, word):
        say(Text("nothing is changed"))
        return
    with book.transaction("inform", dry_run=dry_run):
        marked = book.privacy.inform(left, word, on=day)
    for one in found:
        if one.informed_at is not None:
            say(Text("was informed already on {day}: {name}", day=day_of(one.informed_at), name=one.name))
    if dry_run:
        say(Text("would be marked as informed: {who}", who=_who(marked)))
    elif marked or not found:
        say(Text("marked as informed: {who}", who=_who(marked)))


def _sure(app: App, left: Sequence[Contact], how: str) -> bool:
    said = app.book().words.name("informed_how", how)
    return confirm(Text("{who}: mark as informed ({how})?", who=_who(left), how=said), default=False)


def _person(app: App, name: str) -> Contact:
    found = app.pick(app.book(), name, ("contact",))
    assert isinstance(found, Contact)
    return found


def _who(people: Sequence[Contact]) -> Text:
    """How many, and the first of them by name."""
    names = joined(", ", (one.name for one in people[:_NAMED]))
    more = and_more(len(people) - _NAMED)
    if not people:
        return Text("nobody")
    return Text(
        "{n} person ({names}{more})", "{n} people ({names}{more})", n=len(people), names=names, more=more
    )
