"""`set` and `delete`."""

from __future__ import annotations

import attrs
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
from kontaktnat.cli.asking import update, wanted
from kontaktnat.cli.terminal import confirm
from kontaktnat.i18n import Text


@click.command("set")
@click.argument("words", nargs=-1, metavar="WHO... FIELD=VALUE...", shell_complete=complete("anything"))
@click.option(
    "--on", metavar="DATE", help="Since when: of a name, of members that come or go, of what was spread."
)
@click.option("--series", "scope", metavar="WORD", shell_complete=complete("series_scope"),
              help="Of a meeting: this, future or all of its series (denna, kommande, alla).")  # fmt: skip
@by_option
@accept_option
@dry_run_option
@reveal_option
@pass_app
def set_(app: App, words: tuple[str, ...], on: str | None, scope: str | None, dry_run: bool) -> None:
    """Change fields of a record: `set nybro note="Ny växel"`, `set Eva Ek phone="070-174 06 12"`.

    WHO is a name or part of one, an id, person@actor, a mail address or a phone number. Nothing after the
    equals sign clears a field, and so does <clear>. Fields that hold several take them apart by commas, and
    += adds, -= takes away: tags+=styrgrupp. email, phone, web and address work likewise; a plugin's is
    plugin.field=VALUE.

    What an actor has committed itself to is set by kind and field, or by the name that checklists have
    for it: `set nybro action_plan.decided_on=2026-03-12`, `set nybro rad_senaste_mote=igår`.

    With --on DATE what was before is kept: an actor's old name for old minutes, a network's member until
    that day: `set nätverket members-=vimmerby --on 2026-12-31`.
    """
    from kontaktnat.cli.commitments import refuse_dated, save_bound, say_bound, split, to_change, told_once
    from kontaktnat.cli.fields import changes, wishes
    from kontaktnat.cli.told import say_changed
    from kontaktnat.codec import checked

    first = next((n for n, word in enumerate(words) if "=" in word), len(words))
    book = app.book()
    record = wanted(app, " ".join(words[:first]))
    given = wishes(words[first:] or [app.ask(None, "FIELD=VALUE")])
    if scope is not None:
        from kontaktnat.cli.series import set_in_series

        set_in_series(app, record, given, scope, dry_run=dry_run)
        return
    own, told = split(app, record, given)
    refuse_dated(on, told)
    found, idle = changes(app, record, own, on=app.day(on, past=True) if on else None)
    bound = to_change(app, record, told)
    after = attrs.evolve(record, **found)
    with told_once(bound), book.transaction("set", dry_run=dry_run):
        update(app, record, found)
        saved = save_bound(app, record, bound)
    for wish in idle:
        say(Text("{path}: {value} is not among them; nothing changed", path=wish.name, value=wish.text))
    if own and (after != record or not idle):
        say_changed(book, record, checked(after), dry_run=dry_run)
    say_bound(app, bound, saved, dry_run=dry_run)


@click.command()
@click.argument("who", nargs=-1, shell_complete=complete("anything"))
@by_option
@dry_run_option
@reveal_option
@pass_app
def delete(app: App, who: tuple[str, ...], dry_run: bool) -> None:
    """Take a record out of the book: `delete "Nybro IF"`. Refused while other records point at it.

    Its history stays, and undo brings it back. An ended role or membership is better given its last day.
    """
    from kontaktnat.refs import ANYTHING, describe

    book = app.book()
    record = app.pick(book, app.ask(" ".join(who), "WHO"), ANYTHING)
    fields = {
        "what": describe(book, record),
        "type": book.words.name("record_type", record.type),
        "id": record.id,
    }
    with book.transaction("delete", dry_run=True):  # what is refused is not asked about
        book.delete(record, reveal=app.reveal)
    if dry_run:
        say(Text("would delete: {what} ({type} {id})", **fields))
        return
    if app.interactive and not confirm(Text("Delete {what} ({type} {id})?", **fields), default=False):
        say(Text("nothing changed"))
        return
    with book.transaction("delete"):
        book.delete(record, reveal=app.reveal)
    say(Text("deleted: {what} ({type} {id})", **fields))
    say(Text("undo {number} takes it back", number=book.version))
