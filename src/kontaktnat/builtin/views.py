"""The core's own views."""

from __future__ import annotations

from kontaktnat.descriptors import Table
from kontaktnat.errors import Invalid, Usage
from kontaktnat.extend import Outward, View, hookimpl


def _today(book: Outward, /, **params: str) -> Table:
    from kontaktnat.views.today import today

    days: str | int = params.pop("days", 14)
    if not str(days).isdecimal() or int(days) > 36_500:
        raise Invalid("{path}: {value} is no number of days", path="days", value=days)
    return today(book, days=int(days), **params)


def _timeline(book: Outward, /, **params: str) -> Table:
    from kontaktnat.views.timeline import timeline

    if not str(params.get("who", "")).strip():
        raise Usage("whose contacts? write who=NAME")
    return timeline(book, **params)


@hookimpl
def register_views() -> list[View]:
    return [
        View(name="today", title="What is due", run=_today),
        View(name="timeline", title="Contacts with somebody", run=_timeline),
    ]
