"""What a Book reads through: its thread's transaction, or the store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kontaktnat.cover import MARKABLE
from kontaktnat.past import Past
from kontaktnat.query import F
from kontaktnat.unit import state_of

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.mentions import Mentions


class Current:
    """The reader of a Book: its thread's transaction, or the store."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._marked: tuple[object, frozenset[str]] = (None, frozenset())
        self._hats: tuple[object, frozenset[str], frozenset[str]] = (None, frozenset(), frozenset())
        self._names: tuple[object, frozenset[str], Mentions | None] = (None, frozenset(), None)
        self._past = Past()

    @property
    def state(self) -> object:
        unit = self._book._unit
        return unit.state if unit else state_of(self._book.store)

    def marked(self) -> frozenset[str]:
        """In the store or in the transaction: lifting the mark shows nothing before it is saved."""
        store, unit = self._book.store, self._book._unit
        with store.reading():
            known, marked = self._marked
            if known != (state := state_of(store)):
                flag = F("protected").is_(True)
                found = (doc["id"] for type in MARKABLE for doc in store.find(type, flag))
                marked = frozenset(found)
                self._marked = state, marked  # in one step, for other threads read it too
        return marked | unit.marked() if unit else marked

    def hats(self, people: frozenset[str]) -> frozenset[str]:
        """Roles of these people, in the store or in the transaction."""
        store, unit = self._book.store, self._book._unit
        with store.reading():
            known, whose, hats = self._hats
            if known != (state := state_of(store)) or whose != people:
                if known != state or not whose <= people:
                    whose, hats = frozenset(), frozenset()
                new = tuple(people - whose)  # in an import that protects many it is one, row by row
                found = store.find("role", F("contact").in_(new)) if new else ()
                hats |= frozenset(doc["id"] for doc in found)
                self._hats = state, people, hats
        return hats | unit.hats(people) if unit else hats

    def naming(self, ids: frozenset[str]) -> Callable[[str], bool]:
        """Tells by names alone: who found a text covered by its address would have found the address.

        Made when it is first asked; "siv.dal@…" is a name too.
        """

        def named(text: str) -> bool:
            state, whose, mentions = self._names
            if mentions is None or whose != ids or state != self.state:
                mentions = self._mentions(ids)
                self._names = self.state, ids, mentions
            return bool(mentions.spot(text.replace("_", " ")))

        return named

    def _mentions(self, ids: frozenset[str]) -> Mentions:
        from kontaktnat.mentions import Mentions, identity

        known = {}
        for type in MARKABLE:
            for doc in self.find(type, F("id").in_(tuple(ids))):
                own = {key: doc[key] for key in ("name", "given", "family") if key in doc}
                other = ({"name": name} for name in doc.get("aliases", ()))
                former = ({"name": one.get("name", "")} for one in doc.get("names", ()))
                known[doc["id"]] = identity((own, *other, *former))
        return Mentions(known)

    def past(self) -> Past:
        """What the store's log tells up to now; an open transaction is no part of it."""
        store = self._book.store
        with store.reading():
            self._past = past = self._past.grown(store.transactions)
        return past

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book._now_or_store, name)
