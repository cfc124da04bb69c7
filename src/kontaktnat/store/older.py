"""Files of format 1, which was one JSON object: read as if they were of today's format.

{"kontaktnat": {"schema": 1, "saves": 17}, "tables": {"actor": {"1": {…}}, …, "_transactions": {…}}}
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import orjson

from kontaktnat.i18n import Text
from kontaktnat.store import blocks
from kontaktnat.store.blocks import Row
from kontaktnat.store.layout import Header, Tables, snapshot_of
from kontaktnat.store.troubles import no_book

_LOG = "_transactions"


def converted(place: str, data: bytes) -> bytes:
    """The same book in today's format, marked as one of format 1. Raises StoreDamaged."""
    try:
        match orjson.loads(data):
            case {"kontaktnat": {"schema": int(schema)}, "tables": dict(tables)}:
                log: Any = tables.pop(_LOG, {})
                archive = list(_archive(tables, log.values()))
                version = max((entry["number"] for entry in log.values()), default=0)
                length = sum(map(len, archive))
                header = Header(schema, format=1, archive=length, archived=version)
                return b"".join([header.line(), *archive, snapshot_of(version, tables)])
    except ValueError as error:
        raise no_book(place, Text("{problem}", problem=str(error))) from None
    except (AttributeError, KeyError, TypeError):
        pass
    raise no_book(place, Text("it is JSON of another shape"))


def _archive(tables: Tables, log: Any) -> Iterator[bytes]:
    """The log with the doc_ids that its documents have; what is gone since gets a new one."""
    keys = {(name, doc["id"]): key for name, table in tables.items() for key, doc in table.items()}
    highest = max((int(key) for table in tables.values() for key in table), default=0)
    fresh = map(str, itertools.count(highest + 1))
    for entry in log:
        rows: list[Row] = []
        for change in entry.pop("changes", ()):
            at = change["type"], change["id"]
            key = keys.get(at) or keys.setdefault(at, next(fresh))
            rows.append((change["type"], key, change.get("before"), change.get("after")))
        yield blocks.written(entry, rows)
