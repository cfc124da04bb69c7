"""The view `commitments`, its reminders in `today` and its check: each rule with dates reckoned by hand.

Today is 2026-11-12, 13:00 in Stockholm.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kontaktnat import Actor, Book, Commitment, Contact, Role, hookimpl
from kontaktnat.extend import Fact, Vocabulary, Word
from kontaktnat.i18n import in_language
from kontaktnat.model import PartialDate
from kontaktnat.testing.injection import FixedClock
from kontaktnat.views.due import months_later, standing

PICTURE, PLAN, DEAL = "situation_picture", "action_plan", "agreement"


class Council:
    """A function that follows the council's term of office; the core has none."""

    @staticmethod
    @hookimpl
    def register_vocabularies() -> list[Vocabulary]:
        word = Word(id="council_chair", sv="fullmäktiges ordförande", en="council chair", elected="council")
        return [Vocabulary(name="function", words=(word,))]


@pytest.fixture
def book_plugins() -> Sequence[str | object]:
    return [Council]


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881", county="08"))


def bound(book: Book, kind: str, actor: Actor, **fields: Any) -> Commitment:
    return book.add(Commitment(kind=kind, actor=actor.id, **fields))


def rows(book: Any, *keys: str, **params: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view("commitments", **params).rows]


def one(book: Any, what: str, *keys: str, **params: str) -> Any:
    """Of the one row of a fact, by its English name."""
    (row,) = [row for row in book.view("commitments", **params).rows if row["what"] == what]
    return tuple(row[key] for key in keys or ("last", "due", "state"))


def states(book: Any, what: str, **params: str) -> list[str]:
    return [row["state"] for row in book.view("commitments", **params).rows if row["what"] == what]


# What the law asks for


def test_an_empty_book_has_what_the_law_asks_for_and_no_more(book: Book, nybro: Actor) -> None:
    table = book.view("commitments")
    assert [tuple(row.values()) for row in table.rows] == [
        ("Nybro kommun", PICTURE, "situation picture decided", None, None, None, "missing", "law",
         "lag (2023:196) 4 §", None),
        ("Nybro kommun", PLAN, "action plan decided", None, None, None, "missing", "law",
         "lag (2023:196) 5 §", None),
        ("Nybro kommun", "leadership", "term of office, council", None, "2026-10-15", "2030-10-15",
         "current", "law", "kommunallagen (2017:725) 5 kap. 9 §", None),
        ("Nybro kommun", "leadership", "term of office, executive board", None, "2023-01-01",
         "2027-01-01", "soon", "law", "kommunallagen (2017:725) 6 kap. 18 §", None),
        ("Nybro kommun", DEAL, "agreement", None, None, None, "missing", "work_for", "lag (2023:196) 9 §",
         None),
        ("Nybro kommun", "council", "strategic council", None, None, None, "missing", "work_for",
         "lag (2023:196) 10 §", None),
        ("Nybro kommun", "coordination", "coordination function", None, None, None, "missing", "law",
         "lag (2023:196) 11 §", None),
    ]  # fmt: skip
    assert table.notes == (
        "situation picture updated in time: 0 of 1 municipalities; of 1 it is not in the book",
        "action plan followed up in time: 0 of 1 municipalities; of 1 it is not in the book",
    )
    assert in_language(table.rows[1]["what"], "sv") == "åtgärdsplan beslutad"


def test_before_the_statute_nothing_is_missing(book: Book, nybro: Actor) -> None:
    assert rows(book.as_of("2023-06-30"), "kind", state="missing") == []
    assert rows(book.as_of("2023-07-01"), "kind", state="missing") == [
        (PICTURE,), (DEAL,), ("council",), ("coordination",)
    ]  # fmt: skip
    assert (PLAN,) not in rows(book.as_of("2024-06-30"), "kind", state="missing")
    assert (PLAN,) in rows(book.as_of("2024-07-01"), "kind", state="missing")


def test_what_a_commitment_is_to_contain_is_asked_of_one_that_is_there(book: Book, nybro: Actor) -> None:
    picture = bound(book, PICTURE, nybro, decided_on="2026-01-15", contents=["mapping"])
    assert rows(book, "what", "last", "due", "state", "id", kind=PICTURE) == [
        ("situation picture decided", "2026-01-15", None, "in_place", picture.id),
        ("situation picture updated", "2026-01-15", "2028-01-15", "current", picture.id),
        ("mapping in the picture", None, None, "in_place", picture.id),
        ("other information in the picture", None, None, "missing", picture.id),
        ("analysis in the picture", None, None, "missing", picture.id),
    ]


@pytest.mark.parametrize(
    ("last", "due", "state"),
    [
        ("2024-11-11", "2026-11-11", "overdue"),
        ("2024-11-12", "2026-11-12", "soon"),  # on the day itself it is not late
        ("2025-05-12", "2027-05-12", "soon"),  # six months ahead
        ("2025-05-13", "2027-05-13", "current"),
        ("2024-02-29", "2026-02-28", "overdue"),
        ("2024-10", "2026-10-01", "overdue"),  # its last day was 2026-10-31
        ("2024-11", "2026-11-01", "unclear"),  # 2026-11-30
        ("2024", "2026-01-01", "unclear"),  # 2026-12-31
        ("2023", "2025-01-01", "overdue"),
        ("2025", "2027-01-01", "soon"),
    ],
)
def test_at_least_every_second_year(book: Book, nybro: Actor, last: str, due: str, state: str) -> None:
    bound(book, PICTURE, nybro, decided_on="2022-01-01", updated_on=last)
    assert one(book, "situation picture updated") == (last, due, state)
    assert one(book, "situation picture updated", "basis", "source") == ("reading", "lag (2023:196) 6 §")


def test_the_latest_date_counts_and_none_to_come(book: Book, nybro: Actor) -> None:
    bound(book, PLAN, nybro, decided_on="2025-03-01", followed_up_on="2026-12-01")
    assert one(book, "action plan followed up") == ("2025-03-01", "2027-03-01", "soon")
    assert one(book.as_of("2026-12-01"), "action plan followed up") == ("2026-12-01", "2028-12-01", "current")
    assert states(book.as_of("2025-02-01"), "action plan decided") == ["missing"]  # it was not there yet


def test_of_two_pictures_the_newer_one_counts(book: Book, nybro: Actor) -> None:
    bound(book, PICTURE, nybro, decided_on="2022-05-01", contents=["analysis"])
    new = bound(book, PICTURE, nybro, decided_on="2026-05-01")
    assert rows(book, "id", "state", kind=PICTURE) == [
        (new.id, state) for state in ("in_place", "current", "missing", "missing", "missing")
    ]


def test_one_that_is_only_planned_is_not_in_place(book: Book, nybro: Actor) -> None:
    bound(book, "council", nybro, status="planned")
    assert one(book, "strategic council", "state") == ("missing",)


def test_the_notes_count_those_in_time(book: Book, nybro: Actor) -> None:
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality", place="0834"))
    book.add(Actor(name="Ånge kommun", kind="municipality", place="2260"))
    bound(book, PICTURE, nybro, decided_on="2026-01-01")
    bound(book, PICTURE, torsas, decided_on="2023-08-01")
    bound(book, PLAN, torsas, decided_on="2025-01-01")
    table = book.view("commitments", state="overdue")
    assert table.notes == (
        "situation picture updated in time: 1 of 3 municipalities; of 1 it is not in the book",
        "action plan followed up in time: 1 of 3 municipalities; of 2 it is not in the book",
    )
    assert [row["municipality"] for row in table.rows] == ["Torsås kommun"]
    assert book.view("commitments", kind="åtgärdsplan", actor="ånge").notes == (
        "action plan followed up in time: 0 of 1 municipalities; of 1 it is not in the book",
    )
    assert book.view("commitments", kind="lägesbild", actor="torsås").notes == (
        "situation picture updated in time: 0 of 1 municipalities",  # late, and not unknown
    )


def test_swedish_order_of_municipalities_and_then_the_facts(book: Book, nybro: Actor) -> None:
    for name in ("Ånge kommun", "Torsås kommun"):
        book.add(Actor(name=name, kind="municipality"))
    found = rows(book, "municipality", "kind", basis="verka för")
    assert found == [
        (name, kind)
        for name in ("Nybro kommun", "Torsås kommun", "Ånge kommun")
        for kind in (DEAL, "council")
    ]


def test_a_successor_has_what_its_predecessor_had(book: Book, nybro: Actor) -> None:
    old = book.add(Actor(name="Algutsrums kommun", kind="municipality"))
    plan = bound(book, PLAN, old, decided_on="2025-12-01")
    book.succeed(old, nybro, on="2026-01-01")
    assert rows(book, "municipality", "id", kind=PLAN, state="in_place") == [("Nybro kommun", plan.id)]
    assert rows(book, "id", kind=PLAN, actor="algutsrum", state="in_place") == [(plan.id,)]


# Custom


def test_custom_is_listed_only_where_there_is_such_a_thing(book: Book, nybro: Actor) -> None:
    assert "practice" not in {row["basis"] for row in book.view("commitments").rows}
    bound(book, "council", nybro, followed_up_on="2026-06-12")
    assert one(book, "the council's last meeting") == ("2026-06-12", "2026-12-12", "soon")
    book.set("practice", {"months": {"council_last_meeting": 4}})
    assert one(book, "the council's last meeting") == ("2026-06-12", "2026-10-12", "overdue")


def test_a_way_of_working_is_asked_about_each_year(book: Book, nybro: Actor) -> None:
    est = bound(book, "est", nybro, status="none", updated_on="2025-11-01")
    assert one(book, "EST") == ("2025-11-01", "2026-11-01", "overdue")
    est = book.update(est, updated_on=None)
    assert one(book, "EST") == (None, None, "unclear")
    book.update(est, status="")
    assert one(book, "EST") == (None, None, "missing")


def test_who_leads_is_confirmed_with_each_term(book: Book, nybro: Actor, clock: FixedClock) -> None:
    board = bound(book, "leadership", nybro, decided_by="kommunstyrelsen", updated_on="2022-12-31")
    assert one(book, "responsible board") == ("2022-12-31", "2027-01-01", "to_confirm")
    book.update(board, updated_on="2023-01-01")
    assert one(book, "responsible board") == ("2023-01-01", "2027-01-01", "soon")
    clock.move(days=50)  # 2027-01-01
    assert one(book, "responsible board") == ("2023-01-01", "2031-01-01", "to_confirm")


def test_a_promise_has_a_period(book: Book, nybro: Actor) -> None:
    promise = bound(book, "citizen_promise", nybro, valid_from="2026-01-01", valid_until="2026-12-31")
    assert one(book, "period of the citizen promise") == (None, "2026-12-31", "soon")
    promise = book.update(promise, valid_from="2025-01-01", valid_until="2025-12-31")
    assert one(book, "period of the citizen promise") == (None, "2025-12-31", "overdue")
    book.update(promise, valid_until="2025-11-11")  # more than a year ago
    assert states(book, "period of the citizen promise") == []


def test_a_grant_is_reported_twice(book: Book, nybro: Actor) -> None:
    bound(book, "bra_grant", nybro, status="granted", due_on="2026-08-31", valid_until="2027-02-15")
    assert one(book, "interim report of the grant") == (None, "2026-08-31", "overdue")
    assert one(book, "final report of the grant") == (None, "2027-02-15", "soon")


class Halls:
    """Something that a statute asks of associations."""

    name = "halls"

    @staticmethod
    @hookimpl
    def register_vocabularies() -> list[Vocabulary]:
        return [Vocabulary(name="commitment_kind", words=(Word(id="hall", sv="hall", en="hall"),))]

    @staticmethod
    @hookimpl
    def register_facts() -> list[Fact]:
        return [
            Fact(kind="hall", name="hall_plan", path="decided_on", sv="hallplan", en="hall plan", basis="law",
                 source="lag (2099:1)", since="2026-11-12", actor_kind="association"),
            Fact(kind="hall", name="hall_plan_tried", path="followed_up_on", sv="prövad",
                 en="hall plan tried", basis="reading", months=12, counts_from=("decided_on",),
                 actor_kind="association"),
        ]  # fmt: skip


@pytest.mark.parametrize("book_plugins", [[Halls]])
def test_a_plugin_may_ask_it_of_others_than_municipalities(book: Book, nybro: Actor) -> None:
    hall = book.add(Actor(name="Nybro IF", kind="association"))
    assert rows(book, "municipality", "what", "state", kind="hall") == [("Nybro IF", "hall plan", "missing")]
    assert rows(book.as_of("2026-11-11"), "what", kind="hall") == []
    bound(book, "hall", hall, decided_on="2026-11-12")
    bound(book, "hall", nybro, decided_on="2026-11-12")
    table = book.view("commitments", kind="hall")
    assert [(row["municipality"], row["what"], row["due"]) for row in table.rows] == [
        ("Nybro IF", "hall plan", None), ("Nybro IF", "hall plan tried", "2027-11-12")
    ]  # fmt: skip
    assert table.notes == ()
    assert {row["municipality"] for row in book.view("commitments", kind="leadership").rows} == {nybro.name}


# Agreements


@pytest.mark.parametrize(
    ("until", "notice", "years", "due", "state"),
    [
        ("2027-12-31", 6, 4, "2027-06-30", "current"),
        ("2027-05-31", 6, 4, "2026-11-30", "soon"),
        ("2027-05-12", 6, 4, "2026-11-12", "soon"),  # the day itself
        ("2027-05-11", 6, 4, "2030-11-11", "current"),  # it has passed: the next period's
        ("2022-12-31", 6, 4, "2030-06-30", "current"),  # runs to 2026-12-31 now, too late for that
        ("2022-12-31", None, 4, "2026-12-31", "soon"),
        ("2027-02-15", None, None, "2027-02-15", "soon"),
        ("2027-12-31", 6, None, "2027-06-30", "current"),
        ("2026-12-31", 6, None, "2026-12-31", "soon"),  # no more notice: the end
        ("2026-11-12", None, None, "2026-11-12", "soon"),
        ("2026-11-11", None, None, "2026-11-11", "overdue"),
        ("2025-11-12", None, None, "2025-11-12", "overdue"),
        ("2026", None, 0, "2026-01-01", "unclear"),
        ("2027", 6, 1, "2026-07-01", "unclear"),  # by 1 July or by 31 December
        ("2026-12", 6, 1, "2027-06-01", "current"),
    ],
)
def test_when_an_agreement_is_due(
    book: Book, nybro: Actor, until: str, notice: int | None, years: int | None, due: str, state: str
) -> None:
    bound(book, DEAL, nybro, valid_until=until, notice_months=notice, renewal_years=years)
    assert one(book, "notice or end of the agreement") == (None, due, state)
    assert one(book, "notice or end of the agreement", "basis") == ("agreed",)


def test_one_that_has_ended_is_listed_for_a_year_unless_there_is_another(book: Book, nybro: Actor) -> None:
    old = bound(book, DEAL, nybro, valid_from="2022", valid_until="2025-12-31", areas=["skola"])
    assert rows(book, "what", "state", "id", kind=DEAL) == [
        ("agreement", "missing", None), ("notice or end of the agreement", "overdue", old.id)
    ]  # fmt: skip
    assert rows(book.as_of("2027-01-01"), "what", kind=DEAL) == [("agreement",)]
    assert rows(book.as_of("2024-05-01"), "state", "id", kind=DEAL)[0] == ("in_place", old.id)
    new = bound(book, DEAL, nybro, valid_from="2026")
    assert {id for (id,) in rows(book, "id", kind=DEAL)} == {new.id}


def test_an_agreement_without_an_end_has_no_such_row(book: Book, nybro: Actor) -> None:
    bound(book, DEAL, nybro, valid_from="2026-02-01", purposes=["trygghet"])
    assert rows(book, "what", "last", "due", "state", kind=DEAL) == [
        ("agreement", "2026-02-01", None, "in_place"),
        ("purposes of the agreement", None, None, "in_place"),
        ("areas of the agreement", None, None, "missing"),
        ("agreement followed up", "2026-02-01", "2027-02-01", "soon"),
    ]


def test_two_counties_under_one_agreement(book: Book, nybro: Actor) -> None:
    """Police area Nybro holds municipalities of Kalmar and of Kronoberg county."""
    lessebo = book.add(Actor(name="Lessebo kommun", kind="municipality", county="07"))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality", county="08"))
    deal = bound(book, DEAL, area, parties=[nybro.id, lessebo.id], valid_from="2023-01-01",
                 valid_until="2026-12-20", notice_months=1, renewal_years=4)  # fmt: skip
    assert rows(book, "municipality", "due", "id", basis="agreed") == [
        ("Lessebo kommun", "2026-11-20", deal.id), ("Nybro kommun", "2026-11-20", deal.id)
    ]  # fmt: skip
    own = bound(book, DEAL, torsas, parties=[nybro.id])
    assert {id for (id,) in rows(book, "id", kind=DEAL, actor="nybro kommun")} == {deal.id, own.id}
    assert {id for (id,) in rows(book, "id", kind=DEAL, actor="torsås")} == {own.id}
    assert book.record_commitment(lessebo, DEAL, followed_up_on="2026-11-02").id == deal.id
    told = [row for row in book.view("today").rows if row["type"] == "commitment"]
    assert [(row["who"], row["id"]) for row in told] == [("Lessebo kommun, Nybro kommun", deal.id)]


# What the roles tell


def holder(book: Book, name: str, actor: Actor, function: str, **fields: Any) -> Role:
    return book.add(
        Role(contact=book.add(Contact(name=name)).id, actor=actor.id, function=function, **fields)
    )


def test_a_term_of_office_is_to_be_confirmed_as_in_vacancies(book: Book, nybro: Actor) -> None:
    assert one(book, "term of office, council") == ("2026-10-15", "2030-10-15", "current")
    chair = holder(book, "Eva Ek", nybro, "council_chair", since="2022-10-15")
    assert one(book, "term of office, council") == ("2026-10-15", "2030-10-15", "to_confirm")
    assert one(book, "term of office, executive board", "state") == ("soon",)
    book.update(chair, until="2026-10-15")  # ended with the term, and nobody after it
    assert one(book, "term of office, council", "state") == ("to_confirm",)
    holder(book, "Bo Björk", nybro, "council_chair", since="2026-10-15")
    assert one(book, "term of office, council", "state") == ("current",)
    assert one(book.as_of("2026-10-14"), "term of office, council") == ("2022-10-15", "2026-10-15", "soon")


def test_the_coordination_function_is_held_or_not_in_the_book(book: Book, nybro: Actor) -> None:
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    role = holder(book, "Eva Ek", nybro, "crime_prevention_coordinator", since="2023-09")
    assert rows(book, "municipality", "last", "state", kind="samordningsfunktion") == [
        ("Nybro kommun", "2023-09", "in_place"), ("Torsås kommun", None, "missing")
    ]  # fmt: skip
    book.update(role, covers=[torsas.id])
    assert states(book, "coordination function") == ["in_place", "in_place"]


def test_where_somebody_protected_may_coordinate_nobody_reads_where(book: Book, nybro: Actor) -> None:
    """With them at Torsås or at Kalmar the table is the same."""
    tables = []
    kalmar = book.add(Actor(name="Kalmar kommun", kind="municipality"))
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality"))
    holder(book, "Bo Björk", nybro, "crime_prevention_coordinator")
    person = book.add(Contact(name="Eva Ek", protected=True))
    for place in (kalmar, torsas):
        role = book.add(Role(contact=person.id, actor=place.id, function="crime_prevention_coordinator"))
        tables.append(book.view("commitments").rows)
        assert (
            book.view("commitments").notes[-1].startswith("where a coordinator who is protected works is not")
        )
        assert states(book, "coordination function") == ["unclear", "in_place", "unclear"]
        book.delete(role.id, reveal="a test")
    assert tables[0] == tables[1]


# What is reminded of


def told(book: Any, **params: Any) -> list[tuple[Any, ...]]:
    found = book.view("today", **params).rows
    return [tuple(row[key] for key in ("due", "state", "what", "who")) for row in found
            if row["type"] == "commitment"]  # fmt: skip


@pytest.mark.parametrize(
    ("updated", "is_told"),
    [
        ("2024-11-01", True),  # overdue
        ("2024-11-26", True),  # due in 14 days
        ("2024-11-27", False),
        ("2025-01-28", False),  # 15 days after the reminder three months before
        ("2025-01-29", True),  # due 2027-01-29, reminded of from 2026-10-29 to 2026-11-12
        ("2025-02-12", True),
        ("2025-02-13", False),
        ("2025-04-29", True),  # six months before: 2026-10-29
        ("2025-05-12", True),
        ("2025-05-13", False),
        ("2024", False),  # nobody knows
    ],
)
def test_reminders_come_six_and_three_months_before(
    book: Book, nybro: Actor, updated: str, is_told: bool
) -> None:
    bound(book, PICTURE, nybro, updated_on=updated)
    found = told(book)
    assert len(found) == is_told
    assert all(what == "situation picture updated (our reading of the law)" and who == "Nybro kommun"
               for _, _, what, who in found)  # fmt: skip
    assert told(book, owner="anna") == []


def test_custom_is_not_reminded_of_and_what_is_missing_is_one_note(book: Book, nybro: Actor) -> None:
    bound(book, "local_police_area", nybro)
    assert book.view("today").notes == ()  # a book that follows no commitments
    bound(book, "council", nybro, followed_up_on="2020-01-01", contents=["led_by_municipality"])
    assert told(book) == []
    missing = len(rows(book, "kind", basis="law", state="missing"))
    assert missing == 3
    assert book.view("today").notes == (
        "3 things that the law asks of municipalities are not in the book: "
        "kontaktnat view commitments basis=law state=missing",
    )


def test_what_is_due_stands_among_the_rest_of_today(book: Book, nybro: Actor) -> None:
    bound(book, DEAL, nybro, valid_until="2026-11-20", purposes=["trygghet"], areas=["skola"])
    assert told(book) == [("2026-11-20", "coming", "notice or end of the agreement (agreed)", "Nybro kommun")]


# The check


def test_an_agreement_without_purposes_or_areas_is_found(book: Book, nybro: Actor) -> None:
    deal = bound(book, DEAL, nybro, renewal_years=4)
    bound(book, DEAL, nybro, purposes=["trygghet"], areas=["skola"], valid_until="2020-01-01")
    bound(book, "council", nybro)
    assert [(one.id, one.path) for one in book.check()] == [
        (deal.id, path) for path in ("purposes", "areas", "valid_until")
    ]


# Properties

PARTIAL = st.dates(date(1990, 1, 1), date(2060, 12, 31)).flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)
FACT = Fact(kind=PLAN, name="x", path="followed_up_on", sv="x", en="x", basis="reading", months=24,
            counts_from=("decided_on",))  # fmt: skip


@given(PARTIAL, PARTIAL, st.integers(1, 600), st.dates(date(1990, 1, 1), date(2060, 12, 31)))
def test_due_is_never_before_the_last_time(
    decided: PartialDate, followed: PartialDate, months: int, today: date
) -> None:
    found = standing(FACT, Commitment(decided_on=decided, followed_up_on=followed), today, months)
    assert found is not None
    if found.last is None:
        assert found.state == "missing"
        assert min(decided.first, followed.first) > today
    else:
        assert found.due is not None
        assert found.last.first <= min(found.due, today)
        assert found.state != "overdue" or found.due < today


@given(st.dates(), st.integers(-1200, 1200))
def test_months_are_those_of_dateutil(day: date, months: int) -> None:
    from dateutil.relativedelta import relativedelta

    try:
        wanted = day + relativedelta(months=months)
    except (ValueError, OverflowError):
        wanted = date.max if months > 0 else date.min
    assert months_later(day, months) == wanted


@given(
    st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.integers(0, 36), st.integers(1, 8),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
)  # fmt: skip
def test_notice_of_a_renewed_agreement_is_always_to_come(
    end: date, notice: int, years: int, today: date
) -> None:
    fact = Fact(kind=DEAL, name="x", path="valid_until", sv="x", en="x", basis="agreed")
    deal = Commitment(valid_until=end, notice_months=notice, renewal_years=years)
    found = standing(fact, deal, today, None)
    assert found is not None
    assert found.due is not None
    assert found.due >= today
    assert found.state in ("soon", "current")
