"""What a coordinator does, each one act of the Book: one transaction, one step of undo."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, cast

from kontaktnat.model import Actor, Interaction, Network, PartialDate, Topic

if TYPE_CHECKING:
    from kontaktnat.book import Book

Day = date | PartialDate | str


class Acting:
    """The half of a Book that knows the work; each method says what it does, the modules of `acts` how."""

    @property
    def _book(self) -> Book:
        return cast("Book", self)  # an Acting is always one

    # Hats

    # Meetings

    # Topics

    def raise_topic(self, topic: Topic, *, at: Interaction | Network | str | None = None) -> Topic:
        """Add a topic as one that was raised today, unless it says when.

        A good example is to be looked at anew `practice.review_months` later, unless it says when. `at`
        puts it among the topics of an interaction; of a network: its latest held meeting, or where there is
        none its next planned one. Raises NotFound for a network without either, and whatever `add` raises.
        """
        from kontaktnat.acts.topics import raise_topic

        return raise_topic(self._book, topic, at=at)

    def lift(self, topic: Topic | str, *, to: str = "", on: Day | None = None) -> Topic:
        """A problem, proposal or question is lifted, to the national network unless `to` names another.

        `on`: today. Lifting it so again changes nothing. One that was opened again begins anew, its
        earlier answer stays in its history. Raises Refused for a good example, and for what has been
        lifted elsewhere, answered, returned or closed; Invalid for a day to come or before it was raised.
        """
        from kontaktnat.acts.topics import lift

        return lift(self._book, topic, to=to, on=on)

    def answer(self, topic: Topic | str, text: str, *, on: Day | None = None) -> Topic:
        """A topic has been answered, lifted or not; from now on the answer is to be brought home.

        Another answer takes the place of one that nobody has got yet. Raises Refused where somebody has,
        or it is closed; Invalid without a text, and for a day to come or before it was lifted.
        """
        from kontaktnat.acts.topics import answer

        return answer(self._book, topic, text, on=on)

    def bring_home(
        self,
        topic: Topic | str,
        to: Iterable[Actor | str] = (),
        *,
        on: Day | None = None,
    ) -> Topic:
        """The answer has come home to actors who asked: records or ids; none: to all who lack it.

        An actor that has been succeeded counts as its successor. When all have it the topic is returned.
        Raises Refused before there is an answer, and for an actor that did not ask; Invalid for a day to
        come or before it was answered.
        """
        from kontaktnat.acts.topics import bring_home

        return bring_home(self._book, topic, to, on=on)

    def close_topic(self, topic: Topic | str, *, on: Day | None = None) -> Topic:
        """A topic is done with. `update(topic, status="open")` opens it again.

        Raises Refused for a question, and for whatever was lifted, before its answer has come home to all
        who asked; Invalid for a day to come or before what it has been through.
        """
        from kontaktnat.acts.topics import close_topic

        return close_topic(self._book, topic, on=on)

    def link_topics(self, topic: Topic | str, kind: str, other: Topic | str) -> Topic:
        """How a topic stands to another: it `addresses`, `illustrates` or `duplicates` it; once only.

        Raises Refused with itself, and where one is to duplicate another of a different kind; Invalid for
        another word.
        """
        from kontaktnat.acts.topics import link_topics

        return link_topics(self._book, topic, kind, other)

    def spread(
        self,
        topic: Topic | str,
        to: Iterable[Actor | str],
        *,
        on: Day | None = None,
    ) -> Topic:
        """A good example has been told to actors (records or ids); who has it already stays as it is.

        Raises Refused for what is no example; Invalid for a day to come or before it was raised.
        """
        from kontaktnat.acts.topics import spread

        return spread(self._book, topic, to, on=on)

    def take_up(
        self,
        topic: Topic | str,
        by: Iterable[Actor | str],
        *,
        on: Day | None = None,
    ) -> Topic:
        """A good example has been taken up by actors (records or ids); as `spread`."""
        from kontaktnat.acts.topics import take_up

        return take_up(self._book, topic, by, on=on)

    # Follow-ups
