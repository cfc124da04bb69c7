"""The log of a book: every change says who, when and what kind of change, and holds no value in its label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

import kontaktnat
from kontaktnat import Book, Pending

SIGN = "kanarie"

TYPED = ("reveal: ", "import ")
"""Labels that say what somebody typed to be kept there: a reason, and which file it was."""

DONE: dict[str, list[tuple[str, ...]]] = {
    "init": [("init", "--county", "kalmar", "--by", "anna")],
    "add": [
        ("add", "contact", f"Eva {SIGN}", "--role", "samordnare@nybro", "--email", f"{SIGN}@x.example",
         "--set", f"note={SIGN}not"),
        ("add", "contact", f"Bo {SIGN}"),
        ("add", "contact", f"Åsa {SIGN}", "--role", "samordnare@kalmar kommun"),
        ("add", "actor", f"{SIGN} förening", "--kind", "förening"),
        ("add", "role", "handläggare@nybro kommun", "--contact", f"Bo {SIGN}"),
        ("add", "network", f"{SIGN} nätverk", "--set", "members=nybro,kalmar kommun"),
        ("add", "followup", f"{SIGN} löfte", "--due", "2026-12-01"),
        ("add", "followup", f"{SIGN} annat", "--due", "2026-12-01"),
    ],
    "log": [
        ("log", "phone", f"Eva {SIGN}", f"{SIGN} samtal", "--promised", f"{SIGN} lovat"),
        ("log", "network_meeting", "--network", f"{SIGN} nätverk", "--when", "2099-01-01", "--theme", SIGN),
    ],
    "topic": [
        ("topic", "add", f"{SIGN} problem", "--raised-by", "nybro kommun"),
        ("topic", "lift", f"{SIGN} problem"),
        ("topic", "answer", f"{SIGN} problem", f"{SIGN} svar"),
        ("topic", "return", f"{SIGN} problem"),
        ("topic", "close", f"{SIGN} problem"),
        ("topic", "add", f"{SIGN} exempel", "--kind", "exempel"),
        ("topic", "spread", f"{SIGN} exempel", "--to", "nybro kommun"),
        ("topic", "uptake", f"{SIGN} exempel", "--by", "nybro kommun"),
    ],
    "done": [("done", f"{SIGN} löfte")],
    "snooze": [("snooze", f"{SIGN} annat", "2099-01-01")],
    "set": [("set", f"Eva {SIGN}", f"note={SIGN} ny")],
    "edit": [("edit", f"Bo {SIGN}", "--from", "form.toml")],
    "handover": [("handover", f"Åsa {SIGN}@kalmar kommun", "--to", f"Bo {SIGN}")],
    "list": [("list", "contacts", f"note={SIGN} ny", "--save", f"{SIGN}s lista")],
    "merge": [("merge", f"Bo {SIGN}", f"Bo {SIGN}dubbel")],
    "import": [("import", "kanariefil.csv", "--as", "contact")],
    "review": [("review", "vem är", "--new")],
    "delete": [("delete", f"Cia {SIGN}")],
    "undo": [("undo",)],
    "demo": [], "check": [],
}  # fmt: skip
"""By command, how it writes. `demo` makes a book of its own; `check --repair` has tests of its own."""


@pytest.fixture
def done(run_cli: Callable[..., Any], tmp_path: Path) -> Iterator[Book]:
    """A book to which every command has written, by cia."""
    (tmp_path / "form.toml").write_text(f'name = "Bo {SIGN}"\nnote = "{SIGN}"\n', "utf-8")
    (tmp_path / "kanariefil.csv").write_text(f"name,email\nDag {SIGN},d@x.example\n", "utf-8")
    for name, ways in DONE.items():
        for words in ways:
            if name == "merge":
                run_cli("add", "contact", f"Bo {SIGN}dubbel")
            if name == "delete":
                run_cli("add", "contact", f"Cia {SIGN}")
            if name == "review":
                with kontaktnat.open(tmp_path / "b.kn") as book:
                    book.add(Pending(kind="contact", text=f"vem är {SIGN}?", raw={"name": f"Gun {SIGN}"}))
            before = version(tmp_path)
            ran = run_cli("-y", *(() if name == "init" else ("--by", "cia")), *words)
            assert ran.code == 0, (words, ran)
            assert version(tmp_path) > before, (words, ran)
    with kontaktnat.open(tmp_path / "b.kn") as book:
        yield book


def version(folder: Path) -> int:
    if not (folder / "b.kn").exists():
        return 0
    with kontaktnat.open(folder / "b.kn", mode="r") as book:
        return book.version


def test_every_change_says_who_when_and_what_kind(done: Book) -> None:
    log = list(done.history())
    assert [one.number for one in log] == list(range(1, len(log) + 1))
    for one in log:
        assert one.by
        assert datetime.now(UTC) - timedelta(hours=1) < one.at <= datetime.now(UTC)
        assert one.label
        assert one.changes
        assert all(change.type and change.id for change in one.changes)
    by_cia = {one.label.split()[0] for one in log if one.by == "cia"}
    assert {"add", "log", "topic", "done", "snooze", "set", "edit", "handover", "save", "merge", "import",
            "review", "delete", "undo"} <= by_cia  # fmt: skip


def test_no_label_holds_a_value(done: Book) -> None:
    for one in done.history():
        if not one.label.startswith(TYPED):
            assert SIGN not in one.label.casefold()
            assert "x.example" not in one.label
            assert not any(change.id in one.label for change in one.changes), one.label
    assert any(one.label == "import kanariefil.csv" for one in done.history())


def test_what_the_library_does_has_no_value_in_its_label_either(book: Book) -> None:
    from kontaktnat import Actor, Contact

    book.set(f"list.{SIGN}", {"what": "contacts"})
    eva, bo = book.add(Contact(name=f"Eva {SIGN}")), book.add(Contact(name=f"Bo {SIGN}"))
    book.update(eva, note=SIGN)
    book.merge(eva.id, bo.id)
    one, two = book.add(Actor(name=f"{SIGN} ett")), book.add(Actor(name=f"{SIGN} två"))
    book.merge(one, two)
    book.restore("contact", {"id": "kx7f0001", "name": SIGN})
    book.delete(eva.id)
    book.undo()
    for transaction in book.history():
        assert transaction.label
        assert SIGN not in transaction.label


def test_a_command_that_comes_to_write_is_walked_too() -> None:
    from kontaktnat.cli.main import cli

    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        if any("--by" in one.opts for one in command.params):
            assert name in DONE, f"say in DONE how {name} writes"
