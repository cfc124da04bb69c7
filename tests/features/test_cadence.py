"""How often to be in contact: any contact will do, and the next is due so long after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, Headcount, Interaction, Network, Participation, Role
from kontaktnat.builtin.vocabulary import INTERACTION_KINDS
from kontaktnat.model.spans import later
from kontaktnat.testing import FixedClock, counted_ids

KINDS = [word.id for word in INTERACTION_KINDS]


def row(book: Any, id: str) -> dict[str, Any]:
    (found,) = [one for one in book.view("cadence").rows if one["id"] == id]
    return dict(found)


def due(book: Any, id: str) -> str:
    return str(row(book, id)["due"])


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", cadence="P3M"))


@pytest.fixture
def eva(book: Book) -> Contact:
    return book.add(Contact(name="Eva Ek"))


@pytest.fixture
def hat(book: Book, nybro: Actor, eva: Contact) -> Role:
    return book.add(Role(contact=eva.id, actor=nybro.id, since="2026-10-01", cadence="P1M"))


def test_the_day_of_the_latest_contact_and_so_long(book: Book, nybro: Actor, hat: Role) -> None:
    book.add(Interaction(kind="mail", when=date(2026, 8, 1), participants=[nybro.id]))
    book.add(Interaction(kind="phone", when=date(2026, 11, 2), participants=[hat.id]))
    assert row(book, nybro.id) == {
        "who": "Nybro kommun", "every": "every 3 months", "last": "2026-11-02", "due": "2027-02-02",
        "state": "coming", "id": nybro.id,
    }  # fmt: skip
    assert (due(book, hat.id), row(book, hat.id)["who"]) == ("2026-12-02", "Eva Ek, role at Nybro kommun")


def test_what_was_not_held_or_not_with_them_does_not_count(book: Book, nybro: Actor, hat: Role) -> None:
    before = due(book, nybro.id)
    absent = Participation(role=hat.id, status="absent")
    book.add(Interaction(kind="phone", when=date(2026, 11, 2), participants=[absent]))
    book.add(Interaction(kind="phone", when=date(2026, 11, 2), status="cancelled", participants=[hat.id]))
    book.add(Interaction(kind="phone", when=date(2026, 11, 2), status="planned", participants=[hat.id]))
    assert due(book, nybro.id) == before


def test_never_in_contact(book: Book, nybro: Actor, hat: Role, clock: FixedClock) -> None:
    assert (due(book, nybro.id), row(book, nybro.id)["last"]) == ("2027-02-12", None)  # added today
    assert due(book, hat.id) == "2026-11-01"  # since October
    merged = book.add(Actor(name="Nya nämnden", cadence="P1M"))
    book.add(Actor(name="Gamla nämnden", succeeded_by=merged.id, succeeded_on="2026-11-01", cadence="P1M"))
    assert due(book, merged.id) == "2026-12-01"
    assert len(book.view("cadence").rows) == 3, "what has been succeeded is not waited for"


def test_a_successor_takes_over_what_was_said_with_the_old_one(book: Book) -> None:
    new = book.add(Actor(name="Nya nämnden", cadence="P1M"))
    old = book.add(Actor(name="Gamla nämnden"))
    book.add(Interaction(kind="visit", when=date(2026, 10, 20), participants=[old.id]))
    book.update(old, succeeded_by=new.id, succeeded_on="2026-11-01")
    assert due(book, new.id) == "2026-11-20"


def test_a_network_is_met(book: Book, nybro: Actor) -> None:
    network = book.add(Network(name="Nätverket", cadence="P3M"))
    book.add(Interaction(kind="phone", when=date(2026, 11, 3), participants=[nybro.id]))
    assert due(book, network.id) == "2027-02-12"
    book.add(Interaction(kind="network_meeting", when=date(2026, 9, 17), network=network.id))
    assert due(book, network.id) == "2026-12-17"


def test_a_role_is_whoever_holds_it_in_any_hat(book: Book, nybro: Actor, eva: Contact, hat: Role) -> None:
    club = book.add(Actor(name="Nybro IF"))
    other = book.add(Role(contact=eva.id, actor=club.id))
    book.add(Interaction(kind="mail", when=date(2026, 9, 1), participants=[other.id]))
    assert due(book, hat.id) == "2026-11-01", "before she held it"
    book.add(Interaction(kind="mail", when=date(2026, 11, 10), participants=[other.id]))
    assert due(book, hat.id) == "2026-12-10"
    assert due(book, nybro.id) == "2027-02-12", "the municipality was not spoken with"
    ended = book.update(hat, until="2026-11-12")
    vacant = book.add(Role(actor=nybro.id, cadence="P1M"))
    assert not {ended.id, vacant.id} & {one["id"] for one in book.view("cadence").rows}
    assert due(book.as_of("2026-11-11"), hat.id) == "2026-12-10"


def test_people_counted_by_their_actor_were_there(book: Book, nybro: Actor) -> None:
    counted = Headcount(actor=nybro.id, count=12)
    book.add(Interaction(kind="training", when=date(2026, 11, 1), headcounts=[counted]))
    assert due(book, nybro.id) == "2027-02-01"


@given(
    st.sampled_from(KINDS),
    st.sampled_from(["actor", "hat", "covering", "deputy", "deputy_for", "network"]),
    st.lists(st.dates(date(2024, 1, 1), date(2026, 11, 12)), min_size=1, max_size=5),
    st.sampled_from(["P1W", "P1M", "P3M", "P1Y"]),
)
def test_any_contact_through_any_hat_resets_it(kind: str, way: str, days: list[date], span: str) -> None:
    """And what is due never comes earlier by a contact."""
    with kontaktnat.open("memory:", by="anna", plugins=[], clock=FixedClock(), ids=counted_ids()) as book:
        actor = book.add(Actor(name="Nybro kommun", cadence=span))
        other = book.add(Actor(name="Polisen"))
        eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Ask"))
        network = book.add(Network(name="N", cadence=span))
        own = book.add(Role(contact=eva.id, actor=actor.id))
        covering = book.add(Role(contact=bo.id, actor=other.id, covers=[actor.id]))
        parts = {
            "actor": Participation(actor=actor.id),
            "hat": Participation(role=own.id),
            "covering": Participation(role=covering.id),
            "deputy": Participation(role=own.id, status="deputy"),
            "deputy_for": Participation(contact=bo.id, status="deputy", deputy_for=own.id),
            "network": Participation(actor=other.id),
        }
        watched = network.id if way == "network" else actor.id
        latest, seen = None, ""
        for day in days:
            book.add(
                Interaction(kind=kind, when=day, participants=[parts[way]],
                            network=network.id if way == "network" else None)
            )  # fmt: skip
            latest = max(latest or day, day)
            assert due(book, watched) == later(latest, span).isoformat()
            assert due(book, watched) >= seen
            seen = due(book, watched)


# In today


def test_today_says_with_whom_to_be_in_contact(book: Book, nybro: Actor, hat: Role) -> None:
    book.add(Interaction(kind="mail", when=date(2026, 8, 1), participants=[nybro.id]))
    network = book.add(Network(name="Nätverket", cadence="P1W"))
    rows = book.view("today").rows
    assert [(one["due"], one["state"], one["what"], one["who"], one["type"]) for one in rows] == [
        ("2026-11-01", "overdue", "in contact every 3 months, last 2026-08-01", "Nybro kommun", "actor"),
        ("2026-11-01", "overdue", "in contact every month, not yet", "Eva Ek, role at Nybro kommun", "role"),
        ("2026-11-19", "coming", "to meet every week, not yet", "Nätverket", "network"),
    ]
    assert {one["number"] for one in rows} == {None}
    assert [one["id"] for one in book.view("today", days=6).rows] == [nybro.id, hat.id]
    assert network.id not in {one["id"] for one in book.view("today", days=6).rows}
    assert book.view("today", owner="anna").rows == ()


@pytest.mark.parametrize("status", ["invited", "accepted", "attended"])
def test_what_is_planned_takes_care_of_it(
    book: Book, nybro: Actor, hat: Role, clock: FixedClock, status: str
) -> None:
    assert [one["id"] for one in book.view("today").rows] == [hat.id]
    part = Participation(role=hat.id, status=status)
    meeting = book.add(Interaction(kind="visit", when="2026-11-20", status="planned", participants=[part]))
    assert [one["id"] for one in book.view("today").rows] == [meeting.id]
    assert row(book, hat.id)["state"] == "planned"
    assert row(book, nybro.id)["state"] == "planned"
    clock.move(days=9)  # the day has passed, and nobody says that it was held
    assert [one["id"] for one in book.view("today").rows] == [hat.id, meeting.id]
    book.update(meeting, status="held", participants=[hat.id])
    assert book.view("today").rows == ()
    assert due(book, hat.id) == "2026-12-20"


def test_who_declined_is_not_met(book: Book, hat: Role) -> None:
    part = Participation(role=hat.id, status="declined")
    book.add(Interaction(kind="visit", when="2026-12-20", status="planned", participants=[part]))
    assert [one["id"] for one in book.view("today").rows] == [hat.id]


def test_the_workplace_of_somebody_protected_is_not_told(book: Book, nybro: Actor) -> None:
    pia = book.add(Contact(name="Pia Sand", protected=True))
    book.add(Role(contact=pia.id, actor=nybro.id, since="2020", cadence="P1M"))
    book.add(Interaction(kind="visit", when=date(2026, 11, 1), participants=[pia.id]))
    assert "Nybro" not in str([one for one in book.view("today").rows if one["type"] == "role"])
    book.update(nybro, protected=True)
    assert all("P3M" not in str(one) for one in book.view("cadence").rows), "covered: it is not shown"


def test_as_of_the_plans_of_then(book: Book, nybro: Actor) -> None:
    planned = book.add(Interaction(kind="visit", when="2026-12-20", status="planned", subject="möte"))
    (then,) = [one for one in book.as_of("2026-12-10").view("today").rows if one["type"] == "interaction"]
    assert (then["id"], then["what"], then["state"]) == (planned.id, "möte", "coming")
    (after,) = [one for one in book.as_of("2026-12-21").view("today").rows if one["type"] == "interaction"]
    assert (after["what"], after["state"]) == ("was it held? möte", "overdue")


def test_a_month_that_is_not_over_is_not_asked_about(book: Book) -> None:
    book.add(Interaction(kind="visit", when="2026-11", status="planned", subject="möte"))
    (one,) = book.view("today").rows
    assert (one["what"], one["due"]) == ("möte", "2026-11")
    (one,) = book.as_of("2026-12-01").view("today").rows
    assert one["what"] == "was it held? möte"


def test_elected_of_an_earlier_term_are_to_be_confirmed(book: Book, nybro: Actor, eva: Contact) -> None:
    chair = {"contact": eva.id, "actor": nybro.id, "function": "executive_board_chair"}
    book.add(Role(since="2023-01-01", **chair))
    assert book.view("today").notes == (), "boards sit to the end of 2026"
    book.add(Role(since="2027-01-01", **chair))
    book.add(Role(since="2019-01-01", until="2027-02-01", **chair))
    book.add(Role(since="2019-01-01", until="2026-02-01", **chair))
    book.add(Role(since="2020-01-01", contact=eva.id, actor=nybro.id, function="unit_head"))
    (note,) = book.as_of("2027-01-15").view("today").notes
    assert note.startswith("2 elected roles of an earlier term of office are to be confirmed")


def test_how_far_ahead_is_a_custom(book: Book) -> None:
    book.add(Interaction(kind="visit", when=datetime(2026, 11, 30, 9), status="planned"))
    assert book.view("today").rows == ()
    book.set("practice", {"ahead_days": 20})
    assert len(book.view("today").rows) == 1
    assert book.view("today", days=1).rows == ()


# At the prompt


def test_done_and_snooze_are_for_follow_ups(kalmar: Callable[..., Any]) -> None:
    kalmar("set", "Nätverket för brottsförebyggare", "cadence=1d")
    days = "3"
    (one,) = kalmar("today", "--days", days, "-o", "json").records()
    assert (one["type"], one["number"]) == ("network", None)
    for words in (("done", one["id"]), ("snooze", one["id"], "1v"), ("done", "1")):
        ran = kalmar(*words)
        assert (ran.code, ran.out, ran.err.count("\n")) == (3, "", 1)
    ran = kalmar("view", "cadence")
    assert "every day" in ran.out


def test_a_new_county_has_nothing_due(kalmar: Callable[..., Any]) -> None:
    assert kalmar("today").out == "nothing to show\n"
    (one,) = kalmar("view", "cadence", "-o", "json").records()
    assert one["state"] == "coming"
    assert date.fromisoformat(one["due"]) - date.today() > timedelta(days=80)
