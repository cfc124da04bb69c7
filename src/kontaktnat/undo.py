"""Taking a transaction back by a new one, field by field, without touching what others did since."""

from __future__ import annotations

from typing import Any

from kontaktnat.descriptors import Change, Transaction
from kontaktnat.errors import NotFound, Refused
from kontaktnat.judge import pointers
from kontaktnat.query import Doc
from kontaktnat.unit import Key, Unit

_KEPT = frozenset({"id", "rev", "created", "created_by", "changed", "changed_by"})


def undo(unit: Unit, by: str, number: int | None, *, skip_changed: bool) -> Transaction:
    """Stage in `unit` what takes a transaction back; returns the transaction that it takes back.

    Raises NotFound when there is none, Refused with `fields["later"]` (number, at, by, label) where
    later changes depend on it and `skip_changed` is False.
    """
    log = list(unit.transactions())
    target = _target(log, by, number)
    last_rev = _last_revs(log, {change.id for change in target.changes})
    stuck: set[Key] = set()
    created: list[Change] = []
    for change in reversed(target.changes):
        key = change.type, change.id
        current = unit.get(*key)
        if change.after is None:
            if current is not None or change.before is None:
                stuck.add(key)
            else:
                unit.put(*key, {**change.before, "rev": last_rev[change.id] + 1})
        elif change.before is None:
            if current is None:
                continue
            if _fields(current) != _fields(change.after):
                stuck.add(key)
            else:
                created.append(change)
                unit.put(*key, None)
        elif current is None or any(
            current.get(name) != change.after.get(name) for name in _differing(change.before, change.after)
        ):
            stuck.add(key)
        else:
            unit.put(*key, _put_back(current, change.before, change.after))
    stuck |= _kept_by_others(unit, created)
    if stuck and not skip_changed:
        raise _refusal(target, stuck, log)
    return target


def _target(log: list[Transaction], by: str, number: int | None) -> Transaction:
    gone: set[int] = set()
    for transaction in reversed(log):  # an undo that was itself undone takes nothing back any more
        if transaction.undoes is not None and transaction.number not in gone:
            gone.add(transaction.undoes)
    if number is None:
        for transaction in reversed(log):
            mine = transaction.by == by and transaction.undoes is None and transaction.changes
            if mine and transaction.number not in gone:
                return transaction
        raise NotFound("nothing of {by}'s is left to undo", by=by, nearest=())
    for transaction in log:
        if transaction.number == number:
            if number in gone:
                raise Refused("transaction {number} is undone already", number=number, later=())
            if not transaction.changes:
                raise Refused("transaction {number} changed nothing", number=number, later=())
            return transaction
    raise NotFound("there is no transaction {number}", number=number, nearest=())


def _kept_by_others(unit: Unit, created: list[Change]) -> set[Key]:
    """Put back what the transaction created and others have come to point at; returns what that is."""
    kept: set[Key] = set()
    for _ in created:  # keeping one may keep what it points at: again until nothing moves
        moved = False
        for change in created:
            key = change.type, change.id
            if key not in kept and pointers(unit, change.id):
                kept.add(key)
                unit.put(*key, unit.before(*key))
                moved = True
        if not moved:
            break
    return kept


def _put_back(current: Doc, before: Doc, after: Doc) -> dict[str, Any]:
    doc = dict(current)
    for name in _differing(before, after):
        if name in before:
            doc[name] = before[name]
        else:
            doc.pop(name, None)
    return {**doc, "rev": current["rev"] + 1}


def _differing(before: Doc, after: Doc) -> list[str]:
    return [name for name in {*before, *after} - _KEPT if before.get(name) != after.get(name)]


def _fields(doc: Doc) -> dict[str, Any]:
    return {name: value for name, value in doc.items() if name not in _KEPT}


def _last_revs(log: list[Transaction], ids: set[str]) -> dict[str, int]:
    revs: dict[str, int] = {}
    for transaction in log:
        for change in transaction.changes:
            if change.id in ids:
                found = max((doc or {}).get("rev", 0) for doc in (change.before, change.after))
                revs[change.id] = max(found, revs.get(change.id, 0))
    return revs


def _refusal(target: Transaction, stuck: set[Key], log: list[Transaction]) -> Refused:
    ids = {id for _, id in stuck}
    later = [
        transaction
        for transaction in log
        if transaction.number > target.number
        and any(change.id in ids or _mentions(change, ids) for change in transaction.changes)
    ]
    listed = "; ".join(f"{one.number} {one.label} ({one.by})" for one in later) or "records since deleted"
    return Refused(
        "transaction {number} cannot be undone, later changes build on it: {listed}. "
        "Undo those first, or undo the rest with --skip-changed",
        number=target.number,
        listed=listed,
        later=[(one.number, one.at.isoformat(), one.by, one.label) for one in later],
    )


def _mentions(change: Change, ids: set[str]) -> bool:
    from kontaktnat.query import strings

    return change.after is not None and any(text in ids for text in strings(change.after))
