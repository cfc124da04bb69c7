"""What a Book reads through: its thread's transaction, or the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontaktnat.cover import MARKABLE
from kontaktnat.past import Past
from kontaktnat.query import F
from kontaktnat.unit import state_of

if TYPE_CHECKING:
    from kontaktnat.book import Book


class Current:
    """The reader of a Book: its thread's transaction, or the store."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._marked: tuple[object, frozenset[str]] = (None, frozenset())
        self._hats: tuple[object, frozenset[str], frozenset[str]] = (None, frozenset(), frozenset())
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
                found = store.find("role", F("contact").in_(tuple(people))) if people else ()
                hats = frozenset(doc["id"] for doc in found)
                self._hats = state, people, hats
        return hats | unit.hats(people) if unit else hats

    def past(self) -> Past:
        """What the store's log tells up to now; an open transaction is no part of it."""
        store = self._book.store
        with store.reading():
            self._past = past = self._past.grown(store.transactions)
        return past

    def __getattr__(self, name: str) -> Any:
        return getattr(self._book._now_or_store, name)
