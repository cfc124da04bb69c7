"""Which way a mail went, and who but oneself is in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from kontaktnat.extend import mail_key

if TYPE_CHECKING:
    from kontaktnat.extend import Address, Message


class Sides:
    """Tells it by one's own addresses."""

    def __init__(self, own: Iterable[str]) -> None:
        self._own = frozenset(map(mail_key, own))

    def ours(self, message: Message) -> Message:
        """A mailing of one's own says how to be rid of it, as a list's mail does, and is none."""
        ours = message.automatic == "list" and self.direction(message) == "out"
        return attrs.evolve(message, automatic="") if ours else message

    def direction(self, message: Message) -> str:
        """in or out."""
        return "out" if mail_key(message.sender.mail) in self._own else "in"

    def others(self, message: Message) -> Iterator[tuple[Address, str, bool]]:
        """(address, part, whether it is needed) of everybody but oneself, each once."""
        out = self.direction(message) == "out"
        listed = [(message.sender, "host", True)] if not out else []
        listed += [(one, "member", out) for one in message.to]
        listed += [(one, "guest", out) for one in (*message.cc, *message.bcc)]
        seen: set[str] = set()
        for one, part, needed in listed:
            mail = one.mail if "@" in one.mail else ""
            name = one.name if mail else one.name.partition("<")[0].strip(' "')  # Exchange's own addresses
            key = mail_key(mail) or name.casefold()
            if key and key not in seen and key not in self._own:
                seen.add(key)
                same = (mail, name) == (one.mail, one.name)
                yield one if same else attrs.evolve(one, mail=mail, name=name), part, needed
