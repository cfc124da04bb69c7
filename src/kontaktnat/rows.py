"""A row's fields → a record made or changed: for an import, and for what waited in quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import codec, model
from kontaktnat.descriptors import CLEAR
from kontaktnat.matching import name_key, with_ways
from kontaktnat.query import Doc
from kontaktnat.refs import names_of
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward

CLEAR_WAYS = "clear_ways"
"""Key of a row under which the kinds of ways stand that are to be emptied first."""

HATS = "hats"
"""Key of a contact's row under which stands what it says of employment; see `Candidate`."""

_UNITED = ("tags", "categories", "aliases")
_BESIDE = frozenset({CLEAR_WAYS, HATS})
"""Keys of a row that are no fields of its record."""


def said(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What the fields say, without what they only clear."""
    return {name: value for name, value in fields.items() if value != CLEAR and name not in _BESIDE}


@cache
def _asked(cls: Any) -> Mapping[str, str]:
    """Fields that hold a word → its vocabulary."""
    return {one.name: one.metadata["word"] for one in attrs.fields(cls) if "word" in one.metadata}


def worded(book: Outward, cls: type[model.Record], fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with words as people write them (`förening`) as ids.

    Raises Invalid, naming the path, for what `cls` does not have; Ambiguous for half a word.
    """
    of: Any = cls  # mypy takes no class for hashable
    asked = _asked(of)
    found = {
        name: book.words.lookup(asked[name], value) if name in asked and value != CLEAR else value
        for name, value in fields.items()
    }
    if (told := found.get("categories")) and told != CLEAR:
        found["categories"] = [book.schemes.read(one) for one in told]
    if (form := found.get("legal_form")) and form != CLEAR:
        found["legal_form"] = book.schemes.read(form, "legal_form")
    codec.check_keys({name: None for name in found if name not in _BESIDE}, cls)
    return found


def checked(
    book: Outward, cls: type[model.Record], fields: Mapping[str, Any]
) -> tuple[dict[str, Any], model.Record]:
    """The fields, `worded`, and the record that they would make; raises Invalid for what `cls` refuses."""
    found = worded(book, cls, fields)
    return found, codec.from_doc(cls, said(found))


def create(book: Book, cls: type[model.Record], said: Mapping[str, Any], *, source: str) -> str:
    """Add what a row has `said`; its id. Of a person it is kept where the data came from.

    Raises Invalid for what `cls` does not take.
    """
    if cls is model.Contact and not said.get("source"):
        said = {**said, "source": source}
    if cls not in (model.Actor, model.Contact) or "id" in said:  # whose links are to be looked at, or ids
        return book.add(codec.from_doc(cls, said)).id
    return book._create(cls, said).id


def change(book: Book, cls: type[model.Record], id: str, fields: Mapping[str, Any]) -> bool:
    """Put the fields onto a stored record: blank keeps, `<clear>` clears; whether that changed anything."""
    stored = book._now_or_store.get(cls.type, id)
    assert stored is not None
    wanted, current = codec.from_doc(cls, changed(stored, fields)), codec.from_doc(cls, stored)
    differing = {
        attribute.name: getattr(wanted, attribute.name)
        for attribute in attrs.fields(cls)
        if getattr(wanted, attribute.name) != getattr(current, attribute.name)
    }
    if differing:
        book.update(current, **differing)
    return bool(differing)


def called_too(record: model.Actor | model.Contact, name: str) -> tuple[str, ...]:
    """The aliases of who is called so from now on, too; letters count, as in an import."""
    known = map(name_key, names_of(record))
    return record.aliases if name_key(name) in known else (*record.aliases, name)


def _same_name(stored: Doc, fields: Mapping[str, Any]) -> bool:
    return "name" not in fields or fold(name_key(fields["name"])) == fold(name_key(stored["name"]))


def changed(stored: Doc, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A document with the fields put onto it; its name stays, for what matched may be an alias."""
    doc = dict(stored)
    # Of one who was found under another name the parts of that name are another's, too.
    kept = {"name"} if _same_name(stored, fields) else {"name", "given", "family"}
    if cleared := fields.get(CLEAR_WAYS, ()):
        doc["ways"] = [way for way in doc.get("ways", ()) if way["kind"] not in cleared]
    for name, value in fields.items():
        if name == "ways" and value != CLEAR:
            doc["ways"] = with_ways(doc, value)
        elif value == CLEAR:
            doc.pop(name, None)
        elif name in _UNITED:  # two address books give one person different labels
            doc[name] = list(dict.fromkeys((*doc.get(name, ()), *value)))
        elif name == "extra":  # of several plugins, each with fields of its own
            doc[name] = {**doc.get(name, {}), **value}
        elif name not in kept and name not in _BESIDE:
            doc[name] = value
    return doc
