"""A handover is one act: what is open goes along, what has been stays, and one undo takes it back."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Commitment,
    Contact,
    FollowUp,
    Interaction,
    Invalid,
    Member,
    Network,
    NotFound,
    Participation,
    Refused,
    Role,
    Way,
)
from kontaktnat.refs import resolve
from kontaktnat.testing import FixedClock

COORDINATOR, CHAIR = "crime_prevention_coordinator", "executive_board_chair"


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek"))


@pytest.fixture
def bo(book: Book) -> Contact:
    return book.add(Contact(name="Bo Björk"))


@pytest.fixture
def role(book: Book, nybro: Actor, eva: Contact) -> Role:
    mailbox = [Way(kind="mail", value="trygghet@nybro.example")]
    return book.add(
        Role(contact=eva.id, actor=nybro.id, function=COORDINATOR, since="2023-09", share=0.5, ways=mailbox)
    )


def archive(book: Book) -> bytes:
    stream = io.BytesIO()
    book.export_to(stream, "jsonl")
    return stream.getvalue()


def test_the_post_goes_over_on_its_day(book: Book, role: Role, eva: Contact, bo: Contact) -> None:
    done = book.handover(role, bo, on="2026-12-01")
    new = done.role
    assert (done.closed.id, str(done.closed.until)) == (role.id, "2026-12-01")
    assert (new.contact, new.actor, new.function, new.share) == (bo.id, role.actor, COORDINATOR, 0.5)
    assert (str(new.since), new.until) == ("2026-12-01", None)
    holder = lambda day: [one.contact for one in book.as_of(day).roles.where(actor=role.actor)]  # noqa: E731
    assert [holder(day) for day in ("2026-11-30", "2026-12-01")] == [[eva.id], [bo.id]]


def test_the_shared_mailbox_goes_along(book: Book, role: Role, bo: Contact, clock: Any) -> None:
    new = book.handover(role, bo).role
    assert [way.value for way in new.ways] == ["trygghet@nybro.example"]
    assert resolve(book, "trygghet@nybro.example", ("role",)) == new
    yesterday = book.today - timedelta(days=1)
    assert resolve(book, "trygghet@nybro.example", ("role",), on=yesterday).id == role.id


def test_what_is_open_goes_along_and_what_is_done_stays(
    book: Book, role: Role, nybro: Actor, eva: Contact, bo: Contact
) -> None:
    about = [role.id, eva.id, nybro.id]
    open_ = book.add(FollowUp(text="Skicka underlag", about=about, owner="anna"))
    done = book.add(FollowUp(text="Ring", about=about, done_on="2026-11-01"))
    personal = book.add(FollowUp(text="Gratulera", about=[eva.id]))
    other = book.add(FollowUp(text="Växeln", about=[nybro.id]))
    hers = book.add(FollowUp(text="Vår del", about=[role.id], owner="Eva Ek"))
    told = book.handover(role, bo)
    assert set(told.followups) == {open_.id, hers.id}
    assert told.stay == (personal.id,)
    assert book.followups.get(open_.id).about == (told.role.id, bo.id, nybro.id)
    assert book.followups.get(hers.id).owner == "Bo Björk"
    assert [book.followups.get(one.id) for one in (done, personal, other)] == [done, personal, other]


def test_invitations_from_that_day_on_go_along(book: Book, role: Role, bo: Contact) -> None:
    def meeting(day: str, status: str) -> Interaction:
        part = Participation(role=role.id, status="invited" if status == "planned" else "attended")
        return book.add(Interaction(kind="network_meeting", when=day, status=status, participants=[part]))

    held, near, later = (
        meeting("2026-11-01", "held"),
        meeting("2026-11-30", "planned"),
        meeting("2026-12-05", "planned"),
    )
    told = book.handover(role, bo, on="2026-12-01")
    assert told.invitations == (later.id,)
    assert [one.role for one in book.interactions.get(later.id).participants] == [told.role.id]
    assert [book.interactions.get(one.id) for one in (held, near)] == [held, near]


def test_one_undo_takes_all_of_it_back(book: Book, role: Role, bo: Contact) -> None:
    book.add(FollowUp(text="Skicka underlag", about=[role.id]))
    before = [(one.id, one.contact, one.until, one.ways) for one in book.roles.all()]
    about = [one.about for one in book.followups.all()]
    book.handover(role, bo)
    book.undo()
    assert [(one.id, one.contact, one.until, one.ways) for one in book.roles.all()] == before
    assert [one.about for one in book.followups.all()] == about


def test_a_post_may_stand_vacant_and_is_filled_where_it_stands(book: Book, role: Role, bo: Contact) -> None:
    vacant = book.handover(role, None, on="2026-11-01").role
    assert (vacant.contact, str(vacant.since)) == (None, "2026-11-01")
    with pytest.raises(Refused, match="vacant already"):
        book.handover(vacant, None)
    filled = book.handover(book.roles.get(vacant.id), bo, on="2026-11-10")
    assert filled.role.id == filled.closed.id == vacant.id
    assert (filled.role.contact, str(filled.role.since)) == (bo.id, "2026-11-10")


def test_what_met_a_vacant_post_met_a_vacant_post(book: Book, role: Role, eva: Contact, bo: Contact) -> None:
    vacant = book.handover(role, None, on="2026-09-01").role
    missing = Participation(role=vacant.id, status="absent")
    book.add(Interaction(kind="network_meeting", when=date(2026, 10, 10), participants=[missing]))
    before = book.view("timeline", who="Nybro kommun").rows
    filled = book.handover(book.roles.get(vacant.id), bo, on="2026-11-10")
    assert filled.role.id != vacant.id
    assert str(book.roles.get(vacant.id).until) == "2026-11-10"
    assert book.view("timeline", who="Nybro kommun").rows == before


def test_a_post_may_come_back_to_whoever_held_it(book: Book, role: Role, eva: Contact) -> None:
    with pytest.raises(Refused, match="holds it already"):
        book.handover(role, eva)
    ended = book.update(role, until="2026-06-30")
    back = book.handover(ended, eva, on="2026-11-01").role
    assert (back.id != role.id, back.contact, str(back.since)) == (True, eva.id, "2026-11-01")


def test_what_they_see_to_in_another_hat_stays_theirs(
    book: Book, role: Role, eva: Contact, bo: Contact
) -> None:
    kalmar = book.add(Actor(name="Kalmar kommun"))
    other = book.add(Role(contact=eva.id, actor=kalmar.id, function=CHAIR))
    task = book.add(FollowUp(text="Ring", about=[other.id, eva.id], owner="Eva Ek"))
    assert book.handover(role, bo).followups == ()
    assert book.followups.get(task.id) == task


def test_somebody_who_has_the_post_already_keeps_the_role(book: Book, role: Role, bo: Contact) -> None:
    there = book.add(Role(contact=bo.id, actor=role.actor, function=COORDINATOR))
    task = book.add(FollowUp(text="Skicka underlag", about=[role.id]))
    assert book.handover(role, bo).role == there
    assert book.roles.count(contact=bo.id) == 1
    assert book.followups.get(task.id).about == (there.id,)


def test_a_post_stands_vacant_until_the_next_comes(book: Book, nybro: Actor, role: Role, bo: Contact) -> None:
    vacant = book.handover(role, None, on="2026-12-01").role
    book.handover(vacant, bo, on="2027-02-01")
    held = [book.as_of(day).roles.where(actor=nybro.id) for day in ("2026-11-30", "2027-01-01", "2027-02-01")]
    assert [[one.contact for one in some] for some in held] == [[role.contact], [None], [bo.id]]
    book.undo()
    assert book.roles.count(actor=nybro.id) == 2


def test_what_was_to_begin_later_begins_on_the_day_that_is_named(book: Book, role: Role, bo: Contact) -> None:
    later = book.add(Role(contact=bo.id, actor=role.actor, function=COORDINATOR, since="2027-02-01"))
    new = book.handover(role, bo, on="2026-12-01").role
    assert (new.id, str(new.since)) == (later.id, "2026-12-01")
    assert [one.contact for one in book.as_of("2026-12-15").roles.all()] == [bo.id]


def test_the_same_new_term_twice_is_refused(book: Book, nybro: Actor, eva: Contact) -> None:
    chair = book.add(Role(contact=eva.id, actor=nybro.id, function=CHAIR, since="2023-01-01"))
    new = book.handover(chair, eva, on="2027-01-01").role
    with pytest.raises(Refused, match="Eva Ek holds it already"):
        book.handover(new, eva, on="2027-01-01")
    assert book.roles.count(contact=eva.id) == 2


def test_a_hat_of_another_day_is_told_from_a_slip(book: Book, nybro: Actor, role: Role) -> None:
    book.handover(role, None, on="2026-11-01")
    with pytest.raises(NotFound, match="nobody is eva@nybro on 2026-11-12; kontaktnat list roles shows"):
        resolve(book, "eva@nybro", ("role",))
    with pytest.raises(NotFound, match="nothing is called evo@nybro"):
        resolve(book, "evo@nybro", ("role",))


def test_a_term_that_ends_ahead_ends_for_the_next_too(
    book: Book, nybro: Actor, eva: Contact, bo: Contact
) -> None:
    chair = book.add(
        Role(contact=eva.id, actor=nybro.id, function=CHAIR, since="2023-01-01", until="2027-01-01")
    )
    new = book.handover(chair, bo, on="2026-06-01").role
    assert (str(new.since), str(new.until)) == ("2026-06-01", "2027-01-01")


def test_the_elected_may_hold_it_anew_others_not(book: Book, nybro: Actor, role: Role, eva: Contact) -> None:
    with pytest.raises(Refused, match="holds it already"):
        book.handover(role, eva)
    chair = book.add(Role(contact=eva.id, actor=nybro.id, function=CHAIR, since="2023-01-01"))
    again = book.handover(chair, eva, on="2027-01-01")
    assert again.role.id != chair.id
    assert str(book.roles.get(chair.id).until) == "2027-01-01"


def test_a_day_before_it_began_is_refused_and_nothing_is_saved(book: Book, role: Role, bo: Contact) -> None:
    before = archive(book)
    with pytest.raises(Invalid, match=r"2020-01-01 is before the role began \(2023-09\)"):
        book.handover(role, bo, on="2020-01-01")
    with pytest.raises(Invalid, match="no contact but of type"):
        book.handover(role, role.id)
    with pytest.raises(Invalid, match="no role but of type"):
        book.handover(bo.id, bo)  # type: ignore[arg-type]
    assert archive(book) == before


def test_the_protected_persons_post_is_not_copied_unseen(book: Book, nybro: Actor, bo: Contact) -> None:
    anna = book.add(Contact(name="Anna Alm", protected=True))
    hers = book.add(Role(contact=anna.id, actor=nybro.id, function=COORDINATOR))
    with pytest.raises(Refused, match="covered"):
        book.handover(book.roles.get(hers.id), bo)
    whole = book.reveal(hers.id, "överlämning")
    assert isinstance(whole, Role)
    assert book.handover(whole, bo).role.actor == nybro.id


def test_a_vacant_post_is_not_filled_by_one_who_is_protected(book: Book, nybro: Actor) -> None:
    post = book.add(Role(actor=nybro.id, function=COORDINATOR))
    anna = book.add(Contact(name="Anna Alm", protected=True))
    done = book.handover(post, anna)
    assert done.role.id != post.id
    assert book.roles.get(post.id) == post
    book.handover(post, book.add(Contact(name="Pia Sand", protected=True)), on="2027-02-01")
    assert book.roles.get(post.id) == post


def test_whether_one_who_is_protected_has_the_post_already_is_not_told(
    book: Book, role: Role, nybro: Actor
) -> None:
    anna = book.add(Contact(name="Anna Alm", protected=True))
    hers = book.add(Role(contact=anna.id, actor=nybro.id, function=COORDINATOR))
    with book.transaction(dry_run=True):
        assert book.handover(role, anna).role.id != hers.id


def test_the_elected_have_it_to_the_end_of_the_term(
    book: Book, nybro: Actor, eva: Contact, bo: Contact
) -> None:
    chair = book.add(
        Role(contact=eva.id, actor=nybro.id, function=CHAIR, since="2023-01-01", until="2027-01-01")
    )
    assert str(book.handover(chair, bo, on="2026-06-01").role.until) == "2027-01-01"
    book.undo()
    chair = book.roles.get(chair.id)
    assert str(book.handover(chair, bo, on="2027-01-01").role.until) == "2031-01-01"


def test_what_is_due_before_a_day_to_come_stays(book: Book, role: Role, bo: Contact) -> None:
    late, soon, later = (
        book.add(FollowUp(text=due, due=due, about=[role.id]))
        for due in ("2026-11-01", "2026-11-20", "2026-12-20")
    )
    assert book.handover(role, bo, on="2026-12-01").followups == (later.id,)
    book.undo()
    moved = book.handover(book.roles.get(role.id), bo).followups
    assert set(moved) == {late.id, soon.id, later.id}


def test_a_post_that_has_gone_to_somebody_is_not_given_away_twice(
    book: Book, role: Role, eva: Contact, bo: Contact
) -> None:
    new = book.handover(role, bo, on="2026-06-01").role
    siv = book.add(Contact(name="Siv Rönn"))
    with pytest.raises(Refused, match=f"Bo Björk has had it since 2026-06-01; hand that one over: {new.id}"):
        book.handover(book.roles.get(role.id), siv, on="2026-07-01")
    assert book.handover(new, eva, on="2026-07-01").role.contact == eva.id  # back to who had it before


# Succession and new names


def test_an_actor_takes_the_place_of_another(book: Book, nybro: Actor, eva: Contact) -> None:
    old = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area", cadence="P3M"))
    part = book.add(Actor(name="Områdespolisen", parent=old.id))
    new = book.add(Actor(name="Lokalpolisområde Sydost", kind="local_police_area"))
    officer = book.add(Role(contact=eva.id, actor=old.id, covers=[nybro.id], since="2024"))
    network = book.add(Network(name="Förebyggarna", host=old.id, members=[Member(actor=old.id)]))
    task = book.add(FollowUp(text="Ring", about=[old.id, officer.id]))
    bond = book.add(Commitment(kind="local_police_area", actor=nybro.id, parties=[old.id]))
    deal = book.add(Commitment(kind="agreement", actor=nybro.id, parties=[old.id]))
    talk = book.add(Interaction(kind="phone", when=date(2026, 3, 1), participants=[officer.id]))
    gone, count = book.succeed(old, new, on="2026-07-01")
    assert (gone.succeeded_by, str(gone.succeeded_on), count > 0) == (new.id, "2026-07-01", True)
    names = lambda day: [one.name for one in book.as_of(day).actors.where(kind="local_police_area")]  # noqa: E731
    assert sorted(names("2026-06-30")) == ["Lokalpolisområde Nybro", "Lokalpolisområde Sydost"]
    assert names("2026-07-01") == ["Lokalpolisområde Sydost"]
    (now,) = book.as_of("2026-07-01").roles.all()
    assert (now.contact, now.actor, now.covers) == (eva.id, new.id, (nybro.id,))
    assert book.followups.get(task.id).about == (new.id, now.id)
    assert book.interactions.get(talk.id) == talk
    assert book.actors.get(new.id).cadence == "P3M"
    assert book.networks.get(network.id).host == new.id
    assert book.actors.get(part.id).parent == new.id
    assert str(book.commitments.get(bond.id).valid_until) == "2026-07-01"
    assert book.commitments.get(deal.id) == deal  # what was agreed stays with the old one
    (now_bound,) = book.as_of("2026-07-01").commitments.where(kind="local_police_area")
    assert (now_bound.actor, now_bound.parties) == (nybro.id, (new.id,))
    members = book.networks.get(network.id).members
    assert [(one.actor, str(one.since), str(one.until)) for one in members] == [
        (old.id, "None", "2026-07-01"), (new.id, "2026-07-01", "None"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="its own successor"):
        book.succeed(new.id, new.id)
    with pytest.raises(Refused, match="its own successor"):
        book.succeed(new.id, gone)


def test_a_new_name_leaves_the_old_one_in_old_minutes(book: Book, nybro: Actor, clock: Any) -> None:
    new = book.rename(nybro, "Nybro stad", on="2026-05-01")
    assert new.name == "Nybro stad"
    assert book.as_of("2026-04-30").actors.get(nybro.id).name == "Nybro kommun"
    assert book.as_of("2026-05-01").actors.get(nybro.id).name == "Nybro stad"
    assert resolve(book, "Nybro kommun").id == nybro.id
    back = book.rename(new, "Nybro kommun", on="2026-10-01")
    assert [one.name for one in back.names] == ["Nybro kommun", "Nybro stad"]
    with pytest.raises(Invalid, match="still to come"):
        book.rename(back, "Annat", on="2030-01-01")


# Whatever is handed over, whenever

DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))


@given(days=st.lists(DAYS, min_size=1, max_size=6, unique=True).map(sorted), asked=DAYS, planned=DAYS)
def test_at_each_day_exactly_one_holds_it(days: list[date], asked: date, planned: date) -> None:
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=[], clock=FixedClock()) as book:
        nybro = book.add(Actor(name="Nybro kommun"))
        people = [book.add(Contact(name=f"Person {n}")) for n in range(len(days) + 1)]
        role = book.add(Role(contact=people[0].id, actor=nybro.id, function=COORDINATOR, since="2019-01-01"))
        task = book.add(FollowUp(text="Ring", about=[role.id, people[0].id]))
        met = book.add(Interaction(kind="phone", when=date(2019, 5, 5), participants=[role.id]))
        part = Participation(role=role.id, status="invited")
        ahead = book.add(Interaction(kind="visit", when=planned, status="planned", participants=[part]))
        line = [repr(book.view("timeline", who=people[0].id).rows[-1])]
        for person, day in zip(people[1:], days, strict=True):
            role = book.handover(book.roles.get(role.id), person, on=day).role
        (held,) = book.as_of(asked).roles.where(actor=nybro.id)
        assert held.contact == people[sum(day <= asked for day in days)].id
        assert book.followups.get(task.id).about == (role.id, people[-1].id)
        (invited,) = book.interactions.get(ahead.id).participants
        assert book.roles.get(invited.role or "").contact == people[sum(day <= planned for day in days)].id
        assert book.interactions.get(met.id) == met
        assert [repr(book.view("timeline", who=people[0].id).rows[-1])] == line
        for _ in days:
            book.undo()
        assert [one.contact for one in book.roles.all()] == [people[0].id]
        assert book.followups.get(task.id).about == (role_id := book.roles.all()[0].id, people[0].id)
        assert role_id == met.participants[0].role


def test_what_is_planned_before_that_day_is_still_with_the_old_one(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Lokalpolisområde Sydost"))
    near, far = (
        book.add(Interaction(kind="visit", when=day, status="planned", participants=[nybro.id]))
        for day in ("2026-12-01", "2027-01-15")
    )
    book.succeed(nybro, new, on="2027-01-01")
    assert [book.interactions.get(one.id).participants[0].actor for one in (near, far)] == [nybro.id, new.id]


def test_who_comes_later_than_the_successor_comes_to_the_successor(
    book: Book, nybro: Actor, eva: Contact
) -> None:
    new = book.add(Actor(name="Lokalpolisområde Sydost"))
    role = book.add(Role(contact=eva.id, actor=nybro.id, since="2027-02-01"))
    network = book.add(Network(name="Förebyggarna", members=[Member(actor=nybro.id, since="2027-03-01")]))
    book.succeed(nybro, new, on="2027-01-01")
    assert (book.roles.get(role.id).actor, str(book.roles.get(role.id).since)) == (new.id, "2027-02-01")
    assert [one.actor for one in book.networks.get(network.id).members] == [new.id]


def test_succession_goes_in_no_circle_and_has_one_end(book: Book, nybro: Actor) -> None:
    second, third = book.add(Actor(name="Lokalpolisområde Sydost")), book.add(Actor(name="OKG"))
    book.succeed(nybro.id, second.id)
    with pytest.raises(Refused, match="has a successor already"):
        book.succeed(nybro.id, third.id)
    book.succeed(second.id, third.id)
    with pytest.raises(Refused, match="its own successor"):
        book.succeed(third.id, nybro.id)


def test_how_many_go_along_does_not_tell_of_the_protected(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Lokalpolisområde Sydost"))
    anna = book.add(Contact(name="Anna Alm", protected=True))
    book.add(Role(contact=anna.id, actor=nybro.id, function=COORDINATOR))
    with book.transaction(dry_run=True):
        assert book.succeed(nybro, new)[1] == 0


def test_an_actor_that_takes_its_old_name_again_keeps_all_of_them(book: Book, nybro: Actor) -> None:
    book.rename(nybro.id, "Nybro stad", on="2024-01-01")
    book.rename(nybro.id, "Nybro kommun", on="2025-01-01")
    names = [book.as_of(day).actors.get(nybro.id).name for day in ("2023-06-01", "2024-06-01", "2025-06-01")]
    assert names == ["Nybro kommun", "Nybro stad", "Nybro kommun"]
    with pytest.raises(Invalid, match="got another name"):
        book.rename(nybro.id, "Nybro", on="2024-06-01")


def test_an_invitation_does_not_go_to_one_who_is_protected(book: Book, role: Role, nybro: Actor) -> None:
    anna = book.add(Contact(name="Anna Alm", protected=True))
    part = Participation(role=role.id, status="invited")
    meeting = book.add(Interaction(kind="visit", when="2026-12-01", status="planned", participants=[part]))
    new = book.handover(role, anna).role
    (invited,) = book.interactions.get(meeting.id).participants
    assert (invited.role, invited.actor, invited.status) == (None, nybro.id, "invited")
    assert book.roles.get(new.id).hidden


def test_who_is_protected_stays_invited_when_an_actor_is_succeeded(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Lokalpolisområde Sydost"))
    anna = book.add(Contact(name="Anna Alm", protected=True))
    hers = book.add(Role(contact=anna.id, actor=nybro.id, function=COORDINATOR))
    meeting = book.add(Interaction(kind="visit", when="2026-12-01", status="planned", participants=[hers.id]))
    book.succeed(nybro, new)
    (invited,) = book.interactions.get(meeting.id).participants
    assert invited.actor is None
    assert book.roles.get(invited.role or "").contact == anna.id


def test_a_membership_that_ends_ends_for_the_successor_too(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Lokalpolisområde Sydost"))
    network = book.add(Network(name="Förebyggarna", members=[Member(actor=nybro.id, until="2027-01-01")]))
    book.succeed(nybro, new, on="2026-12-01")
    members = [(one.actor, str(one.since), str(one.until)) for one in book.networks.get(network.id).members]
    assert members == [(nybro.id, "None", "2026-12-01"), (new.id, "2026-12-01", "2027-01-01")]
