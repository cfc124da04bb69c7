"""A topic's life: raised, lifted, answered, brought home to all who asked, and only then closed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kontaktnat
from kontaktnat import (
    Actor,
    Book,
    Conflict,
    Interaction,
    Invalid,
    Network,
    NotFound,
    PartialDate,
    Reach,
    Refused,
    Topic,
    TopicLink,
    Usage,
    Veto,
)
from kontaktnat.acts.topics import NATIONAL
from kontaktnat.testing.injection import FixedClock, counted_ids

OpenBook = Callable[..., Book]


@pytest.fixture
def nybro(book: Book) -> Actor:
    return book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))


@pytest.fixture
def kalmar(book: Book) -> Actor:
    return book.add(Actor(name="Kalmar kommun", kind="municipality", place="0880"))


@pytest.fixture
def question(book: Book, nybro: Actor, kalmar: Actor) -> Topic:
    return book.raise_topic(
        Topic(
            kind="question",
            title="Vem bekostar belysningen?",
            raised_by=[nybro.id, kalmar.id],
            raised_on="2026-08-01",
        )
    )


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


# The whole way


def test_a_question_goes_all_the_way(book: Book, nybro: Actor, kalmar: Actor, question: Topic) -> None:
    lifted = book.lift(question, on="2026-08-20")
    assert (lifted.status, lifted.lifted_on, lifted.lifted_to) == ("lifted", day("2026-08-20"), NATIONAL)
    answered = book.answer(lifted, "Kommunen", on="2026-11-01")
    assert (answered.status, answered.answer) == ("answered", "Kommunen")
    assert answered.answered_on == day("2026-11-01")
    some = book.bring_home(answered, [nybro], on="2026-11-03")
    assert (some.status, some.returned) == ("answered", (Reach(actor=nybro.id, date="2026-11-03"),))
    home = book.bring_home(some)
    assert home.status == "returned"
    assert home.returned == (*some.returned, Reach(actor=kalmar.id, date="2026-11-12"))
    closed = book.close_topic(home)
    assert (closed.status, closed.closed_on) == ("closed", day("2026-11-12"))
    assert closed == book.topics.get(question.id)


def test_each_act_is_one_step_of_undo(book: Book, question: Topic) -> None:
    steps = [question]
    for act in (
        lambda: book.lift(question.id),
        lambda: book.answer(question.id, "Ja"),
        lambda: book.bring_home(question.id),
        lambda: book.close_topic(question.id),
    ):
        before = book.version
        steps.append(act())
        assert book.version == before + 1
    told = ("status", "lifted_on", "lifted_to", "answer", "answered_on", "returned", "closed_on")
    for step in reversed(steps[:-1]):
        book.undo()
        now = book.topics.get(question.id)
        assert [getattr(now, name) for name in told] == [getattr(step, name) for name in told]


def test_an_answer_may_come_without_lifting(book: Book, question: Topic) -> None:
    answered = book.answer(question, "Ja")
    assert (answered.status, answered.lifted_on, answered.answered_on) == (
        "answered",
        None,
        day("2026-11-12"),
    )


def test_a_draft_is_lifted_like_an_open_one(book: Book) -> None:
    draft = book.raise_topic(Topic(kind="proposal", title="Fler lampor", status="draft"))
    assert book.lift(draft, to="Brå").lifted_to == "Brå"


# Raising


def test_what_is_raised_is_dated(book: Book) -> None:
    assert book.raise_topic(Topic(title="Nu")).raised_on == day("2026-11-12")
    assert book.raise_topic(Topic(title="Då", raised_on="2026-03")).raised_on == day("2026-03")
    assert book.raise_topic(Topic(title="Nu igen")).review_due is None


@pytest.mark.parametrize(
    ("given", "due"),
    [
        ({}, "2028-11-12"),
        ({"raised_on": "2024-02-29"}, "2026-02-28"),
        ({"raised_on": "2026-03"}, "2028-03"),
        ({"raised_on": "2026"}, "2028"),
        ({"review_due": "2027-01"}, "2027-01"),
    ],
)
def test_a_good_example_is_looked_at_anew(book: Book, given: dict[str, Any], due: str) -> None:
    found = book.raise_topic(Topic(kind="example", title="Trygghetsvandring", **given))
    assert found.review_due == day(due)


def test_after_how_long_is_a_setting(book: Book) -> None:
    book.set("practice", {"review_months": 12})
    made = book.raise_topic(Topic(kind="example", title="Trygghetsvandring"))
    assert made.review_due == day("2027-11-12")


def test_raised_at_a_networks_latest_meeting(book: Book) -> None:
    network = book.add(Network(name="Förebyggarna"))
    other = book.add(Network(name="Andra"))
    add = lambda when, status="held", net=network: book.add(  # noqa: E731
        Interaction(kind="network_meeting", when=when, status=status, network=net.id)
    )
    add("2026-03-01")
    second = add("2026-12-01T13:00", "planned")
    later = add("2027-02-01T13:00", "planned")
    add("2026-10-01T13:00", "cancelled")
    add("2026-10-05T13:00", "planned")  # nobody has said whether it was held
    latest = add("2026-09-01T13:00")
    assert book.raise_topic(Topic(title="Ett"), at=network).id in book.interactions.get(latest.id).topics
    at_later = book.raise_topic(Topic(title="Två"), at=later.id)
    assert book.interactions.get(later.id).topics == (at_later.id,)
    for meeting in book.interactions.where(network=network.id, status="held"):
        book.delete(meeting)
    ahead = book.raise_topic(Topic(title="Tre"), at=network.id)
    assert book.interactions.get(second.id).topics == (ahead.id,)
    before = book.version
    with pytest.raises(NotFound, match="Andra has no meeting yet"):
        book.raise_topic(Topic(title="Fyra"), at=other)
    with pytest.raises(Usage, match="not at"):
        book.raise_topic(Topic(title="Fyra"), at=book.add(Actor(name="Nybro IF")).id)
    assert (book.version, book.topics.where(title="Fyra")) == (before + 1, [])


def test_only_a_topic_is_raised(book: Book) -> None:
    with pytest.raises(Usage, match="raise_topic takes a topic"):
        book.raise_topic("Belysning")  # type: ignore[arg-type]
    with pytest.raises(Usage, match="a topic or its id"):
        book.lift(3)  # type: ignore[arg-type]


# What is refused, and what changes nothing


def test_the_same_again_changes_nothing(book: Book, question: Topic) -> None:
    acts: list[Callable[[], Topic]] = [
        lambda: book.lift(question.id, on="2026-08-20"),
        lambda: book.lift(question.id),
        lambda: book.lift(question.id, to=NATIONAL, on=date(2026, 8, 20)),
        lambda: book.answer(question.id, "Ja", on="2026-09-01"),
        lambda: book.answer(question.id, "Ja"),
        lambda: book.bring_home(question.id, on="2026-09-02"),
        lambda: book.bring_home(question.id),
        lambda: book.close_topic(question.id, on="2026-09-03"),
        lambda: book.close_topic(question.id),
    ]
    revs = [act().rev for act in acts]
    assert revs == [2, 2, 2, 3, 3, 4, 4, 5, 5]


def test_lifted_twice_or_too_late(book: Book, question: Topic) -> None:
    book.lift(question.id, on="2026-08-20")
    with pytest.raises(Refused, match=r"was lifted on 2026-08-20 to nationella nätverket already"):
        book.lift(question.id, to="Brå")
    with pytest.raises(Refused, match="already"):
        book.lift(question.id, on="2026-08-21")
    book.answer(question.id, "Ja")
    with pytest.raises(Refused, match=f"is answered already: kontaktnat set {question.id} status=open"):
        book.lift(question.id)


def test_a_good_example_is_spread_and_not_lifted(book: Book) -> None:
    made = book.raise_topic(Topic(kind="example", title="Trygghetsvandring"))
    with pytest.raises(Refused, match=f"not lifted: kontaktnat topic spread {made.id} --to"):
        book.lift(made)


def test_another_answer_only_before_somebody_has_got_it(book: Book, nybro: Actor, question: Topic) -> None:
    book.answer(question.id, "Ja", on="2026-11-01")
    other = book.answer(question.id, "Nej")
    assert (other.answer, other.answered_on) == ("Nej", day("2026-11-12"))
    book.bring_home(question.id, [nybro.id])
    with pytest.raises(Refused, match="answered already"):
        book.answer(question.id, "Kanske")
    with pytest.raises(Invalid, match="may not be empty"):
        book.answer(question.id, " ")


@pytest.mark.parametrize(
    "act",
    [
        lambda book, id: book.lift(id, on="2026-07-31"),
        lambda book, id: book.lift(id, on="2026-11-13"),
        lambda book, id: book.answer(id, "Ja", on="2026-07-31"),
        lambda book, id: (book.lift(id, on="2026-09-01"), book.answer(id, "Ja", on="2026-08-31")),
        lambda book, id: (book.answer(id, "Ja", on="2026-09-01"), book.bring_home(id, on="2026-08-31")),
        lambda book, id: (
            book.answer(id, "Ja", on="2026-09-01"),
            book.bring_home(id, on="2026-09-05"),
            book.close_topic(id, on="2026-09-04"),
        ),
        lambda book, id: book.lift(id, on="i fjol"),
    ],
)
def test_days_in_the_wrong_order(book: Book, question: Topic, act: Callable[[Book, str], Any]) -> None:
    with pytest.raises(Invalid), book.transaction("all"):
        act(book, question.id)
    assert book.topics.get(question.id) == question


def test_the_answer_comes_home_to_those_who_asked(book: Book, question: Topic) -> None:
    torsas = book.add(Actor(name="Torsås kommun"))
    with pytest.raises(Refused, match=f"no answer yet .* kontaktnat topic answer {question.id} TEXT"):
        book.bring_home(question.id)
    book.answer(question.id, "Ja")
    with pytest.raises(Refused, match=r"Torsås kommun did not ask .* Kalmar kommun and Nybro kommun"):
        book.bring_home(question.id, [torsas])
    with pytest.raises(NotFound):
        book.bring_home(question.id, ["zzzzzzzz"])
    nobodys = book.raise_topic(Topic(kind="question", title="Vems?"))
    book.answer(nobodys.id, "Ingens")
    with pytest.raises(Refused, match="nobody is named as having asked"):
        book.bring_home(nobodys.id)
    assert book.close_topic(nobodys.id).status == "closed"


def test_an_asker_that_was_succeeded_counts_as_its_successor(
    book: Book, nybro: Actor, kalmar: Actor, question: Topic
) -> None:
    merged = book.add(Actor(name="Södra kommunen", kind="municipality"))
    book.update(nybro, succeeded_by=merged.id, succeeded_on="2026-10-01")
    book.answer(question.id, "Ja")
    some = book.bring_home(question.id, merged.id)  # type: ignore[arg-type]  # one alone is meant well
    assert some.returned == (Reach(actor=merged.id, date="2026-11-12"),)
    assert book.bring_home(question.id, [nybro]).rev == some.rev  # who has it through the other
    book.update(kalmar, succeeded_by=merged.id, succeeded_on="2026-11-01")
    assert book.close_topic(question.id).status == "closed"


def test_a_stale_copy_is_a_conflict(book: Book, question: Topic) -> None:
    book.update(question, text="mer")
    with pytest.raises(Conflict):
        book.lift(question)


# Closing


@pytest.mark.parametrize("how", ["close", "update", "returned"])
def test_a_question_is_not_closed_before_it_came_home(
    book: Book, nybro: Actor, question: Topic, how: str
) -> None:
    def close() -> Topic:
        if how == "close":
            return book.close_topic(question.id)
        status = "closed" if how == "update" else how
        return book.update(book.topics.get(question.id), status=status)

    with pytest.raises(Refused, match=f"no answer yet .*: kontaktnat topic answer {question.id} TEXT"):
        close()
    book.answer(question.id, "Ja")
    book.bring_home(question.id, [nybro])
    with pytest.raises(Refused, match=f"not come home to Kalmar kommun; .* topic return {question.id}"):
        close()
    book.bring_home(question.id)
    assert close().status == ("closed" if how != "returned" else "returned")


def test_the_guard_cannot_be_walked_round(book: Book, nybro: Actor, question: Topic) -> None:
    with pytest.raises(Veto, match="no answer yet"):
        book.add(Topic(kind="question", title="Ny", status="closed"))
    with pytest.raises(Veto):
        book.update(question, kind="problem", status="closed")
    problem = book.raise_topic(Topic(title="Ljus", raised_by=[nybro.id]))
    lifted = book.lift(problem)
    with pytest.raises(Veto, match="Nybro kommun"):
        book.update(lifted, lifted_on=None, status="closed")
    book.answer(problem.id, "Ja")
    book.bring_home(problem.id)
    closed = book.close_topic(problem.id)
    with pytest.raises(Veto, match="Kalmar"):
        book.update(closed, raised_by=[nybro.id, book.add(Actor(name="Kalmar kommun")).id])
    with pytest.raises(Veto):
        book.update(closed, returned=())
    assert book.update(closed, text="Mer att säga").text == "Mer att säga"


def test_a_problem_that_was_not_lifted_is_closed_any_time(book: Book, nybro: Actor) -> None:
    problem = book.raise_topic(Topic(title="Ljus", raised_by=[nybro.id]))
    assert book.close_topic(problem).status == "closed"


def test_opened_again_it_wants_a_new_answer_brought_home(book: Book, question: Topic) -> None:
    book.answer(question.id, "Ja")
    book.bring_home(question.id)
    book.close_topic(question.id)
    with pytest.raises(Refused, match=f"closed already: kontaktnat set {question.id} status=open"):
        book.answer(question.id, "Nej")
    again = book.update(book.topics.get(question.id), status="open")
    assert book.update(again, text="…").status == "open"
    with pytest.raises(Refused, match="opened again"):
        book.close_topic(question.id)
    with pytest.raises(Refused, match="no answer yet"):
        book.bring_home(question.id)
    answered = book.answer(question.id, "Nej")
    assert (answered.returned, answered.closed_on) == ((), None)
    with pytest.raises(Refused, match="not come home"):
        book.close_topic(question.id)
    lifted = book.lift(book.update(answered, status="open"))
    assert (lifted.status, lifted.answer, lifted.answered_on) == ("lifted", "", None)


def test_an_undo_and_an_archive_are_not_judged_anew(
    book: Book, nybro: Actor, kalmar: Actor, question: Topic, open_book: OpenBook
) -> None:
    only = book.update(question, raised_by=[nybro.id])
    taking = book.version
    book.answer(only.id, "Ja")
    book.bring_home(only.id)
    book.close_topic(only.id)
    book.undo(taking)  # Kalmar asked too, after all
    kept = book.topics.get(question.id)
    assert (kept.status, kept.raised_by) == ("closed", (nybro.id, kalmar.id))
    archive = io.BytesIO()
    book.export_to(archive, "jsonl")
    copy = open_book()
    copy.import_from(io.BytesIO(archive.getvalue()), format="jsonl")
    assert copy.topics.get(question.id).status == "closed"


# Links and good examples


def test_topics_are_linked_once(book: Book) -> None:
    problem, other = (book.raise_topic(Topic(title=title)) for title in ("Mörkt", "Mörka gårdar"))
    proposal = book.raise_topic(Topic(kind="proposal", title="Fler lampor"))
    linked = book.link_topics(proposal, "addresses", problem)
    assert linked.links == (TopicLink(kind="addresses", topic=problem.id),)
    assert book.link_topics(linked, "addresses", problem.id).rev == linked.rev
    assert len(book.link_topics(linked, "illustrates", problem).links) == 2
    assert book.link_topics(other, "duplicates", problem).links[0].kind == "duplicates"
    with pytest.raises(Refused, match="with itself"):
        book.link_topics(problem, "addresses", problem.id)
    with pytest.raises(Refused, match=r"Fler lampor \(proposal\) and Mörkt \(problem\)"):
        book.link_topics(proposal.id, "duplicates", problem)
    with pytest.raises(Invalid, match="none of"):
        book.link_topics(problem, "mirrors", other)


def test_an_example_is_spread_and_taken_up_once_by_each(book: Book, nybro: Actor, kalmar: Actor) -> None:
    made = book.raise_topic(Topic(kind="example", title="Trygghetsvandring", raised_on="2026-01-10"))
    told = book.spread(made, [nybro, kalmar.id], on="2026-02-01")
    assert told.spread == tuple(Reach(actor=one.id, date="2026-02-01") for one in (nybro, kalmar))
    assert book.spread(told, [kalmar]).rev == told.rev
    taken = book.take_up(told, [nybro], on="2026-03")
    assert taken.uptake == (Reach(actor=nybro.id, date="2026-03"),)
    with pytest.raises(Invalid, match="before raised_on"):
        book.take_up(taken, [kalmar], on="2025-12-31")
    with pytest.raises(Invalid, match="still to come"):
        book.spread(taken, [kalmar], on="2027-01-01")
    with pytest.raises(Usage, match="name the actors"):
        book.spread(taken, [])
    problem = book.raise_topic(Topic(title="Mörkt"))
    for act in (book.spread, book.take_up):
        with pytest.raises(Refused, match="is no good example"):
            act(problem, [nybro])


# Whatever the order of acts


ASKERS = ("Nybro kommun", "Kalmar kommun", "Torsås kommun")
ACTS = st.one_of(
    st.tuples(st.sampled_from(["lift", "answer", "all home", "close", "open", "shut", "wave"])),
    st.tuples(st.just("home"), st.sets(st.integers(0, 2), min_size=1)),
    st.tuples(st.just("asks"), st.integers(0, 2)),
)


def acting() -> tuple[Book, list[Actor]]:
    book = kontaktnat.open("memory:", by="anna", plugins=[], clock=FixedClock(), ids=counted_ids())
    return book, [book.add(Actor(name=name)) for name in ASKERS]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    kind=st.sampled_from(["question", "problem", "proposal"]),
    asking=st.sets(st.integers(0, 2)),
    acts=st.lists(ACTS, max_size=14),
)
def test_it_is_never_closed_before_all_who_asked_have_it(
    kind: str, asking: set[int], acts: Sequence[tuple[Any, ...]]
) -> None:
    book, actors = acting()
    topic = book.raise_topic(Topic(kind=kind, title="T", raised_by=[actors[n].id for n in sorted(asking)]))
    do: dict[str, Callable[..., Any]] = {
        "lift": lambda: book.lift(topic.id),
        "answer": lambda: book.answer(topic.id, f"Svar {book.version}"),
        "all home": lambda: book.bring_home(topic.id),
        "home": lambda some: book.bring_home(topic.id, [actors[n] for n in sorted(some)]),
        "close": lambda: book.close_topic(topic.id),
        "open": lambda: book.update(topic.id, status="open"),
        "shut": lambda: book.update(topic.id, status="closed"),
        "wave": lambda: book.update(topic.id, status="returned"),
        "asks": lambda n: book.update(
            topic.id, raised_by=tuple({**dict.fromkeys(now.raised_by), actors[n].id: None})
        ),
    }
    now = topic
    for name, *arguments in acts:
        before = now
        try:
            do[name](*arguments)
        except Refused:
            assert book.topics.get(topic.id) == before
        now = book.topics.get(topic.id)
        home = {one.actor for one in now.returned}
        if now.status == "returned" or (
            now.status == "closed" and (now.kind == "question" or now.lifted_on is not None)
        ):
            assert now.answer
            assert {*now.raised_by} <= home
        assert len(home) == len(now.returned)


# As of a day


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@given(
    kind=st.sampled_from(["question", "problem", "proposal", "example"]),
    asking=st.sets(st.integers(0, 2)),
    acts=st.lists(st.tuples(st.integers(0, 3), ACTS), max_size=12),
    asked=st.integers(-1, 40),
)
@example(
    kind="problem", asking={0, 1}, asked=1,
    acts=[(0, ("answer",)), (1, ("home", {0})), (1, ("close",))],
)  # fmt: skip
def test_as_of_a_day_it_is_what_it_had_become_by_then(
    kind: str, asking: set[int], acts: Sequence[tuple[int, tuple[Any, ...]]], asked: int
) -> None:
    """The life of a topic in the order in which it happened, and any day."""
    book, actors = acting()
    first = date(2026, 9, 1)
    on = first
    topic = book.raise_topic(
        Topic(kind=kind, title="T", raised_by=[actors[n].id for n in sorted(asking)], raised_on=on)
    )
    lived = [(on, topic)]
    for wait, act in acts:
        on += timedelta(days=wait)
        try:
            _act(book, lived[-1][1], actors, act, on)
        except Refused:
            continue
        lived.append((on, book.topics.get(topic.id)))
    day = first + timedelta(days=asked)
    then = [one for when, one in lived if when <= day]
    seen = book.as_of(day).topics.all()
    assert [_life(one) for one in seen] == [_life(one) for one in then[-1:]]


def _act(book: Book, topic: Topic, actors: list[Actor], act: tuple[Any, ...], on: date) -> None:
    name, *arguments = act
    some = [actors[n] for n in sorted(*arguments)] if name == "home" else actors[:1]
    do: dict[str, Callable[[], Any]] = {
        "lift": lambda: book.lift(topic.id, on=on),
        "answer": lambda: book.answer(topic.id, "Svar", on=on),
        "all home": lambda: book.bring_home(topic.id, on=on),
        "home": lambda: book.bring_home(topic.id, some, on=on),
        "close": lambda: book.close_topic(topic.id, on=on),
        "shut": lambda: book.spread(topic.id, some, on=on),
        "wave": lambda: book.take_up(topic.id, some, on=on),
    }
    # Another answer in the place of one is today's knowledge; history has the first.
    if name in do and not (name == "answer" and topic.status == "answered"):
        do[name]()


def _life(topic: Topic) -> dict[str, Any]:
    """What happens to a topic; not who wrote it down when."""
    written = {"rev", "created", "created_by", "changed", "changed_by"}
    return {name: value for name, value in attrs.asdict(topic, recurse=False).items() if name not in written}


def test_as_of_a_day_a_closed_one_without_a_day_was_not_closed_before_its_answer(book: Book) -> None:
    made = book.add(Topic(title="T", status="closed", answer="Ja", answered_on="2026-06-01"))
    assert book.as_of("2026-05-31").topics.get(made.id).status == "open"
    assert book.as_of("2026-06-01").topics.get(made.id).status == "closed"


def test_as_of_a_day_what_reached_whom_later_moves_no_status(book: Book, nybro: Actor) -> None:
    made = book.add(
        Topic(kind="example", title="T", status="lifted", spread=[Reach(actor=nybro.id, date="2026-06-01")])
    )
    then = book.as_of("2026-05-31").topics.get(made.id)
    assert (then.status, then.spread) == ("lifted", ())
