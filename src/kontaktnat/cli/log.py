"""`log`: what a coordinator does most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import click

from kontaktnat.cli.app import App, by_option, complete, dry_run_option, pass_app, say
from kontaktnat.errors import Ambiguous
from kontaktnat.i18n import Text
from kontaktnat.model import (
    Actor,
    Contact,
    FollowUp,
    Interaction,
    NetworkId,
    Participation,
    Record,
    Role,
    RoleId,
    day_of,
)


@click.command()
@click.argument("words", nargs=-1, metavar="KIND WHO... TEXT", shell_complete=complete("kind_and_people"))
@click.option("--when", metavar="WHEN", help="Otherwise now: igår, fre 13:00, 2026-11-12.")
@click.option("--promised", metavar="TEXT", help="What we promised; becomes a follow-up.")
@click.option("--they-promised", metavar="TEXT", help="What they promised.")
@click.option("--follow-up", metavar="WHEN", help="When to follow up: 2v, fre, 2026-12-01.")
@click.option("--direction", metavar="WORD", help="Who made the contact: in, out (inkommande, utgående).",
              shell_complete=complete("direction"))  # fmt: skip
@click.option("--subject", default="", help="A subject line.")
@click.option("--theme", default="", help="A meeting's theme.")
@click.option("--place", default="", help="Where.")
@click.option("--network", metavar="NAME", help="The network that met.", shell_complete=complete("networks"))
@click.option("--mandate", type=click.IntRange(1, 4), multiple=True, help="Förordning 2016:1258, 2 § 1-4.")
@click.option("--process-step", type=click.IntRange(1, 5), help="Step of Brå's cooperation process.")
@click.option("--registry-number", default="", help="Diarienummer.")
@click.option("--every", metavar="SPAN", help="Plan it again and again: 2v, 1m, varje kvartal.")
@click.option("--until", metavar="DATE", help="With --every: the last day that may be.")
@click.option("--times", type=click.IntRange(1, 200), metavar="N", help="With --every: how many in all.")
@click.option("--draft", is_flag=True, help="A working mark; gives no secrecy.")
@by_option
@dry_run_option
@pass_app
def log(
    app: App,
    words: tuple[str, ...],
    when: str | None,
    promised: str | None,
    they_promised: str | None,
    follow_up: str | None,
    network: str | None,
    direction: str | None,
    every: str | None,
    until: str | None,
    times: int | None,
    dry_run: bool,
    **fields: Any,
) -> None:
    """Log a contact: `log phone eva "skadegörelse vid skolan" --promised "skicka underlag"`.

    KIND is a word (phone, telefon, mail, visit, …), WHO a person, person@actor or actor, or several of
    them. The hat worn is the one held then.
    """
    from kontaktnat.cli.series import plan

    book = app.book()
    kind = app.word(book, "interaction_kind", app.ask(words[0] if words else None, "KIND"))
    at = app.moment(when, past=True) if when else app.now().replace(second=0, microsecond=0)
    whom, text = (words[1:-1], words[-1]) if len(words) > 2 else (words[1:], "")
    people = list({one.id: one for one in _people(app, whom, at)}.values())
    text = app.ask(text, "TEXT") if not fields["subject"] and not fields["theme"] else text
    due = app.day(follow_up, past=False) if follow_up else None
    fields["direction"] = app.word(book, "direction", direction) if direction else ""
    ahead = at > app.now() if isinstance(at, datetime) else at.first > app.now().date()
    with book.transaction(f"log {kind}", dry_run=dry_run):
        made, tell_series = plan(
            app,
            Interaction(
                kind=kind,
                when=at,
                status="planned" if ahead else "held",
                summary=text,
                participants=[participation(one) for one in people],
                network=NetworkId(app.pick(book, network, ("network",)).id) if network else None,
                **fields,
            ),
            every=every,
            until=until,
            times=times,
            dry_run=dry_run,
        )
        about = [made.id, *dict.fromkeys(id for one in people for id in _ids(one))]
        promises = []
        if promised or (due and not they_promised):
            promises.append(_follow_up(app, promised or text, "we", due, kind, about, at))
        if they_promised:
            promises.append(_follow_up(app, they_promised, "they", due, kind, about, at))
    _tell(app, made, promises, ahead=ahead, dry_run=dry_run)
    tell_series()


def _tell(app: App, made: Interaction, promises: list[FollowUp], *, ahead: bool, dry_run: bool) -> None:
    from kontaktnat.views.listing import who

    book = app.book()
    fields = {"kind": book.words.name("interaction_kind", made.kind), "who": who(book, made), "id": made.id}
    if ahead and dry_run:
        say(Text("would plan: {kind} with {who} ({id})", **fields))
    elif ahead:
        say(Text("planned: {kind} with {who} ({id})", **fields))
    elif dry_run:
        say(Text("would log: {kind} with {who} ({id})", **fields))
    else:
        say(Text("logged: {kind} with {who} ({id})", **fields))
    for one in promises:
        due = Text(", due {day}", day=one.due) if one.due else ""
        if one.side == "we":
            say(Text("  we promised: {text}{due} ({id})", text=one.text, due=due, id=one.id))
        else:
            say(Text("  they promised: {text}{due} ({id})", text=one.text, due=due, id=one.id))


def _people(app: App, whom: Sequence[str], at: Any) -> Iterator[Record]:
    """Those named: apart by commas or as arguments of their own; a name of several words may stand bare."""
    from kontaktnat.errors import NotFound

    names = app.ask(" ".join(whom).strip(", "), "WHO")
    if "," not in names and len(whom) > 1:
        try:
            yield hat_of(app, names, at)
        except NotFound:
            yield from [hat_of(app, name, at) for name in whom]
    else:
        yield from [hat_of(app, name, at) for name in names.split(",") if name.strip()]


def hat_of(app: App, name: str, at: Any) -> Record:
    """The hat that somebody wore, or the person or actor where there is none."""
    from kontaktnat.refs import hat

    book, on = app.book(), day_of(at)
    found = app.pick(book, name, ("role", "contact", "actor"), on=on)
    if isinstance(found, Contact):
        try:
            return hat(book, found, on) or found
        except Ambiguous as error:
            return book.roles.get(app.choose(error))
    return found


def participation(record: Record) -> Participation:
    if isinstance(record, Role):
        return Participation(role=RoleId(record.id))
    if isinstance(record, Contact):
        return Participation(contact=record.id)
    assert isinstance(record, Actor)
    return Participation(actor=record.id)


def _ids(record: Record) -> tuple[str, ...]:
    if isinstance(record, Role):
        return tuple(id for id in (record.id, record.contact, record.actor) if id)
    return (record.id,)


def _follow_up(app: App, text: str, side: str, due: Any, kind: str, about: list[str], at: Any) -> FollowUp:
    """Due as told, or after the kind's customary days (practice, not law)."""
    book = app.book()
    if due is None:
        word = book.words.of("interaction_kind").get(kind)
        if word and word.follow_up_days:
            due = day_of(at) + timedelta(days=word.follow_up_days)
    owner = app.by or book.by
    return book.add(FollowUp(text=text, side=side, since=day_of(at), due=due, about=about, owner=owner))
