"""Which fields of a record stand in the form, and as what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

import attrs

from kontaktnat.model import Record, Value
from kontaktnat.model.base import BOOKKEEPING


class Shape(NamedTuple):
    """A field: `part` is the class of its tables where it holds several; `free`: any JSON."""

    name: str
    attribute: Any
    hint: Any
    part: type[Value] | None
    free: bool

    @property
    def kinds(self) -> set[Any]:
        """The types that its value may have."""
        return {self.hint, *get_args(self.hint)}


def shapes(cls: Any) -> dict[str, Shape]:
    """The fields of a record or part that people may change, the record's own first."""
    return _shapes(cls)


@cache
def _shapes(cls: Any) -> dict[str, Shape]:
    hints = get_type_hints(cls)
    shared = {one.name for one in attrs.fields(Record)} if issubclass(cls, Record) else set()
    names = [one.name for one in attrs.fields(cls) if one.name not in (*BOOKKEEPING, "hidden", "unknown")]
    return {name: _shape(cls, name, hints[name]) for name in sorted(names, key=shared.__contains__)}


def _shape(cls: type[Any], name: str, hint: Any) -> Shape:
    inner = (get_args(hint) or (None,))[0]
    part = inner if isinstance(inner, type) and issubclass(inner, Value) else None
    free = hint is Any or get_origin(hint) is Mapping
    return Shape(name, attrs.fields_dict(cls)[name], hint, part, free)


def sayable(value: Any) -> bool:
    """Whether TOML can say a JSON value: it has no null."""
    if isinstance(value, Mapping):
        return all(map(sayable, value.values()))
    if isinstance(value, list | tuple):
        return all(map(sayable, value))
    return value is not None


def split(name: str, value: Any) -> tuple[Any, Any]:
    """What of a free value the form shows, and what it leaves as it is; plugins' fields each by itself."""
    if name == "extra":
        shown = {key: inner for key, inner in value.items() if sayable(inner)}
        return shown, {key: inner for key, inner in value.items() if key not in shown}
    return (value, None) if sayable(value) else (None, value)
