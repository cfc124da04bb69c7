"""The documents that every store is measured with: a county's register in the large, invented throughout.

As `Book` writes them (`codec.from_doc` takes each): about 400 bytes of JSON, Swedish text, and for each actor
five contacts and twenty interactions. The same seed gives the same documents, so runs can be compared.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from kontaktnat.model.ids import id_for

Doc = dict[str, Any]

MIX = {"actor": 1, "contact": 5, "interaction": 20}
RARE = "national_meeting"
"""A kind that stands in few interactions, however many there are."""
RARE_ONES = 10
THEMES = (
    "skadegörelse", "klotter", "cykelstölder", "bostadsinbrott", "åldringsbrott", "bedrägerier", "otrygghet",
    "våldsbrott", "narkotikaförsäljning", "ordningsstörningar", "buskörning", "mobbning", "utpressning",
    "hedersförtryck", "skolnärvaro", "föräldrastöd", "grannsamverkan", "nattvandring", "belysning",
    "trygghetsvandring", "lägesbild", "medborgarlöfte", "överenskommelse", "åtgärdsplan",
)  # fmt: skip
"""One in each interaction's summary, in lower case."""

_PLACES = (
    "Ängö", "Norrliden", "Oxhagen", "Sörby", "Åseda", "Hultet", "Björkvallen", "Kvarnholmen", "Östra strand",
    "Lugnet", "Älvsborg", "Stationsparken", "Rådhustorget", "Västra skolan", "Folkets park", "Bruksgatan",
)  # fmt: skip
_GIVEN = ("Eva", "Bo", "Siv", "Maj", "Anna", "Åsa", "Lo", "Pia", "Ida", "Lena", "Ärla")
_FAMILY = (
    "Ek",
    "Björk",
    "Rönn",
    "Lind",
    "Alm",
    "Öberg",
    "Hägg",
    "Ängström",
    "Sand",
    "Asp",
    "Hassel",
    "Brolund",
)
_KINDS = ("network_meeting", "training", "sounding_board", "phone", "mail", "visit", "consultation")
_HEARD = (
    "Kommunen berättade om {theme} vid {place} och undrade hur andra har gjort.",
    "Vi gick igenom {theme} i {place}; polisens bild och förvaltningens stämmer inte överens.",
    "Frågan om {theme} kring {place} har kommit upp igen och rådet vill ha ett underlag.",
)
_AGREED = (
    "De återkommer när gruppen har träffats.",
    "Vi skickar Brås skrift och ett exempel från grannkommunen.",
    "Nästa steg är en gemensam kartläggning före sommaren.",
    "Ärendet lyfts på nästa nätverksträff om ingen hör av sig.",
)
_ABOUT = (
    "Ansvarar för det brottsförebyggande rådet och håller i den årliga uppföljningen; nås bäst före lunch.",
    "Ny på posten sedan i höstas, har gått grundutbildningen och vill ha en samtalspartner i grannkommunen.",
    "Samordnar överenskommelsen med polisen, deltar i nätverket och delar sin tid mellan två förvaltningar.",
)  # fmt: skip
_BEGAN = datetime.fromisoformat("2017-01-09T09:00:00+01:00")


def counts(total: int) -> dict[str, int]:
    """How many of each type; `total` in all."""
    part = total / sum(MIX.values())
    found = {type: round(part * share) for type, share in MIX.items()}
    found["interaction"] = total - found["actor"] - found["contact"]
    return found


def contact_id(number: int) -> str:
    """The id of contact `number`."""
    return id_for(f"contact {number}")


def role(number: int) -> str:
    """The id of the hat of contact `number`; interactions refer to it."""
    return id_for(f"role {number}")


def registry_number(number: int) -> str:
    """Interaction `number` alone has it."""
    return f"{2017 + number % 10}/{number:06}"


def contact(number: int, dice: random.Random) -> Doc:
    """A person whom nobody has met."""
    given, family = dice.choice(_GIVEN), dice.choice(_FAMILY)
    return {
        "id": contact_id(number),
        "name": f"{given} {family}",
        "given": given,
        "family": family,
        "ways": [
            {"kind": "mail", "value": f"kontakt{number}@kommun.example"},
            {"kind": "phone", "value": f"070-174 06 {dice.randrange(5, 100):02}"},
        ],
        "purpose": "network_membership",
        "note": dice.choice(_ABOUT),
        **_saved(dice),
    }


def documents(total: int) -> Iterator[tuple[str, Doc]]:
    """(type, document), `total` of them."""
    dice = random.Random(5)
    number = counts(total)
    yield from (("actor", _actor(n, dice)) for n in range(number["actor"]))
    yield from (("contact", contact(n, dice)) for n in range(number["contact"]))
    rare = set(dice.sample(range(number["interaction"]), min(RARE_ONES, number["interaction"])))
    for n in range(number["interaction"]):
        kind = RARE if n in rare else dice.choice(_KINDS)
        yield "interaction", _interaction(n, kind, number, dice)


def _actor(number: int, dice: random.Random) -> Doc:
    place = dice.choice(_PLACES)
    return {
        "id": id_for(f"actor {number}"),
        "name": f"Föreningen för {place} {number}",
        "kind": dice.choice(("association", "municipal_department", "state_agency")),
        "aliases": [f"{place}föreningen {number}"],
        "place": "0881",
        "ways": [{"kind": "mail", "value": f"kansli{number}@forening.example"}],
        "note": dice.choice(_ABOUT),
        **_saved(dice),
    }


def _interaction(number: int, kind: str, among: dict[str, int], dice: random.Random) -> Doc:
    place, theme = dice.choice(_PLACES), dice.choice(THEMES)
    return {
        "id": id_for(f"interaction {number}"),
        "kind": kind,
        "when": (_BEGAN + timedelta(hours=dice.randrange(80_000))).isoformat(),
        "summary": f"{dice.choice(_HEARD).format(theme=theme, place=place)} {dice.choice(_AGREED)}",
        "participants": [{"role": role(dice.randrange(among["contact"]))}],
        "mandate": [dice.randrange(1, 5)],
        "registry_number": registry_number(number),
        **_saved(dice),
    }


def _saved(dice: random.Random) -> Doc:
    at = _BEGAN + timedelta(seconds=dice.randrange(280_000_000))
    return {"rev": 1, "created": at.isoformat(), "created_by": dice.choice(("anna", "bo"))}
