"""Which mail is an answer to which: by what it refers to, else by subject and people within 30 days.

A thread is known by the id of the interaction that its first mail is, or would be: `id_for(source)`, so that
mails that refer to one nobody has read come together too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from attrs import frozen

from kontaktnat.extend import fold, mail_key
from kontaktnat.model import Actor, Contact, Interaction, Role, id_for
from kontaktnat_mail.identity import source_of, sources_of

if TYPE_CHECKING:
    from kontaktnat.extend import Message, Outward

THREAD = "mail.thread"
"""Under this name `extra` keeps the id of the first mail's interaction."""
WITHIN = timedelta(days=30)
_PREFIX = re.compile(
    r"\s*(?:re|sv|vs|aw|antw|fw|fwd|vb|vidarebefordrat|ang)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE
)


@frozen
class _Seen:
    """A mail that is known."""

    thread: str
    when: datetime
    is_answer: bool
    people: frozenset[str]


class Threads:
    """The threads of a book, and of what is being read; mails are told one by one, in any order."""

    def __init__(self, book: Outward) -> None:
        self._book = book
        self._threads: dict[str, str] = {}
        self._unlooked: dict[str, list[str]] = defaultdict(list)
        """By subject, mails of the book: who is in them is found out only where a subject comes again."""
        self._near: dict[tuple[str, str, bool], list[tuple[datetime, str]]] = defaultdict(list)
        """By subject, person, and whether only of those that answer: when, and in which thread; in order."""
        self.sources: set[str] = set()
        """Of the mails that were in the book before."""
        for one in book.interactions.all():
            if one.source.startswith("mail:"):
                self.sources.add(one.source)
                self._threads[one.source] = str(one.extra.get(THREAD, "")) or one.id
                if isinstance(one.when, datetime) and (subject := bare(one.subject)):
                    self._unlooked[subject].append(one.id)

    def of(self, message: Message, people: Iterable[str]) -> str:
        """The thread that a mail goes on; "" where it begins one. `people`: addresses of the others in it."""
        source, who = source_of(message.id), frozenset(map(mail_key, people))
        thread = self._known(message.id) or self._referred(message) or self._alike(message, who)
        own = id_for(source)
        self._threads.setdefault(source, thread or own)
        if message.date and (subject := bare(message.subject)):
            self._note(subject, _Seen(thread or own, message.date, is_answer(message.subject), who))
        return "" if thread == own else thread

    def _known(self, id: str) -> str:
        return next((self._threads[one] for one in sources_of(id) if one in self._threads), "")

    def _referred(self, message: Message) -> str:
        """By what it answers, then what that answers, and so on back."""
        before = dict.fromkeys(filter(None, (message.in_reply_to, *reversed(message.references))))
        for id in before:
            if known := self._known(id):
                return known
        first = next(iter(message.references), message.in_reply_to)
        return id_for(source_of(first)) if first else ""

    def _note(self, subject: str, seen: _Seen) -> None:
        for person in seen.people:
            for only_answers in (False, True) if seen.is_answer else (False,):
                insort(self._near[subject, person, only_answers], (seen.when, seen.thread))

    def _alike(self, message: Message, people: frozenset[str]) -> str:
        """Only an answer by its subject goes on another, or is gone on by another that is one."""
        subject, when = bare(message.subject), message.date
        if not subject or when is None:
            return ""
        for id in self._unlooked.pop(subject, ()):
            if seen := self._whole(id):
                self._note(subject, seen)
        found: list[tuple[timedelta, str]] = []
        for person in people:
            near = self._near.get((subject, person, not is_answer(message.subject)), [])
            at = bisect_left(near, (when, ""))
            found += [(abs(when - then), thread) for then, thread in near[max(at - 1, 0) : at + 1]]
        apart, thread = min(found, default=(WITHIN, ""))
        return thread if apart <= WITHIN else ""

    def _whole(self, id: str) -> _Seen | None:
        one = self._book.peek(Interaction, id)
        if one is None or not isinstance(one.when, datetime):
            return None
        thread = str(one.extra.get(THREAD, "")) or one.id
        addresses = {
            mail for part in one.participants for mail in self._addresses(part.role, part.contact, part.actor)
        }
        return _Seen(thread, one.when, is_answer(one.subject), frozenset(addresses))

    def _addresses(self, role: str | None, contact: str | None, actor: str | None) -> Iterable[str]:
        worn = self._book.peek(Role, role) if role else None
        records: tuple[Role | Contact | Actor | None, ...] = (
            worn,
            self._book.peek(Contact, contact or (worn.contact if worn else "") or ""),
            self._book.peek(Actor, actor or ""),
        )
        ways = (way for record in records if record for way in record.ways)
        return [mail_key(way.value) for way in ways if way.kind == "mail"]


def bare(subject: str) -> str:
    """A subject without what answering and forwarding put before it: `SV: Re: Lokaler` → `lokaler`."""
    while found := _PREFIX.match(subject):
        subject = subject[found.end() :]
    return fold(" ".join(subject.split()))


def is_answer(subject: str) -> bool:
    """Whether a subject says that it answers or forwards something."""
    return _PREFIX.match(subject) is not None
