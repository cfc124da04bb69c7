"""Windows has no fcntl, pwd, termios or os.fork: the whole command suite runs once more without them."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT_UNIX = ROOT / "tests" / "without_unix"
MODULES = {"crypt", "fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
SUITE = sorted(Path(__file__).parent.glob("test_cli_*.py"))
SOURCES = sorted(
    path for folder in (ROOT, *ROOT.glob("plugins/*")) for path in (folder / "src").rglob("*.py")
)


def env(**more: str) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(WITHOUT_UNIX), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", **more}


def test_the_whole_command_suite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its tests on real pseudo-terminals too: a test may use what it likes, only kontaktnat may not."""
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "counted", "-p", "no:cacheprovider",
               "--basetemp", tmp_path / "base", *SUITE]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, env=env(COUNTED=str(report)), capture_output=True, check=False)
    told = done.stdout.decode(errors="replace") + done.stderr.decode(errors="replace")
    assert done.returncode == 0, told
    counts = json.loads(report.read_text("utf-8"))
    with capsys.disabled():
        print(f" [{counts['passed']} tests of the commands ran without the Unix modules] ", end="")
    assert counts["passed"] >= 10 * len(SUITE) > 0, counts
    assert (counts["failed"], counts["error"]) == (0, 0)


@pytest.mark.parametrize(
    "line",
    [
        "import fcntl", "import pwd as p", "from grp import getgrall", "import termios, sys",
        "import importlib; importlib.import_module('resource')",
        "from importlib import import_module as get; get('pty')",
        "import os; os.fork", "from os import fdatasync", "import os.path, os; os.getuid()",
        "import os as system; system.O_DIRECTORY", "import signal; signal.SIGKILL",
    ],
)  # fmt: skip
def test_it_would_be_seen(line: str) -> None:
    """In our modules each of these fails, in another's none."""
    probe = (
        "import sys\nfor name in ('kontaktnat.book', 'kontaktnat_sweden.rules', 'portalocker.portalocker'):\n"
        "    try: exec(sys.argv[1], {'__name__': name}); print('-')\n"
        "    except (ImportError, AttributeError) as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, line], env=env(), capture_output=True, check=True, text=True
    )
    ours, plugins, others = done.stdout.splitlines()
    assert "Windows has no" in ours or "cannot import name" in ours
    assert plugins == ours
    assert others == "-"


def test_what_a_test_patches_is_patched() -> None:
    probe = (
        "import os\nos.replace = 'patched'\nseen = {'__name__': 'kontaktnat.x'}\n"
        "exec('import os; found = os.replace; os.here = 1', seen)\nprint(seen['found'], os.here)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], env=env(), capture_output=True, check=True, text=True
    )
    assert done.stdout.split() == ["patched", "1"]


def test_no_source_imports_a_unix_module() -> None:
    """Not even where no command comes by."""
    folders = [ROOT / "src", *ROOT.glob("plugins/*/src")]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    assert len(files) > 50
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not MODULES & set(names), file


def test_without_a_login_there_is_still_somebody_who_writes(tmp_path: Path) -> None:
    """getpass asks pwd where the environment says nothing, and Windows has no pwd."""
    logins = ("LOGNAME", "USER", "LNAME", "USERNAME")
    mine = {name: value for name, value in env().items() if name not in logins}
    mine |= {"KONTAKTNAT_CONFIG": os.devnull, "KONTAKTNAT_BOOK": str(tmp_path / "b.kn")}
    for words in (["init"], ["add", "actor", "X"], ["history"]):
        command = [sys.executable, "-m", "kontaktnat", *words]
        done = subprocess.run(command, env=mine, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
    assert b"unknown" in done.stdout
