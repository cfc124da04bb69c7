"""Collect every sentence that people read, and compile its translations: `python3 dev.py messages`.

The sentences are found in the source by what they are given to (`Text`, an error, a title, a help line,
the docstring of a command); English is the key. `*.po` is what a translator edits, `*.mo` what gettext
reads; both are kept, and a test compares them with the source, so that none is missing, stale or out of
step. Click's own sentences are in the core's catalogue: they are met at the prompt, and click brings no
Swedish.
"""

from __future__ import annotations

import ast
import inspect
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANG = "sv"
ERRORS = {
    "KontaktnatError", "Usage", "NotFound", "Ambiguous", "Invalid", "Conflict", "Refused", "Veto",
    "StoreBusy", "StoreDamaged", "PluginError", "PluginConflict",
}  # fmt: skip
POSITIONS = {"Text": (0, 1), "ask": (1,), "pairs": (1,)} | dict.fromkeys(ERRORS, (0,))
"""Which positional arguments of a call are sentences (for Text: the singular and the plural)."""
KEYWORDS = {"title", "definition", "summary", "help", "short_help", "message", "remedy", "metavar"}
DATA = {"Text", "Interaction", "Role", "Topic"} | ERRORS
"""Calls whose keyword arguments are somebody's data, or fields of a sentence."""
CONSTANTS = {"DEFINITION", "FORMULA", "SOURCE", "TITLE"}
METAVARS = (
    "TEXT", "INTEGER", "INTEGER RANGE", "integer", "integer range", "[OPTIONS]", "COMMAND [ARGS]...",
    "[COMMAND] [ARGS]...",
)  # fmt: skip
"""What click shows where nothing else is said."""
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""A run without changes changes no file."""


class Found(NamedTuple):
    """A sentence, its plural or "", and where it stands."""

    message: str
    plural: str
    place: str


class NotLiteral(NamedTuple):
    """A sentence that is made at run time, so that no translator can know it."""

    place: str
    code: str


def packages(root: Path = ROOT) -> dict[str, Path]:
    """Gettext domain → the package whose sentences it holds."""
    # A county pack may be data alone.
    plugins = [one for one in root.glob("plugins/*/src/kontaktnat_*") if any(one.rglob("*.py"))]
    folders = [root / "src" / "kontaktnat", *plugins]
    return {folder.name: folder for folder in folders}


def sentences(folder: Path) -> tuple[list[Found], list[NotLiteral]]:
    """All sentences of a package, and what should be one and is not literal."""
    found: list[Found] = []
    odd: list[NotLiteral] = []
    for file in sorted(folder.rglob("*.py")):
        if "testing" in file.relative_to(folder).parts:
            continue  # for developers, in English
        place = file.relative_to(folder.parent).as_posix()
        for one in _of_module(ast.parse(file.read_text("utf-8")), place):
            (found if isinstance(one, Found) else odd).append(one)  # type: ignore[arg-type]
    return found, odd


def _of_module(tree: ast.Module, place: str) -> Iterator[Found | NotLiteral]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _of_call(node, place)
        elif isinstance(node, ast.FunctionDef):
            yield from _of_command(node, place)
        elif isinstance(node, ast.Assign) and _name(node.targets[0]) in CONSTANTS:
            yield Found(_literal(node.value) or "", "", place)


def _of_call(node: ast.Call, place: str) -> Iterator[Found | NotLiteral]:
    name = _name(node.func)
    where = f"{place}: {name}"
    texts = [_literal(node.args[n]) for n in POSITIONS.get(name, ()) if n < len(node.args)]
    if texts and texts[0]:
        yield Found(texts[0], texts[1] or "" if len(texts) > 1 else "", place)
    elif texts and texts[0] is None and not _is_text(node.args[POSITIONS[name][0]]):
        yield NotLiteral(where, ast.unparse(node.args[POSITIONS[name][0]]))
    for keyword in node.keywords:
        if keyword.arg in KEYWORDS and name not in DATA:
            text = _literal(keyword.value)
            if text:
                yield Found(text, "", place)
            elif isinstance(keyword.value, ast.JoinedStr | ast.BinOp):
                yield NotLiteral(where, ast.unparse(keyword.value))
    if name == "argument" and node.args and not any(one.arg == "metavar" for one in node.keywords):
        yield Found((_literal(node.args[0]) or "").upper(), "", place)


def _of_command(node: ast.FunctionDef, place: str) -> Iterator[Found]:
    called = [one.func for one in node.decorator_list if isinstance(one, ast.Call)]
    if any(_name(one) in ("command", "group") for one in called) and (text := ast.get_docstring(node)):
        yield Found(inspect.cleandoc(text), "", place)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _is_text(node: ast.expr) -> bool:
    """A Text already, or a choice between literal ones."""
    return isinstance(node, ast.Call) and _name(node.func) in ("Text", "joined")


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def clicks() -> Iterator[Found]:
    """Click's own sentences."""
    import click

    keywords = {"_": None, "ngettext": (1, 2)}
    folder = Path(click.__file__).parent
    for _, _, message, _, _ in extract_from_dir(folder, [("**.py", "python")], keywords=keywords):
        one, several = message if isinstance(message, tuple) else (message, "")
        yield Found(one, several, "click")
    yield from (Found(name, "", "click") for name in METAVARS)


def wanted(domain: str, folder: Path) -> Catalog:
    """The catalogue as the source wants it, without translations."""
    catalogue = Catalog(
        locale=LANG, domain=domain, project=domain, charset="utf-8", fuzzy=False, header_comment="",
        creation_date=_NO_DATE, revision_date=_NO_DATE, last_translator="", language_team="",
        msgid_bugs_address="", version="",
    )  # fmt: skip
    found, _ = sentences(folder)
    for one in (*found, *(clicks() if domain == "kontaktnat" else ())):
        key = (one.message, one.plural) if one.plural else one.message
        if any(letter.isalpha() for letter in one.message):
            catalogue.add(key, locations=[(one.place, None)])
    return catalogue


def files(folder: Path) -> tuple[Path, Path]:
    """The `.po` and the `.mo` of a package."""
    place = folder / "locale" / LANG / "LC_MESSAGES" / folder.name
    return place.with_suffix(".po"), place.with_suffix(".mo")


def kept(folder: Path) -> Catalog:
    """The catalogue as it is kept; empty where there is none yet."""
    po, _ = files(folder)
    if not po.exists():
        return Catalog(locale=LANG)
    with po.open("rb") as stream:
        return read_po(stream, locale=LANG, domain=folder.name)


def compiled(catalogue: Catalog) -> bytes:
    """What gettext reads."""
    write_mo(stream := io.BytesIO(), catalogue)
    return stream.getvalue()


def main() -> int:
    """Merge what the source wants into what is kept; tell what is untranslated."""
    open_ = 0
    for domain, folder in packages().items():
        catalogue, old = wanted(domain, folder), kept(folder)
        for message in catalogue:
            known = old.get(message.id)
            if message.id and known and known.id == message.id:
                message.string = known.string
        po, mo = files(folder)
        po.parent.mkdir(parents=True, exist_ok=True)
        with po.open("wb") as stream:
            write_po(stream, catalogue, width=100, sort_output=True, omit_header=False)
        mo.write_bytes(compiled(catalogue))
        missing = [message for message in catalogue if message.id and not all(_forms(message.string))]
        open_ += len(missing)
        print(f"{po.relative_to(ROOT)}: {len(catalogue)} messages, {len(missing)} untranslated")
    return 1 if open_ else 0


def _forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


if __name__ == "__main__":
    sys.exit(main())
