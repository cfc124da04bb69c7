"""`open_tinydb` passes TinyDB's own tests: those in the source distribution of the version that is installed.

It is fetched from the package index and kept in pytest's cache; nothing of it lies in this repository. Only
the `db` fixture is another one (tests/fixtures/tinydbs_db.py). The rest runs as TinyDB's authors run it: no
setting of this project reaches it, warnings as errors among them.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

import pytest

NAME = f"tinydb-{version('tinydb')}"
OURS = Path(__file__).parents[1] / "fixtures" / "tinydbs_db.py"
NAME_OF_A_CLASS = "tests/test_tables.py::test_table_repr"
"""The only test that is left out: it wants a table to call its storage MemoryStorage or JSONStorage."""


def fetched(folder: Path) -> Path:
    """The source distribution, in `folder`; it is there whole or not at all, should two runs fetch it."""
    kept = folder / f"{NAME}.tar.gz"
    if kept.exists():
        return kept
    with tempfile.TemporaryDirectory(dir=folder) as name:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "-qq"]
        exactly = ["--no-deps", "--no-binary", ":all:", "-d", name, NAME.replace("-", "==")]
        done = subprocess.run([*pip, "download", *exactly], capture_output=True, text=True, check=False)
        if done.returncode:
            why = f"TinyDB's source distribution cannot be fetched: {done.stderr.strip() or done.stdout}"
            if os.environ.get("CI") == "true":
                pytest.fail(why)
            pytest.skip(why)
        return (Path(name) / kept.name).replace(kept)


def laid_out(source: Path, folder: Path) -> None:
    """Its tests, without the library; their conftest one folder up, as the nearest fixture wins."""
    with tarfile.open(source) as archive:
        members = [one for one in archive if one.name.startswith(f"{NAME}/tests/")]
        archive.extractall(folder, members, filter="data")
    (folder / NAME / "tests").rename(folder / "tests")
    (folder / "tests" / "conftest.py").rename(folder / "conftest.py")
    shutil.copy(OURS, folder / "tests" / "conftest.py")
    (folder / "pytest.ini").write_text("[pytest]\n")  # or pytest goes on upwards until it finds ours


def test_tinydbs_own_tests_pass(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert request.config.cache is not None
    laid_out(fetched(request.config.cache.mkdir("tinydb")), tmp_path)
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONWARNINGS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    command = [sys.executable, "-m", "pytest", "-v", "--tb=short", f"--deselect={NAME_OF_A_CLASS}", "tests"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)
    assert done.returncode == 0
    assert "[json]" not in done.stdout, "a test got their db, not ours"
    passed = re.search(r"(\d+) passed.* 1 deselected", done.stdout)
    assert passed, "what is left out is not there any more"
    assert int(passed[1]) > 100
