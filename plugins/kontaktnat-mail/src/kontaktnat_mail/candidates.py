"""A mail → the candidate of an interaction: who took part, when and about what."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from kontaktnat.extend import Candidate, Text
from kontaktnat.model import day_of
from kontaktnat_mail.identity import sources_of
from kontaktnat_mail.quotes import without_quotes
from kontaktnat_mail.threads import THREAD, Threads

if TYPE_CHECKING:
    from kontaktnat.extend import Message, Outward
    from kontaktnat_mail.sides import Sides

KIND, AUTOMATIC_KIND = "mail", "automatic_mail"
ATTACHMENTS, AUTOMATIC = "mail.attachments", "mail.automatic"
_SUBJECT, _BODY, _NAMES = 300, 20_000, 1_000
"""Characters that are kept."""


class Candidates:
    """Makes them, one by one; it knows the threads of the book and of what has been read."""

    def __init__(self, book: Outward, sides: Sides, *, keep_body: bool) -> None:
        self._book, self._sides, self._keep_body = book, sides, keep_body
        self._threads = Threads(book)
        self.there = frozenset(self._threads.sources)
        """Sources of the mails that were in the book before."""

    def of(self, message: Message, row: int) -> Candidate:
        """What is to be taken of a mail; where it cannot be, its problem."""
        where = message.where
        if message.problem:
            return Candidate(row=row, type="interaction", problem=message.problem, raw=where)
        if message.date is None or message.date.tzinfo is None:
            problem = Text("{where}: it does not say when it was sent", where=where)
            return Candidate(row=row, type="interaction", problem=problem, raw=where)
        if is_to_come(self._book, message.date):
            problem = Text("{where}: it says that it was sent on {day}, which is yet to come", where=where,
                           day=str(day_of(message.date)))  # fmt: skip
            return Candidate(row=row, type="interaction", problem=problem, raw=where)
        sources = sources_of(message.id)
        source = next((one for one in sources if one in self.there), sources[0])
        others = [*self._sides.others(message)]
        said = bool(message.automatic)
        extra: dict[str, Any] = {}
        if thread := self._threads.of(message, [one.mail for one, _, _ in others if one.mail]):
            extra[THREAD] = thread
        if message.attachments:
            extra[ATTACHMENTS] = _short("; ".join(message.attachments), _NAMES)
        if said:
            extra[AUTOMATIC] = message.automatic
        fields: dict[str, Any] = {
            "source": source,
            "once": True,
            "kind": AUTOMATIC_KIND if said else KIND,
            "when": message.date.isoformat(),
            "direction": self._sides.direction(message),
            "subject": _short(" ".join(message.subject.split()), _SUBJECT),
            "registry_number": message.registry_number,
            "summary": _short(without_quotes(message.text), _BODY) if self._keep_body else "",
            "extra": extra,
            "guests": [
                {"mail": one.mail, "name": one.name, "part": part, "needed": needed,
                 "status": "absent" if said else "attended"}
                for one, part, needed in others
            ],
        }  # fmt: skip
        return Candidate(row=row, type="interaction", fields=fields, raw=where)


def is_to_come(book: Outward, sent: datetime) -> bool:
    """Whether a mail says it was sent later than clocks of different zones explain."""
    return day_of(sent) > book.today + timedelta(days=1)


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
