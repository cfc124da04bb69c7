"""A calendar's event becomes a meeting, the same one when it comes again; guests are never guessed."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Network, Participation, Role, Veto, Way, hookimpl
from kontaktnat.exchange import ImportResult
from kontaktnat.extend import Candidate, Importer
from kontaktnat.model import Record
from kontaktnat.testing import FixedClock

Said = dict[str, Any]


class Feed:
    """An importer of whatever was put into `events`."""

    def __init__(self) -> None:
        self.events: list[Said] = []
        self.refused = ""
        """Status of meetings that a guard refuses."""
        self.options: Mapping[str, str] = {}

    @hookimpl
    def register_importers(self) -> list[Importer]:
        return [Importer(name="feed", suffixes=(), sniff=lambda head: True, read=self.read, dated=True)]

    @hookimpl
    def before_save(self, record: Record) -> None:
        if self.refused and isinstance(record, Interaction) and record.status == self.refused:
            raise Veto("det mötet sparas inte")

    def read(self, stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
        self.options = options
        for n, event in enumerate(self.events, 1):
            fields = dict(event)
            yield Candidate(row=n, type=fields.pop("type", "interaction"), fields=fields, raw=str(event))


FEED = Feed()


@pytest.fixture
def book_plugins() -> list[Any]:
    FEED.refused = ""
    return [FEED]


def take(book: Book, *events: Said) -> ImportResult:
    FEED.events = list(events)
    return book.import_from(io.BytesIO(b"x"), format="feed")


def event(uid: str = "a", when: str = "2026-11-20T13:00:00+01:00", **said: Any) -> Said:
    return {"source": f"ics:{uid}", "when": when, "subject": "Planering", **said}


def guest(mail: str = "", name: str = "", status: str = "invited", part: str = "member") -> Said:
    return {"mail": mail, "name": name, "status": status, "part": part}


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.updated, result.unchanged, len(result.rejected)


def only(book: Book) -> Interaction:
    [meeting] = book.interactions.all()
    return meeting


@pytest.fixture
def nybro(book: Book) -> Actor:
    ways = [Way(kind="mail", value="info@nybro.example")]
    return book.add(Actor(name="Nybro kommun", kind="municipality", ways=ways))


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="Eva.Ek@nybro.example")]))


def hat(book: Book, who: Contact, at: Actor, **more: Any) -> Role:
    return book.add(Role(contact=who.id, actor=at.id, function="case_officer", **more))


# The meeting


def test_an_event_becomes_a_planned_meeting_and_one_that_has_been_a_held_one(book: Book) -> None:
    done = take(book, event("a"), event("b", "2026-11-02T09:00:00+01:00", place="Rådhuset"))
    assert counts(done) == (2, 0, 0, 0)
    found = {one.source: one for one in book.interactions.all()}
    assert found["ics:a"].status == "planned"
    assert (found["ics:b"].status, found["ics:b"].place) == ("held", "Rådhuset")
    assert found["ics:a"].kind == "visit"


def test_coming_again_it_is_unchanged_and_undo_takes_the_import_back(book: Book) -> None:
    first = take(book, event(guests=[guest("nobody@kalmar.example")]))
    again = take(book, event(guests=[guest("nobody@kalmar.example")]))
    assert (counts(first), counts(again)) == ((1, 0, 0, 0), (0, 0, 1, 0))
    assert (first.strangers, again.strangers, again.batch) == (1, 0, None)
    assert len(book.pending.all()) == 1
    book.undo()
    assert not book.interactions.all() + book.pending.all()


def test_only_what_the_calendar_changed_is_changed(book: Book) -> None:
    take(book, event(place="Rådhuset", edition=(1, "20261101T080000Z")))
    book.update(only(book), place="Biblioteket", summary="Vi talade om läget")
    assert counts(take(book, event(place="Rådhuset", edition=(1, "20261102T080000Z")))) == (0, 0, 1, 0)
    assert only(book).place == "Biblioteket"
    moved = event(when="2026-11-21T10:00:00+01:00", place="Rådhuset", edition=(2, "20261103T080000Z"))
    assert counts(take(book, moved)) == (0, 1, 0, 0)
    assert str(only(book).when) == "2026-11-21 10:00:00+01:00"
    assert (only(book).place, only(book).summary) == ("Biblioteket", "Vi talade om läget")
    assert counts(take(book, event(place="Torget", edition=(3, "20261104T080000Z")))) == (0, 1, 0, 0)
    assert only(book).place == "Torget"


def test_an_older_edition_changes_nothing(book: Book) -> None:
    take(book, event(edition=(3, "20261105T080000Z")))
    for edition in ((2, "20261109T080000Z"), (3, "20261104T080000Z")):
        assert counts(take(book, event(when="2026-12-01T10:00:00+01:00", edition=edition))) == (0, 0, 1, 0)
    assert str(only(book).when) == "2026-11-20 13:00:00+01:00"


def test_what_the_calendar_cancels_and_takes_up_again(book: Book) -> None:
    take(book, event())
    assert counts(take(book, event(status="cancelled", edition=(1, "")))) == (0, 1, 0, 0)
    assert only(book).status == "cancelled"
    assert counts(take(book, event(edition=(2, "")))) == (0, 1, 0, 0)
    assert only(book).status == "planned"


def test_a_meeting_cancelled_in_the_book_is_not_called_again_by_the_same_event(book: Book) -> None:
    take(book, event())
    book.update(only(book), status="cancelled")
    assert counts(take(book, event())) == (0, 0, 1, 0)
    assert only(book).status == "cancelled"


def test_a_meeting_of_which_is_told_who_came_stays_as_it_was(book: Book, eva: Contact) -> None:
    take(book, event("a", "2026-11-02T09:00:00+01:00", guests=[guest("eva.ek@nybro.example")]))
    meeting = only(book)
    book.update(meeting, participants=[Participation(contact=eva.id, status="attended")])
    later = event("a", "2026-12-02T09:00:00+01:00", guests=[guest("eva.ek@nybro.example", status="declined")],
                  edition=(4, ""))  # fmt: skip
    assert counts(take(book, later)) == (0, 0, 1, 0)
    assert counts(take(book, {"source": "ics:a", "does": "cancel", "edition": (5, "")})) == (0, 0, 1, 0)
    assert [one.status for one in only(book).participants] == ["attended"]
    assert only(book).status == "held"


def test_a_meeting_planned_at_the_prompt_is_the_one_of_the_calendar(book: Book) -> None:
    network = book.add(Network(name="Samverkan Nybro"))
    planned = book.meet(
        network, kind="network_meeting", when="2026-11-20T13:00", agenda=["Läget"]
    ).interaction
    assert counts(take(book, event(subject="samverkan nybro", place="Rådhuset"))) == (0, 1, 0, 0)
    meeting = only(book)
    assert (meeting.id, meeting.source, meeting.place) == (planned.id, "ics:a", "Rådhuset")
    assert (meeting.kind, meeting.subject, meeting.agenda) == ("network_meeting", "", ("Läget",))
    assert counts(take(book, event(subject="samverkan nybro", place="Rådhuset"))) == (0, 0, 1, 0)


def test_of_two_alike_or_at_another_hour_it_is_neither(book: Book) -> None:
    for _ in range(2):
        book.add(Interaction(kind="visit", when="2026-11-20T13:00", subject="Planering", status="planned"))
    book.add(Interaction(kind="visit", when="2026-11-20T14:00", subject="Planering", status="planned"))
    assert counts(take(book, event())) == (1, 0, 0, 0)
    assert counts(take(book, event("b", "2026-11-20T15:00:00+01:00"))) == (1, 0, 0, 0)


def test_a_kind_is_chosen_by_words_that_are_known(book: Book) -> None:
    take(book, event("a", kinds=["Röd kategori", "utbildning"]), event("b", kinds=["utbildning", "besök"]))
    assert {one.source: one.kind for one in book.interactions.all()} == {
        "ics:a": "training",
        "ics:b": "visit",
    }


def test_what_cannot_be_taken_is_rejected_alone(book: Book) -> None:
    done = take(
        book,
        event("a", "when?"),
        {"when": "2026-11-20"},
        {"source": "ics:b"},
        event("c", kind="kaffe"),
        event("d", guests=[guest("eva@nybro.example", status="perhaps")]),
        event("e", "2026-11-20T13:00:00+01:00", ends="2026-11-20T12:00:00+01:00"),
        event("f"),
    )
    assert counts(done) == (1, 0, 0, 6)
    assert only(book).source == "ics:f"
    assert not book.pending.all()


def test_an_importer_that_asks_is_told_the_day_and_how_far_series_are_planned(book: Book) -> None:
    take(book, event())
    assert FEED.options == {"today": "2026-11-12", "ahead": "2027-11-12"}


# Guests


def test_an_address_is_the_hat_worn_that_day(book: Book, eva: Contact, nybro: Actor) -> None:
    kalmar = book.add(Actor(name="Kalmar kommun"))
    old = hat(book, eva, kalmar, until="2026-11-10")
    new = hat(book, eva, nybro, since="2026-11-10")
    said = [guest("mailto:EVA.EK@nybro.example", status="accepted")]
    take(book, event("a", "2026-11-03T09:00:00+01:00", guests=said), event("b", guests=said))
    found = {one.source: one.participants for one in book.interactions.all()}
    assert [one.role for one in found["ics:a"]] == [old.id]
    assert [(one.role, one.status) for one in found["ics:b"]] == [(new.id, "accepted")]


def test_of_two_hats_that_day_none_is_guessed_unless_the_address_is_one_of_them(
    book: Book, eva: Contact, nybro: Actor
) -> None:
    hat(book, eva, nybro)
    board = hat(
        book, eva, book.add(Actor(name="IK Exempel")), ways=[Way(kind="mail", value="ordf@ik.example")]
    )
    take(
        book,
        event("a", guests=[guest("eva.ek@nybro.example")]),
        event("b", guests=[guest("ordf@ik.example")]),
    )
    found = {one.source: one.participants[0] for one in book.interactions.all()}
    assert (found["ics:a"].contact, found["ics:a"].role) == (eva.id, None)
    assert found["ics:b"].role == board.id


def test_a_shared_mailbox_is_its_actor_and_a_post_that_is_vacant_the_post(book: Book, nybro: Actor) -> None:
    book.add(Contact(name="Bo Björk", ways=[Way(kind="mail", value="info@nybro.example")]))
    post = book.add(
        Role(actor=nybro.id, function="case_officer", ways=[Way(kind="mail", value="handl@nybro.example")])
    )
    take(book, event(guests=[guest("info@nybro.example", "Bo Björk"), guest("handl@nybro.example")]))
    assert [(one.actor, one.role) for one in only(book).participants] == [(nybro.id, None), (None, post.id)]


def test_an_address_that_was_theirs_once_is_not_theirs_now(book: Book) -> None:
    bo = book.add(
        Contact(name="Bo Björk", ways=[Way(kind="mail", value="bo@kalmar.example", until="2026-01-01")])
    )
    take(book, event("a", "2025-11-03T09:00:00+01:00", guests=[guest("bo@kalmar.example")]))
    assert only(book).participants[0].contact == bo.id
    take(book, event("b", guests=[guest("bo@kalmar.example")]))
    [waiting] = book.pending.all()
    assert waiting.candidates == (bo.id,)


def test_a_name_without_an_address_is_somebody_only_where_it_is_one_whole_name(
    book: Book, eva: Contact
) -> None:
    for _ in range(2):
        book.add(Contact(name="Bo Björk"))
    names = [guest(name="eva ek"), guest(name="Eva"), guest(name="Bo Björk"), guest()]
    done = take(book, event(guests=names))
    assert [one.contact for one in only(book).participants] == [eva.id]
    assert done.strangers == 2
    assert {one.raw["name"]: len(one.candidates) for one in book.pending.all()} == {"Eva": 0, "Bo Björk": 2}


def test_an_address_of_two_people_is_that_of_whoever_bears_the_name(book: Book) -> None:
    ways = [Way(kind="mail", value="familjen@ek.example")]
    eva, _ = (book.add(Contact(name=name, ways=ways)) for name in ("Eva Ek", "Åsa Ek"))
    done = take(book, event(guests=[guest("familjen@ek.example", "Eva Ek")]))
    assert (only(book).participants[0].contact, done.strangers) == (eva.id, 0)
    assert take(book, event("b", guests=[guest("familjen@ek.example")])).strangers == 1


def test_a_stranger_waits_once_and_comes_into_all_its_meetings_when_decided(book: Book, nybro: Actor) -> None:
    said = [
        guest("karin@kalmar.example", "Karin Karlsson", "accepted"),
        guest("info@nybro.example", part="host"),
    ]
    first = take(book, event("a", guests=said), event("b", "2026-11-24T09:00:00+01:00", guests=said))
    assert (counts(first), first.strangers) == ((2, 0, 0, 0), 1)
    assert take(book, event("c", "2026-11-25", guests=said)).strangers == 0
    [waiting] = book.pending.all()
    assert (waiting.kind, waiting.raw["name"]) == ("contact", "Karin Karlsson")
    assert not book.contacts.all()
    karin = book.settle(waiting, new=True)
    assert karin is not None
    for meeting in book.interactions.all():
        who = [(one.contact or one.actor, one.status, one.part) for one in meeting.participants]
        assert who == [(nybro.id, "invited", "host"), (karin.id, "accepted", "member")]
    book.undo()
    assert all(len(meeting.participants) == 1 for meeting in book.interactions.all())


def test_decided_to_be_somebody_known_they_take_part_in_their_hat_and_get_the_address(
    book: Book, eva: Contact, nybro: Actor
) -> None:
    role = hat(book, eva, nybro)
    take(book, event("a", guests=[guest("eva@home.example", "Eva Ek")]), event("b"))
    gone = next(one for one in book.interactions.all() if one.source == "ics:b")
    book.delete(gone)
    [waiting] = book.pending.all()
    assert waiting.candidates == (eva.id,)
    book.settle(waiting, onto=eva)
    assert [one.role for one in only(book).participants] == [role.id]
    assert [way.value for way in book.contacts.get(eva.id).ways] == [
        "Eva.Ek@nybro.example",
        "eva@home.example",
    ]


def test_a_waiting_guest_whose_meeting_is_gone_is_decided_all_the_same(book: Book) -> None:
    take(book, event(guests=[guest("karin@kalmar.example")]))
    book.delete(only(book))
    [waiting] = book.pending.all()
    assert book.settle(waiting, new=True) is not None


def test_somebody_invited_at_the_prompt_in_another_hat_is_not_put_down_twice(
    book: Book, eva: Contact, nybro: Actor
) -> None:
    first = hat(book, eva, nybro)
    hat(book, eva, book.add(Actor(name="IK Exempel")))
    book.add(
        Interaction(kind="visit", when="2026-11-20T13:00", subject="Planering", status="planned",
                    participants=[Participation(role=first.id, status="invited")])
    )  # fmt: skip
    take(book, event(guests=[guest("eva.ek@nybro.example", status="accepted")]))
    assert [(one.role, one.contact, one.status) for one in only(book).participants] == [
        (first.id, None, "accepted")
    ]


def test_nothing_tells_whether_an_address_is_a_protected_persons(book: Book) -> None:
    ways = [Way(kind="mail", value="hemlig@skydd.example")]
    who = book.add(Contact(name="Hemlig Person", protected=True, ways=ways))
    shelter = book.add(Actor(name="Kvinnojouren", kind="womens_shelter", protected=True,
                             ways=[Way(kind="mail", value="jouren@skydd.example")]))  # fmt: skip
    told = []
    for mail, name in (("hemlig@skydd.example", "Hemlig Person"), ("jouren@skydd.example", ""),
                       ("ingen@skydd.example", "Ingen Alls")):  # fmt: skip
        runs = [take(book, event(mail, guests=[guest(mail, name)])) for _ in range(2)]
        told.append([(counts(run), run.strangers) for run in runs])
    assert told[0] == told[1] == told[2] == [((1, 0, 0, 0), 1), ((0, 0, 1, 0), 0)]
    assert not any(one.participants for one in book.interactions.all())
    assert not any({who.id, shelter.id} & {*one.candidates} for one in book.pending.all())


# Answers and cancellations


def reply(uid: str, *guests: Said, **more: Any) -> Said:
    return {"source": f"ics:{uid}", "does": "reply", "guests": list(guests), "known_as": f"UID {uid}", **more}


def test_an_answer_is_put_into_the_meeting_and_the_same_again_changes_nothing(
    book: Book, eva: Contact
) -> None:
    take(book, event(guests=[guest("eva.ek@nybro.example")]))
    said = reply("a", guest("eva.ek@nybro.example", status="accepted"))
    assert [counts(take(book, said)) for _ in range(2)] == [(0, 1, 0, 0), (0, 0, 1, 0)]
    assert [(one.contact, one.status) for one in only(book).participants] == [(eva.id, "accepted")]
    # The invitation comes once more, from before the answer: it takes nothing back.
    assert counts(take(book, event(guests=[guest("eva.ek@nybro.example")], edition=(1, "")))) == (0, 0, 1, 0)


def test_an_answer_to_a_meeting_of_our_own(book: Book, eva: Contact) -> None:
    made = book.add(
        Interaction(kind="visit", when="2026-11-20T13:00", status="planned",
                    participants=[Participation(contact=eva.id, status="invited")])
    )  # fmt: skip
    take(book, reply(f"{made.id}@kontaktnat", guest("eva.ek@nybro.example", status="declined")))
    assert [one.status for one in only(book).participants] == ["declined"]


def test_of_a_plan_nobody_has_come_yet_so_answers_and_changes_count(
    book: Book, eva: Contact, clock: FixedClock
) -> None:
    """`log visit eva --when "20 nov 13:00"` has its people as attended."""
    take(book, event("a"))
    planned = book.update(only(book), participants=[eva.id])
    assert planned.participants[0].status == "attended"
    eva_says = {"edition": (0, "20261112T090000Z")}
    take(book, reply("a", guest("eva.ek@nybro.example", status="declined"), **eva_says))
    assert [one.status for one in only(book).participants] == ["declined"]
    book.undo()
    take(book, event("a", when="2026-11-20T15:00:00+01:00", edition=(1, "")))
    moved = only(book)
    assert (str(moved.when)[11:16], moved.participants[0].status) == ("15:00", "attended")
    clock.move(days=9)
    take(book, reply("a", guest("eva.ek@nybro.example", status="declined"), edition=(0, "20261112T100000Z")))
    assert [one.status for one in only(book).participants] == ["attended"], "its day is over: they were there"


def test_an_answer_or_a_cancellation_of_what_is_not_there_says_what_to_do(book: Book) -> None:
    cancel = {"source": "ics:x", "does": "cancel", "known_as": "UID x"}
    done = take(book, reply("x", guest("eva@nybro.example", status="accepted")), cancel)
    assert [one.reason for one in done.rejected] == [
        "no meeting here is the calendar's UID x: import its invitation first, then this answer",
        "nothing to cancel: no meeting here is the calendar's UID x",
    ]


def days(*numbers: int, **more: Any) -> list[Said]:
    return [
        {**event(f"s/202611{n}", f"2026-11-{n}T09:00:00+01:00"), "series": "0series0", **more}
        for n in numbers
    ]


def test_a_whole_series_is_answered_and_cancelled_but_for_what_has_been(book: Book, eva: Contact) -> None:
    take(book, *days(10, 19, 26, guests=[guest("eva.ek@nybro.example")]))
    take(book, reply("s", guest("eva.ek@nybro.example", status="accepted"), series="0series0"))
    assert [one.participants[0].status for one in book.interactions.all()] == ["accepted"] * 3
    one = {"source": "ics:s/20261119", "does": "cancel", "series": "0series0"}
    assert counts(take(book, one)) == (0, 1, 0, 0)
    assert counts(take(book, {"source": "ics:s", "does": "cancel", "series": "0series0"})) == (0, 1, 0, 0)
    assert {one.source: one.status for one in book.interactions.all()} == {
        "ics:s/20261110": "held", "ics:s/20261119": "cancelled", "ics:s/20261126": "cancelled",
    }  # fmt: skip


def test_what_a_series_has_no_longer_is_cancelled_within_the_days_that_were_read(book: Book) -> None:
    take(book, *days(10, 19, 26, 28))
    [first, second] = days(10, 26)
    first["whole"] = second["whole"] = (["ics:s/20261110", "ics:s/20261126"], "2026-11-01", "2026-11-27")
    assert counts(take(book, first, second)) == (0, 1, 1, 0)
    found = {one.source: one.status for one in book.interactions.all()}
    assert found == {
        "ics:s/20261110": "held", "ics:s/20261119": "cancelled", "ics:s/20261126": "planned",
        "ics:s/20261128": "planned",
    }  # fmt: skip


# Tasks


def test_a_task_becomes_a_follow_up_and_what_is_done_stays_done(book: Book) -> None:
    task = {"type": "followup", "source": "ics:t", "text": "Ring Eva", "due": "2026-11-20"}
    assert [counts(take(book, task)) for _ in range(2)] == [(1, 0, 0, 0), (0, 0, 1, 0)]
    assert counts(take(book, task | {"due": "2026-11-21"})) == (0, 1, 0, 0)
    [found] = book.followups.all()
    book.update(found, done_on="2026-11-12")
    assert counts(take(book, task | {"due": "2026-12-01"})) == (0, 0, 1, 0)
    ours = {"type": "followup", "source": f"ics:followup-{found.id}@kontaktnat", "text": "Ring Eva"}
    assert counts(take(book, ours)) == (0, 0, 1, 0)
    assert counts(take(book, {"type": "followup", "source": "ics:u"})) == (0, 0, 0, 1)


def test_two_events_of_one_hour_and_title_are_not_both_the_planned_meeting(book: Book) -> None:
    when = "2026-11-20T13:00:00+01:00"
    book.add(Interaction(kind="visit", when=when, subject="Planering", status="planned"))
    events = [event("a", when), event("b", when)]
    assert counts(take(book, *events)) == (1, 1, 0, 0)
    assert counts(take(book, *events)) == (0, 0, 2, 0)
    assert {one.source for one in book.interactions.all()} == {"ics:a", "ics:b"}


PERSONNUMMER = "811218-9876"


def test_what_may_not_be_kept_rejects_its_task_or_its_event_alone(book: Book) -> None:
    told = [
        {"type": "followup", "source": "ics:t", "text": f"Ring {PERSONNUMMER}", "due": "2026-11-20"},
        event("a", guests=[guest("bo@post.example", "Bo Ask"), guest(name=f"Eva {PERSONNUMMER}")]),
        event("b", when="2026-11-21T13:00:00+01:00"),
    ]
    done = take(book, *told)
    assert counts(done) == (1, 0, 0, 2)
    assert only(book).source == "ics:b"
    assert (done.strangers, len(book.pending.all())) == (0, 0)


def invited(book: Book) -> Any:
    [waits] = book.pending.all()
    return waits.raw["meetings"]


def test_a_guest_of_a_meeting_that_was_merged_comes_into_the_one_that_stayed(book: Book) -> None:
    stranger = guest("bo@post.example", "Bo Ask")
    take(book, event("a", guests=[stranger]), event("b", guests=[stranger], subject="Annat"))
    gone, stays = book.interactions.all()
    book.merge(stays.id, gone.id)
    book.undo()
    assert [one["id"] for one in invited(book)] == [gone.id, stays.id]
    other = book.add(Interaction(kind="visit", when=gone.when, subject="Planering", status="planned"))
    book.merge(other.id, gone.id)
    assert {one["id"] for one in invited(book)} == {other.id, stays.id}
    book.merge(stays.id, other.id)
    assert [one["id"] for one in invited(book)] == [stays.id]
    [waits] = book.pending.all()
    bo = book.settle(waits, new=True)
    assert bo is not None
    assert [part.contact for part in only(book).participants] == [bo.id]


def test_nobody_waits_for_a_meeting_that_was_rejected(book: Book) -> None:
    """Since one that has gone from its series may not be cancelled."""

    def series(*events: tuple[str, str], guests: list[Said]) -> list[Said]:
        whole = [[f"ics:{uid}" for uid, _ in events], "2026-11-12", "2027-11-12"]
        parted = [*([()] * (len(events) - 1)), guests]
        return [
            event(uid, when, series="s", whole=whole, guests=who)
            for (uid, when), who in zip(events, parted, strict=True)
        ]

    one, two, three = (("a/1", "2026-11-20T13:00:00+01:00"), ("a/2", "2026-11-27T13:00:00+01:00"),
                       ("a/3", "2026-12-04T13:00:00+01:00"))  # fmt: skip
    take(book, *series(one, two, guests=[]))
    FEED.refused = "cancelled"
    result = take(book, *series(one, three, guests=[guest("bo@post.example", "Bo Ask")]))
    assert (counts(result), result.strangers, result.waiting) == ((0, 0, 1, 1), 0, [])
    assert book.pending.all() == []


def test_a_guest_may_be_an_actors_mailbox(book: Book) -> None:
    take(book, event("a", guests=[guest("kansli@nybro.example", "Kansliet", "accepted")]))
    nybro = book.add(Actor(name="Nybro kommun"))
    [waits] = book.pending.all()
    book.settle(waits, onto=nybro.id)
    assert [(part.actor, part.status) for part in only(book).participants] == [(nybro.id, "accepted")]
    known = book.actors.get(nybro.id)
    assert ([way.value for way in known.ways], known.aliases) == (["kansli@nybro.example"], ())


def test_a_guest_that_waits_in_two_books_is_decided_once_when_they_are_merged(
    open_book: Callable[..., Book], tmp_path: Path
) -> None:
    first = open_book(tmp_path / "a.kn", mode="create", plugins=[FEED])
    first.add(Actor(name="Nybro kommun"))
    shutil.copy(tmp_path / "a.kn", tmp_path / "b.kn")
    other = open_book(tmp_path / "b.kn", by="bo", plugins=[FEED])
    stranger = guest("bo@post.example", "Bo Ask")
    take(first, event("a", guests=[stranger]))
    take(other, event("a", guests=[stranger]), event("b", "2026-11-21T13:00:00+01:00", guests=[stranger]))
    first.join(other)
    bo = first.settle(first.pending.all()[0], new=True)
    assert bo is not None
    assert first.pending.all() == []
    assert [[part.contact for part in one.participants] for one in first.interactions.all()] == [[bo.id]] * 2
