"""A person whose data is asked for or erased, as plugins are told of them, and what they answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from kontaktnat.model.base import not_blank
from kontaktnat.plain import Plain


@frozen(kw_only=True, eq=False, repr=False)
class Person(Plain):
    """A person whose data is asked for or erased, as plugins are told of them."""

    _shown = ("id",)

    id: str
    names: tuple[str, ...]
    """All that they were called in this book."""
    mails: tuple[str, ...]
    phones: tuple[str, ...]
    records: frozenset[str]
    """Ids of the contact and of every role (hat) they had."""
    place: str
    """The book's path or URL."""
    named_in: Callable[[str], bool]
    """Whether a text names them, by name, mail address or number in any spelling."""


@frozen(kw_only=True, eq=False, repr=False)
class PersonalData(Plain):
    """Something that a plugin holds about a person outside the book's records."""

    _shown = ()

    what: str = field(validator=not_blank)
    """In a few words, without personal values."""
    where: str = ""
    """The file, table or service."""
    data: Any = None
    """The thing itself as JSON, for the register extract (GDPR art. 15); None: it is only named."""
