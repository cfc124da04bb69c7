"""`edit`: in an editor and back; a mistake brings the text back, and nobody's work is lost."""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

import kontaktnat

SCRIPT = """
import json, os, sys
from pathlib import Path
file, steps = Path(sys.argv[-1]), Path(sys.argv[1])
todo = json.loads(steps.read_text("utf-8"))
step, left = todo[0], todo[1:]
steps.write_text(json.dumps(left), "utf-8")
text = file.read_bytes().decode("utf-8-sig").replace("\\r\\n", "\\n")
with steps.with_suffix(".seen").open("a", encoding="utf-8") as seen:
    seen.write(text + "\\f")
for old, new in step.get("replace", []):
    assert old in text, (old, text)
    text = text.replace(old, new)
if step.get("run"):
    exec(step["run"])
text = text.replace("\\n", step.get("newline", "\\n"))
file.write_bytes(text.encode(step.get("encoding", "utf-8")))
sys.exit(step.get("exit", 0))
"""


class Editor:
    """An editor that does one step after the other, and keeps what it was shown."""

    def __init__(self, folder: Path) -> None:
        self.steps = folder / "steps.json"
        (folder / "editor.py").write_text(SCRIPT, "utf-8")
        self.command = shlex.join([sys.executable, str(folder / "editor.py"), str(self.steps)])

    def will(self, *steps: dict[str, Any]) -> None:
        self.steps.write_text(json.dumps(steps), "utf-8")

    @property
    def seen(self) -> list[str]:
        return self.steps.with_suffix(".seen").read_text("utf-8").split("\f")[:-1]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    (folder := tmp_path / "editor").mkdir()
    made = Editor(folder)
    monkeypatch.setenv("EDITOR", made.command)
    monkeypatch.delenv("VISUAL", raising=False)
    return made


@pytest.fixture
def day(kalmar: Any) -> Any:
    kalmar("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--phone", "070-174 06 11")
    kalmar("add", "contact", "Anna Dold", "--protected", "--phone", "070-174 06 12", "--set", "note=hemligt")
    kalmar("add", "actor", "Nybro IF", "--kind", "förening", "--set", "note=Ny")
    return kalmar


def change(*pairs: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {"replace": pairs, **more}


def kept(tmp_path: Path) -> list[Path]:
    """The files that lie about, and folders that hold nothing."""
    folders = [*tmp_path.glob(".b.kn-edit-*")]
    found = [*folders, *(one for folder in folders for one in folder.rglob("*"))]
    return [one for one in found if not one.is_dir() or not any(one.iterdir())]


def test_a_field_is_changed_added_and_cleared(day: Any, editor: Editor, tmp_path: Path) -> None:
    editor.will(
        change(
            ('kind = "association"', 'kind = "kommun"'),
            ('note = "Ny"\n', ""),
            ("# tags = []", 'tags = ["åk", "öl"]'),
            ('# parent = ""', 'parent = "nybro"'),
        )
    )
    ran = day("edit", "nybro if", "--by", "bo")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "set: Nybro IF: tags: (empty) → åk, öl",
        "set: Nybro IF: kind: association → municipality",
        "set: Nybro IF: parent: (empty) → Nybro kommun",
        "set: Nybro IF: note: Ny → (empty)",
    ]
    assert kept(tmp_path) == [], "nothing lies about"
    assert "bo" in day("history", "nybro if", "--limit", 1).out
    editor.will({})
    day("edit", "nybro if")
    assert re.search(r'^parent = "\w{8}"  # Nybro kommun$', editor.seen[-1], re.M)
    assert day("undo", "--by", "bo").code == 0


@pytest.mark.parametrize(
    "step",
    [{}, {"newline": "\r\n"}, {"encoding": "utf-8-sig"}, {"newline": "\r\n", "encoding": "utf-16"},
     change(("# Where", "# Hej"))],
    ids=["as it was", "CRLF", "BOM", "UTF-16", "a comment"],
)  # fmt: skip
def test_nothing_is_changed(day: Any, editor: Editor, tmp_path: Path, step: dict[str, Any]) -> None:
    day("set", "nybro if", "note=två\nrader, åäö", "web=nif.example", "tags=a,b")
    before = (tmp_path / "b.kn").read_bytes()
    editor.will(step)
    ran = day("edit", "nybro if")
    assert (ran.code, ran.err) == (0, "")
    assert "nothing changed" in ran.out
    assert (tmp_path / "b.kn").read_bytes() == before
    assert kept(tmp_path) == []


@pytest.mark.parametrize("how", [{"newline": "\r\n", "encoding": "utf-8-sig"}, {"encoding": "utf-16"}])
def test_windows_editors(day: Any, editor: Editor, how: dict[str, str]) -> None:
    editor.will(change(('note = "Ny"', 'note = """Åsa\nÖrjan"""'), **how))
    assert day("edit", "nybro if").out == "set: Nybro IF: note\n"
    assert day("list", "actors", "name=Nybro IF", "-o", "json").records()[0]["note"] == "Åsa\nÖrjan"


def test_a_dry_run_saves_nothing(day: Any, editor: Editor) -> None:
    editor.will(change(('note = "Ny"', 'note = "x"')))
    assert day("edit", "nybro if", "--dry-run").out == "would set: Nybro IF: note: Ny → x\n"
    assert "nothing changed" not in day("set", "nybro if", "note=x", "--dry-run").out


# (what the editor does to the form of Nybro IF, code, what is said)
MISTAKES = [
    ([('note = "Ny"', "note = Ny")], 5, "'note = Ny' is not TOML"),
    ([('note = "Ny"', 'note = "Ny')], 5, "is not TOML"),
    ([('note = "Ny"', 'note = "Ny"\nnote = "x"')], 5, "is not TOML"),
    ([('note = "Ny"', 'nte = "Ny"')], 5, "nte: actor has no such field (nearest: note)"),
    ([('note = "Ny"', "note = 7")], 5, "note: 7 is not of type str"),
    ([('note = "Ny"', 'note = ["Ny"]')], 5, "note: list is not of type str"),
    ([("# tags = []", 'tags = "a"')], 5, "tags: 'a' is no list"),
    ([('name = "Nybro IF"\n', "")], 5, "name: missing"),
    ([('name = "Nybro IF"', 'name = ""')], 5, "name: may not be empty"),
    ([('kind = "association"', 'kind = "föreningg"')], 5, "kind: föreningg is no word for actor kind"),
    ([('# parent = ""', 'parent = "nowhere"')], 3, "parent: nothing is called nowhere"),
    ([('# parent = ""', 'parent = "kommun"')], 4, "parent: kommun may be"),
    ([("# rev =", "rev =")], 5, "rev: the book keeps this itself"),
    ([("# id =", "id =")], 5, "id: the book keeps this itself"),
    ([('# place = ""', 'place = "88"')], 5, "four digits"),
    ([('# place = ""', 'hidden = ["note"]')], 5, "hidden: actor has no such field"),
    ([("# [[ways]]\n# kind", "[[ways]]\nkind")], 5, "ways[0].value: missing"),
    ([('note = "Ny"', '[[ways]]\nkind = "telefon"\nvalue = "tolv"')], 5, "ways[0].value: 'tolv' is no phone"),
    ([('note = "Ny"', '[[ways]]\nkind = "web"\nvlaue = "x"')], 5, "ways[0].vlaue"),
    ([('note = "Ny"', '[[ways]]\nkind = "web"\nvalue = "x"\nnote = "Ny"')], 5, "above the first [[…]]"),
    ([('note = "Ny"', '[[names]]\nname = "Förr"\nuntil = "blä"')], 5, "names[0].until: blä"),
    ([('note = "Ny"', 'ways = ["x"]')], 5, "ways[0]: 'x' is no object"),
    ([('note = "Ny"', 'extra = {"kalmar.source" = "x"}')], 5, "kalmar has no such field for actor"),
]


@pytest.mark.parametrize(
    ("pairs", "code", "line"), MISTAKES, ids=[str(pairs[0][1]) for pairs, *_ in MISTAKES]
)
def test_mistakes(day: Any, editor: Editor, tmp_path: Path, pairs: Any, code: int, line: str) -> None:
    before = (tmp_path / "b.kn").read_bytes()
    editor.will(change(*pairs))
    ran = day("edit", "nybro if")
    assert (ran.code, ran.out) == (code, "")
    told = ran.err.splitlines()
    assert len(told) == 2
    assert line in told[1]
    [file] = kept(tmp_path)
    assert str(file) in told[0]
    assert f"--from {file}" in told[0]
    text = file.read_text("utf-8")
    assert text.startswith(f"# !! {told[1].removeprefix('kontaktnat: ')}\n")
    assert pairs[0][1] in text, "what was written is kept"
    if found := re.search(r"line (\d+)", told[1]):
        assert text.splitlines()[int(found[1]) - 1] in told[1], "the line as it stands there now"
    assert (tmp_path / "b.kn").read_bytes() == before
    if os.name != "nt":
        assert file.stat().st_mode & 0o77 == 0, "nobody else may read it"
        assert file.parent.stat().st_mode & 0o77 == 0, "nor what an editor puts beside it"


BACKUP = 'file.with_name(file.name + "~").write_text(text, "utf-8")'


def test_no_backup_of_the_editor_is_left(day: Any, editor: Editor, tmp_path: Path) -> None:
    """As nano and `sed -i.bak` make one, of what was revealed."""
    editor.will(change(("# tags = []", 'tags = ["x"]'), run=BACKUP))
    ran = day("edit", "anna", "--reveal", "ringde")
    assert (ran.code, ran.err) == (0, "")
    assert "hemligt" in editor.seen[-1]
    assert kept(tmp_path) == []
    editor.will(change(("# tags = []", "tags = x"), run=BACKUP))
    assert day("edit", "nybro if").code == 5
    assert len({file.parent for file in kept(tmp_path)}) == 1, "with the kept text it stays private"


def test_the_kept_text_goes_on(day: Any, editor: Editor, tmp_path: Path) -> None:
    editor.will(change(('note = "Ny"', "note = Ny")))
    day("edit", "nybro if")
    [file] = kept(tmp_path)
    checked = day("check", "-o", "json")
    assert checked.code == 5
    assert str(file) in checked.records()[0]["message"], "nobody forgets it"
    wrong = day("edit", "nybro if", "--from", file)
    assert (wrong.code, wrong.err.count("\n")) == (5, 1)
    file.write_text(file.read_text("utf-8").replace("note = Ny", 'note = "Äldre"'), "utf-8")
    text = file.read_text("utf-8")
    assert day("edit", "nybro if", "--from", "-", "--dry-run", stdin=text).out.startswith("would set:")
    assert day("edit", "nybro if", "--from", file).out == "set: Nybro IF: note: Ny → Äldre\n"
    outdated = text.replace("Äldre", "Yngre")
    stale = day("edit", "nybro if", "--from", "-", stdin=outdated)
    assert stale.code == 6
    assert "changed since (note)" in stale.err
    other = day("edit", "nybro kommun", "--from", file)
    assert (other.code, "made of" in other.err) == (5, True)
    for source, line in ((tmp_path, "folder"), (tmp_path / "none", "no such file")):
        ran = day("edit", "nybro if", "--from", source)
        assert (ran.code, line in ran.err) == (5, True)
    file.write_bytes("note = 'å'".encode("latin-1"))
    assert "UTF-8" in day("edit", "nybro if", "--from", file).err
    empty = day("edit", "nybro if", "--from", "-", stdin="# nothing\n")
    assert (empty.code, "the text is empty" in empty.err) == (5, True)


def test_again_on_a_terminal(day: Any, editor: Editor, tmp_path: Path) -> None:
    """The mistake stands in the first line, in the user's language, and is not there twice."""
    editor.will(
        change(('note = "Ny"', 'nte = "Ny"')), change(("nte", "not")), change(('not = "Ny"', 'note = "Å"'))
    )
    ran = day("--lang", "sv", "edit", "nybro if", stdin="j\n\n", terminal=True)
    assert ran.code == 0, ran
    assert "note: Ny → Å" in ran.out
    first, second, third = editor.seen
    assert not first.startswith("# !!")
    assert second.startswith("# !! nte: ")
    assert "inget sådant fält" in second.partition("\n")[0]
    assert third.startswith("# !! not: ")
    assert third.count("# !!") == 1
    assert kept(tmp_path) == []


def test_no_more_on_a_terminal(day: Any, editor: Editor, tmp_path: Path) -> None:
    editor.will(change(('note = "Ny"', 'nte = "Ny"')))
    ran = day("edit", "nybro if", stdin="n\n", terminal=True)
    assert ran.code == 5
    assert "Edit it again?" in ran.err
    assert "--from" in ran.err
    assert len(kept(tmp_path)) == 1
    editor.will(change(('note = "Ny"', 'nte = "Ny"')))
    assert day("edit", "nybro if", stdin="", terminal=True).code == 130, "Ctrl-D"
    assert len(kept(tmp_path)) == 2


OTHER = """
import kontaktnat
with kontaktnat.open("b.kn", by="bo") as other:
    [found] = other.actors.where(name="Nybro IF")
    other.{what}
"""


def test_somebody_else_saved_it(day: Any, editor: Editor, tmp_path: Path) -> None:
    """What was written goes on top of theirs, for a look, and nothing of theirs is lost."""
    theirs = OTHER.format(what='update(found, note="bos", place="0881")')
    editor.will(change(('note = "Ny"', 'note = "min"'), ("# tags = []", 'tags = ["x"]'), run=theirs))
    ran = day("edit", "nybro if")
    assert (ran.code, ran.out) == (6, "")
    assert "changed by bo meanwhile (note, place)" in ran.err
    [file] = kept(tmp_path)
    text = file.read_text("utf-8")
    for line in ('note = "min"', 'tags = ["x"]', 'place = "0881"', "# rev = 2"):
        assert f"\n{line}\n" in text
    done = day("edit", "nybro if", "--from", file)
    assert done.out.splitlines() == ["set: Nybro IF: tags: (empty) → x", "set: Nybro IF: note: bos → min"]


def test_somebody_else_saved_it_and_one_goes_on(day: Any, editor: Editor, tmp_path: Path) -> None:
    theirs = OTHER.format(what='update(found, place="0881")')
    editor.will(change(('note = "Ny"', 'note = "min"'), run=theirs), {})
    ran = day("edit", "nybro if", stdin="\n", terminal=True)
    assert ran.code == 0
    assert ran.out == "set: Nybro IF: note: Ny → min\n"
    [found] = day("list", "actors", "name=Nybro IF", "-o", "json").records()
    assert (found["note"], found["place"]) == ("min", "0881")
    assert kept(tmp_path) == []


def test_somebody_else_made_it_anew(day: Any, editor: Editor, tmp_path: Path) -> None:
    """Then nobody has changed it, and whoever made it is named."""
    day("set", "nybro if", "place=0881")
    made = "add(kontaktnat.Actor(id=found.id, name='Nybro IF'))"
    theirs = f"{OTHER.format(what='delete(found)')}    other.{made}\n"
    editor.will(change(('note = "Ny"', 'note = "min"'), run=theirs))
    ran = day("edit", "nybro if")
    assert (ran.code, "was changed by bo meanwhile" in ran.err) == (6, True)


def test_somebody_else_deleted_it(day: Any, editor: Editor, tmp_path: Path) -> None:
    editor.will(change(('note = "Ny"', 'note = "min"'), run=OTHER.format(what="delete(found)")))
    ran = day("edit", "nybro if")
    assert (ran.code, len(kept(tmp_path))) == (3, 1)


@pytest.mark.parametrize("command", ["no-such-editor-here", "'", " "])
def test_an_editor_that_is_missing(
    day: Any, editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("EDITOR", command)
    ran = day("edit", "nybro if")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "--from FILE" in ran.err
    assert kept(tmp_path) == []


def test_nobody_is_there_to_edit(day: Any, editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR")
    ran = day("edit", "nybro if")
    assert (ran.code, "set VISUAL or EDITOR" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "run", ["", "file.write_text(text); os.kill(os.getpid(), 9)"], ids=["fails", "is killed"]
)
@pytest.mark.parametrize("written", [False, True])
def test_an_editor_that_ends_badly(day: Any, editor: Editor, tmp_path: Path, run: str, written: bool) -> None:
    if run and os.name == "nt":
        pytest.skip("Windows has no such signal")
    editor.will(change(*([('note = "Ny"', 'note = "lång text"')] if written else []), run=run, exit=1))
    ran = day("edit", "nybro if")
    assert ran.code == 2
    assert "ditor.py" in ran.err
    assert [("lång text" in file.read_text("utf-8")) for file in kept(tmp_path)] == [True] * written
    assert day("list", "actors", "name=Nybro IF", "-o", "json").records()[0]["note"] == "Ny"


def test_what_the_editor_left_cannot_be_read(day: Any, editor: Editor, tmp_path: Path) -> None:
    editor.will(change(('note = "Ny"', 'note = "åäö"'), encoding="latin-1"))
    ran = day("edit", "nybro if")
    assert (ran.code, "save it as UTF-8" in ran.err) == (5, True)
    assert "åäö".encode("latin-1") in kept(tmp_path)[0].read_bytes()


def test_the_protected_are_covered(day: Any, editor: Editor, tmp_path: Path) -> None:
    """What is covered is not shown, cannot be written, and stays; with a reason it is shown."""
    editor.will(change(('# given = ""', 'given = "Anna"')))
    assert day("edit", "anna").out == "set: Anna Dold: given\n"
    assert "hemligt" not in editor.seen[0]
    assert "070" not in editor.seen[0]
    assert "covered, and left as it is: note, ways" in editor.seen[0]
    editor.will(change(('given = "Anna"', 'given = "Anna"\nnote = "x"')))
    ran = day("edit", "anna")
    assert (ran.code, "reveal it first" in ran.err) == (6, True)
    editor.will(change(("hemligt", "hemligare")))
    ran = day("edit", "anna", "--reveal", "ringde själv")
    assert (ran.code, ran.out) == (0, "set: Anna Dold: note\n")
    assert "070-174 06 12" in editor.seen[-1]
    shown = day("--reveal", "x", "show", "anna", "-o", "json").records()[0]
    assert (shown["note"], shown["ways"][0]["value"]) == ("hemligare", "070-174 06 12")


def test_fields_of_a_newer_version_survive(day: Any, editor: Editor, tmp_path: Path) -> None:
    head = {"schema": "kontaktnat/1"}
    doc = {"type": "actor", "id": "abcdefgh", "name": "Nytt", "kind": "association", "newer": {"a": None},
           "ways": [{"kind": "web", "value": "x.example", "sms": None}],
           "extra": {"gone.field": [1, None], "gone.other": "kvar"}}  # fmt: skip
    (tmp_path / "x.jsonl").write_text(f"{json.dumps(head)}\n{json.dumps(doc)}", "utf-8")
    assert day("import", "x.jsonl").code == 0
    editor.will(change(('"x.example"', '"y.example"'), ('name = "Nytt"', 'name = "Nyare"')))
    assert day("edit", "nytt").code == 0
    [found] = day("list", "actors", "name=Nyare", "-o", "json").records()
    assert found["newer"] == {"a": None}
    assert found["ways"] == [{"kind": "web", "value": "y.example", "sms": None}]
    assert found["extra"] == doc["extra"]
    editor.will(change(('"gone.other" = "kvar"', "")))
    assert day("edit", "nyare").code == 0
    assert day("list", "actors", "name=Nyare", "-o", "json").records()[0]["extra"] == {
        "gone.field": [1, None]
    }


def test_plugins_fields_and_participants(day: Any, editor: Editor) -> None:
    day("add", "assignment", "Uppdrag")
    field = '"kalmar.municipal_counterpart" = '
    editor.will(change(("# [extra]", "[extra]"), (f'# {field}""', f'{field}"kommunen"')))
    assert "kalmar.municipal_counterpart: (empty) → kommunen" in day("edit", "uppdrag").out
    day("log", "möte", "eva", "Genomgång")
    meeting = day("list", "interactions", "-o", "ids").out.strip()
    head = "[[participants]]\n"
    added = f'{head}role = "samordnare@nybro"\nstatus = "frånvarande"\n{head}who = "nybro if"\n'
    editor.will(change((f"\n{head}role", f"\n{added}{head}role")))
    assert day("edit", meeting).code == 0
    [found] = day("list", "interactions", "-o", "json").records()
    assert [list(one) for one in found["participants"]] == [["role", "status"], ["actor"], ["role"]]


def test_asked_on_a_terminal_whom(day: Any, editor: Editor) -> None:
    editor.will(change(('note = "Ny"', 'note = "x"')))
    assert day("edit", stdin="nybro if\n", terminal=True).out == "set: Nybro IF: note: Ny → x\n"
    assert day("edit").code == 2
    assert day("edit", "kommun").code == 4
    assert day("edit", "nobody").code == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pty module")
def test_on_a_real_terminal(day: Any, editor: Editor, tmp_path: Path) -> None:
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "terminal", Path(__file__).with_name("test_cli_terminal.py")
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    editor.will(change(('note = "Ny"', "note = Ny")), change(("note = Ny", 'note = "Nyare"')))
    terminal = module.Terminal(tmp_path, "--lang", "en", "-b", "b.kn", "edit", "nybro", "if")
    terminal.until("Edit it again? [Y/n]")
    terminal.type("\n")
    assert terminal.end() == 0, terminal.seen
    assert "set: Nybro IF: note: Ny → Nyare" in terminal.seen
    assert "# !! line " in editor.seen[1]
    assert kontaktnat.open(tmp_path / "b.kn", mode="r").actors.where(name="Nybro IF")[0].note == "Nyare"


@pytest.mark.skipif(os.name == "nt", reason="a Unix shell script is the editor")
def test_the_editor_goes_on_in_the_systems_language(
    kalmar: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text(f'#!/bin/sh\nprintf "%s" "$LANGUAGE" > "{tmp_path}/spoken"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    for system in ("de:sv", ""):
        monkeypatch.setenv("LANGUAGE", system)
        assert kalmar("--lang", "sv", "edit", "Nybro kommun").code == 0
        assert (tmp_path / "spoken").read_text("utf-8") == system
