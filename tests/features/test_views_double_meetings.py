"""The view `double-meetings`, worked out by hand. Today is 12 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Assignment, Book, Contact, Interaction, Network, Participation, Role

Meet = Callable[..., Interaction]


@pytest.fixture
def people(book: Book) -> Callable[[str], Any]:
    """A role at Nybro by the holder's name; made when first asked for."""
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    known: dict[str, Any] = {}

    def find(name: str) -> Any:
        if name not in known:
            known[name] = book.add(Role(contact=book.add(Contact(name=name)).id, actor=nybro.id)).id
        return known[name]

    return find


@pytest.fixture
def meet(book: Book, people: Any) -> Meet:
    """A meeting of the network of an assignment (both by one name), on a day, with people by name."""
    networks: dict[str, Any] = {}

    def met(network: str, when: str, *who: Any, **fields: Any) -> Interaction:
        if network not in networks:
            task = [book.add(Assignment(name=network)).id] if network[0].isupper() else []
            networks[network] = book.add(Network(name=network, assignments=task)).id
        parts = [people(one) if isinstance(one, str) else one for one in who]
        return book.add(
            Interaction(
                kind="network_meeting", network=networks[network], when=when, participants=parts, **fields
            )
        )

    return met


def persons(book: Any) -> list[tuple[Any, ...]]:
    keys = ("a", "b", "networks", "meetings", "last")
    found = [row for row in book.view("double-meetings").rows if row["kind"] == "persons"]
    assert not any(row["suggestion"] or row["jaccard"] for row in found)
    return [tuple(row[key] for key in keys) for row in found]


def networks(book: Any) -> list[tuple[Any, ...]]:
    keys = ("a", "b", "common", "jaccard", "suggestion")
    found = [row for row in book.view("double-meetings").rows if row["kind"] == "networks"]
    return [tuple(row[key] for key in keys) for row in found]


# People


def test_who_meets_whom_twice(book: Book, meet: Meet, people: Any) -> None:
    """Eva and Bo meet three times in two networks; Eva and Åsa in one only, though both are in two.

    Bo and Åsa were in both, but never at the same meeting of Folkhälsa.
    """
    meet("ANDTS", "2026-02-01", "Eva Ek", "Bo Björk", "Åsa Ängström")
    meet("ANDTS", "2026-05-01", "Eva Ek", "Bo Björk", Participation(role=people("Siv Rönn"), status="absent"))
    meet("Folkhälsa", "2026-03-01", "Bo Björk", "Eva Ek")
    meet("Folkhälsa", "2026-09-01", "Åsa Ängström", "Siv Rönn")
    assert persons(book) == [("Bo Björk", "Eva Ek", "ANDTS, Folkhälsa", 3, "2026-05-01")]


def test_most_meetings_first_then_in_swedish_order(book: Book, meet: Meet) -> None:
    """Åsa and Eva twice in each, Kim with either once in each: 4, 2, 2."""
    for when in ("2026-01-01", "2026-02-01"):
        meet("ANDTS", when, "Åsa Ängström", "Eva Ek", *(["Kim Ny"] if when < "2026-02" else []))
        meet("Öppet", when, "Åsa Ängström", "Eva Ek", *(["Kim Ny"] if when < "2026-02" else []))
    assert [row[:4] for row in persons(book)] == [
        ("Eva Ek", "Åsa Ängström", "ANDTS, Öppet", 4),
        ("Eva Ek", "Kim Ny", "ANDTS, Öppet", 2),
        ("Kim Ny", "Åsa Ängström", "ANDTS, Öppet", 2),
    ]


def test_the_last_twelve_months_of_what_was_held(book: Book, meet: Meet, people: Any) -> None:
    meet("ANDTS", "2025-11-12", "Eva Ek", "Bo Björk")
    for when, fields in (("2025-11-11", {}), ("2026-03-01", {"status": "cancelled"}),
                         ("2026-12-01", {"status": "planned"})):  # fmt: skip
        meet("Folkhälsa", when, "Eva Ek", "Bo Björk", **fields)
    assert persons(book) == []
    deputy = Participation(role=people("Bo Björk"), status="deputy", deputy_for=people("Siv Rönn"))
    meet("Folkhälsa", "2026-11-12", "Eva Ek", deputy)
    assert persons(book) == [("Bo Björk", "Eva Ek", "ANDTS, Folkhälsa", 2, "2026-11-12")]
    then = persons(book.as_of("2026-11-11"))  # a day earlier, the year began a day earlier too
    assert then == [("Bo Björk", "Eva Ek", "ANDTS, Folkhälsa", 2, "2025-11-12")]


@pytest.mark.parametrize(
    ("of_one", "of_other", "expected"),
    [("A", "B", True), ("A", "A", False), ("AB", "A", True), ("AB", "AB", True), ("A", "", False)],
)
def test_networks_of_different_assignments(
    book: Book, people: Any, of_one: str, of_other: str, expected: bool
) -> None:
    """Two assignments, one of each network, that are not the same: of AB and A, that is B and A."""
    ids = {name: book.add(Assignment(name=name)).id for name in "AB"}
    for name, of in (("ett", of_one), ("två", of_other)):
        network = book.add(Network(name=name, assignments=[ids[one] for one in of]))
        book.add(Interaction(kind="network_meeting", network=network.id, when="2026-05-01",
                             participants=[people("Eva Ek"), people("Bo Björk")]))  # fmt: skip
    assert bool(persons(book)) == expected
    said = any("no assignment that is known" in note for note in book.view("double-meetings").notes)
    assert said == (of_other == "")
    assert networks(book)  # nearly the same people, of whatever assignments


def test_a_network_without_an_assignment_does_not_count(book: Book, meet: Meet) -> None:
    """They meet in three networks; the one without is neither named nor are its meetings counted."""
    for network in ("ANDTS", "Folkhälsa", "utan"):
        meet(network, "2026-05-01", "Eva Ek", "Bo Björk")
    meet("utan", "2026-10-01", "Eva Ek", "Bo Björk")
    assert persons(book) == [("Bo Björk", "Eva Ek", "ANDTS, Folkhälsa", 2, "2026-05-01")]
    assert book.view("double-meetings").notes == (
        "1 network that met has no assignment that is known: no pair of people is counted there",
    )


def test_two_hats_are_one_person(book: Book, meet: Meet) -> None:
    """Eva is there for Nybro once, for the club once: that is one person, who meets Bo and not herself."""
    club = book.add(Actor(name="Nybro IF", kind="association"))
    meet("ANDTS", "2026-05-01", "Eva Ek", "Bo Björk")
    eva = book.contacts.where(name="Eva Ek")[0]
    other = book.add(Role(contact=eva.id, actor=club.id)).id
    meet("Folkhälsa", "2026-05-02", "Eva Ek", other, "Bo Björk")
    assert persons(book) == [("Bo Björk", "Eva Ek", "ANDTS, Folkhälsa", 2, "2026-05-02")]


# Networks


def test_networks_of_nearly_the_same_people(book: Book, meet: Meet) -> None:
    """A {e, b, å} over two meetings, B {b, e, k, s}: 2 in both of 5 = 0.4. C {e, b}: with A 2/3, with B 2/4.

    D, to which nobody came, is compared with none.
    """
    meet("A", "2026-01-01", "Eva Ek", "Bo Björk")
    meet("A", "2026-02-01", "Åsa Ängström")
    meet("B", "2026-01-01", "Eva Ek", "Bo Björk", "Kim Ny", "Siv Rönn")
    meet("C", "2026-01-01", "Eva Ek", "Bo Björk")
    meet("D", "2026-01-01")
    joint = "joint or back-to-back meetings"
    assert networks(book) == [("A", "C", 2, 0.67, joint), ("B", "C", 2, 0.5, joint)]
    kinds = [row["kind"] for row in book.view("double-meetings").rows]
    assert kinds == ["networks", "networks", "persons"]


def test_who_is_protected_is_left_out(book: Book, meet: Meet) -> None:
    """Without Siv nobody has come to both, and no pair is left."""
    for network, other in (("ANDTS", "Eva Ek"), ("Folkhälsa", "Bo Björk")):
        meet(network, "2026-05-01", "Siv Rönn", other, "Kim Ny")
    assert persons(book)
    siv = book.contacts.where(name="Siv Rönn")[0]
    book.update(siv, protected=True)
    table = book.view("double-meetings")
    assert persons(book) == []
    assert networks(book) == []  # {Eva, Kim} and {Bo, Kim}: 1/3
    assert "Siv" not in str(table.rows)
    assert table.notes == ("2 attendances of protected people are not counted",)


def test_in_swedish(run_cli: Any, open_book: Callable[..., Book], tmp_path: Any) -> None:
    with open_book(tmp_path / "b.kn", mode="create") as book:
        eva, bo = (book.add(Contact(name=name)).id for name in ("Eva Ek", "Bo Björk"))
        for name in ("ANDTS", "Folkhälsa"):
            task = book.add(Assignment(name=name)).id
            network = book.add(Network(name=name, assignments=[task])).id
            parts = [Participation(contact=one) for one in (eva, bo)]
            book.add(
                Interaction(kind="network_meeting", network=network, when="2026-10-01", participants=parts)
            )
    out = run_cli("--lang", "sv", "view", "double-meetings", "--as-of", "2026-11-12").out
    assert "gemensamma möten, eller möten direkt efter varandra" in out
    assert "Bo Björk" in out


# Whatever the meetings


ATTENDED = st.lists(
    st.tuples(st.sampled_from("ABCd"), st.frozensets(st.sampled_from("vxyz"))), min_size=1, max_size=8
)


@given(ATTENDED)
def test_the_same_as_by_going_through_all_pairs(attended: list[tuple[str, frozenset[str]]]) -> None:
    """Each pair by the definition, however the view goes about it. `d` has no assignment."""
    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        who = {name: book.add(Contact(name=name)).id for name in "vxyz"}
        ids = {}
        for name in "ABCd":
            task = [book.add(Assignment(name=name)).id] if name != "d" else []
            ids[name] = book.add(Network(name=name, assignments=task)).id
        today = book.today
        for name, came in attended:
            parts = [Participation(contact=who[one]) for one in sorted(came)]
            book.add(Interaction(kind="network_meeting", network=ids[name], when=today, participants=parts))
        expected = []
        for a, b in combinations("vxyz", 2):
            where = [name for name, came in attended if {a, b} <= came and name != "d"]
            if len({*where}) > 1:
                expected.append((a, b, ", ".join(sorted({*where})), len(where), today.isoformat()))
        assert sorted(persons(book)) == sorted(expected)
        there = {name: {one for n, came in attended if n == name for one in came} for name in "ABCd"}
        alike = [
            (a, b)
            for a, b in combinations("ABCd", 2)
            if there[a] | there[b] and 2 * len(there[a] & there[b]) >= len(there[a] | there[b])
        ]
        assert sorted(row[:2] for row in networks(book)) == alike


def test_hosts_are_at_all_of_theirs_and_no_pair(book: Book) -> None:
    """Eva is the one who comes to both; Kim calls to both, and is not counted: 1 / 1, and no two who meet."""
    eva, kim = (book.add(Contact(name=name)) for name in ("Eva Ek", "Kim Tall"))
    for name in ("Ett", "Två"):
        serves = book.add(Assignment(name=name))
        network = book.add(Network(name=name, assignments=[serves.id]))
        parts = [Participation(contact=eva.id), Participation(contact=kim.id, part="host")]
        book.add(
            Interaction(kind="network_meeting", network=network.id, when="2026-10-01", participants=parts)
        )
    rows = book.view("double-meetings").rows
    assert [(row["kind"], row["common"], row["jaccard"]) for row in rows] == [("networks", 1, 1.0)]
