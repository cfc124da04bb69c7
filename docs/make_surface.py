"""Record what is public, a promise a line: `python docs/make_surface.py` writes tests' public_surface.txt.

Names, parameters with their defaults, fields of frozen classes, hooks and their arguments, errors and exit
codes, commands and their options, versions of the formats. A test compares the file with what is there:
docs/reference/stability.md says what it means when a line goes.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import click

PAGE = Path(__file__).parents[1] / "tests" / "unit" / "public_surface.txt"
MODULES = (
    "kontaktnat", "kontaktnat.errors", "kontaktnat.extend", "kontaktnat.model", "kontaktnat.query",
    "kontaktnat.testing",
)  # fmt: skip
BASES = ("Condition", "Exception", "KontaktnatError", "Outward", "PluginError", "Record", "Refused")
"""What one may rely on a class being besides itself."""


def page() -> str:
    """The whole file."""
    lines = {*_names(), *_hooks(), *_errors(), *_commands(), *_formats()}
    return "".join(f"{line}\n" for line in sorted(lines))


def _names() -> Iterator[str]:
    described: dict[int, str] = {}
    for module in MODULES:
        found = importlib.import_module(module)
        for name in sorted(found.__all__):
            value, where = getattr(found, name), f"{module}.{name}"
            if (first := described.setdefault(id(value), where)) != where and callable(value):
                yield f"{where} is {first}"
                continue
            yield from _class(where, value) if inspect.isclass(value) else _other(where, value)


def _other(where: str, value: Any) -> Iterator[str]:
    if callable(value) and not type(value).__module__.startswith("pluggy"):
        yield f"{where}()"
        yield from _parameters(where, value)
    else:
        yield f"{where} : {type(value).__name__}"


def _class(where: str, cls: type) -> Iterator[str]:
    bases = [one.__name__ for one in cls.__mro__[1:] if one.__name__ in BASES]
    yield f"class {where}" + (f"({', '.join(bases)})" if bases else "")
    fields = {one.name: one for one in attrs.fields(cls)} if attrs.has(cls) else {}
    for number, one in enumerate(fields.values()):
        if one.init and not one.name.startswith("_"):
            place = "" if one.kw_only else f" {number}"
            yield f"{where} field{place} {one.name}: {_type(one.type)}{_default(one.default)}"
    if not attrs.has(cls) and not issubclass(cls, Exception) and "__init__" in vars(cls):
        yield from _parameters(where, cls)
    for name in dir(cls):
        # What a contract asks of others may grow: its tests are no promise, what they call is.
        if name.startswith(("_", "test_")) or name in fields or _told_elsewhere(cls, name):
            continue
        yield from _member(f"{where}.{name}", inspect.getattr_static(cls, name), getattr(cls, name, None))


def _told_elsewhere(cls: type, name: str) -> bool:
    """Whether it is Python's own (of Exception, of tuple), or that of a public class which this one is."""
    home = next((one for one in cls.__mro__ if name in vars(one)), cls)
    return not home.__module__.startswith("kontaktnat") or (home is not cls and home.__name__ in BASES)


def _member(where: str, member: Any, bound: Any) -> Iterator[str]:
    if isinstance(member, staticmethod | classmethod) or inspect.isfunction(member):
        yield f"{where}()"
        yield from _parameters(where, bound, method=inspect.isfunction(member))
    elif isinstance(member, property) or type(member).__name__ in ("cached_property", "member_descriptor"):
        yield f"{where} : attribute"
    else:
        yield f"{where} : {type(member).__name__}"


def _parameters(where: str, function: Any, *, method: bool = False) -> Iterator[str]:
    """One line each, so that one that is added breaks no other; a place only where it counts."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return
    for number, one in enumerate(parameters[1:] if method else parameters):
        places: dict[Any, str] = {one.KEYWORD_ONLY: "", one.VAR_KEYWORD: "**", one.VAR_POSITIONAL: "*"}
        place = places.get(one.kind, f"{number} ")
        yield f"{where}({place}{one.name}: {_type(one.annotation)}{_default(one.default)})"


def _type(annotation: Any) -> str:
    if annotation is inspect.Parameter.empty or annotation is None:
        return "?"
    text = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:kontaktnat|collections|typing|datetime|pathlib)(?:\.\w+)*\.(?=\w)", "", text)


def _default(value: Any) -> str:
    if value in (inspect.Parameter.empty, attrs.NOTHING):
        return ""
    if isinstance(value, attrs.Factory):  # type: ignore[arg-type]
        return f" = {getattr(value.factory, '__name__', 'made')}()"
    if callable(value):
        return f" = {getattr(value, '__name__', type(value).__name__)}"
    return f" = {re.sub(r' at 0x[0-9a-f]+', '', repr(value))}"


def _hooks() -> Iterator[str]:
    from kontaktnat.plugins.loading import HOOKS, PROVIDES

    for hook, arguments in HOOKS.items():
        yield f"hook {hook}" + (f" gives {PROVIDES[hook].__name__}" if hook in PROVIDES else "")
        yield from (f"hook {hook}({one})" for one in arguments)


def _errors() -> Iterator[str]:
    from kontaktnat import errors

    for name in errors.__all__:
        cls = getattr(errors, name)
        yield f"exit {cls.exit_code} {name}: {cls.code}"


def _commands() -> Iterator[str]:
    from kontaktnat.cli.main import cli

    context = click.Context(cli, info_name="kontaktnat")
    yield from _params("kontaktnat", cli)
    from kontaktnat.cli.app import imported
    from kontaktnat.cli.main import COMMANDS

    for name, (_, target) in COMMANDS.items():
        yield from _command(f"kontaktnat {name}", imported(target), context)


def _command(path: str, command: click.Command, context: click.Context) -> Iterator[str]:
    yield f"command {path}"
    yield from _params(path, command)
    if isinstance(command, click.Group):
        inner = click.Context(command, info_name=path, parent=context)
        for name in command.list_commands(inner):
            if found := command.get_command(inner, name):
                yield from _command(f"{path} {name}", found, inner)


def _params(path: str, command: click.Command) -> Iterator[str]:
    for number, one in enumerate(command.params):
        if isinstance(one, click.Option):
            kind = "" if one.is_flag else " VALUE"
            yield from (f"command {path} {name}{kind}" for name in (*one.opts, *one.secondary_opts))
        else:
            many = "…" if one.nargs != 1 else ""
            yield f"command {path} argument {number} {one.human_readable_name}{many}"


def _formats() -> Iterator[str]:
    from kontaktnat import codec
    from kontaktnat.model import RECORDS

    yield f"format kontaktnat/{codec.SCHEMA}"
    for name, cls in RECORDS.items():
        yield f"format record {name}"
        yield from (f"format record {name}.{one.name}" for one in attrs.fields(cls) if one.name != "unknown")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
