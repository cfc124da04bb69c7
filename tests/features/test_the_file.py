"""Who may read the book and all that lies beside it, where it lies, and that nothing of it lies elsewhere."""

from __future__ import annotations

import ast
import contextlib
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import kontaktnat
from kontaktnat import Book, Contact, Invalid
from kontaktnat.store import files, rights, surroundings
from kontaktnat.store.surroundings import risks

UNIX = pytest.mark.skipif(os.name == "nt", reason="a mode tells nothing on Windows")
SOURCES = [Path(kontaktnat.__file__).parent, *Path(__file__).parents[2].glob("plugins/*/src")]


@pytest.fixture(params=[0, 0o002, 0o077, 0o277])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> str:
    return oct(path.stat().st_mode & 0o777)


# Modes


@UNIX
def test_all_that_is_made_is_its_owners_alone(
    umask: int, kalmar: Any, run_cli: Any, tmp_path: Path, open_book: Callable[..., Book]
) -> None:
    folder = tmp_path / "hem"
    folder.mkdir()
    folder.chmod(0o700)
    path = folder / "ny.kn"
    assert run_cli("init", "--county", "kalmar", book=path).code == 0
    run_cli("add", "contact", "Bo Björk", book=path)
    path.write_bytes(path.read_bytes()[:-20])  # as a crash leaves it
    run_cli("add", "contact", "Eva Ek", book=path)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Eva Ek", b"Eva Ik"))
    run_cli("check", "--repair", book=path)
    (folder / "x.csv").write_text("name,email\nA,inte en adress\n,b@x.example\n", "utf-8")
    run_cli("import", folder / "x.csv", "--as", "contact", book=path)
    for name in ("ut.jsonl", "ut.csv"):
        assert run_cli("export", name[3:], "-O", folder / name, book=path).code == 0
    run_cli("demo", book=folder / "demo.kn")
    found = {one.name: mode(one) for one in folder.iterdir() if one.name != "x.csv"}
    assert set(found.values()) == {"0o600"}, found
    assert {"ny.kn", "ny.kn.lock", "ny.kn.torn", "ny.kn.damaged", "ut.jsonl", "ut.csv", "demo.kn",
            "demo.md", "x.rejected.csv"} <= set(found)  # fmt: skip


@UNIX
def test_a_mode_that_was_widened_on_purpose_stays(open_book: Callable[..., Book], tmp_path: Path) -> None:
    path = tmp_path / "b.kn"
    with open_book(path, mode="create") as book:
        path.chmod(0o640)
        for number in range(3):
            book.add(Contact(name=f"N{number}", note="x" * 70_000))  # rewritten on the way
    assert mode(path) == "0o640"
    (report := tmp_path / "ut.md").write_text("", "utf-8")
    report.chmod(0o644)
    from kontaktnat.cli.whole import write_whole

    write_whole(report, lambda stream: stream.write(b"x"))
    assert (mode(report), report.read_bytes()) == ("0o644", b"x")


# Windows, where rights are lists


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What `icacls` is asked for, on a system that says it is Windows."""
    asked: list[list[str]] = []
    monkeypatch.setattr(rights.subprocess, "run", lambda words, **_: asked.append(words))
    monkeypatch.setattr(rights.getpass, "getuser", lambda: "anna")
    monkeypatch.setenv("USERDOMAIN", "LST")
    return asked


def test_a_new_file_outside_the_profile_is_its_users_alone(
    windows: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "hemma")
    new = tmp_path / "b.kn.new"
    rights.take_over(tmp_path / "b.kn", new)
    assert windows == [["icacls", str(new), "/inheritance:r", "/grant:r", "LST\\anna:F", "/grant:r",
                        "*S-1-5-18:F", "/grant:r", "*S-1-5-32-544:F"]]  # fmt: skip
    rights.take_over(tmp_path / "b.kn", tmp_path / "hemma" / "b.kn.new")
    assert len(windows) == 1, "the profile is the user's own already"


def test_that_it_cannot_be_done_is_only_warned_of(
    windows: list[list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "hemma")
    for error in (FileNotFoundError(2, "no"), subprocess.CalledProcessError(5, "icacls"),
                  subprocess.TimeoutExpired("icacls", 10)):  # fmt: skip

        def fail(*_: Any, error: Exception = error, **__: Any) -> None:
            raise error

        monkeypatch.setattr(rights.subprocess, "run", fail)
        caplog.clear()
        rights.take_over(tmp_path / "b.kn", tmp_path / "b.kn.new")
        assert "others may be able to read it" in caplog.text


def test_on_windows_the_old_files_rights_go_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(rights, "take_over", lambda old, new: asked.append((old.name, new.name)))
    monkeypatch.setattr(files.os, "name", "nt")
    with contextlib.suppress(FileNotFoundError):  # there is no such file to give a mode
        files.take_over(tmp_path / "b.kn", tmp_path / "b.kn.new")
    assert asked == [("b.kn", "b.kn.new")]


# Where it lies


def told(path: Path, **more: Any) -> str:
    return " | ".join(f"{one.message}: {one.remedy}" for one in risks(path, **more))


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("OneDrive - Länsstyrelsen", "OneDrive"), ("OneDrive", "OneDrive"), ("Dropbox (LST)", "Dropbox"),
        ("Google Drive", "Google Drive"), ("GoogleDrive-anna@x.example", "Google Drive"),
        ("iCloudDrive", "iCloud"), ("com~apple~CloudDocs", "iCloud"), ("Nextcloud2", "Nextcloud"),
        ("ownCloud", "ownCloud"), ("Box", "Box"), ("syncthing", "Syncthing"),
    ],
)  # fmt: skip
def test_a_folder_of_a_sync_client(tmp_path: Path, folder: str, client: str) -> None:
    (deep := tmp_path / folder / "jobb" / "nätverk").mkdir(parents=True)
    assert f"folder of {client}," in told(deep / "b.kn")


@pytest.mark.parametrize(
    ("mark", "client"),
    [(".stfolder", "Syncthing"), (".sync_a1b2.db", "Nextcloud"), (".owncloudsync.log", "ownCloud"),
     (".dropbox", "Dropbox")],
)  # fmt: skip
def test_what_a_client_leaves_in_its_folder(
    tmp_path: Path, mark: str, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "moln" / "jobb").mkdir(parents=True)
    assert told(tmp_path / "moln" / "jobb" / "b.kn") == ""
    (tmp_path / "moln" / mark).touch()
    assert f"folder of {client}," in told(tmp_path / "moln" / "jobb" / "b.kn")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "moln")
    assert told(tmp_path / "moln" / "b.kn") == "", "a home folder has the client's settings"


def test_the_variable_of_onedrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "moln"))
    assert "OneDrive" in told(tmp_path / "moln" / "b.kn")
    assert told(tmp_path / "annat" / "b.kn") == ""


@UNIX
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "ext4", "9p", "tmpfs"])
def test_a_network_drive(tmp_path: Path, kind: str) -> None:
    (tmp_path / "en share").mkdir()
    where = str(tmp_path / "en share").replace(" ", "\\040")
    (mounts := tmp_path / "mountinfo").write_text(
        "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
        f"36 22 0:32 / {where} rw shared:2 master:1 - {kind} server:/x rw\nskräp\n",
        "utf-8",
    )
    found = told(tmp_path / "en share" / "b.kn", mounts=mounts)
    assert ("network drive" in found) == (kind not in ("ext4", "9p", "tmpfs"))
    assert told(tmp_path / "b.kn", mounts=mounts) == ""
    assert told(tmp_path / "b.kn", mounts=tmp_path / "none") == ""


def test_drives_of_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes
    from types import SimpleNamespace

    kinds = {"H:\\": 4, "C:\\": 3}
    kernel = SimpleNamespace(GetDriveTypeW=kinds.__getitem__)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    monkeypatch.setattr(surroundings.os, "name", "nt")
    place = lambda drive: type("P", (), {"drive": drive})()  # noqa: E731
    remote = [surroundings._is_remote(f"{drive}\\b.kn", place(drive), tmp_path) for drive in ("H:", "C:")]
    assert remote == [True, False]
    assert surroundings._is_remote("\\\\server\\share\\b.kn", place("C:"), tmp_path)


@UNIX
def test_who_else_may_use_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "_is_within_reach", lambda folder: bool(folder.stat().st_mode & 0o011))
    monkeypatch.setattr(surroundings, "_is_own_group", lambda found: False)
    (folder := tmp_path / "gemensam").mkdir()
    (path := folder / "b.kn").touch()
    (folder / "b.kn.lock").touch(0o644)

    def with_modes(of_folder: int, of_file: int) -> str:
        folder.chmod(of_folder)
        path.chmod(of_file)
        return told(path)

    assert with_modes(0o700, 0o600) == with_modes(0o755, 0o600) == ""
    assert with_modes(0o1777, 0o600) == "", "/tmp, where nobody may take another's file away"
    assert with_modes(0o700, 0o644) == "", "nobody else gets there"
    assert "may read b.kn: take that right away: chmod go-rwx" in with_modes(0o755, 0o644)
    assert "may read b.kn" in with_modes(0o755, 0o640)
    assert "may write to the folder" in with_modes(0o777, 0o600)
    assert "may write to the folder" in with_modes(0o770, 0o600)
    monkeypatch.setattr(surroundings, "_is_own_group", lambda found: True)
    assert with_modes(0o775, 0o640) == "", "a group of nobody else, as many systems make one for each user"
    (folder / "b.kn.damaged").touch()
    (folder / "b.kn.damaged").chmod(0o644)
    folder.chmod(0o755)
    assert "may read b.kn.damaged" in told(path)


@UNIX
def test_the_group_that_is_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "owner", lambda _: "anna")
    monkeypatch.setattr(Path, "group", lambda _: "anna")
    assert surroundings._is_own_group(tmp_path)
    monkeypatch.setattr(Path, "group", lambda _: "users")
    assert not surroundings._is_own_group(tmp_path)

    def nameless(_: Path) -> str:
        raise KeyError("gid")

    monkeypatch.setattr(Path, "group", nameless)
    assert not surroundings._is_own_group(tmp_path)


def test_one_is_told_at_set_up_and_by_check(run_cli: Any, tmp_path: Path, monkeypatch: Any) -> None:
    (shared := tmp_path / "Dropbox").mkdir()
    for name, words in (("a.kn", ("init",)), ("d.kn", ("demo",))):
        ran = run_cli(*words, book=shared / name)
        assert (ran.code, ran.err.count("\n")) == (0, 1)
        assert "the book lies in a folder of Dropbox" in ran.err
    assert run_cli("init", "--dry-run", book=shared / "x.kn").err == ""
    assert run_cli("init", book=shared / "a.kn").err == "", "at set-up, and not each time"
    run_cli("export", "jsonl", "-O", tmp_path / "ut.jsonl", book=shared / "a.kn")
    assert "Dropbox" in run_cli("import", tmp_path / "ut.jsonl", book=shared / "b.kn").err
    checked = run_cli("check", "-o", "json", book=shared / "a.kn")
    assert (checked.code, len(checked.records())) == (5, 1), "the file is sound"
    assert "mapp" in run_cli("--lang", "sv", "check", book=shared / "a.kn").out
    assert run_cli("init", book=tmp_path / "egen.kn").err == ""
    assert run_cli("check", book=tmp_path / "egen.kn").code == 0
    (config := tmp_path / "config.toml").write_text("shared_folder = true\n", "utf-8")
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(config))
    assert run_cli("check", book=shared / "a.kn").code == 0
    assert run_cli("init", book=shared / "c.kn").err == ""
    config.write_text("shared_folder = 'ja'\n", "utf-8")
    assert "shared_folder: write true or false" in run_cli("check", book=shared / "a.kn").err


def test_the_library_tells_it_too(tmp_path: Path) -> None:
    (shared := tmp_path / "Nextcloud").mkdir()
    kontaktnat.open(shared / "b.kn", mode="create").close()
    (found,) = kontaktnat.check_file(shared / "b.kn")
    assert (found.rule, found.path) == ("place", "")
    assert kontaktnat.check_file(shared / "b.kn", config={"shared_folder": True}) == []
    with pytest.raises(Invalid, match="shared_folder"):
        kontaktnat.check_file(shared / "b.kn", config={"shared_folder": 1})


# Nothing elsewhere


MORNING: tuple[tuple[str, ...], ...] = (
    ("init", "--county", "kalmar"),
    ("add", "contact", "Eva Ek", "--role", "samordnare@nybro", "--phone", "070-174 06 05"),
    ("log", "phone", "eva", "Läget", "--promised", "skicka"),
    ("today",), ("done", "1"), ("list", "contacts"), ("show", "eva"), ("find", "nybro"),
    ("edit", "eva"), ("set", "eva", "note=x"), ("history",), ("undo",), ("check",),
    ("import", "rader.csv", "--as", "contact"), ("review", "-o", "json"),
    ("export", "markdown", "-O", "ut.md"),
    ("export", "jsonl", "-O", "ut.jsonl"), ("view", "vacancies"), ("handover", "eva@nybro", "--vacant"),
    ("delete", "eva"), ("demo",),
)  # fmt: skip


def test_no_file_lies_outside_the_books_folder(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty := tmp_path / "temp").mkdir()
    (home := tmp_path / "home").mkdir()
    (desk := tmp_path / "skrivbord").mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(empty))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("EDITOR", "true" if os.name != "nt" else "cmd /c rem")
    monkeypatch.chdir(desk)
    Path("rader.csv").write_text("name,email\nBo Ek,ingen\n,b@x.example\n", "utf-8")
    assert tempfile.gettempdir() == str(empty)
    Path("bok").mkdir()
    for words in MORNING:
        run_cli(*words, book=desk / "bok" / ("demo.kn" if words == ("demo",) else "b.kn"))
    assert list(empty.iterdir()) == []
    assert list(home.rglob("*")) == []
    assert {one.name for one in desk.iterdir()} == {"bok", "rader.csv", "ut.md", "ut.jsonl"}, "as was said"
    beside = {one.name for one in (desk / "bok").iterdir()}
    assert {"b.kn", "demo.kn", "demo.md"} <= beside
    assert not [name for name in beside if name.startswith(".")], "nothing is left about"
    state = [one.name for one in (tmp_path / "state").rglob("*") if one.is_file()]
    assert state == ["today.json"], "which holds ids"


def test_a_draft_lies_beside_the_book_or_in_the_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kontaktnat.cli.draft import Draft

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "state")
    beside, elsewhere = Draft("x", "id", tmp_path / "b.kn"), Draft("x", "id", None)
    assert beside.path.parent.parent == tmp_path
    assert elsewhere.path.parent.parent == tmp_path / "state"
    for one in (beside, elsewhere):
        if os.name != "nt":
            assert (mode(one.path), mode(one.path.parent)) == ("0o600", "0o700")
        one.remove()
    assert not list(tmp_path.rglob("*.toml"))


def test_only_two_rooms_make_temporary_files_of_a_book() -> None:
    """Both beside what they write; `tempfile` alone would put them where everybody's lie.

    Those that make a plugin or try one have nothing of a book at hand.
    """
    allowed = {"cli/draft.py", "cli/whole.py"}
    allowed |= {"scaffold/__init__.py", "plugins/examining.py", "testing/examined.py"}
    for root in SOURCES:
        for path in root.rglob("*.py"):
            name = path.relative_to(root).as_posix()
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    modules = {alias.name for alias in node.names} | {getattr(node, "module", None)}
                    assert "tempfile" not in modules or name in allowed, name
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("mkstemp", "mkdtemp"):
                    assert any(word.arg == "dir" for word in node.keywords), f"{name}: say in which folder"
