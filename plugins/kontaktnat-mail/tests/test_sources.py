"""Files, an mbox, a Maildir, folders, standard input: one mail at a time, and no broken one is an end."""

from __future__ import annotations

import io
import os
import sys
import tracemalloc
from pathlib import Path

import pytest

from kontaktnat.errors import NotFound
from kontaktnat_mail import mbox, parsing
from kontaktnat_mail.sources import read, recognises


def mail(number: int, text: str = "Hej") -> bytes:
    return (
        f"Message-ID: <{number}@nybro.example>\nFrom: Eva Ek <eva@nybro.example>\nSubject: Brev {number}\n"
        f"Date: Thu, 12 Nov 2026 10:00:00 +0100\n\n{text}\n"
    ).encode()


def box(*mails: bytes) -> bytes:
    return b"".join(b"From eva@nybro.example Thu Nov 12 10:00:00 2026\n" + one + b"\n" for one in mails)


def subjects(source: Path | str) -> list[str]:
    return ["!" if one.problem else one.subject for one in read(str(source), {})]


def test_a_file(tmp_path: Path) -> None:
    file = tmp_path / "brev.eml"
    file.write_bytes(b"\xef\xbb\xbf\r\n" + mail(1))
    (found,) = read(str(file), {})
    assert (found.subject, found.where, found.problem) == ("Brev 1", str(file), "")


def test_an_mbox_of_any_dialect(tmp_path: Path) -> None:
    file = tmp_path / "arkiv"
    texts = (
        "Hej\n>From Kalmar till Nybro\n>>From två\nFrom nu gäller detta:\n\nFrom: i texten\n",
        "Från Nybro\n\nFrom Monday on we meet at 10:00\nHej: nej\n"[:-10] + "på er",
        "sista",
    )
    for data in (box(*map(mail, range(3), texts)), box(*map(mail, range(3), texts)).replace(b"\n", b"\r\n")):
        file.write_bytes(b"\n" + data)
        found = list(read(str(file), {}))
        assert [one.id for one in found] == ["0@nybro.example", "1@nybro.example", "2@nybro.example"]
        assert found[0].text.startswith("Hej\nFrom Kalmar till Nybro\n>From två\nFrom nu gäller")
        assert [one.where for one in found] == [f"{file}:1", f"{file}:2", f"{file}:3"]
        assert found[2].text == "sista"


def test_first_lines_of_other_programs(tmp_path: Path) -> None:
    file = tmp_path / "arkiv.mbox"
    file.write_bytes(b"From - \n" + mail(1) + b"\nFrom 18443477922@xxx\n" + mail(2) + b"From - \n" + mail(3))
    assert subjects(file) == ["Brev 1", "Brev 2", "Brev 3"]


@pytest.mark.parametrize("chunk", [1, 7, 64, 1000])
def test_an_mbox_is_the_same_however_it_is_cut(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "_CHUNK", chunk)
    data = box(*(mail(n, "Hej\n" * n) for n in range(8)))
    assert list(mbox.mails(io.BytesIO(data), 1 << 20)) == [mail(n, "Hej\n" * n) for n in range(8)]


def test_one_mail_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "LARGEST", 5000)
    monkeypatch.setattr(mbox, "_CHUNK", 1000)
    file = tmp_path / "arkiv.mbox"
    file.write_bytes(box(mail(1), mail(2, "x" * 70_000), mail(3), mail(4, "x" * 5000), mail(5)))
    assert subjects(file) == ["Brev 1", "!", "Brev 3", "!", "Brev 5"]
    file.write_bytes(mail(1, "x" * 9000))
    (found,) = read(str(file), {})
    assert "is not read" in str(found.problem)


def test_an_mbox_is_never_whole_in_memory(tmp_path: Path) -> None:
    file = tmp_path / "arkiv.mbox"
    with file.open("wb") as stream:
        for number in range(3000):
            stream.write(box(mail(number, "Hej på dig\n" * 1000)))
    tracemalloc.start()
    try:
        count = sum(1 for one in read(str(file), {}) if one.text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 3000
    assert peak < 10 << 20 < file.stat().st_size


def test_a_maildir_is_left_as_it_is(tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp", ".Skickat/cur", ".Skickat/new"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    files = {"new/3.x": 3, "cur/1.x:2,S": 1, "cur/2.x:2,": 2, "cur/4.x:2,ST": 4, "cur/5.x:2,D": 5,
             "tmp/6.x": 6, ".Skickat/cur/7.x:2,S": 7, "cur/.dold": 8, "dovecot.index": 9}  # fmt: skip
    for name, number in files.items():
        (tmp_path / "Maildir" / name).write_bytes(mail(number))
    before = sorted(tmp_path.rglob("*"))
    assert subjects(tmp_path / "Maildir") == ["Brev 1", "Brev 2", "Brev 3", "Brev 7"]
    assert sorted(tmp_path.rglob("*")) == before
    assert subjects(tmp_path) == ["Brev 1", "Brev 2", "Brev 3", "Brev 7"], "also from above"


def test_a_folder_of_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "b" / "arkiv.mbox").write_bytes(box(mail(2), mail(3)))
    (tmp_path / "b" / "c" / "BREV.EML").write_bytes(mail(4))
    (tmp_path / "b" / "bild.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "b" / "bruten.eml").write_bytes(b"\xff\xd8")
    (tmp_path / "b" / "c" / "d").symlink_to(tmp_path, target_is_directory=True)
    assert subjects(tmp_path) == ["Brev 1", "Brev 2", "Brev 3", "!", "Brev 4"]
    broken = next(one for one in read(str(tmp_path), {}) if one.problem)
    assert broken.where.endswith("bruten.eml")
    assert "this is no mail" in str(broken.problem)


def test_thunderbirds_folders_have_no_suffix(tmp_path: Path) -> None:
    """What it has thrown away stays in the file till it is tidied, and a draft was never sent."""
    (tmp_path / "Inbox.sbd" / "Nätverk.sbd").mkdir(parents=True)
    status = b"X-Mozilla-Status: %s\nX-Mozilla-Status2: 00000000\n"
    (tmp_path / "Inbox").write_bytes(
        box(status % b"0001" + mail(1), status % b"0009" + mail(2), mail(3, "X-Mozilla-Status: 0008"))
    )
    (tmp_path / "Inbox.msf").write_text('// <!-- <mdb:mork:z v="1.4"/> -->\n')
    (tmp_path / "Inbox.sbd" / "Nätverk").write_bytes(box(mail(4)))
    (tmp_path / "Inbox.sbd" / "Nätverk.sbd" / "2026.vår").write_bytes(box(mail(5)))
    (tmp_path / "Drafts").write_bytes(box(b"X-Mozilla-Draft-Info: internal/draft; vcard=0\n" + mail(6)))
    (tmp_path / "Trash").write_bytes(b"")
    (tmp_path / "anteckning").write_text("Från: Eva\nTill: Ola\n", "utf-8")
    (tmp_path / "lock").symlink_to("127.0.1.1:+1234")
    assert subjects(tmp_path) == ["Brev 1", "Brev 3", "Brev 4", "Brev 5"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with names of their own")
def test_what_may_never_end_is_not_read(tmp_path: Path) -> None:
    for name in ("a", "b.eml", "new/c"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        os.mkfifo(tmp_path / name)
    (tmp_path / "cur").mkdir()
    found = list(read(str(tmp_path), {}))
    assert [Path(one.where).name for one in found] == ["c"], "of a Maildir"
    (tmp_path / "cur").rmdir()
    found = list(read(str(tmp_path), {}))
    assert [Path(one.where).name for one in found] == ["a", "b.eml", "c"]
    assert all("no file but a pipe" in str(one.problem) for one in found)
    assert subjects(tmp_path / "b.eml") == ["!"]
    assert not recognises(str(tmp_path / "a"))


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a/x.eml", "låst/y.eml", "z/z.eml"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(mail(1))
    scan = os.scandir

    def refuse(path: str) -> object:
        if "låst" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert subjects(tmp_path) == ["Brev 1", "!", "Brev 1"]
    [told] = [one for one in read(str(tmp_path), {}) if one.problem]
    assert told.where == str(tmp_path / "låst")
    assert "cannot be read" in str(told.problem)
    assert subjects(tmp_path / "låst") == ["!"], "also where it was named itself"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, expected in (
        (mail(1), ["Brev 1"]),
        (box(mail(1), mail(2)), ["Brev 1", "Brev 2"]),
        (b"", ["!"]),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert subjects("-") == expected


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        list(read(str(tmp_path / "finns-inte.eml"), {}))
    store = tmp_path / "outlook.pst"
    store.write_bytes(b"!BDN" + b"\0" * 100)
    (found,) = read(str(store), {})
    assert "whole store" in str(found.problem)
    if os.geteuid() != 0:
        store.chmod(0)
        assert subjects(store) == ["!"]


def test_what_is_recognised(tmp_path: Path) -> None:
    file = tmp_path / "namn"
    for data, is_mail in ((mail(1), True), (box(mail(1)), True), (b"Hej: du\n\x00", False), (b"\xff", False)):
        file.write_bytes(data)
        assert recognises(str(file)) is is_mail
    assert recognises("-")
    assert recognises(str(tmp_path))
    assert not recognises(str(tmp_path / "finns-inte"))
