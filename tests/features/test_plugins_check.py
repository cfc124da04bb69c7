"""`plugins` tells what each costs; `plugins check NAME` runs the contracts on what is installed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kontaktnat import NotFound
from kontaktnat.plugins import HOOKS, PROVIDES, Plugins, examining
from kontaktnat.plugins.examining import Examined, Given, examine
from kontaktnat.testing import examined

Install = Callable[..., None]
HEAD = "from kontaktnat import hookimpl\nfrom kontaktnat.extend import *\nimport sys\n"
EXPORTER = f"""{HEAD}
def write(out, stream, options):
    for one in out.contacts.all():
        stream.write(f"{{one.name}}\\n".encode())
@hookimpl
def register_exporters():
    return [Exporter(name="names", suffixes=(".txt",), write=write, summary="Names")]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """A distribution of one module and its metadata, as pip would leave them, for child processes too."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.delenv("KONTAKTNAT_PLUGINS", raising=False)
    before = set(sys.modules)

    def put(name: str, code: str, requires: str = "Requires-Dist: kontaktnat>=0.1\n") -> None:
        (site / f"kontaktnat_{name}.py").write_text(code, encoding="utf-8")
        info = site / f"kontaktnat_{name}-2.0.dist-info"
        info.mkdir()
        head = f"Metadata-Version: 2.1\nName: kontaktnat-{name}\nVersion: 2.0\n"
        (info / "METADATA").write_text(f"{head}{requires}", encoding="utf-8")
        (info / "entry_points.txt").write_text(
            f"[kontaktnat]\n{name} = kontaktnat_{name}\n", encoding="utf-8"
        )

    yield put
    for module in set(sys.modules) - before:
        if module.startswith("kontaktnat_"):
            del sys.modules[module]


def result(found: list[Examined], what: str, tried: str) -> Examined:
    (one,) = (one for one in found if (one.what, one.tried) == (what, tried))
    return one


def failures(found: list[Examined]) -> dict[tuple[str, str], str]:
    return {(one.what, str(one.tried)): one.reason for one in found if one.outcome == "failed"}


# The list


def test_the_list_says_what_each_costs_and_where_it_is(install: Install, run_cli: Any) -> None:
    install("names", EXPORTER.replace("import sys", "import sys, xml.dom.pulldom"))
    done = run_cli("plugins", "-o", "json")
    rows = {one["name"]: one for one in json.loads(done.out)["records"]}
    assert Path(rows["names"]["path"]).name == "kontaktnat_names.py"
    assert (rows["names"]["version"], rows["names"]["distribution"]) == ("2.0", "kontaktnat-names")
    assert rows["names"]["modules"] >= 2, "itself and what it imports"
    assert rows["names"]["import_ms"] >= 0
    assert rows["views"]["modules"] is None, "the core's own are no cost of a plugin's"


def test_a_module_that_was_there_before_costs_nothing_again(install: Install) -> None:
    install("names", EXPORTER)
    (first,) = (one for one in Plugins(["names"]).loaded if not one.builtin)
    (again,) = (one for one in Plugins(["names"]).loaded if not one.builtin)
    assert first.cost is not None
    assert again.cost is None, "it was not measured, and 0 would be a lie"


def test_every_failure_of_a_plugin_is_listed(install: Install, run_cli: Any) -> None:
    install(
        "bad", f"{HEAD}\n@hookimpl\ndef register_views(): 1 / 0\n@hookimpl\ndef register_checks(): return 3\n"
    )
    rows = {one["name"]: one for one in json.loads(run_cli("plugins", "-o", "json").out)["records"]}
    assert "register_views failed: ZeroDivisionError" in rows["bad"]["state"]
    assert "register_checks failed: TypeError" in rows["bad"]["state"]


def test_its_data_is_english_in_swedish_too(
    install: Install, run_cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(
        "bad", f"{HEAD}\n@hookimpl\ndef register_views(): 1 / 0\n@hookimpl\ndef register_checks(): return 3\n"
    )
    monkeypatch.setenv("KONTAKTNAT_LANG", "sv")
    rows = {one["name"]: one for one in json.loads(run_cli("plugins", "-o", "json").out)["records"]}
    assert "register_views failed: " in rows["bad"]["state"]
    assert rows["sweden"]["state"] == "in use"
    assert "register_views fungerade inte" in run_cli("plugins").out
    rows = json.loads(run_cli("plugins", "check", "bad", "-o", "json").out)["records"]
    assert {one["outcome"] for one in rows} <= {"passed", "failed", "not tried"}


def test_names_of_plugins_complete(install: Install, run_cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    install("names", EXPORTER)
    monkeypatch.setenv("_KONTAKTNAT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_LINE", "kontaktnat plugins check na")
    assert "names" in run_cli(book=None).out


# What is examined


def test_a_good_one_passes(install: Install, run_cli: Any) -> None:
    install("names", EXPORTER)
    done = run_cli("plugins", "check", "names", "-o", "json")
    assert done.code == 0, done.err
    rows = json.loads(done.out)["records"]
    assert {one["outcome"] for one in rows} <= {"passed", "not tried"}
    assert len([one for one in rows if one["what"] == "exporter names"]) == 9, "ExporterContract, whole"
    cost = next(one["reason"] for one in rows if one["tried"] == "it can be imported and used")
    assert cost.endswith((" module", " modules"))


def test_one_that_leaks_fails_with_the_reason(install: Install, run_cli: Any) -> None:
    """It asks behind the covered book, through what is not public; both are found."""
    leak = 'stream.write(str(out._reader.get("contact", "x")).encode()); stream.write(b"kanarie7q")'
    code = EXPORTER.replace(
        "    for one in", f"    import kontaktnat.store.memory, yaml_of_nobody\n    {leak}\n    for one in"
    )
    install("names", code)
    done = run_cli("plugins", "check", "names", "-o", "json")
    assert done.code == 9
    assert done.err.startswith("kontaktnat: plugin names fails ")
    failed = {
        one["tried"]: one["reason"] for one in json.loads(done.out)["records"] if one["outcome"] == "failed"
    }
    assert "yaml_of_nobody (kontaktnat_names.py:" in failed["imports only what it declares"]
    assert "kontaktnat.store.memory" in failed["imports only what is public of kontaktnat"]
    assert "nothing protected comes out" in failed


HANGS = f"{HEAD}\nimport time\n@hookimpl\ndef register_views():\n    time.sleep(60)\n"


@pytest.mark.parametrize(
    ("code", "at", "reason"),
    [
        ("import os; os._exit(3)", "it can be imported and used", "the process ended with 3"),
        ("raise ValueError('no')", "it can be imported and used", "ValueError: no"),
        (
            f"{HEAD}\n@hookimpl\ndef register_telepathy(): ...",
            "it can be imported and used",
            "there is no hook",
        ),
        (HANGS, "gives View, each of a name of its own", "not ready after 4 seconds"),
        (
            f"{HEAD}\n@hookimpl\ndef register_views(): return 3",
            "gives View, each of a name of its own",
            "TypeError",
        ),
    ],
)
def test_what_ends_or_never_ends_is_a_result(install: Install, code: str, at: str, reason: str) -> None:
    install("bad", code)
    found = list(examine("bad", Given(seconds=4)))
    (failed,) = (one for one in found if one.outcome == "failed")
    assert failed.tried == at
    assert reason in failed.reason


def test_one_that_takes_a_built_in_name_is_told(install: Install) -> None:
    code = (
        f"{HEAD}\n@hookimpl\ndef register_views():\n    return [View(name='today', title='T', run=print)]\n"
    )
    install("bad", code)
    assert ("register_views", "takes no other's name") in failures(list(examine("bad")))


def test_who_is_not_installed_is_not_found(install: Install, run_cli: Any) -> None:
    install("names", EXPORTER)
    with pytest.raises(NotFound, match=r"no plugin nobody is installed; there are: calendar, .*names"):
        examining.find("nobody")
    assert run_cli("plugins", "check", "nobody").code == 3


def test_without_pytest_the_rest_is_examined(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("names", EXPORTER)
    find = examining.find_spec
    monkeypatch.setattr(examining, "find_spec", lambda name: None if name == "pytest" else find(name))
    *rest, last = examine("names")
    assert (last.what, last.outcome) == ("contracts", "not_tried")
    assert "pip install pytest" in last.reason
    assert result(rest, "module", "its hooks are known").reason == "register_exporters"


def test_what_pytest_is_told_elsewhere_does_not_count(
    install: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    install("names", EXPORTER)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--nonsense")
    assert not failures(list(examine("names")))


IMPORTER = f"""{HEAD}
def read(stream, options):
    for row, line in enumerate(stream.read().decode("utf-8", "replace").splitlines()[1:], 2):
        name = line.strip()
        yield Candidate(row=row, type="contact", fields={{"name": name}}, problem="" if name else "x")
@hookimpl
def register_importers():
    def sniff(head): return head.startswith(b"#names")
    return [Importer(name="names", suffixes=(".names",), sniff=sniff, read=read, summary="Names")]
"""


def test_an_importer_is_tried_with_a_file(install: Install, tmp_path: Path) -> None:
    install("names", IMPORTER)
    without = [one for one in examine("names") if one.what == "importer names"]
    assert [one.outcome for one in without] == ["passed"]
    file = tmp_path / "people.names"
    file.write_text("#names\nEva Ek\nBo Ek\n", encoding="utf-8")
    tried = [one for one in examine("names", Given(file=file)) if one.what == "importer names"]
    assert len(tried) > 30, "ImporterContract, whole"
    assert "every row counts once and again as unchanged" in {one.tried for one in tried}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("Eva Ek\n", "the sample has two records or more"),
        ("Eva Ek\n\nBo Ek\n", "nothing that cannot be read"),
    ],
)
def test_a_file_that_does_not_do_is_told_why(install: Install, tmp_path: Path, lines: str, why: str) -> None:
    install("names", IMPORTER)
    file = tmp_path / "people.names"
    file.write_text(f"#names\n{lines}", encoding="utf-8")
    failed = [one for one in examine("names", Given(file=file)) if one.outcome == "failed"]
    assert failed
    assert any(why in one.reason for one in failed), failed


def test_what_no_contract_says_is_told_by_what_it_asks(install: Install, tmp_path: Path) -> None:
    install("names", IMPORTER.replace(', summary="Names"', ""))
    file = tmp_path / "people.names"
    file.write_text("#names\nEva Ek\nBo Ek\n", encoding="utf-8")
    (failed,) = (one for one in examine("names", Given(file=file)) if one.outcome == "failed")
    assert (failed.tried, failed.reason) == ("it describes itself", "assert importer.summary")


VIEW = f"""{HEAD}
@hookimpl
def register_views():
    def run(book, *, since):
        return Table(name="v", title="V", columns=(Column(key="n", title="N"),), rows=({{"m": since}},))
    return [View(name="v", title="V", run=run)]
"""


def test_a_view_that_needs_a_parameter_is_given_it(install: Install) -> None:
    install("v", VIEW)
    assert (
        result(list(examine("v")), "view v", "its contract").reason == "it needs a parameter: --set since=…"
    )
    assert ("view v", "rows have the columns") in failures(
        list(examine("v", Given(options={"since": "2025"})))
    )


STORE = f"""{HEAD}
@hookimpl
def register_stores():
    def opened(url, options):
        from kontaktnat.store.memory import MemoryStore
        return MemoryStore(options)
    return [StoreScheme(scheme="mine", open=opened, summary="Mine")]
"""


def test_a_store_is_tried_where_it_is_told(install: Install) -> None:
    install("mine", STORE)
    assert "--url 'mine:{folder}/book'" in result(list(examine("mine")), "store mine", "its contract").reason
    tried = [one for one in examine("mine", Given(url="mine:{folder}/x")) if one.what == "store mine"]
    assert len(tried) > 20, "StoreContract, whole"
    assert {one.outcome for one in tried} == {"passed"}


def test_a_catalogue_lacks_nothing(install: Install, tmp_path: Path) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    install("names", EXPORTER + '\nA, B, C = Text("Known"), Text("Not known"), Text("{n} is wrong")\n')
    found = next(one for one in examine("names") if one.tried == "its catalogue is complete")
    assert (found.outcome, found.reason) == (
        "not_tried",
        "kontaktnat_names has no catalogue: it speaks English only",
    )
    folder = tmp_path / "site" / "locale" / "sv" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="sv")
    catalogue.add("Known", "Känd")
    with (folder / "kontaktnat_names.mo").open("wb") as stream:
        write_mo(stream, catalogue)
    found = next(one for one in examine("names") if one.tried == "its catalogue is complete")
    assert found.outcome == "failed"
    assert '"Not known" (kontaktnat_names.py:' in found.reason
    assert '"Known"' not in found.reason


# Whether everything is tried


def test_every_hook_has_its_contract() -> None:
    known = {*examined.WHOLE, *examined.BY_ONE, *examined.UNTRIED}
    assert set(HOOKS) <= known, "a new hook: give it a contract in kontaktnat.testing.examined"
    assert set(PROVIDES) <= known - {*examined.UNTRIED}


def test_our_own_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are installed here: what we ask of others, ours keep. Their own tests run the contracts."""
    assert failures(list(examine("mail"))) == {}
    find = examining.find_spec
    monkeypatch.setattr(examining, "find_spec", lambda name: None if name == "pytest" else find(name))
    own = [one.name for one in Plugins().loaded if not one.builtin]
    assert {"sweden", "kalmar"} <= {*own}
    for name in own:
        assert failures(list(examine(name))) == {}, name
