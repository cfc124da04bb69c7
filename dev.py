#!/usr/bin/env python3
"""Everything a fresh machine needs: one file, Python 3.11 or later, nothing else installed.

    python3 dev.py demo      a demo book in .demo/, and what to type next       (Windows: py dev.py demo)
    python3 dev.py test      lint, types, then all tests of the core and of every plugin
    python3 dev.py test ...  pytest only, with these arguments
    python3 dev.py lint      ruff, mypy and import-linter; every finding is shown
    python3 dev.py docs      the pages under docs/ as a site in .docs/, and where it starts
    python3 dev.py wheels    dist/wheels/, to install from where there is no network; --help: which machines
    python3 dev.py bench     what starting and the store cost, as ratios to known things; numbers in .bench/;
                             `bench startup`, `bench views`, `bench store 2000 20000`, `bench freetext`, which
                             prints the precision and recall of the lint; --help: how long it takes
    python3 dev.py messages  collect what people read, compile its translations, tell what has none

Each command first sees to `.venv` beside this file: the core, every distribution under plugins/ and the tools
for all this, as pinned in constraints.txt. It is made anew only when a pyproject.toml, constraints.txt,
the set of plugins or the interpreter has changed, or when an earlier run was cut off. Nothing is installed
outside this folder, and the exit code is not 0 when something failed.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "kontaktnat-dev.stamp"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
BOOK = Path(".demo") / "kalmar.kn"
SITE = Path(".docs")
EXTRAS = ("docs", "test", "wheels")
PIP_WITH_PYTHON_OPTION = (22, 3)
NO_INSTALLER = (
    "dev.py needs pip, or Python's ensurepip, and found neither. "
    "On Debian or Ubuntu: sudo apt install python3-pip (or python3-venv)."
)


def run(*command: str | Path, stdout: TextIO | None = None) -> int:
    """Run a command in the project's folder and return its exit code; text is UTF-8 on Windows too."""
    words = [str(word) for word in command]
    environment = os.environ | {"PYTHONUTF8": "1"}
    return subprocess.run(words, cwd=ROOT, env=environment, stdout=stdout, check=False).returncode


def answer(*command: str) -> str | None:
    """What a short question to an interpreter prints, or None if it fails."""
    asked = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return asked.stdout if asked.returncode == 0 else None


def distributions(root: Path) -> list[Path]:
    """The core, then the plugins by name."""
    return [root, *sorted(found.parent for found in root.glob("plugins/*/pyproject.toml"))]


def requirement(folder: Path, root: Path) -> str:
    """How pip is told of one distribution: its folder, with the tools that it declares."""
    import tomllib  # not in the older Pythons that main() turns away

    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = ",".join(extra for extra in EXTRAS if extra in project.get("optional-dependencies", {}))
    return f"./{folder.relative_to(root).as_posix()}{f'[{extras}]' if extras else ''}"


def digest(root: Path, interpreter: str) -> str:
    """One line for all that decides what .venv holds; where it lies counts too, for a copied folder."""
    total = hashlib.sha256(f"{root}\n{interpreter}\n".encode())
    for file in [root / "constraints.txt", *(folder / "pyproject.toml" for folder in distributions(root))]:
        content = file.read_bytes()
        total.update(f"{file.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return total.hexdigest()


def is_current(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted


def installer(
    base: str, venv_python: Path, ask: Callable[..., str | None] = answer
) -> tuple[list[list[str]], list[str]]:
    """The commands that prepare .venv and the start of the one that installs into it.

    The base interpreter's pip comes first: Debian's venv has no pip of its own to give.
    """
    version = re.match(r"pip (\d+)\.(\d+)", ask(base, "-m", "pip", "--version") or "")
    if version and tuple(map(int, version.groups())) >= PIP_WITH_PYTHON_OPTION:
        return [], [base, "-m", "pip", "--python", str(venv_python)]
    if ask(base, "-c", "import ensurepip") is not None:
        return [[str(venv_python), "-m", "ensurepip"]], [str(venv_python), "-m", "pip"]
    raise SystemExit(NO_INSTALLER)


def ensure_venv() -> None:
    """Make .venv if it is missing, stale or half made. The stamp goes first and comes back last."""
    base = getattr(sys, "_base_executable", None) or sys.executable  # never .venv's own
    wanted = digest(ROOT, f"{sys.base_prefix} {sys.version}")
    if PYTHON.exists() and is_current(STAMP, wanted):
        return
    prepare, pip = installer(base, PYTHON)
    editables = [part for folder in distributions(ROOT) for part in ("-e", requirement(folder, ROOT))]
    print("Making .venv with the core, its plugins and the tools: about a minute, once.", file=sys.stderr)
    STAMP.unlink(missing_ok=True)
    quiet = ["-qq", "--no-input", "--disable-pip-version-check"]
    for step in [
        [base, "-m", "venv", "--clear", "--without-pip", str(VENV)],
        *prepare,
        [*pip, "install", *quiet, "-c", "constraints.txt", *editables],
    ]:
        if code := run(*step, stdout=sys.stderr):
            raise SystemExit(
                f"dev.py could not make .venv (exit code {code}); the lines above say why. Mend that, "
                "or close the programs that use .venv, and run the same command again."
            )
    STAMP.write_text(wanted, encoding="utf-8")


def sources() -> Iterable[Path]:
    """What mypy reads: every folder of these that holds Python."""
    folders = [*(folder / "src" for folder in distributions(ROOT)), ROOT / "tests" / "typing"]
    return (folder for folder in folders if any(folder.rglob("*.py")))


def lint(_arguments: Sequence[str] = ()) -> int:
    imports = "from importlinter.cli import lint_imports_command as run; run()"
    steps: dict[str, list[str | Path]] = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy", "--strict", *sources()],
        "lint-imports": ["-c", imports, "--no-logo"],
    }
    failed = []
    for name, step in steps.items():
        print(f"== {name}")
        if run(PYTHON, *step):
            failed.append(name)
    if failed:
        print(f"lint failed: {', '.join(failed)}")
    return 1 if failed else 0


def test(arguments: Sequence[str]) -> int:
    if arguments:
        return run(PYTHON, "-m", "pytest", *arguments)
    # A worker that is done takes over what another still has before it.
    return lint() or run(PYTHON, "-m", "pytest", "-n", "auto", "--dist", "worksteal")


def demo(_arguments: Sequence[str]) -> int:
    book = ROOT / BOOK
    book.parent.mkdir(exist_ok=True)
    for old in book.parent.glob(f"{book.name}*"):
        old.unlink()
    if code := run(PYTHON, "-m", "kontaktnat", "-b", BOOK, "demo"):
        return code
    program = SCRIPTS.relative_to(ROOT) / "kontaktnat"
    print(f"\nNext, in {ROOT}:")
    for words in (f"-b {BOOK} today", f"-b {BOOK} show nybro", "--help"):
        print(f"  {program} {words}")
    return 0


def site(target: Path) -> list[str | Path]:
    """What makes the site: all of it anew, for a page that is not read again warns of nothing."""
    return ["-m", "sphinx", "-W", "--keep-going", "-E", "-a", "-q", "docs", target]


def docs(_arguments: Sequence[str] = ()) -> int:
    if code := run(PYTHON, *site(SITE)):
        return code
    print(f"The docs start at {ROOT / SITE / 'index.html'}")
    return 0


def wheels(arguments: Sequence[str] = ()) -> int:
    return run(PYTHON, Path("tools") / "make_wheels.py", *arguments)


def bench(arguments: Sequence[str] = ()) -> int:
    return run(PYTHON, "-m", "tests.benchmarks", *arguments)


def messages(_arguments: Sequence[str] = ()) -> int:
    return run(PYTHON, Path("docs") / "make_messages.py")


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "demo": demo, "test": test, "lint": lint, "messages": messages, "docs": docs, "wheels": wheels,
    "bench": bench,
}  # fmt: skip
WITH_ARGUMENTS = ("test", "wheels", "bench")


def main(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    if sys.version_info < (3, 11):  # noqa: UP036  whoever starts it may have an older one
        raise SystemExit(f"dev.py needs Python 3.11 or later; this is {sys.version.split()[0]}.")
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    name, *rest = arguments
    if name not in COMMANDS or (rest and name not in WITH_ARGUMENTS):
        raise SystemExit(
            f"usage: dev.py {' | '.join(COMMANDS)}; only test (pytest's), wheels and bench take arguments"
        )
    ensure_venv()
    return COMMANDS[name](rest)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
    sys.exit(130)
