"""`plugins new`: what it writes and where, what it refuses, and that nothing is left half written."""

from __future__ import annotations

import ast
import errno
import gettext
import importlib
import io
import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import kontaktnat
from kontaktnat import Invalid, Refused
from kontaktnat.plugins import PROVIDES, Plugins
from kontaktnat.scaffold import KINDS, new_plugin
from kontaktnat.scaffold.catalogue import compiled
from kontaktnat.scaffold.names import names
from kontaktnat.testing.prompt import prompt

CHECKS = "register_checks"


def everything(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# What is written


def test_every_kind_has_a_hook_and_a_template() -> None:
    assert set(KINDS.values()) <= PROVIDES.keys()
    templates = Path(kontaktnat.__file__).parent / "scaffold" / "templates"
    assert {one.name for one in templates.iterdir()} == {"common", "python", *KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_distribution_is_written(kind: str, tmp_path: Path) -> None:
    made = new_plugin("min-karta", kind, tmp_path)
    assert (made.name, made.kind, made.folder) == ("min-karta", kind, tmp_path / "kontaktnat-min-karta")
    assert list(made.files) == everything(made.folder)
    package = made.folder / "src" / "kontaktnat_min_karta"
    has = {"pack.toml"} if kind == "county" else {"__init__.py", "plugin.py", "py.typed"}
    assert {one.name for one in package.iterdir()} >= has
    assert [file for file in made.files if file.startswith("tests/test_")]
    licence = (made.folder / "LICENSE").read_text("utf-8")
    assert "MIT License\n\nCopyright (c) kontaktnat-min-karta's authors\n" in licence
    for file in made.files:
        content = (made.folder / file).read_bytes()
        assert b"{{" not in content
        assert b"PACKAGE" not in content
        assert b"\r" not in content
        assert file.endswith((".po", ".mo", "py.typed")) or content.endswith(b"\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["kontaktnat-min-karta"]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"county"}))
def test_the_hooks_module_imports_nothing_heavy(kind: str, tmp_path: Path) -> None:
    made = new_plugin("min-karta", kind, tmp_path)
    tree = ast.parse((made.folder / "src" / "kontaktnat_min_karta" / "plugin.py").read_text("utf-8"))
    top = {ast.unparse(one) for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)}
    for one in top - {"from kontaktnat import hookimpl"}:
        assert one.startswith(("from __future__", "from collections.abc", "from pathlib", "from typing")), one


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_written_from_public_names(kind: str, tmp_path: Path) -> None:
    made = new_plugin("min-karta", kind, tmp_path)
    public = (
        "kontaktnat",
        *(f"kontaktnat.{one}" for one in ("extend", "model", "query", "errors", "testing")),
    )
    for file in made.files:
        if not file.endswith(".py"):
            continue
        for node in ast.walk(ast.parse((made.folder / file).read_text("utf-8"))):
            if not isinstance(node, ast.ImportFrom) or str(node.module).partition(".")[0] != "kontaktnat":
                continue
            assert node.module in public, file
            assert {one.name for one in node.names} <= {*importlib.import_module(node.module).__all__}, file


def test_files_have_the_modes_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "file").touch()
    made = new_plugin("min-karta", "view", tmp_path)
    assert made.folder.stat().st_mode == (tmp_path / "own").stat().st_mode
    assert (made.folder / "LICENSE").stat().st_mode == (tmp_path / "own" / "file").stat().st_mode


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"categories", "county"}))
def test_its_catalogue_is_what_babel_makes_and_gettext_reads(kind: str, tmp_path: Path) -> None:
    made = new_plugin("min-karta", kind, tmp_path)
    (file,) = (made.folder / one for one in made.files if one.endswith(".po"))
    with file.open("rb") as stream:
        catalogue = read_po(stream)
    sentences = {one.id: one.string for one in catalogue if one.id}
    assert sentences
    assert all(sentences.values())
    write_mo(stream := io.BytesIO(), catalogue)
    with file.with_suffix(".mo").open("rb") as ours:
        found = gettext.GNUTranslations(ours)
    babels = gettext.GNUTranslations(io.BytesIO(stream.getvalue()))
    for english, swedish in sentences.items():
        assert found.gettext(english) == babels.gettext(english) == swedish
    source = "".join(path.read_text("utf-8") for path in file.parents[3].glob("*.py"))
    for english in sentences:
        assert f'"{english}"' in source, "said somewhere"


def test_a_catalogue_of_nothing_can_be_read() -> None:
    assert gettext.GNUTranslations(io.BytesIO(compiled(""))).gettext("x") == "x"


# What it may be called


@pytest.mark.parametrize(
    ("given", "plugin", "package"),
    [
        ("blekinge", "blekinge", "kontaktnat_blekinge"),
        ("kontaktnat-blekinge", "blekinge", "kontaktnat_blekinge"),
        (" vastra-gotaland ", "vastra-gotaland", "kontaktnat_vastra_gotaland"),
        ("g4", "g4", "kontaktnat_g4"),
        ("kontaktnat-kontaktnat-x2", "kontaktnat-x2", "kontaktnat_kontaktnat_x2"),
    ],
)
def test_a_name_and_what_is_named_after_it(given: str, plugin: str, package: str) -> None:
    found = names(given, CHECKS)
    assert (found.plugin, found.package) == (plugin, package)


@pytest.mark.parametrize(
    ("given", "like"),
    [
        ("Blekinge", "blekinge"), ("Västra Götaland", "vastra-gotaland"), ("åland", "aland"),
        ("kontaktnat-Örebro", "orebro"), ("min_karta", "min-karta"), ("1abc", "abc"), ("abc-", "abc"),
        ("a--b", "a-b"), ("../../etc", "etc"), ("a/b", "a-b"), ("x", "blekinge"), ("", "blekinge"),
        ("kontaktnat", "blekinge"), ("kontaktnat-", "blekinge"), ("日本", "blekinge"), ("abc\n", ""),
        ("ab\ncd", "ab-cd"), ("-abc", "abc"), ("abc.py", "abc-py"), ("X" * 100, "x" * 24),
    ],
)  # fmt: skip
def test_what_is_no_name_is_answered_with_one(given: str, like: str) -> None:
    if not like:
        assert names(given, CHECKS).plugin == given.strip()
        return
    with pytest.raises(Invalid) as caught:
        names(given, CHECKS)
    assert caught.value.fields["example"] == like
    assert names(like, CHECKS).plugin == like


def test_a_name_has_an_end() -> None:
    assert names("a" * 24, CHECKS)
    with pytest.raises(Invalid, match="25 letters; take at most 24"):
        names("a" * 25, CHECKS)


@pytest.mark.parametrize("word", ["class", "match", "import"])
def test_a_word_of_pythons_is_no_name(word: str) -> None:
    with pytest.raises(Invalid, match=f"{word} is a word of Python's own; name it otherwise, as {word}-"):
        names(word, CHECKS)


@pytest.mark.parametrize(
    ("name", "hook", "owner"),
    [
        ("views", CHECKS, "kontaktnat itself"),
        ("kalmar", CHECKS, "kontaktnat-kalmar"),
        ("kontaktnat-vcard", CHECKS, "kontaktnat-vcard"),
        ("today", "register_views", "kontaktnat itself"),
        ("police-areas", "register_views", "kontaktnat itself"),
        ("csv", "register_exporters", "kontaktnat itself"),
        ("drafts", "register_mailers", "plugin mail"),
        ("memory", "register_stores", "kontaktnat itself"),
    ],
)
def test_a_name_that_is_taken_is_refused_with_its_owner(name: str, hook: str, owner: str) -> None:
    with pytest.raises(Refused, match=f"is taken, by {owner}; name yours otherwise"):
        names(name, hook)


def test_our_own_distributions_names_are_taken_installed_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = {one.name for one in (Path(__file__).parents[2] / "plugins").glob("kontaktnat-*")}
    module = sys.modules["kontaktnat.scaffold.names"]
    monkeypatch.setattr(module, "entry_points", lambda **_: ())
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    monkeypatch.setattr(module, "distribution", lambda name: metadata.distribution(f"not-{name}"))
    for one in ours:
        with pytest.raises(Refused, match=f"is taken, by {one}; name yours otherwise"):
            names(one, CHECKS, Plugins([]))


def test_names_are_taken_hook_by_hook() -> None:
    assert names("csv", "register_views")
    assert names("drafts", "register_mailers", Plugins([]))


# Nothing half written


@pytest.mark.parametrize("there", ["folder", "file", "link to nothing"])
def test_what_is_there_is_left_as_it_is(there: str, tmp_path: Path) -> None:
    place = tmp_path / "kontaktnat-min-karta"
    if there == "folder":
        place.mkdir()
    elif there == "file":
        place.write_text("mine")
    else:
        place.symlink_to(tmp_path / "nowhere")
    for dry_run in (True, False):
        with pytest.raises(Refused, match="is there already"):
            new_plugin("min-karta", "view", tmp_path, dry_run=dry_run)
    assert everything(tmp_path) == (["kontaktnat-min-karta"] if there == "file" else [])
    assert [one.name for one in tmp_path.iterdir()] == ["kontaktnat-min-karta"]


@pytest.mark.parametrize("last", range(0, 12, 3))
def test_a_full_disk_leaves_nothing(last: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, written = Path.write_bytes, []

    def full(path: Path, data: Any) -> int:
        if len(written) == last:
            real(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(path)
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    if last >= len(new_plugin("min-karta", "view", tmp_path, dry_run=True).files):
        assert new_plugin("min-karta", "view", tmp_path)
        return
    with pytest.raises(Invalid, match="No space left on device"):
        new_plugin("min-karta", "view", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        new_plugin("min-karta", "view", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_kind_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"'vew' is no kind of plugin \(nearest: view\); there are: exporter, "):
        new_plugin("min-karta", "vew", tmp_path)
    with pytest.raises(Invalid, match=r"there is no folder .*nowhere; make it first"):
        new_plugin("min-karta", "view", tmp_path / "nowhere")


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_folder_that_is_none(tmp_path: Path, dry_run: bool) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match=r"into: .*file is a file; name a folder"):
        new_plugin("min-karta", "view", tmp_path / "file", dry_run=dry_run)
    for into in (tmp_path / "file" / "below", tmp_path / ("x" * 300)):
        with pytest.raises(Invalid, match=r"there is no folder .*; make it first"):
            new_plugin("min-karta", "view", into, dry_run=dry_run)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


# At the prompt


@pytest.fixture
def active(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in front of PATH whose `python` is the one that runs this."""
    folder = tmp_path_factory.mktemp("active")
    name = "python.exe" if os.name == "nt" else "python"
    (folder / name).symlink_to(sys.executable)
    monkeypatch.setattr(sys, "executable", str(folder / name))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def test_at_the_end_it_says_how_to_install_and_to_test_it(run_cli: Any, tmp_path: Path, active: Path) -> None:
    ran = run_cli("plugins", "new", "min-karta", "--kind", "view")
    assert (ran.code, ran.err) == (0, "")
    ready, install, check = ran.out.splitlines()
    assert ready == "kontaktnat-min-karta is ready: 11 files"
    told = shlex.split(install.removeprefix("install it: "))
    assert told == ["python", "-m", "pip", "install", "-e", "kontaktnat-min-karta[test]"]
    assert check == "test it: python -m pytest kontaktnat-min-karta"
    assert len(everything(tmp_path / "kontaktnat-min-karta")) == 11


def test_where_python_is_another_it_says_which(
    run_cli: Any, active: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Not activated, or installed by pipx: plain `python` would put it where nobody looks."""
    (other := tmp_path / "other one").mkdir()
    (other / "python").symlink_to(sys.executable)
    for path in (os.fspath(other), ""):
        monkeypatch.setenv("PATH", path)
        _, install, check = run_cli(
            "plugins", "new", f"min-karta{len(path)}", "--kind", "view"
        ).out.splitlines()
        for line in (install.removeprefix("install it: "), check.removeprefix("test it: ")):
            assert shlex.split(line)[:2] == [str(active / "python"), "-m"]


def test_into_another_folder_whatever_it_is_called(run_cli: Any, tmp_path: Path) -> None:
    (tmp_path / "mina $plugin's").mkdir()
    ran = run_cli("plugins", "new", "min-karta", "--kind", "check", "--into", "mina $plugin's")
    _, install, check = ran.out.splitlines()
    assert shlex.split(install)[-1] == "mina $plugin's/kontaktnat-min-karta[test]"
    assert shlex.split(check)[-1] == "mina $plugin's/kontaktnat-min-karta"
    assert (tmp_path / "mina $plugin's" / "kontaktnat-min-karta" / "README.md").is_file()


def test_a_rehearsal_lists_what_would_be_written(run_cli: Any, tmp_path: Path) -> None:
    shown = run_cli("plugins", "new", "min-karta", "--kind", "store", "--dry-run").out.splitlines()
    assert list(tmp_path.iterdir()) == []
    assert shown.pop() == "nothing was written"
    run_cli("plugins", "new", "min-karta", "--kind", "store")
    assert shown == everything(tmp_path)


def test_on_a_terminal_what_is_missing_is_asked_for(run_cli: Any, tmp_path: Path) -> None:
    ran = run_cli("plugins", "new", stdin="min-karta\nvew\nview\n", terminal=True)
    assert ran.code == 0
    assert "NAME:" in ran.err
    assert "Kind (exporter, " in ran.err
    assert (tmp_path / "kontaktnat-min-karta" / "tests" / "test_view.py").is_file()


def test_it_speaks_swedish(run_cli: Any, active: Path) -> None:
    ran = run_cli("--lang", "sv", "plugins", "new", "min-karta", "--kind", "view")
    assert ran.out.startswith("kontaktnat-min-karta är klar: 11 filer\ninstallera: python -m pip install")
    assert "blekinge" in run_cli("--lang", "sv", "plugins", "new", "Blekinge", "--kind", "view").err


def test_the_list_is_still_what_plugins_says_by_itself(run_cli: Any) -> None:
    assert "register_views" in run_cli("plugins").out
    assert "new" in run_cli("plugins", "--help").out
    assert "nearest: new" in run_cli("plugins", "nwe").err


# In earnest


@pytest.fixture
def with_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Any]]:
    """The command line with a plugin that was just written, imported from where it lies, and those named."""
    opening: dict[str, Any] = {}
    with prompt(monkeypatch, tmp_path, opening) as run:

        def use(kind: str, *others: str) -> Callable[..., Any]:
            made = new_plugin(f"min-{kind}", kind, tmp_path)
            monkeypatch.syspath_prepend(made.folder / "src")
            module = importlib.import_module(f"kontaktnat_min_{kind}.plugin")
            opening["plugins"] = [*others, module]
            return lambda *words, **given: run("-b", "b.kn", *words, **given)

        yield use


def test_the_mailer_sends_what_mail_send_makes(with_plugin: Any, tmp_path: Path, monkeypatch: Any) -> None:
    run = with_plugin("mailer", "mail")
    run("init", "--by", "anna")
    run("add", "contact", "Eva Ek", "--email", "eva.ek@nybro.example")
    words = ("mail", "send", "--to", "eva", "--template", "details", "--mailer", "min-mailer",
             "--me", "Anna Ask <anna@lst.example>")  # fmt: skip
    refused = run("-y", *words)
    assert refused.exit_code == 5
    assert "name it in KONTAKTNAT_MIN_MAILER" in refused.errors
    (tmp_path / "out").mkdir()
    monkeypatch.setenv("KONTAKTNAT_MIN_MAILER", str(tmp_path / "out"))
    sent = run("-y", *words)
    assert sent.exit_code == 0, sent.errors
    (file,) = (tmp_path / "out").iterdir()
    assert b"To: Eva Ek <eva.ek@nybro.example>" in file.read_bytes()
    assert "Eva Ek" in run("list", "interactions").output, "it is logged as sent"


def test_a_whole_day_in_the_store(with_plugin: Any, tmp_path: Path) -> None:
    run = with_plugin("store", "kalmar", "sweden")

    def on_it(*words: str) -> Any:
        done = run("-b", "min-store:dag.json", *words)
        assert done.exit_code == 0, done.errors
        return done.output

    on_it("init", "--county", "kalmar", "--by", "anna")
    on_it("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--email", "eva.ek@nybro.example")
    on_it("log", "telefon", "eva", "lokaler", "--follow-up", "2w")
    assert "Eva Ek" in on_it("today")
    assert "interaction" in on_it("find", "lokaler")
    on_it("undo")
    assert "lokaler" not in on_it("list", "interactions")
    on_it("check")
    assert json.loads((tmp_path / "dag.json").read_text("utf-8"))["documents"]["contact"]
