"""Addresses that came back, and those from which somebody wrote since, marked so in the book."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import attrs

from kontaktnat.errors import KontaktnatError
from kontaktnat.extend import mail_key
from kontaktnat.model import Actor, Contact, Role, day_of, holds
from kontaktnat_mail.candidates import is_to_come
from kontaktnat_mail.identity import reported

if TYPE_CHECKING:
    from kontaktnat import Book
    from kontaktnat.extend import Message
    from kontaktnat.model import Way


class Bounces:
    """What mails tell of addresses, told one by one; `mark` writes it into the book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._bounced: dict[str, dict[str, date]] = defaultdict(dict)
        """By address, the days of the mails by which it came back, by their ids."""
        self._heard: dict[str, date] = {}
        """By address, the last day on which somebody wrote from it."""
        self.marked: list[str] = []
        self.unmarked: list[str] = []
        self.nobodys: list[str] = []

    def take(self, message: Message) -> None:
        """A report tells of addresses that came back; what somebody wrote, that theirs works."""
        if message.automatic == "bounce":
            for address in message.bounced:
                # A day that is yet to come would outlast all that is heard from there
                day = day_of(message.date) if message.date else self._book.today
                self._bounced[mail_key(address)][message.id] = min(day, self._book.today)
        elif message.date and not message.automatic and not is_to_come(self._book, message.date):
            key, day = mail_key(message.sender.mail), day_of(message.date)
            self._heard[key] = max(self._heard.get(key, day), day)

    def mark(self) -> None:
        """Mark addresses that came back, of what may be seen; those from which somebody wrote since, not.

        What came back is remembered, so that the same report marks nothing again once somebody has lifted
        the mark.
        """
        if not self._bounced and not self._heard:
            return
        book = self._book
        told = {key: max(days.values()) for key, days in self._bounced.items()}
        new = {key: self._unread(key) for key in self._bounced}
        gone = {
            key: day
            for key, days in new.items()
            if days and self._heard.get(key, date.min) <= (day := max(days.values()))
        }
        records: list[Contact | Role | Actor] = [
            *book.contacts.all(), *book.roles.all(), *book.actors.all()
        ]  # fmt: skip
        known: set[str] = set()
        for record in records:
            known.update(mail_key(way.value) for way in record.ways if way.kind == "mail")
            ways = [self._told_of(way, gone, told) for way in record.ways]
            if tuple(ways) == tuple(record.ways):
                continue
            both = zip(ways, record.ways, strict=True)
            came_back = any(new.bounced_on and not way.bounced_on for new, way in both)
            try:
                with book.transaction():
                    book.update(record, ways=ways)
            except KontaktnatError:
                continue  # a plugin, or a finding in what stands there already, has something against it
            (self.marked if came_back else self.unmarked).append(record.id)
        self.nobodys = sorted(self._bounced.keys() - known)
        for name, day in ((name, day) for key in known for name, day in new.get(key, {}).items()):
            with book.transaction():
                book.set(name, str(day))

    def _unread(self, key: str) -> dict[str, date]:
        """The days on which an address came back by reports not read before, by the settings that tell."""
        days = {reported(id, key): day for id, day in self._bounced[key].items()}
        return {name: day for name, day in days.items() if self._book.setting(name) is None}

    def _told_of(self, way: Way, gone: Mapping[str, date], told: Mapping[str, date]) -> Way:
        """An address as it stands after these mails; `told`: when it came back, by whatever report."""
        if way.kind != "mail":
            return way
        key = mail_key(way.value)
        if way.bounced_on:
            heard = self._heard.get(key)
            works = heard is not None and max(way.bounced_on.last, told.get(key, date.min)) < heard
            return attrs.evolve(way, bounced_on=None) if works else way
        day = gone.get(key)
        return attrs.evolve(way, bounced_on=day) if day and holds(way.since, way.until, day) else way
