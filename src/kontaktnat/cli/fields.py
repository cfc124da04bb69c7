"""`FIELD=VALUE`, `FIELD+=VALUE`, `FIELD-=VALUE` → the changes of a record that they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_origin, get_type_hints

import attrs

from kontaktnat import ways
from kontaktnat.cli.app import App
from kontaktnat.cli.values import field_value, no_such, plugin_fields, plugin_type, scalar
from kontaktnat.descriptors import CLEAR
from kontaktnat.errors import Invalid, Refused, Usage
from kontaktnat.i18n import Text
from kontaktnat.model import (
    Actor,
    Contact,
    Interaction,
    Member,
    PartialDate,
    Participation,
    Reach,
    Record,
    Role,
    RoleId,
    Value,
    day_of,
)
from kontaktnat.model.people import names_kept
from kontaktnat.outward import Outward

_COMMAS = {"web": r",(?=\s|$)"}


@attrs.frozen(repr=False)
class Wish:
    """What is to become of a field; `sign` is "", "+" or "-"."""

    name: str
    sign: str
    text: str


def wishes(words: Iterable[str]) -> list[Wish]:
    """`FIELD=VALUE` words, read; raises Usage for what has another form."""
    return [_wish(word) for word in words]


def _wish(word: str) -> Wish:
    name, equals, text = word.partition("=")
    sign = name[-1:] if name[-1:] in ("+", "-") else ""
    name = name.removesuffix(sign).strip()
    if not equals or not name:
        raise Usage(
            '{given}: write FIELD=VALUE; a value of several words stands in quotes, as in note="…"',
            given=word,
        )
    text = text.strip()
    return Wish(name, sign, "" if text == CLEAR else text)


def changes(
    app: App, record: Record, wanted: Sequence[Wish], *, on: PartialDate | None = None
) -> tuple[dict[str, Any], list[Wish]]:
    """What `Book.update` is to change so that the record is as wished, one wish after the other.

    And the wishes that would take away what is not there. `on`: since when, for what can be dated; raises
    Usage where nothing can.
    """
    found: dict[str, Any] = {}
    idle: list[Wish] = []
    seen: set[str] = set()
    for wish in wanted:
        field = _field(app, record, wish.name)
        if field in record.hidden:
            raise Refused("{path} is covered; with --reveal REASON it is shown and can be changed",
                          path=wish.name)  # fmt: skip
        target = ways.KINDS[wish.name] if field == "ways" else wish.name
        if target in seen and not wish.sign:
            raise Usage("{path}: this is given twice", path=wish.name)
        seen.add(target)
        old = found.get(field, getattr(record, field))
        if field == "ways":
            found[field] = _ways(old, wish)
        elif field == "extra":
            found[field] = _extra(app, record, old, wish)
        elif wish.text and (first := attrs.fields_dict(type(record))[field].metadata.get("repeats")):
            found[field] = _repeating(app, found.get(first, getattr(record, first)), wish)
        else:
            found[field] = _value(app, record, old, wish)
        if on is not None:
            found |= _dated(app, record, field, old, found[field], on)
        if wish.sign == "-" and found[field] == old:
            idle.append(wish)
    return found, idle


def _dated(app: App, record: Record, field: str, old: Any, new: Any, on: PartialDate) -> dict[str, Any]:
    """The same change since a day: what was before is kept as it was until then."""
    if isinstance(record, Actor) and field == "name":
        if on.first > app.book().today:
            raise Invalid("on: {day} is still to come; write a day that has been", path="on", day=on)
        return {} if new == old else {"names": names_kept(record, on)}
    hint = _part(get_type_hints(type(record))[field]) if field in attrs.fields_dict(type(record)) else None
    if hint not in (Member, Reach):
        raise Usage("--on: {path} is not dated; only an actor's name, members, and what was returned, spread "
                    "or taken up", path=field)  # fmt: skip
    since = "since" if hint is Member else "date"
    came = tuple(one if one in old else attrs.evolve(one, **{since: on}) for one in new)
    left = (attrs.evolve(one, until=on) for one in old if one not in new) if hint is Member else ()
    return {field: (*left, *came)}


def _field(app: App, record: Record, name: str) -> str:
    """The record's field that is meant; raises Invalid naming the nearest for none."""
    cls = type(record)
    fields = attrs.fields_dict(cls)
    if name in ways.KINDS and "ways" in fields:
        return "ways"
    if "." in name:
        return "extra"
    if name == "ways":
        raise Invalid("{path}: write email=, phone=, web= or address=", path=name)
    if name == "extra":
        raise Invalid("{path}: write it as plugin.field", path=name)
    if name not in fields or name in ("hidden", "unknown"):
        known = [*fields, *(ways.KINDS if "ways" in fields else ()), *plugin_fields(app, record.type)]
        raise no_such(record.type, name, known)
    if not _settable(get_type_hints(cls)[name]):
        how = Text("kontaktnat edit {id} shows it whole", id=record.id)
        raise Invalid("{path}: this is not set so; {how}", path=name, how=how)
    return name


def _settable(hint: Any) -> bool:
    part = _part(hint)
    return get_origin(hint) is not Mapping and (
        part is None or part is Participation or "actor" in attrs.fields_dict(part)
    )


def _part(hint: Any) -> type[Value] | None:
    inner = getattr(hint, "__args__", (None,))[0]
    return inner if isinstance(inner, type) and issubclass(inner, Value) else None


def _ways(old: tuple[Any, ...], wish: Wish) -> tuple[Any, ...]:
    kind = ways.KINDS[wish.name]
    # A postal address has commas of its own, and so may the address of a page.
    texts = [wish.text] if kind == "address" else re.split(_COMMAS.get(kind, ","), wish.text)
    values = [text for text in map(str.strip, texts) if text]
    if wish.sign == "-":
        return ways.less(old, kind, values)
    made = [ways.way_of(wish.name, value) for value in values]
    return ways.more(old, made) if wish.sign else ways.only(old, kind, made)


def _extra(app: App, record: Record, old: Mapping[str, Any], wish: Wish) -> dict[str, Any]:
    only_one(wish)
    kind = plugin_type(app, record.type, wish.name, old)
    rest = {name: value for name, value in old.items() if name != wish.name}
    return {**rest, wish.name: scalar(wish.name, kind, wish.text)} if wish.text else rest


def _value(app: App, record: Record, old: Any, wish: Wish) -> Any:
    attribute = attrs.fields_dict(type(record))[wish.name]
    several = isinstance(old, tuple)
    if not several:
        only_one(wish)
    if not wish.text and not several:
        if attribute.default is attrs.NOTHING:
            raise Invalid("{path}: {problem}", path=wish.name, problem=Text("may not be empty"))
        field_value(app, app.book(), record.type, wish.name, "")  # raises for what the book keeps itself
        return attribute.default
    if isinstance(record, Interaction) and wish.name == "participants":
        if wish.sign == "-":
            return _without(app, record, old, wish.text)
        new = tuple(_participants(app, record, wish.text))
    elif wish.sign == "-" and wish.text in old:  # also what no plugin knows
        return tuple(one for one in old if one != wish.text)
    else:
        new = field_value(app, app.book(), record.type, wish.name, wish.text)
    return _combined(old, tuple(new), wish.sign) if several else new


def _repeating(app: App, first: PartialDate | None, wish: Wish) -> str:
    """`1m`: every month from the day in the field that it begins with, or from today."""
    from kontaktnat.model.spans import repeating
    from kontaktnat.timewords import parse_span

    only_one(wish)
    if wish.text.startswith("R/"):
        return wish.text
    return repeating(first.last if first else app.book().today, parse_span(wish.text))


def only_one(wish: Wish) -> None:
    """Raises Invalid where something is to be added to or taken from a field that holds one value."""
    if wish.sign:
        raise Invalid("{path} holds one value: write {path}=VALUE", path=wish.name)


def _participants(app: App, record: Interaction, text: str) -> Iterator[Participation]:
    from kontaktnat.cli.hats import hat_of, participation

    for name in filter(None, map(str.strip, text.split(","))):
        yield participation(hat_of(app, name, record.when or app.now()))


def _without(
    app: App, record: Interaction, old: tuple[Participation, ...], text: str
) -> tuple[Participation, ...]:
    """Without those named, in whichever hat they are there."""
    book, on = app.book(), day_of(record.when or app.now())
    for name in filter(None, map(str.strip, text.split(","))):
        gone = app.pick(book, name, ("role", "contact", "actor"), on=on)
        old = tuple(one for one in old if one not in _parts_of(book, old, gone))
    return old


def _parts_of(book: Outward, parts: Sequence[Participation], who: Record) -> list[Participation]:
    """Those of a person, in every hat; of a role or actor: its own, otherwise those it lies behind."""
    hats = {id: book.peek(Role, id) for part in parts if (id := part.role)}
    held = [(part, hats.get(part.role or RoleId(""))) for part in parts]
    own = [part for part in parts if who.id in (part.role, part.contact, part.actor)]
    if isinstance(who, Contact):
        return own + [part for part, hat in held if hat and hat.contact == who.id]
    if isinstance(who, Role):
        return own or [part for part in parts if part.contact and part.contact == who.contact]
    return own or [part for part, hat in held if hat and hat.actor == who.id]


def _combined(old: tuple[Any, ...], new: tuple[Any, ...], sign: str) -> tuple[Any, ...]:
    """Several values; a part that is there already keeps its dates and whatever else it tells."""
    if sign == "-":
        return tuple(one for one in old if not any(_same(one, other) for other in new))
    found = list(old) if sign else []
    for one in new:
        if not any(_same(one, other) and _goes_on(other) for other in found):
            found.append(next((other for other in old if _same(one, other) and _goes_on(other)), one))
    return tuple(found)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, Participation):
        return (one.role, one.contact, one.actor) == (other.role, other.contact, other.actor)
    return bool(one.actor == other.actor) if isinstance(one, Value) else bool(one == other)  # type: ignore[attr-defined]


def _goes_on(one: Any) -> bool:
    """A membership that has ended can begin anew."""
    return getattr(one, "until", None) is None
