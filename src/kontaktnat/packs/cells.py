"""From a cell to what the codec expects for a field."""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from kontaktnat.i18n import Text, or_nearest
from kontaktnat.model import RECORDS, PartialDate, Record, id_for
from kontaktnat.model.names import either
from kontaktnat.packs.mistakes import Slip

_HINTS = 50
"""To so many references that lead nowhere the nearest key is named: to look for it takes a while."""


class Keys:
    """(type, key) of every record of the pack."""

    def __init__(self, known: Iterable[tuple[str, str]]) -> None:
        self.known = frozenset(known)
        self._asked = 0

    def nearest(self, key: str, targets: Sequence[str]) -> str:
        """How a refusal of a key ends."""
        self._asked += 1
        if self._asked > _HINTS:
            return ""
        return or_nearest(key, sorted(other for kind, other in self.known if kind in targets))


UNKNOWN = "unknown"
"""Stands for a date that no source says, where an empty cell might as well be forgotten."""


def is_extra(name: str) -> bool:
    """Whether a column is a plugin's field: `pack.source`."""
    return "." in name.strip(".")


def is_date(cls: type[Record], name: str) -> bool:
    """Whether a column holds a date."""
    return name in attrs.fields_dict(cls) and _type(cls, name) is PartialDate


def links_to(cls: type[Record], name: str) -> tuple[str, ...]:
    """The types of record that a column's keys name; () where it holds none."""
    if name == "members":
        return ("actor",)
    found: tuple[str, ...] = attrs.fields_dict(cls)[name].metadata.get("link", ())
    return found


def is_prose(cls: type[Record], name: str) -> bool:
    """Whether people write what they like in a column: no words, keys, dates or numbers."""
    if is_extra(name):
        return True
    field = attrs.fields_dict(cls).get(name)
    if field is None or "link" in field.metadata or "word" in field.metadata:
        return False
    kind = _type(cls, name)
    return kind is str or (get_origin(kind) is tuple and get_args(kind)[0] is str)


def county_of(text: str) -> str:
    """The county's code, "" for none; raises Slip."""
    if text == "none":
        return ""
    if not re.fullmatch(r"\d\d", text, re.ASCII):
        raise Slip(
            Text("{value!r} is no county code (two digits, SCB) and not none", value=text),
            Text("write the code (08), or none for what belongs to no county"),
        )
    return text


def value(cls: type[Record], name: str, text: str, keys: Keys) -> Any:
    """What the codec expects for a field, from a cell; raises Slip."""
    kind = _type(cls, name)
    if name == "members":
        return [_member(part, keys) for part in parts(text)]
    targets = links_to(cls, name)
    one: Callable[[str], Any] = partial(_id, targets=targets, keys=keys) if targets else str
    if get_origin(kind) is tuple:
        if attrs.has(get_args(kind)[0]):
            raise Slip(
                Text("cannot be given in a pack"),
                Text("take the column out: addresses of people are not a pack's to give"),
            )
        return [one(part) for part in parts(text)]
    if kind is bool:
        return _yes_or_no(text)
    return _number(text, kind) if kind in (int, float) else one(text)


@cache
def _types(record: str) -> dict[str, Any]:
    return get_type_hints(RECORDS[record])


def _type(cls: type[Record], name: str) -> Any:
    """The field's type, without its `| None`."""
    found = _types(cls.type)[name]
    if get_origin(found) in (Union, types.UnionType):
        found = next(one for one in get_args(found) if one is not type(None))
    return found


def parts(text: str) -> list[str]:
    """Several values in a cell; raises Slip."""
    found = [part.strip() for part in text.split("|")]
    if not all(found):
        raise Slip(
            Text("nothing stands before or after a | in {value!r}", value=text),
            Text("take the | out, or write what is missing"),
        )
    return found


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise Slip(Text("{value!r} is neither yes nor no", value=text), Text("write yes or no"))
    return text == "yes"


def _number(text: str, kind: type[int] | type[float]) -> float:
    try:
        return kind(text)
    except ValueError:
        whole = Text("{value!r} is no whole number", value=text)
        problem = whole if kind is int else Text("{value!r} is no number", value=text)
        raise Slip(problem, Text("write digits alone, with a . before decimals")) from None


def _member(text: str, keys: Keys) -> dict[str, str]:
    key, at, since = (part.strip() for part in text.partition("@"))
    if at and not since:
        raise Slip(
            Text("no date after the @ in {value!r}", value=text),
            Text("write the date on which it joined, or take the @ out"),
        )
    return {"actor": _id(key, ("actor",), keys)} | ({"since": since} if since else {})


def _id(key: str, targets: tuple[str, ...], keys: Keys) -> str:
    """The id of the record that `key` names, of the first of the types that the field takes."""
    for target in targets:
        if (target, key) in keys.known:
            return id_for(f"{target}:{key}")
    files = ", ".join(f"{target}s.csv" for target in targets)
    raise Slip(
        Text(
            "the pack has no {type} {key!r}{hint}",
            type=either(targets),
            key=key,
            hint=keys.nearest(key, targets),
        ),
        Text("correct the key, or give {key} a line in {file}", key=key, file=files),
    )
