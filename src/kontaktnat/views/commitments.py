"""What each municipality has committed itself to, and what the law asks of it: how it stands, when due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from kontaktnat import model
from kontaktnat.descriptors import Column, Fact, Table
from kontaktnat.facts import facts, intervals, is_part, label
from kontaktnat.i18n import Label, Text
from kontaktnat.model.asof import name_on
from kontaktnat.outward import Outward
from kontaktnat.plain import Plain
from kontaktnat.refs import resolve
from kontaktnat.views.askers import names
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.due import Standing, standing
from kontaktnat.views.in_counties import in_counties
from kontaktnat.views.kept import Kept
from kontaktnat.views.offices import COORDINATION, offices
from kontaktnat.views.said.commitments import DEFINITION, TITLE
from kontaktnat.views.standing import MUNICIPALITY, actors

COLUMNS = (
    Column(key="municipality", title="Municipality"),
    Column(key="kind", title="Kind", type="word", vocabulary="commitment_kind"),
    Column(key="what", title="What"),
    Column(key="with", title="With"),
    Column(key="last", title="Last date", type="date"),
    Column(key="due", title="Due", type="date"),
    Column(key="state", title="State", type="word", vocabulary="commitment_state"),
    Column(key="basis", title="Basis", type="word", vocabulary="basis"),
    Column(key="source", title="Source"),
    Column(key="id", title="Id", type="id"),
)
_EXPECTED = ("law", "work_for")
_IN_TIME = ("current", "soon")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Followed(Plain):
    """A fact of an actor, and how it stands."""

    _shown = ("name", "id")

    place: model.Actor
    kind: str
    name: str = ""
    """Of the fact; "" for what the roles tell."""
    what: Label
    standing: Standing
    basis: str
    source: str
    id: str | None = None
    """Of the commitment that tells of it."""


def commitments(
    book: Outward, /, *, actor: str = "", basis: str = "", state: str = "", kind: str = ""
) -> Table:
    """`actor`: a name as one types it, "" for all; the others: words of their vocabularies, "" for all.

    Raises NotFound or Ambiguous for the actor, Invalid for a setting of practice that is wrong.
    """
    places = chosen(book, actor)
    known = facts(book)
    order = list(dict.fromkeys([*(fact.kind for fact in known), "leadership", COORDINATION]))
    found = [*followed(book, places), *by_roles(book, places)]
    at = {place.id: n for n, place in enumerate(places)}
    found.sort(key=lambda one: (at[one.place.id], order.index(one.kind)))
    after = successors(book)
    rows = tuple(
        row(book, one, after)
        for one in found
        if (basis in ("", one.basis) and state in ("", one.standing.state) and kind in ("", one.kind))
    )
    notes = _notes(found, [fact for fact in known if kind in ("", fact.kind)], places)
    table = Table(name="commitments", title=TITLE, columns=COLUMNS, rows=rows, notes=tuple(notes),
                 definition=DEFINITION)  # fmt: skip
    return in_counties(book, table)


def chosen(book: Outward, actor: str = "") -> list[model.Actor]:
    """Those of whom anything is expected, municipalities among them, in Swedish order; or the one named."""
    kinds = {MUNICIPALITY, *(fact.actor_kind for fact in facts(book))}
    places = [one for one in actors(book) if one.kind in kinds]
    if not actor.strip():
        return places
    wanted = final(successors(book), resolve(book.as_of(None), actor, ("actor",)).id)
    return [one for one in places if one.id == wanted]


def followed(book: Outward, places: Sequence[model.Actor]) -> Iterator[Followed]:
    """What the book's commitments tell of these actors, and what is expected of them and not in the book."""
    kept = Kept(book)
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts(book):
        if fact.basis:
            by_kind[fact.kind].append(fact)
    months = intervals(book)
    for place in places:
        for kind, own in by_kind.items():
            for fact, one, how in _of(kept, place, kind, own, months):
                yield Followed(place=place, kind=kind, name=fact.name, what=label(fact), standing=how,
                               basis=fact.basis, source=fact.source, id=one.id if one else None)  # fmt: skip


def _others(book: Outward, one: Followed, after: Mapping[str, str]) -> str:
    """Names of the others whom the commitment binds too: so two agreements of one place are told apart."""
    bound = book.peek(model.Commitment, one.id or "")
    ids = {final(after, id) for id in (bound.actor, *bound.parties) if id} if bound else set()
    return names(book, ids - {one.place.id})


def due_text(book: Outward, one: Followed) -> Text:
    """What is to be done, and whose rule it is: "action plan followed up (our reading of the law)"."""
    return Text("{what} ({basis})", what=one.what, basis=book.words.name("basis", one.basis))


def by_roles(book: Outward, places: Sequence[model.Actor]) -> Iterator[Followed]:
    """Terms of office and the coordination function."""
    own = [one for one in places if one.kind == MUNICIPALITY]
    for place, kind, what, source, how in offices(book, own):
        yield Followed(place=place, kind=kind, what=what, standing=how, basis="law", source=source)


def _of(
    kept: Kept, place: model.Actor, kind: str, own: Iterable[Fact], months: Mapping[str, int]
) -> Iterator[tuple[Fact, model.Commitment | None, Standing]]:
    today = kept.today
    asked = [fact for fact in own if fact.actor_kind == place.kind]
    there = kept.there(place, kind)
    for one in there:
        for fact in asked:
            how = standing(fact, one, today, months.get(fact.name))
            if how and (how.state != "missing" or _is_asked(fact, today)):
                yield fact, one, how
    if not there:
        for fact in asked:
            if fact.basis in _EXPECTED and not is_part(fact) and _is_asked(fact, today):
                yield fact, None, Standing(state="missing")
        for one in kept.ended(place, kind):
            for fact in asked:
                if fact.path == "valid_until" and (how := standing(fact, one, today, None)):
                    yield fact, one, how


def _is_asked(fact: Fact, today: date) -> bool:
    """Whether the statute asked for it by then."""
    return today.isoformat() >= fact.since


def row(book: Outward, one: Followed, after: Mapping[str, str]) -> dict[str, Any]:
    """A row of the view; `after`: successors."""
    how = one.standing
    return {
        "municipality": name_on(one.place, book.today),
        "kind": one.kind,
        "what": one.what,
        "with": _others(book, one, after) or None,
        "last": str(how.last) if how.last else None,
        "due": how.due.isoformat() if how.due else None,
        "state": how.state,
        "basis": one.basis,
        "source": one.source,
        "id": one.id,
    }


def _notes(found: Sequence[Followed], known: Iterable[Fact], places: Sequence[model.Actor]) -> Iterator[Text]:
    """In how many municipalities what the law wants repeated has been, in time as we read it.

    Those of which nothing is known are counted by themselves, for they are not late.
    """
    done: dict[str, set[str]] = defaultdict(set)
    told: dict[str, set[str]] = defaultdict(set)
    for one in found:
        if one.standing.state in _IN_TIME:
            done[one.name].add(one.place.id)
        if one.standing.state != "missing":
            told[one.name].add(one.place.id)
    for fact in known:
        if fact.basis == "reading" and fact.actor_kind == MUNICIPALITY:
            asked = sum(place.kind == MUNICIPALITY for place in places)
            unknown = asked - len(told[fact.name])
            besides = Text("; of {n} it is not in the book", n=unknown) if unknown else ""
            yield Text("{what} in time: {n} of {all} municipalities{unknown}", what=label(fact),
                       n=len(done[fact.name]), all=asked, unknown=besides)  # fmt: skip
    if any(one.kind == COORDINATION and one.standing.state == "unclear" for one in found):
        yield Text("where a coordinator who is protected works is not told: unclear may be held or vacant")
