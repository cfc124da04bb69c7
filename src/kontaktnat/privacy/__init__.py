"""Data protection and public records: what a Book does for the people in it, and for who asks to see it.

`Book.privacy` is a `Privacy`; each method says what it does, the modules beside how.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.descriptors import Finding
    from kontaktnat.model import Contact, Record
    from kontaktnat.privacy.erasing import Erasure


class Privacy:
    """What the law asks of a register of people, one act a method (GDPR, OSL, arkivförordningen)."""

    def __init__(self, book: Book) -> None:
        self._book = book

    # Free text

    def accept(self, record: Record | str, reason: str) -> tuple[Finding, ...]:
        """Accept what checks find in a record; remembered per finding, and comes back.

        Nothing comes back where nothing is found that is not accepted already. Raises NotFound, Refused
        without a reason.
        """
        from kontaktnat.privacy.accepting import accept

        return accept(self._book, record if isinstance(record, str) else record.id, reason)

    # Erasing

    def erase(self, person: Contact | str, *, decision: str, dry_run: bool = False) -> Erasure:
        """Take a person out of the book for good: records, texts, history, what plugins hold, files beside.

        `decision`: the reference under which it is done (arkivförordningen 14 §); it stays in the receipt,
        which is the newest transaction and has no value of theirs. Where they took part their actor did,
        in their function, so that counts stay. A text in which a namesake may be meant is left, and told
        (`Erasure.left`). The id of somebody who was deleted will do too (`remembered`). With `dry_run` it
        is only told what would go.

        Raises Refused without a decision, for one that names the person, and on a plugin's veto;
        PluginError where a plugin fails in its part; NotFound; Usage inside a transaction; as `Store.erase`.
        """
        from kontaktnat.privacy.erasing import erase

        return erase(self._book, id_of(person), decision, anonymise=False, dry_run=dry_run)

    def anonymise(self, person: Contact | str, *, decision: str, dry_run: bool = False) -> Erasure:
        """As `erase`, but somebody without a name stays in their place, with their hats and their days.

        Who knows who had a post knows who it was: it is no erasure of what is known elsewhere.
        """
        from kontaktnat.privacy.erasing import erase

        return erase(self._book, id_of(person), decision, anonymise=True, dry_run=dry_run)

    def remembered(self) -> dict[str, str]:
        """Contacts that were deleted and of which history still tells: id → the name they bore last."""
        from kontaktnat.privacy.people import remembered

        return remembered(self._book)


def id_of(person: Contact | str) -> str:
    """The id of a person that is given as a record or by it."""
    return person if isinstance(person, str) else person.id
