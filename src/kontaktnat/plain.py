"""What attrs would write for each class anew: equality, hash and repr."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from attrs import fields


class Plain:
    """Equality, hash and repr as attrs writes them, once for all classes that say `eq=False, repr=False`.

    attrs would compile these three for each of some forty classes whenever a process starts, and most are
    never called.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in _names_of(self).compared)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in _names_of(self).hashed)))

    def __repr__(self) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in _names_of(self).shown)
        return f"{type(self).__qualname__.rpartition('>.')[2]}({shown})"


class _Names(NamedTuple):
    compared: tuple[str, ...]
    hashed: tuple[str, ...]
    shown: tuple[str, ...]


def _names_of(value: Any) -> _Names:
    return _names(value.__class__)


@cache
def _names(cls: Any) -> _Names:
    every = fields(cls)
    return _Names(
        tuple(one.name for one in every if one.eq),
        tuple(one.name for one in every if (one.eq if one.hash is None else one.hash)),
        tuple(one.name for one in every if one.repr),
    )
