"""The life of a topic: raised, lifted, answered, brought home, closed; linked, spread, taken up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from attrs import evolve

from kontaktnat.acts.whole import day_given
from kontaktnat.errors import Invalid, Refused, Usage, shown
from kontaktnat.i18n import Text
from kontaktnat.model import (
    Actor,
    ActorId,
    Interaction,
    Network,
    PartialDate,
    Reach,
    Topic,
    TopicLink,
)
from kontaktnat.model.base import ordered
from kontaktnat.model.dates import to_date
from kontaktnat.origin import origin_of
from kontaktnat.views.askers import ANSWERED, asked, comes_home, left, not_home, whom
from kontaktnat.views.contacted import final, successors
from kontaktnat.views.examples import review_day
from kontaktnat.views.minutes import latest_meeting

if TYPE_CHECKING:
    from kontaktnat.acting import Day
    from kontaktnat.book import Book

To = Iterable[Actor | str]

NATIONAL = "nationella nätverket"
"""Whom topics are lifted to where nobody else is named."""


def raise_topic(book: Book, topic: Topic, *, at: Interaction | Network | str | None = None) -> Topic:
    """See `Acting.raise_topic`."""
    if not isinstance(topic, Topic):
        raise Usage(
            "raise_topic takes a topic, as in raise_topic(Topic(title=…)), not {value}", value=shown(topic)
        )
    with book.transaction("raise topic"):
        dated = topic if topic.raised_on else evolve(topic, raised_on=to_date(book.today))
        if dated.kind == "example":
            dated = evolve(dated, review_due=review_day(book, dated))
        made = book.add(dated)
        if at is not None:
            meeting = meeting_of(book, at)
            book.update(meeting.id, topics=(*meeting.topics, made.id))
        return made


def meeting_of(book: Book, at: Interaction | Network | str) -> Interaction:
    """An interaction, or a network's latest held meeting; where there is none, its next planned one.

    Raises NotFound for a network that has neither.
    """
    found = book.get(at) if isinstance(at, str) else at
    if isinstance(found, Interaction):
        return book.interactions.get(found.id)
    if not isinstance(found, Network):
        raise Usage("a topic is raised at an interaction or in a network, not at {value}", value=shown(at))
    return latest_meeting(book, found)


def lift(book: Book, topic: Topic | str, *, to: str = "", on: Day | None = None) -> Topic:
    """See `Acting.lift`."""
    with book.transaction("lift topic"):
        now = _ours(_now(book, topic))
        if now.kind == "example":
            raise Refused(
                "{title} is a good example, which is not lifted: kontaktnat topic spread {id} --to …",
                title=now.title, id=now.id,
            )  # fmt: skip
        if now.status == "lifted" and to in ("", now.lifted_to) and _fits(on, now.lifted_on):
            return now
        if now.status == "lifted":
            raise Refused(
                "{title} was lifted on {day} to {to} already: kontaktnat set {id} lifted_to=… corrects it",
                title=now.title, day=now.lifted_on or Text("an unknown day"), to=now.lifted_to, id=now.id,
            )  # fmt: skip
        if now.status in ANSWERED:
            raise _over(book, now)
        day = _day(book, on)
        ordered("raised_on", "lifted_on", now.raised_on, day)
        return _save(book, topic, now, status="lifted", lifted_on=day, lifted_to=to or NATIONAL, answer="",
                     answered_on=None, returned=(), closed_on=None)  # fmt: skip


def answer(book: Book, topic: Topic | str, text: str, *, on: Day | None = None) -> Topic:
    """See `Acting.answer`."""
    if not isinstance(text, str) or not text.strip():
        raise Invalid("{path}: {problem}", path="answer", problem=Text("may not be empty"))
    with book.transaction("answer topic"):
        now = _ours(_now(book, topic))
        if now.status == "answered" and text == now.answer and _fits(on, now.answered_on):
            return now
        if now.status in ("returned", "closed") or (now.status == "answered" and now.returned):
            raise _over(book, now)
        day = _day(book, on)
        ordered("raised_on", "answered_on", now.raised_on, day)
        ordered("lifted_on", "answered_on", now.lifted_on, day)
        # One that was opened again has an answer that is not this one: nobody has got this yet.
        return _save(book, topic, now, status="answered", answer=text, answered_on=day, returned=(),
                     closed_on=None)  # fmt: skip


def bring_home(book: Book, topic: Topic | str, to: To = (), *, on: Day | None = None) -> Topic:
    """See `Acting.bring_home`."""
    with book.transaction("return answer"):
        now, after = _ours(_now(book, topic)), successors(book)
        asking = asked(after, now)
        if not asking:
            raise Refused(
                "nobody is named as having asked {title}: kontaktnat set {id} raised_by=…",
                title=now.title, id=now.id,
            )  # fmt: skip
        if now.status not in ANSWERED or not now.answer.strip():
            raise Refused(
                "{title} has no answer yet to bring home to {names}: kontaktnat topic answer {id} TEXT",
                title=now.title, names=whom(book, asking), id=now.id,
            )  # fmt: skip
        wanted = _ids(book, to) or left(after, now)
        if strange := [id for id in wanted if final(after, id) not in asking]:
            raise Refused(
                "{names} did not ask {title}; it was {asking}",
                names=whom(book, strange), title=now.title, asking=whom(book, asking),
            )  # fmt: skip
        day = _day(book, on)
        ordered("answered_on", "returned", now.answered_on, day)
        missing = left(after, now)
        came = tuple(Reach(actor=ActorId(id), date=day) for id in wanted if final(after, id) in missing)
        done = evolve(now, returned=(*now.returned, *came))
        if now.status == "answered" and not left(after, done):
            done = evolve(done, status="returned")
        return _save(book, topic, now, returned=done.returned, status=done.status)


def close_topic(book: Book, topic: Topic | str, *, on: Day | None = None) -> Topic:
    """See `Acting.close_topic`."""
    with book.transaction("close topic"):
        now = _now(book, topic)
        if now.status == "closed" and _fits(on, now.closed_on):
            return now
        if now.status == "closed":
            raise _over(book, now)
        if origin_of(now) is None and comes_home(now) and (reason := _not_closable(book, now)):
            raise Refused("{reason}", reason=reason)
        day = _day(book, on)
        for name, earlier in (
            ("raised_on", now.raised_on), ("lifted_on", now.lifted_on), ("answered_on", now.answered_on),
            *(("returned", one.date) for one in now.returned),
        ):  # fmt: skip
            ordered(name, "closed_on", earlier, day)
        return _save(book, topic, now, status="closed", closed_on=day)


def link_topics(book: Book, topic: Topic | str, kind: str, other: Topic | str) -> Topic:
    """See `Acting.link_topics`."""
    with book.transaction("link topics"):
        now, target = _now(book, topic), _now(book, other)
        if now.id == target.id:
            raise Refused("{title} is not linked with itself; name another", title=now.title)
        if kind == "duplicates" and now.kind != target.kind:
            raise Refused(
                "{title} ({kind}) and {other} ({another}) are of two kinds: one does not duplicate the other",
                title=now.title, other=target.title, kind=book.words.name("topic_kind", now.kind),
                another=book.words.name("topic_kind", target.kind),
            )  # fmt: skip
        if any((one.kind, one.topic) == (kind, target.id) for one in now.links):
            return now
        return _save(book, topic, now, links=(*now.links, TopicLink(kind=kind, topic=target.id)))


def spread(book: Book, topic: Topic | str, to: To, *, on: Day | None = None) -> Topic:
    """See `Acting.spread`."""
    with book.transaction("spread example"):
        return _reach(book, topic, "spread", to, on)


def take_up(book: Book, topic: Topic | str, by: To, *, on: Day | None = None) -> Topic:
    """See `Acting.take_up`."""
    with book.transaction("take up example"):
        return _reach(book, topic, "uptake", by, on)


def _reach(book: Book, topic: Topic | str, name: str, actors: To, on: Day | None) -> Topic:
    now = _now(book, topic)
    if now.kind != "example":
        raise Refused(
            "{title} is no good example ({kind}): kontaktnat set {id} kind=example makes it one",
            title=now.title, kind=book.words.name("topic_kind", now.kind), id=now.id,
        )  # fmt: skip
    wanted = _ids(book, actors)
    if not wanted:
        raise Usage("name the actors that {title} came to", title=now.title)
    day = _day(book, on)
    ordered("raised_on", name, now.raised_on, day)
    reached: tuple[Reach, ...] = getattr(now, name)
    have = {one.actor for one in reached}
    new = tuple(Reach(actor=ActorId(id), date=day) for id in wanted if id not in have)
    return _save(book, topic, now, **{name: (*reached, *new)})


def _now(book: Book, topic: Topic | str) -> Topic:
    """The topic as it is saved; `_save` then minds a copy that is older."""
    if not isinstance(topic, Topic | str):
        raise Usage("give a topic or its id, not {value}", value=shown(topic))
    return book.topics.get(topic if isinstance(topic, str) else topic.id)


def _ours(topic: Topic) -> Topic:
    """Raise Refused for another county's: there it is lifted, answered and brought home."""
    if origin := origin_of(topic):
        raise Refused(
            "{title} is another county's ({county}), where it goes its way; raise your own and link it: "
            "kontaktnat topic link … duplicates {id}",
            title=topic.title, county=origin.name, id=topic.id,
        )  # fmt: skip
    return topic


def _save(book: Book, topic: Topic | str, now: Topic, **changes: Any) -> Topic:
    return book.update(topic if isinstance(topic, Topic) else now, **changes)


def _day(book: Book, on: Day | None) -> PartialDate:
    """The day that is meant, today if none; raises Invalid for one to come: nothing has happened then."""
    day = day_given(book, on)
    if day.first > book.today:
        raise Invalid("{value} is still to come; say when it was", value=day, path="on")
    return day


def _fits(on: Day | None, day: PartialDate | None) -> bool:
    return on is None or to_date(on) == day


def _ids(book: Book, actors: To | Actor) -> list[str]:
    """Ids of actors, each once; raises NotFound for what is none."""
    given = (actors,) if isinstance(actors, Actor | str) else actors
    return list(dict.fromkeys(book.actors.get(one if isinstance(one, str) else one.id).id for one in given))


def _over(book: Book, topic: Topic) -> Refused:
    return Refused(
        "{title} is {status} already: kontaktnat set {id} status=open opens it again",
        title=topic.title, status=book.words.name("topic_status", topic.status), id=topic.id,
    )  # fmt: skip


def _not_closable(book: Book, topic: Topic) -> Text | None:
    if topic.status in ANSWERED or not topic.answer.strip():
        return not_home(book, topic)
    return Text(
        "{title} was opened again and has no new answer yet: kontaktnat topic answer {id} TEXT",
        title=topic.title, id=topic.id,
    )  # fmt: skip
