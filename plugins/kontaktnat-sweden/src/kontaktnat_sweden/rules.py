"""What has to hold of municipalities in a book: one check and two guards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kontaktnat.errors import NotFound, Veto
from kontaktnat.extend import Finding, Text
from kontaktnat.model import Actor, Record
from kontaktnat_sweden.table import Municipality, municipality, nearest_by_code

if TYPE_CHECKING:
    from kontaktnat.extend import Outward

KIND = "municipality"


def check(record: Record, _book: Outward) -> Iterator[Finding]:
    """An actor's place exists; a municipality bears its legal name, or has it among names and aliases."""
    if not isinstance(record, Actor) or not record.place:
        return
    found = _known(record.place)
    if found is None:
        yield Finding(
            type=record.type,
            id=record.id,
            path="place",
            message=Text("{name}: no municipality has the code {code}", name=record.name, code=record.place),
            remedy=Text("set place to the right code; nearest: {names}", names=_nearest(record.place)),
        )
    elif record.kind == KIND and not record.succeeded_by and found.legal_name not in _names(record):
        # One that has a successor keeps the name it had: old minutes are right as they are.
        yield Finding(
            type=record.type,
            id=record.id,
            path="name",
            message=Text(
                "{name} ({code}) is {legal_name} by law",
                name=record.name,
                code=record.place,
                legal_name=found.legal_name,
            ),
            remedy=Text(
                "name it {legal_name}, or add that as an alias, or correct its place",
                legal_name=found.legal_name,
            ),
        )


def refuse_unknown_place(record: Record, before: Record | None) -> None:
    """Raise Veto for a place that is new here and no municipality's; one that was there may stay."""
    if not isinstance(record, Actor) or not record.place or _known(record.place):
        return
    if isinstance(before, Actor) and before.place == record.place:
        return
    raise Veto(
        "no Swedish municipality has the code {code}; nearest: {names}",
        code=record.place,
        names=_nearest(record.place),
    )


def refuse_to_delete(record: Record, book: Outward) -> None:
    """Raise Veto for a municipality, unless another record of the same one stays: a merged duplicate goes."""
    if not isinstance(record, Actor) or record.kind != KIND or not _known(record.place):
        return
    if any(other.id != record.id for other in book.actors.where(kind=KIND, place=record.place)):
        return
    raise Veto(
        "{name} is a municipality, and those are not deleted: "
        "set succeeded_by where another has taken its place, or correct its kind",
        name=record.name,
    )


def _known(code: str) -> Municipality | None:
    try:
        return municipality(code)
    except NotFound:
        return None


def _names(actor: Actor) -> set[str]:
    return {actor.name, *actor.aliases, *(former.name for former in actor.names)}


def _nearest(code: str) -> str:
    return ", ".join(f"{one.code} {one.name}" for one in nearest_by_code(code))
