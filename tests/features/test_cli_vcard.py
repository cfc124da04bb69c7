"""A coordinator's address book: in, corrected where it has to be, and out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

BOOK = b"".join(
    b"BEGIN:VCARD\r\nVERSION:3.0\r\n" + body + b"\r\nEND:VCARD\r\n"
    for body in (
        b"N:Ek;Eva;;;\r\nFN:Eva Ek\r\nORG:Nybro kommun\r\nTITLE:S\xc3\xa4kerhetschef\r\n"
        b"X-SHOE:38\r\nBDAY:1980-03-22\r\nEMAIL;TYPE=INTERNET,WORK:eva.ek@nybro.example",
        b"FN:Bo Alm\r\nwhat is this",
        b"ORG:Kalmar FF\r\nTEL;TYPE=WORK,VOICE:0480-450 00",
    )
)


def test_in_and_out(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "kontakter.vcf").write_bytes(BOOK)
    ran = kalmar("import", "kontakter.vcf")
    assert ran.out.splitlines()[-1] == "created 2, updated 0, unchanged 0, rejected 1"
    assert "3 cards (version 3.0: 3); UTF-8, valid throughout" in ran.out
    assert "row 11 rejected: line 14: a property has a name and a colon; this has none" in ran.err
    rejected = (tmp_path / "kontakter.rejected.vcf").read_text("utf-8")
    assert "X-KONTAKTNAT-PROBLEM:line 14" in rejected
    (tmp_path / "kontakter.rejected.vcf").write_text(rejected.replace("what is this", "NOTE:x"), "utf-8")
    assert kalmar("import", "kontakter.rejected.vcf").out.splitlines()[-1].startswith("created 1, ")
    assert kalmar("import", "kontakter.vcf").out.splitlines()[-1] == (
        "created 0, updated 0, unchanged 2, rejected 1"
    )
    assert kalmar("export", "vcard", "-O", "ut.vcf").code == 0
    told = (tmp_path / "ut.vcf").read_text("utf-8")
    assert told.count("BEGIN:VCARD") == 2
    assert "X-SHOE:38" in told
    assert "ORG:Nybro kommun" in told
    assert "Kalmar FF" in kalmar("export", "vcard", "--set", "type=actor").out


def test_a_card_can_be_edited_and_looked_through(kalmar: Any, tmp_path: Path) -> None:
    (tmp_path / "kontakter.vcf").write_bytes(BOOK)
    kalmar("import", "kontakter.vcf")
    assert "X-SHOE:38" in kalmar("show", "eva ek", "-o", "json").out
    shown = kalmar("show", "eva ek").out
    assert "X-SHOE" not in shown, "what a program wrote is not for eyes"
    assert "3 lines" in shown
    assert kalmar("check").code == 0
    key = next(
        word for word in kalmar("show", "eva ek", "-o", "json").out.split('"') if word.startswith("vcard.")
    )
    assert kalmar("set", "eva ek", f"{key}=").code == 0
    assert "X-SHOE" not in kalmar("export", "vcard").out
