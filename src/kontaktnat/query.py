"""Small conditions on stored documents, combined with & | ~ and compiled by each store.

    >>> from kontaktnat.query import F
    >>> dry = F("kind").is_("municipality") & ~F("place").is_("0880")
    >>> dry({"kind": "municipality", "place": "0881"})
    True

A condition is itself a predicate on a document (what the memory store and TinyDB use as it stands);
a store with a language of its own walks `Compare`, `AllOf`, `AnyOf` and `Not`. A missing field is None.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from kontaktnat import text
from kontaktnat.plain import Plain

__all__ = [
    "OPERATORS",
    "AllOf",
    "AnyOf",
    "Compare",
    "Condition",
    "Doc",
    "F",
    "Not",
    "strings",
    "values",
]

Doc = Mapping[str, Any]
"""A record as JSON."""


class Condition(Plain):
    """Base of all conditions."""

    __slots__ = ()

    def __call__(self, doc: Doc) -> bool:
        """Whether `doc` fulfils the condition."""
        raise NotImplementedError

    def __and__(self, other: Condition) -> Condition:
        return AllOf((self, other))

    def __or__(self, other: Condition) -> Condition:
        return AnyOf((self, other))

    def __invert__(self) -> Condition:
        return Not(self)

    def is_cacheable(self) -> bool:
        """TinyDB asks this; documents change under a cache, so no."""
        return False


def _orderable(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def alike(found: Any, value: Any) -> bool:
        kinds = {type(found), type(value)}
        return (kinds in ({str}, {bool}) or kinds <= {int, float}) and compare(found, value)

    return alike


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "in": lambda found, value: found in value,
    "contains": lambda found, value: isinstance(found, str) and text.contains(found, value),
    "lt": _orderable(operator.lt),
    "le": _orderable(operator.le),
    "gt": _orderable(operator.gt),
    "ge": _orderable(operator.ge),
}
"""What `Compare.operator` may be, and what it does with what it found and the value."""


@frozen(eq=False, repr=False)
class Compare(Condition):
    """One comparison; `path` is dotted and goes into lists: `participants.role`."""

    _shown = ("path", "operator")

    path: str
    operator: str
    value: Any

    def __call__(self, doc: Doc) -> bool:
        test = OPERATORS[self.operator]
        return any(test(found, self.value) for found in values(doc, self.path))


@frozen(eq=False, repr=False)
class AllOf(Condition):
    """Every part holds: what `&` makes."""

    parts: tuple[Condition, ...]

    def __call__(self, doc: Doc) -> bool:
        return all(part(doc) for part in self.parts)


@frozen(eq=False, repr=False)
class AnyOf(Condition):
    """At least one part holds: what `|` makes."""

    parts: tuple[Condition, ...]

    def __call__(self, doc: Doc) -> bool:
        return any(part(doc) for part in self.parts)


@frozen(eq=False, repr=False)
class Not(Condition):
    """The part does not hold: what `~` makes."""

    part: Condition

    def __call__(self, doc: Doc) -> bool:
        return not self.part(doc)


@frozen(eq=False, repr=False)
class F(Plain):
    """A field to compare: `F("due").le("2026-12-01")`. Dates compare as their ISO text."""

    path: str

    def is_(self, value: Any) -> Condition:
        """Equal; in a list field: one of the list is equal."""
        return Compare(self.path, "is", value)

    def in_(self, values: Iterable[Any]) -> Condition:
        """One of `values`."""
        return Compare(self.path, "in", tuple(values))

    def contains(self, words: str) -> Condition:
        """Text with all of `words`, case-blind; `asa` finds Åsa."""
        return Compare(self.path, "contains", words)

    def lt(self, value: Any) -> Condition:
        """Less than; never true between different types."""
        return Compare(self.path, "lt", value)

    def le(self, value: Any) -> Condition:
        """At most."""
        return Compare(self.path, "le", value)

    def gt(self, value: Any) -> Condition:
        """More than."""
        return Compare(self.path, "gt", value)

    def ge(self, value: Any) -> Condition:
        """At least."""
        return Compare(self.path, "ge", value)


def comparisons(condition: Condition) -> Iterator[Compare]:
    """Every comparison inside a condition; one of a class of somebody's own has none that can be seen."""
    if isinstance(condition, Compare):
        yield condition
    elif isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from comparisons(part)
    elif isinstance(condition, Not):
        yield from comparisons(condition.part)


def values(doc: Doc, path: str) -> Iterator[Any]:
    """What stands at a dotted path; one None where there is nothing."""
    # `extra.plugin.field`: a plugin's key has a dot of its own.
    head, _, rest = (path, "", "") if path in doc else path.partition(".")
    found = doc.get(head)
    items = found if isinstance(found, list) and found else [found]
    for item in items:
        if rest and isinstance(item, Mapping):
            yield from values(item, rest)
        else:
            yield None if rest or isinstance(item, list) else item


def strings(value: Any) -> Iterator[str]:
    """Every text inside a document, for free-text search."""
    found: list[str] = []
    _gather((value,), found)
    return iter(found)


def _gather(values: Iterable[Any], found: list[str]) -> None:
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict | Mapping):
            _gather(value.values(), found)
        elif isinstance(value, list | tuple):
            _gather(value, found)
