"""`add`: one subcommand for each type of record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
import click

from kontaktnat.cli.add_hats import actor, contact, role
from kontaktnat.cli.adding import (
    added_line,
    common,
    refuse_namesake,
    said_already,
    say_known,
    values_given,
)
from kontaktnat.cli.app import App, Commands, complete, pass_app, say
from kontaktnat.errors import Usage
from kontaktnat.model import Commitment, FollowUp, Record, Topic

if TYPE_CHECKING:
    from kontaktnat.book import Book


@click.group(cls=Commands)
def add() -> None:
    """Add a contact, an actor, a role, a network, a topic, a follow-up, an assignment or a commitment."""


for command in (contact, actor, role):
    add.add_command(command)


def _plain(type_name: str, field: str, *, help: str, short_help: str, metavar: str) -> None:
    """A subcommand for a type that needs only a name and fields."""

    @add.command(type_name, help=help, short_help=short_help)
    @click.argument("name", required=False, metavar=metavar,
                    shell_complete=complete("commitment_kind") if field == "kind" else None)  # fmt: skip
    @common
    @pass_app
    def command(app: App, name: str | None, new: bool, settings: tuple[str, ...], dry_run: bool) -> None:
        from kontaktnat.cli.values import field_value
        from kontaktnat.model import RECORDS

        book = app.book()
        wanted = field_value(app, book, type_name, field, app.ask(name, metavar).strip())
        record: Record = RECORDS[type_name](**values_given(app, type_name, settings, **{field: wanted}))
        if isinstance(record, Commitment) and not (record.actor or record.parties):
            name = book.words.name("commitment_kind", record.kind)
            raise Usage("{kind}: whose? write --set actor=NAME", kind=name)
        with book.transaction(f"add {type_name}", dry_run=dry_run):
            known = None if new else said_already(app, record)
            if known is None and not new and field in ("name", "title"):
                refuse_namesake(app, record)
            line = added_line(app, dry_run, known or _made(book, record))
        if known:
            say_known(app, known)
        else:
            say(line)


def _made(book: Book, record: Record) -> Record:
    return book.raise_topic(record) if isinstance(record, Topic) else book.add(record)


_plain(
    "network",
    "name",
    help="Add a network: `add network NAME --set level=county --set members=nybro,kalmar`.",
    short_help="A network that meets.",
    metavar="NAME",
)
_plain(
    "assignment",
    "name",
    help="""Add an assignment (uppdrag): `add assignment NAME --set addressee=kommuner`.

Who holds it is said of hats: `add role samordnare@nybro --contact eva --set assignment=NAME`.""",
    short_help="An assignment (uppdrag).",
    metavar="NAME",
)
_plain(
    "topic",
    "title",
    help="Add a problem, proposal, question or example: `add topic TITLE --set kind=question`.",
    short_help="A problem, proposal, question or example.",
    metavar="TITLE",
)
_plain(
    "commitment",
    "kind",
    help="Add a duty or agreement: `add commitment agreement --set actor=nybro`.",
    short_help="A duty or agreement.",
    metavar="KIND",
)


@add.command(short_help="Something to do.")
@click.argument("text", required=False)
@click.option("--due", metavar="WHEN", help="When it is due: 2v, fre, 2026-12-01.")
@click.option("--about", metavar="A,B", help="Whom or what it is about.", shell_complete=complete("people"))
@click.option("--owner", metavar="NAME", help="Who sees to it; otherwise whoever writes.",
              shell_complete=complete("owners"))  # fmt: skip
@click.option("--they", is_flag=True, help="They promised it, not we.")
@click.option("--every", metavar="SPAN", help="Comes again once it is done: 1m, 2v, varje kvartal.")
@common
@pass_app
def followup(
    app: App, text: str | None, due: str | None, about: str | None, owner: str | None, they: bool,
    every: str | None, new: bool, settings: tuple[str, ...], dry_run: bool,
) -> None:  # fmt: skip
    """Add something to do: `add followup "skicka underlag" --due 2v --about eva --every 1m`.

    What comes again counts from the day it is due; without one, from today, and is due a span from now.
    """
    from kontaktnat.cli.values import field_value
    from kontaktnat.model.dates import to_date

    book = app.book()
    given = {
        "text": app.ask(text, "TEXT").strip(),
        "due": app.day(due, past=False) if due is not None else None,
        "about": field_value(app, book, "followup", "about", about) if about is not None else None,
        "owner": owner,
        "side": "they" if they else None,
    }
    values = values_given(app, "followup", settings, **given)
    if every is not None:
        values = _recurring(values, every, book.today)
    record = FollowUp(**{"owner": app.by or book.by, **values})
    with book.transaction("add followup", dry_run=dry_run):
        known = None if new else said_already(app, record)
        line = added_line(
            app, dry_run, known or book.add(attrs.evolve(record, since=record.since or to_date(book.today)))
        )
    if known:
        say_known(app, known)
    else:
        say(line)


def _recurring(values: dict[str, Any], every: str, today: date) -> dict[str, Any]:
    from kontaktnat.model.spans import later, repeating
    from kontaktnat.timewords import parse_span

    if "recurrence" in values:
        raise Usage("--set {name}: this is given already, without --set", name="recurrence")
    span = parse_span(every)
    due = values.get("due")
    recurrence = repeating(due.last if due else today, span)
    return {"due": later(today, span), **values, "recurrence": recurrence}
