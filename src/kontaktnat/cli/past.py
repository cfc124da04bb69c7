"""`history` and `undo`."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from kontaktnat.cli.app import (
    App,
    by_option,
    complete,
    dry_run_option,
    output_option,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.cli.render import emit_view
from kontaktnat.descriptors import Column, Table, Transaction
from kontaktnat.i18n import Text, and_more, joined, tr
from kontaktnat.model import Record
from kontaktnat.model.names import type_label

_COLUMNS = (
    Column(key="number", title="No", type="number"),
    Column(key="at", title="When", type="time"),
    Column(key="by", title="By"),
    Column(key="label", title="What"),
    Column(key="changes", title="Changed"),
    Column(key="undone_by", title="Undone by", type="number"),
)


@click.command()
@click.argument("what", nargs=-1, shell_complete=complete("anything"))
@click.option("--limit", type=click.IntRange(min=1), help="Only the newest so many.")
@output_option
@reveal_option
@pass_app
def history(app: App, what: tuple[str, ...], limit: int | None, output: str) -> None:
    """What was recorded when and by whom, newest last; of one record, where WHAT names it."""
    from kontaktnat.refs import ANYTHING

    book = app.out()
    record = app.pick(book, " ".join(what), ANYTHING).id if what else None
    undone = book.undone()
    rows = (_row(one, undone.get(one.number)) for one in book.history(record))
    table = Table(name="history", title="History", columns=_COLUMNS)
    emit_view(book, table, output, deque(rows, maxlen=limit) if limit else rows)


def _row(one: Transaction, undone_by: int | None) -> dict[str, Any]:
    from kontaktnat.views.listing import moment

    return {
        "number": one.number,
        "at": moment(one.at),
        "by": one.by,
        "label": one.label,
        "changes": joined(", ", _counted(change.type for change in one.changes)),
        "undone_by": undone_by,
        "ids": [change.id for change in one.changes],
    }


def _counted(types: Iterable[str]) -> Iterator[Text]:
    for type, n in Counter(types).items():
        yield Text("{n} {type}", n=n, type=type_label(type))


@click.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@click.option("--skip-changed", is_flag=True, help="Leave what was changed since, undo the rest.")
@by_option
@dry_run_option
@reveal_option
@pass_app
def undo(app: App, number: int | None, skip_changed: bool, dry_run: bool) -> None:
    """Take back the newest thing you did, or the transaction of that NUMBER."""
    book = app.book()
    with book.transaction("undo", dry_run=dry_run):
        done = book.undo(number, skip_changed=skip_changed, careful=True, reveal=app.reveal)
    fields = {"number": done.number, "label": done.label, "by": done.by}
    if dry_run:
        say(Text("would undo: {number} {label} ({by})", **fields))
    else:
        say(Text("undone: {number} {label} ({by})", **fields))
    if skip_changed and not dry_run:
        _say_left(app, book.left_standing(done))


def _say_left(app: App, records: Sequence[Record]) -> None:
    """What was not taken back, for somebody changed it since."""
    from kontaktnat.refs import describe

    if records:
        names = ", ".join(str(tr(describe(app.book(), one))) for one in records[:_SHOWN])
        more = and_more(len(records) - _SHOWN)
        say(Text("left as it is, for it was changed since: {names}{more}", names=names, more=more))


_SHOWN = 10
