"""What a register extract is made of: sections of entries, and the forms in which it is handed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen

from kontaktnat.codec import FORMAT
from kontaktnat.plain import Plain
from kontaktnat.privacy.fields import Fact
from kontaktnat.privacy.paper import Paper
from kontaktnat.views.listing import moment


@frozen(eq=False, repr=False)
class Entry(Plain):
    """One record, or one thing that a plugin holds."""

    _shown = ("type",)

    type: str
    heading: str
    at: str
    """By which it is ordered: ISO 8601, as far as it is known."""
    facts: tuple[Fact, ...]
    data: Mapping[str, Any]
    """The same for JSON."""
    draft_days: int | None = None
    """Days since it was made, for one that bears the working mark."""
    hidden: tuple[str, ...] = ()
    """Fields that stay covered, since somebody else is protected."""


@frozen(eq=False, repr=False)
class Part(Plain):
    """What of one sort there is; `key` is what JSON calls it."""

    _shown = ("key",)

    key: str
    title: str
    entries: tuple[Entry, ...]


@frozen(eq=False, repr=False)
class Extract(Plain):
    """Everything about one person. `data()` is for JSON, `markdown()` for them to read."""

    _shown = ("id",)

    name: str
    id: str
    made: datetime
    by: str
    sections: tuple[Part, ...]
    """Only those that hold something."""
    notes: tuple[str, ...] = field(default=())
    """What is missing in it, and why."""
    information: Paper | None = None
    """What article 15.1 a-h asks beside the data: who answers for it, why, for how long, what rights."""

    def data(self) -> dict[str, Any]:
        """As JSON, English; the same in every language."""
        rows = self.information.table().rows if self.information else ()
        whole: dict[str, Any] = _plain(
            {
                "schema": FORMAT,
                "extract": {
                    "person": self.name,
                    "id": self.id,
                    "made": moment(self.made),
                    "by": self.by,
                    "notes": list(self.notes),
                },
                "counts": {one.key: len(one.entries) for one in self.sections},
                "information": [dict(row) for row in rows],
                "sections": {one.key: [entry.data for entry in one.entries] for one in self.sections},
            }
        )
        return whole

    def markdown(self) -> str:
        """A document in the language in force, for somebody who has never seen the program."""
        from kontaktnat.privacy.extract_page import page

        return page(self)


def _plain(value: Any) -> Any:
    """Every sentence as the English one."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
