"""Invitations, cancellations and answers, as they come by mail (iTIP and iMIP: RFC 5546, RFC 6047)."""

from __future__ import annotations

import base64
import io
import os
from pathlib import Path

import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Invalid, Participation, Role, Way
from kontaktnat.exchange import ImportResult
from kontaktnat.model import PartialDate

REAL = Path(__file__).resolve().parents[4] / "shared" / "real"
STOCKHOLM = "DTSTART;TZID=Europe/Stockholm:20261120T130000"


def take(book: Book, event: str, method: str = "") -> ImportResult:
    head = f"METHOD:{method}\n" if method else ""
    data = f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}BEGIN:VEVENT\n{event}\nEND:VEVENT\nEND:VCALENDAR\n"
    return book.import_from(io.BytesIO(data.encode()), format="ics")


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))


def statuses(book: Book) -> dict[str, list[str]]:
    return {str(one.when)[:10]: [part.status for part in one.participants] for one in book.interactions.all()}


ANSWER = "ATTENDEE;PARTSTAT=DECLINED:mailto:EVA@nybro.example"


def test_an_invitation_then_its_answer_then_its_cancellation(book: Book, eva: Contact) -> None:
    invitation = f"UID:a\nSUMMARY:Möte\n{STOCKHOLM}\nATTENDEE;RSVP=TRUE:mailto:eva@nybro.example"
    assert str(take(book, invitation, "REQUEST")) == "created 1, updated 0, unchanged 0, rejected 0"
    answer = f"UID:a\nDTSTAMP:20261112T080000Z\nORGANIZER:mailto:anna@lst.example\n{ANSWER}"
    assert str(take(book, answer, "REPLY")) == "created 0, updated 1, unchanged 0, rejected 0"
    assert str(take(book, answer, "REPLY")) == "created 0, updated 0, unchanged 1, rejected 0"
    assert statuses(book) == {"2026-11-20": ["declined"]}
    assert str(take(book, f"UID:a\nSEQUENCE:1\n{STOCKHOLM}", "CANCEL")).startswith("created 0, updated 1")
    [meeting] = book.interactions.all()
    assert meeting.status == "cancelled"


def test_an_answer_to_one_of_a_series_in_whatever_zone_it_is_written(book: Book, eva: Contact) -> None:
    series = f"UID:s\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=2\nATTENDEE:mailto:eva@nybro.example"
    take(book, series, "REQUEST")
    take(book, f"UID:s\nRECURRENCE-ID:20261127T120000Z\n{ANSWER}", "REPLY")
    assert statuses(book) == {"2026-11-20": ["invited"], "2026-11-27": ["declined"]}
    take(book, f"UID:s\n{ANSWER}", "REPLY")
    assert statuses(book) == {"2026-11-20": ["declined"], "2026-11-27": ["declined"]}
    cancelled = "UID:s\nRECURRENCE-ID;TZID=Europe/Helsinki:20261127T140000"
    take(book, cancelled, "CANCEL")
    assert [one.status for one in sorted(book.interactions.all(), key=lambda one: str(one.when))] == [
        "planned", "cancelled",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("REPLY", "no meeting here is the calendar's UID a: import its invitation first, then this answer"),
        ("CANCEL", "nothing to cancel: no meeting here is the calendar's UID a"),
        ("COUNTER", "no meeting here is the calendar's UID a: import its invitation first, then this answer"),
        ("REFRESH", "REFRESH is not taken: it asks for something and says of no meeting how it is; answer it "
                    "in your calendar"),
        ("ADD", "ADD is not taken: it asks for something and says of no meeting how it is; answer it in your "
                "calendar"),
    ],
)  # fmt: skip
def test_what_is_about_nothing_here_or_asks_for_something_is_rejected(
    book: Book, method: str, said: str
) -> None:
    done = take(book, f"UID:a\n{STOCKHOLM}\n{ANSWER}", method)
    assert [one.reason for one in done.rejected] == [said]
    assert not book.interactions.all()


def test_an_answer_names_the_one_of_the_series_that_is_missing_and_whose_it_is(book: Book) -> None:
    done = take(book, f"UID:a\nRECURRENCE-ID:20261127T120000Z\n{ANSWER}", "REPLY")
    assert "UID a, RECURRENCE-ID 20261127T120000Z" in done.rejected[0].reason
    assert take(book, "UID:a", "REPLY").rejected[0].reason == "the answer does not say whose it is (ATTENDEE)"


PROPOSER = "ATTENDEE;PARTSTAT=TENTATIVE:mailto:eva@nybro.example"
OTHER = "DTSTART;TZID=Europe/Stockholm:20261127T130000\nDTEND;TZID=Europe/Stockholm:20261127T143000"


def test_another_time_that_is_proposed_waits_for_an_answer_and_moves_nothing(
    book: Book, eva: Contact
) -> None:
    take(book, f"UID:a\nSUMMARY:Möte\n{STOCKHOLM}\nATTENDEE:mailto:eva@nybro.example", "REQUEST")
    said = f"UID:a\nDTSTAMP:20261112T080000Z\n{OTHER}\n{PROPOSER}"
    assert str(take(book, said, "COUNTER")) == "created 1, updated 0, unchanged 0, rejected 0"
    [meeting] = book.interactions.all()
    assert (str(meeting.when)[:16], meeting.participants[0].status) == ("2026-11-20 13:00", "tentative")
    [asked] = book.followups.all()
    assert asked.text == "Another time is proposed: 2026-11-27 13:00–14:30 instead of 2026-11-20 13:00"
    assert (asked.about, asked.due, asked.side) == ((meeting.id, eva.id), PartialDate(2026, 11, 12), "we")
    assert asked.extra["calendar.proposed"] == (
        f"{meeting.id};0;2026-11-27T12:00:00+00:00;2026-11-27T13:30:00+00:00"
    )
    assert str(take(book, said, "COUNTER")).startswith("created 0, updated 0, unchanged 1")
    book.update(asked, done_on="2026-11-12")
    assert str(take(book, said, "COUNTER")).startswith("created 0, updated 0, unchanged 1")
    assert len(book.followups.all()) == 1
    book.undo()
    book.undo()
    assert not book.followups.all()


def test_another_time_for_one_of_a_series(book: Book, eva: Contact) -> None:
    series = f"UID:s\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=2\nATTENDEE:mailto:eva@nybro.example"
    take(book, series, "REQUEST")
    take(book, f"UID:s\nRECURRENCE-ID:20261127T120000Z\nDTSTART:20261128T120000Z\n{PROPOSER}", "COUNTER")
    [asked] = book.followups.all()
    assert "2026-11-28 13:00 instead of 2026-11-27 13:00" in asked.text
    assert statuses(book) == {"2026-11-20": ["invited"], "2026-11-27": ["tentative"]}


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("ATTENDEE:mailto:eva@nybro.example\nATTENDEE;PARTSTAT=DECLINED:mailto:bo@x.example", "Bo Björk"),
        ("ATTENDEE:mailto:eva@nybro.example\nATTENDEE:mailto:bo@x.example", ""),
        ("ATTENDEE:mailto:nobody@x.example", ""),
        ("ATTENDEE:mailto:siv@x.example", ""),
        ("X-NONE:1", ""),
    ],
)
def test_who_proposes_is_told_where_it_is_surely_known(book: Book, eva: Contact, said: str, who: str) -> None:
    book.add(Contact(name="Bo Björk", ways=[Way(kind="mail", value="bo@x.example")]))
    book.add(Contact(name="Siv Skydd", ways=[Way(kind="mail", value="siv@x.example")], protected=True))
    take(book, f"UID:a\n{STOCKHOLM}\nATTENDEE:mailto:eva@nybro.example", "REQUEST")
    take(book, f"UID:a\n{OTHER}\n{said}", "COUNTER")
    [asked] = book.followups.all()
    [meeting] = book.interactions.all()
    people = [book.contacts.get(id).name for id in asked.about if id != meeting.id]
    assert people == ([who] if who else [])
    assert "siv" not in asked.text.lower()


@pytest.mark.parametrize("changes", [{"status": "cancelled"}, {"when": "2026-11-02T13:00", "status": "held"}])
def test_of_a_meeting_that_is_not_to_come_no_other_time_is_asked_for(
    book: Book, eva: Contact, changes: dict[str, str]
) -> None:
    take(book, f"UID:a\n{STOCKHOLM}\nATTENDEE:mailto:eva@nybro.example", "REQUEST")
    book.update(book.interactions.all()[0], **changes)
    assert str(take(book, f"UID:a\n{OTHER}\n{PROPOSER}", "COUNTER")).endswith("unchanged 1, rejected 0")
    assert not book.followups.all()


def test_a_proposal_of_no_other_time_says_so(book: Book, eva: Contact) -> None:
    take(book, f"UID:a\n{STOCKHOLM}\nATTENDEE:mailto:eva@nybro.example", "REQUEST")
    for said, why in ((STOCKHOLM, "no other time is proposed"), ("SUMMARY:x", "does not say when it begins")):
        done = take(book, f"UID:a\n{said}\n{PROPOSER}", "COUNTER")
        assert why in done.rejected[0].reason
    assert not book.followups.all()


CALENDAR = (
    "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
    + ANSWER
    + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def mail(part: bytes, encoding: str, type: str = "text/calendar; method=REPLY; charset=UTF-8") -> bytes:
    return (
        b"From: Eva Ek <eva@nybro.example>\r\nTo: anna@lst.example\r\nSubject: Avb=?utf-8?q?=C3=B6jt?=\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="ut"\r\n\r\n--ut\r\n'
        b'Content-Type: multipart/alternative; boundary="in"\r\n\r\n--in\r\n'
        b"Content-Type: text/plain; charset=UTF-8\r\n\r\nEva kommer inte.\r\n\r\n--in\r\n"
        b"Content-Type: " + type.encode() + b"\r\nContent-Transfer-Encoding: " + encoding.encode()
        + b"\r\n\r\n" + part + b"\r\n--in--\r\n--ut\r\n"
        b"Content-Type: application/ics; name=svar.ics\r\n\r\nskr\xc3\xa4p\r\n--ut--\r\n"
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
def test_the_calendar_in_a_mail_is_read_once(book: Book, eva: Contact, tmp_path: Path, encoding: str) -> None:
    made = book.add(
        Interaction(kind="visit", when="2026-11-20T13:00", status="planned",
                    participants=[Participation(contact=eva.id, status="invited")])
    )  # fmt: skip
    part = CALENDAR.format(uid=f"{made.id}@kontaktnat").encode()
    coded = {"8bit": part, "base64": base64.encodebytes(part), "quoted-printable": part.replace(b"=", b"=3D")}
    file = tmp_path / "svar.eml"
    file.write_bytes(mail(coded[encoding], encoding))
    assert str(book.import_from(file)) == "created 0, updated 1, unchanged 0, rejected 0"
    assert statuses(book) == {"2026-11-20": ["declined"]}


def test_a_mail_without_a_calendar_says_so_in_one_line(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "brev.eml"
    file.write_bytes(mail(b"hej", "8bit", "text/html"))
    with pytest.raises(Invalid) as caught:
        book.import_from(file)
    assert str(caught.value) == (
        "this mail brings no calendar (no part of it is text/calendar); save the invitation as an .ics "
        "file and import that"
    )


def real(name: str) -> Path:
    if not (REAL / name).exists():
        if os.environ.get("CI"):
            pytest.fail(f"{REAL} is missing")
        pytest.skip(f"{REAL} is not here")
    return REAL / name


def test_a_real_answer_to_a_meeting_that_is_not_here_and_then_is(book: Book) -> None:
    file = real("tine20__calendar_reply_accepted.eml")
    [rejected] = book.import_from(file).rejected
    assert "import its invitation first" in rejected.reason
    uid = rejected.reason.split("UID ")[1].split(":")[0]
    take(book, f"UID:{uid}\nDTSTART:20111121T120000Z", "REQUEST")
    done = book.import_from(file)
    assert (str(done), done.strangers) == ("created 0, updated 1, unchanged 0, rejected 0", 1)
    assert str(book.import_from(file)) == "created 0, updated 0, unchanged 1, rejected 0"
    [waiting] = book.pending.all()
    book.settle(waiting, new=True)
    assert statuses(book) == {"2011-11-21": ["accepted"]}


def test_a_real_mail_with_another_attachment_brings_no_calendar(book: Book) -> None:
    with pytest.raises(Invalid, match="brings no calendar"):
        book.import_from(real("tine20__winmail_dat_attachment.eml"))


# Answers, in whatever order they come


def invitation(book: Book, *mails: str) -> None:
    guests = "\n".join(f"ATTENDEE:mailto:{mail}" for mail in mails)
    take(book, f"UID:a\nSUMMARY:Möte\n{STOCKHOLM}\n{guests}", "REQUEST")


def answer(book: Book, status: str, stamp: str, *, sequence: int = 0, who: str = "eva@nybro.example") -> str:
    said = f"UID:a\nDTSTAMP:{stamp}\nSEQUENCE:{sequence}\nATTENDEE;PARTSTAT={status}:mailto:{who}"
    return str(take(book, said, "REPLY"))


def test_an_older_answer_does_not_take_back_a_newer_one(book: Book, eva: Contact) -> None:
    invitation(book, "eva@nybro.example")
    answer(book, "DECLINED", "20261112T090000Z")
    assert answer(book, "ACCEPTED", "20261112T080000Z") == "created 0, updated 0, unchanged 1, rejected 0"
    assert statuses(book) == {"2026-11-20": ["declined"]}
    answer(book, "TENTATIVE", "20261112T070000Z", sequence=1)  # of the meeting as it was moved
    assert statuses(book) == {"2026-11-20": ["tentative"]}
    answer(book, "ACCEPTED", "20261112T100000Z")  # later, and of the meeting as it was
    assert statuses(book) == {"2026-11-20": ["tentative"]}


def test_an_answer_read_again_does_not_take_back_what_has_been_told_by_hand_since(
    book: Book, eva: Contact
) -> None:
    invitation(book, "eva@nybro.example")
    answer(book, "ACCEPTED", "20261112T080000Z")
    [meeting] = book.interactions.all()
    book.update(meeting, participants=[Participation(contact=eva.id, status="declined")])
    answer(book, "ACCEPTED", "20261112T080000Z")
    assert statuses(book) == {"2026-11-20": ["declined"]}
    answer(book, "ACCEPTED", "20261112T110000Z")
    assert statuses(book) == {"2026-11-20": ["accepted"]}


def test_an_answer_that_agrees_is_remembered_all_the_same(book: Book, eva: Contact) -> None:
    invitation(book, "eva@nybro.example")
    [meeting] = book.interactions.all()
    book.update(meeting, participants=[Participation(contact=eva.id, status="accepted")])
    answer(book, "ACCEPTED", "20261112T090000Z")
    answer(book, "DECLINED", "20261112T080000Z")
    assert statuses(book) == {"2026-11-20": ["accepted"]}


def test_each_guests_answers_are_compared_with_their_own(book: Book, eva: Contact) -> None:
    book.add(Contact(name="Bo Björk", ways=[Way(kind="mail", value="bo@kalmar.example")]))
    invitation(book, "eva@nybro.example", "bo@kalmar.example")
    answer(book, "ACCEPTED", "20261112T090000Z")
    answer(book, "DECLINED", "20261112T080000Z", who="bo@kalmar.example")
    assert statuses(book) == {"2026-11-20": ["accepted", "declined"]}


def deputies(book: Book) -> tuple[Role, Contact]:
    """Eva's hat, and Bo."""
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    eva = book.add(Contact(name="Eva Ek"))
    way = Way(kind="mail", value="eva@nybro.example")
    hat = book.add(Role(contact=eva.id, actor=nybro.id, ways=[way]))
    bo = book.add(Contact(name="Bo Björk", ways=[Way(kind="mail", value="bo@kalmar.example")]))
    return hat, bo


DELEGATED = (
    "UID:a\nDTSTAMP:20261112T080000Z\n"
    'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:bo@kalmar.example":mailto:eva@nybro.example'
)


@pytest.mark.parametrize(
    "also",
    [
        "",
        '\nATTENDEE;PARTSTAT=NEEDS-ACTION;DELEGATED-FROM="mailto:eva@nybro.example":mailto:bo@kalmar.example',
    ],
)
def test_who_sends_another_is_not_coming_and_the_other_is_their_deputy(book: Book, also: str) -> None:
    hat, bo = deputies(book)
    invitation(book, "eva@nybro.example")
    take(book, DELEGATED + also, "REPLY")
    [meeting] = book.interactions.all()
    assert [(one.role, one.contact, one.status, one.deputy_for) for one in meeting.participants] == [
        (hat.id, None, "declined", None),
        (None, bo.id, "invited", hat.id),
    ]
    answer(book, "ACCEPTED", "20261112T090000Z", who="bo@kalmar.example")
    [meeting] = book.interactions.all()
    assert (meeting.participants[1].status, meeting.participants[1].deputy_for) == ("accepted", hat.id)


def test_a_deputy_whom_nobody_knows_waits_and_is_one_once_it_is_decided_who_it_is(book: Book) -> None:
    hat, bo = deputies(book)
    invitation(book, "eva@nybro.example")
    take(book, DELEGATED.replace("bo@kalmar", "b.bjork@borgholm"), "REPLY")
    [waiting] = book.pending.all()
    book.settle(waiting, onto=bo)
    [meeting] = book.interactions.all()
    assert (meeting.participants[1].contact, meeting.participants[1].deputy_for) == (bo.id, hat.id)


def test_for_whom_a_stranger_comes_is_covered_where_that_one_is_protected(book: Book) -> None:
    hat, _ = deputies(book)
    invitation(book, "eva@nybro.example")
    take(book, DELEGATED.replace("bo@kalmar", "b.bjork@borgholm"), "REPLY")
    assert not book.pending.all()[0].hidden
    book.update(hat.contact or "", protected=True)
    [waiting] = book.pending.all()
    assert "raw" in waiting.hidden
    assert hat.id not in str(waiting.raw)
