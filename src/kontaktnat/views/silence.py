"""Actors that nobody has been in contact with for a while."""

from __future__ import annotations

from typing import Any

from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.views.contacted import contacted, held
from kontaktnat.views.said.silence import DEFINITION, TITLE
from kontaktnat.views.standing import actors, left_out

_COLUMNS = (
    Column(key="actor", title="Actor"),
    Column(key="kind", title="Kind", type="word", vocabulary="actor_kind"),
    Column(key="place", title="Place"),
    Column(key="last_contact", title="Last contact", type="date"),
    Column(key="days", title="Days", type="number"),
    Column(key="last_kind", title="Last kind", type="word", vocabulary="interaction_kind"),
    Column(key="id", title="Id", type="id"),
)


def silence(book: Outward, /, *, days: int | None = None, kind: str = "", sector: str = "") -> Table:
    """`days`: practice's, if None; `kind`, `sector`: ids of words, "" for all.

    Rows: those never met first, then longest ago.
    """
    limit = book.practice.silence_days if days is None else days
    met = contacted(book)
    ours = {network.host for network in book.networks.all()}
    asked = [
        one
        for one in actors(book)
        if one.id not in ours
        and one.kind != "network"
        and kind in ("", one.kind)
        and sector in ("", one.sector)
    ]
    rows: list[dict[str, Any]] = []
    for actor in asked:
        last = met[actor.id][-1] if actor.id in met else None
        day = day_of(last.when) if last and last.when else None
        ago = (book.today - day).days if day else None
        if ago is None or ago > limit:
            rows.append(
                {
                    "actor": name_on(actor, book.today),
                    "kind": actor.kind,
                    "place": actor.place or None,
                    "last_contact": day.isoformat() if day else None,
                    "days": ago,
                    "last_kind": last.kind or None if last else None,
                    "id": actor.id,
                }
            )
    rows.sort(key=lambda row: row["last_contact"] or "")
    note = Text(
        "{n} of {all} without contact in the last {days} days", n=len(rows), all=len(asked), days=limit
    )
    return Table(name="silence", title=TITLE, columns=_COLUMNS, rows=tuple(rows),
                 notes=(note, *left_out(book, held(book))), definition=DEFINITION)  # fmt: skip
