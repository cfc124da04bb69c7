"""Support: given to whom, at which steps, and who got none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text, joined
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.views.contacted import held, successors
from kontaktnat.views.said.support import DEFINITION, TITLE
from kontaktnat.views.standing import actors, left_out, met

_COLUMNS = (
    Column(key="actor", title="Actor"),
    Column(key="sector", title="Sector", type="word", vocabulary="sector"),
    Column(key="talks", title="Talks", type="number"),
    Column(key="steps", title="Steps"),
    Column(key="given", title="Given"),
    Column(key="asked", title="Asked"),
    Column(key="last", title="Last", type="date"),
    Column(key="days", title="Days", type="number"),
    Column(key="id", title="Id", type="id"),
)
_NOT_SUPPORTED = ("state", "region")


def support(book: Outward, /, *, since: date, sector: str = "") -> Table:
    """`since`: the first day that counts; `sector`: the id of a word, "" for all that are supported.

    Rows: those without support first, then longest ago.
    """
    after = successors(book)
    talks = [
        one
        for one in held(book)
        if (one.kind == "sounding_board" or one.support) and one.when and day_of(one.when) >= since
    ]
    got: dict[str, list[model.Interaction]] = defaultdict(list)
    for one in talks:
        for id in met(book, one, after):
            got[id].append(one)
    rows = [
        _row(book, actor, got[actor.id]) for actor in actors(book) if _asked_for(actor, sector, got[actor.id])
    ]
    rows.sort(key=lambda row: row["last"] or "")
    none = sum(not row["talks"] for row in rows)
    note = Text("{n} of {all} without support", n=none, all=len(rows))
    return Table(name="support", title=TITLE, columns=_COLUMNS, rows=tuple(rows),
                 notes=(note, *left_out(book, talks)), definition=DEFINITION)  # fmt: skip


def _asked_for(actor: model.Actor, sector: str, talks: Sequence[model.Interaction]) -> bool:
    if sector:
        return actor.sector == sector
    return bool(talks) if not actor.sector else actor.sector not in _NOT_SUPPORTED


def _row(book: Outward, actor: model.Actor, talks: Sequence[model.Interaction]) -> dict[str, Any]:
    given = {word for one in talks for word in one.support}
    words = [word for word in book.words.of("support") if word in given]
    words += sorted(given.difference(words))  # a word whose plugin is missing
    last = day_of(talks[-1].when) if talks and talks[-1].when else None
    return {
        "actor": name_on(actor, book.today),
        "sector": actor.sector or None,
        "talks": len(talks),
        "steps": ", ".join(map(str, sorted({one.process_step for one in talks if one.process_step}))),
        "given": joined(", ", (book.words.typed("support", word) for word in words)),
        "asked": next((one.asked for one in reversed(talks) if one.asked), ""),
        "last": last.isoformat() if last else None,
        "days": (book.today - last).days if last else None,
        "id": actor.id,
    }
