"""Where lifted topics and questions stand: what waits for an answer, and what has not come home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.origin import is_foreign
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.askers import ANSWERED, asked, left, names, since, was_lifted
from kontaktnat.views.cadence import state_of
from kontaktnat.views.contacted import successors
from kontaktnat.views.examples import review_day
from kontaktnat.views.said.lifted import DEFINITION, TITLE

STATES = ("overdue", "unreturned", "to_return", "waiting", "to_lift", "returned", "closed")
"""The worst first."""
_COLUMNS = (
    Column(key="topic", title="Topic"),
    Column(key="raised_by", title="Raised by"),
    Column(key="lifted_on", title="Lifted", type="date"),
    Column(key="lifted_to", title="To"),
    Column(key="days", title="Days", type="number"),
    Column(key="state", title="State", type="word", vocabulary="lifted_state"),
    Column(key="answered_on", title="Answered", type="date"),
    Column(key="left", title="Not returned to"),
    Column(key="id", title="Id", type="id"),
)


def lifted(book: Outward, /, *, answer_days: int = 0, return_days: int = 0) -> Table:
    """Rows: topic, raised_by, lifted_on, lifted_to, days, state, answered_on, left, id.

    `answer_days`, `return_days`: other limits than those of practice, in days (0: those).
    """
    answer_days = answer_days or book.practice.answer_days
    return_days = return_days or book.practice.return_days
    after = successors(book)
    rows = []
    for topic in book.topics.all():
        if is_foreign(topic):
            continue  # it is answered, and comes home, in its own county
        if was_lifted(topic) or (topic.kind == "question" and topic.status != "closed"):
            state, days = _stands(topic, after, book.today, answer_days, return_days)
            rows.append({
                "topic": topic.title,
                "raised_by": names(book, asked(after, topic)),
                "lifted_on": str(topic.lifted_on) if topic.lifted_on else None,
                "lifted_to": topic.lifted_to,
                "days": days,
                "state": state,
                "answered_on": str(topic.answered_on) if topic.answered_on else None,
                "left": names(book, left(after, topic)),
                "id": topic.id,
            })  # fmt: skip
    rows.sort(key=_order)
    return Table(
        name="lifted",
        title=TITLE,
        columns=_COLUMNS,
        rows=tuple(rows),
        definition=DEFINITION,
    )


def topics_due(book: Outward, days: int = 14) -> Iterator[dict[str, Any]]:
    """What topics ask of us today, as rows of `today` (due, state, what, side, who, type, id), in no order.

    Lifted ones whose answer is overdue, answers from the first day on that they are to be returned, and
    good examples to be looked at anew within `days` days. `due` is an ISO date or None; `state` a word of
    `due_state`; `who` those who wait, or whom it was lifted to.
    """
    practice, after = book.practice, successors(book)
    for topic in book.topics.all():
        if is_foreign(topic):
            continue
        state, _ = _stands(topic, after, book.today, practice.answer_days, practice.return_days)
        if state == "overdue" and topic.lifted_on:
            due = topic.lifted_on.last + timedelta(days=practice.answer_days)
            yield _due(book, topic, due, Text("Remind of an answer: {title}", title=topic.title),
                       topic.lifted_to, side="they")  # fmt: skip
        elif state in ("to_return", "unreturned"):
            answered = topic.answered_on
            due_by = answered.last + timedelta(days=practice.return_days) if answered else None
            yield _due(book, topic, due_by, Text("Return the answer: {title}", title=topic.title),
                       names(book, left(after, topic)), side="we")  # fmt: skip
        elif (review := _review(book, topic)) and review.last <= book.today + timedelta(days=days):
            what = Text("Look at the example anew: {title}", title=topic.title)
            yield _due(book, topic, review.last, what, names(book, topic.raised_by), side="we")


def _review(book: Outward, topic: model.Topic) -> model.PartialDate | None:
    return review_day(book, topic) if topic.kind == "example" and topic.status != "closed" else None


def _due(
    book: Outward, topic: model.Topic, due: date | None, what: str, who: str, *, side: str
) -> dict[str, Any]:
    return {"due": due.isoformat() if due else None, "state": state_of(due, book.today), "what": what,
            "side": side, "who": who, "type": "topic", "id": topic.id}  # fmt: skip


def _stands(
    topic: model.Topic, after: Mapping[str, str], today: date, answer_days: int, return_days: int
) -> tuple[str, int | None]:
    """The state, and the days since it began."""
    if topic.status == "closed":
        return "closed", None
    if topic.status in ANSWERED:
        if not left(after, topic):
            return "returned", None
        days = since(topic.answered_on, today)
        return "unreturned" if days is not None and days >= return_days else "to_return", days
    if topic.status != "lifted":
        return "to_lift", None
    days = since(topic.lifted_on, today)
    return "overdue" if days is not None and days >= answer_days else "waiting", days


def _order(row: Mapping[str, Any]) -> Any:
    return STATES.index(row["state"]), -(row["days"] or 0), collation_key(row["topic"]), row["id"]
