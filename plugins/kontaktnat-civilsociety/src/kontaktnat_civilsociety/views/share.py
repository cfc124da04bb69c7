"""Civil society's share: at each meeting, and of each network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from kontaktnat.extend import Column, Table, Text, collation_key, held, left_out, resolve
from kontaktnat.model import Actor, Interaction, Network, Role, day_of, holds
from kontaktnat_civilsociety.standing import Standing, standing
from kontaktnat_civilsociety.views.periods import period
from kontaktnat_civilsociety.views.said import (
    NETWORKS_DEFINITION,
    NETWORKS_TITLE,
    SHARE_DEFINITION,
    SHARE_TITLE,
)

if TYPE_CHECKING:
    from kontaktnat.extend import Outward

_PRESENT = ("attended", "deputy")
_MEETINGS = ("network_meeting", "training")
_COUNTS = (
    Column(key="people", title=Text("People"), type="number"),
    Column(key="civil", title=Text("Civil"), type="number"),
    Column(key="other", title=Text("Other"), type="number"),
    Column(key="unknown", title=Text("Unknown"), type="number"),
    Column(key="at_least", title=Text("At least"), type="number"),
    Column(key="at_most", title=Text("At most"), type="number"),
)
_OF_MEETINGS = (
    Column(key="date", title=Text("Date"), type="date"),
    Column(key="network", title=Text("Network")),
    Column(key="kind", title=Text("Kind"), type="word", vocabulary="interaction_kind"),
    Column(key="what", title=Text("What")),
    *_COUNTS,
    Column(key="id", title=Text("Id"), type="id"),
)
_OF_NETWORKS = (
    Column(key="network", title=Text("Network")),
    Column(key="meetings", title=Text("Meetings"), type="number"),
    Column(key="with_civil", title=Text("With civil"), type="number"),
    *_COUNTS,
    Column(key="members", title=Text("Members"), type="number"),
    Column(key="members_civil", title=Text("Civil members"), type="number"),
    Column(key="members_unknown", title=Text("Unknown members"), type="number"),
    Column(key="id", title=Text("Id"), type="id"),
)


def share(book: Outward, /, *, network: str = "", since: str = "", until: str = "") -> Table:
    """A row a meeting, oldest first. Raises NotFound, Ambiguous for a network, Invalid for a date."""
    wanted = resolve(book, network, ("network",)).id if network.strip() else ""
    met = [
        one
        for one in _held(book, *period(book, since, until))
        if (one.network == wanted if wanted else one.network or one.kind in _MEETINGS)
    ]
    rows = []
    whole: Counter[Standing] = Counter()
    for meeting in met:
        found = _present(book, meeting)
        whole += found
        named = book.peek(Network, meeting.network) if meeting.network else None
        rows.append(
            {
                "date": day_of(meeting.when).isoformat() if meeting.when else None,
                "network": named.name if named else None,
                "kind": meeting.kind,
                "what": meeting.theme or meeting.subject or meeting.summary or None,
                **_counted(found),
                "id": meeting.id,
            }
        )
    return Table(name="civil-share", title=SHARE_TITLE, columns=_OF_MEETINGS, rows=tuple(rows),
                 notes=(*_said(whole), *left_out(book, met)), definition=SHARE_DEFINITION)  # fmt: skip


def networks(book: Outward, /, *, since: str = "", until: str = "") -> Table:
    """A row a network, in Swedish order. Raises Invalid for a date."""
    met = [one for one in _held(book, *period(book, since, until)) if one.network]
    by_network: dict[str, list[Interaction]] = {}
    for meeting in met:
        by_network.setdefault(str(meeting.network), []).append(meeting)
    rows = []
    whole: Counter[Standing] = Counter()
    for network in sorted(book.networks.all(), key=lambda one: (collation_key(one.name), one.id)):
        each = [_present(book, one) for one in by_network.get(network.id, ())]
        found = sum(each, Counter())
        whole += found
        ids = dict.fromkeys(one.actor for one in network.members if holds(one.since, one.until, book.today))
        members = Counter(standing(one) for id in ids if (one := book.peek(Actor, id)))
        rows.append(
            {
                "network": network.name,
                "meetings": len(each),
                "with_civil": sum(1 for one in each if one["civil"]),
                **_counted(found),
                "members": len(ids),
                "members_civil": members["civil"],
                "members_unknown": members["unknown"],
                "id": network.id,
            }
        )
    return Table(name="civil-networks", title=NETWORKS_TITLE, columns=_OF_NETWORKS, rows=tuple(rows),
                 notes=(*_said(whole), *left_out(book, met)), definition=NETWORKS_DEFINITION)  # fmt: skip


def _held(book: Outward, first: date, last: date) -> list[Interaction]:
    return [one for one in held(book) if one.when and first <= day_of(one.when) <= last]


def _present(book: Outward, meeting: Interaction) -> Counter[Standing]:
    """How many were there of each; whose workplace is covered is in none, for the note counts them."""
    found: Counter[Standing] = Counter()
    counted = {one.actor for one in meeting.headcounts}
    for one in meeting.participants:
        if one.status not in _PRESENT or one.part == "host" or (one.actor and one.actor in counted):
            continue
        if one.role:
            role = book.peek(Role, one.role)
            if role is None or role.actor is None:
                continue
            found[_of(book, role.actor)] += 1
        else:
            found[_of(book, one.actor) if one.actor else "unknown"] += 1
    for heads in meeting.headcounts:
        found[_of(book, heads.actor)] += heads.count
    return found


def _of(book: Outward, id: str) -> Standing:
    actor = book.peek(Actor, id)
    return standing(actor) if actor else "unknown"


def _counted(found: Counter[Standing]) -> dict[str, Any]:
    people = found.total()
    return {
        "people": people,
        "civil": found["civil"],
        "other": found["other"],
        "unknown": found["unknown"],
        "at_least": found["civil"] / people if people else None,
        "at_most": (found["civil"] + found["unknown"]) / people if people else None,
    }


def _said(found: Counter[Standing]) -> Iterator[Text]:
    """The whole in a sentence, and what is not known of it."""
    people = found.total()
    if people:
        yield Text("{civil} of {people} were from civil society", civil=found["civil"], people=people)
    if found["unknown"]:
        yield Text(
            "of {n} it is unknown: set the sector of who sent them, or see kontaktnat civilsociety suggest",
            "of {n} it is unknown: set the sector of who sent them, or see kontaktnat civilsociety suggest",
            n=found["unknown"],
        )
