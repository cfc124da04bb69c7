"""Two records of one: what a merge would make of them, and those that the book suggests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kontaktnat.cli.app import App, say
from kontaktnat.cli.spelled import spelled
from kontaktnat.cli.terminal import ask_on_terminal
from kontaktnat.errors import Conflict, Invalid, NotFound, Refused
from kontaktnat.i18n import Text, joined, tr
from kontaktnat.model import Contact, ContactId, Record
from kontaktnat.model.names import type_label

if TYPE_CHECKING:
    from kontaktnat.descriptors import Table
    from kontaktnat.likeness.suggesting import Suggestion
    from kontaktnat.outward import Outward

OUTPUTS = ("table", "json", "jsonl", "csv", "ids")
MERGE, NOT_SAME, SKIP, QUIT = "m", "n", "s", "q"
_TIERS = {"sure": Text("sure"), "maybe": Text("maybe")}
_NOT_TOLD = frozenset({"name", "protected", "draft", "shared", "extra", "unknown"})
_HOW = Text("decide with: kontaktnat merge ID ID, or with --not-same")


def line(book: Outward, record: Record) -> Text:
    """A record as it is named before it is merged."""
    from kontaktnat.refs import describe

    what = describe(book, record)
    return Text("{what} ({type} {id})", what=what, type=type_label(record.type), id=record.id)


def show(app: App, first: Record, second: Record, fields: Sequence[str] = ()) -> None:
    """Say which stays and which goes, in what they differ, and what the merged record says."""
    from kontaktnat.merging import becoming, differing

    book = app.book()
    differences = differing(book, first, second, fields)
    made = becoming(book, first, second, fields)
    say(Text("stays: {what}", what=line(book, first)))
    say(Text("goes:  {what}", what=line(book, second)))
    for one in differences:
        stays, goes = (spelled(book, type(first), one.field, value) for value in (one.stays, one.goes))
        say(Text("  {field}: {stays} stays, {goes} goes", field=one.field, stays=stays, goes=goes))
    if hidden := sorted({*first.hidden, *second.hidden}):
        say(Text("  covered, and united unseen: {fields}", fields=", ".join(hidden)))
    say(Text("becomes: {what}", what=joined("; ", _said(book, made, (first, second)))))


def _said(book: Outward, made: Record, both: Sequence[Record]) -> Iterator[str]:
    from kontaktnat.codec import to_doc
    from kontaktnat.model.base import BOOKKEEPING
    from kontaktnat.outward import title_of
    from kontaktnat.refs import describe

    yield title_of(made)
    for name, value in to_doc(made).items():
        if name not in _NOT_TOLD | BOOKKEEPING and value != title_of(made):
            yield Text("{field}: {value}", field=name, value=spelled(book, type(made), name, value))
    if isinstance(made, Contact):
        hats = [hat for one in both for hat in book.roles.where(contact=ContactId(one.id)) if hat.actor]
        yield from dict.fromkeys(describe(book, hat) for hat in hats)


def suggest(app: App, type: str | None, output: str, *, dry_run: bool) -> None:
    """List what the book suggests; with somebody at a terminal go through it."""
    from kontaktnat.cli.render import emit_view

    if app.interactive and output == "table":
        app.book("rw")
    book = app.out()
    found = book.duplicates(type)
    if app.interactive and output == "table" and found:
        _go_through(app, found, dry_run=dry_run)
    elif output == "ids":
        click.echo("".join(f"{one.one} {one.other}\n" for one in found), nl=False)
    else:
        emit_view(book, _table(book.remembering(), found, data=output in ("json", "jsonl")), output)


def _table(book: Outward, found: Sequence[Suggestion], *, data: bool) -> Table:
    from kontaktnat.descriptors import Column, Table

    columns = (
        Column(key="score", title="Score", type="number"),
        Column(key="tier", title="Tier"),
        Column(key="type", title="Type", type="word", vocabulary="record_type"),
        Column(key="name", title="Name"),
        Column(key="other_name", title="The other"),
        Column(key="reasons", title="Why", whole=True),
        Column(key="id", title="Id", type="id"),
        Column(key="other", title="Id of the other", type="id"),
    )
    rows = tuple(
        {
            "score": one.score,
            "tier": _TIERS[one.tier],
            "type": one.type,
            "name": _named(book, one.one),
            "other_name": _named(book, one.other),
            "reasons": list(one.reasons) if data else joined(", ", one.reasons),
            "id": one.one,
            "other": one.other,
        }
        for one in found
    )
    return Table(name="suggest", title="May be the same", columns=columns, rows=rows,
                 notes=(_HOW,) if rows else ())  # fmt: skip


def _named(book: Outward, id: str) -> str:
    from kontaktnat.refs import describe

    record = book.get(id)
    place = getattr(record, "place", "")
    if place:
        return Text("{name} ({place})", name=describe(book, record), place=place)
    return describe(book, record)


def _go_through(app: App, found: Sequence[Suggestion], *, dry_run: bool) -> None:
    """Show each and do what is answered, each a step of undo of its own; ends with the counts."""
    counts: Counter[str] = Counter()
    for number, one in enumerate(found, 1):
        say(Text("{number} of {all}: {tier}, {score}", number=number, all=len(found), tier=_TIERS[one.tier],
                 score=one.score), bold=True)  # fmt: skip
        done = _one(app, one, dry_run=dry_run)
        if done == QUIT:
            break
        counts[done] += 1
    left = len(found) - counts[MERGE] - counts[NOT_SAME]
    say(Text("merged {merged}, not the same {apart}, left {left}", merged=counts[MERGE],
             apart=counts[NOT_SAME], left=left))  # fmt: skip


def _one(app: App, suggestion: Suggestion, *, dry_run: bool) -> str:
    """What was done with it."""
    book = app.book()
    try:
        pair = [whole(app, id) for id in (suggestion.one, suggestion.other)]
        show(app, pair[0], pair[1])
    except (NotFound, Conflict, Invalid, Refused) as error:  # merged before, or they do not go together
        say(error.text, err=True)
        return SKIP
    say(Text("why: {reasons}", reasons=joined(", ", suggestion.reasons)))
    while True:
        chosen = str(ask_on_terminal(Text("m merge, n not the same, s skip, q quit"), default="",
                                     show_default=False, value_proc=_read))  # fmt: skip
        if chosen in (SKIP, QUIT):
            return chosen
        try:
            with book.transaction("merge" if chosen == MERGE else "not the same", dry_run=dry_run):
                if chosen == MERGE:
                    book.merge(pair[0], pair[1])
                else:
                    book.not_same(pair[0].id, pair[1].id)
        except (Invalid, Refused, Conflict, NotFound) as error:
            say(error.text, err=True)
        else:
            return chosen


def whole(app: App, id: str) -> Record:
    """A record as it is now; whole, where there is a reason to reveal it."""
    book = app.book()
    return book.get(id) if app.reveal is None else book.reveal(id, app.reveal)


def tell_apart(app: App, first: Record, second: Record, *, dry_run: bool) -> None:
    """Remember that they are not the same."""
    book = app.book()
    with book.transaction("not the same", dry_run=dry_run):
        book.not_same(first.id, second.id)
    both = {"one": line(book, first), "other": line(book, second)}
    if dry_run:
        say(Text("would be remembered as not the same: {one}, {other}", **both))
    else:
        say(Text("remembered as not the same: {one}, {other}", **both))
        say(Text("undo {number} takes it back", number=book.version))


def _read(text: str) -> str:
    said = text.strip().lower()
    if said in (MERGE, NOT_SAME, SKIP, QUIT):
        return said
    raise click.UsageError(tr(Text("{answer} is none of these", answer=text.strip() or Text("nothing"))))
