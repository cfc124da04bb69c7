"""People and a template → a letter for each, all of them before the first is written or sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat.errors import Invalid
from kontaktnat.extend import Outgoing, Text, speaking, tr
from kontaktnat.model import Actor, Interaction, Network, Role, day_of, stockholm
from kontaktnat_mail import dates
from kontaktnat_mail.building import Calendar, File, Sender, build, message_id

if TYPE_CHECKING:
    from kontaktnat.extend import Outward
    from kontaktnat_mail.templating import Letter
    from kontaktnat_mail.whom import Recipient

RESERVED = (
    "name", "given", "family", "mail", "phone", "role", "roles", "function", "actor", "network", "meeting",
    "sender", "today", "language",
)  # fmt: skip
"""What a template sees of itself; other fields are whoever sends it to give."""


@attrs.frozen(kw_only=True, repr=False)
class Meeting:
    """A meeting as a template sees it; what is not known is ""."""

    title: str
    when: str
    """`torsdag 12 november 2026 kl. 13.00–15.00`."""
    day: str
    """`2026-11-12`."""
    start: str
    """`13.00`."""
    end: str
    place: str
    network: str
    agenda: tuple[str, ...]

    def __str__(self) -> str:
        return self.title


@attrs.frozen(kw_only=True, repr=False)
class From:
    """Who writes, as a template sees it."""

    name: str
    mail: str

    def __str__(self) -> str:
        return self.name or self.mail


@attrs.frozen(kw_only=True, repr=False)
class Mailing:
    """What is written, to whomever."""

    letter: Letter
    by: Sender
    lang: str
    at: datetime
    subject: str = ""
    """Goes before the template's own."""
    fields: Mapping[str, str] = attrs.field(factory=dict)
    meeting: Meeting | None = None
    attached: tuple[File, ...] = ()
    unsubscribe: bool = False
    """Whether it goes to many, who may say that they want no more of it."""

    def __attrs_post_init__(self) -> None:
        if wrong := sorted(set(self.fields) & set(RESERVED)):
            raise Invalid("{path}: a template has this of itself; take another name", path=wrong[0])


def meeting_of(out: Outward, meeting: Interaction, lang: str) -> Meeting:
    """A meeting as a template sees it."""
    from kontaktnat_calendar.writing import title

    network = out.peek(Network, meeting.network) if meeting.network else None
    when, ends = meeting.when, meeting.ends
    with speaking(lang):
        return Meeting(
            title=title(out, meeting),
            when=dates.span(when, ends, lang),
            day=str(day_of(when)) if when else "",
            start=dates.clock(when, lang) if isinstance(when, datetime) else "",
            end=dates.clock(ends, lang) if ends and isinstance(when, datetime) else "",
            place=meeting.place,
            network=network.name if network else "",
            agenda=tuple(meeting.agenda),
        )


def fields_of(out: Outward, one: Recipient, mailing: Mailing) -> dict[str, Any]:
    """What a template sees of somebody. What is not known is not there: it can be asked for, not written."""
    with speaking(mailing.lang):
        role = _called(out, one.role) if one.role else ""
        roles = [", ".join(filter(None, (_called(out, hat), _where(out, hat)))) for hat in one.hats]
    told: dict[str, Any] = {
        "given": one.given or _first(one),
        "family": one.family,
        "phone": ", ".join(one.phones),
        "role": role,
        "roles": roles,
        "function": one.role.function if one.role else "",
        "actor": one.actor.name if one.actor else "",
        "network": one.network,
    }
    found: dict[str, Any] = {name: value for name, value in told.items() if value}
    if mailing.meeting:
        found["meeting"] = mailing.meeting
    today: date = mailing.at.astimezone(stockholm()).date()
    return {
        **mailing.fields,
        **found,
        "name": one.name,
        "mail": one.mail,
        "sender": From(name=mailing.by.name, mail=mailing.by.mail),
        "today": dates.day(today, mailing.lang),
        "language": mailing.lang,
    }


def _called(out: Outward, role: Role) -> str:
    return role.title or tr(out.words.name("function", role.function))


def _where(out: Outward, role: Role) -> str:
    actor = out.peek(Actor, role.actor) if role.actor else None
    return actor.name if actor else ""


def _first(one: Recipient) -> str:
    """The given name of a person whose parts nobody wrote: the first of two or more words."""
    words = one.name.split() if one.contact else []
    return words[0] if len(words) > 1 and "," not in one.name else ""


def compose(
    out: Outward,
    people: Iterable[Recipient],
    mailing: Mailing,
    *,
    unsent: bool,
    calendar: Callable[[Recipient], Calendar] | None = None,
) -> list[Outgoing]:
    """A letter for each, alone in its To. Raises Invalid, before any is there, where one cannot be made."""
    return [_letter(out, one, mailing, calendar(one) if calendar else None, unsent=unsent) for one in people]


def _letter(
    out: Outward, one: Recipient, mailing: Mailing, calendar: Calendar | None, *, unsent: bool
) -> Outgoing:
    written = mailing.letter.write(fields_of(out, one, mailing), subject=mailing.subject)
    id = message_id(mailing.by.mail)
    with speaking(mailing.lang):
        stop = tr(Text("No more mailings, please")) if mailing.unsubscribe else ""
    data = build(
        by=mailing.by,
        to=((one.name, one.mail),),
        subject=written.subject,
        text=written.text,
        html=written.html,
        lang=mailing.lang,
        at=mailing.at.astimezone(stockholm()),
        id=id,
        attached=mailing.attached,
        calendar=calendar,
        unsubscribe=stop,
        unsent=unsent,
    )
    return Outgoing(
        id=id,
        to=one.mail,
        name=one.name,
        who=one.id,
        sender=mailing.by.mail,
        subject=written.subject,
        text=written.text,
        data=data,
        at=mailing.at.replace(microsecond=0),
        participation=one.participation,
        protected=one.protected,
    )
