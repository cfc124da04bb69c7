"""How a record looked in the world on a day, by today's knowledge: since ≤ day < until."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from attrs import evolve

from kontaktnat.model.base import Record, Way
from kontaktnat.model.bonds import Assignment, Commitment, Network
from kontaktnat.model.dates import PartialDate, day_of, holds
from kontaktnat.model.people import Actor, Contact, Role
from kontaktnat.model.work import FollowUp, Interaction

R = TypeVar("R", bound=Record)

VARYING = frozenset({"actor", "contact", "role", "network", "followup"})
"""Types of which a record may have looked otherwise, and not only have been there or not."""


def as_of(record: R, on: date) -> R | None:
    """The record as it was on that day; None where it did not hold then.

    Unknown and imprecise ends count as valid. An actor bears the name it had, a network the members it
    had, a follow-up done later is open; interactions are those that had begun.
    """
    if not _held(record, on):
        return None
    if isinstance(record, Actor):
        return evolve(record, name=_name_on(record, on), ways=_current(record, on))
    if isinstance(record, Contact | Role):
        return evolve(record, ways=_current(record, on))
    if isinstance(record, Network):
        members = tuple(member for member in record.members if holds(member.since, member.until, on))
        return evolve(record, members=members)
    if isinstance(record, FollowUp) and record.done_on and record.done_on.first > on:
        return evolve(record, done_on=None)
    return record


def _held(record: Record, on: date) -> bool:
    match record:
        case Role():
            return holds(record.since, record.until, on)
        case Assignment():
            return holds(record.starts, record.ends, on)
        case Commitment():
            return holds(record.valid_from, record.valid_until, on)
        case Interaction():
            return record.when is None or day_of(record.when) <= on
        case _:
            return True


def _current(record: Actor | Contact | Role, on: date) -> tuple[Way, ...]:
    return tuple(way for way in record.ways if holds(way.since, way.until, on))


def _name_on(actor: Actor, on: date) -> str:
    """The earliest former name that still held on that day, or today's."""
    far = PartialDate(9999)
    former = sorted(actor.names, key=lambda name: name.until or far)
    return next((name.name for name in former if name.until and on < name.until.last), actor.name)
