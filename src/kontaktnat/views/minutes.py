"""A meeting on paper: who came for whom, what was on the agenda, what is open, what was promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kontaktnat import model
from kontaktnat.errors import NotFound
from kontaktnat.i18n import Text, joined
from kontaktnat.model.dates import day_of
from kontaktnat.origin import titled
from kontaktnat.outward import Outward
from kontaktnat.refs import resolve
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import in_order, represented
from kontaktnat.views.listing import clock, participant
from kontaktnat.views.members import members, unsolved
from kontaktnat.views.shared import proposals
from kontaktnat.views.standing import has_unseen, is_covered

Section = tuple[str, list[str]]
_OTHERS = {
    "accepted": Text("Accepted"),
    "tentative": Text("Tentative"),
    "invited": Text("Invited"),
    "declined": Text("Declined"),
    "absent": Text("Absent"),
}
_ANSWERS = ("accepted", "tentative", "declined")
"""What a mailbox too can answer; a member that is asked, or that nobody came from, stands by itself."""


def find_meeting(book: Outward, text: str) -> model.Interaction:
    """The meeting that is meant: by its id, or a network's `latest_meeting`."""
    found = resolve(book, text, ("interaction", "network"))
    if isinstance(found, model.Interaction):
        return found
    assert isinstance(found, model.Network)
    return latest_meeting(book, found)


def latest_meeting(book: Outward, network: model.Network) -> model.Interaction:
    """The latest that was held; where none was, the next that is planned. Raises NotFound for neither."""
    met = book.interactions.where(network=network.id)
    dated = [(day_of(one.when), one.id, one) for one in met if one.when]
    held = [one for one in dated if one[2].status == "held" and one[0] <= book.today]
    ahead = [one for one in dated if one[2].status == "planned" and one[0] >= book.today]
    if not held and not ahead:
        raise NotFound("{name} has no meeting yet; kontaktnat log network_meeting --network {id} plans one",
                       name=network.name, id=network.id, nearest=())  # fmt: skip
    return (max(held) if held else min(ahead))[2]


def heading(book: Outward, meeting: model.Interaction) -> str:
    """What it is called: network or kind, and theme."""
    network = book.peek(model.Network, meeting.network or "")
    name = network.name if network else book.words.name("interaction_kind", meeting.kind)
    theme = meeting.theme or meeting.subject
    return Text("{name}: {theme}", name=name, theme=theme) if theme else name


def sections(book: Outward, meeting: model.Interaction) -> list[Section]:
    """(title, lines) of what there is to say; empty ones are left out. Names and topics are those of then."""
    on = day_of(meeting.when) if meeting.when else book.today
    then = book.as_of(min(on, book.today))
    return [(title, lines) for title, lines in _all(book, then, meeting) if lines]


def _all(book: Outward, then: Outward, meeting: model.Interaction) -> Iterator[Section]:
    parts, on = meeting.participants, day_of(meeting.when) if meeting.when else None
    present = [one for one in parts if one.status == "attended"]
    yield Text("Present"), _people(book, [one for one in present if one.part != "guest"], on)
    yield Text("Deputies"), [_deputy(book, one, on) for one in parts if one.status == "deputy"]
    yield Text("Guests"), _people(book, [one for one in present if one.part == "guest"], on)
    counted: list[str] = [
        Text("{name}: {n} people", name=_actor(then, one.actor), n=one.count) for one in meeting.headcounts
    ]
    yield Text("Counted"), counted
    for status, title in _OTHERS.items():  # a member that nobody came from stands below
        told = [one for one in parts if one.status == status and (not one.actor or status in _ANSWERS)]
        yield title, _people(book, told, on)
    yield Text("Members without anyone there"), _missing(book, then, meeting)
    asked = [one for one in parts if one.actor and one.status == "invited"]
    yield Text("Invited, without a name"), _people(book, asked, on)
    yield Text("Agenda"), list(meeting.agenda)
    own = [found for id in meeting.topics if (found := then.peek(model.Topic, id))]
    proposed = proposals(then)
    yield Text("Topics"), [_topic(then, one, proposed) for one in own]
    if meeting.network and meeting.when:
        carried = unsolved(book, meeting.network, day_of(meeting.when))
        yield (
            Text("Not solved yet, from earlier meetings"),
            [_topic(then, one, proposed) for one in carried if one.id not in meeting.topics],
        )
    yield Text("Notes"), [meeting.summary] if meeting.summary else []
    yield Text("Promised"), [_promise(book, one) for one in book.followups.where(about=meeting.id)]
    yield Text("Next meeting"), _next(book, meeting)


def _people(book: Outward, parts: Sequence[model.Participation], on: date | None) -> list[str]:
    return sorted((participant(book, one, on) for one in parts), key=collation_key)


def _deputy(book: Outward, one: model.Participation, on: date | None) -> str:
    who = participant(book, one, on)
    of = participant(book, model.Participation(role=one.deputy_for), on) if one.deputy_for else ""
    return Text("{who} for {of}", who=who, of=of) if of else who


def _missing(book: Outward, then: Outward, meeting: model.Interaction) -> list[str]:
    network = book.as_of(None).peek(model.Network, meeting.network or "")
    if network is None or meeting.status != "held" or not meeting.when:
        return []
    roles = (
        book.peek(model.Role, id or "") for one in meeting.participants for id in (one.role, one.deputy_for)
    )
    if has_unseen(book, meeting) or any(is_covered(role) for role in roles):
        return []  # the one that they came from would stand here, which is not so, and would tell it
    day = day_of(meeting.when)
    there = {id for one in meeting.participants for id in represented(book, one, day)}
    left = [id for id in members(network, day) if id not in there]
    return sorted((_actor(then, id) for id in left), key=collation_key)


def _actor(book: Outward, id: str) -> str:
    found = book.peek(model.Actor, id)
    return found.name if found else id


def _topic(book: Outward, topic: model.Topic, proposed: Mapping[str, Sequence[model.Topic]]) -> str:
    raised = joined(", ", (_actor(book, id) for id in topic.raised_by))
    titles = ", ".join(titled(one) for one in proposed.get(topic.id, ()))
    return Text(
        "{kind}: {title}{raised}{proposals}",
        kind=book.words.name("topic_kind", topic.kind),
        title=titled(topic),
        raised=Text(" (raised by {names})", names=raised) if raised else "",
        proposals=Text("; proposed: {titles}", titles=titles) if titles else "",
    )


def _promise(book: Outward, one: model.FollowUp) -> str:
    return Text(
        "{side}: {text}{due}{owner}",
        side=book.words.name("side", one.side),
        text=one.text,
        due=Text(", due {day}", day=one.due) if one.due else "",
        owner=Text(" ({owner})", owner=one.owner) if one.owner and one.side == "we" else "",
    )


def _next(book: Outward, meeting: model.Interaction) -> list[str]:
    if not meeting.network or not meeting.when:
        return []
    ahead = [
        one
        for one in in_order(book.interactions.where(network=meeting.network, kind=meeting.kind))
        if one.when and day_of(one.when) > day_of(meeting.when) and one.status != "cancelled"
    ]
    return [f"{clock(one.when)} {one.theme}".strip() for one in ahead[:1]]
