"""`topic` at the prompt: one line a step, which says what is now so and what comes next."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from kontaktnat.model import stockholm

RunCli = Callable[..., Any]
ID = r"(?!answered)[0-9a-hjkmnp-tv-z]{8}"


@pytest.fixture
def say(kalmar: RunCli) -> Callable[..., str]:
    """Runs a command that goes well, and gives its one line, every id as ID."""

    def run(*words: str) -> str:
        ran = kalmar(*words)
        assert (ran.code, ran.err) == (0, ""), ran
        assert ran.out.count("\n") == 1, ran
        return re.sub(rf"\b{ID}\b", "ID", ran.out.rstrip("\n"))

    return run


@pytest.fixture
def asked(say: Callable[..., str]) -> Callable[..., str]:
    """Two municipalities have asked who pays for the lamps."""
    say("topic", "add", "Vem bekostar belysningen?", "--kind", "fråga", "--raised-by", "nybro, kalmar",
        "--on", "2024-08-01")  # fmt: skip
    return say


def test_a_questions_life(asked: Callable[..., str], kalmar: RunCli) -> None:
    lines = [
        asked("topic", "lift", "belysningen", "--on", "2024-08-20"),
        asked("topic", "answer", "belysningen", "Kommunen", "--on", "2024-10-01"),
        asked("topic", "return", "belysningen", "--to", "nybro", "--on", "2024-10-02"),
        asked("topic", "return", "belysningen", "--on", "2024-10-03"),
        asked("topic", "close", "belysningen", "--on", "2024-10-04"),
    ]
    title = "Vem bekostar belysningen?"
    assert lines == [
        f"lifted to nationella nätverket on 2024-08-20: {title}; an answer is due 2024-10-19: "
        "kontaktnat topic answer ID TEXT",
        f"answered on 2024-10-01: {title}; return it to Kalmar kommun and Nybro kommun by 2024-10-15: "
        "kontaktnat topic return ID",
        f"returned to Nybro kommun: {title}; Kalmar kommun have not got it: kontaktnat topic return ID",
        f"returned to Kalmar kommun: {title}; all who asked have it: kontaktnat topic close ID",
        f"closed on 2024-10-04: {title}; kontaktnat set ID status=open opens it again",
    ]
    states = {
        day: [row["state"] for row in kalmar("view", "lifted", "--as-of", day, "-o", "json").records()]
        for day in ("2024-07-31", "2024-08-01", "2024-08-20", "2024-10-01", "2024-10-03", "2024-10-04")
    }
    assert list(states.values()) == [[], ["to_lift"], ["waiting"], ["to_return"], ["returned"], ["closed"]]


def test_the_same_again_is_said_and_changes_nothing(asked: Callable[..., str]) -> None:
    for words in (
        ("lift", "belysningen", "--on", "2024-08-20"),
        ("answer", "belysningen", "Kommunen"),
        ("return", "belysningen"),
        ("close", "belysningen"),
    ):
        first, second = asked("topic", *words), asked("topic", *words)
        assert not first.endswith("nothing changed")
        assert second.endswith("; nothing changed"), second
        assert "already" in second


def test_a_dry_run_says_it_and_saves_nothing(asked: Callable[..., str], kalmar: RunCli) -> None:
    asked("topic", "add", "Trygghetsvandring", "--kind", "exempel")
    asked("topic", "add", "Mörka skolgårdar")
    steps = [
        ("add", "Ny fråga"),
        ("link", "belysningen", "belyser", "mörka"),
        ("lift", "belysningen"),
        ("answer", "belysningen", "Ja"),
        ("return", "belysningen"),
        ("close", "belysningen"),
        ("spread", "trygghetsvandring", "--to", "nybro"),
        ("uptake", "trygghetsvandring", "--by", "nybro"),
    ]
    for step in steps:
        before = kalmar("export", "jsonl").out
        assert asked("topic", *step, "--dry-run").startswith("nothing saved; it would be: "), step
        assert kalmar("export", "jsonl").out == before
        asked("topic", *step)
        assert kalmar("export", "jsonl").out != before


def test_what_is_added(say: Callable[..., str], kalmar: RunCli) -> None:
    assert say("topic", "add", "Mörka skolgårdar", "--raised-by", "nybro", "--on", "2024-03") == (
        "added: Mörka skolgårdar (problem ID); next: kontaktnat topic lift ID, or topic answer ID TEXT"
    )
    assert say("topic", "add", "Trygghetsvandring", "--kind", "gott exempel", "--source", "Borås",
               "--evidence", "uppföljd", "--text", "En kväll i veckan", "--on", "2024-05-02") == (
        "added: Trygghetsvandring (example ID), review 2026-05-02; next: kontaktnat topic spread ID --to …"
    )  # fmt: skip
    say("topic", "add", "Fler lampor", "--kind", "förslag", "--draft")
    found = {one["title"]: one for one in kalmar("list", "topics", "-o", "json").records()}
    assert found["Mörka skolgårdar"]["raised_on"] == "2024-03"
    example = found["Trygghetsvandring"]
    assert (example["source"], example["evidence"], example["text"]) == (
        "Borås", "followed_up", "En kväll i veckan",
    )  # fmt: skip
    assert found["Fler lampor"]["status"] == "draft"
    again = say("topic", "add", "Fler lampor", "--kind", "förslag", "--draft")
    assert again == "Fler lampor was there already (ID); nothing changed"
    say("topic", "add", "Fler lampor", "--kind", "förslag", "--new")
    assert len(kalmar("list", "topics", "-o", "ids").out.split()) == 4


def test_add_topic_dates_it_too(say: Callable[..., str], kalmar: RunCli) -> None:
    say("add", "topic", "Mörkt", "--set", "kind=exempel")
    say("add", "topic", "Ljust", "--set", "kind=exempel", "--set", "raised_on=2024-01-02")
    assert say("add", "topic", "Mörkt", "--set", "kind=exempel").endswith("nothing changed")
    found = {one["title"]: one for one in kalmar("list", "topics", "-o", "json").records()}
    assert found["Mörkt"]["raised_on"] == str(
        datetime.fromisoformat(found["Mörkt"]["created"]).astimezone(stockholm()).date()
    )
    assert found["Ljust"]["review_due"] == "2026-01-02"


def test_raised_at_a_meeting(say: Callable[..., str], kalmar: RunCli) -> None:
    say("add", "network", "Förebyggarna")
    for when in ("2024-03-01", "2024-09-01"):
        say("log", "nätverksträff", "nybro", "träff", "--network", "förebyggarna", "--when", when)
    say("topic", "add", "Mörkt", "--at", "förebyggarna")
    latest, first = kalmar("list", "interactions", "network=förebyggarna", "-o", "json").records()
    if latest["when"] < first["when"]:
        latest, first = first, latest
    (topic,) = kalmar("list", "topics", "-o", "json").records()
    assert (latest["topics"], "topics" in first) == ([topic["id"]], False)
    say("topic", "add", "Ljust", "--at", first["id"])
    assert len(kalmar("list", "interactions", "-o", "json").out.split(topic["id"])) == 2
    kalmar("undo")
    assert [one["title"] for one in kalmar("list", "topics", "-o", "json").records()] == ["Mörkt"]


def test_links(say: Callable[..., str]) -> None:
    for title, kind in (("Mörka skolgårdar", "problem"), ("Dunkla", "problem"), ("Fler lampor", "förslag")):
        say("topic", "add", title, "--kind", kind)
    assert say("topic", "link", "lampor", "åtgärdar", "mörka") == (
        "linked: Fler lampor, addresses Mörka skolgårdar; kontaktnat show ID shows that one"
    )
    assert say("topic", "link", "dunkla", "duplicates", "mörka") == (
        "linked: Dunkla, duplicates Mörka skolgårdar; kontaktnat view shared-problems counts them as one"
    )
    assert say("topic", "link", "dunkla", "upprepar", "mörka").startswith("linked so already: ")


def test_a_good_example_travels(say: Callable[..., str]) -> None:
    say("topic", "add", "Trygghetsvandring", "--kind", "exempel")
    assert say("topic", "spread", "trygghet", "--to", "nybro,kalmar", "--by", "bo") == (
        "spread to Kalmar kommun and Nybro kommun: Trygghetsvandring; who takes it up: "
        "kontaktnat topic uptake ID --by …"
    )
    assert say("topic", "spread", "trygghet", "--to", "torsås,nybro").startswith("spread to Torsås kommun: ")
    assert say("topic", "spread", "trygghet", "--to", "nybro") == (
        "Trygghetsvandring had reached Nybro kommun already; nothing changed"
    )
    assert say("--by", "bo", "topic", "uptake", "trygghet", "--by", "nybro") == (
        "taken up by Nybro kommun: Trygghetsvandring; kontaktnat view examples shows all"
    )
    assert say("topic", "uptake", "trygghet", "--by", "nybro").endswith("already; nothing changed")


def test_who_wrote_and_one_undo_each(asked: Callable[..., str], kalmar: RunCli) -> None:
    asked("topic", "lift", "belysningen", "--by", "bo")
    asked("topic", "add", "Trygghetsvandring", "--kind", "exempel")
    asked("--by", "cia", "topic", "uptake", "trygghet", "--by", "nybro")  # these are who took it up
    newest = sorted(kalmar("history", "-o", "json").records(), key=lambda one: one["number"])[-3:]
    assert [one["by"] for one in newest] == ["bo", "anna", "cia"]
    assert kalmar("undo", "--by", "bo").code == 0
    (found,) = kalmar("list", "topics", "kind=fråga", "-o", "json").records()
    assert "lifted_on" not in found


def test_set_edit_and_add_keep_the_same_rule(asked: Callable[..., str], kalmar: RunCli) -> None:
    asked("topic", "answer", "belysningen", "Kommunen")
    for words in (
        ("set", "belysningen", "status=closed"),
        ("set", "belysningen", "status=stängd", "kind=problem"),
    ):
        ran = kalmar(*words)
        assert ran.code == 6
        assert "has not come home to Kalmar kommun and Nybro kommun" in ran.err
        assert ran.err.count("\n") == 1
    asked("topic", "return", "belysningen")
    assert kalmar("set", "belysningen", "status=stängd").code == 0
    assert kalmar("set", "belysningen", "status=öppen").code == 0
    assert kalmar("topic", "close", "belysningen").code == 6
    asked("topic", "answer", "belysningen", "Staten")


def test_in_swedish(asked: Callable[..., str], kalmar: RunCli) -> None:
    ran = kalmar("--lang", "sv", "topic", "close", "belysningen")
    assert (ran.code, ran.err.split(":")[1]) == (
        6, " Vem bekostar belysningen? har ännu inget svar att återföra till Kalmar kommun och Nybro kommun",
    )  # fmt: skip
    assert asked("--lang", "sv", "topic", "lift", "belysningen", "--to", "Brå", "--on", "2024-08-20") == (
        "lyft till Brå 2024-08-20: Vem bekostar belysningen?; svar väntas senast 2024-10-19: "
        "kontaktnat topic answer ID TEXT"
    )
    assert "svar försenat" in kalmar("--lang", "sv", "view", "lifted").out


def test_on_a_terminal_it_asks_for_what_is_missing(asked: Callable[..., str], kalmar: RunCli) -> None:
    ran = kalmar("topic", "answer", stdin="belysningen\nKommunen\n", terminal=True)
    assert ran.code == 0
    assert "answered on" in ran.out
