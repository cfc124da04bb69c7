"""Walk a record's fields: which other records it points at, and which words of a vocabulary it uses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from kontaktnat.model.base import Record, Value


def links(record: Record) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every (path, id, allowed types) that `record` points at, as in `participants[2].role`."""
    return ((path, value, types) for path, value, types in _marked(record, "link") if value)


def words(record: Record) -> Iterator[tuple[str, str, str]]:
    """Every (path, word, vocabulary) that `record` uses."""
    return ((path, value, vocabulary) for path, value, vocabulary in _marked(record, "word") if value)


def _marked(value: Record | Value, mark: str, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    for attribute in attrs.fields(type(value)):
        inner, path = getattr(value, attribute.name), f"{at}{attribute.name}"
        if (meaning := attribute.metadata.get(mark)) is not None:
            if isinstance(inner, tuple):
                yield from ((f"{path}[{n}]", item, meaning) for n, item in enumerate(inner))
            else:
                yield path, inner, meaning
        elif isinstance(inner, tuple):
            for n, item in enumerate(inner):
                if isinstance(item, Value):
                    yield from _marked(item, mark, f"{path}[{n}].")
