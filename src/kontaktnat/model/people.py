"""Actors, contacts and the roles (hats) between them."""

from datetime import datetime
from typing import Any, ClassVar

from attrs import field, frozen

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model.base import (
    AHEAD,
    SPAN,
    ActorId,
    AssignmentId,
    ContactId,
    Record,
    RoleId,
    Value,
    Way,
    link,
    not_blank,
    ordered,
    rule,
    texts,
    word,
)
from kontaktnat.model.dates import PartialDate, to_date, to_time
from kontaktnat.model.spans import to_span


def _municipality_code(value: Any) -> str | None:
    fits = isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdecimal()
    return None if fits else Text("{value!r} is no municipality code (four digits, SCB)", value=value)


def _personnummer_shaped(value: Any) -> str | None:
    """A sole trader's organisation number is a personnummer (third digit 0 or 1): not stored here."""
    digits = "".join(c for c in str(value) if c.isdecimal())
    if len(digits) == 12:
        digits = digits[2:]
    if len(digits) != 10:
        return Text("{value!r} is no organisation number (ten digits)", value=value)
    if digits[2] in "01":
        return Text("that is a personnummer in form (a sole trader's); leave it out")
    return None


@frozen(kw_only=True, eq=False, repr=False)
class FormerName(Value):
    """A name an actor bore until a date, so that old minutes keep it."""

    name: str = field(validator=not_blank)
    until: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)


@frozen(kw_only=True, eq=False, repr=False)
class Actor(Record):
    """An organisation, authority, council or unit (aktör)."""

    type: ClassVar[str] = "actor"
    id: ActorId = ActorId("")
    name: str = field(validator=not_blank)
    kind: str = field(default="other", metadata=word("actor_kind"))
    names: tuple[FormerName, ...] = field(default=(), converter=tuple[FormerName, ...])
    aliases: tuple[str, ...] = field(default=(), converter=texts)
    place: str = field(default="", validator=rule(_municipality_code))
    parent: ActorId | None = field(default=None, metadata=link("actor"))
    org_number: str = field(default="", validator=rule(_personnummer_shaped))
    legal_form: str = ""
    sector: str = field(default="", metadata=word("sector"))
    ways: tuple[Way, ...] = field(default=(), converter=tuple[Way, ...])
    protected: bool = False
    succeeded_by: ActorId | None = field(default=None, metadata=link("actor"))
    succeeded_on: PartialDate | None = field(default=None, converter=to_date)
    """The successor's first day."""
    cadence: str = field(default="", converter=to_span, metadata=SPAN)
    """How often to be in contact, an ISO 8601 duration: `P3M`."""
    note: str = ""


def names_kept(actor: Actor, until: PartialDate) -> tuple[FormerName, ...]:
    """Its former names when it gets another on that day; raises Invalid where it bore an earlier one still.

    A name that it takes again stays among them too: without it, older minutes would bear the one between.
    """
    for one in actor.names:
        if one.until and one.until.first > until.last:
            raise Invalid(
                "on: {day} is before {name} got another name ({until}); write that day or a later one",
                path="on",
                day=until,
                name=one.name,
                until=one.until,
            )
    return (*actor.names, FormerName(name=actor.name, until=until))


@frozen(kw_only=True, eq=False, repr=False)
class Contact(Record):
    """A person (kontakt). What they do where is a Role, never a property of the person."""

    type: ClassVar[str] = "contact"
    id: ContactId = ContactId("")
    name: str = field(validator=not_blank)
    given: str = ""
    family: str = ""
    aliases: tuple[str, ...] = field(default=(), converter=texts)
    """What they were called before, and what other lists call them: by these an import knows them too."""
    ways: tuple[Way, ...] = field(default=(), converter=tuple[Way, ...])
    protected: bool = False
    purpose: str = field(default="", metadata=word("purpose"))
    legal_basis: str = field(default="", metadata=word("legal_basis"))
    source: str = ""
    informed_at: datetime | None = field(default=None, converter=to_time)
    """When they were told what is kept of them, and why (GDPR art. 13 and 14)."""
    informed_how: str = field(default="", metadata=word("informed_how"))
    verified_at: datetime | None = field(default=None, converter=to_time)
    note: str = ""


def _part_of_full_time(value: Any) -> str | None:
    if 0 < value <= 1:
        return None
    return Text("{value} is no share of full time (above 0, at most 1)", value=value)


@frozen(kw_only=True, eq=False, repr=False)
class Role(Record):
    """A dated hat (roll): a contact at an actor. No contact: a vacant post."""

    type: ClassVar[str] = "role"
    id: RoleId = RoleId("")
    contact: ContactId | None = field(default=None, metadata=link("contact"))
    actor: ActorId | None = field(default=None, metadata=link("actor"))
    """Always set when stored; None only where it is covered."""
    function: str = field(default="", metadata=word("function"))
    title: str = ""
    assignment: AssignmentId | None = field(default=None, metadata=link("assignment"))
    share: float | None = field(default=None, validator=rule(_part_of_full_time))
    covers: tuple[ActorId, ...] = field(default=(), converter=tuple[ActorId, ...], metadata=link("actor"))
    """Actors served, where one person serves several: a municipal police officer's municipalities."""
    ways: tuple[Way, ...] = field(default=(), converter=tuple[Way, ...])
    since: PartialDate | None = field(default=None, converter=to_date)
    until: PartialDate | None = field(default=None, converter=to_date, metadata=AHEAD)
    cadence: str = field(default="", converter=to_span, metadata=SPAN)
    """How often to be in contact with whoever holds it, an ISO 8601 duration: `P1M`."""

    def __attrs_post_init__(self) -> None:
        ordered("since", "until", self.since, self.until)
