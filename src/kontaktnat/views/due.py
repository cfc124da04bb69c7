"""When a fact of a commitment is due: how it stands on a day."""

from __future__ import annotations

import calendar
from datetime import MAXYEAR, MINYEAR, date

import attrs

from kontaktnat.descriptors import Fact
from kontaktnat.model import Commitment, PartialDate
from kontaktnat.model.bonds import runs_until
from kontaktnat.model.terms import term_on
from kontaktnat.plain import Plain

SOON = 6
"""So many months before the day something is due soon; half the interval, where that is less."""
DEADLINES = ("valid_until", "due_on")
"""Fields that say themselves when something is due."""
_NOT_NOW = ("none", "planned", "dormant")
"""Of a status: there is no such thing."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Standing(Plain):
    """How a fact stands: the latest date that tells of it, when it is due (again), a word of
    `commitment_state`."""

    _shown = ()

    last: PartialDate | None = None
    due: date | None = None
    state: str


def standing(fact: Fact, one: Commitment, today: date, months: int | None) -> Standing | None:
    """How a fact of a commitment stands; None: it says no day, and there is nothing to follow.

    `months`: after how many it is due again. Dates that are still to come tell of nothing yet.
    """
    if fact.path in DEADLINES:
        end = getattr(one, fact.path)
        return _ends(one, today) if end and fact.path == "valid_until" else _by(end, today) if end else None
    last = _last(fact, one, today)
    if fact.term:
        return _in_term(last, fact.term, today)
    if months:
        if last:
            due = months_later(last.first, months)
            ahead = min(SOON, months // 2)
            return Standing(
                last=last, due=due, state=state(due, months_later(last.last, months), today, ahead)
            )
        return Standing(state="unclear" if _is_told(fact, one) else "missing")
    if one.status in _NOT_NOW and fact.path != "status":
        return Standing(state="missing")
    there = last or _is_told(fact, one) or (fact.basis == "work_for" and not fact.value)
    return Standing(last=last, state="in_place" if there else "missing")


def state(due: date, latest: date, today: date, ahead: int = SOON) -> str:
    """By the first and the last day on which it may be due; `ahead`: how many months before it is soon."""
    if latest < today:
        return "overdue"
    if due < today:
        return "unclear"
    return "soon" if months_later(due, -ahead) <= today else "current"


def begun(one: Commitment, today: date) -> bool:
    """Whether by then anything had been told of it that has a date, or nothing has any."""
    told = [day for day in (one.valid_from, one.decided_on, one.updated_on, one.followed_up_on) if day]
    return not told or any(day.first <= today for day in told)


def months_later(day: date, months: int) -> date:
    """So many months later (or earlier), on the month's last day where it is shorter; within the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _last(fact: Fact, one: Commitment, today: date) -> PartialDate | None:
    values = (getattr(one, name) for name in (fact.path, *fact.counts_from))
    days = [day for day in values if isinstance(day, PartialDate) and day.first <= today]
    return max(days, default=None)


def _is_told(fact: Fact, one: Commitment) -> bool:
    value = getattr(one, fact.path)
    if isinstance(value, PartialDate):
        return False  # it is still to come
    if fact.value and isinstance(value, tuple):
        return fact.value in value
    return value not in (None, "", ())


def _in_term(last: PartialDate | None, body: str, today: date) -> Standing:
    first, following = term_on(body, today)
    if last is None:
        return Standing(due=None, state="missing")
    old = last.last < first
    return Standing(
        last=last, due=following, state="to_confirm" if old else state(following, following, today)
    )


def _by(end: PartialDate, today: date) -> Standing:
    return Standing(due=end.first, state=state(end.first, end.last, today))


def _ends(one: Commitment, today: date) -> Standing:
    """By when notice is to be given, of one that is renewed otherwise; its end, where it just ends."""
    end, notice = runs_until(one, today), -(one.notice_months or 0)
    assert end is not None
    while (latest := months_later(end.last, notice)) < today:
        following = runs_until(one, end.last)
        if not one.renewal_years or following is None or following == end:
            return _by(end, today)
        end = following
    due = months_later(end.first, notice)
    return Standing(due=due, state=state(due, latest, today))
