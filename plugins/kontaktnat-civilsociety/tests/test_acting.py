"""Yes and no: what is set, what goes with it, what is remembered, and undo."""

from __future__ import annotations

import pytest

from kontaktnat import Actor, Book, Way
from kontaktnat.errors import Invalid, Usage
from kontaktnat_civilsociety.acting import confirm, decline, value_of
from kontaktnat_civilsociety.suggesting import suggestions


def asked(book: Book) -> dict[str, list[str]]:
    return {actor.name: [one.value for one in found] for actor, found in suggestions(book)}


def test_nothing_is_set_by_asking(book: Book) -> None:
    club = book.add(Actor(name="Nybro IF"))
    assert asked(book) == {"Nybro IF": ["icnpo:1200"]}
    assert (book.version, book.actors.get(club.id)) == (1, club)


def test_a_yes_sets_what_goes_with_it_and_is_one_step_of_undo(book: Book) -> None:
    club = book.add(Actor(name="Nybro IF"))
    said = confirm(book, club, "icnpo:1200")
    assert (said.categories, said.sector, said.kind) == (("icnpo:1200",), "civil_society", "sports_club")
    assert asked(book) == {}
    book.undo()
    after = book.actors.get(club.id)
    assert (after.categories, after.sector, after.kind) == ((), "", "other")


def test_what_somebody_has_said_stays(book: Book) -> None:
    club = book.add(Actor(name="Nybro IF", kind="association", sector="business", categories=["other:1"]))
    said = confirm(book, club, "icnpo:1200")
    assert (said.categories, said.sector, said.kind) == (("other:1", "icnpo:1200"), "business", "association")
    version = book.version
    assert confirm(book, said, "icnpo:1200").rev == said.rev
    assert book.version == version


def test_a_no_is_remembered_and_a_yes_later_holds(book: Book) -> None:
    hall = book.add(Actor(name="Örsjö bygdegårdsförening"))
    decline(book, hall, "icnpo:6100")
    assert asked(book) == {hall.name: ["icnpo:1300"]}
    decline(book, hall, "icnpo:1300")
    assert asked(book) == {}
    confirm(book, hall, "icnpo:6100")
    assert book.setting(f"civilsociety.declined.{hall.id}") == ["icnpo:1300"]


def test_of_a_protected_shelter_only_what_is_shown_is_gone_by(book: Book) -> None:
    shelter = book.add(
        Actor(
            name="Linden",
            protected=True,
            org_number="802400-1110",
            tags=["Kvinnojour"],
            ways=[Way(kind="address", value="Gatan 1")],
        )
    )
    assert asked(book) == {}
    named = book.add(Actor(name="Kvinnojouren Linden", protected=True, org_number="802400-1110"))
    assert asked(book) == {"Kvinnojouren Linden": ["icnpo:4100"]}
    seen = book.actors.get(named.id)
    confirm(book, seen, "icnpo:4100")
    decline(book, book.actors.get(shelter.id), "icnpo:4100")
    assert book.actors.get(named.id).categories == ("icnpo:4100",)
    whole = book.outward(reveal="för att pröva").actors.get(shelter.id)
    assert whole.ways[0].value == "Gatan 1"


@pytest.mark.parametrize(
    ("text", "value"),
    [("1200", "icnpo:1200"), ("61", "legal_form:61"), ("sector:civilsamhälle", "sector:civil_society"),
     ("Idrott", "icnpo:1200")],
)  # fmt: skip
def test_what_people_type(book: Book, text: str, value: str) -> None:
    assert value_of(book, text) == value


def test_what_is_refused(book: Book) -> None:
    with pytest.raises(Usage, match="civil society"):
        value_of(book, "sector:polis")
    for text in ("icnpo:9999", "foo:1", "xyzzy"):
        with pytest.raises(Invalid):
            value_of(book, text)
