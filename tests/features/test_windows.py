"""What Windows does to text and paths: CRLF, byte order marks, cp1252, drive letters, spaces and Å."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import kontaktnat

BOM = b"\xef\xbb\xbf"


def crlf(path: Path) -> None:
    """As git's autocrlf and many an editor leave a file."""
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))


# Line ends


def test_rows_with_crlf_are_the_same_rows(kalmar: Any, tmp_path: Path) -> None:
    for end in ("\n", "\r\n"):
        lines = [
            "name,email,note",
            "Åsa Öberg,asa@nybro.example,",
            '"Bo Ek",bo@nybro.example,"två',
            'rader"',
            "",
        ]
        (tmp_path / "x.csv").write_bytes(end.join(lines).encode())
        done = kalmar("import", "x.csv", "--as", "contact")
        assert done.last == "created 2, updated 0, unchanged 0, rejected 0", done
        names = kalmar("list", "contacts", "-o", "json").records()
        assert {one["name"] for one in names} == {"Bo Ek", "Åsa Öberg"}
        assert all("\r" not in one["name"] + one["ways"][0]["value"] for one in names)
        assert kalmar("undo").code == 0


@pytest.mark.parametrize("format", ["json", "jsonl", "csv"])
@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "BOM"])
def test_an_archive_through_an_editor_comes_back_unchanged(
    kalmar: Any, tmp_path: Path, format: str, mark: bytes
) -> None:
    kalmar("add", "contact", "Åsa Öberg", "--role", "samordnare@nybro")
    path = tmp_path / f"ut.{format}"
    assert kalmar("export", format, "-O", path).code == 0
    crlf(path)
    path.write_bytes(mark + path.read_bytes())
    (tmp_path / "b.kn").rename(tmp_path / "first.kn")
    if format == "csv":  # rows only go into a book that is there
        kalmar("init", "--county", "kalmar", "--by", "anna")
        done = kalmar("import", path, "--as", "contact")
        assert done.last == "created 1, updated 0, unchanged 0, rejected 0", done
        return
    done = kalmar("import", path)
    assert done.code == 0
    assert done.last.endswith("updated 0, unchanged 0, rejected 0"), done
    first = kalmar("export", "jsonl", book="first.kn").out
    assert kalmar("export", "jsonl").out == first


@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "BOM"])
def test_a_book_through_an_editor_is_taken_when_told_so_and_loses_nothing(
    kalmar: Any, tmp_path: Path, mark: bytes
) -> None:
    path = tmp_path / "b.kn"
    kalmar("add", "contact", "Åsa Öberg", "--note", "rad ett")
    before = kalmar("export", "jsonl").out
    crlf(path)
    path.write_bytes(mark + path.read_bytes())
    done = kalmar("today")
    assert (done.code, done.err.count("\n")) == (8, 1)
    assert kalmar("check", "--accept").code == 0
    assert kalmar("export", "jsonl").out == before
    assert kalmar("add", "contact", "Bo Ek").code == 0
    assert before.splitlines()[1:3] == kalmar("export", "jsonl").out.splitlines()[1:3]
    assert kalmar("check").code == 0


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_book_saved_in_another_encoding_is_one_line_and_stays_as_it_is(
    kalmar: Any, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "b.kn"
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    saved = path.read_bytes()
    for words in (["today"], ["add", "actor", "X"], ["init", "--county", "kalmar"], ["undo"]):
        done = kalmar(*words)
        assert (done.code, done.err.count("\n"), done.out) == (8, 1, ""), done
        assert "b.kn is damaged" in done.err
        assert "put back a backup" in done.err
    assert path.read_bytes() == saved


@pytest.mark.parametrize("mark", [b"", BOM], ids=["plain", "BOM"])
def test_a_configuration_with_crlf(
    kalmar: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: bytes
) -> None:
    path = tmp_path / "Åsas config.toml"
    path.write_bytes(mark + '# Åsas\r\nrequired = [\r\n  "kalmar",\r\n]\r\n'.encode())
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(path))
    assert kalmar("today").code == 0
    path.write_bytes(mark + b'required = ["nope"]\r\n')
    done = kalmar("today")
    assert (done.code, done.err.count("\n")) == (9, 1)
    assert "required plugin nope" in done.err
    path.write_bytes('required = ["kalmår"]'.encode("utf-16"))
    done = kalmar("today")
    assert (done.code, done.err.count("\n")) == (5, 1)
    assert "Åsas config.toml" in done.err


def test_crlf_typed_at_a_prompt(kalmar: Any) -> None:
    kalmar("add", "contact", "Åsa Öberg", "--role", "samordnare@nybro")
    asked = kalmar("log", stdin="telefon\r\nåsa\r\nhej då\r\n", terminal=True)
    assert asked.code == 0, asked
    (logged,) = kalmar("list", "interactions", "-o", "json").records()
    assert (logged["kind"], logged["summary"]) == ("phone", "hej då")
    made = kalmar("add", "contact", stdin="\r\nMaj Lind\r\n", terminal=True)
    assert made.code == 0, "an empty line is asked again"
    assert "added: Maj Lind (contact" in made.out


# Consoles that are not UTF-8


CONSOLES = [
    {"PYTHONIOENCODING": "cp1252"},
    {"PYTHONIOENCODING": "cp850:strict"},
    {"LC_ALL": "C", "PYTHONUTF8": "0"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
]

Process = Callable[..., tuple[int, str, str]]


@pytest.fixture
def process(kalmar: Any, tmp_path: Path) -> Process:
    """`process("today", env={…})` in a process of its own; what it prints has to be UTF-8."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("KONTAKTNAT_", "LC_"))}
    mine |= {"KONTAKTNAT_CONFIG": os.devnull, "KONTAKTNAT_LANG": "en"}

    def run(*words: str, env: dict[str, str]) -> tuple[int, str, str]:
        command = [sys.executable, "-m", "kontaktnat", "-b", "b.kn", *words]
        done = subprocess.run(command, cwd=tmp_path, env=mine | env, capture_output=True, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


@pytest.mark.parametrize("env", CONSOLES, ids=str)
def test_swedish_in_arguments_output_and_environment(
    process: Process, tmp_path: Path, env: dict[str, str]
) -> None:
    env = {**env, "KONTAKTNAT_BY": "Åke"}
    code, out, err = process("add", "contact", "Åsa Öberg", "--role", "samordnare@nybro", env=env)
    assert (code, err) == (0, "")
    assert "added: Åsa Öberg (Nybro kommun)" in out
    assert process("show", "åsa", env=env)[1].startswith("Åsa Öberg")
    assert "Åke" in process("history", "-o", "csv", env=env)[1]
    (tmp_path / "rader å.csv").write_bytes("name;note\r\nÖrnen;träff €\r\n".encode("cp1252"))
    assert process("import", "rader å.csv", env=env)[0] == 0
    assert process("export", "csv", "--set", "type=actor", "-O", "Åsas lista.csv", env=env)[0] == 0
    assert "Örnen" in (tmp_path / "Åsas lista.csv").read_text("utf-8")
    assert '"träff €"' in process("list", "actors", "name=Örnen", "-o", "json", env=env)[1]


@pytest.mark.parametrize("env", CONSOLES, ids=str)
def test_an_error_with_letters_that_the_console_lacks(process: Process, env: dict[str, str]) -> None:
    for words, code, said in (
        (["show", "Łódź 漢字 😀"], 3, "nothing is called Łódź 漢字 😀"),
        (["add", "contact", "Bo", "--role", "ἀρχή@nybro"], 5, "ἀρχή"),
        (["nätverk"], 2, "there is no command nätverk"),
        (["import", "→.csv"], 5, "→.csv: there is no such file"),
    ):
        ended, out, err = process(*words, env=env)
        assert (ended, out, err.count("\n")) == (code, "", 1), err
        assert said in err


@pytest.mark.skipif(os.name == "nt", reason="Windows' arguments and file names are text, never stray bytes")
@pytest.mark.parametrize(
    "words",
    [
        ["show", "\udce5sa"], ["add", "actor", "\udce5sa"], ["--by", "\udce5", "add", "actor", "x"],
        ["find", "\udce5"], ["list", "actors", "name=\udce5"], ["list", "\udce5"], ["\udce5"],
        ["import", "\udce5.csv"], ["log", "\udce5", "nybro", "x"], ["log", "telefon", "nybro", "\udce5"],
        ["today", "--as-of", "\udce5"], ["list", "actors", "--save", "\udce5"],
        ["init", "--county", "\udce5"], ["export", "\udce5"],
    ],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("env", [{}, CONSOLES[-1]], ids=str)
def test_stray_bytes_are_no_traceback(process: Process, words: list[str], env: dict[str, str]) -> None:
    """å of a Latin-1 script."""
    code, _, err = process(*words, env=env)
    assert code in (0, 2, 3, 5), err
    assert err.count("\n") <= 1
    assert "bug" not in err


# Paths


def test_spaces_and_swedish_letters_in_every_path(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Åsa Öbergs mapp" / "Länets bok"
    folder.mkdir(parents=True)
    book = folder / "Ö län.kn"
    (folder / "min config.toml").write_text('required = ["kalmar"]', "utf-8")
    monkeypatch.setenv("KONTAKTNAT_CONFIG", str(folder / "min config.toml"))
    assert run_cli("init", "--county", "kalmar", "--by", "åsa", book=str(book)).code == 0
    (folder / "nya å.csv").write_text("name,note\nÖrnen,\n,utan namn\n", "utf-8")
    done = run_cli("import", folder / "nya å.csv", book=str(book))
    assert done.last == "created 1, updated 0, unchanged 0, rejected 1"
    assert (folder / "nya å.rejected.csv").is_file()
    for format in ("csv", "json", "jsonl", "markdown"):
        assert run_cli("export", format, "-O", folder / f"ut å.{format}", book=str(book)).code == 0
        assert (folder / f"ut å.{format}").stat().st_size
    assert run_cli("import", folder / "ut å.jsonl", book=str(folder / "å kopia.kn")).code == 0
    refused = run_cli("export", "csv", "-O", book, book=str(book))
    assert (refused.code, "is the book itself" in refused.err) == (6, True)
    assert run_cli("demo", book=str(folder / "å demo.kn")).code == 0
    assert (folder / "å demo.md").is_file()


def test_a_data_folder_with_spaces_and_swedish_letters(
    run_cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "Åsa Öberg" / "App Data"
    monkeypatch.setattr("platformdirs.user_data_path", lambda name, appauthor: folder / name)
    made = run_cli("init", "--by", "åsa", book=None)
    assert made.code == 0
    assert str(folder) in made.out
    assert (folder / "kontaktnat" / "kontaktnat.kn").is_file()
    assert run_cli("add", "actor", "Örnen", book=None).code == 0


WINDOWS_PATHS = [
    r"C:\Users\Åsa Öberg\bok.kn", "C:bok.kn", "c:/Users/bok.kn", r"\\server\delad mapp\bok.kn",
    r"\\?\C:\bok.kn", r"\\.\C:\bok.kn", r"..\bok.kn", r".\kl 10:30.kn", "å:bok.kn",
]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="there these are places outside the test's folder")
@pytest.mark.parametrize("path", WINDOWS_PATHS)
def test_a_windows_path_is_a_path_and_no_scheme(run_cli: Any, tmp_path: Path, path: str) -> None:
    """Unix takes each as a file's name, so that one can see that it was taken for a file at all."""
    if "/" in path:
        (tmp_path / path).parent.mkdir(parents=True)
    assert run_cli("init", book=path).code == 0
    assert (tmp_path / path).is_file()
    with kontaktnat.open(path, mode="r") as book:
        assert book.version == 0
    refused = run_cli("export", "csv", "-O", path, book=path)
    assert (refused.code, "is the book itself" in refused.err) == (6, True), refused


def test_an_absolute_path_of_this_system(run_cli: Any, tmp_path: Path) -> None:
    """On Windows it begins with a drive."""
    assert run_cli("init", book=str(tmp_path / "Å b.kn")).code == 0
    assert (tmp_path / "Å b.kn").is_file()


@pytest.mark.parametrize("url", ["postgresql://x/y", "sqlite:x", "git+ssh://x", "ab:x"])
def test_a_scheme_is_still_a_scheme(run_cli: Any, tmp_path: Path, url: str) -> None:
    refused = run_cli("init", book=url)
    assert (refused.code, "no installed plugin opens" in refused.err) == (2, True)
    assert [one.name for one in tmp_path.iterdir()] == []
