"""Every hook: its first user among our own plugins, and a plugin of a few lines that uses it.

docs/reference/hooks/ describes them for authors; tests/unit/test_docs.py compares and runs its examples.
"""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import attrs
import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import kontaktnat
from kontaktnat import Actor, Contact, Interaction, Invalid, Participation, Refused, Role, Veto, Way, hookimpl
from kontaktnat.extend import (
    Address,
    Candidate,
    Catalogue,
    Category,
    CategoryScheme,
    Check,
    Column,
    Command,
    CountyPack,
    Exporter,
    Fact,
    Field,
    Finding,
    Importer,
    Mailer,
    Message,
    MessageSource,
    Outgoing,
    Outward,
    Store,
    StoreOptions,
    StoreScheme,
    Table,
    Text,
    Transaction,
    View,
    Vocabulary,
    Word,
)
from kontaktnat.model import ContactId, Record, id_for
from kontaktnat.persons import Person, PersonalData
from kontaktnat.plugins import HOOKS, Plugins
from kontaktnat.store.memory import MemoryStore
from kontaktnat.testing.prompt import prompt
from kontaktnat.tomlform import to_toml

AT = datetime(2026, 11, 12, 9, tzinfo=UTC)


def opened(*plugins: object, **options: Any) -> kontaktnat.Book:
    """A book in memory with these plugins."""
    return kontaktnat.open("memory:", by="anna", plugins=plugins, **options)


def users(hook: str) -> list[str]:
    """The plugins that have the hook: those of this repository, all installed."""
    return [one.name for one in Plugins().loaded if hook in one.hooks]


def test_hook_register_vocabularies() -> None:
    class Bakers:
        @hookimpl
        def register_vocabularies(self) -> list[Vocabulary]:
            words = (Word(id="baker", sv="bagare", en="baker", synonyms=("konditor",)),)
            return [Vocabulary(name="function", words=words)]

    assert {"vocabulary", "sweden"} <= set(users("register_vocabularies"))
    with opened(Bakers()) as book:
        assert {book.words.lookup("function", text) for text in ("Bagare", "baker", "konditor")} == {"baker"}
        assert book.words.label("function", "baker") == "bagare"
        assert book.words.has("function", "case_officer")  # the core's words are still there
        actor = book.add(Actor(name="Exempelby kommun"))
        assert book.add(Role(actor=actor.id, function="baker")).function == "baker"
    with opened() as book, pytest.raises(Invalid, match="baker is no word for function"):
        book.add(Role(actor=book.add(Actor(name="Exempelby kommun")).id, function="baker"))


def test_hook_register_category_schemes() -> None:
    class Rinks:
        @hookimpl
        def register_category_schemes(self) -> list[CategoryScheme]:
            categories = (
                Category(code="1", sv="Is", en="Ice"),
                Category(code="11", sv="Konstis", en="Artificial ice", parent="1", synonyms=("ishall",)),
            )
            return [CategoryScheme(name="rinks", title="Rinks", categories=categories)]

    assert users("register_category_schemes") == ["civilsociety"]
    with opened(Rinks()) as book:
        assert {book.schemes.lookup(text) for text in ("11", "rinks:11", "konstis", "ishall", "art")} == {
            "rinks:11"
        }
        assert book.schemes.within("rinks:1") == ("rinks:1", "rinks:11")
        hall = book.add(Actor(name="Ishallen", categories=["rinks:11", "other:1"]))
        with pytest.raises(Invalid, match=r"categories\[0\]: rinks:12 is no category of rinks; nearest: "):
            book.update(hall, categories=["rinks:12"])
    with opened() as book:  # without the plugin its codes are kept, and named
        book.add(Actor(name="Ishallen", categories=["rinks:12"]))
        assert [one.path for one in book.check()] == ["categories[0]"]


def test_hook_register_facts() -> None:
    class Floods:
        @hookimpl
        def register_facts(self) -> list[Fact]:
            return [Fact(kind="agreement", name="flood_plan_tested", path="followed_up_on", sv="övad",
                         en="tested", basis="practice", months=36)]  # fmt: skip

    assert {"vocabulary", "kalmar"} <= {*users("register_facts")}
    with opened(Floods()) as book:
        facts = book.plugins.collect("register_facts")
        assert facts["flood_plan_tested"].months == 36
        assert facts["action_plan_followed_up"].basis == "reading"  # the core's are still there
    with pytest.raises(Invalid, match="a commitment has no such field"):
        Fact(kind="agreement", name="x", path="colour", sv="x", en="x")


def test_hook_register_fields() -> None:
    class Rinks:
        name = "rinks"

        @hookimpl
        def register_fields(self) -> list[Field]:
            return [
                Field(name="rinks.seats", records=("actor",), type=int, title="Seats"),
                Field(name="rinks.ice", records=("actor",), type=str, title="Ice", choices=("art", "nature")),
            ]

    assert "kalmar" in users("register_fields")
    with opened(Rinks()) as book:
        hall = book.add(Actor(name="Ishallen", extra={"rinks.seats": 500, "rinks.ice": "art"}))
        for extra, problem in (
            ({"rinks.seats": "many"}, "'many' is not of type int"),
            ({"rinks.ice": "none"}, "none of art, nature"),
            ({"rinks.colour": "blue"}, "rinks has no such field"),
        ):
            with pytest.raises(Invalid, match=problem):
                book.update(hall, extra=extra)
    with opened() as book:  # without the plugin its data is kept and not judged
        assert book.add(Actor(name="Ishallen", extra={"rinks.seats": "many"})).extra["rinks.seats"] == "many"


def test_a_field_may_stand_for_every_key_of_its_plugin() -> None:
    number = "19811218" + "-" + "9876"

    class Scans:
        name = "scans"

        @hookimpl
        def register_fields(self) -> list[Field]:
            return [
                Field(name="scans.*", records=("actor",), type=str, title="Scan", prose=False),
                Field(name="scans.remark", records=("actor",), type=str, title="Remark"),
            ]

    with opened(Scans()) as book:
        hall = book.add(Actor(name="Ishallen", extra={"scans.a1": f"id {number}", "scans.remark": "rund"}))
        with pytest.raises(Invalid, match="is not of type str"):
            book.update(hall, extra={"scans.a2": 5})
        with pytest.raises(Refused, match="characters 1-13"):
            book.update(hall, extra={**hall.extra, "scans.remark": number})
        form = to_toml(book, book.add(Actor(name="Isladan")))
        assert "scans.remark" in form
        assert "scans.*" not in form


def test_hook_register_importers() -> None:
    def read(stream: BinaryIO, options: Mapping[str, str]) -> Iterator[Candidate]:
        for row, line in enumerate(stream.read().decode().splitlines()[1:], 2):
            name, _, mail = line.partition(" <")
            problem = "" if mail else "no address"
            ways = [{"kind": "mail", "value": mail.rstrip(">")}]
            yield Candidate(
                row=row, type="contact", fields={"name": name, "ways": ways}, problem=problem, raw=line
            )

    class Lists:
        @hookimpl
        def register_importers(self) -> list[Importer]:
            def sniff(head: bytes) -> bool:
                return head.startswith(b"#list")

            return [Importer(name="list", suffixes=(".list",), sniff=sniff, read=read)]

    assert "files" in users("register_importers")
    with opened(Lists()) as book:
        found = book.import_from(io.BytesIO(b"#list\nEva Ek <eva@x.example>\nBo\n"))
        assert str(found) == "created 1, updated 0, unchanged 0, rejected 1"
        assert [(one.row, one.reason, one.raw) for one in found.rejected] == [(3, "no address", "Bo")]
        assert [one.ways[0].value for one in book.contacts.all()] == ["eva@x.example"]


def test_hook_register_exporters() -> None:
    def write(out: Outward, stream: BinaryIO, options: Mapping[str, str]) -> None:
        for contact in out.contacts.all():
            stream.write(f"{contact.name}{options.get('end', '.')}\n".encode())

    class Names:
        @hookimpl
        def register_exporters(self) -> list[Exporter]:
            return [Exporter(name="names", suffixes=(".names",), write=write)]

    assert "files" in users("register_exporters")
    with opened(Names()) as book:
        book.add(Contact(name="Eva Ek"))
        stream = io.BytesIO()
        book.export_to(stream, "names", options={"end": "!"})
        assert stream.getvalue() == b"Eva Ek!\n"


def test_hook_register_county_packs() -> None:
    def records() -> Iterable[Record]:
        yield Actor(id=id_for("actor:se:municipality:0999"), name="Exempelby kommun", kind="municipality")  # type: ignore[arg-type]

    class Example:
        @hookimpl
        def register_county_packs(self) -> list[CountyPack]:
            return [CountyPack(name="example", county="09", title="Exempels län", version=1, records=records)]

    assert "kalmar" in users("register_county_packs")
    with opened(Example()) as book:
        assert book.add_county("Exempels län") == (1, 0)
        assert book.add_county("09") == (0, 1)  # what is there already is left as it is
        assert book.setting("pack.example") == 1


def test_hook_register_views() -> None:
    def vacant(book: Outward, /, **params: Any) -> Table:
        rows = [{"id": role.id, "function": role.function} for role in book.roles.where(contact=None)]
        columns = (
            Column(key="id", title="Id", type="id"),
            Column(key="function", title="Function", type="word"),
        )
        return Table(name="vacant", title="Vacant posts", columns=columns, rows=tuple(rows))

    class Vacant:
        @hookimpl
        def register_views(self) -> list[View]:
            return [View(name="vacant", title="Vacant posts", run=vacant)]

    assert {"views"} <= set(users("register_views"))
    with opened(Vacant()) as book:
        actor = book.add(Actor(name="Exempelby kommun"))
        post = book.add(Role(actor=actor.id, function="case_officer", since="2026-10"))
        assert book.view("vacant").rows == ({"id": post.id, "function": "case_officer"},)
        assert book.as_of("2020").view("vacant").rows == ()  # a view sees the day that is asked for


def test_hook_register_checks() -> None:
    def shouting(record: Record, book: Outward) -> Iterator[Finding]:
        if isinstance(record, Actor) and record.name.isupper():
            yield Finding(message=f"{record.name} is shouted", type=record.type, id=record.id, path="name")

    class Quiet:
        @hookimpl
        def register_checks(self) -> list[Check]:
            return [Check(name="quiet", title="Names in capitals", run=shouting)]

    assert {"checks", "sweden"} <= set(users("register_checks"))
    with opened(Quiet()) as book:
        book.add(Actor(name="Exempelby kommun"))
        loud = book.add(Actor(name="EXEMPELSTAD"))
        assert [(one.id, one.path) for one in book.check()] == [(loud.id, "name")]


def test_hook_register_commands() -> None:
    class Hello:
        @hookimpl
        def register_commands(self) -> list[Command]:
            return [Command(name="hello", summary="Says hello.", target="no_such_module:hello")]

    assert "sweden" in users("register_commands")
    found = Plugins([Hello()]).collect("register_commands")  # the target is not imported
    assert found["hello"].summary == "Says hello."


PAGES = Path(__file__).parents[2] / "docs" / "reference" / "hooks"


def test_the_pages_importer_keeps_what_the_guide_says_of_its_contract(tmp_path: Path) -> None:
    """The page's example with the guide's test, as an author has them in two files."""
    guide = (PAGES.parents[1] / "howto" / "write-a-plugin.md").read_text("utf-8")
    code = re.findall(
        r"^```python\n(.*?)^```", (PAGES / "register_importers.md").read_text("utf-8"), re.M | re.S
    )
    (contract,) = re.findall(r"^```python\n(from kontaktnat.testing import Imp.*?)^```", guide, re.M | re.S)
    test = contract.replace('("visits",)', "(Visits(),)")
    (tmp_path / "test_visits.py").write_text(f"{code[1]}\n{test}", "utf-8")
    words = ("-q", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={tmp_path}", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_pages_command_reads_and_writes_the_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = PAGES / "register_commands.md"
    (code,) = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.M | re.S)
    module = ModuleType("my_package.commands")
    exec(compile(code, "page", "exec"), module.__dict__)
    monkeypatch.setitem(sys.modules, "my_package", ModuleType("my_package"))
    monkeypatch.setitem(sys.modules, "my_package.commands", module)
    with prompt(monkeypatch, tmp_path, {"plugins": [module.Visits()]}) as run:
        run("-b", "b.kn", "init", "--by", "anna")
        run("-b", "b.kn", "add", "contact", "Eva Ek")
        done = run("-b", "b.kn", "visited", "eva", "--by", "bo")
        assert (done.exit_code, done.output) == (0, "a visit to Eva Ek is noted\n"), done.errors
        (visit,) = run("-b", "b.kn", "list", "interactions", "-o", "json").records()
        assert visit["kind"] == "visit"
        assert "bo" in run("-b", "b.kn", "history").output
        unknown = run("-b", "b.kn", "visited", "nobody")
        assert (unknown.exit_code, unknown.output) == (3, "")


def test_what_a_command_is_promised_covers_the_protected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    @click.command()
    @click.pass_obj
    def look(app: Any) -> None:
        (there,), (out,) = app.book().contacts.all(), app.out().contacts.all()
        seen.append((there.note, out.note, app.interactive))

    class Looking:
        @hookimpl
        def register_commands(self) -> list[Command]:
            return [Command(name="look", summary="Looks.", target="my_package.commands:look")]

    (module := ModuleType("my_package.commands")).look = look  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "my_package", ModuleType("my_package"))
    monkeypatch.setitem(sys.modules, "my_package.commands", module)
    with prompt(monkeypatch, tmp_path, {"plugins": [Looking()]}) as run:
        run("-b", "b.kn", "init", "--by", "anna")
        run("-b", "b.kn", "add", "contact", "Disa Dal", "--protected", "--set", "note=dold")
        assert run("-b", "b.kn", "look").exit_code == 0
        assert run("-b", "b.kn", "--reveal", "prov", "look").exit_code == 0
    assert seen == [("", "", False), ("", "dold", False)]


def test_hook_register_catalogues(tmp_path: Path) -> None:
    spoken = Catalog(locale="sv", domain="spoken")
    spoken.add("The moon is {colour}", "Månen är {colour}")
    (folder := tmp_path / "sv" / "LC_MESSAGES").mkdir(parents=True)
    with (folder / "spoken.mo").open("wb") as stream:
        write_mo(stream, spoken)

    class Spoken:
        @hookimpl
        def register_catalogues(self) -> list[Catalogue]:
            return [Catalogue(name="spoken", folder=tmp_path)]

    assert {"sweden", "kalmar"} <= set(users("register_catalogues"))
    told = Text("The moon is {colour}", colour="blå")
    assert told.said("sv") == "The moon is blå"
    Plugins([Spoken()])
    assert told.said("sv") == "Månen är blå"
    assert Veto("The moon is {colour}", colour="ny").message("sv") == "Månen är ny"


def test_hook_register_stores() -> None:
    asked: list[tuple[str, StoreOptions]] = []

    def open_shelf(url: str, options: StoreOptions) -> Store:
        asked.append((url, options))
        return MemoryStore(options)

    class Shelf:
        @hookimpl
        def register_stores(self) -> list[StoreScheme]:
            return [StoreScheme(scheme="shelf", open=open_shelf, summary="kept nowhere")]

    assert "stores" in users("register_stores")
    with kontaktnat.open("shelf://somewhere", mode="create", plugins=[Shelf()], lock_timeout=3) as book:
        book.add(Actor(name="Exempelby kommun"))
    ((url, options),) = asked
    assert (url, options.mode, options.lock_timeout) == ("shelf://somewhere", "create", 3)


def test_hook_register_message_sources() -> None:
    def read(source: str, options: Mapping[str, str]) -> Iterator[Message]:
        yield Message(id="1@nybro.example", sender=Address(mail="eva@nybro.example"), where=source)

    class Dispatches:
        @hookimpl
        def register_message_sources(self) -> list[MessageSource]:
            return [MessageSource(name="dispatches", summary="", suffixes=(".dispatch",), read=read)]

    assert "mail" in users("register_message_sources")
    source = Plugins([Dispatches()]).find("register_message_sources", "dispatches", "source")
    assert [(one.id, one.where) for one in source.read("a.dispatch", {})] == [
        ("1@nybro.example", "a.dispatch")
    ]


def test_hook_register_mailers() -> None:
    left = []

    def send(letters: Iterable[Outgoing], options: Mapping[str, str]) -> Iterator[Outgoing]:
        for letter in letters:
            left.append(letter.to)
            yield letter

    class OnPaper:
        @hookimpl
        def register_mailers(self) -> list[Mailer]:
            return [Mailer(name="paper", summary="printed", send=send)]

    assert "mail" in users("register_mailers")
    mailer = Plugins([OnPaper()]).find("register_mailers", "paper", "mailer")
    letter = Outgoing(
        id="1@lst.example", to="eva@nybro.example", sender="anna@lst.example", data=b"", at=AT,
        participation=Participation(contact=ContactId("01HZX0000000000000000000EV")),
    )  # fmt: skip
    assert list(mailer.send([letter], {})) == [letter]
    assert left == ["eva@nybro.example"]


def test_hook_before_save() -> None:
    seen: list[tuple[str, str | None, int]] = []

    class Careful:
        @hookimpl
        def before_save(self, record: Record, before: Record | None, book: Outward) -> None:
            assert isinstance(record, Contact)
            seen.append(
                (record.name, before.name if isinstance(before, Contact) else None, book.contacts.count())
            )
            if record.note and not record.protected:
                raise Veto("no notes about people")

    assert "sweden" in users("before_save")
    with opened(Careful()) as book:
        eva = book.add(Contact(name="Eva Ek"))
        book.update(eva, name="Eva Ekman")
        assert seen == [("Eva Ek", None, 1), ("Eva Ekman", "Eva Ek", 1)]

        def both() -> None:
            with book.transaction("both"):
                book.add(Contact(name="Bo Björk"))
                book.update(eva.id, note="likes cake")

        with pytest.raises(Veto, match="no notes about people"):
            both()
        assert [one.name for one in book.contacts.all()] == ["Eva Ekman"]


def test_hook_before_save_is_shown_the_record_whole() -> None:
    notes: list[tuple[str, str]] = []

    class Reader:
        @hookimpl
        def before_save(self, record: Record, book: Outward) -> None:
            if isinstance(record, Contact):
                notes.append((record.note, book.contacts.get(record.id).note))

    with opened(Reader()) as book:
        book.add(Contact(name="Siv Rönn", protected=True, note="lives in Nybro"))
    assert notes == [("lives in Nybro", "")]  # the book beside it is redacted


def test_hook_before_delete() -> None:
    class Keeper:
        @hookimpl
        def before_delete(self, record: Record) -> None:
            if record.tags:
                raise Veto(f"{record.id} is tagged")

    assert "sweden" in users("before_delete")
    with opened(Keeper()) as book:
        kept, gone = book.add(Actor(name="Kvar", tags=["x"])), book.add(Actor(name="Borta"))
        book.delete(gone)
        with pytest.raises(Veto, match="is tagged"):
            book.delete(kept)
        assert book.actors.all() == [kept]
        book.undo()  # an undo brings back what the guards have let pass before
        assert book.actors.count() == 2


def test_hook_personal_data() -> None:
    asked: list[tuple[Any, ...]] = []

    class Cards:
        @hookimpl
        def personal_data(self, person: Person, book: Outward) -> Iterator[PersonalData]:
            asked.append(
                (person.id, person.names, person.mails, person.named_in("mejl till EVA.EK@nybro.example"))
            )
            assert not hasattr(book, "add")
            yield PersonalData(what="a card", where="cards.txt", data={"drinks": "coffee with Bo Björk"})
            yield PersonalData(what="a photograph")

    assert "remains" in users("personal_data")
    with opened(Cards()) as book:
        way = Way(kind="mail", value="eva.ek@nybro.example")
        eva = book.add(Contact(name="Eva Ek", ways=[way]))
        book.add(Contact(name="Bo Björk"))
        card, photograph = book.privacy.extract(eva).data()["sections"]["plugins"]
        assert asked == [(eva.id, ("Eva Ek",), ("eva.ek@nybro.example",), True)]
        assert card["data"] == {"drinks": "coffee with [another person]"}
        assert (photograph["what"], photograph["data"]) == ("a photograph", None)


def test_hook_erase_person(tmp_path: Path) -> None:
    cards = {"eva": "gillar kaffe"}

    class Cards:
        @hookimpl
        def erase_person(self, person: Person) -> None:
            cards.pop(person.id, None)

    assert "remains" in users("erase_person")
    with opened(Cards()) as book:
        book.add(Contact(id=ContactId("eva"), name="Eva Ek"))
        book.privacy.erase("eva", decision="1", dry_run=True)
        assert cards
        book.privacy.erase("eva", decision="1")
        assert not cards


def test_hook_after_commit() -> None:
    told: list[tuple[int, str, tuple[tuple[str, str], ...]]] = []

    class Listener:
        @hookimpl
        def after_commit(self, transaction: Transaction, book: Outward) -> None:
            changes = tuple(
                (change.type, (change.after or {}).get("note", "")) for change in transaction.changes
            )
            told.append((transaction.number, transaction.by, changes))
            assert book.contacts.count() == 1  # it is saved

    assert "audit" in users("after_commit")
    with opened(Listener()) as book:
        with book.transaction("dry", dry_run=True):
            book.add(Contact(name="Ida Hassel"))
        book.add(Contact(name="Eva Ek", note="seen"))
        with book.transaction("guarded", by="bo"):
            book.update(book.contacts.all()[0], protected=True)
    assert told == [(1, "anna", (("contact", "seen"),)), (2, "bo", (("contact", ""),))]  # covered


def test_hook_after_commit_writes_the_audit_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "kontaktnat.audit"), opened() as book:
        book.add(Contact(name="Eva Ek"))
    assert [one.getMessage() for one in caplog.records if one.name == "kontaktnat.audit"] == [
        "opened, plugins: none",
        "transaction 1 by anna: 1 contact",
    ]


def test_hook_book_opened() -> None:
    @attrs.frozen
    class Settings:
        greeting: str = "hej"

    class Greeter:
        name = "greeter"
        Config = Settings
        heard: tuple[str, int] = ("", -1)

        @hookimpl
        def book_opened(self, book: Outward, config: Settings) -> None:
            self.heard = config.greeting, book.actors.count()
            assert not hasattr(book, "add")

    assert {"audit", "kalmar"} <= set(users("book_opened"))
    greeter = Greeter()
    with opened(greeter, config={"plugins": {"greeter": {"greeting": "god dag"}}}):
        assert greeter.heard == ("god dag", 0)


def test_every_hook_has_its_test_and_its_first_user() -> None:
    tests = {name.removeprefix("test_hook_") for name in globals() if name.startswith("test_hook_")}
    assert set(HOOKS) <= tests, "write its test_hook_…"
    assert all(users(hook) for hook in HOOKS), "a hook lands together with its first user"


def test_an_interaction_passes_every_guard_of_every_plugin_of_ours() -> None:
    """All our own plugins at once: nothing clashes, and a day's work goes through."""
    with kontaktnat.open("memory:", by="anna", plugins=["kalmar", "sweden"]) as book:
        assert book.plugins.examine() == ()
        assert book.plugins.failed == []
        book.add_county("kalmar")
        eva = book.add(Contact(name="Eva Ek"))
        book.add(Interaction(kind="phone", when="2026-11-12T13:00", participants=[eva.id]))
        assert list(book.check()) == []
