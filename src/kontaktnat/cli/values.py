"""What a person writes for a field → a value as the field has it."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import attrs

from kontaktnat.cli.app import App
from kontaktnat.codec import check_keys, record_class
from kontaktnat.errors import Invalid
from kontaktnat.model import PartialDate, Record
from kontaktnat.outward import Outward

_TRUE, _FALSE = ("yes", "ja", "true", "1"), ("no", "nej", "false", "0")


def filter_value(app: App, book: Outward, type_name: str, name: str, text: str) -> Any:
    """A value to compare with: `kind=kommun`, `actor=nybro`, `since=2018-09`; nothing: not set."""
    cls, attribute = _field(type_name, name)
    if "word" in attribute.metadata:
        # A word whose plugin is missing may still be asked for, as it stands in the book.
        known = {getattr(record, name) for record in book.collection_of(type_name).all()}
        return text if text in known or not text else book.words.lookup(attribute.metadata["word"], text)
    if "link" in attribute.metadata:
        return _linked(app, book, attribute, text) if text else None
    return _scalar(cls, name, text) if text else attribute.default


def field_value(app: App, book: Outward, type_name: str, name: str, text: str) -> Any:
    """A value to set. Several apart by commas where the field holds several."""
    cls, attribute = _field(type_name, name)
    several = str(attribute.type).startswith("tuple")
    if "word" in attribute.metadata:
        return book.words.lookup(attribute.metadata["word"], text)
    if not text:
        return attribute.default
    if "link" in attribute.metadata:
        found = [_linked(app, book, attribute, part) for part in (text.split(",") if several else [text])]
        return found if several else found[0]
    if several:
        return [_scalar(cls, name, part.strip()) for part in text.split(",") if part.strip()]
    hint = get_type_hints(cls)[name]
    if PartialDate in (hint, *get_args(hint)):
        return app.day(text, past=name != "due")
    return _scalar(cls, name, text)


def _field(type_name: str, name: str) -> tuple[type[Record], Any]:
    cls = record_class(type_name)
    check_keys({name: None}, cls)
    return cls, attrs.fields_dict(cls)[name]


def _linked(app: App, book: Outward, attribute: Any, text: str) -> str:
    types = attribute.metadata["link"]
    return app.pick(book, text.strip(), ("actor", "contact") if "any" in types else types).id


def _scalar(cls: type[Record], name: str, text: str) -> Any:
    hint = get_type_hints(cls)[name]
    kinds = {hint, *get_args(hint)}
    if bool in kinds:
        if text.lower() not in _TRUE + _FALSE:
            raise Invalid("{path}: {value} is neither yes nor no", path=name, value=text)
        return text.lower() in _TRUE
    for kind in (int, float):
        if kind in kinds:
            try:
                return kind(text.replace(",", "."))
            except ValueError:
                raise Invalid("{path}: {value} is no number", path=name, value=text) from None
    return text
