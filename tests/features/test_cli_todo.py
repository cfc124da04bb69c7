"""`today` numbers what can be ticked off, `done` and `snooze` take numbers, `log` takes several people."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.model import stockholm

RunCli = Callable[..., Any]


@pytest.fixture
def work(kalmar: RunCli) -> RunCli:
    """Eva in Nybro and Bo in Kalmar, with three promises on different days."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro")
    kalmar("add", "contact", "Siv Björk", "--role", "samordnare@kalmar")
    for text, when in (("ett", "1v"), ("två", "2v"), ("tre", "idag")):
        assert kalmar("log", "telefon", "eva", text, "--promised", text, "--follow-up", when).code == 0
    return kalmar


def numbers(work: RunCli, *words: str) -> dict[str, int]:
    rows = work("today", "-o", "json", *words).records()
    return {row["what"]: row["number"] for row in rows}


def test_only_follow_ups_are_numbered_in_the_order_shown(work: RunCli) -> None:
    ran = work("log", "besök", "eva", "möte", "--when", "imorgon 23:59", "--follow-up", "3v")
    assert ran.out.startswith("planned: ")
    assert numbers(work) == {"tre": 1, "möte": None, "ett": 2, "två": 3}
    assert [line[:2].strip() for line in work("today").out.splitlines()] == ["No", "1", "", "2", "3"]


def test_a_number_means_what_was_shown_last(work: RunCli) -> None:
    numbers(work)
    assert work("done", "1").out == "done: tre\n"
    assert work("done", "2").out == "done: ett\n"  # still the second of the list that was shown
    assert work("done", "1").out.startswith("was done already on ")
    assert numbers(work) == {"två": 1}
    assert work("done", "1").out == "done: två\n"


def test_several_numbers_at_once(work: RunCli) -> None:
    numbers(work)
    assert work("done", "1", "3", "1").out == "done: tre\ndone: två\n"
    assert work("undo").code == 0
    assert len(numbers(work)) == 3


def test_one_that_fails_ticks_off_none(work: RunCli, tmp_path: Path) -> None:
    numbers(work)
    before = (tmp_path / "b.kn").read_bytes()
    ran = work("done", "1", "7")
    assert (ran.code, ran.out) == (3, "")
    assert "only 1 to 3" in ran.err
    assert (tmp_path / "b.kn").read_bytes() == before


def test_a_span_counts_from_when_it_is_due(work: RunCli) -> None:
    """A week off is a week later, not a week from today, which may be earlier."""
    due = {row["what"]: row["due"] for row in work("today", "-o", "json").records()}
    for what in ("två", "tre"):
        assert work("snooze", what, "1v").code == 0
    later = {row["what"]: row["due"] for row in work("today", "-o", "json", "--days", "60").records()}
    for what in ("två", "tre"):
        assert date.fromisoformat(later[what]) - date.fromisoformat(due[what]) == timedelta(weeks=1)


def test_what_is_late_is_put_off_from_today(work: RunCli) -> None:
    work("set", "tre", "due=2020-01-02")
    assert work("snooze", "tre", "1v").code == 0
    (row,) = [one for one in work("today", "-o", "json").records() if one["what"] == "tre"]
    assert date.fromisoformat(row["due"]) > date.today()


def test_snooze_makes_nothing_earlier(work: RunCli) -> None:
    ran = work("snooze", "två", "imorgon")
    assert (ran.code, ran.out) == (5, "")
    assert "is before it is due" in ran.err
    assert "due=" in ran.err


def test_snooze_is_undone(work: RunCli) -> None:
    numbers(work)
    day = work("today", "-o", "json").records()[0]["due"]
    ran = work("snooze", "1", "3v")
    assert ran.out.startswith("due ")
    assert ran.out.endswith(": tre\n")
    assert numbers(work) == {"ett": 1, "två": 2}
    assert work("undo").code == 0
    assert work("today", "-o", "json").records()[0]["due"] == day
    assert work("snooze", "tre", "nästa", "fredag").code == 0
    assert work("snooze", "tre", "nästa", "fredag").out.startswith("was due ")


def test_dry_run_saves_nothing(work: RunCli, tmp_path: Path) -> None:
    numbers(work)
    before = (tmp_path / "b.kn").read_bytes()
    assert work("done", "2", "--dry-run").out == "would be done: ett\n"
    assert work("snooze", "2", "3v", "--dry-run").out.startswith("would be due ")
    assert (tmp_path / "b.kn").read_bytes() == before


def test_without_a_list_there_are_no_numbers(work: RunCli) -> None:
    for words in (("done", "1"), ("snooze", "1", "1v")):
        ran = work(*words)
        assert (ran.code, ran.out) == (3, "")
        assert "kontaktnat today numbers them" in ran.err


def test_meetings_and_cadence_stand_among_them_by_when_they_are_due(work: RunCli) -> None:
    """Numbers are for what can be ticked off; the rest is told, and where one answers it."""
    work("log", "besök", "siv", "uteblev", "--when", "2099-01-02", "--every", "1m", "--times", "1")
    id = work("list", "interactions", "when=2099-01-02", "-o", "ids").out.strip()
    work("set", id, "when=2026-01-02")
    work("set", "kalmar kommun", "cadence=3 dagar")
    work("set", "tre", "due=2026-01-03")
    rows = work("today", "-o", "json").records()
    assert [(row["number"], row["what"]) for row in rows] == [
        (None, "was it held? uteblev"), (1, "tre"), (None, "in contact every 3 days, not yet"), (2, "ett"),
        (3, "två"),
    ]  # fmt: skip
    assert rows[0]["state"] == "overdue"
    work("set", id, "status=held", "when=idag")
    assert [row["what"] for row in work("today", "-o", "json").records()] == [
        "tre", f"in contact every 3 days, last {datetime.now(stockholm()).date()}", "ett", "två",
    ]  # fmt: skip
    assert work("done", "2").out == "done: ett\n"


def test_each_book_has_its_own_numbers(work: RunCli) -> None:
    numbers(work)
    work("init", book="other.kn")
    assert work("today", book="other.kn").out == "nothing to show\n"
    assert work("done", "1", book="other.kn").code == 3
    assert work("done", "1").out == "done: tre\n"


def test_each_terminal_has_its_own_numbers(work: RunCli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows Terminal names its tabs; a tty has a name."""
    monkeypatch.setenv("WT_SESSION", "one")
    assert numbers(work) == {"tre": 1, "ett": 2, "två": 3}
    monkeypatch.setenv("WT_SESSION", "two")
    assert work("done", "1").code == 3
    assert numbers(work, "--days", "0") == {"tre": 1}
    monkeypatch.setenv("WT_SESSION", "one")
    assert work("done", "3").out == "done: två\n"


def test_only_ids_are_kept_and_not_without_end(work: RunCli, tmp_path: Path) -> None:
    for n in range(60):
        work("init", book=f"{n}.kn")
        work("today", book=f"{n}.kn")
    numbers(work)
    kept = tmp_path / "state" / "kontaktnat" / "today.json"
    lists = json.loads(kept.read_text("utf-8"))
    assert len(lists) == 50
    assert "ett" not in kept.read_text("utf-8")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"x": 1}', "\0"])
def test_a_spoilt_list_is_no_list(work: RunCli, tmp_path: Path, content: str) -> None:
    numbers(work)
    (tmp_path / "state" / "kontaktnat" / "today.json").write_text(content, "utf-8")
    assert work("done", "1").code == 3
    assert numbers(work)["tre"] == 1
    assert work("done", "1").code == 0


def test_where_nothing_can_be_kept_today_is_shown_all_the_same(
    work: RunCli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", os.fspath(tmp_path / "blocked"))
    assert "tre" in work("today").out
    assert work("done", "1").code == 3


@pytest.mark.parametrize(
    "people",
    [
        ("eva,siv",),
        ("eva, siv",),
        ("eva", "siv"),
        ("eva,", "siv"),
        ("Eva Ek", "Siv Björk"),
        ("eva ek,", "siv", "björk"),
        ("eva@nybro", "siv@kalmar"),
        ("eva", "siv", "eva"),
    ],
)
def test_several_people(work: RunCli, people: tuple[str, ...]) -> None:
    ran = work("log", "telefon", *people, "skolan")
    assert ran.out.startswith("logged: phone with Eva Ek (Nybro kommun), Siv Björk (Kalmar kommun) ("), (
        ran.err
    )


def test_a_name_of_several_words_may_stand_bare(work: RunCli) -> None:
    work("add", "contact", "Ek Björk", "--role", "samordnare@torsås")
    ran = work("log", "telefon", "Siv", "Björk", "skolan")  # not Siv, and Ek Björk
    assert ran.out.startswith("logged: phone with Siv Björk (Kalmar kommun) (")


def test_all_are_found_or_nothing_is_logged(work: RunCli, tmp_path: Path) -> None:
    before = (tmp_path / "b.kn").read_bytes()
    for people in (("eva", "nobody"), ("eva,nobody",)):
        ran = work("log", "telefon", *people, "skolan")
        assert (ran.code, ran.out) == (3, "")
    assert (tmp_path / "b.kn").read_bytes() == before


def test_what_is_missing_is_asked_and_what_was_typed_is_kept(work: RunCli) -> None:
    ran = work("log", stdin="telefon\neva, siv\nskolan\n", terminal=True)
    assert "logged: phone with Eva Ek (Nybro kommun), Siv Björk (Kalmar kommun)" in ran.out
    ran = work("log", "telefon", "eva", stdin="skolan\n", terminal=True)
    assert "logged: phone with Eva Ek" in ran.out
    numbers(work)
    ran = work("snooze", stdin="2\n3v\n", terminal=True)
    assert ran.out.endswith(": ett\n")
    ran = work("done", stdin="1\n", terminal=True)
    assert "done: tre" in ran.out


def test_add_asks_what(work: RunCli) -> None:
    ran = work("add", stdin="contact\nÅsa Alm\n", terminal=True)
    assert ran.out.startswith("added: Åsa Alm (contact ")
    assert "one of actor, assignment" in ran.err
    assert work("add").code == 2  # nobody to ask


def test_a_look_is_nothing_saved(work: RunCli) -> None:
    """It is logged, but there is nothing that undo could take back."""
    work("add", "contact", "Pia Sand", "--protected", "--phone", "070-174 06 21")
    ran = work("--reveal", "ärende 1", "show", stdin="", terminal=True)
    assert ran.code == 130
    assert "nothing was saved" in ran.err
    assert "reveal: ärende 1" in work("history").out
