"""What lies on the desk: things not yet resolved, and the book's own settings."""

from collections.abc import Mapping
from typing import ClassVar

from attrs import field, frozen

from kontaktnat.model.base import Json, PendingId, Record, SettingId, link, not_blank, texts


@frozen(kw_only=True, eq=False, repr=False)
class Pending(Record):
    """What could not be resolved (karantän): kept whole, never guessed and never dropped."""

    type: ClassVar[str] = "pending"
    id: PendingId = PendingId("")
    kind: str = ""
    """Type of the record it would become."""
    text: str = field(validator=not_blank)
    """What is unclear, in one line."""
    raw: Mapping[str, Json] = field(factory=dict, hash=False)
    """The thing itself, as it came."""
    source: str = ""
    candidates: tuple[str, ...] = field(default=(), converter=texts, metadata=link("any"))


@frozen(kw_only=True, eq=False, repr=False)
class Setting(Record):
    """One of the book's own settings; its id is its name. Part of the file, of history and of undo."""

    type: ClassVar[str] = "setting"
    id: SettingId = SettingId("")
    value: Json = field(default=None, hash=False)
