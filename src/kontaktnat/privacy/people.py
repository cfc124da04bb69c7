"""Whom an extract or an erasure is about: all that they were ever called in this book, and their hats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from attrs import define, field

from kontaktnat import model
from kontaktnat.errors import Invalid
from kontaktnat.mentions import Identity, Mentions, identity, way_keys
from kontaktnat.model.names import type_label
from kontaktnat.persons import Person
from kontaktnat.query import Doc, strings

if TYPE_CHECKING:
    from kontaktnat.book import Book


@define(kw_only=True, eq=False)
class Subject:
    """A person in the book, known from the records and the whole log."""

    id: str
    name: str
    names: tuple[str, ...]
    """All that they were called, the present name first."""
    roles: Mapping[str, Doc]
    """Each hat they had, as it was last theirs: role → document."""
    known: Identity
    namesakes: tuple[str, ...]
    """Ids of other contacts of the same name."""
    others: Mapping[str, Identity] = field(repr=False)
    """Everybody else in the book, by the contact's id."""
    place: str

    @property
    def ids(self) -> frozenset[str]:
        """Of the contact and its roles."""
        return frozenset((self.id, *self.roles))

    @cached_property
    def mentions(self) -> Mentions:
        """Finds them by name, mail address and number, wherever it stands."""
        return Mentions({self.id: self.known})

    @cached_property
    def closely(self) -> Mentions:
        """Finds them by their given or family name alone too: for what is about them."""
        return Mentions({self.id: self.known}, parts={self.id})

    def is_linked(self, doc: Doc) -> bool:
        """Whether a document points at them or at one of their hats."""
        return not self.ids.isdisjoint(strings(doc))

    @property
    def person(self) -> Person:
        """The same as plugins are told of them."""
        return Person(
            id=self.id,
            names=self.names,
            mails=tuple(sorted(self.known.mails)),
            phones=tuple(sorted(self.known.phones)),
            records=self.ids,
            place=self.place,
            named_in=lambda text: bool(self.mentions.spot(text)),
        )


def subject(book: Book, contact: model.Contact | str) -> Subject:
    """The person of a contact, given as a record or by its id.

    Reads the whole log. It holds what is covered too: whoever shows it sees to that. Raises NotFound,
    Invalid for what is no contact.
    """
    record = book.get(contact) if isinstance(contact, str) else contact
    if not isinstance(record, model.Contact):
        raise Invalid("{path}: {id} is of type {type}; name a person", path="person", id=record.id,
                      type=type_label(record.type))  # fmt: skip
    store = book._now_or_store
    contacts, hats = _states(store, record.id)
    others = _others(store, record.id, hats)
    shared = frozenset(
        key for doc in _of_others(store, record.id, hats) for keys in way_keys(doc) for key in keys
    )
    known = identity(contacts) | identity(hats.values(), shared)
    names = dict.fromkeys(str(doc.get("name", "")) for doc in reversed(contacts))
    return Subject(
        id=record.id,
        name=record.name,
        names=tuple(filter(None, names)),
        roles=hats,
        known=known,
        namesakes=tuple(id for id, one in others.items() if one.names & known.names),
        others=others,
        place=book.place,
    )


def _states(store: Any, id: str) -> tuple[list[Doc], dict[str, Doc]]:
    """Every state of the contact, oldest first, and of each of their roles the last that was theirs."""
    contacts: list[Doc] = []
    roles: dict[str, Doc] = {}
    for transaction in store.transactions():
        for change in transaction.changes:
            for doc in filter(None, (change.before, change.after)):
                if change.type == "contact" and change.id == id:
                    contacts.append(doc)
                elif change.type == "role" and doc.get("contact") == id:
                    roles[change.id] = doc
    contacts += filter(None, [store.get("contact", id)])  # a transaction that is open may have changed them
    roles |= {doc["id"]: doc for doc in store.find("role") if doc.get("contact") == id}
    return contacts, roles


def _of_others(store: Any, id: str, roles: Iterable[str]) -> Iterator[Doc]:
    yield from store.find("actor")
    yield from (doc for doc in store.find("contact") if doc["id"] != id)
    yield from (doc for doc in store.find("role") if doc["id"] not in roles)


def _others(store: Any, id: str, roles: Iterable[str]) -> dict[str, Identity]:
    found = {doc["id"]: identity([doc]) for doc in store.find("contact") if doc["id"] != id}
    actors = frozenset(key for doc in store.find("actor") for keys in way_keys(doc) for key in keys)
    for doc in store.find("role"):
        if (holder := doc.get("contact")) in found and doc["id"] not in roles:
            found[holder] |= identity([doc], actors)
    return found
