"""Answers to invitations among mails that are logged; with the calendar's plugin in use, which reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Participation, Role, Way
from kontaktnat.extend import Address, Message
from kontaktnat_calendar import plugin as calendar
from kontaktnat_mail import plugin
from kontaktnat_mail.logging_ import Options, log
from kontaktnat_mail.outcomes import Logged

ANNA, EVA = "anna@lst.example", "eva.ek@nybro.example"


@pytest.fixture
def book_plugins() -> list[object]:
    return [plugin, calendar]


def answer(uid: str, status: str = "ACCEPTED", who: str = EVA, frm: str = EVA, id: str = "1") -> Message:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//x//", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{uid}",
        "DTSTAMP:20261101T090000Z", "DTSTART:20261120T120000Z", "SEQUENCE:0", f"ORGANIZER:mailto:{ANNA}",
        f"ATTENDEE;PARTSTAT={status}:mailto:{who}", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return Message(
        id=f"{id}@nybro.example",
        date=datetime(2026, 11, 10, 9, tzinfo=UTC),
        sender=Address(mail=frm),
        to=[Address(mail=ANNA)],
        subject="Accepterat: Träff",
        calendar=(("REPLY", "\r\n".join(lines).encode()),),
        where=f"{id}.eml",
    )


@pytest.fixture
def eva(book: Book) -> Role:
    nybro = book.add(Actor(name="Nybro kommun"))
    who = book.add(Contact(name="Eva Ek"))
    return book.add(Role(contact=who.id, actor=nybro.id, ways=[Way(kind="mail", value=EVA)]))


@pytest.fixture
def meeting(book: Book, eva: Role) -> Interaction:
    return book.add(
        Interaction(
            kind="network_meeting",
            when=datetime(2026, 11, 20, 12, tzinfo=UTC),
            status="planned",
            subject="Träff",
            participants=[Participation(role=eva.id, status="invited")],
        )
    )


def take(book: Book, *mails: Message) -> Logged:
    done = log(book, mails, Options(own=(ANNA,)), name="mails")
    assert done.read == len(mails)
    return done


def test_an_answer_is_told_to_the_meeting_and_is_no_contact(
    book: Book, eva: Role, meeting: Interaction
) -> None:
    told = take(book, answer(f"{meeting.id}@kontaktnat"))
    assert (told.left, told.logged) == ({"answer": 1}, 0)
    assert [one.what for one in told.told] == ["answer"]
    [found] = book.interactions.all()
    assert found.participants[0].status == "accepted"
    again = take(book, answer(f"{meeting.id}@kontaktnat"))
    assert again.answers is not None
    assert (again.answers.updated, again.answers.unchanged, again.result.batch) == (0, 1, None)


def test_whose_it_is_the_answer_says_whoever_forwards_it(book: Book, eva: Role, meeting: Interaction) -> None:
    told = take(book, answer(f"{meeting.id}@kontaktnat", "DECLINED", frm="info@nybro.example"))
    assert told.left == {"answer": 1}
    [found] = book.interactions.all()
    assert found.participants[0].status == "declined"
    assert not book.pending.all()


def test_an_answer_to_a_meeting_that_is_not_here_is_a_mail(
    book: Book, eva: Role, meeting: Interaction
) -> None:
    told = take(book, answer("elsewhere@x"), answer(f"{meeting.id}@kontaktnat", id="2"))
    assert (told.left, told.logged) == ({"answer": 1}, 1)
    assert [one.what for one in told.told] == ["logged", "answer"]
    assert {one.subject for one in book.interactions.all()} == {"Träff", "Accepterat: Träff"}
    book.undo()
    assert [one.id for one in book.interactions.all()] == [meeting.id]


@pytest.mark.parametrize("made_by", ["reply", "generated", "list"])
def test_a_program_may_send_it_in_somebodys_name(
    book: Book, eva: Role, meeting: Interaction, made_by: str
) -> None:
    """Some calendars do, and then say so (Auto-Submitted, RFC 3834)."""
    here = attrs.evolve(answer(f"{meeting.id}@kontaktnat"), automatic=made_by)
    elsewhere = attrs.evolve(answer("elsewhere@x", id="2"), automatic=made_by)
    told = take(book, here, elsewhere)
    left = "list" if made_by == "list" else "automatic"
    assert (told.left, told.logged) == ({"answer": 1, left: 1}, 0)
    assert [one.what for one in told.told] == ["answer", left]
    [found] = book.interactions.all()
    assert found.participants[0].status == "accepted"
