"""Covering protected people and actors (OSL 21:3, 22:1): what of a document may be seen.

For a protected person or actor, and for the roles that would tell where they work, a list says what
stays; anything else, plugins' data and fields of newer versions included, is covered: closed by default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any

from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.query import Condition, Doc, F, strings

if TYPE_CHECKING:
    from kontaktnat.descriptors import Change

_ALWAYS = BOOKKEEPING | {"draft", "shared"}
_PERSON = _ALWAYS | {
    "name", "given", "family", "protected", "purpose", "legal_basis", "informed_at", "informed_how",
    "verified_at",
}  # fmt: skip
_PERSONS_ROLE = _ALWAYS | {"contact", "function", "since", "until"}
_PENDING = _ALWAYS | {"kind", "text", "candidates"}
_ACTOR = _ALWAYS | {
    "name", "names", "aliases", "kind", "sector", "legal_form", "categories", "place", "county", "parent",
    "succeeded_by", "succeeded_on", "protected",
}  # fmt: skip
_ACTORS_ROLE = _PERSONS_ROLE | {"actor", "title", "assignment", "share", "covers", "categories", "county"}
_POST = _PERSONS_ROLE - {"contact"}

COVERED_TYPES = frozenset({"contact", "actor", "role", "pending", "followup", "setting"})
"""Types of which a document may be covered."""

MARKABLE = ("contact", "actor")
"""Types of which a record may bear the mark of protection."""

ACCEPTED = "accepted."
"""How the ids of settings begin that say what was accepted of a record; see `remarks`."""

MARK = "hidden"
"""Key of a covered document under which the names of what was covered stand."""


def protects(protected: Set[str]) -> Mapping[str, Condition]:
    """By type, a condition for every document that may be covered while these ids are protected."""
    ids = tuple(protected)
    return {
        "contact": F("id").in_(ids),
        "actor": F("id").in_(ids),
        "role": F("contact").in_(ids) | F("actor").in_(ids),
        "pending": F("candidates").in_(ids),
        "followup": F("about").in_(ids),
        "setting": F("id").in_(tuple(f"{ACCEPTED}{id}" for id in ids)),
    }


def cover(type: str, doc: Doc, protected: Set[str]) -> dict[str, Any]:
    """The document with what must not be seen taken out, and its names listed under `hidden`.

    `protected` may name roles too: posts that have changed hands, of which history tells no holder.
    """
    if not protected:
        return dict(doc)
    if type == "followup":
        return _about_the_protected(doc, protected)
    hidden = {key for key in doc if _hides(type, doc, key, protected)} - {MARK}
    if not hidden:
        return dict(doc)
    return {key: value for key, value in doc.items() if key not in hidden} | {MARK: sorted(hidden)}


def without(doc: Mapping[str, Any], ids: Set[str]) -> dict[str, Any]:
    """The document without the fields in which one of these ids stands; their names are listed as hidden."""
    if ids.isdisjoint(strings(doc)):
        return dict(doc)
    named = {
        key for key, value in doc.items() if key not in ("id", MARK) and not ids.isdisjoint(strings(value))
    }
    return {key: value for key, value in doc.items() if key not in named} | {
        MARK: sorted({*doc.get(MARK, ()), *named})
    }


def _about_the_protected(doc: Doc, protected: Set[str]) -> dict[str, Any]:
    """A follow-up names the actor whose hat was worn: of a protected person's, only the person stays."""
    kept = [id for id in doc.get("about", ()) if id in protected]
    if not kept or kept == doc["about"]:
        return dict(doc)
    return {**doc, "about": kept, MARK: ["about"]}


def _hides(type: str, doc: Doc, key: str, protected: Set[str]) -> bool:
    def is_protected(id: Any) -> bool:
        return id in protected

    if type == "contact":
        return is_protected(doc.get("id")) and key not in _PERSON
    if type == "actor":
        return is_protected(doc.get("id")) and key not in _ACTOR
    if type == "role":
        if is_protected(doc.get("id")):
            return key not in _POST
        if is_protected(doc.get("contact")):
            return key not in _PERSONS_ROLE
        return is_protected(doc.get("actor")) and key not in _ACTORS_ROLE
    if type == "setting":  # what was accepted of what is covered tells what stands there
        return key == "value" and is_protected(str(doc.get("id")).removeprefix(ACCEPTED))
    if type == "pending":
        return any(is_protected(id) for id in doc.get("candidates", ())) and key not in _PENDING
    return False


def uncovered(changes: Iterable[Change], protected: Set[str]) -> tuple[str, ...]:
    """Ids of records of which changes would show more than is seen before them."""
    found = []
    lifted = {one.id for one in changes if _marked(one.before) and not _marked(one.after)}
    for one in changes:
        if one.before is not None and one.after is not None:
            hidden = set(cover(one.type, one.before, protected).get(MARK, ()))
            left = cover(one.type, one.after, protected - lifted).get(MARK, ())
            if any(one.after.get(name) for name in hidden.difference(left)):
                found.append(one.id)
    return tuple(found)


def _marked(doc: Doc | None) -> bool:
    return bool(doc and doc.get("protected"))
