"""What a merge of two books gives back."""

from __future__ import annotations

from attrs import frozen

from kontaktnat import model
from kontaktnat.i18n import Text
from kontaktnat.plain import Plain


@frozen(kw_only=True, repr=False)
class LeftOut:
    """A record that could not be taken, and why; the next merge tries again."""

    type: str
    id: str
    reason: Text


@frozen(kw_only=True, eq=False, repr=False)
class Joined(Plain):
    """What became of what was done in the other book."""

    _shown = ("number",)

    name: str
    """What the other book is called in messages and in the history: its file's name."""
    common: int
    """Number of the newest transaction that both logs have."""
    news: int
    """How many transactions of the other book were new to this one."""
    created: int = 0
    updated: int = 0
    deleted: int = 0
    conflicts: tuple[model.Pending, ...] = ()
    """What both changed, a Pending for each record, as it may be seen; see `Book.decide`."""
    left_out: tuple[LeftOut, ...] = ()
    erased_here: int = 0
    """How many records say something there of people who were erased here, which was not taken."""
    erased_there: tuple[str, ...] = ()
    """Ids of people who were erased or anonymised there, and are still here."""
    number: int | None = None
    """Of the transaction; None where nothing changed, or where nothing was to be saved."""

    @property
    def summary(self) -> Text:
        """The counts in one line."""
        return Text(
            "created {created}, updated {updated}, deleted {deleted}, conflicts {conflicts}, left out {left}",
            created=self.created,
            updated=self.updated,
            deleted=self.deleted,
            conflicts=len(self.conflicts),
            left=len(self.left_out) + self.erased_here,
        )

    def __str__(self) -> str:
        return str(self.summary)
