"""Somebody sits there: what is missing is asked for, several are a choice; and on a real terminal."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def two(kalmar: Any) -> Any:
    """Two people of one name."""
    kalmar("add", "contact", "Åsa Öberg", "--role", "samordnare@nybro", "--phone", "070-174 06 05")
    kalmar("add", "contact", "Åsa Öberg", "--new", "--role", "kommunchef@kalmar", "--phone", "070-174 06 06")
    return kalmar


def number_of(shown: str, words: str) -> str:
    return next(line.strip().partition(".")[0] for line in shown.splitlines() if words in line)


def test_what_is_missing_is_asked_for(two: Any) -> None:
    asked = two("log", stdin="telefon\nsamordnare@nybro\nhej\n", terminal=True)
    assert asked.code == 0, asked
    assert "KIND:" in asked.err
    assert "WHO:" in asked.err
    assert "TEXT:" in asked.err
    assert "logged: phone with Åsa Öberg (Nybro kommun)" in asked.out
    assert two("add", "contact", stdin="\nMaj Lind\n", terminal=True).code == 0, (
        "a blank answer is asked again"
    )
    assert two("show", "maj").code == 0
    for command in ("show", "find", "list", "export", "done", "add role", "add actor", "add topic"):
        assert two(*command.split(), stdin="zzz\n", terminal=True).code in (0, 3, 5), command


def test_several_are_a_choice(two: Any) -> None:
    shown = two("show", "åsa", stdin="9\nx\n1\n", terminal=True)
    assert shown.code == 0
    assert "åsa may be:" in shown.err
    assert "1. Åsa Öberg (" in shown.err
    chosen = number_of(shown.err, "Kalmar kommun")
    logged = two("log", "telefon", "åsa", "hej", "--promised", "skicka", stdin=f"{chosen}\n", terminal=True)
    assert "logged: phone with Åsa Öberg (Kalmar kommun)" in logged.out
    assert "we promised: skicka" in logged.out, "what was typed is kept"


def test_a_choice_of_hats_posts_words_and_promises(two: Any) -> None:
    two("add", "contact", "Maj Lind", "--role", "samordnare@torsås")
    two("add", "role", "trygghetssamordnare@torsås", "--contact", "maj")
    hat = two("log", "telefon", "maj", "x", stdin="2\n", terminal=True)
    assert hat.code == 0
    assert "logged: phone with Maj Lind (Torsås kommun)" in hat.out
    post = two("add", "contact", "Per Sälg", "--role", "kommunpolis@lpo nybro", stdin="2\n", terminal=True)
    assert post.code == 0
    assert "for Torsås kommun" in post.err
    word = two("log", "nätv", "nybro", "x", "--dry-run", stdin="2\n", terminal=True)
    assert "would log: n" in word.out
    for who in ("nybro", "kalmar"):
        two("log", "mejl", who, "x", "--promised", "skicka")
    done = two("done", "skicka", stdin="1\n", terminal=True)
    assert (done.code, done.out.strip()) == (0, "done: skicka")


@pytest.mark.parametrize("how", ["without a terminal", "-y"])
def test_nobody_is_asked(two: Any, how: str) -> None:
    options: Any = {"stdin": "1\n", "terminal": how == "-y"}
    words = ("-y",) if how == "-y" else ()
    assert two(*words, "log", **options).code == 2
    ran = two(*words, "show", "åsa", **options)
    assert ran.code == 4
    assert ran.err.count("\n") == 1


def test_nothing_more_to_read(two: Any) -> None:
    """Ctrl-D at a question."""
    ran = two("show", stdin="", terminal=True)
    assert ran.code == 130
    assert ran.err.splitlines()[-1] == "kontaktnat: stopped; nothing was saved"


def test_progress_only_on_a_terminal(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name\nA1\nA2\n")
    assert "Reading" not in kalmar("import", "x.csv", "--dry-run").err
    seen = kalmar("import", "x.csv", "--dry-run", terminal=True)
    assert "Reading" in seen.err
    assert "Reading" not in seen.out


needs_pty = pytest.mark.skipif(os.name == "nt", reason="Windows has no pty module")


class Terminal:
    """A command on a pseudo-terminal; standard output may go elsewhere."""

    def __init__(self, folder: Path, *words: str, out: Any = None) -> None:
        import pty

        self.master, slave = pty.openpty()
        env = {**os.environ, "KONTAKTNAT_CONFIG": os.devnull, "TERM": "xterm", "COLUMNS": "80"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kontaktnat", *words], cwd=folder, env=env,
            stdin=slave, stdout=out or slave, stderr=slave, start_new_session=True,
            # Where the tests run in the background, interrupts are ignored, and a child inherits that.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        )  # fmt: skip
        os.close(slave)
        self.seen = ""

    def until(self, text: str) -> None:
        while text not in self.seen:
            assert self.read(), self.seen

    def read(self) -> bool:
        """Whether there was something; a command that says nothing for long is ended."""
        if not select.select([self.master], [], [], 20)[0]:
            self.process.kill()
        try:
            part = os.read(self.master, 65536)
        except OSError:  # the other side has ended
            return False
        self.seen += part.decode(errors="replace")
        return bool(part)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def interrupt(self) -> None:
        """As often as it takes: between the question and the waiting for an answer Python loses one."""
        while self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)

    def end(self) -> int:
        while self.read():
            pass
        os.close(self.master)
        return self.process.wait(20)


@needs_pty
def test_a_real_terminal(two: Any, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-b", "b.kn", "log", "telefon")
    terminal.until("WHO:")
    terminal.type("åsa\n")
    terminal.until("Which:")
    terminal.type(number_of(terminal.seen, "Nybro kommun") + "\n")
    terminal.until("TEXT:")
    terminal.type("skadegörelse\n")
    assert terminal.end() == 0
    assert "logged: phone with Åsa Öberg (Nybro kommun)" in terminal.seen
    assert "skadegörelse" in two("list", "interactions").out


@needs_pty
def test_what_is_asked_does_not_go_into_a_file(two: Any, tmp_path: Path) -> None:
    with (tmp_path / "out.csv").open("wb") as out:
        terminal = Terminal(tmp_path, "-b", "b.kn", "list", "-o", "csv", out=out)
        terminal.until("WHAT:")
        terminal.type("contacts\n")
        assert terminal.end() == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text("utf-8"))))
    assert [row["name"] for row in rows] == ["Åsa Öberg"] * 2, "no space before the header"


@needs_pty
def test_interrupted_at_a_question(two: Any, tmp_path: Path) -> None:
    before = (tmp_path / "b.kn").read_bytes()
    terminal = Terminal(tmp_path, "-b", "b.kn", "add", "contact")
    terminal.until("NAME:")
    terminal.interrupt()
    assert terminal.end() == 130
    assert "stopped; nothing was saved" in terminal.seen
    assert "Traceback" not in terminal.seen
    assert (tmp_path / "b.kn").read_bytes() == before


@needs_pty
def test_the_quarantine_on_a_real_terminal(two: Any, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name;email\nÅsa Öberg;a@x.example\nÅsa Öberg;b@x.example\n", "utf-8")
    assert "2 of the created wait" in two("import", "x.csv", "--as", "contact").out
    terminal = Terminal(tmp_path, "-b", "b.kn", "review")
    terminal.until("q quit:")
    terminal.type(number_of(terminal.seen, "Kalmar kommun") + "\n")
    terminal.until("went onto Åsa Öberg (Kalmar kommun)")
    while terminal.seen.count("q quit:") < 2:
        assert terminal.read(), terminal.seen
    terminal.type("q\n")
    assert terminal.end() == 0
    assert "onto others 1, new 0, discarded 0, left 1" in terminal.seen
    assert two("review", "-o", "ids").out.count("\n") == 1


@needs_pty
def test_what_an_import_was_not_sure_of_is_asked_when_all_is_saved(two: Any, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name;email\nÅsa Öberg;a@x.example\nLo Ny;lo@x.example\n", "utf-8")
    terminal = Terminal(tmp_path, "-b", "b.kn", "import", "x.csv", "--as", "contact")
    terminal.until("Decide now what waits? [Y/n]")
    assert "Lo Ny" in two("list", "contacts").out, "a killed terminal loses none of it"
    terminal.type("\n")
    terminal.until("q quit:")
    terminal.type("samordnare@ingenstans\n")
    terminal.until("Error: nothing is called samordnare@ingenstans")
    terminal.type("åsa@kalmar\n")
    assert terminal.end() == 0
    assert "went onto Åsa Öberg (Kalmar kommun)" in terminal.seen
    assert terminal.seen.rstrip().endswith("created 2, updated 0, unchanged 0, rejected 0")
