"""Who asked, whom the answer has not come home to, and what therefore stands against closing a topic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kontaktnat import model
from kontaktnat.i18n import Text
from kontaktnat.outward import Outward
from kontaktnat.text import collation_key
from kontaktnat.views.contacted import final, successors

ANSWERED = ("answered", "returned", "closed")
"""Of a topic: it has been answered; one that was opened again waits for another answer."""


def asked(after: Mapping[str, str], topic: model.Topic) -> list[str]:
    """Ids of the actors that raised a topic, each once; one that was succeeded counts as its successor."""
    return list(dict.fromkeys(final(after, id) for id in topic.raised_by))


def left(after: Mapping[str, str], topic: model.Topic) -> list[str]:
    """Ids of those who asked and have not got the answer."""
    have = {final(after, one.actor) for one in topic.returned}
    return [id for id in asked(after, topic) if id not in have]


def names(book: Outward, ids: Iterable[str]) -> str:
    """Actors' names in Swedish order, apart by commas."""
    return ", ".join(_named(book, ids))


def whom(book: Outward, ids: Iterable[str]) -> str:
    """The same for a sentence: "Kalmar kommun and Nybro kommun"."""
    *rest, last = _named(book, ids) or [""]
    return Text("{names} and {name}", names=", ".join(rest), name=last) if rest else last


def _named(book: Outward, ids: Iterable[str]) -> list[str]:
    found = (actor.name if (actor := book.peek(model.Actor, id)) else id for id in ids)
    return sorted(dict.fromkeys(found), key=collation_key)


def comes_home(topic: model.Topic) -> bool:
    """Whether its answer has to come home before it is closed: a question, and whatever was lifted."""
    return topic.kind == "question" or was_lifted(topic)


def was_lifted(topic: model.Topic) -> bool:
    """Whether it was lifted, answered since or not."""
    return topic.lifted_on is not None or topic.status == "lifted"


def not_home(book: Outward, topic: model.Topic, id: str = "") -> Text | None:
    """What stands against calling a topic returned or closed, and what to type; None: nothing does.

    `id`: what to call it in what is typed.
    """
    id = id or topic.id
    after = successors(book)
    missing = left(after, topic)
    if not topic.answer.strip():
        if asking := asked(after, topic):
            return Text(
                "{title} has no answer yet to bring home to {names}: kontaktnat topic answer {id} TEXT",
                title=topic.title, names=whom(book, asking), id=id,
            )  # fmt: skip
        return Text("{title} has no answer yet: kontaktnat topic answer {id} TEXT", title=topic.title, id=id)
    if missing:
        return Text(
            "{title}: the answer has not come home to {names}; when it has: kontaktnat topic return {id}",
            title=topic.title, names=whom(book, missing), id=id,
        )  # fmt: skip
    return None


def since(day: model.PartialDate | None, today: date) -> int | None:
    """Days since a day, of a month or year since its last: so many have passed for certain."""
    return None if day is None else max((today - day.last).days, 0)
