"""The view `vacancies`: municipality × function, coverage counted, checked against rows written by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, Interaction, Invalid, Participation, Role, hookimpl
from kontaktnat.extend import Vocabulary, Word
from kontaktnat.testing.injection import FixedClock

COORDINATOR, OFFICER, CHAIR = (
    "crime_prevention_coordinator",
    "municipal_police_officer",
    "executive_board_chair",
)


class Councils:
    """A function that follows the council's term of office; the core has none."""

    @staticmethod
    @hookimpl
    def register_vocabularies() -> list[Vocabulary]:
        word = Word(id="council_chair", sv="fullmäktiges ordförande", en="council chair", elected="council")
        return [Vocabulary(name="function", words=(word,))]


@pytest.fixture
def book_plugins() -> Sequence[str | object]:
    return [Councils]


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


def rows(book: Any, *keys: str, **params: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys) for row in book.view("vacancies", **params).rows]


def holder(book: Book, name: str, actor: Actor, function: str, **fields: Any) -> Role:
    person = book.add(Contact(name=name))
    return book.add(Role(contact=person.id, actor=actor.id, function=function, **fields))


def test_a_county_by_hand(book: Book, nybro: Actor) -> None:
    """Torsås before Ånge: Swedish order. One officer covers two of the three."""
    ange = book.add(Actor(name="Ånge kommun", kind="municipality", place="2260"))
    torsas = book.add(Actor(name="Torsås kommun", kind="municipality", place="0834"))
    area = book.add(Actor(name="Lokalpolisområde Nybro", kind="local_police_area"))
    eva = holder(book, "Eva Ek", nybro, COORDINATOR, since="2023-09")
    bo = holder(book, "Bo Björk", area, OFFICER, since="2024", covers=[nybro.id, torsas.id])
    holder(book, "Åsa Ängström", torsas, COORDINATOR, since="2020", until="2026-03-01")
    post = book.add(Role(actor=ange.id, function=OFFICER))
    book.add(Interaction(kind="phone", when="2026-11-02", participants=[eva.id]))
    book.add(Interaction(kind="visit", when="2026-10-12", participants=[bo.id]))

    table = book.view("vacancies", functions="samordnare, kommunpolis")

    assert [tuple(row.values()) for row in table.rows] == [
        ("Nybro kommun", COORDINATOR, "filled", "Eva Ek", "2023-09", "2026-11-02", 10, eva.id),
        ("Nybro kommun", OFFICER, "filled", "Bo Björk", "2024", "2026-10-12", 31, bo.id),
        ("Torsås kommun", COORDINATOR, "vacant", None, "2026-03-01", None, None, None),
        ("Torsås kommun", OFFICER, "filled", "Bo Björk", "2024", "2026-10-12", 31, bo.id),
        ("Ånge kommun", COORDINATOR, "vacant", None, None, None, None, None),
        ("Ånge kommun", OFFICER, "vacant", None, None, None, None, post.id),
    ]
    assert table.notes == (
        "crime prevention coordinator: 1 of 3 filled",
        "municipal police officer: 2 of 3 filled",
    )


def test_the_functions_are_those_of_practice_unless_others_are_asked_for(book: Book, nybro: Actor) -> None:
    assert [function for (function,) in rows(book, "function")] == [CHAIR, COORDINATOR, OFFICER]
    book.set("practice", {"functions": ["safety_coordinator"]})
    assert rows(book, "function") == [("safety_coordinator",)]
    assert rows(book, "function", functions=(OFFICER, "kommunpolis")) == [(OFFICER,)]
    with pytest.raises(Invalid, match="no word for function"):
        book.view("vacancies", functions="borgmästare")


def test_several_holders_have_a_row_each(book: Book, nybro: Actor) -> None:
    holder(book, "Åsa Ängström", nybro, COORDINATOR, since="2025")
    holder(book, "Eva Ek", nybro, COORDINATOR, since="2025")
    book.add(Role(actor=nybro.id, function=COORDINATOR))  # a second post, vacant
    assert rows(book, "person", "state", functions=COORDINATOR) == [
        ("Eva Ek", "filled"),
        ("Åsa Ängström", "filled"),
    ]
    assert book.view("vacancies", functions=COORDINATOR).notes[0].endswith("1 of 1 filled")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2024-06-30", [("vacant", None, None)]),
        ("2024-07-01", [("filled", "Eva Ek", "2024-07")]),
        ("2025-12-31", [("filled", "Eva Ek", "2024-07")]),
        ("2026-01-01", [("vacant", None, "2026-01-01")]),
        ("2026-02-01", [("filled", "Bo Björk", "2026-02-01")]),
    ],
)
def test_as_of_a_day(book: Book, nybro: Actor, on: str, expected: list[Any]) -> None:
    """Who held it then; a month in which somebody began may be its first day."""
    holder(book, "Eva Ek", nybro, COORDINATOR, since="2024-07", until="2026-01-01")
    holder(book, "Bo Björk", nybro, COORDINATOR, since="2026-02-01")
    found = rows(book.as_of(on), "state", "person", "since", functions=COORDINATOR, stale_days=36500)
    assert found == expected


# Stale


def test_a_post_is_stale_after_a_year_without_contact_with_it_or_a_check(
    book: Book, nybro: Actor, clock: FixedClock
) -> None:
    """Today is 12 November 2026: 365 days ago is 12 November 2025, and still within them."""
    eva = holder(book, "Eva Ek", nybro, COORDINATOR, since="2020")
    asked = {"functions": COORDINATOR}
    assert rows(book, "state", "days", **asked) == [("stale", None)]
    call = book.add(Interaction(kind="phone", when="2025-11-12", participants=[eva.id]))
    assert rows(book, "state", "days", **asked) == [("filled", 365)]
    clock.move(days=1)
    assert rows(book, "state", "days", **asked) == [("stale", 366)]
    assert rows(book, "state", stale_days=366, **asked) == [("filled",)]
    book.update(eva.contact or "", verified_at="2026-11-01T10:00")
    assert rows(book, "state", "last_contact", **asked) == [("filled", "2025-11-12")]
    assert rows(book.as_of("2026-10-31"), "state", stale_days=300, **asked) == [("stale",)]
    assert call.status == "held"


def test_contact_with_the_one_before_is_contact_with_the_post(book: Book, nybro: Actor) -> None:
    old = holder(book, "Eva Ek", nybro, COORDINATOR, since="2020", until="2026-10-01")
    holder(book, "Bo Björk", nybro, COORDINATOR, since="2026-10-01")
    book.add(Interaction(kind="phone", when="2026-09-12", participants=[old.id]))
    assert rows(book, "person", "state", "days", functions=COORDINATOR) == [("Bo Björk", "filled", 61)]


def test_who_was_only_invited_or_wore_another_hat_was_not_reached(book: Book, nybro: Actor) -> None:
    eva = holder(book, "Eva Ek", nybro, COORDINATOR, since="2020")
    other = book.add(Role(contact=eva.contact, actor=nybro.id, function="case_officer"))
    for part in (Participation(role=eva.id, status="absent"), Participation(role=other.id)):
        book.add(Interaction(kind="phone", when="2026-11-01", participants=[part]))
    book.add(Interaction(kind="phone", when="2026-11-30", status="planned", participants=[eva.id]))
    assert rows(book, "state", "last_contact", functions=COORDINATOR) == [("stale", None)]


def test_a_holder_without_a_known_beginning_began_when_it_was_recorded(
    book: Book, nybro: Actor, clock: FixedClock
) -> None:
    holder(book, "Eva Ek", nybro, COORDINATOR)
    assert rows(book, "state", "since", functions=COORDINATOR) == [("filled", None)]
    clock.move(days=366)
    assert rows(book, "state", "since", functions=COORDINATOR) == [("stale", None)]


# Terms of office: the council's begins on 15 October 2026, the executive board's on 1 January 2027


@pytest.mark.parametrize(
    ("function", "since", "on", "state"),
    [
        ("council_chair", "2022-10-15", "2026-10-14", "filled"),
        ("council_chair", "2022-10-15", "2026-10-15", "to_confirm"),
        ("council_chair", "2026-10-15", "2026-10-15", "filled"),
        ("council_chair", "2026-10", "2026-10-15", "filled"),
        ("council_chair", "2026-09", "2026-10-15", "to_confirm"),
        (CHAIR, "2023-01-01", "2026-10-15", "filled"),
        (CHAIR, "2023-01-01", "2026-12-31", "filled"),
        (CHAIR, "2023", "2026-12-31", "filled"),
        (CHAIR, "2022-12-31", "2026-12-31", "to_confirm"),
        (CHAIR, "2023-01-01", "2027-01-01", "to_confirm"),
        (CHAIR, "2027-01-01", "2027-01-01", "filled"),
        (CHAIR, None, "2027-01-01", "to_confirm"),
        (COORDINATOR, "2023-01-01", "2027-01-01", "filled"),
    ],
)
@pytest.mark.parametrize("until", [None, "2031-01-01"])
def test_the_elected_of_the_old_term_are_to_be_confirmed(
    book: Book, nybro: Actor, function: str, since: str | None, on: str, state: str, until: str | None
) -> None:
    """An end ahead says nothing of who was elected anew."""
    holder(book, "Eva Ek", nybro, function, since=since, until=until)
    view = rows(book.as_of(on), "state", "person", "since", functions=function, stale_days=36500)
    assert view == [(state, "Eva Ek", since)]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2026-10-15", ("filled", "Eva Ek", "2023-01-01")),
        ("2026-12-31", ("filled", "Eva Ek", "2023-01-01")),
        ("2027-01-01", ("to_confirm", "Eva Ek", "2023-01-01")),
        ("2027-06-01", ("to_confirm", "Eva Ek", "2023-01-01")),
        ("2031-01-01", ("vacant", None, "2027-01-01")),
    ],
)
def test_whose_role_ended_with_the_term_is_to_be_confirmed_until_somebody_follows(
    book: Book, nybro: Actor, on: str, expected: tuple[Any, ...]
) -> None:
    eva = holder(book, "Eva Ek", nybro, CHAIR, since="2023-01-01", until="2027-01-01")
    seen = book.as_of(on)
    asked = {"functions": CHAIR, "stale_days": 36500}
    assert rows(seen, "state", "person", "since", **asked) == [expected]
    assert rows(seen, "id", **asked) == [(eva.id if expected[1] else None,)]
    holder(book, "Bo Björk", nybro, CHAIR, since="2027-01-01")
    if on >= "2027":
        assert rows(book.as_of("2027-06-01"), "state", "person", **asked) == [("filled", "Bo Björk")]


def test_who_left_before_the_term_ended_left_a_vacancy(book: Book, nybro: Actor) -> None:
    holder(book, "Eva Ek", nybro, CHAIR, since="2023-01-01", until="2026-12-31")
    assert rows(book.as_of("2027-01-01"), "state", "since", functions=CHAIR) == [("vacant", "2026-12-31")]


def test_who_was_elected_anew_and_left_left_a_vacancy(book: Book, nybro: Actor) -> None:
    holder(book, "Eva Ek", nybro, CHAIR, since="2027-01-01", until="2028-03-01")
    assert rows(book.as_of("2028-03-01"), "state", "since", functions=CHAIR) == [("vacant", "2028-03-01")]


# Succession and protection


def test_a_successor_has_the_posts_and_contacts_of_the_one_before(book: Book, nybro: Actor) -> None:
    new = book.add(Actor(name="Nya Nybro kommun", kind="municipality", place="0882"))
    eva = holder(book, "Eva Ek", nybro, COORDINATOR, since="2026")
    book.add(Interaction(kind="phone", when="2026-10-12", participants=[eva.id]))
    book.update(nybro, succeeded_by=new.id, succeeded_on="2026-11-01")
    keys = ("municipality", "person", "days")
    assert rows(book, *keys, functions=COORDINATOR) == [("Nya Nybro kommun", "Eva Ek", 31)]
    assert rows(book.as_of("2026-10-31"), *keys, functions=COORDINATOR) == [
        ("Nya Nybro kommun", None, None),
        ("Nybro kommun", "Eva Ek", 19),
    ]


def test_where_a_protected_person_works_is_not_told(book: Book, nybro: Actor) -> None:
    """No row may differ by whether it is theirs, so no post without a holder is called vacant."""
    book.add(Actor(name="Torsås kommun", kind="municipality", place="0834"))
    siv = book.add(Contact(name="Siv Rönn", protected=True))
    role = book.add(Role(contact=siv.id, actor=nybro.id, function=COORDINATOR, since="2025"))
    book.add(Interaction(kind="phone", when="2026-11-01", participants=[role.id]))
    table = book.view("vacancies", functions=COORDINATOR)
    expected = {"function": COORDINATOR, "state": None, "person": None, "since": None, "last_contact": None,
                "days": None, "id": None}  # fmt: skip
    assert table.rows == (
        {"municipality": "Nybro kommun", **expected},
        {"municipality": "Torsås kommun", **expected},
    )
    assert table.notes == ("crime prevention coordinator: 0 of 2 filled, 1 covered",)
    shown = book.outward(reveal="a test")
    assert rows(shown, "state", "person", functions=COORDINATOR) == [("filled", "Siv Rönn"), ("vacant", None)]
    ended = book.as_of("2024-01-01").view("vacancies", functions=COORDINATOR)
    assert [row["state"] for row in ended.rows] == ["vacant", "vacant"]


def test_at_the_prompt(kalmar: Callable[..., Any]) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--since", "2025")
    done = kalmar("view", "vacancies", "functions=samordnare", "-o", "json")
    people = {one["municipality"]: one["person"] for one in done.records()}
    assert len(people) == 12
    assert people["Nybro kommun"] == "Eva Ek"
    shown = kalmar("--lang", "sv", "view", "vacancies", "functions=kommunpolis")
    assert "vakant" in shown.out
    assert "kommunpolis: 0 av 12 tillsatta" in shown.out


def test_a_day_at_the_edge_of_the_calendar_is_no_bug(book: Book, nybro: Actor) -> None:
    for on in (date.min, date.max):
        assert rows(book.as_of(on), "state") == [("vacant",)] * 3
