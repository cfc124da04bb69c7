"""What the views of topics show, worked out by hand. Today is 12 November 2026."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from kontaktnat import Actor, Book, Invalid, Reach, Topic
from kontaktnat.views.topics import topics_due

Day = Mapping[str, Any]


@pytest.fixture
def who(book: Book) -> Callable[[str], Any]:
    """An actor's id by its name; made when first asked for."""

    def find(name: str) -> Any:
        found = book.actors.where(name=name) or [book.add(Actor(name=name, kind="municipality"))]
        return found[0].id

    return find


def table(book: Any, name: str, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view(name, **params).rows]


# Lifted


@pytest.fixture
def lifted(book: Book, who: Any) -> Book:
    """One topic in each state, and two that are in none."""
    kalmar, nybro, oland = who("Kalmar kommun"), who("Nybro kommun"), who("Ölands kommun")

    def made(title: str, kind: str = "question", *asking: Any) -> str:
        topic = Topic(kind=kind, title=title, raised_by=asking, raised_on="2026-01-01")
        return book.raise_topic(topic).id

    made("Att lyfta", "question", kalmar)
    book.lift(made("Väntar", "proposal", oland, kalmar), on="2026-09-14")  # 59 days
    book.lift(made("Försenad", "problem", nybro), on="2026-09-13", to="Brå")  # 60 days
    book.lift(made("Sedan länge", "problem", nybro), on="2026-01")  # since 31 January: 285 days
    fresh = made("Att återföra", "question", nybro, kalmar)
    book.answer(fresh, "Ja", on="2026-10-30")  # 13 days
    book.bring_home(fresh, [kalmar], on="2026-10-31")
    late = made("Inte återförd", "question", oland, nybro)
    book.lift(late, on="2026-10-01")
    book.answer(late, "Nej", on="2026-10-29")  # 14 days
    for title, last in (("Återförd", False), ("Stängd", True)):
        home = made(title, "question", nybro)
        book.lift(home, on="2026-05-01")
        book.answer(home, "Ja", on="2026-06-01")
        book.bring_home(home, on="2026-06-10")
        if last:
            book.close_topic(home, on="2026-06-11")
    nobodys = made("Stängd utan att lyftas")
    book.answer(nobodys, "Ja", on="2026-06-01")
    book.close_topic(nobodys)
    made("Bara ett problem", "problem", nybro)
    return book


def test_where_everything_stands_the_worst_first(lifted: Book) -> None:
    national = "nationella nätverket"
    expected = [
        # topic, raised by, lifted on, to, days, state, answered on, left
        ("Sedan länge", "Nybro kommun", "2026-01", national, 285, "overdue", None, "Nybro kommun"),
        ("Försenad", "Nybro kommun", "2026-09-13", "Brå", 60, "overdue", None, "Nybro kommun"),
        ("Inte återförd", "Nybro kommun, Ölands kommun", "2026-10-01", national, 14, "unreturned",
         "2026-10-29", "Nybro kommun, Ölands kommun"),
        ("Att återföra", "Kalmar kommun, Nybro kommun", None, "", 13, "to_return", "2026-10-30",
         "Nybro kommun"),
        ("Väntar", "Kalmar kommun, Ölands kommun", "2026-09-14", national, 59, "waiting", None,
         "Kalmar kommun, Ölands kommun"),
        ("Att lyfta", "Kalmar kommun", None, "", None, "to_lift", None, "Kalmar kommun"),
        ("Återförd", "Nybro kommun", "2026-05-01", national, None, "returned", "2026-06-01", ""),
        ("Stängd", "Nybro kommun", "2026-05-01", national, None, "closed", "2026-06-01", ""),
    ]  # fmt: skip
    keys = ("topic", "raised_by", "lifted_on", "lifted_to", "days", "state", "answered_on", "left")
    assert table(lifted, "lifted", *keys) == expected
    ids = {row["id"] for row in lifted.view("lifted").rows}
    assert ids == {one.id for one in lifted.topics.all() if one.title in {row[0] for row in expected}}


@pytest.mark.parametrize(
    ("params", "overdue", "unreturned"),
    [
        ({"answer_days": 59}, {"Sedan länge", "Försenad", "Väntar"}, {"Inte återförd"}),
        ({"answer_days": "61", "return_days": 13}, {"Sedan länge"}, {"Inte återförd", "Att återföra"}),
        ({"return_days": 15}, {"Sedan länge", "Försenad"}, set()),
    ],
)
def test_the_limits_may_be_others(
    lifted: Book, params: dict[str, Any], overdue: set[str], unreturned: set[str]
) -> None:
    found = table(lifted, "lifted", "topic", "state", **params)
    assert {topic for topic, state in found if state == "overdue"} == overdue
    assert {topic for topic, state in found if state == "unreturned"} == unreturned


def test_the_limits_are_those_of_practice(lifted: Book) -> None:
    lifted.set("practice", {"answer_days": 300, "return_days": 300})
    assert not {state for (state,) in table(lifted, "lifted", "state")} & {"overdue", "unreturned"}
    with pytest.raises(Invalid, match="return_days"):
        lifted.view("lifted", return_days="snart")


def test_as_of_a_day_all_stand_where_they_stood(lifted: Book) -> None:
    then = lifted.as_of("2026-06-05")
    assert table(then, "lifted", "topic", "days", "state") == [
        ("Sedan länge", 125, "overdue"),  # 28 + 31 + 30 + 31 + 5
        ("Stängd", 4, "to_return"),
        ("Återförd", 4, "to_return"),
        ("Att lyfta", None, "to_lift"),
        ("Att återföra", None, "to_lift"),
        ("Inte återförd", None, "to_lift"),
        ("Stängd utan att lyftas", None, "returned"),  # nobody is named as having asked
    ]
    assert lifted.as_of("2025-12-31").view("lifted").rows == ()


def test_an_asker_that_was_succeeded_is_shown_as_its_successor(book: Book, who: Any) -> None:
    new, nybro, kalmar = who("Södra kommunen"), who("Nybro kommun"), who("Kalmar kommun")
    asked = book.raise_topic(
        Topic(kind="question", title="T", raised_by=[nybro, kalmar], raised_on="2026-01-01")
    )
    book.answer(asked, "Ja", on="2026-02-01")
    book.bring_home(asked.id, [nybro], on="2026-02-02")
    book.update(nybro, succeeded_by=new, succeeded_on="2026-03-01")
    assert table(book, "lifted", "raised_by", "left") == [("Kalmar kommun, Södra kommunen", "Kalmar kommun")]
    assert table(book.as_of("2026-02-15"), "lifted", "raised_by", "left") == [
        ("Kalmar kommun, Nybro kommun", "Kalmar kommun")
    ]
    book.update(kalmar, succeeded_by=new, succeeded_on="2026-03-01")
    assert table(book, "lifted", "raised_by", "left", "state") == [("Södra kommunen", "", "returned")]


# What is due


def test_what_topics_ask_of_us_today(lifted: Book, who: Any) -> None:
    for title, review in (("Snart", "2026-11-26"), ("Sent", "2026-11-27"), ("Månaden", "2026-11")):
        lifted.raise_topic(Topic(kind="example", title=title, review_due=review, raised_by=[who("Brå")]))
    gone = lifted.raise_topic(Topic(kind="example", title="Borta", review_due="2026-01-01"))
    lifted.close_topic(gone)
    keys = ("due", "state", "what", "side", "who", "type")
    found = sorted(tuple(row[key] for key in keys) for row in topics_due(lifted, 14))
    assert found == [
        # 31 January and 60 days
        ("2026-04-01", "overdue", "Remind of an answer: Sedan länge", "they", "nationella nätverket",
         "topic"),
        ("2026-11-12", "today", "Remind of an answer: Försenad", "they", "Brå", "topic"),
        ("2026-11-12", "today", "Return the answer: Inte återförd", "we", "Nybro kommun, Ölands kommun",
         "topic"),
        ("2026-11-13", "coming", "Return the answer: Att återföra", "we", "Nybro kommun", "topic"),
        ("2026-11-26", "coming", "Look at the example anew: Snart", "we", "Brå", "topic"),
        ("2026-11-30", "coming", "Look at the example anew: Månaden", "we", "Brå", "topic"),
    ][:5]  # fmt: skip
    assert len(list(topics_due(lifted, 18))) == 7
    assert {row["id"] for row in topics_due(lifted)} <= {one.id for one in lifted.topics.all()}
    undated = lifted.add(Topic(title="Odaterad", status="answered", answer="Ja", raised_by=[who("Brå")]))
    assert [(row["due"], row["state"]) for row in topics_due(lifted) if row["id"] == undated.id] == [
        (None, "undated")
    ]


# Good examples


def test_good_examples_with_whom_they_reached(book: Book, who: Any) -> None:
    add = lambda title, on, **fields: book.raise_topic(  # noqa: E731
        Topic(kind="example", title=title, raised_on=on, **fields)
    )
    walk = add("Trygghetsvandring", "2025-03-01", source="Borås", evidence="followed_up")
    old = add("Ängslyktor", "2024-11-12", evidence="experience")
    add("Ålderdomlig", "2020-01-01", review_due="2026-11-13")
    closed = add("Övergiven", "2020-01-01")
    book.close_topic(closed)
    nybro, oland = who("Nybro kommun"), who("Ölands kommun")
    book.spread(walk, [oland, nybro], on="2026-02-01")
    book.take_up(walk.id, [nybro], on="2026-05-01")
    book.add(Topic(kind="example", title="Utan allt"))
    keys = ("title", "source", "evidence", "spread", "spread_to", "uptake", "taken_up_by", "review_due",
            "state", "id")  # fmt: skip
    found = table(book, "examples", *keys)
    assert found[0] == ("Ängslyktor", "", "experience", 0, "", 0, "", "2026-11-12", "review_due", old.id)
    assert found[1] == ("Trygghetsvandring", "Borås", "followed_up", 2, "Nybro kommun, Ölands kommun", 1,
                        "Nybro kommun", "2027-03-01", "current", walk.id)  # fmt: skip
    assert [row[0] for row in found[2:]] == ["Utan allt", "Ålderdomlig"]
    assert [row[7] for row in found[2:]] == [None, "2026-11-13"]
    then = book.as_of("2026-03-01")
    assert table(then, "examples", "title", "spread", "uptake", "state")[1:] == [
        ("Trygghetsvandring", 2, 0, "current"),
        ("Utan allt", 0, 0, "current"),
        ("Ålderdomlig", 0, 0, "current"),
        ("Ängslyktor", 0, 0, "current"),
    ]


def test_one_that_heard_of_it_twice_counts_once(book: Book, who: Any) -> None:
    reached = [Reach(actor=who("Nybro kommun"), date=day) for day in ("2025-01-01", "2026-01-01")]
    book.add(Topic(kind="example", title="T", spread=reached, raised_on="2024"))
    assert table(book, "examples", "spread", "spread_to", "review_due", "state") == [
        (1, "Nybro kommun", "2026", "current")
    ]


# Shared problems


def test_problems_that_municipalities_share(book: Book) -> None:
    add = lambda name, kind, place="": book.add(Actor(name=name, kind=kind, place=place)).id  # noqa: E731
    nybro, kalmar = add("Nybro kommun", "municipality", "0881"), add("Kalmar kommun", "municipality", "0880")
    oland = add("Ölands kommun", "municipality", "0885")
    school = add("Nybro skola", "school", "0881")
    club = add("Emmaboda IF", "association", "0862")  # of a municipality that is not in the book
    bra = add("Brå", "state_agency")

    def problem(title: str, on: str | None, *by: Any, **fields: Any) -> Topic:
        return book.add(Topic(title=title, raised_on=on, raised_by=by, **fields))

    dark = problem("Mörka skolgårdar", "2026-03-01", nybro)
    gloom = problem("Dunkla gårdar", "2026-02-01", kalmar, bra)
    third = problem("Svagt ljus", None, oland, school)
    book.link_topics(dark, "duplicates", gloom)
    book.link_topics(third, "duplicates", dark.id)
    theft = problem("Cykelstölder", "2026-04", school, club, status="lifted")
    problem("Bara i Nybro", "2026-01-01", nybro, school, bra)
    single = problem("Bara i Kalmar", "2026-01-01", kalmar)
    book.link_topics(single, "addresses", dark.id)  # no duplicate: they stay two
    book.add(Topic(kind="question", title="En fråga", raised_by=[nybro, kalmar]))
    for title, against in (("Åtta lampor", dark), ("Fler lampor", gloom), ("Lås", theft)):
        proposal = book.raise_topic(Topic(kind="proposal", title=title))
        book.link_topics(proposal, "addresses", against.id)
    book.link_topics(book.raise_topic(Topic(kind="proposal", title="Annat")), "illustrates", theft.id)

    expected = [
        # problem, municipalities, n, status, proposals, since, id
        ("Dunkla gårdar", "Kalmar kommun, Nybro kommun, Ölands kommun", 3, "open",
         "Fler lampor; Åtta lampor", "2026-02-01", gloom.id),
        ("Cykelstölder", "0862, Nybro kommun", 2, "lifted", "Lås", "2026-04", theft.id),
    ]  # fmt: skip
    keys = ("problem", "municipalities", "n", "status", "proposals", "since", "id")
    assert table(book, "shared-problems", *keys) == expected
    assert table(book, "shared-problems", *keys, least="3") == expected[:1]
    assert len(table(book, "shared-problems", "n", least=1)) == 4
    # In February the one that joins the two others had not been raised, and one of them is of two by itself.
    assert table(book.as_of("2026-02-28"), "shared-problems", "problem", "n") == [("Svagt ljus", 2)]
    assert table(book.as_of("2026-03-31"), "shared-problems", "problem", "n") == [("Dunkla gårdar", 3)]


def test_municipalities_that_became_one_count_once(book: Book) -> None:
    new = book.add(Actor(name="Södra kommunen", kind="municipality", place="0899"))
    old = [
        book.add(Actor(name=name, kind="municipality", succeeded_by=new.id, succeeded_on="2026-06-01"))
        for name in ("Nybro kommun", "Emmaboda kommun")
    ]
    book.raise_topic(Topic(title="Mörkt", raised_by=[one.id for one in old], raised_on="2026-01-01"))
    assert table(book, "shared-problems", "problem") == []
    assert table(book, "shared-problems", "municipalities", least=1) == [("Södra kommunen",)]
    assert table(book.as_of("2026-05-31"), "shared-problems", "municipalities") == [
        ("Emmaboda kommun, Nybro kommun",)
    ]


# What each is


@pytest.mark.parametrize("name", ["lifted", "examples", "shared-problems"])
def test_each_view_says_what_it_shows(book: Book, name: str) -> None:
    view = book.plugins.find("register_views", name, "view")
    shown = book.view(name)
    assert view.definition == shown.definition
    assert (view.formula, view.source) != ("", "")
    assert shown.name == name
    assert view.title == shown.title
