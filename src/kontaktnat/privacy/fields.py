"""Fields of records for people who have never seen the program: their titles, and their values in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, get_args

import attrs
from attrs import frozen

from kontaktnat import model
from kontaktnat.descriptors import field_of
from kontaktnat.errors import KontaktnatError
from kontaktnat.i18n import Label, Text, joined
from kontaktnat.model.base import BOOKKEEPING, Value
from kontaktnat.model.dates import to_time
from kontaktnat.model.names import type_label
from kontaktnat.model.spans import spoken
from kontaktnat.outward import Outward
from kontaktnat.plain import Plain
from kontaktnat.privacy.titles import TITLES
from kontaktnat.query import Doc
from kontaktnat.views.listing import clock

_MAIN = ("value", "name")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_NEVER = BOOKKEEPING | {"hidden"}


@frozen(eq=False, repr=False)
class Fact(Plain):
    """One field of a document in words; `key` is what JSON calls it."""

    _shown = ("key",)

    key: str
    title: str
    said: str


def title(field: str) -> str:
    """What a field is called, in the reader's language; its own name where nobody knows it."""
    return Label(*TITLES[field]) if field in TITLES else field


def facts(out: Outward, type: str, doc: Doc, *, whole: bool = True) -> Iterator[Fact]:
    """Every field that says something, in words. Links must have been replaced by what they are called.

    `whole`: also what goes without saying in a document, as that a topic is a problem.
    """
    cls: Any = model.RECORDS.get(type)
    if whole and cls:
        hidden = doc.get("hidden", ())
        doc = {name: word for name, word in _implied(cls) if name not in hidden} | {**doc}
    plugins = out.plugins.collect("register_fields")
    for name, value in doc.items():
        if name in _NEVER or value in (None, "", [], {}, False):
            continue
        if name in ("extra", "unknown") and isinstance(value, Mapping):
            for key, one in value.items():
                known = field_of(plugins, key)
                titled = known.title if known else key
                yield Fact(f"{name}.{key}", titled, in_words(out, None, "", one))
        elif type == "pending" and name == "kind":
            yield Fact(name, title(name), type_label(str(value)))
        else:
            yield Fact(name, title(name), in_words(out, cls, name, value))


@cache
def _implied(cls: Any) -> tuple[tuple[str, str], ...]:
    words = (one for one in attrs.fields(cls) if "word" in one.metadata)
    return tuple((one.name, one.default) for one in words if one.default and isinstance(one.default, str))


def in_words(out: Outward, cls: Any, field: str, value: Any) -> str:
    """A value of a field of a class, whole."""
    attribute = attrs.fields_dict(cls).get(field) if cls else None
    if value in (None, "", [], {}):
        return Text("(nothing)")
    if isinstance(value, bool):
        return Text("yes") if value else Text("no")
    if isinstance(value, list | tuple):
        part = part_of(attribute)
        between = "; " if part else ", "
        return joined(between, (_part(out, part, one) if part and isinstance(one, Mapping)
                                else in_words(out, cls, field, one) for one in value))  # fmt: skip
    if isinstance(value, Mapping):
        told = [(title(key), in_words(out, None, "", one)) for key, one in value.items()]
        return joined(", ", (Text("{title}: {value}", title=key, value=one) for key, one in told))
    if isinstance(value, Text) or not isinstance(value, str):
        return value if isinstance(value, str) else str(value)
    if attribute and (vocabulary := attribute.metadata.get("word")):
        return out.words.name(vocabulary, value)
    if attribute and "span" in attribute.metadata:
        return spoken(value)
    if attribute and "str" not in str(attribute.type):
        return _time(value)
    return value


def part_of(attribute: Any) -> Any:
    """The class of the parts of a field, or None."""
    return _part_class(attribute.type) if attribute else None


@cache
def _part_class(hint: Any) -> Any:
    return next((one for one in get_args(hint) if isinstance(one, type) and issubclass(one, Value)), None)


def _part(out: Outward, cls: Any, doc: Doc) -> str:
    """A part on one line: what it is, without titles, then the rest in brackets."""
    first: list[str] = []
    rest: list[str] = []
    for name, value in doc.items():
        if value in (None, "", [], {}):
            continue
        attribute = attrs.fields_dict(cls).get(name)
        said = in_words(out, cls, name, value)
        if name in _MAIN or (attribute and "link" in attribute.metadata and name != "deputy_for"):
            first.append(said)
        elif (attribute and "word" in attribute.metadata) or name == "label":
            rest.append(said)
        else:
            rest.append(Text("{title} {value}", title=title(name), value=said))
    if not rest:
        return joined(", ", first)
    return Text("{what} ({rest})", what=joined(", ", first), rest=joined(", ", rest))


def _time(value: str) -> str:
    """A time on the clock of Stockholm's walls; another value as it stands."""
    try:
        return clock(to_time(value)) if _TIME.match(value) else value
    except KontaktnatError:
        return value


def when(value: datetime | str | None) -> str:
    """A time for eyes."""
    return _time(value.isoformat() if isinstance(value, datetime) else value or "")


Told = Callable[[str], Any]
Worded = Callable[[str], Any]


def rendered(cls: Any, doc: Doc, told: Told, worded: Worded) -> dict[str, Any]:
    """A copy where `told` has replaced every link and `worded` every text; words and dates stay."""
    fields = attrs.fields_dict(cls) if cls else {}
    changed: dict[str, Any] = {}
    for name, value in doc.items():
        attribute = fields.get(name)
        if name in BOOKKEEPING or name == "hidden" or (attribute and "word" in attribute.metadata):
            changed[name] = value
        elif attribute and "link" in attribute.metadata:
            changed[name] = [told(one) for one in value] if isinstance(value, list) else value and told(value)
        elif (part := part_of(attribute)) and isinstance(value, list):
            changed[name] = [rendered(part, one, told, worded) for one in value if isinstance(one, Mapping)]
        else:
            changed[name] = deeply(value, worded)
    return changed


def deeply(value: Any, worded: Worded) -> Any:
    """Every text in a JSON value replaced, names of keys too."""
    if isinstance(value, str):
        return worded(value)
    if isinstance(value, Mapping):
        found: dict[str, Any] = {}
        for key, one in value.items():
            name = worded(str(key))
            while name in found:  # two people who come out alike
                name = joined("", (name, "*"))
            found[name] = deeply(one, worded)
        return found
    if isinstance(value, list | tuple):
        return [deeply(one, worded) for one in value]
    return value
