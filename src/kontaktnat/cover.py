"""Covering protected people and actors (OSL 21:3, 22:1): what of a document may be seen.

For a protected person or actor, and for the roles that would tell where they work, a list says what
stays; anything else, plugins' data and fields of newer versions included, is covered: closed by default.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

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
_PENDING = _ALWAYS | {"kind", "candidates"}
_ACTOR = _ALWAYS | {
    "name", "names", "aliases", "kind", "sector", "legal_form", "categories", "place", "county", "parent",
    "succeeded_by", "succeeded_on", "protected",
}  # fmt: skip
_ACTORS_ROLE = _PERSONS_ROLE | {"actor", "title", "assignment", "share", "covers", "categories", "county"}
_POST = _PERSONS_ROLE - {"contact"}

COVERED_TYPES = frozenset({"contact", "actor", "role", "pending", "followup", "interaction", "setting"})
"""Types of which a document may be covered."""

MARKABLE = ("contact", "actor")
"""Types of which a record may bear the mark of protection."""

ACCEPTED = "accepted."
"""How the ids of settings begin that say what was accepted of a record; see `remarks`."""
DIFFERS = "merge:"
"""How the source of a Pending begins that keeps in what two books differ: `merge:TYPE/ID`."""
_GONE = "…"
"""What stands for a text that there has to be."""

MARK = "hidden"
"""Key of a covered document under which the names of what was covered stand."""


@frozen(kw_only=True, repr=False)
class Closed:
    """Whose data is covered, and by what it would be told."""

    ids: frozenset[str] = frozenset()
    """People and actors; in history also posts that have changed hands, of which it tells no holder."""
    hats: frozenset[str] = frozenset()
    """Roles of these people, each of which stands for a workplace."""
    named: Callable[[str], bool] = lambda _: False
    """Whether a text names one of them."""
    type_of: Callable[[str], str] = lambda _: ""
    """The type of record that one of the ids is of; "" where it is gone."""

    def __bool__(self) -> bool:
        return bool(self.ids)


OPEN = Closed()
"""Nobody is protected."""


def protects(type: str, closed: Closed) -> Condition | None:
    """A condition for every document of a type that may be covered; None: none of them is."""
    ids, hats = tuple(closed.ids), tuple(closed.hats)
    if type in MARKABLE:
        return F("id").in_(ids)
    if type == "role":
        return F("contact").in_(ids) | F("actor").in_(ids)
    if type == "pending":
        return ~F("id").is_(None)  # any may name them, in whatever words
    if type == "followup":
        return F("about").in_((*ids, *hats))
    if type == "interaction" and hats:
        one = "participants"
        return F(f"{one}.role").in_(hats) | F(f"{one}.deputy_for").in_(hats) | F(f"{one}.contact").in_(ids)
    if type == "setting":
        return F("id").in_(tuple(f"{ACCEPTED}{id}" for id in ids))
    return None


def cover(type: str, doc: Doc, closed: Closed) -> dict[str, Any]:
    """The document with what must not be seen taken out, and its names listed under `hidden`."""
    if not closed:
        return dict(doc)
    if type == "followup":
        return _about_the_protected(doc, closed)
    if type == "pending":
        return _maybe_the_protected(doc, closed)
    if type == "interaction":
        return _met_by_the_protected(doc, closed)
    hidden = {key for key in doc if _hides(type, doc, key, closed.ids)} - {MARK}
    if not hidden:
        return dict(doc)
    return {key: value for key, value in doc.items() if key not in hidden} | {MARK: sorted(hidden)}


def _maybe_the_protected(doc: Doc, closed: Closed) -> dict[str, Any]:
    """What waits, and may be a protected person's data: it is one thing as it came in, and all of it goes."""
    wanted = [*doc.get("candidates", ()), *_stood_for(doc.get("raw", {}))]
    if str(doc.get("source", "")).startswith(DIFFERS):  # in what two books differ: links may be among it
        wanted = [one.removeprefix(ACCEPTED) for one in strings(doc.get("raw", {}))]
    meant = not (closed.ids | closed.hats).isdisjoint(wanted)
    if not (meant or closed.named(" ".join(strings(doc)))):  # joined, for a name may stand in two columns
        return dict(doc)
    # Of a hat that waits, whom it may be at would tell where they work.
    kept = _ALWAYS | {"kind"} if doc.get("kind") == "role" else _PENDING
    hidden = doc.keys() - kept - {MARK}
    return {key: value for key, value in doc.items() if key not in hidden} | {MARK: sorted(hidden)}


def _stood_for(raw: Mapping[str, Any]) -> Iterable[str]:
    """The roles for which a guest who waits was sent as a deputy."""
    told = raw.get("meetings", ())
    return (str(one.get("deputy_for")) for one in told if isinstance(one, Mapping) and "deputy_for" in one)


def listed(type: str, doc: Doc) -> Doc:
    """A covered document as one that makes a record: what waits has a text."""
    return {**doc, "text": _GONE} if type == "pending" and "text" in doc.get(MARK, ()) else doc


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


def _about_the_protected(doc: Doc, closed: Closed) -> dict[str, Any]:
    """A follow-up names the actor whose hat was worn: of a protected person's, only the person stays.

    Also where that actor is a shelter, which is protected too and would stay if it stood alone.
    """
    about = doc.get("about", ())
    marked = [id for id in about if id in closed.ids]
    kept = (
        [id for id in marked if closed.type_of(id) == "contact"]
        or [id for id in about if id in closed.hats]
        or [id for id in marked if closed.type_of(id) != "actor"]  # somebody who was erased since
        or marked
    )
    if not kept or kept == about:
        return dict(doc)
    return {**doc, "about": kept, MARK: ["about"]}


def _met_by_the_protected(doc: Doc, closed: Closed) -> dict[str, Any]:
    """For whom they stood in, and who did for them, works where they do."""
    parts = doc.get("participants", ())

    def tells(part: Doc) -> bool:
        worn = {part.get("role"), part.get("deputy_for")} & closed.hats
        return "deputy_for" in part and bool(worn or part.get("contact") in closed.ids)

    if not any(map(tells, parts)):
        return dict(doc)
    kept = [
        {key: value for key, value in part.items() if key != "deputy_for"} if tells(part) else part
        for part in parts
    ]
    return {**doc, "participants": kept, MARK: ["participants"]}


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
    # What was accepted of what is covered tells what stands there.
    return type == "setting" and key == "value" and is_protected(str(doc.get("id")).removeprefix(ACCEPTED))


def uncovered(changes: Iterable[Change], closed: Closed) -> tuple[str, ...]:
    """Ids of records of which changes would show more than is seen before them."""
    found = []
    lifted = {one.id for one in changes if _marked(one.before) and not _marked(one.after)}
    for one in changes:
        if one.before is not None and one.after is not None:
            hidden = set(cover(one.type, one.before, closed).get(MARK, ()))
            left = cover(one.type, one.after, evolve(closed, ids=closed.ids - lifted)).get(MARK, ())
            if any(one.after.get(name) for name in hidden.difference(left)):
                found.append(one.id)
    return tuple(found)


def _marked(doc: Doc | None) -> bool:
    return bool(doc and doc.get("protected"))
