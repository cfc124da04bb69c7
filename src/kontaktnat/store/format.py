"""What the bytes of a book say: one JSON object, with a header and the tables as TinyDB would write them.

`{"kontaktnat": {"schema": 1, "saves": 17}, "tables": {"actor": {"1": {…}}, …, "_transactions": {…}}}`
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from typing import Any

import orjson
from attrs import frozen

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import Invalid, Refused, StoreDamaged

TRANSACTIONS = "_transactions"
"""The table that holds the log; the others are named for the type of record they hold."""

Tables = dict[str, dict[str, dict[str, Any]]]
"""TinyDB's form: table → doc_id as text → document."""


@frozen
class Content:
    """A book's file as parsed. `saves` counts how often it was written."""

    schema: int
    saves: int
    tables: Tables


def written(place: str, content: Content) -> bytes:
    """The content as UTF-8 JSON; raises Invalid for what JSON cannot hold."""
    header = {"schema": content.schema, "saves": content.saves}
    try:
        return orjson.dumps(
            {"kontaktnat": header, "tables": content.tables}, option=orjson.OPT_APPEND_NEWLINE
        )
    except TypeError as error:
        raise Invalid("{path}: this is no JSON: {problem}", path=place, problem=str(error)) from None


def parsed(place: str, data: bytes) -> Content:
    """What `written` wrote; raises StoreDamaged for anything else. `place` is how messages name the file."""
    try:
        whole = orjson.loads(data.removeprefix(BOM_UTF8))  # an editor of Windows may have put it there
    except ValueError as error:
        raise StoreDamaged(
            "{path} is damaged or no book ({problem}); put back a backup, or name another file",
            path=place,
            problem=str(error),
        ) from None
    match whole:
        case {"kontaktnat": {"schema": int(schema), **header}, "tables": dict(tables)} if _are_tables(tables):
            saves = header.get("saves")
            return Content(schema, saves if isinstance(saves, int) else 0, tables)
    raise StoreDamaged(
        "{path} is no kontaktnat book: it is JSON of another shape; put back a backup, or name another file",
        path=place,
    )


def lifted(place: str, content: Content, options: StoreOptions) -> Tables:
    """The tables in today's schema: those of an older one are lifted in place, the log with them.

    Raises Refused for a newer schema, StoreDamaged where a migration fails.
    """
    if content.schema > options.schema:
        raise Refused(
            "{path} was written by a newer kontaktnat (schema {found}, this one knows {schema}); "
            "upgrade kontaktnat",
            path=place,
            found=content.schema,
            schema=options.schema,
        )
    if content.schema < options.schema:
        steps = options.migrations[content.schema - 1 : options.schema - 1]
        try:
            for kind, holder, key in _documents(content.tables):
                for step in steps:
                    holder[key] = step(kind, holder[key])
        except Exception as error:  # whatever a migration trips over in an old document
            raise StoreDamaged(
                "{path} cannot be lifted from schema {found} ({problem}); nothing was changed",
                path=place,
                found=content.schema,
                problem=f"{type(error).__name__}: {error}",
            ) from None
    return content.tables


def _are_tables(value: dict[str, Any]) -> bool:
    return all(
        isinstance(table, dict)
        and all(key.isdecimal() and isinstance(doc, dict) for key, doc in table.items())
        for table in value.values()
    )


def _documents(tables: Tables) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(type, what holds the document, under which key), for the records and for the log's copies of them."""
    for name, table in tables.items():
        if name != TRANSACTIONS:
            yield from ((name, table, key) for key in table)
            continue
        for entry in table.values():
            changes: Iterable[dict[str, Any]] = entry.get("changes", ())
            for change in changes:
                yield from ((change["type"], change, key) for key in ("before", "after") if change.get(key))
