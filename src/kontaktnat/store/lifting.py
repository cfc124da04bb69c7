"""Documents of an older schema, lifted as they are read; the file itself only when that is asked for."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import StoreDamaged
from kontaktnat.store import blocks
from kontaktnat.store.blocks import Block, Row
from kontaktnat.store.layout import FORMAT, Header, Tables
from kontaktnat.store.troubles import newer


@frozen(eq=False, repr=False)
class Lifting:
    """From the schema of a file to the one that is read; `place` is how messages name the book.

    Raises Refused for a newer schema, StoreDamaged where a migration fails.
    """

    place: str
    options: StoreOptions

    def is_needed(self, header: Header) -> bool:
        """Whether a file is of another format or schema than the ones that are written."""
        return (header.schema, header.format) != (self.options.schema, FORMAT)

    def tables(self, tables: Tables, schema: int) -> Tables:
        """All documents of a snapshot, in place."""
        if schema > self.options.schema:
            raise newer(self.place, schema, self.options.schema)
        if schema < self.options.schema:
            for name, table in tables.items():
                table.update({key: self._doc(name, doc, schema) for key, doc in table.items()})
        return tables

    def rows(self, block: Block, schema: int) -> list[Row]:
        """What a transaction changed."""
        found: list[Row] = list(blocks.rows_of(block.body))
        if schema == self.options.schema:
            return found
        return [
            row if row[1] is None else (*row[:2], *(self._doc(row[0], doc, schema) for doc in row[2:]))
            for row in found
        ]

    def _doc(self, type: str, doc: Any, schema: int) -> Any:
        if doc is None:
            return None
        try:
            for step in self.options.migrations[schema - 1 : self.options.schema - 1]:
                doc = step(type, doc)
        except Exception as error:  # whatever a migration trips over in an old document
            raise StoreDamaged(
                "{path} cannot be lifted from schema {found} ({problem}); nothing was changed",
                path=self.place,
                found=schema,
                problem=f"{error.__class__.__name__}: {error}",
            ) from None
        return doc
