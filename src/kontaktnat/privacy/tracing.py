"""Where a person stands in a book: in which records, and in which transactions of its log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kontaktnat.cover import MARK, Closed, cover
from kontaktnat.descriptors import Transaction
from kontaktnat.mentions import identity
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.plain import Plain
from kontaktnat.privacy.people import Subject
from kontaktnat.prose import texts
from kontaktnat.query import Doc, strings

if TYPE_CHECKING:
    from kontaktnat.book import Book

_LINKED = ("interaction", "followup", "pending")
"""Types of which a record that points at somebody is about them, whole."""


@frozen(eq=False, repr=False)
class Trace(Plain):
    """A document that concerns somebody; `fields`: those that do, or None where all of it does."""

    _shown = ("type",)

    type: str
    doc: Doc
    fields: frozenset[str] | None


@frozen(eq=False, repr=False)
class Step(Plain):
    """A change of the log that concerns somebody; before and after are as they may be seen."""

    _shown = ("type", "id")

    type: str
    id: str
    before: Doc | None
    after: Doc | None
    fields: frozenset[str] | None


@frozen(eq=False, repr=False)
class Event(Plain):
    """A transaction with what in it concerns them."""

    _shown = ()

    transaction: Transaction
    steps: tuple[Step, ...]
    revealed: bool
    written: bool
    """By themselves."""


class Tracing:
    """Reads the log once, then the records. Others that are protected stay covered, `person` does not."""

    def __init__(self, book: Book, person: Subject) -> None:
        self._book, self._person = book, person
        past = book._reader.past()
        now = book.protected()
        self.contacts = _same(book, person)
        """Their contact, and those that were merged into it."""
        self.hats = {id: doc for id, doc in person.roles.items() if doc.get("contact") in self.contacts}
        self.ever_protected = bool(self.contacts & (past.people | now))
        people = (past.people | now) - self.contacts
        posts = past.posts(people) - self.hats.keys()
        hats = (past.hats(people) | book._reader.hats(people)) - self.hats.keys()
        self._closed = Closed(ids=people | posts, hats=hats, named=book._reader.naming(people),
                              type_of=book._type_of)  # fmt: skip
        now -= self.contacts
        self._closed_now = Closed(ids=now, hats=book._reader.hats(now), named=book._reader.naming(now),
                                  type_of=book._type_of)  # fmt: skip
        self.covered = people
        self._about: set[tuple[str, str]] = set()
        self._raised: set[tuple[str, str]] = set()
        """Topics that were raised in meetings of theirs."""
        self._holders: dict[str, Any] = {}
        held = {id: past.holders.get(id, frozenset()) for id in self.hats}
        self._passed = frozenset(id for id in self.hats if not held[id] <= {*self.contacts, None})
        """Hats that others have had too: each link to one is of whoever had it when the link was made."""
        self._always = frozenset({*self.contacts, *(self.hats.keys() - self._passed)})
        self._linked: dict[tuple[str, str, str], Any] = {}
        """(type, id, role) → who had the role then."""
        self.others = dict(person.others)
        """Everybody else, also by names that they do not bear any more, and who is deleted since."""
        self.ways: dict[str, list[Doc]] = defaultdict(list)
        """Of everybody else, and of actors: documents of theirs with ways, of now and before."""
        self.events = tuple(self._read())
        self._holders = {doc["id"]: doc.get("contact") for doc in book._reader.find("role")}
        for type in ("actor", "contact", "role"):  # a transaction that is open may have changed them
            self._note_ways(type, book._reader.find(type))
        _ = self._meetings  # what was raised there, and is to be done about them, is told too

    def records(self, type: str) -> Iterator[Trace]:
        """The records of a type that concern them, by id."""
        if type == "interaction":
            return iter(self._meetings)
        return self._records(type)

    def _records(self, type: str) -> Iterator[Trace]:
        for doc in self._book._reader.find(type):
            fields = None if (type, doc["id"]) in self._raised else self._concerns(type, doc)
            if fields is not _NOT:
                yield Trace(type, cover(type, doc, self._closed_now), fields)

    def roles(self) -> Iterator[Trace]:
        """Every hat that was theirs: as it is, or as it was last theirs."""
        for id, doc in self.hats.items():
            now = self._book._reader.get("role", id)
            seen = now if now and now.get("contact") in self.contacts else doc
            yield Trace("role", cover("role", seen, self._closed), None)

    def _read(self) -> Iterator[Event]:
        for one in self._book._reader.transactions():
            for change in one.changes:
                if change.type in ("actor", "contact", "role"):
                    self._note_ways(change.type, (change.before, change.after))
                if change.type == "role":
                    doc = change.after or change.before or {}
                    self._holders[change.id] = doc.get("contact")
                elif change.type == "contact" and change.id not in self.contacts:
                    found = identity(filter(None, (change.before, change.after)))
                    self.others[change.id] = self.others.get(change.id, found) | found
            if self._passed:
                for change in one.changes:
                    self._note_links(change)
            steps = tuple(filter(None, (self._step(change) for change in one.changes)))
            revealed = not (self.contacts | self.hats.keys()).isdisjoint(one.reveals)
            written = bool(self._person.mentions.spot(one.by))
            if steps or revealed or written:
                yield Event(one, steps, revealed, written)

    def _note_ways(self, type: str, docs: Iterable[Doc | None]) -> None:
        for doc in docs:
            if doc and doc.get("ways"):
                self.ways[str(doc.get("contact") if type == "role" else doc["id"])].append(doc)

    def _note_links(self, change: Any) -> None:
        if change.after is None:
            return
        old = frozenset() if change.before is None else self._passed.intersection(strings(change.before))
        for role in self._passed.intersection(strings(change.after)):
            link, holder = (change.type, change.id, role), self._holders.get(role)
            if change.before is not None and role not in old:
                self._linked[link] = holder
            else:
                self._linked.setdefault(link, holder)

    def _step(self, change: Any) -> Step | None:
        sides = [self._side(change.type, doc) for doc in (change.before, change.after)]
        concerned = [fields for doc, fields in sides if fields is not _NOT]
        if not concerned:
            return None
        whole = None in concerned
        if whole and change.type == "role":  # who had it before or after is not about them
            before, after = (doc if fields is None else None for doc, fields in sides)
        else:
            before, after = (doc for doc, _ in sides)
        if whole and change.type in _LINKED:
            self._about.add((change.type, change.id))
        fields = None if whole else frozenset().union(*(one for one in concerned if one is not None))
        return Step(
            change.type, change.id, self._seen(change.type, before), self._seen(change.type, after), fields
        )

    def _side(self, type: str, doc: Doc | None) -> tuple[Doc | None, Any]:
        return doc, _NOT if doc is None else self._concerns(type, doc)

    def _seen(self, type: str, doc: Doc | None) -> Doc | None:
        return None if doc is None else cover(type, doc, self._closed)

    @cached_property
    def _meetings(self) -> list[Trace]:
        found = [*self._records("interaction")]
        theirs = [one.doc for one in found if one.fields is None]
        self._about |= {("interaction", doc["id"]) for doc in theirs}
        self._raised |= {("topic", id) for doc in theirs for id in doc.get("topics", ())}
        return found

    def _concerns(self, type: str, doc: Doc) -> Any:
        """None: all of it does; the fields that name them; or _NOT."""
        person, id = self._person, doc.get("id")
        if type == "contact" and id in self.contacts:
            return None
        if type == "role" and doc.get("contact") in self.contacts:
            return None
        linked = self._links(type, doc)
        if (linked and type in _LINKED) or (type, id) in self._about:
            return None
        if type == "followup" and any(("interaction", one) in self._about for one in doc.get("about", ())):
            return None  # what is to be done about a meeting of theirs
        names = person.closely if linked else person.mentions
        named = {
            path.partition(".")[0].partition("[")[0] for path, text in texts(type, doc) if names.spot(text)
        }
        named |= {path.partition(".")[0].partition("[")[0] for path in person.split.paths(doc)}
        if type == "pending" and named:
            return None  # it is one thing as it came in, not fields of a record
        if linked:
            theirs = self.theirs(type, doc)
            fields = (name for name in doc if name not in BOOKKEEPING)
            named |= {name for name in fields if not theirs.isdisjoint(strings(doc[name]))}
        return frozenset(named) if named else _NOT

    def _links(self, type: str, doc: Doc) -> bool:
        if type == "role":
            return False
        found = strings({name: value for name, value in doc.items() if name != "id"})
        return not self.theirs(type, doc).isdisjoint(found)

    def other_hats(self) -> Mapping[str, Set[str | None]]:
        """Roles that others have or had, or nobody ever: role → all who held it."""
        past = self._book._reader.past().holders
        now = {id: frozenset({holder}) for id, holder in self._holders.items()}
        return {id: held for id, held in {**now, **past}.items() if id not in self._always}

    def theirs(self, type: str, doc: Doc) -> Set[str]:
        """Their own ids, and of their hats those that were theirs when the document was linked to them."""
        if not self._passed:
            return self._always
        return self._always | {role for role in self._passed if self._wore(type, doc.get("id", ""), role)}

    def _wore(self, type: str, id: str, role: str) -> bool:
        holder = self._linked.get((type, id, role), self._holders.get(role))
        return holder in self.contacts


def _same(book: Book, person: Subject) -> frozenset[str]:
    """A contact and those that a merge made one with it; a namesake that was deleted is somebody else."""
    found = {person.id}
    for one in reversed([*book._reader.transactions()] if len(person.contacts) > 1 else []):
        changed = {change.id: change for change in one.changes if change.type == "contact"}
        gone = {id for id, change in changed.items() if change.after is None and id in person.contacts}
        if gone and not found.isdisjoint(changed.keys() - gone):
            found |= gone
    return frozenset(found)


_NOT = frozenset({"-"})
"""Concerns them in nothing."""


def changed_fields(step: Step) -> list[str]:
    """Names of the fields that a step changes, in the order they stand; what is covered counts as equal."""
    before: Mapping[str, Any] = step.before or {}
    after: Mapping[str, Any] = step.after or {}
    names = dict.fromkeys((*after, *before))
    hidden = {*before.get(MARK, ()), *after.get(MARK, ())}
    return [
        name
        for name in names
        if name not in BOOKKEEPING | {MARK} | hidden
        and (step.fields is None or name in step.fields)
        and before.get(name) != after.get(name)
        and (before.get(name) or after.get(name))
    ]
