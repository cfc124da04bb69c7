"""What the source of an installed plugin says, without running it: its imports and its sentences."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, EntryPoint, packages_distributions
from importlib.util import find_spec
from pathlib import Path

PUBLIC = re.compile(r"kontaktnat(\.(errors|extend|query|testing(\..+)?|model(\..+)?))?")
"""What of kontaktnat plugins may import, see docs/reference/stability.md."""

_SAID = frozenset(
    {"Text", "Ambiguous", "Conflict", "Invalid", "NotFound", "PluginError", "Refused", "Usage", "Veto"}
)
"""Whose first argument people read."""


def files(entry: EntryPoint) -> list[Path]:
    """The Python files of the plugin's own package; raises ImportError where it cannot be found."""
    top = entry.module.partition(".")[0]
    spec = find_spec(top)
    if spec is None:
        raise ModuleNotFoundError(f"No module named {top!r}")
    if spec.submodule_search_locations:
        return sorted(one for place in spec.submodule_search_locations for one in Path(place).rglob("*.py"))
    return [Path(spec.origin)] if spec.origin and spec.origin.endswith(".py") else []


def trees(entry: EntryPoint) -> dict[Path, ast.Module]:
    """The same, parsed; raises SyntaxError for what is no Python, ImportError as `files`."""
    return {one: ast.parse(one.read_bytes(), str(one)) for one in files(entry)}


def undeclared(entry: EntryPoint, parsed: Mapping[Path, ast.Module]) -> Iterator[tuple[str, str]]:
    """(module, place) of what it imports and its metadata does not name; what is tried for is passed over."""
    own = entry.module.partition(".")[0]
    declared = _declared(entry.dist) if entry.dist is not None else set()
    homes = packages_distributions()
    for path, tree in parsed.items():
        for line, module in _imports(tree):
            top = module.partition(".")[0]
            if top in sys.stdlib_module_names or top == own:
                continue
            # Whose files are somewhere else (`pip install -e`) is not told; mostly it is called the same.
            if not {_plain(one) for one in homes.get(top, (top,))} & declared:
                yield module, f"{path.name}:{line}"


def not_public(parsed: Mapping[Path, ast.Module]) -> Iterator[tuple[str, str]]:
    """(module, place) of what it imports of kontaktnat that may change without notice."""
    for path, tree in parsed.items():
        for line, module in _imports(tree):
            if module.partition(".")[0] == "kontaktnat" and not PUBLIC.fullmatch(module):
                yield module, f"{path.name}:{line}"


def sentences(parsed: Mapping[Path, ast.Module]) -> Iterator[tuple[str, str]]:
    """(sentence, place) of what is written out to be read by people."""
    for path, tree in parsed.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            if (
                called in _SAID
                and isinstance(first, ast.Constant)
                and isinstance(first.value, str)
                and first.value
            ):
                yield first.value, f"{path.name}:{node.lineno}"


def _imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Try) and any(_forgiving(one) for one in node.handlers):
            for one in (*node.handlers, *node.orelse, *node.finalbody):
                yield from _imports(one)
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module
        else:
            yield from _imports(node)


def _forgiving(handler: ast.ExceptHandler) -> bool:
    """`except ImportError`: it does without, where that is not installed."""
    return (
        handler.type is not None
        and re.search(r"ImportError|ModuleNotFoundError", ast.unparse(handler.type)) is not None
    )


def _declared(dist: Distribution) -> set[str]:
    """The distributions that it names, extras too, and itself."""
    named = {_plain(re.split(r"[\s\[(;<>=!~]", one.strip(), maxsplit=1)[0]) for one in dist.requires or ()}
    return named | {_plain(dist.metadata["Name"])}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
