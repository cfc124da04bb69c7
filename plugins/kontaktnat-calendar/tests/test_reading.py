"""What becomes of an event: its times and zones, who is invited, its kind; and what is rejected alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Invalid, Way
from kontaktnat.exchange import ImportResult, rejects_file
from kontaktnat_calendar.files import calendars, sniff
from kontaktnat_calendar.reading import read

TODAY = {"today": "2026-11-12", "ahead": "2027-11-12"}


def calendar(*events: str, head: str = "", zones: str = "") -> str:
    body = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{zones}{body}END:VCALENDAR\n"


def candidates(*events: str, head: str = "", zones: str = "", **options: str) -> list[Any]:
    data = calendar(*events, head=head, zones=zones).encode()
    return list(read(io.BytesIO(data), {**TODAY, **options}))


def only(*lines: str, **more: str) -> dict[str, Any]:
    [found] = candidates("\n".join(("UID:a", *lines)), **more)
    assert not found.problem, found.problem
    return dict(found.fields)


def problem(*lines: str, **more: str) -> str:
    [found] = candidates("\n".join(("UID:a", *lines)), **more)
    return str(found.problem)


def take(book: Book, *events: str, head: str = "", **options: str) -> ImportResult:
    return book.import_from(
        io.BytesIO(calendar(*events, head=head).encode()), format="ics", options={**TODAY, **options}
    )


# Times


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("DTSTART:20261120T130000", "2026-11-20T13:00:00+01:00"),
        ("DTSTART:20261120T120000Z", "2026-11-20T13:00:00+01:00"),
        ("DTSTART:20260720T110000Z", "2026-07-20T13:00:00+02:00"),
        ("DTSTART;TZID=Europe/Helsinki:20261120T140000", "2026-11-20T13:00:00+01:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20261120T130000", "2026-11-20T13:00:00+01:00"),
        ('DTSTART;TZID="w. europe standard time":20261120T130000', "2026-11-20T13:00:00+01:00"),
        ("DTSTART;TZID=GMT Standard Time:20261120T120000", "2026-11-20T13:00:00+01:00"),
        ("DTSTART;TZID=tzone://Microsoft/Utc:20261120T120000", "2026-11-20T13:00:00+01:00"),
        (
            'DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20261120T070000',
            "2026-11-20T13:00:00+01:00",
        ),
        (
            'DTSTART;TZID="Amsterdam, Berlin, Bern, Rom, Stockholm":20261120T130000',
            "2026-11-20T13:00:00+01:00",
        ),
        ('DTSTART;TZID="Western/Central Europe":20261120T130000', "2026-11-20T13:00:00+01:00"),
        (
            "DTSTART;TZID=/mozilla.org/20050126_1/Europe/Stockholm:20261120T130000",
            "2026-11-20T13:00:00+01:00",
        ),
        (
            'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rom":20260720T130000',
            "2026-07-20T13:00:00+02:00",
        ),
        ("DTSTART;TZID=(UTC+01.00) Amsterdam, Berlin:20260720T130000", "2026-07-20T13:00:00+02:00"),
        ("DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin:20260720T130000", "2026-07-20T13:00:00+02:00"),
        ("DTSTART;TZID=UTC:20261120T120000", "2026-11-20T13:00:00+01:00"),
        ("DTSTART;VALUE=DATE-TIME;TZID=Europe/Stockholm:20261120T130000", "2026-11-20T13:00:00+01:00"),
        ("DTSTART;VALUE=DATE:20261120", "2026-11-20"),
        ("DTSTART:20261120", "2026-11-20"),
        ("dtstart;tzid=Europe/Stockholm:20261120T130000", "2026-11-20T13:00:00+01:00"),
        ("DTSTART:20260329T023000", "2026-03-29T03:30:00+02:00"),
    ],
)
def test_a_time_is_told_by_stockholms_clocks(line: str, when: str) -> None:
    assert only(line)["when"] == when


OWN = """BEGIN:VTIMEZONE
TZID:Egen tid
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE
"""


def test_a_zone_that_the_file_defines_itself_has_the_files_rules() -> None:
    assert only("DTSTART;TZID=Egen tid:20261120T140000", zones=OWN)["when"] == "2026-11-20T13:00:00+01:00"
    assert only("DTSTART;TZID=Egen tid:20260720T140000", zones=OWN)["when"] == "2026-07-20T13:00:00+02:00"
    located = OWN.replace("BEGIN:STANDARD", "X-LIC-LOCATION:Europe/London\nBEGIN:STANDARD", 1)
    assert only("DTSTART;TZID=Egen tid:20261120T120000", zones=located)["when"] == "2026-11-20T13:00:00+01:00"
    # As Outlook writes them: every year, since 1601; and a zone without summer time, whose day has no time.
    outlook = OWN.replace("FREQ=YEARLY;", "FREQ=YEARLY;INTERVAL=1;")
    assert only("DTSTART;TZID=Egen tid:20260720T140000", zones=outlook)["when"] == "2026-07-20T13:00:00+02:00"
    plain = (
        "BEGIN:VTIMEZONE\nTZID:Egen\\, tid\nBEGIN:STANDARD\nDTSTART;VALUE=DATE:20170101\n"
        "TZOFFSETFROM:+1100\nTZOFFSETTO:+1100\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    when = only('DTSTART;TZID="Egen, tid":20261120T230000', zones=plain)["when"]
    assert when == "2026-11-20T13:00:00+01:00"


def test_an_end_without_a_zone_is_on_the_clock_of_the_beginning() -> None:
    ends = only("DTSTART;TZID=America/New_York:20261120T090000", "DTEND:20261120T100000")["ends"]
    assert ends == "2026-11-20T16:00:00+01:00"


def test_a_time_that_says_nothing_is_none() -> None:
    assert "ends" not in only("DTSTART:20261120T130000", "DTEND:")
    assert problem("DTSTART:") == "the event does not say when it begins (DTSTART)"
    lines = ("DTSTART;VALUE=DATE:20261120", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20261120")
    [left] = candidates("\n".join(("UID:a", *lines, "EXDATE;VALUE=DATE:")))
    assert left.fields["when"] == "2026-11-21"


def test_google_writes_a_whole_day_with_a_z() -> None:
    found = candidates("UID:a\nDTSTART;VALUE=DATE:20261120\nRDATE:20261220Z")
    assert [one.fields["when"] for one in found] == ["2026-11-20", "2026-12-20"]


TWICE = """UID:a
DTSTART:20261120T130000
SUMMARY:{}
{}"""


def test_of_two_with_one_uid_in_a_file_the_last_is_taken_and_the_other_is_said(book: Book) -> None:
    first, last = TWICE.format("Samråd", ""), TWICE.format("Styrgrupp", "")
    done = take(book, first, last)
    assert (done.created, len(done.rejected)) == (1, 1)
    assert done.rejected[0].row == 3
    assert done.rejected[0].reason == (
        "another one, on line 8, has the same UID, and that is taken; give this one a UID of its own"
    )
    assert [one.subject for one in book.interactions.all()] == ["Styrgrupp"]
    assert take(book, first, last).unchanged == 1


def test_of_two_editions_in_a_file_the_newer_is_taken_wherever_it_stands(book: Book) -> None:
    old, new = TWICE.format("Samråd", "SEQUENCE:1"), TWICE.format("Styrgrupp", "SEQUENCE:2")
    for events in ((old, new), (new, old), (new, new)):
        assert not take(book, *events).rejected
        assert [one.subject for one in book.interactions.all()] == ["Styrgrupp"]
    assert take(book, old, new).unchanged == 2


def test_a_uid_that_happens_to_look_like_a_personnummer_is_an_id(book: Book) -> None:
    assert take(book, "UID:moten-1106817412\nDTSTART:20261120T130000\nSUMMARY:Samråd").created == 1


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=DAILY", "FREQ=YEARLY;INTERVAL=0", "nonsense"])
def test_a_zone_nobody_knows_rejects_the_event_and_is_never_taken_for_another(rule: str) -> None:
    said = "DTSTART: nobody knows the time zone Egen tid, and the file does not say what it is; write "
    line = "DTSTART;TZID=Egen tid:20261120T140000"
    assert problem(line) == f"{said}TZID=Europe/Stockholm there"
    zones = OWN.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", rule)
    assert problem(line, zones=zones).startswith(said)


@pytest.mark.parametrize(
    ("lines", "ends"),
    [
        (("DTSTART:20261120T130000", "DTEND:20261120T143000"), "2026-11-20T14:30:00+01:00"),
        (("DTSTART:20261120T130000", "DURATION:PT1H30M"), "2026-11-20T14:30:00+01:00"),
        (
            ("DTSTART:20261120T130000", "DTEND;TZID=Europe/London:20261120T133000"),
            "2026-11-20T14:30:00+01:00",
        ),
        (("DTSTART:20261120T130000",), None),
        (("DTSTART:20261120T130000", "DTEND:20261120T130000"), None),
        (("DTSTART:20261120T130000", "DURATION:-PT1H"), None),
        (("DTSTART;VALUE=DATE:20261120", "DTEND;VALUE=DATE:20261121"), None),
        (("DTSTART;VALUE=DATE:20261120", "DTEND;VALUE=DATE:20261123"), "2026-11-22T23:59:00+01:00"),
    ],
)
def test_when_it_ends(lines: tuple[str, ...], ends: str | None) -> None:
    assert only(*lines).get("ends") == ends


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((), "the event does not say when it begins (DTSTART)"),
        (("DTSTART:i morgon",), "DTSTART: this line cannot be read"),
        (("DTSTART:20261332",), "DTSTART: 20261332: no such date"),
        (("DTSTART:00010101T000000Z",), "DTSTART: 00010101: outside the calendar"),
        (("DTSTART:99991231T235959",), "DTSTART: 99991231: outside the calendar"),
        (("DTSTART:20261120T13",), "DTSTART: '20261120T13' is no time of a calendar"),
        (
            ("DTSTART:20261120T130000", "DTEND:20261119T130000"),
            "DTEND: it ends before it begins, or years later",
        ),
        (
            ("DTSTART:20261120T130000", "DTEND;VALUE=DATE:20261121"),
            "DTEND: a day and a time do not go together with DTSTART",
        ),
        (
            ("DTSTART:20261120", "CLASS:PRIVATE"),
            "it is marked as private; to take it all the same: --set private=yes",
        ),
        (
            ("DTSTART;VALUE=DATE:20261221", "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
            "whole days out of office, and no meeting; to take it all the same: --set absence=yes",
        ),
    ],
)
def test_what_is_wrong_is_said(lines: tuple[str, ...], said: str) -> None:
    assert problem(*lines) == said


def test_an_entry_of_our_own_feed_is_no_meeting() -> None:
    [found] = candidates("UID:followup-kx7f0001@due.kontaktnat\nDTSTART:20261120")
    assert found.problem == "this is an entry of kontaktnat's own feed of what is due, and no meeting"


# What is said


def test_texts_are_unfolded_and_unescaped_in_one_line() -> None:
    found = only(
        "DTSTART:20261120",
        "SUMMARY:Läget\\, nu\\; och\\nsedan \\\\ här",
        "LOCATION;LANGUAGE=sv:Rådhuset\\,",
        "  sal 1",
        "X-BAD LINE",
    )
    assert found["subject"] == "Läget, nu; och sedan \\ här"
    assert found["place"] == "Rådhuset, sal 1"


def test_a_description_is_left_out_unless_asked_for_and_then_without_what_teams_adds() -> None:
    lines = ("DTSTART:20261120", "DESCRIPTION:Vi går igenom läget.\\n\\n________________\\n"
             "Microsoft Teams-möte\\nAnslut: https://teams.example/l/1")  # fmt: skip
    assert "summary" not in only(*lines)
    assert only(*lines, description="yes")["summary"] == "Vi går igenom läget."


def test_guests_with_their_answers_rooms_aside() -> None:
    found = only(
        "DTSTART:20261120",
        "ORGANIZER;CN=Eva Ek:MAILTO:eva@nybro.example",
        'ATTENDEE;CN="Ek, Eva";PARTSTAT=NEEDS-ACTION:mailto:Eva@nybro.example',
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=bo@kalmar.example:mailto:bo@kalmar.example",
        "ATTENDEE;PARTSTAT=DECLINED;ROLE=OPT-PARTICIPANT:mailto:åsa@kalmar.example?x=y",
        "ATTENDEE;PARTSTAT=TENTATIVE;EMAIL=karin@kalmar.example:urn:uuid:1",
        "ATTENDEE;CN=Utan Adress;PARTSTAT=DELEGATED:invalid:nomail",
        "ATTENDEE;CUTYPE=ROOM;CN=Sal 1:mailto:sal1@nybro.example",
        "ATTENDEE;CUTYPE=RESOURCE:mailto:bil@nybro.example",
        "ATTENDEE;ROLE=NON-PARTICIPANT:mailto:kopia@nybro.example",
        "ATTENDEE:mailto:",
    )
    assert [tuple(one.values()) for one in found["guests"]] == [
        ("Eva@nybro.example", "Eva Ek", "accepted", "host"),
        ("bo@kalmar.example", "", "accepted", "member"),
        ("åsa@kalmar.example", "", "declined", "guest"),
        ("karin@kalmar.example", "", "tentative", "member"),
        ("", "Utan Adress", "declined", "member"),
    ]
    for name in ("Eva Ek, Nybro kommun", "Reception, 2 tr", "Ek, Eva (Nybro)", "kalle, anka"):
        told = only("DTSTART:20261120", f'ATTENDEE;CN="{name}":mailto:eva@nybro.example')
        assert told["guests"][0]["name"] == name
    mine = only("DTSTART:20261120", "ORGANIZER:mailto:Anna@lst.example", me="anna@lst.example")
    assert "guests" not in mine


def test_editions_kinds_and_what_is_cancelled() -> None:
    found = only(
        "DTSTART:20261120",
        "SEQUENCE:3",
        "DTSTAMP:20261101T080000Z",
        "CATEGORIES:Utbildning,Röd",
        "STATUS:CANCELLED",
    )
    assert (found["edition"], found["kinds"]) == ((3, "20261101T080000Z"), ["Utbildning", "Röd"])
    assert found["status"] == "cancelled"
    assert only("DTSTART:20261120", "CATEGORIES:Utbildning", kind="phone")["kind"] == "phone"
    assert only("DTSTART:20261120", "SEQUENCE:många", "DTSTAMP:igår")["edition"] == (0, "")


def test_one_without_a_uid_is_the_same_when_it_comes_again() -> None:
    [first] = candidates("DTSTART:20261120\nSUMMARY:Möte")
    [again] = candidates("DTSTART:20261120\nSUMMARY:Möte")
    [other] = candidates("DTSTART:20261121\nSUMMARY:Möte")
    assert first.fields["source"] == again.fields["source"] != other.fields["source"]


def test_only_the_days_asked_for_are_read() -> None:
    days = [f"UID:{n}\nDTSTART:202611{n}T120000Z" for n in (10, 12, 14)]
    found = candidates(*days, **{"from": "2026-11-11", "until": "2026-11-12"})
    assert [one.fields["source"] for one in found] == ["ics:12"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"from": "igår"}, "from: 'igår' is no day; write it as 2026-11-12"),
        ({"from": "2026-11-12", "until": "2026-11-11"}, "until: 2026-11-11 is before from: 2026-11-12"),
        ({"private": "maybe"}, "private: maybe is none of yes, no"),
        ({"map": "x"}, "map: a calendar is read with no such option; there is: from, until, kind, me, "
                       "description, private, absence, guests"),
    ],
)  # fmt: skip
def test_an_option_that_does_not_fit(options: dict[str, str], said: str) -> None:
    with pytest.raises(Invalid) as caught:
        candidates("UID:a\nDTSTART:20261120", **options)
    assert str(caught.value) == said


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_file_in_any_encoding_and_with_lines_before_it(encoding: str) -> None:
    text = "\r\n\r\n" + calendar("UID:a\nDTSTART:20261120\nSUMMARY:Åsa träffar Östen")
    data = text.encode(encoding)
    assert sniff(data[:4096])
    [found] = read(io.BytesIO(data), TODAY)
    assert found.fields["subject"] == "Åsa träffar Östen"


def test_one_bad_event_is_rejected_alone_and_comes_again_from_the_file_of_rejects(book: Book) -> None:
    zoned = OWN.replace("FREQ=YEARLY", "FREQ=DAILY")
    data = calendar(
        "UID:a\nDTSTART:20261120", "UID:b\nDTSTART;TZID=Egen tid:20261121T130000", "UID:c\nDTSTART:20261122",
        head="METHOD:REQUEST\n", zones=zoned,
    ).encode()  # fmt: skip
    done = book.import_from(io.BytesIO(data), format="ics")
    assert str(done) == "created 2, updated 0, unchanged 0, rejected 1"
    [bad] = done.rejected
    assert data.decode().splitlines()[bad.row - 1 : bad.row + 1] == ["BEGIN:VEVENT", "UID:b"]
    again = rejects_file(done.rejected, done.importer)
    assert b"METHOD:REQUEST" in again
    assert b"X-KONTAKTNAT-PROBLEM:DTSTART: nobody knows" in again
    mended = again.replace(b"TZID=Egen tid", b"TZID=Europe/Stockholm")
    assert str(book.import_from(io.BytesIO(mended))) == "created 1, updated 0, unchanged 0, rejected 0"


def test_one_that_is_cut_off_and_what_is_passed_over() -> None:
    text = (
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261120\n"
        "BEGIN:VEVENT\nUID:b\nDTSTART:20261120\nEND:VEVENT\n"
        "BEGIN:VJOURNAL\nUID:j\nEND:VJOURNAL\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\n"
        "END:VCALENDAR\nnonsense\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:c\nDTSTART:20261120\nEND:VEVENT\n"
        "BEGIN:VTODO\nSUMMARY:x\n"
    )
    found = list(read(io.BytesIO(text.encode()), TODAY))
    assert [(one.row, one.problem) for one in found] == [
        (2, "the event is cut off: no line ends it"), (5, ""), (17, ""),
        (21, "the event is cut off: no line ends it"),
    ]  # fmt: skip
    assert [piece.name for one in calendars(text.encode()) for piece in one.pieces].count("VJOURNAL") == 1


def test_what_was_understood(book: Book) -> None:
    data = calendar(
        "UID:a\nDTSTART:20261120\nSUMMARY:Åsa", "UID:b\nDTSTART:20261120", head="METHOD:PUBLISH\n"
    )
    private = "BEGIN:VEVENT\nCLASS:PRIVATE\nDTSTART:20261120\nSUMMARY:Tandläkare\nEND:VEVENT\n"
    data = data.replace("END:VCALENDAR", f"{private}END:VCALENDAR")
    data = data.replace("END:VCALENDAR", "BEGIN:VJOURNAL\nEND:VJOURNAL\nEND:VCALENDAR")
    done = book.import_from(io.BytesIO(data.encode()), format="ics", dry_run=True)
    assert done.understood is not None
    assert done.understood.summary == "utf-8 (valid throughout), 3 events, 0 tasks, METHOD:PUBLISH"
    assert (done.understood.unused, done.understood.sample) == (("VJOURNAL (1)",), ("Åsa",))


def test_a_series_of_which_nothing_is_read_is_said(book: Book) -> None:
    ended = "UID:s\nDTSTART:20210112\nRRULE:FREQ=DAILY;COUNT=3"
    done = take(book, ended, "UID:t\nDTSTART:20261112\nRRULE:FREQ=DAILY;COUNT=3", "UID:u\nDTSTART:19700101")
    assert (done.created, done.rejected) == (4, [])
    assert done.understood is not None
    assert done.understood.unused == ("1 series without a meeting from 2025-11-12 to 2027-11-12",)
    done = take(book, ended, **{"from": "2021-01-01"})
    assert (done.created, done.understood.unused) == (3, ())  # type: ignore[union-attr]


# Tasks


def task(*lines: str) -> Iterator[Any]:
    body = "\n".join(lines)
    return read(io.BytesIO(f"BEGIN:VCALENDAR\nBEGIN:VTODO\n{body}\nEND:VTODO\nEND:VCALENDAR".encode()), TODAY)


def test_tasks_become_follow_ups() -> None:
    two = list(task("UID:t\nSUMMARY:Ring Eva\nEND:VTODO\nBEGIN:VTODO\nUID:t\nSUMMARY:Ring Bo"))
    assert [bool(one.problem) for one in two] == [True, False]
    [found] = task("UID:t", "SUMMARY:Ring Eva", "DUE:20261120T230000Z")
    assert (found.type, found.fields) == (
        "followup",
        {"text": "Ring Eva", "due": "2026-11-21", "source": "ics:t"},
    )
    [done] = task("UID:t", "SUMMARY:Ring Eva", "STATUS:COMPLETED", "COMPLETED:20261110T120000Z")
    assert done.fields["done_on"] == "2026-11-10"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("SUMMARY:x", "STATUS:CANCELLED"), "the task is cancelled"),
        (("SUMMARY:x", "RRULE:FREQ=DAILY"),
         "a task that comes again is not taken; add it with kontaktnat add followup --every"),
        (("UID:t",), "the task does not say what is to be done (SUMMARY)"),
    ],
)  # fmt: skip
def test_a_task_that_is_not_taken_says_why(lines: tuple[str, ...], said: str) -> None:
    [found] = task(*lines)
    assert found.problem == said


# In the book


def test_twice_the_same_file_changes_nothing_and_an_actor_is_known_by_its_mailbox(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun", ways=[Way(kind="mail", value="info@nybro.example")]))
    book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva@nybro.example")]))
    guests = "ORGANIZER:mailto:eva@nybro.example\nATTENDEE:mailto:info@nybro.example"
    event = f"UID:a\nDTSTART:20261120T130000\n{guests}"
    assert str(take(book, event)) == "created 1, updated 0, unchanged 0, rejected 0"
    assert (
        str(take(book, f"{event}\nDTSTAMP:20261112T080000Z"))
        == "created 0, updated 0, unchanged 1, rejected 0"
    )
    [meeting] = book.interactions.all()
    assert [(one.actor, one.part) for one in meeting.participants] == [(None, "host"), (nybro.id, "member")]


# A whole calendar

WEEKLY = """UID:vecka
DTSTART:20261116T090000
SUMMARY:Veckomöte
ORGANIZER:mailto:chef@lst.example
ATTENDEE:mailto:anna@lst.example
ATTENDEE:mailto:bo@enhet.lst.example
ATTENDEE;CN=Cia:mailto:noreply"""
ALONE = "UID:egen\nDTSTART:20261117T090000\nSUMMARY:Skriva rapport"
OUTSIDE = "UID:ute\nDTSTART:20261118T090000\nSUMMARY:Samråd\nATTENDEE:mailto:eva@nybro.example"
OTHER = "UID:lan\nDTSTART:20261119T090000\nSUMMARY:Länen\nATTENDEE:mailto:dan@lst.example"


def subjects(book: Book) -> list[str]:
    return sorted(one.subject for one in book.interactions.all())


@pytest.mark.parametrize(
    ("guests", "taken"),
    [
        ("any", ["Länen", "Samråd", "Skriva rapport", "Veckomöte"]),
        ("outside", ["Samråd"]),
        ("known", ["Länen"]),
    ],
)
def test_ones_own_offices_meetings_are_left_out_and_counted(
    book: Book, guests: str, taken: list[str]
) -> None:
    book.add(Contact(name="Dan Dahl", ways=[Way(kind="mail", value="dan@lst.example")]))
    for _ in range(2):
        done = take(book, WEEKLY, ALONE, OUTSIDE, OTHER, me="Anna@lst.example", guests=guests)
        assert (subjects(book), len(done.rejected)) == (taken, 0)
        assert done.created + done.unchanged == 4
        notes = [str(note) for note in done.notes]
        left = 4 - len(taken)
        assert [note.partition(":")[0] for note in notes] == (
            [f"{left} of the unchanged were left out"] if left else []
        )
    assert done.unchanged == 4


def test_a_meeting_that_is_in_the_book_is_followed_whoever_is_left_in_it(book: Book) -> None:
    take(book, OUTSIDE)
    moved = OUTSIDE.replace("T090000", "T100000").replace("eva@nybro", "bo@lst") + "\nSEQUENCE:1"
    done = take(book, moved, me="anna@lst.example", guests="outside")
    assert (done.updated, list(done.notes)) == (1, [])
    gone = take(book, ALONE + "\nSTATUS:CANCELLED", me="anna@lst.example", guests="outside")
    assert (gone.created, gone.unchanged) == (0, 1)


def test_a_series_of_the_office_is_left_out_but_for_the_day_somebody_comes(book: Book) -> None:
    one = WEEKLY.replace("UID:vecka", "UID:vecka\nRECURRENCE-ID:20261123T090000").replace("16T", "23T")
    series = WEEKLY + "\nRRULE:FREQ=WEEKLY;COUNT=4"
    done = take(
        book, series, one + "\nATTENDEE:mailto:eva@nybro.example", me="anna@lst.example", guests="outside"
    )
    assert (done.created, done.unchanged, len(done.notes)) == (1, 3, 1)
    assert [str(one.when)[:10] for one in book.interactions.all()] == ["2026-11-23"]


def test_who_is_from_outside_is_told_by_ones_own_address(book: Book) -> None:
    with pytest.raises(Invalid, match="--set me=ADDRESS"):
        take(book, WEEKLY, guests="outside")


def test_ones_own_address_is_told_once(book: Book) -> None:
    mine = "UID:b\nDTSTART:20261120\nSUMMARY:Två\nATTENDEE:mailto:anna@lst.example"
    take(book, WEEKLY, me="anna@lst.example | chef@lst.example")
    waiting = len(book.pending.all())
    done = take(book, mine)
    assert (done.created, done.strangers, len(book.pending.all())) == (1, 0, waiting)
    assert done.understood is not None
    assert "your own address anna@lst.example, chef@lst.example" in str(done.understood.summary)
    assert take(book, WEEKLY, mine).unchanged == 2
    before = book.version
    assert (take(book, mine).unchanged, book.version) == (1, before)
    take(book, mine.replace("UID:b", "UID:d"), me="")
    assert len(book.pending.all()) == waiting + 1
    assert [one for one in book.settings.all() if one.id.startswith("told.")] == []


def test_it_is_not_kept_by_a_trial_and_an_undo_takes_it_back(book: Book) -> None:
    data = io.BytesIO(calendar(WEEKLY).encode())
    book.import_from(data, format="ics", options={**TODAY, "me": "anna@lst.example"}, dry_run=True)
    assert book.setting("told.ics.me.anna") is None
    take(book, WEEKLY, me="anna@lst.example")
    assert book.setting("told.ics.me.anna") == "anna@lst.example"
    book.undo()
    assert book.setting("told.ics.me.anna") is None
