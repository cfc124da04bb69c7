"""Run by `kontaktnat.plugins.examining` in a process of its own: the contracts, for what is installed.

A class is made for each thing that the plugin provides, and pytest runs them; what comes of each test is
told in a line of JSON. What a contract needs and nobody gave (a file to read, a place for a store) is not
guessed: it is told what to give.
"""

from __future__ import annotations

import csv
import inspect
import io
import json
import linecache
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from kontaktnat.descriptors import (
    CategoryScheme,
    Exporter,
    Importer,
    Store,
    StoreOptions,
    StoreScheme,
    View,
)
from kontaktnat.plugins import Plugins
from kontaktnat.plugins.trying import Answers
from kontaktnat.testing import provided_contracts as provided
from kontaktnat.testing.category_contract import CategoryContract
from kontaktnat.testing.format_contracts import (
    FORMATS,
    ExporterContract,
    ImporterContract,
    ViewContract,
    sample_book,
)
from kontaktnat.testing.store_contract import StoreContract

WHOLE: Mapping[str, type[provided.Provided]] = {
    "register_vocabularies": provided.VocabulariesContract,
    "register_facts": provided.FactsContract,
    "register_fields": provided.FieldsContract,
    "register_county_packs": provided.CountyPacksContract,
    "register_checks": provided.ChecksContract,
    "register_catalogues": provided.CataloguesContract,
    "register_commands": provided.CommandsContract,
    "register_message_sources": provided.MessageSourcesContract,
    "register_mailers": provided.MailersContract,
    "personal_data": provided.PersonalDataContract,
    "before_save": provided.GuardsContract,
    "before_delete": provided.GuardsContract,
    "after_commit": provided.GuardsContract,
    "book_opened": provided.GuardsContract,
}
"""By hook, the contract for all that a plugin has of it. What has one for each thing is in `classes`."""

BY_ONE = (
    "register_exporters", "register_importers", "register_views", "register_stores",
    "register_category_schemes",
)  # fmt: skip
UNTRIED = ("erase_person",)
"""What it would do is not to be done for a test."""


class InstalledExporter(ExporterContract):
    """Whether the file is whole is known of the formats that Python reads itself."""

    suffixes: tuple[str, ...] = ()

    def check(self, data: bytes) -> None:
        suffix = next(iter(self.suffixes), "")
        if suffix in (".json", ".geojson"):
            json.loads(data)
        elif suffix in (".jsonl", ".ndjson"):
            assert all(json.loads(line) is not None for line in data.splitlines())
        elif suffix in (".xml", ".svg", ".kml", ".gpx", ".graphml"):
            ElementTree.fromstring(data)
        elif suffix in (".csv", ".tsv"):
            list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        elif suffix in (".txt", ".md", ".html", ".ics", ".vcf"):
            data.decode("utf-8-sig")


class InstalledImporter(ImporterContract):
    """With a file of the user's; of other formats it may take none but by its suffix."""

    data: bytes = b""

    def sample(self) -> bytes:
        return self.data


class ImporterWithoutFile:
    """What can be said of an importer without a file that it reads."""

    name: str
    plugins: tuple[str, ...]

    def test_it_describes_itself_and_refuses_other_formats(self) -> None:
        with sample_book(self.plugins, empty=True) as book:
            importer: Importer = book.plugins.find("register_importers", self.name, "importer")
        assert importer.summary
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in importer.suffixes)
        for data in FORMATS.values():
            assert importer.sniff(data[:4096]) in (True, False)


class InstalledStore(StoreContract):
    """At a place of the user's, new for each test."""

    scheme: StoreScheme
    url: str

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def make_store(self, options: StoreOptions) -> Store:
        return self.scheme.open(self.url.replace("{folder}", self.folder.as_posix()), options)


def classes(given: Mapping[str, Any]) -> Iterator[tuple[str, type | str]]:
    """(what is tried, the tests of it, or a key that says why it is not tried)."""
    name: str = given["name"]
    found = Plugins([name], strict=False)
    hooks = next(one.hooks for one in found.loaded if one.name == name)
    made: set[type] = set()
    common = {"plugins": (name,), "plugin": name}
    for hook in hooks:
        if hook in BY_ONE:
            for plugin, piece in found.pieces(hook):
                if plugin == name:
                    yield _by_one(piece, common, given)
        elif hook in UNTRIED:
            yield hook, "not_erased"
        elif (contract := WHOLE.get(hook)) is None:
            yield hook, "no_contract"
        elif contract not in made:
            made.add(contract)
            yield hook, type("Tests", (contract,), common)


def _by_one(piece: Any, common: Mapping[str, Any], given: Mapping[str, Any]) -> tuple[str, type | str]:
    options = given["options"]
    match piece:
        case CategoryScheme():
            own = {**common, "name": piece.name}
            return f"code list {piece.name}", type("Tests", (CategoryContract,), own)
        case Exporter():
            own = {**common, "name": piece.name, "options": options, "suffixes": piece.suffixes}
            return f"exporter {piece.name}", type("Tests", (InstalledExporter,), own)
        case Importer():
            own = {**common, "name": piece.name, "options": options}
            file = Path(given["file"]) if given["file"] else None
            if file is None or file.suffix.lower() not in piece.suffixes:
                return f"importer {piece.name}", type("Tests", (ImporterWithoutFile,), own)
            data = file.read_bytes()
            theirs = frozenset(one for one, head in FORMATS.items() if piece.sniff(head[:4096]))
            return f"importer {piece.name}", type(
                "Tests", (InstalledImporter,), own | {"data": data, "own": theirs}
            )
        case View():
            parameters = list(inspect.signature(piece.run).parameters.values())[1:]
            known = {one.name for one in parameters}
            needed = [
                one.name for one in parameters if one.default is one.empty and one.kind is one.KEYWORD_ONLY
            ]
            if lacking := [one for one in needed if one not in options]:
                return f"view {piece.name}", f"needs_parameter:{lacking[0]}"
            params = ({key: value for key, value in options.items() if key in known},)
            return f"view {piece.name}", type(
                "Tests", (ViewContract,), {**common, "name": piece.name, "params": params}
            )
        case StoreScheme():
            if not given["url"].startswith(f"{piece.scheme}:"):
                return f"store {piece.scheme}", f"needs_place:{piece.scheme}"
            own = {**common, "scheme": piece, "url": given["url"]}
            return f"store {piece.scheme}", type("Tests", (InstalledStore,), own)
    raise AssertionError(piece)


class Recorder:
    """Tells what pytest says of each test."""

    def __init__(self, answers: Answers, names: Mapping[str, str]) -> None:
        self._answers, self._names = answers, names

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self._answers.began(*self._of(nodeid))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome == "failed":
            reason = ""
            if report.failed:
                crash = getattr(report.longrepr, "reprcrash", None)
                reason = str(crash.message if crash else report.longrepr)
                if crash and reason in ("AssertionError", "assert"):  # nothing is said: what was asked, then
                    reason = linecache.getline(crash.path, crash.lineno)
            what, tried = self._of(report.nodeid)
            self._answers.said(what, tried, report.outcome, " ".join(reason.split())[:300])
        elif report.skipped:
            self._answers.said(*self._of(report.nodeid), "not_tried", "skipped:")

    def _of(self, nodeid: str) -> tuple[str, str]:
        _, klass, test = nodeid.split("::", 2)
        return self._names[klass], test.removeprefix("test_").replace("_", " ")


def answer(given: Mapping[str, Any], answers: Answers) -> None:
    """Run them all."""
    tests, names = {}, {}
    for number, (what, made) in enumerate(classes(given)):
        if isinstance(made, str):
            answers.said(what, "contract", "not_tried", made)
        else:
            tests[f"Test{number}"] = made
            names[f"Test{number}"] = what
    sys.modules["kontaktnat_examined_tests"] = module = type(sys)("kontaktnat_examined_tests")
    vars(module).update(tests)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pytest.ini").write_text("[pytest]\n")
        file = folder / "test_installed.py"
        file.write_text("from kontaktnat_examined_tests import *\n")
        options = ["-q", "-p", "no:cacheprovider", "-c", str(folder / "pytest.ini"), "--rootdir", name]
        code = pytest.main(
            [*options, "--import-mode=importlib", str(file)], plugins=[Recorder(answers, names)]
        )
    if tests and code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        answers.said("contracts", "pytest", "failed", str(int(code)))


if __name__ == "__main__":
    told, where = map(Path, sys.argv[1:])
    answer(json.loads(told.read_text("utf-8")), Answers(where))
