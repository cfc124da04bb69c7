"""Every way out there is, walked: whatever is registered as exporter or view, and every command that prints.

`test_protection` says what is covered and where; here nothing is listed by hand, so that a new exporter, view
or format is looked into from the day it is there.
"""

from __future__ import annotations

import inspect
import io
import itertools
import json
import logging
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
import click
import pytest

import kontaktnat
from kontaktnat import Actor, Book, Contact, FollowUp, Interaction, Pending, Role, Topic, Way, codec, hookimpl
from kontaktnat.errors import KontaktnatError
from kontaktnat.extend import Check, Exporter, Finding, Outward, Table, View
from kontaktnat.model import RECORDS, Record

SIGN = "kanarie"
NUMBER = "070-174 06 99"
MARKS = (SIGN, NUMBER, "701740699", "0701740699")
WHERE = "Emmaboda"
WHO = "Siv Dal"
INSIDE: dict[str, Any] = {
    "tags": (f"{SIGN}tagg",),
    "extra": {"orust.parish": f"{SIGN}socken"},
    "ways": (
        Way(kind="phone", value=NUMBER, label=f"{SIGN}etikett"),
        Way(kind="mail", value=f"{SIGN}@hemlig.example"),
        Way(kind="address", value=f"{SIGN}gatan 1"),
    ),
}


@pytest.fixture
def place(kalmar: Any, tmp_path: Path) -> Path:
    """A county's book in which two who are protected have a part in everything."""
    with kontaktnat.open(tmp_path / "b.kn", by="anna") as book:
        emmaboda = next(one for one in book.actors.where(kind="municipality") if one.name.startswith(WHERE))
        network = book.networks.all()[0]
        with book.transaction("prov"):
            siv = book.add(
                Contact(name=WHO, protected=True, note=f"{SIGN}not", source=f"{SIGN}källa", **INSIDE)
            )
            home = book.add(
                Actor(name="Ett skydd", kind="womens_shelter", protected=True, note=f"{SIGN}not", **INSIDE)
            )
            hat = book.add(
                Role(contact=siv.id, actor=emmaboda.id, function="case_officer", title=f"{SIGN}titel",
                     covers=[emmaboda.id], assignment=network.assignments[0], **INSIDE)
            )  # fmt: skip
            post = book.add(Role(actor=home.id, function="unit_head", **INSIDE))
            book.add(
                Pending(text="vem?", kind="contact", candidates=[siv.id], raw={"note": f"{SIGN}rå"},
                        source=f"{SIGN}källa", tags=INSIDE["tags"])
            )  # fmt: skip
            book.add(Topic(title="Ett problem", kind="problem", raised_by=[home.id]))
            for when in ("2026-11-01", "2026-11-02"):
                book.add(Interaction(kind="network_meeting", network=network.id, when=when, status="held",
                                     participants=[hat.id, post.id]))  # fmt: skip
            book.add(FollowUp(text="Ring", about=[hat.id, siv.id], due="2026-11-10"))
    return tmp_path / "b.kn"


def said(thing: Any) -> str:
    """Everything inside, packed files and what a repr leaves out included."""
    if isinstance(thing, bytes):
        packed = io.BytesIO(thing)
        if zipfile.is_zipfile(packed):
            with zipfile.ZipFile(packed) as files:
                return " ".join(said(files.read(name)) for name in files.namelist())
        return thing.decode("utf-8", errors="replace")
    if isinstance(thing, list | tuple | Iterator):
        return " ".join(map(said, thing))
    return str(attrs.asdict(thing)) if attrs.has(type(thing)) else str(thing)


def silent(thing: Any, what: str) -> None:
    text = said(thing).casefold()
    for mark in MARKS:
        if mark in text:
            at = text.index(mark)
            raise AssertionError(f"{what} leaks: …{text[max(0, at - 60) : at + 30]}")
    for row in text.splitlines():
        if len(row) < 1000 and WHO.casefold() in row and WHERE.casefold() in row:  # not a book in one line
            raise AssertionError(f"{what} tells the workplace: {row}")


# The walk


TRIED: Mapping[str, Callable[[Outward], list[Any]]] = {
    "who": lambda out: ["", WHO, "Ett skydd", WHERE, *(one.id for one in out.roles.all() if one.hidden)],
    "network": lambda out: ["", out.networks.all()[0].id],
    "functions": lambda _: ["", "case_officer,unit_head"],
    "kind": lambda _: ["", "municipality", "womens_shelter"],
    "sector": lambda _: ["", "police"],
    "audience": lambda _: ["", "officials"],
    "owner": lambda _: ["", "anna"],
    "since": lambda _: ["", "2020"],
    "until": lambda _: ["", "2027"],
    "days": lambda _: ["", "0"],
    "stale_days": lambda _: ["", "0"],
    "answer_days": lambda _: ["", "0"],
    "return_days": lambda _: ["", "0"],
    "limit": lambda _: [0, 1],
    "least": lambda _: [2, 1],
    "year": lambda _: ["", "2025"],
    "measure": lambda _: ["", "holders"],
    "a": lambda out: [*TRIED["who"](out), "Eva Ek", out.assignments.all()[0].id],
    "b": lambda out: [*TRIED["who"](out), "Nybro kommun", out.assignments.all()[1].id],
    "municipality": lambda _: ["", WHERE, "Nybro"],
    "assignment": lambda out: ["", out.assignments.all()[0].id],
    "dimension": lambda _: ["", "persons"],
    "actor": lambda _: ["", WHERE],
    "basis": lambda _: ["", "law"],
    "state": lambda _: ["", "missing"],
    "level": lambda _: ["", "subgroup"],
    "place": lambda _: ["", WHERE, "Nybro kommun"],
    "category": lambda _: ["", "icnpo:4"],
}
"""Values to try for each parameter of a view."""


def views(out: Outward) -> Iterator[tuple[str, Table]]:
    """The tables of every view, with every parameter tried."""
    for name, view in out.plugins.collect("register_views").items():
        names = [
            one.name
            for one in list(inspect.signature(view.run).parameters.values())[1:]
            if one.kind is not inspect.Parameter.VAR_KEYWORD
        ]
        for one in names:
            assert one in TRIED, f"say in TRIED what to try for {one} of the view {name}"
        made = 0
        for values in itertools.product(*(TRIED[one](out) for one in names)):
            with suppress(KontaktnatError):
                yield f"view {name} {values}", out.view(name, **dict(zip(names, values, strict=True)))
                made += 1
        assert made, f"no table of the view {name}"


def exports(book: Book) -> Iterator[tuple[str, bytes]]:
    """What every exporter writes, with what is known of options."""
    meetings = [{"meeting": one.id} for one in book.interactions.where(kind="network_meeting")]
    options: list[dict[str, str]] = [{}, {"history": "yes"}, {"excel": "yes"}, *meetings]
    options += [{"type": name} for name in RECORDS]
    options += [{"as": "csv"}]
    for name in book.plugins.collect("register_exporters"):
        made = 0
        for given, as_of in itertools.product(options, (None, "2026-11-12")):
            stream = io.BytesIO()
            with suppress(KontaktnatError):  # an option that the format does not take
                book.export_to(stream, name, options=given, as_of=as_of)
                made += 1
                yield f"export {name} {given}", stream.getvalue()
        assert made, f"nothing of the exporter {name}"


def walk(book: Book) -> None:
    for out in (book, book.outward(), book.as_of("2026-11-12")):
        for what, table in views(out):
            silent(table, what)
            for row in table.rows:
                silent(str(row), what)
    for what, data in exports(book):
        silent(data, what)


def test_nothing_in_any_view_or_export(place: Path, open_book: Callable[..., Book]) -> None:
    walk(open_book(place, plugins=None))


class Talkative:
    """A plugin with an exporter and a view that put out all that they are handed."""

    name = "talkative"

    @hookimpl
    def register_exporters(self) -> list[Exporter]:
        def write(out: Outward, stream: Any, options: Mapping[str, str]) -> None:
            for name in RECORDS:
                for one in out.collection_of(name).all():
                    stream.write(f"{attrs.asdict(one)}\n".encode())

        return [Exporter(name="talk", summary="all of it", suffixes=(".talk",), write=write)]

    @hookimpl
    def register_views(self) -> list[View]:
        def run(out: Outward, /, **_: Any) -> Table:
            rows = ({"id": one.id, "all": str(attrs.asdict(one))} for one in out.contacts.all())
            return Table(name="talk", title="", columns=(), rows=tuple(rows))

        return [View(name="talk", title="", run=run)]

    @hookimpl
    def register_checks(self) -> list[Check]:
        def run(record: Record, out: Outward) -> list[Finding]:
            return [Finding(message=str(attrs.asdict(record)), type=record.type, id=record.id)]

        return [Check(name="talk", title="", run=run)]


def test_what_a_plugin_is_handed_is_covered(place: Path, open_book: Callable[..., Book]) -> None:
    book = open_book(place, plugins=["kalmar", "sweden", Talkative()])
    assert "Ett skydd" in said(dict(exports(book))["export talk {}"])
    walk(book)
    silent(list(book.check()), "check")


@pytest.mark.parametrize("leak", ["exporter", "view", "cover"])
def test_the_walk_finds_a_leak(
    place: Path, open_book: Callable[..., Book], monkeypatch: pytest.MonkeyPatch, leak: str
) -> None:
    plugin = Talkative()
    book = open_book(place, plugins=["kalmar", "sweden", plugin])
    uncovered = Outward(book._reader, book.plugins, book.clock, reveal=book.protected())
    if leak == "cover":
        monkeypatch.setattr("kontaktnat.outward.cover", lambda type, doc, closed: dict(doc))
    elif leak == "view":
        view = book.plugins.collect("register_views")["talk"]
        cheat = attrs.evolve(view, run=lambda out, /, **_: view.run(uncovered))
        book = again(open_book, place, register_views=lambda self: [cheat])
    else:
        found = book.plugins.collect("register_exporters")["talk"]
        cheat = attrs.evolve(
            found, write=lambda out, stream, options: found.write(uncovered, stream, options)
        )
        book = again(open_book, place, register_exporters=lambda self: [cheat])
    with pytest.raises(AssertionError, match=r"leaks|tells the workplace"):
        walk(book)


def again(open_book: Callable[..., Book], place: Path, **hooks: Any) -> Book:
    """The book with a plugin that cheats."""
    plugin = type("Cheat", (), {"name": "cheat"} | {name: hookimpl(one) for name, one in hooks.items()})
    for name, one in hooks.items():
        one.__name__ = name
    return open_book(place, plugins=["kalmar", "sweden", plugin()])


# The command line


OUTPUTS = ("table", "json", "jsonl", "csv", "ids", "addresses")


def commands() -> Iterator[list[str]]:
    """What prints, each with every `-o` it has, on whom it may be about."""
    types = ("contacts", "actors", "roles", "followups", "interactions", "topics", "networks", "assignments",
             "commitments", "pending", "settings")  # fmt: skip
    who = (WHO, "Ett skydd", f"{WHERE} kommun", "Ring", "Ett problem")
    asked: list[list[str]] = [["list", one] for one in types]
    asked += [["list", "contacts", f"note={SIGN}not"], ["list", "roles", f"actor={WHERE}"],
              ["list", "contacts", f"phone={NUMBER}"]]  # fmt: skip
    asked += [[name, one] for name in ("show", "find", "history") for one in (*who, SIGN, NUMBER)]
    asked += [
        ["history"],
        ["today"],
        ["check"],
        ["review"],
        ["plugins"],
        ["topic", "list"],
        ["view"],
        ["municipalities"],
        ["merge", "--suggest"],
    ]
    asked += [["view", "timeline", f"who={one}"] for one in who]
    asked += [["view", "path", *both] for one in who[:3] for both in ((one, "nybro"), ("emmaboda", one))]
    asked += [["view", name] for name in ("network", "growth", "bra-report")]
    for words in asked:
        yield from ([*words, "-o", output] for output in OUTPUTS)
        if words[0] in ("list", "show", "view"):
            yield [*words, "--as-of", "2026-11-12"]
    yield from (["export", name] for name in ("markdown", "jsonl", "csv", "minutes", "bra-report"))
    yield from ([name, WHO, *more] for name, *more in (
        ("set", "note=x"), ("set", "purpose="), ("delete",), ("handover", "--to", "Eva Ek"),
        ("edit", "--from", "no"),
        ("log", "phone", "hej"), ("merge", "Ett skydd"), ("done",), ("snooze", "fre"),
    ))  # fmt: skip
    yield from (["add", "contact", WHO, "--phone", NUMBER, "--dry-run"], ["undo", "--dry-run"])


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_nothing_on_the_screen(place: Path, kalmar: Any, caplog: pytest.LogCaptureFixture, lang: str) -> None:
    caplog.set_level(logging.DEBUG)
    printed = 0
    for words in commands():
        ran = kalmar("--lang", lang, "--debug", *words)
        assert "Traceback" not in ran.err or ran.code, words
        for line in (*ran.out.splitlines(), *ran.err.splitlines()):
            if not any(mark in " ".join(words) for mark in MARKS):  # what was typed is said again
                silent(line, " ".join(words))
            else:
                assert f"{SIGN}gatan" not in line
                assert f"{SIGN}titel" not in line
        printed += bool(ran.out)
    assert printed > 100
    silent(caplog.text, "the log")


# Writing is asking


MAILS = (f"{SIGN}@hemlig.example", "annan@hemlig.example")
NUMBERS = (NUMBER, "070-174 06 98")
PLACES = (f"{WHERE} kommun", "Nybro kommun")
NOTES = (f"{SIGN}not", "gissat")
"""What is so, and what is not."""


def guesses(out: Outward) -> Iterator[tuple[list[str], str, tuple[str, str]]]:
    """Words of a command, the file that it reads, and for GUESS in both the right one and a wrong one."""
    for who, kind in ((WHO, "contact"), ("Ett skydd", "actor")):
        for column, tried in (("email", MAILS), ("phone", NUMBERS), ("note", NOTES)):
            yield ["import", "fil.csv", "--as", kind], f"name,{column}\n{who},GUESS\n", tried
        for option, tried in (("--email", MAILS), ("--phone", NUMBERS)):
            yield ["add", kind, who, option, "GUESS"], "", tried
        yield ["add", kind, who, "--set", "note=GUESS"], "", NOTES
        yield ["set", who, "note=GUESS"], "", NOTES
    yield ["add", "contact", WHO, "--role", "case_officer@GUESS"], "", PLACES
    yield ["add", "role", "case_officer@GUESS", "--contact", WHO], "", PLACES
    hat = next(one for one in out.roles.all() if one.contact and one.hidden)
    ids = [next(one.id for one in out.actors.all() if one.name == name) for name in PLACES]
    yield ["set", hat.id, "actor=GUESS"], "", (ids[0], ids[1])
    own = out._reader.get("role", hat.id)["assignment"]
    held = (own, next(one.id for one in out.assignments.all() if one.id != own))
    for person, type_name in ((WHO, "contact"), ("Ett skydd", "actor")):
        one = next(one for one in out.collection_of(type_name).all() if one.name == person)
        yield ["import", "fil.jsonl"], line(out, one, note="GUESS"), NOTES
    for more in ({}, {"function": "unit_head"}, {"rev": 2}):
        yield ["import", "fil.jsonl"], line(out, hat, actor="GUESS", **more), (ids[0], ids[1])
        yield ["import", "fil.jsonl"], line(out, hat, assignment="GUESS", **more), (held[0], held[1])
    yield ["set", hat.id, "assignment=GUESS"], "", (held[0], held[1])
    yield ["import", "fil.csv", "--as", "contact"], f"name,assignment\n{WHO},GUESS\n", (held[0], held[1])


def line(out: Outward, one: Record, **changes: Any) -> str:
    """An archive with a record as it is stored, but for the changes."""
    doc = {"type": one.type, **out._reader.get(one.type, one.id), **changes}
    return f'{{"schema": "{codec.FORMAT}"}}\n{json.dumps(doc)}\n'


def test_no_write_tells_a_right_guess_from_a_wrong_one(
    place: Path, kalmar: Any, tmp_path: Path, open_book: Callable[..., Book]
) -> None:
    with open_book(place, plugins=None) as book:
        tried = list(guesses(book))
    for words, file, both in tried:
        told = []
        for guess in both:
            if file:
                (tmp_path / words[1]).write_text(file.replace("GUESS", guess), "utf-8")
            ran = kalmar(*(word.replace("GUESS", guess) for word in words), "--dry-run")
            told.append((ran.code, ran.out.replace(guess, "GUESS"), ran.err.replace(guess, "GUESS")))
        assert told[0] == told[1], words


def test_every_command_with_an_output_is_walked() -> None:
    """A command that comes to print tables is added above."""
    from kontaktnat.cli.main import cli

    known = {words[0] for words in commands()} | {"privacy"}
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        if any("--output" in one.opts for one in command.params):
            assert name in known, f"add {name} to the commands that are walked"


def test_the_state_folder_and_the_completion_say_nothing(
    place: Path, kalmar: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kalmar("today")
    for one in (tmp_path / "state").rglob("*"):
        if one.is_file():
            silent(one.read_bytes(), one.name)
            json.loads(one.read_bytes())
    for line in ("kn show S", "kn show Siv", "kn log phone ", f"kn list contacts note={SIGN}", "kn done "):
        with monkeypatch.context() as patch:
            patch.setenv("_KONTAKTNAT_COMPLETE", "bash_complete")
            patch.setenv("COMP_LINE", line)
            patch.setenv("KONTAKTNAT_BOOK", "b.kn")
            offered = kalmar(book=None).out
        assert "Siv" not in offered
        silent(offered, line)
