"""What people type about time. Now is Thursday 12 November 2026 (week 46), half past two in Kalmar."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kontaktnat.errors import Invalid
from kontaktnat.model.dates import Moment, PartialDate, stockholm
from kontaktnat.timewords import parse_day, parse_moment

NOW = datetime(2026, 11, 12, 14, 30, tzinfo=stockholm())
TODAY = NOW.date()


def at(text: str, now: datetime = NOW, *, past: bool = True) -> str:
    """The moment, written: `2026-11-12`, `2018-09`, `2026-11-12 13:00` (Stockholm's clock)."""
    moment = parse_moment(text, now, past=past)
    if isinstance(moment, PartialDate):
        return str(moment)
    assert moment.tzinfo is stockholm()
    return f"{moment:%Y-%m-%d %H:%M}"


def both(text: str, now: datetime = NOW) -> tuple[str, str]:
    return at(text, now, past=True), at(text, now, past=False)


def stockholm_time(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=stockholm())  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("idag", "2026-11-12"), ("i dag", "2026-11-12"), ("today", "2026-11-12"),
        ("igår", "2026-11-11"), ("igar", "2026-11-11"), ("i går", "2026-11-11"), ("yesterday", "2026-11-11"),
        ("förrgår", "2026-11-10"), ("i förrgår", "2026-11-10"), ("forrgar", "2026-11-10"),
        ("imorgon", "2026-11-13"), ("i morgon", "2026-11-13"), ("tomorrow", "2026-11-13"),
        ("övermorgon", "2026-11-14"), ("i övermorgon", "2026-11-14"), ("overmorgon", "2026-11-14"),
    ],
)  # fmt: skip
def test_named_days_mean_the_same_in_both_directions(text: str, expected: str) -> None:
    assert both(text) == (expected, expected)


@pytest.mark.parametrize("text", ["  IGÅR ", "Iga\u030ar", "\tigår\n", "IGAR", "\xa0igår"])
def test_case_blanks_and_the_spelling_of_letters_do_not_matter(text: str) -> None:
    assert at(text) == "2026-11-11"


@pytest.mark.parametrize("text", ["nu", "now", "NU"])
def test_now_is_a_time_to_the_second_on_stockholms_clock(text: str) -> None:
    utc = datetime(2026, 11, 12, 13, 30, 5, 123456, tzinfo=UTC)
    moment = parse_moment(text, utc, past=True)
    assert moment == datetime(2026, 11, 12, 13, 30, 5, tzinfo=UTC)
    assert at(text, utc) == "2026-11-12 14:30"


def test_today_is_stockholms_day_wherever_the_clock_stands() -> None:
    late = datetime(2026, 11, 12, 23, 30, tzinfo=UTC)
    assert at("idag", late) == "2026-11-13"
    assert at("igår", datetime(2026, 11, 12, 0, 30, tzinfo=timezone(timedelta(hours=9)))) == "2026-11-10"


@pytest.mark.parametrize(
    ("words", "past", "future"),
    [
        ("mån måndag mandag måndagen mon monday", "2026-11-09", "2026-11-16"),
        ("tis tisdag tue tues tuesday TIS. tisdags", "2026-11-10", "2026-11-17"),
        ("ons onsdag onsdagen wed wednesday", "2026-11-11", "2026-11-18"),
        ("tor tors torsdag thu thur thurs thursday", "2026-11-12", "2026-11-19"),
        ("fre fredag fredagen fri friday", "2026-11-06", "2026-11-13"),
        ("lör lor lördag sat saturday", "2026-11-07", "2026-11-14"),
        ("sön son söndag söndagen sun sunday", "2026-11-08", "2026-11-15"),
    ],
)
def test_weekdays(words: str, past: str, future: str) -> None:
    for word in words.split():
        assert both(word) == (past, future), word


@pytest.mark.parametrize("text", ["nästa fredag", "next friday", "nasta fre", "på fredag"])
def test_next_friday_is_the_first_one_after_today_in_both_directions(text: str) -> None:
    assert both(text) == ("2026-11-13", "2026-11-13")


@pytest.mark.parametrize("text", ["förra fredagen", "last friday", "forra fre", "i fredags"])
def test_last_friday_is_the_latest_one_before_today_in_both_directions(text: str) -> None:
    assert both(text) == ("2026-11-06", "2026-11-06")


def test_next_and_last_are_never_today() -> None:
    assert both("nästa torsdag") == ("2026-11-19", "2026-11-19")
    assert both("förra torsdagen") == ("2026-11-05", "2026-11-05")
    assert at("nästa torsdag 17:00", past=False) == "2026-11-19 17:00"


def test_todays_weekday_with_a_clock() -> None:
    """To come, it is today only while the clock is still ahead; logged, it is always today."""
    assert both("tors 17:00") == ("2026-11-12 17:00", "2026-11-12 17:00")
    assert both("tors 9:00") == ("2026-11-12 09:00", "2026-11-19 09:00")
    assert both("tors 14:30") == ("2026-11-12 14:30", "2026-11-19 14:30")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fre 13:00", "2026-11-06 13:00"), ("fre 13.00", "2026-11-06 13:00"),
        ("fre. 13:00", "2026-11-06 13:00"), ("idag kl 9", "2026-11-12 09:00"),
        ("idag kl. 9.15", "2026-11-12 09:15"), ("idag klockan 9", "2026-11-12 09:00"),
        ("today at 9", "2026-11-12 09:00"),
        ("igår kl9", "2026-11-11 09:00"), ("i förrgår 00:00", "2026-11-10 00:00"),
        ("2026-11-12 13:00", "2026-11-12 13:00"), ("2026-11-12 9:05", "2026-11-12 09:05"),
        ("20261112 13:00", "2026-11-12 13:00"), ("12 nov 13:00", "2026-11-12 13:00"),
        ("12 nov 2025 13.00", "2025-11-12 13:00"), ("nov 12 kl 13", "2026-11-12 13:00"),
        ("3/2 23:59", "2026-02-03 23:59"), ("2v 13:00", "2026-10-29 13:00"),
        ("för 3 dagar sedan kl 8", "2026-11-09 08:00"), ("v45 10:00", "2026-11-02 10:00"),
        ("v45 2025 10:00", "2025-11-03 10:00"),
    ],
)  # fmt: skip
def test_a_clock_may_follow_any_day(text: str, expected: str) -> None:
    assert at(text) == expected


@pytest.mark.parametrize("text", ["13:00", "kl 13", "kl. 13.00", "at 13:00"])
def test_a_clock_alone_is_today_even_against_the_direction(text: str) -> None:
    assert both(text) == ("2026-11-12 13:00", "2026-11-12 13:00")
    assert both("23:00") == ("2026-11-12 23:00", "2026-11-12 23:00")


@pytest.mark.parametrize(
    ("words", "past", "future"),
    [
        ("2v|2 v|2 veckor|2w|2 weeks|2 week|02v", "2026-10-29", "2026-11-26"),
        ("1 vecka|7d", "2026-11-05", "2026-11-19"),
        ("3d|3 dagar|3 days|3 DAGAR", "2026-11-09", "2026-11-15"),
        ("0d", "2026-11-12", "2026-11-12"),
        ("1m|1 mån|1 mån.|1 månad|1 month", "2026-10-12", "2026-12-12"),
        ("14 månader|14 months", "2025-09-12", "2028-01-12"),
        ("1 år|1 ar|1y|1 year", "2025-11-12", "2027-11-12"),
        ("10 years", "2016-11-12", "2036-11-12"),
    ],
)
def test_so_long_ago_or_ahead(words: str, past: str, future: str) -> None:
    for text in words.split("|"):
        assert both(text) == (past, future), text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("om 2 veckor", "2026-11-26"), ("in 2 weeks", "2026-11-26"), ("om 1 år", "2027-11-12"),
        ("för 3 dagar sedan", "2026-11-09"), ("3 dagar sen", "2026-11-09"), ("2 weeks ago", "2026-10-29"),
        ("for 1 man sedan", "2026-10-12"),
    ],
)  # fmt: skip
def test_a_direction_in_words_wins(text: str, expected: str) -> None:
    assert both(text) == (expected, expected)


@pytest.mark.parametrize(
    ("today", "text", "past", "future"),
    [
        ((2026, 1, 31), "1m", "2025-12-31", "2026-02-28"),
        ((2028, 1, 31), "1m", "2027-12-31", "2028-02-29"),
        ((2026, 3, 31), "1m", "2026-02-28", "2026-04-30"),
        ((2028, 2, 29), "1 år", "2027-02-28", "2029-02-28"),
        ((2028, 2, 29), "4 år", "2024-02-29", "2032-02-29"),
        ((2026, 12, 31), "2m", "2026-10-31", "2027-02-28"),
    ],
)
def test_months_end_where_the_month_does(
    today: tuple[int, int, int], text: str, past: str, future: str
) -> None:
    assert both(text, stockholm_time(*today, 12)) == (past, future)


@pytest.mark.parametrize("text", ["v48", "V 48", "v.48", "vecka 48", "w48", "week 48"])
def test_a_week_is_its_monday_past_and_its_friday_to_come(text: str) -> None:
    assert both(text) == ("2025-11-24", "2026-11-27")


def test_this_week_counts_both_ways() -> None:
    assert both("v46") == ("2026-11-09", "2026-11-13")
    assert both("v45") == ("2026-11-02", "2027-11-12")
    assert both("v47") == ("2025-11-17", "2026-11-20")
    assert both("v 1") == ("2025-12-29", "2027-01-08")


def test_a_week_of_a_year_given() -> None:
    assert both("v48 2026") == ("2026-11-23", "2026-11-27")
    assert both("vecka 1 2025") == ("2024-12-30", "2025-01-03")


def test_the_week_counts_in_the_iso_year() -> None:
    """1 January 2027 is a Friday in week 53 of 2026."""
    new_year = stockholm_time(2027, 1, 1, 12)
    assert both("v53", new_year) == ("2026-12-28", "2027-01-01")
    assert both("v1", new_year) == ("2025-12-29", "2027-01-08")


def test_week_53_where_the_year_has_none_is_refused_not_moved() -> None:
    assert at("v53", past=False) == "2027-01-01"
    for text in ("v53", "v53 2027", "v54", "v0", "v00 2026", "v99"):
        with pytest.raises(Invalid, match="no such day"):
            at(text, past=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-12", "2026-11-12"), ("20261112", "2026-11-12"), ("12/11 2026", "2026-11-12"),
        ("12 nov 2026", "2026-11-12"), ("12 november 2026", "2026-11-12"), ("den 12 nov. 2026", "2026-11-12"),
        ("nov 12 2026", "2026-11-12"), ("November 12, 2026", "2026-11-12"), ("12nov", "2026-11-12"),
        ("2018-09", "2018-09"), ("2018", "2018"), ("september 2018", "2018-09"), ("sept. 2018", "2018-09"),
        ("maj 2018", "2018-05"), ("May 2018", "2018-05"), ("okt 2018", "2018-10"), ("oct 2018", "2018-10"),
        ("1999", "1999"), ("2028-02-29", "2028-02-29"), ("29 feb 2028", "2028-02-29"),
    ],
)  # fmt: skip
def test_dates_with_their_year(text: str, expected: str) -> None:
    assert both(text) == (expected, expected)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("12/11", "2026-11-12", "2026-11-12"),
        ("13/11", "2025-11-13", "2026-11-13"),
        ("11/11", "2026-11-11", "2027-11-11"),
        ("1/2", "2026-02-01", "2027-02-01"),
        ("12 nov", "2026-11-12", "2026-11-12"),
        ("nov 13", "2025-11-13", "2026-11-13"),
        ("1 mars", "2026-03-01", "2027-03-01"),
        ("24 dec", "2025-12-24", "2026-12-24"),
    ],
)
def test_without_a_year_the_nearest_one_in_the_direction(text: str, past: str, future: str) -> None:
    assert both(text) == (past, future)


def test_every_month_in_both_languages() -> None:
    swedish = "januari februari mars april maj juni juli augusti september oktober november december"
    english = "January February March April May June July August September October November December"
    for words in (swedish, english):
        for month, word in enumerate(words.split(), 1):
            assert at(f"1 {word} 2020") == f"2020-{month:02}-01"
            assert at(f"1 {word[:3]} 2020") == f"2020-{month:02}-01"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-12T13:00", "2026-11-12 13:00"),
        ("2026-11-12t13:00:59", "2026-11-12 13:00"),
        ("20261112T1300", "2026-11-12 13:00"),
        ("2026-11-12T13:00Z", "2026-11-12 14:00"),
        ("2026-06-12T13:00Z", "2026-06-12 15:00"),
        ("2026-11-12 13:00+01:00", "2026-11-12 13:00"),
        ("2026-11-12T13:00:00.250-05:00", "2026-11-12 19:00"),
    ],
)
def test_iso_times_keep_their_instant(text: str, expected: str) -> None:
    assert both(text) == (expected, expected)


@pytest.mark.parametrize("text", ["2026-03-29 02:30", "2026-03-29T02:00", "29 mars 2026 kl 2.59"])
def test_the_hour_that_spring_skips_is_refused(text: str) -> None:
    with pytest.raises(
        Invalid, match="that hour does not exist, for the clocks go forward that night; write one"
    ) as caught:
        at(text)
    assert caught.value.fields == {"value": text, "path": ""}


def test_the_hours_beside_it_are_not() -> None:
    assert at("2026-03-29 01:59") == "2026-03-29 01:59"
    assert at("2026-03-29 03:00") == "2026-03-29 03:00"
    assert at("2026-03-29T02:30+01:00") == "2026-03-29 03:30"


def test_the_hour_that_autumn_repeats_is_the_first() -> None:
    moment = parse_moment("2026-10-25 02:30", NOW, past=True)
    assert isinstance(moment, datetime)
    assert moment.utcoffset() == timedelta(hours=2)
    second = parse_moment("2026-10-25T02:30+01:00", NOW, past=True)
    assert isinstance(second, datetime)
    assert second.utcoffset() == timedelta(hours=1)


UNREADABLE = [
    "", " ", "kl", "hej", "fredagsmys", "nästa vecka", "i", "2", "v", "vv48", "48", "1300", "12.11", "13.00",
    "12/11/2026", "12/11 26", "2026-11-2", "2026/11/12", "2018-09 13:00", "2018 kl 9", "sept 2018 kl 9",
    "nov", "99999v", "999999 år", "om 2 veckor sedan", "for 3 days ago", "för 3 dagar", "in 2 weeks ago",
    "nu 13:00", "förra 2v", "2 hekto", "fre 13", "fre 13,00", "fre v48", "fre fre", "-3d", "+2v", "²v", "٢v",
    "2026-11-12 13:00 med Eva Ek", "{value}",
]  # fmt: skip


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_refused_with_examples(text: str) -> None:
    for past in (True, False):
        with pytest.raises(Invalid) as caught:
            parse_moment(text, NOW, past=past)
        assert caught.value.fields == {"value": text, "path": ""}
        assert caught.value.template == (
            "{value}: I cannot read that as a date; try idag, igår, fre 13:00, 2v, v48, 2026-11-12 or 2018-09"
        )
        assert caught.value.message().startswith(f"{text}: I cannot")


MISSING = [
    "2026-02-29", "2026-13-01", "2026-13", "2018-00", "2018-09-00", "2018-00-12", "0000-01-01", "0000-01",
    "20261301", "30 feb", "31/4", "0/1", "1/0", "32 jan", "29 feb", "29 feb 2026", "9999 år", "om 9999 år",
    "för 2100 år sedan", "fre 24:00", "fre 13:60", "kl 25", "99:99", "2026-11-12T25:00",
    "2026-11-12T13:00+25:00", "0001-01-01 00:30", "0001-01-01T00:00+14:00", "9999-12-31T23:30Z", "v48 0000",
    "v52 9999 kl 25",
]  # fmt: skip


@pytest.mark.parametrize("text", MISSING)
def test_what_does_not_exist_is_refused_as_typed(text: str) -> None:
    with pytest.raises(Invalid, match="there is no such day or time") as caught:
        parse_moment(text, NOW, past=True)
    assert caught.value.fields == {"value": text, "path": ""}


def test_29_february_goes_to_a_leap_year_only_if_that_is_the_nearest() -> None:
    assert at("29 feb", stockholm_time(2028, 5, 1), past=True) == "2028-02-29"
    assert at("29 feb", stockholm_time(2027, 5, 1), past=False) == "2028-02-29"


def test_parse_day_is_the_day_of_the_moment() -> None:
    assert parse_day("fre 13:00", NOW, past=False) == PartialDate(2026, 11, 13)
    assert parse_day("nu", NOW, past=True) == PartialDate(2026, 11, 12)
    assert parse_day("2018-09", NOW, past=True) == PartialDate(2018, 9)
    assert parse_day("2026-11-12T23:30Z", NOW, past=True) == PartialDate(2026, 11, 13)
    with pytest.raises(Invalid, match="cannot read"):
        parse_day("snart", NOW, past=True)


WEEK = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"]

# Anything typed gives a moment or Invalid: no other error, whatever the day and the direction.

moments_of_now = st.datetimes(
    datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.sampled_from([UTC, stockholm()])
)
pieces = st.sampled_from(
    [
        *"0123456789 .:/-+vdmwT{}å²", "2026", "0000", "9999", "99999", "-11-12", "nov", "fre", "dag", "idag",
        "nästa ", "förra ", "om ", "för ", " sedan", " ago", "kl ", " 13:00", "T02:30", "+23:59", "år",
        "månader", "veckor",
    ]
)  # fmt: skip
readable = [
    "idag kl 9",
    "fre 13:00",
    "nästa fredag",
    "2 veckor",
    "för 3 dagar sedan",
    "v48 2026",
    "12/11 2026",
]
readable += ["2026-11-12T13:00+01:00", "12 november 2026", "nov 12", "2018-09", "1 mån", "2026-03-29 02:30"]


@st.composite
def slips_of_the_pen(draw: st.DrawFn) -> str:
    """A readable text in which a stretch was replaced by something else."""
    text = draw(st.sampled_from(readable + UNREADABLE + MISSING))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return text[:start] + draw(st.text(max_size=3) | pieces) + text[end:]


def moment_or_error(text: str, now: datetime, past: bool) -> Moment | Invalid:
    try:
        return parse_moment(text, now, past=past)
    except Invalid as error:
        return error


@given(st.text() | st.lists(pieces).map("".join) | slips_of_the_pen(), moments_of_now, st.booleans())
@example("9" * 5000 + "v", NOW, False)
@example("\ud800", NOW, False)
@example("idag", datetime(9999, 12, 31, 23, 59, tzinfo=UTC), False)
@example("imorgon", datetime(9999, 12, 31, 12, tzinfo=UTC), False)
@example("igår", datetime(1, 1, 1, tzinfo=UTC), True)
def test_only_invalid_ever_escapes(text: str, now: datetime, past: bool) -> None:
    moment = moment_or_error(text, now, past)
    if isinstance(moment, Invalid):
        assert moment.fields == {"value": text, "path": ""}
        assert text in moment.message()
    else:
        assert isinstance(moment, PartialDate) or moment.utcoffset() is not None
        day = parse_day(text, now, past=past)
        assert day == PartialDate.parse(str(day))


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days, st.integers(0, 23), st.integers(0, 59))
def test_what_is_written_out_is_read_back_or_does_not_exist(day: date, hour: int, minute: int) -> None:
    assert at(str(day)) == str(day) == at(f"{day:%Y%m%d}")
    moment = moment_or_error(f"{day} {hour:02}:{minute:02}", NOW, True)
    if isinstance(moment, Invalid):
        assert "does not exist" in moment.message()
        assert day.month in (3, 4, 5)  # the clocks have gone forward in May, in April, and now in March
    else:
        assert f"{moment:%Y-%m-%d %H:%M}" == f"{day} {hour:02}:{minute:02}"


@given(moments_of_now, st.sampled_from(WEEK))
def test_a_weekday_is_within_a_week_in_the_direction(now: datetime, word: str) -> None:
    today = now.astimezone(stockholm()).date()
    past, future = parse_day(word, now, past=True).first, parse_day(word, now, past=False).first
    assert today - timedelta(days=7) < past <= today < future <= today + timedelta(days=7)
    assert past.weekday() == future.weekday() == WEEK.index(word)


@given(moments_of_now, st.integers(1, 52))
def test_a_week_is_the_nearest_in_the_direction(now: datetime, week: int) -> None:
    today = now.astimezone(stockholm()).date()
    monday = today - timedelta(days=today.weekday())
    past, future = (parse_day(f"v{week}", now, past=past).first for past in (True, False))
    assert past.isocalendar()[1:] == (week, 1)
    assert future.isocalendar()[1:] == (week, 5)
    assert monday - timedelta(weeks=53) < past <= monday
    assert monday < future < monday + timedelta(weeks=53, days=5)


@given(moments_of_now, st.integers(1, 12), st.integers(1, 28), st.booleans())
def test_a_day_without_a_year_is_the_nearest_in_the_direction(
    now: datetime, month: int, day: int, past: bool
) -> None:
    today = now.astimezone(stockholm()).date()
    found = parse_day(f"{day}/{month}", now, past=past).first
    assert (found.month, found.day) == (month, day)
    distance = today - found if past else found - today
    assert timedelta(0) <= distance < timedelta(days=366)


@given(moments_of_now, st.integers(0, 500), st.sampled_from("dvmy"))
def test_ago_and_ahead_mirror(now: datetime, count: int, unit: str) -> None:
    assert parse_day(f"{count}{unit}", now, past=True).first <= now.astimezone(stockholm()).date()
    assert parse_day(f"{count}{unit}", now, past=True) == parse_day(f"{count}{unit} sedan", now, past=False)
    assert parse_day(f"{count}{unit}", now, past=False) == parse_day(f"om {count}{unit}", now, past=True)
