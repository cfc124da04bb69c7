"""What `log` is told of a meeting of a network: the lists of names, and the line that says what it became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

import click

from kontaktnat.cli.app import App, complete, say
from kontaktnat.errors import Ambiguous, Conflict, Invalid, NotFound, Usage
from kontaktnat.i18n import Text, joined
from kontaktnat.model import Headcount, Interaction, Moment, Network, Role, day_of

C = TypeVar("C", bound=Callable[..., Any])
PEOPLE = ("role", "contact", "actor")
LISTS = ("network", "attended", "attended_all", "absent", "deputy", "guest", "accepted", "declined")
"""The options that say whom a meeting gathered."""


def told(lists: Mapping[str, Any]) -> str:
    """The option that says of somebody that they came or did not; "" where none does."""
    given = (name for name in ("attended", "attended_all", "absent", "deputy") if lists[name])
    return next(given, "").replace("_", "-")


def answered(lists: Mapping[str, Any]) -> str:
    """The option that says of somebody that they will come or not; "" where none does."""
    return next((name for name in ("accepted", "declined") if lists[name]), "")


@contextmanager
def planned_at_once() -> Iterator[None]:
    """Inside, a Conflict means that somebody has told of the same meeting meanwhile."""
    try:
        yield
    except Conflict as error:
        raise Conflict(
            "somebody told of that meeting at the same moment; type it again, and it is added to theirs",
            id=error.fields.get("id", ""),
            changed=[],
        ) from None


def meeting_options(command: C) -> C:
    """Whom a meeting gathered."""
    for option in reversed((
        click.option("--network", metavar="NAME", help="The network that met.",
                     shell_complete=complete("networks")),
        click.option("--attended", metavar="A,B", help="Who came, of a network's meeting.",
                     shell_complete=complete("people")),
        click.option("--attended-all", is_flag=True, help="All came who were invited."),
        click.option("--absent", metavar="A,B", help="Who did not.", shell_complete=complete("people")),
        click.option("--deputy", metavar="X:Y", multiple=True, help="X came for Y.",
                     shell_complete=complete("people")),
        click.option("--guest", metavar="A,B", multiple=True, help="Guests.",
                     shell_complete=complete("people")),
        click.option("--accepted", metavar="A,B", help="Who has said yes.",
                     shell_complete=complete("people")),
        click.option("--declined", metavar="A,B", help="Who has said no.",
                     shell_complete=complete("people")),
        click.option("--status", metavar="WORD", help="Otherwise told by the time: planned, held, cancelled.",
                     shell_complete=complete("interaction_status")),
        click.option("--new", is_flag=True, help="Another meeting, though there is one of that day."),
    )):  # fmt: skip
        command = option(command)
    return command


def meet(
    app: App, kind: str, when: Moment, lists: Mapping[str, Any], *, status: str, new: bool,
    fields: Mapping[str, Any], dry_run: bool,
) -> tuple[Interaction, Callable[[], None]]:  # fmt: skip
    """Plan a network's meeting or tell of it; and what says so once it is saved."""
    book = app.book()
    host = app.pick(book, lists["network"], ("network",))
    assert isinstance(host, Network)
    people = _People(app, host, when)
    attended: Any = "all" if lists["attended_all"] else people.ids(lists["attended"], None)
    if lists["attended_all"] and lists["attended"]:
        raise Usage("--attended names who came, and --attended-all says that all did: give one of them")
    absent, guests = people.ids(lists["absent"]), people.ids(",".join(lists["guest"]))
    deputies = dict(people.pair(one) for one in lists["deputy"])
    answers = {name: people.ids(lists[name]) for name in ("accepted", "declined")}
    people.refuse_unknown()
    done = book.meet(host, kind=kind, when=when, attended=attended, absent=absent or (), guests=guests or (),
                     deputies=deputies, status=status, new=new, **answers, **fields)  # fmt: skip
    return done.interaction, lambda: _tell(app, host, done, guests, dry_run=dry_run)


class _People:
    """Names as typed → ids; all that nobody bears are told at once."""

    def __init__(self, app: App, network: Network, when: Moment) -> None:
        self.app = app
        self.on = day_of(when)
        self.network = network
        self.unknown: list[str] = []

    @cached_property
    def _fitting(self) -> list[Role]:
        """The hats with which one represents a member that day: asked for once, names are many."""
        from kontaktnat.views.members import representatives

        of = representatives(self.app.book(), self.network, self.on)
        return [one for roles in of.values() for one in roles]

    def ids(self, names: str | None, otherwise: Any = ()) -> Any:
        """Ids of those named, apart by commas."""
        if names is None:
            return otherwise
        return [id for name in names.split(",") if name.strip() for id in self._one(name.strip())]

    def pair(self, text: str) -> tuple[str, str]:
        """`X:Y`, a deputy and for whom."""
        deputy, colon, of = text.partition(":")
        if not colon or not deputy.strip() or not of.strip():
            raise Usage("--deputy {text}: write WHO:FOR, as in bo:eva", text=text)
        first, second = ([*self._one(name.strip())] or [""] for name in (deputy, of))
        return first[0], second[0]

    def refuse_unknown(self) -> None:
        """Raise NotFound naming all whom nobody bears; nothing is saved, and nobody is left out."""
        if self.unknown:
            raise NotFound(
                "nobody is called {names}; correct it, or first: kontaktnat add contact NAME",
                names=joined("; ", self.unknown),
                nearest=(),
            )

    def _one(self, name: str) -> Iterator[str]:
        from kontaktnat.refs import hat, resolve

        book = self.app.book()
        try:
            found = resolve(book, name, PEOPLE, on=self.on)
            if found.type == "contact":
                found = hat(book, found, self.on, among=self._fitting) or found  # type: ignore[arg-type]
            yield found.id
        except Ambiguous as error:
            yield self.app.choose(error)
        except NotFound as error:
            near = ", ".join(error.fields["nearest"])
            self.unknown.append(
                Text("{name} (nearest: {nearest})", name=name, nearest=near) if near else name
            )


def headcounts(app: App, given: Sequence[str]) -> tuple[Headcount, ...]:
    """`nybro=12,kalmar=8`: how many of whose people took part."""
    found: list[Headcount] = []
    for pair in (one.strip() for text in given for one in text.split(",") if one.strip()):
        name, equals, count = pair.partition("=")
        if not equals or not count.strip().isdecimal() or not 0 < int(count) < 100_000:
            raise Invalid("--participants {pair}: write ACTOR=NUMBER, as in nybro=12", pair=pair,
                          path="headcounts")  # fmt: skip
        actor = app.pick(app.book(), name, ("actor",))
        if actor.id in {one.actor for one in found}:
            raise Invalid("--participants {pair}: {name} has a number already; write one for each",
                          pair=pair, name=name, path="headcounts")  # fmt: skip
        found.append(Headcount(actor=actor.id, count=int(count)))  # type: ignore[arg-type]
    return tuple(found)


def _tell(app: App, network: Network, done: Any, named: Sequence[str], *, dry_run: bool) -> None:
    from kontaktnat.refs import describe
    from kontaktnat.views.listing import clock

    book, meeting = app.book(), done.interaction

    counts = Counter(one.status for one in meeting.participants)
    order = [word for word in book.words.of("participation_status") if counts[word]]
    shown = [
        Text("{n} invited", "{n} invited", n=counts[word])  # Swedish has a plural of this one
        if word == "invited"
        else Text("{n} {status}", n=counts[word], status=book.words.name("participation_status", word))
        for word in order
    ]
    guests = sum(one.part == "guest" for one in meeting.participants)
    shown += [Text("{n} guest", "{n} guests", n=guests)] if guests else []
    fields = {
        "kind": book.words.name("interaction_kind", meeting.kind),
        "network": network.name,
        "when": clock(meeting.when),
        "who": joined(", ", shown) if shown else Text("nobody named"),
        "id": meeting.id,
    }
    if not done.changed:
        say(Text("{kind} of {network} {when} is in the book like that ({id}); nothing changed", **fields))
    elif dry_run:
        say(Text("would be in the book: {kind} of {network} {when}: {who} ({id})", **fields))
    elif meeting.status == "planned":
        say(Text("planned: {kind} of {network} {when}: {who} ({id})", **fields))
    elif meeting.status == "cancelled":
        say(Text("cancelled: {kind} of {network} {when} ({id})", **fields))
    else:
        say(Text("logged: {kind} of {network} {when}: {who} ({id})", **fields))
    if meeting.status == "held" and any(one.status == "invited" for one in meeting.participants):
        say(Text("  who came is not told yet: the same command with --attended-all or --attended A,B"))
    if done.hushed and done.new:
        say(Text("  which members nobody represents is not told: somebody protected may represent one"))
    if done.nobody and done.new:
        names = ", ".join(book.actors.get(id).name for id in done.nobody)
        say(Text("  nobody represents: {names}", names=names))
    if named:
        say(Text("  guests: {names}", names=joined(", ", (describe(book, book.get(id)) for id in named))))
