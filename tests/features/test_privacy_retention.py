"""What is due for review, worked out by hand. Today is 12 November 2026; nothing is changed by asking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kontaktnat import Actor, Book, Contact, FollowUp, Interaction, Invalid, Participation, Pending, Role

KEYS = "rule", "what", "role_ended", "last_contact", "due"


def due(book: Any, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[key] for key in keys or KEYS) for row in book.view("retention").rows]


@pytest.fixture
def who(book: Book) -> Callable[..., Contact]:
    """`who("Eva Ek", until="2024-11-12")`: a person with a role of that span, or without one."""
    nybro = book.add(Actor(name="Nybro kommun", kind="municipality"))

    def made(name: str = "Eva Ek", *, role: bool = True, since: str = "2020", until: str | None = None,
             **fields: Any) -> Contact:  # fmt: skip
        person = book.add(Contact(name=name, **fields))
        if role:
            book.add(
                Role(contact=person.id, actor=nybro.id, function="case_officer", since=since, until=until)
            )
        return person

    return made


def met(book: Book, who: str, when: str, part: str = "attended", **fields: Any) -> None:
    book.add(
        Interaction(kind="phone", when=when, participants=[Participation(who=who, status=part)], **fields)
    )


# People who have no role any more


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2024-11-12", [("role_ended", "Eva Ek", "2024-11-12", None, "2026-11-12")]),
        ("2024-11-13", []),
        ("2024-10", [("role_ended", "Eva Ek", "2024-10-31", None, "2026-10-31")]),
        ("2024", []),  # may have been till December
        (None, []),
    ],
)
def test_24_months_after_the_last_role_ended(
    book: Book, who: Any, until: str | None, expected: list[Any]
) -> None:
    who(until=until)
    assert due(book) == expected


def test_the_last_of_several_roles_counts(book: Book, who: Any) -> None:
    eva = who(until="2020-06-30")
    orebro = book.add(Actor(name="Örebro kommun", kind="municipality"))
    later = book.add(Role(contact=eva.id, actor=orebro.id, until="2023-03-31"))
    assert due(book, "role_ended", "due") == [("2023-03-31", "2025-03-31")]
    book.update(later, until=None)
    assert due(book) == []
    book.update(later.id, since="2027-01-01")
    assert due(book) == [], "a role that is to come"


@pytest.mark.parametrize(
    ("when", "status", "expected"),
    [
        ("2024-11-01", "attended", [("2024-11-01", "2026-11-01")]),
        ("2024-12-01", "attended", []),
        ("2024-12-01", "deputy", []),
        ("2024-12-01", "absent", [(None, "2022-06-30")]),
        ("2019-01-01", "attended", [("2019-01-01", "2022-06-30")]),
    ],
)
def test_contact_since_starts_it_anew(
    book: Book, who: Any, when: str, status: str, expected: list[Any]
) -> None:
    eva = who(until="2020-06-30")
    met(book, eva.id, when, status)
    assert due(book, "last_contact", "due") == expected


def test_a_review_starts_it_anew(book: Book, who: Any, clock: Any) -> None:
    eva = who(until="2020-06-30")
    assert due(book, "due") == [("2022-06-30",)]
    book.update(eva, verified_at=clock())
    assert due(book) == []
    clock.move(days=730)  # 11 November 2028
    assert due(book) == []
    clock.move(days=1)
    assert due(book, "rule", "due") == [("role_ended", "2028-11-12")]


def test_who_is_expected_or_promised_something_is_not_due(book: Book, who: Any) -> None:
    eva, bo, ove = (who(name, until="2020-06-30") for name in ("Eva Ek", "Bo Björk", "Ove Alm"))
    met(book, eva.id, "2026-11-20", "invited", status="planned")
    met(book, ove.id, "2026-11-20", "declined", status="planned")
    promise = book.add(FollowUp(text="Ring", about=[bo.id]))
    assert due(book, "what") == [("Ove Alm",)]
    book.finish(promise)
    assert due(book, "what") == [("Bo Björk",), ("Ove Alm",)]


# People who never were in contact


def test_12_months_after_they_came_in_without_role_or_contact(book: Book, who: Any, clock: Any) -> None:
    eva = who(role=False)
    clock.move(days=364)
    assert due(book) == []
    clock.move(days=1)
    assert due(book) == [("never_in_contact", "Eva Ek", None, None, "2027-11-12")]
    met(book, eva.id, "2026-12-01")
    assert due(book) == [], "24 months after the contact, as of anyone without a role"
    clock.move(days=385)  # 1 December 2028
    assert due(book) == [("role_ended", "Eva Ek", None, "2026-12-01", "2028-12-01")]


def test_a_review_of_them_counts_as_well(book: Book, who: Any, clock: Any) -> None:
    eva = who(role=False)
    clock.move(days=300)
    book.update(eva, verified_at=clock())
    clock.move(days=300)
    assert due(book) == []


# Things


def test_6_months_in_quarantine(book: Book, clock: Any) -> None:
    book.add(Pending(text="row 3 of list.csv", kind="contact"))
    clock.move(days=180)
    assert due(book) == []
    clock.move(days=1)  # 12 May 2027
    assert due(book) == [("quarantine", "row 3 of list.csv", None, None, "2027-05-12")]
    assert book.view("retention").notes[-1] == "what waits in quarantine is decided by kontaktnat review"


def test_drafts_6_months_after_they_were_last_changed(book: Book, clock: Any) -> None:
    note = book.add(FollowUp(text="Skriv klart", draft=True))
    book.add(FollowUp(text="Ring"))
    clock.move(days=100)
    book.update(note, owner="anna")
    clock.move(days=180)
    assert due(book) == []
    clock.move(days=1)
    assert due(book, "rule", "what", "due") == [("draft", "Skriv klart", "2027-08-20")]
    book.update(note.id, draft=False)
    assert due(book) == []


# The whole


def test_the_months_are_practice(book: Book, who: Any) -> None:
    who(until="2026-10-01")
    assert due(book) == []
    book.set("practice", {"retention_role_months": 1})
    assert due(book, "due") == [("2026-11-01",)]
    book.set("practice", {"retention_role_months": 0})
    with pytest.raises(Invalid, match="retention_role_months: 0 is no number"):
        book.view("retention")


def test_longest_due_first_and_what_to_do(book: Book, who: Any) -> None:
    who("Bo Björk", until="2021-01-01")
    who("Åsa Ängström", until="2020-01-01")
    who("Eva Ek", until="2021-01-01")
    assert due(book, "what") == [("Åsa Ängström",), ("Bo Björk",), ("Eva Ek",)]
    first, then = book.view("retention").notes
    assert first == "3 due for review; the intervals are custom, not law"
    assert "kontaktnat set PERSON verified_at=idag" in then
    assert "kontaktnat privacy erase PERSON --decision REF" in then


def test_who_is_due_is_told_to_a_program(book: Book, who: Any, clock: Any) -> None:
    eva, bo = who("Eva Ek", until="2021-01-01"), who("Bo Björk", until="2020-01-01", draft=True)
    book.add(Pending(text="row 3"))
    clock.move(days=365)
    assert len(due(book)) == 4
    assert book.privacy.due_for_review() == [bo.id, eva.id]


def test_as_of_a_day(book: Book, who: Any, clock: Any) -> None:
    eva = who(until="2020-06-30")
    met(book, eva.id, "2026-11-01")
    book.update(eva, verified_at=clock())
    assert due(book) == []
    assert due(book.as_of("2026-11-11")) == [], "she was not in the book yet"
    assert due(book.as_of("2028-11-11")) == []
    assert due(book.as_of("2028-11-12"), "due") == [("2028-11-12",)]


def test_asking_changes_nothing(book: Book, who: Any) -> None:
    who(until="2020-01-01")
    version = book.version
    due(book)
    book.privacy.due_for_review()
    assert book.version == version


def test_of_protected_people_it_tells_no_workplace(book: Book, who: Any) -> None:
    who("Siv Rönn", until="2020-01-01", protected=True, note="kanarie7q")
    assert due(book) == [("role_ended", "Siv Rönn", "2020-01-01", None, "2022-01-01")]
    shown = repr(book.view("retention"))
    assert "Nybro" not in shown
    assert "kanarie7q" not in shown


def test_at_the_prompt(kalmar: Any) -> None:
    assert kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--since", "2019").code == 0
    assert kalmar("handover", "samordnare@nybro", "--vacant", "--on", "2021-03-01").code == 0
    (row,) = kalmar("privacy", "retention", "-o", "json").records()
    assert (row["rule"], row["what"], row["due"]) == ("role_ended", "Eva Ek", "2023-03-01")
    assert kalmar("privacy", "retention", "-o", "ids").out.strip() == row["id"]
    assert kalmar("privacy", "retention", "--as-of", "2020-01-01", "-o", "json").records() == []
    assert kalmar("view", "retention").out == kalmar("privacy", "retention").out
    assert "ingen roll längre" in kalmar("--lang", "sv", "privacy", "retention").out
