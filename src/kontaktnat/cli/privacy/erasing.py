"""`privacy erase` and `privacy anonymise`: what goes is shown first, and it is for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kontaktnat.cli.app import App, by_option, complete, dry_run_option, pass_app, reveal_option, say
from kontaktnat.cli.terminal import confirm
from kontaktnat.errors import Ambiguous, NotFound, Usage
from kontaktnat.i18n import Text, and_more, joined
from kontaktnat.model.names import type_label
from kontaktnat.refs import describe
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.privacy.erasing import Erasure

_FEW = 10
_ASK = Text("This cannot be undone. Go on?")


C = TypeVar("C", bound=Callable[..., Any])


def _options(command: C) -> C:
    command = click.option(
        "--decision", metavar="REFERENCE", help="The decision to erase: its registry number."
    )(by_option(dry_run_option(reveal_option(command))))
    command = click.option("--due", is_flag=True, help="All people that privacy retention lists.")(command)
    return click.argument("person", nargs=-1, shell_complete=complete("contacts"))(command)


@click.command()
@_options
@pass_app
def erase(app: App, person: tuple[str, ...], due: bool, decision: str | None, dry_run: bool) -> None:
    """Take a person out of the book for good, history and backups beside the book included.

    Where they took part their actor did, so that counts stay. What goes is shown first, and asked for on a
    terminal. It cannot be undone; a receipt without personal values stays in the history.
    """
    _erase(app, _people(app, person, due=due), decision, anonymise=False, dry_run=dry_run)


@click.command()
@_options
@pass_app
def anonymise(app: App, person: tuple[str, ...], due: bool, decision: str | None, dry_run: bool) -> None:
    """The same, but somebody without a name stays in their place, with their hats and their days."""
    _erase(app, _people(app, person, due=due), decision, anonymise=True, dry_run=dry_run)


def _erase(app: App, ids: list[str], decision: str | None, *, anonymise: bool, dry_run: bool) -> None:
    book = app.book()
    reference = app.ask(decision, "--decision") if ids else ""
    act = book.privacy.anonymise if anonymise else book.privacy.erase
    for id in ids:
        if len(ids) > 1:
            say(Text("{what}:", what=describe(book, book.get(id))))
        _tell(act(id, decision=reference, dry_run=True, reveal=app.reveal))
    if ids:
        say(Text("not reached, so look after these yourself: sheets, cards and other exports, printed pages, "
                 "copies of the book that lie elsewhere"))  # fmt: skip
    if dry_run or not ids or (app.interactive and not confirm(_ASK, default=False)):
        say(Text("nothing was changed"))
        return
    for id in ids:
        done = act(id, decision=reference, reveal=app.reveal)
        say(Text("done; the receipt is transaction {number}", number=done.number))


def _people(app: App, person: tuple[str, ...], *, due: bool) -> list[str]:
    """Ids of the contacts that are meant."""
    if due and person:
        raise Usage("name a person or say --due, not both")
    if due:
        return app.book().privacy.due_for_review()
    return [person_of(app, app.ask(" ".join(person), "PERSON"))]


def person_of(app: App, text: str) -> str:
    """The contact's id; also of one that was deleted, whom history still knows."""
    try:
        return app.pick(app.book(), text, ("contact",)).id
    except NotFound:
        gone = app.book().privacy.remembered()
        found = [(id, name) for id, name in gone.items() if text == id or fold(name) == fold(text)]
        if not found:
            raise
        if len(found) == 1:
            return found[0][0]
        error = Ambiguous("{text} may be: {listed}", text=text, candidates=found,
                          listed=", ".join(f"{name} ({id})" for id, name in found))  # fmt: skip
        return app.choose(error)


def _tell(told: Erasure) -> None:
    gone = Counter(type for type, _ in told.deleted)
    counts = [Text("{n} {type}", n=n, type=type_label(type)) for type, n in sorted(gone.items())]
    say(Text("goes: {what}", what=joined(", ", counts) or Text("nothing but texts and history")))
    if told.changed:
        say(Text("stays without the person: {n} record", "stays without the person: {n} records",
                 n=len(told.changed)))  # fmt: skip
    _places(Text("named in"), told.texts)
    if told.transactions:
        say(Text("history: {n} entry rewritten", "history: {n} entries rewritten", n=told.transactions))
    for plugin, one in told.held:
        say(Text("{plugin}: {what} ({where})", plugin=plugin, what=Text(one.what), where=one.where))
    for plugin in told.missing:
        said = Text("plugin {plugin} is not in use: what it keeps outside the book stays", plugin=plugin)
        say(said, err=True)
    if told.namesakes:
        say(Text("of the same name: {ids}; if one of them is the same person, merge them first",
                 ids=", ".join(told.namesakes)), err=True)  # fmt: skip
    _places(Text("left, for another may be meant; look at these yourself"), told.left)


def _places(what: Text, places: tuple[tuple[str, str, str], ...]) -> None:
    if not places:
        return
    shown = [
        Text("{type} {id} {path}", type=type_label(type), id=id, path=path)
        for type, id, path in places[:_FEW]
    ]
    listed = Text("{shown}{more}", shown=joined(", ", shown), more=and_more(len(places) - _FEW))
    say(Text("{what}: {listed}", what=what, listed=listed))
