"""Meetings → a calendar that Outlook, Google and phones read (RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

from kontaktnat.errors import Invalid
from kontaktnat.extend import Text, check_options, fold, tr
from kontaktnat.model import (
    Contact,
    Interaction,
    Network,
    PartialDate,
    Participation,
    Role,
    day_of,
    stockholm,
)
from kontaktnat_calendar.putting import put, stamp

if TYPE_CHECKING:
    from icalendar import Event

    from kontaktnat.extend import Outward
    from kontaktnat.model import Actor, Way

TAKEN = "calendar.taken"
_YES = ("no", "yes")
_OF_FEED: Mapping[str, Collection[str] | None] = {"as": ("event", "todo"), "days": None, "feed": _YES}
_OF_MEETINGS: Mapping[str, Collection[str] | None] = {
    "from": None, "until": None, "network": None, "attendees": _YES, "feed": _YES,
}  # fmt: skip
_KEY = re.compile(r"(.+)/(\d{8}(?:T\d{6}Z)?)", re.ASCII | re.DOTALL)
_BY_THEMSELVES = ("phone", "mail")
PARTSTAT = {
    "invited": "NEEDS-ACTION", "accepted": "ACCEPTED", "tentative": "TENTATIVE", "declined": "DECLINED",
    "attended": "ACCEPTED", "deputy": "ACCEPTED", "absent": "DECLINED",
}  # fmt: skip
ROLE = {"host": "CHAIR", "member": "REQ-PARTICIPANT", "guest": "OPT-PARTICIPANT"}
# The rule of directive 2000/84/EC, 2-4 articles: the last Sundays of March and October at 01:00 UTC.


def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
    """Meetings, or with `feed=yes` what is due. Options: `from`, `until`, `network`, `attendees=yes`; of the
    feed `as=todo` and `days`. Raises Invalid for an option that does not fit.
    """
    feed = options.get("feed") == "yes"
    check_options(options, **(_OF_FEED if feed else _OF_MEETINGS))
    if feed:
        from kontaktnat_calendar.feed import entries

        put(stream, entries(out, options), name=tr(Text("What is due")))
        return
    with_guests = options.get("attendees") == "yes"
    # An invitation's METHOD would ask whoever opens it to answer; a published calendar names no guests.
    method = "" if with_guests else "PUBLISH"
    put(stream, _meetings(out, options, with_guests=with_guests), name="kontaktnat", method=method)


def day(options: Mapping[str, str], name: str) -> date | None:
    """A day that an option says; raises Invalid for what is none."""
    value = options.get(name, "")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise Invalid("{path}: {value!r} is no day; write it as 2026-11-12", path=name, value=value) from None


def _meetings(out: Outward, options: Mapping[str, str], *, with_guests: bool) -> Iterator[Event]:
    """Options are judged at once, before anything is written."""
    network = _network(out, options["network"]) if options.get("network") else None
    return _chosen(out, day(options, "from"), day(options, "until"), network, with_guests=with_guests)


def _chosen(
    out: Outward, since: date | None, until: date | None, network: Network | None, *, with_guests: bool
) -> Iterator[Event]:
    book = out.remembering()
    for meeting in out.interactions.all():
        when = meeting.when
        if when is None or (isinstance(when, PartialDate) and when.day is None):
            continue  # no calendar has a month for a day
        if meeting.kind in _BY_THEMSELVES and meeting.status == "held":
            continue
        if network is not None and meeting.network != network.id:
            continue
        on = day_of(when)
        if (since is None or since <= on) and (until is None or on <= until):
            yield event_of(book, meeting, with_guests=with_guests)


def _network(out: Outward, text: str) -> Network:
    found = [one for one in out.networks.all() if text == one.id or fold(text) == fold(one.name)]
    if len(found) != 1:
        raise Invalid(
            "network: {value} is the whole name, or the id, of no network", value=text, path="network"
        )
    return found[0]


def event_of(out: Outward, meeting: Interaction, *, with_guests: bool = False) -> Event:
    """A meeting as an event, of the same UID and SEQUENCE wherever it is written."""
    from icalendar import Event

    event = Event()
    _identify(event, meeting)
    _times(event, meeting)
    event.add("summary", title(out, meeting))
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.agenda:
        event.add("description", "\n".join(f"- {line}" for line in meeting.agenda))
    if meeting.kind:
        event.add("categories", [meeting.kind])
    event.add("status", "CANCELLED" if meeting.status == "cancelled" else "CONFIRMED")
    if with_guests:
        _guests(out, event, meeting)
    return event


def _identify(event: Event, meeting: Interaction) -> None:
    if meeting.source.startswith("ics:"):
        uid = meeting.source.removeprefix("ics:")
        one = _KEY.fullmatch(uid) if meeting.series else None
        event.add("uid", one[1] if one else uid)
        if one:
            _which(event, one[2])
    else:
        event.add("uid", f"{meeting.id}@kontaktnat")
    event.add("sequence", sequence(meeting))
    stamp(event, meeting.changed or meeting.created)


def sequence(meeting: Interaction) -> int:
    """The SEQUENCE of a meeting as it stands (RFC 5545, 3.8.7.4)."""
    taken = str(meeting.extra.get(TAKEN, "")).partition(";")[0]
    return (int(taken) if taken.isdecimal() else 0) + meeting.rev


def _which(event: Event, key: str) -> None:
    if "T" in key:
        moment = datetime.strptime(key, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        event.add("recurrence-id", moment.astimezone(stockholm()))
    else:
        event.add("recurrence-id", date(int(key[:4]), int(key[4:6]), int(key[6:])))


def _times(event: Event, meeting: Interaction) -> None:
    when = meeting.when
    assert when is not None
    if isinstance(when, datetime):
        event.add("dtstart", when.astimezone(stockholm()))
        if meeting.ends:
            event.add("dtend", meeting.ends.astimezone(stockholm()))
        return
    first = when.first
    last = max(first, day_of(meeting.ends)) if meeting.ends else first
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))


def title(out: Outward, meeting: Interaction) -> str:
    """What a meeting is called, on one line: its subject, else its theme, its network, its kind."""
    network = out.peek(Network, meeting.network) if meeting.network else None
    kind = tr(out.words.name("interaction_kind", meeting.kind)) if meeting.kind else ""
    called = meeting.subject or meeting.theme or (network.name if network else "") or kind
    return " ".join(called.split()) or tr(Text("meeting"))


# Guests


def _guests(out: Outward, event: Event, meeting: Interaction) -> None:
    """Those who may be seen and have an address; that somebody is left out is not told."""
    from icalendar import vCalAddress, vText

    on = day_of(meeting.when) if meeting.when else out.today
    seen = out.as_of(on)
    organizer = False
    for one in meeting.participants:
        name, mail = _person(seen, one, on)
        if not mail:
            continue
        address = vCalAddress(f"mailto:{mail}")
        address.params["CN"] = vText(name.replace('"', "'"))
        if one.part == "host" and not organizer:
            organizer = True
            event["organizer"] = vCalAddress(f"mailto:{mail}", params={"CN": vText(name.replace('"', "'"))})
        address.params["PARTSTAT"] = vText(PARTSTAT[one.status])
        address.params["ROLE"] = vText(ROLE[one.part])
        event.add("attendee", address, encode=False)


def _person(seen: Outward, one: Participation, on: date) -> tuple[str, str]:
    """Name and mail address on that day; "" where they are covered or there is none."""
    from kontaktnat.model import Actor

    role = seen.peek(Role, one.role) if one.role else None
    if role is not None and (role.hidden or not role.contact):
        return "", ""
    contact = role.contact if role else one.contact
    who: Contact | Actor | None = (
        seen.peek(Contact, contact) if contact else seen.peek(Actor, one.actor) if one.actor else None
    )
    if who is None or who.hidden or who.protected:
        return "", ""
    ways: tuple[Way, ...] = (*(role.ways if role else ()), *who.ways)
    mails = [way.value for way in ways if way.kind == "mail" and _valid(way, on)]
    return who.name, _plain(mails[0]) if mails else ""


def _valid(way: Way, on: date) -> bool:
    return (way.since is None or way.since.first <= on) and (way.until is None or on < way.until.last)


def _plain(mail: str) -> str:
    """`Eva Ek <eva@nybro.example>` → `eva@nybro.example`."""
    inner = mail[mail.rfind("<") + 1 :].rstrip("> ") if "<" in mail else mail
    return inner.strip()
