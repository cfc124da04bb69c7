"""What has changed in a record, in a line a field: old → new where that is short and nobody is protected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs

from kontaktnat.book import Book
from kontaktnat.cli.app import say
from kontaktnat.errors import NotFound
from kontaktnat.i18n import Text, joined
from kontaktnat.model import Participation, Record, Value
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.walk import links
from kontaktnat.ways import KINDS

_SHORT = 40


def say_changed(book: Book, before: Record, after: Record, *, dry_run: bool) -> None:
    """Say what differs, or that nothing does."""
    from kontaktnat.refs import describe

    what = describe(book, before)
    differing = list(_differing(book, before, after))
    if not differing:
        say(Text("{what} was like that already ({id}); nothing changed", what=what, id=before.id))
    quiet = _protected(book, before) or _protected(book, after)
    for field, old, new in differing:
        values: str = ""
        if not quiet and _is_short(old) and _is_short(new):
            values = Text(": {old} → {new}", old=old or Text("(empty)"), new=new or Text("(empty)"))
        if dry_run:
            say(Text("would set: {what}: {field}{values}", what=what, field=field, values=values))
        else:
            say(Text("set: {what}: {field}{values}", what=what, field=field, values=values))


def _protected(book: Book, record: Record) -> bool:
    """Whether values could tell something of somebody who is protected."""
    concerned = {record.id, *(id for _, id, _ in links(record))}
    return bool(getattr(record, "protected", False) or record.hidden or concerned & book.about_protected())


def _differing(book: Book, before: Record, after: Record) -> Iterator[tuple[str, Any, Any]]:
    """(field, old, new) as eyes see them; a value is None where it has no short form."""
    for attribute in attrs.fields(type(before)):
        name = attribute.name
        old, new = getattr(before, name), getattr(after, name)
        if old == new or name in BOOKKEEPING | {"hidden", "unknown"}:
            continue
        if name == "ways":
            yield from _ways(old, new)
        elif name == "extra":
            yield from _extra(old, new)
        else:
            yield name, _shown(book, attribute, old), _shown(book, attribute, new)


def _ways(old: Iterable[Any], new: Iterable[Any]) -> Iterator[tuple[str, Any, Any]]:
    for kind, name in {kind: name for name, kind in reversed(KINDS.items())}.items():
        was, is_ = ([way for way in ways if way.kind == kind] for ways in (old, new))
        if was != is_:
            values = [", ".join(way.value for way in ways) for ways in (was, is_)]
            yield name, *(values if values[0] != values[1] else (None, None))


def _extra(old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield name, *(str(one.get(name, "")) for one in (old, new))


def _is_short(text: Any) -> bool:
    return text is not None and len(text) <= _SHORT and "\n" not in text


def _shown(book: Book, attribute: Any, value: Any) -> str | None:
    from kontaktnat.views.listing import clock, participant

    if isinstance(value, tuple):
        parts = [_shown(book, attribute, one) for one in value]
        return None if None in parts else joined(", ", parts)
    if value is None or value == "":
        return ""
    if vocabulary := attribute.metadata.get("word"):
        return book.words.name(vocabulary, value)
    if "link" in attribute.metadata:
        return _named(book, value)
    if isinstance(value, bool):
        return Text("yes") if value else Text("no")
    if isinstance(value, datetime):
        return clock(value)
    if isinstance(value, Participation):
        return participant(book, value)
    if isinstance(value, Value):
        return _named(book, value.actor) if hasattr(value, "actor") else None
    return None if isinstance(value, Mapping) else str(value)


def _named(book: Book, id: str) -> str:
    from kontaktnat.refs import describe

    try:
        return describe(book, book.get(id))
    except NotFound:
        return id
