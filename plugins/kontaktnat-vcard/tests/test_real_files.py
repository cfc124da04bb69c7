"""The real files that lie beside the project, with the outcome that their notes imply; none is kept here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from vcard_samples import kept, lines_of, only

REAL = Path(__file__).parents[4] / "shared" / "real"


pytestmark = pytest.mark.skipif(
    not REAL.exists() and os.environ.get("CI") != "true", reason=f"{REAL} is not here"
)


def real(name: str) -> bytes:
    return (REAL / name).read_bytes()


def test_outlook_21() -> None:
    fields = only(real("ez-vcard__John_Doe_MS_OUTLOOK.vcf"))
    assert fields["name"] == "John Richter James Doe"
    assert {way["kind"] for way in fields["ways"]} == {"phone", "address", "web", "mail"}
    assert fields["hats"][0]["organisation"] == "IBM"
    [photo] = [line for line in kept(fields) if line.startswith("PHOTO")]
    assert photo.startswith("PHOTO;TYPE=JPEG;ENCODING=b:/9j/")
    assert photo.endswith("/9k=")
    assert any(line.startswith("LABEL") and "\\n" in line for line in kept(fields))


def test_ios_5() -> None:
    fields = only(real("tine20__ios_5_addressbook.vcf"))
    assert [way["label"] for way in fields["ways"] if way["kind"] == "mail"] == ["home", "work", "other"]
    assert not [way for way in fields["ways"] if way["kind"] == "phone"], "none of them is a number"
    assert len([line for line in kept(fields) if line.startswith("TEL")]) == 9
    assert fields["note"] == "Notes\nwith\nLine Break"


def test_gammu() -> None:
    fields = only(real("gammu__quoted-printable-new-line.vcf"))
    assert (fields["given"], fields["family"]) == ("ПОРКС", "- PRIMA")
    assert "X-IRMC-LUID:0002000000EE" in kept(fields)


@pytest.mark.parametrize(
    "name",
    [
        "ez-vcard__John_Doe_MS_OUTLOOK.vcf",
        "tine20__ios_5_addressbook.vcf",
        "gammu__quoted-printable-new-line.vcf",
    ],
)
def test_they_come_back_whole(open_book: Any, name: str, tmp_path: Path) -> None:
    data, book = real(name), open_book()
    (source := tmp_path / name).write_bytes(data)
    assert str(book.import_from(source)) == "created 1, updated 0, unchanged 0, rejected 0"
    assert str(book.import_from(source)) == "created 0, updated 0, unchanged 1, rejected 0"
    with (tmp_path / "out.vcf").open("wb") as stream:
        book.export_to(stream, "vcard")
    [before], [after] = lines_of(data), lines_of((tmp_path / "out.vcf").read_bytes())
    assert {line.same for line in before} <= {line.same for line in after}
