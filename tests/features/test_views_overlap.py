"""The view `overlap`, worked out by hand. Today is 12 November 2026: the year began on 12 November 2025."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat import (
    Actor,
    Ambiguous,
    Assignment,
    Book,
    Contact,
    Interaction,
    Invalid,
    Member,
    Network,
    NotFound,
    Participation,
    Role,
)
from kontaktnat.views.attendance import jaccard, overlap_of

Pairs = Mapping[tuple[str, str, str], tuple[Any, ...]]


def rows(book: Any, **params: Any) -> Pairs:
    """By dimension and pair: how much each has, both have, Jaccard, of the smaller, what."""
    keys = ("n_a", "n_b", "common", "jaccard", "overlap", "shared")
    return {
        (row["dimension"], row["a"], row["b"]): tuple(row[key] for key in keys)
        for row in book.view("overlap", **params).rows
    }


def hat(book: Book, name: str, actor: Actor, **fields: Any) -> Role:
    return book.add(Role(contact=book.add(Contact(name=name)).id, actor=actor.id, **fields))


@pytest.fixture
def two(book: Book) -> tuple[Assignment, Assignment]:
    """Two that run, and one that ended in the spring."""
    book.add(Assignment(name="Avslutat", ends="2026-04-01", target_groups=["unga"]))
    return (
        book.add(Assignment(name="ANDTS", target_groups=["Unga", "föräldrar", "skola"], risk_factors=[])),
        book.add(Assignment(name="Öppna samtal", target_groups=[" unga ", "Foraldrar", "äldre", "UNGA"])),
    )


# Two texts


def test_texts_are_compared_as_one_reads_them(book: Book, two: Any) -> None:
    """{unga, föräldrar, skola} and {unga, föräldrar, äldre}: 2 in both of 4, and of 3.

    Jaccard 2/4 = 0.5; 2 / min(3, 3) = 0.67.
    """
    assert rows(book, dimension="target_groups") == {
        ("target_groups", "ANDTS", "Öppna samtal"): (3, 3, 2, 0.5, 0.67, "föräldrar, Unga")
    }


def test_nothing_in_either_is_undefined_and_not_zero(book: Book, two: Any) -> None:
    """∅ ∪ ∅: no share of nothing. ∅ and {droger}: Jaccard 0/1 = 0, but of the smaller, ∅, no share."""
    found = rows(book)["risk_factors", "ANDTS", "Öppna samtal"]
    assert found == (0, 0, 0, None, None, "")
    book.update(two[1], risk_factors=["droger"])
    found = rows(book)["risk_factors", "ANDTS", "Öppna samtal"]
    assert found == (0, 1, 0, 0.0, None, "")
    book.update(two[0], risk_factors=["skolk"])
    found = rows(book)["risk_factors", "ANDTS", "Öppna samtal"]
    assert found == (1, 1, 0, 0.0, 0.0, "")


def test_undefined_is_said_so(run_cli: Any, open_book: Callable[..., Book], tmp_path: Any) -> None:
    with open_book(tmp_path / "b.kn", mode="create") as book:
        for name in ("ANDTS", "Folkhälsa"):
            book.add(Assignment(name=name, starts="2020"))
    words = ("view", "overlap", "dimension=riskfaktorer")
    assert "undefined  undefined" in run_cli(*words).out
    assert "odefinierad  odefinierad" in run_cli("--lang", "sv", *words).out
    assert run_cli(*words, "-o", "json").records()[0]["jaccard"] is None


# Actors


def test_actors_by_posts_and_by_networks(book: Book, two: Any) -> None:
    """A: Nybro (a post), Torsås (that it covers), Ölands (a member, for Borgholm that it succeeded).
    B: Nybro (twice), Ölands (a post at Borgholm). In both {Nybro, Ölands}: 2/3 = 0.67, and 2/2 = 1.

    Not counted: a post that has ended or is vacant, a member that has left, a network of something else.
    """
    a, b = two
    nybro, torsas, borgholm, oland, ange = (
        book.add(Actor(name=name, kind="municipality"))
        for name in ("Nybro kommun", "Torsås kommun", "Borgholms kommun", "Ölands kommun", "Ånge kommun")
    )
    book.update(borgholm, succeeded_by=oland.id, succeeded_on="2026-01-01")
    hat(book, "Eva Ek", nybro, covers=[torsas.id], assignment=a.id)
    hat(book, "Bo Björk", ange, assignment=a.id, until="2026-11-12")
    book.add(Role(actor=ange.id, assignment=a.id))
    members = [Member(actor=borgholm.id), Member(actor=ange.id, until="2026-10-01")]
    book.add(Network(name="Nätverket", members=members, assignments=[a.id]))
    hat(book, "Åsa Ängström", nybro, assignment=b.id)
    hat(book, "Siv Rönn", nybro, assignment=b.id)
    hat(book, "Kim Ny", borgholm, assignment=b.id)
    book.add(Network(name="Ett annat", members=[Member(actor=ange.id)]))
    found = rows(book, dimension="aktörer")
    assert found == {("actors", "ANDTS", "Öppna samtal"): (3, 2, 2, 0.67, 1.0, "Nybro kommun, Ölands kommun")}
    assert rows(book.as_of("2026-09-30"), dimension="actors")["actors", "ANDTS", "Öppna samtal"][:3] == (
        4,  # and Ånge
        2,
        2,
    )


# Persons and meetings


@pytest.fixture
def met(book: Book, two: Any) -> tuple[Role, Role, Role]:
    """A is served by its network; B by the assignments of single meetings."""
    a, b = two
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))
    eva, bo, asa = (hat(book, name, nybro) for name in ("Eva Ek", "Bo Björk", "Åsa Ängström"))
    network = book.add(Network(name="Nätverket", assignments=[a.id])).id
    of_network: dict[str, Any] = {"kind": "network_meeting", "network": network}
    absent = Participation(role=asa.id, status="absent")
    for when, more, who in (
        ("2025-11-11", of_network, (asa.id,)),  # a day too long ago
        ("2025-11-12", of_network, (eva.id, absent)),
        ("2026-03-01", {**of_network, "subject": "Vårens träff", "assignments": [a.id, b.id]}, (eva.id,)),
        ("2026-05-01", {**of_network, "assignments": [b.id]}, (bo.id,)),  # its own go before the network's
        ("2026-06-01", {"kind": "phone", "assignments": [a.id]}, (bo.id,)),
        ("2026-06-02", {**of_network, "status": "cancelled"}, (asa.id,)),
        ("2026-06-03", {"kind": "phone"}, (asa.id,)),  # serves none
        ("2026-12-01", {**of_network, "status": "planned"}, (asa.id,)),
    ):
        book.add(Interaction(when=when, participants=who, **more))
    return eva, bo, asa


def test_persons_who_hold_it_and_who_came(book: Book, two: Any, met: Any) -> None:
    """A: Eva and Bo came. B: Eva and Bo came, Åsa holds it. 2/3 = 0.67; 2/2 = 1."""
    book.update(met[2], assignment=two[1].id)
    assert rows(book, dimension="personer") == {
        ("persons", "ANDTS", "Öppna samtal"): (2, 3, 2, 0.67, 1.0, "Bo Björk, Eva Ek")
    }


def test_meetings_that_serve_both(book: Book, met: Any) -> None:
    """A: 12 Nov, 1 March, 1 June. B: 1 March, 1 May. In both 1 of 4 = 0.25, and of 2 = 0.5."""
    assert rows(book, dimension="meetings") == {
        ("meetings", "ANDTS", "Öppna samtal"): (3, 2, 1, 0.25, 0.5, "2026-03-01 Vårens träff")
    }


def test_a_call_is_for_the_hat_that_was_worn(book: Book, two: Any, met: Any) -> None:
    """Åsa's call of 3 June says nothing of assignments. She holds B: then it is B's third; 1 of 5 = 0.2."""
    book.update(met[2], assignment=two[1].id)
    found = rows(book, dimension="meetings")["meetings", "ANDTS", "Öppna samtal"]
    assert found[:5] == (3, 3, 1, 0.2, 0.33)


def test_a_person_of_two_hats_is_one(book: Book, two: Any) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    for one in two:
        place = book.add(Actor(name=f"{one.name}byrån", kind="other"))
        book.add(Role(contact=eva.id, actor=place.id, assignment=one.id))
    assert rows(book)["persons", "ANDTS", "Öppna samtal"] == (1, 1, 1, 1.0, 1.0, "Eva Ek")


def test_who_is_protected_counts_for_nobody(book: Book, two: Any, met: Any) -> None:
    """Without Eva, A has Bo alone, and so has B."""
    before = rows(book)
    contact = book.contacts.get(met[0].contact)
    book.update(contact, protected=True)
    table = book.view("overlap", dimension="persons")
    assert rows(book)["persons", "ANDTS", "Öppna samtal"] == (1, 1, 1, 1.0, 1.0, "Bo Björk")
    assert "2 attendances of protected people are not counted" in table.notes
    assert not any("protected" in note for note in book.view("overlap", dimension="meetings").notes)
    assert rows(book)["meetings", "ANDTS", "Öppna samtal"] == before["meetings", "ANDTS", "Öppna samtal"]
    book.update(met[0], assignment=two[0].id)
    assert rows(book)["persons", "ANDTS", "Öppna samtal"][0] == 1
    assert rows(book)["actors", "ANDTS", "Öppna samtal"][0] == 0  # else it would tell the workplace


# The table


def test_a_few_are_named(book: Book, two: Any) -> None:
    groups = [f"grupp {n}" for n in range(1, 8)]
    for one in two:
        book.update(one, target_groups=groups)
    *_, shared = rows(book)["target_groups", "ANDTS", "Öppna samtal"]
    assert shared == "grupp 1, grupp 2, grupp 3, grupp 4, grupp 5 and 2 more"


def test_every_pair_once_in_swedish_order(book: Book, two: Any) -> None:
    """Of three that run there are three pairs, in five dimensions; of one's, two."""
    book.add(Assignment(name="Äldres trygghet"))
    found = list(rows(book))
    assert len(found) == 15
    assert [pair[1:] for pair in found[:3]] == [
        ("ANDTS", "Äldres trygghet"),
        ("ANDTS", "Öppna samtal"),
        ("Äldres trygghet", "Öppna samtal"),
    ]
    dimensions = list(dict.fromkeys(pair[0] for pair in found))
    assert dimensions == ["target_groups", "risk_factors", "actors", "persons", "meetings"]
    assert [pair[1:] for pair in rows(book, assignment="öppna", dimension="meetings")] == [
        ("ANDTS", "Öppna samtal"),
        ("Äldres trygghet", "Öppna samtal"),
    ]
    assert rows(book.as_of("2026-03-31"), assignment="avslutat", dimension="målgrupper")
    assert "composite" not in str(book.view("overlap").columns)


def test_what_it_refuses(book: Book, two: Any) -> None:
    with pytest.raises(Invalid, match="Avslutat does not run on 2026-11-12"):
        book.view("overlap", assignment="avslutat")
    with pytest.raises(NotFound):
        book.view("overlap", assignment="bob")
    with pytest.raises(Ambiguous):
        book.view("overlap", assignment="a")
    with pytest.raises(Invalid, match="is no word for dimension"):
        book.view("overlap", dimension="allt")


def test_nothing_to_compare(book: Book) -> None:
    assert book.view("overlap").rows == ()
    assert book.view("overlap").notes == ("0 assignments run",)


# The measures


SETS = st.frozensets(st.sampled_from("abcdefgh"))


@given(SETS, SETS)
def test_the_measures(a: frozenset[str], b: frozenset[str]) -> None:
    share, of_smaller = jaccard(a, b), overlap_of(a, b)
    assert (share, of_smaller) == (jaccard(b, a), overlap_of(b, a))
    assert (share is None) == (not a and not b)
    assert (of_smaller is None) == (not a or not b)
    assert share is None or 0 <= share <= 1
    if share is not None and of_smaller is not None:
        assert share <= of_smaller <= 1
        assert (share == 0) == (of_smaller == 0) == (not a & b)
        assert (share == 1) == (a == b)


def test_the_measures_by_hand() -> None:
    """{a, b, c} and {b, c, d, e}: 2 in both of 5 = 0.4; of the 3 = 2/3."""
    assert jaccard({*"abc"}, {*"bcde"}) == 0.4
    assert overlap_of({*"abc"}, {*"bcde"}) == 2 / 3
