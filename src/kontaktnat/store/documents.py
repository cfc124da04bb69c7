"""Documents and log entries as plain JSON: what goes in is checked, what comes out is a copy."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

import orjson

from kontaktnat.descriptors import Change, Transaction
from kontaktnat.errors import Invalid, StoreDamaged

Document = dict[str, Any]
Entry = dict[str, Any]
"""A transaction as it stands in the log."""

_STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS

T = TypeVar("T")


def copied(value: T) -> T:
    """A copy of what is JSON already, several times as fast as `copy.deepcopy`."""
    copy: T = orjson.loads(orjson.dumps(value))
    return copy


def plain(change: Change) -> Document | None:
    """A copy of the change's `after` as it would be read back; raises Invalid where that is not the same."""
    if change.after is None:
        return None
    path = f"{change.type} {change.id}"
    if change.after.get("id") != change.id:
        raise Invalid("{path}: the document's own id is {id!r}", path=path, id=change.after.get("id"))
    return _plain(dict(change.after), path)


def to_entry(transaction: Transaction) -> Entry:
    """The transaction for the log, without what is empty; its documents are plain already."""
    fields = {
        "number": transaction.number,
        "at": transaction.at.isoformat(),
        "by": transaction.by,
        "label": transaction.label,
        "undoes": transaction.undoes,
        "reveals": list(transaction.reveals),
    }
    entry: Entry = _plain({key: value for key, value in fields.items() if value}, "transaction")
    entry["changes"] = [
        {
            key: value
            for key in ("type", "id", "before", "after")
            if (value := getattr(change, key)) is not None
        }
        for change in transaction.changes
    ]
    return entry


def from_entry(entry: Entry) -> Transaction:
    """The transaction of a log entry, its documents copied; raises StoreDamaged where it is none."""
    try:
        entry = copied(entry)
        return Transaction(
            number=entry["number"],
            at=datetime.fromisoformat(entry["at"]),
            by=entry.get("by", ""),
            label=entry.get("label", ""),
            undoes=entry.get("undoes"),
            reveals=tuple(entry.get("reveals", ())),
            changes=tuple(Change(**change) for change in entry.get("changes", ())),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreDamaged(
            "transaction {number} in the log cannot be read ({problem}); put back a backup",
            number=entry.get("number", "?"),
            problem=f"{type(error).__name__}: {error}",
        ) from None


def _plain(value: Document, path: str) -> Document:
    try:
        data = orjson.dumps(value, option=_STRICT)
    except TypeError as error:
        raise Invalid("{path}: cannot be saved as JSON: {problem}", path=path, problem=str(error)) from None
    if b"null" in data and _has_nan(value):
        # JSON has no such number, and orjson would quietly write null.
        raise Invalid("{path}: cannot be saved as JSON: NaN or infinity", path=path)
    copy: Document = orjson.loads(data)
    return copy


def _has_nan(value: Any) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, Mapping):
        return any(map(_has_nan, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_nan, value))
