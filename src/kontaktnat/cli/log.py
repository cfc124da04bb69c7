"""`log` and `done`: what a coordinator does most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import click

from kontaktnat.cli.app import App, by_option, dry_run_option, pass_app, say
from kontaktnat.errors import Ambiguous
from kontaktnat.model import (
    Actor,
    Contact,
    FollowUp,
    Interaction,
    NetworkId,
    PartialDate,
    Participation,
    Record,
    Role,
    RoleId,
    day_of,
)


@click.command()
@click.argument("kind", required=False)
@click.argument("who", required=False)
@click.argument("text", required=False)
@click.option("--when", metavar="WHEN", help="Otherwise now: igår, fre 13:00, 2026-11-12.")
@click.option("--promised", metavar="TEXT", help="What we promised; becomes a follow-up.")
@click.option("--they-promised", metavar="TEXT", help="What they promised.")
@click.option("--follow-up", metavar="WHEN", help="When to follow up: 2v, fre, 2026-12-01.")
@click.option("--direction", type=click.Choice(["in", "out"]), default=None, help="Who made the contact.")
@click.option("--subject", default="", help="A subject line.")
@click.option("--theme", default="", help="A meeting's theme.")
@click.option("--place", default="", help="Where.")
@click.option("--network", metavar="NAME", help="The network that met.")
@click.option("--mandate", type=click.IntRange(1, 4), multiple=True, help="Förordning 2016:1258, 2 § 1-4.")
@click.option("--process-step", type=click.IntRange(1, 5), help="Step of Brå's cooperation process.")
@click.option("--registry-number", default="", help="Diarienummer.")
@click.option("--draft", is_flag=True, help="A working mark; gives no secrecy.")
@by_option
@dry_run_option
@pass_app
def log(
    app: App,
    kind: str | None,
    who: str | None,
    text: str | None,
    when: str | None,
    promised: str | None,
    they_promised: str | None,
    follow_up: str | None,
    network: str | None,
    dry_run: bool,
    **fields: Any,
) -> None:
    """Log a contact: `log phone eva "skadegörelse vid skolan" --promised "skicka underlag"`.

    KIND is a word (phone, telefon, mail, visit, …), WHO a person, person@actor or actor; several apart
    by commas. The hat worn is the one held then.
    """
    book = app.book()
    kind = app.word(book, "interaction_kind", app.ask(kind, "KIND"))
    at = app.moment(when, past=True) if when else app.now().replace(second=0, microsecond=0)
    names = [name for name in app.ask((who or "").strip(", "), "WHO").split(",") if name.strip()]
    people = list({one.id: one for one in (_who(app, name, at) for name in names)}.values())
    text = app.ask(text, "TEXT") if not fields["subject"] and not fields["theme"] else text or ""
    due = app.day(follow_up, past=False) if follow_up else None
    fields["direction"] = fields["direction"] or ""
    ahead = at > app.now() if isinstance(at, datetime) else at.first > app.now().date()
    with book.transaction(f"log {kind}", dry_run=dry_run):
        made = book.add(
            Interaction(
                kind=kind,
                when=at,
                status="planned" if ahead else "held",
                summary=text,
                participants=[_participation(one) for one in people],
                network=NetworkId(app.pick(book, network, ("network",)).id) if network else None,
                **fields,
            )
        )
        about = [made.id, *dict.fromkeys(id for one in people for id in _ids(one))]
        promises = []
        if promised or (due and not they_promised):
            promises.append(_follow_up(app, promised or text, "we", due, kind, about, at))
        if they_promised:
            promises.append(_follow_up(app, they_promised, "they", due, kind, about, at))
    from kontaktnat.views.listing import who as shown

    what = ("would plan" if ahead else "would log") if dry_run else ("planned" if ahead else "logged")
    say(f"{what}: {kind} with {shown(book, made)} ({made.id})")
    for one in promises:
        side = "we promised" if one.side == "we" else "they promised"
        say(f"  {side}: {one.text}" + (f", due {one.due}" if one.due else "") + f" ({one.id})")


def _who(app: App, name: str, at: Any) -> Record:
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


def _participation(record: Record) -> Participation:
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
    return book.add(FollowUp(text=text, side=side, due=due, about=about, owner=app.by or book.by))


@click.command()
@click.argument("what", nargs=-1)
@click.option("--on", metavar="DATE", help="Otherwise today.")
@by_option
@dry_run_option
@pass_app
def done(app: App, what: tuple[str, ...], on: str | None, dry_run: bool) -> None:
    """Tick off a follow-up; WHAT is part of its text, or its id."""
    from kontaktnat.errors import NotFound
    from kontaktnat.refs import resolve

    book = app.book()
    text = app.ask(" ".join(what), "WHAT")
    day = app.day(on, past=True) if on else PartialDate.parse(book.today.isoformat())
    try:
        found = resolve(book, text, ("followup",))
    except NotFound:
        raise NotFound("there is no follow-up {what}; kontaktnat list followups done_on= shows what is open",
                       what=text, nearest=()) from None  # fmt: skip
    except Ambiguous as error:
        # What is done already is not what somebody means to tick off.
        several = [book.followups.get(id) for id, _ in error.fields["candidates"]]
        left = [one for one in several if not one.done_on]
        if not left:
            raise NotFound("everything called {what} is done already", what=text, nearest=()) from None
        found = left[0] if len(left) == 1 else book.followups.get(app.choose(_which(app, text, left)))
    assert isinstance(found, FollowUp)
    if found.done_on:
        say(f"was done already on {found.done_on}: {found.text}")
        return
    with book.transaction("done", dry_run=dry_run):
        book.update(found, done_on=day)
    say(f"{'would be done' if dry_run else 'done'}: {found.text}")


def _which(app: App, text: str, left: Sequence[FollowUp]) -> Ambiguous:
    """Follow-ups often say the same: what tells them apart is when and whom they are about."""
    from kontaktnat.views.listing import who

    candidates = []
    for one in left:
        about = (f"due {one.due}" if one.due else "", who(app.book(), one))
        candidates.append((one.id, ", ".join(filter(None, (one.text, *about)))))
    return Ambiguous(
        "{text} may be {shown}: write more of it, or the id",
        text=text,
        candidates=candidates,
        shown="; ".join(f"{id} {what}" for id, what in candidates),
    )
