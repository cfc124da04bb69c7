"""With what a record is compared that both books may have changed: what both had last.

It stands in the log here, if the other book has merged this one since they parted, or there.
"""

from __future__ import annotations

from typing import Any, Literal

from attrs import frozen

from kontaktnat.joining.gone import Seen
from kontaktnat.joining.points import SETTING, Known, Log, Since
from kontaktnat.joining.threeway import UNKNOWN, flat
from kontaktnat.query import Doc
from kontaktnat.unit import Key

Where = Literal["here", "there", "both"]


def younger(
    log: Log, other_log: Log, mine: Since, theirs: Since, *, known_here: int, known_there: int, common: int
) -> Where:
    """Which of the two states that both books have is the younger: the one that holds the other."""
    setting = ("setting", SETTING)
    if known_there == common or _holds(theirs.at(known_here, setting), log, known_there):
        return "there"
    if known_here == common or _holds(mine.at(known_there, setting), other_log, known_here):
        return "here"
    return "both"


@frozen(kw_only=True, repr=False)
class Grounds:
    """What both books had last: in the log here, there, or in both where each merged an older state."""

    here: Since
    there: Since
    known_here: int
    """The other's log up to here is in this book."""
    known_there: int
    """This book's log up to here is in the other."""
    common: int
    where: Where
    as_there: Seen
    """What the other book says, without those who were erased here."""
    as_here: Seen
    """What this book says, without those who were erased there."""

    def of(self, key: Key, left: int | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """The fields to compare theirs with, and ours; None: there was no such record."""
        type, _ = key
        there = self.as_there(type, self.there.at(self.known_there_of(left), key))
        if left is not None or self.where == "there":
            return _fields(there), _fields(there)
        here = self.here.at(self.known_there, key)
        if self.where == "here":
            return _fields(self.as_here(type, here)), _fields(here)
        was = _fields(self.as_there(type, self.there.at(self.common, key)))
        both = _both(_fields(here), _fields(there), was)
        return both, both

    def known_there_of(self, left: int | None) -> int:
        """The point of the other's log that this book has of a record."""
        return self.known_here if left is None else left


def _fields(doc: Doc | None) -> dict[str, Any] | None:
    return None if doc is None else flat(doc)


def _both(
    one: dict[str, Any] | None, other: dict[str, Any] | None, was: dict[str, Any] | None
) -> dict[str, Any] | None:
    """What two states, each known to both books, say together; see `threeway.UNKNOWN`."""
    if one is None or other is None:
        kept = other if one is None else one
        return None if was is not None and (kept is None or kept == was) else kept
    fields = {}
    for name in {**one, **other}:
        mine, theirs, old = one.get(name), other.get(name), (was or {}).get(name)
        found = mine if theirs in (mine, old) else theirs if mine == old else UNKNOWN
        if found is not None:
            fields[name] = found
    return fields


def _holds(setting: Doc | None, log: Log, number: int) -> bool:
    """Whether a book whose setting this is had taken that log up to there."""
    return log.reached(Known.of(setting).points) >= number
