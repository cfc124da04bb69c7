"""Which members of a network were missing from its meetings, whoever came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of, holds
from kontaktnat.outward import Outward
from kontaktnat.refs import resolve
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import final, held, inherited, represented, successors
from kontaktnat.views.said.representation import DEFINITION, TITLE
from kontaktnat.views.standing import has_unseen, left_out

_COLUMNS = (
    Column(key="network", title="Network"),
    Column(key="actor", title="Actor"),
    Column(key="meetings", title="Meetings", type="number"),
    Column(key="present", title="Present", type="number"),
    Column(key="deputy", title="Deputy", type="number"),
    Column(key="missed", title="Missed", type="number"),
    Column(key="last_present", title="Last present", type="date"),
    Column(key="streak", title="Missed in a row", type="number"),
    Column(key="id", title="Id", type="id"),
)
_MISSED = "missed"


def representation(book: Outward, /, *, network: str = "", since: date, until: date) -> Table:
    """`network`: a name as one types it, "" for all; meetings from `since` to `until`, both included.

    Rows: by network, those that missed most first. Raises NotFound or Ambiguous for the network.
    """
    whole = book.as_of(None)  # as of a day, a network has only the members of that day
    chosen = [resolve(whole, network, ("network",))] if network.strip() else whole.networks.all()
    networks = sorted(
        (one for one in chosen if isinstance(one, model.Network)),
        key=lambda one: (collation_key(one.name), one.id),
    )
    after = successors(book)
    meetings: dict[str | None, list[model.Interaction]] = defaultdict(list)
    for meeting in held(book):
        if meeting.when and since <= day_of(meeting.when) <= until:
            meetings[meeting.network].append(meeting)
    rows: list[dict[str, Any]] = []
    notes: list[str] = []
    counted: list[model.Interaction] = []
    hushed: set[str] = set()
    for one in networks:
        met = meetings[one.id]
        unseen = {it.id for it in met if has_unseen(book, it)}
        rows += _rows(book, one, met, after, unseen)
        hushed |= unseen
        counted += met
        notes.append(Text("{network}: {n} meeting", "{network}: {n} meetings", network=one.name, n=len(met)))
    if hushed:
        notes.append(
            Text(
                "at {n} meeting somebody protected was there: it counts only for those that were seen",
                "at {n} meetings somebody protected was there: they count only for those that were seen",
                n=len(hushed),
            )
        )
    return Table(name="representation", title=TITLE, columns=_COLUMNS, rows=tuple(rows),
                 notes=(*notes, *left_out(book, counted)), definition=DEFINITION)  # fmt: skip


def _rows(
    book: Outward,
    network: model.Network,
    met: Sequence[model.Interaction],
    after: Mapping[str, str],
    unseen: Set[str],
) -> list[dict[str, Any]]:
    """`unseen`: meetings of which no member may be said to have missed it, for one would be left."""
    seen: dict[str, list[tuple[str, date]]] = {}
    for meeting in met:
        day = day_of(meeting.when or model.PartialDate(1))
        attended, deputised = _there(book, meeting, day, after)
        members = {
            final(after, member.actor) for member in network.members if holds(member.since, member.until, day)
        }
        for id in members:
            how = "present" if id in attended else "deputy" if id in deputised else _MISSED
            kept = seen.setdefault(id, [])
            if how != _MISSED or meeting.id not in unseen:
                kept.append((how, day))
    rows = [_row(book, network, id, kept) for id, kept in seen.items()]
    return sorted(rows, key=lambda row: (-row["missed"], collation_key(row["actor"]), row["id"]))


def _row(book: Outward, network: model.Network, id: str, kept: Sequence[tuple[str, date]]) -> dict[str, Any]:
    actor = book.peek(model.Actor, id)
    there = [n for n, (how, _) in enumerate(kept) if how != _MISSED]
    counts = {name: sum(how == name for how, _ in kept) for name in ("present", "deputy", _MISSED)}
    return {
        "network": network.name,
        "actor": name_on(actor, book.today) if actor else id,
        "meetings": len(kept),
        **counts,
        "last_present": kept[there[-1]][1].isoformat() if there else None,
        "streak": len(kept) - 1 - there[-1] if there else len(kept),
        "id": id,
    }


def _there(
    book: Outward, meeting: model.Interaction, day: date, after: Mapping[str, str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of the actors that somebody attended for, and of those that a deputy came for."""
    attended: list[str] = []
    deputised: list[str] = []
    for one in meeting.participants:
        actors = [*represented(book, one, day)]
        stood_in = book.peek(model.Role, one.deputy_for or "")
        if one.status != "deputy":
            attended += actors
        elif stood_in is None:
            deputised += actors
        else:  # a deputy from elsewhere is there for its own actor too
            theirs = {stood_in.actor, *stood_in.covers}
            deputised += [id for id in actors if id in theirs]
            attended += [id for id in actors if id not in theirs]
    return inherited(attended, after), inherited(deputised, after)
