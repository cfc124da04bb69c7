"""`set WHO kind.field=VALUE`, `set WHO FACT=VALUE`: what is told of an actor's commitments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import attrs

from kontaktnat import ways
from kontaktnat.cli.adding import added_line
from kontaktnat.cli.app import App, say
from kontaktnat.cli.fields import Wish, changes, only_one
from kontaktnat.cli.told import say_changed
from kontaktnat.cli.values import no_such, plugin_fields, scalar
from kontaktnat.codec import checked
from kontaktnat.descriptors import Fact
from kontaktnat.errors import Conflict, Invalid, Usage
from kontaktnat.facts import fact_named, facts, is_named
from kontaktnat.i18n import Text, or_nearest
from kontaktnat.model import Actor, ActorId, Commitment, Record
from kontaktnat.model.base import BOOKKEEPING

_NOT_SET_SO = BOOKKEEPING | {"kind", "extra", "hidden", "unknown"}
_FIELDS = tuple(name for name in attrs.fields_dict(Commitment) if name not in _NOT_SET_SO)
_DONE_ON = ("decided_on", "updated_on", "followed_up_on")
Told = Mapping[str, Sequence[Wish]]
"""By kind of commitment what is to become of its fields."""


@attrs.frozen(repr=False)
class Bound:
    """What a commitment of an actor was, and what is to change in it."""

    before: Commitment
    """Without an id where there is none yet."""
    changes: Mapping[str, Any]
    idle: Sequence[Wish]
    """What would take away what is not there."""


def split(app: App, record: Record, given: Iterable[Wish]) -> tuple[list[Wish], Told]:
    """What is of the record itself, and what of its commitments; a field of its own wins.

    Raises Invalid naming the nearest for what is neither.
    """
    own: list[Wish] = []
    bound: dict[str, list[Wish]] = {}
    told_on: list[tuple[str, str]] = []
    for wish in given:
        if not isinstance(record, Actor) or _is_own(app, record, wish.name):
            own.append(wish)
        elif "." in wish.name and not is_named(app.book(), _spoken(wish.name)):
            kind, field = _placed(app, record, wish.name)
            bound.setdefault(kind, []).append(attrs.evolve(wish, name=field))
        elif is_named(app.book(), name := _spoken(wish.name)):
            fact = fact_named(app.book(), name)
            bound.setdefault(fact.kind, []).extend(_of_fact(app, fact, wish))
            if fact.told_on and wish.text:
                told_on.append((fact.kind, fact.told_on))
        else:
            names = (name for one in facts(app.book()) for name in (one.name, *one.synonyms))
            raise no_such(record.type, wish.name, [*_own(app, record), *names])
    for kind, field in told_on:  # the day on which it is told, unless another is given
        if field not in {wish.name for wish in bound[kind]}:
            bound[kind].append(Wish(field, "", app.book().today.isoformat()))
    return own, bound


def refuse_dated(on: str | None, bound: Told) -> None:
    """Raises Usage where a change of a commitment is to hold since a day."""
    if on and bound:
        kind, wishes = next(iter(bound.items()))
        raise Usage("--on: {path} is not dated so; a commitment has days of its own: {kind}.decided_on=DATE, "
                    "{kind}.updated_on=DATE, {kind}.valid_from=DATE",
                    path=f"{kind}.{wishes[0].name}", kind=kind)  # fmt: skip


def to_change(app: App, actor: Record, bound: Told) -> list[Bound]:
    """What is to change, kind by kind; raises Ambiguous where several commitments may be meant."""
    from kontaktnat.acts.commitments import commitment_of

    made = []
    for kind, wishes in bound.items():
        new = Commitment(kind=kind, actor=ActorId(actor.id))
        there = commitment_of(app.book(), actor.id, kind)
        wanted, idle = changes(app, there or new, wishes)
        before = there or commitment_of(app.book(), actor.id, kind, wanted) or new
        made.append(Bound(before, wanted, idle))
    return made


@contextmanager
def told_once(bound: Iterable[Bound]) -> Iterator[None]:
    """What a second terminal made in the meantime is not made twice, and whoever comes second is told so."""
    try:
        yield
    except Conflict:
        if all(one.before.id for one in bound):
            raise
        raise Conflict("somebody else told of the same at this moment; run the command again") from None


def save_bound(app: App, actor: Record, bound: Iterable[Bound]) -> list[Commitment | None]:
    """Save them; None for one that would come into being with nothing in it."""
    book = app.book()
    return [
        book.record_commitment(actor.id, one.before.kind, **one.changes)
        if one.before.id or checked(attrs.evolve(one.before, **one.changes)) != one.before
        else None
        for one in bound
    ]


def say_bound(app: App, bound: Iterable[Bound], saved: Iterable[Commitment | None], *, dry_run: bool) -> None:
    """Say of each commitment what has changed in it."""
    for one, after in zip(bound, saved, strict=True):
        for wish in one.idle:
            say(Text("{path}: {value} is not among them; nothing changed",
                     path=f"{one.before.kind}.{wish.name}", value=_in_words(app, wish)))  # fmt: skip
        if after is None:
            continue
        if not one.before.id:
            say(added_line(app, dry_run, after))
        if after != one.before or not one.idle:
            say_changed(app.book(), attrs.evolve(one.before, id=after.id), after, dry_run=dry_run)
        for name in _DONE_ON:
            day = getattr(after, name)
            if name in one.changes and day and day.first > app.book().today:
                say(Text("{path}: {day} is still to come; nothing counts as done before that day",
                         path=f"{after.kind}.{name}", day=day))  # fmt: skip


def _in_words(app: App, wish: Wish) -> str:
    """What is written, by its name where it is the id of a word: nobody typed `led_by_municipality`."""
    vocabulary = attrs.fields_dict(Commitment)[wish.name].metadata.get("word", "")
    words = app.book().words
    return words.name(vocabulary, wish.text) if vocabulary and words.has(vocabulary, wish.text) else wish.text


def _own(app: App, record: Record) -> list[str]:
    return [*attrs.fields_dict(type(record)), *ways.KINDS, *plugin_fields(app, record.type)]


def _is_own(app: App, record: Actor, name: str) -> bool:
    return name in _own(app, record) or name in record.extra


def _spoken(name: str) -> str:
    """As a list may call it, where there is no such field: `åtgärdsplan.beslutad` is åtgärdsplan beslutad."""
    return name if name.partition(".")[2] in _FIELDS else name.replace(".", " ")


def _placed(app: App, record: Actor, name: str) -> tuple[str, str]:
    """Kind and field of `kind.field`."""
    first, _, field = name.partition(".")
    words = app.book().words
    try:
        kind = words.lookup("commitment_kind", first)
    except Invalid:
        kinds = words.of("commitment_kind")
        near = [*plugin_fields(app, record.type), *(f"{one}.{it}" for one in kinds for it in _FIELDS)]
        raise no_such(record.type, name, near) from None
    if field not in _FIELDS and "." not in field:
        hint = or_nearest(f"{kind}.{field}", [f"{kind}.{one}" for one in _FIELDS])
        raise Invalid("{path}: a commitment has no such field{hint}", path=name, hint=hint)
    return kind, field


def _of_fact(app: App, fact: Fact, wish: Wish) -> Iterator[Wish]:
    """The same said of the commitment's field."""
    if fact.period:
        only_one(wish)
        first, slash, last = wish.text.partition("/")
        last = last if slash else first
        yield Wish("valid_from", "", first and app.day(first, past=None).first.isoformat())
        yield Wish(fact.path, "", last and app.day(last, past=None).last.isoformat())
    elif fact.value and fact.path == "status":
        only_one(wish)
        yield Wish(fact.path, "", _status(fact, wish.text))
    elif fact.value:
        only_one(wish)
        yes = bool(wish.text) and scalar(wish.name, bool, wish.text)
        yield Wish(fact.path, "+" if yes else "-", fact.value)
    else:
        yield attrs.evolve(wish, name=fact.path)


def _status(fact: Fact, text: str) -> str:
    try:
        return fact.value if scalar(fact.name, bool, text) else "none"
    except Invalid:
        return text  # a word, or nothing
