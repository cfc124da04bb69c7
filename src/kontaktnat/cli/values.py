"""What a person writes for a field → a value as the field has it, or a condition to filter by."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, time
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import attrs

from kontaktnat.cli.app import App
from kontaktnat.codec import check_keys, record_class
from kontaktnat.collection import condition_for
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, or_nearest
from kontaktnat.model import PartialDate, Record, Value, Way, stockholm
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.names import type_label
from kontaktnat.outward import Outward
from kontaktnat.query import Condition, F
from kontaktnat.refs import PEOPLE, by_id
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.descriptors import Field

_TRUE, _FALSE = ("yes", "ja", "true", "1"), ("no", "nej", "false", "0")
CODED = ("categories", "legal_form")
"""Fields that hold codes of a scheme, where a plugin brings one."""
_KEPT = BOOKKEEPING | {"hidden", "unknown"}


def _span(text: str) -> str:
    from kontaktnat.timewords import parse_span  # its tables take a while

    return parse_span(text)


def condition(app: App, book: Outward, type_name: str, name: str, text: str) -> Condition:
    """A filter: `kind=kommun`, `actor=nybro`, `due=2026-11` (some day of it), `plugin.field=5`; nothing:
    not set."""
    if "." in name:
        brought = name in plugin_fields(app, type_name)
        records = () if brought else book.collection_of(type_name).all()
        kind = plugin_type(app, type_name, name, {key for one in records for key in one.extra})
        return F(f"extra.{name}").is_(scalar(name, kind, text) if text else None)
    cls, attribute, hint = _field(type_name, name)
    if text and name in CODED:
        return condition_for(cls, name, _codes_asked(app, book, type_name, name, text))
    if not text:
        # No value of several is asked for as a blank one, for no values at all would fit nothing.
        return condition_for(cls, name, "" if attribute.default == () else attribute.default)
    if "word" in attribute.metadata:
        # A word whose plugin is missing may still be asked for, as it stands in the book.
        known = {getattr(record, name) for record in book.collection_of(type_name).all()}
        word = text if text in known else app.word(book, attribute.metadata["word"], text)
        return condition_for(cls, name, word)
    if "span" in attribute.metadata:
        return condition_for(cls, name, _span(text))
    if "link" in attribute.metadata:
        return condition_for(cls, name, _linked(app, book, attribute, text).id)
    if part := _part(hint):
        return _has_part(app, book, name, part, text)
    if {PartialDate, datetime} & {hint, *get_args(hint)}:
        start = str(app.day(text, past="ahead" not in attribute.metadata))  # dates compare as text
        return F(name).ge(start) & F(name).lt(f"{start}~")
    return condition_for(cls, name, scalar(name, hint, text))


def field_value(app: App, book: Outward, type_name: str, name: str, text: str) -> Any:
    """A value to set. Several apart by commas where the field holds several."""
    _, attribute, hint = _field(type_name, name)
    if name in _KEPT:
        raise Invalid("{path}: the book keeps this itself", path=name)
    if name == "extra":
        raise _not_here(name)
    if not text:
        return attribute.default
    if "span" in attribute.metadata:
        return _span(text)
    if name in CODED:
        return _codes(app, book, name, text)
    several = str(attribute.type).startswith("tuple")
    past = "ahead" not in attribute.metadata
    parts = [part for part in map(str.strip, text.split(",") if several else [text]) if part]
    values: list[Any]
    if "word" in attribute.metadata:
        values = [app.word(book, attribute.metadata["word"], part) for part in parts or [text]]
    elif "link" in attribute.metadata:
        values = [_linked(app, book, attribute, part).id for part in parts]
    elif element := _part(hint):
        link = attrs.fields_dict(element).get("actor")
        if link is None:
            raise _not_here(name, element)
        make: Any = element
        values = [make(actor=_linked(app, book, link, part).id) for part in parts]
    elif datetime in (kinds := {hint, *get_args(hint)}):
        values = [_moment(app.moment(text, past=past), exact=PartialDate not in kinds)]
    elif PartialDate in kinds:
        values = [app.day(text, past=past)]
    else:
        values = [scalar(name, hint, part) for part in parts]
    return values if several else values[0]


def plugin_fields(app: App, type_name: str) -> dict[str, Field]:
    """The fields that plugins bring for records of that type, by name."""
    fields: Mapping[str, Field] = app.book().plugins.collect("register_fields")
    return {name: field for name, field in fields.items() if type_name in field.records}


def plugin_type(app: App, type_name: str, name: str, there: Container[str] = ()) -> type:
    """Of a plugin's field; a text of one in `there`, which records have though nobody brings it.

    Raises Invalid, with the nearest, for a field that is neither.
    """
    fields = plugin_fields(app, type_name)
    if name not in fields and name not in there:
        raise no_such(type_name, name, fields)
    return fields[name].type if name in fields else str


def no_such(type_name: str, name: str, known: Iterable[str]) -> Invalid:
    """The error for a field that there is not, naming the nearest."""
    hint = or_nearest(name, known, fold)
    return Invalid("{path}: {type} has no such field{hint}", path=name, type=type_label(type_name), hint=hint)


def _codes_asked(app: App, book: Outward, type_name: str, name: str, text: str) -> tuple[str, ...]:
    """What stands in the book as it is asked for stands there; of actors a group has all that is below it.

    Of persons nothing is looked for below: what is there may be what nobody selects persons by.
    """
    known = {code for record in book.collection_of(type_name).all() for code in _held(record, name)}
    if text in known:
        found = text
    elif type_name == "actor" and book.schemes.kept_in(name):
        found = app.category(book, name, text)
    else:
        found = book.schemes.read(text, name)
    return book.schemes.within(found) if type_name == "actor" and name == "categories" else (found,)


def _held(record: Any, name: str) -> tuple[str, ...]:
    value = getattr(record, name)
    return value if isinstance(value, tuple) else (value,)


def _codes(app: App, book: Outward, name: str, text: str) -> Any:
    """Codes as they are kept. A title may have a comma of its own; without a scheme it is as it is typed."""
    if name == "legal_form":
        return app.category(book, name, text) if book.schemes.kept_in(name) else text
    whole = book.schemes.read(text)
    parts = [text] if whole != text else [part for part in map(str.strip, text.split(",")) if part]
    return [app.category(book, name, part) if book.schemes.kept_in(name) else part for part in parts]


def _field(type_name: str, name: str) -> tuple[type[Record], Any, Any]:
    cls = record_class(type_name)
    check_keys({name: None}, cls)
    return cls, attrs.fields_dict(cls)[name], get_type_hints(cls)[name]


def _part(hint: Any) -> type[Value] | None:
    """The class of what the field holds several of, where these are no plain values."""
    inner = (get_args(hint) or (None,))[0]
    return inner if isinstance(inner, type) and issubclass(inner, Value) else None


def _not_here(name: str, element: type[Value] | None = None) -> Invalid:
    ways = Text("write --email, --phone, --web or --address")
    how = ways if element is Way else Text("import it as JSON Lines")
    return Invalid("{path}: this is not set so; {how}", path=name, how=how)


def _has_part(app: App, book: Outward, name: str, part: type[Value], text: str) -> Condition:
    """Those that have somebody among their parts: `members=nybro`, `participants=eva` in whichever hat."""
    links = {
        field: one for field, one in attrs.fields_dict(part).items() if field in one.metadata.get("link", ())
    }
    if not links:
        raise Invalid("{path}: there is no filter by this; kontaktnat find searches all text", path=name)
    found = app.pick(book, text, tuple(links))
    fits = [F(f"{name}.{found.type}").is_(found.id)]
    if found.type == "contact" and "role" in links:
        hats = [role.id for role in book.as_of(None).roles.where(F("contact").is_(found.id))]
        fits.append(F(f"{name}.role").in_(hats))
    return reduce(or_, fits)


def _linked(app: App, book: Outward, attribute: Any, text: str) -> Record:
    types, text = attribute.metadata["link"], text.strip()
    if "any" not in types:
        return app.pick(book, text, types)
    return by_id(book, text) or app.pick(book, text, PEOPLE)


def _moment(moment: PartialDate | datetime, *, exact: bool) -> PartialDate | datetime:
    """A day where only a time will do: its first moment."""
    if exact and isinstance(moment, PartialDate):
        return datetime.combine(moment.first, time(), stockholm())
    return moment


def scalar(name: str, hint: Any, text: str) -> Any:
    """A plain value: yes or no, a number or a text, as the type wants it."""
    kinds = {hint, *get_args(hint)}
    if bool in kinds:
        if text.lower() not in _TRUE + _FALSE:
            raise Invalid("{path}: {value} is neither yes nor no", path=name, value=text)
        return text.lower() in _TRUE
    for kind in (int, float):
        if kind in kinds:
            number = text.replace(",", ".")
            try:
                if kind is float and number.endswith("%"):
                    return float(number[:-1]) / 100
                return kind(number)
            except ValueError:
                raise Invalid("{path}: {value} is no number", path=name, value=text) from None
    if str not in kinds:
        raise _not_here(name)
    return text
