"""`plugins check`: an installed plugin examined, from what it declares to the contracts of what it provides.

What runs its code runs in processes of their own, with a time to be ready in: a plugin that ends the process,
or never ends, is a result and not the end of the examination. The contracts are those that authors inherit in
their tests, of `kontaktnat.testing`, and need pytest: they are its tests, with its fixtures and parameters,
and a second runner would soon say something else. Without pytest all else is examined, and that is said.
"""

from __future__ import annotations

import gettext
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping
from importlib.metadata import EntryPoint
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from kontaktnat.errors import NotFound, PluginConflict
from kontaktnat.i18n import Text
from kontaktnat.plugins import sources
from kontaktnat.plugins.loading import PROVIDES, all_installed, clean, one_line, origin
from kontaktnat.plugins.made_for import unmet

Outcome = Literal["passed", "failed", "not_tried"]
_FEW = 3


@frozen(kw_only=True)
class Examined:
    """One thing that was tried of a plugin."""

    what: str
    """Of what: `package`, `module`, `register_views`, `exporter ics`."""
    tried: str
    outcome: Outcome
    reason: str = ""
    """Why it failed or was not tried, or what was measured."""


@frozen(kw_only=True, repr=False)
class Given:
    """What the contracts need of whoever asks."""

    file: Path | None = None
    """A file that the plugin's importers read."""
    url: str = ""
    """Where its store may be made, with `{folder}` for one that is new for each test."""
    options: Mapping[str, str] = {}
    """Options of its exporters and importers, parameters of its views."""
    seconds: float = 300.0
    """How long the contracts may take."""


def find(name: str) -> EntryPoint:
    """The installed plugin of that name; raises NotFound, and PluginConflict where two have it."""
    there = all_installed()
    if name not in there:
        raise NotFound(
            "no plugin {name} is installed; there are: {listed}",
            name=name,
            nearest=sorted(there),
            listed=", ".join(sorted(there)) or Text("none"),
        )
    first, *others = there[name]
    if others:
        raise PluginConflict(
            "{first} and {plugin} both bring a plugin named {name}; uninstall one of them",
            first=" ".join(origin(first)),
            plugin=" ".join(origin(others[0])),
            name=name,
        )
    return first


def examine(name: str, given: Given = Given()) -> Iterator[Examined]:
    """What is tried of it, one by one, as it comes; raises as `find`."""
    entry = find(name)
    yield from _package(entry)
    usable = yield from _in_a_process("kontaktnat.plugins.trying", {"name": name}, given.seconds)
    if not usable:
        return
    if find_spec("pytest") is None:
        reason = Text("they are tests of pytest: pip install pytest")
        tried = Text("the contracts of kontaktnat.testing")
        yield Examined(what="contracts", tried=tried, outcome="not_tried", reason=reason)
        return
    told = {"name": name, "url": given.url, "options": dict(given.options)}
    told["file"] = str(given.file.resolve()) if given.file else ""
    yield from _in_a_process("kontaktnat.testing.examined", told, given.seconds)


def _package(entry: EntryPoint) -> Iterator[Examined]:
    wanted = unmet(entry)
    version = " ".join(filter(None, origin(entry)))
    yield _judged("package", Text("made for this kontaktnat and this Python"), wanted, clean(version))
    try:
        parsed = sources.trees(entry)
    except (ImportError, SyntaxError, ValueError, OSError) as error:
        yield _judged("package", Text("its source can be read"), one_line(error))
        return
    missing = _listed(sources.undeclared(entry, parsed))
    missing = missing and Text("not among its dependencies: {listed}", listed=missing)
    yield _judged("package", Text("imports only what it declares"), missing)
    private = _listed(sources.not_public(parsed))
    private = private and Text("may change without notice: {listed}", listed=private)
    yield _judged("package", Text("imports only what is public of kontaktnat"), private)
    yield from _catalogues(entry, parsed)


def _catalogues(entry: EntryPoint, parsed: Mapping[Path, Any]) -> Iterator[Examined]:
    """Whether each language that it speaks has every sentence that stands in its source."""
    top = entry.module.partition(".")[0]
    root = min((one.parent for one in parsed), key=lambda one: len(one.parts), default=None)
    found = sorted(root.rglob("LC_MESSAGES/*.mo")) if root else []
    tried = Text("its catalogue is complete")
    if not found:
        reason = Text("{module} has no catalogue: it speaks English only", module=top)
        yield Examined(what="package", tried=tried, outcome="not_tried", reason=reason)
    for path in found:
        lang = path.parts[-3]
        known = _known(path) | _known(
            Path(__file__).parents[1] / "locale" / lang / "LC_MESSAGES" / "kontaktnat.mo"
        )
        missing = _listed(
            (f'"{said}"', place)
            for said, place in sources.sentences(parsed)
            if said not in known and any(map(str.isalpha, said))
        )
        missing = missing and Text("not in {lang}: {listed}", lang=lang, listed=missing)
        yield _judged("package", tried, missing, lang)


def _known(path: Path) -> set[str]:
    """The sentences of a compiled catalogue, of those with a plural the singular."""
    if not path.is_file():
        return set()
    with path.open("rb") as stream:
        read: Any = gettext.GNUTranslations(stream)
    catalogue: Mapping[str | tuple[str, int], str] = read._catalog
    return {one if isinstance(one, str) else one[0] for one in catalogue}


def _listed(found: Any) -> str:
    """The first few, and how many more."""
    told = [f"{clean(what)[:60]} ({place})" for what, place in found]
    if len(told) > _FEW:
        return Text("{listed} and {n} more", listed=", ".join(told[:_FEW]), n=len(told) - _FEW)
    return ", ".join(told)


def _judged(what: str, tried: str, problem: str | None, measured: str = "") -> Examined:
    if problem:
        return Examined(what=what, tried=tried, outcome="failed", reason=problem)
    return Examined(what=what, tried=tried, outcome="passed", reason=measured)


def _in_a_process(module: str, given: Mapping[str, Any], seconds: float) -> Generator[Examined, None, bool]:
    """Run `python -m module GIVEN ANSWERS`, two files, so that what a plugin prints is in nobody's way.

    Returns whether it came to an end and the plugin can be used.
    """
    with tempfile.TemporaryDirectory() as name:
        told, answers = Path(name) / "given.json", Path(name) / "answers.jsonl"
        told.write_text(json.dumps(given), encoding="utf-8")
        answers.touch()
        quiet = {
            one: value for one, value in os.environ.items() if not one.startswith(("KONTAKTNAT_", "PYTEST_"))
        }
        ended = ""
        try:
            done = subprocess.run(
                [sys.executable, "-m", module, str(told), str(answers)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=seconds,
                check=False,
                env=quiet,
                cwd=name,
            )
            if done.returncode:
                ended = Text("the process ended with {code}", code=done.returncode)
        except subprocess.TimeoutExpired:
            ended = Text("not ready after {n:g} seconds", n=seconds)
        lines = [json.loads(one) for one in answers.read_text("utf-8").splitlines() if one.endswith("}")]
    began: dict[str, Any] | None = None
    ended_well = not ended
    for line in lines:
        began = line if line["outcome"] == "began" else None
        ended_well = ended_well and not (line["what"] == "module" and line["outcome"] == "failed")
        if began is None:
            yield Examined(
                what=clean(line["what"]), tried=_tried(line), outcome=line["outcome"], reason=_reason(line)
            )
    if ended:
        last = began or {"what": "module", "tried": "process"}
        yield Examined(what=clean(last["what"]), tried=_tried(last), outcome="failed", reason=ended)
    return ended_well


def _tried(line: Mapping[str, Any]) -> str:
    """What was tried, in words; the name of a contract's test is its own words."""
    match line["tried"]:
        case "process":
            return Text("the examination")
        case "imported":
            return Text("it can be imported and used")
        case "hooks":
            return Text("its hooks are known")
        case "gives":
            kind = PROVIDES[line["what"]].__name__
            return Text("gives {kind}, each of a name of its own", kind=kind)
        case "names":
            return Text("takes no other's name")
        case "contract":
            return Text("its contract")
        case "pytest":
            return Text("pytest runs it")
    return clean(line["tried"])


def _reason(line: Mapping[str, Any]) -> str:
    """Why, or what was measured, in words."""
    reason = clean(line["reason"])
    if line["outcome"] == "passed" and line["tried"] == "imported" and reason:
        milliseconds, modules = reason.split()
        return Text("{ms} ms, {n} module", "{ms} ms, {n} modules", ms=milliseconds, n=int(modules))
    if line["outcome"] == "failed" and line["tried"] == "pytest":
        return Text("pytest ended with {code}", code=reason)
    if line["outcome"] != "not_tried":
        return reason
    key, _, what = reason.partition(":")
    match key:
        case "not_erased":
            return Text("nothing is erased for a test")
        case "no_contract":
            return Text("there is no contract for this hook")
        case "needs_parameter":
            return Text("it needs a parameter: --set {name}=…", name=what)
        case "needs_place":
            return Text("it needs a place: --url '{scheme}:{folder}/book'", scheme=what, folder="{folder}")
    return Text("skipped")
