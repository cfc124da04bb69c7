"""`merge`: two records of one and the same; or another copy of the book (see `join`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kontaktnat.cli import doubles
from kontaktnat.cli.app import (
    App,
    accept_option,
    by_option,
    dry_run_option,
    pass_app,
    reveal_option,
    say,
)
from kontaktnat.cli.doubles import OUTPUTS
from kontaktnat.cli.terminal import confirm
from kontaktnat.errors import NotFound, Usage
from kontaktnat.i18n import Text
from kontaktnat.model import Record

if TYPE_CHECKING:
    from kontaktnat.book import Book


@click.command()
@click.argument("keep", required=False)
@click.argument("other", required=False)
@click.option("--take", multiple=True, metavar="FIELD,…", help="Where both differ, OTHER's value stands.")
@click.option("--not-same", is_flag=True, help="They are not the same: never suggest them again.")
@click.option("--suggest", is_flag=True, help="Which may be the same, and why.")
@click.option("--type", type=click.Choice(["contact", "actor"]), help="Of --suggest: these alone.")
@click.option("-o", "--output", type=click.Choice(OUTPUTS), default=None, help="Of --suggest: how to print.")
@by_option
@accept_option
@reveal_option
@dry_run_option
@pass_app
def merge(
    app: App, keep: str | None, other: str | None, take: tuple[str, ...], not_same: bool, suggest: bool,
    type: str | None, output: str | None, dry_run: bool,
) -> None:  # fmt: skip
    """Make one of two records of one thing: KEEP stays, OTHER goes, and all that leads to it leads to KEEP.

    Nothing that OTHER says is lost: names become aliases, ways and lists are united, notes both kept,
    blanks filled in. Where both say something else KEEP's stands, and what goes is shown; history keeps it.

    merge FILE.kn takes over what was done in another copy of this book, which is only read: what one of them
    changed, field by field. What both changed waits for review, or is as --take here or there says.

    --suggest lists who may be the same, and why; on a terminal one by one. Never by a name alone.
    """
    if suggest:
        if keep or take or not_same:
            raise Usage("--suggest finds the two itself: leave the rest out")
        doubles.suggest(app, type, output or "table", dry_run=dry_run)
        return
    if type or output:
        raise Usage("--type and -o go with --suggest")
    from kontaktnat.cli.join import is_book, join

    for name in filter(None, (keep, other)):
        if _is_to_import(app, name):
            raise Usage(
                "{name} is no book and no record; take in what it holds with: kontaktnat import {name}",
                name=name,
            )
    if keep is not None and other is None and is_book(keep):
        join(app, keep, take, dry_run=dry_run)
        return
    if keep is not None and other is not None and is_book(keep) and is_book(other):
        raise Usage("name one book, which is only read; the one that takes it over is said by --book")
    book = app.book()
    first = _found(app, app.ask(keep, "KEEP"))
    second = _found(app, app.ask(other, "OTHER"), first)
    if not_same:
        doubles.tell_apart(app, first, second, dry_run=dry_run)
        return
    fields = [name for part in take for name in map(str.strip, part.split(",")) if name]
    doubles.show(app, first, second, fields)
    if not dry_run and app.interactive and not confirm(Text("Merge them?"), default=False):
        say(Text("nothing was merged"))
        return
    waited = _between_books(book)
    with book.transaction("merge", dry_run=dry_run):
        merged = book.merge(first, second, take=fields)
        dropped = waited - _between_books(book)
        what = doubles.line(book, book.collection_of(merged.type).get(merged.id))
    if dry_run:
        say(Text("would be merged: {what}", what=what))
    else:
        say(Text("merged: {what}", what=what))
        if dropped > 0:
            say(
                Text(
                    "{n} difference between two books is no question any more: what it was of is merged",
                    "{n} differences between two books are no question any more: what they were of is merged",
                    n=dropped,
                )
            )
        say(Text("undo {number} takes it back", number=book.version))


def _is_to_import(app: App, text: str) -> bool:
    """Whether it is a file of contacts, or a calendar, by how its name ends; a book may be called so too."""
    from pathlib import Path

    suffix = Path(text).suffix.lower()
    if not suffix or suffix == ".kn" or "://" in text:
        return False
    if Path(text).is_file():
        with Path(text).open("rb") as stream:
            if stream.read(7) == b'{"crc":':
                return False
    importers = app.book().plugins.collect("register_importers")
    return any(suffix in one.suffixes for one in importers.values())


def _between_books(book: Book) -> int:
    """Of how many fields it waits to be decided, for two books differ in them."""
    from kontaktnat.joining.differing import differences

    return sum(len(differences(one)) for one in book.pending.all())


def _found(app: App, text: str, first: Record | None = None) -> Record:
    """The record that is meant: whole, where there is a reason to reveal it."""
    from kontaktnat.merging import MERGEABLE

    book = app.book()
    # eva@nybro means the person, not the hat worn there; a hat is told by its id.
    named = tuple(name for name in MERGEABLE if name != "role")
    kinds = [named, ("role",)]
    if first is not None:
        kinds.insert(0, (first.type,))
    for n, types in enumerate(kinds):
        try:
            found = app.pick(book, text, types)
        except NotFound as error:
            if n == 0:
                missing = error
        else:
            return found if app.reveal is None else doubles.whole(app, found.id)
    raise missing
