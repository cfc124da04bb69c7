"""The view `police-areas`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontaktnat.errors import NotFound, Usage
from kontaktnat.extend import Column, Table, collation_key

if TYPE_CHECKING:
    from kontaktnat.extend import Outward
    from kontaktnat.model import ActorId, PartialDate

KIND = "local_police_area"
TITLE = "Local police areas and their municipalities"
DEFINITION = (
    "Commitments of the kind local police area, a row for each area and municipality; those that have ended "
    "too. Certainty: verified stands in the source, unverified is to be checked before relying on it."
)


def police_areas(book: Outward, /, **params: Any) -> Table:
    """A row for each area and municipality, by area and then municipality in Swedish order.

    Columns: area, municipality (names), since, until (dates, as exact as they are known), certainty,
    source. Takes no parameters; raises Usage for one.
    """
    if params:
        raise Usage("the view police-areas takes no {name}", name=", ".join(params))
    rows: list[dict[str, Any]] = [
        {
            "area": _name(book, area),
            "municipality": _name(book, commitment.actor),
            "since": _written(commitment.valid_from),
            "until": _written(commitment.valid_until),
            "certainty": commitment.extra.get("kalmar.certainty"),
            "source": commitment.extra.get("kalmar.source"),
        }
        for commitment in book.commitments.where(kind=KIND)
        for area in commitment.parties
    ]
    rows.sort(key=lambda row: (collation_key(row["area"]), collation_key(row["municipality"])))
    return Table(
        name="police-areas",
        title=TITLE,
        columns=(
            Column(key="area", title="Police area"),
            Column(key="municipality", title="Municipality"),
            Column(key="since", title="Since", type="date"),
            Column(key="until", title="Until", type="date"),
            Column(key="certainty", title="Certainty"),
            Column(key="source", title="Source"),
        ),
        rows=tuple(rows),
        definition=DEFINITION,
    )


def _name(book: Outward, id: ActorId | None) -> str:
    if id is None:
        return ""
    try:
        return book.actors.get(id).name
    except NotFound:
        return id  # `check` names it; a table is no place to fail


def _written(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)
