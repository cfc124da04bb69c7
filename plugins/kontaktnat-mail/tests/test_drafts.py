"""Drafts: files in order, nothing written over, nothing half done."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kontaktnat import Invalid
from kontaktnat.extend import Outgoing
from kontaktnat.model import Participation
from kontaktnat_mail import drafts


def letter(name: str, data: bytes = b"x") -> Outgoing:
    at = datetime(2026, 11, 12, tzinfo=UTC)
    part = Participation(who="x")
    return Outgoing(id="a@b", to="a@b.example", name=name, sender="a@b.example", data=data, at=at,
                    participation=part)  # fmt: skip


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_files_are_named_so_that_they_sort_and_none_is_written_over(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    drafts.write([letter("Åsa Öberg"), letter('../../x <y@z>: "?*'), letter("前田")], folder)
    assert names(folder) == ["001-asa-oberg.eml", "002-x-y-z.eml", "003-mail.eml"]
    drafts.write([letter("Åsa Öberg", b"y")], folder, others=[("invite.ics", b"z")])
    assert names(folder)[3:] == ["004-invite.ics", "005-asa-oberg.eml"]
    assert (folder / "001-asa-oberg.eml").read_bytes() == b"x"
    assert [one.name for one in drafts.send([letter("Bo")], {"folder": str(folder)})] == ["Bo"]
    assert names(folder)[5:] == ["006-bo.eml"]


def test_where_one_cannot_be_written_none_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.open

    def full(self: Path, *args: object, **more: object) -> object:
        if self.name.startswith("002"):
            raise OSError(28, "No space left on device")
        return whole(self, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(Invalid, match="No space left"):
        drafts.write([letter("Bo"), letter("Eva")], tmp_path)
    assert names(tmp_path) == []


def test_a_folder_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "mail-2026-11-12-letter"
    assert drafts.fresh(folder) == folder
    folder.mkdir()
    (tmp_path / "mail-2026-11-12-letter-2").mkdir()
    assert drafts.fresh(folder).name == "mail-2026-11-12-letter-3"


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(Invalid):
        drafts.write([letter("Bo")], tmp_path / "fil")
