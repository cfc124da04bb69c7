"""What is suggested of all actors, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.extend import Column, Table, Text
from kontaktnat_civilsociety.acting import along
from kontaktnat_civilsociety.suggesting import suggestions, title_of
from kontaktnat_civilsociety.views.said import SUGGESTED_DEFINITION, SUGGESTED_TITLE

if TYPE_CHECKING:
    from kontaktnat.extend import Outward

_COLUMNS = (
    Column(key="actor", title=Text("Actor")),
    Column(key="suggestion", title=Text("Suggestion")),
    Column(key="title", title=Text("What")),
    Column(key="reason", title=Text("Why"), whole=True),
    Column(key="along", title=Text("With it")),
    Column(key="id", title=Text("Id"), type="id"),
)


def suggested(book: Outward, /) -> Table:
    """Rows by actor in Swedish order, the likeliest first."""
    rows = tuple(
        {
            "actor": actor.name,
            "suggestion": one.value,
            "title": title_of(book, one.value),
            "reason": one.reason,
            "along": along(book, actor, one) or None,
            "id": actor.id,
        }
        for actor, found in suggestions(book)
        for one in found
    )
    actors = len({row["id"] for row in rows})
    note = Text("{n} actor: kontaktnat civilsociety suggest asks about them",
                "{n} actors: kontaktnat civilsociety suggest asks about them", n=actors)  # fmt: skip
    return Table(name="civil-suggestions", title=SUGGESTED_TITLE, columns=_COLUMNS, rows=rows,
                 notes=(note,) if actors else (), definition=SUGGESTED_DEFINITION)  # fmt: skip
