"""Follow-ups that come again, have an owner, and are ticked off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import Actor, Book, Contact, FollowUp, Invalid, PartialDate
from kontaktnat.model import stockholm
from kontaktnat.model.spans import later, next_after, repeated, repeating, spoken
from kontaktnat.testing import FixedClock, counted_ids


def monthly(**fields: Any) -> FollowUp:
    given = {"text": "ringa", "due": "2026-10-31", "recurrence": "R/2026-01-31/P1M", **fields}
    return FollowUp(**given)


def test_the_next_is_due_after_this_one_and_today(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek"))
    one = book.add(monthly(about=[eva.id], side="they", owner="bo", since="2026-09-30", tags=["viktigt"]))
    done, again = book.finish(one)
    assert done.done_on == PartialDate(2026, 11, 12)
    assert again is not None
    assert (again.due, again.since) == (PartialDate(2026, 11, 30), PartialDate(2026, 11, 12))
    assert (again.text, again.side, again.owner, again.about, again.tags, again.recurrence) == (
        one.text, "they", "bo", (eva.id,), ("viktigt",), one.recurrence,
    )  # fmt: skip
    assert again.done_on is None
    assert book.finish(done) == (done, None), "done twice makes only one next"
    assert book.finish(one.id) == (done, None)
    assert book.followups.count() == 2


def test_one_undo_takes_both_back(book: Book) -> None:
    one = book.add(monthly())
    book.finish(one)
    book.undo()
    (left,) = book.followups.all()
    assert left.done_on is None


def test_one_that_does_not_recur_is_only_done(book: Book) -> None:
    one = book.add(FollowUp(text="ringa"))
    done, again = book.finish(one, on="2026-11-01")
    assert (str(done.done_on), again) == ("2026-11-01", None)
    with pytest.raises(Invalid, match="no follow-up"):
        book.finish(book.add(Actor(name="Nybro kommun")).id)


def test_what_was_done_early_is_not_due_once_more_this_month(book: Book) -> None:
    _, again = book.finish(book.add(monthly(due="2026-11-30")))
    assert again
    assert str(again.due) == "2026-12-31"


def test_what_was_late_for_months_comes_once(book: Book) -> None:
    _, again = book.finish(book.add(monthly(due="2026-02-28")))
    assert again
    assert str(again.due) == "2026-11-30"


def test_nothing_is_done_on_a_day_to_come(book: Book) -> None:
    one = book.add(monthly())
    with pytest.raises(Invalid, match="2027-11-01 is still to come"):
        book.finish(one, on="2027-11-01")
    assert book.followups.all() == [one]


def test_snoozed_it_comes_back_to_its_day(book: Book, clock: FixedClock) -> None:
    one = book.add(monthly(due="2026-11-30"))
    snoozed = book.update(one, due="2026-12-04")
    clock.move(days=30)
    _, again = book.finish(snoozed, on="2026-12-03")
    assert again
    assert str(again.due) == "2026-12-31"


def test_as_of_each_day_one_is_open(book: Book) -> None:
    one = book.add(monthly(since="2026-10-01"))
    _, again = book.finish(one)
    assert again
    assert [left.id for left in book.as_of("2026-11-11").followups.where(done_on=None)] == [one.id]
    assert [left.id for left in book.as_of("2026-11-12").followups.where(done_on=None)] == [again.id]


def test_of_somebody_protected_nothing_is_lost(book: Book) -> None:
    actor, pia = book.add(Actor(name="Nybro kommun")), book.add(Contact(name="Pia Sand", protected=True))
    seen = book.followups.get(book.add(monthly(about=[pia.id, actor.id])).id)
    assert seen.hidden == ("about",)
    _, again = book.finish(seen)
    assert again
    assert again.about == (pia.id,)
    whole = book.outward(reveal="test").followups.get(again.id)
    assert whole.about == (pia.id, actor.id)


@given(
    st.dates(date(2020, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["P1D", "P2W", "P1M", "P3M", "P1Y", "P1M2W"]),
    st.lists(st.integers(-5, 100), min_size=1, max_size=6),
)
def test_without_drift(anchor: date, span: str, delays: list[int]) -> None:
    """Every due day is one of the rule's, each later than the last, however late things are done."""
    late = FixedClock(datetime(2040, 1, 1, 12, tzinfo=UTC))
    with kontaktnat.open("memory:", by="anna", plugins=[], clock=late, ids=counted_ids()) as book:
        one = book.add(FollowUp(text="x", due=anchor, recurrence=repeating(anchor, span)))
        rule = [later(anchor, span, n) for n in range(2000 if span == "P1D" else 200)]
        for delay in delays:
            assert one.due
            day = one.due.first + timedelta(days=delay)
            _, again = book.finish(one, on=day)
            assert again
            assert again.due
            assert again.due.first == min(due for due in rule if due > max(day, one.due.first))
            one = again
        assert book.followups.count(done_on=None) == 1


def test_repeating_intervals() -> None:
    assert repeated("R/2026-01-31/P1M") == (date(2026, 1, 31), "P1M")
    assert str(next_after("R/2026-01-31/P1M", date(2026, 1, 31))) == "2026-02-28"
    assert str(next_after("R/2026-01-31/P1M", date(2026, 2, 28))) == "2026-03-31"
    assert str(next_after("R/2026-01-31/P1M", date(2025, 1, 1))) == "2026-01-31"
    for text in ("", "P1M", "R/2026-01/P1M", "R/2026-01-31/", "R2/2026-01-31/P1M", "R/2026-01-31/1m"):
        with pytest.raises(Invalid, match="R/2026-01-31/P1M"):
            repeated(text)
        if text:
            with pytest.raises(Invalid, match="recurrence"):
                FollowUp(text="x", recurrence=text)


@pytest.mark.parametrize(
    ("span", "said", "sagt"),
    [
        ("P1M", "every month", "varje månad"),
        ("P3M", "every 3 months", "med 3 månaders mellanrum"),
        ("P1Y6M", "every 18 months", "med 18 månaders mellanrum"),
        ("P1Y", "every year", "varje år"),
        ("P2Y", "every 2 years", "med 2 års mellanrum"),
        ("P1W", "every week", "varje vecka"),
        ("P2W", "every 2 weeks", "med 2 veckors mellanrum"),
        ("P1D", "every day", "varje dag"),
        ("P1W3D", "every 10 days", "med 10 dagars mellanrum"),
        ("P1M2W", "every P1M2W", "med mellanrummet P1M2W"),
    ],
)
def test_how_often_in_words(span: str, said: str, sagt: str) -> None:
    assert (str(spoken(span)), spoken(span).said("sv")) == (said, sagt)


# At the prompt


@pytest.fixture
def work(kalmar: Callable[..., Any]) -> Callable[..., Any]:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    return kalmar


def followups(work: Callable[..., Any], *filters: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = work("list", "followups", *filters, "-o", "json").records()
    return found


def test_add_a_follow_up(work: Callable[..., Any]) -> None:
    ran = work(
        "add", "followup", "ringa", "--due", "2099-12-01", "--about", "eva, nybro", "--owner", "bo", "--they"
    )
    assert ran.out.startswith("added: ringa (followup ")
    (one,) = followups(work)
    assert (one["due"], one["side"], one["owner"], len(one["about"])) == ("2099-12-01", "they", "bo", 2)
    assert one["since"] == str(datetime.fromisoformat(one["created"]).astimezone(stockholm()).date())
    assert work("add", "followup", "ringa", "--set", "owner=bo", "--set", "side=de").out.startswith(
        "ringa was there"
    )
    work("add", "followup", "skriva")
    assert followups(work, "owner=anna")[0]["text"] == "skriva"


def test_what_recurs_comes_again_when_it_is_done(work: Callable[..., Any]) -> None:
    work("add", "followup", "ringa", "--due", "2026-01-31", "--every", "varje månad")
    (one,) = followups(work)
    assert one["recurrence"] == "R/2026-01-31/P1M"
    rehearsed = work("done", "ringa", "--on", "2026-02-01", "--dry-run").out
    assert rehearsed.startswith("would be done: ringa\n  again due 2026-02-28 (")
    ran = work("done", "ringa", "--on", "2026-02-01")
    assert ran.out.startswith("done: ringa\n  again due 2026-02-28 (")
    assert [left["due"] for left in followups(work, "done_on=")] == ["2026-02-28"]
    assert work("done", "ringa", "--on", "2026-02-28").out.startswith("done: ringa\n  again due 2026-03-31 (")
    assert work("undo").code == 0
    assert [left["due"] for left in followups(work, "done_on=")] == ["2026-02-28"]


def test_without_a_day_it_counts_from_today(work: Callable[..., Any]) -> None:
    work("add", "followup", "ringa", "--every", "1v")
    (one,) = followups(work)
    first = date.fromisoformat(one["since"])
    assert one["recurrence"] == f"R/{first}/P1W"
    assert date.fromisoformat(one["due"]) == first + timedelta(weeks=1)


def test_a_follow_up_is_made_to_recur(work: Callable[..., Any]) -> None:
    work("add", "followup", "ringa", "--due", "2099-01-31")
    assert work("set", "ringa", "due=2099-03-31", "recurrence=kvartal").code == 0
    assert followups(work)[0]["recurrence"] == "R/2099-03-31/P3M"
    assert work("set", "ringa", "recurrence=R/2099-01-01/P1M").code == 0
    assert work("set", "ringa", "recurrence=").code == 0
    assert "recurrence" not in followups(work)[0]


def test_what_is_promised_in_a_log_is_since_that_day(work: Callable[..., Any]) -> None:
    work("log", "telefon", "eva", "skolan", "--when", "2026-03-02", "--promised", "underlag")
    assert followups(work)[0]["since"] == "2026-03-02"


def test_today_of_one_of_us(work: Callable[..., Any]) -> None:
    for owner in ("anna", "bo"):
        work("add", "followup", f"av {owner}", "--owner", owner, "--due", "idag")
    work("log", "besök", "eva", "möte", "--when", "imorgon 23:59")

    def shown(*words: str) -> list[str]:
        return sorted(row["what"] for row in work("today", "-o", "json", *words).records())

    assert shown() == ["av anna", "av bo", "möte"]
    assert shown("--owner", "Bo") == ["av bo"]
    assert shown("--mine") == ["av anna"]
    assert [row["what"] for row in work("--by", "bo", "today", "--mine", "-o", "json").records()] == ["av bo"]
    assert shown("--owner", "siv") == []
    assert work("view", "today", "owner=bo", "-o", "json").records()[0]["what"] == "av bo"


def test_cadences_are_said_in_words(work: Callable[..., Any]) -> None:
    assert work("set", "nybro", "cadence=varannan månad").code == 0
    assert work("list", "actors", "cadence=2m", "-o", "csv").out.count("Nybro kommun") == 1
    assert work("list", "networks", "cadence=kvartal", "-o", "ids").out.strip()
    assert work("add", "network", "Nytt", "--set", "cadence=halvår").code == 0
    (made,) = work("list", "networks", "name=Nytt", "-o", "json").records()
    assert made["cadence"] == "P6M"
    assert work("set", "nybro", "cadence=").code == 0
    assert work("list", "actors", "cadence=2m", "-o", "ids").out == ""


def test_an_editor_takes_words_for_a_span(book: Book) -> None:
    from kontaktnat.tomlform import from_toml, to_toml

    actor = book.add(Actor(name="Nybro kommun"))
    text = to_toml(book, actor)
    assert '# cadence = ""' in text
    assert from_toml(book, actor, text.replace('# cadence = ""', 'cadence = "varje kvartal"')) == {
        "cadence": "P3M"
    }
    with pytest.raises(Invalid, match=r"cadence: .*varannan vecka"):
        from_toml(book, actor, text.replace('# cadence = ""', 'cadence = "ibland"'))
