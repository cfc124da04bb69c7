"""pack.toml: what the pack is called, of which county, which version, and what is customary there."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, or_nearest
from kontaktnat.packs.files import SETTINGS, text_of
from kontaktnat.packs.mistakes import Mistake, Tell, bare

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_TABLES = ("months", "mandate")
_ENTRIES = ("name", "county", "title", "version", "aliases", "practice")


def described(folder: Traversable, tell: Tell) -> dict[str, Any]:
    """The entries that are right; a pack needs name, county, title and version."""
    text = text_of(folder, SETTINGS, tell)
    if text is None:
        tell(
            Mistake(
                file=SETTINGS,
                problem=Text("missing; a pack's name, county, title and version stand there"),
                remedy=Text(
                    "write one; kontaktnat plugins new NAME --kind county writes a pack to begin from"
                ),
            )
        )
        return {}
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5000 digits is a plain ValueError
        problem = (
            str(error) if isinstance(error, tomllib.TOMLDecodeError) else Text("no TOML that can be read")
        )
        at = re.search(r"line (\d+)", problem)
        remedy = Text(
            'an entry is NAME = VALUE, and texts stand between quotation marks: title = "Kalmar län"'
        )
        tell(Mistake(file=SETTINGS, line=int(at[1]) if at else None, problem=problem, remedy=remedy))
        return {}
    return _right(found, text, tell)


def _right(found: dict[str, Any], text: str, tell: Tell) -> dict[str, Any]:
    right: dict[str, Any] = {}

    def wrong(name: str, problem: str, remedy: str) -> None:
        at = _line(text, name)
        tell(Mistake(file=SETTINGS, line=at, column=name, problem=problem, remedy=remedy))

    for name in found:
        if name not in _ENTRIES:
            hint = or_nearest(name, _ENTRIES)
            wrong(name, Text("no such entry{hint}", hint=hint), Text("take it out, or name it rightly"))
    for name in ("name", "county", "title"):
        value = found.get(name)
        if not (isinstance(value, str) and value.strip()):
            wrong(name, Text("a text is needed"), Text('write it as {name} = "…"', name=name))
        elif name == "county" and not re.fullmatch(r"\d\d", value, re.ASCII):
            wrong(
                name,
                Text("{value!r} is no county code (two digits, SCB)", value=value),
                Text('write SCB\'s code between quotation marks: "08"'),
            )
        else:
            right[name] = value
    version = found.get("version")
    if type(version) is int and 1 <= version < 2**31:
        right["version"] = version
    else:
        wrong(
            "version",
            Text("a whole number from 1 is needed"),
            Text("write version = 1, without quotation marks"),
        )
    aliases = found.get("aliases", [])
    if isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases):
        right["aliases"] = tuple(aliases)
    else:
        wrong("aliases", Text("a list of texts is needed"), Text('write it as aliases = ["H", "Kalmar län"]'))
    if "practice" in found:
        right["practice"] = _practice(found["practice"], text, tell)
    return right


def _practice(table: Any, text: str, tell: Tell) -> Mapping[str, Any]:
    """What of the table fits: see `kontaktnat.practice`."""
    from kontaktnat.practice import practice

    if not isinstance(table, dict):
        at, remedy = (
            _line(text, "practice"),
            Text("write [practice] on a line of its own, and entries below it"),
        )
        problem = Text("a table is needed")
        tell(Mistake(file=SETTINGS, line=at, column="practice", problem=problem, remedy=remedy))
        return {}
    right: dict[str, Any] = {}
    for name, value in table.items():
        within = name in _TABLES and isinstance(value, dict)
        for inner, one in value.items() if within else ((name, value),):
            alone = {name: {inner: one}} if within else {name: one}
            try:
                practice(alone)
            except Invalid as error:
                tell(
                    Mistake(
                        file=SETTINGS,
                        line=_line(text, inner),
                        column=f"practice.{name}.{inner}" if within else f"practice.{name}",
                        problem=bare(error),
                        remedy=Text(
                            "correct it, or take it out; docs/howto/describe-a-county.md lists what there is"
                        ),
                    )
                )
                continue
            if within:
                right.setdefault(name, {})[inner] = one
            else:
                right[name] = one
    return right


def line_of(folder: Traversable, name: str) -> int | None:
    """On which line of pack.toml an entry stands, where that can be read."""
    return _line(text_of(folder, SETTINGS, lambda _: None) or "", name)


def _line(text: str, name: str) -> int | None:
    """Where an entry stands."""
    entry = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*=""")
    return next((n for n, line in enumerate(text.splitlines(), 1) if entry.match(line)), None)
