"""What every importer and exporter promises."""

from __future__ import annotations

import icalendar

from kontaktnat.testing import ExporterContract, ImporterContract
from kontaktnat_calendar import plugin

CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//x//y//SV\r
BEGIN:VTIMEZONE\r
TZID:Egen tid\r
BEGIN:STANDARD\r
DTSTART:19701025T030000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0100\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:ett\r
DTSTAMP:20261101T080000Z\r
SUMMARY:Möte om läget\\, och en så lång rubrik att raden måste brytas och gå\r
  vidare på nästa\r
DTSTART;TZID=Egen tid:20261120T130000\r
DTEND;TZID=Egen tid:20261120T140000\r
ORGANIZER;CN=Eva Ek:mailto:eva@nybro.example\r
ATTENDEE;CN="Björk, Bo";PARTSTAT=ACCEPTED:mailto:bo@kalmar.example\r
BEGIN:VALARM\r
ACTION:DISPLAY\r
TRIGGER:-PT15M\r
END:VALARM\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:två\r
DTSTART;VALUE=DATE:20261201\r
DTEND;VALUE=DATE:20261203\r
SUMMARY:Konferens\r
END:VEVENT\r
BEGIN:VTODO\r
UID:tre\r
SUMMARY:Ring Åsa\r
DUE;VALUE=DATE:20261130\r
END:VTODO\r
END:VCALENDAR\r
""".encode()


class TestImporter(ImporterContract):
    name = "ics"
    plugins = (plugin,)
    own = frozenset({"icalendar"})

    def sample(self) -> bytes:
        return CALENDAR


class Valid(ExporterContract):
    name = "ics"
    plugins = (plugin,)

    def check(self, data: bytes) -> None:
        assert data.endswith(b"END:VCALENDAR\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        found = icalendar.Calendar.from_ical(data)
        assert {"VERSION", "PRODID"} <= {*found}
        uids = set()
        for one in found.walk("VEVENT") + found.walk("VTODO"):
            assert not one.errors
            assert {"UID", "DTSTAMP", "SUMMARY"} <= {*one}
            uids.add((one["UID"], str(one.get("RECURRENCE-ID"))))
        assert len(uids) == len(found.walk("VEVENT") + found.walk("VTODO"))


class TestMeetings(Valid):
    pass


class TestMeetingsWithGuests(Valid):
    options = {"attendees": "yes"}  # noqa: RUF012


class TestFeed(Valid):
    options = {"feed": "yes", "days": "3650"}  # noqa: RUF012


class TestFeedAsTasks(Valid):
    options = {"feed": "yes", "as": "todo", "days": "3650"}  # noqa: RUF012


del Valid, ExporterContract, ImporterContract
