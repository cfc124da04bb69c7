"""Whom an extract or an erasure is about: all that they were ever called in this book, and their hats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import define, field

from kontaktnat.errors import NotFound
from kontaktnat.mentions import Identity, Mentions, identity, way_keys
from kontaktnat.persons import Person
from kontaktnat.privacy.splitting import Split
from kontaktnat.query import Doc, strings

if TYPE_CHECKING:
    from kontaktnat.book import Book


@define(kw_only=True, eq=False, repr=False)
class Subject:
    """A person in the book, or of whom only the log knows, from all their records and the whole log."""

    id: str
    name: str
    names: tuple[str, ...]
    """All that they were called, the present name first."""
    contacts: frozenset[str]
    """Ids of their contacts: the one that is asked for, and those of the same name that were deleted."""
    roles: Mapping[str, Doc]
    """Each hat they had, as it was last theirs: role → document."""
    posts: frozenset[str]
    """Those of them that somebody else had too, or nobody."""
    known: Identity
    others: Mapping[str, Identity] = field(repr=False)
    """Everybody else in the book, by the contact's id."""
    holders: Mapping[str, str] = field(repr=False)
    """Whose hat a role is now: role → contact."""
    place: str

    @property
    def ids(self) -> frozenset[str]:
        """Of the contacts and of the roles that were only theirs."""
        return self.contacts | (self.roles.keys() - self.posts)

    @property
    def namesakes(self) -> tuple[str, ...]:
        """Ids of other contacts of the same name."""
        return tuple(id for id, one in self.others.items() if one.whole & self.known.whole)

    @cached_property
    def mentions(self) -> Mentions:
        """Finds them by name, mail address and number, wherever it stands."""
        return Mentions({self.id: self.known})

    @cached_property
    def closely(self) -> Mentions:
        """Finds them by their given or family name alone too: for what is about them."""
        return Mentions({self.id: self.known}, parts={self.id})

    @cached_property
    def split(self) -> Split:
        """Finds their name where its parts stand in fields of their own."""
        return Split(self.known)

    def is_linked(self, doc: Doc) -> bool:
        """Whether a document points at them or at one of their hats."""
        return not (self.contacts | self.roles.keys()).isdisjoint(strings(doc))

    def beside(self, doc: Doc) -> list[Identity]:
        """The others that a document points at, at them or at a hat of theirs."""
        found = {self.holders.get(text, text) for text in strings(doc)}
        return [self.others[id] for id in found if id in self.others]

    @property
    def person(self) -> Person:
        """The same as plugins are told of them."""
        finder = self.mentions  # and not `self`, which knows everybody
        return Person(
            id=self.id,
            names=self.names,
            mails=tuple(sorted(self.known.mails)),
            phones=tuple(sorted(self.known.phones)),
            records=self.contacts | self.roles.keys(),
            place=self.place,
            named_in=lambda text: bool(finder.spot(text)),
        )


def subject(book: Book, id: str) -> Subject:
    """The person of a contact, which may have been deleted since; by its id.

    Reads the whole log. It holds what is covered too: whoever shows it sees to that. Raises NotFound.
    """
    with book.reading():
        store = book._now_or_store
        log = _Log(store)
        if not (states := log.contacts.get(id)):
            raise NotFound(
                "no person {id}; name one as kontaktnat list contacts shows them", id=id, nearest=()
            )
        there = {doc["id"]: doc for doc in store.find("contact")}
        known = identity(states)
        dead = {
            one
            for one, docs in log.contacts.items()
            if one not in there and identity(docs).whole & known.whole
        }
        contacts = frozenset({id, *dead})
        hats = {role: doc for (role, holder), doc in log.hats.items() if holder in contacts}
        roles = store.find("role")
        elsewhere = (
            *store.find("actor"),
            *(doc for id, doc in there.items() if id not in contacts),
            *(doc for doc in roles if doc.get("contact") not in contacts),
        )
        shared = frozenset(key for doc in elsewhere for keys in way_keys(doc) for key in keys)
    known = identity((doc for one in contacts for doc in log.contacts[one]), shared)
    known |= identity(hats.values(), shared)
    names = dict.fromkeys(
        str(name)
        for one in (id, *dead)
        for doc in reversed(log.contacts[one])
        for name in (doc.get("name", ""), *doc.get("aliases", ()))
    )
    others = {one: identity([doc]) for one, doc in there.items() if one not in contacts}
    for doc in roles:
        if (holder := doc.get("contact")) in others:
            others[holder] |= identity([doc], shared)
    return Subject(
        id=id,
        name=str(states[-1].get("name", "")),
        names=tuple(filter(None, names)),
        contacts=contacts,
        roles=hats,
        posts=frozenset(role for role, holder in log.hats if role in hats and holder not in contacts),
        known=known,
        others=others,
        holders={doc["id"]: doc["contact"] for doc in roles if doc.get("contact") in others},
        place=book.place,
    )


def remembered(book: Book) -> dict[str, str]:
    """Contacts that were deleted and of which the log still tells: id → the name they bore last."""
    with book.reading():
        states = _Log(book._now_or_store).contacts
        return {
            id: str(docs[-1].get("name", ""))
            for id, docs in states.items()
            if book._now_or_store.get("contact", id) is None
        }


class _Log:
    """What the log and the records say of people: contact → its states; (role, holder) → its last state."""

    def __init__(self, store: Any) -> None:
        self.contacts: dict[str, list[Doc]] = defaultdict(list)
        self.hats: dict[tuple[str, str | None], Doc] = {}
        for transaction in store.transactions():
            for change in transaction.changes:
                for doc in filter(None, (change.before, change.after)):
                    self._note(change.type, change.id, doc)
        for type in ("contact", "role"):  # a transaction that is open may have changed them
            for doc in store.find(type):
                self._note(type, doc["id"], doc)

    def _note(self, type: str, id: str, doc: Doc) -> None:
        if type == "contact":
            self.contacts[id].append(doc)
        elif type == "role":
            self.hats[id, doc.get("contact")] = doc
