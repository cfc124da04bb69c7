"""What attrs would write for each class anew: equality, hash and repr."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar, NamedTuple

from attrs import fields


class Plain:
    """Equality, hash and repr as attrs writes them, once for all classes that say `eq=False, repr=False`.

    attrs would compile these three for each of some forty classes whenever a process starts, and most are
    never called.

    A class that may hold what is told of people says in `_shown` which fields its repr shows, such as tell of
    nobody: tools that report a crash print the reprs of local variables.
    """

    __slots__ = ()
    _shown: ClassVar[tuple[str, ...] | None] = None

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
        _to_show(cls, every),
    )


def _to_show(cls: Any, every: Any) -> tuple[str, ...]:
    if cls._shown is None:
        return tuple(one.name for one in every if one.repr)
    names = {one.name for one in every}
    return tuple(name for name in cls._shown if name in names)
