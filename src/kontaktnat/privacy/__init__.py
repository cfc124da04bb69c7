"""Data protection and public records: what a Book does for the people in it, and for who asks to see it.

`Book.privacy` is a `Privacy`; each method says what it does, the modules beside how.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.descriptors import Finding
    from kontaktnat.model import Contact, PartialDate, Record
    from kontaktnat.privacy.controller import Controller
    from kontaktnat.privacy.disclosed import Disclosure
    from kontaktnat.privacy.erasing import Erasure
    from kontaktnat.privacy.extracted import Extract
    from kontaktnat.privacy.paper import Paper


class Privacy:
    """What the law asks of a register of people, one act a method (GDPR, OSL, arkivförordningen)."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def controller(self) -> Controller:
        """Who answers for the data: the book's setting `privacy`, over it `[privacy]` in the configuration.

        Raises Invalid naming the place for a key that there is not, or a value that does not fit.
        """
        from kontaktnat.privacy.controller import controller

        return controller(self._book)

    def uninformed(self) -> list[Contact]:
        """Who has not been informed (GDPR art. 14.3), the most urgent first; see the view `uninformed`."""
        return [self._book.contacts.get(row["id"]) for row in self._book.view("uninformed").rows]

    def inform(
        self, people: Iterable[Contact | str], how: str, *, on: date | PartialDate | str | None = None
    ) -> list[Contact]:
        """Mark people (records or ids) as informed (GDPR art. 13 and 14), now or on a day that has been.

        `how` is a word of `informed_how`. Those marked come back as they may be seen; who had been informed
        before stays as it was. Protected people can be marked as well. One transaction.

        Raises Invalid for another word, or a day that is none or still to come; NotFound for nobody.
        """
        from kontaktnat.privacy.informing import inform

        return inform(self._book, people, how, on)

    def information(self, person: Contact | str | None = None) -> Paper:
        """What art. 13 and 14 of the GDPR want people told: one person, by record or id, or everybody.

        Of one who is protected it says nothing that is covered. Raises Refused where the settings do not
        say who answers for the data.
        """
        from kontaktnat.privacy.information import information

        return information(self._book, None if person is None else self._book.contacts.get(id_of(person)))

    def record(self) -> Paper:
        """The record of processing (GDPR art. 30) out of the model, the plugins in use and the settings.

        Raises Refused where the settings do not say who answers for the data.
        """
        from kontaktnat.privacy.processing import processing

        return processing(self._book)

    def due_for_review(self) -> list[str]:
        """Ids of the contacts that the rules of retention have come to, longest due first; see the view."""
        from kontaktnat.views.retention import PERSONS

        rows = self._book.view("retention").rows
        return list(dict.fromkeys(row["id"] for row in rows if row["rule"] in PERSONS))

    # Free text

    def accept(self, record: Record | str, reason: str) -> tuple[Finding, ...]:
        """Accept what checks find in a record; remembered per finding, and comes back.

        Nothing comes back where nothing is found that is not accepted already. Raises NotFound, Refused
        without a reason.
        """
        from kontaktnat.privacy.accepting import accept

        return accept(self._book, record if isinstance(record, str) else record.id, reason)

    # Telling

    def extract(self, person: Contact | str, *, reveal: str | None = None) -> Extract:
        """Everything about one person, other people taken out of it (GDPR art. 15). Nothing is changed.

        Records, free text, quarantine, settings, what plugins hold, and the history of it all. `reveal`: the
        reason, for somebody who is or was protected; it is logged before the extract comes back. Others who
        are protected stay covered. The id of somebody who was deleted will do too (`remembered`).

        Raises Refused without a reason where one is needed, NotFound, Invalid for what is no contact,
        PluginError naming the plugin that could not say what it holds.
        """
        from kontaktnat.privacy.extract import extract

        return extract(self._book, id_of(person), reveal)

    def disclose(
        self,
        query: str,
        *,
        since: date | PartialDate | str | None = None,
        until: date | PartialDate | str | None = None,
        types: Sequence[str] = (),
        reveal: str | None = None,
    ) -> Disclosure:
        """What somebody asks to see, prepared for the human who decides (TF 2 kap., OSL). Nothing is changed.

        `query` names one record, by its id or exactly by its name: that one comes, and all that is linked to
        it or names it; otherwise it is a search as `find`. `since`, `until`: days that bound it, both
        included, by what a record is about or else when it was made; `types`: only these, as `interaction`.
        Third persons, numbers and addresses are marked, the protected covered; `reveal`: a reason to show
        them, which is logged.

        Raises Ambiguous where several have exactly that name, Usage for an empty query, Invalid for a type or
        date that is none.
        """
        from kontaktnat.privacy.disclose import disclose

        return disclose(self._book, query, since, until, types, reveal)

    # Erasing

    def erase(
        self, person: Contact | str, *, decision: str, dry_run: bool = False, reveal: str | None = None
    ) -> Erasure:
        """Take a person out of the book for good: records, texts, history, what plugins hold, files beside.

        `decision`: the reference under which it is done (arkivförordningen 14 §); it stays in the receipt,
        which is the newest transaction and has no value of theirs. Where they took part their actor did,
        in their function, so that counts stay. A text in which a namesake may be meant is left, and told
        (`Erasure.left`). The id of somebody who was deleted will do too (`remembered`). With `dry_run` it
        is only told what would go. Of who is or was protected that needs `reveal`, a reason, which is logged.

        Raises Refused without a decision, for one that names the person, and on a plugin's veto;
        PluginError where a plugin fails in its part; NotFound; Usage inside a transaction; as `Store.erase`.
        """
        from kontaktnat.privacy.erasing import erase

        return erase(self._book, id_of(person), decision, anonymise=False, dry_run=dry_run, reveal=reveal)

    def anonymise(
        self, person: Contact | str, *, decision: str, dry_run: bool = False, reveal: str | None = None
    ) -> Erasure:
        """As `erase`, but somebody without a name stays in their place, with their hats and their days.

        Who knows who had a post knows who it was: it is no erasure of what is known elsewhere.
        """
        from kontaktnat.privacy.erasing import erase

        return erase(self._book, id_of(person), decision, anonymise=True, dry_run=dry_run, reveal=reveal)

    def remembered(self) -> dict[str, str]:
        """Contacts that were deleted and of which history still tells: id → the name they bore last."""
        from kontaktnat.privacy.people import remembered

        return remembered(self._book)


def id_of(person: Contact | str) -> str:
    """The id of a person that is given as a record or by it."""
    return person if isinstance(person, str) else person.id
