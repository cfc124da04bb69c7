"""The core's own views."""

from __future__ import annotations

from kontaktnat.descriptors import Table
from kontaktnat.extend import Outward, View, hookimpl


def _today(book: Outward, /, **params: str) -> Table:
    from kontaktnat.views.today import today

    return today(book, **params)


def _timeline(book: Outward, /, **params: str) -> Table:
    from kontaktnat.views.timeline import timeline

    return timeline(book, **params)


@hookimpl
def register_views() -> list[View]:
    return [
        View(name="today", title="What is due", run=_today),
        View(name="timeline", title="Contacts with somebody", run=_timeline),
    ]
