"""What people have written in a document: each text with its path, and the document with them changed.

Ids, words of a vocabulary, dates of the model and what the Book keeps itself are no prose; what a plugin, a
newer version or an import put there is, however deep it lies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, get_args

import attrs

from kontaktnat import model
from kontaktnat.model.base import BOOKKEEPING, Value
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

    def note(path: str, text: str) -> str:
        found.append((path, text))
        return text

    reworded(type, doc, note)
    return iter(found)


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
