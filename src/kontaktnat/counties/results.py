"""What filling a book from a county pack came to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from attrs import frozen

from kontaktnat.descriptors import Column, Table
from kontaktnat.i18n import Text
from kontaktnat.plain import Plain

What = Literal["updated", "differs", "gone", "deleted"]


@frozen(kw_only=True, eq=False, repr=False)
class PackChange(Plain):
    """One thing that was brought up to date, or that was not and is listed."""

    _shown = ("type", "id")

    what: What
    """A word of `pack_change`: updated; differs: the book has something else, which stays; gone: the pack
    has the record no more, and it stays; deleted: somebody took it out of the book, and it stays out."""
    type: str
    id: str
    name: str
    field: str = ""
    here: Any = None
    """What the book has (before it was brought up to date), as JSON; links are ids."""
    pack: Any = None
    """What the pack says."""


@frozen(kw_only=True, eq=False, repr=False)
class Filled(Plain):
    """How a book was filled from a pack, or brought up to date with it."""

    _shown = ("version",)

    pack: str
    title: str
    version: int
    before: int | None
    """The version of the pack that the book had; None: none."""
    added: int = 0
    there: int = 0
    """Records of the pack that were in the book already."""
    changes: tuple[PackChange, ...] = ()

    @property
    def updated(self) -> int:
        """How many records were brought up to date."""
        return len({(one.type, one.id) for one in self.changes if one.what == "updated"})


_COLUMNS = (
    Column(key="what", title="What", type="word", vocabulary="pack_change"),
    Column(key="type", title="Type", type="word", vocabulary="record_type"),
    Column(key="name", title="Name"),
    Column(key="field", title="Field"),
    Column(key="here", title="Here"),
    Column(key="pack", title="The pack"),
    Column(key="id", title="Id", type="id"),
)


def changes_table(filled: Iterable[Filled]) -> Table:
    """What was brought up to date, and what was not, a row a field."""
    rows = tuple(
        {column.key: getattr(one, column.key) for column in _COLUMNS}
        for each in filled
        for one in each.changes
    )
    return Table(name="pack-changes", title=Text("What the county pack changes"), columns=_COLUMNS, rows=rows)
