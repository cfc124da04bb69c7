"""Meetings as a calendar, what is due as a feed, and there and back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import icalendar
import pytest

from kontaktnat import (
    Actor,
    Book,
    Commitment,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    Network,
    Participation,
    Role,
    Topic,
    Way,
)
from kontaktnat.testing.injection import FixedClock


def export(book: Book, **options: str) -> bytes:
    stream = io.BytesIO()
    book.export_to(stream, "ics", options=options)
    return stream.getvalue()


def events(book: Book, **options: str) -> list[Any]:
    return icalendar.Calendar.from_ical(export(book, **options)).walk("VEVENT")


def facts(book: Book) -> list[Any]:
    return sorted(
        (one.source, str(one.when), str(one.ends), one.status, one.place, one.kind)
        for one in book.interactions.all()
    )


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="Eva Ek <eva@nybro.example>")]))


def test_a_meeting_as_an_event(book: Book) -> None:
    network = book.add(Network(name="Samverkan; Nybro, och mer"))
    made = book.add(
        Interaction(kind="network_meeting", when="2026-11-20T13:00", ends="2026-11-20T15:00",
                    status="planned", network=network.id, place="Rådhuset", agenda=["Läget", "Övrigt"])
    )  # fmt: skip
    [event] = events(book)
    assert str(event["UID"]) == f"{made.id}@kontaktnat"
    assert event["DTSTART"].to_ical() == b"20261120T130000"
    assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Samverkan; Nybro, och mer", "Rådhuset")
    assert str(event["DESCRIPTION"]) == "- Läget\n- Övrigt"
    assert (event["SEQUENCE"], str(event["STATUS"])) == (1, "CONFIRMED")
    book.update(made, status="cancelled", place="Torget")
    [event] = events(book)
    assert (event["SEQUENCE"], str(event["STATUS"])) == (2, "CANCELLED")


def test_what_is_no_meeting_or_has_no_day_is_not_there(book: Book) -> None:
    for kind, when, status in (
        ("phone", "2026-11-02T09:00", "held"), ("mail", "2026-11-02", "held"),
        ("visit", "2026-10", "held"), ("phone", "2026-11-20T09:00", "planned"),
    ):  # fmt: skip
        book.add(Interaction(kind=kind, when=when, status=status))
    assert [str(event["SUMMARY"]) for event in events(book)] == ["phone"]


def test_days_and_a_network_may_be_asked_for(book: Book) -> None:
    network = book.add(Network(name="Nätverk Nybro"))
    for day in (18, 20, 22):
        book.add(Interaction(kind="visit", when=f"2026-11-{day}", subject=str(day), status="planned"))
    book.add(Interaction(kind="visit", when="2026-11-30", subject="30", status="planned", network=network.id))
    found = events(book, **{"from": "2026-11-19", "until": "2026-11-22"})
    assert sorted(str(event["SUMMARY"]) for event in found) == ["20", "22"]
    assert [str(event["SUMMARY"]) for event in events(book, network="nätverk nybro")] == ["30"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"network": "nä"}, "network: nä is the whole name, or the id, of no network"),
        ({"from": "nu"}, "from: 'nu' is no day; write it as 2026-11-12"),
        ({"attendees": "some"}, "attendees: some is none of no, yes"),
        ({"days": "3"}, "days: no such option; there is: from, until, network, attendees, feed"),
        ({"feed": "yes", "days": "many"}, "days: many is no number of days, 1 to 3660"),
        ({"feed": "yes", "attendees": "yes"}, "attendees: no such option; there is: as, days, feed"),
    ],
)
def test_an_option_that_does_not_fit(book: Book, options: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid) as caught:
        export(book, **options)
    assert str(caught.value) == said


def test_guests_are_there_where_they_are_asked_for_and_never_who_is_protected(
    book: Book, eva: Contact
) -> None:
    nybro = book.add(Actor(name="Nybro kommun", ways=[Way(kind="mail", value="info@nybro.example")]))
    hidden = book.add(
        Contact(name="Hemlig Person", protected=True, ways=[Way(kind="mail", value="hemlig@skydd.example")])
    )
    hat = book.add(
        Role(
            contact=eva.id,
            actor=nybro.id,
            function="case_officer",
            ways=[Way(kind="mail", value="e@nybro.example")],
        )
    )
    secret = book.add(Role(contact=hidden.id, actor=nybro.id, function="unit_head"))
    book.add(
        Interaction(
            kind="visit", when="2026-11-20T13:00", status="planned",
            participants=[
                Participation(role=hat.id, status="accepted", part="host"),
                Participation(role=secret.id, status="invited"),
                Participation(contact=hidden.id, status="invited"),
                Participation(actor=nybro.id, status="declined"),
                Participation(contact=book.add(Contact(name="Utan Adress")).id, status="invited"),
            ],
        )
    )  # fmt: skip
    assert b"ATTENDEE" not in export(book)
    data = export(book, attendees="yes").replace(b"\r\n ", b"")
    assert b"emlig" not in data
    [event] = events(book, attendees="yes")
    assert str(event["ORGANIZER"]) == "mailto:e@nybro.example"
    assert [(str(one), one.params["CN"], one.params["PARTSTAT"]) for one in event["ATTENDEE"]] == [
        ("mailto:e@nybro.example", "Eva Ek", "ACCEPTED"),
        ("mailto:info@nybro.example", "Nybro kommun", "DECLINED"),
    ]  # fmt: skip


CALENDAR = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:a/20261120
SEQUENCE:4
DTSTAMP:20261101T080000Z
SUMMARY:Ett m\xc3\xb6te
LOCATION:R\xc3\xa5dhuset
DTSTART;TZID=Europe/Helsinki:20261120T140000
DURATION:PT1H
ORGANIZER:mailto:eva@nybro.example
ATTENDEE;PARTSTAT=TENTATIVE;ROLE=OPT-PARTICIPANT:mailto:bo@kalmar.example
END:VEVENT
BEGIN:VEVENT
UID:s
DTSTART;TZID=Europe/Stockholm:20261020T140000
RRULE:FREQ=WEEKLY;COUNT=3
SUMMARY:Serie
END:VEVENT
BEGIN:VEVENT
UID:d
DTSTART;VALUE=DATE:20261201
DTEND;VALUE=DATE:20261204
CATEGORIES:utbildning
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
"""


def test_from_a_calendar_and_back_with_its_uids_times_and_guests(
    book: Book, open_book: Callable[..., Book], eva: Contact, clock: FixedClock
) -> None:
    book.add(Contact(name="Bo Björk", ways=[Way(kind="mail", value="bo@kalmar.example")]))
    book.import_from(io.BytesIO(CALENDAR))
    out = export(book, attendees="yes")
    found = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(out).walk("VEVENT")}
    assert set(found) == {"a/20261120", "s", "d"}
    assert found["a/20261120"]["SEQUENCE"] > 4
    assert found["a/20261120"]["DTSTART"].dt.isoformat() == "2026-11-20T13:00:00+01:00"
    bo = found["a/20261120"]["ATTENDEE"][1]
    assert (str(bo), bo.params["PARTSTAT"], bo.params["ROLE"]) == (
        "mailto:bo@kalmar.example", "TENTATIVE", "OPT-PARTICIPANT",
    )  # fmt: skip
    assert found["d"]["DTEND"].dt.isoformat() == "2026-12-04"
    assert str(book.import_from(io.BytesIO(out))) == "created 0, updated 0, unchanged 5, rejected 0"
    other = open_book(ids=None)
    assert str(other.import_from(io.BytesIO(out))) == "created 5, updated 0, unchanged 0, rejected 0"
    assert facts(other) == facts(book)
    assert str(other.import_from(io.BytesIO(CALENDAR))) == "created 0, updated 0, unchanged 5, rejected 0"


def test_from_a_book_to_an_empty_one_and_what_a_calendar_moved_back(
    book: Book, open_book: Callable[..., Book]
) -> None:
    network = book.add(Network(name="Nätverk Nybro"))
    made = book.add(
        Interaction(kind="network_meeting", when="2026-11-20T13:00", ends="2026-11-20T15:00",
                    status="planned", network=network.id)
    )  # fmt: skip
    book.add(Interaction(kind="training", when="2026-11-02", subject="Kurs", status="cancelled"))
    data = export(book)
    assert str(book.import_from(io.BytesIO(data))) == "created 0, updated 0, unchanged 2, rejected 0"
    other = open_book(ids=None)
    other.import_from(io.BytesIO(data))
    assert sorted(one[1:] for one in facts(other)) == sorted(one[1:] for one in facts(book))
    assert other.interactions.get(made.id).subject == "Nätverk Nybro"
    assert sorted(event["UID"] for event in events(other)) == sorted(event["UID"] for event in events(book))
    moved = data.replace(b"20261120T13", b"20261120T10").replace(b"SEQUENCE:1", b"SEQUENCE:2")
    assert str(book.import_from(io.BytesIO(moved))) == "created 0, updated 1, unchanged 1, rejected 0"
    now = book.interactions.get(made.id)
    assert (str(now.when)[:16], now.network, now.subject) == ("2026-11-20 10:00", network.id, "")


# The feed


def test_what_is_due_keeps_its_identity_when_it_is_fetched_again(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    call = book.add(FollowUp(text="Ring Eva", due="2026-11-20"))
    for text, more in (("Utan dag", {}), ("Klar", {"due": "2026-11-20", "done_on": "2026-11-11"}),
                       ("Långt fram", {"due": "2029-11-20"})):  # fmt: skip
        book.add(FollowUp(text=text, **more))
    book.add(Topic(kind="example", title="Trygghetsvandring", review_due="2026-11-15", raised_by=[nybro.id]))
    book.add(Commitment(kind="agreement", actor=nybro.id, valid_until="2027-03-31", decided_on="2025-03-31"))
    book.add(Interaction(kind="visit", when="2026-11-20T13:00", status="planned"))
    found = {str(event["UID"]): event for event in events(book, feed="yes")}
    said = sorted(str(event["SUMMARY"]) for event in found.values())
    assert said[:2] == ["Look at the example anew: Trygghetsvandring", "Ring Eva"]
    assert said[2].endswith(": Nybro kommun")
    mine = found[f"followup-{call.id}@due.kontaktnat"]
    assert (mine["DTSTART"].dt.isoformat(), mine["SEQUENCE"]) == ("2026-11-20", 1)
    book.update(call, due="2026-11-25")
    again = {str(event["UID"]): event for event in events(book, feed="yes")}
    assert again.keys() == found.keys()
    moved = again[f"followup-{call.id}@due.kontaktnat"]
    assert (moved["DTSTART"].dt.isoformat(), moved["SEQUENCE"]) == ("2026-11-25", 2)
    assert len(events(book, feed="yes", days="500")) == 3
    done = book.import_from(io.BytesIO(export(book, feed="yes")), format="ics")
    assert str(done) == "created 0, updated 0, unchanged 0, rejected 3"


def test_as_tasks_they_come_back_as_what_they_are(book: Book) -> None:
    call = book.add(FollowUp(text="Ring Eva", due="2026-11-20"))
    data = export(book, feed="yes", **{"as": "todo"})
    [task] = icalendar.Calendar.from_ical(data).walk("VTODO")
    assert (str(task["UID"]), task["DUE"].dt.isoformat()) == (f"followup-{call.id}@kontaktnat", "2026-11-20")
    moved = data.replace(b"20261120", b"20261127")
    assert str(book.import_from(io.BytesIO(data))) == "created 0, updated 0, unchanged 1, rejected 0"
    assert str(book.import_from(io.BytesIO(moved))) == "created 0, updated 1, unchanged 0, rejected 0"
    assert str(book.followups.get(call.id).due) == "2026-11-27"
