"""`today`, `done` and `snooze`: what is due, ticked off, put off."""

from __future__ import annotations

from collections.abc import Sequence

import click

from kontaktnat.cli.app import (
    App,
    accept_option,
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
from kontaktnat.errors import Ambiguous, Invalid, NotFound, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.model import FollowUp, PartialDate


@click.command()
@click.option("--days", type=click.IntRange(min=0), help="How far ahead to look; otherwise 14.")
@click.option("--owner", metavar="NAME", help="Only the follow-ups that NAME sees to.",
              shell_complete=complete("owners"))  # fmt: skip
@click.option("--mine", is_flag=True, help="Only those of whoever writes here.")
@output_option
@as_of_option
@reveal_option
@pass_app
def today(
    app: App, days: int | None, owner: str | None, mine: bool, output: str, as_of: str | None
) -> None:  # fmt: skip
    """What is due: follow-ups, meetings ahead or not told of, and whom to be in contact with again.

    The numbers are for `done 2` and `snooze 2 1v`.
    """
    from kontaktnat.cli.numbers import remember

    book = app.out(as_of)
    if mine and owner:
        raise Usage("--mine or --owner NAME, not both")
    if mine:
        owner = app.by or app.book().by
    table = book.view("today", days=days, owner=owner or "")
    remember(app, [str(row["id"]) for row in table.rows if row["number"]])
    emit_view(book, table, output)
    if output == "table" and as_of is None:
        _tell_newer(app)


def _tell_newer(app: App) -> None:
    """A line where a county pack is newer than what the book was filled from."""
    if newer := app.book().newer_counties():
        names = ", ".join(name for name, _, _ in newer)
        say(Text("a newer county pack is installed ({names}): kontaktnat pack update", names=names))


@click.command()
@click.argument("what", nargs=-1, shell_complete=complete("followups"))
@click.option("--on", metavar="DATE", help="Otherwise today.")
@by_option
@accept_option
@dry_run_option
@pass_app
def done(app: App, what: tuple[str, ...], on: str | None, dry_run: bool) -> None:
    """Tick off a follow-up; WHAT is its number in `today` (or several), part of its text, or its id.

    One that recurs comes again: the next is due on the first of its days after this one.
    """
    from kontaktnat.cli.numbers import is_number

    book = app.book()
    words = tuple(filter(str.strip, what)) or tuple(app.ask(None, "WHAT").split())
    names = words if all(map(is_number, words)) else (" ".join(words),)
    found = list({one.id: one for one in (_follow_up(app, name) for name in names)}.values())
    day = app.day(on, past=True) if on else PartialDate.parse(book.today.isoformat())
    with book.transaction("done", dry_run=dry_run):
        after = [book.finish(one, on=day)[1] for one in found]
    for one, again in zip(found, after, strict=True):
        if one.done_on:
            say(Text("was done already on {day}: {text}", day=one.done_on, text=one.text))
        elif dry_run:
            say(Text("would be done: {text}", text=one.text))
        else:
            say(Text("done: {text}", text=one.text))
        if again:
            say(Text("  again due {day} ({id})", day=again.due, id=again.id))


@click.command()
@click.argument("what", required=False, shell_complete=complete("followups"))
@click.argument("when", nargs=-1)
@by_option
@dry_run_option
@pass_app
def snooze(app: App, what: str | None, when: tuple[str, ...], dry_run: bool) -> None:
    """Put a follow-up off: `snooze 2 1v`, `snooze underlag fredag`.

    WHAT is its number in `today`, part of its text, or its id; WHEN a day to come; 1v is a week
    from when it is due, or from today where that has been.
    """
    book = app.book()
    found = _follow_up(app, app.ask(what, "WHAT"))
    if found.done_on:
        say(Text("was done already on {day}: {text}", day=found.done_on, text=found.text))
        return
    written = app.ask(" ".join(when), "WHEN")
    day = _later(app, found, written)
    if day.last < book.today:
        raise Invalid("{value} has been; put it off to a day to come", value=written, path="due")
    if day == found.due:
        say(Text("was due {day} already: {text}", day=day, text=found.text))
        return
    with book.transaction("snooze", dry_run=dry_run):
        book.update(found, due=day)
    if dry_run:
        say(Text("would be due {day}: {text}", day=day, text=found.text))
    else:
        say(Text("due {day}: {text}", day=day, text=found.text))


def _later(app: App, found: FollowUp, written: str) -> PartialDate:
    """The day that is meant: `1v` counts from when it is due, or from today where that has been.

    Raises Invalid for a day that is earlier than it was due: that would be no putting off.
    """
    from kontaktnat.timewords import is_span, parse_day

    now = app.now()
    due = max(found.due.first if found.due else now.date(), now.date())
    if is_span(written):
        now = now.replace(year=due.year, month=due.month, day=due.day)
    day = parse_day(written, now, past=False)
    if now.date() <= day.last < due:
        raise Invalid(
            "{value} is before it is due ({due}); kontaktnat set {id} due=… makes it earlier",
            value=written,
            due=found.due,
            id=found.id,
            path="due",
        )
    return day


def _follow_up(app: App, text: str) -> FollowUp:
    """The follow-up that is meant: by number, or else an open one before one that is done."""
    from kontaktnat.cli.numbers import is_number, recall
    from kontaktnat.refs import resolve

    book = app.book()
    try:
        found = resolve(book, recall(app, text) if is_number(text) else text, ("followup",))
    except NotFound as error:
        if is_number(text) and error.fields.get("number"):
            raise
        raise NotFound(
            "there is no follow-up {what}; kontaktnat list followups done_on= shows what is open",
            what=text,
            nearest=(),
        ) from None
    except Ambiguous as error:
        # What is done already is not what somebody means to tick off.
        several = [book.followups.get(id) for id, _ in error.fields["candidates"]]
        left = [one for one in several if not one.done_on]
        if not left:
            raise NotFound("everything called {what} is done already", what=text, nearest=()) from None
        found = left[0] if len(left) == 1 else book.followups.get(app.choose(_which(app, text, left)))
    assert isinstance(found, FollowUp)
    return found


def _which(app: App, text: str, left: Sequence[FollowUp]) -> Ambiguous:
    """Follow-ups often say the same: what tells them apart is when and whom they are about."""
    from kontaktnat.views.listing import who

    candidates = []
    for one in left:
        due = Text("due {day}", day=one.due) if one.due else ""
        candidates.append((one.id, joined(", ", filter(None, (one.text, due, who(app.book(), one))))))
    return Ambiguous(
        "{text} may be {shown}: write more of it, or the id",
        text=text,
        candidates=candidates,
        shown=joined("; ", (Text("{id} {what}", id=id, what=what) for id, what in candidates)),
    )
