"""Problems that several municipalities have in common, and what is proposed against them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.origin import is_foreign, titled
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.askers import asked
from kontaktnat.views.contacted import successors
from kontaktnat.views.said.shared_problems import DEFINITION, TITLE

_COLUMNS = (
    Column(key="problem", title="Problem"),
    Column(key="municipalities", title="Municipalities"),
    Column(key="n", title="Number", type="number"),
    Column(key="status", title="Status", type="word", vocabulary="topic_status"),
    Column(key="proposals", title="Proposals"),
    Column(key="since", title="Since", type="date"),
    Column(key="id", title="Id", type="id"),
)


def shared_problems(book: Outward, /, *, least: int = 2) -> Table:
    """Rows: problem, municipalities, n, status, proposals, since, id; the most shared first.

    `least`: of so many municipalities.
    """
    after = successors(book)
    places = {one.place: one.name for one in book.actors.where(kind="municipality") if one.place}
    proposed = proposals(book)
    rows: list[dict[str, Any]] = []
    problems = (one for one in book.topics.where(kind="problem") if not is_foreign(one))
    for group in _groups(problems):
        first = group[0]
        raising = (id for topic in group for id in asked(after, topic))
        found = dict(_municipalities(book, raising, places))
        if len(found) >= least:
            against = {titled(one) for topic in group for one in proposed.get(topic.id, ())}
            rows.append({
                "problem": first.title,
                "municipalities": ", ".join(sorted(found.values(), key=collation_key)),
                "n": len(found),
                "status": first.status,
                "proposals": "; ".join(sorted(against, key=collation_key)),
                "since": str(first.raised_on) if first.raised_on else None,
                "id": first.id,
            })  # fmt: skip
    rows.sort(key=lambda row: (-row["n"], collation_key(row["problem"]), row["id"]))
    return Table(
        name="shared-problems",
        title=TITLE,
        columns=_COLUMNS,
        rows=tuple(rows),
        definition=DEFINITION,
    )


def proposals(book: Outward) -> Mapping[str, list[model.Topic]]:
    """By id of a topic, what is proposed against it, each once."""
    found: dict[str, list[model.Topic]] = defaultdict(list)
    for one in book.topics.where(kind="proposal"):
        for id in dict.fromkeys(link.topic for link in one.links if link.kind == "addresses"):
            found[id].append(one)
    return found


def _groups(problems: Iterable[model.Topic]) -> Iterator[list[model.Topic]]:
    """Problems that are one, the first that was raised first; what has no date comes last."""
    known: dict[str, model.Topic] = {one.id: one for one in problems}
    joined: dict[str, set[str]] = defaultdict(set)
    for one in known.values():
        for link in one.links:
            if link.kind == "duplicates" and link.topic in known:
                joined[one.id].add(link.topic)
                joined[link.topic].add(one.id)
    seen: set[str] = set()
    for start in known:
        group, ahead = set[str](), {start} - seen
        while ahead:
            group |= ahead
            ahead = {id for one in ahead for id in joined[one]} - group
        seen |= group
        if group:
            yield sorted((known[id] for id in group), key=_age)


def _age(topic: model.Topic) -> Any:
    return topic.raised_on is None, topic.raised_on or model.PartialDate(1), topic.id


def _municipalities(
    book: Outward, actors: Iterable[str], places: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """By code, or by id where it has none, the names of the municipalities that actors stand for."""
    for id in actors:
        actor = book.peek(model.Actor, id)
        if actor and actor.kind == "municipality":
            yield actor.place or actor.id, places.get(actor.place, actor.name)
        elif actor and actor.place:
            yield actor.place, places.get(actor.place, actor.place)
