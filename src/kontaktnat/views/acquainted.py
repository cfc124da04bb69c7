"""Who knows whom, by meetings and posts: people and what they share, and the shortest way through both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

from attrs import frozen

from kontaktnat import model
from kontaktnat.model.dates import day_of, holds
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import PRESENT, final, held, person_in

_Group = tuple[str, str]
"""Type and id of what people share: an actor or an interaction."""
_Rank = tuple[int, int, tuple[str, ...], tuple[str, ...]]


@frozen(kw_only=True, repr=False)
class Link:
    """Two people, with the meetings that both were at, oldest first, and the actors where both have posts."""

    one: str
    other: str
    meetings: Sequence[model.Interaction]
    actors: Sequence[str]


class Acquainted:
    """People, and what they share; a person has groups and a group people, so each is looked at once."""

    def __init__(self, book: Outward, after: Mapping[str, str], ends: Set[str]) -> None:
        """`ends`: people who are asked for; who is protected and none of them does not come in."""
        self.book = book
        self.closed = book.protected()
        self._members: dict[_Group, dict[str, None]] = {}
        self._groups: dict[str, list[_Group]] = {}
        self._meetings: dict[str, model.Interaction] = {}
        for role in book.roles.all():
            if role.contact and role.contact not in self.closed and holds(role.since, role.until, book.today):
                for actor in dict.fromkeys(final(after, id) for id in (role.actor, *role.covers) if id):
                    self._put(("actor", actor), role.contact)
        for meeting in held(book):
            self._meetings[meeting.id] = meeting
            for who in _present(book, meeting):
                if who not in self.closed or who in ends:
                    self._put(("interaction", meeting.id), who)

    def _put(self, group: _Group, who: str) -> None:
        members = self._members.setdefault(group, {})
        if who not in members:
            members[who] = None
            self._groups.setdefault(who, []).append(group)

    def at(self, actor: str) -> frozenset[str]:
        """Ids of the people who have a post at an actor today."""
        return frozenset(self._members.get(("actor", actor), ()))

    def name(self, id: str) -> str:
        """What a person is called."""
        found = self.book.peek(model.Contact, id)
        return found.name if found else id

    def shortest(self, start: Set[str], goal: Set[str]) -> list[Link]:
        """The links of a shortest way from any of some people to any of others; none where there is no way.

        Of several it is, link by link, the one of the latest meeting, the most meetings, the first names.
        """
        away = self.distances(goal)
        left = min((away[who] for who in start if who in away), default=0)
        here = {who for who in start if away.get(who) == left}
        found: list[Link] = []
        while left:
            left -= 1
            best = min((link for one in here for link in self._links(one, away, left)), key=self._rank)
            found.append(best)
            here = {best.other}
        return found

    def distances(self, goal: Set[str]) -> dict[str, int]:
        """How many links each is away from the goal; who cannot come there has none."""
        found = dict.fromkeys(goal, 0)
        seen: set[_Group] = set()
        row = list(goal)
        while row:
            farther: list[str] = []
            for who in row:
                for group in self._groups.get(who, ()):
                    if group not in seen:
                        seen.add(group)
                        new = [other for other in self._members[group] if other not in found]
                        found |= dict.fromkeys(new, found[who] + 1)
                        farther += new
            row = farther
        return found

    def _links(self, one: str, away: Mapping[str, int], left: int) -> Iterator[Link]:
        """Its links to those who are so many links away from the goal."""
        shared: dict[str, list[_Group]] = {}
        for group in self._groups.get(one, ()):
            for other in self._members[group]:
                if away.get(other) == left:
                    shared.setdefault(other, []).append(group)
        for other, groups in shared.items():
            meetings = [self._meetings[id] for type, id in groups if type == "interaction"]
            actors = [id for type, id in groups if type == "actor"]
            yield Link(one=one, other=other, meetings=meetings, actors=actors)

    def _rank(self, link: Link) -> _Rank:
        newest = day(link.meetings[-1]).toordinal() if link.meetings else 0
        return -newest, -len(link.meetings), self._order(link.one), self._order(link.other)

    def _order(self, id: str) -> tuple[str, ...]:
        return *collation_key(self.name(id)), id


def day(meeting: model.Interaction) -> date:
    """The day of a meeting that has one."""
    return day_of(meeting.when or model.PartialDate(1))


def _present(book: Outward, meeting: model.Interaction) -> Iterator[str]:
    """Ids of the people who were there."""
    came = (person_in(book, one) for one in meeting.participants if one.status in PRESENT)
    yield from filter(None, came)
