"""Merging: every link survives, nothing that either said is lost, and undo brings both back."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Assignment,
    Book,
    Commitment,
    Conflict,
    Contact,
    FollowUp,
    FormerName,
    Interaction,
    Invalid,
    KontaktnatError,
    Member,
    Network,
    NotFound,
    Participation,
    Pending,
    Reach,
    Refused,
    Role,
    Topic,
    TopicLink,
    Usage,
    Veto,
    Way,
    hookimpl,
)
from kontaktnat.merging import MERGEABLE, differing
from kontaktnat.model import RECORDS, Record
from kontaktnat.model.walk import links, relinked
from kontaktnat.testing.inside import inside
from kontaktnat.testing.sample import county

OpenBook = Callable[..., Book]
NOT_COMPARED = {"rev", "changed", "changed_by"}


def exported(book: Book) -> dict[str, dict[str, Any]]:
    """The archive by id, whole, but for what is different after an undo."""
    stream = BytesIO()
    book.export_to(stream, "jsonl", reveal="a test")
    docs = [json.loads(line) for line in stream.getvalue().splitlines()][1:]
    return {doc["id"]: {key: value for key, value in doc.items() if key not in NOT_COMPARED} for doc in docs}


def whole(book: Book) -> list[Record]:
    outward = book.outward(reveal="a test")
    return [one for name in RECORDS for one in outward.collection_of(name).all()]


def pointing(book: Book) -> list[tuple[str, str, str]]:
    """(record, path, target) of every link."""
    return [(one.id, path, target) for one in whole(book) for path, target, _ in links(one)]


# What is said of it


def test_what_only_one_says_is_kept(book: Book) -> None:
    keep = book.add(Actor(name="Nybro kommun", aliases=["Nybro"], tags=["a"], county="08"))
    other = book.add(
        Actor(
            name="Kommunen i Nybro", kind="municipality", names=[FormerName(name="Nybro stad", until="1970")],
            aliases=["Nybro", "Kommunen"], tags=["b", "a"], categories=["icnpo:1200"], sector="civil_society",
            org_number="2120000746", ways=[Way(kind="web", value="nybro.example")],
            extra={"x.y": 1}, unknown={"newer": [1]},
        )
    )  # fmt: skip
    assert differing(book, keep, other) == ()
    merged = book.merge(keep, other)
    assert merged.id == keep.id
    assert (merged.name, merged.aliases) == ("Nybro kommun", ("Nybro", "Kommunen i Nybro", "Kommunen"))
    assert [one.name for one in merged.names] == ["Nybro stad"]
    assert (merged.kind, merged.sector, merged.org_number) == ("municipality", "civil_society", "2120000746")
    assert (merged.tags, merged.categories, merged.county) == (("a", "b"), ("icnpo:1200",), "08")
    assert [way.value for way in merged.ways] == ["nybro.example"]
    assert (merged.extra, merged.unknown) == ({"x.y": 1}, {"newer": [1]})
    with pytest.raises(NotFound):
        book.get(other.id)


def test_where_both_say_something_else_the_first_stands_and_the_other_is_told(book: Book) -> None:
    keep = book.add(Actor(name="A", place="0881", legal_form="x", extra={"p.a": 1, "p.b": 2}, shared=True))
    other = book.add(Actor(name="B", place="0882", legal_form="x", extra={"p.a": 3, "p.c": 4}))
    told = {one.field: (one.stays, one.goes) for one in differing(book, keep, other)}
    assert told == {"place": ("0881", "0882"), "shared": (True, False), "extra.p.a": (1, 3)}
    merged = book.merge(keep, other)
    assert (merged.place, merged.shared) == ("0881", True)
    assert merged.extra == {"p.a": 1, "p.b": 2, "p.c": 4}
    gone = list(book.history(other.id))[-1]
    assert [one.before["place"] for one in gone.changes if one.before and one.after is None] == ["0882"]


def test_the_others_stands_where_it_is_taken(book: Book) -> None:
    keep = book.add(Actor(name="A", aliases=["B"], place="0881", note="ett", extra={"p.a": 1}))
    other = book.add(Actor(name="B", place="0882", note="två", extra={"p.a": 3}))
    take = ["name", "place", "note", "extra.p.a", "sector"]
    told = {one.field: (one.stays, one.goes) for one in differing(book, keep, other, take)}
    assert told == {"place": ("0882", "0881"), "note": ("två", "ett"), "extra.p.a": (3, 1)}
    merged = book.merge(keep, other, take=take)
    assert (merged.name, merged.aliases) == ("B", ("A",))
    assert (merged.place, merged.note, merged.extra) == ("0882", "två", {"p.a": 3})


def test_a_default_that_says_something_is_not_blank(book: Book) -> None:
    keep = book.add(Interaction(kind="visit", when="2026-11-10"))
    other = book.add(Interaction(kind="visit", when="2026-11-10", status="cancelled"))
    assert [(one.field, one.stays, one.goes) for one in differing(book, keep, other)] == [
        ("status", "held", "cancelled")
    ]
    assert book.merge(keep, other, take=["status"]).status == "cancelled"


def test_free_texts_are_both_kept(book: Book) -> None:
    def notes(first: str, second: str) -> str:
        pair = book.add(Contact(name="E", note=first)), book.add(Contact(name="E", note=second))
        assert differing(book, *pair) == ()
        return book.merge(*pair).note

    assert notes("ett", "två") == "ett\n\ntvå"
    assert notes("ett", "") == "ett"
    assert notes("", "två") == "två"
    assert notes("ett och två", "två") == "ett och två"
    assert notes("två", "ett och två") == "ett och två"
    topics = book.add(Topic(title="T", text="ett")), book.add(Topic(title="T", text="två"))
    assert book.merge(*topics).text == "ett\n\ntvå"
    tasks = book.add(FollowUp(text="ett")), book.add(FollowUp(text="två"))
    assert [(one.stays, one.goes) for one in differing(book, *tasks)] == [("ett", "två")]
    assert book.merge(*tasks).text == "ett"


def test_ways_have_no_doubles_in_any_spelling(book: Book) -> None:
    keep = book.add(
        Contact(
            name="E", ways=[Way(kind="phone", value="070-174 06 05"), Way(kind="mail", value="e@x.example")]
        )
    )
    other = book.add(
        Contact(
            name="E",
            ways=[
                Way(kind="phone", value="+46 70 1740605", label="arbete", since="2020", unknown={"newer": 1}),
                Way(kind="mail", value="E@x.example", until="2020"),
                Way(kind="mail", value="eva@x.example"),
            ],
        )
    )
    merged = book.merge(keep, other)
    assert merged.ways == (
        Way(kind="phone", value="070-174 06 05", label="arbete", since="2020", unknown={"newer": 1}),
        Way(kind="mail", value="e@x.example"),
        Way(kind="mail", value="E@x.example", until="2020"),  # one that no longer holds is another entry
        Way(kind="mail", value="eva@x.example"),
    )


def test_what_is_said_otherwise_of_the_same_way_is_told(book: Book) -> None:
    keep = book.add(Contact(name="E", ways=[Way(kind="phone", value="070-174 06 05", label="hem")]))
    other = book.add(Contact(name="E", ways=[Way(kind="phone", value="0701740605", label="arbete")]))
    (told,) = differing(book, keep, other)
    assert (told.field, told.stays["label"], told.goes["label"]) == ("ways", "hem", "arbete")
    assert book.merge(keep, other).ways == keep.ways


def test_an_end_is_not_put_to_the_start_of_another_span(book: Book) -> None:
    eva, nybro = book.add(Contact(name="Eva")), book.add(Actor(name="N"))
    first = book.add(Role(contact=eva.id, actor=nybro.id, since="2023"))
    second = book.add(Role(contact=eva.id, actor=nybro.id, since="2018", until="2020"))
    told = {one.field: (one.stays, str(one.goes)) for one in differing(book, first, second)}
    assert told == {"since": ("2023", "2018"), "until": (None, "2020")}
    merged = book.merge(first, second)
    assert (str(merged.since), merged.until) == ("2023", None)
    third = book.add(Role(contact=eva.id, actor=nybro.id, since="2023", until="2025"))
    assert str(book.merge(merged, third).until) == "2025"


def test_a_given_name_goes_with_its_name(book: Book) -> None:
    keep = book.add(Contact(name="Eva Margareta Ek"))
    other = book.add(Contact(name="Eva Ek-Lund", given="Eva", family="Ek-Lund"))
    merged = book.merge(keep, other)
    assert (merged.given, merged.family) == ("Eva", "")
    book.undo()
    merged = book.merge(keep.id, other.id, take=["name"])  # type: ignore[assignment]
    assert (merged.name, merged.given, merged.family) == ("Eva Ek-Lund", "Eva", "Ek-Lund")


# Who points at it


def test_every_kind_of_link_leads_to_the_one_that_stays(book: Book) -> None:
    keep, other = book.add(Actor(name="K")), book.add(Actor(name="O"))
    eva = book.add(Contact(name="Eva"))
    task = book.add(Assignment(name="T"))
    third = book.add(Actor(name="Tredje", parent=other.id, succeeded_by=other.id))
    role = book.add(Role(contact=eva.id, actor=third.id, covers=[other.id, keep.id], assignment=task.id))
    net = book.add(Network(name="N", host=other.id, members=[Member(actor=other.id, since="2020")]))
    bond = book.add(Commitment(kind="agreement", actor=other.id, parties=[third.id, other.id]))
    topic = book.add(Topic(title="T", raised_by=[other.id],
                           returned=[Reach(actor=other.id)], uptake=[Reach(actor=other.id)],
                           spread=[Reach(actor=other.id, date="2026")]))  # fmt: skip
    met = book.add(Interaction(kind="visit", participants=[Participation(actor=other.id), role.id]))
    todo = book.add(FollowUp(text="x", about=[other.id, met.id]))
    waits = book.add(Pending(text="x", kind="actor", candidates=[other.id, keep.id]))
    book.merge(keep, other)
    assert other.id not in {target for _, _, target in pointing(book)}
    third = book.actors.get(third.id)
    assert (third.parent, third.succeeded_by) == (keep.id, keep.id)
    assert book.roles.get(role.id).covers == (keep.id,)
    assert book.networks.get(net.id).members == (Member(actor=keep.id, since="2020"),)
    assert book.networks.get(net.id).host == keep.id
    assert book.commitments.get(bond.id).parties == (third.id, keep.id)
    assert book.topics.get(topic.id).spread == (Reach(actor=keep.id, date="2026"),)
    assert [one.actor for one in book.interactions.get(met.id).participants] == [keep.id, None]
    assert book.followups.get(todo.id).about == (keep.id, met.id)
    assert book.pending.get(waits.id).candidates == (keep.id,)


def test_every_other_type_too(book: Book) -> None:
    nybro, eva = book.add(Actor(name="N")), book.add(Contact(name="Eva"))
    hats = [book.add(Role(contact=eva.id, actor=nybro.id)) for _ in range(2)]
    tasks = [book.add(Assignment(name="T")) for _ in range(2)]
    nets = [book.add(Network(name="N", assignments=[task.id])) for task in tasks]
    topics = [book.add(Topic(title="T")) for _ in range(2)]
    met = book.add(
        Interaction(kind="visit", participants=[hats[1].id,
                        Participation(contact=eva.id, deputy_for=hats[1].id)],
                    network=nets[1].id, topics=[topics[1].id], assignments=[tasks[1].id])
    )  # fmt: skip
    again = book.add(Interaction(kind="visit", participants=[hats[0].id]))
    bonds = [book.add(Commitment(kind="agreement", actor=nybro.id)) for _ in range(2)]
    todos = [book.add(FollowUp(text="x", about=[met.id, again.id, bonds[1].id])) for _ in range(2)]
    pairs: list[list[Any]] = [hats, tasks, nets, topics, [met, again], bonds, todos]
    for keep, other in pairs:
        book.merge(keep.id, other.id)
    found = book.interactions.get(met.id)
    assert found.participants == (
        Participation(role=hats[0].id),
        Participation(contact=eva.id, deputy_for=hats[0].id),
    )
    assert (found.network, found.topics, found.assignments) == (nets[0].id, (topics[0].id,), (tasks[0].id,))
    assert book.networks.get(nets[0].id).assignments == (tasks[0].id,)
    assert book.followups.get(todos[0].id).about == (met.id, bonds[0].id)
    assert {*MERGEABLE} == {one[0].type for one in pairs} | {"actor", "contact"}


def test_no_link_leads_to_itself(book: Book) -> None:
    keep = book.add(Actor(name="K"))
    other = book.add(Actor(name="O", parent=keep.id))
    top = book.add(Actor(name="Överst"))
    book.update(keep.id, parent=other.id)
    assert book.merge(keep.id, other.id).parent is None  # type: ignore[attr-defined]
    book.undo()
    book.update(other.id, parent=top.id)
    assert book.merge(keep.id, other.id).parent == top.id  # type: ignore[attr-defined]
    first = book.add(Topic(title="T"))
    second = book.add(Topic(title="T", links=[TopicLink(topic=first.id, kind="duplicates")]))
    assert book.merge(first, second).links == ()


def test_doubles_stay_unless_they_are_equal(book: Book) -> None:
    keep, other = book.add(Contact(name="Eva")), book.add(Contact(name="Eva"))
    nybro = book.add(Actor(name="N"))
    hats = [book.add(Role(contact=one.id, actor=nybro.id, function="case_officer")) for one in (keep, other)]
    parts = [Participation(contact=keep.id), Participation(contact=other.id),
             Participation(contact=other.id, status="absent")]  # fmt: skip
    met = book.add(Interaction(kind="visit", participants=parts))
    twice = book.add(FollowUp(text="x", about=[nybro.id, nybro.id, other.id]))
    before = exported(book)
    book.merge(keep, other)
    assert [book.roles.get(one.id).contact for one in hats] == [keep.id, keep.id]
    assert book.interactions.get(met.id).participants == (
        Participation(contact=keep.id),
        Participation(contact=keep.id, status="absent"),
    )
    assert book.followups.get(twice.id).about == (nybro.id, nybro.id, keep.id), "what was there twice stays"
    book.undo()
    assert exported(book) == before


def test_one_transaction_and_one_step_of_undo(book: Book) -> None:
    keep, other = book.add(Contact(name="Eva")), book.add(Contact(name="Eva"))
    nybro = book.add(Actor(name="N"))
    book.add(Role(contact=other.id, actor=nybro.id))
    version = book.version
    with book.transaction("by bo", by="bo"):
        book.merge(keep, other)
    assert book.version == version + 1
    assert [(one.label, one.by) for one in book.history(other.id)][-1] == ("by bo", "bo")
    book.undo(version + 1)
    assert {one.id for one in book.contacts} == {keep.id, other.id}
    book.undo(version + 2)
    assert {one.id for one in book.contacts} == {keep.id}, "and again"


def test_a_dry_run_saves_nothing(book: Book) -> None:
    keep, other = book.add(Contact(name="Eva")), book.add(Contact(name="Eva", note="x"))
    with book.transaction(dry_run=True):
        assert book.merge(keep, other).note == "x"
    assert book.contacts.all() == [keep, other]
    with suppress(ZeroDivisionError), book.transaction():
        book.merge(keep, other)
        raise ZeroDivisionError
    assert book.contacts.all() == [keep, other]


NAMES = st.sampled_from(["Eva Ek", "Åsa Öberg", "Nybro"])
WORDS = st.lists(st.sampled_from(["a", "b", "Å"]), max_size=3).map(tuple)
WAYS = st.lists(
    st.builds(
        Way,
        kind=st.just("phone"),
        value=st.sampled_from(["070-174 06 05", "+46701740605", "070-174 06 06"]),
        label=st.sampled_from(["", "hem"]),
        until=st.sampled_from([None, "2020"]),
    ),
    max_size=3,
).map(tuple)
COMMON = {
    "note": st.sampled_from(["", "ett", "två", "ett\n\ntvå"]),
    "tags": WORDS,
    "ways": WAYS,
    "protected": st.booleans(),
    "shared": st.booleans(),
    "extra": st.dictionaries(st.sampled_from(["p.a", "p.b"]), st.integers(0, 2), max_size=2),
    "unknown": st.dictionaries(st.sampled_from(["new", "newer"]), st.integers(0, 2), max_size=2),
}
PEOPLE = st.builds(Contact, name=NAMES, given=st.sampled_from(["", "Eva"]), **COMMON)
ACTORS = st.builds(Actor, name=NAMES, aliases=WORDS, sector=st.sampled_from(["", "police"]), **COMMON)


@st.composite
def networks(draw: st.DrawFn) -> list[Record]:
    """Actors and people, then all that may point at them, at random."""

    def some(strategy: st.SearchStrategy[Any], least: int = 0, most: int = 2) -> list[Any]:
        return draw(st.lists(strategy, min_size=least, max_size=most))

    def named(prefix: str, strategy: st.SearchStrategy[Any]) -> list[Any]:
        return [attrs.evolve(one, id=f"{prefix}{n:04}") for n, one in enumerate(some(strategy, 2, 4))]

    def tuples(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(strategy, max_size=3).map(tuple)

    actors, people = named("actr", ACTORS), named("pers", PEOPLE)
    actor, person = (st.sampled_from([one.id for one in found]) for found in (actors, people))
    roles = named("r0le", st.builds(Role, actor=actor, contact=st.none() | person, covers=tuples(actor)))
    role = st.sampled_from([one.id for one in roles])
    part = st.one_of(
        st.builds(Participation, role=role, deputy_for=st.none() | role),
        st.builds(Participation, contact=person),
        st.builds(Participation, actor=actor, status=st.sampled_from(["attended", "absent"])),
    )
    members, reached = tuples(st.builds(Member, actor=actor)), tuples(st.builds(Reach, actor=actor))
    x = st.just("x")
    made = [
        *some(st.builds(Interaction, kind=st.just("visit"), participants=tuples(part))),
        *some(st.builds(FollowUp, text=x, about=tuples(actor | person | role))),
        *some(st.builds(Network, name=x, host=st.none() | actor, members=members)),
        *some(st.builds(Commitment, kind=st.just("agreement"), actor=actor, parties=tuples(actor))),
        *some(st.builds(Topic, title=x, raised_by=tuples(actor), returned=reached)),
        *some(st.builds(Pending, text=x, candidates=tuples(actor | person))),
    ]
    below = [attrs.evolve(one, parent=draw(st.none() | actor)) for one in actors]
    return [*below, *people, *roles, *made]


@settings(max_examples=60, deadline=None)
@given(records=networks(), data=st.data())
def test_no_link_is_lost_and_undo_brings_all_back(records: list[Record], data: st.DataObject) -> None:
    with kontaktnat.open("memory:", by="anna", plugins=[]) as book:
        with book.transaction():
            for one in records:
                book.add(one)
        kind = data.draw(st.sampled_from(["actor", "contact", "role"]))
        ids = [one.id for one in book.collection_of(kind).all()]
        keep, other = data.draw(st.permutations(ids))[:2]
        before, was, old = exported(book), whole(book), pointing(book)
        try:
            book.merge(keep, other)
        except Refused:
            assert kind == "role"
            return
        assert other not in {target for _, _, target in pointing(book)}
        stand = {one.id: one for one in whole(book)}
        assert stand.keys() == before.keys() - {other}
        for source, _, target in old:
            if target == other and source not in (keep, other):
                assert keep in {id for _, id, _ in links(stand[source])}
            elif source not in (keep, other):
                assert target in {id for _, id, _ in links(stand[source])}
        _nothing_is_lost(next(one for one in was if one.id == keep), stand[keep])
        _nothing_is_lost(next(one for one in was if one.id == other), stand[keep])
        book.undo()
        assert exported(book) == before


def _nothing_is_lost(one: Any, merged: Any) -> None:
    assert {*one.tags} <= {*merged.tags}
    assert one.extra.keys() <= merged.extra.keys()
    assert one.unknown.keys() <= merged.unknown.keys()
    if one.type != "role":
        assert one.note in merged.note
        assert merged.protected >= one.protected
        assert {way.until for way in one.ways} <= {way.until for way in merged.ways}
    if one.type == "actor":
        assert {one.name, *one.aliases} <= {merged.name, *merged.aliases}


def test_every_link_of_the_sample_can_be_led_elsewhere() -> None:
    """So that no field of a type to come is forgotten: what `links` finds, `relinked` leads."""
    for record in county():
        for _, id, _ in links(record):
            new = relinked(record, id, "zzzzzzzz")
            assert id not in {target for _, target, _ in links(new)}
            assert "zzzzzzzz" in {target for _, target, _ in links(new)}


# What is refused


def test_with_itself_and_with_another_type(book: Book) -> None:
    eva, nybro = book.add(Contact(name="Eva")), book.add(Actor(name="N"))
    book.set("county", "08")
    waits = [book.add(Pending(text="x")) for _ in range(2)]
    for pair, says in (
        ((eva, eva.id), "with itself"),
        ((eva, nybro), "only two of a kind"),
        (waits, "nothing of type pending"),
        (("by", "county"), "no record by"),
    ):
        for does in (book.merge, lambda *both: differing(book, *both)):
            with pytest.raises((Refused, NotFound), match=says):
                does(*pair)
    assert book.contacts.all() == [eva]


def test_hats_of_different_people_or_places(book: Book) -> None:
    eva, bo = book.add(Contact(name="Eva")), book.add(Contact(name="Bo"))
    first, second = book.add(Actor(name="1")), book.add(Actor(name="2"))
    hat = book.add(Role(contact=eva.id, actor=first.id))
    with pytest.raises(Refused, match="not of the same contact"):
        book.merge(hat, book.add(Role(contact=bo.id, actor=first.id)))
    with pytest.raises(Refused, match="not of the same actor"):
        book.merge(hat, book.add(Role(contact=eva.id, actor=second.id)))
    vacant = book.add(Role(actor=first.id))
    assert book.merge(vacant, hat).contact == eva.id


@pytest.mark.parametrize(
    ("take", "says"),
    [
        (["nam"], "nearest: name"),
        (["id"], "the book keeps this itself"),
        (["rev"], "the book keeps this itself"),
        (["hidden"], "no such field"),
        (["unknown"], "no such field"),
        (["protected"], "is protected"),
        (["tags"], "nothing to take"),
        (["ways"], "nothing to take"),
        (["extra"], "plugin.field"),
        ("note", "not one text"),
    ],
)
def test_what_cannot_be_taken(book: Book, take: Any, says: str) -> None:
    pair = book.add(Contact(name="Eva")), book.add(Contact(name="Eva", tags=["x"], extra={"p.a": 1}))
    with pytest.raises(Invalid, match=says):
        book.merge(*pair, take=take)
    with pytest.raises(Invalid, match=says):
        differing(book, *pair, take=take)
    assert len(book.contacts.all()) == 2


def test_what_is_no_record_or_is_gone_or_has_changed(book: Book) -> None:
    eva, bo = book.add(Contact(name="Eva")), book.add(Contact(name="Bo"))
    with pytest.raises(Usage):
        book.merge(eva, None)  # type: ignore[call-overload]
    with pytest.raises(NotFound):
        book.merge(eva, "zzzzzzzz")
    book.update(bo, note="x")
    with pytest.raises(Conflict):
        book.merge(eva, bo)
    book.delete(bo.id)
    with pytest.raises(NotFound):
        book.merge(eva, bo)


def test_values_that_do_not_go_together(book: Book) -> None:
    eva, nybro = book.add(Contact(name="Eva")), book.add(Actor(name="N"))
    ended = book.add(Role(contact=eva.id, actor=nybro.id, until="2020"))
    begun = book.add(Role(contact=eva.id, actor=nybro.id, since="2023"))
    with pytest.raises(Invalid, match="before since"):
        book.merge(ended, begun)
    assert len(book.roles.all()) == 2


# Words and plugins


def test_a_word_whose_plugin_is_missing_goes_along(book: Book) -> None:
    keep, other = book.add(Actor(name="K")), book.add(Actor(name="O"))
    book.restore(
        "actor", {**kontaktnat.extend.to_doc(other), "rev": 2, "kind": "spaceship", "sector": "moon"}
    )
    merged = book.merge(keep, other.id)
    assert (merged.kind, merged.sector) == ("spaceship", "moon")
    third = book.add(Actor(name="T"))
    with book.transaction():
        book.update(keep.id, sector="sektor")
        with pytest.raises(Invalid, match="sektor is no word"):  # which is set anew
            book.merge(keep.id, third.id)
        book.update(keep.id, sector="moon")


class Guard:
    name = "guard"

    @hookimpl
    def before_delete(self, record: Record, book: kontaktnat.extend.Outward) -> None:
        if record.tags:
            raise Veto("not this one")


def test_a_guard_may_refuse(open_book: OpenBook) -> None:
    book = open_book(plugins=[Guard()])
    keep, other = book.add(Contact(name="Eva")), book.add(Contact(name="Eva", tags=["x"]))
    with pytest.raises(Veto, match="not this one"):
        book.merge(keep, other)
    assert book.merge(other, keep).tags == ("x",)


def test_a_municipalitys_double_goes(open_book: OpenBook) -> None:
    book = open_book(plugins=["sweden"])
    keep = book.add(Actor(name="Nybro"))
    other = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    merged = book.merge(keep, other)
    assert (merged.kind, merged.place, merged.aliases) == ("municipality", "0881", ("Nybro kommun",))
    with pytest.raises(Veto):
        book.delete(merged)


# Protected people

SECRET = "kanarie"


def secret(book: Book, **fields: Any) -> Contact:
    return book.add(
        Contact(name="Siv Rönn", protected=True, note=f"{SECRET} not", extra={"p.a": SECRET}, source=SECRET,
                tags=[SECRET], ways=[Way(kind="phone", value="070-174 06 99", label=SECRET)], **fields)
    )  # fmt: skip


@pytest.mark.parametrize("protected_first", [True, False])
def test_who_is_protected_in_one_is_protected(book: Book, protected_first: bool) -> None:
    siv = secret(book)
    open_ = book.add(
        Contact(name="Siv", note="öppen", tags=["t"], source="brev", extra={"p.a": "x"},
                purpose="network_membership",
                ways=[Way(kind="phone", value="+46701740699", label="öppen")])
    )  # fmt: skip
    work = book.add(Actor(name="Arbetsplatsen"))
    hat = book.add(Role(contact=open_.id, actor=work.id))
    before = exported(book)
    pair = (siv, open_) if protected_first else (open_, siv)
    stays, goes = [one.name for one in pair]
    assert [(one.field, one.stays, one.goes) for one in differing(book, pair[0].id, pair[1].id)] == [
        ("name", stays, goes)
    ], "nothing that is covered is compared"
    merged = book.merge(pair[0].id, pair[1].id)
    assert isinstance(merged, Contact)
    assert merged.protected
    assert {*merged.hidden} >= {"note", "ways", "tags", "source", "extra"}
    assert merged.purpose == "network_membership"
    assert book.roles.get(hat.id).hidden == ("actor",)
    shown = [merged, *book.history(), *book.find("siv"), *book.contacts.all()]
    assert SECRET not in inside(shown)
    whole_ = book.reveal(merged.id, "a test")
    assert isinstance(whole_, Contact)
    assert {SECRET, "t"} == {*whole_.tags}
    assert f"{SECRET} not" in whole_.note
    assert "öppen" in whole_.note
    book.undo()
    assert exported(book) == before


def test_hats_of_the_protected_are_not_compared(book: Book) -> None:
    siv = secret(book)
    places = book.add(Actor(name="1")), book.add(Actor(name="2"))
    hats = [book.add(Role(contact=siv.id, actor=places[n].id)) for n in (0, 0, 1)]
    for other in hats[1:]:
        for does in (book.merge, lambda *both: differing(book, *both)):
            with pytest.raises(Refused, match=r"actor of role .* is covered"):
                does(hats[0].id, other.id)
    first, second = (book.reveal(one.id, "a test") for one in hats[:2])
    assert book.merge(first, second).hidden == ("actor",)
    assert len(book.roles.all()) == 2


def test_an_error_does_not_tell_what_is_covered(book: Book) -> None:
    """Values are united whole, so that no mistake in one can be shown."""
    siv, other = secret(book), book.add(Contact(name="Siv"))
    for take in (["note"], ["extra.p.a"], ["source"]):
        with book.transaction(dry_run=True):
            assert SECRET not in inside(book.merge(other.id, siv.id, take=take))
    with pytest.raises(KontaktnatError) as raised:
        book.merge(siv.id, other.id, take=["nope"])
    assert SECRET not in raised.value.message()


# At the prompt


@pytest.fixture
def evas(kalmar: Any) -> tuple[Any, str, str]:
    """Two of one name, told apart by their ids."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "eva@nybro.example")
    kalmar(
        "add", "contact", "Eva Ek", "--new", "--phone", "070-174 06 05", "--set", "purpose=network_membership"
    )
    first, second = kalmar("list", "contacts", "-o", "ids").out.split()
    if "Nybro" not in kalmar("show", first).out:
        first, second = second, first
    kalmar("log", "telefon", second, "hej", "--promised", "skicka")
    return kalmar, first, second


def test_at_the_prompt(evas: tuple[Any, str, str]) -> None:
    kn, keep, other = evas
    before = kn("export", "jsonl").out
    rehearsed = kn("merge", keep, other, "--dry-run")
    assert rehearsed.last == f"would be merged: Eva Ek (Nybro kommun) (contact {keep})"
    assert kn("export", "jsonl").out == before
    merged = kn("merge", keep, other, "--by", "bo")
    assert (merged.code, merged.err) == (0, "")
    lines = merged.out.splitlines()
    assert lines[:2] == [
        f"stays: Eva Ek (Nybro kommun) (contact {keep})",
        f"goes:  Eva Ek (contact {other})",
    ]
    assert lines[-2] == f"merged: Eva Ek (Nybro kommun) (contact {keep})"
    page = kn("show", "eva").out
    assert all(word in page for word in ("eva@nybro.example", "070-174 06 05", "hej", "skicka"))
    assert other not in kn("export", "jsonl").out
    number = lines[-1].split()[1]
    assert kn("undo", number).code == 0
    assert _plain(kn("export", "jsonl").out) == _plain(before)


def _plain(lines: str) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in json.loads(line).items() if k not in NOT_COMPARED} for line in lines.splitlines()
    ]


def test_what_differs_is_shown_in_words(kalmar: Any) -> None:
    for name, *fields in (
        ("Nybro IF", "kind=förening", "sector=polis", "parent=nybro", "shared=ja"),
        ("Nybro idrott", "kind=company", "sector=state", "parent=kalmar kommun"),
    ):
        settings = [word for field in fields for word in ("--set", field)]
        assert kalmar("add", "actor", name, *settings).code == 0
    shown = kalmar("merge", "nybro if", "nybro idrott", "--take", "kind,  parent", "--take", "name")
    assert shown.code == 0, shown
    differing_ = [line.strip() for line in shown.out.splitlines() if line.startswith("  ")]
    assert sorted(differing_) == [
        "kind: company stays, association goes",
        "parent: Kalmar kommun stays, Nybro kommun goes",
        "sector: police stays, state goes",
        "shared: yes stays, no goes",
    ]
    assert "aliases" in kalmar("show", "nybro idrott").out


def test_somebody_is_asked(evas: tuple[Any, str, str]) -> None:
    kn, keep, other = evas
    no = kn("merge", keep, other, stdin="kanske\nnej\n", terminal=True)
    assert (no.code, no.last) == (0, "nothing was merged")
    assert "Merge them? [y/N]" in no.err
    assert "answer yes or no" in no.err
    assert kn("merge", keep, other, stdin="\n", terminal=True).last == "nothing was merged"
    assert kn("merge", keep, other, stdin="", terminal=True).code == 130
    assert "?" not in kn("merge", keep, other, "--dry-run", terminal=True).err
    assert "merged:" in kn("merge", keep, other, stdin="ja\n", terminal=True).out
    kn("undo")
    assert "merged:" in kn("-y", "merge", keep, other, terminal=True).out


def test_namesakes_are_a_choice_on_a_terminal(evas: tuple[Any, str, str]) -> None:
    kn, keep, other = evas
    for words, code in ((("eva ek", "eva ek"), 4), ((keep, keep), 6)):
        ran = kn("merge", *words)
        assert (ran.code, ran.err.count("\n"), ran.out) == (code, 1, "")
    ran = kn("merge", "eva@nybro", "eva ek", stdin="1\ny\n", terminal=True)
    assert "eva ek may be:" in ran.err
    assert f"goes:  Eva Ek (contact {other})" in ran.out
    assert "merged:" in ran.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        ((), 2, "KEEP is missing"),
        (("nybro",), 2, "OTHER is missing"),
        (("nybro", "nobody"), 3, "nobody"),
        (("nobody", "nybro"), 3, "nobody"),
        (("nybro", "kommun"), 4, "Kalmar kommun"),
        (("nybro", "eva@nybro"), 6, "only two of a kind"),
        (("nybro", "nybro"), 6, "with itself"),
        (("nybro", "emmaboda", "--take", "nme"), 5, "nearest: name"),
        (("nybro", "emmaboda", "--take", "aliases"), 5, "nothing to take"),
    ],
)
def test_wrong_input(evas: tuple[Any, str, str], words: tuple[str, ...], code: int, says: str) -> None:
    kn = evas[0]
    before = kn("export", "jsonl").out
    ran = kn("merge", *words)
    assert (ran.code, ran.err.count("\n"), ran.out) == (code, 1, "")
    assert says in ran.err
    assert kn("export", "jsonl").out == before


def test_two_municipalities_are_not_one(kalmar: Any) -> None:
    ran = kalmar("merge", "nybro", "emmaboda")
    assert ran.code == 6
    assert "those are not deleted" in ran.err


def test_hats_are_named_by_their_ids(kalmar: Any) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "kommunchef@nybro")
    kalmar("add", "role", "kommunchef@nybro", "--contact", "eva", "--new")
    ids = [role["id"] for role in kalmar("list", "roles", "contact=eva", "-o", "json").records()]
    assert len(ids) == 2
    assert "merged: Eva Ek, " in kalmar("merge", *ids).out


def test_the_protected_are_not_shown_at_the_prompt(kalmar: Any) -> None:
    kalmar(
        "add",
        "contact",
        "Siv Rönn",
        "--protected",
        "--email",
        f"{SECRET}@x.example",
        "--set",
        f"note={SECRET}",
    )
    kalmar("add", "contact", "Siv R", "--email", "siv@x.example", "--set", "note=öppen")
    shown = kalmar("merge", "siv r", "siv rönn", "--take", "note")
    assert shown.code == 0, shown
    assert "covered, and united unseen: note, ways" in shown.out
    assert kalmar("undo", "--reveal", "fel person").code == 0
    told = kalmar("--reveal", "begäran 12", "merge", "siv r", "siv rönn", "--take", "note", "--dry-run").out
    assert f"note: {SECRET} stays, öppen goes" in told
    assert SECRET not in shown.out + shown.err
