"""The views: that they hold to the contract, and what they reckon."""

from __future__ import annotations

from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Headcount, Interaction, Member, Network, Participation, Role
from kontaktnat.errors import Ambiguous, Invalid, NotFound
from kontaktnat.testing import ViewContract

PLUGINS = ("civilsociety",)


class TestShare(ViewContract):
    name = "civil-share"
    plugins = PLUGINS
    params = ({}, {"since": "2020", "until": "2026-11"}, {"network": ""})


class TestNetworks(ViewContract):
    name = "civil-networks"
    plugins = PLUGINS
    params = ({}, {"since": "2020"})


class TestGaps(ViewContract):
    name = "civil-gaps"
    plugins = PLUGINS
    params = ({}, {"level": "subgroup"}, {"since": "2020"})


class TestDistance(ViewContract):
    name = "civil-distance"
    plugins = PLUGINS
    params = ({}, {"category": "icnpo:1"})


class TestSuggestions(ViewContract):
    name = "civil-suggestions"
    plugins = PLUGINS


class World:
    """A county with a board, two municipalities and some associations, and who is where."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.board = book.add(Actor(name="Länsstyrelsen", kind="county_administrative_board"))
        self.nybro = book.add(
            Actor(name="Nybro kommun", kind="municipality", place="0881", sector="municipality")
        )
        self.kalmar = book.add(Actor(name="Kalmar kommun", kind="municipality", place="0880"))
        self.club = book.add(
            Actor(name="Nybro IF", kind="sports_club", place="0881", categories=["icnpo:1200"])
        )
        self.victim = book.add(
            Actor(name="Brottsofferjouren", kind="victim_support", place="0881", categories=["icnpo:7200"])
        )
        self.school = book.add(Actor(name="Åkrahällskolan", kind="school", place="0881"))
        self.network = book.add(
            Network(
                name="Nätverket",
                host=self.board.id,
                members=[Member(actor=one.id) for one in (self.nybro, self.club, self.school)],
            )
        )
        self.anna = self.hat("Anna Ask", self.board)
        self.eva = self.hat("Eva Ek", self.nybro)
        self.bo = self.hat("Bo Berg", self.club)
        self.maj = self.hat("Maj Lind", self.victim)
        self.lo = self.hat("Lo Ny", self.school)

    def hat(self, name: str, actor: Actor, **more: Any) -> Role:
        person = self.book.add(Contact(name=name, **more))
        return self.book.add(Role(contact=person.id, actor=actor.id, function="case_officer"))

    def meet(self, when: str, *who: Any, **more: Any) -> Interaction:
        fields = {"kind": "network_meeting", "network": self.network.id, "status": "held"} | more
        return self.book.add(Interaction(when=when, participants=list(who), **fields))


@pytest.fixture
def world(book: Book) -> World:
    return World(book)


def rows(book: Book, view: str, *keys: str, **params: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view(view, **params).rows]


COUNTS = ("people", "civil", "other", "unknown", "at_least", "at_most")


def test_the_share_of_a_meeting_says_what_is_not_known(world: World) -> None:
    host = Participation(role=world.anna.id, part="host")
    world.meet("2026-10-01", host, world.eva.id, world.bo.id, world.lo.id)
    world.meet("2026-11-01", Participation(role=world.eva.id, status="absent"), world.bo.id)
    assert rows(world.book, "civil-share", *COUNTS) == [(3, 1, 1, 1, 1 / 3, 2 / 3), (1, 1, 0, 0, 1.0, 1.0)]
    notes = world.book.view("civil-share").notes
    assert notes[0] == "2 of 4 were from civil society"
    assert notes[1].startswith("of 1 it is unknown")


def test_heads_that_were_only_counted_and_actors_that_came_as_such(world: World) -> None:
    world.meet("2026-10-01", world.club.id, headcounts=[Headcount(actor=world.club.id, count=12)])
    world.meet("2026-10-02", world.school.id, Participation(contact=world.eva.contact))
    assert rows(world.book, "civil-share", *COUNTS[:4]) == [(12, 12, 0, 0), (2, 0, 0, 2)]


def test_a_meeting_that_nobody_is_known_of_has_no_share(world: World) -> None:
    world.meet("2026-10-01")
    assert rows(world.book, "civil-share", *COUNTS) == [(0, 0, 0, 0, None, None)]


def test_which_meetings_and_when(world: World) -> None:
    world.meet("2026-10-01", world.bo.id)
    world.meet("2026-10-02", world.bo.id, network=None, kind="training")
    world.meet("2026-10-03", world.bo.id, network=None, kind="phone")
    world.meet("2025-01-01", world.bo.id)
    world.meet("2026-12-01", world.bo.id, status="planned")
    assert rows(world.book, "civil-share", "date") == [("2026-10-01",), ("2026-10-02",)]
    assert rows(world.book, "civil-share", "date", network="nätv") == [("2026-10-01",)]
    assert rows(world.book, "civil-share", "date", since="2025", until="2025") == [("2025-01-01",)]
    assert rows(world.book, "civil-gaps", "municipality", place="0880")[0] == ("Kalmar kommun",)
    with pytest.raises(NotFound):
        world.book.view("civil-share", network="finns inte")
    for wrong in ({"since": "snart"}, {"since": "2026", "until": "2025"}):
        with pytest.raises(Invalid):
            world.book.view("civil-share", **wrong)


def test_who_is_protected_is_counted_in_a_note_alone(world: World) -> None:
    """Whether the protected one works for civil society or not, the table is the same."""
    for actor in (world.club, world.nybro):
        with world.book.transaction("try"):
            hidden = world.hat("Siv Rönn", actor, protected=True)
            world.meet("2026-10-01", world.eva.id, hidden.id)
        table = world.book.view("civil-share")
        assert [table.rows[0][key] for key in COUNTS[:4]] == [1, 0, 1, 0]
        assert "1 attendance of somebody protected is not counted" in table.notes
        world.book.undo()


def test_the_share_of_a_network_and_its_members(world: World) -> None:
    world.meet("2026-10-01", world.eva.id, world.bo.id)
    world.meet("2026-11-01", world.eva.id)
    keys = ("meetings", "with_civil", *COUNTS[:4], "members", "members_civil", "members_unknown")
    assert rows(world.book, "civil-networks", *keys) == [(2, 1, 3, 1, 2, 0, 3, 1, 1)]


def test_which_kinds_were_never_in_contact(world: World) -> None:
    world.meet("2026-10-01", world.bo.id)
    found = rows(
        world.book, "civil-gaps", "category", "state", "associations", "last_contact", place="Nybro kommun"
    )
    assert len(found) == 11  # of twelve: with culture and recreation there was contact
    assert ("icnpo:7", "no_contact", 1, None) in found
    assert ("icnpo:10", "none_known", 0, None) in found
    assert "icnpo:1" not in [row[0] for row in found]
    assert len(world.book.view("civil-gaps").rows) == 11 + 12
    below = rows(world.book, "civil-gaps", "category", level="subgroup", place="Nybro kommun")
    assert ("icnpo:1100",) in below
    assert ("icnpo:1200",) not in below


def test_a_contact_before_the_period_is_told(world: World) -> None:
    world.meet("2024-10-01", world.maj.id)
    keys = ("category", "state", "last_contact")
    found = rows(world.book, "civil-gaps", *keys, place="Nybro kommun")
    assert ("icnpo:7", "no_contact", "2024-10-01") in found
    assert "icnpo:7" not in [row[0] for row in rows(world.book, "civil-gaps", *keys, place="Nybro kommun",
                                                    since="2024")]  # fmt: skip


def test_what_is_in_no_row_is_said(world: World) -> None:
    world.book.add(Actor(name="Glada laget", kind="association"))
    notes = world.book.view("civil-gaps").notes
    assert "1 association has no category: kontaktnat civilsociety suggest" in notes
    assert "1 association has no place" in notes
    for wrong, error in (({"level": "kommun"}, Invalid), ({"place": "Nybro IF"}, Invalid),
                         ({"place": "kommun"}, Ambiguous)):  # fmt: skip
        with pytest.raises(error):
            world.book.view("civil-gaps", **wrong)


def test_how_far_it_is_from_us(world: World) -> None:
    world.meet("2026-10-01", world.anna.id, world.eva.id)
    world.meet("2026-10-02", world.eva.id, world.bo.id)
    empty = world.book.add(Actor(name="Tomma klubben", kind="association"))
    keys = ("steps", "association", "state", "nearest")
    assert rows(world.book, "civil-distance", *keys) == [
        (2, "Nybro IF", "reached", "Bo Berg"),
        (None, "Brottsofferjouren", "no_way", None),
        (None, empty.name, "nobody", None),
    ]
    assert rows(world.book, "civil-distance", *keys, a="Eva Ek")[0] == (1, "Nybro IF", "reached", "Bo Berg")
    assert rows(world.book, "civil-distance", *keys, category="idrott")[0][0] == 2
    assert rows(world.book, "civil-distance", *keys, category="icnpo:7") == [
        (None, "Brottsofferjouren", "no_way", None)
    ]
    assert world.book.view("civil-distance", a="Eva Ek").notes[0] == "1 of 3 are reached from Eva Ek"


@pytest.mark.parametrize(
    "fields",
    [{"categories": ["icnpo:10100"]}, {"categories": ["icnpo:11300"]}, {"categories": ["icnpo:7300"]},
     {"legal_form": "63"}, {"kind": "faith_community"}],
)  # fmt: skip
def test_nobody_is_named_where_it_tells_of_faith_party_or_union(world: World, fields: dict[str, Any]) -> None:
    there = world.book.add(Actor(name="Samlingen", **({"kind": "association"} | fields)))
    world.meet("2026-10-01", world.anna.id, world.hat("Siv Rönn", there).id)
    [row] = [row for row in world.book.view("civil-distance").rows if row["id"] == there.id]
    assert (row["steps"], row["nearest"]) == (1, None)


def test_protected_people_are_no_step_on_the_way(world: World) -> None:
    hidden = world.hat("Siv Rönn", world.victim, protected=True)
    world.meet("2026-10-01", world.anna.id, hidden.id)
    found = rows(world.book, "civil-distance", "association", "state", "nearest")
    assert ("Brottsofferjouren", "no_way", None) in found
    assert "Siv" not in str(world.book.view("civil-distance"))


def test_suggestions_as_a_table(world: World) -> None:
    world.book.add(Actor(name="Örsjö bygdegårdsförening"))
    found = rows(world.book, "civil-suggestions", "actor", "suggestion", "along")
    assert [(one[0], one[1]) for one in found] == [
        ("Örsjö bygdegårdsförening", "icnpo:6100"),
        ("Örsjö bygdegårdsförening", "icnpo:1300"),
    ]
    assert found[0][2] == "sector civil society, kind association"
