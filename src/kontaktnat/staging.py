"""What a caller hands over → what may be staged: ids resolved, stale and covered copies refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs

from kontaktnat import codec, model
from kontaktnat.cover import MARK
from kontaktnat.errors import Conflict, Invalid, Refused
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.names import type_label
from kontaktnat.query import Doc
from kontaktnat.unit import Unit

R = TypeVar("R", bound=model.Record)


def resolved(unit: Unit, record: R) -> R:
    """Bare ids of participants as the role, contact or actor that they are; raises Invalid for none."""
    if not isinstance(record, model.Interaction) or not any(one.who for one in record.participants):
        return record
    participants = tuple(_who(unit, one, n) for n, one in enumerate(record.participants))
    return attrs.evolve(record, participants=participants)


def _who(unit: Unit, one: model.Participation, n: int) -> model.Participation:
    if not one.who:
        return one
    for type_name in ("role", "contact", "actor"):
        if unit.get(type_name, one.who) is not None:
            return attrs.evolve(one, who="", **{type_name: one.who})  # type: ignore[arg-type]
    raise Invalid("{path}: no role, contact or actor {id}", path=f"participants[{n}]", id=one.who, nearest=())


def altered(record: model.Record, current: model.Record) -> bool:
    """Whether a copy differs from the stored record in what it shows."""
    names = (field.name for field in attrs.fields(type(record)) if field.name not in (*record.hidden, MARK))
    return any(getattr(record, name) != getattr(current, name) for name in names)


def altogether(current: R, changes: Mapping[str, Any]) -> R:
    """The record with its changes; raises Invalid, with the path, for a value no converter takes."""
    try:
        return attrs.evolve(current, **changes)
    except TypeError as error:
        raise Invalid("{path}: {problem}", path=", ".join(changes), problem=str(error)) from None


def stale(record: model.Record, doc: Doc) -> Conflict:
    """The error for a copy that is older than the stored document, naming the fields that differ."""
    theirs = codec.to_doc(record)
    changed = sorted(
        name
        for name in {*doc, *theirs} - BOOKKEEPING - {*record.hidden, MARK}
        if doc.get(name) != theirs.get(name)
    )
    return Conflict(
        "{type} {id} was changed by {by} since it was read ({fields}); read it again",
        type=type_label(record.type),
        id=record.id,
        by=doc.get("changed_by", ""),
        fields=", ".join(changed) or "rev",
        changed=changed,
    )


def refuse_covered(record: model.Record, fields: Sequence[str]) -> None:
    """Raise Refused where any of these fields is covered in the copy at hand."""
    if fields:
        raise Refused(
            "{fields} of {type} {id} is covered; reveal it first, so that nothing hidden is overwritten",
            fields=", ".join(fields),
            type=type_label(record.type),
            id=record.id,
        )
