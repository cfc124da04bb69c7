"""Who do I know that knows them? The shortest way between two, over meetings and posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.errors import Ambiguous, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.model.asof import name_on
from kontaktnat.outward import Outward, title_of
from kontaktnat.refs import resolve
from kontaktnat.text import collation_key
from kontaktnat.views.acquainted import Acquainted, Link
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.listing import day_written
from kontaktnat.views.said.path import DEFINITION, TITLE
from kontaktnat.views.standing import name_today

_COLUMNS = (
    Column(key="step", title="Step", type="number"),
    Column(key="from", title="From"),
    Column(key="how", title="How", type="word", vocabulary="path_link"),
    Column(key="through", title="Through", whole=True),
    Column(key="meetings", title="Meetings", type="number"),
    Column(key="last", title="Last", type="date"),
    Column(key="to", title="To"),
    Column(key="id", title="Id", type="id"),
)
_TYPES = ("contact", "actor", "role")


def path(book: Outward, /, *, a: str, b: str) -> Table:
    """`a`, `b`: contacts, roles or actors as one types them.

    Raises NotFound or Ambiguous for what is typed; Usage where both are the same, or a post is vacant.
    """
    book = book.remembering()
    after = successors(book)
    first, last = (End.of(book, text, after) for text in (a, b))
    if first.id == last.id:
        raise Usage("{name} is both ends: the same person or actor; name two", name=first.name)
    known = Acquainted(book, after, {one.id for one in (first, last) if one.is_person})
    start, goal = first.people(known), last.people(known)
    steps = [] if start & goal else known.shortest(start, goal)
    rows = tuple(_row(book, known, n, link) for n, link in enumerate(steps, 1))
    notes = [*first.notes(known), *last.notes(known)]
    if both := start & goal:
        names = ", ".join(sorted(map(known.name, both), key=collation_key))
        notes.append(Text("no introduction is needed; on both sides: {names}", names=names))
    elif start and goal and not rows:
        notes.append(
            Text(
                "no way: no meeting and no post that may be seen links them, nor over others; a meeting "
                "with somebody who knows them, logged by kontaktnat log, makes one"
            )
        )
    return Table(name="path", title=TITLE, columns=_COLUMNS, rows=rows, notes=tuple(notes),
                 definition=DEFINITION)  # fmt: skip


@frozen(kw_only=True, repr=False)
class End:
    """A person, or an actor that stands for its people."""

    id: str
    name: str
    is_person: bool

    @classmethod
    def of(cls, book: Outward, text: str, after: Mapping[str, str]) -> End:
        found = _meant(book, text)
        if isinstance(found, model.Role):
            who = book.peek(model.Contact, found.contact or "")
            if who is None:
                raise Usage("{text} is a vacant post: nobody can be introduced there", text=text)
            found = who
        if isinstance(found, model.Contact):
            return cls(id=found.id, name=found.name, is_person=True)
        now = book.peek(model.Actor, final(after, found.id))
        name = name_on(now, book.today) if now else title_of(found)
        return cls(id=now.id if now else found.id, name=name, is_person=False)

    def people(self, known: Acquainted) -> frozenset[str]:
        """Whom one may start from, or come to."""
        return frozenset({self.id}) if self.is_person else known.at(self.id)

    def notes(self, known: Acquainted) -> Iterator[Text]:
        if self.is_person and self.id in known.closed:
            yield Text("{name} is protected: only meetings count", name=self.name)
        if not self.people(known):
            yield Text(
                "{name}: nobody who may be seen has a post there today; kontaktnat add role makes one",
                name=self.name,
            )


def _meant(book: Outward, text: str) -> model.Record:
    """What is typed; of several hats of one person any."""
    try:
        return resolve(book, text, _TYPES)
    except Ambiguous as error:
        hats = [book.peek(model.Role, id) for id, _ in error.fields["candidates"]]
        people = {one.contact if one else None for one in hats}
        if len(people) > 1 or None in people or hats[0] is None:
            raise
        return hats[0]


def _row(book: Outward, known: Acquainted, n: int, link: Link) -> dict[str, Any]:
    """A link told by its latest meeting, or where there is none by the actor that is first in order."""
    if link.meetings:
        latest = link.meetings[-1]
        through, last = _called(book, latest), _day(latest)
    else:
        through, last = min((name_today(book, id) for id in link.actors), key=collation_key), None
    return {
        "step": n,
        "from": known.name(link.one),
        "how": "meeting" if link.meetings else "role",
        "through": through,
        "meetings": len(link.meetings),
        "last": last,
        "to": known.name(link.other),
        "id": link.other,
    }


def _called(book: Outward, meeting: model.Interaction) -> str:
    kind = book.words.name("interaction_kind", meeting.kind)
    return joined(" ", filter(None, (kind, _day(meeting), meeting.theme or meeting.subject)))


def _day(meeting: model.Interaction) -> str:
    assert meeting.when
    return day_written(meeting.when)
