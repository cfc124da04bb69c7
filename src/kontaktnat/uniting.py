"""Two documents of one thing → one: what only one says is kept, lists hold what both held.

Where both say something and it differs, one value goes; each such is told as a Difference.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs

from kontaktnat.codec import check_keys
from kontaktnat.cover import MARK
from kontaktnat.errors import Invalid
from kontaktnat.matching import name_key, way_key
from kontaktnat.model.base import BOOKKEEPING, Record
from kontaktnat.query import Doc
from kontaktnat.text import contains, fold

TEXTS = frozenset({"note", "summary", "answer", "evidence", "topic.text"})
"""Fields of free text, of which both stay, one below the other."""

_GOES_WITH = {
    "until": "since", "ends": "when", "assignment.ends": "starts", "valid_until": "valid_from",
    "given": "name", "family": "name",
}  # fmt: skip
"""A field that means something only beside another: no end of one span is put to the start of another."""

_NOT_SAID = "other"
"""A default word that says as much as none."""


@attrs.frozen(kw_only=True, repr=False)
class Difference:
    """A field in which both records say something: what stays, and what goes (history keeps it)."""

    field: str
    stays: Any
    goes: Any


def united(
    cls: type[Record], keep: Doc, other: Doc, take: Collection[str] = ()
) -> tuple[dict[str, Any], tuple[Difference, ...]]:
    """One document of both, with `keep`'s id and bookkeeping, and what of the other (or of it) goes.

    `take` names fields of which `other`'s value is to stand. Raises Invalid for one that there is not.
    """
    _check(cls, other, take)
    union = _Union(cls, keep, other, frozenset(take))
    names = [name for name in {**keep, **other} if name not in BOOKKEEPING | {MARK}]
    names.sort(key=lambda name: name != "name")  # what goes with the name is judged by the one that stays
    for name in names:
        union.unite(name)
    return union.doc, tuple(union.differences)


def _check(cls: type[Record], other: Doc, take: Collection[str]) -> None:
    fields = attrs.fields_dict(cls)
    for name in take:
        if name in BOOKKEEPING:
            raise Invalid("{path}: the book keeps this itself", path=name)
        if name == "protected":
            raise Invalid("{path}: who is protected in one of two is protected", path=name)
        if name not in other and not name.startswith("extra."):
            check_keys({name: None}, cls)
        if name == "extra":
            raise Invalid("{path}: write it as plugin.field", path=name)
        if name in fields and str(fields[name].type).startswith("tuple"):
            raise Invalid("{path}: what both have is kept, there is nothing to take", path=name)


class _Union:
    """Collects the document."""

    def __init__(self, cls: type[Record], keep: Doc, other: Doc, take: frozenset[str]) -> None:
        self._cls = cls
        self._keep = keep
        self._other = other
        self._take = take
        self.doc: dict[str, Any] = dict(keep)
        self.differences: list[Difference] = []

    def unite(self, name: str) -> None:
        """Put what both say of one field into the document."""
        mine, theirs = self._said(self._keep, name), self._said(self._other, name)
        if theirs is None:
            return
        if name == "protected":
            self.doc[name] = mine or theirs
        elif name == "extra":
            self._unite_extra(mine or {}, theirs)
        elif name == "ways":
            self.doc[name] = self._ways(mine or (), theirs)
        elif name in ("name", "aliases") and "aliases" in attrs.fields_dict(self._cls):
            self._unite_names()
        elif isinstance(theirs, list) and isinstance(mine, list | None):
            self.doc[name] = _both(mine or [], theirs)
        elif mine is None and self._fits(name, theirs):
            self.doc[name] = theirs
        elif mine != theirs:
            self._choose(name, mine, theirs)

    def _said(self, doc: Doc, name: str) -> Any:
        """The value; None where nothing is said. Most defaults say nothing, `held` and False do."""
        if name in doc:
            return doc[name]
        field = attrs.fields_dict(self._cls).get(name)
        default = field.default if field else None
        real = isinstance(default, bool) or (isinstance(default, str) and default not in ("", _NOT_SAID))
        return default if real else None

    def _fits(self, name: str, theirs: Any) -> bool:
        """Whether what the other says goes with what now stands beside it."""
        beside = self._beside(name)
        if not beside:
            return True
        stands, was = self.doc.get(beside), self._other.get(beside)
        same = stands is None or was is None or fold(str(stands)) == fold(str(was))
        return same or (beside == "name" and contains(str(stands), str(theirs)))

    def _beside(self, name: str) -> str | None:
        return _GOES_WITH.get(f"{self._cls.type}.{name}") or _GOES_WITH.get(name)

    def _taken(self, name: str) -> bool:
        return name in self._take or self._beside(name) in self._take

    def _choose(self, name: str, mine: Any, theirs: Any) -> None:
        taken = self._taken(name)
        if not taken and mine is not None and {name, f"{self._cls.type}.{name}"} & TEXTS:
            self.doc[name] = mine if theirs in mine else theirs if mine in theirs else f"{mine}\n\n{theirs}"
            return
        stays, goes = (theirs, mine) if taken else (mine, theirs)
        if stays is not None:
            self.doc[name] = stays
        if goes is not None:
            self.differences.append(Difference(field=name, stays=stays, goes=goes))

    def _unite_names(self) -> None:
        """The name that goes is an alias from now on, by which a list that has it is known."""
        names = self._keep["name"], self._other["name"]
        stays, goes = reversed(names) if "name" in self._take else names
        aliases = [*self._keep.get("aliases", ()), goes, *self._other.get("aliases", ())]
        self.doc["name"] = stays
        if left := [one for one in dict.fromkeys(aliases) if name_key(one) != name_key(stays)]:
            self.doc["aliases"] = left
        else:
            self.doc.pop("aliases", None)
        if stays != goes and self._cls.type == "contact" and not self._is_told("name"):
            self.differences.append(Difference(field="name", stays=stays, goes=goes))

    def _is_told(self, name: str) -> bool:
        return any(one.field == name for one in self.differences)

    def _unite_extra(self, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> None:
        both = {**theirs, **mine}
        for key in mine.keys() & theirs.keys():
            if mine[key] != theirs[key]:
                name = f"extra.{key}"
                taken = name in self._take
                stays, goes = (theirs[key], mine[key]) if taken else (mine[key], theirs[key])
                both[key] = stays
                self.differences.append(Difference(field=name, stays=stays, goes=goes))
        self.doc["extra"] = both

    def _ways(self, mine: Sequence[Doc], theirs: Sequence[Doc]) -> list[Doc]:
        """All ways, no doubles in any spelling; what one says more of the same way is filled in."""
        ways: list[Doc] = list(mine)
        for way in theirs:
            at = next((n for n, known in enumerate(ways) if _same_way(known, way)), None)
            if at is None:
                ways.append(way)
                continue
            known = ways[at]
            ways[at] = {**way, **known}
            clash = {key for key in known.keys() & way.keys() - {"value"} if known[key] != way[key]}
            if clash:
                self.differences.append(Difference(field="ways", stays=known, goes=way))
        return ways


def _same_way(mine: Doc, theirs: Doc) -> bool:
    """A number that is no longer somebody's and one that is are two entries, not one."""
    if mine["kind"] != theirs["kind"] or mine.get("until") != theirs.get("until"):
        return False
    kind = mine["kind"]
    return way_key(kind, mine["value"]) == way_key(kind, theirs["value"])


def _both(mine: Sequence[Any], theirs: Sequence[Any]) -> list[Any]:
    return [*mine, *(one for one in theirs if one not in mine)]
