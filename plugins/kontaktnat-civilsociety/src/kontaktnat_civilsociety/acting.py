"""What the user says of a suggestion: yes makes it so, no is remembered. Each is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontaktnat.errors import Usage
from kontaktnat.extend import Text, joined
from kontaktnat.model import Actor
from kontaktnat_civilsociety.schemes import ICNPO, LEGAL_FORM
from kontaktnat_civilsociety.standing import CIVIL_FORMS, CIVIL_SOCIETY
from kontaktnat_civilsociety.suggesting import DECLINED, SECTOR, Suggestion, suggest

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Outward


def value_of(book: Outward, text: str) -> str:
    """`icnpo:1200`, `legal_form:61` or `sector:civil_society` of what a person types.

    A category as `set` takes it; `61` alone is a legal form. Raises Invalid, Ambiguous.
    """
    wanted = text.strip()
    scheme, colon, word = wanted.partition(":")
    if scheme.strip().casefold() == "sector" and colon:
        if book.words.lookup("sector", word) != CIVIL_SOCIETY:
            raise Usage("{text}: here only the sector civil society is said; kontaktnat set sets any",
                        text=text)  # fmt: skip
        return SECTOR
    if wanted in book.schemes.of(LEGAL_FORM) and wanted not in book.schemes.of(ICNPO):
        return f"{LEGAL_FORM}:{wanted}"
    found = book.schemes.lookup(wanted)
    if book.schemes.get(found) is None:  # of a scheme that nobody brings: `set` keeps that, here it is a slip
        raise book.schemes.unknown(wanted)
    return found


def changes(actor: Actor, value: str, kind: str = "") -> dict[str, Any]:
    """The fields that a yes sets: what is said, and with it what nobody has said yet.

    The sector where there is none; a kind in place of `other`. What is there already stays.
    """
    scheme, _, code = value.partition(":")
    found: dict[str, Any] = {}
    is_civil = value == SECTOR or scheme == ICNPO or (scheme == LEGAL_FORM and code in CIVIL_FORMS)
    if scheme == LEGAL_FORM:
        found["legal_form"] = code
    elif value != SECTOR and value not in actor.categories:
        found["categories"] = (*actor.categories, value)
    if is_civil and not actor.sector:
        found["sector"] = CIVIL_SOCIETY
    if kind and actor.kind == "other":
        found["kind"] = kind
    return found


def along(book: Outward, actor: Actor, one: Suggestion) -> str:
    """What is set along with a suggestion, in words; "" for nothing."""
    found = changes(actor, one.value, one.kind)
    said = []
    if "sector" in found and one.value != SECTOR:
        said.append(Text("sector {name}", name=book.words.name("sector", CIVIL_SOCIETY)))
    if "kind" in found:
        said.append(Text("kind {name}", name=book.words.name("actor_kind", found["kind"])))
    return joined(", ", said) if said else ""


def confirm(book: Book, actor: Actor, value: str) -> Actor:
    """Make it so, with what goes with it; also where it was not suggested, for the user knows.

    Raises Invalid for a code that there is not.
    """
    kinds = frozenset(book.words.of("actor_kind"))
    kind = next((one.kind for one in suggest(actor, kinds=kinds) if one.value == value), "")
    name = f"{DECLINED}{actor.id}"
    with book.transaction("civilsociety"):
        no = frozenset(book.setting(name, ()))
        if value in no:  # who says yes has thought again
            book.set(name, sorted(no - {value}) or None)
        found = changes(actor, value, kind)
        return book.update(actor, **found) if found else actor


def decline(book: Book, actor: Actor, *values: str) -> None:
    """Remember that it is none of these, so that nobody is asked again."""
    name = f"{DECLINED}{actor.id}"
    with book.transaction("civilsociety"):
        book.set(name, sorted({*book.setting(name, ()), *values}))
