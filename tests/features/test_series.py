"""Meetings in series: the wall clock and the weekday stay, one, the later ones or all are changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Contact,
    Interaction,
    Invalid,
    Member,
    Network,
    Participation,
    Refused,
    Role,
    Usage,
)
from kontaktnat.model import day_of, stockholm
from kontaktnat.testing import FixedClock, counted_ids
from kontaktnat.timewords import parse_span

SPANS = ("P1D", "P10D", "P1W", "P2W", "P1M", "P2M", "P3M", "P6M", "P1Y", "P2Y")
DAYS = st.dates(date(2026, 11, 13), date(2030, 12, 31))
CLOCKS = st.times(min_value=datetime(2026, 1, 1, 3).time()).map(
    lambda one: one.replace(second=0, microsecond=0)
)
RELAXED = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def opened() -> Book:
    return kontaktnat.open("memory:", by="anna", plugins=[], clock=FixedClock(), ids=counted_ids())


def clock(one: Interaction) -> datetime:
    assert isinstance(one.when, datetime)
    return one.when.astimezone(stockholm()).replace(tzinfo=None)


def days(found: list[Interaction]) -> list[str]:
    return [str(day_of(one.when)) for one in found if one.when]


def place(day: date) -> int:
    """Which of its weekday in the month: 1 to 4, or -1 for the last where it is a fifth."""
    return (day.day - 1) // 7 + 1


@pytest.fixture
def network(book: Book) -> Network:
    return book.add(Network(name="Nätverket"))


@pytest.fixture
def series(book: Book, network: Network) -> list[Interaction]:
    """Third Thursdays at nine, each quarter; the summer half of the year lies between."""
    first = Interaction(
        kind="network_meeting",
        network=network.id,
        when=datetime(2026, 12, 17, 9),
        ends=datetime(2026, 12, 17, 12),
        theme="Lägesbild",
    )
    return book.plan_series(first, "varje kvartal", until="2027-12-31")


# Planning


def test_the_third_thursday_at_nine_stays_so_over_summer_time(book: Book, series: list[Interaction]) -> None:
    assert days(series) == ["2026-12-17", "2027-03-18", "2027-06-17", "2027-09-16", "2027-12-16"]
    assert {clock(one).hour for one in series} == {9}
    assert len({one.when.utcoffset() for one in series if isinstance(one.when, datetime)}) == 2
    assert {one.ends.astimezone(stockholm()).hour for one in series if one.ends} == {12}
    assert {one.status for one in series} == {"planned"}
    assert len({one.series for one in series}) == 1
    assert series[0].series
    assert book.version == 2, "one transaction"
    book.undo()
    assert book.interactions.all() == []


@RELAXED
@given(
    DAYS, CLOCKS, st.sampled_from(SPANS), st.integers(2, 12), st.timedeltas(timedelta(), timedelta(days=2))
)
def test_wall_clock_weekday_and_place_stay(
    day: date, at: Any, span: str, times: int, long: timedelta
) -> None:
    start = datetime.combine(day, at)
    with opened() as book:
        try:
            found = book.plan_series(
                Interaction(kind="visit", when=start, ends=start + long, subject="x"), span, times=times
            )
        except Invalid:  # an end in the hour that is skipped
            assert long
            assert book.interactions.all() == []
            return
        clocks = [clock(one) for one in found]
        assert len(found) == times
        assert clocks[0] == start
        assert {one.time() for one in clocks} == {at}
        assert all(first < second for first, second in pairwise(clocks))
        for one in found:
            assert one.ends
            assert one.ends.astimezone(stockholm()).replace(tzinfo=None) - clock(one) == long.__class__(
                seconds=long // timedelta(seconds=1), microseconds=long.microseconds
            )
        if span == "P10D":
            return
        if span != "P1D":
            assert {one.weekday() for one in clocks} == {day.weekday()}
        if span[-1] in "MY":
            last = place(day) == 5
            for one in clocks:
                assert one.month != (one + timedelta(weeks=1)).month if last else place(one) == place(day)
            months = [12 * one.year + one.month for one in clocks]
            step = int(span[1:-1]) * (12 if span[-1] == "Y" else 1)
            assert {second - first for first, second in pairwise(months)} == {step}


@RELAXED
@given(DAYS, st.sampled_from(SPANS), st.integers(1, 20))
def test_a_meeting_of_a_day_makes_days_and_twice_is_once(day: date, span: str, times: int) -> None:
    with opened() as book:
        network = book.add(Network(name="N"))
        first = Interaction(kind="network_meeting", network=network.id, when=day)
        made = book.plan_series(first, span, times=times)
        assert [str(one.when) for one in made] == days(made)
        assert len(made) == times
        version = book.version
        assert book.plan_series(first, span, times=times) == made
        assert book.plan_series(made[0], span, times=times) == made
        assert book.version == version, "nothing has changed"
        more = book.plan_series(first, span, times=times + 3)
        assert more[:times] == made
        assert len({one.series for one in more}) == 1
        assert len(book.interactions.all()) == times + 3


def test_without_an_end_as_far_as_is_customary(book: Book) -> None:
    first = Interaction(kind="visit", when=date(2026, 12, 1), subject="x")
    assert days(book.plan_series(first, "3m")) == [
        "2026-12-01", "2027-03-02", "2027-06-01", "2027-09-07",
    ]  # fmt: skip
    book.set("practice", {"series_months": 4})
    assert days(book.plan_series(Interaction(kind="mail", when=date(2026, 12, 1), subject="x"), "3m")) == [
        "2026-12-01", "2027-03-02",
    ]  # fmt: skip


def test_what_is_there_stays_and_joins(book: Book, network: Network) -> None:
    held = book.add(
        Interaction(kind="network_meeting", network=network.id, when="2026-11-05T13:00", summary="Sagt")
    )
    planned = book.add(
        Interaction(kind="network_meeting", network=network.id, when="2026-12-03T10:00", status="planned")
    )
    other = book.add(Interaction(kind="training", network=network.id, when=date(2026, 12, 3)))
    found = book.plan_series(
        Interaction(kind="network_meeting", network=network.id, when=datetime(2026, 11, 5, 9)), "1m", times=3
    )
    assert [one.id for one in found[:2]] == [held.id, planned.id]
    assert [str(one.when)[:16] for one in found] == [
        "2026-11-05 13:00", "2026-12-03 10:00", "2027-01-07 09:00",
    ]  # fmt: skip
    assert found[0].status == "held"
    assert found[0].summary == "Sagt"
    assert found[2].status == "planned"
    assert book.interactions.get(other.id).series == ""


def test_of_one_that_was_held_only_the_plan_is_taken(book: Book) -> None:
    nybro, eva = book.add(Actor(name="Nybro")), book.add(Contact(name="Eva Ek"))
    hat = book.add(Role(contact=eva.id, actor=nybro.id))
    held = book.add(
        Interaction(kind="sounding_board", when=datetime(2026, 11, 12, 9), participants=[hat.id],
                    summary="Sagt", support=["advice"], theme="Orsaksanalys", process_step=2)
    )  # fmt: skip
    _, second = book.plan_series(held, "1m", times=2)
    assert (second.summary, second.support, second.status) == ("", (), "planned")
    assert (second.theme, second.process_step) == ("Orsaksanalys", 2)
    assert [(one.role, one.status) for one in second.participants] == [(hat.id, "attended")]
    assert book.plan_series(held.id and book.interactions.get(held.id), "1m", times=2)[1] == second


def test_a_network_invites_to_each(book: Book, network: Network) -> None:
    eva, siv = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Siv Björk"))
    people = [
        Participation(contact=eva.id, status="attended"),
        Participation(contact=siv.id, status="absent", part="guest"),
    ]
    held = book.add(
        Interaction(kind="network_meeting", network=network.id, when="2026-11-12", participants=people)
    )
    first, second = book.plan_series(held, "1m", times=2)
    assert [one.status for one in first.participants] == ["attended", "absent"]
    assert [(one.status, one.part) for one in second.participants] == [
        ("invited", "member"),
        ("invited", "guest"),
    ]


def test_each_meeting_of_a_network_invites_who_represents_a_member_then(book: Book) -> None:
    nybro = book.add(Actor(name="Nybro kommun"))
    eva, bo, lo = (book.add(Contact(name=name)) for name in ("Eva Ek", "Bo Björk", "Lo Hägg"))
    role = book.add(Role(contact=eva.id, actor=nybro.id, since="2020"))
    network = book.add(Network(name="Nätverket", members=[Member(actor=nybro.id)]))
    new = book.handover(role, bo, on="2027-01-01").role
    met = book.meet(network, when="2026-12-17", theme="Vinter", guests=[lo]).interaction
    first, second = book.plan_series(met, "3m", times=2)
    assert [one.role or one.contact for one in first.participants] == [role.id, lo.id]
    assert [one.role for one in second.participants] == [new.id]
    assert (first.theme, second.theme) == ("Vinter", "")


def test_one_that_was_moved_or_cancelled_is_not_made_anew(
    book: Book, network: Network, series: list[Interaction]
) -> None:
    book.update_meetings(series[1], "this", when=datetime(2027, 3, 25, 9))
    book.update_meetings(series[2], "this", status="cancelled")
    again = book.plan_series(
        Interaction(kind="network_meeting", network=network.id, when=datetime(2026, 12, 17, 9)),
        "kvartal",
        until="2028-03-31",
    )
    assert days(again) == ["2026-12-17", "2027-09-16", "2027-12-16", "2028-03-16"]
    assert len(book.interactions.all()) == 6


@pytest.mark.parametrize(
    ("when", "every", "given", "says"),
    [
        ("2026-12", "1m", {}, "begins on a day"),
        ("2026-12-17", "blä", {}, "varannan vecka"),
        ("2026-12-17", "P1M2W", {}, "not by both"),
        ("2026-12-17", "1v", {"until": "2026-12-01"}, "before the first"),
        ("2026-12-17", "1v", {"until": "blä"}, "write a date"),
        ("2026-12-17", "1v", {"times": 0}, "from 1 to 200"),
        ("2026-12-17", "1v", {"times": 201}, "from 1 to 200"),
        ("2026-12-17", "1d", {"until": "2028-12-17"}, "more than 200"),
        ("2027-03-21T02:30", "1v", {}, "2027-03-28: the clocks go forward past 02:30"),
    ],
)
def test_what_cannot_be_planned(book: Book, when: str, every: str, given: Any, says: str) -> None:
    with pytest.raises(Invalid, match=says) as error:
        book.plan_series(Interaction(kind="visit", when=when), every, **given)
    assert "\n" not in error.value.message()
    assert book.version == 0
    with pytest.raises(Usage):
        book.plan_series(Interaction(kind="visit", when="2026-12-17"), "1v", times=2, until="2027")


def test_an_end_in_the_hour_that_is_skipped_is_refused_too(book: Book) -> None:
    night = Interaction(kind="visit", when="2027-03-20T22:00", ends="2027-03-21T02:30")
    with pytest.raises(Invalid, match="2027-03-28"):
        book.plan_series(night, "1v", times=3)
    assert book.version == 0


# Changing


def test_this_one_alone(book: Book, series: list[Interaction]) -> None:
    (changed,) = book.update_meetings(series[1], "this", when=datetime(2027, 3, 19, 13, 30), theme="Annat")
    assert str(clock(changed)) == "2027-03-19 13:30:00"
    assert changed.ends
    assert changed.ends.astimezone(stockholm()).hour == 16
    others = [series[0], *series[2:]]
    assert [book.interactions.get(one.id) for one in others] == others


def test_from_this_one_on(book: Book, series: list[Interaction]) -> None:
    version = book.version
    changed = book.update_meetings(series[2], "future", when=datetime(2027, 6, 15, 10))
    assert [str(clock(one)) for one in changed] == [
        "2027-06-15 10:00:00", "2027-09-14 10:00:00", "2027-12-14 10:00:00",
    ]  # fmt: skip
    assert [book.interactions.get(one.id) for one in series[:2]] == series[:2]
    assert {one.ends.astimezone(stockholm()).hour for one in changed if one.ends} == {13}
    assert book.version == version + 1
    book.undo()
    assert [clock(one) for one in sorted(book.interactions.all(), key=clock)] == list(map(clock, series))


def test_a_day_alone_keeps_the_clock(book: Book, series: list[Interaction]) -> None:
    changed = book.update_meetings(series[0].id, "all", when=date(2026, 12, 16))
    assert days(changed)[:2] == ["2026-12-16", "2027-03-17"]
    assert {clock(one).hour for one in changed} == {9}


def test_another_end_is_as_long_in_each(book: Book, series: list[Interaction]) -> None:
    changed = book.update_meetings(series[1], "all", when=date(2027, 3, 17), ends=datetime(2027, 3, 17, 15))
    assert {one.ends.astimezone(stockholm()).hour for one in changed if one.ends} == {15}
    assert [str(one.ends)[:10] for one in changed] == days(changed)
    assert [one.ends for one in book.update_meetings(changed[1], "future", ends=None)] == [None] * 4


def test_what_is_added_to_one_is_added_to_each(book: Book, series: list[Interaction]) -> None:
    eva, siv = book.add(Contact(name="Eva Ek")), book.add(Contact(name="Siv Björk"))
    book.update(series[2], agenda=("Eget",), participants=(siv.id,))
    this = book.update(series[1], agenda=("Laget runt", "Gammalt"))
    book.update_meetings(this, "future", agenda=("Laget runt", "Nytt"), participants=(eva.id,))
    found = [book.interactions.get(one.id) for one in series]
    assert [one.agenda for one in found] == [
        (),
        ("Laget runt", "Nytt"),
        ("Eget", "Nytt"),
        ("Nytt",),
        ("Nytt",),
    ]
    assert [[part.contact for part in one.participants] for one in found] == [
        [], [eva.id], [siv.id, eva.id], [eva.id], [eva.id],
    ]  # fmt: skip


@RELAXED
@given(
    st.lists(st.sampled_from(["planned", "held", "cancelled"]), min_size=2, max_size=8),
    st.data(),
    st.integers(-400, 400),
    CLOCKS,
)
def test_what_is_earlier_held_or_cancelled_is_never_touched(
    statuses: list[str], data: Any, moved: int, at: Any
) -> None:
    with opened() as book:
        made = book.plan_series(
            Interaction(kind="visit", when=datetime(2026, 11, 19, 9), subject="x"), "1m", times=len(statuses)
        )
        made = [book.update(one, status=status) for one, status in zip(made, statuses, strict=True)]
        n = data.draw(st.integers(0, len(made) - 1))
        day = day_of(made[n].when or at) + timedelta(days=moved)
        if "planned" not in statuses[n:]:
            with pytest.raises(Refused):
                book.update_meetings(made[n], "future", when=datetime.combine(day, at))
            return
        changed = book.update_meetings(made[n], "future", when=datetime.combine(day, at), theme="Nytt")
        assert [one.id for one in changed] == [
            one.id for one, status in zip(made[n:], statuses[n:], strict=True) if status == "planned"
        ]
        untouched = {one.id for one in made} - {one.id for one in changed}
        assert all(book.interactions.get(one.id) == one for one in made if one.id in untouched)
        before = {one.id: clock(one).date() for one in made}
        assert all(clock(one).time() == at for one in changed)
        assert all(clock(one).date() - before[one.id] == timedelta(days=moved) for one in changed)


def test_what_cannot_be_changed(book: Book, series: list[Interaction]) -> None:
    alone = book.add(Interaction(kind="visit", when=date(2026, 12, 1), status="planned"))
    with pytest.raises(Refused, match="in no series"):
        book.update_meetings(alone, "all", theme="x")
    (alone,) = book.update_meetings(alone, "this", theme="x")
    assert alone.theme == "x"
    with pytest.raises(Usage, match="this, future or all"):
        book.update_meetings(alone, "later", theme="x")  # type: ignore[arg-type]
    with pytest.raises(Invalid, match="no such field"):
        book.update_meetings(alone, "this", them="x")
    with pytest.raises(Invalid, match="moved to a day"):
        book.update_meetings(series[0], "all", when="2027-03")
    before = book.interactions.all()
    with pytest.raises(Invalid, match="2027-03-28: the clocks"):
        book.update_meetings(series[0], "future", when="2026-12-27T02:30")
    with pytest.raises(Invalid, match="2027-03-28T02:30"):
        book.update_meetings(series[1], "future", when="2027-03-28T02:30")
    assert book.interactions.all() == before
    cancelled = book.update_meetings(series[0], "all", status="cancelled")
    assert {one.status for one in cancelled} == {"cancelled"}
    with pytest.raises(Refused, match="still planned"):
        book.update_meetings(cancelled[0], "all", theme="x")
    held = book.add(Interaction(kind="visit", when=date(2026, 11, 1)))
    with pytest.raises(Refused, match="still planned"):
        book.update_meetings(held, "this", theme="x")
    with pytest.raises(Invalid, match="no meeting"):
        book.update_meetings(book.add(Contact(name="Eva Ek")).id, "this", theme="x")


# Spans as typed


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("3m", "P3M"), ("3 månader", "P3M"), ("varje månad", "P1M"), ("var tredje månad", "P3M"),
        ("every 3 months", "P3M"), ("1v", "P1W"), ("varannan vecka", "P2W"), ("varje år", "P1Y"),
        ("kvartal", "P3M"), ("Quarterly", "P3M"), ("P3M", "P3M"), ("p2w", "P2W"), ("vartannat år", "P2Y"),
        ("every other week", "P2W"), ("var 3:e månad", "P3M"), ("två veckor", "P2W"), ("halvår", "P6M"),
        ("vartannat kvartal", "P6M"), ("every second month", "P2M"), ("3 mån.", "P3M"), ("10 dagar", "P10D"),
    ],
)  # fmt: skip
def test_how_often(text: str, span: str) -> None:
    assert parse_span(text) == span


@pytest.mark.parametrize(
    "text", ["", "3", "0m", "blä", "P", "P0D", "PT3H", "varje", "-3m", "1000m", "2026-12-01"]
)
def test_what_is_no_span(text: str) -> None:
    with pytest.raises(Invalid, match="varannan vecka"):
        parse_span(text)


# At the prompt


@pytest.fixture
def work(kalmar: Callable[..., Any]) -> Callable[..., Any]:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    return kalmar


LOG = ("log", "besök", "eva", "möte", "--when", "2099-12-17 09:00")


def listed(work: Callable[..., Any], *filters: str) -> list[str]:
    rows = work("list", "interactions", *filters, "-o", "csv").out.splitlines()[1:]
    return sorted(row[:16] for row in rows)


def test_log_plans_a_series(work: Callable[..., Any]) -> None:
    ran = work(*LOG, "--every", "var tredje månad", "--times", "4", "--they-promised", "boka rum")
    first, promise, line = ran.out.splitlines()
    assert first.startswith("planned: visit with Eva Ek (Nybro kommun) (")
    assert promise.startswith("  they promised: boka rum")
    assert line == ("planned: 4 meetings until 2100-09-16: 2099-12-17, 2100-03-18, 2100-06-17, 2100-09-16")
    assert listed(work) == [f"{day}T09:00" for day in line.split(": ")[2].split(", ")]
    assert work("undo").code == 0
    assert listed(work) == []


def test_the_same_again_extends_it(work: Callable[..., Any]) -> None:
    work(*LOG, "--every", "3m", "--times", "2")
    id = work("list", "interactions", "when=2099-12-17", "-o", "ids").out.strip()
    ran = work(*LOG, "--every", "3m", "--until", "2100-06-30")
    assert ran.out.splitlines()[0].endswith(f"({id})")
    assert ran.last.startswith("planned: 3 meetings until 2100-06-17: ")
    assert ran.last.endswith(" (2 were there already)")
    assert len(listed(work)) == 3


def test_a_rehearsed_series_is_not_saved(work: Callable[..., Any]) -> None:
    ran = work(*LOG, "--every", "1v", "--times", "20", "--dry-run")
    assert ran.last.startswith("would plan: 20 meetings until 2100-04-29: 2099-12-17, ")
    assert ran.last.endswith(" and 8 more")
    assert listed(work) == []


def test_a_series_of_what_was_held_today(work: Callable[..., Any]) -> None:
    ran = work("log", "telefon", "eva", "avstämning", "--every", "1m", "--times", "1")
    assert ran.out.splitlines()[1:] == ["no meeting is still to come"]


@pytest.mark.parametrize(("word", "left"), [("denna", 3), ("kommande", 1), ("all", 0), ("this", 3)])
def test_set_in_a_series(work: Callable[..., Any], word: str, left: int) -> None:
    work(*LOG, "--every", "3m", "--times", "4")
    id = work("list", "interactions", "when=2100-03-18", "-o", "ids").out.strip()
    would = work("set", id, "theme=Nytt", "--series", word, "--dry-run").out
    assert would.startswith("would set: theme of ")
    ran = work("set", id, "theme=Nytt", "--series", word)
    assert ran.out == would.removeprefix("would ")
    assert len(listed(work, "theme=")) == left
    again = work("set", id, "theme=Nytt", "--series", word)
    assert again.out == "the meetings were like that already; nothing changed\n"


def test_the_clock_and_the_day_of_all_are_moved(work: Callable[..., Any]) -> None:
    work(*LOG, "--every", "3m", "--times", "3")
    id = work("list", "interactions", "when=2100-03-18", "-o", "ids").out.strip()
    work("set", id, "when=2100-03-16 13:30", "participants+=kalmar kommun", "--series", "alla")
    assert listed(work) == ["2099-12-15T13:30", "2100-03-16T13:30", "2100-06-15T13:30"]
    assert len(listed(work, "participants=kalmar kommun")) == 3


def test_what_one_has_already_comes_to_the_others(work: Callable[..., Any]) -> None:
    work(*LOG, "--every", "3m", "--times", "3")
    agendas = lambda: sorted(  # noqa: E731
        one.get("agenda", []) for one in work("list", "interactions", "-o", "json").records()
    )
    first = work("list", "interactions", "when=2099-12-17", "-o", "ids").out.strip()
    work("set", first, "agenda+=Läget")
    assert "agenda of 2 meetings" in work("set", first, "agenda+=Läget", "--series", "alla").out
    assert agendas() == [["Läget"]] * 3
    work("undo")
    assert agendas() == [[], [], ["Läget"]]
