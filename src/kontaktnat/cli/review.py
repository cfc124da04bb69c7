"""`review`: what waits in quarantine, decided one by one or by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kontaktnat.cli.app import (
    App,
    accept_option,
    by_option,
    complete,
    dry_run_option,
    output_option,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.cli.render import emit_records
from kontaktnat.cli.session import go_through
from kontaktnat.cli.waiting import about, decide, describe_one, hat_at, is_difference, name_of, pick
from kontaktnat.errors import Usage
from kontaktnat.i18n import Text, joined

if TYPE_CHECKING:
    from kontaktnat.descriptors import Table
    from kontaktnat.model import Pending, Record
    from kontaktnat.outward import Outward


@click.command()
@click.argument("which", nargs=-1)
@click.option("--onto", metavar="WHO", help="It is this one, who takes its fields.")
@click.option("--new", is_flag=True, help="It is nobody known: make a record.")
@click.option("--at", metavar="ACTOR", help="With --new: who works there; also FUNCTION@ACTOR.",
              shell_complete=complete("actor"))  # fmt: skip
@click.option("--discard", is_flag=True, help="It is nothing: let it go.")
@click.option("--ignore", is_flag=True, help="It is nothing, and nor is anything else from that address.")
@click.option("--ignored", is_flag=True, help="Since when how many addresses are ignored.")
@click.option("--heed", metavar="ADDRESS", help="Ask again about an address that is ignored.")
@click.option(
    "--take", multiple=True, metavar="SIDE",
    help="Where two books differ: here, there, FIELD=here. With --onto: name, which is the new one.",
)  # fmt: skip
@output_option
@by_option
@accept_option
@reveal_option
@dry_run_option
@pass_app
def review(
    app: App,
    which: tuple[str, ...],
    onto: str | None,
    new: bool,
    at: str | None,
    discard: bool,
    ignore: bool,
    ignored: bool,
    heed: str | None,
    take: tuple[str, ...],
    output: str,
    dry_run: bool,
) -> None:
    """Decide what waits: rows of an import like somebody in the name only, and in what two books differ.

    On a terminal one by one: what waits, whom it may be, what would change. Elsewhere, or with -y, all
    that waits is listed; `review WHICH --onto WHO` (or --new, --discard, --ignore) decides. WHICH is an id or
    a name. An address that is ignored is kept as a digest; who it is, nobody can list.
    A person keeps their name, and the row's is an alias; `--onto WHO --take name` has it the other way round.
    `review WHICH --take here` (or there, or FIELD=there) decides where books differ; without WHICH all of it.
    """
    if ignored or heed is not None:
        _ignored(app, heed, dry_run=dry_run)
        return
    renamed = onto is not None and bool(take)
    decided = [onto is not None, new, discard, ignore, bool(take) and not renamed].count(True)
    if decided > 1:
        raise Usage("say one of these: --onto WHO, --new, --discard or --ignore")
    if at is not None and not new:
        raise Usage("--at goes with --new")
    if take == ("name",) and onto is None:
        raise Usage("whose name is it? say --onto WHO --take name")
    if take and not renamed:
        _take(app, which, take, dry_run=dry_run)
        return
    if decided or app.interactive:
        app.book("rw")
    book = app.out()
    if decided:
        pending = pick(app, book, app.ask(" ".join(which), "WHICH"))
        target = None if onto is None else _whom(app, book, pending, onto)
        hat = None if at is None else hat_at(app, at)
        decide(app, pending, onto=target, discard=discard, ignore=ignore, hat=hat, dry_run=dry_run, take=take)
        if not dry_run:
            say(Text("undo {number} takes it back", number=app.book().version))
        return
    waiting = [pick(app, book, " ".join(which))] if which else _in_order(book)
    if app.interactive and output == "table" and waiting:
        go_through(app, book, [one.id for one in waiting], dry_run=dry_run)
    elif which and output == "table":
        describe_one(book, waiting[0])
        say(_TAKE if is_difference(waiting[0]) else _HOW)
    else:
        emit_records(book, waiting, _table(book, waiting), output)


def _ignored(app: App, heed: str | None, *, dry_run: bool) -> None:
    """How many addresses are ignored, or one taken out of them."""
    from kontaktnat.ignoring import days

    if heed is None:
        found = days(app.out())
        say(Text("{n} address is ignored", "{n} addresses are ignored", n=len(found)))
        for day in dict.fromkeys(found):
            say(Text("  since {day}: {n}", day=day, n=found.count(day)))
        return
    book = app.book("rw")
    with book.transaction("review", dry_run=dry_run):
        book.heed(heed)
    if dry_run:
        say(Text("{address} would be asked about again", address=heed))
        return
    say(Text("{address} is asked about again", address=heed))
    say(Text("undo {number} takes it back", number=book.version))


_HOW = Text("decide with: kontaktnat review ID --onto WHO, or --new, or --discard, or --ignore")
_TAKE = Text("decide with: kontaktnat review ID --take here, or there, or FIELD=there")


def _take(app: App, which: tuple[str, ...], words: tuple[str, ...], *, dry_run: bool) -> None:
    """Decide on what books differ in."""
    from kontaktnat.cli import differing

    sides = differing.sides(words)
    app.book("rw")
    if which:
        book = app.out()
        differing.decide(app, book, pick(app, book, " ".join(which)), sides, dry_run=dry_run)
    elif isinstance(sides, str):
        differing.decide_all(app, sides, dry_run=dry_run)
    else:
        app.ask(None, "WHICH")
    if app.saved and not dry_run:
        say(Text("undo {number} takes it back", number=app.book().version))


def _in_order(book: Outward) -> list[Pending]:
    """Rows of one name after another, for they are decided together."""
    from kontaktnat.text import collation_key

    return sorted(book.pending.all(), key=lambda one: (collation_key(name_of(one, book)), one.text, one.id))


def _whom(app: App, book: Outward, pending: Pending, text: str) -> str:
    from kontaktnat.quarantine import onto_types

    return app.pick(book, text, onto_types(pending)).id


def _named(book: Outward, record: Record) -> Text:
    from kontaktnat.refs import describe

    return Text("{name} {id}", name=describe(book, record), id=record.id)


def _table(book: Outward, waiting: list[Pending]) -> Table:
    from kontaktnat.descriptors import Column, Table
    from kontaktnat.quarantine import may_be

    columns = (
        Column(key="name", title="Name"),
        Column(key="kind", title="Kind", type="word", vocabulary="record_type"),
        Column(key="text", title="What"),
        Column(key="candidates", title="May be"),
        Column(key="id", title="Id", type="id"),
    )
    rows = tuple(
        {
            "name": Text("(covered)") if "raw" in one.hidden else name_of(one, book),
            "kind": one.kind,
            "text": about(book, one),
            "candidates": joined(", ", (_named(book, who) for who in may_be(book, one))),
            "id": one.id,
        }
        for one in waiting
    )
    kinds = {is_difference(one) for one in waiting}
    notes = tuple(note for of_books, note in ((False, _HOW), (True, _TAKE)) if of_books in kinds)
    return Table(name="review", title="Quarantine", columns=columns, rows=rows, notes=notes)
