"""Commitments told of by who has them: the one that is in force is updated, or one is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import codec, model
from kontaktnat.errors import Ambiguous, Invalid
from kontaktnat.facts import several_at_a_time
from kontaktnat.i18n import Text, and_more, joined
from kontaktnat.model.bonds import in_force
from kontaktnat.model.names import type_label
from kontaktnat.refs import describe
from kontaktnat.views.contacted import inherited, successors
from kontaktnat.views.kept import newest

if TYPE_CHECKING:
    from kontaktnat.book import Book

_FEW = 8


def record_commitment(
    book: Book, actor: model.Actor | str, kind: str, fields: dict[str, Any]
) -> model.Commitment:
    """See `Book.record_commitment`."""
    if "kind" in fields:
        raise Invalid("{path}: a commitment stays of its kind", path="kind")
    codec.check_keys(fields, model.Commitment)
    with book.transaction("commitment"):
        found = commitment_of(book, actor, kind, fields)
        if found is None:
            id = _id_of(book, actor)
            made = model.Commitment(**{"kind": kind, "actor": model.ActorId(id)} | fields)
            return book.add(attrs.evolve(made, id=_first_id(book, kind, id)))
        return book.update(found, **fields)


def _first_id(book: Book, kind: str, actor: str) -> model.CommitmentId:
    """The id of an actor's first of a kind, so that two who tell of it at once make one and not two."""
    id = model.CommitmentId(model.id_for(f"commitment:{kind}:{actor}"))
    return model.CommitmentId("") if book.as_of(None).peek(model.Commitment, id) else id


def commitment_of(
    book: Book, actor: model.Actor | str, kind: str, fields: Mapping[str, Any] | None = None
) -> model.Commitment | None:
    """The commitment of a kind that an actor has or is a party to: in force today, otherwise to come.

    One that has ended only where its end is among `fields`, and it has them all: the same is told again.
    Those of actors that it has succeeded are its own. Of a kind of which a newer one takes the older
    one's place the newest. Raises Ambiguous where there are several others.
    """
    id = _id_of(book, actor)
    if not book.words.has("commitment_kind", kind):
        raise book.words.unknown("commitment_kind", kind)
    after, today = successors(book), book.today
    own = [
        one for one in book.commitments.where(kind=kind) if id in inherited((one.actor, *one.parties), after)
    ]
    there = [one for one in own if in_force(one, today)]
    found = there or [one for one in own if one.valid_from and one.valid_from.first > today]
    if len(found) > 1 and kind not in several_at_a_time(book):
        found = [max(found, key=lambda one: (newest(one, today), one.id))]  # as the view has it
    if len(found) > 1:
        raise _several(book, kind, found)
    if not found and fields and fields.get("valid_until"):
        told = model.Commitment(**{"kind": kind, "actor": model.ActorId(id)} | {**fields})
        found = [one for one in own if all(getattr(one, name) == getattr(told, name) for name in fields)]
    return found[0] if found else None


def _id_of(book: Book, actor: model.Actor | str) -> str:
    id = actor if isinstance(actor, str) else actor.id
    if (found := book.get(id)).type != "actor":
        raise Invalid("{id} is no {wanted} but of type {type}", path="actor", id=id,
                      wanted=type_label("actor"), type=type_label(found.type))  # fmt: skip
    return id


def _several(book: Book, kind: str, found: list[model.Commitment]) -> Ambiguous:
    candidates = sorted((one.id, described(book, one)) for one in found)
    return Ambiguous(
        "{kind}: several are in force: {shown}{more}; change one: kontaktnat set {id} FIELD=VALUE (add "
        "commitment makes another one)",
        kind=book.words.name("commitment_kind", kind),
        candidates=candidates,
        shown=joined("; ", (Text("{id} {name}", id=id, name=name) for id, name in candidates[:_FEW])),
        more=and_more(len(candidates) - _FEW),
        id=candidates[0][0],
    )


def described(book: Book, one: model.Commitment) -> str:
    """A commitment with its parties and dates."""
    days = f"{one.valid_from or one.decided_on or ''}\u2013{one.valid_until or ''}"
    return (
        Text("{what} ({days})", what=describe(book, one), days=days) if len(days) > 1 else describe(book, one)
    )
