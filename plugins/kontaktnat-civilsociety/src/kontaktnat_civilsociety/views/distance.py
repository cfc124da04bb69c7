"""Associations by how far they are from us in the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontaktnat.extend import Column, Table, Text, collation_key, distances, successors
from kontaktnat_civilsociety.schemes import LEGAL_FORM
from kontaktnat_civilsociety.standing import FAITH_KINDS, standing
from kontaktnat_civilsociety.views.said import DISTANCE_DEFINITION, DISTANCE_TITLE

if TYPE_CHECKING:
    from kontaktnat.extend import Distances, Outward
    from kontaktnat.model import Actor

_COLUMNS = (
    Column(key="steps", title=Text("Steps"), type="number"),
    Column(key="association", title=Text("Association")),
    Column(key="state", title=Text("State"), type="word", vocabulary="civil_distance_state"),
    Column(key="nearest", title=Text("Nearest")),
    Column(key="category", title=Text("Category")),
    Column(key="place", title=Text("Place")),
    Column(key="id", title=Text("Id"), type="id"),
)


def distance(book: Outward, /, *, a: str = "", category: str = "") -> Table:
    """Rows: the nearest first, who cannot be reached last, each in Swedish order.

    Raises NotFound, Ambiguous or Usage for `a`, Invalid or Ambiguous for a category.
    """
    wanted = {*book.schemes.within(book.schemes.lookup(category))} if category.strip() else set()
    gone = successors(book)
    asked = [
        one
        for one in book.actors.all()
        if one.id not in gone and standing(one) == "civil" and (not wanted or wanted & {*one.categories})
    ]
    known = distances(book, a)
    rows = [_row(known, one, named=not _tells_of_persons(book, one)) for one in asked]
    rows.sort(
        key=lambda row: (
            row["steps"] is None,
            row["steps"] or 0,
            collation_key(row["association"]),
            row["id"],
        )
    )
    reached = sum(row["steps"] is not None for row in rows)
    start = Text("{n} of {all} are reached", n=reached, all=len(rows))
    if known.start:
        start = Text("{n} of {all} are reached from {name}", n=reached, all=len(rows), name=known.start)
    return Table(name="civil-distance", title=DISTANCE_TITLE, columns=_COLUMNS, rows=tuple(rows),
                 notes=(start, *known.notes), definition=DISTANCE_DEFINITION)  # fmt: skip


def _tells_of_persons(book: Outward, actor: Actor) -> bool:
    """Whether to be named at it tells of one's faith, party or union."""
    return (
        actor.kind in FAITH_KINDS
        or any(map(book.schemes.is_closed, actor.categories))
        or book.schemes.is_closed(f"{LEGAL_FORM}:{actor.legal_form}")
    )


def _row(known: Distances, actor: Actor, *, named: bool) -> dict[str, Any]:
    steps = known.steps.get(actor.id)
    state = "reached" if steps is not None else "no_way" if actor.id in known.manned else "nobody"
    return {
        "steps": steps,
        "association": actor.name,
        "state": state,
        "nearest": known.nearest.get(actor.id) if named else None,
        "category": ", ".join(actor.categories) or None,
        "place": actor.place or None,
        "id": actor.id,
    }
