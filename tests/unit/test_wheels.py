"""The folder to install from without a network: what is fetched for which machine, and that it is enough."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def maker() -> ModuleType:
    """tools/make_wheels.py."""
    spec = importlib.util.spec_from_file_location("make_wheels", ROOT / "tools" / "make_wheels.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_wheels"] = module  # dataclasses look it up
    spec.loader.exec_module(module)
    return module


def wheel(folder: Path, name: str, *requires: str) -> None:
    text = f"Metadata-Version: 2.4\nName: {name}\nVersion: 1\n"
    text += "".join(f"Requires-Dist: {one}\n" for one in requires)
    with zipfile.ZipFile(folder / f"{name}-1-py3-none-any.whl", "w") as file:
        file.writestr(f"{name}-1.dist-info/METADATA", text)


class Index:
    """Gives wheels as pip would, and remembers what it was asked."""

    def __init__(self, **requires: Sequence[str]) -> None:
        self.requires = requires
        self.asked: list[list[str]] = []

    def fetch(self, pins: Sequence[str], folder: Path, target: Any) -> None:
        self.asked.append(list(pins))
        for pin in pins:
            name = pin.partition("==")[0]
            wheel(folder, name, *self.requires[name])


INDEX = {
    "click": ['colorama; sys_platform == "win32"'],
    "colorama": [],
    "psycopg": ['psycopg_binary; extra == "binary"', 'sphinx; extra == "docs"'],
    "psycopg_binary": [],
    "typing_extensions": [],
    "uvloop": [],
}
PINS = {name.replace("_", "-"): f"{name}==1" for name in INDEX}
OURS = [
    "click>=8", 'uvloop; sys_platform != "win32"', "psycopg[binary]>=3",
    'typing_extensions; python_version < "3.13"', 'pytest; extra == "test"',
]  # fmt: skip


@pytest.mark.parametrize(
    ("python", "only"),
    [
        ("3.12", {"colorama", "typing_extensions"}),
        ("3.13", {"colorama"}),
        ("", {"typing_extensions"} if sys.version_info < (3, 13) else set()),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="this machine is the Windows of the other two")
def test_each_machine_gets_what_it_needs(
    maker: ModuleType, tmp_path: Path, python: str, only: set[str]
) -> None:
    wheel(tmp_path, "kontaktnat", *OURS)
    index = Index(**INDEX)
    maker.complete(tmp_path, maker.Target(python), PINS, index.fetch)
    here = set() if python else {"uvloop"}
    found = {file.name.partition("-")[0] for file in tmp_path.iterdir()}
    assert found == {"kontaktnat", "click", "psycopg", "psycopg_binary"} | only | here
    assert len(index.asked) == 2


def test_what_has_no_pin_is_not_fetched_at_all(maker: ModuleType, tmp_path: Path) -> None:
    wheel(tmp_path, "kontaktnat", "click", "newcomer>=2")
    index = Index(**INDEX)
    with pytest.raises(SystemExit, match=r"constraints\.txt has no version of newcomer \(Windows x64"):
        maker.complete(tmp_path, maker.Target("3.12"), PINS, index.fetch)
    assert index.asked == []


def test_pip_is_told_of_the_machine_and_builds_nothing(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Any, ...]] = []
    monkeypatch.setattr(maker, "pip", lambda *words: told.append(words))
    maker.fetch(["click==1"], tmp_path, maker.Target("3.12"))
    maker.fetch(["click==1"], tmp_path, maker.Target())
    start = ("download", "--no-deps", "--only-binary=:all:")
    windows = ("--platform", "win_amd64", "--implementation", "cp", "--python-version", "3.12")
    assert told == [(*start, *windows, "-d", tmp_path, "click==1"), (*start, "-d", tmp_path, "click==1")]


@pytest.mark.parametrize(
    ("arguments", "pythons"),
    [
        ("", ["3.11", "3.12", "3.13", ""]),
        ("--platform win_amd64", ["3.11", "3.12", "3.13"]),
        ("--platform win_amd64 --python 3.12", ["3.12"]),
        ("--platform here", [""]),
    ],
)
def test_arguments_choose_the_machines(maker: ModuleType, arguments: str, pythons: list[str]) -> None:
    assert [target.python for target in maker.asked(arguments.split())] == pythons


def test_everything_our_distributions_need_is_pinned(maker: ModuleType) -> None:
    pins = maker.pinned((ROOT / "constraints.txt").read_text("utf-8"))
    for file in [ROOT / "pyproject.toml", *ROOT.glob("plugins/*/pyproject.toml")]:
        needed = tomllib.loads(file.read_text("utf-8"))["project"]["dependencies"]
        names = {maker.canonicalize_name(maker.Requirement(one).name) for one in needed}
        assert {name for name in names if not name.startswith("kontaktnat")} <= pins.keys()


def test_the_folder_is_enough(
    maker: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Made for this machine and installed from with the index shut off, in an environment of its own."""
    folder, home = tmp_path / "wheels", tmp_path / "home"
    monkeypatch.setattr(maker, "FOLDER", folder)
    try:
        maker.main(["--platform", "here"])
    except SystemExit:
        said = capfd.readouterr().err
        if os.environ.get("CI") or "No matching distribution" not in said:
            pytest.fail(said)
        pytest.skip("needs a package index")
    venv.create(home, with_pip=False)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    names = (folder / "requirements.txt").read_text("utf-8").split()
    pip = [
        sys.executable,
        "-m",
        "pip",
        "-qq",
        "--disable-pip-version-check",
        "--python",
        str(scripts / "python"),
    ]
    subprocess.run([*pip, "install", "--no-index", "--find-links", ".", *names], cwd=folder, check=True)

    def kontaktnat(*words: str) -> str:
        command = [str(scripts / "kontaktnat"), *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True).stdout

    assert kontaktnat("--version").strip().endswith("0.1.0")
    kontaktnat("-b", "demo.kn", "demo")
    assert "Nybro" in kontaktnat("-b", "demo.kn", "show", "nybro")
    assert "is ready" in kontaktnat("--lang", "en", "plugins", "new", "blekinge", "--kind", "view")
    for text in ("README.txt", "LÄSMIG.txt"):
        said = (folder / text).read_bytes().decode("utf-8")
        assert (
            "--no-index --find-links . kontaktnat kontaktnat-calendar kontaktnat-civilsociety "
            "kontaktnat-excel kontaktnat-kalmar kontaktnat-kronoberg kontaktnat-mail kontaktnat-sweden "
            "kontaktnat-vcard\r\n"
        ) in said
