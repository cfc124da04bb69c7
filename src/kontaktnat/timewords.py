"""What people type about time, in Swedish or English: `igår`, `fre 13:00`, `2v`, `v48`, `12 nov`, `2018-09`.

Own tables: no date library is good at both Swedish short forms and dates of month or year precision.

Words leave a choice that `past` settles: what is logged has been (True), a deadline is to come (False).
Words with a direction of their own win over it: `om 2 veckor`, `2 weeks ago`, `nästa fredag`, `i fredags`.

- A weekday: past, the latest one, today included; to come, a later day, unless a clock later today is given.
  `nästa`, `på` and `next` mean the first such day after today; `förra`, `i`, `last` the latest before it.
- A day and month without a year: the nearest year in that direction, today included.
- A week: likewise, this week included; its Monday if past, its Friday if to come (a deadline).
- A clock needs a day; alone (`13:00`, `kl 9`) it means today, even where that is against the direction.
- A day or week that the year so chosen lacks (29 February, week 53) is refused, never moved.
- `12/11` is 12 November. `12.11` alone could be a clock or a date and is refused. `1m` is a month.

Clocks are Europe/Stockholm's; an hour that occurs twice in autumn means the first.

How often (`parse_span`): `3m`, `varje månad`, `var tredje vecka`, `every other year`, `kvartalsvis`, `P3M`.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from kontaktnat.errors import Invalid
from kontaktnat.model.dates import Moment, PartialDate, day_of, stockholm, to_date
from kontaktnat.model.spans import to_span


def _numbered(*lines: str) -> dict[str, int]:
    return {word: number for number, line in enumerate(lines) for word in line.split()}


# All words are written as `_plain` leaves them: å and ä are a, ö is o.
_DAYS = {
    "idag": 0, "today": 0, "imorgon": 1, "tomorrow": 1, "overmorgon": 2, "iovermorgon": 2,
    "igar": -1, "yesterday": -1, "forrgar": -2, "iforrgar": -2,
}  # fmt: skip
_WEEKDAYS = _numbered(
    "man mandag mon monday", "tis tisdag tue tues tuesday", "ons onsdag wed wednesday",
    "tor tors torsdag thu thur thurs thursday", "fre fredag fri friday", "lor lordag sat saturday",
    "son sondag sun sunday",
)  # fmt: skip
_MONTHS = _numbered(
    "", "jan januari january", "feb februari february", "mar mars march", "apr april", "maj may",
    "jun juni june", "jul juli july", "aug augusti august", "sep sept september", "okt oktober oct october",
    "nov november", "dec december",
)  # fmt: skip
_UNITS = _numbered(
    "d dag dagar day days", "v vecka veckor w week weeks",
    "m man manad manader month months", "ar y year years",
)  # fmt: skip
_DAYS_AND_MONTHS = ((1, 0), (7, 0), (0, 1), (0, 12))
_SPANS = ((1, "D"), (1, "W"), (1, "M"), (1, "Y"), (3, "M"), (6, "M"))
_SPAN_UNITS = _UNITS | _numbered(
    "dagligen daily", "veckovis weekly", "manadsvis monthly", "arligen arsvis yearly annually",
    "kvartal kvartalsvis quarter quarters quarterly", "halvar halvarsvis",
)  # fmt: skip
_COUNTS = _numbered(
    "", "ett en a an one", "tva two andra annan annat other second", "tre three tredje third",
    "fyra four fjarde fourth", "fem five femte fifth", "sex six sjatte sixth", "sju seven sjunde seventh",
    "atta eight attonde eighth", "nio nine nionde ninth", "tio ten tionde tenth",
    "elva elfte eleven eleventh", "tolv tolfte twelve twelfth",
)  # fmt: skip
_WEEKDAY_DIRECTIONS = {"": 0, "nasta": 1, "next": 1, "pa": 1, "forra": -1, "last": -1, "i": -1}
_DIRECTIONS = {
    ("", ""): 0, ("om", ""): 1, ("in", ""): 1,
    ("for", "sedan"): -1, ("for", "sen"): -1, ("", "sedan"): -1, ("", "sen"): -1, ("", "ago"): -1,
}  # fmt: skip

_ISO_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d[t ]|\d{8}t)\d\d:?\d\d(:?\d\d(\.\d+)?)?(z|[+-]\d\d(:?\d\d)?)?", re.ASCII
)
_CLOCK = re.compile(r"(?:(.+?) )??(?:(klockan|kl|at) ?)?(\d\d?)(?:([:.])(\d\d))?", re.ASCII)
_WEEKDAY = re.compile(r"(?:([a-z]+) )?([a-z]+?)(?:(?<=dag)(?:en|s))?", re.ASCII)
_RELATIVE = re.compile(r"(?:([a-z]+) )?(\d{1,4}) ?([a-z]+)(?: ([a-z]+))?", re.ASCII)
_OFTEN = re.compile(
    r"(?:(?:varje|vart|var|every|each) ?)?"
    rf"(?:(?:(\d{{1,4}})(?::?[ae]|st|nd|rd|th)?|({'|'.join(_COUNTS)})) ?)??([a-z]+)",
    re.ASCII,
)
_WEEK = re.compile(r"(?:v|vecka|w|week) ?(\d\d?)(?: (\d{4}))?", re.ASCII)
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_DATES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})-(?P<month>\d\d)(-(?P<day>\d\d))?",
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        r"(?P<year>(19|20)\d\d)",  # not 1300, which may be meant as a clock
        r"(?P<day>\d\d?)/(?P<month>\d\d?)( (?P<year>\d{4}))?",
        rf"(den )?(?P<day>\d\d?) ?{_MONTH}( (?P<year>\d{{4}}))?",
        rf"{_MONTH} (?P<day>\d\d?)( (?P<year>\d{{4}}))?",
        rf"{_MONTH} (?P<year>\d{{4}})",
    )
)


def parse_moment(text: str, now: datetime, *, past: bool) -> Moment:
    """The moment that `text` means to someone who types it at `now` (which knows its zone).

    A time in Europe/Stockholm where a clock is given (`nu`: to the second); else a date, as exact as typed.
    Raises Invalid for what cannot be read, does not exist, or falls in the hour that spring skips.
    """
    try:
        moment = _read(_plain(text), now.astimezone(stockholm()), past)
        exists = not isinstance(moment, datetime) or _round_trip(moment) == moment
    except (Invalid, ValueError, OverflowError):
        raise Invalid("{value}: there is no such day or time", value=text, path="") from None
    if moment is None:
        raise Invalid(
            "{value}: I cannot read that as a date; "
            "try idag, igår, fre 13:00, 2v, v48, 2026-11-12 or 2018-09",
            value=text,
            path="",
        )
    if not exists:
        raise Invalid(
            "{value}: that hour does not exist, for the clocks go forward that night; "
            "write one before or after it",
            value=text,
            path="",
        )
    return moment


def parse_day(text: str, now: datetime, *, past: bool) -> PartialDate:
    """The day (month, year) that `text` means: as `parse_moment`, and of a time its day in Stockholm."""
    moment = parse_moment(text, now, past=past)
    if isinstance(moment, PartialDate):
        return moment
    day = day_of(moment)
    return PartialDate(day.year, day.month, day.day)


def parse_span(text: str) -> str:
    """How often or how long, as an ISO 8601 duration: of `3 månader`, `varannan vecka`, `quarterly`, `P3M`.

    Raises Invalid for what cannot be read as whole days, weeks, months or years.
    """
    words = _plain(text)
    try:
        if words.startswith("p"):
            return to_span(words.upper())
        found = _OFTEN.fullmatch(words)
        if found and found[3] in _SPAN_UNITS:
            many, unit = _SPANS[_SPAN_UNITS[found[3]]]
            return to_span(f"P{many * int(found[1] or _COUNTS.get(found[2], 1))}{unit}")
    except Invalid:
        pass
    raise Invalid(
        "{value}: I cannot read that as a span of time; try 3m, 2v, varannan vecka, varje kvartal or P3M",
        value=text,
        path="",
    )


def is_span(text: str) -> bool:
    """Whether the words name a time from now (`1v`, `om 2 dagar`), not a day."""
    return _RELATIVE.fullmatch(_plain(text)) is not None


def _plain(text: str) -> str:
    """Lower case, without å ä ö, commas, blanks too many and the dots of abbreviations."""
    lowered = unicodedata.normalize("NFC", text).casefold().translate(str.maketrans("åäö,", "aao "))
    return " ".join(re.sub(r"(?<=[a-z])\.", " ", lowered).split())


def _round_trip(moment: datetime) -> datetime:
    """The same instant on Stockholm's clocks: another one where the clocks skip it."""
    return moment.astimezone(UTC).astimezone(stockholm())


def _read(words: str, now: datetime, past: bool) -> Moment | None:
    if words in ("nu", "now"):
        return now.replace(microsecond=0)
    if _ISO_TIME.fullmatch(words):
        moment = datetime.fromisoformat(words.upper())
        return moment.astimezone(stockholm()) if moment.tzinfo else moment.replace(tzinfo=stockholm())
    words, clock = _split_clock(words)
    day = _day(words, clock, now, past)
    if day is None or clock is None:
        return day
    return datetime.combine(day.first, clock, stockholm()) if day.day else None


def _split_clock(words: str) -> tuple[str, time | None]:
    """The words before the clock, and the clock, if there is one."""
    found = _CLOCK.fullmatch(words)
    if not found:
        return words, None
    before, marked, hour, sign, minute = found.groups()
    if not (marked or sign == ":" or (sign == "." and before)):
        return words, None
    return before or "idag", time(int(hour), int(minute or 0))


def _day(words: str, clock: time | None, now: datetime, past: bool) -> PartialDate | None:
    today = now.date()
    day = (
        _named(words, today)
        or _weekday(words, today, past, today_too=clock is not None and clock > now.time())
        or _relative(words, today, past)
        or _week(words, today, past)
    )
    return to_date(day) or _dated(words, today, past)


def _named(words: str, today: date) -> date | None:
    ahead = _DAYS.get(re.sub("^i ", "i", words))
    return None if ahead is None else today + timedelta(days=ahead)


def _weekday(words: str, today: date, past: bool, *, today_too: bool) -> date | None:
    found = _WEEKDAY.fullmatch(words)
    direction = _WEEKDAY_DIRECTIONS.get(found[1] or "") if found else None
    number = _WEEKDAYS.get(found[2]) if found else None
    if direction is None or number is None:
        return None
    ahead = (number - today.weekday()) % 7
    if direction == 0 and ahead == 0 and (past or today_too):
        return today
    if direction < 0 or (direction == 0 and past):
        return today - timedelta(days=7 - ahead)
    return today + timedelta(days=ahead or 7)


def _relative(words: str, today: date, past: bool) -> date | None:
    if not (found := _RELATIVE.fullmatch(words)):
        return None
    before, count, unit, after = found.groups(default="")
    direction = _DIRECTIONS.get((before, after))
    if direction is None or unit not in _UNITS:
        return None
    steps = int(count) * (direction or (-1 if past else 1))
    days, months = _DAYS_AND_MONTHS[_UNITS[unit]]
    return _months_on(today + timedelta(days=steps * days), steps * months)


def _months_on(day: date, months: int) -> date:
    """So many months later, on the month's last day where it is shorter: 31 January + 1 → 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _week(words: str, today: date, past: bool) -> date | None:
    if not (found := _WEEK.fullmatch(words)):
        return None
    this_year, this_week, _ = today.isocalendar()
    week = int(found[1])
    year = int(found[2]) if found[2] else _nearest_year(this_year, (this_week,), (week,), past)
    return date.fromisocalendar(year, week, 1 if past else 5)


def _dated(words: str, today: date, past: bool) -> PartialDate | None:
    found = next(filter(None, (shape.fullmatch(words) for shape in _DATES)), None)
    if found is None:
        return None
    year, month, day = (_number(found.groupdict().get(part)) for part in ("year", "month", "day"))
    if year is None:
        year = _nearest_year(today.year, (today.month, today.day), (month or 0, day or 0), past)
    return PartialDate(year, month, day)


def _number(part: str | None) -> int | None:
    return None if part is None else _MONTHS.get(part) or int(part)


def _nearest_year(this_year: int, today: tuple[int, ...], wanted: tuple[int, ...], past: bool) -> int:
    if past:
        return this_year if wanted <= today else this_year - 1
    return this_year if wanted >= today else this_year + 1
