"""`topic`: the life of a problem, proposal, question or good example, one command a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import click

from kontaktnat.cli.app import (
    App,
    Commands,
    accept_option,
    by_option,
    complete,
    dry_run_option,
    pass_app,
    say,
)
from kontaktnat.errors import Usage
from kontaktnat.i18n import Text
from kontaktnat.model import Actor, ActorId, Interaction, Network, PartialDate, Topic

C = TypeVar("C", bound=Callable[..., Any])


@click.group(cls=Commands)
def topic() -> None:
    """Raise, lift, answer, return and close topics; link them; spread good examples."""


def _steps(command: C) -> C:
    command = click.option("--on", metavar="DATE", help="Otherwise today.")(command)
    return by_option(accept_option(dry_run_option(command)))


def _which(command: C) -> C:
    return click.argument("which", required=False, metavar="TOPIC", shell_complete=complete("topics"))(
        command
    )


@topic.command("add", short_help="A problem, proposal, question or good example.")
@click.argument("title", required=False, metavar="TITLE")
@click.option("--kind", metavar="WORD", help="problem, förslag, fråga, exempel; otherwise a problem.",
              shell_complete=complete("topic_kind"))  # fmt: skip
@click.option("--raised-by", metavar="A,B", help="The actors that raise it.",
              shell_complete=complete("actors"))  # fmt: skip
@click.option("--text", default="", metavar="TEXT", help="More than the title says.")
@click.option("--on", metavar="DATE", help="When it was raised; otherwise today.")
@click.option("--source", default="", metavar="TEXT", help="Whence a good example comes.")
@click.option("--evidence", metavar="WORD", help="How well it is known to work: erfarenhet, utvärderad, …",
              shell_complete=complete("evidence"))  # fmt: skip
@click.option("--review", metavar="DATE", help="When to look at a good example anew; otherwise in two years.")
@click.option("--draft", is_flag=True, help="Not ready to be lifted yet.")
@click.option("--at", metavar="MEETING", help="Where it was raised: an interaction's id, or a network.",
              shell_complete=complete("meetings"))  # fmt: skip
@click.option("--new", is_flag=True, help="Another one, though there is one of that title.")
@by_option
@accept_option
@dry_run_option
@pass_app
def add(
    app: App, title: str | None, kind: str | None, raised_by: str | None, text: str, on: str | None,
    source: str, evidence: str | None, review: str | None, draft: bool, at: str | None, new: bool,
    dry_run: bool,
) -> None:  # fmt: skip
    """Add a topic: `topic add "Vem bekostar belysningen?" --kind fråga --raised-by nybro,kalmar`.

    With --at and a network's name it was raised at that network's latest meeting, or is put on the agenda
    of its first where it has not met yet.
    """
    from kontaktnat.cli.adding import refuse_namesake, said_already, say_known

    book = app.book()
    given: dict[str, Any] = {
        "title": app.ask(title, "TITLE").strip(),
        "kind": app.word(book, "topic_kind", kind) if kind is not None else "problem",
        "raised_by": _actors(app, raised_by),
        "text": text,
        "raised_on": app.day(on, past=True) if on else None,
        "source": source,
        "evidence": app.word(book, "evidence", evidence) if evidence is not None else "",
        "review_due": app.day(review, past=False) if review else None,
        "status": "draft" if draft else "open",
    }
    if review and given["kind"] != "example":
        raise Usage("--review belongs to a good example: --kind example")
    meeting = app.pick(book, at, ("interaction", "network")) if at is not None else None
    assert meeting is None or isinstance(meeting, Interaction | Network)
    record = Topic(**given)
    with book.transaction("topic add", dry_run=dry_run):
        known = None if new else said_already(app, record)
        if known is None:
            if not new:
                refuse_namesake(app, record)
            made = book.raise_topic(record, at=meeting)
            line = _added(app, made)
    if known:
        say_known(app, known)
    else:
        _tell(line, dry_run=dry_run)


def _added(app: App, made: Topic) -> Text:
    kind = app.book().words.name("topic_kind", made.kind)
    if made.kind == "example":
        return Text("added: {title} ({kind} {id}), review {day}; next: kontaktnat topic spread {id} --to …",
                    kind=kind, title=made.title, id=made.id, day=made.review_due)  # fmt: skip
    return Text("added: {title} ({kind} {id}); next: kontaktnat topic lift {id}, or topic answer {id} TEXT",
                kind=kind, title=made.title, id=made.id)  # fmt: skip


@topic.command("link", short_help="How a topic stands to another.")
@_which
@click.argument("kind", required=False, metavar="KIND", shell_complete=complete("topic_link"))
@click.argument("other", required=False, metavar="OTHER", shell_complete=complete("topics"))
@by_option
@accept_option
@dry_run_option
@pass_app
def link(app: App, which: str | None, kind: str | None, other: str | None, dry_run: bool) -> None:
    """Link two topics: `topic link belysning addresses "mörka skolgårdar"`.

    KIND is addresses, illustrates or duplicates (åtgärdar, belyser, upprepar).
    """
    book, found = app.book(), _topic(app, app.ask(which, "TOPIC"))
    word = app.word(book, "topic_link", app.ask(kind, "KIND"))
    target = _topic(app, app.ask(other, "OTHER"))
    with book.transaction("topic link", dry_run=dry_run):
        now = book.link_topics(found, word, target)
    fields = {
        "title": now.title,
        "kind": book.words.name("topic_link", word),
        "other": target.title,
        "id": target.id,
    }
    if now.rev == found.rev:
        say(Text("linked so already: {title}, {kind} {other}; nothing changed", **fields))
    elif word == "duplicates":
        _tell(Text("linked: {title}, {kind} {other}; kontaktnat view shared-problems counts them as one",
                   **fields), dry_run=dry_run)  # fmt: skip
    else:
        _tell(Text("linked: {title}, {kind} {other}; kontaktnat show {id} shows that one", **fields),
              dry_run=dry_run)  # fmt: skip


@topic.command("lift", short_help="Lift it to the national network.")
@_which
@click.option("--to", default="", metavar="TEXT", help="To whom; otherwise the national network.")
@_steps
@pass_app
def lift(app: App, which: str | None, to: str, on: str | None, dry_run: bool) -> None:
    """Lift a topic to the national network: `topic lift belysning`, `topic lift belysning --to Brå`."""
    book, found, day = app.book(), _topic(app, app.ask(which, "TOPIC")), _day(app, on)
    with book.transaction("topic lift", dry_run=dry_run):
        now = book.lift(found, to=to.strip(), on=day)
    if now.rev == found.rev:
        say(Text("{title} was lifted to {to} already on {day}; nothing changed",
                 title=now.title, to=now.lifted_to, day=now.lifted_on or "–"))  # fmt: skip
        return
    _tell(
        Text("lifted to {to} on {day}: {title}; an answer is due {due}: kontaktnat topic answer {id} TEXT",
             to=now.lifted_to, day=now.lifted_on, title=now.title, id=now.id,
             due=_after(now.lifted_on, book.practice.answer_days)),
        dry_run=dry_run,
    )  # fmt: skip


@topic.command("answer", short_help="What the answer is.")
@_which
@click.argument("text", required=False, metavar="TEXT")
@_steps
@pass_app
def answer(app: App, which: str | None, text: str | None, on: str | None, dry_run: bool) -> None:
    """Write down the answer to a topic: `topic answer belysning "Kommunen, enligt Brå" --on igår`."""
    book, found, day = app.book(), _topic(app, app.ask(which, "TOPIC")), _day(app, on)
    text = app.ask(text, "TEXT").strip()
    with book.transaction("topic answer", dry_run=dry_run):
        now = book.answer(found, text, on=day)
        missing = _missing(app, now)
    if now.rev == found.rev:
        say(Text("{title} was answered so already on {day}; nothing changed",
                 title=now.title, day=now.answered_on or "–"))  # fmt: skip
    elif not missing:
        _tell(Text("answered on {day}: {title}; nobody is named as asking: kontaktnat topic close {id}",
                   day=now.answered_on, title=now.title, id=now.id), dry_run=dry_run)  # fmt: skip
    else:
        _tell(
            Text("answered on {day}: {title}; return it to {names} by {due}: kontaktnat topic return {id}",
                 day=now.answered_on, title=now.title, names=missing, id=now.id,
                 due=_after(now.answered_on, book.practice.return_days)),
            dry_run=dry_run,
        )  # fmt: skip


@topic.command("return", short_help="The answer has come home.")
@_which
@click.option("--to", metavar="A,B", help="To whom; otherwise to all who asked.",
              shell_complete=complete("actors"))  # fmt: skip
@_steps
@pass_app
def return_(app: App, which: str | None, to: str | None, on: str | None, dry_run: bool) -> None:
    """The answer has come to those who asked: `topic return belysning --to nybro`."""
    from kontaktnat.views.askers import whom

    book, found, day = app.book(), _topic(app, app.ask(which, "TOPIC")), _day(app, on)
    wanted = _actors(app, to)
    if to is not None and not wanted:
        raise Usage("--to names nobody; leave it out to return the answer to all who asked")
    with book.transaction("topic return", dry_run=dry_run):
        now = book.bring_home(found, wanted, on=day)
        missing = _missing(app, now)
    new = [one.actor for one in now.returned[len(found.returned) :]]
    names = whom(book, new or wanted or [one.actor for one in now.returned])
    if now.rev == found.rev:
        say(Text("{title} had come home to {names} already; nothing changed", title=now.title, names=names))
    elif missing:
        _tell(Text("returned to {names}: {title}; {left} have not got it: kontaktnat topic return {id}",
                   names=names, title=now.title, left=missing, id=now.id), dry_run=dry_run)  # fmt: skip
    else:
        _tell(Text("returned to {names}: {title}; all who asked have it: kontaktnat topic close {id}",
                   names=names, title=now.title, id=now.id), dry_run=dry_run)  # fmt: skip


@topic.command("close", short_help="It is done with.")
@_which
@_steps
@pass_app
def close(app: App, which: str | None, on: str | None, dry_run: bool) -> None:
    """Close a topic: `topic close belysning`.

    A question, and whatever was lifted, is closed only when the answer has come home to all who asked.
    """
    book, found, day = app.book(), _topic(app, app.ask(which, "TOPIC")), _day(app, on)
    with book.transaction("topic close", dry_run=dry_run):
        now = book.close_topic(found, on=day)
    if now.rev == found.rev:
        say(Text("{title} was closed already on {day}; nothing changed",
                 title=now.title, day=now.closed_on or "–"))  # fmt: skip
    else:
        _tell(Text("closed on {day}: {title}; kontaktnat set {id} status=open opens it again",
                   day=now.closed_on, title=now.title, id=now.id), dry_run=dry_run)  # fmt: skip


@topic.command("spread", short_help="Whom a good example has been told to.")
@_which
@click.option("--to", metavar="A,B", help="The actors that heard of it.", shell_complete=complete("actors"))
@_steps
@pass_app
def spread(app: App, which: str | None, to: str | None, on: str | None, dry_run: bool) -> None:
    """A good example has been told to actors: `topic spread trygghetsvandring --to nybro,kalmar`."""
    book, found, day = app.book(), _topic(app, app.ask(which, "TOPIC")), _day(app, on)
    wanted = _actors(app, app.ask((to or "").strip(" ,"), "--to A,B"))
    with book.transaction("topic spread", dry_run=dry_run):
        now = book.spread(found, wanted, on=day)
    names = _reached(app, found, now, "spread", wanted)
    if now.rev == found.rev:
        say(Text("{title} had reached {names} already; nothing changed", title=now.title, names=names))
    else:
        _tell(Text("spread to {names}: {title}; who takes it up: kontaktnat topic uptake {id} --by …",
                   names=names, title=now.title, id=now.id), dry_run=dry_run)  # fmt: skip


@topic.command("uptake", short_help="Who has taken up a good example.")
@_which
@click.option("--by", "takers", metavar="A,B", help="The actors that took it up.",
              shell_complete=complete("actors"))  # fmt: skip
@click.option("--on", metavar="DATE", help="Otherwise today.")
@dry_run_option
@pass_app
def uptake(app: App, which: str | None, takers: str | None, on: str | None, dry_run: bool) -> None:
    """A good example has been taken up: `topic uptake trygghetsvandring --by nybro`.

    Who writes is named before the command here: `kontaktnat --by anna topic uptake …`.
    """
    book, found, day = app.book(), _topic(app, app.ask(which, "TOPIC")), _day(app, on)
    wanted = _actors(app, app.ask((takers or "").strip(" ,"), "--by A,B"))
    with book.transaction("topic uptake", dry_run=dry_run):
        now = book.take_up(found, wanted, on=day)
    names = _reached(app, found, now, "uptake", wanted)
    if now.rev == found.rev:
        say(Text("{title} was taken up by {names} already; nothing changed", title=now.title, names=names))
    else:
        _tell(Text("taken up by {names}: {title}; kontaktnat view examples shows all",
                   names=names, title=now.title), dry_run=dry_run)  # fmt: skip


def _tell(line: Text, *, dry_run: bool) -> None:
    say(Text("nothing saved; it would be: {line}", line=line) if dry_run else line)


def _topic(app: App, text: str) -> Topic:
    found = app.pick(app.book(), text, ("topic",))
    assert isinstance(found, Topic)
    return found


def _day(app: App, on: str | None) -> PartialDate | None:
    day: PartialDate | None = app.day(on, past=True) if on else None
    return day


def _after(day: PartialDate | None, days: int) -> str:
    return (day.last + timedelta(days=days)).isoformat() if day else ""


def _actors(app: App, text: str | None) -> list[ActorId]:
    names = [name for name in map(str.strip, (text or "").split(",")) if name]
    found = [app.pick(app.book(), name, ("actor",)) for name in names]
    return list(dict.fromkeys(one.id for one in found if isinstance(one, Actor)))


def _missing(app: App, found: Topic) -> str:
    """The names of those who asked and have not got the answer."""
    from kontaktnat.views.askers import left, whom
    from kontaktnat.views.contacted import successors

    return whom(app.book(), left(successors(app.book()), found))


def _reached(app: App, before: Topic, now: Topic, name: str, wanted: Sequence[str]) -> str:
    from kontaktnat.views.askers import whom

    new = [one.actor for one in getattr(now, name)[len(getattr(before, name)) :]]
    return whom(app.book(), new or wanted)
