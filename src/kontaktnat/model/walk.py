"""Walk a record's fields: which other records it points at, and which words of a vocabulary it uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args, get_origin

import attrs

from kontaktnat.model.base import Record, Value

R = TypeVar("R", bound=Record)
V = TypeVar("V", bound=Record | Value)


def links(record: Record) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every (path, id, allowed types) that `record` points at, as in `participants[2].role`."""
    return ((path, value, types) for path, value, types in _marked(record, "link") if value)


def words(record: Record) -> Iterator[tuple[str, str, str]]:
    """Every (path, word, vocabulary) that `record` uses."""
    return ((path, value, vocabulary) for path, value, vocabulary in _marked(record, "word") if value)


def link_paths(cls: Any) -> tuple[str, ...]:
    """Where in documents of `cls` ids of other records stand, as conditions say it: `participants.role`."""
    return tuple(
        path
        for name, _, part in _marks(cls, "link")
        for path in ((f"{name}.{inner}" for inner in link_paths(part)) if part else (name,))
    )


def linking(cls: Any, to: str) -> frozenset[str]:
    """Names of the fields of `cls` in which, or in whose parts, an id of a record of type `to` may stand."""
    return frozenset(
        name
        for name, types, part in _marks(cls, "link")
        if (linking(part, to) if part else {to, "any"} & {*types})
    )


@cache
def _marks(cls: Any, mark: str) -> tuple[tuple[str, Any, type[Value] | None], ...]:
    """(name, meaning, None) of fields with that mark, (name, None, class of parts) where these have it."""
    found: list[tuple[str, Any, type[Value] | None]] = []
    for attribute in attrs.fields(cls):
        part: Any = (*get_args(attribute.type), None)[0] if get_origin(attribute.type) is tuple else None
        if (meaning := attribute.metadata.get(mark)) is not None:
            found.append((attribute.name, meaning, None))
        elif isinstance(part, type) and issubclass(part, Value) and _bears(part, mark):
            found.append((attribute.name, None, part))
    return tuple(found)


def _bears(cls: Any, mark: str) -> bool:
    return bool(_marks(cls, mark))


def _marked(value: Record | Value, mark: str, at: str = "") -> list[tuple[str, Any, Any]]:
    cls: Any = type(value)
    found: list[tuple[str, Any, Any]] = []
    for name, meaning, part in _marks(cls, mark):
        inner = getattr(value, name)
        if not inner:
            continue
        path = f"{at}{name}"
        if part is not None:
            for n, item in enumerate(inner):
                if isinstance(item, Value):
                    found += _marked(item, mark, f"{path}[{n}].")
        elif isinstance(inner, tuple):
            found += [(f"{path}[{n}]", item, meaning) for n, item in enumerate(inner)]
        else:
            found.append((path, inner, meaning))
    return found


def relinked(record: R, old: str, new: str | None) -> R:
    """A copy in which every link to `old` leads to `new`; with None it is taken out, and its part with it.

    Of two parts that are the same by this, one stays; what was there twice before stays so.
    """
    return _relinked(record, old, new)


def _relinked(value: V, old: str, new: str | None) -> V:
    changes: dict[str, Any] = {}
    for attribute in attrs.fields(type(value)):
        inner = getattr(value, attribute.name)
        linked = "link" in attribute.metadata
        if isinstance(inner, tuple) and (linked or any(isinstance(item, Value) for item in inner)):
            changed: Any = _each(inner, lambda item: _part(item, old, new))
        elif linked:
            changed = new if inner == old else inner
        else:
            continue
        if changed != inner:
            changes[attribute.name] = changed
    return attrs.evolve(value, **changes) if changes else value


def _part(item: Any, old: str, new: str | None) -> Any:
    if not isinstance(item, Value):
        return new if item == old else item
    if new is None:
        return None if any(id == old for _, id, _ in _marked(item, "link")) else item
    return _relinked(item, old, new)


def _each(items: tuple[Any, ...], change: Callable[[Any], Any]) -> tuple[Any, ...]:
    kept: list[Any] = []
    for item in items:
        changed = change(item)
        if changed is not None and (changed == item or changed not in (*kept, *items)):
            kept.append(changed)
    return tuple(kept)
