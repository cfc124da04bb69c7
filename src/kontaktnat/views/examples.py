"""Good examples: whence, how sure, spread to whom, taken up by whom, and when to look at them anew."""

from __future__ import annotations

from attrs import evolve

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.model.spans import later
from kontaktnat.origin import Origin, origin_of
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.askers import names
from kontaktnat.views.said.examples import DEFINITION, TITLE

_COLUMNS = (
    Column(key="title", title="Example"),
    Column(key="source", title="Source"),
    Column(key="from", title="From"),
    Column(key="evidence", title="Evidence", type="word", vocabulary="evidence"),
    Column(key="spread", title="Spread", type="number"),
    Column(key="spread_to", title="Spread to"),
    Column(key="uptake", title="Uptake", type="number"),
    Column(key="taken_up_by", title="Taken up by"),
    Column(key="review_due", title="Look anew", type="date"),
    Column(key="state", title="State", type="word", vocabulary="example_state"),
    Column(key="id", title="Id", type="id"),
)


def examples(book: Outward, /) -> Table:
    """Rows: title, source, from, evidence, spread, spread_to, uptake, taken_up_by, review_due, state, id.

    `from`: the county that sent it, blank of our own, and not shown to eyes where all are; who spread it and
    took it up there is not counted.
    """
    rows = []
    for topic in book.topics.where(kind="example"):
        if topic.status != "closed":
            spread, uptake = ({one.actor for one in reached} for reached in (topic.spread, topic.uptake))
            review, origin = review_day(book, topic), origin_of(topic)
            rows.append({
                "title": topic.title,
                "source": topic.source,
                "from": origin.name if origin else "",
                "evidence": topic.evidence,
                "spread": len(spread),
                "spread_to": names(book, spread),
                "uptake": len(uptake),
                "taken_up_by": names(book, uptake),
                "review_due": str(review) if review else None,
                "state": _state(book, review, origin),
                "id": topic.id,
            })  # fmt: skip
    rows.sort(key=lambda row: (row["state"] == "current", collation_key(str(row["title"])), row["id"]))
    ours = not any(row["from"] for row in rows)
    columns = tuple(evolve(one, data=ours) if one.key == "from" else one for one in _COLUMNS)
    return Table(name="examples", title=TITLE, columns=columns, rows=tuple(rows), definition=DEFINITION)


def _state(book: Outward, review: model.PartialDate | None, origin: Origin | None) -> str:
    if origin and origin.withdrawn_on:
        return "withdrawn"
    return "review_due" if review and review.last <= book.today else "current"


def review_day(book: Outward, topic: model.Topic) -> model.PartialDate | None:
    """When a good example is to be looked at anew: as said, or so long after it was raised as is customary.

    As precise as the day it was raised on.
    """
    raised = topic.raised_on
    if topic.review_due or raised is None:
        return topic.review_due
    day = later(raised.first, "P1M", book.practice.review_months)
    return model.PartialDate(day.year, day.month if raised.month else None, day.day if raised.day else None)
