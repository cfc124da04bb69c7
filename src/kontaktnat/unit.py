"""The unit of work: changes of one transaction laid over a store, unseen by others until committed."""

from __future__ import annotations

import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from itertools import islice
from typing import Any, Literal

from kontaktnat.cover import MARKABLE
from kontaktnat.descriptors import Change, Finding, Store, Transaction
from kontaktnat.errors import Usage
from kontaktnat.model.base import Record
from kontaktnat.query import Condition, Doc

Key = tuple[str, str]

Origin = Literal["new", "archive", "undo"]
"""An archive's words and plugin fields are not judged anew; what an undo brings back, by nobody."""


def state_of(store: Store) -> object:
    """Equal as long as the store's documents are the same.

    Its version, unless it tells more: a backup that was put back may grow to the same version again.
    """
    return getattr(store, "state", store.version)


def holding(store: Store, id: str, types: Iterable[str]) -> str:
    """The first of the types of which a document has this id, or "": in one look where the store has that."""
    look: Callable[[str, Iterable[str]], str] | None = getattr(store, "holding", None)
    return look(id, types) if look else next((one for one in types if store.get(one, id) is not None), "")


class Unit:
    """Reads like a store, with this transaction's changes over it."""

    def __init__(self, store: Store, *, by: str, label: str, accept: str | None = None) -> None:
        self.by = by
        self.accept = accept
        """Why what checks find in it is accepted; None: it is not."""
        self.revealing = False
        """Whether somebody has said why what is covered may be told by what is refused."""
        self.noticed: list[Finding] = []
        """What checks newly find in it."""
        self.carried: list[tuple[Finding, Mapping[str, Any]]] = []
        """What stood accepted in one record that it changes, and stands in another from now on."""
        self.stood: dict[tuple[str, str, str], str] = {}
        """What was found in the records that it changes, as they stood, and in which; see `remarks`."""
        self._asked = 0
        self.looked: dict[Key, tuple[Doc | None, list[Finding]]] = {}
        """The documents that were looked at, and what was found, so that none is twice."""
        self.made: dict[Key, tuple[Doc, Record]] = {}
        """The documents that were staged or judged, and the records that they make."""
        self.asked = 0
        """Of how many ids somebody asked for the highest rev they ever had."""
        self.revs: Mapping[str, int] | None = None
        """The highest rev that each id ever had, once more than a few were asked; see `undo.last_rev`."""
        self.label = label
        self.undoes: int | None = None
        self.done: Transaction | None = None
        """What it became when it was committed."""
        self.news: Transaction | None = None
        """The same as others may see it."""
        self._over = False
        self._began = os.getpid(), threading.get_ident()
        self._store = store
        self._before: dict[Key, Doc | None] = {}
        self._after: dict[Key, Doc | None] = {}
        self._origin: dict[Key, Origin] = {}
        self._log: list[tuple[Key, bool, Doc | None, Origin]] = []
        self._protection = 0
        self._differs: tuple[Change, ...] | None = None
        """The changes, once somebody asked for them and until there are more."""
        self._marked: set[str] = set()
        self._worn: dict[str, set[str]] = defaultdict(set)
        """Contact → ids of the roles that are staged as theirs: each row of an import asks for some."""
        self._token = object()

    # Whose it is

    @property
    def open(self) -> bool:
        """Whether it may be written to here: not after its end, nor in a child forked inside it."""
        return not self._over and self._began[0] == os.getpid()

    def end(self) -> None:
        """Nothing joins it from now on, whichever thread still remembers it."""
        self._over = True

    def refuse_elsewhere(self) -> None:
        """Raises Usage in another process or thread than the one it began in: theirs is not in it."""
        if self._began[0] != os.getpid():
            raise Usage("a transaction that was open at a fork is its parent's; nothing of it was saved here")
        if self._began[1] != threading.get_ident():
            raise Usage("a transaction ends in the thread in which it began; nothing of it was saved")

    # Writing

    def current(self, type: str, id: str) -> dict[str, Any] | None:
        """The document that a change starts from: if others save it from now on, the commit is a Conflict."""
        if (type, id) not in self._after:
            self._before[type, id] = doc = self._store.get(type, id)
            return doc
        return self.get(type, id)

    def put(
        self, type: str, id: str, doc: Doc | None, origin: Origin = "new", *, fresh: bool = False
    ) -> None:
        """Stage a document, or its deletion (None). `fresh`: the store, just asked, has none of the id."""
        key = (type, id)
        if key not in self._before:
            self._before[key] = None if fresh else self._store.get(type, id)
        self._log.append((key, key in self._after, self._after.get(key), self.origin(type, id)))
        self._place(key, doc)
        self._origin[key] = origin

    def origin(self, type: str, id: str) -> Origin:
        """Where a staged document comes from: how much of it is judged anew."""
        return self._origin.get((type, id), "new")

    def before(self, type: str, id: str) -> Doc | None:
        """The document as it stood before this transaction."""
        key = (type, id)
        return self._before[key] if key in self._before else self._store.get(type, id)

    def changes(self) -> tuple[Change, ...]:
        """What differs from before."""
        if self._differs is None:
            self._differs = tuple(
                Change(type=type, id=id, before=before, after=after)
                for (type, id), after in self._after.items()
                if (before := self._before[type, id]) != after
            )
        return self._differs

    def shielded(self, protected: Set[str]) -> frozenset[str]:
        """Ids of the people who come to be protected by this transaction, or who are and get a role by it."""
        found = set()
        for change in self.changes():
            before, after = change.before or {}, change.after or {}
            if change.type == "contact" and after.get("protected") and not before.get("protected"):
                found.add(change.id)
            who = after.get("contact") if change.type == "role" else None
            if who and who in protected and who != before.get("contact") and self._bears_mark(who):
                found.add(who)
        return frozenset(found)

    def _bears_mark(self, contact: str) -> bool:
        return bool((self.get("contact", contact) or {}).get("protected"))

    def fresh_befores(self) -> Iterator[tuple[str, Doc]]:
        """(type, document) of what it changes, as it stood, that has not been asked for yet."""
        befores = list(islice(self._before.items(), self._asked, None))
        self._asked = len(self._before)
        return ((type, doc) for (type, _), doc in befores if doc is not None)

    def mark(self) -> int:
        """A savepoint for `rewind`."""
        return len(self._log)

    def rewind(self, savepoint: int) -> None:
        """Forget what was staged since the savepoint."""
        while len(self._log) > savepoint:
            key, had, doc, self._origin[key] = self._log.pop()
            if had:
                self._place(key, doc)
            else:
                self._place(key, None)
                del self._before[key]
                self._asked = min(self._asked, len(self._before))
                del self._after[key]
                self._differs = None

    def _place(self, key: Key, doc: Doc | None) -> None:
        for one in (doc, self._after.get(key), self._before.get(key)):
            if one and one.get("protected"):
                self._protection += 1
                break
        if key[0] == "role":
            for one, put in ((self._after.get(key), set.discard), (doc, set.add)):
                if one and one.get("contact"):
                    put(self._worn[one["contact"]], key[1])
        elif key[0] in MARKABLE:
            (self._marked.add if doc and doc.get("protected") else self._marked.discard)(key[1])
        self._after[key] = doc
        self._differs = None

    # Reading, as Outward wants it

    @property
    def state(self) -> object:
        """Equal as long as nobody's protection has changed."""
        return state_of(self._store), self._token, self._protection

    def marked(self) -> frozenset[str]:
        """Ids that bear the mark of protection in this transaction."""
        return frozenset(self._marked)

    def hats(self, people: Set[str]) -> frozenset[str]:
        """Ids of the roles of these people in this transaction."""
        return frozenset().union(*(self._worn.get(one, ()) for one in people))

    def get(self, type: str, id: str) -> dict[str, Any] | None:
        """The document, or None."""
        if (type, id) in self._after:
            doc = self._after[type, id]
            return None if doc is None else dict(doc)
        return self._store.get(type, id)

    def staged(self, type: str, id: str) -> Doc | None:
        """The document as it stands staged, or None; itself, so not to be changed."""
        return self._after.get((type, id))

    def holding(self, id: str, types: Sequence[str]) -> str:
        """The first of the types of which a document has this id, or ""."""
        for one in types:
            if (one, id) in self._after:
                return next((one for one in types if self.get(one, id) is not None), "")
        return holding(self._store, id, types)

    def find(self, type: str, query: Condition | None = None) -> list[dict[str, Any]]:
        """Documents that fulfil `query`, by id."""
        staged = {id: doc for (kind, id), doc in self._after.items() if kind == type}
        if not staged:
            return self._store.find(type, query)
        docs = [doc for doc in self._store.find(type, query) if doc["id"] not in staged]
        docs += [dict(doc) for doc in staged.values() if doc is not None and (query is None or query(doc))]
        return sorted(docs, key=lambda doc: str(doc["id"]))

    def search(self, text: str) -> Iterator[Key]:
        """(type, id) of documents that say every word of `text` (see `searching`)."""
        from kontaktnat.searching import says, search_words, text_of

        yield from (key for key in self._store.search(text) if key not in self._after)
        wanted = search_words(text)
        for key, doc in self._after.items():
            if doc is not None and key[0] != "setting" and says(text_of(doc), wanted):
                yield key

    def transactions(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        """What is committed already."""
        return self._store.transactions(since, record)

    def reading(self) -> AbstractContextManager[None]:
        """One state of the store."""
        return self._store.reading()
