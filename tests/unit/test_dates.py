"""Dates of day, month or year precision, times that know their zone, and what holds on a day."""

import pickle
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kontaktnat.errors import Invalid
from kontaktnat.model.dates import (
    PartialDate,
    day_of,
    holds,
    stockholm,
    to_date,
    to_moment,
    to_time,
)

days = st.dates()
full = days.map(lambda day: PartialDate(day.year, day.month, day.day))
partials = st.one_of(
    days.map(lambda day: PartialDate(day.year)),
    days.map(lambda day: PartialDate(day.year, day.month)),
    full,
)
# Close together, so that spans touch and overlap.
near_days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
near = near_days.flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)


@pytest.mark.parametrize(
    ("text", "parts", "first", "last"),
    [
        ("2018", (2018, None, None), date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-09", (2018, 9, None), date(2018, 9, 1), date(2018, 9, 30)),
        ("2024-02", (2024, 2, None), date(2024, 2, 1), date(2024, 2, 29)),
        ("2018-09-12", (2018, 9, 12), date(2018, 9, 12), date(2018, 9, 12)),
        ("0001", (1, None, None), date(1, 1, 1), date(1, 12, 31)),
        ("9999-12", (9999, 12, None), date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_parse(text: str, parts: tuple[int, int | None, int | None], first: date, last: date) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.year, parsed.month, parsed.day) == parts
    assert (parsed.first, parsed.last) == (first, last)
    assert str(parsed) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "18", "2018-9", "2018-09-1", "2018-13", "2018-00", "2018-09-00", "2018-00-12", "2018-02-29",
        "0000", "2018-09-12T13:00", "20180912", " 2018", "2018\n", "2018-W37", "tolfte september", "-2018",
        "12018",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        PartialDate.parse(text)
    assert caught.value.fields["path"] == ""


@pytest.mark.parametrize(
    "parts",
    [
        (0,),
        (10000,),
        (2018, 0),
        (2018, 13),
        (2018, 9, 0),
        (2018, 9, 31),
        (2018, None, 12),
        (2018, 9.5),
        (None,),
    ],
)
def test_no_such_date(parts: tuple[Any, ...]) -> None:
    with pytest.raises(Invalid):
        PartialDate(*parts)


@given(partials)
def test_a_written_date_is_read_back(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day
    assert pickle.loads(pickle.dumps(day)) == day


@given(partials)
def test_first_and_last_span_just_that_day_month_or_year(day: PartialDate) -> None:
    assert day.first <= day.last
    assert str(day.first).startswith(str(day))
    assert str(day.last).startswith(str(day))
    if day.last < date.max:
        assert not str(day.last + timedelta(days=1)).startswith(str(day))
    if day.first > date.min:
        assert not str(day.first - timedelta(days=1)).startswith(str(day))


def test_order_is_by_the_first_possible_day_then_the_last() -> None:
    written = ["2017-12-31", "2018-01-01", "2018-01", "2018", "2018-01-02", "2018-02", "2018-12-31", "2019"]
    assert [str(day) for day in sorted(map(PartialDate.parse, reversed(written)))] == written


@given(near, near, near)
def test_order_is_total(a: PartialDate, b: PartialDate, c: PartialDate) -> None:
    assert [a < b, a == b, a > b].count(True) == 1
    assert (a <= b) == (a < b or a == b) == (b >= a)
    if a <= b <= c:
        assert a <= c
    if a == b:
        assert hash(a) == hash(b)


@given(days, days)
def test_full_dates_are_ordered_as_days(a: date, b: date) -> None:
    left, right = to_date(a), to_date(b)
    assert left is not None
    assert right is not None
    assert (left < right) == (a < b)


@pytest.mark.parametrize("other", [date(2018, 9, 12), datetime(2018, 9, 12, tzinfo=UTC), "2018", 2018])
def test_dates_are_not_ordered_with_other_things(other: Any) -> None:
    with pytest.raises(TypeError):
        sorted([PartialDate(2018), other])
    assert PartialDate(2018) != other


# since ≤ on < until, where every end may be unknown or imprecise


@pytest.mark.parametrize(
    ("since", "until", "on", "expected"),
    [
        (None, None, "2026-11-12", True),
        ("2026-11-12", None, "2026-11-11", False),
        ("2026-11-12", None, "2026-11-12", True),
        (None, "2026-11-12", "2026-11-11", True),
        (None, "2026-11-12", "2026-11-12", False),
        ("2026-11-12", "2026-11-12", "2026-11-12", False),
        # of an imprecise start, the earliest day counts
        ("2026-11", None, "2026-10-31", False),
        ("2026-11", None, "2026-11-01", True),
        ("2026", None, "2025-12-31", False),
        ("2026", None, "2026-01-01", True),
        # of an imprecise end, the latest; that day itself is past the end
        (None, "2026-11", "2026-11-29", True),
        (None, "2026-11", "2026-11-30", False),
        (None, "2026", "2026-12-30", True),
        (None, "2026", "2026-12-31", False),
        (None, "2026", "2027-01-01", False),
        ("2026", "2026", "2026-06-15", True),
    ],
)
def test_holds(since: str | None, until: str | None, on: str, expected: bool) -> None:
    assert holds(to_date(since), to_date(until), date.fromisoformat(on)) is expected


ends = st.none() | near


@given(ends, ends, near_days)
@example(PartialDate(2025), PartialDate(2025, 6), date(2025, 6, 29))
def test_what_may_hold_counts_as_holding(
    since: PartialDate | None, until: PartialDate | None, on: date
) -> None:
    """It holds just where some pair of days that the two ends can mean makes since ≤ on < until."""
    starts = [on] if since is None else [since.first, since.last]
    stops = [date.max] if until is None else [until.first, until.last]
    assert holds(since, until, on) == any(start <= on < stop for start in starts for stop in stops)


@given(ends, ends, near_days, near_days)
def test_what_holds_on_two_days_holds_between_them(
    since: PartialDate | None, until: PartialDate | None, one: date, other: date
) -> None:
    early, late = sorted((one, other))
    middle = early + (late - early) / 2
    if holds(since, until, early) and holds(since, until, late):
        assert holds(since, until, middle)


@given(near_days, near_days)
def test_one_hat_ends_where_the_next_begins(change: date, on: date) -> None:
    """Handing over on a full date leaves no day with two holders and none without one."""
    assert holds(None, to_date(change), on) != holds(to_date(change), None, on)


# converters


def test_to_date() -> None:
    assert to_date(None) is None
    assert to_date("2018-09") == PartialDate(2018, 9)
    assert to_date(date(2018, 9, 12)) == PartialDate(2018, 9, 12)
    assert to_date(PartialDate(2018)) == PartialDate(2018)


@pytest.mark.parametrize("value", [datetime(2018, 9, 12, tzinfo=UTC), 2018, 2018.5, b"2018", ("2018",), ""])
def test_to_date_refuses_what_it_would_have_to_guess_or_cut(value: Any) -> None:
    with pytest.raises(Invalid):
        to_date(value)


def test_a_time_without_a_zone_is_stockholms() -> None:
    assert to_time("2026-11-12T13:00") == datetime(2026, 11, 12, 12, tzinfo=UTC)
    assert to_time("2026-06-12 13:00:30") == datetime(2026, 6, 12, 11, 0, 30, tzinfo=UTC)
    assert to_time(datetime(2026, 6, 12, 13)) == datetime(2026, 6, 12, 11, tzinfo=UTC)
    assert to_time(None) is None


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-5)), stockholm()])
def test_a_time_with_a_zone_keeps_its_instant(zone: Any) -> None:
    moment = datetime(2026, 11, 12, 13, tzinfo=zone)
    for converted in (to_time(moment), to_time(moment.isoformat())):
        assert converted is not None
        assert converted.timestamp() == moment.timestamp()
        assert converted.utcoffset() == moment.utcoffset()


@pytest.mark.parametrize("value", ["", "13:00", "igår", "2026-11", "2026-13-12T13:00", 0, date(2026, 11, 12)])
def test_to_time_refuses_the_rest(value: Any) -> None:
    with pytest.raises(Invalid):
        to_time(value)


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("clock", [datetime(2026, 10, 25, 2, 30), datetime(2026, 3, 29, 2, 30)])
def test_a_time_equals_what_its_text_says_even_while_the_clocks_are_changed(
    clock: datetime, fold: int
) -> None:
    """Python holds a wall clock in such an hour unequal to the same instant in any other zone (PEP 495)."""
    moment = to_time(clock.replace(tzinfo=stockholm(), fold=fold))
    assert moment is not None
    assert to_time(moment.isoformat()) == moment


def test_a_moment_is_a_time_where_it_has_a_clock() -> None:
    noon = datetime(2026, 11, 12, 12, tzinfo=UTC)
    assert to_moment("2026-11-12T13:00+01:00") == noon
    assert to_moment("2026-11-12 13:00") == noon
    assert to_moment("20261112T1300") == noon
    assert to_moment("2026-11-12T13") == noon
    assert to_moment(noon) == noon
    assert to_moment("2026-11-12") == PartialDate(2026, 11, 12)
    assert to_moment(date(2026, 11, 12)) == PartialDate(2026, 11, 12)
    assert to_moment("2018-09") == to_moment(PartialDate(2018, 9)) == PartialDate(2018, 9)
    assert to_moment(None) is None


def test_day_of_is_the_day_in_stockholm() -> None:
    assert day_of(datetime(2026, 11, 12, 22, 59, tzinfo=UTC)) == date(2026, 11, 12)
    assert day_of(datetime(2026, 11, 12, 23, tzinfo=UTC)) == date(2026, 11, 13)
    assert day_of(datetime(2026, 6, 12, 22, tzinfo=UTC)) == date(2026, 6, 13)
    assert day_of(PartialDate(2018, 9)) == date(2018, 9, 1)


@pytest.mark.parametrize(
    "text", ["2026-11-12", "2026-03-29T02:30", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00"]
)
def test_no_time_is_made_up(text: str) -> None:
    with pytest.raises(Invalid):
        to_time(text)


def test_digits_are_ascii() -> None:
    with pytest.raises(Invalid):
        PartialDate.parse("٢٠١٨")
