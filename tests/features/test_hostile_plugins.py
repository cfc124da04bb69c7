"""Whatever a plugin does, it is named once in one line, all else works, and nothing is lost.

Each plugin here is installed as pip would do it, beside our own, and met by real processes. What cannot be
helped is said in docs/reference/hooks.md and shown here too: `os._exit`, and who leaves a plugin out by hand.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kontaktnat.plugins import HOOKS, PROVIDES

Run = Callable[..., subprocess.CompletedProcess[str]]

HEAD = """
import kontaktnat
from kontaktnat import Actor, Veto, hookimpl
from kontaktnat.extend import *
"""
GOOD = f"""{HEAD}
@hookimpl
def register_views():
    def run(book):
        columns = (Column(key="n", title="N", type="number"),)
        return Table(name="good", title="Good", columns=columns, rows=({{"n": 1}},))
    return [View(name="good", title="Good", run=run)]
"""


def raising(hook: str, what: str = 'RuntimeError("on purpose")') -> str:
    """A plugin with a hook that raises."""
    return f"{HEAD}\n@hookimpl\ndef {hook}({', '.join(HOOKS[hook])}):\n    raise {what}\n"


def providing(hook: str, body: str) -> str:
    """A plugin with a provider of this body."""
    return f"{HEAD}\n@hookimpl\ndef {hook}():\n    {body}\n"


class Machine:
    """A folder with a book, and a folder where plugins are installed."""

    def __init__(self, folder: Path, book: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        self.site.mkdir()
        self.book = folder / "book.kn"
        shutil.copy(book, self.book)

    def install(
        self, name: str, code: str, *, requires: str = "", dist: str = "", version: str = "6.6"
    ) -> None:
        """What pip would write."""
        dist = dist or f"kontaktnat-{name}"
        module = dist.replace("-", "_")
        (self.site / f"{module}.py").write_text(code, encoding="utf-8")
        info = self.site / f"{module}-{version}.dist-info"
        info.mkdir()
        head = f"Metadata-Version: 2.1\nName: {dist}\nVersion: {version}\n{requires}"
        (info / "METADATA").write_text(head, encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[kontaktnat]\n{name} = {module}\n", encoding="utf-8")

    def run(self, *words: str, text: bool = True, timeout: float = 120, **environment: str) -> Run:
        """`kontaktnat …` in a process of its own."""
        return subprocess.run(  # type: ignore[return-value]
            [sys.executable, "-m", "kontaktnat", *words],
            capture_output=True,
            encoding="utf-8" if text else None,
            check=False,
            cwd=self.folder,
            timeout=timeout,
            env=CLEAN
            | {
                "PYTHONPATH": str(self.site),
                "PYTHONDONTWRITEBYTECODE": "1",
                "XDG_CONFIG_HOME": str(self.folder),
                "LOCALAPPDATA": str(self.folder),
                "KONTAKTNAT_BOOK": str(self.book),
                "KONTAKTNAT_BY": "anna",
                "KONTAKTNAT_LANG": "en",
            }
            | environment,
        )

    def ids(self) -> list[str]:
        """The actors, as who leaves the plugin out finds them."""
        done = self.run("list", "actors", "-o", "ids", KONTAKTNAT_PLUGINS="")
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.split()


CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("KONTAKTNAT_")}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with an actor, a contact and a role."""
    import kontaktnat
    from kontaktnat import Actor, Contact, Role

    place = tmp_path_factory.mktemp("made") / "book.kn"
    with kontaktnat.open(place, mode="create", by="anna", plugins=[]) as book:
        actor = book.add(Actor(name="Nybro kommun", kind="municipality", place="0881"))
        contact = book.add(Contact(name="Eva Ek"))
        book.add(Contact(name="Bo Ek"))
        book.add(Role(contact=contact.id, actor=actor.id, function="case_officer"))
    return place


@pytest.fixture
def machine(tmp_path: Path, made: Path) -> Machine:
    return Machine(tmp_path, made)


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What it said on standard error; never a traceback, never what would command a terminal."""
    assert "Traceback" not in done.stderr
    assert all(one.isprintable() for one in done.stderr.splitlines())
    return done.stderr.splitlines()


def culprit(done: subprocess.CompletedProcess[str], name: str = "bad") -> str:
    """The one line, which names the plugin."""
    (line,) = lines(done)
    assert line.startswith("kontaktnat: ")
    assert name in line
    assert len(line) < 500
    return line


def everything_else_works(machine: Machine, named: int = 1, name: str = "bad") -> None:
    """Another plugin's view, and writing: each says once who is left out."""
    machine.install("good", GOOD)
    for words in (("view", "good"), ("add", "actor", "Torsås")):
        done = machine.run(*words)
        assert done.returncode == 0, (words, done.stderr)
        assert len([one for one in lines(done) if name in one]) == named, (words, done.stderr)


# At import


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import a_library_that_is_not_there", "ModuleNotFoundError"),
        ("import sys; sys.exit(0)", "SystemExit: 0"),
        ("import sys; sys.exit('bye')", "SystemExit: bye"),
        ("class Odd(BaseException): ...\nraise Odd('hm')", "Odd: hm"),
        ("raise RuntimeError('x' * 1_000_000)", "RuntimeError: xxx"),
        ("raise RuntimeError('\\x1b[2J\\x1b]0;owned\\x07 \\x9b red \\u202e')", "RuntimeError: "),
        ("class E(Exception):\n  def __str__(self): raise SystemExit\nraise E", "cannot be imported: E"),
        ("def f(:", "SyntaxError"),
        ("import gc; x = []; x.append(x)\ndef f(): f()\nf()", "RecursionError"),
        ("", "it has no hooks"),
    ],
)
def test_what_fails_at_import_is_left_out(machine: Machine, code: str, said: str) -> None:
    machine.install("bad", code)
    machine.install("good", GOOD)
    assert said in culprit(machine.run("view", "good"))
    done = machine.run("add", "actor", "Torsås")
    assert (done.returncode, said in culprit(done)) == (0, True)


def test_a_plugin_that_ends_the_process_cannot_be_helped_but_left_out(machine: Machine) -> None:
    """`os._exit` asks nobody. The book is as it was, and KONTAKTNAT_PLUGINS leaves the plugin out."""
    machine.install("bad", "import os; os._exit(7)")
    machine.install("good", GOOD)
    before = machine.book.read_bytes()
    done = machine.run("list", "actors")
    assert (done.returncode, done.stdout, done.stderr) == (7, "", "")
    assert machine.run("--version").returncode == 0, "no plugin is loaded for it"
    assert machine.run("view", "good", KONTAKTNAT_PLUGINS="good").returncode == 0
    assert machine.book.read_bytes() == before


def test_a_name_may_hold_anything(machine: Machine) -> None:
    """What of it would command the terminal does not reach it."""
    machine.install("b\x1b[31mad", "raise ValueError", dist="kontaktnat-bad")
    assert "�[31mad" in culprit(machine.run("list", "actors"))
    done = machine.run("plugins")
    assert "\x1b" not in done.stdout + done.stderr


def test_what_is_printed_at_import_does_not_stand_in_the_data(machine: Machine) -> None:
    machine.install("bad", f"print('hello there')\nimport sys; sys.stdout.write('and\\n')\n{GOOD}")
    done = machine.run("list", "actors", "-o", "json")
    assert done.returncode == 0
    assert [one["name"] for one in json.loads(done.stdout)["records"]] == ["Nybro kommun"]
    assert done.stderr.splitlines() == ["hello there", "and"]


CHANGES = {
    "standard streams": "import io, sys; sys.stdout = io.StringIO(); sys.stderr = io.StringIO()",
    "the handler of errors": "import sys; sys.excepthook = print",
    "the working folder": "import os, tempfile; os.chdir(tempfile.gettempdir())",
    "environment variables": "import os; os.environ.clear(); os.environ['KONTAKTNAT_BOOK'] = '/nowhere'",
    "the filters of warnings": "import warnings; warnings.simplefilter('error')",
    "the limit of recursion": "import sys; sys.setrecursionlimit(10**6)",
    "the settings of logging": (
        "import logging; logging.basicConfig(level=1, force=True); logging.disable(logging.CRITICAL)"
    ),
    "the handlers of signals": "import signal; signal.signal(signal.SIGTERM, lambda *_: None)",
    "the locale": "import locale; locale.setlocale(locale.LC_ALL, 'C')",
}
"""What is put back, and how a plugin changes it."""


@pytest.mark.parametrize("what", CHANGES)
def test_what_it_changes_for_everybody_is_put_back(machine: Machine, what: str) -> None:
    machine.install("bad", f"{CHANGES[what]}\n{GOOD}")
    machine.install("worse", "raise ValueError('the next one is still told of')")
    done = machine.run("list", "actors", "-o", "ids", LC_ALL="C.UTF-8")
    first, second = lines(done)
    assert done.returncode == 0
    assert len(done.stdout.split()) == 1
    assert first == f"kontaktnat: plugin bad changed {what} when it was imported; it was put back"
    assert "plugin worse" in second
    assert machine.run("view", "good").returncode == 0, "it is in use"


def test_a_library_may_filter_its_own_warnings(machine: Machine) -> None:
    code = "import warnings; warnings.filterwarnings('ignore', message='mine', module='bad')"
    machine.install("bad", f"{code}\n{GOOD}")
    assert lines(machine.run("view", "good")) == []


# What each provider gives

WRONG = {
    "nothing": "return None",
    "a text": "return 'views'",
    "a number": "return 3",
    "wrong things": "return [1, 'two', None, object()]",
    "a class": "return [View, Exporter, Field]",
    "one that raises midway": "yield from ()\n    raise ZeroDivisionError",
    "one without end": "import itertools\n    yield from itertools.repeat(object())",
    "a wrong argument": "return [View(nonsense=1)]",
    "an end of the program": "raise SystemExit(0)",
    "an oddity": "raise type('Odd', (BaseException,), {})()",
}


@pytest.mark.parametrize("wrong", WRONG)
def test_every_provider_may_give_anything(machine: Machine, wrong: str) -> None:
    """All providers of one plugin give it, each is told, and the list of plugins has it once."""
    body = WRONG[wrong]
    machine.install("bad", HEAD + "".join(f"\n@hookimpl\ndef {one}():\n    {body}\n" for one in PROVIDES))
    done = machine.run("plugins", "-o", "json")
    assert done.returncode == 0
    culprit(done)
    plugins = {one["name"]: one for one in json.loads(done.stdout)["records"]}
    for hook in PROVIDES:
        assert f"{hook} failed: " in plugins["bad"]["state"]
    assert plugins["sweden"]["state"] == "in use"
    assert machine.run("add", "actor", "Torsås").returncode == 0


def endless(hook: str, make: str) -> str:
    return providing(hook, f"n = 0\n    while True:\n        n += 1\n        yield {make}")


@pytest.mark.parametrize(
    ("hook", "make"),
    [
        ("register_views", 'View(name=f"v{n}", title="", run=print)'),
        ("register_vocabularies", 'Vocabulary(name=f"v{n}", words=())'),
    ],
)
def test_a_provider_without_end_is_stopped(machine: Machine, hook: str, make: str) -> None:
    machine.install("bad", endless(hook, make))
    done = machine.run("plugins")
    assert done.returncode == 0
    assert "more than 10000" in culprit(done)


# An exception in each hook

MAIL = "From: eva@nybro.example\nTo: anna@kalmar.example\nSubject: Hej\nMessage-ID: <1@x.example>\n\nHej\n"
CALLED: dict[str, tuple[tuple[str, ...], int]] = {
    "register_vocabularies": (("list", "words"), 0),
    "register_category_schemes": (("list", "words"), 0),
    "register_facts": (("view", "commitments"), 0),
    "register_fields": (("export", "csv"), 0),
    "register_importers": (("import", "people.csv"), 0),
    "register_exporters": (("export", "json"), 0),
    "register_county_packs": (("-b", "other.kn", "init", "--county", "kalmar"), 0),
    "register_views": (("view", "today"), 0),
    "register_checks": (("check",), 0),
    "register_catalogues": (("list", "actors"), 0),
    "register_commands": (("municipalities", "--county", "H"), 0),
    "register_stores": (("list", "actors"), 0),
    "register_message_sources": (("mail", "log", "letter.eml", "--me", "anna@kalmar.example"), 0),
    "register_mailers": (("mail", "send", "--help"), 0),
    "personal_data": (("privacy", "extract", "eva"), 9),
    "erase_person": (("-y", "privacy", "erase", "eva", "--decision", "1/26"), 9),
    "before_save": (("add", "actor", "Torsås kommun"), 9),
    "before_delete": (("-y", "delete", "bo"), 9),
    "after_commit": (("add", "actor", "Torsås kommun"), 0),
    "book_opened": (("list", "actors"), 0),
}
"""A command that calls the hook, and how it ends when the hook fails."""


def test_every_hook_is_tried() -> None:
    assert set(CALLED) == set(HOOKS), "a new hook: say here which command calls it, and how that ends"


@pytest.mark.parametrize("hook", CALLED)
def test_an_exception_in_a_hook(machine: Machine, hook: str) -> None:
    machine.install("bad", raising(hook))
    (machine.folder / "people.csv").write_text("namn;e-post\nBo Ek;bo@kalmar.example\n", encoding="utf-8")
    (machine.folder / "letter.eml").write_text(MAIL, encoding="utf-8")
    before = machine.book.read_bytes()
    words, code = CALLED[hook]
    done = machine.run(*words)
    assert done.returncode == code, done.stderr
    if words[-1] == "--help":  # a group's command names its choices without asking plugins
        done = machine.run("plugins")
    line = next(one for one in lines(done) if "bad" in one)
    assert hook in line
    assert sum("bad" in one for one in lines(done)) == 1
    if hook in PROVIDES:
        assert "on purpose" in line
    else:
        assert "on purpose" not in line, "it may hold somebody's data"
        assert "RuntimeError in kontaktnat_bad:" in line
    if code:
        assert machine.book.read_bytes() == before, "nothing was saved"
    if hook == "after_commit":
        assert len(machine.ids()) == 2, "it is saved all the same"


@pytest.mark.parametrize("what", ["SystemExit(0)", "type('Odd', (BaseException,), {})()", "RecursionError()"])
@pytest.mark.parametrize("hook", ["before_save", "after_commit", "book_opened"])
def test_whatever_is_raised_is_a_failure(machine: Machine, hook: str, what: str) -> None:
    machine.install("bad", raising(hook, what))
    before = machine.book.read_bytes()
    done = machine.run("add", "actor", "Torsås kommun")
    culprit(done)
    assert done.returncode == (9 if hook == "before_save" else 0)
    assert (machine.book.read_bytes() == before) is (hook == "before_save")


def test_who_presses_control_c_is_no_plugin(machine: Machine) -> None:
    """A KeyboardInterrupt is the user's, wherever it comes; the program ends and nothing is saved."""
    machine.install("bad", raising("before_save", "KeyboardInterrupt"))
    before = machine.book.read_bytes()
    done = machine.run("add", "actor", "Torsås kommun")
    assert (done.returncode, lines(done)[-1]) == (130, "kontaktnat: stopped; nothing was saved")
    assert machine.book.read_bytes() == before


# Names that two claim

TABLE = 'Table(name="moon", title="", columns=())'
CLAIMS = {
    "register_views": (f'View(name="moon", title="", run=lambda book: {TABLE})', ("view", "moon")),
    "register_exporters": ('Exporter(name="moon", suffixes=(".moon",), write=print)', ("export", "moon")),
    "register_importers": ('Importer(name="moon", suffixes=(), sniff=len, read=print)',
                           ("import", "x.csv", "--format", "moon")),
    "register_commands": ('Command(name="moon", summary="Moon", target="a:b")', ("moon",)),
    "register_county_packs": ('CountyPack(name="moon", county="99", title="Moon", version=1, records=list)',
                              ("init", "--county", "moon")),
    "register_stores": ('StoreScheme(scheme="moon", open=print)', ("-b", "moon://x", "list", "actors")),
}  # fmt: skip


@pytest.mark.parametrize("hook", CLAIMS)
def test_a_name_that_two_plugins_claim_is_refused_where_it_is_asked_for(machine: Machine, hook: str) -> None:
    make, words = CLAIMS[hook]
    for name in ("bad1", "bad2"):
        machine.install(name, providing(hook, f"return [{make}]"))
    (machine.folder / "x.csv").write_text("namn\nBo Ek\n", encoding="utf-8")
    done = machine.run(*words)
    assert done.returncode == 9
    assert lines(done) == [f"kontaktnat: bad1 and bad2 both provide moon ({hook}); remove one of them"]
    machine.install("good", GOOD)
    for others in (("view", "good"), ("municipalities", "--county", "H")):
        done = machine.run(*others)
        assert done.returncode == 0
        assert len(lines(done)) <= 1


BUILT_IN = {
    "register_views": ('View(name="today", title="", run=lambda book: 1 / 0)', ("today",)),
    "register_exporters": ('Exporter(name="json", suffixes=(), write=print)', ("export", "json")),
    "register_importers": ('Importer(name="csv", suffixes=(".csv",), sniff=len, read=print)',
                           ("import", "x.csv", "--dry-run")),
    "register_stores": ('StoreScheme(scheme="file", open=print)', ("list", "actors")),
    "register_checks": ('Check(name="free-text", title="", run=print)', ("check",)),
    "register_commands": ('Command(name="list", summary="", target="a:b")',
                          ("municipalities", "--county", "H")),
    "register_facts": ('Fact(name="council_last_meeting", kind="x", path="followed_up_on", sv="x", en="x")',
                       ("view", "commitments")),
    "register_vocabularies": ('Vocabulary(name="function", words=[Word(id="case_officer", sv="z", en="z")])',
                              ("show", "eva")),
}  # fmt: skip


@pytest.mark.parametrize("hook", BUILT_IN)
def test_a_built_in_name_cannot_be_taken(machine: Machine, hook: str) -> None:
    make, words = BUILT_IN[hook]
    (machine.folder / "x.csv").write_text("namn\nBo Ek\n", encoding="utf-8")
    expected = machine.run(*words)
    machine.install("bad", providing(hook, f"return [{make}]"))
    done = machine.run(*words)
    assert (done.returncode, done.stdout) == (expected.returncode, expected.stdout)
    culprit(done)


def test_two_distributions_with_one_plugins_name(machine: Machine) -> None:
    machine.install("bad", GOOD, dist="kontaktnat-bad")
    machine.install("bad", GOOD, dist="my-bad")
    line = culprit(machine.run("list", "actors"))
    assert "kontaktnat-bad 6.6" in line
    assert "my-bad 6.6" in line
    everything_else_works(machine)
    assert machine.run("list", "actors", KONTAKTNAT_PLUGINS="bad").returncode == 9, "asked for by name"


def test_a_plugin_named_as_a_built_in_one(machine: Machine) -> None:
    machine.install("views", raising("before_save"), dist="kontaktnat-bad")
    assert "kontaktnat has a plugin of that name" in culprit(machine.run("list", "actors"))
    everything_else_works(machine)


# Guards


@pytest.mark.parametrize("answer", ["return False", "return True", "return 'no'"])
def test_a_guard_that_answers_is_closed(machine: Machine, answer: str) -> None:
    machine.install("bad", f"{HEAD}\n@hookimpl\ndef before_save(record): {answer}\n")
    before = machine.book.read_bytes()
    done = machine.run("add", "actor", "Torsås kommun")
    assert done.returncode == 9
    assert "nothing was saved" in culprit(done)
    assert machine.book.read_bytes() == before


def test_a_guard_that_fails_halfway_leaves_no_half(machine: Machine) -> None:
    """The third of four rows is refused: none of them is there."""
    machine.install(
        "bad",
        f"""{HEAD}
@hookimpl
def before_save(record):
    if "3" in getattr(record, "name", ""):
        raise RuntimeError(record.name)
""",
    )
    code = (
        "import kontaktnat\nfrom kontaktnat import Actor\n"
        "with kontaktnat.open('book.kn', by='anna') as book, book.transaction('four'):\n"
        "    for n in range(1, 5): book.add(Actor(name=f'Actor {n}'))\n"
    )
    before = machine.book.read_bytes()
    done = subprocess.run([sys.executable, "-c", code], cwd=machine.folder, capture_output=True, text=True,
                          check=False, env=CLEAN | {"PYTHONPATH": str(machine.site)})  # fmt: skip
    assert done.returncode == 1
    assert "PluginError: plugin bad failed in before_save, so nothing was saved: RuntimeError" in done.stderr
    assert machine.book.read_bytes() == before


def test_a_guard_cannot_change_what_it_judges(machine: Machine) -> None:
    """Not even past what is frozen: what is saved is what was staged, and the next guard sees that."""
    machine.install(
        "bad",
        f"""{HEAD}
@hookimpl
def before_save(record, before):
    for one in (record, before):
        if one is None: continue
        object.__setattr__(one, "name", "Something else")
        for values in (one.extra, one.unknown):
            try:
                values["bad.key"] = "changed"
            except TypeError:
                pass
        for values in (one.aliases, one.ways):
            try:
                values.append("x")
            except AttributeError:
                pass
""",
    )
    machine.install(
        "next",
        f"{HEAD}\n@hookimpl\ndef before_save(record):\n    assert record.name == 'Torsås', record.name\n",
    )
    done = machine.run("add", "actor", "Torsås")
    assert (done.returncode, lines(done)) == (0, [])
    stored = json.loads(machine.run("show", "torsås", "-o", "json", KONTAKTNAT_PLUGINS="").stdout)
    assert "Something else" not in json.dumps(stored)
    assert "bad.key" not in json.dumps(stored)


def test_a_wrapper_is_left_out(machine: Machine) -> None:
    for mark in ("wrapper", "hookwrapper", "tryfirst", "trylast"):
        machine.install(
            f"bad{mark}",
            f"""{HEAD}
@hookimpl({mark}=True)
def before_save(record):
    {"yield" if "wrapper" in mark else "return None"}
""",
        )
    done = machine.run("add", "actor", "Torsås")
    assert done.returncode == 0
    assert [one.split(" is marked ")[1] for one in lines(done)] == [
        f"{mark}, which kontaktnat does not take"
        for mark in ("hookwrapper", "tryfirst", "trylast", "wrapper")
    ]


# Much of everything


def test_a_hundred_megabytes_go_out(machine: Machine) -> None:
    machine.install("bad", providing("register_exporters", """
    def write(out, stream, options):
        for _ in range(100): stream.write(b"x" * 1_000_000)
    return [Exporter(name="huge", suffixes=(".huge",), write=write)]"""))  # fmt: skip
    done = machine.run("export", "huge", "-O", "all.huge")
    assert done.returncode == 0, done.stderr
    assert (machine.folder / "all.huge").stat().st_size == 100_000_000


def test_an_exporter_that_fails_midway_leaves_no_half_file(machine: Machine) -> None:
    machine.install("bad", providing("register_exporters", """
    def write(out, stream, options):
        stream.write(b"x" * 1_000_000)
        raise RuntimeError("Eva Ek")
    return [Exporter(name="half", suffixes=(".half",), write=write)]"""))  # fmt: skip
    (machine.folder / "all.half").write_text("as it was")
    before = sorted(machine.folder.iterdir())
    done = machine.run("-y", "export", "half", "-O", "all.half")
    assert done.returncode == 9
    assert "Eva" not in culprit(done)
    assert sorted(machine.folder.iterdir()) == before
    assert (machine.folder / "all.half").read_text() == "as it was"


def test_a_million_rows(machine: Machine) -> None:
    machine.install("bad", providing("register_views", """
    def run(book):
        columns = (Column(key="n", title="N", type="number"),)
        rows = tuple({"n": n} for n in range(1_000_000))
        return Table(name="rows", title="Rows", columns=columns, rows=rows)
    return [View(name="rows", title="Rows", run=run)]"""))  # fmt: skip
    done = machine.run("view", "rows", "-o", "jsonl")
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1_000_000


@pytest.mark.parametrize("result", ["None", "'text'", "[]", "object()", "3"])
def test_a_view_that_gives_no_table(machine: Machine, result: str) -> None:
    machine.install("bad", providing("register_views",
                    f"return [View(name='odd', title='Odd', run=lambda book: {result})]"))  # fmt: skip
    done = machine.run("view", "odd")
    assert done.returncode == 9, done.stderr
    culprit(done)


def test_what_a_plugin_says_cannot_command_the_terminal(machine: Machine) -> None:
    machine.install("bad", providing("register_views", """
    def run(book):
        columns = (Column(key="n", title="\\x1b[31mN"),)
        rows = ({"n": "\\x1b[2J\\u202e"},)
        return Table(name="ansi", title="\\x1b]0;t\\x07", columns=columns, rows=rows, notes=("\\x9b1m",))
    return [View(name="ansi", title="\\x1b[1m", run=run)]"""))  # fmt: skip
    for words in (("view", "ansi"), ("view",)):
        done = machine.run(*words)
        assert done.returncode == 0
        assert not [one for one in done.stdout if not one.isprintable() and one != "\n"]


# Other versions


def test_a_hook_of_a_newer_kontaktnat(machine: Machine) -> None:
    code = f"{GOOD}\n@hookimpl\ndef register_telepathy(): return []\n"
    machine.install("bad", code, requires="Requires-Dist: kontaktnat>=9\n")
    line = culprit(machine.run("list", "actors"))
    assert "there is no hook register_telepathy" in line
    assert "; it is made for kontaktnat >=9, and this is 0.1.0" in line
    everything_else_works(machine)


def test_a_hook_that_only_a_newer_one_calls_is_no_failure(machine: Machine) -> None:
    machine.install("bad", f"{GOOD}\n@hookimpl(optionalhook=True)\ndef register_telepathy(): return []\n")
    done = machine.run("view", "good")
    assert (done.returncode, lines(done)) == (0, [])


@pytest.mark.parametrize(
    ("requires", "said"),
    [
        ("Requires-Dist: kontaktnat>=9\n", "made for kontaktnat >=9, and this is 0.1.0"),
        ("Requires-Dist: kontaktnat (>=9,<10)\n", "made for kontaktnat >=9,<10, and this is 0.1.0"),
        ("Requires-Python: >=4.2\n", "made for Python >=4.2, and this is 3."),
    ],
)
def test_what_its_metadata_asks_for_is_listed(machine: Machine, requires: str, said: str) -> None:
    """In use nevertheless, for it may work; nobody's start is slowed by reading metadata."""
    machine.install("bad", GOOD, requires=requires)
    done = machine.run("plugins", "-o", "json")
    (bad,) = (one for one in json.loads(done.stdout)["records"] if one["name"] == "bad")
    assert said in bad["state"]
    assert lines(machine.run("view", "good")) == []


# Inside a hook


def test_a_hook_may_open_the_book(machine: Machine) -> None:
    """For reading it gets what is stored; a guard that would write waits for its own lock and is told."""
    machine.install(
        "bad",
        f"""{HEAD}
@hookimpl
def before_save(record):
    with kontaktnat.open("book.kn", mode="r", plugins=[]) as book:
        assert len(book.actors.all()) == 1
@hookimpl
def after_commit(transaction):
    with kontaktnat.open("book.kn", mode="rw", plugins=[], by="plugin") as book:
        book.add(Actor(name="By the plugin"))
""",
    )
    done = machine.run("add", "actor", "Torsås")
    assert (done.returncode, lines(done)) == (0, [])
    assert len(machine.ids()) == 3


def test_a_guard_that_writes_into_the_book_is_refused(machine: Machine) -> None:
    machine.install(
        "bad",
        f"""{HEAD}
@hookimpl
def before_save(record):
    with kontaktnat.open("book.kn", by="plugin", plugins=[], lock_timeout=0.1) as book:
        book.add(Actor(name="By the plugin"))
""",
    )
    before = machine.book.read_bytes()
    done = machine.run("add", "actor", "Torsås")
    assert done.returncode in (7, 8, 9), done.stderr
    assert len(lines(done)) == 1
    assert machine.book.read_bytes() == before


def test_one_that_tells_itself_again_and_again_ends(machine: Machine) -> None:
    """after_commit writes, which is a commit: that would never end."""
    machine.install(
        "bad",
        f"""{HEAD}
@hookimpl
def after_commit(transaction):
    with kontaktnat.open("book.kn", by="plugin") as book:
        book.add(Actor(name="Again"))
""",
    )
    done = machine.run("add", "actor", "Torsås")
    assert (done.returncode, lines(done)) == (0, [])
    assert len(machine.ids()) == 3, "it is not told of what it does itself while it is being told"


def test_a_slow_one_is_waited_for(machine: Machine) -> None:
    machine.install(
        "bad",
        f"""{HEAD}
import time
@hookimpl
def after_commit(transaction): time.sleep(1)
""",
    )
    done = machine.run("add", "actor", "Torsås")
    assert (done.returncode, lines(done)) == (0, [])
    assert len(machine.ids()) == 2


# What a descriptor's functions give

FUNCTIONS = {
    "a check": (
        "register_checks",
        'Check(name="odd", title="Odd", run=lambda record, book: {wrong})',
        ("check",),
    ),
    "a check of what is saved": (
        "register_checks",
        'Check(name="odd", title="Odd", on_save=True, run=lambda record, book: {wrong})',
        ("add", "actor", "Torsås"),
    ),
    "an importer": (
        "register_importers",
        'Importer(name="odd", suffixes=(), sniff=bool, read=lambda stream, options: {wrong})',
        ("import", "x.odd", "--format", "odd"),
    ),
    "what sniffs": (
        "register_importers",
        'Importer(name="odd", suffixes=(".odd",), sniff=lambda head: 1 / 0, read=lambda *_: {wrong})',
        ("import", "x.odd"),
    ),
    "what describes": (
        "register_importers",
        'Importer(name="odd", suffixes=(), sniff=bool, read=print, describe=lambda stream, options: {wrong})',
        ("import", "x.odd", "--format", "odd"),
    ),
    "a county": (
        "register_county_packs",
        'CountyPack(name="odd", county="99", title="Odd", version=1, records=lambda: {wrong})',
        ("-b", "other.kn", "init", "--county", "odd"),
    ),
    "a store": (
        "register_stores",
        'StoreScheme(scheme="odd", open=lambda url, options: {wrong})',
        ("-b", "odd://x", "list", "actors"),
    ),
}
"""A descriptor whose function gives something wrong, and who calls it."""


@pytest.mark.parametrize("wrong", ["None", "[1, 'two', None]", "(1 / 0 for _ in (1,))"])
@pytest.mark.parametrize("what", FUNCTIONS)
def test_a_function_that_gives_the_wrong_thing(machine: Machine, what: str, wrong: str) -> None:
    hook, make, words = FUNCTIONS[what]
    machine.install("bad", providing(hook, f"return [{make.replace('{wrong}', wrong)}]"))
    (machine.folder / "x.odd").write_text("namn\nBo Ek\n", encoding="utf-8")
    before = machine.book.read_bytes()
    done = machine.run(*words)
    assert machine.book.read_bytes() == before, "nothing was saved"
    assert not (machine.folder / "other.kn").exists(), "nothing was begun"
    if what == "a check":
        assert done.returncode == 5, done.stderr
        assert sum("bad" in one for one in done.stdout.splitlines()) == 1, "a finding, once"
        return
    assert done.returncode == 9, done.stderr
    said = [one for one in lines(done) if "bad" in one]
    assert said
    assert len(said) == (2 if what == "what sniffs" else 1), (
        "it says nothing of the file, and then it is read"
    )
    assert all(len(one) < 300 for one in said)
