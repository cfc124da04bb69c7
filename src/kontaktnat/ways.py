"""Ways to reach somebody, one kind at a time: checked, and compared in any spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import attrs

from kontaktnat.errors import Invalid
from kontaktnat.matching import mail_problem, phone_problem, way_key
from kontaktnat.model import Way

KINDS = {"email": "mail", "mail": "mail", "phone": "phone", "web": "web", "address": "address"}
"""What people call a kind → the kind."""

_PROBLEMS: dict[str, Callable[[str], str]] = {"mail": mail_problem, "phone": phone_problem}


def way_of(name: str, value: str, where: str = "") -> Way:
    """A way of the kind that people call `name`; `where` is how a mistake is to be named.

    Raises Invalid for what is no mail address or phone number.
    """
    check_value(KINDS[name], value, where or name)
    return Way(kind=KINDS[name], value=value)


def check_value(kind: str, value: str, where: str) -> None:
    """Raise Invalid, naming the place, for what is no mail address or phone number."""
    judge = _PROBLEMS.get(kind)
    if judge and (problem := judge(value)):
        raise Invalid("{path}: {problem}", path=where, problem=problem)


def only(ways: Sequence[Way], kind: str, wanted: Iterable[Way]) -> tuple[Way, ...]:
    """`wanted` as the only ways of their kind; one that is there in another spelling keeps its label."""
    known = {_key(way): way for way in ways}
    kept = [attrs.evolve(known.get(_key(way), way), value=way.value) for way in wanted]
    first = next((n for n, way in enumerate(ways) if way.kind == kind), len(ways))
    return (
        *(way for way in ways[:first] if way.kind != kind),
        *_once(kept),
        *(way for way in ways[first:] if way.kind != kind),
    )


def more(ways: Sequence[Way], added: Iterable[Way]) -> tuple[Way, ...]:
    """The ways and those of `added` that are not among them in any spelling."""
    return _once((*ways, *added))


def less(ways: Sequence[Way], kind: str, values: Iterable[str]) -> tuple[Way, ...]:
    """The ways without those of a kind that have one of the values, in any spelling."""
    gone = {(kind, way_key(kind, value)) for value in values}
    return tuple(way for way in ways if _key(way) not in gone)


def _once(ways: Iterable[Way]) -> tuple[Way, ...]:
    found: dict[tuple[str, str], Way] = {}
    for way in ways:
        found.setdefault(_key(way), way)
    return tuple(found.values())


def _key(way: Way) -> tuple[str, str]:
    return way.kind, way_key(way.kind, way.value)
