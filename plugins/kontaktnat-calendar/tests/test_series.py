"""Meetings that come again: each its own, kept by the wall clock, with exceptions, and never without end."""

from __future__ import annotations

import io
from typing import Any

import pytest

from kontaktnat import Book
from kontaktnat.exchange import ImportResult
from kontaktnat_calendar.reading import read
from kontaktnat_calendar.recurrence import MOST

TODAY = {"today": "2026-11-12", "ahead": "2027-11-12"}
STOCKHOLM = "DTSTART;TZID=Europe/Stockholm:20261016T130000\nDTEND;TZID=Europe/Stockholm:20261016T140000"


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".encode()


def candidates(*events: str, **options: str) -> list[Any]:
    return list(read(io.BytesIO(calendar(*events)), {**TODAY, **options}))


def take(book: Book, *events: str, head: str = "") -> ImportResult:
    return book.import_from(io.BytesIO(calendar(*events, head=head)), format="ics")


def whens(*events: str, **options: str) -> list[str]:
    return [one.fields.get("when", one.problem) for one in candidates(*events, **options)]


def test_the_clock_is_kept_over_daylight_saving() -> None:
    found = candidates(f"UID:s\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=3")
    assert [(one.fields["when"], one.fields["ends"]) for one in found] == [
        ("2026-10-16T13:00:00+02:00", "2026-10-16T14:00:00+02:00"),
        ("2026-10-23T13:00:00+02:00", "2026-10-23T14:00:00+02:00"),
        ("2026-10-30T13:00:00+01:00", "2026-10-30T14:00:00+01:00"),
    ]
    assert [one.fields["source"] for one in found] == [
        "ics:s/20261016T110000Z", "ics:s/20261023T110000Z", "ics:s/20261030T120000Z",
    ]  # fmt: skip
    assert len({one.fields["series"] for one in found}) == 1


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=3FR;COUNT=3", ["2026-10-16", "2026-11-20", "2026-12-18"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-10-16", "2026-10-30", "2026-11-30"]),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20261105T120000Z", ["2026-10-16", "2026-10-26", "2026-11-05"]),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20261105T115959Z", ["2026-10-16", "2026-10-26"]),
        ("FREQ=WEEKLY;UNTIL=20261023", ["2026-10-16", "2026-10-23"]),
        ("freq=weekly;count=2;X-OWN=1;", ["2026-10-16", "2026-10-23"]),
        ("FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30", ["2026-10-16"]),
        ("FREQ=YEARLY;UNTIL=99991231T235959Z", ["2026-10-16", "2027-10-16"]),
    ],
)
def test_rules(rule: str, days: list[str]) -> None:
    assert [one[:10] for one in whens(f"UID:s\n{STOCKHOLM}\nRRULE:{rule}")] == days


def test_days_taken_out_and_added_however_they_are_written() -> None:
    event = (
        f"UID:s\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=6\nEXDATE;TZID=Europe/Stockholm:20261023T130000\n"
        "EXDATE:20261030T120000Z,20261106T120000Z\nEXDATE;VALUE=DATE:20261113\n"
        "RDATE;VALUE=PERIOD;TZID=Europe/Stockholm:20261201T090000/PT1H\nRDATE:20261202T080000Z"
    )
    assert whens(event) == [
        "2026-10-16T13:00:00+02:00", "2026-11-20T13:00:00+01:00", "2026-12-01T09:00:00+01:00",
        "2026-12-02T09:00:00+01:00",
    ]  # fmt: skip


def test_whole_days() -> None:
    found = whens("UID:s\nDTSTART;VALUE=DATE:20261016\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20261023")
    assert found == ["2026-10-16", "2026-10-30"]


def test_one_that_is_changed_is_told_with_its_series_and_keeps_its_identity() -> None:
    changed = (
        "UID:s\nRECURRENCE-ID;TZID=Europe/Stockholm:20261023T130000\nSUMMARY:Flyttad\n"
        "DTSTART;TZID=Europe/Stockholm:20261024T150000"
    )
    found = candidates(changed, f"UID:s\nSUMMARY:Vanlig\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=3")
    assert [
        (one.fields["source"][-16:], one.fields["when"][:16], one.fields["subject"]) for one in found
    ] == [
        ("20261016T110000Z", "2026-10-16T13:00", "Vanlig"),
        ("20261023T110000Z", "2026-10-24T15:00", "Flyttad"),
        ("20261030T120000Z", "2026-10-30T13:00", "Vanlig"),
    ]


def test_one_that_is_changed_from_then_on() -> None:
    changed = (
        "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Stockholm:20261023T130000\nSUMMARY:Ny tid\n"
        "DTSTART;TZID=Europe/Stockholm:20261023T150000"
    )
    found = candidates(f"UID:s\nSUMMARY:Vanlig\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=3", changed)
    assert [(one.fields["when"][:16], one.fields["subject"]) for one in found] == [
        ("2026-10-16T13:00", "Vanlig"), ("2026-10-23T15:00", "Ny tid"), ("2026-10-30T15:00", "Ny tid"),
    ]  # fmt: skip


def test_one_changed_alone_in_its_own_file_is_the_same_meeting(book: Book) -> None:
    take(book, f"UID:s\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=6")
    moved = "UID:s\nRECURRENCE-ID:20261120T120000Z\nSEQUENCE:1\nDTSTART:20261121T120000Z\nSUMMARY:Flyttad"
    assert str(take(book, moved, head="METHOD:REQUEST\n")) == "created 0, updated 1, unchanged 0, rejected 0"
    found = {str(one.when)[:10]: one for one in book.interactions.all()}
    assert found["2026-11-21"].series == found["2026-10-16"].series
    assert "2026-11-20" not in found


def test_the_series_is_one_in_the_book_and_what_is_taken_out_later_is_cancelled(book: Book) -> None:
    event = f"UID:s\nSUMMARY:Träff\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=7"
    assert str(take(book, event)) == "created 7, updated 0, unchanged 0, rejected 0"
    assert str(take(book, event)) == "created 0, updated 0, unchanged 7, rejected 0"
    [planned] = [
        one for one in book.interactions.where(status="planned") if str(one.when)[:10] == "2026-11-13"
    ]
    book.update_meetings(planned, "future", place="Rådhuset")
    out = f"{event}\nEXDATE;TZID=Europe/Stockholm:20261120T130000\nSEQUENCE:1"
    assert str(take(book, out)) == "created 0, updated 1, unchanged 5, rejected 0"
    found = {str(one.when)[5:10]: (one.status, one.place) for one in book.interactions.all()}
    assert found["11-20"] == ("cancelled", "Rådhuset")
    assert found["11-27"] == ("planned", "Rådhuset")
    assert found["10-16"] == ("held", "")


def test_a_series_at_another_hour_keeps_its_meetings_and_what_was_written_in_them(book: Book) -> None:
    event = f"UID:s\nSUMMARY:Träff\n{STOCKHOLM}\nRRULE:FREQ=WEEKLY;COUNT=7"
    take(book, event)
    [last] = [one for one in book.interactions.all() if str(one.when)[:10] == "2026-11-27"]
    book.update(last, agenda=["Läget"])
    later = event.replace("T13", "T15").replace("T14", "T16")
    assert str(take(book, later)) == "created 0, updated 7, unchanged 0, rejected 0"
    found = {str(one.when)[5:16]: one for one in book.interactions.where(status="planned")}
    assert set(found) == {"11-13 15:00", "11-20 15:00", "11-27 15:00"}
    assert (found["11-27 15:00"].id, found["11-27 15:00"].agenda) == (last.id, ("Läget",))
    assert str(take(book, later)).startswith("created 0, updated 0, unchanged 7")


def test_a_series_without_end_is_read_a_year_ahead_or_as_far_as_is_asked(book: Book) -> None:
    event = "UID:s\nDTSTART:20200102T120000Z\nRRULE:FREQ=MONTHLY"
    assert [one[:7] for one in (whens(event)[0], whens(event)[-1])] == ["2025-12", "2027-11"]
    assert len(whens(event, **{"from": "2026-01-01", "until": "2026-03-31"})) == 3
    take(book, event)
    assert max(str(one.when)[:10] for one in book.interactions.all()) == "2027-11-02"


def test_one_that_is_too_long_is_read_in_part_and_says_so() -> None:
    event = "UID:s\nDTSTART:20261120T000000Z\nRRULE:FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8"
    found = candidates(event)
    assert len(found) == MOST + 1
    assert found[-1].problem.startswith(f"the series has more than {MOST} meetings in these days;")


@pytest.mark.parametrize("rule", ["FREQ=DAILY\\;COUNT=2", "FREQ=DAILY; COUNT=2;BYDAY=FR, SA , SU"])
def test_a_rule_as_ruby_and_notes_write_it(rule: str) -> None:
    assert [one[:10] for one in whens(f"UID:s\n{STOCKHOLM}\nRRULE:{rule}")] == ["2026-10-16", "2026-10-17"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=SECONDLY", "RRULE: no meeting comes again SECONDLY"),
        ("FREQ=HOURLY;COUNT=3", "RRULE: no meeting comes again HOURLY"),
        ("FREQ=DAILY;INTERVAL=0", "RRULE: FREQ=DAILY;INTERVAL=0 is no rule by which meetings come again"),
        ("FREQ=DAILY;BYMONTH=13", "RRULE: FREQ=DAILY;BYMONTH=13 is no rule by which meetings come again"),
        ("FREQ=WEEKLY;COUNT=-1", "RRULE: COUNT=-1 is no number of meetings"),
        ("FREQ=WEEKLY;UNTIL=snart", "RRULE: UNTIL=SNART is no time of a calendar"),
        ("EVERY=DAY", "RRULE: EVERY=DAY is no rule by which meetings come again"),
        ("varje dag", "RRULE: VARJE DAG is no rule by which meetings come again"),
        ("", "RRULE:  is no rule by which meetings come again"),
        ("FREQ=DAILY;BYSECOND=1,2,3,4,5;BYMINUTE=1,2,3,4,5",
         "RRULE: FREQ=DAILY;BYSECOND=1,2,3,4,5;BYMINUTE=1,2,3,4,5 is no rule by which meetings come again"),
    ],
)  # fmt: skip
def test_a_rule_that_is_none_rejects_its_event_alone(rule: str, said: str) -> None:
    found = whens(f"UID:s\n{STOCKHOLM}\nRRULE:{rule}", "UID:a\nDTSTART:20261120")
    assert found == [said, "2026-11-20"]


def test_rules_that_never_come_true_end_all_the_same() -> None:
    for rule in ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
                 "FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=9", "FREQ=DAILY;BYYEARDAY=-366;BYMONTH=7"):  # fmt: skip
        event = f"UID:s\nDTSTART:19000101T120000Z\nRRULE:{rule};COUNT=999999999"
        assert not candidates(event)


def test_a_series_keeps_its_text_once() -> None:
    """It is what goes into the file of rejects; of a daily meeting with hundreds of guests it is long."""
    found = candidates("UID:u\nDTSTART:20261112T120000Z\nRRULE:FREQ=DAILY;COUNT=9")
    assert len(found) == 9
    assert len({id(one.raw) for one in found}) == 1


def test_what_is_rejected_takes_the_zones_with_it_that_it_names() -> None:
    offset = "DTSTART:20200101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100"
    zones = "".join(
        f"BEGIN:VTIMEZONE\nTZID:Zon {n}\nBEGIN:STANDARD\n{offset}\nEND:STANDARD\nEND:VTIMEZONE\n"
        for n in range(3)
    )
    data = calendar('UID:u\nDTSTART;TZID="Zon 1":20261112T120000\nCLASS:PRIVATE', head=zones)
    [one] = read(io.BytesIO(data), TODAY)
    assert [name for name in ("Zon 0", "Zon 1", "Zon 2") if f"TZID:{name}" in str(one.raw)] == ["Zon 1"]


def test_of_many_changes_the_newest_counts() -> None:
    days = {day: f"202611{day}T120000Z" for day in (20, 14, 17)}
    changes = (
        f"UID:u\nRECURRENCE-ID;RANGE=THISANDFUTURE:{at}\nDTSTART:{at}\nSUMMARY:Från {day}"
        for day, at in days.items()
    )
    first = "UID:u\nDTSTART:20261112T120000Z\nSUMMARY:x\nRRULE:FREQ=DAILY;COUNT=9"
    found = [one.fields["subject"] for one in candidates(first, *changes)]
    assert found == [*["x"] * 2, *["Från 14"] * 3, *["Från 17"] * 3, "Från 20"]
