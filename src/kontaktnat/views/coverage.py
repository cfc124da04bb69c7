"""Municipality × assignment: who holds it there, how often they were called, when we last met about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import attrs

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.plain import Plain
from kontaktnat.practice import invitations
from kontaktnat.query import F
from kontaktnat.text import collation_key
from kontaktnat.views.assigned import (
    a_year_back,
    active,
    addressed,
    asking,
    called,
    chosen,
    holding,
    serving,
    unseen_holders,
    unseen_notes,
)
from kontaktnat.views.contacted import represented
from kontaktnat.views.in_counties import in_counties
from kontaktnat.views.places import Places
from kontaktnat.views.said.coverage import DEFINITION, TITLE
from kontaktnat.views.standing import has_unseen, is_covered, left_out

_COLUMNS = (
    Column(key="municipality", title="Municipality"),
    Column(key="assignment", title="Assignment"),
    Column(key="holders", title="Holders"),
    Column(key="invited", title="Invitations", type="number"),
    Column(key="last_contact", title="Last contact", type="date"),
    Column(key="days", title="Days", type="number"),
    Column(key="state", title="State", type="word", vocabulary="coverage_state"),
    Column(key="id", title="Id", type="id"),
)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Covering(Plain):
    """How one assignment reaches one municipality."""

    _shown = ()

    municipality: str
    """Its id."""
    assignment: model.Assignment
    holders: tuple[model.Contact, ...]
    """In Swedish order."""
    invited: int
    """How many times somebody there was called to a meeting that serves it, in the last 12 months."""
    last: model.Interaction | None
    """The latest interaction held that serves it and at which somebody from there was."""
    state: str | None
    """A word of `coverage_state`; None where somebody protected may be what is missing."""

    @property
    def last_contact(self) -> date | None:
        """The day of the latest."""
        return day_of(self.last.when) if self.last and self.last.when else None


def coverage(book: Outward, /, *, assignment: str = "", municipality: str = "") -> Table:
    """`assignment`, `municipality`: names as one types them, "" for all.

    Rows: by municipality, then by assignment, in Swedish order; `id` is the assignment's. Raises NotFound,
    Ambiguous or Invalid for a name, Invalid too for an assignment that does not run.
    """
    book = book.remembering()
    places = Places(book)
    where = places.chosen(book, municipality)
    wanted = chosen(book, assignment, active(book))
    seen = _Seen(book, places, where[0].id if municipality.strip() else "")
    found = [one for place in where for one in seen.of(place.id) if wanted in ("", one.assignment.id)]
    rows = tuple(
        {
            "municipality": places.names[one.municipality],
            "assignment": one.assignment.name,
            "holders": ", ".join(person.name for person in one.holders) or None,
            "invited": one.invited,
            "last_contact": one.last_contact.isoformat() if one.last_contact else None,
            "days": (book.today - one.last_contact).days if one.last_contact else None,
            "state": one.state,
            "id": one.assignment.id,
        }
        for one in found
    )
    notes = (*(() if municipality.strip() else _notes(found)), *seen.notes())
    table = Table(name="coverage", title=TITLE, columns=_COLUMNS, rows=rows, notes=notes,
                 definition=DEFINITION)  # fmt: skip
    return in_counties(book, table)


def covering(book: Outward, municipality: str) -> list[Covering]:
    """How each active assignment reaches one municipality (by id), in Swedish order of the assignments.

    Only what has to do with it is read: for the page of a municipality.
    """
    book = book.remembering()
    return _Seen(book, Places(book), municipality).of(municipality)


def _notes(found: Iterable[Covering]) -> Iterator[Text]:
    """In how many of the municipalities asked for each assignment has a holder."""
    of: dict[str, list[Covering]] = defaultdict(list)
    for one in found:
        of[one.assignment.id].append(one)
    for ones in sorted(of.values(), key=lambda ones: collation_key(ones[0].assignment.name)):
        yield Text("{assignment}: {n} of {all} municipalities have a holder",
                   assignment=ones[0].assignment.name, n=sum(bool(one.holders) for one in ones),
                   all=len(ones))  # fmt: skip


class _Seen:
    """Who holds what where, and what was met about; of one municipality where `only` is its id."""

    def __init__(self, book: Outward, places: Places, only: str) -> None:
        self.book, self.places = book, places
        self.active = active(book)
        self.held = holding(book, places)
        self.asking = asking(addressed(book, places), self.held)
        self.covered = unseen_holders(book)
        self.since, self.kinds = a_year_back(book), frozenset(invitations(book))
        self.invited: Counter[tuple[str, str]] = Counter()
        self.last: dict[tuple[str, str], tuple[date, model.Interaction]] = {}
        self.unseen: set[str] = set()
        """Ids of assignments met about within 12 months where somebody was there whose place is covered."""
        self.counted: list[model.Interaction] = []
        self.telling = {one.id for one in book.as_of(None).networks.all() if one.assignments}
        serves = serving(book)
        for one in self._near(only) if only else book.interactions.all():
            if one.when and day_of(one.when) <= book.today:
                self._see(one, day_of(one.when), serves(one))

    def _near(self, only: str) -> Iterable[model.Interaction]:
        """The interactions in which anybody has a part who is of that municipality, or is protected.

        And those with a deputy, for whom is covered where it was somebody protected.
        """
        whole = self.book.as_of(None)
        roles = [
            role.id
            for role in whole.roles.all()
            if is_covered(role) or only in self.places.of_role(role)
        ]  # fmt: skip
        actors = [one.id for one in whole.actors.all() if only in self.places.of((one.id,))]
        return self.book.interactions.where(
            F("participants.role").in_(roles)
            | F("participants.deputy_for").in_(roles)
            | F("participants.actor").in_(actors)
            | F("headcounts.actor").in_(actors)
            | F("participants.status").in_(("deputy",) if self.book.protected() else ())
        )

    def _see(self, one: model.Interaction, day: date, assignments: frozenset[str]) -> None:
        lately = day >= self.since
        if lately and one.kind in self.kinds and one.status != "cancelled":
            for where in called(self.book, one, self.places).values():
                self.invited.update((id, place) for id in assignments for place in where)
        if one.status != "held":
            return
        if has_unseen(self.book, one):
            told = one.assignments or one.network in self.telling  # else a covered hat may tell of any
            serves = assignments if told else {it.id for it in self.active}
            self.unseen |= serves if lately else set()
            self.counted += [one] if serves else []
        there = [id for part in one.participants for id in represented(self.book, part)]
        for place in self.places.of((*there, *(count.actor for count in one.headcounts))):
            for id in assignments:
                before = self.last.get((id, place))
                if before is None or (before[0], before[1].id) < (day, one.id):
                    self.last[id, place] = day, one

    def of(self, place: str) -> list[Covering]:
        """A municipality's, by its id: of each assignment that addresses it or is held there."""
        asked = self.asking.get(place, frozenset())
        return [self._of(place, one) for one in self.active if one.id in asked]

    def _of(self, place: str, assignment: model.Assignment) -> Covering:
        key = assignment.id, place
        day, last = self.last.get(key, (None, None))
        holders = _people(self.book, self.held.get(key, ()))
        return Covering(
            municipality=place,
            assignment=assignment,
            holders=holders,
            invited=self.invited[key],
            last=last,
            state=self._state(assignment.id, bool(holders), day is not None and day >= self.since),
        )

    def _state(self, assignment: str, holder: bool, contact: bool) -> str | None:
        # Where somebody covered may be, nobody may read here that they are not.
        if (not holder and self.covered) or (not contact and assignment in self.unseen):
            return None
        return {(1, 1): "covered", (1, 0): "holder_only", (0, 1): "contact_only"}.get(
            (holder, contact), "none"
        )

    def notes(self) -> Iterator[Text]:
        """What was left out."""
        yield from unseen_notes(holders=self.covered)
        yield from left_out(self.book, self.counted)


def _people(book: Outward, roles: Sequence[model.Role]) -> tuple[model.Contact, ...]:
    """Each once, in Swedish order."""
    found: Mapping[str, model.Contact] = {
        person.id: person for role in roles if (person := book.peek(model.Contact, role.contact or ""))
    }
    return tuple(sorted(found.values(), key=lambda one: (collation_key(one.name), one.id)))
