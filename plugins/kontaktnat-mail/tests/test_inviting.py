"""Invitations go out and answers come home: iTIP in mails (RFC 5546, RFC 6047)."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from typing import Any

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Contact,
    Interaction,
    Invalid,
    KontaktnatError,
    Participation,
    Refused,
    Role,
    Way,
)  # fmt: skip
from kontaktnat_calendar import plugin as calendar_plugin
from kontaktnat_mail import answers, plugin
from kontaktnat_mail.building import Sender
from kontaktnat_mail.invitations import Called, call

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
AT = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
ANNA = Sender(mail="anna@lst.example", name="Anna Ask")


def person(book: Book, name: str, mail: str, **more: Any) -> Contact:
    return book.add(Contact(name=name, ways=[Way(kind="mail", value=mail)], **more))


@pytest.fixture
def meeting(book: Book) -> Interaction:
    """With Eva and Bo."""
    people = [person(book, "Eva Ek", "eva@nybro.example"), person(book, "Bo Björk", "bo@kalmar.example")]
    parts = [Participation(contact=one.id, status="invited") for one in people]
    return book.add(
        Interaction(kind="network_meeting", when="2026-11-20T13:00", ends="2026-11-20T15:00",
                    status="planned", subject="Vårmöte", place="Kalmar", participants=parts)
    )  # fmt: skip


def said(book: Book, called: Called, **options: Any) -> dict[str, icalendar.Event]:
    """The event in each guest's calendar, by name."""
    of = called.calendar(book, ANNA, AT, **options)
    found = {}
    for one in called.whom.reached:
        made = of(one)
        whole = icalendar.Calendar.from_ical(made.data)
        assert whole["METHOD"] == made.method
        [event] = whole.events
        found[one.name] = event
    return found


def guests(event: icalendar.Event) -> list[str]:
    found = event.get("ATTENDEE", [])
    return [str(one) for one in (found if isinstance(found, list) else [found])]


def statuses(book: Book) -> dict[str, str]:
    [meeting] = book.interactions.all()
    people = [book.peek(Contact, one.contact or "") for one in meeting.participants]
    return {
        who.name: one.status for who, one in zip(people, meeting.participants, strict=True) if who is not None
    }


def reply(event: icalendar.Event, mail: str, status: str, stamp: str = "20261112T130000Z") -> bytes:
    """What a guest's program answers to an event."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test", "METHOD:REPLY", "BEGIN:VEVENT",
        f"UID:{event['UID']}", f"SEQUENCE:{event['SEQUENCE']}", f"DTSTAMP:{stamp}",
        "ORGANIZER:mailto:anna@lst.example", f"ATTENDEE;PARTSTAT={status}:mailto:{mail}", "END:VEVENT",
        "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


# Out


def test_an_invitation_names_its_guest_alone(book: Book, meeting: Interaction) -> None:
    called = call(book, book, meeting, "invite")
    events = said(book, called)
    assert {name: guests(one) for name, one in events.items()} == {
        "Bo Björk": ["mailto:bo@kalmar.example"], "Eva Ek": ["mailto:eva@nybro.example"],
    }  # fmt: skip
    event = events["Eva Ek"]
    assert event["UID"] == f"{meeting.id}@kontaktnat"
    assert str(event["ORGANIZER"]) == "mailto:anna@lst.example"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["SUMMARY"] == "Vårmöte"
    everybody = said(book, called, show_addresses=True)["Eva Ek"]
    assert guests(everybody) == ["mailto:bo@kalmar.example", "mailto:eva@nybro.example"]


def test_uid_and_sequence_are_those_of_the_export(book: Book, meeting: Interaction) -> None:
    called = call(book, book, meeting, "invite")
    stream = io.BytesIO()
    book.export_to(stream, "ics")
    [exported] = icalendar.Calendar.from_ical(stream.getvalue()).events
    event = said(book, called)["Eva Ek"]
    assert (event["UID"], event["SEQUENCE"]) == (exported["UID"], exported["SEQUENCE"])


def test_a_change_and_a_cancellation_count_on(book: Book, meeting: Interaction) -> None:
    first = said(book, call(book, book, meeting, "invite"))["Eva Ek"]
    book.update(meeting.id, place="Nybro")
    second = said(book, call(book, book, book.interactions.get(meeting.id), "update"))["Eva Ek"]
    third = said(book, call(book, book, book.interactions.get(meeting.id), "cancel"))["Eva Ek"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < third["SEQUENCE"]
    assert first["UID"] == second["UID"] == third["UID"]
    assert (second["LOCATION"], third["STATUS"]) == ("Nybro", "CANCELLED")
    assert book.interactions.get(meeting.id).status == "cancelled"
    book.undo()
    assert book.interactions.get(meeting.id).status == "planned"


def test_who_comes_to_it_later_is_invited_alone(book: Book, meeting: Interaction) -> None:
    call(book, book, meeting, "invite")
    now = book.interactions.get(meeting.id)
    with pytest.raises(Refused, match="all its guests are invited already"):
        call(book, book, now, "invite")
    lo = person(book, "Lo Hägg", "lo@x.example")
    now = book.update(now, participants=[*now.participants, Participation(contact=lo.id, status="invited")])
    later = call(book, book, now, "update")
    assert [(one.name, one.why) for one in later.whom.left] == [("Lo Hägg", "new")]
    again = call(book, book, book.interactions.get(meeting.id), "invite")
    assert [one.name for one in again.whom.reached] == ["Lo Hägg"]
    done = call(book, book, book.interactions.get(meeting.id), "cancel")
    assert [one.name for one in done.whom.reached] == ["Bo Björk", "Eva Ek", "Lo Hägg"]


def test_of_a_meeting_that_is_moved_all_are_asked_anew(book: Book, meeting: Interaction) -> None:
    event = said(book, call(book, book, meeting, "invite"))["Eva Ek"]
    answers.apply(book, "REPLY", reply(event, "eva@nybro.example", "ACCEPTED"))
    book.update(meeting.id, place="Nybro")
    kept = call(book, book, book.interactions.get(meeting.id), "update")
    assert not kept.moved
    assert said(book, kept)["Eva Ek"]["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert statuses(book) == {"Eva Ek": "accepted", "Bo Björk": "invited"}
    book.update(meeting.id, when="2026-11-27T13:00", ends="2026-11-27T15:00")
    moved = call(book, book, book.interactions.get(meeting.id), "update")
    assert moved.moved
    assert said(book, moved)["Eva Ek"]["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert statuses(book) == {"Eva Ek": "invited", "Bo Björk": "invited"}


@pytest.mark.parametrize(
    ("changes", "does", "said"),
    [
        ({"status": "cancelled"}, "invite", "the meeting is cancelled"),
        ({"when": "2026-11-01T13:00", "ends": None, "status": "held"}, "invite", "the meeting has been"),
        ({"when": "2026-11-01T13:00", "ends": None}, "cancel", "the meeting has been"),
        ({}, "update", "nobody has been invited to it from here yet"),
        ({}, "cancel", "nobody has been invited to it from here yet"),
        ({"participants": []}, "invite", "it has no guests"),
    ],
)
def test_what_is_not_to_be_mailed(
    book: Book, meeting: Interaction, changes: Any, does: Any, said: str
) -> None:
    book.update(meeting.id, **changes)
    with pytest.raises(Refused, match=said):
        call(book, book, book.interactions.get(meeting.id), does)


def test_a_meeting_without_a_day(book: Book, meeting: Interaction) -> None:
    book.update(meeting.id, when="2027-03", ends=None)
    called = call(book, book, book.interactions.get(meeting.id), "invite")
    with pytest.raises(Invalid, match="an invitation says a day"):
        said(book, called)


def test_another_ones_meeting_is_theirs_to_invite_to(book: Book, meeting: Interaction) -> None:
    host = person(book, "Siri Stav", "siri@region.example")
    parts = [*meeting.participants, Participation(contact=host.id, status="accepted", part="host")]
    book.update(meeting.id, source="ics:abc@outlook", participants=parts)
    now = book.interactions.get(meeting.id)
    with pytest.raises(Refused, match="it is Siri Stav's meeting"):
        call(book, book, now, "invite")
    assert call(book, book, now, "invite", own=["siri@region.example"]).whom.reached


def test_who_is_protected_is_invited_only_where_that_is_asked_for_and_is_shown_to_nobody(
    book: Book, meeting: Interaction
) -> None:
    siv = person(book, "Siv Skydd", "siv@x.example", protected=True)
    parts = [*meeting.participants, Participation(contact=siv.id, status="invited")]
    book.update(meeting.id, participants=parts)
    now = book.interactions.get(meeting.id)
    first = call(book, book, now, "invite")
    assert [(one.name, one.why) for one in first.whom.left] == [("Siv Skydd", "protected")]
    shown = book.outward(reveal="kallelse")
    hers = call(book, shown, book.interactions.get(meeting.id), "invite")
    assert [one.name for one in hers.whom.reached] == ["Siv Skydd"]
    everybody = call(book, shown, book.interactions.get(meeting.id), "update")
    events = said(book, everybody, show_addresses=True)
    assert guests(events["Siv Skydd"]) == ["mailto:siv@x.example"]
    assert guests(events["Eva Ek"]) == ["mailto:bo@kalmar.example", "mailto:eva@nybro.example"]


def test_letters_that_have_not_gone_are_what_is_left_to_do(book: Book, meeting: Interaction) -> None:
    first = call(book, book, meeting, "invite")
    [bo, _] = first.whom.reached
    now = book.interactions.get(meeting.id)
    waiting = {first.key: {bo.id}}
    rest = call(book, book, now, "invite", waiting=lambda key: waiting.get(key, ()))
    assert ([one.name for one in rest.whom.reached], rest.key) == (["Bo Björk"], first.key)
    assert book.interactions.get(meeting.id).rev == now.rev


# Who is no longer asked


def without(book: Book, name: str) -> Interaction:
    """The meeting, with that guest taken out."""
    [meeting] = book.interactions.all()
    kept = [one for one in meeting.participants if book.contacts.get(one.contact or "").name != name]
    return book.update(meeting, participants=kept)


def withdrawn(book: Book, called: Called) -> dict[str, icalendar.Event]:
    of = called.withdrawal(book, ANNA, AT)
    made = {one.name: of(one) for one in called.gone.reached}
    assert {one.method for one in made.values()} <= {"CANCEL"}
    return {name: icalendar.Calendar.from_ical(one.data).events[0] for name, one in made.items()}


def test_who_is_taken_out_of_a_meeting_is_told_so_alone_and_once(book: Book, meeting: Interaction) -> None:
    first = said(book, call(book, book, meeting, "invite"))["Eva Ek"]
    called = call(book, book, without(book, "Eva Ek"), "invite")
    assert called.whom.reached == ()
    event = withdrawn(book, called)["Eva Ek"]
    assert guests(event) == ["mailto:eva@nybro.example"]
    assert (event["UID"], str(event["ORGANIZER"])) == (first["UID"], "mailto:anna@lst.example")
    assert event["SEQUENCE"] > first["SEQUENCE"]
    assert "STATUS" not in event, "RFC 5546, 3.2.5: the meeting itself is not called off"
    assert "LOCATION" not in event
    assert book.interactions.get(meeting.id).status == "planned"
    with pytest.raises(Refused, match="all its guests are invited already"):
        call(book, book, book.interactions.get(meeting.id), "invite")
    assert not call(book, book, book.interactions.get(meeting.id), "update").gone.reached


def test_a_guest_in_whose_place_another_comes(book: Book, meeting: Interaction) -> None:
    call(book, book, meeting, "invite")
    lo = person(book, "Lo Hägg", "lo@x.example")
    now = without(book, "Bo Björk")
    now = book.update(now, participants=[*now.participants, Participation(contact=lo.id, status="invited")])
    called = call(book, book, now, "invite")
    assert [one.name for one in called.whom.reached] == ["Lo Hägg"]
    assert [one.name for one in called.gone.reached] == ["Bo Björk"]
    back = [*book.interactions.get(meeting.id).participants, meeting.participants[1]]
    book.update(meeting.id, participants=back)
    again = call(book, book, book.interactions.get(meeting.id), "invite")
    assert [one.name for one in again.whom.reached] == ["Bo Björk"], "who comes back is invited anew"


@pytest.mark.parametrize("does", ["update", "cancel"])
def test_with_a_change_or_the_end_of_a_meeting_too_at_the_time_they_know_of(
    book: Book, meeting: Interaction, does: Any
) -> None:
    call(book, book, meeting, "invite")
    now = without(book, "Bo Björk")
    now = book.update(now, when="2026-11-27T13:00", ends="2026-11-27T15:00")
    called = call(book, book, now, does)
    assert [one.name for one in called.whom.reached] == ["Eva Ek"]
    assert str(withdrawn(book, called)["Bo Björk"].decoded("DTSTART"))[:10] == "2026-11-20"
    assert str(said(book, called)["Eva Ek"].decoded("DTSTART"))[:10] == "2026-11-27"


def test_they_are_told_in_the_hat_in_which_they_were_asked(book: Book, meeting: Interaction) -> None:
    nybro, kalmar = (book.add(Actor(name=name)) for name in ("Nybro kommun", "Kalmar kommun"))
    who = book.add(Contact(name="Siri Stav"))
    hats = [
        book.add(Role(contact=who.id, actor=at.id, ways=[Way(kind="mail", value=f"siri@{n}.example")]))
        for n, at in enumerate((nybro, kalmar))
    ]
    book.update(meeting.id, participants=[Participation(role=hats[1].id, status="invited")])
    call(book, book, book.interactions.get(meeting.id), "invite")
    now = book.update(meeting.id, participants=meeting.participants)
    called = call(book, book, now, "invite")
    assert [one.mail for one in called.gone.reached] == ["siri@1.example"]
    assert guests(withdrawn(book, called)["Siri Stav"]) == ["mailto:siri@1.example"]
    book.update(meeting.id, participants=[Participation(role=hats[1].id, status="invited")])
    call(book, book, book.interactions.get(meeting.id), "invite")
    same = book.update(meeting.id, participants=[Participation(role=hats[0].id, status="invited")])
    assert not call(book, book, same, "update").gone.reached, "the same person in another hat"


def test_who_is_protected_is_told_of_it_only_where_that_is_asked_for(
    book: Book, meeting: Interaction
) -> None:
    siv = person(book, "Siv Skydd", "siv@x.example", protected=True)
    book.update(meeting.id, participants=[*meeting.participants, Participation(contact=siv.id)])
    shown = book.outward(reveal="kallelse")
    call(book, shown, book.interactions.get(meeting.id), "invite")
    book.update(meeting.id, participants=meeting.participants)
    called = call(book, book, book.interactions.get(meeting.id), "update")
    assert called.gone.reached == ()
    assert [(one.why) for one in called.gone.left] == ["protected"]
    called = call(book, shown, book.interactions.get(meeting.id), "update")
    assert [one.name for one in called.gone.reached] == ["Siv Skydd"]


def test_who_was_told_before_hats_were_kept_and_who_is_in_no_book_any_more(
    book: Book, meeting: Interaction
) -> None:
    call(book, book, meeting, "invite")
    now = book.interactions.get(meeting.id)
    old = ";".join(
        ("1", "invite", "2026-11-20T12:00:00+00:00", "", f"{now.participants[0].contact} nobody12")
    )
    book.update(now, extra={**now.extra, "mail.invited": old})
    called = call(book, book, without(book, "Eva Ek"), "invite")
    assert [one.name for one in called.gone.reached] == ["Eva Ek"]


def test_of_those_who_are_gone_who_has_not_been_told_is_left_to_do(book: Book, meeting: Interaction) -> None:
    call(book, book, meeting, "invite")
    first = call(book, book, without(book, "Eva Ek"), "update")
    [eva], waiting = first.gone.reached, {first.key: {first.gone.reached[0].id}}
    rest = call(
        book, book, book.interactions.get(meeting.id), "update", waiting=lambda key: waiting.get(key, ())
    )
    assert (rest.whom.reached, [one.mail for one in rest.gone.reached]) == ((), [eva.mail])
    assert guests(withdrawn(book, rest)["Eva Ek"]) == ["mailto:eva@nybro.example"]


def test_of_two_guests_with_one_address_one_is_invited_and_their_calendar_keeps_the_meeting(
    book: Book, meeting: Interaction
) -> None:
    lo = person(book, "Lo Hägg", "EVA@nybro.example")
    book.update(meeting.id, participants=[*meeting.participants, Participation(contact=lo.id)])
    called = call(book, book, book.interactions.get(meeting.id), "invite")
    assert [one.name for one in called.whom.reached] == ["Bo Björk", "Eva Ek"]
    assert [(one.name, one.why) for one in called.whom.left] == [("Lo Hägg", "shared")]
    called = call(book, book, without(book, "Eva Ek"), "invite")
    assert [one.name for one in called.whom.reached] == ["Lo Hägg"]
    assert called.gone.reached == (), "it would take the meeting out of Lo's calendar"
    with pytest.raises(Refused, match="all its guests are invited already"):
        call(book, book, book.interactions.get(meeting.id), "invite")


# Home


def test_an_answer_comes_home_whoever_forwards_it(book: Book, meeting: Interaction) -> None:
    events = said(book, call(book, book, meeting, "invite"))
    for mail, status in (("eva@nybro.example", "ACCEPTED"), ("bo@kalmar.example", "TENTATIVE")):
        done = answers.apply(book, "REPLY", reply(events["Eva Ek"], mail, status))
        assert done is not None
        assert str(done) == "created 0, updated 1, unchanged 0, rejected 0"
    assert statuses(book) == {"Eva Ek": "accepted", "Bo Björk": "tentative"}


def test_an_old_answer_and_one_after_the_meeting_change_nothing(book: Book, meeting: Interaction) -> None:
    event = said(book, call(book, book, meeting, "invite"))["Eva Ek"]
    answers.apply(book, "REPLY", reply(event, "eva@nybro.example", "DECLINED", "20261112T140000Z"))
    answers.apply(book, "REPLY", reply(event, "eva@nybro.example", "ACCEPTED", "20261112T130000Z"))
    assert statuses(book)["Eva Ek"] == "declined"
    parts = book.interactions.get(meeting.id).participants
    came = [Participation(contact=parts[0].contact, status="attended"), parts[1]]
    book.update(meeting.id, participants=came, when="2026-11-01T13:00", ends=None, status="held")
    answers.apply(book, "REPLY", reply(event, "eva@nybro.example", "DECLINED", "20261112T150000Z"))
    assert statuses(book)["Eva Ek"] == "attended"


def test_an_answer_to_the_time_before_is_none(book: Book, meeting: Interaction) -> None:
    """It was on its way when the meeting was moved: who could come then may not be able to now."""
    before = said(book, call(book, book, meeting, "invite"))["Eva Ek"]
    moved = book.update(book.interactions.get(meeting.id), when="2026-11-25T13:00", ends="2026-11-25T15:00")
    after = said(book, call(book, book, moved, "update"))["Eva Ek"]
    answers.apply(book, "REPLY", reply(before, "eva@nybro.example", "ACCEPTED"))
    assert statuses(book)["Eva Ek"] == "invited"
    answers.apply(book, "REPLY", reply(after, "eva@nybro.example", "DECLINED"))
    assert statuses(book)["Eva Ek"] == "declined"
    answers.apply(book, "REPLY", reply(before, "bo@kalmar.example", "DECLINED", "20261112T160000Z"))
    assert statuses(book)["Bo Björk"] == "invited", "whenever it comes"


@pytest.mark.parametrize(
    ("method", "data"),
    [
        ("REQUEST", b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"),
        ("REPLY", b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:x\r\n"
                  b"DTSTART:20261120T120000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
        ("REQUEST", b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"),
        ("REPLY", b""),
        ("REPLY", b"\xff\x00 no calendar"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_left_alone(book: Book, method: str, data: bytes) -> None:
    assert answers.apply(book, method, data) is None
    assert book.version == 0


def test_an_answer_in_a_real_mail(book: Book) -> None:
    path = REAL / "tine20__calendar_reply_accepted.eml"
    if not path.exists() and os.environ.get("CI") != "true":
        pytest.skip("the folder with real files is not here")
    mail = message_from_bytes(path.read_bytes())
    parts = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    [(method, data)] = [(str(one.get_param("method")), one.get_payload(decode=True)) for one in parts]
    assert isinstance(data, bytes)
    event = icalendar.Calendar.from_ical(data).events[0]
    guest = str(event["ATTENDEE"]).partition(":")[2]
    lost = answers.apply(book, method, data)
    assert lost is not None
    assert len(lost.rejected) == 1
    who = person(book, "En Gäst", guest)
    book.add(
        Interaction(kind="visit", when="2011-11-21T13:00", source=f"ics:{event['UID']}", status="planned",
                    participants=[Participation(contact=who.id, status="invited")])
    )  # fmt: skip
    answers.apply(book, method, data)
    assert statuses(book) == {"En Gäst": "accepted"}


def test_the_answer_of_one_who_sends_another(book: Book, meeting: Interaction) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    [eva, bo] = [part.contact for part in meeting.participants]
    hat = book.add(Role(contact=eva, actor=nybro.id))
    book.update(meeting.id, participants=[Participation(role=hat.id, status="invited")])
    event = said(book, call(book, book, book.interactions.get(meeting.id), "invite"))["Eva Ek"]
    data = reply(event, "eva@nybro.example", 'DELEGATED;DELEGATED-TO="mailto:bo@kalmar.example"')
    answers.apply(book, "REPLY", data)
    parts = book.interactions.get(meeting.id).participants
    assert [(one.role, one.contact, one.status, one.deputy_for) for one in parts] == [
        (hat.id, None, "declined", None), (None, bo, "invited", hat.id),
    ]  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            ["BEGIN:VCALENDAR", "METHOD:REPLY", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "UID:a",
             "UID:", "RECURRENCE-ID:20261120T120000Z", "RECURRENCE-ID;TZID=Nix:x", "DTSTAMP:x", "SEQUENCE:-1",
             "SEQUENCE:99999999999999999999", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:eva@nybro.example",
             'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:":mailto:eva@nybro.example',
             'ATTENDEE;DELEGATED-FROM="mailto:eva@nybro.example":mailto:eva@nybro.example', "ATTENDEE:",
             "ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO=x,,\"mailto:b@x.example\":mailto:b@x.example"]
        ) | st.text(max_size=20),
        max_size=14,
    )
)  # fmt: skip
def test_no_answer_ends_in_a_traceback(lines: list[str]) -> None:
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=[calendar_plugin, plugin]) as book:
        person(book, "Eva Ek", "eva@nybro.example")
        book.add(Interaction(kind="visit", when="2026-11-20T13:00", source="ics:a", status="planned"))
        with suppress(KontaktnatError):
            answers.apply(book, "REPLY", "\r\n".join(lines).encode())
