"""Two records of one and the same thing: one stays, the other goes, and nothing that either says is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from kontaktnat import codec, guests, model
from kontaktnat.cover import COVERED_TYPES, MARK, cover, protects
from kontaktnat.errors import Refused
from kontaktnat.judge import newly_set, pointers
from kontaktnat.likeness import apart
from kontaktnat.model.base import texts
from kontaktnat.model.names import type_label
from kontaktnat.model.walk import linking, relinked
from kontaktnat.origin import is_foreign
from kontaktnat.query import Doc
from kontaktnat.staging import refuse_covered
from kontaktnat.unit import Key
from kontaktnat.uniting import Difference, united

if TYPE_CHECKING:
    from kontaktnat.book import Book

R = TypeVar("R", bound=model.Record)

MERGEABLE = tuple(name for name in model.RECORDS if name not in ("pending", "setting"))
"""Types of which two may be found to be one."""


def merge(book: Book, keep: R | str, other: model.Record | str, take: Iterable[str]) -> tuple[str, str]:
    """See `Book.merge`; the type and id of the merged record."""
    take = texts(take)
    with book.transaction("merge"):
        mine, theirs = book._raw(keep), book._raw(other)
        _may_be_one(book, (keep, mine), (other, theirs))
        for one in (mine, theirs):
            _judge_staged(book, one)
        doc, _ = united(type(mine), *_apart(mine, theirs), take)
        merged = relinked(codec.from_doc(type(mine), doc), theirs.id, mine.id)
        unit = book._now
        pointing_there = pointers(unit, {theirs.id}).get(theirs.id, ())
        for kind, id in sorted({*pointing_there, *_covered(book, theirs.type)}):
            if id not in (mine.id, theirs.id):
                stored = unit.current(kind, id)
                assert stored is not None
                pointing = codec.from_doc(model.RECORDS[kind], stored)
                book._stage(relinked(pointing, theirs.id, mine.id), stored)
        # One who is protected is always in it: history then knows that what goes was theirs.
        if merged != mine or getattr(mine, "protected", False):
            # Nobody sets these words and fields now: they stood in the book, their plugin may be missing.
            book._stage(merged, codec.to_doc(mine), origin="archive")
        apart.hand_over(book, theirs.id, mine.id)
        if theirs.type == "interaction":
            guests.hand_over(book, theirs.id, mine.id)
        # As an archive's: all that led there leads to the other now, so that it can go tells nothing.
        unit.put(theirs.type, theirs.id, None, "archive")
        return mine.type, mine.id


def _covered(book: Book, to: str) -> Iterator[Key]:
    """Whatever has a covered field in which a record of that type may stand: where it stands, is not told.

    So all of these are saved anew by a merge. If only those were that led there, their `rev`, their day and
    history would tell where the protected work and what they hold.
    """
    closed = book._covering()
    for kind in COVERED_TYPES:
        names = linking(model.RECORDS[kind], to)
        if names and (theirs := protects(kind, closed)) is not None:
            for doc in book._now.find(kind, theirs):
                if not names.isdisjoint(cover(kind, doc, closed).get(MARK, ())):
                    yield kind, doc["id"]


def differing(
    book: Book, keep: model.Record | str, other: model.Record | str, take: Iterable[str] = ()
) -> tuple[Difference, ...]:
    """In what two records differ, as far as it may be seen: what would stay and what would go.

    Of a field that is covered in one of them nothing is compared. Raises what `Book.merge` raises.
    """
    return _rehearsed(book, keep, other, take)[1]


def becoming(
    book: Book, keep: model.Record | str, other: model.Record | str, take: Iterable[str] = ()
) -> model.Record:
    """The record that a merge would leave, as far as it may be seen: without what is covered in one of them.

    Raises what `Book.merge` raises.
    """
    doc, _ = _rehearsed(book, keep, other, take)
    return codec.from_doc(model.RECORDS[doc.pop("type")], doc)


def _rehearsed(
    book: Book, keep: model.Record | str, other: model.Record | str, take: Iterable[str]
) -> tuple[dict[str, Any], tuple[Difference, ...]]:
    with book.transaction("merge", dry_run=True):
        mine, theirs = book._raw(keep), book._raw(other)
        _may_be_one(book, (keep, mine), (other, theirs))
    seen = [one if isinstance(one, model.Record) else book.get(one) for one in (keep, other)]
    hidden = {MARK, *seen[0].hidden, *seen[1].hidden}
    docs = [{key: value for key, value in doc.items() if key not in hidden} for doc in _apart(*seen)]
    doc, found = united(type(mine), docs[0], docs[1], texts(take))
    return {**doc, "type": mine.type}, found


def _may_be_one(
    book: Book, keep: tuple[model.Record | str, model.Record], other: tuple[model.Record | str, model.Record]
) -> None:
    (_, mine), (_, theirs) = keep, other
    if mine.type != theirs.type:
        raise Refused("{keep} is of type {one}, {other} of type {two}; only two of a kind can be merged",
                      keep=mine.id, one=type_label(mine.type), other=theirs.id,
                      two=type_label(theirs.type))  # fmt: skip
    if mine.id == theirs.id:
        raise Refused("{type} {id} cannot be merged with itself", type=type_label(mine.type), id=mine.id)
    if mine.type not in MERGEABLE:
        raise Refused("nothing of type {type} is merged", type=type_label(mine.type))
    if is_foreign(mine) or is_foreign(theirs):
        raise Refused("another county's topic is not merged, for then nobody knew whose it is; link the two: "
                      "kontaktnat topic link {keep} duplicates {other}",
                      keep=mine.id, other=theirs.id)  # fmt: skip
    if isinstance(mine, model.Role) and isinstance(theirs, model.Role):
        # To say whether these are hats of one person and place would tell where the protected work.
        for given, whole in (keep, other):
            seen = given.hidden if isinstance(given, model.Record) else book._covered_fields(whole)
            refuse_covered(whole, [name for name in seen if name in ("contact", "actor")])
        for name in ("contact", "actor"):
            ids: Collection[str | None] = {getattr(mine, name), getattr(theirs, name)} - {None}
            if len(ids) > 1:
                raise Refused(
                    "{keep} and {other} are not of the same {type}; is it the same, merge that first",
                    keep=mine.id,
                    other=theirs.id,
                    type=type_label(name),
                )


def _apart(mine: model.Record, theirs: model.Record) -> tuple[Doc, Doc]:
    """Their documents without links that would lead from the merged record to itself."""
    mine = relinked(mine, theirs.id, None)
    theirs = relinked(relinked(theirs, mine.id, None), theirs.id, None)
    return codec.to_doc(mine), codec.to_doc(theirs)


def _judge_staged(book: Book, record: model.Record) -> None:
    """What was set in this transaction is judged now: what is merged is not judged as newly set."""
    unit, key = book._now, (record.type, record.id)
    before = unit.before(*key)
    if unit.origin(*key) == "new" and before != unit.get(*key):
        newly_set(book, record, None if before is None else codec.from_doc(type(record), before))
