"""The benchmarks' own arithmetic and that they still run. Nothing here looks at how long anything took."""

import itertools
import json
import os
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from tests.benchmarks import __main__ as bench
from tests.benchmarks import documents, freetext, imports, startup, store, views, years
from tests.benchmarks.books import Books, size_without_archive
from tests.benchmarks.counted import asked
from tests.benchmarks.pairs import Row, growth, in_pairs, table

from kontaktnat import Actor, Contact, Interaction, codec
from kontaktnat.model import RECORDS, walk
from kontaktnat.plugins import Plugins
from kontaktnat.query import F


def test_pairs_take_turns_and_the_first_does_not_count() -> None:
    done: list[str] = []
    row = in_pairs(
        "subject", "what", lambda: done.append("ours"), ("other", lambda: done.append("theirs")),
        before=lambda: done.append("-"), pairs=3, target=1.5,
    )  # fmt: skip
    assert "".join(one[0] for one in done) == "-to-ot-to-ot"
    assert len(row.ratios) == 3
    assert (row.subject, row.what, row.baseline, row.target) == ("subject", "what", "other", 1.5)


def test_what_takes_long_is_done_a_few_times() -> None:
    row = in_pairs("s", "w", lambda: None, ("x", lambda: None), pairs=9, patience=0.0)
    assert len(row.ratios) == 3


def test_the_table_says_where_a_promise_is_not_kept() -> None:
    rows = [
        Row("start-up", "list", "x", [1.4, 1.0, 9.0], 0.1, 1.5),
        Row("start-up", "show", "x", [1.6], 0.12345, 1.5),
        Row("start-up", "--help", "x", [3.0], 0.1),
    ]
    head, *lines = table(rows).splitlines()
    assert head.split()[:7] == ["subject", "what", "documents", "median", "min", "max", "target"]
    assert [line.split()[1:6] for line in lines[:2]] == [
        ["list", "1.40", "1.00", "9.00", "1.50"],
        ["show", "1.60", "1.60", "1.60", "1.50"],
    ]
    assert ["!" in line for line in lines] == [False, True, False]


def test_small_ratios_and_costs_are_told_in_a_fitting_unit() -> None:
    rows = [
        Row("store", "insert", "x", [1 / 300], 0.000123, 1 / 300, documents=20_000),
        Row("store", "bytes", "x", [0.1], 4_567, unit="B"),
        Row("store", "file", "x", [1.0], 8_765_432, unit="B"),
        Row("store", "syncs", "x", [1.0], 1, unit=""),
    ]
    lines = [re.split(r" {2,}", line) for line in table(rows).splitlines()[1:]]
    assert lines[0] == ["store", "insert", "20,000", "0.0033", "0.0033", "0.0033", "0.0033", "123.0 µs", "x"]
    assert [line[-2] for line in lines] == ["123.0 µs", "4,567 B", "8.8 MB", "1"]


def test_growth_is_from_one_size_to_the_next() -> None:
    rows = [
        Row("store", "insert", "x", [1.0], 2.0, documents=20),
        Row("store", "insert", "x", [1.0], 1.0, documents=2),
        Row("store", "insert", "x", [1.0], 3.0, documents=200),
        Row("store", "get", "x", [1.0], 9.0, documents=200),
        Row("start-up", "list", "x", [1.0], 9.0),
    ]
    assert growth(rows) == [2.0, None, 1.5, None, None]
    assert "  2.00  " in table(rows).splitlines()[1]


def test_a_run_may_do_its_work_often_and_measure_it_otherwise() -> None:
    row = in_pairs("s", "w", lambda: 6.0, ("x", lambda: 2.0), measure=lambda work: work(), pairs=2, times=3)
    assert (row.ratios, row.ours) == ([3.0, 3.0], 2.0)


def test_the_numbers_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "RESULTS", tmp_path / ".bench")
    path = bench.saved(
        [Row("start-up", "list", "x", [1.0, 2.0, 9.0], 0.1)], datetime(2026, 11, 25, tzinfo=UTC)
    )
    (row,) = json.loads(path.read_text("utf-8"))["rows"]
    assert (row["what"], row["median"], row["ratios"]) == ("list", 2.0, [1.0, 2.0, 9.0])


def test_an_unknown_subject_is_named() -> None:
    with pytest.raises(SystemExit, match="no benchmark nope; there are: startup, store, freetext"):
        bench.main(["nope"])


@pytest.mark.parametrize(
    ("words", "subjects", "sizes"),
    [
        ("", ["startup", "store", "freetext", "views", "import", "mail"], [2_000, 20_000, 200_000]),
        ("store", ["store"], [2_000, 20_000, 200_000]),
        ("store 2000 20000", ["store"], [2_000, 20_000]),
        ("52", ["startup", "store", "freetext", "views", "import", "mail"], [52]),
    ],
)
def test_arguments_choose_subjects_and_sizes(words: str, subjects: list[str], sizes: list[int]) -> None:
    assert bench.asked(words.split()) == (subjects, sizes)


def test_the_help_says_how_long_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        bench.main(["--help"])
    assert "minutes" in capsys.readouterr().out


def test_each_command_of_the_start_up_benchmark_works() -> None:
    rows = list(startup.rows(pairs=1))
    assert [row.what for row in rows] == list(startup.COMMANDS)
    assert all(len(row.ratios) == 1 for row in rows)


def test_the_lint_of_free_text_is_measured_by_set_and_label() -> None:
    rows = list(freetext.rows(pairs=1))
    assert [row.what for row in rows[:2]] == ["labelled number: precision", "labelled number: recall"]
    assert len(rows) == 2 * len(freetext.SETS) * (len(freetext.LABELS) + 1) + 1
    assert all(0 <= row.median <= 1 for row in rows[:-1])


# The documents that the store is measured with


@pytest.mark.parametrize("total", [2_000, 20_000])
def test_for_each_actor_five_contacts_and_twenty_interactions(total: int) -> None:
    number = documents.counts(total)
    assert sum(number.values()) == total
    assert number["contact"] / number["actor"] == pytest.approx(5, rel=0.01)
    assert number["interaction"] / number["actor"] == pytest.approx(20, rel=0.01)


def test_documents_are_as_many_as_asked_for_and_about_400_bytes_each() -> None:
    made = list(documents.documents(2_000))
    assert len({(type, doc["id"]) for type, doc in made}) == 2_000
    for type, size in itertools.groupby(made, key=lambda one: one[0]):
        assert statistics.mean(len(orjson.dumps(doc)) for _, doc in size) == pytest.approx(400, abs=30), type


def test_documents_are_records_and_the_same_each_time() -> None:
    classes = {"actor": Actor, "contact": Contact, "interaction": Interaction}
    made = list(documents.documents(52))
    for type, doc in made:
        assert codec.to_doc(codec.from_doc(classes[type], doc)) == doc
    assert made == list(documents.documents(52))


# The store


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    with closing(Books(tmp_path / "books", 520)) as books:
        yield books


def test_both_sides_find_the_same(books: Books) -> None:
    found = books.store.find("interaction", F("kind").is_(documents.RARE))
    assert len(found) == documents.RARE_ONES
    assert found == books.sqlite.of_kind("interaction", documents.RARE)
    hat = documents.role(0)
    found = books.store.find("interaction", F("participants.role").in_([hat]))
    assert found
    assert found == books.sqlite.with_role("interaction", hat)
    id = documents.contact_id(0)
    assert books.store.get("contact", id) == books.sqlite.get("contact", id) is not None
    number = documents.registry_number(7)
    found = books.store.find("interaction", F("registry_number").is_(number))
    assert found == [doc for _, doc in documents.documents(520) if doc.get("registry_number") == number]


def test_both_sides_find_the_same_words(books: Books) -> None:
    for theme in documents.THEMES[:3]:
        found = sorted(books.store.search(theme))
        assert found
        assert found == sorted(books.sqlite.like(theme)) == sorted(books.sqlite.match(theme))


def test_the_baseline_uses_its_indexes(books: Books) -> None:
    queries: list[str] = []
    db = books.sqlite.db
    db.set_trace_callback(queries.append)
    books.sqlite.of_kind("interaction", "visit")
    books.sqlite.with_role("interaction", "x")
    books.sqlite.get("contact", documents.contact_id(0))
    db.set_trace_callback(None)
    plans = [[step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {query}")] for query in queries]
    for (only,), index in zip(plans, ("by_kind", "by_role", "by_id"), strict=True):
        assert f"USING INDEX {index} " in only


def test_the_archive_is_no_part_of_the_size(tmp_path: Path) -> None:
    archive, rest = b'{"number":1}\n', b'{"id":"33vb2xc4"}\n'
    first = orjson.dumps({"archive": {"bytes": len(archive)}}) + b"\n"
    path = tmp_path / "book.kn"
    path.write_bytes(first + archive + rest)
    assert size_without_archive(path) == len(first) + len(rest)


def test_syncs_and_bytes_are_counted(tmp_path: Path) -> None:
    def work() -> None:
        with (tmp_path / "file").open("wb", buffering=0) as file:
            file.write(b"abc")
            os.fsync(file.fileno())
            file.write(b"de")

    before = os.fsync
    counted = asked(work)
    assert counted.syncs == 1
    if Path("/proc/self/io").exists():
        assert (counted.writes, counted.bytes) == (2, 5)
    assert os.fsync is before


ISSUE_5 = {
    "insert": 1.3, "insert, flat": 1.3, "insert, open_tinydb": 1 / 300, "get by id": 1, "bulk load": 1,
    "open, new process": 1.5, "find by reference": 3, "find by kind": 3, "find by another field": 1,
    "search text, warm": 0.5, "file without archive": 1.2, "writes per commit": 1, "syncs per commit": 1,
    "add through Book": 2,
}  # fmt: skip


def test_each_target_of_the_store_has_its_row(tmp_path: Path) -> None:
    rows = list(store.rows([52, 104], judged=104, pairs=1, within=tmp_path))
    assert not list(tmp_path.iterdir()), "no book is left behind"
    judged = {row.what: row.target for row in rows if row.target is not None}
    if not Path("/proc/self/io").exists():  # no other system counts a process's writes for it
        judged["writes per commit"] = 1
    assert judged == ISSUE_5
    assert {row.documents for row in rows if row.target is not None} == {104}
    assert all(row.ratios for row in rows)
    measured = [[row.what for row in rows if row.documents == size] for size in (52, 104)]
    assert measured[1] == [*measured[0], "insert, flat"]


def test_the_views_benchmark_asks_every_view_that_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(views, "RESULTS", tmp_path)
    rows = list(views.rows((20, 200), pairs=1))
    installed = {*Plugins().collect("register_views")}
    assert {"crowding", "police-areas"} <= installed
    pages = {f"page of {type}" for type in views.PAGES}
    assert {row.what for row in rows} == installed | pages | {"list of interactions"}
    assert {(row.documents, row.target) for row in rows} == {(200, views.TARGET)}
    assert not list(tmp_path.iterdir())


def test_a_view_that_needs_a_parameter_is_not_passed_over(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(views, "NEEDED", {name: views.NEEDED[name] for name in ("timeline",)})
    with (
        views.filled(tmp_path / "b.kn", 20) as book,
        pytest.raises(SystemExit, match=r"the view path does not answer: .+\n.*NEEDED"),
    ):
        views.asking(book)


def test_the_books_of_the_views_benchmark_are_records_whose_links_lead_somewhere(tmp_path: Path) -> None:
    with views.filled(tmp_path / "b.kn", 200) as book:
        made = [record for cls in RECORDS.values() for record in book.select(cls, None)]
        led = {id for record in made for _, id, _ in walk.links(record)}
        assert led <= {record.id for record in made}
        assert len(led) > 300
        assert len(book.protected()) == 2
        assert book.topics.where(F("links.kind").is_("addresses"))
        assert book.interactions.where(status="planned")


def test_the_books_of_the_views_benchmark_differ_in_what_was_done_alone() -> None:
    few, many = (list(years.documents(size)) for size in (20, 200))
    counted = [Counter(kind for kind, _ in docs) for docs in (few, many)]
    assert [one["interaction"] for one in counted] == [20, 200]
    for kind in ("actor", "contact", "role", "network", "assignment", "commitment"):
        assert counted[0][kind] == counted[1][kind] > 0


def test_the_import_benchmark_measures_each_format_and_csv_beside_sqlite_utils(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "RESULTS", tmp_path)
    rows = list(imports.rows((20, 60), pairs=1))
    commands = ["csv, the command: contacts", "csv, the command: contacts and where they work"]
    assert [row.what for row in rows] == [*imports.FORMATS, *commands]
    assert {row.documents for row in rows} == {60}
    assert [row.target for row in rows[-2:]] == [imports.TARGET] * 2
    assert not any(tmp_path.iterdir()), "nothing is left"
