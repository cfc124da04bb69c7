"""The view `path`: who can introduce us, over meetings and posts. Today is 12 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, Interaction, Participation, Role
from kontaktnat.errors import Ambiguous, NotFound, Usage

PEOPLE = ("Eva Ek", "Bo Björk", "Maj Lind", "Åsa Ängström", "Per Sälg", "Ove Alm")


@pytest.fixture
def who(book: Book) -> Callable[[str], Any]:
    """A contact's id by the name; made when first asked for."""

    def find(name: str) -> Any:
        found = book.contacts.where(name=name) or [book.add(Contact(name=name))]
        return found[0].id

    return find


def met(book: Book, when: str, *who: Any, **fields: Any) -> Interaction:
    return book.add(Interaction(when=when, participants=who, **{"kind": "network_meeting", **fields}))


def steps(book: Any, a: str, b: str) -> list[tuple[Any, ...]]:
    keys = ("from", "how", "through", "meetings", "to")
    return [tuple(row[key] for key in keys) for row in book.view("path", a=a, b=b).rows]


def names(book: Any, a: str, b: str) -> list[str]:
    return [row["to"] for row in book.view("path", a=a, b=b).rows]


def test_a_way_over_a_meeting_and_a_post_by_hand(book: Book, who: Any) -> None:
    """Eva met Bo twice; Bo and Maj work at one municipality, which Maj covers from elsewhere."""
    nybro, area = (book.add(Actor(name=name)) for name in ("Nybro kommun", "Lokalpolisområde Nybro"))
    bo = book.add(Role(contact=who("Bo Björk"), actor=nybro.id))
    book.add(Role(contact=who("Maj Lind"), actor=area.id, covers=[nybro.id]))
    met(book, "2026-03-01", who("Eva Ek"), bo.id, subject="Vår")
    met(book, "2026-05-21T09:00", who("Eva Ek"), bo.id, theme="Sommar", subject="x")
    met(book, "2026-08-01", who("Eva Ek"), Participation(role=bo.id, status="absent"))
    met(book, "2026-12-01", who("Eva Ek"), bo.id, status="planned")

    table = book.view("path", a="eva", b="maj")

    assert [tuple(row.values()) for row in table.rows] == [
        (1, "Eva Ek", "meeting", "network meeting 2026-05-21 Sommar", 2, "2026-05-21", "Bo Björk",
         who("Bo Björk")),
        (2, "Bo Björk", "role", "Nybro kommun", 0, None, "Maj Lind", who("Maj Lind")),
    ]  # fmt: skip
    assert table.notes == ()
    assert names(book, "maj", "eva") == ["Bo Björk", "Eva Ek"]
    # The actor stands for whoever has a post there, or covers it: Bo is nearer than Maj.
    assert names(book, "eva", "nybro kommun") == ["Bo Björk"]
    assert steps(book, "lokalpolisområde", "eva")[0] == ("Maj Lind", "role", "Nybro kommun", 0, "Bo Björk")
    assert names(book, f"{bo.id}", "maj") == ["Maj Lind"]
    assert steps(book.as_of("2026-04-01"), "eva", "bo") == [
        ("Eva Ek", "meeting", "network meeting 2026-03-01 Vår", 1, "Bo Björk")
    ]


def test_of_ways_as_short_the_latest_meeting_then_the_most_then_the_name(book: Book, who: Any) -> None:
    eva, goal = who("Eva Ek"), who("Ove Alm")
    for between in ("Åsa Ängström", "Bo Björk"):
        met(book, "2026-03-01", eva, who(between))
        met(book, "2026-01-01", goal, who(between))
    assert names(book, "eva", "ove") == ["Bo Björk", "Ove Alm"]  # the first in Swedish order
    met(book, "2026-02-01", eva, who("Åsa Ängström"))
    assert names(book, "eva", "ove") == ["Åsa Ängström", "Ove Alm"]  # met more often
    met(book, "2026-03-02", eva, who("Bo Björk"))
    assert names(book, "eva", "ove") == ["Bo Björk", "Ove Alm"]  # met last
    met(book, "2019", eva, goal)
    assert steps(book, "eva", "ove") == [("Eva Ek", "meeting", "network meeting 2019", 1, "Ove Alm")]


def test_a_meeting_comes_before_a_post_and_a_post_may_be_all(book: Book, who: Any) -> None:
    for name in ("Öland", "Aros"):
        actor = book.add(Actor(name=name))
        for one in PEOPLE[:2]:
            book.add(Role(contact=who(one), actor=actor.id))
    assert steps(book, "eva", "bo") == [("Eva Ek", "role", "Aros", 0, "Bo Björk")]
    met(book, "2020-01-01", who("Eva Ek"), who("Bo Björk"), kind="phone")
    assert steps(book, "eva", "bo") == [("Eva Ek", "meeting", "phone 2020-01-01", 1, "Bo Björk")]


def test_posts_of_today_only_and_a_successor_for_those_before_it(book: Book, who: Any) -> None:
    old, new = (book.add(Actor(name=name)) for name in ("Gamla verket", "Nya verket"))
    book.add(Role(contact=who("Eva Ek"), actor=old.id))
    book.add(Role(contact=who("Bo Björk"), actor=new.id, until="2026-10-01"))
    assert steps(book, "eva", "bo") == []
    book.update(old, succeeded_by=new.id, succeeded_on="2026-01-01")
    assert steps(book, "eva", "bo") == []  # Bo has left
    assert steps(book.as_of("2026-05-01"), "eva", "bo") == [("Eva Ek", "role", "Nya verket", 0, "Bo Björk")]
    assert "on both sides: Eva Ek" in book.view("path", a="gamla verket", b="eva").notes[0]


def test_no_way_is_said_and_what_would_make_one(book: Book, who: Any) -> None:
    who("Eva Ek"), who("Bo Björk")
    book.add(Actor(name="Nybro kommun"))
    table = book.view("path", a="eva", b="bo")
    assert table.rows == ()
    assert [note.split(":")[0] for note in table.notes] == ["no way"]
    assert "kontaktnat log" in table.notes[0]
    table = book.view("path", a="eva", b="nybro")
    assert table.rows == ()
    assert table.notes[0].startswith("Nybro kommun: nobody who may be seen has a post there today")
    assert len(table.notes) == 1


def test_one_person_or_actor_twice_is_a_slip(book: Book, who: Any) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    hat = book.add(Role(contact=who("Eva Ek"), actor=nybro.id))
    post = book.add(Role(actor=nybro.id))
    for a, b in (("eva", "Eva Ek"), ("eva", hat.id), ("nybro", "Nybro kommun")):
        with pytest.raises(Usage, match="the same person or actor"):
            book.view("path", a=a, b=b)
    with pytest.raises(Usage, match="vacant"):
        book.view("path", a=post.id, b="eva")
    with pytest.raises(Usage, match="NAME NAME"):
        book.view("path", a="eva")
    with pytest.raises(NotFound):
        book.view("path", a="eva", b="ingen")
    who("Eva Alm")
    with pytest.raises(Ambiguous):
        book.view("path", a="eva", b="nybro")
    assert book.view("path", a="eva ek", b="nybro").notes == (
        "no introduction is needed; on both sides: Eva Ek",
    )


# Protected people


@pytest.fixture
def siv(book: Book, who: Any) -> Any:
    """Works at Nybro with Eva, covered; met Eva and Bo, who do not know each other."""
    nybro = book.add(Actor(name="Nybro kommun"))
    book.add(Role(contact=who("Eva Ek"), actor=nybro.id))
    siv = book.add(Contact(name="Siv Rönn"))
    hat = book.add(Role(contact=siv.id, actor=nybro.id, function="case_officer"))
    met(book, "2026-03-01", hat.id, who("Bo Björk"))
    met(book, "2026-04-01", hat.id, who("Maj Lind"))
    return siv


def test_who_is_protected_is_no_step_on_the_way(book: Book, siv: Any) -> None:
    assert names(book, "eva", "bo") == ["Siv Rönn", "Bo Björk"]
    book.update(siv, protected=True)
    assert names(book, "eva", "bo") == names(book, "bo", "maj") == []
    assert names(book, "nybro kommun", "bo") == []
    assert names(book.outward(reveal="prov"), "eva", "bo") == ["Siv Rönn", "Bo Björk"]


def test_no_way_begins_or_ends_by_a_post_that_is_covered(book: Book, siv: Any) -> None:
    book.update(siv, protected=True)
    said = "Siv Rönn is protected: only meetings count"
    for a, b in (("siv", "eva"), ("eva", "siv"), ("siv", "nybro kommun")):
        table = book.view("path", a=a, b=b)
        assert (table.rows, table.notes[0], len(table.notes)) == ((), said, 2)
    assert names(book, "siv", "bo") == ["Bo Björk"]
    assert names(book, "maj", "siv") == ["Siv Rönn"]


def test_it_is_the_same_wherever_the_protected_one_works() -> None:
    """Two books that differ in where she works answer alike, whatever is asked."""
    told = []
    for at in (0, 1):
        with kontaktnat.open("memory:", by="anna") as book:
            towns = [book.add(Actor(name=name)) for name in ("Nybro kommun", "Torsås kommun")]
            people = [book.add(Contact(name=name)) for name in PEOPLE[:2]]
            hats = [
                book.add(Role(contact=one.id, actor=town.id)) for one, town in zip(people, towns, strict=True)
            ]
            siv = book.add(Contact(name="Siv Rönn", protected=True))
            hat = book.add(Role(contact=siv.id, actor=towns[at].id))
            met(book, "2026-03-01", hat.id, hats[0].id)
            asked = ("Nybro kommun", "Torsås kommun", "Eva Ek", "Bo Björk", "Siv Rönn")
            pairs = [(a, b) for a in asked for b in asked if a != b]
            told.append([(steps(book, a, b), book.view("path", a=a, b=b).notes) for a, b in pairs])
    assert told[0] == told[1]
    assert any(rows for rows, _ in told[0])


# In any book


@given(
    st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=4), max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=6),
)
def test_it_is_as_short_as_it_can_be(meetings: list[set[int]], posts: list[tuple[int, int]]) -> None:
    """As many steps as a plain search over pairs finds, each a link that there is, and the same backwards."""
    with kontaktnat.open("memory:", by="anna") as book:
        with book.transaction("prov"):
            people = [book.add(Contact(name=name)) for name in PEOPLE]
            actors = [book.add(Actor(name=name)) for name in "ABC"]
            for n, at in posts:
                book.add(Role(contact=people[n].id, actor=actors[at].id))
            for day, there in enumerate(meetings, 1):
                met(book, f"2026-01-{day:02}", *(people[n].id for n in sorted(there)))
        groups = [*meetings, *({n for n, here in posts if here == at} for at in range(3))]
        links = {(a, b) for group in groups for a in group for b in group if a != b}
        reached, far = {0}, {0: 0}
        while new := {b for a, b in links if a in reached and b not in reached}:
            far |= dict.fromkeys(new, max(far.values()) + 1)
            reached |= new
        for n in range(1, 6):
            rows = book.view("path", a=PEOPLE[0], b=PEOPLE[n]).rows
            assert len(rows) == far.get(n, 0)
            assert len(rows) == len(book.view("path", a=PEOPLE[n], b=PEOPLE[0]).rows)
            way = [PEOPLE[0], *(row["to"] for row in rows)]
            for before, row in zip(way, rows, strict=False):
                assert row["from"] == before
                assert (PEOPLE.index(before), PEOPLE.index(row["to"])) in links


def test_values_without_their_names(kalmar: Callable[..., Any]) -> None:
    for name, at in (("Eva Ek", "nybro"), ("Bo Björk", "kalmar")):
        kalmar("add", "contact", name, "--role", f"samordnare@{at}")
    kalmar("log", "besök", "eva", "bo", "hej")
    told = kalmar("view", "path", "eva", "bo", "-o", "csv").out
    assert told.splitlines()[1].startswith("1,Eva Ek,meeting,visit ")
    for words in (("a=eva", "b=bo"), ("eva", "b=bo"), ("b=bo", "eva")):
        assert kalmar("view", "path", *words, "-o", "csv").out == told
    assert kalmar("view", "timeline", "eva", "1").out == kalmar("view", "timeline", "who=eva", "limit=1").out


def test_several_hats_of_one_person_are_that_person(book: Book, who: Any) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    for function in ("case_officer", "crime_prevention_coordinator"):
        book.add(Role(contact=who("Eva Ek"), actor=nybro.id, function=function))
    met(book, "2026-03-01", who("Eva Ek"), who("Bo Björk"))
    assert names(book, "eva@nybro", "bo") == ["Bo Björk"]
    book.add(Role(contact=who("Eva Alm"), actor=nybro.id, function="case_officer"))
    with pytest.raises(Ambiguous, match="eva@nybro may be"):
        names(book, "eva@nybro", "bo")


def test_in_swedish_posts_are_roles_and_no_assignments(kalmar: Callable[..., Any]) -> None:
    for name in ("Eva Ek", "Bo Björk"):
        kalmar("add", "contact", name, "--role", "handläggare@nybro")
    assert "roller hos samma aktör" in kalmar("--lang", "sv", "view", "path", "eva", "bo").out
