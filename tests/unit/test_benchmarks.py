"""The benchmarks' own arithmetic and that they still run. Nothing here looks at how long anything took."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.benchmarks import __main__ as bench
from tests.benchmarks import startup
from tests.benchmarks.pairs import Row, in_pairs, table


def test_pairs_take_turns_and_the_first_does_not_count() -> None:
    done: list[str] = []
    row = in_pairs(
        "subject", "what", lambda: done.append("ours"), ("other", lambda: done.append("theirs")),
        before=lambda: done.append("-"), pairs=3, target=1.5,
    )  # fmt: skip
    assert "".join(one[0] for one in done) == "-to-ot-to-ot"
    assert len(row.ratios) == 3
    assert (row.subject, row.what, row.baseline, row.target) == ("subject", "what", "other", 1.5)


def test_the_table_says_where_a_promise_is_not_kept() -> None:
    rows = [
        Row("start-up", "list", "x", [1.4, 1.0, 9.0], 0.1, 1.5),
        Row("start-up", "show", "x", [1.6], 0.12345, 1.5),
        Row("start-up", "--help", "x", [3.0], 0.1),
    ]
    head, *lines = table(rows).splitlines()
    assert head.split()[:6] == ["subject", "what", "median", "min", "max", "target"]
    assert [line.split()[1:6] for line in lines[:2]] == [
        ["list", "1.40", "1.00", "9.00", "1.50"],
        ["show", "1.60", "1.60", "1.60", "1.50"],
    ]
    assert ["!" in line for line in lines] == [False, True, False]


def test_the_numbers_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "RESULTS", tmp_path / ".bench")
    path = bench.saved(
        [Row("start-up", "list", "x", [1.0, 2.0, 9.0], 0.1)], datetime(2026, 11, 25, tzinfo=UTC)
    )
    (row,) = json.loads(path.read_text("utf-8"))["rows"]
    assert (row["what"], row["median"], row["ratios"]) == ("list", 2.0, [1.0, 2.0, 9.0])


def test_an_unknown_subject_is_named() -> None:
    with pytest.raises(SystemExit, match="no benchmark nope; there are: startup"):
        bench.main(["nope"])


def test_each_command_of_the_start_up_benchmark_works() -> None:
    rows = list(startup.rows(pairs=1))
    assert [row.what for row in rows] == list(startup.COMMANDS)
    assert all(len(row.ratios) == 1 for row in rows)
