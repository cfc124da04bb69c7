"""Who is responsible for the personal data: what the articles 13, 14 and 30 of the GDPR want to have said.

A book's own is its setting `privacy`; that of `[privacy]` in the configuration wins over it, key by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from kontaktnat.errors import Invalid, Refused
from kontaktnat.model.base import texts
from kontaktnat.plain import Plain

if TYPE_CHECKING:
    from kontaktnat.outward import Outward


@frozen(kw_only=True, eq=False, repr=False)
class Controller(Plain):
    """All are texts as they shall stand in a letter; `controller`, a way to reach it and `dpo` are needed."""

    _shown = ()

    controller: str = ""
    """The authority's name (personuppgiftsansvarig)."""
    org_number: str = ""
    """Its organisation number."""
    address: str = ""
    """Its postal address, on one line."""
    mail: str = ""
    """Its mail address."""
    phone: str = ""
    """Its phone number."""
    dpo: str = ""
    """How the data protection officer (dataskyddsombud) is reached: a function's mailbox, a number."""
    joint: tuple[str, ...] = field(default=(), converter=texts)
    """Joint controllers (GDPR art. 26), if any."""
    recipients: tuple[str, ...] = field(default=(), converter=texts)
    """Who else is handed the data, processors included: by name or by kind."""
    transfers: str = ""
    """Transfers to countries outside the EU/EEA and their safeguards; blank: there are none."""
    web: str = ""
    """The page where the information lies."""
    security: tuple[str, ...] = field(default=(), converter=texts)
    """Measures of one's own, besides what the program does (GDPR art. 32)."""


def controller(book: Outward) -> Controller:
    """What is configured; raises Invalid naming the place for a key that there is not, or a value."""
    from kontaktnat.plugins.settings import structure

    whole: dict[str, Any] = {}
    for source in (book.setting("privacy", {}), book.plugins.config.get("privacy", {})):
        if not isinstance(source, Mapping):
            raise Invalid("{path}: a table is needed", path="privacy")
        whole |= source
    found: Controller = structure("privacy", whole, Controller)
    return found


def answerable(book: Outward) -> Controller:
    """The same, where it says enough for a letter; raises Refused naming what is to be written where."""
    found = controller(book)
    needed = {
        "controller": found.controller,
        "mail": found.mail + found.phone + found.address,
        "dpo": found.dpo,
    }
    missing = [name for name, said in needed.items() if not said.strip()]
    if missing:
        raise Refused(
            "who answers for the data is not said: write {missing} under [privacy] in config.toml "
            "(or in the book: book.set(\"privacy\", …))",
            missing=", ".join(missing),
        )  # fmt: skip
    return found
