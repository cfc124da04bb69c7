"""What is inside a value, for tests that ask whether something leaks: a repr tells of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs


def inside(value: Any) -> str:
    """Every field of records, changes and tables, at every depth, as one text."""
    if isinstance(value, Mapping):
        return " ".join(f"{inside(key)}: {inside(one)}" for key, one in value.items())
    if isinstance(value, list | tuple | set | frozenset | Iterator):
        return " ".join(map(inside, value))
    if attrs.has(type(value)):
        named = (f"{one.name}={inside(getattr(value, one.name))}" for one in attrs.fields(type(value)))
        return f"{type(value).__name__}({' '.join(named)})"
    return repr(value)
