"""Municipality × function: who holds which post, which are vacant, stale, or to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from kontaktnat import model
from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.model.asof import name_on
from kontaktnat.model.dates import day_of, holds
from kontaktnat.model.terms import term_on
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import PRESENT, held, successors
from kontaktnat.views.in_counties import in_counties
from kontaktnat.views.said.vacancies import DEFINITION, TITLE
from kontaktnat.views.standing import is_covered, municipalities, served

_COLUMNS = (
    Column(key="municipality", title="Municipality"),
    Column(key="function", title="Function", type="word", vocabulary="function"),
    Column(key="state", title="State", type="word", vocabulary="post_state"),
    Column(key="person", title="Person"),
    Column(key="since", title="Since", type="date"),
    Column(key="last_contact", title="Last contact", type="date"),
    Column(key="days", title="Days", type="number"),
    Column(key="id", title="Id", type="id"),
)
Row = dict[str, Any]


def vacancies(book: Outward, /, *, functions: Sequence[str] = (), stale_days: int | None = None) -> Table:
    """`functions`: words of `function` (default: those of practice); `stale_days`: practice's, if None."""
    practice = book.practice
    wanted = tuple(functions) or practice.functions
    posts = Posts(book, wanted, practice.stale_days if stale_days is None else stale_days)
    places = municipalities(book)
    filled = {function: sum(bool(posts.holders(one, function)) for one in places) for function in wanted}
    rows = tuple(row for one in places for function in wanted for row in posts.rows(one, function))
    notes = tuple(
        _note(book.words.name("function", function), filled[function], len(places), posts.covered[function])
        for function in wanted
    )
    table = Table(name="vacancies", title=TITLE, columns=_COLUMNS, rows=rows, notes=notes,
                 definition=DEFINITION)  # fmt: skip
    return in_counties(book, table)


def _note(function: str, n: int, of: int, covered: int) -> Text:
    if covered:
        return Text("{function}: {n} of {all} filled, {covered} covered", function=function, n=n, all=of,
                    covered=covered)  # fmt: skip
    return Text("{function}: {n} of {all} filled", function=function, n=n, all=of)


class Posts:
    """The roles of some functions by municipality, and when there was contact with each post."""

    def __init__(self, book: Outward, functions: Sequence[str], stale_days: int) -> None:
        self.book, self.today, self.stale_days = book, book.today, stale_days
        self.whole = book.as_of(None)  # who held a post before tells since when it is vacant
        self.covered = dict.fromkeys(functions, 0)
        self.roles: dict[tuple[str, str], list[model.Role]] = defaultdict(list)
        self.after = successors(book)
        self.wanted: Mapping[str, model.Role] = {
            role.id: role for role in self.whole.roles.all() if role.function in self.covered
        }
        for role in self.wanted.values():
            if is_covered(role):
                self.covered[role.function] += holds(role.since, role.until, self.today)
            for actor in served(role, self.after):
                self.roles[actor, role.function].append(role)

    @cached_property
    def last(self) -> Mapping[tuple[str, str], date]:
        """By municipality and function, the day of the last contact."""
        last = {}
        for interaction in held(self.book):
            for one in interaction.participants:
                if interaction.when and one.status in PRESENT and (role := self.wanted.get(one.role or "")):
                    for actor in served(role, self.after):
                        last[actor, role.function] = day_of(interaction.when)
        return last

    def holders(self, municipality: model.Actor, function: str) -> list[model.Role]:
        """The roles of those who hold a post today, as far as they may be seen."""
        return [role for role in self._here((municipality.id, function)) if role.contact]

    def to_confirm(self, municipality: model.Actor, function: str) -> bool:
        """Whether an elected post has a holder of an earlier term, or had one to its end and none since."""
        if holders := self.holders(municipality, function):
            return any(self._of_an_earlier_term(role) for role in holders)
        return self._unfollowed((municipality.id, function)) is not None

    def _here(self, post: tuple[str, str]) -> list[model.Role]:
        return [role for role in self.roles[post] if holds(role.since, role.until, self.today)]

    def rows(self, municipality: model.Actor, function: str) -> list[Row]:
        """A row for each holder by name, or one for a post that nobody holds."""
        post = municipality.id, function
        met = self.last.get(post)
        common = {
            "municipality": name_on(municipality, self.today),
            "function": function,
            "last_contact": met.isoformat() if met else None,
            "days": (self.today - met).days if met else None,
        }
        holders = self.holders(municipality, function)
        found = [self._filled(role, met) for role in holders] or [self._empty(post)]
        rows = [{one.key: (common | row)[one.key] for one in _COLUMNS} for row in found]
        return sorted(rows, key=lambda row: (collation_key(row["person"] or ""), row["id"] or ""))

    def _filled(self, role: model.Role, met: date | None) -> Row:
        person = self.whole.peek(model.Contact, role.contact or "")
        began = self._began(role)
        verified = day_of(person.verified_at) if person and person.verified_at else None
        if verified and verified > self.today:  # as of a day, it had not been
            verified = None
        if self._of_an_earlier_term(role):
            state = "to_confirm"
        elif self._old(began) and self._old(met) and self._old(verified):
            state = "stale"
        else:
            state = "filled"
        return self._row(state, role, role.since)

    def _empty(self, post: tuple[str, str]) -> Row:
        if old := self._unfollowed(post):
            return self._row("to_confirm", old, old.since)
        last = max(self._ended(post), default=(None, None), key=_by_day)[1]
        vacant = min(self._here(post), key=lambda role: role.id, default=None)
        since = last.until if last else vacant.since if vacant else None
        # Where somebody covered holds such a post somewhere, nobody may read here that it is not this one.
        return self._row(None if self.covered[post[1]] else "vacant", vacant, since)

    def _of_an_earlier_term(self, role: model.Role) -> bool:
        first = self._term(role.function)
        return first is not None and self._began(role) < first

    def _unfollowed(self, post: tuple[str, str]) -> model.Role | None:
        """The last role of an elected post, where it ended with the term before."""
        end, last = max(self._ended(post), default=(None, None), key=_by_day)
        first = self._term(post[1])
        return last if end and last and first and self._began(last) < first <= end else None

    def _ended(self, post: tuple[str, str]) -> Iterator[tuple[date, model.Role]]:
        for role in self.roles[post]:
            if role.contact and role.until and role.until.last <= self.today:
                yield role.until.last, role

    def _old(self, day: date | None) -> bool:
        return day is None or (self.today - day).days > self.stale_days

    def _began(self, role: model.Role) -> date:
        """The latest day on which it may have begun; where that is unknown, when it was recorded."""
        if role.since:
            return role.since.last
        return day_of(role.created) if role.created else date.min

    def _term(self, function: str) -> date | None:
        """The first day of the running term of office, for an elected function."""
        word = self.book.words.of("function").get(function)
        return term_on(word.elected, self.today)[0] if word and word.elected else None

    def _row(self, state: str | None, role: model.Role | None, since: model.PartialDate | None) -> Row:
        person = self.whole.peek(model.Contact, role.contact) if role and role.contact else None
        return {
            "state": state,
            "person": person.name if person else None,
            "since": str(since) if since else None,
            "id": role.id if role else None,
        }


def _by_day(ended: tuple[date, model.Role]) -> tuple[date, str]:
    return ended[0], ended[1].id
