"""Whatever stands in a file: rows are rejected, or the file is refused; nothing else is raised."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat.errors import KontaktnatError
from kontaktnat.testing.injection import FixedClock
from kontaktnat_calendar import plugin
from kontaktnat_calendar.files import sniff
from kontaktnat_calendar.reading import read

TODAY = {"today": "2026-11-12", "ahead": "2027-11-12"}
NAMES = [
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID", "SUMMARY",
    "ATTENDEE", "ORGANIZER", "STATUS", "SEQUENCE", "CATEGORIES", "DTSTAMP", "CLASS", "BEGIN", "END",
    "X-EGEN",
]  # fmt: skip
PARAMS = [
    "", ";TZID=Europe/Stockholm", ";TZID=W. Europe Standard Time", ";TZID=Egen", ';TZID="', ";VALUE=DATE",
    ";CN=", ';CN="a', ";RANGE=THISANDFUTURE", ";PARTSTAT=ACCEPTED", ";;=", ";TZID=../../etc/passwd",
    ";TZID=(UTC+99:99) Berlin",
]  # fmt: skip
VALUES = [
    "20261120T130000", "20261120T120000Z", "20261120", "00010101T000000Z", "99991231T235959Z", "16010101",
    "FREQ=DAILY", "FREQ=WEEKLY;COUNT=3", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;UNTIL=99991231",
    "FREQ=SECONDLY", "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=5MO,-5SU", "FREQ=DAILY;BYHOUR=99", "PT1H", "-P1D",
    "P99999W", "P", "mailto:", "mailto:eva@nybro.example", "mailto:@@", "VEVENT", "VALARM", "VCALENDAR",
    "VTIMEZONE", "a", "", "\\", "\\n\\,", "CANCELLED", "99999999999",
    "20261120T130000/PT1H,20261120T130000Z", "٢٠٢٦١١٢٠", "20261120T١٣0000",
]  # fmt: skip
LINES = st.tuples(
    st.sampled_from(NAMES), st.sampled_from(PARAMS), st.sampled_from(VALUES) | st.text(max_size=20)
)


def take(data: bytes) -> None:
    """Read it and take it twice: what is taken is taken as the same."""
    with kontaktnat.open("memory:", by="anna", plugins=[plugin], clock=FixedClock()) as book:
        for _ in range(2):
            try:
                done = book.import_from(io.BytesIO(data), format="ics")
            except KontaktnatError:
                return
        assert done.created == 0


@settings(deadline=None, max_examples=250)
@given(st.lists(LINES, max_size=12), st.sampled_from(["", "REQUEST", "REPLY", "CANCEL", "PUBLISH", "X"]))
def test_events_of_whatever_lines(lines: list[tuple[str, str, str]], method: str) -> None:
    body = "".join(f"{name}{params}:{value}\r\n" for name, params, value in lines)
    head = f"METHOD:{method}\r\n" if method else ""
    take(f"BEGIN:VCALENDAR\r\n{head}BEGIN:VEVENT\r\n{body}END:VEVENT\r\nEND:VCALENDAR\r\n".encode())


@settings(deadline=None, max_examples=150)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"BEGIN:VCALENDAR\n", b"\xff\xfe", b"From: a@b.example\n"])
)
def test_whatever_bytes(data: bytes, before: bytes) -> None:
    assert sniff(before + data) in (True, False)
    try:
        rows = [one.row for one in read(io.BytesIO(before + data), TODAY)]
    except KontaktnatError:
        return
    assert rows == sorted(rows)


@pytest.mark.parametrize("seed", range(40))
def test_a_calendar_with_changed_bytes(seed: int) -> None:
    chance = random.Random(seed)
    whole = bytearray(
        b"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Egen\r\nBEGIN:STANDARD\r\nDTSTART:16011028T030000\r\n"
        b"RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
        b"END:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Egen:20261020T130000\r\nDURATION:PT1H\r\n"
        b"RRULE:FREQ=MONTHLY;BYDAY=3TU;COUNT=9\r\nEXDATE;TZID=Egen:20261117T130000\r\n"
        b'ATTENDEE;CN="Ek, Eva";PARTSTAT=ACCEPTED:mailto:eva@nybro.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
    )
    for _ in range(15):
        changed = bytearray(whole)
        for _ in range(chance.randrange(1, 5)):
            changed[chance.randrange(len(changed))] = chance.choice(b'0123456789:;=,-\r\n"ZTABC\x00\xff')
        take(bytes(changed))


def test_components_in_one_another_however_deep() -> None:
    deep = b"BEGIN:VCALENDAR\n" + b"BEGIN:VALARM\n" * 20_000 + b"END:VALARM\n" * 20_000 + b"END:VCALENDAR\n"
    assert not list(read(io.BytesIO(deep), TODAY))
    nested = b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 2_000
    assert len(list(read(io.BytesIO(nested), TODAY))) == 2_000


def test_lines_without_end_and_folds_without_number() -> None:
    long = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20261120\nSUMMARY:" + b"a\n " * 100_000
    long += (
        b"\nATTENDEE" + b";X=:1" * 20_000 + b"\nEXDATE;" + b":1" * 20_000 + b"\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    [found] = read(io.BytesIO(long), TODAY)
    assert found.row == 2
