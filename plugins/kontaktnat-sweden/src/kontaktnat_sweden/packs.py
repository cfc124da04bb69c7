"""A county pack for each of the 21 counties, made of the table and of what holds of every county.

Only facts: the municipalities with their legal names, the county board, the region, the posts that the law
asks for, all of them vacant, and the one assignment that the regional coordinators have by statute. Police
areas and networks are a county's own pack's to tell. Keys are the same as there: such a pack adds what lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kontaktnat.extend import CountyPack
from kontaktnat.model import (
    Actor,
    ActorId,
    Assignment,
    AssignmentId,
    Record,
    Role,
    RoleId,
    id_for,
)
from kontaktnat_sweden.table import County, Municipality, counties, municipalities

VERSION = 1
"""Raised by one whenever the packs say something else."""

_REGIONS = {
    "01": "Region Stockholm",
    "03": "Region Uppsala",
    "04": "Region Sörmland",
    "05": "Region Östergötland",
    "06": "Region Jönköpings län",
    "07": "Region Kronoberg",
    "08": "Region Kalmar län",
    "10": "Region Blekinge",
    "12": "Region Skåne",
    "13": "Region Halland",
    "14": "Västra Götalandsregionen",
    "17": "Region Värmland",
    "18": "Region Örebro län",
    "19": "Region Västmanland",
    "20": "Region Dalarna",
    "21": "Region Gävleborg",
    "22": "Region Västernorrland",
    "23": "Region Jämtland Härjedalen",
    "24": "Region Västerbotten",
    "25": "Region Norrbotten",
}
"""What the regions call themselves. On Gotland the municipality has the region's tasks: there is no other."""

_FUNCTIONS = ("crime_prevention_coordinator", "executive_board_chair")
"""At each municipality: the coordination function (lag 2023:196, 11-12 §§), and who leads its board
(kommunallagen 2017:725, 6 kap.)."""
_REGIONAL = "regional_crime_prevention_coordinator"
_ASSIGNMENT = "se:assignment:brottsforebyggande"


def packs() -> tuple[CountyPack, ...]:
    """All 21, by code."""
    return tuple(
        CountyPack(
            name=f"sweden-{one.slug}",
            county=one.code,
            title=one.name,
            version=VERSION,
            aliases=(one.slug, one.short_name, one.letter),
            general=True,
            records=partial(_records, one),
        )
        for one in counties()
    )


def _records(county: County) -> Iterator[Record]:
    places = municipalities(county.code)
    board = f"se:county-board:{county.code}"
    yield from (_municipality(one) for one in places)
    yield Actor(
        id=ActorId(id_for(f"actor:{board}")),
        name=f"Länsstyrelsen i {county.name}",
        kind="county_administrative_board",
        sector="state",
        aliases=("Länsstyrelsen", f"Länsstyrelsen {county.short_name}"),
        county=county.code,
    )
    if region := _REGIONS.get(county.code):
        yield Actor(
            id=ActorId(id_for(f"actor:se:region:{county.code}")),
            name=region,
            kind="region",
            sector="region",
            aliases=("Regionen",),
            county=county.code,
        )
    yield Actor(
        id=ActorId(id_for("actor:se:agency:bra")),
        name="Brottsförebyggande rådet",
        kind="national_body",
        sector="state",
        aliases=("Brå",),
    )
    assignment = AssignmentId(id_for(f"assignment:{_ASSIGNMENT}"))
    yield Assignment(
        id=assignment,
        name="Brottsförebyggande arbete",
        level="county",
        legal_refs=("förordning (2016:1258)",),
        addressee="kommuner",
        national_body="Brå",
        reports=("02-15 årlig redovisning till Brå (förordning 2016:1258, 4 §)",),
        horizon="tillsvidare",
        county=county.code,
    )
    for one in places:
        for function in _FUNCTIONS:
            yield _vacant(f"se:municipality:{one.code}", function, county.code)
    yield _vacant(board, _REGIONAL, county.code, assignment)


def _municipality(one: Municipality) -> Actor:
    other = (one.self_name,) if one.self_name else ()
    return Actor(
        id=ActorId(id_for(f"actor:se:municipality:{one.code}")),
        name=one.legal_name,
        kind="municipality",
        sector="municipality",
        aliases=(one.name, *other),
        place=one.code,
        county=one.county,
    )


def _vacant(actor: str, function: str, county: str, assignment: AssignmentId | None = None) -> Role:
    return Role(
        id=RoleId(id_for(f"role:{actor}:{function}")),
        actor=ActorId(id_for(f"actor:{actor}")),
        function=function,
        assignment=assignment,
        county=county,
    )
