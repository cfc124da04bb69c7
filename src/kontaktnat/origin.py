"""Whence a topic comes that another county sent: kept in `extra["origin.…"]`, never told as one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import asdict, field, fields, frozen

from kontaktnat.i18n import Text
from kontaktnat.plain import Plain

if TYPE_CHECKING:
    from kontaktnat.model import Record, Topic

# SCB:s länskoder. Here, for a bundle carries the code alone: what is looked up names nobody.
COUNTIES: Mapping[str, str] = {
    "01": "Stockholms län", "03": "Uppsala län", "04": "Södermanlands län", "05": "Östergötlands län",
    "06": "Jönköpings län", "07": "Kronobergs län", "08": "Kalmar län", "09": "Gotlands län",
    "10": "Blekinge län", "12": "Skåne län", "13": "Hallands län", "14": "Västra Götalands län",
    "17": "Värmlands län", "18": "Örebro län", "19": "Västmanlands län", "20": "Dalarnas län",
    "21": "Gävleborgs län", "22": "Västernorrlands län", "23": "Jämtlands län", "24": "Västerbottens län",
    "25": "Norrbottens län",
}  # fmt: skip
"""The 21 counties by code (SCB)."""
SENT = "bundle."
"""How the ids of settings begin that keep of a county when it last sent, and its statistics: `bundle.07`."""
_PREFIX = "origin."


@frozen(kw_only=True, eq=False, repr=False)
class Origin(Plain):
    """Which county a topic is of, by which bundle it came, and what its county says of it."""

    _shown = ("county", "id")

    county: str
    """Its code (SCB)."""
    id: str
    """What the topic is called there."""
    made_on: str
    """The day of the county's own bundle, ISO 8601."""
    rev: int = 0
    """The revision that it had there."""
    via: str = ""
    """The code of the county that passed it on; "": it came from its own."""
    raised_by: str = ""
    """Municipalities, each by code and name, apart by semicolons."""
    taken_up_by: str = ""
    withdrawn_on: str = ""
    """The day of the first bundle of its county that had it no more."""
    came: str = field(default="", repr=False)
    """`field:digest` of each value as it came, apart by blanks: what differs was changed here."""

    @property
    def name(self) -> str:
        """The county's name."""
        return county_name(self.county)


def county_name(code: str) -> str:
    """A county's name; the code itself where there is no such county."""
    return COUNTIES.get(code, code)


def authority(code: str) -> str:
    """The county's administrative board: who sends a bundle."""
    return f"Länsstyrelsen i {county_name(code)}"


def is_foreign(record: Record) -> bool:
    """Whether it came from another county, and is none of our own questions and examples."""
    return f"{_PREFIX}county" in record.extra


def origin_of(record: Record) -> Origin | None:
    """Whence it came; None: it is our own."""
    if not is_foreign(record):
        return None
    names = {one.name for one in fields(Origin)}
    told = {key.removeprefix(_PREFIX): value for key, value in record.extra.items()}
    return Origin(**{"id": "", "made_on": ""} | {name: told[name] for name in names & told.keys()})


def titled(topic: Topic) -> str:
    """What it is called, and whose it is where it is another county's, to stand among our own."""
    origin = origin_of(topic)
    return f"{topic.title} ({origin.name})" if origin else topic.title


def with_origin(extra: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    """`extra` with this origin in it; what other plugins keep there stays."""
    told = {f"{_PREFIX}{name}": value for name, value in asdict(origin).items() if value not in ("", 0)}
    return {**without_origin(extra), **told}


def without_origin(extra: Mapping[str, Any]) -> dict[str, Any]:
    """`extra` with what others keep there alone."""
    return {key: value for key, value in extra.items() if not key.startswith(_PREFIX)}


def told(origin: Origin) -> dict[str, Text | str]:
    """What a page says of it, by the name of the row."""
    said = {
        "from": Text("{authority}, bundle of {day}", authority=authority(origin.county), day=origin.made_on),
        "passed_on_by": authority(origin.via) if origin.via else "",
        "raised_there_by": bare_names(origin.raised_by),
        "taken_up_there_by": bare_names(origin.taken_up_by),
        "withdrawn_on": origin.withdrawn_on,
        "id_there": origin.id,
    }
    return {name: value for name, value in said.items() if value}


def bare_names(places: str) -> str:
    """`0881 Nybro kommun;0880 Kalmar kommun` for eyes."""
    return ", ".join(one.partition(" ")[2] or one for one in places.split(";") if one)
