"""The core's own views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kontaktnat.descriptors import Table
from kontaktnat.errors import Invalid, Usage
from kontaktnat.extend import View, hookimpl

if TYPE_CHECKING:  # Outward brings the whole library with it, and `--help` needs none of it
    from kontaktnat.extend import Outward


def _today(book: Outward, /, **params: Any) -> Table:
    from kontaktnat.views.today import today

    return today(book, **_numbers(params, days=36_500))


def _timeline(book: Outward, /, **params: Any) -> Table:
    from kontaktnat.views.timeline import timeline

    if not str(params.get("who", "")).strip():
        raise Usage("whose contacts? write who=NAME")
    return timeline(book, **_numbers(params, limit=1_000_000))


def _numbers(params: dict[str, Any], /, **limits: int) -> dict[str, Any]:
    """The parameters, with those that are numbers read as such: at a prompt all are text."""
    found = dict(params)
    for name in limits.keys() & params.keys():
        text = str(params[name])
        if not text.isdecimal() or int(text) > limits[name]:
            raise Invalid("{path}: {value} is no number from 0 to {limit}", path=name, value=text,
                          limit=limits[name])  # fmt: skip
        found[name] = int(text)
    return found


@hookimpl
def register_views() -> list[View]:
    return [
        View(name="today", title="What is due", run=_today),
        View(name="timeline", title="Contacts with somebody", run=_timeline),
    ]
