"""The default store: the contract, and what is said of its file."""

import json
import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kontaktnat.descriptors import Change, Store, StoreOptions
from kontaktnat.errors import Conflict, KontaktnatError, NotFound, Refused, StoreDamaged, Usage
from kontaktnat.store import journal
from kontaktnat.store.tiny import TinyStore
from kontaktnat.testing import PersistentStoreContract
from kontaktnat.testing.store_contract import add, created, doc, edit, transaction

CREATE = StoreOptions(mode="create")
READ = StoreOptions(mode="r")


class TestTinyStore(PersistentStoreContract):
    @pytest.fixture(autouse=True)
    def place(self, tmp_path: Path) -> None:
        self.path = tmp_path / "book.kn"

    def make_store(self, options: StoreOptions) -> Store:
        return TinyStore(self.path, options)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.kn"


@pytest.fixture
def store(path: Path) -> Iterator[TinyStore]:
    with closing(TinyStore(path, CREATE)) as store:
        yield store


def refused(path: Path | str, options: StoreOptions, kind: type[KontaktnatError]) -> str:
    """The message with which opening is refused: one line that names the path."""
    with pytest.raises(kind) as caught:
        TinyStore(path, options)
    message = caught.value.message()
    assert type(caught.value) is kind
    assert "\n" not in message
    assert str(path) in message or repr(path) in message
    return message


# Opening


@pytest.mark.parametrize("options", [StoreOptions(), READ])
def test_no_such_book(path: Path, options: StoreOptions) -> None:
    message = refused(path, options, NotFound)
    assert "kontaktnat init" in message
    refused(path / "below" / "nothing", options, NotFound)
    assert list(path.parent.iterdir()) == []


def test_places_for_no_book(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "make it first" in refused(tmp_path / "no" / "book.kn", CREATE, Usage)
    assert "make it first" in refused(tmp_path / "file" / "book.kn", CREATE, Usage)
    for options in (CREATE, READ, StoreOptions()):
        assert "is no file" in refused(tmp_path, options, Usage)
        refused("nul\0byte", options, Usage)
        refused("n" * 300, options, Usage)
        with pytest.raises(Usage):
            TinyStore("", options)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_create_opens_what_is_there(path: Path, store: TinyStore) -> None:
    add(store, "actor", doc("a"))
    with closing(TinyStore(path, CREATE)) as again:
        assert again.version == 1


def test_a_relative_path_outlives_a_change_of_folder(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    with closing(TinyStore("book.kn", CREATE)) as store:
        (path.parent / "elsewhere").mkdir()
        monkeypatch.chdir("elsewhere")
        add(store, "actor", doc("a"))
    assert path.stat().st_size
    assert list(Path().iterdir()) == []


def test_reading_makes_no_file(path: Path, store: TinyStore) -> None:
    add(store, "actor", doc("a"))
    store.close()
    (path.parent / "book.kn.lock").unlink()
    with closing(TinyStore(path, READ)) as reader:
        with pytest.raises(Refused):
            add(reader, "actor", doc("b"))
        reader.refresh()
        assert reader.get("actor", "a")
    assert [one.name for one in path.parent.iterdir()] == ["book.kn"]


def test_a_failed_commit_leaves_no_file(path: Path, store: TinyStore) -> None:
    add(store, "actor", doc("a"))
    before = path.read_bytes()
    with pytest.raises(Conflict):
        add(store, "actor", doc("a"))
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["book.kn", "book.kn.lock"]


def test_closed_it_is_not_used_any_more(store: TinyStore) -> None:
    store.close()
    for use in (store.refresh, lambda: store.get("actor", "a"), lambda: add(store, "actor", doc("a"))):
        with pytest.raises(Usage):
            use()


# The file


def test_the_file_is_lines_of_json(path: Path, store: TinyStore) -> None:
    add(store, "actor", doc("å1", name="Åsa"))
    edit(store, "actor", doc("å1", name="Åsa"), name="Ö")
    header, snapshot, first, made, second, edited = map(json.loads, path.read_text("utf-8").splitlines())
    assert header["kontaktnat"] == {"format": 2, "schema": 1, "rewritten": 0}
    assert snapshot["snapshot"] == {"version": 0, "tables": {}}
    assert (first["number"], first["by"], first["count"], second["number"]) == (1, "anna", 1, 2)
    assert made == ["actor", "1", None, {"id": "å1", "rev": 1, "name": "Åsa"}]
    assert edited == ["actor", "1", made[3], {"id": "å1", "rev": 2, "name": "Ö"}]
    assert "Åsa" in path.read_text(encoding="utf-8")


def test_it_is_rewritten_when_its_tail_is_long(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "FLOOR", 2000)
    add(store, "actor", *(doc(f"a{n}", note="x" * 50) for n in range(40)))
    header, *lines = map(json.loads, path.read_text("utf-8").splitlines())
    assert header["archive"]["version"] == 1
    assert lines[0]["number"] == 1
    assert lines[41]["snapshot"] == {"version": 1, "tables": {"actor": 40}}
    assert lines[42] == ["actor", "1", doc("a0", note="x" * 50)]
    assert lines[82:] == []
    before = list(store.transactions())
    with closing(TinyStore(path)) as other:
        for n in range(40):
            edit(store, "actor", doc(f"a{n}", note="x" * 50), note="y" * 200)
            add(other, "actor", doc(f"b{n}"))
        edit(store, "actor", doc("b0"), note="z")
        other.refresh()
        for one in (store, other):
            assert len(one.find("actor")) == 80
            assert [each.number for each in one.transactions()] == list(range(1, 83))
            assert [each.number for each in one.transactions(80)] == [81, 82]
            assert next(one.transactions()) == before[0]
            assert [each.number for each in one.transactions(record="b0")] == [3, 82]
    assert json.loads(path.read_bytes().split(b"\n")[0])["kontaktnat"]["rewritten"] > 2


def test_opening_reads_no_archive(path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "FLOOR", 0)
    add(store, "actor", doc("a"))
    add(store, "actor", doc("b"))
    store.close()
    monkeypatch.undo()
    whole = path.read_bytes()
    archived = whole.index(b'"number":1')
    path.write_bytes(whole[:archived] + b"#" + whole[archived + 1 :])
    with closing(TinyStore(path)) as again:
        assert len(again.find("actor")) == 2
        assert add(again, "actor", doc("c")).number == 3
        assert [one.number for one in again.transactions(2)] == [3]
        with pytest.raises(StoreDamaged) as caught:
            list(again.transactions())
    assert "line 2 " in caught.value.message()


@pytest.mark.parametrize("probe", [40, 300, 1 << 14])
def test_the_newest_of_a_long_archive_are_found_without_reading_it(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch, probe: int
) -> None:
    for n in range(200):
        add(store, "actor", doc(f"a{n}", note="x" * (n * 37 % 900)))
    monkeypatch.setattr(journal, "FLOOR", 0)
    add(store, "actor", *(doc(f"b{n}") for n in range(300)))
    monkeypatch.undo()
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setattr(journal, "CHUNK", 600)
    monkeypatch.setattr(journal, "PROBE", probe)
    add(store, "actor", doc("c"))
    for since in range(203):
        assert [one.number for one in store.transactions(since)] == list(range(since + 1, 203))
    whole = path.read_bytes()
    at = whole.index(b'"number":7,')
    path.write_bytes(whole[:at] + b"#" + whole[at + 1 :])
    if probe == 1 << 14:
        assert [one.number for one in store.transactions(198)] == [199, 200, 201, 202]
    with pytest.raises(StoreDamaged):
        list(store.transactions())


def test_the_log_is_read_as_it_is_asked_for(store: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "CHUNK", 50)
    monkeypatch.setattr(journal, "FLOOR", 3000)
    for n in range(60):
        add(store, "actor", doc(f"a{n}", note="x" * n))
    log = store.transactions()
    assert next(log).number == 1
    for n in range(60, 80):  # the file is rewritten meanwhile
        add(store, "actor", doc(f"a{n}"))
    assert [one.number for one in log] == list(range(2, 61))
    assert [one.changes[0].id for one in store.transactions(record="a7")] == ["a7"]
    assert list(store.transactions(record="nobody")) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_permissions_stay(path: Path, store: TinyStore) -> None:
    lock = path.with_name("book.kn.lock")
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, lock)] == [0o600, 0o600]
    path.chmod(0o664)
    add(store, "actor", doc("a"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o664
    with closing(TinyStore(path)) as again:
        add(again, "actor", doc("b"))
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, lock)] == [0o664, 0o664]


def test_the_log_says_what_was_stored(store: TinyStore) -> None:
    add(store, "actor", doc("a", name="x"))
    stub = {"id": "a", "rev": 1}
    store.commit(transaction(Change(type="actor", id="a", before=stub, after={"id": "a", "rev": 2})))
    assert list(store.transactions())[1].changes[0].before == doc("a", name="x")


def test_two_thousand_changes_at_once(path: Path, store: TinyStore) -> None:
    docs = [doc(f"{n:08}", n=n) for n in range(2000)]
    add(store, "actor", *docs)
    changes = [
        Change(type="actor", id=one["id"], before=one, after={**one, "rev": 2} if one["n"] % 2 else None)
        for one in docs
    ]
    store.commit(transaction(*changes, *created("actor", doc("new"))))
    with closing(TinyStore(path, READ)) as again:
        for one in (store, again):
            assert len(one.find("actor")) == 1001
            assert one.get("actor", "00000000") is None
            assert one.get("actor", "00000001") == {**docs[1], "rev": 2}
            assert one.get("actor", "new") == doc("new")


# Schemas


def lift(type: str, old: dict[str, Any]) -> dict[str, Any]:
    name = old.pop("name")
    return {**old, "title": f"{type} {name}"}


OLD = {"id": "a", "rev": 1, "name": "x"}
NEW = {"id": "a", "rev": 1, "title": "actor x"}
SECOND = StoreOptions(schema=2, migrations=(lift,))


@pytest.fixture
def old(path: Path) -> Path:
    with closing(TinyStore(path, CREATE)) as store:
        add(store, "actor", OLD)
    return path


FORMAT_1 = {
    "kontaktnat": {"schema": 1, "saves": 3},
    "tables": {
        "actor": {"2": {"id": "b", "rev": 1, "name": "Ö"}},
        "_transactions": {
            "1": {"number": 1, "at": "2026-11-12T12:00:30+00:00", "by": "anna", "changes": [
                {"type": "actor", "id": "a", "after": OLD},
                {"type": "actor", "id": "b", "after": {"id": "b", "rev": 1, "name": "Ö"}}]},
            "2": {"number": 2, "at": "2026-11-12T12:00:30+00:00", "by": "bo", "label": "bort", "changes": [
                {"type": "actor", "id": "a", "before": OLD}]},
        },
    },
}  # fmt: skip


def test_the_first_format_is_read_and_lifted(path: Path) -> None:
    path.write_text(json.dumps(FORMAT_1), encoding="utf-8")
    before = path.read_bytes()
    with closing(TinyStore(path)) as reader:
        assert (reader.version, reader.writable) == (2, False)
        assert reader.find("actor") == [{"id": "b", "rev": 1, "name": "Ö"}]
        first, second = reader.transactions()
        assert [change.after for change in first.changes] == [OLD, {"id": "b", "rev": 1, "name": "Ö"}]
        assert (second.by, second.label, second.changes[0].before) == ("bo", "bort", OLD)
        with pytest.raises(Refused):
            add(reader, "actor", doc("c"))
        assert path.read_bytes() == before
        with closing(TinyStore(path, StoreOptions(migrate=True))) as lifted:
            assert list(lifted.transactions()) == [first, second]
            assert add(lifted, "actor", OLD).number == 3
        reader.refresh()
        assert reader.writable
        assert reader.get("actor", "a") == OLD
    assert path.with_name("book.kn.schema-1.bak").read_bytes() == before


def test_a_newer_schema_is_refused(path: Path, old: Path) -> None:
    with closing(TinyStore(path)) as reader:
        TinyStore(path, StoreOptions(schema=2, migrations=(lift,), migrate=True)).close()
        for options in (StoreOptions(), READ, CREATE):
            assert "schema 2" in refused(path, options, Refused)
        with pytest.raises(Refused):
            reader.refresh()
        with pytest.raises(Refused):
            add(reader, "actor", doc("b"))
        assert reader.get("actor", "a") == OLD


def test_an_older_schema_is_read_and_not_written(path: Path, old: Path) -> None:
    before = path.read_bytes()
    with closing(TinyStore(path, SECOND)) as store:
        assert not store.writable
        assert store.get("actor", "a") == NEW
        assert next(store.transactions()).changes[0].after == NEW
        with pytest.raises(Refused) as caught:
            add(store, "actor", doc("b"))
        assert "migrate=True" in caught.value.message()
    assert path.read_bytes() == before


def test_migrating_keeps_a_backup(path: Path, old: Path) -> None:
    before = path.read_bytes()
    migrate = StoreOptions(schema=2, migrations=(lift,), migrate=True)
    with closing(TinyStore(path, SECOND)) as early, closing(TinyStore(path, migrate)) as store:
        assert store.writable
        assert add(store, "actor", doc("b")).number == 2
        early.refresh()
        assert early.writable
        edit(early, "actor", NEW, title="y")
    assert path.with_name("book.kn.schema-1.bak").read_bytes() == before
    with closing(TinyStore(path, SECOND)) as store:
        assert store.get("actor", "a") == {"id": "a", "rev": 2, "title": "y"}
        assert next(store.transactions()).changes[0].after == NEW
    TinyStore(path, migrate).close()
    assert len(list(path.parent.glob("*.bak"))) == 1


def test_an_earlier_backup_is_kept(path: Path, old: Path) -> None:
    path.with_name("book.kn.schema-1.bak").write_text("mine", encoding="utf-8")
    TinyStore(path, StoreOptions(schema=2, migrations=(lift,), migrate=True)).close()
    assert path.with_name("book.kn.schema-1.bak").read_text(encoding="utf-8") == "mine"
    assert path.with_name("book.kn.schema-1.2.bak").exists()


def test_for_reading_nothing_is_migrated(path: Path, old: Path) -> None:
    before = path.read_bytes()
    with closing(
        TinyStore(path, StoreOptions(mode="r", schema=2, migrations=(lift,), migrate=True))
    ) as store:
        assert store.get("actor", "a") == NEW
    assert path.read_bytes() == before


def test_a_migration_that_fails_changes_nothing(path: Path, old: Path) -> None:
    before = path.read_bytes()

    def stumble(type: str, old: dict[str, Any]) -> dict[str, Any]:
        raise KeyError("missing")

    options = StoreOptions(schema=2, migrations=(stumble,), migrate=True)
    assert "KeyError" in refused(path, options, StoreDamaged)
    assert path.read_bytes() == before


def test_the_log_of_a_handle_that_is_behind(
    path: Path, store: TinyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        add(store, "actor", doc(f"a{n}"))
    with closing(TinyStore(path, READ)) as behind:
        add(store, "actor", doc("b"))
        monkeypatch.setattr(journal, "FLOOR", 0)
        for n in range(5, 12):  # rewritten several times
            add(store, "actor", doc(f"a{n}"))
            assert [one.number for one in behind.transactions()] == [1, 2, 3, 4, 5]
            assert [one.number for one in behind.transactions(3)] == [4, 5]
            assert [one.changes[0].id for one in behind.transactions(record="a2")] == ["a2"]
            assert list(behind.transactions(record="b")) == []
            assert len(behind.find("actor")) == behind.version == 5
        behind.refresh()
        assert list(behind.transactions()) == list(store.transactions())


def test_the_log_of_a_handle_that_has_not_seen_it_lifted(path: Path, old: Path) -> None:
    with closing(TinyStore(path, SECOND)) as early:
        TinyStore(path, StoreOptions(schema=2, migrations=(lift,), migrate=True)).close()
        with pytest.raises(Refused) as caught:
            early.transactions()
        assert "open it again" in caught.value.message()
        early.refresh()
        assert next(early.transactions()).changes[0].after == NEW


def test_a_log_that_is_being_read_while_the_book_is_lifted(path: Path, old: Path) -> None:
    with closing(TinyStore(path, SECOND)) as early:
        log = early.transactions()
        TinyStore(path, StoreOptions(schema=2, migrations=(lift,), migrate=True)).close()
        early.refresh()
        assert [change.after for one in log for change in one.changes] == [NEW]


def test_a_newer_schema_is_never_called_older(path: Path, old: Path) -> None:
    with closing(TinyStore(path)) as early:
        TinyStore(path, StoreOptions(schema=2, migrations=(lift,), migrate=True)).close()
        for use in (early.refresh, lambda: add(early, "actor", doc("b"))):
            with pytest.raises(Refused) as caught:
                use()
            assert "newer kontaktnat" in caught.value.message()
        assert early.get("actor", "a") == OLD


def test_an_empty_book_that_another_lifted(path: Path) -> None:
    TinyStore(path, CREATE).close()
    with closing(TinyStore(path, SECOND)) as early:
        TinyStore(path, StoreOptions(schema=2, migrations=(lift,), migrate=True)).close()
        early.refresh()  # but for its first line, the file is as it was
        assert early.writable
        add(early, "actor", NEW)
    with closing(TinyStore(path, SECOND)) as again:
        assert again.get("actor", "a") == NEW
