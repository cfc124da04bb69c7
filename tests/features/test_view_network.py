"""The view `network`: a network as a tree. Today is 12 November 2026."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kontaktnat import Actor, Assignment, Book, Contact, Interaction, Member, Network, Participation, Role
from kontaktnat.errors import Ambiguous, NotFound

COORDINATOR, POLICE = "crime_prevention_coordinator", "municipal_police_officer"


def lines(book: Any, **params: Any) -> list[str]:
    return [str(row["line"]) for row in book.view("network", **params).rows]


def hat(book: Book, name: str, actor: Actor, function: str, **fields: Any) -> Role:
    found = book.contacts.where(name=name) or [book.add(Contact(name=name))]
    return book.add(Role(contact=found[0].id, actor=actor.id, function=function, **fields))


@pytest.fixture
def towns(book: Book) -> tuple[Actor, Actor]:
    """Nybro, Torsås."""
    nybro, torsas = (
        book.add(Actor(name=f"{name} kommun", kind="municipality")) for name in ("Nybro", "Torsås")
    )
    return nybro, torsas


@pytest.fixture
def network(book: Book, towns: tuple[Actor, Actor]) -> Network:
    """Two municipalities and a police area; one officer covers both, Torsås has no coordinator."""
    nybro, torsas = towns
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    board = book.add(Actor(name="Länsstyrelsen", kind="county_administrative_board"))
    task = book.add(Assignment(name="Brottsförebyggande arbete"))
    made = book.add(
        Network(
            name="Nätverket",
            functions=[COORDINATOR, POLICE],
            host=board.id,
            assignments=[task.id],
            members=[
                Member(actor=torsas.id, since="2026-05-01"),
                Member(actor=nybro.id),
                Member(actor=area.id),
            ],
        )
    )
    eva = hat(book, "Eva Ek", nybro, COORDINATOR)
    per = hat(book, "Per Sälg", area, POLICE, covers=[nybro.id, torsas.id])
    hat(book, "Bo Björk", torsas, COORDINATOR, until="2026-06-01")
    guest = Participation(contact=book.add(Contact(name="Lo Hägg")).id, part="guest")
    away = Participation(contact=book.add(Contact(name="Ove Alm")).id, part="guest", status="declined")
    old = Participation(contact=book.add(Contact(name="Ulla Idegran")).id, part="guest")
    meetings: dict[str, list[Participation | str]] = {
        "2025-11-11": [eva.id, old],
        "2026-05-20": [eva.id, per.id, guest],
        "2026-10-01": [eva.id, Participation(role=per.id, status="absent"), away],
    }
    for when, there in meetings.items():
        book.add(Interaction(kind="network_meeting", network=made.id, when=when, participants=there))
    book.add(Interaction(kind="phone", when="2026-11-01", participants=[per.id]))
    return made


TREE = """\
network: Nätverket, last 2026-10-01
  assignment: Brottsförebyggande arbete
  host: Länsstyrelsen
  member: Lokalpolisområde Nybro, last 2026-05-20
    represented by: Per Sälg, municipal police officer, last 2026-05-20
  member: Nybro kommun, last 2026-10-01
    represented by: Eva Ek, crime prevention coordinator, last 2026-10-01
    represented by: Per Sälg, municipal police officer, last 2026-05-20
  member: Torsås kommun, last 2026-05-20
    represented by: Per Sälg, municipal police officer, last 2026-05-20
    vacant: crime prevention coordinator
  guest: Lo Hägg, last 2026-05-20""".splitlines()


def test_a_network_by_hand(book: Book, network: Network, towns: tuple[Actor, Actor]) -> None:
    assert lines(book) == TREE
    table = book.view("network", network="nätv")
    assert [str(row["line"]) for row in table.rows] == TREE
    assert table.notes == ()
    eva = book.contacts.where(name="Eva Ek")[0]
    assert [tuple(row.values())[1:] for row in table.rows[5:7]] == [
        (1, "member", "Nybro kommun", None, "2026-10-01", towns[0].id),
        (2, "holder", "Eva Ek", COORDINATOR, "2026-10-01", eva.id),
    ]
    assert tuple(table.rows[10].values())[1:] == (2, "vacant", None, COORDINATOR, None, None)


def test_as_of_a_day_it_has_the_members_of_that_day(book: Book, network: Network) -> None:
    then = lines(book.as_of("2026-04-01"))
    assert "  member: Torsås kommun" not in then
    assert then[0] == "network: Nätverket, last 2025-11-11"
    assert then[-1] == "  guest: Ulla Idegran, last 2025-11-11"
    assert "    represented by: Bo Björk, crime prevention coordinator" in lines(book.as_of("2026-05-02"))


def test_several_in_swedish_order_and_one_that_nobody_meets(book: Book, network: Network) -> None:
    empty = book.add(Network(name="Öppna nätverket", members=[]))
    book.add(Network(name="Andra nätverket"))
    roots = [row["name"] for row in book.view("network").rows if row["depth"] == 0]
    assert roots == ["Andra nätverket", "Nätverket", "Öppna nätverket"]
    assert lines(book, network=empty.id) == ["network: Öppna nätverket"]
    with pytest.raises(NotFound):
        book.view("network", network="inget")
    with pytest.raises(Ambiguous):
        book.view("network", network="a nätverket")


def test_a_member_that_was_succeeded_stands_as_its_successor(book: Book, towns: tuple[Actor, Actor]) -> None:
    old = book.add(Actor(name="MSB"))
    new = book.add(Actor(name="Myndigheten för civilt försvar"))
    made = book.add(Network(name="Nätverket", members=[Member(actor=old.id), Member(actor=new.id)]))
    book.add(Interaction(kind="network_meeting", network=made.id, when="2025-12-01", participants=[old.id]))
    book.update(old, succeeded_by=new.id, succeeded_on="2026-01-01")
    assert lines(book) == [
        "network: Nätverket, last 2025-12-01",
        "  member: Myndigheten för civilt försvar, last 2025-12-01",
        "    vacant",
    ]


def test_without_functions_whoever_has_a_post_at_a_member_once(
    book: Book, towns: tuple[Actor, Actor]
) -> None:
    nybro, torsas = towns
    book.add(Network(name="N", members=[Member(actor=nybro.id), Member(actor=torsas.id)]))
    hat(book, "Eva Ek", nybro, COORDINATOR, covers=[torsas.id])
    hat(book, "Eva Ek", nybro, "unit_head")
    said = lines(book)
    assert sum("Eva Ek" in line for line in said) == 1
    assert said[-2:] == ["  member: Torsås kommun", "    vacant"]


# Protected people


def test_where_somebody_protected_may_be_none_is_called_vacant(
    book: Book, network: Network, towns: tuple[Actor, Actor]
) -> None:
    siv = book.add(Contact(name="Siv Rönn", protected=True))
    book.add(Role(contact=siv.id, actor=towns[1].id, function=COORDINATOR))
    table = book.view("network")
    assert [str(row["line"]) for row in table.rows] == [line for line in TREE if "vacant" not in line]
    assert table.notes == (
        "crime prevention coordinator: somebody protected holds it; where it is vacant is not told",
    )
    bare = book.add(Network(name="Bart", members=[Member(actor=book.add(Actor(name="Ö")).id)]))
    table = book.view("network", network=bare.id)
    assert [row["relation"] for row in table.rows] == ["network", "member"]
    assert table.notes == ("somebody protected has a post; members where nobody has one are not told",)


def test_the_tree_is_the_same_wherever_the_protected_one_works(
    book: Book, network: Network, towns: tuple[Actor, Actor]
) -> None:
    siv = book.add(Contact(name="Siv Rönn", protected=True))
    role = book.add(Role(contact=siv.id, actor=towns[0].id, function=COORDINATOR))
    book.add(
        Interaction(kind="network_meeting", network=network.id, when="2026-11-01", participants=[role.id])
    )
    told = lines(book), book.view("network").notes
    revealed = book.outward(reveal="prov")
    assert any("Siv Rönn" in line for line in lines(revealed))
    assert not any("Siv" in line for line in told[0])
    other = book.add(Role(contact=siv.id, actor=towns[1].id, function=COORDINATOR))
    assert (lines(book), book.view("network").notes) == told
    assert other.id not in str(book.view("network").rows)


def test_eyes_see_the_tree_and_data_its_depth(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    out = kalmar("--lang", "sv", "view", "network", "nätverket").out
    assert "\n  medlem: Nybro kommun " in out
    assert "\n    företrädare: Eva Ek, brottsförebyggande samordnare " in out
    records = kalmar("view", "network", "-o", "json").records()
    eva = next(one for one in records if one["name"] == "Eva Ek")
    assert (eva["depth"], eva["relation"]) == (2, "holder")


def test_only_assignments_that_run_are_told(book: Book) -> None:
    old = book.add(Assignment(name="Gamla uppdraget", ends="2026-06-30"))
    new = book.add(Assignment(name="Nya uppdraget", starts="2026-07-01"))
    book.add(Network(name="Drogförebyggarna", assignments=[old.id, new.id]))
    assert lines(book) == ["network: Drogförebyggarna", "  assignment: Nya uppdraget"]
    assert lines(book.as_of("2026-06-01")) == ["network: Drogförebyggarna", "  assignment: Gamla uppdraget"]


@pytest.mark.parametrize("first", [True, False])
def test_who_has_several_hats_stands_under_that_of_the_networks_assignment(
    book: Book, towns: tuple[Actor, Actor], first: bool
) -> None:
    """Whichever of the two has the lower id."""
    task = book.add(Assignment(name="Krisberedskap"))
    ids = ("aaaaaaaa", "bbbbbbbb") if first else ("bbbbbbbb", "aaaaaaaa")
    hat(book, "Maj Lind", towns[0], "case_officer", id=ids[0])
    hat(book, "Maj Lind", towns[0], "safety_coordinator", id=ids[1], assignment=task.id)
    book.add(Network(name="Krissamordnarna", assignments=[task.id], members=[Member(actor=towns[0].id)]))
    assert lines(book)[-1] == "    represented by: Maj Lind, safety coordinator"


def test_on_a_terminal_the_tree_has_the_room_to_itself(kalmar: Callable[..., Any]) -> None:
    """What the line tells already is for data: else the tree is wrapped to a few letters a line."""
    ran = kalmar("view", "network")
    assert ran.out.splitlines()[0].split() == ["Network", "Id"]
    assert ran.out.splitlines()[1].startswith("network: Nätverket för brottsförebyggare")
    head = kalmar("view", "network", "-o", "csv").out.splitlines()[0]
    assert head == "line,depth,relation,name,function,last,id"
