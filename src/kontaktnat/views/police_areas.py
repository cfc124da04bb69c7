"""Which municipality belongs to which local police area, since when, and how sure that is."""

from __future__ import annotations

from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.in_counties import in_counties
from kontaktnat.views.said.police_areas import DEFINITION, TITLE

KIND = "local_police_area"
_COLUMNS = (
    Column(key="area", title="Police area"),
    Column(key="municipality", title="Municipality"),
    Column(key="since", title="Since", type="date"),
    Column(key="until", title="Until", type="date"),
    Column(key="certainty", title="Certainty"),
    Column(key="source", title="Source"),
)


def police_areas(book: Outward, /) -> Table:
    """A row for each area and municipality, by area and then municipality in Swedish order.

    Columns: area, municipality (names), since, until (dates, as exact as they are known), certainty, source;
    county, where the book has municipalities of several.
    """
    rows: list[dict[str, Any]] = [
        {
            "area": _name(book, area),
            "municipality": _name(book, commitment.actor),
            "since": str(commitment.valid_from) if commitment.valid_from else None,
            "until": str(commitment.valid_until) if commitment.valid_until else None,
            "certainty": _told(commitment, "certainty"),
            "source": _told(commitment, "source"),
        }
        for commitment in book.commitments.where(kind=KIND)
        for area in commitment.parties
    ]
    rows.sort(key=lambda row: (collation_key(row["area"]), collation_key(row["municipality"])))
    table = Table(name="police-areas", title=TITLE, columns=_COLUMNS, rows=tuple(rows), definition=DEFINITION)
    return in_counties(book, table)


def _told(commitment: model.Commitment, what: str) -> str | None:
    """What a county pack says of it; Kalmar's first packs said it in fields of their own."""
    return commitment.extra.get(f"pack.{what}") or commitment.extra.get(f"kalmar.{what}")


def _name(book: Outward, id: str | None) -> str:
    if id is None:
        return ""
    found = book.peek(model.Actor, id)
    return found.name if found else id  # `check` names it; a table is no place to fail
