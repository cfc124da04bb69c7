"""Whom a hat stands for: actors with those they succeeded, municipalities, what the protected leave out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kontaktnat import model
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import PRESENT, day, inherited, represented, successors

MUNICIPALITY, BOARD = "municipality", "county_administrative_board"


def actors(book: Outward) -> list[model.Actor]:
    """Those that have not been succeeded by today (or the as-of day), in Swedish order."""
    gone = successors(book)
    found = [one for one in book.actors.all() if one.id not in gone]
    return sorted(found, key=lambda one: (collation_key(name_on(one, book.today)), one.id))


def municipalities(book: Outward) -> list[model.Actor]:
    """The same of the kind municipality."""
    return [one for one in actors(book) if one.kind == MUNICIPALITY]


def name_today(book: Outward, id: str) -> str:
    """What an actor is called today (or on the as-of day); its id where it is not there."""
    found = book.peek(model.Actor, id)
    return name_on(found, book.today) if found else id


def boards(book: Outward) -> frozenset[str]:
    """Ids of county administrative boards: ours, and our colleagues', whose people ask and do not receive."""
    return frozenset(one.id for one in book.as_of(None).actors.all() if one.kind == BOARD)


def served(role: model.Role, after: Mapping[str, str]) -> frozenset[str]:
    """Ids of the actors that a role is at or covers, and of their successors; none where it is covered."""
    return inherited((role.actor, *role.covers), after)


def met(book: Outward, interaction: model.Interaction, after: Mapping[str, str]) -> frozenset[str]:
    """Ids of the actors of which somebody was there, by name or counted, and of their successors."""
    on = day(book, interaction)
    named = [id for one in interaction.participants for id in represented(book, one, on)]
    return inherited((*named, *(one.actor for one in interaction.headcounts)), after)


def is_covered(role: model.Role | None) -> bool:
    """Whether where the role is must not be seen, for it is somebody's who is protected."""
    return role is not None and role.actor is None


def has_unseen(book: Outward, meeting: model.Interaction) -> bool:
    """Whether for whom somebody was present must not be told; of a deputy, for whom is covered here."""
    hushed = "participants" in meeting.hidden
    on = day(book, meeting)
    return any(
        (hushed and one.status == "deputy") or is_unseen(book, one, on)
        for one in meeting.participants
        if one.status in PRESENT
    )


def is_unseen(book: Outward, one: model.Participation, on: date) -> bool:
    """Whether the hat that somebody wears is covered, or of a person in no hat that is told any of theirs."""
    hats = book.hats(one.contact, on) if one.contact else (book.peek(model.Role, one.role or ""),)
    return any(map(is_covered, hats))


def left_out(book: Outward, interactions: Iterable[model.Interaction]) -> tuple[Text, ...]:
    """The note on how often somebody protected was present: for whom, must not be told."""
    n = sum(
        is_unseen(book, one, day(book, interaction))
        for interaction in interactions
        for one in interaction.participants
        if one.status in PRESENT
    )
    return not_counted(n)


def not_counted(n: int) -> tuple[Text, ...]:
    """The note on so many attendances; none where there are none."""
    note = Text(
        "{n} attendance of somebody protected is not counted",
        "{n} attendances of protected people are not counted",
        n=n,
    )
    return (note,) if n else ()
