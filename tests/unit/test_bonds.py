"""Until when a commitment runs, renewals counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat import Commitment
from kontaktnat.model import PartialDate
from kontaktnat.model.asof import as_of
from kontaktnat.model.bonds import in_force, runs_until

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def ends(end: str | None, years: int | None, on: str) -> str | None:
    found = runs_until(
        Commitment(kind="agreement", valid_until=end, renewal_years=years), date.fromisoformat(on)
    )
    return str(found) if found else None


@pytest.mark.parametrize(
    ("end", "years", "on", "until"),
    [
        (None, 4, "2026-11-12", None),
        ("2026-12-31", None, "2030-01-01", "2026-12-31"),
        ("2026-12-31", 0, "2030-01-01", "2026-12-31"),  # notice has been given
        ("2026-12-31", 4, "2026-12-30", "2026-12-31"),
        ("2026-12-31", 4, "2026-12-31", "2030-12-31"),  # the first day on which it would not hold
        ("2026-12-31", 4, "2034-12-31", "2038-12-31"),
        ("2026-06", 2, "2026-06-29", "2026-06"),
        ("2026-06", 2, "2026-06-30", "2028-06"),
        ("2026", 1, "2029-05-01", "2029"),
        ("2024-02-29", 1, "2024-02-29", "2025-02-28"),
        ("2024-02-29", 1, "2027-06-01", "2028-02-29"),  # no drift
        ("9998-12-31", 4, "9999-12-31", "9999-12-31"),  # the calendar ends
    ],
)  # fmt: skip
def test_by_hand(end: str | None, years: int | None, on: str, until: str | None) -> None:
    assert ends(end, years, on) == until


@given(DAYS, st.integers(1, 12), DAYS)
def test_a_renewed_one_runs_on_and_no_period_is_skipped(end: date, years: int, on: date) -> None:
    one = Commitment(kind="agreement", valid_until=end, renewal_years=years)
    found = runs_until(one, on)
    assert found is not None
    assert on < found.last
    assert (found.year - end.year) % years == 0
    assert found.year == end.year or PartialDate(found.year - years, found.month).first <= on
    assert in_force(one, on)
    assert as_of(one, on) is one


@given(DAYS, DAYS)
def test_without_renewal_it_is_over_on_its_end(end: date, on: date) -> None:
    one = Commitment(kind="agreement", valid_until=end)
    assert in_force(one, on) == (on < end) == (as_of(one, on) is not None)
    assert not in_force(Commitment(valid_from=end, renewal_years=4), end - timedelta(days=1))
