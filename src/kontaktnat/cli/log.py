"""`log`: what a coordinator does most."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import attrs
import click

from kontaktnat.cli.app import App, by_option, complete, dry_run_option, pass_app, say
from kontaktnat.cli.meeting import LISTS, headcounts, meet, meeting_options, told
from kontaktnat.errors import Ambiguous, Usage
from kontaktnat.i18n import Text
from kontaktnat.model import (
    Actor,
    Contact,
    FollowUp,
    Interaction,
    Participation,
    Record,
    Role,
    RoleId,
    day_of,
)
from kontaktnat.practice import usual_mandate


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
@meeting_options
@click.option("--agenda", multiple=True, metavar="TEXT", help="A point of the agenda.")
@click.option("--topic", "topics", multiple=True, metavar="TITLE", help="What was discussed, of the topics.",
              shell_complete=complete("topics"))  # fmt: skip
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
@click.option("--draft", is_flag=True, help="A working mark; gives no secrecy.")
@by_option
@dry_run_option
@pass_app
def log(app: App, words: tuple[str, ...], dry_run: bool, **given: Any) -> None:
    """Log a contact: `log phone eva "skadegörelse vid skolan" --promised "skicka underlag"`.

    KIND is a word (phone, telefon, mail, visit, …), WHO a person, person@actor or actor, or several of
    them. The hat worn is the one held then.

    A network's meeting needs no WHO: `log network_meeting --network N --when "12 dec 09:00" --theme T`
    invites those who represent its members, and the same with --attended-all or --attended tells who came.
    """
    book = app.book()
    kind = app.word(book, "interaction_kind", app.ask(words[0] if words else None, "KIND"))
    lists = {name: given.pop(name) for name in LISTS}
    when = given.pop("when")
    gathered = bool(lists["network"]) and (kind == "network_meeting" or bool(told(lists)))
    # A network's meeting may be to come as well, unless it is told who came.
    past = None if gathered and not told(lists) else True
    at = app.moment(when, past=past) if when else app.now().replace(second=0, microsecond=0)
    promise = _Promise(**{name: given.pop(name) for name in ("promised", "they_promised", "follow_up")})
    status, new = given.pop("status"), given.pop("new")
    fields = _fields(app, given)
    status = app.word(book, "interaction_status", status) if status else ""
    due = app.day(promise.follow_up, past=False) if promise.follow_up else None
    if lists["network"] is None and (option := told(lists)):
        raise Usage("--{option} is told of a network's meeting: name it with --network", option=option)
    named = gathered or "headcounts" in fields  # one knows whom it was with
    whom, text = _apart(words[1:], named=named)
    people = list({one.id: one for one in _people(app, whom, at)}.values()) if whom or not named else []
    if not named and not fields.get("subject") and not fields.get("theme"):
        text = app.ask(text, "TEXT")
    with book.transaction(f"log {kind}", dry_run=dry_run):
        if gathered:
            names = ",".join(one.id for one in people)
            lists["attended"] = ",".join(filter(None, (lists["attended"], names))) or None
            made = meet(app, lists["network"], kind, at, lists, status=status, new=new, dry_run=dry_run,
                        fields=fields | ({"summary": text} if text else {}))  # fmt: skip
        else:
            fields.setdefault("mandate", usual_mandate(book, kind))
            if lists["network"]:
                fields["network"] = app.pick(book, lists["network"], ("network",)).id
            parts = [*map(participation, people), *_guests(app, lists["guest"], at)]
            status = status or ("planned" if _is_ahead(app, at) else "held")
            made = book.add(
                Interaction(kind=kind, when=at, status=status, summary=text, participants=parts, **fields)
            )
        promises = _promises(app, promise, made, people, text, due)
    if not gathered:
        _tell(app, made, dry_run=dry_run)
    _tell_promises(promises)


@attrs.frozen
class _Promise:
    promised: str | None
    they_promised: str | None
    follow_up: str | None


def _apart(words: Sequence[str], *, named: bool) -> tuple[Sequence[str], str]:
    """Who, and the text: the last of several words; where one knows whom it was with, a single one too."""
    if len(words) > 1 or (words and named):
        return words[:-1], words[-1]
    return words, ""


def _fields(app: App, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the interaction that were given."""
    book = app.book()
    fields = dict(given)
    for name, vocabulary in (("direction", "direction"), ("audience", "audience")):
        if fields[name]:
            fields[name] = app.word(book, vocabulary, fields[name])
    words = [one for one in map(str.strip, fields["support"].split(",")) if one]
    fields["support"] = tuple(app.word(book, "support", word) for word in words)
    fields["topics"] = tuple(app.pick(book, name, ("topic",)).id for name in fields["topics"])
    fields["headcounts"] = headcounts(app, fields.pop("participants"))
    return {name: value for name, value in fields.items() if value}


def _guests(app: App, names: Sequence[str], at: Any) -> Iterator[Participation]:
    for name in filter(None, (one.strip() for text in names for one in text.split(","))):
        yield attrs.evolve(participation(hat_of(app, name, at)), part="guest")


def _is_ahead(app: App, at: Any) -> bool:
    return at > app.now() if isinstance(at, datetime) else at.first > app.now().date()


def _promises(
    app: App, promise: _Promise, made: Interaction, people: Sequence[Record], text: str, due: Any
) -> list[FollowUp]:
    about = [made.id, *dict.fromkeys(id for one in people for id in _ids(one))]
    found = []
    if promise.promised or (due and not promise.they_promised):
        what = promise.promised or text or made.theme or made.subject
        found.append(_follow_up(app, what, "we", due, about, made))
    if promise.they_promised:
        found.append(_follow_up(app, promise.they_promised, "they", due, about, made))
    return found


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


def _tell_promises(promises: Sequence[FollowUp]) -> None:
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


def _follow_up(app: App, text: str, side: str, due: Any, about: list[str], made: Interaction) -> FollowUp:
    """Due as told, or after the kind's customary days (practice, not law)."""
    book = app.book()
    day = day_of(made.when or app.now())
    if due is None:
        word = book.words.of("interaction_kind").get(made.kind)
        if word and word.follow_up_days:
            due = day + timedelta(days=word.follow_up_days)
    return book.add(FollowUp(text=text, side=side, since=day, due=due, about=about, owner=app.by or book.by))
