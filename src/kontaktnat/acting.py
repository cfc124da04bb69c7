"""What a coordinator does, each one act of the Book: one transaction, one step of undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from kontaktnat.model import (
    Actor,
    Commitment,
    Contact,
    FollowUp,
    Interaction,
    Network,
    PartialDate,
    Role,
    Topic,
)

if TYPE_CHECKING:
    from kontaktnat.acts.handover import Handover
    from kontaktnat.acts.meetings import Meeting
    from kontaktnat.book import Book

Day = date | PartialDate | str
Who = Role | Contact | Actor | str


class Acting:
    """The half of a Book that knows the work; each method says what it does, the modules of `acts` how."""

    @property
    def _book(self) -> Book:
        return cast("Book", self)  # an Acting is always one

    # Hats

    def put_on(self, role: Role, *, post: str | None = None) -> Role:
        """Add a hat: in the vacant post of its function at that actor, or else beside what is there.

        `post`: the id of the vacant post that is meant. Raises Ambiguous where several are vacant and none
        is named, and what `add` raises. A post that a meeting was told of is handed over instead.
        """
        from kontaktnat.acts.hats import put_on

        return put_on(self._book, role, post)

    def handover(self, role: Role | str, to: Contact | str | None, *, on: Day | None = None) -> Handover:
        """Give a post to whoever holds it next; None: it stands vacant. `on`: the first day, otherwise today.

        The role ends on that day and the next one begins, with the same function, place, mailboxes and end.
        Open follow-ups about the role go along, with the person they name; so do invitations to meetings
        planned from that day on. What has been is not touched. A vacant post is filled where it stands,
        unless a meeting was told of it, or stands vacant until a day to come. Of an elected function the
        holder may be the same: that is a new term, and whoever is elected has it to the end of the term.
        Whoever was to have the same post from a later day has it from this one. Before a day to come only
        those follow-ups go along that are not due until then.

        Raises Invalid for a day before the role began, Refused where they hold it already, where it is
        vacant already, or where it is covered: `reveal` it first.
        """
        from kontaktnat.acts.handover import handover

        return handover(self._book, role, to, on)

    def succeed(self, old: Actor | str, new: Actor | str, *, on: Day | None = None) -> tuple[Actor, int]:
        """Let an actor take the place of another from a day on (otherwise today): a merger, a new body.

        The roles at or for the old one end and go on at the new one, memberships in networks likewise, and
        open follow-ups and invitations go along; so do a police area's municipalities, and from today on
        its parts and the networks it hosts. Old minutes keep the old name, and what was agreed with the old
        one stays with it. The old actor comes back, and how many records went along.

        Raises Refused for an actor that would succeed itself, that has another successor, or that is covered.
        """
        from kontaktnat.acts.succession import succeed

        return succeed(self._book, old, new, on)

    def rename(self, actor: Actor | str, name: str, *, on: Day | None = None) -> Actor:
        """Call an actor by another name from a day on (otherwise today); old minutes keep the old name.

        Raises Invalid for a day that is still to come, or on which it bore an earlier name.
        """
        from kontaktnat.acts.succession import rename

        return rename(self._book, actor, name, on)

    # Meetings

    def meet(
        self,
        network: Network | str,
        *,
        when: datetime | Day,
        kind: str = "network_meeting",
        attended: Sequence[Who] | Literal["all"] | None = None,
        absent: Sequence[Who] = (),
        deputies: Mapping[Any, Who] | None = None,
        guests: Sequence[Who] = (),
        accepted: Sequence[Who] = (),
        declined: Sequence[Who] = (),
        status: str = "",
        new: bool = False,
        **fields: Any,
    ) -> Meeting:
        """Plan a meeting of a network, tell of one that was held, or tell more of one that is in the book.

        It is the same meeting when the network, the kind and the day agree; `new` makes another one. Of one
        to come those are invited who represent a member that day (`Network.functions`), and a member that
        has nobody is invited itself; `accepted` and `declined` say who has answered. Of one that was held
        `attended` names who came: roles, contacts, actors or their ids; or says "all" who were invited.
        Whoever was invited and is not named was absent. `deputies` maps who came to whom they stood in for.
        A person wears the hat with which they represent a member; a member named stands for the one who
        represents it. `status` is told by the time, otherwise planned, held or cancelled; `fields` are those
        of the Interaction.

        Raises Ambiguous for two meetings of that day or a person of several hats, Invalid for who came to a
        meeting that is still to come, or for somebody who was there and absent.
        """
        from kontaktnat.acts.meetings import meet, who_came

        came = who_came(attended, absent, deputies or {}, guests, accepted, declined)
        return meet(self._book, network, kind, when, came, status=status, new=new, fields=fields)

    def usual_mandate(self, kind: str) -> tuple[int, ...]:
        """The points of förordning 2016:1258, 2 § 1-4 that a kind of interaction usually is under.

        As the kind's word says, or the setting `practice.mandate`; raises Invalid where that names a kind
        that there is not.
        """
        from kontaktnat.practice import usual_mandate

        return usual_mandate(self._book, kind)

    def plan_series(
        self, meeting: Interaction, every: str, *, until: Day | None = None, times: int | None = None
    ) -> list[Interaction]:
        """Plan a meeting again and again; all of the series come back, oldest first.

        `every` is an ISO 8601 duration or words for one (`3m`, `varje kvartal`): of days and weeks, or of
        months and years, which keep the weekday and its place in the month: the third Thursday; a fifth is
        the last. The clock in Stockholm stays the same over summer time, also that of `ends`. `until` is the
        last day that may be, `times` how many in all; without either `practice.series_months` months ahead.
        To each meeting of a network those are invited who represent a member on its own day; its theme and
        its guests are its own.

        `meeting` is a new one or in the book already. What is there of that network and kind on one of
        the days, planned or held, is left as it is and joins the series, so that the same again extends
        it. One of the series that was moved to another day, or cancelled, is not made anew. Days that
        have been are left out, but for the first.

        Raises Usage for both of `until` and `times`; Invalid for a month without a day, for more than
        200, for a time in the hour that summer time skips, and for `every` of both days and months.
        """
        from kontaktnat.acts.series import plan_series

        return plan_series(self._book, meeting, every, until=until, times=times)

    def update_meetings(
        self, meeting: Interaction | str, scope: Literal["this", "future", "all"], **changes: Any
    ) -> list[Interaction]:
        """Change a meeting, it and the later ones of its series, or all of them; those changed come back.

        Only what is still planned is changed: what was held or cancelled is history. Another `when` moves all
        in scope by as many days, to the same clock in Stockholm where it has one, and `ends` with it, as long
        after. Of a field that holds several, what is added to this one's or taken away is so in each.

        Raises Refused where it is in no series (and the scope is not "this"), or where none is still planned;
        Invalid for a time in the hour that summer time skips.
        """
        from kontaktnat.acts.series import update_meetings

        return update_meetings(self._book, meeting, scope, changes)

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

    # Commitments

    def record_commitment(self, actor: Actor | str, kind: str, /, **fields: Any) -> Commitment:
        """Tell more of an actor's commitment of a kind (a word of `commitment_kind`), or that there is one.

        It is the one in force today, renewals counted, that the actor has or is a party to, itself or an
        actor that it has succeeded; where none is, one that is still to begin; otherwise one is made, with
        `actor`. Those that have ended stay as they are; one told of again with its end is not made twice.
        `fields` are those of the Commitment. What is
        followed of commitments, and how lists call it, the hook `register_facts` tells.

        Raises Ambiguous where several are in force, Invalid for a kind or field that there is not.
        """
        from kontaktnat.acts.commitments import record_commitment

        return record_commitment(self._book, actor, kind, fields)

    # Follow-ups

    def finish(self, followup: FollowUp | str, *, on: Day | None = None) -> tuple[FollowUp, FollowUp | None]:
        """Tick off a follow-up (on a day, otherwise today): it, and the next one where it comes again.

        The next is due on the first day of its recurrence after the day it was due and the day it was done,
        reckoned from the recurrence's first day, so that the end of a month stays the end of the month. One
        that is done already is left as it is.

        Raises Invalid for a day that is still to come.
        """
        from kontaktnat.acts.tasks import finish

        return finish(self._book, followup, on)
