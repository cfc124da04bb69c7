"""What both books changed differently: it waits, field by field, until somebody decides; see `Book.decide`.

A Pending keeps it, so it outlasts the process, is in history, and an undo of the merge takes it away. It
links to nothing: a link would tell of what is covered, and keep the record from being deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

import attrs

from kontaktnat import codec, model
from kontaktnat.cover import DIFFERS
from kontaktnat.errors import Conflict, Invalid, NotFound, Usage, shown
from kontaktnat.i18n import or_nearest, tr
from kontaktnat.joining.points import WHOLE, fields_of, record_of, said
from kontaktnat.joining.threeway import deep, flat, put
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.names import type_label
from kontaktnat.staging import refuse_covered

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.unit import Key

Side = Literal["here", "there"]

SIDES = ("here", "there")


def is_difference(pending: model.Pending) -> bool:
    """Whether it keeps in what two books differ; False where that is covered."""
    return record_of(codec.to_doc(pending)) is not None


def differences(pending: model.Pending) -> Mapping[str, Mapping[str, Any]]:
    """The fields, each with what both had (`base`), `here` and `there`, as far as they say anything."""
    return fields_of(codec.to_doc(pending))


def key_of(pending: model.Pending) -> Key:
    """The type and id of the record that differs."""
    key = record_of(codec.to_doc(pending))
    assert key is not None
    return key


def keep(book: Book, key: Key, differs: Mapping[str, Any], waiting: model.Pending | None, name: str) -> str:
    """Let differences wait, in place of what waited of this record; the id of what keeps them."""
    raw = {"record": key[1], "book": name, "differs": dict(differs)}
    if waiting is None:
        new = model.Pending(
            id=model.PendingId(book._fresh_id()),
            kind=key[0],
            text=str(tr(said(differs, name))),
            raw=raw,
            source=f"{DIFFERS}{key[0]}/{key[1]}",
        )
        return book._stage(new, None, origin="archive").id
    if raw != waiting.raw:
        changed = attrs.evolve(waiting, raw=raw, text=str(tr(said(differs, name))))
        book._stage(changed, codec.to_doc(waiting), origin="archive")
    return waiting.id


def hand_over(book: Book, type: str, gone: str, stays: str) -> None:
    """What waits of a record that is merged away waits of the one that stays.

    Where one book deleted what the other changed there is nothing left to decide, and it is dropped. Of a
    field that waits of the other already, that stays. What is covered is saved anew in any case, or its
    `rev` would tell whose it is.
    """
    waiting = {key: one for one in _all(book) if (key := key_of(one))}
    for key, one in waiting.items():
        if key != (type, gone):
            if book._covered_fields(one):
                book._stage(one, codec.to_doc(one), origin="archive")
            continue
        fields = {name: told for name, told in differences(one).items() if name != WHOLE}
        other = waiting.get((type, stays))
        if other is not None:
            fields = {**fields, **differences(other)}
        book._now.put("pending", one.id, None)
        if fields:
            keep(book, (type, stays), fields, other, str(one.raw.get("book", "")))


def _all(book: Book) -> Iterator[model.Pending]:
    for doc in book._now.find("pending"):
        if record_of(doc):
            yield codec.from_doc(model.Pending, doc)


def decide(book: Book, pending: model.Pending | str, take: Side | Mapping[str, Side]) -> model.Record | None:
    """See `Book.decide`."""
    with book.transaction("review"):
        whole = book._raw(pending)
        if not isinstance(whole, model.Pending) or not is_difference(whole):
            raise Invalid("{id} is nothing in which two books differ", id=whole.id, path="pending")
        hidden = pending.hidden if isinstance(pending, model.Pending) else book._covered_fields(whole)
        refuse_covered(whole, hidden)
        found = differences(whole)
        sides = _sides(found, take)
        key = key_of(whole)
        theirs = {name: found[name].get("there") for name, side in sides.items() if side == "there"}
        if WHOLE in theirs:
            _take_whole(book, key, theirs[WHOLE])
        elif theirs:
            _take_fields(book, key, theirs)
        left = {name: one for name, one in found.items() if name not in sides}
        if left:
            keep(book, key, left, whole, str(whole.raw.get("book", "")))
        else:
            book._now.put("pending", whole.id, None)
        return book.peek(model.RECORDS[key[0]], key[1])


def _sides(found: Mapping[str, Any], take: Side | Mapping[str, Side]) -> dict[str, Side]:
    sides = dict.fromkeys(found, take) if isinstance(take, str) else dict(take)
    for name, side in sides.items():
        if name not in found:
            raise Invalid("{path}: nothing is to be decided there{hint}", path=name,
                          hint=or_nearest(name, found))  # fmt: skip
        if side not in SIDES:
            raise Usage("take here or there, not {value}", value=shown(side))
    return sides


def _take_fields(book: Book, key: Key, theirs: Mapping[str, Any]) -> None:
    doc = book._now.current(*key)
    if doc is None:
        raise NotFound("no {type} {id} any more; decide on here", type=type_label(key[0]), id=key[1],
                       nearest=())  # fmt: skip
    fields = flat(doc)
    for name, value in theirs.items():
        put(fields, name, value)
    kept = {name: value for name, value in doc.items() if name in BOOKKEEPING}
    record = codec.from_doc(model.RECORDS[key[0]], kept | deep(fields))
    # Nobody sets these words now: they stand in the other book, their plugin may be missing.
    book._stage(record, doc, origin="archive")


def _take_whole(book: Book, key: Key, doc: Mapping[str, Any] | None) -> None:
    unit = book._now
    stored = unit.current(*key)
    if doc is None:
        if stored is not None:
            unit.put(*key, None)
        return
    if stored is not None:
        raise Conflict("{type} {id} is already there", type=type_label(key[0]), id=key[1], changed=[])
    rev = max(book._last_rev(key[1]) + 1, doc.get("rev", 1))
    unit.put(*key, {**doc, "rev": rev}, "archive")
