"""Addresses that are not asked about any more: no guest or sender whom nobody knows waits for them.

Kept as a setting for each, by a digest of the address: who is ignored stands nowhere in clear, two books that
are merged have the settings of both, and undo takes one back like anything else.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kontaktnat.errors import Invalid, NotFound
from kontaktnat.matching import mail_key

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.outward import Outward

IGNORED = "ignored."
"""How the ids of these settings begin; the value is the day from which it is ignored."""


def setting_of(address: str) -> str:
    """The setting that says that an address is ignored."""
    return f"{IGNORED}{hashlib.sha256(mail_key(address).encode('utf-8', 'replace')).hexdigest()[:32]}"


def is_ignored(book: Outward, address: str) -> bool:
    """Whether nobody is asked about an address."""
    return bool(address) and book.setting(setting_of(address)) is not None


def days(book: Outward) -> list[str]:
    """Since when each that is ignored is, oldest first; which they are nobody can tell."""
    return sorted(str(one.value) for one in book.settings.all() if one.id.startswith(IGNORED))


def ignore(book: Book, address: str) -> None:
    """From now on, in the running transaction. Raises Invalid for none."""
    if not address:
        raise Invalid("there is no address to ignore; discard it instead", path="ignore")
    book.set(setting_of(address), str(book.today))


def heed(book: Book, address: str) -> None:
    """Ask about it again. Raises NotFound for one that is not ignored."""
    if not is_ignored(book, address):
        raise NotFound("{address} is not ignored", address=address, nearest=())
    book.set(setting_of(address), None)
