"""Which records a request for public records is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kontaktnat import model
from kontaktnat.codec import to_doc
from kontaktnat.errors import NotFound
from kontaktnat.mentions import Mentions, identity, normal
from kontaktnat.model.dates import day_of
from kontaktnat.outward import Outward
from kontaktnat.prose import texts
from kontaktnat.query import strings
from kontaktnat.refs import ambiguous, names_of
from kontaktnat.text import fold
from kontaktnat.views.listing import moment

_NAMED = ("actor", "contact", "network", "assignment", "topic")
_LINKED = ("interaction", "topic", "followup")
_DATES = {
    "interaction": ("when", "ends"), "followup": ("since", "due"), "topic": ("raised_on", "closed_on"),
    "role": ("since", "until"), "assignment": ("starts", "ends"), "commitment": ("valid_from", "valid_until"),
}  # fmt: skip


def named(out: Outward, query: str) -> str | None:
    """The id of the one record that is meant, by its id or exactly by its name; several raise Ambiguous."""
    try:
        if (found := out.get(query.lower())).type != "setting":
            return found.id
    except NotFound:
        pass
    wanted = normal(query).casefold()
    every = [one for type in _NAMED for one in out.collection_of(type).all()]
    for same in (lambda name: normal(name).casefold() == wanted, lambda name: fold(name) == wanted):
        fit: list[model.Record] = [one for one in every if any(map(same, names_of(one)))]
        if len(fit) > 1:
            raise ambiguous(out, query, fit)
        if fit:
            return fit[0].id
    return None


def about(out: Outward, meant: model.Record) -> Iterator[model.Record]:
    """A record, all that points at it or at its roles, what is to be done about that, and what names it."""
    hats = {one.id for one in out.roles.all() if meant.id in (one.contact, one.actor, *one.covers)}
    ids = {meant.id} | hats
    names = Mentions(
        {meant.id: identity({"name": name} for name in names_of(meant))} if meant.type in _NAMED else {}
    )
    own = {*strings(to_doc(meant))} if meant.type in _LINKED else set()
    yield meant
    told = {meant.id}
    later: list[model.Record] = []
    for cls in model.RECORDS.values():
        if cls.type == "setting":
            continue
        for one in out.collection_of(cls.type).all():
            doc = to_doc(one)
            if one.id in told:
                continue
            if (
                not ids.isdisjoint(strings(doc))
                or (one.id in own and one.type in _LINKED)
                or any(names.spot(text) for _, text in texts(one.type, doc))
            ):
                told.add(one.id)
                yield one
            elif isinstance(one, model.FollowUp):
                later.append(one)
    yield from (one for one in later if not told.isdisjoint(strings(to_doc(one))))


def within(record: model.Record, since: Any, until: Any) -> bool:
    if since is None and until is None:
        return True
    first, last = _span(record)
    return (since is None or last is None or last >= since.first) and (
        until is None or first is None or first <= until.last
    )


def _span(record: model.Record) -> tuple[date | None, date | None]:
    """The days that a record is about: its own dates, or when it was made."""
    names = _DATES.get(record.type, ())
    given = [getattr(record, name) for name in names]
    if not any(given):
        made = day_of(record.created) if record.created else None
        return made, made
    first, last = given
    start = first and day_of(first)
    if isinstance(record, model.Commitment) and record.renewal_years:  # goes on until notice is given
        last = None
    if record.type in ("role", "assignment", "commitment"):
        return start, last and getattr(last, "last", last)
    end = getattr(first, "last", None) or (first and day_of(first))
    return start, end or (last and getattr(last, "last", None))


def date_of(record: model.Record) -> str:
    names = _DATES.get(record.type, ())
    found = next((one for name in names[:1] if (one := getattr(record, name))), record.created)
    return moment(found) or ""
