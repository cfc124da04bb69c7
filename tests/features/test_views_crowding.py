"""The view `crowding`: A, H and D of each municipality, reckoned by hand; what is unknown has no index."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Contact,
    Interaction,
    Invalid,
    Network,
    NotFound,
    Participation,
    Role,
)
from kontaktnat.testing.injection import FixedClock
from kontaktnat.views.pressure import Call, close, people, pressure


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


def task(book: Book, name: str, addressee: str = "kommuner", **fields: Any) -> Assignment:
    return book.add(Assignment(name=name, addressee=addressee, **fields))


def hat(book: Book, who: Contact | str, at: Actor, of: Assignment | None = None, **fields: Any) -> Role:
    person = book.add(Contact(name=who)) if isinstance(who, str) else who
    return book.add(Role(contact=person.id, actor=at.id, function="case_officer",
                         assignment=of.id if of else None, **fields))  # fmt: skip


def meet(book: Book, when: str, of: Assignment, *who: Role | Participation, **fields: Any) -> Interaction:
    parts = [one.id if isinstance(one, Role) else one for one in who]
    return book.add(Interaction(kind="network_meeting", when=when, assignments=[of.id], participants=parts,
                                **fields))  # fmt: skip


def rows(book: Any, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view("crowding", **params).rows]


def one(book: Any, *keys: str) -> tuple[Any, ...]:
    (found,) = rows(book, *keys)
    return found


def test_six_assignments_two_holders_and_a_quarter(book: Book, nybro: Actor) -> None:
    """A = 6. H = 2, Eva and Bo, of whose shares nothing is known. Eight invitations, of which two lie within
    14 days of each other, are Eva's, and are of different assignments: D = 2 / 8 = 0.25. That Bo was called
    between them clashes with nothing. (6 / 2) · (1 + 0.25) = 3.75."""
    tasks = [task(book, f"Uppdrag {n}") for n in range(1, 7)]
    eva, bo = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Bo Björk"))
    of_eva = [hat(book, eva, nybro, of) for of in tasks[:3]]
    of_bo = [hat(book, bo, nybro, of) for of in tasks[3:]]
    for when, of, who in (
        ("2026-01-10", 0, of_eva[0]),  # to the 24th: 14 days
        ("2026-01-24", 1, of_eva[1]),
        ("2026-01-15", 4, of_bo[1]),
        ("2026-03-01", 2, of_eva[2]),
        ("2026-04-01", 3, of_eva[0]),
        ("2026-05-01", 5, of_bo[2]),
        ("2026-06-15", 0, of_bo[0]),
        ("2026-07-15", 1, of_bo[0]),
    ):
        meet(book, when, tasks[of], who)
    table = book.view("crowding")
    assert [tuple(row.values()) for row in table.rows] == [
        ("Nybro kommun", 6, 2, 8, 2, 0.25, 3.75, 3.75, "known", nybro.id)
    ]
    assert table.notes == ()
    assert "never ranks municipalities" in table.definition


def test_each_state_and_the_median_beside_all(book: Book, nybro: Actor) -> None:
    """Nybro: (1 / 1) · (1 + 0) = 1. Ånge: (2 / 1) · (1 + 2/2) = 4. Torsås: nobody. Örebro: a holder who was
    never called, 0 / 0. Kalmar: nothing is asked of it. Median of 1 and 4: 2.5. In Swedish order."""
    torsas, ange, orebro, kalmar = (
        book.add(Actor(name=f"{name} kommun", kind="municipality"))
        for name in ("Torsås", "Ånge", "Örebro", "Kalmar")
    )
    first = task(book, "Första", addressee="Nybro kommun, Torsås kommun, Ånge, Örebro kommun")
    second = task(book, "Andra", addressee="Ånge kommun")
    eva, maj = hat(book, "Eva Ek", nybro, first), hat(book, "Maj Lind", ange, first)
    hat(book, "Ove Alm", orebro, first)
    meet(book, "2026-03-01", first, eva, maj)
    meet(book, "2026-03-08", second, maj)
    assert rows(book, "municipality", "assignments", "holders", "d", "index", "median", "state") == [
        ("Kalmar kommun", 0, 0, None, None, 2.5, "no_assignments"),
        ("Nybro kommun", 1, 1, 0.0, 1.0, 2.5, "known"),
        ("Torsås kommun", 1, 0, None, None, 2.5, "no_receiver"),
        ("Ånge kommun", 2, 1, 1.0, 4.0, 2.5, "known"),
        ("Örebro kommun", 1, 1, None, None, 2.5, "undefined"),
    ]
    assert rows(book, "municipality", "median", municipality="örebro") == [("Örebro kommun", 2.5)]
    assert rows(book, "state", municipality=kalmar.id) == [("no_assignments",)]
    assert torsas.id in {row["id"] for row in book.view("crowding").rows}


def test_unknown_where_a_colleagues_invitations_are_not_in_the_book(book: Book, nybro: Actor) -> None:
    """Its parts are shown, D and the index are not; where the other is not addressed all is known."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    ours = task(book, "Brottsförebyggande arbete")
    theirs = task(book, "ANDTS", addressee="Nybro kommun")
    eva, maj = hat(book, "Eva Ek", nybro, ours), hat(book, "Maj Lind", torsas, ours)
    meet(book, "2026-03-01", ours, eva, maj)
    shown = ("municipality", "assignments", "holders", "invitations", "clashing", "d", "index", "state")
    assert rows(book, *shown) == [
        ("Nybro kommun", 2, 1, 1, 0, None, None, "unknown"),
        ("Torsås kommun", 1, 1, 1, 0, 0.0, 1.0, "known"),
    ]
    assert book.view("crowding").notes == (
        "D is unknown where these are addressed, no invitation of the last 12 months is in the book: ANDTS",
    )
    region = book.add(Actor(name="Regionen", kind="region"))
    meet(book, "2025-11-11", theirs, hat(book, "Lo Hägg", region))  # the last 12 months begin a day later
    assert rows(book, "state") == [("unknown",), ("known",)]
    meet(book, "2026-05-01", theirs, hat(book, "Bo Björk", region))  # to anybody: they keep theirs here
    assert rows(book, "index", "state") == [(2.0, "known"), (1.0, "known")]


def test_none_are_missing_of_an_assignment_that_does_not_invite(book: Book, nybro: Actor) -> None:
    ours = task(book, "Brottsförebyggande arbete")
    theirs = task(book, "Krisberedskap", invites=False)
    meet(book, "2026-03-01", ours, hat(book, "Eva Ek", nybro, ours))
    assert one(book, "assignments", "index", "state") == (2, 2.0, "known")
    book.update(theirs.id, invites=True)
    assert one(book, "assignments", "index", "state") == (2, None, "unknown")
    book.update(theirs.id, ends="2026-06")  # no more of it
    assert one(book, "assignments", "index", "state") == (1, 1.0, "known")


# H


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ([[0.1, 0.2]], 0.3),
        ([[0.8, 0.5]], 1),
        ([[0.25], [0.5]], 0.75),
        ([[0.1, None]], 1),
        ([[0.1], [None]], 1.1),
    ],
)
def test_holders_by_their_shares(
    book: Book, nybro: Actor, shares: list[list[float | None]], expected: float
) -> None:
    """A person with 10 and 20 per cent is 0.3 of a holder, never more than one, and one if not known."""
    for n, theirs in enumerate(shares):
        person = book.add(Contact(name=f"Person {n}"))
        for m, share in enumerate(theirs):
            hat(book, person, nybro, task(book, f"Uppdrag {n} {m}"), share=share)
    assert one(book, "holders") == (expected,)


def test_only_what_is_addressed_there_and_held_today_counts(book: Book, nybro: Actor) -> None:
    ours = task(book, "Första", addressee="Torsås kommun")
    book.add(Actor(name="Torsås kommun", kind="municipality"))
    hat(book, "Eva Ek", nybro, share=0.5)  # no assignment
    hat(book, "Bo Björk", nybro, ours, until="2026-06-01")
    assert rows(book, "assignments", "holders")[0] == (0, 0)
    hat(book, "Maj Lind", nybro, ours, share=0.5)  # held there: so it is asked of it
    assert rows(book, "assignments", "holders")[0] == (1, 0.5)
    assert rows(book.as_of("2026-05-01"), "assignments", "holders")[0] == (1, 1.5)
    book.update(ours.id, ends="2026-01")
    assert rows(book, "assignments", "holders", "state")[0] == (0, 0, "no_assignments")


def test_parts_and_who_covers_it_and_what_it_has_succeeded(book: Book, nybro: Actor) -> None:
    ours = task(book, "Första")
    office = book.add(Actor(name="Socialförvaltningen", kind="other", parent=nybro.id))
    unit = book.add(Actor(name="Enheten", kind="other", parent=office.id))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    old = book.add(Actor(name="Madesjö kommun", kind="municipality", succeeded_by=nybro.id,
                         succeeded_on="1971"))  # fmt: skip
    hat(book, "Eva Ek", unit, ours)
    hat(book, "Per Sälg", area, ours, covers=[nybro.id])
    hat(book, "Maj Lind", old, ours)
    assert one(book, "municipality", "holders") == ("Nybro kommun", 3)
    for text in ("Nybro", "nybro kommun", "Enheten", "Madesjö kommun"):
        assert rows(book, "municipality", municipality=text) == [("Nybro kommun",)]
    with pytest.raises(Invalid, match="Lokalpolisområde Nybro is no municipality"):
        book.view("crowding", municipality="Lokalpolisområde Nybro")
    with pytest.raises(NotFound):
        book.view("crowding", municipality="Vimmerby")


def test_whom_it_is_not_known_that_they_address(book: Book, nybro: Actor) -> None:
    """Blank, or naming what nobody knows, it is told; an authority that is known is no municipality."""
    book.add(Actor(name="Region Kalmar län", kind="region"))
    for name, addressee in (("Blank", ""), ("Fel", "Nybro kommun, Narnia"), ("Region", "Region Kalmar län"),
                            ("Polis", "lokalpolisområde"), ("Alla", "Kommuner")):  # fmt: skip
        task(book, name, addressee)
    table = book.view("crowding")
    assert table.rows[0]["assignments"] == 1
    assert "it is not known whom these address (their addressee): Blank; Fel" in table.notes


# D


@pytest.mark.parametrize(("days", "clashing"), [(-15, 0), (-14, 1), (0, 1), (14, 1), (15, 0)], ids=str)
def test_fourteen_days_before_and_after(book: Book, nybro: Actor, days: int, clashing: int) -> None:
    first, second = task(book, "Första"), task(book, "Andra")
    eva = hat(book, "Eva Ek", nybro, first)
    meet(book, "2026-06-15", first, eva)
    meet(book, str(date(2026, 6, 15) + timedelta(days=days)), second, eva)
    assert one(book, "invitations", "clashing") == (2, 2 * clashing)


def test_what_lies_beside_the_year_is_compared_with_but_not_counted(
    book: Book, nybro: Actor, clock: FixedClock
) -> None:
    """Today is 12 November 2026: the year begins on 12 November 2025. A planned one ahead is one too."""
    first, second = task(book, "Första"), task(book, "Andra")
    eva, bo = hat(book, "Eva Ek", nybro, first), hat(book, "Bo Björk", nybro, first)
    meet(book, "2025-11-11", first, eva)
    meet(book, "2025-11-12", second, eva)
    meet(book, "2026-11-12", first, bo)
    ahead = meet(book, "2026-11-20", second, bo, status="planned")
    assert one(book, "invitations", "clashing", "d") == (2, 2, 1.0)
    book.update(ahead.id, status="cancelled")
    assert one(book, "invitations", "clashing", "d") == (2, 1, 0.5)
    clock.move(days=1)
    assert one(book, "invitations", "clashing", "d") == (1, 0, None)  # of Andra there is none left


def test_it_is_the_same_person_in_whatever_hat_and_another_assignment(book: Book, nybro: Actor) -> None:
    """The other may be called elsewhere, or without a hat; the same assignment's next meeting is none."""
    first, second = task(book, "Första"), task(book, "Andra")
    club = book.add(Actor(name="Nattvandrarna", kind="association"))
    eva = hat(book, "Eva Ek", nybro, first)
    person = book.contacts.get(eva.contact or "")
    meet(book, "2026-03-01", first, eva)
    meet(book, "2026-03-05", first, eva)
    meet(book, "2026-08-01", second, hat(book, "Bo Björk", nybro))
    assert one(book, "invitations", "clashing") == (3, 0)
    meet(book, "2026-03-18", second, hat(book, person, club))  # 13 days from the second only
    assert one(book, "invitations", "clashing") == (3, 1)
    meet(book, "2026-03-10", second, Participation(contact=person.id, status="declined"))
    assert one(book, "invitations", "clashing") == (3, 2)


def test_a_meeting_of_two_assignments_is_close_to_one_of_either(book: Book, nybro: Actor) -> None:
    """The joint one serves what the other does not; the other serves nothing that the joint one has not."""
    first, second = task(book, "Första"), task(book, "Andra")
    eva = hat(book, "Eva Ek", nybro, first)
    meet(book, "2026-03-08", first, eva)
    book.add(Interaction(kind="training", when="2026-03-01", assignments=[first.id, second.id],
                         participants=[eva.id]))  # fmt: skip
    assert one(book, "invitations", "clashing", "index") == (2, 1, 3.0)  # (2 / 1) · (1 + 1/2)


def test_who_was_called_and_to_what(book: Book, nybro: Actor) -> None:
    """Bo came for Eva: she was called. Hosts were not, nor was anybody by telephone, nor for nothing."""
    ours = task(book, "Första")
    network = book.add(Network(name="Förebyggarna", assignments=[ours.id]))
    bare = book.add(Network(name="Frukosten"))
    eva, bo = hat(book, "Eva Ek", nybro), hat(book, "Bo Björk", nybro)
    both = hat(book, book.contacts.get(eva.contact or ""), nybro)
    hat(book, "Maj Lind", nybro, ours)

    def called(when: str, *parts: Participation, kind: str = "network_meeting", **fields: Any) -> None:
        book.add(Interaction(kind=kind, when=when, participants=parts, **fields))

    called("2026-02-01", Participation(role=eva.id, status="absent"),
           Participation(role=bo.id, status="deputy", deputy_for=eva.id), network=network.id)  # fmt: skip
    called("2026-04-01", Participation(role=eva.id), Participation(role=both.id), network=network.id)
    called("2026-06-01", Participation(role=bo.id, part="host"), network=network.id)
    assert one(book, "invitations") == (2,)
    called("2026-08-01", Participation(role=bo.id), network=bare.id)
    called("2026-09-01", Participation(role=bo.id), kind="phone", assignments=[ours.id])
    assert one(book, "invitations") == (2,)
    assert book.view("crowding").notes == ("1 meeting that serves no assignment is not counted",)
    book.set("practice", {"invitations": ["phone"]})
    assert one(book, "invitations") == (1,)


# The protected


def test_somebody_protected_is_nowhere_and_nowhere_told_to_be_missing(book: Book, nybro: Actor) -> None:
    """Siv may hold it in Torsås or in Kalmar: of neither may be said that nobody does."""
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    book.add(Actor(name="Kalmar kommun", kind="municipality"))
    ours = task(book, "Första", addressee="Nybro kommun, Torsås kommun")
    siv = hat(book, "Siv Dal", torsas, ours)
    maj = hat(book, "Maj Lind", torsas)
    eva = hat(book, "Eva Ek", nybro, ours)
    meet(book, "2026-03-01", ours, siv, eva)
    assert rows(book, "holders", "invitations", "state") == [
        (0, 0, "no_assignments"), (1, 1, "known"), (1, 1, "known"),
    ]  # fmt: skip
    book.update(siv.contact or "", protected=True)
    assert rows(book, "holders", "invitations", "state") == [
        (0, 0, "unknown"), (1, 1, "known"), (0, 0, "unknown"),
    ]  # fmt: skip
    assert book.view("crowding").notes == (
        "1 protected person holds an assignment: holders may be more",
        "1 invitation of somebody protected is not counted",
    )
    book.update(maj.id, assignment=ours.id)
    assert rows(book, "holders", "invitations", "state")[2] == (1, 0, "unknown")  # not 0 / 0


# Laws

SHARES = st.lists(st.none() | st.floats(0.01, 1).map(lambda share: round(share, 2)), min_size=1, max_size=4)


@given(people_=st.lists(SHARES, min_size=2, max_size=5))
def test_two_who_are_one_are_never_more(people_: list[list[float | None]]) -> None:
    first, second, *rest = people_
    assert people([first + second, *rest]) <= people(people_) <= len(people_)
    assert people(people_) > 0


CALLS = st.lists(
    st.builds(
        Call,
        person=st.sampled_from("ab"),
        day=st.integers(0, 60).map(lambda n: date(2026, 1, 1) + timedelta(days=n)),
        assignments=st.sets(st.sampled_from("xyz"), min_size=1).map(frozenset),
    ),
    max_size=12,
)


@given(calls=CALLS, a=st.integers(1, 9), h=st.fractions(Fraction(1, 10), 5))
def test_close_is_what_comparing_all_with_all_finds(calls: Sequence[Call], a: int, h: Fraction) -> None:
    def slowly(one: Call) -> bool:
        return any(
            abs((other.day - one.day).days) <= 14 and other.assignments - one.assignments
            for other in calls
            if other.person == one.person
        )

    found = [*close(calls)]
    assert sorted(map(str, (one for one, _ in found))) == sorted(map(str, calls))
    assert all(clashes == slowly(one) for one, clashes in found)
    if calls:
        clashing = sum(clashes for _, clashes in found)
        assert a / h <= pressure(a, h, clashing, len(calls)) <= 2 * a / h


def test_on_the_command_line(run_cli: Any) -> None:
    """Eyes get two decimals; Swedish ones a comma. (2 / 0.3) · (1 + 2/2) = 13.33…"""
    run_cli("init", "--by", "anna")
    run_cli("add", "actor", "Nybro kommun", "--kind", "kommun")
    run_cli("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    for name in ("Första", "Andra"):
        run_cli("add", "assignment", name, "--set", "addressee=nybro")
        assert run_cli("log", "utbildning", "eva", name, "--assignment", name, "--when", "idag").code == 0
    run_cli("set", "samordnare@nybro", "assignment=Första", "share=0.3")
    (row,) = run_cli("view", "crowding", "-o", "json").records()
    assert (row["assignments"], row["holders"], row["index"]) == (2, 0.3, pytest.approx(40 / 3))
    assert "13.33" in run_cli("view", "crowding", "municipality=nybro").out
    assert "13,33" in run_cli("--lang", "sv", "view", "crowding").out


def test_an_addressee_that_is_also_a_police_areas_name_is_the_municipality(book: Book, nybro: Actor) -> None:
    """As where a municipality is asked for: `nybro` is part of both names."""
    book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    task(book, "ANDTS", addressee="nybro")
    table = book.view("crowding", municipality="nybro")
    assert [(row["assignments"], row["state"]) for row in table.rows] == [(1, "no_receiver")]
    assert not any("not known whom" in note for note in table.notes)


@pytest.mark.parametrize("view", ["crowding", "coverage", "year-wheel"])
def test_a_kind_of_invitation_that_there_is_not_is_told(book: Book, nybro: Actor, view: str) -> None:
    """Else nobody would seem to be called to anything."""
    book.set("practice", {"invitations": ["network_meting"]})
    with pytest.raises(Invalid, match=r"practice\.invitations: .*network_meting.*network_meeting"):
        book.view(view)
