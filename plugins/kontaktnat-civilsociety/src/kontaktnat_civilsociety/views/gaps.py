"""Which kinds of associations were never in contact, municipality by municipality."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kontaktnat.errors import Invalid
from kontaktnat.extend import (
    Column,
    Table,
    Text,
    collation_key,
    contacted,
    held,
    left_out,
    resolve,
    successors,
)
from kontaktnat.model import Actor, day_of
from kontaktnat_civilsociety.schemes import ICNPO
from kontaktnat_civilsociety.standing import standing
from kontaktnat_civilsociety.views.periods import period
from kontaktnat_civilsociety.views.said import GAPS_DEFINITION, GAPS_TITLE

if TYPE_CHECKING:
    from kontaktnat.extend import Outward

_LEVELS = ("group", "subgroup")
_COLUMNS = (
    Column(key="municipality", title=Text("Municipality")),
    Column(key="category", title=Text("Category")),
    Column(key="title", title=Text("What")),
    Column(key="state", title=Text("State"), type="word", vocabulary="civil_gap_state"),
    Column(key="associations", title=Text("Associations"), type="number"),
    Column(key="last_contact", title=Text("Last contact"), type="date"),
    Column(key="id", title=Text("Id"), type="id"),
)


def gaps(book: Outward, /, *, since: str = "", until: str = "", level: str = "", place: str = "") -> Table:
    """Rows by municipality in Swedish order, then in ICNPO's own order.

    Raises Invalid for a level or date, NotFound or Ambiguous for a municipality.
    """
    first, last = period(book, since, until)
    chosen = level.strip() or _LEVELS[0]
    if chosen not in _LEVELS:
        raise Invalid("{path}: {value} is none of {allowed}", path="level", value=level,
                      allowed=", ".join(_LEVELS))  # fmt: skip
    gone = successors(book)
    actors = [one for one in book.actors.all() if one.id not in gone]
    there = [one for one in actors if one.kind == "municipality" and one.place]
    if place.strip():
        wanted = place.strip()
        code = wanted if wanted.isdecimal() else ""
        found_id = "" if code else resolve(book, wanted, ("actor",)).id
        there = [one for one in there if one.place == code or one.id == found_id]
        if not there:
            raise Invalid("{path}: {value} is no municipality", path="place", value=place)
    associations = [one for one in actors if standing(one) == "civil"]
    found: dict[tuple[str, str], list[Actor]] = defaultdict(list)
    for one in associations:
        for value in {_level(book, value, chosen) for value in one.categories if _is_known(book, value)}:
            found[one.place, value].append(one)
    met = contacted(book)
    rows = []
    for municipality in sorted(there, key=lambda one: (collation_key(one.name), one.id)):
        for value in _values(book, chosen):
            known = found.get((municipality.place, value), [])
            days = [day_of(one.when) for actor in known for one in met.get(actor.id, ()) if one.when]
            if not any(first <= day <= last for day in days):
                rows.append(
                    {
                        "municipality": municipality.name,
                        "category": value,
                        "title": book.schemes.title(value),
                        "state": "no_contact" if known else "none_known",
                        "associations": len(known),
                        "last_contact": max(days).isoformat() if days else None,
                        "id": municipality.id,
                    }
                )
    notes = (*_notes(book, associations, rows, len(there)), *left_out(book, held(book)))
    return Table(name="civil-gaps", title=GAPS_TITLE, columns=_COLUMNS, rows=tuple(rows), notes=notes,
                 definition=GAPS_DEFINITION)  # fmt: skip


def _values(book: Outward, level: str) -> list[str]:
    """ICNPO's groups, or its subgroups."""
    below = level != _LEVELS[0]
    return [f"{ICNPO}:{one.code}" for one in book.schemes.of(ICNPO).values() if bool(one.parent) == below]


def _is_known(book: Outward, value: str) -> bool:
    return value.partition(":")[0] == ICNPO and book.schemes.get(value) is not None


def _level(book: Outward, value: str, level: str) -> str:
    return book.schemes.above(value) if level == _LEVELS[0] else value


def _notes(
    book: Outward, associations: list[Actor], rows: list[dict[str, Any]], municipalities: int
) -> Iterator[Text]:
    silent = sum(row["state"] == "no_contact" for row in rows)
    yield Text("{n} without contact though there are associations, {none} "
               "of which none is known; municipalities: {places}", n=silent, none=len(rows) - silent,
               places=municipalities)  # fmt: skip
    unsorted = [one for one in associations if not any(_is_known(book, value) for value in one.categories)]
    if unsorted:
        yield Text(
            "{n} association has no category: kontaktnat civilsociety suggest",
            "{n} associations have no category: kontaktnat civilsociety suggest",
            n=len(unsorted),
        )
    if nowhere := [one for one in associations if not one.place]:
        yield Text("{n} association has no place", "{n} associations have no place", n=len(nowhere))
