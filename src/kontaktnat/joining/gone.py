"""Whoever was erased in one of the two books, and is still in the other.

What was erased here never comes back: everything that the other book says, and said, is read without them, by
the same code that took them out here. Whom the other erased is told by their ids alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kontaktnat import codec
from kontaktnat.errors import Invalid, NotFound
from kontaktnat.i18n import LANGUAGES, Text, tr
from kontaktnat.joining.points import has_erased
from kontaktnat.model import RECORDS
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.query import Doc
from kontaktnat.unit import Key

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.descriptors import Store
    from kontaktnat.privacy.scrubbing import Scrubber

Seen = Callable[[str, Doc | None], Doc | None]
"""(type, document) → the same without somebody; None where nothing is left."""

_ANONYMOUS = BOOKKEEPING | {"county", "protected", "purpose", "legal_basis", "name"}
"""All that is left of somebody who was anonymised; see `privacy.scrubbing`."""


_MARK = Text("[anonymised]")


@frozen(repr=False)
class Gone:
    """Who is gone from a book that another still has: erased, and anonymised."""

    erased: frozenset[str] = frozenset()
    anonymised: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.erased or self.anonymised)

    @property
    def ids(self) -> frozenset[str]:
        """Both."""
        return self.erased | self.anonymised


def gone(here: Store, there: Store, common: int, shared: int, left: Collection[Key]) -> Gone:
    """Contacts that `here` had from `there`, and does not know: what was deleted stands in the log.

    Up to transaction `common` both logs are one, up to `shared` that of `there` was taken, but for the
    records in `left`.
    """
    if not has_erased(here):
        return Gone()
    marks = {_MARK.said(lang) for lang in LANGUAGES}
    known: set[str] = set()
    bare: set[str] = set()
    for id, doc in _contacts(here):
        known.add(id)
        if doc.keys() <= _ANONYMOUS and doc["name"] in marks:
            bare.add(id)
    had: set[str] = set()
    alive: set[str] = set()
    for transaction in there.transactions():
        for change in transaction.changes:
            if change.type != "contact":
                continue
            if transaction.number <= common:
                had.add(change.id)
            if transaction.number <= shared:
                (alive.discard if change.after is None else alive.add)(change.id)
    return Gone(
        erased=frozenset((had | alive) - known - {id for type, id in left if type == "contact"}),
        anonymised=frozenset(id for id, doc in _contacts(there) if id in bare and doc["name"] not in marks),
    )


def _contacts(store: Store) -> Iterator[tuple[str, Doc]]:
    """The contacts as they are and as they ever were."""
    for doc in store.find("contact"):
        yield doc["id"], doc
    for transaction in store.transactions():
        for change in transaction.changes:
            if change.type == "contact":
                yield from ((change.id, doc) for doc in (change.before, change.after) if doc is not None)


def without(book: Book, gone: Gone) -> Seen:
    """Documents of `book` as if these people had been erased in it too."""
    scrubs = list(_scrubs(book, gone)) if gone else []

    def seen(type: str, doc: Doc | None) -> Doc | None:
        kept = doc
        for scrub in scrubs:
            kept = None if kept is None else scrub(type, dict(kept))
        if kept is not None and kept != doc and type in RECORDS:
            with suppress(Invalid):  # as it is once somebody has saved it again
                kept = codec.to_doc(codec.from_doc(RECORDS[type], kept))
        return kept

    return seen


def _scrubs(book: Book, gone: Gone) -> Iterator[Scrubber]:
    from kontaktnat.privacy.people import subject
    from kontaktnat.privacy.scrubbing import Scrubber

    marks: dict[bool, Any] = {True: tr(_MARK), False: tr(Text("[erased]"))}
    living = frozenset(doc["id"] for doc in book.store.find("contact"))
    for id in sorted(gone.ids):
        try:
            person = subject(book, id)
        except NotFound:  # nowhere any more: nothing names them
            continue
        keep = id in gone.anonymised
        yield Scrubber(person, keep=keep, mark=marks[keep], living=living - person.contacts)
