"""What is done together: interactions, topics and follow-ups."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from attrs import field, frozen

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, joined
from kontaktnat.model.base import (
    AHEAD,
    ActorId,
    AssignmentId,
    ContactId,
    FollowUpId,
    InteractionId,
    NetworkId,
    Record,
    RoleId,
    TopicId,
    Value,
    among,
    link,
    not_blank,
    ordered,
    repeats,
    rule,
    texts,
    word,
)
from kontaktnat.model.dates import Moment, PartialDate, to_date, to_moment, to_time
from kontaktnat.model.spans import repeated

STATUSES = ("invited", "accepted", "tentative", "declined", "attended", "deputy", "absent")


@frozen(kw_only=True, eq=False, repr=False)
class Participation(Value):
    """Somebody's part in an interaction: exactly one of a role (the hat worn), a contact or an actor.

    `who` is a bare id of whichever kind; the Book finds out which when it saves.
    """

    role: RoleId | None = field(default=None, metadata=link("role"))
    contact: ContactId | None = field(default=None, metadata=link("contact"))
    actor: ActorId | None = field(default=None, metadata=link("actor"))
    who: str = ""
    status: str = field(default="attended", validator=among(*STATUSES), metadata=word("participation_status"))
    part: str = field(default="member", validator=among("host", "guest", "member"), metadata=word("part"))
    deputy_for: RoleId | None = field(default=None, metadata=link("role"))
    function: str = field(default="", metadata=word("function"))
    """Of an actor: as what somebody took part for it whose data has been erased since."""

    def __attrs_post_init__(self) -> None:
        whom = (self.role, self.contact, self.actor, self.who)
        if sum(map(bool, whom)) != 1:
            names = ("role", "contact", "actor", "who")
            given = [name for name, one in zip(names, whom, strict=True) if one]
            raise Invalid(
                "name exactly one of role, contact and actor, not {given}",
                path="",
                given=joined(" + ", given) if given else Text("none"),
            )


def to_participants(values: Iterable[Participation | str]) -> tuple[Participation, ...]:
    """Converter: a bare id becomes a participant who attended."""
    if isinstance(values, str):
        raise Invalid("participants: give a list, not one text", path="participants")
    return tuple(Participation(who=value) if isinstance(value, str) else value for value in values)


def _mandate(value: Any) -> str | None:
    wrong = [number for number in value if number not in (1, 2, 3, 4)]
    if not wrong:
        return None
    return Text("{value} is none of 1-4 (förordning 2016:1258, 2 § 1-4)", value=wrong[0])


def _process_step(value: Any) -> str | None:
    if value in (1, 2, 3, 4, 5):
        return None
    return Text("{value} is no step of Brå's cooperation process (1-5)", value=value)


def _a_count(value: Any) -> str | None:
    return None if value > 0 else Text("{value} is no number of people", value=value)


@frozen(kw_only=True, eq=False, repr=False)
class Headcount(Value):
    """How many of an actor's people took part: a training's participants, counted and not named."""

    actor: ActorId = field(metadata=link("actor"))
    count: int = field(validator=rule(_a_count))


@frozen(kw_only=True, eq=False, repr=False)
class Interaction(Record):
    """A call, visit, mail, meeting or training, with the hats that were worn."""

    type: ClassVar[str] = "interaction"
    id: InteractionId = InteractionId("")
    kind: str = field(default="", metadata=word("interaction_kind"))
    when: Moment | None = field(default=None, converter=to_moment)
    ends: datetime | None = field(default=None, converter=to_time, metadata=AHEAD)
    status: str = field(
        default="held", validator=among("planned", "held", "cancelled"), metadata=word("interaction_status")
    )
    direction: str = field(default="", validator=among("in", "out", ""), metadata=word("direction"))
    subject: str = ""
    theme: str = ""
    summary: str = ""
    place: str = ""
    network: NetworkId | None = field(default=None, metadata=link("network"))
    series: str = ""
    agenda: tuple[str, ...] = field(default=(), converter=texts)
    participants: tuple[Participation, ...] = field(default=(), converter=to_participants)
    topics: tuple[TopicId, ...] = field(default=(), converter=tuple[TopicId, ...], metadata=link("topic"))
    assignments: tuple[AssignmentId, ...] = field(
        default=(), converter=tuple[AssignmentId, ...], metadata=link("assignment")
    )
    mandate: tuple[int, ...] = field(default=(), converter=tuple[int, ...], validator=rule(_mandate))
    process_step: int | None = field(default=None, validator=rule(_process_step))
    asked: str = ""
    """What support was asked for."""
    support: tuple[str, ...] = field(default=(), converter=texts, metadata=word("support"))
    """What was given: advice, a method, a contact, material."""
    audience: str = field(default="", metadata=word("audience"))
    """Whom a training is for."""
    headcounts: tuple[Headcount, ...] = field(default=(), converter=tuple[Headcount, ...])
    registry_number: str = ""
    source: str = ""
    """Message id of a mail, or the import it came with."""

    def __attrs_post_init__(self) -> None:
        if isinstance(self.when, datetime):
            ordered("when", "ends", self.when, self.ends)


@frozen(kw_only=True, eq=False, repr=False)
class TopicLink(Value):
    """How this topic stands to another."""

    kind: str = field(
        default="addresses",
        validator=among("addresses", "illustrates", "duplicates"),
        metadata=word("topic_link"),
    )
    topic: TopicId = field(metadata=link("topic"))


@frozen(kw_only=True, eq=False, repr=False)
class Reach(Value):
    """An actor that something came to, and when: an answer brought home, an example spread or taken up."""

    actor: ActorId = field(metadata=link("actor"))
    date: PartialDate | None = field(default=None, converter=to_date)


@frozen(kw_only=True, eq=False, repr=False)
class Topic(Record):
    """A problem, proposal, question or good example (fråga)."""

    type: ClassVar[str] = "topic"
    id: TopicId = TopicId("")
    kind: str = field(
        default="problem",
        validator=among("problem", "proposal", "question", "example"),
        metadata=word("topic_kind"),
    )
    title: str = field(validator=not_blank)
    text: str = ""
    raised_by: tuple[ActorId, ...] = field(default=(), converter=tuple[ActorId, ...], metadata=link("actor"))
    raised_on: PartialDate | None = field(default=None, converter=to_date)
    source: str = ""
    """Whence a good example comes."""
    links: tuple[TopicLink, ...] = field(default=(), converter=tuple[TopicLink, ...])
    status: str = field(
        default="open",
        validator=among("open", "draft", "lifted", "answered", "returned", "closed"),
        metadata=word("topic_status"),
    )
    lifted_on: PartialDate | None = field(default=None, converter=to_date)
    lifted_to: str = ""
    answer: str = ""
    answered_on: PartialDate | None = field(default=None, converter=to_date)
    returned: tuple[Reach, ...] = field(default=(), converter=tuple[Reach, ...])
    evidence: str = field(default="", metadata=word("evidence"))
    spread: tuple[Reach, ...] = field(default=(), converter=tuple[Reach, ...])
    uptake: tuple[Reach, ...] = field(default=(), converter=tuple[Reach, ...])
    review_due: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    closed_on: PartialDate | None = field(default=None, converter=to_date)

    def __attrs_post_init__(self) -> None:
        ordered("lifted_on", "answered_on", self.lifted_on, self.answered_on)


def _recurrence(value: Any) -> str | None:
    try:
        repeated(str(value))
    except Invalid as error:
        return error.text
    return None


@frozen(kw_only=True, eq=False, repr=False)
class FollowUp(Record):
    """Something promised or to be done (uppföljning); `side` says who promised: we or they."""

    type: ClassVar[str] = "followup"
    id: FollowUpId = FollowUpId("")
    text: str = field(validator=not_blank)
    since: PartialDate | None = field(default=None, converter=to_date)
    """When it was promised or taken on."""
    due: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    side: str = field(default="we", validator=among("we", "they"), metadata=word("side"))
    owner: str = ""
    """Who of us sees to it."""
    about: tuple[str, ...] = field(default=(), converter=texts, metadata=link("any"))
    done_on: PartialDate | None = field(default=None, converter=to_date)
    recurrence: str = field(default="", validator=rule(_recurrence), metadata=repeats("due"))
    """When it comes again once it is done, an ISO 8601 repeating interval with its first day:
    `R/2026-01-31/P1M`."""
