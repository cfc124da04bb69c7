"""The docs build into a site without one warning, fetch nothing, and name every public name."""

from __future__ import annotations

import importlib
import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
API = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8")
PUBLIC = ["", ".extend", ".model", ".query", ".errors", ".testing"]


@pytest.fixture(scope="module")
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def site(dev: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `dev.py docs` makes, elsewhere."""
    target = tmp_path_factory.mktemp("site")
    words = [str(word) for word in dev.site(target)]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return target


def test_every_page_is_on_the_site(site: Path) -> None:
    part = ROOT / "docs" / "reference" / "examples"  # of reference/views.md
    found = [page for page in ROOT.glob("docs/**/*.md") if page.parent != part]
    pages = {page.relative_to(ROOT / "docs").with_suffix(".html") for page in found}
    assert pages <= {page.relative_to(site) for page in site.glob("**/*.html")}


def test_a_reader_fetches_nothing_from_elsewhere(site: Path) -> None:
    fetched = re.compile(r"""<(?:script|img|iframe|source)\b[^>]*\bsrc=["']?(?:https?:)?//"""
                         r"""|<link\b[^>]*\bhref=["']?(?:https?:)?//"""
                         r"""|@import|url\(["']?(?:https?:)?//""")  # fmt: skip
    for file in site.glob("**/*"):
        if file.suffix in (".html", ".css"):
            assert not fetched.findall(file.read_text("utf-8")), file


def test_the_reference_shows_code_as_code_and_the_fields_of_a_record(site: Path) -> None:
    page = (site / "reference" / "api.html").read_text("utf-8")
    assert re.search(r'<code class="code[^>]*>(<span class="pre">)?asa', page)
    assert 'id="kontaktnat.Role.covers"' in page
    assert "NOTHING" not in page


def shown() -> dict[str, set[str]]:
    """The names that the page describes, by module."""
    names: dict[str, set[str]] = {}
    for block in re.findall(r"^\.\. (?:auto|py:)\w+:: (.+(?:\n {10,}\S+)*)$", API, re.M):
        for path in block.split():
            module, _, name = path.rpartition(".")
            names.setdefault(module, set()).add(name)
    return names


@pytest.mark.parametrize("suffix", PUBLIC)
def test_the_reference_names_what_is_public(suffix: str) -> None:
    """A name that stands at `kontaktnat` itself is not told twice."""
    module = importlib.import_module(f"kontaktnat{suffix}")
    top = importlib.import_module("kontaktnat")
    twice = {name for name in module.__all__ if suffix and getattr(top, name, None) is getattr(module, name)}
    assert shown().get(module.__name__, set()) == set(module.__all__) - twice
    assert f"## `{module.__name__}`" in API or module.__all__ == sorted(twice)
