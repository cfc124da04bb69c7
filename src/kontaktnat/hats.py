"""What a card or row says of employment → a role at an actor that is known; what is not sure waits.

An organisation is known by its name, an alias or a former name, and never by what is near it: that waits in
quarantine. A hat is added and none is changed by it; only a title that nobody had told is filled in, where
it cannot be another hat. At a protected actor everything waits, or what became of the row would tell who
works there.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson
from attrs import frozen

from kontaktnat import codec, model
from kontaktnat.errors import Ambiguous, Invalid
from kontaktnat.i18n import Text
from kontaktnat.mailboxes import bears, is_shared, two_people
from kontaktnat.matching import mail_key, name_key, names_in, with_ways
from kontaktnat.model.dates import PartialDate, holds, to_date
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward

Said = Mapping[str, Any]
"""`organisation` and, where they are said, `department`, `title`, `function`; of the role also
`since`, `until` (ISO 8601), `ways` and `extra`."""

_PARTS = ("organisation", "department", "title", "function")
"""Any of which tells of employment."""


@frozen(kw_only=True, repr=False)
class Hat:
    """What was said of a hat, read: where it may be, and as what."""

    said: Said
    title: str = ""
    function: str = ""
    actors: tuple[str, ...] = ()
    """Ids of the actors it may be at; exactly one, if `known`."""
    known: bool = False
    since: PartialDate | None = None
    until: PartialDate | None = None


class Hats:
    """Employment as one import says it, against what the book knows; read once, kept up to date."""

    def __init__(self, book: Book, outward: Outward) -> None:
        self._book = book
        self._unit = book._now
        self._outward = outward
        self._named: dict[str, dict[str, None]] = defaultdict(dict)
        self._first: set[tuple[str, str]] = set()
        self._successors: dict[str, str] = {}
        self._read: dict[str, tuple[tuple[str, ...], bool]] = {}
        self._functions: dict[str, str] = {}
        self._worn: dict[str, list[model.Role]] = defaultdict(list)
        self._vacant: set[tuple[str, str]] = set()
        self._given: dict[str, set[str]] = defaultdict(set)
        self.touched: dict[tuple[str, str], str] = {}
        """(type, id) of what was made or changed since `begin`, and of a role who wears it."""
        self._just_given: list[tuple[str, str]] = []
        for doc in self._unit.find("actor"):
            self.note_actor(doc)
        for doc in self._unit.find("role"):
            self._note(codec.from_doc(model.Role, doc))

    def note_actor(self, doc: Mapping[str, Any]) -> None:
        """An actor that is new or changed."""
        self._read.clear()
        self._first.add((name_key(doc["name"]), doc["id"]))
        for name in names_in(doc):
            self._named[name_key(name)][doc["id"]] = None
        if successor := doc.get("succeeded_by"):
            self._successors[doc["id"]] = successor

    def _note(self, role: model.Role) -> None:
        if role.contact:
            self._worn[role.contact].append(role)
        elif role.actor:
            self._vacant |= {(role.function, id) for id in (role.actor, *role.covers)}

    def begin(self) -> None:
        """A row begins; `take_back` forgets what it did."""
        self.touched.clear()
        self._just_given.clear()

    def take_back(self) -> None:
        """The row was rewound: the roles that it made or changed are read anew."""
        for (kind, id), contact in self.touched.items():
            if kind == "role":
                self._worn[contact] = [role for role in self._worn[contact] if role.id != id]
                if doc := self._unit.get(kind, id):
                    self._note(codec.from_doc(model.Role, doc))
        for actor, key in self._just_given:
            self._given[actor].discard(key)
        self.begin()

    # Reading what is said

    def read(self, said: Iterable[Said]) -> list[Hat]:
        """Each hat that is said, with where it may be."""
        return [self._hat(one) for one in said if any(map(one.get, _PARTS))]

    def _hat(self, said: Said) -> Hat:
        organisation, department = str(said.get("organisation") or ""), str(said.get("department") or "")
        title, told = str(said.get("title") or ""), str(said.get("function") or "")
        function = self._function(told)
        if told and not function:
            title = ", ".join(filter(None, (title, told)))
        function = function or self._function(title)
        actors, known = self._at(organisation, department)
        beside = department if not (known and self._is_called(actors[0], department)) else ""
        if beside:
            title = f"{title}, {beside}" if title else beside
        elif function and self._is_name_of(function, title):
            title = ""
        since, until = to_date(said.get("since") or None), to_date(said.get("until") or None)
        return Hat(
            said=said,
            title=title,
            function=function,
            actors=actors,
            known=known,
            since=since,
            until=until,
        )

    def _function(self, text: str) -> str:
        """The function that a title says in so many words, or ""."""
        key = fold(text)
        if key and key not in self._functions:
            try:
                word = self._book.words.lookup("function", text)
                whole = word == text or key in {fold(name) for name in self._spellings(word)}
                self._functions[key] = word if whole else ""
            except (Invalid, Ambiguous):
                self._functions[key] = ""
        return self._functions.get(key, "")

    def _is_name_of(self, function: str, title: str) -> bool:
        """Whether the title is the function's own name, and no other word for it."""
        word = self._book.words.of("function")[function]
        return fold(title) in (fold(word.sv), fold(word.en))

    def _spellings(self, word: str) -> tuple[str, ...]:
        found = self._book.words.of("function")[word]
        return (found.sv, found.en, *found.synonyms)

    def _at(self, organisation: str, department: str) -> tuple[tuple[str, ...], bool]:
        """Ids of the actors that may be meant, and whether it is exactly that one."""
        key = f"{name_key(organisation)}\n{name_key(department)}"
        if key not in self._read:
            within, named = self._exactly(organisation), self._exactly(department)
            of_it = [id for id in named if within and self._is_part(id, within)]
            found = of_it or within
            if found or not name_key(organisation):
                self._read[key] = tuple(found), len(found) == 1
            else:  # of an authority that is not here a part may be: the police's local areas
                self._read[key] = tuple(named), len(named) == 1 and not self._parent(named[0])
        return self._read[key]

    def _exactly(self, name: str) -> list[str]:
        key = name_key(name)
        named = self._named.get(key, {}) if key else {}
        bearing = [id for id in named if (key, id) in self._first] or list(named)
        return list(dict.fromkeys(self._final(id) for id in bearing))

    def _final(self, id: str) -> str:
        seen = {id}
        while (following := self._successors.get(id)) and following not in seen:
            seen.add(id := following)
        return id

    def _is_part(self, id: str, whole: Sequence[str]) -> bool:
        return self._parent(id) in whole

    def _parent(self, id: str) -> str | None:
        return (self._unit.get("actor", id) or {}).get("parent")

    def _is_called(self, id: str, name: str) -> bool:
        return id in self._named.get(name_key(name), ())

    # Mailboxes

    def part(self, ways: Sequence[Said], hats: Sequence[Hat], person: str) -> tuple[list[Said], list[Said]]:
        """Ways that are the person's own, and mailboxes of where they work."""
        own: list[Said] = []
        offices: list[Said] = []
        for way in ways:
            (offices if way["kind"] == "mail" and self._is_office(way, hats, person) else own).append(way)
        return own, offices

    @staticmethod
    def dealt(hats: Sequence[Hat], offices: Sequence[Said]) -> Iterator[tuple[Hat, Sequence[Said]]]:
        """Each hat with its mailboxes: all go to the first place of work that is known."""
        place = next((hat for hat in hats if hat.known), hats[0] if hats else None)
        return ((hat, offices if hat is place else ()) for hat in hats)

    def _is_office(self, way: Said, hats: Sequence[Hat], person: str) -> bool:
        if any(is_shared(way["value"], person=person, organisation=str(hat.said.get("organisation") or ""))
               for hat in hats):  # fmt: skip
            return True
        key = mail_key(way["value"])
        return any(
            key in self._mails(hat.actors[0]) or self._is_used_by_others(key, person, hat.actors[0])
            for hat in hats
            if hat.known and self._is_open(hat)
        )

    def _mails(self, actor: str) -> set[str]:
        doc = self._unit.get("actor", actor) or {}
        return {mail_key(way["value"]) for way in doc.get("ways", ()) if way["kind"] == "mail"}

    def _is_used_by_others(self, key: str, person: str, actor: str) -> bool:
        """Whether somebody else at the same place has it, and it bears the name of neither."""
        users = {} if bears(key, person) else self._users.get(key, {})
        return any(
            self._works_at(contact, actor) and two_people(person, name)
            for contact, name in users.items()
            if contact not in self._outward.protected()  # also not of those who are since this very import
        )

    @cached_property
    def _users(self) -> dict[str, dict[str, str]]:
        """Mail → the contacts that have it, and what they are called, unless it bears their name.

        Of the protected nothing is known.
        """
        users: dict[str, dict[str, str]] = defaultdict(dict)
        protected = self._outward.protected()
        for doc in self._unit.find("contact"):
            if doc["id"] not in protected:
                self._use(users, doc)
        return users

    def note_contact(self, doc: Mapping[str, Any]) -> None:
        """A contact that is new or changed."""
        self._use(self._users, doc)

    @staticmethod
    def _use(users: dict[str, dict[str, str]], doc: Mapping[str, Any]) -> None:
        for way in doc.get("ways", ()):
            if way["kind"] == "mail" and not bears(key := mail_key(way["value"]), doc["name"]):
                users[key][doc["id"]] = doc["name"]

    def clear_offices(self, contact: str) -> bool:
        """Take from a contact what turned out to be a mailbox of where they work; whether there was any."""
        doc = self._unit.get("contact", contact)
        actors = {role.actor for role in self._worn.get(contact, ()) if role.actor in self._given}
        # As far as the actor has it: the row that gave it may have been rejected since.
        gone = set().union(*(self._given[actor] & self._mails(actor) for actor in actors if actor))
        if doc is None or doc.get("protected") or not gone:
            return False
        record = codec.from_doc(model.Contact, doc)
        left = tuple(way for way in record.ways if way.kind != "mail" or mail_key(way.value) not in gone)
        if left == record.ways:
            return False
        self._book.update(record, ways=left)
        return True

    def _is_open(self, hat: Hat) -> bool:
        """Whether something may be told of where it is."""
        return self._outward.protected().isdisjoint(hat.actors)

    # Wearing

    def wears(self, contact: str, hats: Sequence[Hat]) -> bool:
        """Whether a contact is known to work where one of the hats is; not to be asked of the protected."""
        return any(self._works_at(contact, hat.actors[0]) for hat in hats if hat.known and self._is_open(hat))

    def says(self, contact: str, hats: Sequence[Hat]) -> bool:
        """Whether all of it is known of the contact already."""
        return all(
            hat.known
            and self._is_open(hat)
            and any(
                _says(role, hat) and not _span_of(role, hat)
                for role in self._worn.get(contact, ())
                if hat.actors[0] in _served(role)
            )
            for hat in hats
        )

    def _works_at(self, contact: str, actor: str) -> bool:
        return any(actor in _served(role) for role in self._worn.get(contact, ()))

    def put_on(self, contact: str, hat: Hat, offices: Sequence[Said] = ()) -> bool | model.Pending:
        """Let the contact wear it: whether that changed anything, or what is to wait since it is not sure."""
        if not (hat.known and self._is_open(hat)):
            return self._waits(contact, hat, offices, self._why(hat))
        actor = hat.actors[0]
        changed = self.give(actor, offices)
        there = [
            role
            for role in self._worn.get(contact, ())
            if actor in (role.actor, *role.covers) and not _apart(role, hat)
        ]
        today = self._book.today
        held = [role for role in there if holds(role.since, role.until, today) or _ahead(role, today)]
        past = not holds(None, hat.until, today)
        if past:  # the one that is meant may have ended, too
            held = there
        if same := next((role for role in held if _says(role, hat)), None):
            return self._fill(same, more_of(same, hat)) or changed
        if len(held) == 1 and not past and (filled := self._filled(held[0], hat)) is not None:
            return self._fill(held[0], filled | more_of(held[0], hat)) or changed
        if there:
            reason = Text("another title at the same place: the same hat, or another?")
            if not held:
                reason = Text("they have left that place, as the book knows")
            return self._waits(contact, hat, offices, reason, tuple(role.id for role in there))
        self.make(contact, actor, hat)
        return True

    def make(self, contact: str, actor: str, hat: Hat) -> model.Role:
        """A new role, in the vacant post of its function where there is exactly one."""
        role = model.Role(contact=model.ContactId(contact), actor=model.ActorId(actor), function=hat.function,
                          title=hat.title, since=hat.since, until=hat.until)  # fmt: skip
        if hat.function and (hat.function, actor) in self._vacant:
            try:
                made = self._book.put_on(role)
            except Ambiguous:  # which of several posts it is, the page of vacancies will ask
                made = self._book.add(role)
        else:
            made = self._book.add(role)
        if more := more_of(made, hat):  # beside what a post that was vacant has of its own
            made = self._book.update(made, **more)
        self._worn[contact].append(made)
        self.touched["role", made.id] = contact
        return made

    def give(self, actor: str, offices: Sequence[Said]) -> bool:
        """Put mailboxes on the actor whose they are; whether it lacked one."""
        doc = self._unit.get("actor", actor)
        if not offices or doc is None:
            return False
        new = {mail_key(way["value"]) for way in offices} - self._given[actor]
        self._given[actor] |= new
        self._just_given += ((actor, key) for key in new)
        ways = with_ways(doc, offices)
        if len(ways) == len(doc.get("ways", ())):
            return False
        record = codec.from_doc(model.Actor, doc)
        self._book.update(record, ways=codec.from_doc(model.Actor, {**doc, "ways": ways}).ways)
        self.touched["actor", actor] = ""
        return True

    def _filled(self, role: model.Role, hat: Hat) -> dict[str, Any] | None:
        """What the hat says more of that very role; None where it may be another."""
        if hat.function and role.function and hat.function != role.function:
            return None
        if hat.title and role.title and fold(hat.title) != fold(role.title):
            return None
        if role.function and not role.title and not hat.function:  # a title that may be of another hat
            return None
        said = {"function": hat.function, "title": hat.title}
        return {name: value for name, value in said.items() if value and not getattr(role, name)}

    def _fill(self, role: model.Role, values: Mapping[str, Any]) -> bool:
        if not values:
            return False
        wearing = self._worn[str(role.contact)]
        wearing[wearing.index(role)] = self._book.update(role, **values)
        self.touched["role", role.id] = str(role.contact)
        return True

    # Waiting

    def _why(self, hat: Hat) -> Text:
        if not hat.said.get("organisation"):
            return Text("a title, and no organisation")
        if hat.known:
            return Text("the organisation is protected")
        if hat.actors:
            return Text("which {organisation} is meant?", organisation=hat.said["organisation"])
        return Text("{organisation} is not in the book", organisation=hat.said["organisation"])

    def _waits(
        self, contact: str, hat: Hat, offices: Sequence[Said], why: Text, roles: tuple[str, ...] = ()
    ) -> model.Pending:
        person = self._unit.get("contact", contact) or {}
        raw = {name: value for name, value in hat.said.items() if value}
        return model.Pending(
            kind="role",
            text=why,
            raw={"name": person.get("name", ""), **raw, **({"offices": [*offices]} if offices else {})},
            source=source_of(hat.said),
            candidates=(contact, *roles, *hat.actors),
        )


def source_of(said: Said) -> str:
    """The source of a hat that waits: the same whenever the same is said again, of whomever.

    Of whom it was said stands among the candidates, where a merge finds it. Letters count: Habo is not Håbo.
    """
    told = [name_key(str(said.get(part) or "")) for part in _PARTS]
    return f"import:{hashlib.sha256(orjson.dumps(told)).hexdigest()[:16]}"


def _says(role: model.Role, hat: Hat) -> bool:
    """Whether the role already says all that the hat does."""
    return (not hat.function or role.function == hat.function) and (
        not hat.title or fold(role.title) == fold(hat.title)
    )


def more_of(role: model.Role, hat: Hat) -> dict[str, Any]:
    """Ways and days of the hat, and what a plugin keeps of it, that the role does not have yet: as fields."""
    more: dict[str, Any] = _span_of(role, hat)
    if said := hat.said.get("ways"):
        doc = codec.to_doc(role)
        if len(ways := with_ways(doc, said)) > len(role.ways):
            more["ways"] = codec.from_doc(model.Role, {**doc, "ways": ways}).ways
    if (both := {**role.extra, **hat.said.get("extra", {})}) != role.extra:
        more["extra"] = both
    return more


def _span_of(role: model.Role, hat: Hat) -> dict[str, Any]:
    """From when and until when, where the role does not say it."""
    if _apart(role, hat):
        return {}
    said = {"since": hat.since, "until": hat.until}
    return {name: day for name, day in said.items() if day and getattr(role, name) is None}


def _apart(role: model.Role, hat: Hat) -> bool:
    """Whether one ends before the other begins: of two terms at one place neither is changed to the other."""
    spans = ((hat.until, role.since), (role.until, hat.since))
    return any(end and start and end.last <= start.first for end, start in spans)


def _served(role: model.Role) -> tuple[str | None, ...]:
    return (role.actor, *role.covers)


def _ahead(role: model.Role, today: Any) -> bool:
    return role.since is not None and role.since.first > today
