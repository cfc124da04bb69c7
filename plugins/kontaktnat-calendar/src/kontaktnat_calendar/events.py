"""An event's properties → what becomes a meeting: the fields, and who was invited."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import lru_cache
from typing import Any

from attrs import evolve

from kontaktnat.errors import Invalid
from kontaktnat.extend import mail_problem
from kontaktnat.model import stockholm
from kontaktnat_calendar.properties import Prop, Properties, Time, duration

_STATUS = {
    "ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined", "DELEGATED": "declined",
    "COMPLETED": "accepted", "IN-PROCESS": "accepted",
}  # fmt: skip
_PART = {"CHAIR": "host", "OPT-PARTICIPANT": "guest"}
_NOBODY = ("ROOM", "RESOURCE")
_STAMP = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_QUOTED = re.compile(r'"[^"]*"|[^",]+')
_BOILERPLATE = re.compile(
    r"(?im)^[ \t]*(?:[_\-–—=~*.]{8,}|-::~|(?:microsoft )?teams[- ](?:möte|meeting)|join (?:zoom|the) meeting|"
    r"anslut till mötet|klicka här för att ansluta)"
)


def fields_of(event: Properties, options: Mapping[str, str], start: Time) -> dict[str, Any]:
    """What the event says, but for its identity; raises Invalid."""
    summary = event.one("DESCRIPTION") if options.get("description") == "yes" else None
    found: dict[str, Any] = {
        "when": start.written,
        "ends": ends(event, start),
        "subject": event.text("SUMMARY"),
        "place": event.text("LOCATION"),
        "summary": own_words(summary.text) if summary else "",
        "status": "cancelled" if event.text("STATUS").upper() == "CANCELLED" else "",
        "kind": options.get("kind", ""),
        "kinds": [] if options.get("kind") else categories(event),
        "edition": edition(event),
        "guests": (invited := guests(event, options)),
        "leave": left_out(invited, options),
    }
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def edition(event: Properties) -> tuple[int, str]:
    """(SEQUENCE, DTSTAMP): the later wins (RFC 5546, 2.1.5)."""
    sequence = event.text("SEQUENCE")
    number = int(sequence) if sequence.isascii() and sequence.isdecimal() and len(sequence) < 10 else 0
    stamps = (event.text(name).upper() for name in ("DTSTAMP", "LAST-MODIFIED"))
    return number, next((one for one in stamps if _STAMP.fullmatch(one)), "")


def ends(event: Properties, start: Time) -> str | None:
    """When it ends, if that is said; of whole days the last one's last minute, of a single day none."""
    first = event.time("DTSTART")
    end, length = event.time("DTEND"), event.text("DURATION")
    assert first is not None
    if end is not None:
        if _floats(event, "DTEND"):  # it is on the clock that the beginning is on
            end = evolve(end, zone=first.zone)
        if end.whole_day != first.whole_day:
            raise Invalid("DTEND: a day and a time do not go together with DTSTART", path="")
        lasts = end.wall - first.wall if end.whole_day else end.moment - first.moment
        if not end.whole_day and end.zone == first.zone:
            lasts = end.wall - first.wall
    elif length and (found := duration(length)) is not None:
        lasts = found
    else:
        return None
    if lasts < timedelta() or lasts > timedelta(days=3660):
        raise Invalid("DTEND: it ends before it begins, or years later", path="")
    try:
        if start.whole_day:
            last = (start.wall + lasts - timedelta(days=1)).date()
            if last <= start.wall.date():
                return None
            return datetime.combine(last, time(23, 59), stockholm()).isoformat()
        return start.at(start.wall + lasts).written if lasts else None
    except OverflowError:
        raise Invalid("DTEND: outside the calendar", path="") from None


def _floats(event: Properties, name: str) -> bool:
    said = event.one(name)
    return said is not None and not said.param("TZID") and not said.value.upper().endswith("Z")


def categories(event: Properties) -> list[str]:
    """The words of CATEGORIES."""
    return [word for prop in event.all("CATEGORIES") for word in re.split(r"(?<!\\),", prop.value) if word]


def own_words(text: str) -> str:
    """A description without what Teams, Zoom and others put under it."""
    found = _BOILERPLATE.search(text)
    kept = text[: found.start()] if found else text
    return "\n".join(line.rstrip() for line in kept.strip().splitlines())


def left_out(invited: Sequence[Mapping[str, str]], options: Mapping[str, str]) -> str:
    """Why it is no meeting for the book: nobody from outside, or nobody known, as the book will tell; ""."""
    match options.get("guests", ""):
        case "known":
            return "unknown"
        case "outside":
            offices = {domain(one) for one in options.get("me", "").split("|")} - {""}
            theirs = {domain(guest["mail"]) for guest in invited} - {""}
            return "" if any(not is_within(one, offices) for one in theirs) else "inside"
    return ""


def domain(address: str) -> str:
    """What stands behind the @ of an address."""
    return address.strip().casefold().rpartition("@")[2] if "@" in address else ""


def is_within(domain: str, offices: Collection[str]) -> bool:
    """Whether it is one of these, or below one."""
    return any(domain == one or domain.endswith(f".{one}") for one in offices)


def guests(event: Properties, options: Mapping[str, str], *, reply: bool = False) -> list[dict[str, str]]:
    """Who was invited, each once; who called it comes first, as host. Rooms and equipment are no people.

    `reply`: the attendees alone, for it is one of them who answers.
    """
    mine = {one.strip().casefold() for one in options.get("me", "").split("|")} - {""}
    found: dict[str, dict[str, str]] = {}
    if not reply and (organizer := event.one("ORGANIZER")):
        _put(found, {**_person(organizer), "status": "accepted", "part": "host"}, mine)
    for prop in event.all("ATTENDEE"):
        role = prop.param("ROLE").upper()
        if prop.param("CUTYPE").upper() in _NOBODY or role == "NON-PARTICIPANT":
            continue
        status = _STATUS.get(prop.param("PARTSTAT").upper(), "invited")
        guest = {**_person(prop), "status": status, "part": _PART.get(role, "member")}
        if of := next(_addresses(prop.param("DELEGATED-FROM")), ""):
            guest["stands_for"] = of
        _put(found, guest, mine)
    _put_deputies(found, event, mine)
    return list(found.values())


def _put_deputies(found: dict[str, dict[str, str]], event: Properties, mine: set[str]) -> None:
    """Whom somebody sends in their own place (RFC 5545, 3.2.4, 3.2.5), also where only that one says so."""
    for prop in event.all("ATTENDEE"):
        sender = _person(prop)["mail"]
        if not sender or prop.param("PARTSTAT").upper() != "DELEGATED":
            continue
        for mail in _addresses(prop.param("DELEGATED-TO")):
            known = found.get(mail.casefold())
            guest = known or {"mail": mail, "name": "", "status": "invited", "part": "member"}
            _put(found, {"stands_for": sender, **guest}, mine)


def _addresses(said: str) -> Iterator[str]:
    """The mail addresses of a parameter that may hold several."""
    for one in _QUOTED.findall(said):
        address = one.strip('" ')
        if address[:7].lower() == "mailto:" and _is_mail(address[7:]):
            yield address[7:]


def _put(found: dict[str, dict[str, str]], guest: dict[str, str], mine: set[str]) -> None:
    key = guest["mail"].casefold() or guest["name"].casefold()
    if not key or guest["mail"].casefold() in mine:
        return
    known = found.get(key)
    if known and known["part"] == "host":
        guest = {**guest, "part": "host", "name": guest["name"] or known["name"]}
        guest["status"] = guest["status"] if guest["status"] != "invited" else known["status"]
    found[key] = guest


def _person(prop: Prop) -> dict[str, str]:
    mail = ""
    for said in (prop.value, prop.param("EMAIL")):
        address = said.strip().strip("<>")
        if address[:7].lower() == "mailto:":
            address = address[7:]
        address = address.partition("?")[0].strip()
        if "@" in address and _is_mail(address):
            mail = address
            break
    name = _turned(" ".join(prop.param("CN").strip("\"' ").split()))
    return {"mail": mail, "name": "" if "@" in name or not name.isprintable() else name}


_FAMILY_FIRST = re.compile(r"([^\W\d][\w'-]*), ([^\W\d][\w'-]*(?: [^\W\d][\w'-]*){0,2})")


def _turned(name: str) -> str:
    """`Ek, Eva`, as Exchange writes it, as Eva Ek; `Eva Ek, Nybro kommun` and others as they are."""
    found = _FAMILY_FIRST.fullmatch(name)
    return f"{found[2]} {found[1]}" if found and found[2].istitle() else name


@lru_cache(maxsize=4096)
def _is_mail(address: str) -> bool:
    return not mail_problem(address)


def tasks(task: Properties) -> Iterator[tuple[str, Any]]:
    """A task's fields as a follow-up's; raises Invalid for one that is cancelled or comes again."""
    status = task.text("STATUS").upper()
    if status == "CANCELLED":
        raise Invalid("the task is cancelled", path="STATUS")
    if task.all("RRULE"):
        raise Invalid("a task that comes again is not taken; add it with kontaktnat add followup --every",
                      path="RRULE")  # fmt: skip
    yield "text", task.text("SUMMARY")
    if due := task.time("DUE"):
        yield "due", due.day.isoformat()
    done = task.time("COMPLETED")
    if status == "COMPLETED" or done:
        day = done or task.time("LAST-MODIFIED") or task.time("DTSTAMP")
        if day:
            yield "done_on", day.day.isoformat()
