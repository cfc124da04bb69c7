"""A field's value in a few words, as people say it: labels for words, names for ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from kontaktnat.cli.app import one_line
from kontaktnat.errors import NotFound
from kontaktnat.i18n import Text, joined
from kontaktnat.model import Record
from kontaktnat.outward import Outward, title_of

_LONG = 60
_PLAIN = ("value", "name", "label")
"""Keys of a part that need not be named to be understood."""


def spelled(book: Outward, cls: type[Record], field: str, value: Any) -> str:
    """The value of a field of a document; "(nothing)" where there is none."""
    attribute = attrs.fields_dict(cls).get(field)
    meaning = attribute.metadata if attribute else {}
    if value in (None, "", [], {}):
        return Text("(nothing)")
    if isinstance(value, bool):
        return Text("yes") if value else Text("no")
    if isinstance(value, list):
        return joined(", ", (spelled(book, cls, field, one) for one in value))
    if isinstance(value, Mapping):
        shown = [str(value[key]) for key in _PLAIN if value.get(key)]
        shown += [f"{key}={one}" for key, one in value.items() if key not in ("kind", *_PLAIN)]
        return _short(" ".join(shown))
    if "word" in meaning:
        return book.words.name(meaning["word"], str(value))
    if "link" in meaning:
        try:
            return title_of(book.get(str(value)))
        except NotFound:
            return str(value)
    return _short(str(value))


def _short(text: str) -> str:
    text = one_line(text)
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
