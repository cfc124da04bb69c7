"""How a record looked in the world on a day, by today's knowledge: since ≤ day < until."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from attrs import evolve

from kontaktnat.model.base import Record, Way
from kontaktnat.model.bonds import Assignment, Commitment, Network, in_force
from kontaktnat.model.dates import PartialDate, day_of, holds
from kontaktnat.model.people import Actor, Contact, Role
from kontaktnat.model.work import FollowUp, Interaction, Topic

R = TypeVar("R", bound=Record)

VARYING = frozenset({"actor", "contact", "role", "network", "followup", "topic"})
"""Types of which a record may have looked otherwise, and not only have been there or not."""

_STEPS = {"lifted_on", "answered_on", "returned", "closed_on"}
"""Of a topic: what moves its status."""


def as_of(record: R, on: date) -> R | None:
    """The record as it was on that day; None where it did not hold then.

    Unknown and imprecise ends count as valid. An actor bears the name it had and is there until it has a
    successor, a network has the members it had, a follow-up done later is open, a topic stands where it
    stood. Interactions are those that had begun, and the plans of what has not been held yet.
    """
    if not _held(record, on):
        return None
    if isinstance(record, Actor):
        return evolve(
            record,
            name=name_on(record, on),
            ways=_current(record, on),
            succeeded_by=None if record.succeeded_on else record.succeeded_by,
        )
    if isinstance(record, Contact | Role):
        return evolve(record, ways=_current(record, on))
    if isinstance(record, Network):
        members = tuple(member for member in record.members if holds(member.since, member.until, on))
        return evolve(record, members=members)
    if isinstance(record, FollowUp) and record.done_on and record.done_on.first > on:
        return evolve(record, done_on=None)
    if isinstance(record, Topic):
        return evolve(record, **_topic_changes(record, on))
    return record


def _held(record: Record, on: date) -> bool:
    match record:
        case Role():
            return holds(record.since, record.until, on)
        case Assignment():
            return holds(record.starts, record.ends, on)
        case Commitment():
            return in_force(record, on)
        case Interaction():
            return record.status == "planned" or record.when is None or day_of(record.when) <= on
        case Actor():
            return holds(None, record.succeeded_on, on)
        case FollowUp():
            return holds(record.since, None, on)
        case Topic():
            return holds(record.raised_on, None, on)
        case _:
            return True


def _topic_changes(topic: Topic, on: date) -> dict[str, Any]:
    """Where a topic stood: what was lifted, answered, returned, taken up or closed later had not been yet."""
    changes: dict[str, Any] = {}
    for name in ("returned", "spread", "uptake"):
        reached = getattr(topic, name)
        if len(kept := tuple(one for one in reached if holds(one.date, None, on))) < len(reached):
            changes[name] = kept
    for step in (("closed_on",), ("answered_on", "answer"), ("lifted_on", "lifted_to")):
        if not holds(getattr(topic, step[0]), None, on):
            changes |= dict(zip(step, (None, ""), strict=False))
    if _STEPS & changes.keys():
        changes["status"] = _status_then(topic, changes)
    return changes


def _status_then(topic: Topic, changes: Mapping[str, Any]) -> str:
    """Its status, step by step back to the last that had been taken."""
    status = topic.status
    if status == "closed" and ("closed_on" in changes or topic.closed_on is None):
        status = "returned" if _came_home(topic) else "answered"
    if status == "returned" and ("returned" in changes or not topic.returned):
        status = "answered"
    if status == "answered" and ("answered_on" in changes or not (topic.answer or topic.answered_on)):
        status = "lifted"
    if status == "lifted" and ("lifted_on" in changes or not topic.lifted_on):
        status = "open"
    return status


def _came_home(topic: Topic) -> bool:
    """Whether the answer had come to all who asked when it was closed: of some, it had to."""
    needed = topic.kind == "question" or topic.lifted_on is not None
    return needed or {*topic.raised_by} <= {one.actor for one in topic.returned}


def _current(record: Actor | Contact | Role, on: date) -> tuple[Way, ...]:
    return tuple(way for way in record.ways if holds(way.since, way.until, on))


def name_on(actor: Actor, on: date) -> str:
    """The earliest former name that still held on that day, or today's."""
    far = PartialDate(9999)
    former = sorted(actor.names, key=lambda name: name.until or far)
    return next((name.name for name in former if name.until and on < name.until.last), actor.name)
