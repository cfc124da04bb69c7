"""The views `representation` and `training`, checked against rows written by hand."""

from __future__ import annotations

from typing import Any

import pytest

from kontaktnat import (
    Actor,
    Book,
    Contact,
    Headcount,
    Interaction,
    Invalid,
    Member,
    Network,
    NotFound,
    Participation,
    Role,
)


@pytest.fixture
def towns(book: Book) -> tuple[Actor, Actor, Actor]:
    """Nybro, Torsås, Ånge."""
    named = (("Nybro kommun", "0881"), ("Torsås kommun", "0834"), ("Ånge kommun", "2260"))
    nybro, torsas, ange = (
        book.add(Actor(name=name, kind="municipality", place=place)) for name, place in named
    )
    return nybro, torsas, ange


def hat(book: Book, name: str, actor: Actor, **fields: Any) -> Role:
    return book.add(Role(contact=book.add(Contact(name=name)).id, actor=actor.id, **fields))


def rows(book: Any, view: str, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view(view, **params).rows]


# representation


def meet(book: Book, network: Network, when: str, *who: Any, **fields: Any) -> Interaction:
    return book.add(
        Interaction(kind="network_meeting", network=network.id, when=when, participants=who, **fields)
    )


COUNTS = ("actor", "meetings", "present", "deputy", "missed", "last_present", "streak")


def test_a_year_of_meetings_by_hand(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    """Ånge joined in May; Torsås left in October. One officer covers Nybro and Torsås."""
    nybro, torsas, ange = towns
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    eva, asa = hat(book, "Eva Ek", nybro), hat(book, "Åsa Ängström", ange)
    bo = hat(book, "Bo Björk", area, covers=[nybro.id, torsas.id])
    network = book.add(
        Network(
            name="Nätverket",
            members=[
                Member(actor=nybro.id),
                Member(actor=torsas.id, until="2026-10-01"),
                Member(actor=ange.id, since="2026-05"),
            ],
        )
    )
    meet(book, network, "2025-11-11", asa.id)  # more than 12 months ago
    meet(book, network, "2026-02-01", eva.id, asa.id)  # Ånge was no member yet
    meet(book, network, "2026-05-20", bo.id, Participation(role=asa.id, status="declined"))
    stand_in = Participation(
        contact=book.add(Contact(name="Siv Rönn")).id, status="deputy", deputy_for=asa.id
    )
    meet(book, network, "2026-09-10", eva.id, stand_in)
    meet(
        book, network, "2026-11-10", Participation(actor=ange.id), Participation(role=eva.id, status="absent")
    )
    meet(book, network, "2026-11-11", status="cancelled")
    meet(book, network, "2026-12-01", eva.id, status="planned")

    table = book.view("representation")

    assert [tuple(row.values()) for row in table.rows] == [
        ("Nätverket", "Torsås kommun", 3, 1, 0, 2, "2026-05-20", 1, torsas.id),
        ("Nätverket", "Nybro kommun", 4, 3, 0, 1, "2026-09-10", 1, nybro.id),
        ("Nätverket", "Ånge kommun", 3, 1, 1, 1, "2026-11-10", 0, ange.id),
    ]
    assert table.notes == ("Nätverket: 4 meetings",)
    assert rows(book, "representation", *COUNTS, since="2026-09", until="2026-09-10") == [
        ("Torsås kommun", 1, 0, 0, 1, None, 1),
        ("Nybro kommun", 1, 1, 0, 0, "2026-09-10", 0),
        ("Ånge kommun", 1, 0, 1, 0, "2026-09-10", 0),
    ]
    assert rows(book.as_of("2026-04-30"), "representation", *COUNTS) == [
        ("Torsås kommun", 2, 0, 0, 2, None, 2),
        ("Nybro kommun", 2, 1, 0, 1, "2026-02-01", 0),
    ]


def test_a_deputy_from_elsewhere_is_there_for_both(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    nybro, torsas, _ = towns
    eva, bo = hat(book, "Eva Ek", nybro), hat(book, "Bo Björk", torsas)
    network = book.add(Network(name="N", members=[Member(actor=nybro.id), Member(actor=torsas.id)]))
    meet(book, network, "2026-11-01", Participation(role=bo.id, status="deputy", deputy_for=eva.id))
    counts = ("actor", "present", "deputy", "missed")
    assert rows(book, "representation", *counts) == [("Nybro kommun", 0, 1, 0), ("Torsås kommun", 1, 0, 0)]
    meet(book, network, "2026-11-02", Participation(role=bo.id, status="deputy"), eva.id)
    assert rows(book, "representation", *counts) == [("Nybro kommun", 1, 1, 0), ("Torsås kommun", 1, 1, 0)]
    both = Participation(role=bo.id, status="deputy", deputy_for=eva.id)
    meet(book, network, "2026-11-03", both, eva.id)
    assert rows(book, "representation", *counts)[0] == ("Nybro kommun", 2, 1, 0)


def test_one_network_of_several(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    for name in ("Östra nätverket", "Andra nätverket"):
        network = book.add(Network(name=name, members=[Member(actor=towns[0].id)]))
        meet(book, network, "2026-11-01")
    assert rows(book, "representation", "network") == [("Andra nätverket",), ("Östra nätverket",)]
    assert rows(book, "representation", "network", network="östra") == [("Östra nätverket",)]
    with pytest.raises(NotFound, match="nothing is called västra"):
        book.view("representation", network="västra")
    with pytest.raises(Invalid, match="until: 2025 is before since"):
        book.view("representation", since="2026", until="2025")
    with pytest.raises(Invalid, match="since: igår: write a date as"):
        book.view("representation", since="igår")


def test_who_left_and_came_back(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    nybro = towns[0]
    spans = [Member(actor=nybro.id, until="2026-03-01"), Member(actor=nybro.id, since="2026-09-01")]
    network = book.add(Network(name="N", members=spans))
    eva = hat(book, "Eva Ek", nybro)
    for when, who in (("2026-02-01", []), ("2026-03-01", []), ("2026-08-31", []), ("2026-09", [eva.id])):
        meet(book, network, when, *who)
    assert rows(book, "representation", *COUNTS) == [("Nybro kommun", 2, 1, 0, 1, "2026-09-01", 0)]


def test_a_successor_has_the_meetings_of_the_one_before(
    book: Book, towns: tuple[Actor, Actor, Actor]
) -> None:
    nybro, torsas, _ = towns
    eva, bo = hat(book, "Eva Ek", nybro), hat(book, "Bo Björk", torsas)
    network = book.add(Network(name="N", members=[Member(actor=nybro.id)]))
    meet(book, network, "2026-05-01", eva.id)
    meet(book, network, "2026-10-01", bo.id)
    book.update(nybro, succeeded_by=torsas.id, succeeded_on="2026-07-01")
    assert rows(book, "representation", *COUNTS) == [("Torsås kommun", 2, 2, 0, 0, "2026-10-01", 0)]
    assert rows(book.as_of("2026-06-30"), "representation", "actor", "meetings") == [("Nybro kommun", 1)]


@pytest.mark.parametrize("view", ["representation", "training"])
def test_whom_a_protected_person_represents_is_not_told(
    book: Book, towns: tuple[Actor, Actor, Actor], view: str
) -> None:
    nybro, torsas, _ = towns
    network = book.add(Network(name="N", members=[Member(actor=nybro.id), Member(actor=torsas.id)]))
    meeting = meet(book, network, "2026-11-01")
    course = book.add(Interaction(kind="training", when="2026-11-01", audience="officials"))
    before = book.view(view).rows
    role = hat(book, "Siv Rönn", nybro)
    book.update(role.contact or "", protected=True)
    for one in (meeting, course):
        book.update(one, participants=[Participation(role=role.id)])
    table = book.view(view)
    if view == "representation":  # of none it is said that they missed it, nor of only one that they did not
        assert [row["actor"] for row in table.rows] == [row["actor"] for row in before]
        assert {(row["meetings"], row["missed"], row["streak"]) for row in table.rows} == {(0, 0, 0)}
        assert "at 1 meeting somebody protected was there" in table.notes[-2]
    else:
        assert table.rows == before
    assert table.notes[-1] == "1 attendance of somebody protected is not counted"
    assert book.outward(reveal="a test").view(view).rows != before


# training


def course(book: Book, when: str, *who: Any, audience: str = "officials", **counts: Any) -> None:
    given = [Headcount(actor=actor, count=count) for actor, count in counts.get("heads", ())]
    book.add(Interaction(kind="training", when=when, audience=audience, participants=who, headcounts=given))


CELL = ("municipality", "participants", "trainings", "last", "state")


def test_who_has_been_trained_by_hand(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    """The council's term began on 15 October 2026."""
    nybro, torsas, ange = towns
    eva = hat(book, "Eva Ek", nybro)
    course(book, "2026-10-14", heads=[(ange.id, 40)])
    course(book, "2026-10-15", heads=[(nybro.id, 12)])
    course(book, "2026-11-10", eva.id, Participation(role=eva.id, status="declined"))
    course(book, "2026-11-11", audience="politicians", heads=[(torsas.id, 5), (nybro.id, 1)])
    course(book, "2026-11-20", heads=[(torsas.id, 9)])  # is yet to come
    table = book.view("training")
    assert [tuple(row.values()) for row in table.rows[:4]] == [
        ("Nybro kommun", "politicians", 1, 1, "2026-11-11", "trained", nybro.id),
        ("Nybro kommun", "officials", 13, 2, "2026-11-10", "trained", nybro.id),
        ("Nybro kommun", "police", 0, 0, None, "none", nybro.id),
        ("Nybro kommun", "civil_society", 0, 0, None, "none", nybro.id),
    ]
    assert len(table.rows) == 12
    assert table.notes[:2] == (
        "politicians: 2 of 3 municipalities trained",
        "officials: 1 of 3 municipalities trained",
    )
    assert rows(book, "training", *CELL, audience="politiker") == [
        ("Nybro kommun", 1, 1, "2026-11-11", "trained"),
        ("Torsås kommun", 5, 1, "2026-11-11", "trained"),
        ("Ånge kommun", 0, 0, None, "none"),
    ]
    assert rows(book, "training", *CELL, audience="officials", since="2026-10-14")[2] == (
        "Ånge kommun", 40, 1, "2026-10-14", "trained",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "states"),
    [("2026-10-14", "trained"), ("2026-10-15", "none"), ("2026-12-31", "none"), ("2027-01-01", "none")],
)
def test_a_new_council_is_not_trained_yet(
    book: Book, towns: tuple[Actor, Actor, Actor], on: str, states: str
) -> None:
    course(book, "2022-10-15", audience="politicians", heads=[(towns[0].id, 20)])
    found = rows(book.as_of(on), "training", "state", audience="politicians")
    assert found == [(states,), ("none",), ("none",)]


def test_nobody_is_counted_twice(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    nybro, torsas, _ = towns
    club = book.add(Actor(name="Örsjö IF", kind="association", place="0881"))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    bo = hat(book, "Bo Björk", area, covers=[nybro.id, torsas.id])
    eva = hat(book, "Eva Ek", nybro)
    other = book.add(Role(contact=eva.contact, actor=club.id))
    siv = hat(book, "Siv Rönn", club)
    asked = {"audience": "officials", "since": "2026"}
    two = ("participants", "trainings")

    course(book, "2026-01-10", eva.id, other.id, siv.id, bo.id)  # three people in Nybro, one in Torsås
    assert rows(book, "training", *two, **asked)[:2] == [(3, 1), (1, 1)]
    course(book, "2026-02-10", eva.id, siv.id, bo.id, heads=[(nybro.id, 7)])  # the headcount stands
    assert rows(book, "training", *two, **asked)[:2] == [(10, 2), (2, 2)]
    course(book, "2026-03-10", eva.id, siv.id, heads=[(club.id, 4)])  # the club's, and Eva
    assert rows(book, "training", *two, **asked)[:2] == [(15, 3), (2, 2)]
    course(book, "2026-04-10", Participation(actor=nybro.id))  # nobody by name, and yet it was there
    assert rows(book, "training", *two, **asked)[:2] == [(15, 4), (2, 2)]


def test_a_deputy_has_learnt_for_its_own(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    nybro, torsas, _ = towns
    eva, bo = hat(book, "Eva Ek", nybro), hat(book, "Bo Björk", torsas)
    course(book, "2026-11-01", Participation(role=bo.id, status="deputy", deputy_for=eva.id))
    assert rows(book, "training", "state", audience="officials") == [("none",), ("trained",), ("none",)]


def test_a_training_for_nobody_in_particular_has_a_row_where_it_reached_somebody(
    book: Book, towns: tuple[Actor, Actor, Actor]
) -> None:
    course(book, "2026-11-01", audience="", heads=[(towns[1].id, 3)])
    found = rows(book, "training", "municipality", "audience", "participants")
    assert [row for row in found if row[2]] == [("Torsås kommun", None, 3)]
    assert len(found) == 13


def test_a_successor_has_the_training_of_the_one_before(
    book: Book, towns: tuple[Actor, Actor, Actor]
) -> None:
    nybro, torsas, _ = towns
    course(book, "2026-10-20", heads=[(nybro.id, 3), (torsas.id, 2)])
    book.update(nybro, succeeded_by=torsas.id, succeeded_on="2026-11-01")
    assert rows(book, "training", *CELL, audience="officials")[0] == (
        "Torsås kommun", 5, 1, "2026-10-20", "trained",
    )  # fmt: skip


def test_by_elimination_nobody_is_told_either(book: Book, towns: tuple[Actor, Actor, Actor]) -> None:
    """All but one were seen: of that one it is not said that it was missing, beside who came unseen."""
    nybro, torsas, ange = towns
    network = book.add(Network(name="N", members=[Member(actor=one.id) for one in towns]))
    eva, bo, siv = (hat(book, name, at) for name, at in (("Eva", nybro), ("Bo", torsas), ("Siv Rönn", ange)))
    meet(book, network, "2026-10-01", eva.id)
    meet(book, network, "2026-11-01", eva.id, bo.id, siv.id)
    book.update(siv.contact or "", protected=True)
    table = book.view("representation")
    counts = {row["actor"]: (row["meetings"], row["present"], row["missed"]) for row in table.rows}
    assert counts == {"Nybro kommun": (2, 2, 0), "Torsås kommun": (2, 1, 1), "Ånge kommun": (1, 0, 1)}
    stand_in = Participation(contact=book.add(Contact(name="Jan")).id, status="deputy", deputy_for=siv.id)
    meet(book, network, "2026-11-02", eva.id, bo.id, stand_in)
    assert book.view("representation").rows[0]["missed"] == 1, "nor whom somebody stood in for"


def test_who_has_nobody_is_not_told_beside_a_protected_one(
    book: Book, towns: tuple[Actor, Actor, Actor]
) -> None:
    nybro, torsas, ange = towns
    network = book.add(Network(name="N", members=[Member(actor=one.id) for one in towns],
                               functions=["case_officer"]))  # fmt: skip
    hat(book, "Eva", nybro, function="case_officer")
    siv = hat(book, "Siv Rönn", ange, function="case_officer")
    told = book.meet(network, kind="network_meeting", when="2026-12-01")
    assert (told.nobody, told.hushed) == ((torsas.id,), False)
    other = hat(book, "Bo", torsas, function="unit_head")  # does not represent here
    book.update(other.contact or "", protected=True)
    told = book.meet(network, kind="network_meeting", when="2026-12-02")
    assert (told.nobody, told.hushed) == ((torsas.id,), False)
    book.update(siv.contact or "", protected=True)
    told = book.meet(network, kind="network_meeting", when="2026-12-03")
    assert (told.nobody, told.hushed) == ((), True)


def test_the_command_line_says_that_it_is_not_told(kalmar: Any) -> None:
    kalmar(
        "add", "network", "Prov", "--set", "members=nybro,torsas,emmaboda", "--set", "functions=samordnare"
    )
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    meeting = ("log", "network_meeting", "--network", "Prov", "--when")
    assert "nobody represents: Emmaboda kommun, Torsås kommun" in kalmar(*meeting, "2099-01-01").out
    assert "nobody represents: Emmaboda" in kalmar("list", "contacts", "--network", "Prov").err
    kalmar("add", "contact", "Siv Dal", "--role", "samordnare@torsas", "--protected")
    for said in (kalmar(*meeting, "2099-01-02").out, kalmar("list", "contacts", "--network", "Prov").err):
        assert "Emmaboda" not in said
        assert "somebody protected may represent one" in said
