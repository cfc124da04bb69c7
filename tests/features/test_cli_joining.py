"""`merge other.kn` and `review` of what two books differ in, at the prompt."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Contact
from kontaktnat.descriptors import StoreOptions
from kontaktnat.model.base import ActorId
from kontaktnat.query import F
from kontaktnat.store.tiny import TinyStore


@pytest.fixture
def two(kalmar: Callable[..., Any], tmp_path: Path) -> Callable[..., Any]:
    """The command line on b.kn, of which bo.kn is a copy: both changed Eva's note."""
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--phone", "070-174 06 11")
    shutil.copy(tmp_path / "b.kn", tmp_path / "bo.kn")
    kalmar("set", "Eva Ek", "note=Ring på eftermiddagen", "source=mötet")
    kalmar("set", "Eva Ek", "note=Ring före nio", "family=Ek", "--by", "bo", book="bo.kn")
    kalmar("add", "contact", "Maj Lind", "--by", "bo", book="bo.kn")
    return kalmar


def eva(tmp_path: Path) -> Contact:
    with kontaktnat.open(tmp_path / "b.kn", mode="r") as book:
        (one,) = book.contacts.where(name="Eva Ek")
        return one


def test_what_fits_goes_in_and_the_rest_waits(two: Any, tmp_path: Path) -> None:
    before = (tmp_path / "bo.kn").read_bytes()
    dry = two("merge", "bo.kn", "--dry-run")
    ran = two("merge", "bo.kn")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "2 transactions in bo.kn were new here",
        "both changed: Eva Ek (Nybro kommun): bo.kn says something else: note",
        "1 waits to be decided: kontaktnat review",
        "undo 4 takes it back",
        "created 1, updated 1, deleted 0, conflicts 1, left out 0",
    ]
    assert dry.out.splitlines() == [line for line in ran.out.splitlines() if not line.startswith("undo")]
    assert (eva(tmp_path).note, eva(tmp_path).family) == ("Ring på eftermiddagen", "Ek")
    assert (tmp_path / "bo.kn").read_bytes() == before
    again = two("merge", "bo.kn")
    assert again.out.splitlines() == [
        "0 transactions in bo.kn were new here", "created 0, updated 0, deleted 0, conflicts 0, left out 0",
    ]  # fmt: skip
    assert two("undo").code == 0
    assert two("list", "pending", "-o", "json").records() == []
    assert two("merge", "bo.kn").last == ran.last


def test_in_swedish(two: Any) -> None:
    ran = two("--lang", "sv", "merge", "bo.kn")
    assert ran.out.splitlines() == [
        "2 transaktioner i bo.kn var nya här",
        "båda har ändrat: Eva Ek (Nybro kommun): bo.kn säger något annat: note",
        "1 väntar på avgörande: kontaktnat review",
        "undo 4 tar tillbaka det",
        "nya 1, ändrade 1, borttagna 0, konflikter 1, utelämnade 0",
    ]
    shown = two("--lang", "sv", "review", "Eva").out
    assert "1 här:" in shown
    assert "2 där:" in shown


def test_what_waits_is_listed_shown_and_decided(two: Any, tmp_path: Path) -> None:
    two("merge", "bo.kn")
    listed = two("review")
    assert "Eva Ek (Nybro kommun)" in listed.out
    assert "--take here" in listed.out
    assert two("review", "eva").out.splitlines()[2:6] == [
        "  note",
        "    before:  (nothing)",
        "    1 here:  Ring på eftermiddagen",
        "    2 there: Ring före nio",
    ]
    assert two("review", "eva", "--take", "there", "--dry-run").out == (
        "would be decided: Eva Ek (Nybro kommun)\n"
    )
    ran = two("review", "eva", "--take", "note=there")
    assert ran.out.splitlines() == ["decided: Eva Ek (Nybro kommun)", "undo 5 takes it back"]
    assert eva(tmp_path).note == "Ring före nio"
    two("undo")
    assert two("review", "--take", "here").out.splitlines() == ["1 decided", "undo 7 takes it back"]
    assert (eva(tmp_path).note, two("review").out) == ("Ring på eftermiddagen", "nothing to show\n")


def test_what_is_no_question_any_more_once_it_is_merged_is_told(two: Any, tmp_path: Path) -> None:
    two("add", "contact", "Siv Dal")
    shutil.copy(tmp_path / "b.kn", tmp_path / "cia.kn")
    two("set", "siv dal", "note=x")
    assert two("delete", "siv dal", "--by", "cia", book="cia.kn").code == 0
    assert "changed here, deleted in cia.kn" in two("merge", "cia.kn").out
    ran = two("merge", "eva ek", "siv dal")
    assert "1 difference between two books is no question any more" in ran.out
    assert two("review").out == "nothing to show\n"


def test_at_a_terminal_field_by_field(two: Any, tmp_path: Path) -> None:
    two("set", "Eva Ek", "source=ett", "given=Eva")
    two("set", "Eva Ek", "source=två", "given=Eve", "--by", "bo", book="bo.kn")
    two("merge", "bo.kn")
    left = two("review", stdin="x\n2\nq\n", terminal=True)
    assert "x is none of these" in left.err
    assert "decided: Eva Ek (Nybro kommun); still waiting: " in left.out
    rest = two("review", stdin="s\n1\n", terminal=True)
    assert "decided between two books 1" in rest.out
    assert two("review", stdin="2\n", terminal=True).code == 0
    assert two("review").out == "nothing to show\n"


def test_taken_at_once(two: Any, tmp_path: Path) -> None:
    assert two("merge", "bo.kn", "--take", "there").last.endswith("conflicts 0, left out 0")
    assert eva(tmp_path).note == "Ring före nio"


def test_two_records_as_ever(two: Any, tmp_path: Path) -> None:
    two("merge", "bo.kn")
    ran = two("merge", "Eva Ek", "Maj Lind")
    assert "merged: Eva Ek" in ran.out


def test_of_the_protected_nothing_is_shown(two: Any) -> None:
    for book in ("b.kn", "bo.kn"):
        two("set", "Eva Ek", "protected=yes", f"note=Storgatan {book}", book=book)
    ran = two("merge", "bo.kn")
    assert "both changed: (covered): …" in ran.out
    asked = (
        ("review",), ("review", "-o", "json"), ("list", "pending", "-o", "json"), ("history",),
        ("find", "Storgatan"), ("review", "--take", "there"),
    )  # fmt: skip
    everything = [ran, *(two(*words) for words in asked)]
    for one in everything:
        assert "Storgatan" not in one.out + one.err
    id = two("list", "pending", "-o", "ids").out.strip()
    assert two("review", id, "--take", "there").code == 6
    shown = two("--reveal", "begäran 12", "review", id)
    assert "Storgatan bo.kn" in shown.out
    assert two("--reveal", "begäran 12", "review", id, "--take", "there").code == 0
    assert "Storgatan bo.kn" in two("--reveal", "begäran 12", "show", "Eva Ek").out


def test_who_was_erased_there_is_told(two: Any, tmp_path: Path) -> None:
    id = eva(tmp_path).id
    assert two("-y", "privacy", "erase", id, "--decision", "KS 2026/1", book="bo.kn").code == 0
    ran = two("merge", "bo.kn")
    assert f"erased there, and still here: {id}" in ran.out
    assert eva(tmp_path).id == id


def test_who_was_erased_here_is_not_taken(two: Any, tmp_path: Path) -> None:
    assert two("-y", "privacy", "erase", eva(tmp_path).id, "--decision", "KS 2026/1").code == 0
    ran = two("merge", "bo.kn")
    assert "1 record there says something of people who were erased here: that was not taken" in ran.out
    assert ran.last.endswith("left out 1")
    assert "Ring före nio" not in (tmp_path / "b.kn").read_text("utf-8")


def test_what_is_left_out_is_named(two: Any, tmp_path: Path) -> None:
    with kontaktnat.open(tmp_path / "bo.kn") as bo, kontaktnat.open(tmp_path / "b.kn") as mine:
        (maj,) = bo.contacts.where(name="Maj Lind")
        mine.add(kontaktnat.Actor(id=ActorId(maj.id), name="Upptagen"))
    ran = two("merge", "bo.kn")
    assert ran.code == 0
    assert f"left out: contact {maj.id}: actor {maj.id} is already there" in ran.err
    assert "tried again by the next merge" in ran.out


@pytest.mark.parametrize("content", [b"", b"no book", b'{"format":"kontaktnat-book"}\n'])
def test_a_file_that_is_no_book(two: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bo.kn").write_bytes(content)
    ran = two("merge", "bo.kn")
    assert ran.code in (2, 8)
    assert ran.err.count("\n") == 1
    assert "bo.kn" in ran.err


def test_a_damaged_and_a_newer_book(two: Any, tmp_path: Path) -> None:
    path = tmp_path / "bo.kn"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Maj Lind", b"Maj Lund"))
    assert two("merge", "bo.kn").code == 8
    path.unlink()
    TinyStore(path, StoreOptions(mode="create", schema=9)).close()
    newer = path.read_bytes()
    ran = two("merge", "bo.kn")
    assert (ran.code, ran.err.count("\n")) == (6, 1)
    assert path.read_bytes() == newer


def test_killed_while_deciding_it_goes_on_where_it_was(two: Any, tmp_path: Path) -> None:
    """What is decided is saved, the rest waits; a merge in between doubles nothing."""
    people = []
    with kontaktnat.open(tmp_path / "b.kn") as book:
        people = [book.add(Contact(name=f"Person {n}")).id for n in range(30)]
    shutil.copy(tmp_path / "b.kn", tmp_path / "siv.kn")
    for name in ("b.kn", "siv.kn"):
        with kontaktnat.open(tmp_path / name) as book, book.transaction("x"):
            for id in people:
                book.update(id, note=name)
    assert "conflicts 30" in two("merge", "siv.kn").last
    script = (
        "import kontaktnat\n"
        "with kontaktnat.open('b.kn') as book:\n"
        "    for one in book.pending.all():\n"
        "        book.decide(one.id, 'there')\n"
        "        print(one.id, flush=True)\n"
    )
    done = subprocess.Popen([sys.executable, "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert done.stdout is not None
    for _ in range(5):
        done.stdout.readline()
    done.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    done.wait()
    done.stdout.close()
    two("merge", "siv.kn")
    with kontaktnat.open(tmp_path / "b.kn") as book:
        waiting = {one.raw["record"] for one in book.pending.all()}
        decided = {one.id for one in book.contacts.where(F("note").is_("siv.kn"))} & {*people}
        assert len(decided) >= 5
        assert waiting == {*people} - decided
    assert two("review", "--take", "there").code == 0
    with kontaktnat.open(tmp_path / "b.kn", mode="r") as book:
        assert len(book.contacts.where(F("note").is_("siv.kn"))) == len(people)


def test_a_file_that_is_to_be_imported_is_told_so_and_a_book_of_any_name_is_merged(
    two: Any, tmp_path: Path
) -> None:
    (tmp_path / "lista.csv").write_text("Namn\nBo Ask\n", encoding="utf-8")
    told = two("--lang", "sv", "merge", "lista.csv")
    assert (told.code, "kontaktnat import lista.csv" in told.err) == (2, True)
    shutil.copy(tmp_path / "bo.kn", tmp_path / "bo.json")
    assert two("merge", "bo.json").last == "created 1, updated 1, deleted 0, conflicts 1, left out 0"
    two("add", "actor", "Nybro.csv AB")
    assert two("merge", "nybro.csv ab", "nybro kommun", "--dry-run").code == 0
