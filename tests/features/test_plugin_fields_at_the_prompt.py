"""Fields that plugins bring, at the prompt: added, set and filtered by as a record's own are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kontaktnat import hookimpl
from kontaktnat.extend import Field
from kontaktnat.testing import Result
from kontaktnat.testing.prompt import prompt


class Rinks:
    """Two fields of actors, one of contacts."""

    name = "rinks"

    @hookimpl
    def register_fields(self) -> list[Field]:
        return [
            Field(name="rinks.seats", records=("actor",), type=int, title="Seats"),
            Field(name="rinks.roof", records=("actor",), type=bool, title="Roof"),
            Field(name="rinks.key", records=("contact",), type=str, title="Key"),
        ]


Run = Callable[..., Result]


@pytest.fixture
def opening() -> dict[str, Any]:
    return {"plugins": [Rinks()]}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opening: Mapping[str, Any]) -> Iterator[Run]:
    with prompt(monkeypatch, tmp_path, opening) as on_it:
        on_it("-b", "b.kn", "init", "--by", "anna")
        yield lambda *words: on_it("-b", "b.kn", *words)


def names(done: Result) -> list[str]:
    assert done.exit_code == 0, done.errors
    return [row["name"] for row in done.records()]


def test_a_record_is_added_with_one(run: Run) -> None:
    words = ("add", "actor", "Ishallen", "--kind", "association", "--set", "rinks.seats=500")
    assert run(*words, "--set", "rinks.roof=ja").exit_code == 0
    (row,) = run("list", "actors", "-o", "json").records()
    assert row["extra"] == {"rinks.seats": 500, "rinks.roof": True}
    assert run("add", "contact", "Eva Ek", "--set", "rinks.key=A7", "--set", "note=x").exit_code == 0
    (row,) = run("list", "contacts", "-o", "json").records()
    assert (row["extra"], row["note"]) == ({"rinks.key": "A7"}, "x")


def test_one_that_is_empty_is_left_out(run: Run) -> None:
    run("add", "actor", "Ishallen", "--set", "rinks.seats=")
    (row,) = run("list", "actors", "-o", "json").records()
    assert not row.get("extra")


@pytest.mark.parametrize(
    "words", [("add", "actor", "Isladan", "--set"), ("set", "ishallen"), ("list", "actors")]
)
@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("rinks.seats=många", "rinks.seats: många is no number"),
        ("rinks.roof=kanske", "rinks.roof: kanske is neither yes nor no"),
        ("rinks.seat=5", "rinks.seat: actor has no such field (nearest: rinks.seats)"),
        ("rinks.key=A7", "rinks.key: actor has no such field"),
    ],
)
def test_what_does_not_fit_is_refused_alike(run: Run, words: tuple[str, ...], word: str, why: str) -> None:
    run("add", "actor", "Ishallen")
    done = run(*words, word)
    assert (done.exit_code, done.output) == (5, "")
    assert done.errors.startswith(f"kontaktnat: {why}")


def test_a_list_is_filtered_by_one(run: Run) -> None:
    for name, seats, roof in (("Ishallen", "500", "ja"), ("Isladan", "50", "nej"), ("Rinken", "", "")):
        run("add", "actor", name, "--set", f"rinks.seats={seats}", "--set", f"rinks.roof={roof}")
    assert names(run("list", "actors", "rinks.seats=500", "-o", "json")) == ["Ishallen"]
    assert names(run("list", "actors", "rinks.roof=nej", "-o", "json")) == ["Isladan"]
    assert names(run("list", "actors", "rinks.seats=", "-o", "json")) == ["Rinken"]
    assert names(run("list", "actors", "rinks.seats=7", "-o", "json")) == []


def test_nobody_protected_is_found_by_one(run: Run) -> None:
    run("add", "contact", "Eva Ek", "--set", "rinks.key=A7", "--protected")
    assert run("list", "contacts", "rinks.key=A7", "-o", "json").records() == []
    assert "A7" not in run("list", "contacts", "rinks.key=A8").errors


def test_what_a_missing_plugin_left_is_asked_for_as_it_stands(run: Run, opening: dict[str, Any]) -> None:
    run("add", "contact", "Eva Ek", "--set", "rinks.key=A7")
    opening["plugins"] = []
    assert names(run("list", "contacts", "rinks.key=A7", "-o", "json")) == ["Eva Ek"]
    assert run("add", "contact", "Bo Ny", "--set", "rinks.key=A7").exit_code == 5
