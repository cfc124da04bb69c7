"""TinyDB on a safe file: its own ways, without its losses."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import increment
from tinydb.table import Document, Table

import kontaktnat
from kontaktnat import Contact
from kontaktnat.descriptors import StoreOptions
from kontaktnat.errors import Invalid, NotFound, Refused, StoreDamaged, Usage
from kontaktnat.query import Condition, F
from kontaktnat.store.tiny import TinyStore, export_json, import_json, open_tinydb
from kontaktnat.testing.store_contract import add, doc


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "db.json"


@pytest.fixture
def db(path: Path) -> Iterator[TinyDB]:
    with open_tinydb(path) as db:
        yield db


@pytest.fixture
def other(path: Path, db: TinyDB) -> Iterator[TinyDB]:
    with open_tinydb(path) as other:
        yield other


def test_what_tinydb_does(db: TinyDB) -> None:
    assert db.insert({"n": 1}) == 1
    assert db.insert_multiple([{"n": 2}, Document({"n": 9}, 9), {"n": 3}]) == [2, 9, 3]
    assert db.insert({"n": 4}) == 10
    assert db.update(increment("n"), where("n") == 4) == [10]
    assert db.upsert({"n": 5, "more": True}, where("n") == 5) == [10]
    assert db.upsert(Document({"n": 7}, 7)) == [7]
    assert db.remove(where("n") < 3) == [1, 2]
    assert sorted(one["n"] for one in db) == [3, 5, 7, 9]
    assert db.get(doc_id=10) == {"n": 5, "more": True}
    assert (len(db), db.count(where("more") == True), db.contains(doc_id=1)) == (4, 1, False)  # noqa: E712
    db.table("t").insert({})
    assert db.tables() == {"_default", "t"}
    db.drop_table("t")
    assert db.tables() == {"_default"}
    db.drop_tables()
    assert db.tables() == set()


def test_another_handle_sees_each_change_at_once(db: TinyDB, other: TinyDB) -> None:
    query = Query().n == 1
    assert other.search(query) == []
    db.insert({"n": 1})
    assert len(other.search(query)) == 1  # not what TinyDB's query cache remembers
    assert other.insert({"n": 1}) == 2
    assert db.insert({"n": 1}) == 3
    db.truncate()
    assert (other.all(), len(other), other.get(doc_id=1)) == ([], 0, None)


def test_results_and_arguments_are_cut_loose(db: TinyDB) -> None:
    given = {"tags": ["x"]}
    db.insert(given)
    query = where("tags").any(["x"])
    found = [db.get(doc_id=1), *db.all(), *db.search(query), *db.search(query), *db.get(doc_ids=[1])]
    for one in (given, *found):
        one["tags"].append("y")
    assert db.get(doc_id=1) == {"tags": ["x"]}
    assert db.search(query) == [{"tags": ["x"]}]
    assert db.search(query)[0].doc_id == 1


def test_an_update_that_fails_changes_nothing(db: TinyDB, path: Path) -> None:
    db.insert_multiple([{"n": 1}, {}])
    before = path.read_bytes()
    with pytest.raises(KeyError):
        db.update(increment("n"))
    with pytest.raises(Invalid):
        db.insert({"n": object()})
    assert db.all() == [{"n": 1}, {}]
    assert path.read_bytes() == before


def test_threads_lose_nothing(db: TinyDB, other: TinyDB) -> None:
    def work(mine: TinyDB) -> None:
        for n in range(20):
            mine.insert({"n": n})

    threads = [threading.Thread(target=work, args=(mine,)) for mine in (db, other, db, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.doc_id for one in db] == list(range(1, 81))


def test_it_is_a_book_like_any_other(path: Path) -> None:
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store, open_tinydb(path) as db:
        add(store, "actor", doc("a", name="x"))
        assert db.table("actor").all() == [doc("a", name="x")]
        db.table("actor").insert(doc("b"))
        store.refresh()
        assert store.get("actor", "b") == doc("b")
        assert add(store, "actor", doc("c")).number == 3
        assert [one.doc_id for one in db.table("actor")] == [1, 2, 3]
        assert [(one.number, one.label) for one in store.transactions(1)] == [(2, "tinydb"), (3, "")]
        assert next(store.transactions(1)).changes[0].after == doc("b")


def test_options_hold(path: Path) -> None:
    with pytest.raises(NotFound):
        open_tinydb(path, StoreOptions())
    open_tinydb(path).close()
    with open_tinydb(path, StoreOptions(mode="r")) as db, pytest.raises(Refused):
        db.insert({})
    db = open_tinydb(path)
    db.close()
    with pytest.raises(Usage):
        db.insert({})


def test_what_tinydb_does_to_records_is_noticed(path: Path) -> None:
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store, open_tinydb(path) as db:
        add(store, "actor", doc("a", kind="x"), doc("b", kind="y"))
        assert len(store.find("actor", where_kind("x"))) == 1
        table = db.table("actor")
        table.update({"id": "c"}, doc_ids=[1])
        store.refresh()
        assert (store.get("actor", "a"), store.get("actor", "c")) == (None, doc("c", kind="x"))
        assert store.find("actor", where_kind("x")) == [doc("c", kind="x")]
        for wrong in ({"id": "b"}, {"id": 7}, {}):
            number = table.insert(wrong)
            store.refresh()
            with pytest.raises(StoreDamaged):
                store.get("actor", "b")
            with pytest.raises(StoreDamaged):
                store.find("actor")
            table.remove(doc_ids=[number])
            store.refresh()
            assert store.get("actor", "b") == doc("b", kind="y")


def where_kind(kind: str) -> Condition:
    return F("kind").is_(kind)


def test_to_and_from_plain_tinydb_json(tmp_path: Path, path: Path, db: TinyDB) -> None:
    plain = tmp_path / "plain.json"
    db.insert_multiple([{"name": "Åsa"}, Document({"n": 1}, 7)])
    db.table("t").insert({"tags": ["x"]})
    export_json(db, plain)
    with TinyDB(plain) as stock:
        assert stock.tables() == {"_default", "t"}
        assert stock.get(doc_id=7) == {"n": 1}
        stock.update({"name": "Öst"}, where("name") == "Åsa")
        stock.drop_table("t")
        stock.table("u").insert({})
    import_json(db, plain)
    assert db.all() == [{"name": "Öst"}, {"n": 1}]
    assert db.tables() == {"_default", "t", "u"}
    assert db.insert({}) == 8
    with closing(TinyStore(path)) as store:
        assert [one.label for one in store.transactions()][-2:] == ["tinydb"] * 2
        assert [change.after for change in list(store.transactions())[-2].changes] == [{"name": "Öst"}, {}]
    for content in ("[]", '{"t": []}', '{"t": {"1": 2}}', '{"t": {"x": {}}}', "Kalmar;Nybro", ""):
        plain.write_text(content, encoding="utf-8")
        with pytest.raises(Invalid):
            import_json(db, plain)
    assert len(db) == 3


def test_a_storage_that_is_written_to_as_a_whole(db: TinyDB) -> None:
    given = {"t": {1: {"tags": ["x"]}}}
    db.storage.write(given)
    given["t"][1]["tags"].append("y")
    assert db.table("t").all() == [{"tags": ["x"]}]
    db.storage.write({})
    assert db.tables() == set()


def test_a_table_class_of_ones_own_loses_nothing(db: TinyDB, path: Path) -> None:
    class Own(Table):
        pass

    db.table_class = Own
    table = db.table("t")
    table.insert({"tags": ["x"]})
    table.update({"n": 1})
    table.update(lambda doc: doc["tags"].append("y"))
    with open_tinydb(path) as fresh:
        assert fresh.table("t").all() == [{"tags": ["x", "y"], "n": 1}]


def test_to_drop_a_table_drops_no_other(db: TinyDB, other: TinyDB) -> None:
    db.table("x").insert({"n": 1})
    other.table("y").insert({"n": 2})
    assert db.tables() == {"x", "y"}
    other.table("z").insert({"n": 3})
    db.drop_table("x")
    assert other.tables() == db.tables() == {"y", "z"}


def test_what_a_book_would_not_write_stands_beside_it(path: Path) -> None:
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store, open_tinydb(path) as db:
        add(store, "actor", doc("a"))
        db.insert_multiple([{}, {"id": ["x"]}, {"n": 1}])
        db.table("actor").update({"id": "b"}, where("id") == "a")
        store.refresh()
        for one in (store, TinyStore(path)):
            assert one.find("actor") == [doc("b")]
            assert one.get("actor", "a") is None
            assert list(one.search("b")) == [("actor", "b")]
            assert [change.after for each in one.transactions(1) for change in each.changes] == [
                {}, {"id": ["x"]}, {"n": 1}, doc("b")
            ]  # fmt: skip
        add(store, "actor", doc("a"))
        db.drop_table("actor")
        store.refresh()
        assert store.find("actor") == []
        assert [one.label for one in store.transactions()] == ["", "tinydb", "tinydb", "", "tinydb"]


def test_tables_of_ones_own_beside_the_records(path: Path) -> None:
    with kontaktnat.open(path, mode="create", by="anna") as book, open_tinydb(path) as db:
        eva = book.add(Contact(name="Eva Ek"))
        db.table("visits").insert({"page": "Eva"})
        db.table("pages").insert({"id": "p1", "title": "Eva"})
        book.refresh()
        assert book.find("eva") == [eva]
        with kontaktnat.open(path) as other:
            assert other.find("eva") == [eva]
            for number in (2, 3):
                with pytest.raises(Refused, match="no records"):
                    other.undo(number)


def test_doc_ids_of_ones_own(path: Path) -> None:
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store:
        add(store, "actor", doc("a", name="Bo"))
        with open_tinydb(path) as db:
            db.storage.write({"actor": {"first": doc("a", name="Bo")}})
        store.refresh()
        assert store.find("actor", F("name").ge("B")) == [doc("a", name="Bo")]


@pytest.mark.parametrize(("given", "problem"), [({"n": 1}, "without an id"), (doc("a"), "stands twice")])
def test_among_records_it_is_told(path: Path, given: dict[str, object], problem: str) -> None:
    with closing(TinyStore(path, StoreOptions(mode="create"))) as store, open_tinydb(path) as db:
        add(store, "actor", doc("a"))
        add(store, "contact", doc("a"))
        db.table("actor").insert(given)
        store.refresh()
        for one in (store, TinyStore(path)):
            assert one.get("contact", "a")
            with pytest.raises(StoreDamaged, match=problem):
                one.find("actor")
            with pytest.raises(StoreDamaged, match=problem):
                one.get("actor", "b")
            with pytest.raises(StoreDamaged, match=problem):
                one.search("a")
        db.table("actor").remove(doc_ids=[2])
        store.refresh()
        assert store.find("actor") == [doc("a")]


def test_what_python_calls_equal_is_not_the_same(db: TinyDB, path: Path) -> None:
    db.insert({"n": 1})
    for value in (True, 1.0, 1):
        db.update({"n": value})
        with open_tinydb(path) as again:
            assert type(again.all()[0]["n"]) is type(value)
