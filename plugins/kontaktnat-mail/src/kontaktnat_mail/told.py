"""What a meeting's guests have been told by mail, which `extra` keeps; and who of them is no longer one.

Kept are ids alone: `number;does;when;ends;guests`, with `-` before one who was taken out and has been told so
the last time. In which hat somebody was asked is not kept beside them: it would still tell where they work
when they are protected one day. The history tells it, as far as it may be seen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import attrs

from kontaktnat.model import Actor, Contact, Interaction, Record, Role
from kontaktnat_mail.whom import Recipient, Whom, recipients

if TYPE_CHECKING:
    from kontaktnat.extend import Outward

INVITED = "mail.invited"
"""Under this name `extra` keeps it."""


@attrs.frozen(kw_only=True, repr=False)
class Told:
    """What the guests of a meeting have been told, and who they are."""

    number: int = 0
    does: str = ""
    when: str = ""
    ends: str = ""
    people: tuple[str, ...] = ()
    """Ids of those who have been told."""
    gone: tuple[str, ...] = ()
    """In the same way who was told the last time that they are no longer asked."""

    @classmethod
    def of(cls, meeting: Interaction) -> Told:
        """What is kept of a meeting; of one that nobody is told of, nothing."""
        parts = str(meeting.extra.get(INVITED, "")).split(";")
        if len(parts) != 5 or not parts[0].isdecimal():
            return cls()
        number, does, when, ends, whole = parts
        ids = [one.partition("/")[0] for one in whole.split()]
        people = tuple(one for one in ids if not one.startswith("-"))
        gone = tuple(one.removeprefix("-") for one in ids if one.startswith("-"))
        return cls(number=int(number), does=does, when=when, ends=ends, people=people, gone=gone)

    def __str__(self) -> str:
        ids = (*self.people, *(f"-{one}" for one in self.gone))
        return ";".join((str(self.number), self.does, self.when, self.ends, " ".join(ids)))

    def next(
        self, does: str, times: tuple[str, str], reached: Iterable[Recipient], gone: Collection[str]
    ) -> Told:
        """As it is once these have been written to, and those who are gone."""
        kept = [id for id in self.people if id not in gone]
        left = tuple(id for id in self.people if id in gone)
        people = tuple(dict.fromkeys((*kept, *(one.id for one in reached))))
        when, ends = times
        return Told(number=self.number + 1, does=does, when=when, ends=ends, people=people, gone=left)

    def as_told(self, meeting: Interaction) -> Interaction:
        """A meeting at the time that they know of."""
        return attrs.evolve(meeting, when=self.when or meeting.when, ends=self.ends or None)


def times(meeting: Interaction) -> tuple[str, str]:
    """When a meeting is, as it is kept."""
    when = meeting.when
    first = when.astimezone(UTC).isoformat() if isinstance(when, datetime) else str(when)
    return first, meeting.ends.astimezone(UTC).isoformat() if meeting.ends else ""


def no_longer(out: Outward, meeting: Interaction, told: Told, *, on: date, own: Iterable[str]) -> Whom:
    """Who has been told of a meeting and is not among its guests now, in whichever hat.

    Nobody where it may not be seen who its guests are.
    """
    if "participants" in meeting.hidden:
        return Whom(reached=(), left=())
    there: set[str] = set()
    covered = False
    for part in meeting.participants:
        role = out.peek(Role, part.role) if part.role else None
        covered = covered or bool(role and role.hidden)
        there |= {one for one in (part.role, part.contact, part.actor, role and role.contact) if one}
    found = of_ids(out, meeting, [id for id in told.people if id not in there], on=on, own=own)
    if covered:  # whose hat it is may not be seen, so it may be theirs who are protected
        found = attrs.evolve(found, left=tuple(one for one in found.left if one.why != "protected"))
    return found


def of_ids(out: Outward, meeting: Interaction, ids: Iterable[str], *, on: date, own: Iterable[str]) -> Whom:
    """Who has been told of a meeting, by their ids, in the hat in which they last were its guests, worn still
    or not; who is in no book any more is passed by.
    """
    types: tuple[type[Record], ...] = (Contact, Role, Actor)
    people = [one for id in ids for cls in types if (one := out.peek(cls, id)) is not None]
    hats = _hats(out, meeting.id) if any(isinstance(one, Contact) for one in people) else {}
    found = [hats.get(one.id, one) for one in people]
    return recipients(out, found, on=on, mailing=False, own=own, each=True)


def _hats(out: Outward, meeting: str) -> dict[str, Role]:
    """By whose it is, the hat in which somebody last was a guest of a meeting."""
    found: dict[str, Role] = {}
    for transaction in out.changes(record=meeting):
        for doc in (one.after for one in transaction.changes if one.id == meeting and one.after):
            for part in doc.get("participants", ()):
                role = out.peek(Role, part["role"]) if part.get("role") else None
                if role is not None and role.contact:
                    found[role.contact] = role
                elif part.get("contact"):
                    found.pop(part["contact"], None)
    return found
