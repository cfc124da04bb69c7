"""A coordinator's first day at the prompt, command by command."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path
from typing import Any

import pytest

REAL = Path(__file__).parents[3] / "shared" / "real"
BODIES = REAL / "publicbodies__se.csv"
IMPORT = ("--as", "actor", "--map", "name=name,email=email,phone=phone,website=url")

needs_bodies = pytest.mark.skipif(
    not BODIES.exists() and os.environ.get("CI") != "true", reason=f"{BODIES} is not here"
)


def docs(ran: Any) -> dict[str, dict[str, Any]]:
    return {doc["name"]: doc for doc in ran.records()}


@needs_bodies
def test_the_first_day(run_cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the issue of the first commands is shown by."""
    assert run_cli("init", "--county", "kalmar", "--by", "anna").code == 0

    shown = json.loads(run_cli("list", "actors", "-o", "json").out)
    assert list(shown) == ["schema", "records"]
    assert shown["schema"] == "kontaktnat/1"
    assert sum(actor["kind"] == "municipality" for actor in shown["records"]) == 12

    added = run_cli("add", "contact", "Eva Ek", "--role", "crime_prevention_coordinator@nybro",
                    "--email", "eva.ek@nybro.example", "--phone", "070-174 06 11")  # fmt: skip
    assert added.code == 0
    assert "Eva Ek" in added.out
    assert "Nybro kommun" in added.out

    logged = run_cli("log", "phone", "eva", "skadegörelse vid skolan", "--promised", "skicka underlag",
                     "--follow-up", "2v")  # fmt: skip
    assert logged.code == 0

    due = json.loads(run_cli("today", "-o", "json").out)
    assert due["schema"] == "kontaktnat/1"
    assert due["view"] == "today"
    assert [(row["what"], row["side"]) for row in due["records"]] == [("skicka underlag", "we")]

    page = run_cli("show", "nybro").out
    for said in ("Nybro kommun", "Eva Ek", "070-174 06 11", "skicka underlag", "skadegörelse vid skolan"):
        assert said in page

    tried = run_cli("import", BODIES, *IMPORT, "--dry-run")
    assert tried.code == 0
    assert tried.last == "created 637, updated 14, unchanged 1, rejected 0"
    assert "utf-8" in tried.out

    assert "log phone" in run_cli("undo").out
    assert run_cli("today", "-o", "ids").out == ""
    history = run_cli("history", "-o", "json").records()
    assert [(step["label"], step["by"]) for step in history][-1] == ("undo 3", "anna")
    assert history[2]["undone_by"] == 4

    whole = run_cli("export", "jsonl").out
    with monkeypatch.context() as patch:
        patch.setenv("KONTAKTNAT_PLUGINS", "")
        alone = run_cli("list", "actors")
        assert alone.code == 0
        assert alone.out.count("municipality") == 12
        assert run_cli("export", "jsonl").out == whole

    assert run_cli("export", "jsonl", "-O", "x.jsonl").out == ""
    taken = run_cli("import", "x.jsonl", book="c.kn")
    assert taken.code == 0
    assert taken.last.endswith("updated 0, unchanged 0, rejected 0")
    assert run_cli("export", "jsonl", "-O", "y.jsonl", book="c.kn").code == 0
    assert (tmp_path / "x.jsonl").read_bytes() == (tmp_path / "y.jsonl").read_bytes() == whole.encode()


@needs_bodies
def test_the_public_bodies(kalmar: Any) -> None:
    """The county's own are recognised; the second time nothing is new; one undo takes all of it back."""
    before = docs(kalmar("list", "actors", "-o", "json"))
    taken = kalmar("import", BODIES, *IMPORT)
    assert taken.last == "created 637, updated 14, unchanged 1, rejected 0"
    assert "undo 2" in taken.out

    after = docs(kalmar("list", "actors", "-o", "json"))
    ours = [name for name, doc in before.items() if doc["kind"] == "municipality"]
    assert len(ours) == 12
    for name in [*ours, "Länsstyrelsen i Kalmar län", "Brottsförebyggande rådet"]:
        assert after[name]["id"] == before[name]["id"]
        assert after[name]["rev"] == 2
        assert {way["kind"] for way in after[name]["ways"]} >= {"mail", "web"}
        assert after[name]["kind"] == before[name]["kind"]
    assert len(after) == len({doc["id"] for doc in after.values()})

    again = kalmar("import", BODIES, *IMPORT)
    assert again.last == "created 0, updated 0, unchanged 652, rejected 0"
    assert "undo" not in again.out
    assert len(kalmar("history", "-o", "json").records()) == 2

    assert kalmar("undo").code == 0
    back = docs(kalmar("list", "actors", "-o", "json"))
    kept = {"rev", "changed", "changed_by"}
    assert {name: {k: v for k, v in doc.items() if k not in kept} for name, doc in back.items()} == {
        name: {k: v for k, v in doc.items() if k not in kept} for name, doc in before.items()
    }


def test_init(run_cli: Any, tmp_path: Path) -> None:
    made = run_cli("init", "--county", "H", "--by", "anna")
    assert made.code == 0
    assert "82 records added" in made.out
    assert "public record" in made.out
    content = (tmp_path / "b.kn").read_bytes()
    for again in (("init",), ("init", "--county", "kalmar"), ("init", "--county", "08", "--by", "anna")):
        ran = run_cli(*again)
        assert (ran.code, ran.out) == (0, "b.kn was there already; nothing changed\n")
    assert (tmp_path / "b.kn").read_bytes() == content
    tried = run_cli("init", "--by", "bo", "--dry-run")
    assert "would be ready: bo writes" in tried.out
    assert (tmp_path / "b.kn").read_bytes() == content
    assert "bo writes" in run_cli("init", "--by", "bo").out
    run_cli("add", "actor", "X")
    assert run_cli("history", "-o", "json").records()[-1]["by"] == "bo"


def test_init_without_a_county_and_then_with_one(run_cli: Any) -> None:
    assert run_cli("init").out.startswith("b.kn is ready\n")
    assert "82 records added" in run_cli("init", "--county", "kalmar").out


@pytest.mark.parametrize(
    "command",
    [
        "init --county kalmar --dry-run",
        "init --county nowhere",
        "demo --dry-run",
        "import x.jsonl --dry-run",
        "import bad.jsonl",
        "today",
        "add actor x",
    ],
)
def test_no_book_is_left_behind(run_cli: Any, tmp_path: Path, command: str) -> None:
    (tmp_path / "x.jsonl").write_text(
        '{"schema":"kontaktnat/1"}\n{"type":"actor","id":"abcdefgh","name":"X"}\n'
    )
    (tmp_path / "bad.jsonl").write_text("bad\n")
    run_cli(*shlex.split(command))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.jsonl", "x.jsonl"]


def test_demo(run_cli: Any, tmp_path: Path) -> None:
    ran = run_cli("demo", book="demo.kn")
    assert ran.code == 0
    assert "Nybro kommun" in ran.out
    assert "Nybro kommun" in (tmp_path / "demo.md").read_text("utf-8")
    assert "nothing changed" in run_cli("demo", book="demo.kn").out
    assert run_cli("check", book="demo.kn").code == 0
    notes = run_cli("demo", book="notes.md")
    assert notes.code == 0, "the report must not take the book's place"
    assert run_cli("check", book="notes.md").code == 0


def test_default_book(run_cli: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without -b it is KONTAKTNAT_BOOK, or the one in the user's data folder."""
    import platformdirs

    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    assert run_cli("today", book=None).code == 3
    assert not (tmp_path / "data").exists()
    assert run_cli("init", book=None).code == 0
    assert (tmp_path / "data" / "kontaktnat.kn").is_file()
    monkeypatch.setenv("KONTAKTNAT_BOOK", "other.kn")
    assert run_cli("init", book=None).out.startswith("other.kn is ready")


def test_who_writes(kalmar: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """--by before or after the command, KONTAKTNAT_BY, the book's default."""
    kalmar("add", "actor", "A", "--by", "bo")
    kalmar("--by", "cia", "add", "actor", "B")
    kalmar("add", "actor", "C")
    monkeypatch.setenv("KONTAKTNAT_BY", "dan")
    kalmar("add", "actor", "D")
    kalmar("--by", "eva", "add", "actor", "E", "--by", "fia")
    by = [step["by"] for step in kalmar("history", "-o", "json").records()]
    assert by[1:] == ["bo", "cia", "anna", "dan", "fia"]


def test_history_and_undo(kalmar: Any) -> None:
    kalmar("add", "actor", "A")
    kalmar("add", "actor", "B", "--by", "bo")
    kalmar("add", "role", "ordförande i förening@A", "--by", "bo")
    assert [step["number"] for step in kalmar("history", "A", "-o", "json").records()] == [2]
    assert [step["number"] for step in kalmar("history", "--limit", "1", "-o", "json").records()] == [4]
    tried = kalmar("undo", "3", "--dry-run")
    assert tried.out == "would undo: 3 add actor (bo)\n"
    assert kalmar("undo", "--by", "bo").out == "undone: 4 add role (bo)\n"
    assert kalmar("undo", "--by", "bo").out == "undone: 3 add actor (bo)\n"
    assert kalmar("undo", "--by", "bo").code == 3
    assert kalmar("undo").out == "undone: 2 add actor (anna)\n"
    assert kalmar("undo", "2").code == 6
    steps = kalmar("history", "-o", "json").records()
    assert [(step["number"], step["undone_by"]) for step in steps] == [
        (1, None), (2, 7), (3, 6), (4, 5), (5, None), (6, None), (7, None)]  # fmt: skip


def test_plugins(kalmar: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {row["name"] for row in kalmar("plugins", "-o", "json").records()}
    assert names >= {"files", "vocabulary", "kalmar", "sweden"}
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "sweden")
    names = {row["name"] for row in kalmar("plugins", "-o", "json").records()}
    assert "kalmar" not in names
    assert "sweden" in names
    assert kalmar("municipalities").code == 0
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "")
    assert kalmar("municipalities").code == 2


def test_words_of_a_missing_plugin_are_kept(kalmar: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kalmar("add", "contact", "Eva Ek", "--role", "rektor@nybro")  # a word that kontaktnat-sweden brings
    whole = kalmar("export", "jsonl").out
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "")
    assert "principal" in kalmar("list", "roles", "function=principal").out
    found = kalmar("check")
    assert found.code == 5
    assert "principal" in found.out
    assert kalmar("export", "jsonl").out == whole
    assert kalmar("add", "role", "principal@kalmar").code == 5, "newly set, an unknown word is refused"
    monkeypatch.delenv("KONTAKTNAT_PLUGINS")
    assert kalmar("export", "jsonl").out == whole
    assert kalmar("check").code == 0
