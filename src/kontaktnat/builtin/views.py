"""The core's own views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontaktnat.descriptors import Table
from kontaktnat.errors import Invalid, Usage
from kontaktnat.extend import View, hookimpl

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Outward


def _today(book: Outward, /, *, days: int | str = 14) -> Table:
    from kontaktnat.views.today import today

    return today(book, days=_number("days", days, 36_500))


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
    return [
        View(name="today", title="What is due", run=_today),
        View(name="timeline", title="Contacts with somebody", run=_timeline),
    ]
