"""What a meeting's guests have been told by mail, which `extra` keeps; and who of them is no longer one.

Kept are ids alone: `number;does;when;ends;guests`, of each guest the id, with `/` and the role's where a hat
was asked for; with `-` before it one who was taken out and has been told so the last time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
    hats: Mapping[str, str] = attrs.field(factory=dict)
    """Who has been told, by id → the role in which they were asked; "" where in none."""
    gone: Mapping[str, str] = attrs.field(factory=dict)
    """In the same way who was told the last time that they are no longer asked."""

    @classmethod
    def of(cls, meeting: Interaction) -> Told:
        """What is kept of a meeting; of one that nobody is told of, nothing."""
        parts = str(meeting.extra.get(INVITED, "")).split(";")
        if len(parts) != 5 or not parts[0].isdecimal():
            return cls()
        number, does, when, ends, whole = parts
        hats: dict[str, str] = {}
        gone: dict[str, str] = {}
        for one in whole.split():
            id, _, hat = one.removeprefix("-").partition("/")
            (gone if one.startswith("-") else hats)[id] = hat
        return cls(number=int(number), does=does, when=when, ends=ends, hats=hats, gone=gone)

    def __str__(self) -> str:
        ids = [*_written(self.hats), *(f"-{one}" for one in _written(self.gone))]
        return ";".join((str(self.number), self.does, self.when, self.ends, " ".join(ids)))

    def next(
        self, does: str, times: tuple[str, str], reached: Iterable[Recipient], gone: Collection[str]
    ) -> Told:
        """As it is once these have been written to, and those who are gone."""
        kept = {id: hat for id, hat in self.hats.items() if id not in gone}
        new = {one.id: one.role.id if one.role else "" for one in reached if one.id not in self.hats}
        left = {id: hat for id, hat in self.hats.items() if id in gone}
        when, ends = times
        return Told(number=self.number + 1, does=does, when=when, ends=ends, hats=kept | new, gone=left)

    def as_told(self, meeting: Interaction) -> Interaction:
        """A meeting at the time that they know of."""
        return attrs.evolve(meeting, when=self.when or meeting.when, ends=self.ends or None)


def _written(hats: Mapping[str, str]) -> Iterator[str]:
    return (f"{id}/{hat}" if hat else id for id, hat in hats.items())


def times(meeting: Interaction) -> tuple[str, str]:
    """When a meeting is, as it is kept."""
    when = meeting.when
    first = when.astimezone(UTC).isoformat() if isinstance(when, datetime) else str(when)
    return first, meeting.ends.astimezone(UTC).isoformat() if meeting.ends else ""


def no_longer(out: Outward, meeting: Interaction, told: Told, *, on: date, own: Iterable[str]) -> Whom:
    """Who has been told of a meeting and is not among its guests now, in the hat in which they were asked.

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
    missing = {id: hat for id, hat in told.hats.items() if id not in there and hat not in there}
    found = of_hats(out, missing, on=on, own=own)
    if covered:  # whose hat it is may not be seen, so it may be theirs who are protected
        found = attrs.evolve(found, left=tuple(one for one in found.left if one.why != "protected"))
    return found


def of_hats(out: Outward, hats: Mapping[str, str], *, on: date, own: Iterable[str]) -> Whom:
    """People by their ids, in these hats, worn still or not; who is in no book any more is passed by."""
    found: list[Record] = []
    for id, hat in hats.items():
        role = out.peek(Role, hat) if hat else None
        theirs: Record | None = role if role is not None and role.contact == id else None
        if theirs is None:
            types: tuple[type[Record], ...] = (Contact, Role, Actor)
            theirs = next((one for cls in types if (one := out.peek(cls, id)) is not None), None)
        if theirs is not None:
            found.append(theirs)
    return recipients(out, found, on=on, mailing=False, own=own, each=True)
