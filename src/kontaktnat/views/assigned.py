"""How assignments reach people: whom they address, who holds them, what is met about, who is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from kontaktnat import model
from kontaktnat.errors import Invalid, KontaktnatError
from kontaktnat.i18n import Text
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.spans import later
from kontaktnat.outward import Outward, title_of
from kontaktnat.practice import invitations
from kontaktnat.query import F
from kontaktnat.refs import resolve
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import PRESENT, day, in_any_hat
from kontaktnat.views.places import Places
from kontaktnat.views.standing import MUNICIPALITY, boards, is_covered, is_unseen

YEAR = "P12M"
DAYS = 14
"""Two meetings of one person or municipality are close where so many days or fewer lie between them."""
_DEPUTY = "deputy"
"""Of a participation: they came for somebody who had been called."""


def active(book: Outward) -> list[model.Assignment]:
    """The assignments that run today (or on the as-of day), in Swedish order."""
    found = [one for one in book.assignments.all() if holds(one.starts, one.ends, book.today)]
    return sorted(found, key=lambda one: (collation_key(one.name), one.id))


def chosen(book: Outward, text: str, running: Iterable[model.Assignment]) -> str:
    """The id of the assignment that `text` names, "" of a blank one.

    Raises NotFound or Ambiguous for a name, Invalid for one that is not among the `running`.
    """
    if not text.strip():
        return ""
    found = resolve(book.as_of(None), text, ("assignment",))
    if found.id not in {one.id for one in running}:
        raise Invalid("{path}: {name} does not run on {day}; --as-of DATE is for another day",
                      path="assignment", name=title_of(found), day=book.today)  # fmt: skip
    return found.id


def a_year_back(book: Outward) -> date:
    """The first day of the last twelve months; the last is today."""
    return later(book.today, YEAR, -1)


def serving(book: Outward) -> Callable[[model.Interaction], frozenset[str]]:
    """Tells the ids of the assignments that an interaction serves: its own, otherwise its network's,
    otherwise those of the hats that were worn there."""
    networks = {one.id: frozenset(one.assignments) for one in book.as_of(None).networks.all()}

    def of(one: model.Interaction) -> frozenset[str]:
        told = frozenset(one.assignments) or networks.get(one.network or model.NetworkId(""))
        return told or frozenset(_worn(book, one))

    return of


def _worn(book: Outward, one: model.Interaction) -> Iterator[str]:
    for part in one.participants:
        role = book.peek(model.Role, part.role or "")
        if role and role.assignment and part.status in PRESENT:
            yield role.assignment


def addressed(book: Outward, places: Places) -> Mapping[str, frozenset[str] | None]:
    """By id of an active assignment, ids of the municipalities that its `addressee` names.

    It is a kind of actor, in whatever words, or names of actors with commas between. None where it is
    blank, or names anything that is not known.
    """
    known: dict[str, frozenset[str] | None] = {}

    def named(part: str) -> frozenset[str] | None:
        if part not in known:
            known[part] = _named(book, places, part)
        return known[part]

    found: dict[str, frozenset[str] | None] = {}
    for one in active(book):
        parts = [named(part) for part in map(str.strip, one.addressee.split(",")) if part]
        sure = [ids for ids in parts if ids is not None]
        found[one.id] = frozenset[str]().union(*sure) if parts and len(sure) == len(parts) else None
    return found


def _named(book: Outward, places: Places, part: str) -> frozenset[str] | None:
    try:
        kind = book.words.lookup("actor_kind", part)
    except KontaktnatError:  # then it is somebody's name
        try:
            return places.named(book, part)
        except KontaktnatError:
            return None
    return frozenset(places.names) if kind == MUNICIPALITY else frozenset()


def holding(book: Outward, places: Places) -> Mapping[tuple[str, str], list[model.Role]]:
    """By (assignment, municipality) the roles held today that hold it there: at it, at a part of it, or
    covering it. Vacant ones, those of protected people and of county boards, who ask, are left out."""
    found: dict[tuple[str, str], list[model.Role]] = defaultdict(list)
    asking = boards(book)
    for role in book.roles.all():
        there = role.contact and role.actor not in asking and holds(role.since, role.until, book.today)
        if role.assignment and there:
            for id in places.of_role(role):
                found[role.assignment, id].append(role)
    return found


def unseen_holders(book: Outward) -> int:
    """How many protected people hold an assignment today: which and where, must not be told."""
    return len(
        {
            role.contact
            for role in book.roles.all()
            if is_covered(role) and "assignment" in role.hidden and holds(role.since, role.until, book.today)
        }
    )


def asking(
    addressees: Mapping[str, frozenset[str] | None], held: Iterable[tuple[str, str]]
) -> Mapping[str, frozenset[str]]:
    """By id of a municipality, ids of the active assignments that address it, or are held there."""
    found: dict[str, set[str]] = defaultdict(set)
    for assignment, ids in addressees.items():
        for id in ids or ():
            found[id].add(assignment)
    for assignment, id in held:
        if assignment in addressees:
            found[id].add(assignment)
    return {id: frozenset(ones) for id, ones in found.items()}


def meetings(book: Outward, since: date, until: date) -> Iterator[tuple[date, model.Interaction]]:
    """Those to which people are called (practice's `invitations`), from `since` to `until`, in no order.

    A cancelled one took nobody's time; of a date without a day its first counts.
    """
    # Texts of days, months and years compare as they lie; local days are made out below.
    about = F("when").ge(f"{since - timedelta(days=1):%Y-%m}") & F("when").le(str(until + timedelta(days=2)))
    for one in book.interactions.where(F("kind").in_(invitations(book)), about):
        if one.status != "cancelled" and one.when and since <= day_of(one.when) <= until:
            yield day_of(one.when), one


def called(book: Outward, meeting: model.Interaction, places: Places) -> Mapping[str, frozenset[str]]:
    """By id of a contact who was called, whatever became of it, the municipalities for which.

    A deputy was not called: who sent them was. Hosts were not, and hats of protected people are left out.
    """
    found: dict[str, frozenset[str]] = {}
    on = day(book, meeting)
    for one in meeting.participants:
        if one.part == "host":
            continue
        deputy = one.status == _DEPUTY
        role = book.peek(model.Role, (one.deputy_for if deputy else one.role) or "")
        who = role.contact if role else None if deputy else one.contact
        if who and not (is_covered(role) if role else is_unseen(book, one, on)):
            where = places.of_role(role) if role else places.of(in_any_hat(book, who, on))
            found[who] = found.get(who, frozenset()) | where
    return found


def calls_anybody(meeting: model.Interaction) -> bool:
    """Whether anybody is written down as called, by name or as an actor."""
    return any(one.part != "host" for one in meeting.participants)


def unseen_calls(book: Outward, meeting: model.Interaction) -> int:
    """How many of those called are protected, or were called by a hat that must not be told."""
    hushed = "participants" in meeting.hidden
    on = day(book, meeting)
    return sum(
        one.part != "host" and (is_unseen(book, one, on) or (hushed and one.status == _DEPUTY))
        for one in meeting.participants
    )


def unseen_notes(*, holders: int = 0, invitations: int = 0) -> Iterator[Text]:
    """What is said of the protected who were left out."""
    if n := holders:
        yield Text("{n} protected person holds an assignment: holders may be more",
                   "{n} protected people hold an assignment: holders may be more", n=n)  # fmt: skip
    if n := invitations:
        yield Text("{n} invitation of somebody protected is not counted",
                   "{n} invitations of protected people are not counted", n=n)  # fmt: skip
