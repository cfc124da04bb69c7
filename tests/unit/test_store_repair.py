"""What can be kept of a damaged file, and what an edit by hand becomes."""

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kontaktnat.descriptors import Change, StoreOptions
from kontaktnat.errors import KontaktnatError, NotFound, Refused, StoreBusy, StoreDamaged
from kontaktnat.store import blocks, files, journal
from kontaktnat.store.layout import FORMAT, Header
from kontaktnat.store.places import beside, gate_of
from kontaktnat.store.repair import accepted, examined, repaired, torn
from kontaktnat.store.storage import unchanged
from kontaktnat.store.tiny import TinyStore, open_tinydb
from kontaktnat.testing.inside import inside
from kontaktnat.testing.store_contract import add, doc, edit, transaction

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
OPTIONS = StoreOptions(lock_timeout=0)
FIRST = doc("a1", name="Åsa")

DOUBTS = ("cannot be read", "may read wrong", "has no id of its own")


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A book with an archive of three transactions, a snapshot of three documents, a tail of two."""
    path = tmp_path / "book.kn"
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store:
        add(store, "actor", FIRST, doc("a2", name="Bo"))
        add(store, "contact", doc("c1", name="Eva Ek"))
        edit(store, "actor", FIRST, name="Öst")
        monkeypatch.setattr(journal, "FLOOR", 0)
        add(store, "contact", doc("c2", name="Siv Rönn"))
        monkeypatch.undo()
        edit(store, "contact", doc("c1", name="Eva Ek"), note="ringde")
        add(store, "note", doc("n1", text="sist"))
    return path


def contents(path: Path) -> dict[str, dict[str, object]]:
    with closing(TinyStore(path)) as store:
        types = ("actor", "contact", "note")
        return {type: {one["id"]: one for one in store.find(type)} for type in types}


def repair(path: Path) -> list[str]:
    return [f"{one.line}: {one.message}" for one in repaired(str(path), OPTIONS, by="anna", at=AT)]


def accept(path: Path) -> list[str]:
    return [f"{one.line}: {one.message}" for one in accepted(str(path), OPTIONS, by="anna", at=AT)]


def swap(path: Path, old: str, new: str, *, last: bool = False) -> None:
    text = path.read_text(encoding="utf-8")
    at = text.rindex(old) if last else text.index(old)
    path.write_text(text[:at] + new + text[at + len(old) :], encoding="utf-8")


def test_a_sound_file_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    assert examined(str(path)) == repaired(str(path), OPTIONS, by="anna", at=AT) == []
    assert accept(path) == []
    assert path.read_bytes() == before
    assert not path.with_name("book.kn.damaged").exists()


def test_a_wrong_character_in_the_snapshot_is_known_from_history(path: Path) -> None:
    before = contents(path)
    swap(path, "Siv Rönn", "Siv Röön", last=True)
    damaged = path.read_bytes()
    with pytest.raises(StoreDamaged) as caught:
        TinyStore(path)
    found = examined(str(path))
    assert caught.value.fields["line"] == found[0].line
    assert json.loads(damaged.split(b"\n")[found[0].line - 1])["snapshot"]
    assert path.read_bytes() == damaged
    assert repair(path)[0].startswith(f"{found[0].line}: ")
    assert contents(path) == before
    assert path.with_name("book.kn.damaged").read_bytes() == damaged
    assert examined(str(path)) == []
    with closing(TinyStore(path)) as store:
        last = list(store.transactions())[-1]
        assert (last.number, last.at, last.changes) == (7, AT, ())
        assert (last.by, last.label) == ("", "check --repair (anna)")


def test_lines_that_are_lost_are_named(path: Path) -> None:
    before = contents(path)
    swap(path, '"text":"sist"}]', '"text":"sist"')
    problems = repair(path)
    assert "cannot be read" in problems[-1]
    assert contents(path) == {**before, "note": {}}
    with closing(TinyStore(path)) as store:
        assert [one.number for one in store.transactions()] == [*range(1, 8)]
        assert list(store.transactions())[5].changes == ()
        assert add(store, "note", doc("n1")).number == 8


def test_history_is_kept_in_step_with_what_the_book_holds(path: Path) -> None:
    before = contents(path)
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if '"c1"' in line and "null" in line)
    swap(path, line, line[:30])  # in the archive: how Eva came, is lost
    repair(path)
    assert contents(path) == before
    assert examined(str(path)) == []


def test_every_byte_may_be_wrong(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is damaged, a repaired book is sound, and all that is not in the damaged lines is there."""
    monkeypatch.setattr(os, "fsync", lambda _: None)  # a thousand times; no power is cut here
    whole, before = path.read_bytes(), contents(path)
    with closing(TinyStore(path)) as store:
        numbers = {inside(one.changes): one.number for one in store.transactions()}
    for at in range(0, len(whole), 1):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x11]) + whole[at + 1 :])
        try:
            problems = repair(path)
        except KontaktnatError:  # what begins a file must be there
            assert at < 8
            continue
        if not problems:
            assert contents(path) == before
            continue
        assert examined(str(path)) == []
        after = contents(path)
        differing = [id for type in before for id in before[type] if before[type][id] != after[type].get(id)]
        assert len(differing) <= 2, (at, differing)
        assert not differing or any(said in one for one in problems for said in DOUBTS)
        with closing(TinyStore(path)) as store:  # history can be read, and what undos name is what it was
            kept = {inside(one.changes): one.number for one in list(store.transactions())[:-1]}
        moved = [said for said in kept if numbers.get(said, kept[said]) != kept[said]]
        assert len(moved) <= 1, at  # a line end that is lost makes one of two
        for kept in path.parent.glob("*.damaged"):
            kept.unlink()


def test_a_damaged_head_does_not_close_history_or_move_what_undos_name(path: Path) -> None:
    swap(path, '"number":2', '"number":6')
    swap(path, '"at":"2026', '"at":"2o26')
    problems = repair(path)
    assert any('"at" cannot be read' in one for one in problems)
    with closing(TinyStore(path)) as store:
        assert [one.number for one in store.transactions()] == [*range(1, 8)]


def test_a_head_that_history_could_not_read_is_not_accepted(path: Path) -> None:
    swap(path, '"at":"2026', '"at":"i fjol 2026')
    with pytest.raises(StoreDamaged, match="mend it first"):
        accept(path)


def test_a_damaged_header_moves_no_transaction(path: Path) -> None:
    path.write_bytes(b"[" + path.read_bytes()[1:])
    repair(path)
    with closing(TinyStore(path)) as store:
        assert [one.number for one in store.transactions()] == [*range(1, 8)]


def blocks_of(path: Path) -> list[str]:
    """Header, archive, snapshot, tail."""
    return re.findall(r'{"crc".*\n(?:\[.*\n)*', path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("places", "lost"),
    [
        ("0 1 2 3 4 5 6 8", [6]),
        ("0 1 2 3 4 5 6 7 8 6", []),
        ("0 1 2 3 4 5 8 7 6", []),
        ("0 1 2 3 4 5 6 7 8 3", []),
        ("0 1 2 3 4 6 7 8 5", []),
        ("0 5 6 7 8", [1, 2, 3, 4]),
        ("1 2 3 4 5 6 7 8 0", []),
    ],
)
def test_what_is_missing_doubled_or_elsewhere(path: Path, places: str, lost: list[int]) -> None:
    with closing(TinyStore(path)) as store:
        edit(store, "contact", doc("c1", rev=2, name="Eva Ek", note="ringde"), note="skrev")
    before, parts = contents(path), blocks_of(path)
    assert [len(parts), "snapshot" in parts[5]] == [9, True]
    path.write_text("".join(parts[int(place)] for place in places.split()), encoding="utf-8")
    assert repair(path)
    assert examined(str(path)) == []
    assert contents(path) == ({**before, "note": {}} if 6 in lost else before)
    with closing(TinyStore(path)) as store:
        log = list(store.transactions())
    assert [one.number for one in log] == [*range(1, 9)]
    assert [one.number for one in log if one.label == "lost"] == lost


def test_what_was_deleted_does_not_come_back(path: Path) -> None:
    """Where both the deletion and another line of the snapshot are damaged."""
    with closing(TinyStore(path)) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "FLOOR", 0)
        gone = Change(type="contact", id="c2", before=doc("c2", name="Siv Rönn"), after=None)
        store.commit(transaction(gone))
    swap(path, ",null]", "")
    swap(path, "sist", "sisx", last=True)
    repair(path)
    assert sorted(contents(path)["contact"]) == ["c1"]


def test_what_a_newer_kontaktnat_wrote_is_not_repaired(path: Path) -> None:
    header = Header(schema=1, format=FORMAT + 1)
    _, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(header.line() + rest + b"[]")
    whole = path.read_bytes()
    for mend in (repair, accept, lambda path: examined(str(path))):
        with pytest.raises(Refused, match="newer"):
            mend(path)
    assert path.read_bytes() == whole


def test_files_beside_a_book_whose_name_is_a_pattern(path: Path) -> None:
    odd = path.rename(path.with_name("book [1].kn"))
    kept = odd.with_name("book [1].kn.torn")
    kept.write_bytes(b"x")
    assert torn(str(odd)) == beside(odd) == [kept]


def test_a_file_that_is_cut_off_anywhere(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for length in range(first, len(whole), 3):
        path.write_bytes(whole[:length])
        problems = repair(path)
        assert problems or whole[length:].startswith(b'{"crc"')
        assert examined(str(path)) == []
        with closing(TinyStore(path)) as store:
            for type in ("actor", "contact"):
                assert all(one["rev"] for one in store.find(type))
        for kept in path.parent.glob("*.damaged"):
            kept.unlink()


def test_an_edit_by_hand_is_taken_as_it_stands(path: Path) -> None:
    swap(path, '"name":"Bo"}]\n', '"name":"Bo Ek"}]\n', last=True)
    with pytest.raises(StoreDamaged) as caught:
        TinyStore(path)
    assert "--accept" in caught.value.message()
    assert accept(path)
    assert contents(path)["actor"]["a2"] == doc("a2", name="Bo Ek")
    assert examined(str(path)) == []
    with closing(TinyStore(path)) as store:
        last = list(store.transactions())[-1]
        assert (last.by, last.label) == ("anna", "check --accept")
        (change,) = last.changes
        assert (change.before, change.after) == (doc("a2", name="Bo"), doc("a2", name="Bo Ek"))


def test_lines_that_are_added_and_taken_by_hand(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith('["actor","2",{'))
    lines[at : at + 1] = ['["actor","9",{"id":"a9","rev":1,"name":"Ny"}]\n']
    path.write_text("".join(lines), encoding="utf-8")
    accept(path)
    assert sorted(contents(path)["actor"]) == ["a1", "a9"]
    with closing(TinyStore(path)) as store:
        assert sorted(change.id for change in list(store.transactions())[-1].changes) == ["a2", "a9"]


def test_what_an_editor_of_windows_does_to_a_file(path: Path) -> None:
    before, whole = contents(path), path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n"))
    with pytest.raises(StoreDamaged):
        TinyStore(path)
    assert accept(path)
    assert contents(path) == before


def test_an_edit_that_is_no_json_is_not_taken(path: Path) -> None:
    swap(path, '"name":"Bo"}', '"name":"Bo}', last=True)
    before = path.read_bytes()
    with pytest.raises(StoreDamaged) as caught:
        accept(path)
    assert "mend it first" in caught.value.message()
    assert path.read_bytes() == before


def test_what_no_program_may_do_is_found(path: Path) -> None:
    """A file whose checksums are right, but whose snapshot is not what history leads to."""
    with closing(TinyStore(path)) as store:
        tables = store._storage.tables
        tables["contact"]["1"]["name"] = "Ingen"
        with store.writing():
            store._storage.rewrite(unchanged, tables)
    assert [str(one.message) for one in examined(str(path))] == [
        "contact c1 is not what its history leads to"
    ]
    repair(path)
    assert examined(str(path)) == []
    assert contents(path)["contact"]["c1"]["name"] == "Ingen"  # type: ignore[index]


def test_a_tinydb_is_repaired_too(tmp_path: Path) -> None:
    path = tmp_path / "db.kn"
    with open_tinydb(path) as db:
        db.insert_multiple([{"n": 1}, {"n": 2}])
        db.table("empty").insert({})
        db.table("empty").truncate()
        db.table("gone").insert({})
        db.drop_table("gone")
    assert examined(str(path)) == []
    swap(path, '{"n":1}', '{"n":3}')
    accept(path)
    with open_tinydb(path) as db:
        assert db.all() == [{"n": 3}, {"n": 2}]
        assert db.tables() == {"_default", "empty"}


def test_what_is_left_out_is_not_told_on_the_screen(path: Path) -> None:
    """It may be of somebody protected."""
    swap(path, '"id":"c1","rev":2,"name":"Eva Ek"', '"jd":"c1","rev":2,"name":"Eva Ek"', last=True)
    (said,) = [one for one in repair(path) if "no id of its own" in one]
    assert "contact number 1" in said
    assert "Eva" not in said
    assert "Eva Ek" in path.with_name("book.kn.damaged").read_text(encoding="utf-8")


def test_no_lock_file_comes_to_lie_beside_what_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("hej", encoding="utf-8")
    for name in ("x.txt", "gone.kn"):
        with pytest.raises(KontaktnatError):
            repair(tmp_path / name)
    assert [one.name for one in tmp_path.iterdir()] == ["x.txt"]


def test_what_is_no_book(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        examined(str(tmp_path / "none"))
    other = tmp_path / "other"
    for content in (b"", b"Kalmar; Nybro\n", b"[]", bytes(range(256))):
        other.write_bytes(content)
        for look in (examined, lambda place: repaired(place, OPTIONS, by="", at=AT)):
            with pytest.raises(StoreDamaged):
                look(str(other))
        assert other.read_bytes() == content


def test_on_a_full_disk_each_try_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swap(path, "sist", "sisx")
    before, real = path.read_bytes(), files.replace

    def replace(to: Path, parts: Iterable[bytes]) -> None:
        if to == path:
            raise OSError(errno.ENOSPC, "full")
        real(to, parts)

    monkeypatch.setattr(files, "replace", replace)
    with pytest.raises(StoreDamaged, match="nothing was saved"):
        repair(path)
    path.write_bytes(before.replace(b"sisx", b"sist"))
    with pytest.raises(StoreDamaged, match="nothing was saved"):
        TinyStore(path, StoreOptions(schema=2, migrations=(lambda _, doc: doc,), migrate=True))
    assert sorted(one.name for one in path.parent.iterdir()) == ["book.kn", "book.kn.lock"]


def test_nobody_repairs_while_another_writes(path: Path) -> None:
    swap(path, '"name":"Bo"}]', '"name":"By"}]')
    with closing(gate_of(path, "", 0)) as gate, gate.process(), pytest.raises(StoreBusy):
        repair(path)


def test_what_crashes_cut_off_is_found(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b'{"crc":"00')
    assert "cut off" in str(examined(str(path))[0].message)
    with closing(TinyStore(path)) as store:
        add(store, "note", doc("n2"))
    assert examined(str(path)) == []
    assert [one.name for one in torn(str(path))] == ["book.kn.torn"]


def test_transactions_that_were_taken_out_are_missed(path: Path) -> None:
    """As by somebody with an editor: each checksum is right."""
    before, whole = contents(path), [one.encode() for one in blocks_of(path)]
    header, archive, rest = whole[0], whole[1:5], whole[5:]
    for left, history in (
        ([archive[0], *archive[2:]], "lost"),  # how Eva came
        ([archive[1], archive[0], *archive[2:]], ""),
        ([*archive[:2], *archive[1:]], ""),
    ):
        old = blocks.read(header).head
        first = Header(**old["kontaktnat"], archive=sum(map(len, left)), archived=4).line()
        path.write_bytes(b"".join([first, *left, *rest]))
        assert "should stand here" in str(examined(str(path))[0].message)
        assert repair(path)
        assert examined(str(path)) == []
        assert contents(path) == before
        with closing(TinyStore(path)) as store:
            log = list(store.transactions())
        assert [one.number for one in log] == list(range(1, len(log) + 1))
        assert log[1].label == history
        assert [len(one.changes) for one in log[:6]] == [2, 0 if history else 1, 1, 1, 1, 1]


def test_a_line_end_that_an_editor_took_is_given_back(path: Path) -> None:
    before, whole = contents(path), path.read_bytes()
    path.write_bytes(whole[:-1])
    assert "lacks its end" in str(examined(str(path))[0].message)
    with closing(TinyStore(path)) as store:
        add(store, "note", doc("n2"))
        assert store.get("note", "n1") == before["note"]["n1"]
    assert path.read_bytes().startswith(whole)
    path.write_bytes(whole[:-1])
    assert repair(path)
    assert contents(path) == before
    assert examined(str(path)) == torn(str(path)) == []


def test_where_history_has_a_gap_it_is_still_the_better_witness(path: Path) -> None:
    before = contents(path)
    swap(path, '"name":"Eva Ek"', '"name":"Eva Ex"')  # how she came, in the archive
    swap(path, "Siv Rönn", "Siv Röön", last=True)  # in the snapshot; her coming is told rightly
    repair(path)
    assert contents(path)["contact"]["c2"] == before["contact"]["c2"]
    assert examined(str(path)) == []
