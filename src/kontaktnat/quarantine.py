"""What an import could not decide, decided: put onto a record, made a new one, or discarded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import codec, employing, model, rows
from kontaktnat.cover import DIFFERS
from kontaktnat.descriptors import CLEAR
from kontaktnat.errors import Ambiguous, Invalid, Refused, Usage
from kontaktnat.guests import MEETINGS, address_of, attend, is_guest
from kontaktnat.ignoring import ignore as ignore_from_now_on
from kontaktnat.likeness.apart import tell_all_apart
from kontaktnat.matching import name_key
from kontaktnat.model.base import texts
from kontaktnat.model.names import type_label
from kontaktnat.outward import Outward
from kontaktnat.staging import refuse_covered

if TYPE_CHECKING:
    from kontaktnat.book import Book

_NOT_MADE = ("pending", "setting")


@attrs.frozen(kw_only=True, repr=False)
class Step:
    """What would become of one field of a record."""

    field: str
    before: Any
    after: Any


def becomes(pending: model.Pending) -> type[model.Record] | None:
    """The class of what waits; None where no installed plugin knows it."""
    return None if pending.kind in _NOT_MADE else model.RECORDS.get(pending.kind)


def steps(book: Outward, pending: model.Pending, onto: model.Record) -> tuple[Step, ...]:
    """What would change in a record, as far as it may be seen: of a covered field nothing is compared.

    Raises Invalid for fields that do not fit.
    """
    if pending.kind == "role":
        return ()
    fields = _named(pending, onto, rows.checked(book, type(onto), _said(pending, onto))[0])
    before = codec.to_doc(onto)
    after = codec.to_doc(codec.from_doc(type(onto), rows.changed(before, fields)))
    return tuple(
        Step(field=name, before=before.get(name), after=after.get(name))
        for name in {**before, **after}
        if name not in onto.hidden and before.get(name) != after.get(name)
    )


def may_be(book: Outward, pending: model.Pending) -> list[model.Record]:
    """Those that what waits may be, or may be put onto."""
    if pending.kind == "role":
        return employing.may_be(book, pending)
    cls = becomes(pending)
    found = (book.peek(cls, id) for id in pending.candidates) if cls else ()
    return [one for one in found if one]


def onto_types(pending: model.Pending) -> tuple[str, ...]:
    """Types of records onto which it may be put; raises Refused where nobody here knows."""
    if is_guest(pending):  # whose address it is may be an actor, whose mailbox it then is
        return ("contact", "actor")
    return employing.ONTO if pending.kind == "role" else (must_become(pending).type,)


def must_become(pending: model.Pending) -> type[model.Record]:
    """As `becomes`; raises Refused where nobody here knows."""
    cls = becomes(pending)
    if cls is None:
        raise Refused(
            "nobody here knows what a {kind} is; install the plugin that brought {id}, or discard it",
            kind=pending.kind or "?",
            id=pending.id,
        )
    return cls


def other_name(pending: model.Pending, onto: model.Record) -> str:
    """What the person it may be would be called, if that is another name; ""."""
    said = str(pending.raw.get("name") or "")
    if not isinstance(onto, model.Contact) or pending.kind != "contact" or "@" in said:
        return ""
    return said if said and name_key(said) != name_key(onto.name) else ""


def settle(
    book: Book,
    pending: model.Pending | str,
    *,
    onto: model.Record | str | None,
    new: bool,
    discard: bool,
    ignore: bool,
    hat: model.Role | None,
    take: Iterable[str] = (),
) -> model.Record | None:
    """See `Book.settle`."""
    if [onto is not None, new, discard, ignore].count(True) != 1:
        raise Usage("say one of these: onto a record, new, discard or ignore")
    if hat is not None and not new:
        raise Usage("a hat is for somebody new")
    take = texts(take)
    if take and (onto is None or take != ("name",)):
        raise Usage(
            "of what is put onto a record only the name can be taken; all else is taken without saying"
        )
    with book.transaction("review"):
        whole = book._raw(pending)
        if not isinstance(whole, model.Pending):
            raise Invalid("{type} {id} does not wait in quarantine", type=type_label(whole.type), id=whole.id,
                          path="pending")  # fmt: skip
        if not discard and whole.source.startswith(DIFFERS):
            raise Refused("{id} is what two books differ in: take what stands here or there", id=whole.id)
        hidden = pending.hidden if isinstance(pending, model.Pending) else book._covered_fields(whole)
        if ignore:
            if not is_guest(whole):
                raise Refused("only somebody who came with a meeting or a mail can be ignored")
            refuse_covered(whole, hidden)  # or whose address it is could be asked of what is ignored
            ignore_from_now_on(book, address_of(whole))
        left = discard or ignore
        target = None if left else _settled(book, whole, onto, hidden, hat, renamed=bool(take))
        for one in (whole, *_again(book, whole)):
            if target:
                attend(book, one, *target)
            book.delete(one.id)
        return None if target is None else book.peek(*target)


def _again(book: Book, pending: model.Pending) -> list[model.Pending]:
    """The very same that waits once more: two books took in one file, and were merged since."""
    whose = pending.candidates[:1] if pending.kind == "role" else ()
    there = book.pending.where(kind=pending.kind, source=pending.source) if pending.source else ()
    return [one for one in there if one.id != pending.id and {*whose} <= {*one.candidates}]


def _settled(
    book: Book,
    pending: model.Pending,
    onto: model.Record | str | None,
    hidden: tuple[str, ...],
    hat: model.Role | None,
    *,
    renamed: bool,
) -> tuple[type[model.Record], str]:
    """The type and id of the record that has taken the fields."""
    cls = must_become(pending)
    target = None if onto is None else book._raw(onto)
    if target is None or target.id not in book.protected():
        refuse_covered(pending, hidden)  # or one would read there what is covered here
    if pending.kind == "role":
        return cls, employing.settle(book, pending, target).id
    if is_guest(pending) and isinstance(target, model.Actor):
        cls = model.Actor
    if target is not None and not isinstance(target, cls):
        raise Invalid("{id} is of type {type}, and what waits is of type {kind}", path="onto", id=target.id,
                      type=type_label(target.type), kind=type_label(pending.kind))  # fmt: skip
    try:
        said = _said(pending, target)
        offices: Sequence[Any] = ()
        if not said.get("protected") and (target is None or target.id not in book.protected()):
            said, offices = employing.parted(book, said)  # or the actor would change where one of them comes
        fields = rows.worded(book, cls, said)
        told = fields.pop(rows.HATS, ())
        ways = fields.pop("ways", ()) if hat else ()
        if hat and cls is not model.Contact:
            raise Refused("{type}: only a person wears a hat", type=type_label(cls.type))
        if target is None:
            id = rows.create(book, cls, rows.said(fields), source=pending.text)
            tell_all_apart(book, id, cls.type, pending.candidates)
            if hat:
                book.put_on(attrs.evolve(hat, contact=model.ContactId(id), ways=[*hat.ways, *_ways(ways)]))
        else:
            id = target.id
            if renamed:
                target = _renamed(book, pending, target)
            rows.change(book, cls, id, _named(pending, target, fields))
        if told:
            employing.employ(book, id, told, offices)
    except (Invalid, Ambiguous):
        if hidden:  # the message would repeat what is covered
            raise Refused("what waits as {id} does not fit; reveal it to see why", id=pending.id) from None
        raise
    return cls, id


def _ways(said: Any) -> list[model.Way]:
    return [one if isinstance(one, model.Way) else model.Way(**one) for one in said]


def _said(pending: model.Pending, onto: model.Record | None = None) -> dict[str, Any]:
    """The fields of what it would become; the meetings of a guest are none of a person.

    Nor is an actor called what stood beside the address of its mailbox.
    """
    said = {name: value for name, value in pending.raw.items() if name != MEETINGS}
    return said | {"name": onto.name} if is_guest(pending) and isinstance(onto, model.Actor) else said


def _renamed(book: Book, pending: model.Pending, onto: model.Record) -> model.Record:
    """The person, called as what waits; a given or family name that is no part of it goes."""
    if not isinstance(onto, model.Contact) or pending.kind != "contact":
        raise Refused(
            "only a person takes another name from what waits; kontaktnat set {id} name=… renames an actor",
            id=onto.id,
        )
    if not (name := other_name(pending, onto)):
        return onto
    whole = f" {name_key(name)} "
    left = {part: "" for part in ("given", "family") if f" {name_key(getattr(onto, part))} " not in whole}
    others = [*onto.aliases, onto.name]
    aliases = [one for one in dict.fromkeys(others) if name_key(one) != name_key(name)]
    return book.update(onto, name=name, aliases=aliases, **left)


def _named(pending: model.Pending, onto: model.Record, fields: dict[str, Any]) -> dict[str, Any]:
    """An actor or a person is called from now on what the row calls them, too; not what a calendar does."""
    name = fields.get("name")
    told = fields.get("aliases", ())
    if not isinstance(onto, model.Actor | model.Contact) or not name or told == CLEAR:
        return fields
    if isinstance(onto, model.Contact) and (is_guest(pending) or not other_name(pending, onto)):
        return fields
    return {**fields, "aliases": [*rows.called_too(onto, name), *told]}
