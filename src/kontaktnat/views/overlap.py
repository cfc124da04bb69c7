"""Assignment × assignment × dimension: how much two assignments have in common."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text, and_more, joined
from kontaktnat.model.dates import day_of, holds
from kontaktnat.outward import Outward
from kontaktnat.refs import describe
from kontaktnat.text import collation_key, fold
from kontaktnat.views.assigned import active, chosen, serving
from kontaktnat.views.attendance import Attendance, held_in_a_year, jaccard, overlap_of
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.said.overlap import DEFINITION, TITLE
from kontaktnat.views.standing import boards, name_today, not_counted

_UNDEFINED = Text("undefined")
_COLUMNS = (
    Column(key="dimension", title="Dimension", type="word", vocabulary="overlap_dimension"),
    Column(key="a", title="Assignment A"),
    Column(key="b", title="Assignment B"),
    Column(key="n_a", title="In A", type="number"),
    Column(key="n_b", title="In B", type="number"),
    Column(key="common", title="In both", type="number"),
    Column(key="jaccard", title="Jaccard", type="number", blank=_UNDEFINED),
    Column(key="overlap", title="Of the smaller", type="number", blank=_UNDEFINED),
    Column(key="shared", title="What is in both", whole=True),
)
_NAMED = 5
Sets = Mapping[str, frozenset[str]]
"""By id of an assignment, what it has."""


def overlap(book: Outward, /, *, dimension: str = "", assignment: str = "") -> Table:
    """`dimension`: the id of a word of `overlap_dimension`, "" for all; `assignment`: a name as one types
    it, "" for all.

    Rows: by dimension, then by assignment in Swedish order; every pair of those that run, each once. Raises
    NotFound or Ambiguous for the assignment, Invalid where it does not run.
    """
    book = book.remembering()
    compared = active(book)
    wanted = chosen(book, assignment, compared)
    sets = _Sets(book, compared)
    dimensions = (dimension,) if dimension else tuple(sets.made)
    rows = [
        sets.row(each, a, b)
        for each in dimensions
        for a, b in combinations(compared, 2)
        if wanted in ("", a.id, b.id)
    ]
    count = Text("{n} assignment runs", "{n} assignments run", n=len(compared))
    notes = (count, *not_counted(sets.left_out)) if {"persons"} & {*dimensions} else (count,)
    return Table(name="overlap", title=TITLE, columns=_COLUMNS, rows=tuple(rows), notes=notes,
                 definition=DEFINITION)  # fmt: skip


class _Sets:
    """What each assignment has in each dimension: made once, in one walk through the book."""

    def __init__(self, book: Outward, compared: Iterable[model.Assignment]) -> None:
        self.book, self.after = book, successors(book)
        self.hidden = book.protected()
        self.texts: dict[str, str] = {}
        """A text as somebody wrote it, by how it is compared."""
        self.meetings: dict[str, model.Interaction] = {}
        actors, holders = self._posts()
        met, came, self.left_out = self._met()
        self.made: Mapping[str, Sets] = {
            "target_groups": {one.id: self._folded(one.target_groups) for one in compared},
            "risk_factors": {one.id: self._folded(one.risk_factors) for one in compared},
            "actors": {one.id: frozenset(actors.get(one.id, ())) for one in compared},
            "persons": {one.id: frozenset(holders[one.id] | came[one.id]) for one in compared},
            "meetings": {one.id: frozenset(met[one.id]) for one in compared},
        }

    def row(self, dimension: str, one: model.Assignment, other: model.Assignment) -> dict[str, Any]:
        """Two assignments in one dimension."""
        a, b = self.made[dimension][one.id], self.made[dimension][other.id]
        return {
            "dimension": dimension,
            "a": one.name,
            "b": other.name,
            "n_a": len(a),
            "n_b": len(b),
            "common": len(a & b),
            "jaccard": _rounded(jaccard(a, b)),
            "overlap": _rounded(overlap_of(a, b)),
            "shared": self._named(dimension, a & b),
        }

    def _folded(self, texts: Iterable[str]) -> frozenset[str]:
        found = {fold(text.strip()): text.strip() for text in texts if text.strip()}
        self.texts = found | self.texts
        return frozenset(found)

    def _posts(self) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]]]:
        """By assignment the ids of actors, of its posts and its networks, and of the people who hold it."""
        actors: dict[str, set[str]] = defaultdict(set)
        holders: dict[str, set[str]] = defaultdict(set)
        today = self.book.today
        for role in self.book.roles.all():
            if role.assignment and role.contact and holds(role.since, role.until, today):
                actors[role.assignment] |= {self._now(id) for id in (role.actor, *role.covers) if id}
                holders[role.assignment] |= {role.contact} - self.hidden
        for network in self.book.networks.all():
            members = {self._now(one.actor) for one in network.members if holds(one.since, one.until, today)}
            for id in network.assignments:
                actors[id] |= members
        ours = boards(self.book)
        return {id: ids - ours for id, ids in actors.items()}, holders

    def _now(self, actor: str) -> str:
        return final(self.after, actor)

    def _met(self) -> tuple[Mapping[str, set[str]], Mapping[str, set[str]], int]:
        """By assignment the ids of meetings and of who came; how often somebody came who is not told of."""
        met: dict[str, set[str]] = defaultdict(set)
        came: dict[str, set[str]] = defaultdict(set)
        serves, present = serving(self.book), Attendance(self.book)
        for meeting in held_in_a_year(self.book):
            if assignments := serves(meeting):
                self.meetings[meeting.id] = meeting
                there = present(meeting)
                for id in assignments:
                    met[id].add(meeting.id)
                    came[id] |= there
        return met, came, present.left_out

    def _named(self, dimension: str, ids: frozenset[str]) -> str:
        """A few of them by name, in Swedish order; of meetings the latest first."""
        if dimension == "meetings":
            latest = sorted(ids, key=lambda id: (self._day(id), id), reverse=True)[:_NAMED]
            names: list[str] = [self._meeting(id) for id in latest]
        else:
            names = sorted((self._name(dimension, id) for id in ids), key=collation_key)[:_NAMED]
        return joined("", (joined(", ", names), and_more(len(ids) - _NAMED))) if ids else ""

    def _name(self, dimension: str, id: str) -> str:
        if dimension == "persons":
            person = self.book.peek(model.Contact, id)
            return person.name if person else id
        if dimension == "actors":
            return name_today(self.book, id)
        return self.texts[id]

    def _day(self, id: str) -> str:
        when = self.meetings[id].when
        return day_of(when).isoformat() if when else ""

    def _meeting(self, id: str) -> Text:
        return Text("{day} {what}", day=self._day(id), what=describe(self.book, self.meetings[id]))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
