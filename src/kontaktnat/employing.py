"""Hats that wait in quarantine: whom they may be at, and what is done when that is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import model
from kontaktnat.descriptors import CLEAR
from kontaktnat.errors import Invalid, NotFound, Refused
from kontaktnat.hats import Hats, Said, more_of
from kontaktnat.i18n import tr
from kontaktnat.model.names import type_label
from kontaktnat.outward import Outward
from kontaktnat.refs import names_of
from kontaktnat.rows import HATS, called_too
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book

ONTO = ("actor", "role")
"""Types of what a waiting hat may be put onto: where it is worn, or the hat that is there."""
_NEAR = 85
"""Of rapidfuzz's 100: how like a name has to be to be shown as what may be meant."""
_SEEN, _LOOKED = 60, 200
"""How like, and how many, are read for what the words in them mean."""
_SHOWN = 5


def may_be(book: Outward, pending: model.Pending) -> list[model.Record]:
    """Hats of theirs and actors that may be meant, those that were found first and then by likeness."""
    found: dict[str, model.Record] = {}
    for id in pending.candidates:
        record = book.peek(model.Role, id) or book.peek(model.Actor, id)
        if record:
            found[id] = record
    name = str(pending.raw.get("organisation") or "")
    if name and not any(isinstance(one, model.Actor) for one in found.values()):
        found |= {one.id: one for one in _near(book, name)}
    return list(found.values())


def _near(book: Outward, name: str) -> list[model.Actor]:
    from rapidfuzz import fuzz, process

    from kontaktnat.likeness.organisations import SAME, relation

    actors = book.actors.all()
    names = {(n, known): fold(known) for n, one in enumerate(actors) for known in names_of(one)}
    seen = process.extract(fold(name), names, scorer=fuzz.token_set_ratio, score_cutoff=_SEEN, limit=_LOOKED)
    same = [n for _, _, (n, known) in seen if relation(name, known) == SAME]  # IF is an idrottsförening
    near = [n for _, score, (n, _) in seen if score >= _NEAR]
    return list({actors[n].id: actors[n] for n in (*same, *near)}.values())[:_SHOWN]


def settle(book: Book, pending: model.Pending, onto: model.Record | None) -> model.Role:
    """The role made or filled by what waits: at an actor, as a hat that is there, or (None) as a new hat.

    A new one is at the actor that is called so, or else at a new one.

    All that waits of the same organisation goes to the same actor. Raises Invalid, Refused.
    """
    contact = _contact(book, pending)
    if isinstance(onto, model.Role):
        return _as(book, pending, onto, contact)
    organisation = str(pending.raw.get("organisation") or "")
    department = ""
    if onto is None:
        if not organisation:
            raise Invalid("no organisation is told of; say onto which actor", path="onto")
        onto = _meant(book, pending) or book.add(model.Actor(name=organisation))
    elif isinstance(onto, model.Actor):
        department = _department_meant(onto, pending.raw)
        called = department or organisation
        aliases = called_too(onto, called) if called else onto.aliases
        onto = onto if aliases == onto.aliases else book.update(onto, aliases=aliases)
    else:
        raise Invalid("{id} is of type {type}, and what waits is of type {kind}", path="onto", id=onto.id,
                      type=type_label(onto.type), kind=type_label("role"))  # fmt: skip
    hats = Hats(book, book.outward())
    said = {**pending.raw, "organisation": onto.name}
    [hat] = hats.read([said])
    role = hats.make(contact, onto.id, attrs.evolve(hat, actors=(onto.id,), known=True))
    hats.give(onto.id, pending.raw.get("offices", ()))
    if organisation:
        _likewise(book, pending, hats, department)
    return role


def _department_meant(actor: model.Actor, said: Mapping[str, Any]) -> str:
    """The department, where the actor is called more like it than like the organisation; or ""."""
    from rapidfuzz import fuzz

    def like(part: str) -> float:
        told = fold(str(said.get(part) or ""))
        return max(fuzz.token_set_ratio(told, fold(name)) for name in names_of(actor)) if told else 0.0

    return str(said.get("department") or "") if like("department") > like("organisation") else ""


def parted(book: Book, fields: Mapping[str, Any]) -> tuple[dict[str, Any], Sequence[Said]]:
    """A row's fields without the mailboxes of where somebody works, and these."""
    told = fields.get(HATS, ())
    if not told or "ways" not in fields or fields["ways"] == CLEAR:
        return dict(fields), ()
    hats = Hats(book, book.outward())
    own, offices = hats.part(fields["ways"], hats.read(told), str(fields.get("name", "")))
    return {**fields, "ways": own}, offices


def employ(book: Book, contact: str, said: Iterable[Said], offices: Sequence[Said]) -> None:
    """Let a contact wear the hats that a row told of; what is not sure waits."""
    hats = Hats(book, book.outward())
    for hat, here in hats.dealt(hats.read(said), offices):
        done = hats.put_on(contact, hat, here)
        if isinstance(done, model.Pending) and not any(
            contact in one.candidates for one in book.pending.where(source=done.source)
        ):
            # Kept, in the language of whoever decides.
            book.add(attrs.evolve(done, text=str(tr(done.text))))


def _contact(book: Book, pending: model.Pending) -> str:
    found = next((id for id in pending.candidates if book.peek(model.Contact, id)), None)
    if found is None:
        raise NotFound("the contact is gone of whom this was told; discard it", nearest=())
    return found


def _meant(book: Book, pending: model.Pending) -> model.Actor | None:
    """The actor of that name: a second hat at a place that is known is new, and the place is not."""
    [hat] = Hats(book, book.outward()).read([pending.raw])
    return book.actors.get(hat.actors[0]) if hat.known else None


def _as(book: Book, pending: model.Pending, role: model.Role, contact: str) -> model.Role:
    """The hat that is there has the title now that was told."""
    if role.contact != contact:
        raise Refused("{id} is a hat of somebody else", id=role.id)
    hats = Hats(book, book.outward())
    [hat] = hats.read([pending.raw])
    told = {"title": hat.title or role.title, "function": hat.function or role.function}
    if role.actor:
        hats.give(role.actor, pending.raw.get("offices", ()))
    return book.update(role, **told, **more_of(role, hat))


def _likewise(book: Book, decided: model.Pending, hats: Hats, department: str) -> None:
    """What else waits of the same organisation (department, if that was meant), unless it is unsure else."""

    def place(pending: model.Pending) -> tuple[str, ...]:
        told = ("organisation", "department") if department else ("organisation",)
        return tuple(fold(str(pending.raw.get(part) or "")) for part in told)

    for one in book.pending.where(kind="role"):
        if one.id == decided.id or one.hidden or place(one) != place(decided):
            continue
        [hat] = hats.read([one.raw])
        contact = _contact(book, one)
        if not isinstance(hats.put_on(contact, hat, one.raw.get("offices", ())), model.Pending):
            book.delete(one.id)
