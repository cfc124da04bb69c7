"""Who do I know that knows them? The shortest way between two, over meetings and posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

import attrs

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import Usage
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of, holds
from kontaktnat.outward import Outward, title_of
from kontaktnat.refs import resolve
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import PRESENT, final, held, successors
from kontaktnat.views.said.path import DEFINITION, TITLE

_COLUMNS = (
    Column(key="step", title="Step", type="number"),
    Column(key="from", title="From"),
    Column(key="how", title="How", type="word", vocabulary="path_link"),
    Column(key="through", title="Through", whole=True),
    Column(key="meetings", title="Meetings", type="number"),
    Column(key="last", title="Last", type="date"),
    Column(key="to", title="To"),
    Column(key="through_id", title="Id of what links them", type="id"),
    Column(key="id", title="Id", type="id"),
)
_TYPES = ("contact", "actor", "role")


def path(book: Outward, /, *, a: str, b: str) -> Table:
    """`a`, `b`: contacts, roles or actors as one types them. Raises NotFound, Ambiguous; Usage for one twice."""
    book = book.remembering()
    after = successors(book)
    ends = [_End.of(book, text, after) for text in (a, b)]
    first, last = ends
    if first.id == last.id:
        raise Usage("{name} is both ends: the same person or actor; name two", name=first.name)
    graph = _Graph(book, after, {one.id for one in ends if one.is_person})
    start, goal = (graph.people(one) for one in ends)
    rows: list[dict[str, Any]] = []
    notes = [Text("{name} is protected: only meetings count", name=one.name)
             for one in ends if one.is_person and one.id in graph.closed]  # fmt: skip
    notes += [
        Text("{name}: nobody who may be seen holds a post there today; kontaktnat add role makes one",
             name=one.name)
        for one, found in zip(ends, (start, goal), strict=True) if not found
    ]  # fmt: skip
    if both := start & goal:
        names = ", ".join(sorted((graph.name(id) for id in both), key=collation_key))
        notes.append(Text("no introduction is needed; on both sides: {names}", names=names))
    elif steps := graph.shortest(start, goal):
        rows = [graph.row(n, *step) for n, step in enumerate(steps, 1)]
    elif start and goal:
        notes.append(
            Text("no way: no meeting and no post that may be seen links them, nor over others; a meeting with "
                 "somebody who knows them, logged by kontaktnat log, makes one")
        )  # fmt: skip
    return Table(name="path", title=TITLE, columns=_COLUMNS, rows=tuple(rows), notes=tuple(notes),
                 definition=DEFINITION)  # fmt: skip


@attrs.frozen(kw_only=True)
class _End:
    """A person, or an actor that stands for its people."""

    id: str
    name: str
    is_person: bool

    @classmethod
    def of(cls, book: Outward, text: str, after: Mapping[str, str]) -> _End:
        found = resolve(book, text, _TYPES)
        if isinstance(found, model.Role):
            who = book.peek(model.Contact, found.contact or "")
            if who is None:
                raise Usage("{text} is a vacant post: nobody can introduce there", text=text)
            found = who
        id = found.id if isinstance(found, model.Contact) else final(after, found.id)
        now = book.peek(model.Actor, id)
        return cls(id=id, name=name_on(now, book.today) if now else title_of(found), is_person=now is None)


_Group = tuple[str, str]
"""Type and id of what people share: an actor or an interaction."""


class _Graph:
    """People, and what they share; a person has groups and a group people, so each is looked at once."""

    def __init__(self, book: Outward, after: Mapping[str, str], ends: Set[str]) -> None:
        """`ends`: people who are asked for; who is protected and none of them does not come in."""
        self.book = book
        self.closed = book.protected()
        self.members: dict[_Group, dict[str, None]] = {}
        self.groups: dict[str, list[_Group]] = {}
        self.meetings: dict[str, model.Interaction] = {}
        for role in book.roles.all():
            if role.contact and role.contact not in self.closed and holds(role.since, role.until, book.today):
                for actor in dict.fromkeys(final(after, id) for id in (role.actor, *role.covers) if id):
                    self._put(("actor", actor), role.contact)
        for meeting in held(book):
            self.meetings[meeting.id] = meeting
            for who in _present(book, meeting):
                if who not in self.closed or who in ends:
                    self._put(("interaction", meeting.id), who)

    def _put(self, group: _Group, who: str) -> None:
        members = self.members.setdefault(group, {})
        if who not in members:
            members[who] = None
            self.groups.setdefault(who, []).append(group)

    def people(self, end: _End) -> frozenset[str]:
        """Ids of the people at an end."""
        return frozenset({end.id} if end.is_person else self.members.get(("actor", end.id), ()))

    def name(self, id: str) -> str:
        found = self.book.peek(model.Contact, id)
        return found.name if found else id

    def shortest(self, start: Set[str], goal: Set[str]) -> list[tuple[str, str, Sequence[_Group]]]:
        """(from, to, what they share, the latest meeting last) of each step; none where there is no way."""
        ahead = self._distances(goal)
        here = {who for who in start if who in ahead}
        left = min((ahead[who] for who in here), default=0)
        here = {who for who in here if ahead[who] == left}
        steps = []
        while left:
            left -= 1
            links = {(one, other): shared for one in here for other, shared in self._links(one, ahead, left)}
            best = min(links, key=lambda pair: self._rank(*pair, links[pair]))
            steps.append((*best, links[best]))
            here = {best[1]}
        return steps

    def _distances(self, goal: Set[str]) -> dict[str, int]:
        """How many steps each is away from the goal; who is not in it cannot come there."""
        found = dict.fromkeys(goal, 0)
        seen: set[_Group] = set()
        row = list(goal)
        while row:
            farther: list[str] = []
            for who in row:
                for group in self.groups.get(who, ()):
                    if group not in seen:
                        seen.add(group)
                        new = [other for other in self.members[group] if other not in found]
                        found |= dict.fromkeys(new, found[who] + 1)
                        farther += new
            row = farther
        return found

    def _links(self, who: str, ahead: Mapping[str, int], left: int) -> Iterable[tuple[str, Sequence[_Group]]]:
        found: dict[str, list[_Group]] = {}
        for group in self.groups.get(who, ()):
            for other in self.members[group]:
                if ahead.get(other) == left:
                    found.setdefault(other, []).append(group)
        return found.items()

    def _rank(self, one: str, other: str, shared: Sequence[_Group]) -> tuple[Any, ...]:
        met = [self.meetings[id] for type, id in shared if type == "interaction"]
        newest = _day(met[-1]).toordinal() if met else 0
        names = ((*collation_key(self.name(id)), id) for id in (one, other))
        return -newest, -len(met), *names

    def row(self, n: int, one: str, other: str, shared: Sequence[_Group]) -> dict[str, Any]:
        met = [self.meetings[id] for type, id in shared if type == "interaction"]
        if met:
            through, id = _called(self.book, met[-1]), met[-1].id
        else:
            through, id = min(
                ((self._actor(id), id) for _, id in shared), key=lambda one: (collation_key(one[0]), one[1])
            )
        return {
            "step": n,
            "from": self.name(one),
            "how": "meeting" if met else "role",
            "through": through,
            "meetings": len(met),
            "last": _date(met[-1]) if met else None,
            "to": self.name(other),
            "through_id": id,
            "id": other,
        }

    def _actor(self, id: str) -> str:
        found = self.book.peek(model.Actor, id)
        return name_on(found, self.book.today) if found else id


def _present(book: Outward, meeting: model.Interaction) -> Iterator[str]:
    """Ids of the people who were there."""
    for one in meeting.participants:
        if one.status in PRESENT:
            role = book.peek(model.Role, one.role or "")
            if who := role.contact if role else one.contact:
                yield who


def _day(meeting: model.Interaction) -> Any:
    return day_of(meeting.when or model.PartialDate(1))


def _date(meeting: model.Interaction) -> str:
    """Its day, or only the month or year where no more is known."""
    return str(meeting.when) if isinstance(meeting.when, model.PartialDate) else _day(meeting).isoformat()


def _called(book: Outward, meeting: model.Interaction) -> str:
    kind = book.words.name("interaction_kind", meeting.kind)
    about = meeting.theme or meeting.subject
    if about:
        return Text("{kind} {day} {theme}", kind=kind, day=_date(meeting), theme=about)
    return Text("{kind} {day}", kind=kind, day=_date(meeting))
