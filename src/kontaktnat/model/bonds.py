"""What binds actors together: assignments, networks and commitments."""

from datetime import MAXYEAR, date
from typing import Any, ClassVar

from attrs import field, frozen

from kontaktnat.i18n import Text
from kontaktnat.model.base import (
    AHEAD,
    SPAN,
    ActorId,
    AssignmentId,
    CommitmentId,
    NetworkId,
    Record,
    Value,
    among,
    link,
    not_blank,
    ordered,
    rule,
    texts,
    word,
)
from kontaktnat.model.dates import PartialDate, holds, to_date
from kontaktnat.model.spans import to_span


@frozen(kw_only=True, eq=False, repr=False)
class Assignment(Record):
    """An assignment (uppdrag) with its legal basis: what a role holds and an interaction serves."""

    type: ClassVar[str] = "assignment"
    id: AssignmentId = AssignmentId("")
    name: str = field(validator=not_blank)
    level: str = field(
        default="county", validator=among("county", "municipality"), metadata=word("assignment_level")
    )
    legal_refs: tuple[str, ...] = field(default=(), converter=texts)
    issuer: str = ""
    addressee: str = ""
    """Whom it asks something of: a kind of actor (`municipality`: all of them) or actors by name, with
    commas between."""
    national_body: str = ""
    starts: PartialDate | None = field(default=None, converter=to_date)
    ends: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    horizon: str = ""
    target_groups: tuple[str, ...] = field(default=(), converter=texts)
    risk_factors: tuple[str, ...] = field(default=(), converter=texts)
    prevention_level: str = ""
    individual_data: bool = False
    reports: tuple[str, ...] = field(default=(), converter=texts)
    """What is reported; one that begins with `02-15` is due on that day each year, with `2026-04-29` once."""
    invites: bool = True
    """Whether people are called to meetings under it; no: none are missing where the book has none."""

    def __attrs_post_init__(self) -> None:
        ordered("starts", "ends", self.starts, self.ends)


@frozen(kw_only=True, eq=False, repr=False)
class Member(Value):
    """An actor's dated membership in a network."""

    actor: ActorId = field(metadata=link("actor"))
    since: PartialDate | None = field(default=None, converter=to_date)
    until: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)

    def __attrs_post_init__(self) -> None:
        ordered("since", "until", self.since, self.until)


@frozen(kw_only=True, eq=False, repr=False)
class Network(Record):
    """A network (nätverk) that meets; its members are actors, whoever comes."""

    type: ClassVar[str] = "network"
    id: NetworkId = NetworkId("")
    name: str = field(validator=not_blank)
    level: str = field(default="", metadata=word("level"))
    members: tuple[Member, ...] = field(default=(), converter=tuple[Member, ...])
    functions: tuple[str, ...] = field(default=(), converter=texts, metadata=word("function"))
    """Who represents a member in it: the functions that are invited; none: whoever has a role there."""
    cadence: str = field(default="", converter=to_span, metadata=SPAN)
    """How often it meets, an ISO 8601 duration: `P3M`."""
    assignments: tuple[AssignmentId, ...] = field(
        default=(), converter=tuple[AssignmentId, ...], metadata=link("assignment")
    )
    host: ActorId | None = field(default=None, metadata=link("actor"))


def _not_negative(value: Any) -> str | None:
    return None if value >= 0 else Text("{value} is below zero", value=value)


@frozen(kw_only=True, eq=False, repr=False)
class Commitment(Record):
    """A legal duty or an agreement (lagkrav, överenskommelse) of an actor, with its parties and dates."""

    type: ClassVar[str] = "commitment"
    id: CommitmentId = CommitmentId("")
    kind: str = field(default="", metadata=word("commitment_kind"))
    status: str = field(default="", metadata=word("commitment_status"))
    actor: ActorId | None = field(default=None, metadata=link("actor"))
    assignment: AssignmentId | None = field(default=None, metadata=link("assignment"))
    parties: tuple[ActorId, ...] = field(default=(), converter=tuple[ActorId, ...], metadata=link("actor"))
    decided_on: PartialDate | None = field(default=None, converter=to_date)
    decided_by: str = ""
    purposes: tuple[str, ...] = field(default=(), converter=texts)
    areas: tuple[str, ...] = field(default=(), converter=texts)
    contents: tuple[str, ...] = field(default=(), converter=texts, metadata=word("commitment_content"))
    """What it has of what it is to have: an analysis, a council that the municipality leads."""
    integrated_with: tuple[str, ...] = field(default=(), converter=texts)
    """Other plans that it is worked into (lag 2023:196, 7 §)."""
    valid_from: PartialDate | None = field(default=None, converter=to_date)
    valid_until: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    updated_on: PartialDate | None = field(default=None, converter=to_date)
    followed_up_on: PartialDate | None = field(default=None, converter=to_date)
    due_on: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    """A deadline of its own: the next report of a grant."""
    meetings_per_year: int | None = field(default=None, validator=rule(_not_negative))
    notice_months: int | None = field(default=None, validator=rule(_not_negative))
    """Months before `valid_until` by which notice is to be given."""
    renewal_years: int | None = field(default=None, validator=rule(_not_negative))
    """It goes on for so many years more unless notice is given; 0 once it has been."""
    council_terms: str = ""
    url: str = ""
    note: str = ""

    def __attrs_post_init__(self) -> None:
        ordered("valid_from", "valid_until", self.valid_from, self.valid_until)


def runs_until(commitment: Commitment, on: date) -> PartialDate | None:
    """The end of the period that runs on a day, or the last that ran; None: it has no end.

    One that is renewed goes on by so many years each time its end has come.
    """
    end, years = commitment.valid_until, commitment.renewal_years or 0
    if end is None or not years or on < end.last:
        return end
    times = max((on.year - end.last.year) // years, 1)
    while on >= (found := renewed(end, years * times)).last and found.year < MAXYEAR:
        times += 1
    return found


def renewed(end: PartialDate, years: int) -> PartialDate:
    """An end so many years later; 29 February is the 28th in a year that lacks it."""
    year = min(end.year + years, MAXYEAR)
    if end.month and end.day:
        return PartialDate(year, end.month, min(end.day, PartialDate(year, end.month).last.day))
    return PartialDate(year, end.month)


def in_force(commitment: Commitment, on: date) -> bool:
    """Whether it holds on a day, renewals counted; what is unknown counts as valid."""
    return holds(commitment.valid_from, runs_until(commitment, on), on)
