"""Fill dist/wheels/ with all that is needed to install kontaktnat where there is no network.

python3 dev.py wheels                                        Windows with each Python, and this machine
python3 dev.py wheels --platform win_amd64 --python 3.12     only these
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "dist" / "wheels"
TEXTS = Path(__file__).parent / "wheels"
HERE = "here"
WINDOWS = "win_amd64"
PYTHONS = ("3.11", "3.12", "3.13")


@dataclass(frozen=True)
class Target:
    """A kind of machine to install on; without a Python: the one that this runs on."""

    python: str = ""

    @property
    def markers(self) -> dict[str, str]:
        """What markers ask of it. pip would answer for the machine that it runs on itself."""
        if not self.python:
            return {}
        return {
            "os_name": "nt", "sys_platform": "win32",
            "platform_system": "Windows", "platform_machine": "AMD64",
            "platform_python_implementation": "CPython", "implementation_name": "cpython",
            "python_version": self.python, "python_full_version": f"{self.python}.0",
        }  # fmt: skip

    @property
    def options(self) -> list[str]:
        """What tells pip which wheels fit."""
        if not self.python:
            return []
        return ["--platform", WINDOWS, "--implementation", "cp", "--python-version", self.python]

    def __str__(self) -> str:
        if self.python:
            return f"Windows x64, Python {self.python}"
        return f"{sysconfig.get_platform()}, Python {'.'.join(map(str, sys.version_info[:2]))}"


Fetch = Callable[[Sequence[str], Path, Target], None]


def pip(*words: str | Path) -> None:
    """Run it, or stop: it has said why."""
    quiet = ["--disable-pip-version-check", "--no-input", "-qq"]
    command = [sys.executable, "-m", "pip", *map(str, words), *quiet]
    if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SystemExit(code)


def fetch(pins: Sequence[str], folder: Path, target: Target) -> None:
    """Download exactly these, as wheels: nothing is built on the machine they are for."""
    pip("download", "--no-deps", "--only-binary=:all:", *target.options, "-d", folder, *pins)


def build(folder: Path) -> None:
    """Our own distributions, each as a wheel."""
    projects = [ROOT, *sorted(found.parent for found in ROOT.glob("plugins/*/pyproject.toml"))]
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", folder, *projects)


def pinned(constraints: str) -> dict[str, str]:
    """Name → `name==version` of a constraints file."""
    lines = (line.partition("#")[0].strip() for line in constraints.splitlines())
    return {canonicalize_name(line.partition("==")[0]): line for line in lines if line}


def complete(folder: Path, target: Target, pins: Mapping[str, str], fetch: Fetch) -> None:
    """Fetch what the wheels in the folder need on the target, then what these need, until all is there."""
    while missing := sorted(needed(folder, target.markers)):
        if loose := [name for name in missing if name not in pins]:
            raise SystemExit(f"constraints.txt has no version of {', '.join(loose)} ({target})")
        fetch([pins[name] for name in missing], folder, target)


def needed(folder: Path, markers: Mapping[str, str]) -> set[str]:
    """Names that the folder's wheels require and that are not there."""
    have = {canonicalize_name(one.name): one for one in wheels(folder)}
    todo = {(name, "") for name in have}
    seen: set[tuple[str, str]] = set()
    while todo:
        name, extra = todo.pop()
        seen.add((name, extra))
        for text in (have[name].requires or ()) if name in have else ():
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate({**markers, "extra": extra}):
                found = canonicalize_name(wanted.name)
                todo |= {(found, one) for one in ("", *wanted.extras)} - seen
    return {name for name, _ in seen} - have.keys()


def wheels(folder: Path) -> Iterator[Distribution]:
    """What the folder's wheels say of themselves."""
    return iter(distributions(path=[str(wheel) for wheel in folder.glob("*.whl")]))


def write_texts(folder: Path, own: Sequence[Distribution], targets: Sequence[Target]) -> None:
    """requirements.txt, and how to install, with the line ends that Notepad has always shown."""
    lines = "".join(f"{one.name}=={one.version}\n" for one in own)
    (folder / "requirements.txt").write_text(lines, "utf-8")
    names = " ".join(one.name for one in own)
    machines = "".join(f"  - {target}\n" for target in targets)
    for text in TEXTS.glob("*.txt"):
        said = text.read_text("utf-8").format(names=names, machines=machines)
        (folder / text.name).write_text(said, "utf-8", newline="\r\n")


def asked(arguments: Sequence[str]) -> list[Target]:
    """The targets that the arguments name; all of them without any."""
    parser = argparse.ArgumentParser(
        prog="dev.py wheels", description="All that is needed to install without a network, in dist/wheels/."
    )
    parser.add_argument("--platform", action="append", choices=(WINDOWS, HERE))
    parser.add_argument("--python", action="append", choices=PYTHONS, help="on Windows")
    given = parser.parse_args(arguments)
    platforms = given.platform or (WINDOWS, HERE)
    windows = [Target(python) for python in given.python or PYTHONS] if WINDOWS in platforms else []
    return [*windows, *([Target()] if HERE in platforms else [])]


def main(arguments: Sequence[str]) -> int:
    targets = asked(arguments)
    pins = pinned((ROOT / "constraints.txt").read_text("utf-8"))
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    build(FOLDER)
    own = sorted(wheels(FOLDER), key=lambda one: one.name)
    ours = list(FOLDER.glob("*.whl"))
    for target in targets:
        print(f"== {target}", flush=True)
        with (
            tempfile.TemporaryDirectory() as name
        ):  # one target's wheels do not hide that another's is missing
            for wheel in ours:
                shutil.copy(wheel, name)
            complete(Path(name), target, pins, fetch)
            for wheel in Path(name).glob("*.whl"):
                shutil.copy(wheel, FOLDER)
    write_texts(FOLDER, own, targets)
    size = sum(file.stat().st_size for file in FOLDER.iterdir())
    print(f"{len(list(FOLDER.glob('*.whl')))} wheels, {size / 1e6:.0f} MB, in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
