"""One broken plugin does not take the others or any command with it, and does not go unsaid.

The distribution in tests/fixtures/broken-plugin fails when it is imported. It is put on the path of real
processes, with the metadata that pip would write.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

BROKEN = Path(__file__).parents[1] / "fixtures" / "broken-plugin"
LINE = (
    "kontaktnat: plugin broken (kontaktnat-broken 0.9.1) is left out: it cannot be imported: "
    "ModuleNotFoundError: No module named 'a_library_that_was_uninstalled'\n"
)
Run = Callable[..., subprocess.CompletedProcess[str]]


def metadata(distribution: Path, site: Path) -> None:
    """What pip writes beside an installed distribution, as far as it matters."""
    project = tomllib.loads((distribution / "pyproject.toml").read_text("utf-8"))["project"]
    info = site / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir()
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    entries = "".join(
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in names.items())
        for group, names in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text(entries, encoding="utf-8")


@pytest.fixture
def kontaktnat(tmp_path: Path) -> Run:
    """Runs `kontaktnat` where the broken plugin is installed, with a configuration of its own."""
    site = tmp_path / "site"
    site.mkdir()
    metadata(BROKEN, site)
    config = tmp_path / "config.toml"
    config.write_text("", encoding="utf-8")
    unset = ("KONTAKTNAT_PLUGINS", "KONTAKTNAT_STRICT", "KONTAKTNAT_BY")

    def run(*words: str, configured: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        config.write_text(configured, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "kontaktnat", *words],
            capture_output=True,
            encoding="utf-8",
            check=False,
            cwd=tmp_path,
            env={name: value for name, value in os.environ.items() if name not in unset}
            | {
                "PYTHONPATH": os.pathsep.join([str(site), str(BROKEN / "src")]),
                "PYTHONDONTWRITEBYTECODE": "1",
                "KONTAKTNAT_CONFIG": str(config),
                "KONTAKTNAT_BOOK": str(tmp_path / "book.kn"),
            }
            | environment,
        )

    made = run("init", KONTAKTNAT_PLUGINS="")
    assert (made.returncode, made.stderr) == (0, "")
    return run


def test_every_command_works_and_one_line_says_what_is_left_out(kontaktnat: Run) -> None:
    added = kontaktnat("add", "actor", "Exempelby kommun", "--kind", "kommun")
    assert (added.returncode, added.stderr) == (0, LINE)
    listed = kontaktnat("list", "actors", "-o", "json")
    assert (listed.returncode, listed.stderr) == (0, LINE)
    assert [one["name"] for one in json.loads(listed.stdout)["records"]] == ["Exempelby kommun"]


def test_the_other_plugins_stay_in_use(kontaktnat: Run) -> None:
    done = kontaktnat("municipalities", "--county", "H", "-o", "ids")
    assert (done.returncode, done.stderr) == (0, LINE)
    assert "0881" in done.stdout.split()


def test_it_is_listed_among_the_plugins(kontaktnat: Run) -> None:
    done = kontaktnat("plugins", "-o", "json")
    assert (done.returncode, done.stderr) == (0, LINE)
    plugins = {one["name"]: one for one in json.loads(done.stdout)["records"]}
    assert (plugins["broken"]["distribution"], plugins["broken"]["version"]) == ("kontaktnat-broken", "0.9.1")
    assert "a_library_that_was_uninstalled" in plugins["broken"]["state"]
    assert plugins["sweden"]["state"] == "in use"


@pytest.mark.parametrize("words", [("list", "actors"), ("plugins",)])
def test_required_makes_it_fatal(kontaktnat: Run, words: tuple[str, ...]) -> None:
    done = kontaktnat(*words, configured='required = ["broken"]\n')
    assert (done.returncode, done.stdout) == (9, "")
    assert done.stderr.startswith("kontaktnat: required plugin broken (kontaktnat-broken 0.9.1)")
    assert len(done.stderr.splitlines()) == 1


def test_required_and_not_installed_is_fatal(kontaktnat: Run) -> None:
    done = kontaktnat("list", "actors", configured='required = ["nobody"]\n', KONTAKTNAT_PLUGINS="")
    assert done.returncode == 9
    assert "required plugin nobody is not in use: it is not installed" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("chosen", ["", "sweden"])
def test_it_is_not_imported_where_it_is_not_chosen(kontaktnat: Run, chosen: str) -> None:
    done = kontaktnat("list", "actors", KONTAKTNAT_PLUGINS=chosen)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_loads_no_plugin(kontaktnat: Run) -> None:
    done = kontaktnat("--version")
    assert (done.returncode, done.stderr) == (0, "")


def test_strict_raises_it(kontaktnat: Run) -> None:
    done = kontaktnat("--debug", "list", "actors", KONTAKTNAT_STRICT="1", KONTAKTNAT_PLUGINS="broken")
    assert done.returncode == 1
    assert "in <module>\nModuleNotFoundError\n" in done.stderr


def test_data_of_a_plugin_that_is_missing_survives_an_edit(kontaktnat: Run, tmp_path: Path) -> None:
    """Words and fields that only the missing plugin knew stay; new ones are refused."""
    archive = tmp_path / "archive.jsonl"
    record = {
        "type": "actor", "id": "kx7f0001", "name": "Exempelby", "kind": "moon_base", "rev": 1,
        "extra": {"broken.field": {"deep": [1]}},
    }  # fmt: skip
    archive.write_text(f'{{"schema": "kontaktnat/1"}}\n{json.dumps(record)}\n', encoding="utf-8")
    done = kontaktnat("import", str(archive))
    assert done.stdout.splitlines()[-1] == "created 1, updated 0, unchanged 0, rejected 0"
    code = (
        "import kontaktnat\n"
        f"with kontaktnat.open({str(tmp_path / 'book.kn')!r}, by='anna') as book:\n"
        "    kept = book.update('kx7f0001', name='Exempelby kommun')\n"
        "    assert (kept.kind, kept.extra) == ('moon_base', {'broken.field': {'deep': [1]}}), kept\n"
    )
    edited = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (edited.returncode, edited.stderr) == (0, "")
    (listed,) = json.loads(kontaktnat("list", "actors", "-o", "json").stdout)["records"]
    assert {**listed, "rev": 1, "name": "Exempelby"}.items() >= record.items()
