"""One document as it was, as it is here and as it is there → one document, and the fields only people decide.

What one side changed is taken; what both changed alike is the same; lists go item by item, `extra` and the
parts of one item key by key. Where both changed something differently nothing is chosen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from attrs import field, frozen

from kontaktnat.cover import MARK
from kontaktnat.matching import way_key
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.query import Doc

UNKNOWN: Any = object()
"""Stands for a value before both sides were changed of which nothing is known: it equals nothing."""

EXTRA = "extra."

_NAMING = ("role", "contact", "actor", "topic", "name")
"""Keys that tell which part of a list is meant, whatever else is changed in it."""


@frozen(kw_only=True, repr=False)
class Merged:
    """What became of a document."""

    fields: dict[str, Any]
    """The fields, as in `flat`."""
    differs: dict[str, dict[str, Any]] = field(factory=dict)
    """Fields that both changed, each with `base`, `here` and `there` where something stood."""
    taken: tuple[str, ...] = ()
    """Fields that are others than they were here."""


def flat(doc: Doc | None) -> dict[str, Any]:
    """A document's fields without what the book keeps itself, each plugin's field by itself."""
    fields = {key: value for key, value in (doc or {}).items() if key not in BOOKKEEPING | {MARK, "extra"}}
    return fields | {f"{EXTRA}{key}": value for key, value in (doc or {}).get("extra", {}).items()}


def deep(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as in a document again."""
    doc = {key: value for key, value in fields.items() if not key.startswith(EXTRA)}
    extra = {key.removeprefix(EXTRA): value for key, value in fields.items() if key.startswith(EXTRA)}
    return doc | ({"extra": extra} if extra else {})


def put(fields: dict[str, Any], name: str, value: Any) -> None:
    """Set a field, or take it away (None)."""
    if value is None:
        fields.pop(name, None)
    else:
        fields[name] = value


def merged(
    here: Mapping[str, Any],
    there: Mapping[str, Any],
    base: Mapping[str, Any],
    base_here: Mapping[str, Any] | None = None,
    *,
    moved_here: Collection[str] = (),
    moved_there: Collection[str] = (),
) -> Merged:
    """Three-way, of flat documents. Raises nothing.

    `base` is what `there` is compared with, and `here` too unless `base_here` is given. Fields in
    `moved_here` and `moved_there` count as changed whatever stands there: somebody has decided on them.
    """
    own = base if base_here is None else base_here
    fields, differs, taken = dict(here), {}, []
    for name in dict.fromkeys((*here, *there, *base)):
        mine, theirs, was = here.get(name), there.get(name), base.get(name)
        if mine == theirs:
            continue
        if name == "protected":  # in one of them is enough: what was shown by a merge cannot be taken back
            found: Any = True
        elif theirs == was and name not in moved_there:
            continue
        elif mine == own.get(name) and name not in moved_here:
            found = theirs
        else:
            found = UNKNOWN if {name} & {*moved_here, *moved_there} else _inside(name, own, was, mine, theirs)
        if found is UNKNOWN:
            differs[name] = entry(was, mine, theirs)
        elif found != mine:
            put(fields, name, found)
            taken.append(name)
    return Merged(fields=fields, differs=differs, taken=tuple(taken))


def entry(base: Any, here: Any, there: Any) -> dict[str, Any]:
    """How a difference is kept: what nobody said, or what is not known, is left out."""
    said = {"base": base, "here": here, "there": there}
    return {side: value for side, value in said.items() if value is not None and value is not UNKNOWN}


def _inside(name: str, own: Mapping[str, Any], was: Any, mine: Any, theirs: Any) -> Any:
    """A list of which each side changed other items; UNKNOWN where it is for people to decide."""
    if was is UNKNOWN or own.get(name) != was:
        return UNKNOWN
    lists = [[] if one is None else one for one in (was, mine, theirs)]
    if not all(isinstance(one, list) for one in lists):
        return UNKNOWN
    return items(*lists)


def items(base: Sequence[Any], here: Sequence[Any], there: Sequence[Any]) -> Any:
    """The list with what each side added, took out, changed and moved; UNKNOWN where both did to the same."""
    was, mine, theirs = _keyed(base, here, there)
    kept: dict[Any, Any] = {}
    for key in dict.fromkeys((*mine, *theirs, *was)):
        found = _item(was.get(key), mine.get(key), theirs.get(key))
        if found is UNKNOWN:
            return UNKNOWN
        if found is not None:
            kept[key] = found
    moved_here, moved_there = _moved(was, mine), _moved(was, theirs)
    if moved_here and moved_there and _order(mine, theirs) != _order(theirs, mine):
        return UNKNOWN
    first, second = (theirs, mine) if moved_there and not moved_here else (mine, theirs)
    return [kept[key] for key in dict.fromkeys((*first, *second)) if key in kept]


def _item(was: Any, mine: Any, theirs: Any) -> Any:
    if theirs in (mine, was):
        return mine
    if mine == was:
        return theirs
    if not (isinstance(mine, Mapping) and isinstance(theirs, Mapping)):
        return UNKNOWN
    found = merged(mine, theirs, was or {})
    spelling = {"value"} if "kind" in mine else set()  # the same number: their keys are the same
    return UNKNOWN if found.differs.keys() - spelling else found.fields


def _moved(was: Mapping[Any, Any], now: Mapping[Any, Any]) -> bool:
    return _order(was, now) != _order(now, was)


def _order(one: Mapping[Any, Any], among: Mapping[Any, Any]) -> list[Any]:
    return [key for key in one if key in among]


def _keyed(*lists: Sequence[Any]) -> list[dict[Any, Any]]:
    """Each list by what its items are of; by the items themselves where one thing stands twice."""
    for key_of in (_key, _dated_key):
        keys = [[key_of(one) for one in items] for items in lists]
        if all(len(set(found)) == len(found) for found in keys):
            return [dict(zip(found, items, strict=True)) for found, items in zip(keys, lists, strict=True)]
    return [_counted(items) for items in lists]


def _counted(items: Sequence[Any]) -> dict[Any, Any]:
    seen: Counter[bytes] = Counter()
    found = {}
    for one in items:
        text = orjson.dumps(one, option=orjson.OPT_SORT_KEYS)
        found[text, seen[text]] = one
        seen[text] += 1
    return found


def _key(item: Any) -> Any:
    if isinstance(item, Mapping):
        if isinstance(item.get("kind"), str) and isinstance(item.get("value"), str):
            return item["kind"], way_key(item["kind"], item["value"])
        for name in _NAMING:
            if isinstance(item.get(name), str):
                return name, item[name]
    return orjson.dumps(item, option=orjson.OPT_SORT_KEYS)


def _dated_key(item: Any) -> Any:
    """The same number may stand twice: until then, and from then on."""
    dates = (item.get("since"), item.get("until")) if isinstance(item, Mapping) else ()
    return _key(item), orjson.dumps(dates)
