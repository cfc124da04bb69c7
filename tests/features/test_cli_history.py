"""`history` of a long log: printed as it is read, whatever the output, and little of it in memory at once."""

from __future__ import annotations

import csv
import io
import json
import sys
import weakref
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from kontaktnat.cli import render
from kontaktnat.descriptors import Change, Column, Table
from kontaktnat.extend import Transaction
from kontaktnat.store.base import BaseStore

STEPS = 2100
TAKEN_BACK = 2050


class Long:
    """A log of many transactions, made as they are read."""

    def __init__(self) -> None:
        self.most = 0
        self.printed: list[int] = []
        """How much stood on standard output when the log was read to its end, each time."""
        self._alive: dict[int, object] = {}

    def transactions(self, since: int = 0, record: str | None = None) -> Iterator[Transaction]:
        for number in range(since + 1, STEPS + 1):
            one = step(number)
            key = id(one)
            self._alive[key] = weakref.ref(one, lambda _, key=key: self._alive.pop(key))
            self.most = max(self.most, len(self._alive))
            yield one
        self.printed.append(sys.stdout.buffer.tell())


def step(number: int) -> Transaction:
    doc = {"id": "kx7f0001", "name": "Eva Ek", "rev": number}
    return Transaction(
        number=number,
        at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
        by="anna",
        label=f"undo {TAKEN_BACK}" if number == STEPS else f"steg {number}",
        changes=(Change(type="contact", id="kx7f0001", before=(number > 1 and doc) or None, after=doc),),
        undoes=TAKEN_BACK if number == STEPS else None,
    )


@pytest.fixture
def long(run_cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Long:
    assert run_cli("init").code == 0
    log = Long()
    monkeypatch.setattr(BaseStore, "transactions", lambda _, *args, **named: log.transactions(*args, **named))
    return log


def numbers(output: str, printed: str) -> list[int]:
    if output == "table":
        return [int(line.split()[0]) for line in printed.splitlines()[1:]]
    if output == "csv":
        return [int(row["number"]) for row in csv.DictReader(io.StringIO(printed))]
    rows = map(json.loads, printed.splitlines()) if output == "jsonl" else json.loads(printed)["records"]
    return [row["number"] for row in rows]


@pytest.mark.parametrize("output", ["table", "csv", "jsonl", "json"])
def test_it_is_printed_as_it_is_read(run_cli: Callable[..., Any], long: Long, output: str) -> None:
    ran = run_cli("history", "-o", output)
    assert numbers(output, ran.out) == list(range(1, STEPS + 1))
    assert long.printed[0] == 0
    assert long.printed[-1] > len(ran.out.encode()) / 2
    assert long.most < 8


@pytest.mark.parametrize("output", ["table", "csv", "jsonl", "json"])
def test_of_a_limit_only_these_are_kept(run_cli: Callable[..., Any], long: Long, output: str) -> None:
    ran = run_cli("history", "--limit", 3, "-o", output)
    assert numbers(output, ran.out) == [STEPS - 2, STEPS - 1, STEPS]
    assert long.most < 8


def test_what_was_taken_back_says_by_what(run_cli: Callable[..., Any], long: Long) -> None:
    rows = run_cli("history", "-o", "json").records()
    assert {row["number"]: row["undone_by"] for row in rows if row["undone_by"]} == {TAKEN_BACK: STEPS}


# How it is laid out


ROWS = [{"n": n, "name": f'Åsa "{n}"\n', "deep": {"in": [n], "empty": {}}} for n in range(1201)]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1201])
def test_json_in_batches_is_one_document(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    table = Table(name="n", title="N", columns=(Column(key="n", title="N"),))
    render.emit_view(None, table, "json", iter(ROWS[:count]))
    whole = {
        "schema": "kontaktnat/1",
        "view": "n",
        "columns": [{"key": "n", "title": "N", "type": "text"}],
        "records": ROWS[:count],
    }
    assert capsys.readouterr().out == orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode() + "\n"


@pytest.mark.parametrize("count", [0, 1, 501])
def test_csv_in_batches_has_one_header(count: int, capsys: pytest.CaptureFixture[str]) -> None:
    table = Table(name="n", title="N", columns=(Column(key="n", title="N"), Column(key="name", title="Name")))
    render.emit_view(None, table, "csv", iter(ROWS[:count]))
    out = capsys.readouterr().out
    assert out.startswith("n,name\n")
    assert [int(row["n"]) for row in csv.DictReader(io.StringIO(out))] == list(range(count))


def test_a_column_grows_where_something_longer_comes(capsys: pytest.CaptureFixture[str]) -> None:
    table = Table(name="n", title="N", columns=(Column(key="a", title="A"), Column(key="b", title="B")))
    rows = [{"a": "kort" if n < 500 else "något längre", "b": n} for n in range(502)]
    render.emit_table(None, table, rows=iter(rows))
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["A     B", "kort  0"]
    assert lines[-2:] == ["något längre  500", "något längre  501"]
    render.emit_table(None, table, rows=iter(()))
    assert capsys.readouterr().out == "nothing to show\n"
