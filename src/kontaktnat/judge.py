"""Before a transaction is stored: do its links hold, are its words known, do the plugins agree?

Called inside the store's write lock, on the final state, so that two processes cannot each break
what the other relies on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kontaktnat import codec, model
from kontaktnat.descriptors import Change, Field
from kontaktnat.errors import Invalid, Refused
from kontaktnat.model.walk import links, words
from kontaktnat.unit import Unit

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward


def judge(book: Book, unit: Unit) -> None:
    """Raise Invalid, Refused (Veto) or PluginError if anything in the transaction may not be saved."""
    outward = book.outward()
    for change in unit.changes():
        judge_change(book, unit, change, outward)


def judge_change(book: Book, unit: Unit, change: Change, outward: Outward) -> None:
    """The same for one record."""
    before, after = _record(change, change.before), _record(change, change.after)
    if after is None:
        assert before is not None
        _nothing_points_at(unit, before)
        if unit.undoes is None:
            book.plugins.guard("before_delete", record=before, book=outward)
        return
    if problem := missing_link(unit, after):
        raise problem
    if not unit.restoring:
        _words_known(book, after, before)
        _fields_fit(book, after, before)
    if unit.undoes is None:  # an undo brings back what the guards have let pass before
        book.plugins.guard("before_save", record=after, before=before, book=outward)


def _record(change: Change, doc: Mapping[str, Any] | None) -> model.Record | None:
    return None if doc is None else codec.from_doc(model.RECORDS[change.type], doc)


def missing_link(unit: Unit, record: model.Record) -> Invalid | None:
    """What is wrong with the record's links in the transaction's final state, or None."""
    if isinstance(record, model.Role) and record.actor is None:
        return Invalid("{path}: a role is at an actor", path="actor")
    for path, id, types in links(record):
        wanted = tuple(model.RECORDS) if "any" in types else types
        if not any(unit.get(type_name, id) is not None for type_name in wanted):
            what = "record" if "any" in types else " or ".join(types)
            return Invalid("{path}: no {type} {id}", path=path, type=what, id=id)
    return None


def _nothing_points_at(unit: Unit, record: model.Record) -> None:
    pointing = pointers(unit, record.id)
    if pointing:
        shown = ", ".join(f"{type_name} {id}" for type_name, id in pointing[:5])
        more = f" and {len(pointing) - 5} more" if len(pointing) > 5 else ""
        raise Refused(
            "{type} {id} is still referred to by {shown}{more}; delete or change these first",
            type=record.type,
            id=record.id,
            shown=shown,
            more=more,
            pointing=pointing,
        )


def pointers(unit: Unit, id: str) -> list[tuple[str, str]]:
    """(type, id) of the records that point at `id` in the transaction's final state."""
    found = []
    for type_name, other in unit.search(id):
        doc = unit.get(type_name, other)
        if other != id and doc is not None:
            record = codec.from_doc(model.RECORDS[type_name], doc)
            if any(target == id for _, target, _ in links(record)):
                found.append((type_name, other))
    return sorted(found)


def _words_known(book: Book, record: model.Record, before: model.Record | None) -> None:
    """A word that is newly set has to exist; one that was there may stay (its plugin may be missing)."""
    kept = {(vocabulary, word) for _, word, vocabulary in words(before)} if before else set()
    for path, word, vocabulary in words(record):
        known = book.words.of(vocabulary)
        if known and word not in known and (vocabulary, word) not in kept:
            raise book.words.unknown(vocabulary, word, path)


def _fields_fit(book: Book, record: model.Record, before: model.Record | None) -> None:
    """A plugin's field that is newly set has to be one it has, and of its type."""
    fields: Mapping[str, Field] = book.plugins.collect("register_fields")
    active = {plugin.name for plugin in book.plugins.loaded}
    for name, value in record.extra.items():
        if before and before.extra.get(name) == value:
            continue
        path = f"extra.{name}"
        plugin, dot, _ = name.partition(".")
        if not dot:
            raise Invalid("{path}: write it as plugin.field", path=path)
        field = fields.get(name)
        if field is None or record.type not in field.records:
            if plugin in active:
                names = (
                    ", ".join(sorted(f.name for f in fields.values() if record.type in f.records)) or "none"
                )
                raise Invalid("{path}: {plugin} has no such field for {type} (it has: {names})",
                              path=path, plugin=plugin, type=record.type, names=names)  # fmt: skip
        elif type(value) is not field.type:
            raise Invalid("{path}: {value} is not of type {type}",
                          path=path, value=repr(value), type=field.type.__name__)  # fmt: skip
        elif field.choices and value not in field.choices:
            raise Invalid("{path}: {value} is none of {choices}",
                          path=path, value=repr(value), choices=", ".join(field.choices))  # fmt: skip
