"""What people wrote in a document or record: each text with its path, and a document with them changed.

Ids, words of a vocabulary, dates of the model and what the Book keeps itself are no prose; what a plugin, a
newer version or an import put there is, however deep it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from functools import cache
from typing import Any, get_args

import attrs

from kontaktnat import model
from kontaktnat.model.base import BOOKKEEPING, Record, Value
from kontaktnat.query import Doc

_NEVER = BOOKKEEPING | {"county", "categories", "hidden"}
_MARKS = ("link", "word", "span", "repeats")

_LONG = 1_000_000
"""From here on a number may be somebody's: to be called, or given at birth."""

Change = Callable[[str, str], str]
"""(path, text) → the text as it shall be."""


def texts(type: str, doc: Doc) -> Iterator[tuple[str, str]]:
    """Every (path, text) that somebody wrote, as in `ways[0].label` or `extra.mail.subject`."""
    found: list[tuple[str, str]] = []
    reworded(type, doc, _noting(found))
    return iter(found)


def texts_of(record: Record | Value, at: str = "", without: Container[str] = ()) -> Iterator[tuple[str, str]]:
    """The same of a record, which need not become a document for it: an import looks at each.

    `without`: names in `extra` of what is left out.
    """
    cls: Any = type(record)
    for name, is_prose in _prose(cls):
        inner = getattr(record, name)
        if not inner:
            continue
        if type(inner) is str:
            yield f"{at}{name}", inner
        elif not is_prose:
            for n, part in enumerate(inner):
                yield from texts_of(part, f"{at}{name}[{n}].")
        elif name == "unknown":  # whose names are the document's own
            for key in inner.keys() - _NEVER:
                yield from _texts_in(inner[key], f"{at}{key}")
        elif name == "extra":
            kept = {key: value for key, value in inner.items() if key not in without}
            yield from _texts_in(kept, f"{at}{name}")
        else:
            yield from _texts_in(inner, f"{at}{name}")


@cache
def _prose(cls: Any) -> tuple[tuple[str, bool], ...]:
    """(name of a field that may hold prose, whether itself or in its parts), in the order of a document."""
    shared = {one.name for one in attrs.fields(Record)}
    kinds = sorted(_shape(cls).items(), key=lambda told: told[0] in shared)
    return tuple((name, kind is True) for name, kind in kinds if kind is not False)


def _texts_in(value: Any, path: str) -> Iterator[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    _inside(value, _noting(found), path)
    return iter(found)


def _noting(found: list[tuple[str, str]]) -> Change:
    """A change that changes nothing."""

    def note(path: str, text: str) -> str:
        found.append((path, text))
        return text

    return note


def reworded(type: str, doc: Doc, change: Change) -> dict[str, Any]:
    """A copy in which `change` has gone over every text."""
    cls = model.RECORDS.get(type)
    return _fields(cls, doc, change, "") if cls else _inside(doc, change, "")


@cache
def _shape(cls: Any) -> Mapping[str, Any]:
    """By name of a field: False where it holds no prose, the class of its parts, or True."""
    shape: dict[str, Any] = {}
    for one in attrs.fields(cls):
        parts = [part for part in get_args(one.type) if isinstance(part, type) and issubclass(part, Value)]
        if any(mark in one.metadata for mark in _MARKS) or (not parts and "str" not in str(one.type)):
            shape[one.name] = one.name in ("extra", "unknown", "value", "raw")
        else:
            shape[one.name] = parts[0] if parts else True
    return {**shape, **dict.fromkeys(_NEVER, False)}


def _fields(cls: Any, doc: Doc, change: Change, at: str) -> dict[str, Any]:
    shape = _shape(cls)
    changed = {}
    for name, value in doc.items():
        kind = shape.get(name, True)
        path = f"{at}{name}"
        if kind is False:
            changed[name] = value
        elif kind is True or not isinstance(value, list):
            changed[name] = _inside(value, change, path)
        else:
            changed[name] = [
                _fields(kind, one, change, f"{path}[{n}].") if isinstance(one, Mapping) else one
                for n, one in enumerate(value)
            ]
    return changed


def _inside(value: Any, change: Change, path: str) -> Any:
    if isinstance(value, str):
        return change(path, value)
    if isinstance(value, Mapping):
        dot = f"{path}." if path else ""
        # A key may be a text too, in a row of a list; its path is the mapping's, for a path is shown.
        return {change(f"{path}#", name): _inside(one, change, f"{dot}{name}") for name, one in value.items()}
    if type(value) is int and abs(value) >= _LONG:
        said = change(path, str(value))
        return value if said == str(value) else said
    if isinstance(value, list | tuple):
        return [_inside(one, change, f"{path}[{n}]") for n, one in enumerate(value)]
    return value
