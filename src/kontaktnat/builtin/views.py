"""The core's own views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.descriptors import Table
from kontaktnat.errors import Invalid, Usage
from kontaktnat.extend import View, hookimpl

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Outward


def _today(book: Outward, /, *, days: int | str | None = None, owner: str = "") -> Table:
    from kontaktnat.views.today import today

    return today(book, days=None if days is None else _number("days", days, 36_500), owner=owner.strip())


def _cadence(book: Outward, /) -> Table:
    from kontaktnat.views.cadence import cadence

    return cadence(book)


def _timeline(book: Outward, /, *, who: str = "", limit: int | str = 0) -> Table:
    from kontaktnat.views.timeline import timeline

    if not who.strip():
        raise Usage("whose contacts? write who=NAME")
    return timeline(book, who=who, limit=_number("limit", limit, 1_000_000))


def _number(name: str, value: int | str, limit: int) -> int:
    """At a prompt all parameters are text."""
    text = str(value)
    if not text.isdecimal() or int(text) > limit:
        raise Invalid("{path}: {value} is no number from 0 to {limit}", path=name, value=text, limit=limit)
    return int(text)


@hookimpl
def register_views() -> list[View]:
    from kontaktnat.views import cadence, today

    return [
        View(
            name="today",
            title="What is due",
            run=_today,
            definition=today.DEFINITION,
            formula=today.FORMULA,
            source=today.SOURCE,
        ),
        View(
            name="cadence",
            title="Whom to be in contact with, and when",
            run=_cadence,
            definition=cadence.DEFINITION,
            formula=cadence.FORMULA,
            source=cadence.SOURCE,
        ),
        View(name="timeline", title="Contacts with somebody", run=_timeline),
    ]
