"""`check` on the file itself: what is seen when it was damaged, edited by hand, or is an old one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Contact, NotFound, Refused, StoreDamaged
from kontaktnat.store import journal


@pytest.fixture
def file(kalmar: Any, tmp_path: Path) -> Path:
    """A book with an archive, which `kalmar` works on."""
    path = tmp_path / "b.kn"
    with kontaktnat.open(path, by="anna", plugins=[]) as book, pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "FLOOR", 0)
        book.add(Contact(name="Eva Ek", note="ringer på tisdagar"))
        book.set("by", "bo")
    assert path.read_bytes().count(b'"archive":{"bytes":0') == 0
    return path


def swap(path: Path, old: str, new: str, *, last: bool = True) -> bytes:
    """What the file is then."""
    text = path.read_text(encoding="utf-8")
    at = text.rindex(old) if last else text.index(old)
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")
    return path.read_bytes()


def test_nothing_is_wrong(kalmar: Any, file: Path) -> None:
    before = file.read_bytes()
    assert kalmar("check") == (0, "nothing is wrong\n", "")
    assert kalmar("check", "--repair").out == kalmar("check", "--accept").out == "nothing is wrong\n"
    assert file.read_bytes() == before


def test_a_damaged_book_says_what_to_do_and_does_it(kalmar: Any, file: Path) -> None:
    damaged = swap(file, "tisdagar", "tisdxgar")
    ran = kalmar("today")
    assert ran.code == 8
    assert ran.err.count("\n") == 1
    for said in ("line ", "backup", "check --repair", "check --accept"):
        assert said in ran.err
    looked = kalmar("check", "-o", "json")
    assert looked.code == 8
    assert "checksum" in looked.records()[0]["message"]
    assert looked.records()[0]["path"].startswith("line ")
    assert kalmar("check", "--repair", "--dry-run").code == 8
    assert file.read_bytes() == damaged
    mended = kalmar("check", "--repair", "--by", "anna")
    assert (mended.code, mended.last.split(";")[0]) == (0, "the file can be used again")
    assert "tisdagar" in kalmar("show", "eva ek").out
    assert kalmar("check").out == "nothing is wrong\n"
    assert file.with_name("b.kn.damaged").read_bytes() == damaged
    assert "check --repair" in kalmar("history").last


def test_an_edit_by_hand_is_accepted_and_can_be_undone(kalmar: Any, file: Path) -> None:
    swap(file, "tisdagar", "onsdagar")
    assert kalmar("show", "eva ek").code == 8
    assert kalmar("check", "--accept", "--by", "anna").code == 0
    assert "onsdagar" in kalmar("show", "eva ek").out
    assert kalmar("undo", "--by", "anna").code == 0
    assert "tisdagar" in kalmar("show", "eva ek").out


def test_an_edit_that_leaves_no_record_is_told_and_can_be_mended(kalmar: Any, file: Path) -> None:
    swap(file, '"name":"Eva Ek"', '"nmae":"Eva Ek"')
    assert kalmar("check", "--accept").code == 5
    for command in ("list", "contacts"), ("find", "eva"):
        ran = kalmar(*command)
        assert (ran.code, ran.err.count("\n")) == (8, 1)
        assert "kontaktnat check" in ran.err
    found = kalmar("check", "-o", "json")
    assert found.code == 5
    (row,) = found.records()
    assert (row["type"], row["path"]) == ("contact", "name")
    assert "Eva" not in found.out
    swap(file, '"nmae":"Eva Ek"', '"name":"Eva Ek"')
    assert kalmar("check", "--accept").code == 0
    assert kalmar("check").code == kalmar("show", "eva ek").code == 0


def test_damage_that_opening_does_not_meet(kalmar: Any, file: Path) -> None:
    damaged = swap(file, "Eva Ek", "Eva Ex", last=False)
    assert kalmar("show", "eva ek").code == 0
    assert kalmar("list", "actors", "--as-of", "2025-06-01").code == 0
    assert kalmar("check").code == 8
    told = kalmar("history")
    assert (told.code, told.err.count("\n")) == (8, 1)
    assert file.read_bytes() == damaged
    assert kalmar("check", "--repair").code == 0
    assert kalmar("check").code == kalmar("history").code == 0


def test_what_a_crash_cut_off_is_kept_and_named(kalmar: Any, file: Path) -> None:
    with file.open("ab") as stream:
        stream.write(b'{"crc":"12345678","count":1,"by')
    assert kalmar("show", "eva ek").code == 0
    assert kalmar("check").code == 8
    wrote = kalmar("set", "eva ek", "note=x")
    assert wrote.code == 0
    assert "b.kn.torn" in wrote.err
    found = kalmar("check")
    assert found.code == 5
    assert "b.kn.torn" in found.out
    file.with_name("b.kn.torn").unlink()
    assert kalmar("check").code == 0


def test_one_or_the_other(kalmar: Any, file: Path) -> None:
    assert kalmar("check", "--repair", "--accept").code == 2


OLD = {
    "kontaktnat": {"schema": 1, "saves": 3},
    "tables": {
        "contact": {"1": {"id": "33vb2xc4", "rev": 1, "name": "Eva Ek", "created_by": "anna"}},
        "_transactions": {
            "1": {"number": 1, "at": "2026-11-12T12:00:30+00:00", "by": "anna", "changes": [
                {"type": "contact", "id": "33vb2xc4",
                 "after": {"id": "33vb2xc4", "rev": 1, "name": "Eva Ek", "created_by": "anna"}}]},
        },
    },
}  # fmt: skip


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "b.kn"
    path.write_text(json.dumps(OLD), encoding="utf-8")
    return path


def test_an_old_book_is_read_as_it_is(run_cli: Any, old: Path) -> None:
    before = old.read_bytes()
    for words in (("list", "contacts"), ("show", "eva ek"), ("history",)):
        ran = run_cli(*words)
        assert ran.code == 0
        assert "Eva Ek" in ran.out or words == ("history",)
    assert run_cli("check").code == 0
    assert old.read_bytes() == before


def test_an_old_book_is_lifted_when_something_is_written(run_cli: Any, old: Path) -> None:
    before = old.read_bytes()
    assert run_cli("set", "eva ek", "note=x", "--by", "bo").code == 0
    assert old.with_name("b.kn.schema-1.bak").read_bytes() == before
    assert len(run_cli("history", "-o", "json").records()) == 2


def test_somebody_at_a_terminal_is_asked_first(run_cli: Any, old: Path) -> None:
    before = old.read_bytes()
    ran = run_cli("set", "eva ek", "note=x", "--by", "bo", stdin="n\n", terminal=True)
    assert (ran.code, old.read_bytes()) == (6, before)
    assert "backup" in ran.err
    assert run_cli("set", "eva ek", "note=x", "--by", "bo", stdin="j\n", terminal=True).code == 0
    assert old.with_name("b.kn.schema-1.bak").read_bytes() == before


def test_how_long_to_wait_for_another_can_be_set(
    kalmar: Any, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kontaktnat.open(file, by="anna", plugins=[]) as book, book.store.writing():
        ran = kalmar("--wait", "0", "set", "eva ek", "note=x")
        assert (ran.code, ran.err.count("\n")) == (7, 1)
        assert "waited 0 s" in ran.err
        monkeypatch.setenv("KONTAKTNAT_WAIT", "0.01")
        assert "waited 0.01 s" in kalmar("set", "eva ek", "note=x").err
        assert kalmar("show", "eva ek").code == 0
    assert kalmar("--wait", "soon", "today").code == kalmar("--wait", "-1", "today").code == 2
    assert "soon is no number of seconds" in kalmar("--wait", "soon", "today").err
    for before in ("--wait", "-y"):
        ran = kalmar("set", "eva ek", "note=x", before)
        assert (ran.code, f"{before} stands before the command: kontaktnat {before} …" in ran.err) == (
            2,
            True,
        )
    assert "no such option" in kalmar("today", "--waiting").err.lower()


def test_the_same_from_python(file: Path) -> None:
    assert kontaktnat.check_file(file) == []
    swap(file, "tisdagar", "tisdxgar")
    (finding, *_) = kontaktnat.check_file(file)
    assert finding.path.startswith("line ")
    with pytest.raises(StoreDamaged):
        kontaktnat.open(file)
    assert kontaktnat.repair_file(file, by="anna")[0].message == finding.message
    assert kontaktnat.check_file(file) == []
    with pytest.raises(NotFound):
        kontaktnat.check_file(file.with_name("none.kn"))
    assert kontaktnat.check_file("memory:") == []
    with pytest.raises(Refused):
        kontaktnat.repair_file("memory:")


def test_what_to_do_is_said_in_swedish(kalmar: Any, file: Path) -> None:
    swap(file, "tisdagar", "tisdxgar")
    assert "kontaktnat check --repair behåller allt som går att läsa" in kalmar("--lang", "sv", "check").out
    mended = kalmar("--lang", "sv", "check", "--repair").out
    assert "filen som den var ligger kvar bredvid boken" in mended
    assert "kept beside" not in mended
    assert kalmar("--lang", "sv", "check", "-o", "json").records() == []


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda data: b"\xef\xbb\xbf" + data, "byte order mark"),
        (lambda data: data.replace(b"\n", b"\r\n"), "line ends"),
    ],
)
def test_an_editor_that_changed_no_letter_is_named(kalmar: Any, file: Path, edit: Any, said: str) -> None:
    file.write_bytes(edit(file.read_bytes()))
    ran = kalmar("today")
    assert ran.code == 8
    assert said in ran.err
    assert "check --accept" in ran.err
    looked = kalmar("check", "-o", "json")
    assert [said in one["message"] for one in looked.records()] == [True]
    assert kalmar("check", "--accept").code == 0
    assert kalmar("check").out == "nothing is wrong\n"


@pytest.mark.parametrize("swapped", ['"kontaktnat"', '"format":'])
def test_a_damaged_header_renumbers_no_transaction(kalmar: Any, file: Path, swapped: str) -> None:
    before = kalmar("history", "-o", "json").records()
    swap(file, swapped, swapped.replace("t", '"'), last=False)
    assert kalmar("today").code == 8
    assert kalmar("check", "--repair").code == 0
    after = kalmar("history", "-o", "json").records()
    assert after[:-1] == before
    assert after[-1]["label"].startswith("check --repair (")


def test_a_file_that_was_cut_off_says_what_is_missing(kalmar: Any, file: Path) -> None:
    data = file.read_bytes()
    lines = data.splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:4]))  # in the middle of the first transaction
    looked = kalmar("check", "-o", "json").records()
    assert looked[0]["message"] == "transaction 1 is the last that is there; 1 after it is missing, or more"
    assert "shorter than it was written" in looked[1]["message"]


def test_a_value_that_no_record_can_have_is_named_and_undone(kalmar: Any, file: Path) -> None:
    swap(file, '"name":"Eva Ek"', '"name":7')
    assert kalmar("check", "--accept", "--by", "anna").code == 5
    listed = kalmar("list", "contacts")
    assert (listed.code, listed.err.count("\n")) == (8, 1)
    assert "cannot be read (name)" in listed.err
    (found,) = kalmar("check", "-o", "json").records()
    assert (found["type"], found["path"]) == ("contact", "name")
    assert kalmar("undo", "--by", "anna").code == 0
    assert kalmar("check").out == "nothing is wrong\n"
    assert kalmar("show", "eva ek").code == 0


def test_a_repair_of_no_book_leaves_nothing(kalmar: Any, file: Path) -> None:
    beside = sorted(file.parent.iterdir())
    ran = kalmar("-b", str(file.with_name("none.kn")), "check", "--repair")
    assert (ran.code, "no such book" in ran.err) == (3, True)
    assert sorted(file.parent.iterdir()) == beside


def test_undo_puts_no_damage_back(kalmar: Any, file: Path) -> None:
    swap(file, "Eva Ek", "Eva Ex", last=False)
    assert kalmar("check", "--repair", "--by", "anna").code == 0
    assert kalmar("history", "-o", "json").records()[-1]["changes"]
    assert kalmar("undo", "--by", "anna").code == 0
    assert "check --repair (anna)" not in kalmar("undo", "--by", "anna", "--dry-run").out
    assert kalmar("list", "contacts", "name=Eva Ex").out == "nothing to show\n"
