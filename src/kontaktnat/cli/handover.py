"""`handover`: a post to whoever holds it next, an actor's place to its successor."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from kontaktnat.cli.app import (
    App,
    accept_option,
    by_option,
    complete,
    dry_run_option,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.errors import Ambiguous, NotFound, Usage
from kontaktnat.i18n import Text
from kontaktnat.model import Actor, Contact, PartialDate, Record, Role

if TYPE_CHECKING:
    from kontaktnat.acts.handover import Handover

_KINDS = ("role", "contact", "actor")


@click.command()
@click.argument("what", nargs=-1, metavar="ROLE", shell_complete=complete("anything"))
@click.option("--to", metavar="WHO", help="Who holds it next.", shell_complete=complete("people"))
@click.option("--vacant", is_flag=True, help="Nobody yet: it stands vacant.")
@click.option("--on", metavar="DATE", help="The first day of the next holder; otherwise today.")
@by_option
@accept_option
@reveal_option
@dry_run_option
@pass_app
def handover(
    app: App, what: tuple[str, ...], to: str | None, vacant: bool, on: str | None, dry_run: bool
) -> None:
    """Hand a post over: `handover samordnare@nybro --to bo --on 2027-01-01`.

    ROLE is function@actor, person@actor, a person with one role, or the role's id. The role ends, the
    next one begins, and the open follow-ups and invitations go along; what has been stays as it was. undo
    takes all of it back. Of an elected post the holder may be the same: that is a new term of office.

    With an actor for ROLE and for WHO, the second is the first's successor (a merger, a new body).
    """
    book = app.book()
    if vacant and to is not None:
        raise Usage("--to names the next holder, and --vacant says that there is none: give one of them")
    day = app.day(on, past=None) if on else PartialDate.parse(book.today.isoformat())
    found = _what(app, app.ask(" ".join(what), "ROLE"), day)
    if isinstance(found, Actor):
        _succeed(app, found, to, day, dry_run=dry_run)
        return
    assert isinstance(found, Role)
    person = None if vacant else _to(app, app.ask(to, "--to WHO"), "contact")
    with book.transaction("handover", dry_run=dry_run):
        done = book.handover(found, person.id if person else None, on=day)
        lines = [*_told(app, done, day, dry_run=dry_run)]
    for line in lines:
        say(line)


def _what(app: App, text: str, day: PartialDate) -> Record:
    """The role that is meant, or an actor: as on that day, or the day before, on which a term may end."""
    from kontaktnat.refs import hat

    book, before = app.book(), day.first - timedelta(days=1)
    try:
        found = app.pick(book, text, _KINDS, on=day.first)
    except NotFound:
        found = app.pick(book, text, _KINDS, on=before)
    if isinstance(found, Contact):
        try:
            worn = hat(book, found, day.first) or hat(book, found, before)
        except Ambiguous as error:
            worn = book.roles.get(app.choose(error))
        if worn is None:
            raise NotFound("{name} holds no post on {day}; kontaktnat list roles contact={id} shows all",
                           name=found.name, day=day, id=found.id, nearest=())  # fmt: skip
        found = worn
    return found if app.reveal is None else book.reveal(found.id, app.reveal)


def _to(app: App, text: str, type_name: str) -> Record:
    try:
        return app.pick(app.book(), text, (type_name,))
    except NotFound as error:
        nearest = error.fields["nearest"]
        hint = Text("; nearest: {names}", names=", ".join(nearest)) if nearest else ""
        raise NotFound(
            "nobody is called {text}{hint}; somebody new is added first: kontaktnat add {type} {text}",
            text=text,
            hint=hint,
            type=type_name,
            nearest=nearest,
        ) from None


def _succeed(app: App, old: Actor, to: str | None, day: PartialDate, *, dry_run: bool) -> None:
    if to is None:
        raise Usage("{name} is an actor: name its successor with --to, or a post of its as function@{name}",
                    name=old.name)  # fmt: skip
    book = app.book()
    with contextlib.suppress(NotFound):
        if app.pick(book, to, ("actor", "contact")).type == "contact":
            raise Usage(
                "{name} is an actor, and {to} is a person: hand over a post of its, as function@{name}",
                name=old.name,
                to=to,
            )
    new = _to(app, to, "actor")
    assert isinstance(new, Actor)
    with book.transaction("succession", dry_run=dry_run):
        _, count = book.succeed(old, new, on=day)
    fields = {"old": old.name, "new": new.name, "day": day}
    if dry_run:
        say(Text("would be succeeded: {old} by {new} from {day}", **fields))
    else:
        say(Text("succeeded: {old} by {new} from {day}", **fields))
    say(Text("  {n} record went along", "  {n} records went along", n=count))


def _told(app: App, done: Handover, day: PartialDate, *, dry_run: bool) -> Iterator[str]:
    """What is to be said once it is saved."""
    from kontaktnat.refs import describe

    book = app.book()
    shown = book.roles.get(done.role.id)
    until = Text(" to {until}", until=shown.until) if shown.until else ""
    fields = {"what": describe(book, shown), "day": day, "until": until, "id": done.role.id}
    if dry_run:
        yield Text("would be handed over: {what} from {day}{until} ({id})", **fields)
    else:
        yield Text("handed over: {what} from {day}{until} ({id})", **fields)
    if n := len(done.followups):
        yield Text("  {n} open follow-up goes along", "  {n} open follow-ups go along", n=n)
    if n := len(done.invitations):
        yield Text("  {n} invitation goes along", "  {n} invitations go along", n=n)
    if n := len(done.stay):
        leaves = book.contacts.get(done.closed.contact or "").name
        yield Text("  {n} follow-up is about {name}, not the post, and stays",
                   "  {n} follow-ups are about {name}, not the post, and stay", n=n, name=leaves)  # fmt: skip
