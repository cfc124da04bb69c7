"""Nothing that is known of anybody stands in a crash: not with --debug, not in what tools make of locals."""

from __future__ import annotations

import importlib
import logging
import pkgutil
import sys
import traceback
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

import kontaktnat
from kontaktnat import Actor, Book, Contact, FollowUp, Interaction, Role, hookimpl
from kontaktnat.cli.traces import trace
from kontaktnat.descriptors import Candidate, Change, Column, Finding, Table, Transaction, View
from kontaktnat.errors import Invalid, PluginError, Usage
from kontaktnat.model import RECORDS, Pending, Topic, Way
from kontaktnat.persons import Person, PersonalData
from kontaktnat.plain import Plain
from kontaktnat.query import F

SIGN = "Kanariefågel"
MAIL = "kanarie@nybro.example"


def canaries() -> Iterator[Any]:
    """A record of each kind with the sign in whatever takes a text."""
    way = Way(kind="mail", value=MAIL, label=SIGN)
    more: dict[str, Any] = {"tags": [SIGN], "extra": {"a.b": SIGN}, "categories": [SIGN]}
    yield Contact(name=SIGN, ways=[way], note=SIGN, **more)
    yield Actor(name=SIGN, ways=[way], aliases=[SIGN], **more)
    yield Role(title=SIGN, ways=[way], **more)
    yield Interaction(kind="visit", subject=SIGN, summary=SIGN, agenda=[SIGN], **more)
    yield Topic(title=SIGN, text=SIGN, **more)
    yield FollowUp(text=SIGN, owner=SIGN, **more)
    yield Pending(text=SIGN, raw={"x": SIGN}, **more)
    doc = {"id": "a", "name": SIGN}
    change = Change(type="contact", id="a", before=doc, after=doc)
    yield change
    yield Transaction(at=None, by=SIGN, label=SIGN, changes=(change,))  # type: ignore[arg-type]
    yield Table(name="t", title=SIGN, columns=(Column(key="a", title="A"),), rows=(doc,), notes=(SIGN,))
    yield Candidate(row=1, doc=doc, fields=doc, raw=SIGN, problem=SIGN)
    yield Finding(message=SIGN, remedy=SIGN)
    yield F("name").is_(SIGN) | ~F("note").contains(SIGN)
    yield Person(id="a", names=(SIGN,), mails=(MAIL,), phones=(), records=frozenset(), place="b.kn",
                 named_in=bool)  # fmt: skip
    yield PersonalData(what="x", data=SIGN)


@pytest.mark.parametrize("value", [*canaries()], ids=lambda value: type(value).__name__)
def test_a_repr_tells_of_nobody(value: Any) -> None:
    assert SIGN not in f"{value!r}{[value]!r}"
    assert MAIL not in repr(value)
    assert type(value).__name__ in repr(value)


def test_what_the_repr_of_a_record_shows(book: Book) -> None:
    eva = book.add(Contact(name="Eva Ek", ways=[Way(kind="mail", value=MAIL)]))
    assert repr(eva) == f"Contact(id='{eva.id}', rev=1)"
    assert repr(eva.ways) == "(Way(kind='mail'),)"
    assert all(cls._shown == ("id", "rev") for cls in RECORDS.values())


HARMLESS = {"id", "rev", "type", "kind", "status", "part", "key", "name", "number", "at", "undoes", "final",
            "row", "path", "operator", "rule", "span", "grave", "start", "end", "articles", "person",
            "anonymised", "accept", "county", "version"}  # fmt: skip
"""Fields that a repr may show: ids, words, places in a text, days. `name`: of a table, plugin or paper."""

OF_NOBODY = {
    "AllOf": "conditions", "AnyOf": "conditions", "Not": "a condition", "F": "the name of a field",
    "Call": "a plugin's function", "Failed": "a plugin", "Loaded": "a plugin", "Catalogue": "a folder",
    "Category": "a code of a list",
    "Check": "a piece of a plugin", "Command": "a piece of a plugin", "Exporter": "a piece of a plugin",
    "Importer": "a piece of a plugin", "StoreScheme": "a piece of a plugin", "View": "a piece of a plugin",
    "Meaning": "what a column means", "Fact": "what is followed of a kind of commitment",
    "Field": "a field of a plugin's", "Column": "of any table", "StoreOptions": "how a file is opened",
    "Vocabulary": "words of a language", "Word": "a word of a language", "PartialDate": "a day",
    "Mailer": "a piece of a plugin", "MessageSource": "a piece of a plugin",
    "Claims": "names and pieces of plugins", "Twice": "a plugin's name", "Kept": "a plugin",
    "Cost": "two numbers", "Examined": "what was tried of a plugin, on a sample",
    "Lists": "names that thousands have", "Practice": "settings, numbers of days",
}  # fmt: skip
"""Classes whose repr shows all that they hold, and what that is."""


def classes() -> list[type]:
    for module in pkgutil.walk_packages(kontaktnat.__path__, "kontaktnat."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found = {
        one
        for name, module in [*sys.modules.items()]
        if name.partition(".")[0] == "kontaktnat"
        for one in vars(module).values()
        if isinstance(one, type) and attrs.has(one) and one.__module__ == name
    }
    return sorted(found, key=lambda one: (one.__module__, one.__qualname__))


def test_no_class_shows_what_it_holds_of_people() -> None:
    every = classes()
    assert len(every) > 80
    told = set()
    for cls in every:
        if cls.__repr__ is object.__repr__:  # its type alone
            continue
        shown = getattr(cls, "_shown", None)
        if issubclass(cls, Plain) and shown is not None:
            assert cls.__repr__ is Plain.__repr__, cls
            assert set(shown) <= HARMLESS, cls
        else:
            told.add(cls.__name__)
    assert told == set(OF_NOBODY)


def test_an_extract_a_disclosure_and_all_in_them_show_no_value(book: Book) -> None:
    eva = book.add(Contact(name=SIGN, note=SIGN, ways=[Way(kind="mail", value=MAIL)]))
    extract = book.privacy.extract(eva.id)
    disclosure = book.privacy.disclose(SIGN)
    whole: list[Any] = [extract, *extract.sections, disclosure, *disclosure.pages]
    whole += [entry for part in extract.sections for entry in part.entries]
    whole += [fact for one in (*disclosure.pages, *whole[-1:]) for fact in one.facts]
    assert disclosure.pages
    assert extract.sections
    for one in whole:
        assert SIGN not in repr(one), type(one)
        assert MAIL not in repr(one), type(one)
        assert type(one).__name__ in repr(one)


def test_errors_name_what_was_typed_and_no_record(book: Book) -> None:
    doc = {"name": SIGN, "note": MAIL}
    wrong: tuple[Callable[[], Any], ...] = (
        lambda: book.add(doc),  # type: ignore[type-var]
        lambda: book.update([doc]),  # type: ignore[call-overload]
        lambda: book.find(doc),  # type: ignore[arg-type]
        lambda: book.contacts.where(name=doc),  # type: ignore[arg-type]
        lambda: book.contacts.where(doc),  # type: ignore[arg-type]
        lambda: book.add(Contact(name="Eva", extra={"a.b": {SIGN}})),
    )
    for act in wrong:
        with pytest.raises((Usage, Invalid)) as caught:
            act()
        assert SIGN not in f"{caught.value}{caught.value!r}"
    with pytest.raises(Usage, match="'nej'"):
        book.undo("nej")  # type: ignore[arg-type]


# A bug somewhere, with records at hand


def fail(*given: Any, **more: Any) -> Any:
    record = next(canaries())
    try:
        raise KeyError(f"{SIGN} {MAIL}")
    except KeyError as error:
        raise RuntimeError(f"{record.name} failed") from error


BROKEN = SimpleNamespace(
    name="broken",
    register_views=hookimpl(lambda: [View(name="bad", title="Bad", run=fail)]),
)


@pytest.fixture
def day(kalmar: Callable[..., Any]) -> Callable[..., Any]:
    assert kalmar("add", "contact", SIGN, "--email", MAIL, "--role", "samordnare@nybro").code == 0
    return kalmar


PLACES = {
    "a view": ("kontaktnat.views.cadence.cadence", ("view", "cadence")),
    "a page": ("kontaktnat.views.page.page", ("show", SIGN)),
    "the store's reading": ("kontaktnat.store.tiny.TinyStore.find", ("list", "contacts")),
    "the store's writing": ("kontaktnat.store.tiny.TinyStore.commit", ("log", "visit", SIGN, "Hej")),
    "the renderer": ("kontaktnat.cli.render._shown", ("list", "contacts")),
}


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("debug", [False, True])
def test_a_bug_tells_of_nobody(
    day: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, where: str, debug: bool
) -> None:
    target, words = PLACES[where]
    monkeypatch.setattr(target, fail)
    ran = day(*(["--debug"] if debug else []), *words)
    assert ran.code == 1
    assert SIGN not in ran.out + ran.err
    assert MAIL not in ran.out + ran.err
    assert ("KeyError\nthen:\nTraceback" in ran.err) == debug
    assert ran.err.splitlines()[-1].startswith("kontaktnat: a bug (RuntimeError in ")


def test_a_plugins_bug_tells_of_nobody() -> None:
    with kontaktnat.open("memory:", mode="create", by="anna", plugins=[BROKEN]) as book:
        book.add(next(canaries()))
        with pytest.raises(PluginError) as caught:
            book.view("bad")
    told = "\n".join(trace(caught.value))
    assert "RuntimeError" in told
    assert "PluginError" in told
    assert SIGN not in f"{told}{caught.value}"


def test_groups_and_circles_are_traced() -> None:
    one, two = ValueError(SIGN), TypeError(SIGN)
    one.__cause__, two.__cause__ = two, one
    told = "\n".join(trace(ExceptionGroup(SIGN, [one, two])))
    assert SIGN not in told
    assert told.count("ValueError") == told.count("TypeError") == 1
    quiet = RuntimeError()
    quiet.__context__, quiet.__suppress_context__ = one, True
    assert list(trace(quiet)) == ["Traceback (most recent call last):", "RuntimeError"]


def test_locals_that_a_tool_captures_show_ids_alone(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    eva = book.add(next(canaries()))
    book.add(Role(contact=eva.id, actor=book.add(Actor(name=SIGN)).id, function="case_officer"))
    book.add(Interaction(kind="visit", when="2026-03", participants=[eva.id], summary=SIGN))

    def stop(*_: Any, **__: Any) -> Any:
        raise RuntimeError

    acts: dict[str, Callable[[], Any]] = {
        "kontaktnat.views.contacted._day": lambda: book.view("silence"),
        "kontaktnat.views.statistics._rows": lambda: book.view("statistics"),
        "kontaktnat.store.memory.MemoryStore.commit": lambda: book.update(eva, protected=True),
        "kontaktnat.judge.judge_change": lambda: book.update(eva, draft=True),
    }
    for target, act in acts.items():
        with monkeypatch.context() as patched:
            patched.setattr(target, stop)
            with pytest.raises(RuntimeError) as caught:
                act()
        whole = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        told = "".join(whole.format())
        assert "book = <kontaktnat." in told
        assert SIGN not in told, target
        assert MAIL not in told, target


def test_logs_repeat_no_error_of_others(book: Book, caplog: pytest.LogCaptureFixture) -> None:
    book.on_commit(fail)
    with caplog.at_level(logging.DEBUG, "kontaktnat"):
        book.add(Contact(name="Eva Ek"))
    assert "a listener failed after transaction 1: RuntimeError in " in caplog.text
    assert SIGN not in caplog.text
    assert not any(one.exc_info for one in caplog.records)


def test_completion_leaves_nothing_on_the_disk(
    day: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    from kontaktnat.cli import completion

    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    monkeypatch.setenv("COMP_LINE", f"kontaktnat -b b.kn show {SIGN[:4]}")
    monkeypatch.setenv("_KONTAKTNAT_COMPLETE", "fish_complete")
    assert SIGN in day(book=None).out
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before
    assert completion
