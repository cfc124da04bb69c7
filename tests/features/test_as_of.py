"""As of a day: the world as it was then, by today's knowledge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Commitment,
    Contact,
    FollowUp,
    FormerName,
    Interaction,
    Invalid,
    Member,
    Network,
    PartialDate,
    Role,
    Way,
)
from kontaktnat.query import F

OpenBook = Callable[..., Book]


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


# since ≤ day < until


@pytest.mark.parametrize(
    ("since", "until", "day", "held"),
    [
        ("2024-03-01", "2025-03-01", "2024-02-29", False),
        ("2024-03-01", "2025-03-01", "2024-03-01", True),
        ("2024-03-01", "2025-03-01", "2025-02-28", True),
        ("2024-03-01", "2025-03-01", "2025-03-01", False),
        (None, "2025-03-01", "1990-01-01", True),
        ("2024-03-01", None, "2090-01-01", True),
        (None, None, "2024-01-01", True),
        ("2024", None, "2024-01-01", True),  # some day of 2024: it may have held
        ("2024", None, "2023-12-31", False),
        (None, "2024", "2024-12-30", True),
        (None, "2024", "2024-12-31", False),
        ("2024-02", "2024-02", "2024-02-15", True),
        (None, "2024-02", "2024-02-29", False),
    ],
)
def test_a_role_holds_from_its_first_day_to_the_day_before_its_last(
    book: Book, nybro: Actor, since: str | None, until: str | None, day: str, held: bool
) -> None:
    role = book.add(Role(actor=nybro.id, since=since, until=until))
    out = book.as_of(day)
    assert out.roles.all() == out.roles.where(actor=nybro.id) == ([role] if held else [])
    assert out.roles.count() == int(held)


def test_a_day_may_be_given_in_several_ways(book: Book, nybro: Actor) -> None:
    book.add(Role(actor=nybro.id, since="2024-07-01", until="2024-12-31"))
    for day in (
        "2024-08-01",
        date(2024, 8, 1),
        PartialDate(2024, 8, 1),
        datetime(2024, 8, 1, 9, 0),
        "2024-08",
    ):
        assert len(book.as_of(day).roles.all()) == 1, day
    assert book.as_of("2024-06").roles.all() == []  # of a month, its last day
    assert book.as_of("2024").on == date(2024, 12, 31)
    assert book.as_of("2024").today == date(2024, 12, 31)
    assert book.as_of("2024").as_of(None).on is None
    assert book.today == date(2026, 11, 12)
    with pytest.raises(Invalid, match="write a date as"):
        book.as_of("i fjol")


def test_who_was_it_then(book: Book, nybro: Actor) -> None:
    eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Björk"))
    first = book.add(Role(contact=eva.id, actor=nybro.id, since="2020", until="2024-05-01"))
    second = book.add(Role(contact=bo.id, actor=nybro.id, since="2024-05-01"))
    assert book.as_of("2023-01-01").roles.where(actor=nybro.id) == [first]
    assert book.as_of("2024-05-01").roles.where(actor=nybro.id) == [second]
    assert book.roles.where(actor=nybro.id) == [first, second]


def test_assignments_and_commitments_hold_like_roles(book: Book, nybro: Actor) -> None:
    task = book.add(Assignment(name="Samordning", starts="2020", ends="2025-01-01"))
    deal = book.add(Commitment(kind="agreement", actor=nybro.id, valid_from="2021", valid_until="2024-01-01"))
    for day, tasks, deals in [("2019-12-31", [], []), ("2022-01-01", [task], [deal]), ("2025-01-01", [], [])]:
        out = book.as_of(day)
        assert (out.assignments.all(), out.commitments.all()) == (tasks, deals)


# A record that looked otherwise


def test_an_actor_bears_the_name_it_had(book: Book) -> None:
    board = book.add(
        Actor(
            name="Polisområde Kalmar",
            names=[
                FormerName(name="Polismyndigheten i Kalmar län", until="2015-01-01"),
                FormerName(name="Länspolisen", until="1998"),
            ],
        )
    )
    then = {year: book.as_of(f"{year}-06-01").actors.get(board.id).name for year in (1990, 2010, 2020)}
    assert then == {
        1990: "Länspolisen",
        2010: "Polismyndigheten i Kalmar län",
        2020: "Polisområde Kalmar",
    }
    assert book.as_of("2015-01-01").actors.all()[0].name == "Polisområde Kalmar"
    assert book.actors.get(board.id).name == "Polisområde Kalmar"


def test_a_list_is_asked_of_the_record_as_it_was(book: Book) -> None:
    board = book.add(Actor(name="Nya namnet", names=[FormerName(name="Gamla namnet", until="2015")]))
    then = book.as_of("2010-01-01")
    assert [one.id for one in then.actors.where(name="Gamla namnet")] == [board.id]
    assert then.actors.where(name="Nya namnet") == []
    assert then.actors.count(F("name").contains("gamla")) == 1
    assert [one.name for one in book.actors.where(name="Nya namnet")] == ["Nya namnet"]


def test_ways_are_those_of_then(book: Book, nybro: Actor) -> None:
    old = Way(kind="phone", value="070-174 06 05", until="2024-01-01")
    new = Way(kind="phone", value="070-174 06 06", since="2024-01-01")
    always = Way(kind="mail", value="eva@nybro.example")
    ways = (old, new, always)
    eva = book.add(Contact(name="Eva Ek", ways=ways))
    role = book.add(Role(contact=eva.id, actor=nybro.id, ways=ways))
    actor = book.update(nybro, ways=ways)
    then = book.as_of("2023-06-01")
    assert then.contacts.get(eva.id).ways == (old, always)
    assert then.roles.get(role.id).ways == (old, always)
    assert then.actors.get(actor.id).ways == (old, always)
    assert book.as_of("2024-06-01").contacts.get(eva.id).ways == (new, always)
    assert book.contacts.get(eva.id).ways == ways
    assert then.contacts.where(F("ways.value").is_("070-174 06 06")) == []


def test_a_network_has_the_members_it_had(book: Book, nybro: Actor) -> None:
    kalmar = book.add(Actor(name="Kalmar kommun"))
    left, came, always = (
        Member(actor=nybro.id, until="2023-01-01"),
        Member(actor=kalmar.id, since="2024-01-01"),
        Member(actor=nybro.id, since="2025-06"),
    )
    network = book.add(Network(name="Förebyggarna", members=[left, came, always]))
    members = lambda day: book.as_of(day).networks.get(network.id).members  # noqa: E731
    assert members("2022-01-01") == (left,)
    assert members("2023-06-01") == ()
    assert members("2025-12-31") == (came, always)


def test_a_follow_up_that_is_done_today_was_open_then(book: Book) -> None:
    done = book.add(FollowUp(text="Ring Eva", due="2026-10-01", done_on="2026-11-01"))
    then = book.as_of("2026-10-15")
    assert then.followups.get(done.id).done_on is None
    assert [one.id for one in then.followups.where(done_on=None)] == [done.id]
    assert then.followups.where(F("done_on").is_("2026-11-01")) == []
    assert [row["state"] for row in then.view("today").rows] == ["overdue"]
    assert book.as_of("2026-11-01").followups.where(done_on=None) == []
    assert book.view("today").rows == ()


def test_interactions_are_those_that_had_begun(book: Book) -> None:
    before = book.add(Interaction(kind="phone", when=date(2026, 11, 11)))
    late = book.add(Interaction(kind="visit", when=datetime(2026, 11, 12, 23, 30)))  # in Stockholm
    after = book.add(Interaction(kind="visit", when="2026-11-13T00:30"))
    month = book.add(Interaction(kind="mail", when="2026-11"))
    unknown = book.add(Interaction(kind="mail"))
    assert book.as_of("2026-11-12").interactions.all() == [before, late, month, unknown]
    assert after in book.as_of("2026-11-13").interactions.all()
    assert book.as_of("2026-10-31").interactions.all() == [unknown]


# What is reached by its id


def test_a_record_reached_by_its_id_is_there_all_the_same(book: Book, nybro: Actor) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    role = book.add(Role(contact=eva.id, actor=nybro.id, since="2025"))
    then = book.as_of("2020-01-01")
    assert then.roles.all() == []
    assert then.roles.get(role.id) == role
    assert then.get(role.id) == role


def test_an_old_minute_shows_the_hat_and_the_name_of_then(book: Book) -> None:
    board = book.add(Actor(name="Nya nämnden", names=[FormerName(name="Gamla nämnden", until="2024")]))
    eva = book.add(Contact(name="Eva Ek"))
    hat = book.add(Role(contact=eva.id, actor=board.id, until="2024-06-01"))
    book.add(Interaction(kind="visit", when=date(2022, 3, 1), participants=[hat.id], subject="Läget"))
    (row,) = book.as_of("2023-01-01").view("timeline", who="Gamla nämnden").rows
    assert row["who"] == "Eva Ek (Gamla nämnden)"
    (row,) = book.view("timeline", who="Eva Ek").rows
    assert row["who"].startswith("Eva Ek (")


def test_a_search_finds_what_there_was(book: Book, nybro: Actor) -> None:
    role = book.add(Role(actor=nybro.id, title="Preventionsansvarig", since="2025"))
    talk = book.add(Interaction(kind="visit", when=date(2026, 1, 1), subject="Prevention i skolan"))
    eva = book.add(
        Contact(name="Eva Ek", ways=[Way(kind="mail", value="prevention@nybro.example", since="2024")])
    )
    assert {one.id for one in book.find("prevention")} == {role.id, talk.id, eva.id}
    assert {one.id for one in book.as_of("2025-06-01").find("prevention")} == {role.id, eva.id}
    assert book.as_of("2020-01-01").find("prevention") == []
    assert [one.id for one in book.as_of("2020-01-01").find("eva")] == [eva.id]


def test_every_view_and_list_takes_the_day(book: Book, nybro: Actor, clock: Any) -> None:
    book.add(FollowUp(text="Ring", due="2024-01-01"))
    eva = book.add(Contact(name="Eva Ek"))
    asked = {"timeline": {"who": nybro.id}, "path": {"a": nybro.id, "b": eva.id}}
    for view in book.plugins.collect("register_views"):
        assert book.as_of("2024-01-01").view(view, **asked.get(view, {})).name == view
    (row,) = book.as_of("2024-01-01").view("today").rows
    assert row["state"] == "today"


def test_what_was_recorded_later_is_known(book: Book, nybro: Actor, clock: Any) -> None:
    clock.move(days=400)
    role = book.add(Role(actor=nybro.id, since="2020"))  # recorded in 2027, true since 2020
    assert book.as_of("2021-01-01").roles.all() == [role]


def test_as_of_is_for_reading(book: Book) -> None:
    out = book.as_of("2024")
    for name in ("add", "update", "delete", "undo", "reveal", "transaction"):
        assert not hasattr(out, name)
