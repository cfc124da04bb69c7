"""A rule names the same days as dateutil's, which looks further than needed; and it always ends."""

from __future__ import annotations

import datetime as module
from datetime import datetime
from unittest.mock import patch

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from kontaktnat_calendar.rules import rule_of

END = datetime(2032, 6, 1)
WEEKDAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])


def listed(values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(lambda some: ",".join(map(str, some)))


@st.composite
def rules(draw: st.DrawFn) -> str:
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": freq, "INTERVAL": draw(st.integers(1, 4))}
    numbered = st.tuples(st.sampled_from(["1", "2", "-1", "5", "-2"]), WEEKDAYS).map("".join)
    if freq in ("DAILY", "WEEKLY") or draw(st.booleans()):  # dateutil takes `MO,1MO` for 1MO
        numbered = WEEKDAYS
    chosen = {
        "BYMONTH": listed(st.integers(1, 12)),
        "BYDAY": listed(numbered),
        "BYHOUR": listed(st.integers(0, 23)),
        "COUNT": st.integers(1, 40).map(str),
        "WKST": WEEKDAYS,
    }
    if freq != "WEEKLY":
        chosen["BYMONTHDAY"] = listed(st.integers(-28, 28).filter(bool))
    if freq == "YEARLY":
        chosen["BYYEARDAY"] = listed(st.integers(-366, 366).filter(bool))
    if freq in ("MONTHLY", "YEARLY"):
        chosen["BYSETPOS"] = listed(st.integers(-3, 3).filter(bool))
    for name in draw(st.lists(st.sampled_from(sorted(chosen)), unique=True, max_size=3)):
        parts[name] = draw(chosen[name])
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY", "BYYEARDAY"} & parts.keys():
        del parts["BYSETPOS"]
    return ";".join(f"{name}={value}" for name, value in parts.items())


@settings(deadline=None, max_examples=60)
@given(rules(), st.datetimes(datetime(2024, 1, 1), datetime(2028, 12, 31)), st.integers(0, 900))
def test_it_names_the_days_that_dateutil_does(rule: str, first: datetime, later: int) -> None:
    first = first.replace(microsecond=0)
    since = datetime.fromordinal(first.toordinal() + later)
    with patch.object(module, "MAXYEAR", END.year + 1):  # it goes on to the last of all years
        expected = [wall for wall in rrulestr(rule, dtstart=first) if since <= wall <= END]
    assert list(rule_of(rule).walls(first, since, END)) == expected
