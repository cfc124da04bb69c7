"""A book's doubles: who may be one and the same, as far as it may be seen.

Who is protected is left out, whatever is known of them: what is covered would speak for it or against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from kontaktnat.cover import cover
from kontaktnat.errors import Usage, shown
from kontaktnat.likeness import actors, organisation, person, persons, spelling
from kontaktnat.likeness.apart import TYPES, pair_of, told_apart
from kontaktnat.likeness.blocking import brought_together
from kontaktnat.likeness.organisation_words import parsed
from kontaktnat.likeness.weighing import Likeness, Tier
from kontaktnat.plain import Plain

if TYPE_CHECKING:
    from kontaktnat.outward import Outward
    from kontaktnat.query import Doc

TIERS = ("sure", "maybe")


@frozen(kw_only=True, eq=False, repr=False)
class Suggestion(Plain):
    """Two records of a `type` that may be of one and the same, by their ids; `one` is the older."""

    _shown = ("type",)

    type: str
    one: str
    other: str
    tier: Tier
    score: int
    """0 to 100; from 70 where it is sure."""
    reasons: tuple[str, ...]


def duplicates(book: Outward, type: str | None = None, tier: str | None = None) -> tuple[Suggestion, ...]:
    """See `Outward.duplicates`."""
    if type is not None and type not in TYPES:
        raise Usage("actors and contacts are compared, not {type}", type=shown(type))
    if tier is not None and tier not in TIERS:
        raise Usage("a suggestion is sure or maybe, not {tier}", tier=shown(tier))
    found: list[Suggestion] = []
    with book.reading():
        apart = told_apart(book._reader)
        for kind in TYPES if type is None else (type,):
            docs = known(book, kind)
            for one, other, like in _alike(kind, docs):
                if tier in (None, like.tier) and pair_of(one["id"], other["id"]) not in apart:
                    found.append(_suggestion(kind, one, other, like))
    return tuple(sorted(found, key=lambda each: (-each.score, each.type, each.one, each.other)))


def known(book: Outward, type: str) -> list[dict[str, Any]]:
    """All documents of a type that are not covered, with what else they are compared by (see `likeness`)."""
    hidden, closed = book.protected(), book._covering()
    docs = [dict(doc) for doc in book._reader.find(type) if doc["id"] not in hidden]
    places = docs if type == "actor" else book._reader.find("actor")
    called = {doc["id"]: doc for doc in places}

    def name(id: str | None) -> str:
        return str(called.get(id or "", {}).get("name", ""))

    if type == "actor":
        for doc in docs:
            if "parent" in doc:
                doc["parent"] = name(doc["parent"])
        return docs
    hats: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for role in book._reader.find("role"):
        seen = cover("role", role, closed)
        if (actor := seen.get("actor")) and (who := seen.get("contact")):
            whole = name(called.get(actor, {}).get("parent"))
            hats[who].append({**seen, "actor": name(actor), "parent": whole})
    for doc in docs:
        doc["hats"] = hats.get(doc["id"], [])
    return docs


def _alike(type: str, docs: Sequence[Doc]) -> Iterator[tuple[Doc, Doc, Likeness]]:
    if type == "contact":
        people = [person.Person(doc) for doc in docs]
        heard = [(_sounds(one.written.given), _sounds(one.written.family)) for one in people]
        keys = [[*person.blocks(one)] for one in people]
        bearers = _Bearers(keys, heard)
        for n, m in brought_together(keys, lambda _: heard):
            if like := persons.persons(people[n], people[m], bearers):
                yield docs[n], docs[m], like
        return
    all_ = [organisation.Organisation(doc) for doc in docs]
    called = [parsed(one.name) for one in all_]
    words = [(one.words, *sorted(one.places)) for one in called]
    keys = [[*organisation.blocks(one)] for one in all_]
    bearers = _Bearers(keys, words)
    for n, m in brought_together(keys, lambda _: words):
        if like := actors.actors(all_[n], all_[m], bearers):
            yield docs[n], docs[m], like


def _sounds(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(spelling.sound, words))


class _Bearers:
    """How many of different names have a way or number; the doubles of one are not many."""

    def __init__(self, keys: Sequence[Sequence[tuple[str, ...]]], named: Sequence[Any]) -> None:
        of: defaultdict[tuple[str, ...], set[Any]] = defaultdict(set)
        for own, name in zip(keys, named, strict=True):
            for key in own:
                if key[0] in ("mail", "phone", "org", "web"):
                    of[key].add(name)
        self._many: Mapping[tuple[str, ...], int] = {key: len(who) for key, who in of.items() if len(who) > 2}

    def __call__(self, kind: str, key: str) -> int:
        return self._many.get((kind, key), 2)


def _suggestion(type: str, one: Doc, other: Doc, like: Likeness) -> Suggestion:
    older, younger = sorted((one, other), key=lambda doc: (doc.get("created") or "", doc["id"]))
    return Suggestion(type=type, one=older["id"], other=younger["id"], tier=like.tier, score=like.score,
                      reasons=like.reasons)  # fmt: skip
