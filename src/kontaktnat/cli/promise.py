"""What was promised when something was logged, by us and by them; each becomes a follow-up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import click

from kontaktnat.cli.app import App, say
from kontaktnat.i18n import Text
from kontaktnat.model import FollowUp, Interaction, Record, Role, day_of

C = TypeVar("C", bound=Callable[..., Any])
PROMISES = ("promised", "they_promised", "follow_up")


def promise_options(command: C) -> C:
    """Who promised what, and when it is to be followed up."""
    for option in reversed((
        click.option("--promised", metavar="TEXT", help="What we promised; becomes a follow-up."),
        click.option("--they-promised", metavar="TEXT", help="What they promised."),
        click.option("--follow-up", metavar="WHEN", help="When to follow up: 2v, fre, 2026-12-01."),
    )):  # fmt: skip
        command = option(command)
    return command


def promises(
    app: App, made: Interaction, people: Sequence[Record], text: str, *, promised: str | None,
    they_promised: str | None, due: Any,
) -> list[FollowUp]:  # fmt: skip
    """Follow-ups of what was promised in an interaction, about it and those who took part."""
    about = [made.id, *dict.fromkeys(id for one in people for id in _ids(one))]
    found = []
    if promised or (due and not they_promised):
        what = promised or text or made.theme or made.subject
        found.append(_follow_up(app, what, "we", due, about, made))
    if they_promised:
        found.append(_follow_up(app, they_promised, "they", due, about, made))
    return found


def tell_promises(made: Sequence[FollowUp]) -> None:
    """A line for each."""
    for one in made:
        due = Text(", due {day}", day=one.due) if one.due else ""
        if one.side == "we":
            say(Text("  we promised: {text}{due} ({id})", text=one.text, due=due, id=one.id))
        else:
            say(Text("  they promised: {text}{due} ({id})", text=one.text, due=due, id=one.id))


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
