"""Plugins: which are loaded, what is left out and how it is said, conflicts, guards, notices, settings."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pluggy
import pytest

import kontaktnat
from kontaktnat import (
    Actor,
    Contact,
    Invalid,
    NotFound,
    Pending,
    PluginConflict,
    PluginError,
    Usage,
    Veto,
    hookimpl,
    hookspecs,
)
from kontaktnat.cli.main import COMMANDS as BUILT_IN_COMMANDS
from kontaktnat.errors import Refused, StoreDamaged
from kontaktnat.extend import (
    Check,
    Command,
    CountyPack,
    Exporter,
    Field,
    Importer,
    StoreScheme,
    Table,
    Transaction,
    View,
    Vocabulary,
    Word,
)
from kontaktnat.hookspecs import COMMANDS
from kontaktnat.plugins import BUILTIN, HOOKS, PROVIDES, Plugins
from kontaktnat.plugins.loading import copies
from kontaktnat.testing.sample import county

Install = Callable[..., str]


@pytest.fixture(autouse=True)
def _nothing_said_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KONTAKTNAT_PLUGINS", raising=False)
    monkeypatch.delenv("KONTAKTNAT_STRICT", raising=False)
    monkeypatch.setattr("kontaktnat.plugins._warned", set())


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a distribution with one plugin on the path, as pip would; returns its module's name."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    before = set(sys.modules)

    def put(name: str, code: str, *, dist: str = "", version: str = "1.0", metadata: bool = True) -> str:
        dist = dist or f"kontaktnat-{name}"
        module = f"{dist.replace('-', '_')}_{name}"
        (tmp_path / f"{module}.py").write_text(code, encoding="utf-8")
        info = tmp_path / f"{dist.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        if metadata:
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {dist}\nVersion: {version}\n")
        (info / "entry_points.txt").write_text(f"[kontaktnat]\n{name} = {module}\n", encoding="utf-8")
        return module

    yield put
    for name in set(sys.modules) - before:
        if "kontaktnat_" in name:
            del sys.modules[name]


def plugin(name: str, *, config: type | None = None, **hooks: Callable[..., Any]) -> ModuleType:
    """A module as a plugin would be."""
    module = ModuleType(name)
    for hook, function in hooks.items():
        setattr(module, hook, hookimpl(function))
    if config is not None:
        module.Config = config
    return module


def view(name: str) -> View:
    return View(name=name, title=name, run=lambda book, **_: Table(name=name, title=name, columns=()))


def views(*names: str) -> Callable[[], list[View]]:
    return lambda: [view(name) for name in names]


def own(plugins: Plugins) -> list[str]:
    """The plugins in use that are not built in."""
    return [one.name for one in plugins.loaded if not one.builtin]


def warnings_of(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


NOTHING = Transaction(at=datetime(2026, 11, 12, tzinfo=UTC), by="anna")
GOOD = "from kontaktnat import hookimpl\n@hookimpl\ndef register_views(): return []\n"


# Which are loaded


def test_the_built_in_ones_always_load(monkeypatch: pytest.MonkeyPatch) -> None:
    assert tuple(one.name for one in Plugins([]).loaded) == BUILTIN
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "")
    assert tuple(one.name for one in Plugins().loaded) == BUILTIN
    assert all(one.builtin and one.hooks for one in Plugins().loaded)


def test_what_is_installed_is_loaded_by_name(install: Install) -> None:
    install("zeta", GOOD)
    install("alpha", GOOD)
    names = own(Plugins())
    assert {"alpha", "zeta", "kalmar", "sweden"} <= set(names)
    assert names == sorted(names)


def test_the_environment_names_those_that_are_loaded(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("zeta", GOOD)
    module = install("alpha", GOOD)
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "zeta, sweden")
    assert own(Plugins()) == ["sweden", "zeta"]
    assert module not in sys.modules
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "zeta,missing")
    with pytest.raises(PluginError, match=r"no plugin missing is installed; there are: alpha, .*zeta"):
        Plugins()


def test_plugins_are_named_or_given(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "sweden")
    install("zeta", GOOD)

    class Mine:
        @hookimpl
        def register_views(self) -> list[View]:
            return [view("mine")]

    class Named(Mine):
        name = "ours"

        @hookimpl
        def register_views(self) -> list[View]:
            return [view("ours")]

    found = Plugins(["zeta", plugin("module_of_mine", register_views=views("module")), Mine(), Named()])
    assert own(found) == ["Mine", "module_of_mine", "ours", "zeta"]
    assert {"mine", "ours", "module"} <= set(found.collect("register_views"))
    with pytest.raises(Usage, match="a list of them, not the text 'zeta'"):
        Plugins("zeta")
    with pytest.raises(PluginError, match="no plugin missing is installed"):
        Plugins(["missing"])


def test_the_same_plugin_twice_is_once(caplog: pytest.LogCaptureFixture) -> None:
    mine = plugin("mine", register_views=views("mine"))
    assert own(Plugins([mine, mine, "sweden", "sweden"])) == ["mine", "sweden"]
    assert warnings_of(caplog) == []


def test_two_books_have_their_own_plugins_and_settings() -> None:
    heard: list[str] = []

    @attrs.frozen
    class Config:
        word: str = "nothing"

    mine = plugin("mine", config=Config, book_opened=lambda book, config: heard.append(config.word))
    with (
        kontaktnat.open("memory:", plugins=[mine], config={"plugins": {"mine": {"word": "one"}}}) as first,
        kontaktnat.open("memory:", plugins=[mine, plugin("other", register_views=views("other"))]) as second,
    ):
        assert heard == ["one", "nothing"]
        assert "other" not in first.plugins.collect("register_views")
        assert "other" in second.plugins.collect("register_views")
        assert first.plugins.settings("mine") == Config("one")


def test_importing_kontaktnat_imports_no_plugin() -> None:
    code = "import sys, kontaktnat; print([n for n in sys.modules if 'kontaktnat_' in n or 'builtin.' in n])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# What is left out


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import no_such_module", "it cannot be imported: ModuleNotFoundError: No module named"),
        ("def f(:", "it cannot be imported: SyntaxError: "),
        ("raise ValueError('first line\\nsecond line')", "it cannot be imported: ValueError: first line"),
        ("raise SystemExit(3)", "it cannot be imported: SystemExit: 3"),
        ("class E(Exception):\n  def __str__(self): raise self\nraise E", "it cannot be imported: E"),
        ("from kontaktnat import hookimpl\n@hookimpl\ndef register_wiews(): ...",
         "there is no hook register_wiews (nearest: register_views)"),
        ("", "it has no hooks; mark its functions with @kontaktnat.hookimpl, or, for a county"),
        ("def register_views(): ...", "register_views lacks @hookimpl"),
        (f"{GOOD}Config = dict", "its Config is no attrs class"),
        (f"{GOOD}def __dir__(): raise RuntimeError('no')", "RuntimeError: no"),
    ],
)  # fmt: skip
def test_a_plugin_that_cannot_be_used_is_left_out(
    install: Install, caplog: pytest.LogCaptureFixture, code: str, reason: str
) -> None:
    install("broken", code, version="1.2.3")
    found = Plugins(["broken", "sweden"])
    assert own(found) == ["sweden"]
    (failed,) = found.failed
    assert (failed.name, failed.distribution, failed.version) == ("broken", "kontaktnat-broken", "1.2.3")
    (warning,) = warnings_of(caplog)
    assert warning.startswith(f"plugin broken (kontaktnat-broken 1.2.3) is left out: {reason}")
    assert "\n" not in warning


def test_a_module_that_is_not_there_is_left_out(install: Install, tmp_path: Path) -> None:
    module = install("broken", "")
    (tmp_path / f"{module}.py").unlink()
    assert "No module named" in Plugins(["broken"]).failed[0].reason


def test_broken_metadata_is_survived(install: Install) -> None:
    module = install("broken", "raise ValueError", metadata=False)
    (failed,) = Plugins(["broken"]).failed
    assert (failed.distribution, failed.version) == (module, "")
    assert str(failed) == f"plugin broken ({module}) is left out: it cannot be imported: ValueError"


def wrapper() -> Any:
    @hookimpl(wrapper=True)
    def before_save(record: Any) -> Iterator[None]:
        yield

    return before_save


def old_wrapper() -> Any:
    @hookimpl(hookwrapper=True)
    def before_save(record: Any) -> Iterator[None]:
        yield

    return before_save


def first() -> Any:
    @hookimpl(tryfirst=True)
    def before_save(record: Any) -> None: ...

    return before_save


def wrong_argument() -> Any:
    @hookimpl
    def before_save(record: Any, befor: Any = None) -> None: ...

    return before_save


def all_arguments() -> Any:
    @hookimpl
    def before_save(**everything: Any) -> None: ...

    return before_save


def by_place() -> Any:
    @hookimpl
    def before_save(record: Any, /) -> None: ...

    return before_save


def asynchronous() -> Any:
    @hookimpl
    async def before_save(record: Any) -> None: ...

    return before_save


def generator() -> Any:
    @hookimpl
    def before_save(record: Any) -> Iterator[None]:
        yield

    return before_save


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (wrapper, "before_save is marked wrapper, which kontaktnat does not take"),
        (old_wrapper, "before_save is marked hookwrapper, which kontaktnat does not take"),
        (first, "before_save is marked tryfirst, which kontaktnat does not take"),
        (wrong_argument, "before_save wants befor: 'Any' = None; it is given record, before, book, by name"),
        (all_arguments, "before_save wants **everything: 'Any'; it is given record, before, book, by name"),
        (by_place, "before_save wants record: 'Any'; it is given record, before, book, by name"),
        (asynchronous, "before_save is async, and would never run"),
        (generator, "before_save has a yield, and would never run"),
    ],
)
def test_a_hook_that_would_not_do_what_it_seems_to_leaves_its_plugin_out(
    make: Callable[[], Any], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    module = ModuleType("wrong")
    module.before_save = make()
    found = Plugins([module])
    assert own(found) == []
    assert warnings_of(caplog) == [f"plugin wrong (given) is left out: {reason}"]


def test_the_marks_pluggy_gives_that_are_taken() -> None:
    heard = []

    class Marked:
        @hookimpl(specname="after_commit")
        def told(self, transaction: Transaction) -> None:
            heard.append(transaction.number)

        @hookimpl(optionalhook=True)
        def a_hook_of_the_future(self) -> None: ...

    class Twice(Marked):
        @hookimpl
        def after_commit(self) -> None: ...

    with kontaktnat.open("memory:", by="anna", plugins=[Marked()]) as book:
        assert book.plugins.failed == []
        book.add(Actor(name="Exempelby kommun"))
    assert heard == [1]
    assert Plugins([Twice()]).failed[0].reason == "it has after_commit twice"


def test_a_module_under_a_second_name_is_left_out(install: Install) -> None:
    module = install("one", GOOD)
    found = Plugins(["one"])
    found = Plugins(["one", sys.modules[module]])
    assert own(found) == [module]  # by name: what is given sorts before
    assert found.failed[0].reason == f"it is plugin {module} once more"


def test_the_users_interrupt_is_not_a_plugins_failure(install: Install) -> None:
    install("slow", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        Plugins(["slow"])

    def interrupted() -> list[View]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Plugins([plugin("slow", register_views=interrupted)]).collect("register_views")


def test_a_warning_is_given_once(install: Install, caplog: pytest.LogCaptureFixture) -> None:
    def failing() -> list[Any]:
        raise ValueError("no")

    install("broken", "raise ValueError")
    bad = plugin("bad", register_views=failing, register_checks=failing)
    for _ in range(3):
        found = Plugins(["broken", bad])
        for _ in range(3):
            assert "today" in found.collect("register_views")
            assert "links" in found.collect("register_checks")
    assert [line.split(" (")[0] for line in warnings_of(caplog)] == ["plugin broken", "plugin bad"]
    assert [(one.name, one.hook) for one in found.failed] == [
        ("broken", ""),
        ("bad", "register_views"),
        ("bad", "register_checks"),
    ]


def test_a_required_plugin_that_fails_is_fatal(install: Install) -> None:
    install("broken", "import no_such_module", version="2.0")
    with pytest.raises(PluginError, match=r"required plugin broken \(kontaktnat-broken 2.0\)") as caught:
        Plugins(["broken"], {"required": ["broken"]})
    assert caught.value.exit_code == 9
    assert caught.value.fields["plugin"] == "broken"
    assert isinstance(caught.value.__cause__, ModuleNotFoundError)

    def failing() -> list[View]:
        raise ValueError("no")

    found = Plugins([plugin("bad", register_views=failing)], {"required": ["bad"]})
    for _ in range(2):
        with pytest.raises(PluginError, match=r"required plugin bad .*register_views failed: ValueError: no"):
            found.collect("register_views")


@pytest.mark.parametrize("chosen", [None, [], ["sweden"]])
def test_a_required_plugin_that_is_not_there_is_fatal(chosen: list[str] | None) -> None:
    with pytest.raises(PluginError, match="required plugin missing is not in use: it is not installed"):
        Plugins(chosen, {"required": ["missing"]})


def test_a_required_plugin_that_is_not_chosen_is_fatal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "")
    with pytest.raises(PluginError, match="required plugin kalmar is not in use"):
        kontaktnat.open("memory:", config={"required": ["kalmar"]})


def test_strict_raises_everything(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(**_: Any) -> list[Any]:
        raise ZeroDivisionError

    install("broken", "import no_such_module")
    monkeypatch.setenv("KONTAKTNAT_STRICT", "1")
    with pytest.raises(ModuleNotFoundError):
        Plugins(["broken"])
    with pytest.raises(PluginError, match="no hooks"):
        Plugins([ModuleType("empty")])
    with pytest.raises(ZeroDivisionError):
        Plugins([plugin("bad", register_views=lambda: 1 / 0)]).collect("register_views")
    with pytest.raises(ZeroDivisionError):
        Plugins([plugin("bad", before_save=lambda: 1 / 0)]).guard(
            "before_save", record=None, before=None, book=None
        )
    with pytest.raises(ZeroDivisionError):
        Plugins([plugin("bad", after_commit=lambda: 1 / 0)]).notify("after_commit", transaction=NOTHING)
    monkeypatch.setenv("KONTAKTNAT_STRICT", "0")
    assert own(Plugins(["broken"])) == []


# What providers give


def test_every_provider_gives_one_type() -> None:
    assert set(PROVIDES) == {name for name in HOOKS if name.startswith("register_")}
    assert PROVIDES["register_views"] is View
    assert all(attrs.has(kind) for kind in PROVIDES.values())


def nothing() -> list[Any]:
    return []


def raising() -> list[Any]:
    raise ValueError("no data\nmore of it")


def leaving() -> list[Any]:
    raise SystemExit


@pytest.mark.parametrize(
    ("provide", "reason"),
    [
        (raising, "ValueError: no data"),
        (leaving, "SystemExit"),
        (lambda: None, "TypeError: it gave NoneType, not a list of View"),
        (lambda: view("mine"), "TypeError: it gave View, not a list of View"),
        (lambda: "view", "TypeError: it gave str, not View"),
        (lambda: [object()], "TypeError: it gave object, not View"),
        (lambda: [view("mine"), Check(name="a", title="A", run=lambda *_: [])],
         "TypeError: it gave Check, not View"),
        (lambda: [view("mine"), view("mine")], "ValueError: it gave mine twice"),
        (lambda: [attrs.evolve(view("mine"), name=None)], "TypeError: it gave View without a name"),
        (lambda: [attrs.evolve(view("mine"), name="")], "Invalid: name: may not be empty"),
        (lambda: [attrs.evolve(view("mine"), run="module:run")], "Invalid: run: a function is needed"),
        (lambda: (view("mine") if n else 1 / 0 for n in (1, 0)), "ZeroDivisionError: division by zero"),
    ],
)  # fmt: skip
def test_a_provider_that_gives_something_else_is_passed_over(
    provide: Callable[[], Any], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    bad = plugin("bad", register_views=provide, register_checks=nothing)
    found = Plugins([bad, plugin("good", register_views=views("good"))])
    there = found.collect("register_views")
    assert "good" in there
    assert "mine" not in there
    assert warnings_of(caplog) == [f"plugin bad (given): register_views failed: {reason}"]
    assert own(found) == ["bad", "good"]
    assert [(one.name, one.hook) for one in found.failed] == [("bad", "register_views")]


@pytest.mark.parametrize(
    ("hook", "make", "reason"),
    [
        ("register_exporters", lambda: Exporter(name="x", suffixes=".x", write=print), "'.x': give a list"),
        ("register_exporters", lambda: Exporter(name="x", suffixes=(".x",), write="x"), "write: a function"),
        ("register_importers",
         lambda: Importer(name="x", suffixes=(".x",), sniff=bool, read=iter, describe="x"), "describe"),
        ("register_fields", lambda: Field(name="certainty", records=("actor",), type=str, title="C"),
         "write plugin.field"),
        ("register_fields", lambda: Field(name="x.c", records="actor", type=str, title="C"),
         "'actor': give a list"),
        ("register_fields", lambda: Field(name="x.c", records=("actor",), type=list, title="C"),
         "type: is str"),
        ("register_commands", lambda: Command(name="x", summary="", target="module.attr"), "target: write"),
        ("register_stores", lambda: StoreScheme(scheme="", open=print), "scheme: may not be empty"),
        ("register_vocabularies",
         lambda: Vocabulary(name="function", words=[Word(id="a", sv="", en="a")]), "sv: may not be empty"),
        ("register_vocabularies", lambda: Vocabulary(name="function", words=["a"]), "AttributeError"),
        ("register_vocabularies",
         lambda: Vocabulary(name="function", words=(Word(id="a", sv="a", en="a"),) * 2), "function a twice"),
    ],
)  # fmt: skip
def test_a_slip_in_a_descriptor_is_named(hook: str, make: Callable[[], Any], reason: str) -> None:
    found = Plugins([plugin("bad", **{hook: lambda: [make()]})])
    list(found.pieces(hook))
    (failed,) = found.failed
    assert reason in failed.reason


def test_lists_are_taken_for_tuples() -> None:
    made = Exporter(name="x", suffixes=[".x"], write=lambda *_: None)
    assert made.suffixes == (".x",)


def test_a_provider_is_asked_once_and_when_needed() -> None:
    asked = []

    def register_views() -> list[View]:
        asked.append(1)
        return []

    found = Plugins([plugin("mine", register_views=register_views)])
    assert asked == []
    found.collect("register_views")
    list(found.pieces("register_views"))
    found.examine()
    assert asked == [1]


def test_find_names_those_there_are() -> None:
    found = Plugins([])
    assert found.find("register_views", "today", "view").name == "today"
    with pytest.raises(NotFound, match=r"there is no view todday; there are: .*today"):
        found.find("register_views", "todday", "view")


def test_what_a_plugin_handed_over_fails_with_its_name() -> None:
    found = Plugins([plugin("mine", register_views=views("mine"))], strict=False)

    def run(name: str, error: BaseException) -> None:
        with found.running("register_views", name):
            raise error

    with pytest.raises(
        PluginError, match=rf"^plugin mine failed in mine: ValueError in {__name__}:\d+$"
    ) as caught:
        run("mine", ValueError("070-174 06 05"))
    assert isinstance(caught.value.__cause__, ValueError)
    with pytest.raises(Usage, match="on purpose"):
        run("mine", Usage("on purpose"))
    with pytest.raises(ValueError, match="a bug"):
        run("today", ValueError("a bug"))
    with pytest.raises(KeyboardInterrupt):
        run("mine", KeyboardInterrupt())


# Names claimed twice


@pytest.mark.parametrize(
    ("hook", "make", "name"),
    [
        ("register_views", lambda: view("coverage"), "coverage"),
        ("register_views", lambda: view("today"), "today"),
        ("register_exporters", lambda: Exporter(name="pdf", suffixes=(), write=lambda *_: None), "pdf"),
        ("register_stores", lambda: StoreScheme(scheme="pg", open=lambda *_: None), "pg"),
        ("register_commands", lambda: Command(name="mail", summary="", target="a:b"), "mail"),
    ],
)
def test_a_name_claimed_twice_is_a_conflict(
    hook: str, make: Callable[[], Any], name: str, caplog: pytest.LogCaptureFixture
) -> None:
    found = Plugins([plugin(who, **{hook: lambda: [make()]}) for who in ("aa", "bb")])
    others = set(Plugins([]).collect(hook)) - {name}
    assert set(found.collect(hook)) - {name} == others, "all other names are in use"
    claims = [(one.fields["first"], one.fields["plugin"]) for one in found.examine()]
    built_in = name in ("today", "coverage")
    if built_in:
        assert claims == [("views", "aa"), ("views", "bb")]
        assert found.collect(hook)[name] == Plugins([]).collect(hook)[name]
    else:
        assert claims == [("aa", "bb")]
    told = [str(one) for one in found.examine()]
    assert warnings_of(caplog) == told, "each once"
    remedy = "is left out" if built_in else "remove one"
    assert all(re.search(f"both provide {name} .*{remedy}", one) for one in told)
    if not built_in:
        with pytest.raises(PluginConflict, match=f"aa and bb both provide {name}") as caught:
            found.find(hook, name, "thing")
        assert caught.value.exit_code == 9
    with pytest.raises(PluginConflict):
        Plugins([plugin(who, **{hook: lambda: [make()]}) for who in ("aa", "bb")], strict=True).collect(hook)


def test_of_two_checks_of_one_name_the_first_runs() -> None:
    """Without it something could be saved that it would have refused."""

    def checks(run: Any) -> Callable[[], list[Check]]:
        return lambda: [Check(name="mine", title="", run=run)]

    def first(record: Any, book: Any) -> list[Any]:
        return []

    found = Plugins(
        [plugin("aa", register_checks=checks(first)), plugin("bb", register_checks=checks(print))]
    )
    assert found.collect("register_checks")["mine"].run is first


def test_a_clash_of_counties_and_of_stores_is_said_where_one_is_asked_for() -> None:
    def packs() -> list[CountyPack]:
        return [CountyPack(name="moon", county="99", title="Moon", version=1, records=list)]

    def stores() -> list[StoreScheme]:
        return [StoreScheme(scheme="pg", open=lambda url, options: None)]  # type: ignore[arg-type, return-value]

    mine = [plugin(who, register_county_packs=packs, register_stores=stores) for who in ("aa", "bb")]
    with (
        kontaktnat.open("memory:", by="anna", plugins=mine) as book,
        pytest.raises(PluginConflict, match="aa and bb both provide moon"),
    ):
        book.add_county("moon")
    with pytest.raises(PluginConflict, match="aa and bb both provide pg"):
        kontaktnat.open("pg://x", plugins=mine)


def test_the_same_word_twice_is_a_conflict(caplog: pytest.LogCaptureFixture) -> None:
    def words() -> list[Vocabulary]:
        return [Vocabulary(name="function", words=(Word(id="bagare", sv="bagare", en="baker"),))]

    mine = [plugin(who, register_vocabularies=words) for who in ("aa", "bb")]
    with kontaktnat.open("memory:", plugins=mine) as book:
        assert book.words.lookup("function", "baker") == "bagare", "it stays in use, as the first has it"
    (told,) = warnings_of(caplog)
    assert "aa and bb both bring the word bagare" in told
    assert ["bagare" in str(one) for one in Plugins(mine).examine()] == [True]
    assert Plugins(mine[:1]).examine() == ()


@pytest.mark.parametrize("name", ["list", "undo", "merge"])
def test_a_plugin_cannot_take_a_built_in_commands_name(name: str, caplog: pytest.LogCaptureFixture) -> None:
    taking = plugin("mine", register_commands=lambda: [Command(name=name, summary="", target="a:b")])
    found = Plugins([taking])
    assert name not in found.collect("register_commands")
    (told,) = warnings_of(caplog)
    assert told.startswith(f"kontaktnat and mine both provide {name}")


def test_every_built_in_command_is_reserved() -> None:
    assert set(BUILT_IN_COMMANDS) <= COMMANDS, "add it to kontaktnat.hookspecs.COMMANDS"


def test_two_distributions_with_one_plugins_name_are_a_conflict(
    install: Install, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    install("mail", GOOD, dist="aa-mail", version="1.0")
    install("mail", GOOD, dist="bb-post", version="2.0")
    with pytest.raises(PluginConflict, match=r"aa-mail 1\.0 and bb-post 2\.0 both bring .* named mail"):
        Plugins(["mail"])
    found = Plugins()
    assert "sweden" in own(found)
    (told,) = warnings_of(caplog)
    assert told.startswith(
        "plugin mail (aa-mail 1.0) is left out: bb-post 2.0 brings a plugin of that name too;"
    )
    with pytest.raises(PluginError, match="required plugin mail"):
        Plugins(config={"required": ["mail"]})
    monkeypatch.setenv("KONTAKTNAT_PLUGINS", "sweden")
    assert own(Plugins()) == ["sweden"]


def test_a_built_in_plugins_name_cannot_be_taken(install: Install, caplog: pytest.LogCaptureFixture) -> None:
    install("views", GOOD, dist="my-views")
    assert "views" not in own(Plugins())
    (told,) = warnings_of(caplog)
    assert told == "plugin views (my-views 1.0) is left out: kontaktnat has a plugin of that name"
    with pytest.raises(PluginConflict, match="kontaktnat and my-views both bring a plugin named views"):
        Plugins(["views"])


def test_two_given_plugins_of_one_name_are_a_conflict() -> None:
    with pytest.raises(PluginConflict, match="both bring a plugin named mine"):
        Plugins([plugin("mine", register_views=views("a")), plugin("mine", register_views=views("b"))])


def test_a_hook_that_is_to_go_is_told_where_the_plugin_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As docs/reference/stability.md says: pluggy's own warning, at the plugin's function."""
    going = DeprecationWarning("after_commit goes in 2.0; use book_opened")
    spec = {**hookspecs.after_commit.kontaktnat_spec, "warn_on_impl": going}
    monkeypatch.setattr(hookspecs.after_commit, "kontaktnat_spec", spec)
    with pytest.warns(DeprecationWarning, match="after_commit goes in") as told:
        found = Plugins([plugin("mine", after_commit=lambda transaction: None)])
    assert own(found) == ["mine"]
    assert __file__ in {one.filename for one in told}


@pytest.mark.parametrize("alone", [True, False])
def test_what_an_import_changes_is_put_back_where_it_was_surely_its_own(
    install: Install, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, alone: bool
) -> None:
    """In a program with other threads it may have been theirs, and stays."""
    monkeypatch.setenv("SET_BY_MINE", "before")
    install("mine", f"import os\nos.environ['SET_BY_MINE'] = 'after'\n{GOOD}")
    ready = threading.Event()
    threads = [] if alone else [threading.Thread(target=ready.wait)]
    for one in threads:
        one.start()
    monkeypatch.setattr(threading, "active_count", lambda: 1 + len(threads))
    try:
        Plugins(["mine"])
    finally:
        ready.set()
    for one in threads:
        one.join()
    assert os.environ["SET_BY_MINE"] == ("before" if alone else "after")
    told = ["plugin mine changed environment variables when it was imported; it was put back"]
    assert warnings_of(caplog) == (told if alone else [])


# Guards


def test_a_veto_refuses_the_write_as_it_is() -> None:
    def before_save(record: Any) -> None:
        raise Veto("not on a Friday")

    with kontaktnat.open("memory:", by="anna", plugins=[plugin("mine", before_save=before_save)]) as book:
        with pytest.raises(Veto, match=r"^not on a Friday$") as caught:
            book.add(Actor(name="Exempelby kommun"))
        assert caught.value.exit_code == 6
        assert (book.version, book.actors.all()) == (0, [])


@pytest.mark.parametrize("error", [Refused("no"), StoreDamaged("the disk is gone")])
def test_what_is_no_fault_of_the_guard_passes(error: kontaktnat.KontaktnatError) -> None:
    def before_save() -> None:
        raise error

    with pytest.raises(type(error)):
        Plugins([plugin("mine", before_save=before_save)]).guard(
            "before_save", record=None, before=None, book=None
        )


@pytest.mark.parametrize("hook", ["before_save", "before_delete"])
@pytest.mark.parametrize(
    "error", [ZeroDivisionError("secret 070-1740605"), SystemExit("secret"), NotFound("no secret")]
)
def test_a_guard_that_fails_refuses_the_write(hook: str, error: BaseException) -> None:
    failing = False

    def guard(record: Any) -> None:
        if failing:
            raise error

    with kontaktnat.open("memory:", by="anna", plugins=[plugin("mine", **{hook: guard})]) as book:
        kept = book.add(Actor(name="Exempelby kommun"))
        failing = True

        def write() -> None:
            with book.transaction("both"):
                book.update(kept, name="Exempelstads kommun")
                book.delete(kept.id)

        with pytest.raises(
            PluginError, match=f"plugin mine failed in {hook}, so nothing was saved"
        ) as caught:
            book.update(kept, note="x") if hook == "before_save" else write()
        assert caught.value.exit_code == 9
        assert caught.value.__cause__ is error
        assert "secret" not in str(caught.value)  # its text may hold what the guard was shown
        assert f"{type(error).__name__} in " in str(caught.value)
        assert (book.version, book.actors.all()) == (1, [kept])


@pytest.mark.parametrize("answer", [False, True, "no", Veto("no")])
def test_a_guard_that_answers_fails_closed(answer: object) -> None:
    with (
        kontaktnat.open(
            "memory:", by="anna", plugins=[plugin("mine", before_save=lambda record: answer)]
        ) as book,
        pytest.raises(PluginError, match="a guard says no by raising Veto"),
    ):
        book.add(Actor(name="Exempelby kommun"))


def test_every_guard_is_asked_in_order_of_names() -> None:
    asked: list[str] = []
    guards = [plugin(name, before_save=lambda record, name=name: asked.append(name)) for name in ("bb", "aa")]
    # A default is how Python binds a loop's variable, and is no argument of the hook: refused.
    assert own(Plugins(guards)) == []

    def guard(name: str) -> Callable[[Any], None]:
        def before_save(record: Any) -> None:
            asked.append(name)

        return before_save

    with kontaktnat.open(
        "memory:", by="anna", plugins=[plugin(name, before_save=guard(name)) for name in ("bb", "aa")]
    ) as book:
        book.add(Actor(name="Exempelby kommun"))
    assert asked == ["aa", "bb"]


# Notices


@pytest.mark.parametrize("error", [ValueError("secret"), SystemExit(1), Invalid("secret"), Veto("secret")])
def test_a_notice_that_fails_is_logged_and_the_rest_are_told(
    error: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    told = []

    def failing() -> None:
        raise error

    bad = plugin("bad", after_commit=failing, book_opened=failing)
    good = plugin("good", after_commit=lambda transaction: told.append(transaction.number))
    with kontaktnat.open("memory:", by="anna", plugins=[bad, good]) as book:
        saved = book.add(Contact(name="Eva Ek"))
        assert book.contacts.get(saved.id) == saved
    assert told == [1]
    where = f"{type(error).__name__} in {__name__}:"
    assert [line.partition(where)[0] for line in warnings_of(caplog)] == [
        "plugin bad failed in book_opened: ",
        "plugin bad failed in after_commit: ",
    ]
    assert "secret" not in " ".join(warnings_of(caplog))


def test_of_a_notice_that_failed_no_log_repeats_what_it_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "kontaktnat"):
        Plugins([plugin("bad", after_commit=lambda: 1 / 0)]).notify("after_commit", transaction=NOTHING)
    assert f"ZeroDivisionError in {__name__}:" in caplog.text
    assert "division" not in caplog.text


# Settings


@attrs.frozen
class Server:
    host: str
    port: int = 25


@attrs.frozen
class Config:
    """What the plugin of these tests can be told."""

    sender: str = "nobody"
    limit: int = 10
    share: float = 0.5
    tls: bool = True
    servers: tuple[Server, ...] = ()
    password: str = attrs.field(default="", repr=False)


def settings(section: Any, config: type | None = Config) -> Any:
    found = Plugins(
        [plugin("mail", config=config, register_views=views("mail"))], {"plugins": {"mail": section}}
    )
    return found.settings("mail")


def test_settings_come_as_the_plugins_own_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "hunter2")
    monkeypatch.setenv("MAIL_PORT", "587")
    monkeypatch.setenv("MAIL_SHARE", "0.25")
    assert settings({}) == Config()
    given = settings(
        {
            "sender": "anna",
            "limit": 3,
            "share": {"env": "MAIL_SHARE"},
            "servers": [{"host": "a"}, {"host": "b", "port": {"env": "MAIL_PORT"}}],
            "password": {"env": "MAIL_PASSWORD"},
        }
    )
    assert given == Config("anna", 3, 0.25, True, (Server("a"), Server("b", 587)), "hunter2")
    assert type(given.password) is str
    assert settings({"share": 1}).share == 1.0


@pytest.mark.parametrize(
    ("section", "path", "problem"),
    [
        ({"sendr": "anna"}, "plugins.mail.sendr", "no such setting (nearest: sender)"),
        ({"zzz": 1}, "plugins.mail.zzz", "no such setting"),
        ({"limit": "secret"}, "plugins.mail.limit", "a value of type int is needed"),
        ({"limit": True}, "plugins.mail.limit", "a value of type int is needed"),
        ({"sender": 5}, "plugins.mail.sender", "a value of type str is needed"),
        ({"tls": "no"}, "plugins.mail.tls", "a value of type bool is needed"),
        ({"tls": {"env": "MAIL_WORD"}}, "plugins.mail.tls", "a value of type bool is needed"),
        ({"limit": {"env": "MAIL_WORD"}}, "plugins.mail.limit", "not a value that fits"),
        ({"password": {"env": "MAIL_MISSING"}}, "plugins.mail.password",
         "the environment variable MAIL_MISSING is not set"),
        ({"password": {"env": 5}}, "plugins.mail.password", "the environment variable 5 is not set"),
        ({"servers": [{"host": "a"}, {"port": 5}]}, "plugins.mail.servers[1].host", "missing"),
        ({"servers": [{"host": "a", "prt": 5}]}, "plugins.mail.servers[0].prt",
         "no such setting (nearest: port)"),
        ({"servers": [{"host": {"env": "MAIL_MISSING"}}]}, "plugins.mail.servers[0].host",
         "the environment variable MAIL_MISSING is not set"),
        ("secret", "plugins.mail", "a table is needed"),
    ],
)  # fmt: skip
def test_settings_that_do_not_fit_are_refused_with_their_place(
    section: Any, path: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_WORD", "secret")
    monkeypatch.delenv("MAIL_MISSING", raising=False)
    with pytest.raises(Invalid) as caught:
        settings(section)
    assert str(caught.value) == f"{path}: {problem}"
    assert caught.value.fields["path"] == path
    assert caught.value.exit_code == 5


def test_a_plugin_without_config_takes_no_settings() -> None:
    assert settings({}, None) is None
    with pytest.raises(Invalid, match=r"plugins\.mail: this plugin takes no settings"):
        settings({"a": 1}, None)
    with pytest.raises(NotFound, match="plugin missing is not in use"):
        Plugins([]).settings("missing")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"required": "kalmar"}, "required: a list of names of plugins is needed"),
        ({"required": [1]}, "required: a list of names of plugins is needed"),
        ({"plugins": []}, "plugins: a table is needed"),
    ],
)
def test_a_configuration_of_the_wrong_shape_is_refused(config: dict[str, Any], message: str) -> None:
    with pytest.raises(Invalid, match=message):
        Plugins([], config)


def test_wrong_settings_are_refused_when_a_book_is_opened_though_nobody_asks() -> None:
    mail = plugin("mail", config=Config, register_views=views("mail"))
    with pytest.raises(Invalid, match=r"plugins\.mail\.limt: no such setting \(nearest: limit\)"):
        kontaktnat.open("memory:", plugins=[mail], config={"plugins": {"mail": {"limt": 1}}})
    silent = plugin("silent", register_views=views("silent"))
    with pytest.raises(Invalid, match=r"plugins\.silent: this plugin takes no settings"):
        kontaktnat.open("memory:", plugins=[silent], config={"plugins": {"silent": {"a": 1}}})


def test_a_setting_that_has_to_be_made_and_is_not_leaves_the_plugin_untold(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told: list[str] = []
    mail = plugin("mail", config=Server, book_opened=lambda config: told.append("mail"))
    other = plugin("other", book_opened=lambda book: told.append("other"))
    with kontaktnat.open("memory:", plugins=[mail, other]):
        assert told == ["other"]
    assert warnings_of(caplog) == [
        "plugin mail (given): book_opened was not called: plugins.mail.host: missing"
    ]
    with pytest.raises(PluginError, match=r"required plugin mail .*plugins\.mail\.host: missing"):
        kontaktnat.open("memory:", plugins=[mail], config={"required": ["mail"]})


def test_settings_of_a_plugin_that_is_not_in_use_wait() -> None:
    with kontaktnat.open("memory:", plugins=[], config={"plugins": {"mail": {"limt": 1}}}) as book:
        assert book.version == 0


# pluggy itself


def test_a_marker_of_another_project_is_not_ours() -> None:
    @pluggy.HookimplMarker("another")
    def register_views() -> list[View]:
        return []

    module = ModuleType("foreign")
    module.register_views = register_views
    assert "register_views lacks @hookimpl" in Plugins([module]).failed[0].reason


def test_a_stray_setting_is_refused() -> None:
    with pytest.raises(Invalid, match="requierd"):
        Plugins([], {"requierd": ["kalmar"]})


def mutable(value: Any) -> Iterator[object]:
    """What of a record could be changed, however deep."""
    parts: Any = value if isinstance(value, list | tuple) else ()
    if attrs.has(type(value)):
        parts = [getattr(value, one.name) for one in attrs.fields(type(value))]
    elif isinstance(value, dict):
        parts = value.values()
    if attrs.has(type(value)) or isinstance(value, dict | list):
        yield value
    for one in parts:
        yield from mutable(one)


def test_a_guards_copy_is_the_same_and_shares_nothing() -> None:
    told = {"deep": [{"er": 1}], "day": "2026"}
    records: list[Any] = [
        attrs.evolve(one, extra={"x.y": told}, unknown={"later": [told]}) for one in county()
    ]
    records.append(
        Pending(kind="contact", text="Eva Ek", raw={"name": "Eva Ek", "rows": [["a"]]}, source="x")
    )
    for record in records:
        copy = copies({"record": record, "before": None, "book": told})
        assert copy["record"] == record
        assert type(copy["record"]) is type(record)
        assert not {id(one) for one in mutable(record)} & {id(one) for one in mutable(copy["record"])}
        assert copy["before"] is None
        assert copy["book"] is told, "only records are copied"
