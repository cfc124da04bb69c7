"""A bundle between counties: no person leaves in it, what came keeps its origin, nothing of ours is lost."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Conflict,
    Contact,
    FollowUp,
    Headcount,
    Interaction,
    Invalid,
    Pending,
    Reach,
    Refused,
    Role,
    Topic,
    TopicLink,
    Usage,
    Way,
)
from kontaktnat.between.form import checksum, parsed
from kontaktnat.between.persons import Persons
from kontaktnat.between.receiving import here
from kontaktnat.model import TopicId, id_for
from kontaktnat.origin import COUNTIES, authority, origin_of
from kontaktnat.testing import ExporterContract, FixedClock, ImporterContract, counted_ids
from kontaktnat.testing.inside import inside

RunCli = Callable[..., Any]
Opened = Callable[..., Book]


def county_book(opened: Opened, code: str, **options: Any) -> Book:
    book = opened(**options)
    book.set("county", code)
    return book


@pytest.fixture
def kalmar_book(open_book: Opened) -> Book:
    """Kalmar county's: three topics, of which two are shared, and somebody who is to stay at home."""
    book = county_book(open_book, "08")
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
    club = book.add(Actor(name="Nybro IF", kind="association", place="0881"))
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value="eva.ek@nybro.example")]))
    book.add(Role(contact=eva.id, actor=nybro.id, function="crime_prevention_coordinator"))
    walk = book.add(
        Topic(kind="example", title="Trygghetsvandring", text="Gå runt tillsammans", source="Borås",
              evidence="followed_up", raised_on="2026-01-15", raised_by=[club.id], shared=True,
              uptake=[Reach(actor=nybro.id, date="2026-05")], spread=[Reach(actor=nybro.id)], tags=["vår"])
    )  # fmt: skip
    book.add(
        Topic(kind="question", title="Vem bekostar belysningen?", status="answered", lifted_on="2026-02-01",
              lifted_to="Brå", answer="Kommunen", answered_on="2026-03-01", raised_by=[nybro.id], shared=True,
              links=[TopicLink(kind="illustrates", topic=walk.id)])
    )  # fmt: skip
    book.add(Topic(kind="problem", title="Mörka gångvägar", raised_by=[nybro.id]))
    return book


@pytest.fixture
def kronoberg(open_book: Opened, kalmar_book: Book) -> Book:
    """Kronoberg county's, with a topic of its own that has an id of Kalmar's."""
    book = county_book(open_book, "07", by="bo", ids=counted_ids("vx0p"))
    book.add(Topic(id=kalmar_book.topics.all()[0].id, kind="problem", title="Vårt eget"))
    return book


def sent(book: Book, **options: str) -> bytes:
    stream = io.BytesIO()
    book.export_to(stream, "bundle", options=options)
    return stream.getvalue()


def told(book: Book, **options: str) -> tuple[str, ...]:
    return book.export_to(io.BytesIO(), "bundle", options=options)


def take(book: Book, data: bytes) -> Any:
    return book.import_from(io.BytesIO(data))


def foreign(book: Book) -> dict[str, Topic]:
    return {one.title: one for one in book.topics.all() if origin_of(one)}


def forged(data: bytes, change: Callable[[Any], object]) -> bytes:
    """The bundle as somebody would make it who knows how the checksum is made."""
    doc = json.loads(data)
    change(doc)
    doc["sum"] = checksum(doc)
    return json.dumps(doc, ensure_ascii=False).encode()


# Sending


def test_what_is_shared_goes_along_and_nothing_else(kalmar_book: Book) -> None:
    doc = json.loads(sent(kalmar_book))
    assert {key: doc[key] for key in ("county", "authority", "made_on", "count")} == {
        "county": "08", "authority": "Länsstyrelsen i Kalmar län", "made_on": "2026-11-12", "count": 2,
    }  # fmt: skip
    walk, question = sorted(doc["topics"], key=lambda one: one["kind"])
    mine = {one.title: one for one in kalmar_book.topics.all()}
    assert walk == {
        "id": mine["Trygghetsvandring"].id, "county": "08", "made_on": "2026-11-12", "rev": 1,
        "kind": "example", "title": "Trygghetsvandring", "text": "Gå runt tillsammans", "source": "Borås",
        "evidence": "followed_up", "status": "open", "raised_on": "2026-01-15",
        "raised_by": ["0881 Nybro kommun"], "taken_up_by": ["0881 Nybro kommun"],
    }  # fmt: skip
    assert question["answer"] == "Kommunen"
    assert question["links"] == [{"kind": "illustrates", "county": "08", "topic": walk["id"]}]
    assert "lifted_to" not in question


def test_all_go_along_where_that_is_said_but_never_a_draft(kalmar_book: Book) -> None:
    kalmar_book.add(Topic(title="Ett utkast", draft=True))
    kalmar_book.add(Topic(title="Ett annat utkast", status="draft"))
    kalmar_book.add(Topic(title="Ett gammalt exempel", kind="example", status="closed"))
    titles = [one["title"] for one in json.loads(sent(kalmar_book, topics="all"))["topics"]]
    assert sorted(titles) == ["Mörka gångvägar", "Trygghetsvandring", "Vem bekostar belysningen?"]
    some = json.loads(sent(kalmar_book, topics="all", kinds="gott exempel,problem"))
    assert (some["kinds"], some["count"]) == (["problem", "example"], 2)


def test_the_same_book_gives_the_same_bytes_and_the_sender_is_told(kalmar_book: Book) -> None:
    assert sent(kalmar_book) == sent(kalmar_book)
    assert told(kalmar_book, year="no") == (
        "a bundle of Länsstyrelsen i Kalmar län: 2 topics, no statistics; it names no person",
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ring Eva Ek", "somebody in the book"),
        ("Ek, Eva", "somebody in the book"),
        ("https://nybro.example/eva-ek", "somebody in the book"),
        ("se eva_ek", "somebody in the book"),
        ("fråga maj.lind@ort.example", "a mail address"),
        ("maj (at) ort.example", "a mail address"),
        ("Ring 070-174 06 05", "a phone number"),
        ("Ring 0480-450 00", "a phone number"),
        ("Ring +46 480 45 00 00", "a phone number"),
        ("850101-9809", "a personnummer"),
        ("Bengt Svensson är misstänkt för stöld", "an offence"),
        ("Fråga Gunilla Svensson", "a person's name"),
        ("Annas metod", "a person's name"),
        ("Kvinnojouren Linden i huset vid torget", "somebody in the book"),
        ("Samtal med Siv Rönn", "somebody in the book"),
        ("Samtal med Åsa Ängström", "somebody in the book"),
        ("Tack till Platen för idén", "somebody in the book"),
        ("enligt Platens modell", "somebody in the book"),
        ("https://ort.example/personal/gunilla-svensson", "a person's name"),
        ("www.ort.example/gunilla%20svensson.html", "a person's name"),
        ("skriv till maj(a)ort.example", "a mail address"),
        ("maj snabela ort punkt example", "a mail address"),
        ("maj＠ort.example", "a mail address"),
        ("följ @majlind", "account"),
        ("tel 450 23", "a phone number"),
        ("1985-01-01-9809", "a personnummer"),
        ("19850101 9809", "a personnummer"),
        ("850101 – 9809", "a personnummer"),
    ],
)
@pytest.mark.parametrize("field", ["title", "text", "source", "answer"])
def test_a_text_that_tells_of_a_person_keeps_its_topic_at_home(
    kalmar_book: Book, field: str, text: str, what: str
) -> None:
    kalmar_book.add(Actor(name="Kvinnojouren Linden", kind="womens_shelter", protected=True))
    kalmar_book.add(Contact(name="Siv Rönn", protected=True))
    kalmar_book.add(Contact(name="Åsa von Platen"))
    kalmar_book.add(Pending(kind="contact", text="row 3", raw={"name": "Åsa Ängström"}))
    with kalmar_book.accepting("a test"):
        fields: dict[str, Any] = {"title": "Ett ämne", "shared": True, field: text}
        made = kalmar_book.add(Topic(**fields))
    *left_out, _ = told(kalmar_book)
    assert len(left_out) == 1
    assert made.id in left_out[0]
    assert what in left_out[0]
    data = sent(kalmar_book)
    assert made.id not in data.decode()
    if field != "title":
        kalmar_book.update(made, **{field: "Utan någon"})
        assert made.id in sent(kalmar_book).decode()


@pytest.mark.parametrize(
    "text",
    [
        "Trygghetsvandring med nattvandrarna i Gamla stan", "Lag (2023:196) 6 §, förordning 2016:1258",
        "Grannsamverkan 2023-2025, 120 hushåll, 2026-11-12 och 01-02-2026", "Brå och SKR, dnr 451-1234-2026",
        "Västra Götalands län", "Polisen i Växjö och Kalmar kommun", "Effektiv samordning för trygghet (EST)",
        "Ek och björk vid Björkvägen", "https://bra.example/lokalt-arbete/trygghetsvandring.html",
        "2026-11-12 18:30 till 2026-11-13", "Vid (a) skolan och (b) torget", "ring 112 eller 114 14",
    ],
)  # fmt: skip
def test_what_is_said_every_day_is_no_person(kalmar_book: Book, text: str) -> None:
    kalmar_book.add(Contact(name="Björn Ek"))
    kalmar_book.add(Contact(name="Polisen Nybro"))
    assert Persons(kalmar_book.outward()).told_in(text) is None


def test_who_raised_it_is_a_municipality_or_nobody(kalmar_book: Book) -> None:
    kalmar_book.add(Actor(name="Emmaboda kommun", kind="municipality", place="0862"))
    shelter = kalmar_book.add(
        Actor(name="Jouren Björken", kind="womens_shelter", place="0862", protected=True)
    )
    firm = kalmar_book.add(Actor(name="Eva Ek Konsult", kind="company"))
    kalmar_book.add(Topic(title="Vem frågar?", raised_by=[shelter.id, firm.id], shared=True))
    item = next(one for one in json.loads(sent(kalmar_book))["topics"] if one["title"] == "Vem frågar?")
    assert "raised_by" not in item


def test_small_counts_are_withheld_and_places_are_codes(kalmar_book: Book) -> None:
    nybro = kalmar_book.actors.where(place="0881", kind="municipality")[0]
    kalmar_book.add(Actor(name="Ny kommun", kind="municipality"))  # without a code, it is no column
    for audience, n in (("politicians", 4), ("officials", 20), ("civil_society", 6)):
        kalmar_book.add(Interaction(kind="training", when="2025-10-20", audience=audience,
                                    headcounts=[Headcount(actor=nybro.id, count=n)]))  # fmt: skip
    told = json.loads(sent(kalmar_book))["statistics"]
    assert (told["year"], told["until"]) == (2025, "2025-12-31")
    counts = {(one["measure"], one["row"], one["column"]): one["n"] for one in told["rows"]}
    assert counts["trained", "politicians", None] is None
    assert counts["trained", "civil_society", None] is None
    assert counts["trained", "officials", None] == 20
    assert counts["meetings_by_place", "training", "0881 Nybro kommun"] == 3
    assert {column for _, _, column in counts if column} == {"2025-10", "0881 Nybro kommun"} | {
        f"2025-{n:02}" for n in range(1, 13) if ("meetings_by_month", None, f"2025-{n:02}") in counts
    }
    assert nybro.id not in json.dumps(told)


def test_which_county_year_and_kinds_have_to_be_there(open_book: Opened) -> None:
    book = open_book()
    with pytest.raises(Usage, match="which county"):
        sent(book)
    for name in ("kalmar", "Kalmar län", "08"):
        assert json.loads(sent(book, county=name))["county"] == "08"
    assert json.loads(sent(book, county="västra götaland"))["authority"] == authority("14")
    for options in ({"county": "Småland"}, {"year": "2027"}, {"year": "x"}, {"topics": "some"},
                    {"kinds": "frukt"}, {"colour": "red"}):  # fmt: skip
        with pytest.raises(Invalid):
            sent(book, **{"county": "08"} | options)


def test_of_a_book_of_two_counties_each_has_its_bundle(kalmar_book: Book) -> None:
    kalmar_book.add(Topic(title="Växjö frågar", county="07", shared=True))
    ours, theirs = json.loads(sent(kalmar_book)), json.loads(sent(kalmar_book, county="kronoberg"))
    assert "Växjö frågar" not in [one["title"] for one in ours["topics"]]
    assert [(one["title"], one["county"]) for one in theirs["topics"]] == [("Växjö frågar", "07")]
    assert theirs["statistics"] is None
    assert "of this book are of Kalmar län" in told(kalmar_book, county="kronoberg")[0]
    assert str(take(kalmar_book, sent(kalmar_book, county="kronoberg"))).startswith(
        "created 1, updated 0, unch"
    )
    assert not foreign(kalmar_book)


WORDS = [
    "trygghet",
    "belysning",
    "vandring",
    "skola",
    "centrum",
    "kväll",
    "nätverk",
    "torg",
    "samverkan",
    "möte",
]
LETTERS = "abcdefghijklmnoprstuvyåäö"
NAMES = st.builds(
    lambda given, family: f"{given.title()} {family.title()}",
    st.text(LETTERS, min_size=3, max_size=8), st.text(LETTERS, min_size=3, max_size=9),
)  # fmt: skip
PEOPLE = st.lists(
    st.tuples(NAMES, st.integers(5, 99), st.booleans(), st.sampled_from(["contact", "pending", "role"])),
    min_size=1, max_size=4, unique_by=lambda one: one[0],
)  # fmt: skip
PLACES = st.sampled_from(["title", "text", "source", "answer", "tags", "extra", "raised_by", "lifted_to"])
SHAPES = st.sampled_from(["{}", "fråga {}", "({})", "{}s idé", "se https://ort.example/{}", "med_{}_idag"])


SLIPS = st.tuples(PLACES, SHAPES, st.integers(0, 2), st.integers(0, 3))


@given(people=PEOPLE, slips=st.lists(SLIPS, max_size=6), told=st.lists(st.sampled_from(WORDS), min_size=1))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whoever_is_in_the_book_is_not_in_the_bundle(
    people: list[tuple[str, int, bool, str]], slips: list[tuple[str, str, int, int]], told: list[str]
) -> None:
    needles = []
    with kontaktnat.open("memory:", by="anna", plugins=[], clock=FixedClock()) as book:
        book.set("county", "08")
        nybro = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
        for name, n, protected, kind in people:
            mail, phone = f"{name.replace(' ', '.').lower()}@ort.example", f"070-174 06 {n:02}"
            needles.append((name, mail, phone))
            ways = [Way(kind="mail", value=mail), Way(kind="phone", value=phone)]
            if kind == "pending":
                book.add(Pending(kind="contact", text="row 1", raw={"name": name, "mail": mail}))
            elif kind == "role":
                contact = book.add(Contact(name=name, protected=protected, note=f"{name} {mail}"))
                book.add(Role(contact=contact.id, actor=nybro.id, ways=ways))
            else:
                book.add(Contact(name=name, protected=protected, ways=ways))
            book.add(FollowUp(text=f"Ring {name}", owner=name))
        book.add(Topic(kind="example", title=" ".join(told), shared=True, raised_by=[nybro.id]))
        for field, shape, which, whose in slips:
            needle = needles[whose % len(needles)][which]
            text = shape.format(needle)
            fields: dict[str, Any] = {"title": "Ett ämne", "shared": True}
            if field == "raised_by":
                fields[field] = [book.add(Actor(name=text, kind="company", place="0881")).id]
            else:
                fields[field] = {"tags": [text], "extra": {"own.note": text}}.get(field, text)
            with book.accepting("a test"):
                book.add(Topic(**fields))
        data = sent(book, year="2026").decode().casefold()
    assert " ".join(told) in data
    for name, mail, phone in needles:
        for needle in (name, mail, phone, phone.replace("-", "").replace(" ", "")):
            assert needle.casefold() not in data


# Receiving


def test_it_comes_with_its_origin_and_the_same_again_changes_nothing(
    kalmar_book: Book, kronoberg: Book
) -> None:
    data = sent(kalmar_book)
    done = take(kronoberg, data)
    assert str(done) == "created 3, updated 0, unchanged 0, rejected 0"
    assert done.understood.summary == (
        "a bundle of Länsstyrelsen i Kalmar län, 2026-11-12: 2 topics, statistics of 2025"
    )
    walk = foreign(kronoberg)["Trygghetsvandring"]
    origin = origin_of(walk)
    mine = next(one for one in kalmar_book.topics.all() if one.title == "Trygghetsvandring")
    assert origin is not None
    assert (origin.county, origin.name, origin.id, origin.made_on, origin.rev, origin.via) == (
        "08", "Kalmar län", mine.id, "2026-11-12", 1, "",
    )  # fmt: skip
    assert (origin.raised_by, origin.taken_up_by) == ("0881 Nybro kommun", "0881 Nybro kommun")
    assert (walk.text, walk.evidence, str(walk.raised_on), walk.county) == (
        "Gå runt tillsammans", "followed_up", "2026-01-15", "08",
    )  # fmt: skip
    assert (walk.raised_by, walk.uptake, walk.spread, walk.tags, walk.shared) == ((), (), (), (), False)
    question = foreign(kronoberg)["Vem bekostar belysningen?"]
    assert [(one.kind, one.topic) for one in question.links] == [("illustrates", walk.id)]
    assert not kronoberg.actors.all()

    before = kronoberg.version
    again = take(kronoberg, data)
    assert (str(again), again.notes, again.batch) == (
        "created 0, updated 0, unchanged 3, rejected 0",
        [],
        None,
    )
    assert kronoberg.version == before


def test_an_own_topic_with_the_same_id_is_left_alone(kalmar_book: Book, kronoberg: Book) -> None:
    (own,) = kronoberg.topics.all()
    take(kronoberg, sent(kalmar_book, topics="all"))
    assert kronoberg.topics.get(own.id) == own
    assert here("08", own.id) in {one.id for one in foreign(kronoberg).values()}


def test_an_id_that_is_taken_is_refused_alone(kalmar_book: Book, kronoberg: Book) -> None:
    walk = next(one for one in kalmar_book.topics.all() if one.title == "Trygghetsvandring")
    taken = kronoberg.add(Topic(id=here("08", walk.id), title="Det var mitt"))
    done = take(kronoberg, sent(kalmar_book))
    assert [one.reason for one in done.rejected] == [
        "id: a topic of your own has the id that this one would get"
    ]
    assert kronoberg.topics.get(taken.id) == taken
    (question,) = foreign(kronoberg).values()
    assert not question.links or question.links[0].topic == taken.id


def test_one_step_of_undo_takes_all_of_it_back(kalmar_book: Book, kronoberg: Book) -> None:
    before = inside(kronoberg.topics.all())
    done = take(kronoberg, sent(kalmar_book))
    kronoberg.undo(done.batch)
    assert inside(kronoberg.topics.all()) == before
    assert kronoberg.setting("bundle.08") is None
    take(kronoberg, sent(kalmar_book))
    assert len(foreign(kronoberg)) == 2


def test_what_was_deleted_here_is_not_made_again(kalmar_book: Book, kronoberg: Book) -> None:
    data = sent(kalmar_book)
    take(kronoberg, data)
    question, before = foreign(kronoberg)["Vem bekostar belysningen?"], kronoberg.version
    kronoberg.delete(question)
    for _ in range(2):
        done = take(kronoberg, data)
        assert (str(done), done.batch) == ("created 0, updated 0, unchanged 3, rejected 0", None)
        assert [str(note) for note in done.notes] == [
            f"1 topic was deleted here, and is not made again: {question.id}; undo that to have it"
        ]
    assert kronoberg.version == before + 1
    kronoberg.undo()
    assert take(kronoberg, data).notes == []
    assert len(foreign(kronoberg)) == 2
    kronoberg.delete(question.id)
    kronoberg.undo()
    kronoberg.undo(before)  # the import: as if it had never come
    assert not foreign(kronoberg)
    assert take(kronoberg, data).created == 3


def test_a_link_to_what_is_not_taken_changes_nothing_the_second_time(
    kalmar_book: Book, kronoberg: Book
) -> None:
    def name_somebody(doc: Any) -> None:
        next(one for one in doc["topics"] if one["kind"] == "example")["text"] = "Ring Gunilla Svensson"

    data = forged(sent(kalmar_book), name_somebody)
    assert str(take(kronoberg, data)) == "created 2, updated 0, unchanged 0, rejected 1"
    again = take(kronoberg, data)
    assert (str(again), again.batch) == ("created 0, updated 0, unchanged 2, rejected 1", None)
    take(kronoberg, sent(kalmar_book))
    kronoberg.undo()
    assert take(kronoberg, data).batch is None


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda doc: doc["topics"][0].update(raised_by=["0881 Gunilla Svensson"]), "raised_by"),
        (lambda doc: doc["statistics"].update(rows=[
            {"measure": "trained", "row": None, "column": "0881 Gunilla Svensson", "n": 7}]), "statistics"),
    ],
)  # fmt: skip
def test_a_person_in_the_place_of_a_municipality_is_refused(
    kalmar_book: Book, kronoberg: Book, change: Callable[[Any], object], where: str
) -> None:
    (refused,) = take(kronoberg, forged(sent(kalmar_book), change)).rejected
    assert refused.reason.startswith(f"{where}: it holds what looks like a person's name")
    assert "Gunilla" not in refused.reason


def test_what_is_nested_too_deep_to_be_summed_is_no_bundle(kronoberg: Book) -> None:
    deep = b'{"schema": "kontaktnat-bundle/1", "x": ' + b"[" * 1000 + b"]" * 1000 + b"}"
    with pytest.raises(Invalid, match="checksum"):
        take(kronoberg, deep)


def test_ones_own_bundle_changes_nothing(kalmar_book: Book) -> None:
    data = sent(kalmar_book, topics="all")
    kalmar_book.delete(next(one for one in kalmar_book.topics.all() if one.title == "Mörka gångvägar"))
    before = kalmar_book.version
    done = take(kalmar_book, data)
    assert str(done) == "created 0, updated 0, unchanged 4, rejected 0"
    assert "3 topics are your own county's" in done.notes[0]
    assert kalmar_book.version == before


def test_a_newer_bundle_updates_what_was_not_touched(
    kalmar_book: Book, kronoberg: Book, clock: FixedClock
) -> None:
    take(kronoberg, sent(kalmar_book))
    vaxjo = kronoberg.add(Actor(name="Växjö kommun", kind="municipality", place="0780"))
    mine = foreign(kronoberg)["Trygghetsvandring"]
    kronoberg.take_up(mine.id, [vaxjo])
    kronoberg.update(mine.id, tags=["prova"], text="Vi går på fredagar")
    clock.move(days=30)
    theirs = next(one for one in kalmar_book.topics.all() if one.title == "Trygghetsvandring")
    kalmar_book.update(theirs, text="Gå runt, två och två", source="Borås stad")
    done = take(kronoberg, sent(kalmar_book))
    assert (done.created, done.updated) == (0, 2)  # and the county, which sent on another day
    assert [str(note) for note in done.notes] == [
        f"kept as it was changed here: text of Trygghetsvandring ({mine.id}); Kalmar län says something "
        "else now"
    ]
    now = foreign(kronoberg)["Trygghetsvandring"]
    assert (now.text, now.source, now.tags) == ("Vi går på fredagar", "Borås stad", ("prova",))
    assert [one.actor for one in now.uptake] == [vaxjo.id]
    origin = origin_of(now)
    assert origin is not None
    assert origin.made_on == "2026-12-12"
    assert str(take(kronoberg, sent(kalmar_book))) == "created 0, updated 0, unchanged 3, rejected 0"


def test_an_older_bundle_takes_nothing_back(kalmar_book: Book, kronoberg: Book, clock: FixedClock) -> None:
    old = sent(kalmar_book)
    clock.move(days=10)
    theirs = next(one for one in kalmar_book.topics.all() if one.title == "Trygghetsvandring")
    kalmar_book.update(theirs, text="Nytt")
    kalmar_book.add(Topic(title="Ett till", shared=True))
    take(kronoberg, sent(kalmar_book))
    before = kronoberg.version
    assert str(take(kronoberg, old)) == "created 0, updated 0, unchanged 3, rejected 0"
    assert kronoberg.version == before


def test_what_is_withdrawn_is_told_and_marked_not_deleted(
    kalmar_book: Book, kronoberg: Book, clock: FixedClock
) -> None:
    take(kronoberg, sent(kalmar_book))
    clock.move(days=1)
    theirs = next(one for one in kalmar_book.topics.all() if one.title == "Trygghetsvandring")
    kalmar_book.update(theirs, shared=False)
    data = sent(kalmar_book)
    done = take(kronoberg, data)
    mine = foreign(kronoberg)["Trygghetsvandring"]
    assert [str(note) for note in done.notes] == [
        f"Kalmar län no longer sends Trygghetsvandring ({mine.id}); it stays here, marked: see if it holds"
    ]
    assert [row["state"] for row in kronoberg.view("examples").rows] == ["withdrawn"]
    again = take(kronoberg, data)
    assert (again.notes, again.batch) == ([], None)
    clock.move(days=1)
    kalmar_book.update(theirs.id, shared=True)
    take(kronoberg, sent(kalmar_book))
    assert [row["state"] for row in kronoberg.view("examples").rows] == ["current"]


def test_a_bundle_of_one_kind_withdraws_nothing_of_another(kalmar_book: Book, kronoberg: Book) -> None:
    take(kronoberg, sent(kalmar_book))
    assert take(kronoberg, sent(kalmar_book, kinds="question")).notes == []


def test_passed_on_it_keeps_its_origin(kalmar_book: Book, kronoberg: Book, open_book: Opened) -> None:
    blekinge = county_book(open_book, "10", by="cia")
    take(kronoberg, sent(kalmar_book))
    assert json.loads(sent(kronoberg))["topics"] == []
    assert "no topic is marked as shared" in told(kronoberg)[0]
    for one in foreign(kronoberg).values():
        kronoberg.update(one, shared=True)
    take(blekinge, sent(kronoberg))
    direct = {title: origin_of(one) for title, one in foreign(kronoberg).items()}
    passed = {title: origin_of(one) for title, one in foreign(blekinge).items()}
    assert {one.id for one in foreign(blekinge).values()} == {one.id for one in foreign(kronoberg).values()}
    for title, origin in passed.items():
        assert origin is not None
        assert (origin.county, origin.via) == ("08", "07")
        assert origin == kontaktnat_evolve(direct[title], via="07")
    # From its own county it is the same, and what came round is its own county's again.
    assert str(take(blekinge, sent(kalmar_book))) == "created 1, updated 0, unchanged 2, rejected 0"
    round_trip = take(kalmar_book, sent(kronoberg))
    assert (round_trip.created, round_trip.unchanged) == (1, 2)  # Kronoberg's statistics alone
    assert not foreign(kalmar_book)


def kontaktnat_evolve(origin: Any, **changes: Any) -> Any:
    from attrs import evolve

    return evolve(origin, **changes)


def test_what_was_changed_is_not_passed_on_in_its_countys_name(kalmar_book: Book, kronoberg: Book) -> None:
    take(kronoberg, sent(kalmar_book))
    mine = foreign(kronoberg)["Trygghetsvandring"]
    kronoberg.update(mine, shared=True, text="Vår egen version")
    assert json.loads(sent(kronoberg))["topics"] == []
    assert "which is Kalmar län's and was changed here" in told(kronoberg)[0]


def test_none_of_it_is_told_as_our_own(kalmar_book: Book, kronoberg: Book) -> None:
    kalmar_book.update(next(one for one in kalmar_book.topics.all() if one.kind == "example"),
                       review_due="2026-11-01")  # fmt: skip
    names = ("today", "lifted", "shared-problems", "statistics", "bra-report", "growth", "support", "silence")
    before = {name: kronoberg.view(name).rows for name in names}
    take(kronoberg, sent(kalmar_book, topics="all", year="2026"))
    assert {name: kronoberg.view(name).rows for name in names} == before
    assert [row["problem"] for row in kronoberg.view("shared-problems", least=0).rows] == ["Vårt eget"]
    (row,) = kronoberg.view("examples").rows
    assert (row["title"], row["from"], row["uptake"]) == ("Trygghetsvandring", "Kalmar län", 0)


def test_beside_our_own_it_says_whose_it_is(kalmar_book: Book, kronoberg: Book) -> None:
    kalmar_book.add(Topic(kind="proposal", title="Fler lampor", shared=True))
    take(kronoberg, sent(kalmar_book))
    vaxjo = kronoberg.add(Actor(name="Växjö kommun", kind="municipality", place="0780"))
    (own,) = (one for one in kronoberg.topics.all() if one.title == "Vårt eget")
    kronoberg.update(own, raised_by=[vaxjo.id])
    lamps, walk = foreign(kronoberg)["Fler lampor"], foreign(kronoberg)["Trygghetsvandring"]
    kronoberg.link_topics(lamps.id, "addresses", own.id)
    (row,) = kronoberg.view("shared-problems", least=1).rows
    assert row["proposals"] == "Fler lampor (Kalmar län)"
    meeting = kronoberg.add(Interaction(kind="network_meeting", when="2026-11-10", topics=[own.id, walk.id]))
    minutes = io.BytesIO()
    kronoberg.export_to(minutes, "minutes", options={"meeting": meeting.id})
    text = minutes.getvalue().decode()
    assert "proposed: Fler lampor (Kalmar län)" in text
    assert "Trygghetsvandring (Kalmar län)" in text
    assert "Vårt eget (" not in text.replace("Vårt eget (raised by", "")


def test_one_of_a_day_to_come_is_not_the_newest_for_ever(
    kalmar_book: Book, kronoberg: Book, clock: FixedClock
) -> None:
    take(kronoberg, sent(kalmar_book))
    theirs = next(one for one in kalmar_book.topics.all() if one.title == "Trygghetsvandring")
    kalmar_book.update(theirs, shared=False)
    wrong = forged(sent(kalmar_book), lambda doc: doc.update(made_on="2062-11-12"))
    (refused,) = take(kronoberg, wrong).rejected
    assert refused.reason == "made_on: 2062-11-12 is still to come; is the clock right, here and there?"
    clock.move(days=1)
    assert len(take(kronoberg, sent(kalmar_book)).notes) == 1


def test_two_that_take_it_at_once(kalmar_book: Book, tmp_path: Path) -> None:
    data = sent(kalmar_book)
    with kontaktnat.open(tmp_path / "b.kn", mode="create", by="bo", plugins=[]) as book:
        book.set("county", "07")
    with (
        kontaktnat.open(tmp_path / "b.kn", by="bo", plugins=[]) as one,
        kontaktnat.open(tmp_path / "b.kn", by="bo", plugins=[]) as other,
    ):

        def at_once() -> None:
            with one.transaction("both"):
                take(one, data)
                take(other, data)

        with pytest.raises(Conflict, match="was set by somebody else meanwhile; do it again"):
            at_once()
        assert take(one, data).batch is None
        assert len(foreign(one)) == 2


def test_an_older_bundle_of_the_same_day_withdraws_nothing(kalmar_book: Book, kronoberg: Book) -> None:
    earlier = sent(kalmar_book)
    kalmar_book.add(Topic(title="Ett till", shared=True))
    take(kronoberg, sent(kalmar_book))
    done = take(kronoberg, earlier)
    assert (done.updated, done.notes, done.batch) == (0, [], None)


def test_it_is_used_here_but_not_lifted_or_answered(kalmar_book: Book, kronoberg: Book) -> None:
    take(kronoberg, sent(kalmar_book))
    question, walk = foreign(kronoberg)["Vem bekostar belysningen?"], foreign(kronoberg)["Trygghetsvandring"]
    vaxjo = kronoberg.add(Actor(name="Växjö kommun", kind="municipality", place="0780"))
    kronoberg.spread(walk.id, [vaxjo])
    own = kronoberg.add(Topic(kind="question", title="Vem betalar?", raised_by=[vaxjo.id]))
    kronoberg.link_topics(own.id, "duplicates", question.id)
    for act in (kronoberg.lift, kronoberg.bring_home, lambda id: kronoberg.answer(id, "Vi")):
        with pytest.raises(Refused, match="another county's"):
            act(question.id)
    assert kronoberg.close_topic(question.id).status == "closed"
    assert take(kronoberg, sent(kalmar_book)).updated == 0


def test_it_is_not_merged_with_one_of_ours(kalmar_book: Book, kronoberg: Book) -> None:
    take(kronoberg, sent(kalmar_book))
    walk = foreign(kronoberg)["Trygghetsvandring"]
    own = kronoberg.add(Topic(kind="example", title="Trygghetsvandring"))
    for keep, other in ((own.id, walk.id), (walk.id, own.id)):
        with pytest.raises(Refused, match="topic link"):
            kronoberg.merge(keep, other)


def test_statistics_stand_beside_ours(kalmar_book: Book, kronoberg: Book, clock: FixedClock) -> None:
    kalmar_book.add(Interaction(kind="training", when="2025-04-01", participants=[]))
    take(kronoberg, sent(kalmar_book))
    kronoberg.add(Interaction(kind="training", when="2025-05-01"))
    table = kronoberg.view("counties", measure="meetings_by_month")
    assert [(row["county"], row["row_id"], row["n"], row["until"]) for row in table.rows] == [
        ("Kronobergs län", "training", 1, "2025-12-31"), ("Kalmar län", "training", 1, "2025-12-31"),
        ("Kronobergs län", None, 1, "2025-12-31"), ("Kalmar län", None, 1, "2025-12-31"),
    ]  # fmt: skip
    months = kronoberg.view("counties", measure="meetings_by_month", places="yes")
    assert ("2025-04", "Kalmar län", 1) in [(row["column"], row["county"], row["n"]) for row in months.rows]
    # A later bundle without them, or of another year, leaves them.
    clock.move(days=1)
    take(kronoberg, sent(kalmar_book, year="no"))
    take(kronoberg, sent(kalmar_book, year="2026"))
    assert {row["year"] for row in kronoberg.view("counties").rows} == {2025, 2026}
    assert len(kronoberg.view("counties", year=2025, measure="meetings_by_month").rows) == 4
    with pytest.raises(Invalid):
        kronoberg.view("counties", year=2027)


# What is no bundle, or no longer one


def _put(path: str, value: Any) -> Callable[[Any], object]:
    """Sets what stands at `topics.0.note` of a document."""

    def change(doc: Any) -> None:
        *way, last = path.split(".")
        for step in way:
            doc = doc[int(step) if step.isdecimal() else step]
        doc[last] = value

    return change


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("contact", "Eva Ek"), ("topics.0.note", "Eva Ek"), ("topics.0.contacts", []), ("by", "anna"),
        ("topics.0.raised_by", ["Eva Ek"]), ("topics.0.raised_by", [{"name": "Eva Ek"}]),
        ("topics.0.id", "eva-ek"), ("topics.0.kind", "person"), ("topics.0.rev", "1"),
        ("topics.0.status", "returned"), ("topics.0.raised_on", "igår"), ("topics.0.title", " "),
        ("topics.0.evidence", "Eva Ek"), ("topics.0.text", ["Eva Ek"]), ("topics.0.county", "99"),
        ("topics.0.links", [{"kind": "addresses", "topic": "vx0p0001", "contact": "Eva Ek"}]),
        ("statistics.rows.0.who", "Eva Ek"), ("statistics.rows.0.row", "Eva Ek"),
        ("statistics.rows.0.n", -1), ("statistics.rows.0.column", "Eva Ek"), ("statistics.year", True),
        ("count", 3), ("county", "Kalmar"), ("authority", "Eva Ek"), ("made_on", "2026-11"), ("topics", {}),
        ("statistics", []), ("kinds", ["person"]),
    ],
)  # fmt: skip
def test_a_field_that_does_not_belong_there_is_refused_whole(
    kalmar_book: Book, kronoberg: Book, path: str, value: Any
) -> None:
    data = forged(sent(kalmar_book), _put(path, value))
    before = kronoberg.version
    with pytest.raises(Invalid) as raised:
        take(kronoberg, data)
    line = str(raised.value)
    assert path.rpartition(".")[2] in line.partition(": ")[0]
    assert "\n" not in line
    assert "Eva Ek" not in line
    assert kronoberg.version == before


@pytest.mark.parametrize("text", ["maj@ort.example", "Ring 070-174 06 05", "Gunilla Svensson", "850101-9809"])
def test_a_person_slipped_into_a_text_is_rejected_and_lies_nowhere(
    kalmar_book: Book, kronoberg: Book, text: str
) -> None:
    data = forged(sent(kalmar_book), _put("topics.0.text", text))
    done = take(kronoberg, data)
    assert (done.created, len(done.rejected)) == (2, 1)
    assert "text: it holds" in str(done.rejected[0].reason)
    assert text not in inside([done.rejected, *kronoberg.topics.all(), *kronoberg.history()])


def test_the_same_topic_twice_or_a_field_left_out(kalmar_book: Book) -> None:
    data = sent(kalmar_book)
    with pytest.raises(Invalid, match="twice"):
        parsed(forged(data, lambda doc: doc["topics"].append(doc["topics"][0])))
    with pytest.raises(Invalid, match=r"topics\[0\].rev: missing"):
        parsed(forged(data, lambda doc: doc["topics"][0].pop("rev")))


def test_another_checksum_a_cut_file_a_newer_schema(kalmar_book: Book, kronoberg: Book) -> None:
    data = sent(kalmar_book)
    for bad, error, what in (
        (data.replace("Gå runt".encode(), "Gå hem".encode()), Invalid, "checksum does not fit"),
        (data[: len(data) // 2], Invalid, "cut off"),
        (data.replace(b"kontaktnat-bundle/1", b"kontaktnat-bundle/2"), Refused, "upgrade kontaktnat"),
    ):
        with pytest.raises(error, match=what):
            take(kronoberg, bad)
    with pytest.raises(Invalid, match="no bundle"):
        kronoberg.import_from(io.BytesIO(b'{"schema": "kontaktnat/1", "records": []}'), format="bundle")
    assert kronoberg.version == 2


def test_a_word_that_nobody_here_knows_is_left_out(kalmar_book: Book, kronoberg: Book) -> None:
    data = forged(sent(kalmar_book), lambda doc: [one.update(evidence="fyrk_x") for one in doc["topics"]])
    assert take(kronoberg, data).rejected == []
    assert {one.evidence for one in foreign(kronoberg).values()} == {""}
    assert str(take(kronoberg, data)) == "created 0, updated 0, unchanged 3, rejected 0"


def test_many_topics_take_time_in_proportion(open_book: Opened) -> None:
    book, other = county_book(open_book, "08"), county_book(open_book, "07")
    with book.transaction("many"):
        for n in range(3000):
            book.add(Topic(title=f"Ämne nummer {n}", shared=True, text="Trygghet i centrum"))
            book.add(Contact(name=f"Person{n} Efternamn{n}"))
    data = sent(book, year="no")
    assert take(other, data).created == 3001
    assert take(other, data).unchanged == 3001


# At the prompt


@pytest.fixture
def two(kalmar: RunCli, tmp_path: Path, run_cli: RunCli) -> RunCli:
    """`kalmar`'s command line has an example to share; runs commands on another county's book."""
    kalmar("topic", "add", "Trygghetsvandring", "--kind", "example", "--source", "Borås",
           "--on", "2026-05-02", "--raised-by", "nybro")  # fmt: skip
    kalmar("set", "trygghetsvandring", "shared=yes")

    def run(*words: str) -> Any:
        return run_cli("-b", str(tmp_path / "kronoberg.kn"), "--by", "bo", *words)

    assert run("init").code == 0
    return run


def test_export_and_import_at_the_prompt(kalmar: RunCli, two: RunCli, tmp_path: Path) -> None:
    file = str(tmp_path / "kalmar.knbundle")
    kalmar("topic", "add", "Fråga Eva Ek om lampor", "--kind", "question")
    kalmar("set", "lampor", "shared=yes")
    ran = kalmar("export", "bundle", "-O", file)
    assert (ran.code, ran.out) == (0, "")
    left_out, said = ran.err.splitlines()
    assert left_out.startswith("left out: Fråga Eva Ek om lampor (")
    assert said == "a bundle of Länsstyrelsen i Kalmar län: 1 topic, statistics of 2025; it names no person"
    in_swedish = kalmar("--lang", "sv", "export", "bundle", "-O", file).err.splitlines()
    assert in_swedish[0].startswith("utelämnat: Fråga Eva Ek om lampor (")
    assert in_swedish[1].startswith("en sändning från Länsstyrelsen i Kalmar län: 1 ämne")
    ran = two("import", file)
    assert ran.code == 0, ran
    assert ran.last == "created 2, updated 0, unchanged 0, rejected 0"
    assert two("import", file).last == "created 0, updated 0, unchanged 2, rejected 0"
    shown = two("show", "trygghetsvandring").out
    assert "Länsstyrelsen i Kalmar län, bundle of 20" in shown
    assert "Nybro kommun" in shown
    assert "Kalmar län" in two("list", "topics").out
    assert "Kalmar län" in two("view", "examples").out
    (record,) = two("list", "topics", "-o", "json").records()
    assert record["extra"]["origin.county"] == "08"
    assert two("today").out == "nothing to show\n"
    assert two("check").code == 0
    two("undo")
    assert two("list", "topics").out == "nothing to show\n"


def test_a_bundle_is_known_whatever_it_is_called(kalmar: RunCli, two: RunCli, tmp_path: Path) -> None:
    file = tmp_path / "mottaget.json"
    kalmar("export", "bundle", "-O", str(file))
    assert two("import", str(file), "--dry-run").last == "created 2, updated 0, unchanged 0, rejected 0"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert two("import", str(file)).last == "created 2, updated 0, unchanged 0, rejected 0"


def test_bad_bundles_at_the_prompt_are_one_line(kalmar: RunCli, two: RunCli, tmp_path: Path) -> None:
    file = tmp_path / "kalmar.knbundle"
    kalmar("export", "bundle", "-O", str(file))
    whole = file.read_bytes()
    for data, code in ((whole[:400], 5), (whole.replace(b"bundle/1", b"bundle/9"), 6),
                       (whole.replace("Borås".encode(), b"Malm"), 5), (b"", 5), (b"hej", 5)):  # fmt: skip
        file.write_bytes(data)
        ran = two("import", str(file))
        assert ran.code == code, ran
        assert ran.err.count("\n") == 1, ran


# The contracts


class TestBundleOut(ExporterContract):
    name = "bundle"
    options: ClassVar[Mapping[str, str]] = {"county": "08", "topics": "all"}

    def check(self, data: bytes) -> None:
        assert parsed(data)["county"] == "08"


class TestBundleIn(ImporterContract):
    name = "bundle"

    def sample(self) -> bytes:
        with kontaktnat.open("memory:", by="anna", plugins=[], clock=FixedClock()) as book:
            book.set("county", "08")
            walk = book.add(
                Topic(id=TopicId(id_for("walk")), title="Trygghetsvandring", kind="example", shared=True)
            )
            links = [TopicLink(kind="illustrates", topic=walk.id)]
            book.add(Topic(id=TopicId(id_for("dark")), title="Mörka gångvägar", shared=True, links=links))
            return sent(book)


def test_the_counties_are_those_of_the_plugin_that_lists_them() -> None:
    data = Path(__file__).parents[2] / "plugins/kontaktnat-sweden/src/kontaktnat_sweden/data/counties.csv"
    rows = [line.split(";") for line in data.read_text("utf-8").splitlines()[1:]]
    assert {code: name for code, _, name, *_ in rows} == dict(COUNTIES)
