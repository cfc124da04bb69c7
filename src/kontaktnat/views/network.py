"""Networks as text: a tree of assignments, host, members, who represents them, and guests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text, joined
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.spans import later
from kontaktnat.outward import Outward
from kontaktnat.refs import resolve
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import PRESENT, final, held, inherited, person_in, successors
from kontaktnat.views.members import members
from kontaktnat.views.said.network import DEFINITION, TITLE
from kontaktnat.views.standing import MUNICIPALITY, is_covered, left_out, met, name_today, served

_COLUMNS = (
    Column(key="line", title="Network", whole=True),
    Column(key="depth", title="Depth", type="number", data=True),
    Column(key="relation", title="Relation", type="word", vocabulary="relation", data=True),
    Column(key="name", title="Name", data=True),
    Column(key="function", title="Function", type="word", vocabulary="function", data=True),
    Column(key="last", title="Last", type="date", data=True),
    Column(key="id", title="Id", type="id"),
)
_INDENT = "  "
_NOBODY = ""
Row = dict[str, Any]


def network(book: Outward, /, *, network: str = "") -> Table:
    """`network`: a name as one types it, "" for all, in Swedish order. Raises NotFound or Ambiguous."""
    book = book.remembering()
    chosen = [resolve(book, network, ("network",))] if network.strip() else book.networks.all()
    networks = sorted(
        (one for one in chosen if isinstance(one, model.Network)),
        key=lambda one: (collation_key(one.name), one.id),
    )
    tree = _Tree(book)
    rows = tuple(row for one in networks for row in tree.rows(one))
    meetings = [meeting for one in networks for meeting in tree.meetings[one.id]]
    return Table(name="network", title=TITLE, columns=_COLUMNS, rows=rows,
                 notes=(*tree.hushed(networks), *left_out(book, meetings)),
                 definition=DEFINITION)  # fmt: skip


class _Tree:
    """The posts of today, by whom they serve, and the meetings by network."""

    def __init__(self, book: Outward) -> None:
        self.book, self.today = book, book.today
        self.after = successors(book)
        self.covered: set[str] = set()
        """Functions that somebody holds of whom it must not be told where."""
        self.posts: dict[str, list[model.Role]] = defaultdict(list)
        self.meetings: dict[str, list[model.Interaction]] = defaultdict(list)
        for role in book.roles.all():
            if role.contact and holds(role.since, role.until, self.today):
                if is_covered(role):
                    self.covered.add(role.function)
                for actor in served(role, self.after):
                    self.posts[actor].append(role)
        for meeting in held(book):
            if meeting.network:
                self.meetings[meeting.network].append(meeting)

    def rows(self, network: model.Network) -> Iterator[Row]:
        """The lines of one network."""
        seen = _seen(self.book, self.meetings[network.id], self.after)
        held_last = _iso(self.meetings[network.id][-1]) if self.meetings[network.id] else None
        yield self._row(0, "network", network.name, network.id, last=held_last)
        tasks = [
            found
            for id in network.assignments
            if (found := self.book.peek(model.Assignment, id)) and holds(found.starts, found.ends, self.today)
        ]
        for task in sorted(tasks, key=lambda one: (collation_key(one.name), one.id)):
            yield self._row(1, "assignment", task.name, task.id)
        if network.host:
            host = final(self.after, network.host)
            yield self._row(1, "host", name_today(self.book, host), host)
        ours = dict.fromkeys(final(self.after, id) for id in members(network, self.today))
        for member in sorted(ours, key=lambda id: (collation_key(name_today(self.book, id)), id)):
            yield self._row(1, "member", name_today(self.book, member), member, last=seen.get(member))
            yield from self._holders(network, member, seen)
            yield from self._vacant(network, member)
        for who, day in self._guests(network):
            yield self._row(1, "guest", self._person(who), who, last=day)

    def _holders(self, network: model.Network, member: str, seen: Mapping[str, str]) -> Iterator[Row]:
        """Each person once, under the first hat that counts: those of the network's assignments first."""
        people: dict[str, model.Role] = {}
        order = sorted(
            self._fit(network, member), key=lambda one: (one.assignment not in network.assignments, one.id)
        )
        for role in order:
            if role.contact:
                people.setdefault(role.contact, role)
        for who in sorted(people, key=lambda id: (collation_key(self._person(id)), id)):
            yield self._row(2, "holder", self._person(who), who, last=seen.get(who),
                            function=people[who].function)  # fmt: skip

    def _fit(self, network: model.Network, member: str) -> list[model.Role]:
        posts = self.posts.get(member, [])
        if network.functions:
            return [one for one in posts if one.function in network.functions]
        return [one for one in posts if member in inherited((one.actor,), self.after)]

    def _vacant(self, network: model.Network, member: str) -> Iterator[Row]:
        """The network's functions that a municipality lacks; of another member, that nobody comes for it."""
        there = self._fit(network, member)
        actor = self.book.peek(model.Actor, member)
        if network.functions and actor and actor.kind == MUNICIPALITY:
            lacking = set(network.functions) - {one.function for one in there} - self.covered
            for function in (one for one in network.functions if one in lacking):
                yield self._row(2, "vacant", _NOBODY, None, function=function)
        elif not there and not self._may_be_covered(network):
            yield self._row(2, "vacant", _NOBODY, None)

    def _may_be_covered(self, network: model.Network) -> bool:
        return bool(self.covered & {*network.functions} if network.functions else self.covered)

    def _guests(self, network: model.Network) -> list[tuple[str, str]]:
        """Id of each guest of the last 12 months, and when they were last there; by name."""
        first = later(self.today, "P12M", -1)
        found: dict[str, str] = {}
        for meeting in self.meetings[network.id]:
            for one in meeting.participants if _day(meeting) >= first else ():
                came = one.part == "guest" and one.status in PRESENT
                if came and (who := person_in(self.book, one) or one.actor):
                    found[who] = _iso(meeting)
        return sorted(found.items(), key=lambda one: (collation_key(self._person(one[0])), one[0]))

    def _row(
        self, depth: int, relation: str, name: str, id: str | None, *, last: str | None = None,
        function: str = "",
    ) -> Row:  # fmt: skip
        words = self.book.words
        post = words.name("function", function) if function else ""
        kind = words.name("relation", relation)
        said = joined(", ", filter(None, (name, post)))
        line = Text("{relation}: {name}", relation=kind, name=said) if said else kind
        if last:
            line = Text("{line}, last {day}", line=line, day=last)
        return {
            "line": joined("", (_INDENT * depth, line)),
            "depth": depth,
            "relation": relation,
            "name": name or None,
            "function": function or None,
            "last": last,
            "id": id,
        }

    def hushed(self, networks: Sequence[model.Network]) -> Iterator[Text]:
        """The note for each function of which nothing is said where nobody holds it that may be seen."""
        functions = dict.fromkeys(one for network in networks for one in network.functions)
        for function in (one for one in functions if one in self.covered):
            yield Text("{function}: somebody protected holds it; where it is vacant is not told",
                       function=self.book.words.name("function", function))  # fmt: skip
        if self.covered and any(not network.functions for network in networks):
            yield Text("somebody protected has a post; members where nobody has one are not told")

    def _person(self, id: str) -> str:
        found = self.book.peek(model.Contact, id)
        return found.name if found else name_today(self.book, id)


def _seen(book: Outward, meetings: Sequence[model.Interaction], after: Mapping[str, str]) -> dict[str, str]:
    """By id of an actor or person, the day of the latest of the meetings, which are oldest first."""
    found: dict[str, str] = {}
    for meeting in meetings:
        there = set(met(book, meeting, after))
        for one in meeting.participants:
            if one.status in PRESENT:
                there |= {person_in(book, one)} - {""}
        found |= dict.fromkeys(there, _iso(meeting))
    return found


def _day(meeting: model.Interaction) -> date:
    return day_of(meeting.when or model.PartialDate(1))


def _iso(meeting: model.Interaction) -> str:
    return _day(meeting).isoformat()
