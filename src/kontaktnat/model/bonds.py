"""What binds actors together: assignments, networks and commitments."""

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
from kontaktnat.model.dates import PartialDate, to_date
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
    national_body: str = ""
    starts: PartialDate | None = field(default=None, converter=to_date)
    ends: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    horizon: str = ""
    target_groups: tuple[str, ...] = field(default=(), converter=texts)
    risk_factors: tuple[str, ...] = field(default=(), converter=texts)
    prevention_level: str = ""
    individual_data: bool = False
    reports: tuple[str, ...] = field(default=(), converter=texts)

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
    actor: ActorId | None = field(default=None, metadata=link("actor"))
    parties: tuple[ActorId, ...] = field(default=(), converter=tuple[ActorId, ...], metadata=link("actor"))
    decided_on: PartialDate | None = field(default=None, converter=to_date)
    decided_by: str = ""
    purposes: tuple[str, ...] = field(default=(), converter=texts)
    areas: tuple[str, ...] = field(default=(), converter=texts)
    valid_from: PartialDate | None = field(default=None, converter=to_date)
    valid_until: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    updated_on: PartialDate | None = field(default=None, converter=to_date)
    followed_up_on: PartialDate | None = field(default=None, converter=to_date)
    notice_months: int | None = field(default=None, validator=rule(_not_negative))
    renewal_years: int | None = field(default=None, validator=rule(_not_negative))
    council_terms: str = ""

    def __attrs_post_init__(self) -> None:
        ordered("valid_from", "valid_until", self.valid_from, self.valid_until)
