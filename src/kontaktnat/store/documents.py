"""Documents and transactions as plain JSON: what goes in is checked, what comes out is a copy."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import orjson

from kontaktnat.descriptors import Change, Scrub, Transaction
from kontaktnat.errors import Invalid, StoreDamaged
from kontaktnat.query import Doc

Document = dict[str, Any]

_STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS

T = TypeVar("T")


def copied(value: T) -> T:
    """A copy of what is JSON already, several times as fast as `copy.deepcopy`."""
    copy: T = orjson.loads(orjson.dumps(value))
    return copy


def same(one: Any, other: Any) -> bool:
    """Whether they are the same JSON; to Python 1, 1.0 and True are equal."""
    return bool(one == other) and orjson.dumps(one) == orjson.dumps(other)


def plain(value: Mapping[str, Any], *path: str) -> Document:
    """A copy as it would be read back; raises Invalid, naming `path`, where that is not the same."""
    try:
        # Two levels deeper than it is: however deep, it must also go into a file's lines, and into lists.
        data = orjson.dumps([[value if type(value) is dict else dict(value)]], option=_STRICT)
    except TypeError as error:
        raise Invalid(
            "{path}: cannot be saved as JSON: {problem}", path=" ".join(path), problem=str(error)
        ) from None
    if b"null" in data and _has_nan(value):
        # JSON has no such number, and orjson would quietly write null.
        raise Invalid("{path}: cannot be saved as JSON: NaN or infinity", path=" ".join(path))
    copy: Document = orjson.loads(data)[0][0]
    return copy


def after(change: Change) -> Document | None:
    """A plain copy of the document that a change leaves."""
    if change.after is None:
        return None
    if (id := change.after.get("id")) != change.id:
        path = f"{change.type} {change.id}"
        raise Invalid("{path}: the document's own id is {id!r}", path=path, id=id)
    return plain(change.after, change.type, change.id)


def scrubbed(scrub: Scrub, type: str, doc: Doc | None) -> Document | None:
    """What is left of a document, as plain JSON."""
    kept = None if doc is None else scrub(type, copied(dict(doc)))
    return None if kept is None else plain(kept, type)


def to_head(transaction: Transaction) -> dict[str, Any]:
    """What the log says of a transaction beside its changes, without what is empty."""
    fields = {
        "number": transaction.number,
        "at": transaction.at.isoformat(),
        "by": transaction.by,
        "label": transaction.label,
        "undoes": transaction.undoes,
        "reveals": list(transaction.reveals),
        "final": transaction.final,
    }
    return plain({key: value for key, value in fields.items() if value}, "transaction")


def to_transaction(head: Mapping[str, Any], changes: Iterable[Change]) -> Transaction:
    """The transaction of a head and its changes; raises StoreDamaged where it is none."""
    try:
        return Transaction(
            number=head["number"],
            at=datetime.fromisoformat(head["at"]),
            by=head.get("by", ""),
            label=head.get("label", ""),
            undoes=head.get("undoes"),
            reveals=tuple(head.get("reveals", ())),
            final=bool(head.get("final", False)),
            changes=tuple(changes),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise StoreDamaged(
            "transaction {number} in the log cannot be read ({problem}); put back a backup",
            number=head.get("number", "?"),
            problem=f"{type(error).__name__}: {error}",
        ) from None


def _has_nan(value: Any) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, Mapping):
        return any(map(_has_nan, value.values()))
    return isinstance(value, list | tuple) and any(map(_has_nan, value))
