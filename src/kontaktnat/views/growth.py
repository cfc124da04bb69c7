"""How contacts are built: actors reached, by sector and calendar year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.views.contacted import contacted
from kontaktnat.views.said.growth import DEFINITION, TITLE
from kontaktnat.views.standing import BOARD, actors, left_out

_COLUMNS = (
    Column(key="sector", title="Sector", type="word", vocabulary="sector"),
    Column(key="year", title="Year", type="number"),
    Column(key="new", title="New", type="number"),
    Column(key="reached", title="Reached", type="number"),
    Column(key="known", title="Known", type="number"),
)
_NONE = ""


def growth(book: Outward, /) -> Table:
    """Rows: sectors in the vocabulary's order, then words that it does not have, no sector last; by year."""
    book = book.remembering()
    met = contacted(book)
    by_sector: dict[str, list[Set[int]]] = defaultdict(list)
    for actor in _counted(book):
        by_sector[actor.sector].append({day_of(one.when).year for one in met.get(actor.id, ()) if one.when})
    all_met = {one.id: one for interactions in met.values() for one in interactions}.values()
    years = [year for found in by_sector.values() for one in found for year in one]
    span = range(min(years, default=book.today.year + 1), book.today.year + 1)
    order = _order(book, by_sector)
    return Table(
        name="growth",
        title=TITLE,
        columns=_COLUMNS,
        rows=tuple(row for sector in order for row in _rows(sector, by_sector[sector], span)),
        notes=(*(_note(book, one, by_sector[one]) for one in order), *left_out(book, all_met)),
        definition=DEFINITION,
    )


def _counted(book: Outward) -> Iterator[model.Actor]:
    hosts = {network.host for network in book.networks.all()}
    for actor in actors(book):
        ours = actor.kind == BOARD and actor.id in hosts
        if actor.kind != "network" and not ours:
            yield actor


def _order(book: Outward, by_sector: Mapping[str, Any]) -> list[str]:
    known = [word for word in book.words.of("sector") if word in by_sector]
    return [*known, *sorted(by_sector.keys() - {*known, _NONE}), *({_NONE} & by_sector.keys())]


def _rows(sector: str, reached: Sequence[Set[int]], span: range) -> Iterator[dict[str, Any]]:
    """`reached`: of each actor of the sector, the years in which it was."""
    known = 0
    first = [min(years) for years in reached if years]
    for year in span:
        new = first.count(year)
        known += new
        yield {
            "sector": sector or None,
            "year": year,
            "new": new,
            "reached": sum(year in years for years in reached),
            "known": known,
        }


def _note(book: Outward, sector: str, reached: Sequence[Set[int]]) -> Text:
    name = book.words.name("sector", sector) if sector else Text("no sector")
    return Text("{sector}: {n} of {all} actors without any contact", sector=name,
                n=sum(not years for years in reached), all=len(reached))  # fmt: skip
