"""The command `civilsociety`; imported when it is run."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from kontaktnat.errors import Usage
from kontaktnat.extend import Text, by_option, complete, joined, say, tr
from kontaktnat.model import Actor
from kontaktnat_civilsociety.acting import along, confirm, decline, value_of
from kontaktnat_civilsociety.suggesting import Suggestion, suggestions, title_of

if TYPE_CHECKING:
    from kontaktnat import Book

NONE, STOP = ("n", "nej", "no"), ("q", "sluta", "stop")


@click.group()
def civilsociety() -> None:
    """What associations are: ICNPO, legal form and sector, suggested with the reason."""


@civilsociety.command(short_help="What associations may be, and why.")
@click.argument("who", nargs=-1, metavar="[WHO]...", shell_complete=complete("actors"))
@click.option(
    "--confirm",
    "yes",
    multiple=True,
    metavar="WHO=CODE",
    help="Make it so: icnpo:1200, legal_form:61, sector:civil_society.",
)
@click.option(
    "--decline", "no", multiple=True, metavar="WHO=CODE", help="It is not so, and is not suggested again."
)
@click.option("--dry-run", is_flag=True, help="Show what would become of it, save nothing.")
@by_option
@click.pass_obj
def suggest(
    app: Any, /, who: tuple[str, ...], yes: tuple[str, ...], no: tuple[str, ...], dry_run: bool
) -> None:  # fmt: skip
    """What associations may be, and why; nothing is set before you say so.

    On a terminal you are asked about one after the other: numbers say yes, n says none of these, which is
    remembered; nothing leaves it for later, and q stops. Elsewhere they are listed, and --confirm and
    --decline say it. WHO is a name, or what stands after `list`, as in "actors place=0881"; without it, all.
    """
    book: Book = app.book()
    if yes or no:
        if who:
            raise Usage("WHO goes without --confirm and --decline, which name it themselves")
        _say_it(app, book, yes, no, dry_run=dry_run)
        return
    chosen = None
    if who:
        records = {one.id: one for text in _asked(who) for one in app.chosen(book, text)}
        chosen = [one for one in records.values() if isinstance(one, Actor)]
        if records and not chosen:
            raise Usage("{text}: only actors are suggested anything", text=" ".join(who))
    found = list(suggestions(book, chosen))
    if not found:
        say(Text("nothing to suggest"))
    asks = app.interactive and sys.stdout.isatty()  # not of what goes into a file or a pager
    for n, (actor, options) in enumerate(found, 1):
        _show(book, actor, options)
        if asks and not _ask(book, actor, options, left=len(found) - n, dry_run=dry_run):
            break
    if dry_run:
        say(Text("nothing was saved"), err=True)
    if found and not asks:
        actor, options = found[0]
        say(Text("nothing is set; say it: kontaktnat civilsociety suggest --confirm {id}={code}",
                  id=actor.id, code=options[0].value))  # fmt: skip


def _asked(who: tuple[str, ...]) -> tuple[str, ...]:
    """What is asked for: the words after `list` may stand apart, as they do there."""
    return (shlex.join(who),) if any("=" in one for one in who[1:]) else who


def _show(book: Book, actor: Actor, options: Sequence[Suggestion]) -> None:
    say(Text("{name} ({id})", name=actor.name, id=actor.id))
    for n, one in enumerate(options, 1):
        title = title_of(book, one.value)
        more = along(book, actor, one)
        beside = Text("; with it: {more}", more=more) if more else ""
        say(Text("  {n}. {code} {title}: {reason}{beside}", n=n, code=one.value, title=title,
                  reason=one.reason, beside=beside))  # fmt: skip


def _ask(book: Book, actor: Actor, options: Sequence[Suggestion], *, left: int, dry_run: bool) -> bool:
    """What is answered of one actor; whether to go on."""
    question = Text(
        "Is it so? (1: yes; n: no; Enter: later; q: stop; {left} left)",
        "Which? (1-{n}, several apart by blanks; n: none; Enter: later; q: stop; {left} left)",
        n=len(options),
        left=left,
    )
    while True:
        answer = str(click.prompt(tr(question), default="", show_default=False, err=True)).split()
        words = [one.strip(",").casefold() for one in answer]
        if words and words[0] in STOP:
            return False
        if not words:
            return True
        if words[0] in NONE:
            with book.transaction("civilsociety suggest", dry_run=dry_run):
                decline(book, actor, *(one.value for one in options))
            say(Text("remembered: none of these"), err=True)
            return True
        if all(one.isascii() and one.isdecimal() and 1 <= int(one) <= len(options) for one in words):
            values = [options[int(one) - 1].value for one in dict.fromkeys(words)]
            with book.transaction("civilsociety suggest", dry_run=dry_run):
                for value in values:
                    actor = confirm(book, actor, value)
            named = (Text("{code} {title}", code=one, title=title_of(book, one)) for one in values)
            say(Text("{name}: {what}", name=actor.name, what=joined(", ", named)))
            return True
        say(Text("{answer} is none of them", answer=" ".join(answer)), err=True)


def _say_it(app: Any, book: Book, yes: Sequence[str], no: Sequence[str], *, dry_run: bool) -> None:
    """What is said by options, all of it or nothing; nothing is told before all of it holds."""
    before = book.version
    said: dict[tuple[str, str], tuple[Actor, bool]] = {}
    for text, is_so in (*((one, True) for one in yes), *((one, False) for one in no)):
        name, equals, code = text.rpartition("=")
        if not equals or not name.strip() or not code.strip():
            raise Usage('{text}: write WHO=CODE, as in --confirm "Nybro IF=icnpo:1200"', text=text)
        actor = app.pick(book, name.strip(), ("actor",))
        value = value_of(book, code)
        if said.setdefault((actor.id, value), (actor, is_so))[1] is not is_so:
            raise Usage("{text}: --confirm and --decline say both of it; say one", text=text)
    lines = []
    with book.transaction("civilsociety suggest", dry_run=dry_run):
        for (id, value), (actor, is_so) in said.items():
            told = {"name": actor.name, "code": value, "title": title_of(book, value)}
            if is_so:
                confirm(book, book.actors.get(id), value)
                lines.append(Text("{name}: {code} {title}", **told))
            else:
                decline(book, actor, value)
                lines.append(Text("{name}: not {code} {title}", **told))
    for line in lines:
        say(line)
    if dry_run:
        say(Text("nothing was saved"), err=True)
    elif book.version == before:
        say(Text("it was so already"), err=True)
    else:
        say(Text("undo {number} takes it back", number=book.version), err=True)
