"""What `today` says of duties: what is due by commitments, or was to be reminded of lately, and reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from kontaktnat.facts import is_unread
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.outward import Outward
from kontaktnat.views.cadence import state_of
from kontaktnat.views.reports import reports

if TYPE_CHECKING:
    from kontaktnat.views.commitments import Followed

_BEFORE = (6, 3)
"""Months before something is due at which one is reminded of it."""
_TOLD = ("law", "reading", "agreed")
"""Bases of what is reminded of; custom is in the view `commitments`."""


def reminders(book: Outward, days: int) -> tuple[list[dict[str, Any]], list[Text]]:
    """Rows of `today`, one for each fact of a commitment, and a note on what the law asks for in addition.

    None of a book that follows no commitments but which police area a municipality belongs to, and what its
    county pack tells that there is.
    """
    if all(one.kind == "local_police_area" or is_unread(one) for one in book.commitments.all()):
        return [], []
    from kontaktnat.views.commitments import by_roles, chosen, followed

    places = chosen(book)
    found = [*followed(book, places), *by_roles(book, places)]
    near: dict[tuple[str, str], list[Followed]] = defaultdict(list)
    for one in found:
        if one.id and one.basis in _TOLD and _is_near(book, one, days):
            near[one.id, one.name].append(one)
    missing = sum(one.basis == "law" and one.standing.state == "missing" for one in found)
    return [_row(book, group) for group in near.values()], [*_note(missing)]


def _is_near(book: Outward, one: Followed, days: int) -> bool:
    from kontaktnat.views.due import months_later

    due, ahead = one.standing.due, timedelta(days=days)
    if due is None or one.standing.state == "unclear":
        return False
    if due <= book.today + ahead:
        return True
    return any(day <= book.today <= day + ahead for day in (months_later(due, -n) for n in _BEFORE))


def _row(book: Outward, group: Sequence[Followed]) -> dict[str, Any]:
    """Of an agreement of several municipalities one row."""
    from kontaktnat.views.commitments import due_text

    one = group[0]
    return {
        "due": one.standing.due.isoformat() if one.standing.due else None,
        "state": state_of(one.standing.due, book.today),
        "what": due_text(book, one),
        "side": "",
        "who": ", ".join(name_on(each.place, book.today) for each in group),
        "type": "commitment",
        "id": one.id,
    }


def reports_due(book: Outward, until: date) -> Iterator[dict[str, Any]]:
    """Rows of `today`: what the county is to report from today to that day, for whom."""
    for assignment in book.assignments.all():
        for year in range(book.today.year, until.year + 1) if assignment.reports else ():
            for one in reports(assignment, year):
                if book.today <= one.day <= until:
                    yield {
                        "due": one.written,
                        "state": state_of(one.day, book.today),
                        "what": one.what,
                        "side": "we",
                        "who": assignment.national_body,
                        "type": "assignment",
                        "id": assignment.id,
                    }


def _note(missing: int) -> Iterator[Text]:
    if missing:
        yield Text(
            "{n} thing that the law asks of municipalities is not in the book: kontaktnat view commitments "
            "basis=law state=missing",
            "{n} things that the law asks of municipalities are not in the book: kontaktnat view commitments "
            "basis=law state=missing",
            n=missing,
        )
