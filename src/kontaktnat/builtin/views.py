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


def _lifted(book: Outward, /, *, answer_days: int | str = 0, return_days: int | str = 0) -> Table:
    from kontaktnat.views.topics import lifted

    answer, back = _number("answer_days", answer_days, 36_500), _number("return_days", return_days, 36_500)
    return lifted(book, answer_days=answer, return_days=back)


def _examples(book: Outward, /) -> Table:
    from kontaktnat.views.examples import examples

    return examples(book)


def _shared_problems(book: Outward, /, *, least: int | str = 2) -> Table:
    from kontaktnat.views.shared import shared_problems

    return shared_problems(book, least=_number("least", least, 290))


def _number(name: str, value: int | str, limit: int) -> int:
    """At a prompt all parameters are text."""
    text = str(value)
    if not text.isdecimal() or int(text) > limit:
        raise Invalid("{path}: {value} is no number from 0 to {limit}", path=name, value=text, limit=limit)
    return int(text)


@hookimpl
def register_views() -> list[View]:
    from kontaktnat.views import examples, shared, topics

    return [
        View(name="today", title="What is due", run=_today),
        View(name="timeline", title="Contacts with somebody", run=_timeline),
        View(
            name="lifted",
            title="Lifted topics and open questions",
            run=_lifted,
            definition=topics.DEFINITION,
            formula=topics.FORMULA,
            source=topics.SOURCE,
        ),
        View(
            name="examples",
            title="Good examples",
            run=_examples,
            definition=examples.DEFINITION,
            formula=examples.FORMULA,
            source=examples.SOURCE,
        ),
        View(
            name="shared-problems",
            title="Problems shared by municipalities",
            run=_shared_problems,
            definition=shared.DEFINITION,
            formula=shared.FORMULA,
            source=shared.SOURCE,
        ),
    ]
