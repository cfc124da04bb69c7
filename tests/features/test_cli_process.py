"""What only processes of their own show: pipes, encodings, a full disk, a kill, two at once, bad plugins."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import kontaktnat

UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals, limits or devices")


class Shell:
    """Runs the command in processes, in one folder, on `b.kn`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {name: value for name, value in os.environ.items() if not name.startswith("KONTAKTNAT_")}
        self.env["KONTAKTNAT_CONFIG"] = os.devnull

    def start(self, *words: object, **options: Any) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kontaktnat", "-b", "b.kn", *map(str, words)]
        env = {**self.env, **options.pop("env", {})}
        options = {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            **options,
        }
        return subprocess.Popen(command, cwd=self.folder, env=env, **options)

    def __call__(self, *words: object, **options: Any) -> tuple[int, bytes, str]:
        with self.start(*words, **options) as process:
            out, err = process.communicate(timeout=60)
        return process.returncode, out, (err or b"").decode()


@pytest.fixture
def shell(kalmar: Any, tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_the_program_itself(shell: Shell) -> None:
    """`python -m kontaktnat`, and the installed `kontaktnat` and `kn`."""
    assert shell("list", "networks")[0] == 0
    for name in ("kontaktnat", "kn"):
        program = Path(sys.executable).with_name(name + (".exe" if os.name == "nt" else ""))
        done = subprocess.run([program, "--version"], capture_output=True, check=True)
        assert done.stdout.startswith(b"kontaktnat 0.")


@pytest.mark.parametrize(
    "env",
    [{"PYTHONIOENCODING": "cp1252"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}],
    ids=str,
)
def test_utf8_even_when_redirected(shell: Shell, env: dict[str, str]) -> None:
    code, out, err = shell("list", "networks", env=env)
    assert (code, err) == (0, "")
    assert "Nätverket för brottsförebyggare".encode() in out
    code, out, err = shell("show", "nätverkt", env=env)
    assert code == 3
    assert "nearest: Nätverket för brottsförebyggare" in err
    code, out, _ = shell("export", "jsonl", env=env)
    assert "Torsås".encode() in out


@UNIX
@pytest.mark.parametrize(
    "command",
    [
        "list actors -o json",
        "export jsonl",
        "list words",
        "--help",
        "history",
        "history -o json",
        "history -o jsonl",
        "history -o csv",
    ],
)
def test_the_reader_goes_away(shell: Shell, command: str) -> None:
    """`| head`: no traceback, no error."""
    read, write = os.pipe()
    os.close(read)
    try:
        code, _, err = shell(*command.split(), stdout=write)
    finally:
        os.close(write)
    assert (code, err) == (0, "")


@UNIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("command", ["list actors -o json", "export jsonl", "--help", "--version"])
def test_no_room_for_what_is_printed(shell: Shell, command: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, err = shell(*command.split(), stdout=full)
    assert code == 5
    assert err.count("\n") == 1
    assert "No space left" in err


@pytest.mark.skipif(os.name == "nt", reason="a Unix shell closes them")
@pytest.mark.parametrize(("closed", "code"), [(">&-", 0), ("2>&-", 0), ("<&-", 0), (">&- 2>&- <&-", 0)])
def test_a_stream_that_was_closed(kalmar: Any, tmp_path: Path, closed: str, code: int) -> None:
    program = f"{sys.executable} -m kontaktnat -b b.kn"
    done = subprocess.run(
        ["bash", "-c", f"{program} today {closed}"], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (code, b"")
    done = subprocess.run(
        ["bash", "-c", f"{program} add contact <&-"], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert b"NAME" in done.stderr


def _little_room() -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))


@UNIX
def test_no_room_for_what_is_written(shell: Shell) -> None:
    before = (shell.folder / "b.kn").read_bytes()
    code, _, err = shell("add", "actor", "X", preexec_fn=_little_room)
    assert code == 8
    assert "nothing was saved" in err
    assert err.count("\n") == 1
    (shell.folder / "x.jsonl").write_text("old")
    code, _, err = shell("export", "jsonl", "-O", "x.jsonl", preexec_fn=_little_room)
    assert code == 5
    assert "x.jsonl" in err
    assert (shell.folder / "x.jsonl").read_text() == "old"
    assert (shell.folder / "b.kn").read_bytes() == before
    assert {path.name for path in shell.folder.iterdir()} <= {"b.kn", "b.kn.lock", "x.jsonl"}


def big(folder: Path, rows: int = 1500) -> Path:
    path = folder / "big.csv"
    path.write_text("name\n" + "".join(f"Förening {n}\n" for n in range(rows)), "utf-8")
    return path


@UNIX
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_stopped_in_the_middle(shell: Shell, how: str) -> None:
    """All of an import or nothing; afterwards everything works."""
    big(shell.folder)
    for delay in (0.4, 0.6):
        # Where the tests run in the background, interrupts are ignored, and a child inherits that.
        process = shell.start(
            "import", "big.csv", preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
        )
        time.sleep(delay)
        process.send_signal(getattr(signal, how))
        _, err = process.communicate(timeout=30)
        assert b"Traceback" not in err or how == "SIGINT"  # in its first moments Python itself answers
        with kontaktnat.open(shell.folder / "b.kn", mode="r") as book:
            assert book.actors.count() in (21, 21 + 1500)
    assert shell("import", "big.csv")[0] == 0
    assert shell("check")[0] == 0


def test_two_at_once(shell: Shell) -> None:
    processes = [shell.start("add", "contact", f"Person {n}", "--by", f"p{n}") for n in range(6)]
    ends = [(process.communicate(timeout=60), process.returncode)[1] for process in processes]
    assert ends == [0] * 6
    _, out, _ = shell("list", "contacts", "-o", "ids")
    assert len(out.split()) == 6
    assert shell("undo", "--by", "p3")[0] == 0
    assert len(shell("list", "contacts", "-o", "ids")[1].split()) == 5


def test_a_book_that_is_held(shell: Shell) -> None:
    """Readers do not wait; a writer waits, then says so with 7."""
    with kontaktnat.open(shell.folder / "b.kn") as book, book.store.writing():
        assert shell("list", "networks")[0] == 0
        code, _, err = shell("--wait", "0.2", "add", "actor", "X")
    assert (code, err.count("\n")) == (7, 1)
    assert "try again" in err


# Plugins that are broken


@pytest.fixture
def broken(shell: Shell) -> Any:
    """`broken(code)`: a distribution kn-broken 1.0 with that code is installed beside the others."""
    place = shell.folder / "site"
    info = place / "kn_broken-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: kn-broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[kontaktnat]\nbroken = kn_broken\n")

    def install(code: str) -> Shell:
        (place / "kn_broken.py").write_text("from kontaktnat.extend import *\n" + code)
        shell.env["PYTHONPATH"] = os.pathsep.join([str(place), *filter(None, [os.environ.get("PYTHONPATH")])])
        shell.env["PYTHONDONTWRITEBYTECODE"] = "1"  # it is rewritten within a second
        return shell

    return install


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import no_such_module", "no_such_module"),
        ("raise RuntimeError('x')", "RuntimeError"),
        ("syntax error", "SyntaxError"),
        ("@hookimpl\ndef register_nothing(): return []", "register_nothing"),
    ],
)
def test_a_broken_plugin_is_named_and_the_rest_works(broken: Any, code: str, says: str) -> None:
    shell = broken(code)
    status, out, err = shell("today")
    assert status == 0
    assert out
    assert err.count("\n") == 1, err
    assert "kn-broken 1.0" in err
    assert says in err
    status, out, _ = shell("plugins", "-o", "csv")
    assert status == 0
    assert b"left out" in next(line for line in out.splitlines() if line.startswith(b"broken,1.0,kn-broken"))
    assert shell("--version")[2] == ""
    status, out, err = shell("--help")
    assert status == 0
    assert b"municipalities" in out
    assert "kn-broken" in err
    assert shell("today", env={"KONTAKTNAT_PLUGINS": "kalmar"})[2] == ""


@pytest.mark.parametrize(
    ("code", "command", "status"),
    [
        ("@hookimpl\ndef before_save(record, before, book): raise RuntimeError('x')", "add actor X", 9),
        ("import click\n@click.command()\ndef boom(): raise RuntimeError('x')", "boom", 9),
        ("", "gone", 9),
    ],
)
def test_a_plugin_that_fails_at_work(broken: Any, code: str, command: str, status: int) -> None:
    commands = (
        "\n@hookimpl\ndef register_commands():\n"
        "    return [Command(name='boom', summary='Boom.', target='kn_broken:boom'),\n"
        "            Command(name='gone', summary='Gone.', target='kn_nowhere:gone')]\n"
    )
    ended, _, err = broken(code + commands)(*command.split())
    assert ended == status
    assert err.count("\n") == 1, err
    assert "broken" in err
    assert "Traceback" not in err
