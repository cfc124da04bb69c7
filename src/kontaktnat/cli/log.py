"""`log`: what a coordinator does most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import attrs
import click

from kontaktnat.cli.app import (
    App,
    accept_option,
    by_option,
    complete,
    dry_run_option,
    pass_app,
    say,
)
from kontaktnat.cli.meeting import LISTS, answered, headcounts, meet, meeting_options, planned_at_once, told
from kontaktnat.cli.promise import PROMISES, promise_options, promises, tell_promises
from kontaktnat.errors import Usage
from kontaktnat.i18n import Text
from kontaktnat.model import Interaction, Participation


@click.command()
@click.argument("words", nargs=-1, metavar="KIND WHO... TEXT", shell_complete=complete("kind_and_people"))
@click.option("--when", metavar="WHEN", help="Otherwise now: igår, fre 13:00, 2026-11-12.")
@promise_options
@click.option("--direction", metavar="WORD", help="Who made the contact: in, out (inkommande, utgående).",
              shell_complete=complete("direction"))  # fmt: skip
@click.option("--subject", default="", help="A subject line.")
@click.option("--theme", default="", help="A meeting's theme.")
@click.option("--place", default="", help="Where.")
@meeting_options
@click.option("--agenda", multiple=True, metavar="TEXT", help="A point of the agenda.")
@click.option("--topic", "topics", multiple=True, metavar="TITLE", help="What was discussed, of the topics.",
              shell_complete=complete("topics"))  # fmt: skip
@click.option("--assignment", "assignments", multiple=True, metavar="NAME",
              help="Which assignment it is for; of several hats the one with it is worn.",
              shell_complete=complete("assignments"))  # fmt: skip
@click.option("--asked", default="", help="What support was asked for.")
@click.option("--support", metavar="WORD,…", default="", help="What was given: advice, method, …",
              shell_complete=complete("support"))  # fmt: skip
@click.option("--audience", metavar="WORD", help="Whom a training is for: politicians, officials, …",
              shell_complete=complete("audience"))  # fmt: skip
@click.option("--participants", multiple=True, metavar="ACTOR=N,…", help="How many came, of whose people.",
              shell_complete=complete("people"))  # fmt: skip
@click.option("--mandate", type=click.IntRange(1, 4), multiple=True,
              help="Förordning 2016:1258, 2 § 1-4; otherwise what the kind usually is under.")  # fmt: skip
@click.option("--process-step", type=click.IntRange(1, 5), help="Step of Brå's cooperation process.")
@click.option("--registry-number", default="", help="Diarienummer.")
@click.option("--every", metavar="SPAN", help="Plan it again and again: 2v, 1m, varje kvartal.")
@click.option("--until", metavar="DATE", help="With --every: the last day that may be.")
@click.option("--times", type=click.IntRange(1, 200), metavar="N", help="With --every: how many in all.")
@click.option("--draft", is_flag=True, help="A working mark; gives no secrecy.")
@by_option
@accept_option
@dry_run_option
@pass_app
def log(app: App, words: tuple[str, ...], dry_run: bool, **given: Any) -> None:
    """Log a contact: `log phone eva "skadegörelse vid skolan" --promised "skicka underlag"`.

    KIND is a word (phone, telefon, mail, visit, …), WHO a person, person@actor or actor, or several of
    them. The hat worn is the one held then.

    A network's meeting needs no WHO: `log network_meeting --network N --when "12 dec 09:00" --theme T`
    invites those who represent its members, and the same with --attended-all or --attended tells who came.
    """
    from kontaktnat.acts.meetings import status_of
    from kontaktnat.cli.hats import participation, people_named
    from kontaktnat.cli.series import plan

    book = app.book()
    kind = app.word(book, "interaction_kind", app.ask(words[0] if words else None, "KIND"))
    when, status, new = (given.pop(name) for name in ("when", "status", "new"))
    lists, promise, series = (
        {name: given.pop(name) for name in names} for names in (LISTS, PROMISES, ("every", "until", "times"))
    )
    gathered = _is_gathered(kind, lists)
    # A network's meeting, and a series, may be to come as well, unless it is told who came.
    past = None if (gathered or series["every"]) and not told(lists) else True
    at = app.moment(when, past=past) if when else app.now().replace(second=0, microsecond=0)
    status = app.word(book, "interaction_status", status) if status else ""
    fields = _fields(app, given)
    whom, text = _apart(words[1:], named=gathered or "headcounts" in fields)
    people = people_named(app, whom, at, needed=not gathered and "headcounts" not in fields,
                          assignments=fields.get("assignments", ()))  # fmt: skip
    if not gathered and not {"headcounts", "subject", "theme"} & {*fields}:
        text = app.ask(text, "TEXT")
    due = app.day(day, past=False) if (day := promise.pop("follow_up")) else None
    at_once = planned_at_once() if gathered else nullcontext()
    with at_once, book.transaction(f"log {kind}", dry_run=dry_run):
        if gathered:
            came = (lists["attended"], *(one.id for one in people))
            lists["attended"] = ",".join(filter(None, came)) or None
            fields |= {"summary": text} if text else {}
            made, tell = meet(app, kind, at, lists, status=status, new=new, fields=fields, dry_run=dry_run)
        else:
            parts = (*map(participation, people), *_guests(app, lists["guest"], at))
            if lists["network"]:
                fields["network"] = app.pick(book, lists["network"], ("network",)).id
            fields.setdefault("mandate", book.usual_mandate(kind))
            status = status_of(book, at, status)
            made = Interaction(kind=kind, when=at, status=status, summary=text, participants=parts, **fields)
        made, tell_series = plan(app, made, **series, dry_run=dry_run)
        promised = promises(app, made, people, text, **promise, due=due)
    if gathered:
        tell()
    else:
        _tell(app, made, dry_run=dry_run)
    tell_promises(promised)
    tell_series()


def _is_gathered(kind: str, lists: Mapping[str, Any]) -> bool:
    """Whether a network met, and not only somebody about it. Raises Usage for attendance without one."""
    option = told(lists) or answered(lists)
    if option and lists["network"] is None:
        raise Usage("--{option} is told of a network's meeting: name it with --network", option=option)
    return bool(lists["network"]) and bool(kind == "network_meeting" or option)


def _apart(words: Sequence[str], *, named: bool) -> tuple[Sequence[str], str]:
    """Who, and the text: the last of several words; where one knows whom it was with, a single one too."""
    if len(words) > 1 or (words and named):
        return words[:-1], words[-1]
    return words, ""


def _fields(app: App, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the interaction that were given."""
    book = app.book()
    fields = dict(given)
    for name in ("direction", "audience"):
        if fields[name]:
            fields[name] = app.word(book, name, fields[name])
    words = [one for one in map(str.strip, fields["support"].split(",")) if one]
    fields["support"] = tuple(app.word(book, "support", word) for word in words)
    fields["topics"] = tuple(app.pick(book, name, ("topic",)).id for name in fields["topics"])
    fields["assignments"] = tuple(app.pick(book, name, ("assignment",)).id for name in fields["assignments"])
    fields["headcounts"] = headcounts(app, fields.pop("participants"))
    return {name: value for name, value in fields.items() if value}


def _guests(app: App, names: Sequence[str], at: Any) -> Iterator[Participation]:
    from kontaktnat.cli.hats import hat_of, participation

    for name in filter(None, (one.strip() for text in names for one in text.split(","))):
        yield attrs.evolve(participation(hat_of(app, name, at)), part="guest")


def _tell(app: App, made: Interaction, *, dry_run: bool) -> None:
    from kontaktnat.views.listing import who

    book, ahead = app.book(), made.status == "planned"
    name = book.words.name("interaction_kind", made.kind)
    fields = {"kind": name, "who": who(book, made) or Text("nobody named"), "id": made.id}
    if ahead and dry_run:
        say(Text("would plan: {kind} with {who} ({id})", **fields))
    elif ahead:
        say(Text("planned: {kind} with {who} ({id})", **fields))
    elif dry_run:
        say(Text("would log: {kind} with {who} ({id})", **fields))
    else:
        say(Text("logged: {kind} with {who} ({id})", **fields))
