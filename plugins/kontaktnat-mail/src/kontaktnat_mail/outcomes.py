"""What became of the mails that were read: counts of all, and of a few one by one."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from kontaktnat.exchange import ImportResult
    from kontaktnat.extend import Message
    from kontaktnat.model import Interaction

SHOWN = 20
"""Mails that are told of one by one; of more only the counts are told."""

LEFT = ("automatic", "list", "bounce", "answer", "nobody", "repeated")
"""Why a mail makes no interaction of its own, beside what `ImportResult` counts."""


@attrs.frozen(kw_only=True, repr=False)
class Told:
    """What became of one mail, for eyes."""

    message: Message
    direction: str
    what: str
    """logged, there, waits, ignored, rejected, or one of LEFT."""
    interaction: Interaction | None = None
    reason: str = ""


@attrs.define(kw_only=True, repr=False)
class Logged:
    """What became of all. Each mail that was read is counted in `result` or once in `left`."""

    result: ImportResult
    answers: ImportResult | None = None
    """What became of answers to invitations; those of a meeting that is not here are logged as mails."""
    left: Counter[str] = attrs.field(factory=Counter)
    marked: list[str] = attrs.field(factory=list)
    """Ids of the records of which an address is marked as come back."""
    unmarked: list[str] = attrs.field(factory=list)
    """Of those of which a mark is gone, for somebody has written from the address since."""
    nobodys: list[str] = attrs.field(factory=list)
    """Addresses that came back and are of nobody here who may be seen."""
    told: list[Told] = attrs.field(factory=list)

    @property
    def read(self) -> int:
        """How many mails were read."""
        one = self.result
        taken = one.created + one.updated + one.unchanged + one.ignored + len(one.rejected)
        return taken + self.left.total()

    @property
    def logged(self) -> int:
        """How many are new in the book."""
        return self.result.created - self.result.held_back


def both(one: ImportResult, other: ImportResult) -> ImportResult:
    """Two results as one; of which transaction, neither says."""
    return attrs.evolve(
        one,
        created=one.created + other.created,
        unchanged=one.unchanged + other.unchanged,
        rejected=[*one.rejected, *other.rejected],
        held_back=one.held_back + other.held_back,
        ignored=one.ignored + other.ignored,
        ignored_rows=[*one.ignored_rows, *other.ignored_rows],
        strangers=one.strangers + other.strangers,
        waiting=[*one.waiting, *other.waiting],
    )


def when(message: Message) -> datetime | None:
    """When it was sent, as people here tell it."""
    from kontaktnat.model import stockholm

    return message.date.astimezone(stockholm()) if message.date else None
