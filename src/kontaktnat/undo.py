"""Taking a transaction back by a new one, field by field, without touching what others did since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import islice
from typing import Any

from kontaktnat import codec, model
from kontaktnat.descriptors import Change, Transaction
from kontaktnat.errors import Invalid, NotFound, Refused
from kontaktnat.i18n import Text, and_more
from kontaktnat.judge import missing_link, pointers
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.outward import Outward
from kontaktnat.past import Past
from kontaktnat.query import Doc, strings
from kontaktnat.unit import Key, Unit

_FEW = 24
"""Ids each of which is looked for in the log by itself: to read all of it costs as much as some 25 looks."""


def undo(unit: Unit, past: Past, number: int | None, *, skip_changed: bool) -> Transaction:
    """Stage in `unit` what takes a transaction back; returns the transaction that it takes back.

    Raises NotFound when there is none, Refused with `fields["later"]` (number, at, by, label) where
    later changes depend on it and `skip_changed` is False, or leaves nothing to undo.
    """
    undone = past.undone()
    target = _newest(unit, past, undone) if number is None else _numbered(unit, number, undone)
    revs = last_revs(unit, {change.id for change in target.changes if change.after is None})
    touched = _touched(_later(unit, target, undone), {(one.type, one.id) for one in target.changes})
    blamed: set[str] = set()
    staged: set[Key] = set()
    for change in reversed(target.changes):
        key = change.type, change.id
        current = unit.current(*key)
        wanted, free = _back(change, current, touched.get(key, frozenset()), revs)
        if not free:
            blamed.add(change.id)
        if wanted != current:
            unit.put(*key, wanted, "undo")
            staged.add(key)
    # What cannot go back may hold what it points at, or what points at it: again until nothing moves.
    while wrong := _unsound(unit, staged):
        for key, because in wrong.items():
            unit.put(*key, unit.before(*key))
            staged.discard(key)
            blamed |= because
    if blamed and not (skip_changed and staged):
        raise _refusal(target, blamed, _later(unit, target, undone))
    return target


def left(book: Outward, target: Transaction) -> Iterator[model.Record]:
    """Records of a transaction that was taken back with `skip_changed` which are not as before it.

    Of what is covered nothing is compared.
    """
    for change in target.changes:
        cls = model.RECORDS[change.type]
        record = book.peek(cls, change.id)
        if record is None:
            continue
        if change.before is None:
            yield record
        elif change.after is not None:
            now = codec.to_doc(record)
            names = [name for name in _differing(change.before, change.after) if name not in record.hidden]
            if any(now.get(name) != change.before.get(name) for name in names):
                yield record


def last_rev(unit: Unit, id: str) -> int:
    """The highest rev that an id ever had; 0 where it is new.

    Of one the store knows where it was touched. Of many, as of an import that makes ids of what it reads, the
    log is read once.
    """
    if unit.revs is not None:
        return unit.revs.get(id, 0)
    unit.asked += 1
    if unit.asked > _FEW:
        unit.revs = last_revs(unit, None)
        return unit.revs.get(id, 0)
    return last_revs(unit, {id}).get(id, 0)


def last_revs(unit: Unit, ids: Set[str] | None) -> dict[str, int]:
    """The highest rev that each of `ids`, or any (None), ever had; none is used twice."""
    revs: dict[str, int] = {}
    if ids is not None and not ids:
        return revs
    # Of one record the store knows where it was touched; to ask so for each of many would be many passes.
    for transaction in unit.transactions(record=next(iter(ids)) if ids and len(ids) == 1 else None):
        for change in transaction.changes:
            if ids is None or change.id in ids:
                found = max((doc or {}).get("rev", 0) for doc in (change.before, change.after))
                revs[change.id] = max(found, revs.get(change.id, 0))
    return revs


def deleted(unit: Unit, type: str) -> frozenset[str]:
    """Ids of the records that somebody deleted, and that are gone still.

    What an undo took out is none of them: it is as if it had never come.
    """
    undoes: dict[int, int] = {}
    gone: dict[int, list[str]] = {}
    for one in unit.transactions():
        if one.undoes is not None:
            undoes[one.number] = one.undoes
        elif ids := [change.id for change in one.changes if change.type == type and change.after is None]:
            gone[one.number] = ids
    undone = Past(undoes=undoes).undone()
    return frozenset(
        id for number, ids in gone.items() if number not in undone for id in ids if unit.get(type, id) is None
    )


def _later(unit: Unit, target: Transaction, undone: Set[int]) -> Iterator[Transaction]:
    """What came after it and is in force: one that is undone and what undid it leave nothing together."""
    for one in unit.transactions(target.number):
        cancels = one.undoes is not None and one.undoes > target.number and one.undoes in undone
        if one.number not in undone and not cancels:
            yield one


def _touched(later: Iterable[Transaction], wanted: Set[Key]) -> dict[Key, frozenset[str]]:
    """The fields of `wanted` that were changed, also where the same value stands there again."""
    touched: dict[Key, frozenset[str]] = {}
    for transaction in later:
        for change in transaction.changes:
            if (key := (change.type, change.id)) in wanted:
                names = {*_differing(change.before or {}, change.after or {})}
                if change.before is None or change.after is None:
                    names.add("id")  # it came or went
                touched[key] = touched.get(key, frozenset()) | names
    return touched


def _newest(unit: Unit, past: Past, undone: Set[int]) -> Transaction:
    """The newest of `unit.by` that may be undone; it mostly stands near the end of the log."""
    end, span = past.number, 64
    while end > 0:
        found, begin = None, max(0, end - span)
        for one in islice(unit.transactions(begin), end - begin):
            if one.by == unit.by and one.undoes is None and one.changes and one.number not in undone:
                found = one
        if found is not None:
            return _undoable(found)
        end, span = begin, 4 * span
    raise NotFound("nothing of {by}'s is left to undo", by=unit.by, nearest=())


def _numbered(unit: Unit, number: int, undone: Set[int]) -> Transaction:
    target = next(unit.transactions(number - 1), None) if number > 0 else None
    if target is None or target.number != number:
        raise NotFound("there is no transaction {number}", number=number, nearest=())
    if number in undone:
        raise Refused("transaction {number} is undone already", number=number, later=())
    if not target.changes:
        raise Refused("transaction {number} changed nothing", number=number, later=())
    if not all(change.type in model.RECORDS for change in target.changes):  # somebody's own, through TinyDB
        raise Refused("transaction {number} changed what are no records", number=number, later=())
    return _undoable(target)


def _undoable(target: Transaction) -> Transaction:
    if target.final:
        raise Refused(
            "transaction {number} erased somebody's data, which cannot be undone; name an earlier one "
            "to undo that",
            number=target.number,
            later=(),
        )
    return target


def _back(
    change: Change, current: Doc | None, touched: frozenset[str], revs: dict[str, int]
) -> tuple[Doc | None, bool]:
    """The document with the change taken back, as far as nobody has changed it since, and whether all is."""
    before, after = change.before, change.after
    if before is None or after is None:
        if touched or _differing(current or {}, after or {}) or (current is None) != (after is None):
            return current, False
        return before and {**before, "rev": revs[change.id] + 1}, True
    if current is None:
        return None, False
    names = _differing(before, after)
    free = [name for name in names if name not in touched and current.get(name) == after.get(name)]
    # A merge saves what is covered also where nothing moved, and so does its undo: see `merging`.
    return _put_back(current, before, free) if free or not names else current, free == names


def _put_back(current: Doc, before: Doc, names: Iterable[str]) -> dict[str, Any]:
    doc = dict(current)
    for name in names:
        if name in before:
            doc[name] = before[name]
        else:
            doc.pop(name, None)
    return {**doc, "rev": current.get("rev", 0) + 1}


def _differing(before: Doc, after: Doc) -> list[str]:
    return [name for name in {*before, *after} - BOOKKEEPING if before.get(name) != after.get(name)]


def _unsound(unit: Unit, staged: set[Key]) -> dict[Key, set[str]]:
    """What was put back but cannot stay so, with the ids that are to blame."""
    wrong: dict[Key, set[str]] = {}
    pointing = pointers(unit, {id for type_name, id in staged if unit.get(type_name, id) is None})
    for key in staged:
        doc = unit.get(*key)
        if doc is None:
            if key[1] in pointing:
                wrong[key] = {key[1]}
            continue
        try:
            problem = missing_link(unit, codec.from_doc(model.RECORDS[key[0]], doc))
        except Invalid:  # its old values do not go with its newer ones
            wrong[key] = {key[1]}
        else:
            if problem:
                wrong[key] = {problem.fields.get("id", key[1])}
    return wrong


def _refusal(target: Transaction, blamed: Set[str], later: Iterable[Transaction]) -> Refused:
    found = [
        (one.number, one.at.isoformat(), one.by, one.label)
        for one in later
        if any(_concerns(change, blamed) for change in one.changes)
    ]
    shown = "; ".join(f"{number} {label} ({by})" for number, _, by, label in found[:5])
    listed = Text("{shown}{more}", shown=shown, more=and_more(len(found) - 5))
    return Refused(
        "transaction {number} cannot be undone, later changes build on it: {listed}. "
        "Undo those first, or undo the rest with --skip-changed",
        number=target.number,
        listed=listed if found else Text("undone only in part"),
        later=found,
    )


def _concerns(change: Change, ids: Set[str]) -> bool:
    return change.id in ids or (change.after is not None and not ids.isdisjoint(strings(change.after)))
