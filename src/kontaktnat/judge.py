"""Before a transaction is stored: do its links hold, are its words known, do the plugins agree?

Called inside the store's write lock, on the final state, so that two processes cannot each break
what the other relies on.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from kontaktnat import codec, model
from kontaktnat.cover import Closed, protects
from kontaktnat.descriptors import Change, Field, field_of
from kontaktnat.errors import Invalid, Refused, shown
from kontaktnat.i18n import Text, joined
from kontaktnat.model.names import either, type_label
from kontaktnat.model.walk import link_paths, links, words
from kontaktnat.query import F, strings
from kontaktnat.remarks import Accepted, apart, noticed, open_ones, refusal, setting_of, standing
from kontaktnat.unit import Key, Unit

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward

_FEW = 50
_WORKPLACES = ("actor", "assignment")


def judge(book: Book, unit: Unit) -> None:
    """Raise Invalid, Refused (Veto) or PluginError if anything in the transaction may not be saved."""
    outward = book.outward()
    changes = unit.changes()
    unit.noticed.clear()  # an import has judged some of it before
    unit.carried.clear()
    pointing = pointers(unit, {change.id for change in changes if change.after is None})
    for change in changes:
        if found := pointing.get(change.id):
            raise still_needed(outward, change, found)
        if change.after is None and would_tell(unit, outward, change):
            raise not_told(change)
        judge_change(book, unit, change, outward)


def judge_change(book: Book, unit: Unit, change: Change, outward: Outward) -> None:
    """The same for one record; whether others point at one that is deleted is asked of all at once."""
    origin = unit.origin(change.type, change.id)
    # What an undo takes away may be a slip of the hand in the file, which is no record at all.
    before = None if origin == "undo" else _record(change, change.before)
    after = _after(unit, change)
    if after is None:
        if origin != "undo":
            book.plugins.guard("before_delete", record=before, book=outward)
        return
    if problem := missing_link(unit, after):
        raise problem
    if origin == "new" and unit.looked.get((change.type, change.id), (None,))[0] != change.after:
        newly_set(book, after, before)  # of which nothing but these two tells
    if origin != "undo":  # which brings back what the guards have let pass before
        _notice(unit, change, after, before, outward)
        book.plugins.guard("before_save", record=after, before=before, book=outward)


def _notice(
    unit: Unit, change: Change, record: model.Record, before: model.Record | None, outward: Outward
) -> None:
    """Note what checks newly find in what is saved; raises Refused for what is grave and not accepted."""
    key, origin = (change.type, change.id), unit.origin(change.type, change.id)
    seen, news = unit.looked.get(key, (None, []))
    if seen is None or seen != change.after:  # a row of an import is judged by itself first
        news = noticed(outward, record, before)
        unit.looked[key] = change.after, news
    if news and origin == "archive":  # which brings along what was accepted where it comes from
        news = open_ones(news, _accepted(unit, record.id))
    if news:
        unit.stood |= standing(outward, unit.fresh_befores())
        news, moved = apart(news, record, unit.stood)
        for one, source in moved:
            unit.carried.extend(
                (one, entry) for entry in _accepted(unit, source) if entry["rule"] == one.rule
            )
    if unit.accept is None and (grave := next((one for one in news if one.grave), None)):
        raise refusal(grave)
    hidden = outward.peek(type(record), record.id) if before is not None and news else None
    covered = hidden.hidden if hidden else ()
    unit.noticed.extend(one for one in news if re.split(r"[.\[]", one.path)[0] not in covered)


def _accepted(unit: Unit, id: str) -> Sequence[Accepted]:
    doc = unit.get("setting", setting_of(id)) or unit.before("setting", setting_of(id)) or {}
    found: Sequence[Accepted] = doc.get("value", ())
    return found


def _after(unit: Unit, change: Change) -> model.Record | None:
    """The record as it would stand; one of an import was made of the same document before."""
    if change.after is None:
        return None
    key = change.type, change.id
    known = unit.made.get(key)
    if known is None or known[0] != change.after:
        unit.made[key] = known = change.after, codec.from_doc(model.RECORDS[change.type], change.after)
    return known[1]


def _record(change: Change, doc: Mapping[str, Any] | None) -> model.Record | None:
    return None if doc is None else codec.from_doc(model.RECORDS[change.type], doc)


def missing_link(unit: Unit, record: model.Record) -> Invalid | None:
    """What is wrong with the record's links in the transaction's final state, or None."""
    if isinstance(record, model.Role) and record.actor is None:
        return Invalid("{path}: a role is at an actor", path="actor")
    for path, id, types in links(record):
        wanted = tuple(model.RECORDS) if "any" in types else types
        if not any(unit.get(type_name, id) is not None for type_name in wanted):
            what = either(("record",) if "any" in types else types)
            return Invalid("{path}: no {type} {id}", path=path, type=what, id=id)
    return None


def pointers(unit: Unit, ids: Collection[str]) -> dict[str, list[Key]]:
    """For each of `ids` that others point at in the transaction's final state, (type, id) of those."""
    found: dict[str, list[Key]] = {}
    wanted = frozenset(ids)
    for kind, cls in model.RECORDS.items() if wanted else ():
        paths = link_paths(cls)
        # Of a few the store knows who points at them; of many it is quicker to look at everything once.
        some = [F(path).in_(wanted) for path in paths] if len(wanted) <= _FEW else []
        for doc in unit.find(kind, reduce(or_, some) if some else None) if paths else ():
            if not wanted.isdisjoint(strings(doc)):
                targets = {target for _, target, _ in links(codec.from_doc(cls, doc))}
                for target in targets & wanted - {doc["id"]}:
                    found.setdefault(target, []).append((kind, doc["id"]))
    return found


def still_needed(book: Outward, change: Change, pointing: list[Key]) -> Refused:
    """The error for what others point at and is deleted."""
    seen = [key for key in pointing if _shows(book, key, change.id)]
    if not seen:  # nor is it told by refusing that somebody protected works there
        return not_told(change)
    shown = [Text("{type} {id}", type=type_label(type), id=id) for type, id in seen[:5]]
    if (n := len(seen) - 5) > 0:
        shown.append(Text("{n} more", "{n} more", n=n))
    return Refused(
        "{type} {id} is still referred to by {shown}; delete or change these first",
        type=type_label(change.type),
        id=change.id,
        shown=joined(", ", shown),
        pointing=seen,
    )


def not_told(change: Change) -> Refused:
    """The error for what is not deleted, whether it could be or not."""
    return Refused(
        "{type} {id} is not deleted: whether anybody protected has to do with it is not told; "
        "say why it should be, with --reveal REASON",
        type=type_label(change.type),
        id=change.id,
        pointing=(),
    )


def would_tell(unit: Unit, book: Outward, change: Change) -> bool:
    """Whether it may be where somebody protected works: that it can be deleted says that it is not."""
    if change.type not in _WORKPLACES or unit.revealing or unit.origin(change.type, change.id) != "new":
        return False
    closed = Closed(ids=book.protected())
    return bool(closed) and bool(unit.find("role", protects("role", closed)))


def _shows(book: Outward, key: Key, target: str) -> bool:
    record = book.peek(model.RECORDS[key[0]], key[1])
    return record is not None and any(found == target for _, found, _ in links(record))


def newly_set(book: Book, record: model.Record, before: model.Record | None) -> None:
    """Raise Invalid for a word that no plugin brings, or a plugin's field that does not fit, set anew."""
    _words_known(book, record, before)
    _categories_known(book, record, before)
    _fields_fit(book, record, before)


def _words_known(book: Book, record: model.Record, before: model.Record | None) -> None:
    """A word that is newly set has to exist; one that was there may stay (its plugin may be missing)."""
    kept = {(vocabulary, word) for _, word, vocabulary in words(before)} if before else set()
    for path, word, vocabulary in words(record):
        known = book.words.of(vocabulary)
        if known and word not in known and (vocabulary, word) not in kept:
            raise book.words.unknown(vocabulary, word, path)


def _categories_known(book: Book, record: model.Record, before: model.Record | None) -> None:
    """The same of categories, where their scheme is there, and of a legal form that is written as a code."""
    kept = frozenset(before.categories) if before else frozenset()
    for n, value in enumerate(record.categories):
        if value not in kept and (problem := book.schemes.problem(value, f"categories[{n}]")):
            raise problem
    form = getattr(record, "legal_form", "")
    if form and form.isdecimal() and form != getattr(before, "legal_form", ""):
        schemes = book.schemes.kept_in("legal_form")
        if schemes and not any(form in book.schemes.of(name) for name in schemes):
            raise book.schemes.unknown(form, "legal_form", "legal_form")


def _fields_fit(book: Book, record: model.Record, before: model.Record | None) -> None:
    """A plugin's field that is newly set has to be one it has, and of its type."""
    if not record.extra:
        return
    fields: Mapping[str, Field] = book.plugins.collect("register_fields")
    active = {plugin.name for plugin in book.plugins.loaded}
    for name, value in record.extra.items():
        if before and name in before.extra and before.extra[name] == value:
            continue
        path = f"extra.{name}"
        plugin, dot, _ = name.partition(".")
        if not dot:
            raise Invalid("{path}: write it as plugin.field", path=path)
        field = field_of(fields, name)
        if field is None or record.type not in field.records:
            if plugin in active:
                names = ", ".join(
                    sorted(f.name for f in fields.values() if record.type in f.records)
                ) or Text("none")
                raise Invalid("{path}: {plugin} has no such field for {type} (it has: {names})",
                              path=path, plugin=plugin, names=names,
                              type=type_label(record.type))  # fmt: skip
        elif type(value) is not field.type and not (field.type is float and type(value) is int):
            raise Invalid("{path}: {value} is not of type {type}",
                          path=path, value=shown(value), type=field.type.__name__)  # fmt: skip
        elif field.choices and value not in field.choices:
            raise Invalid("{path}: {value} is none of {choices}",
                          path=path, value=shown(value), choices=", ".join(field.choices))  # fmt: skip
