"""A new plugin's distribution, written whole: `new_plugin("blekinge", "view")`.

The files of a kind lie under `templates/` as they will be, but for `{{words}}` in their text and PACKAGE in
their paths. These are replaced by hand: jinja2 would be a dependency of every installation, for an author's
one command.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from kontaktnat.errors import Invalid, Refused, reason
from kontaktnat.i18n import or_nearest
from kontaktnat.scaffold.catalogue import compiled
from kontaktnat.scaffold.names import Names, names

if TYPE_CHECKING:
    from kontaktnat.plugins import Plugins

__all__ = ["KINDS", "NewPlugin", "new_plugin"]

KINDS: Mapping[str, str] = {
    "exporter": "register_exporters",
    "categories": "register_category_schemes",
    "county": "register_county_packs",
    "mailer": "register_mailers",
    "check": "register_checks",
    "view": "register_views",
    "store": "register_stores",
}
"""What there are templates for, each with the hook that it is about."""

_DATA = frozenset({"county"})
"""Kinds without a line of Python; the others have what is in `templates/python` too."""
_PARTS = {"about": "about.md.in", "check": "check.in", "module": "module.in", "needs": "needs.in",
          "work": "work.md.in"}  # fmt: skip
"""Words of the common files that are a kind's own, and where they stand; a kind need not have each."""
_WORD = re.compile(r"\{\{(\w+)\}\}")


@frozen(kw_only=True, repr=False)
class NewPlugin:
    """A distribution that was written, or would be."""

    name: str
    """What `kontaktnat plugins` calls it, and the format, view, … that it has."""
    kind: str
    folder: Path
    files: tuple[str, ...]
    """Below `folder`, with slashes, in order."""


def new_plugin(
    name: str,
    kind: str,
    into: str | os.PathLike[str] = ".",
    *,
    dry_run: bool = False,
    plugins: Plugins | None = None,
) -> NewPlugin:
    """Write a distribution with a working plugin of that kind, its tests and its README, in a new folder.

    `name`: `blekinge` or `kontaktnat-blekinge`; the folder in `into` is called the latter. It is written
    beside and put in place whole; with `dry_run` not at all. `plugins`: those that are there, whose names are
    taken; None for all that are installed.

    Raises Invalid for a name or a kind that is none, where there is no folder `into`, and where the disk will
    not have it; Refused for a name that is taken, and for a folder that exists.
    """
    if kind not in KINDS:
        raise Invalid("{path}: {value!r} is no kind of plugin{hint}; there are: {known}", path="kind",
                      value=kind, hint=or_nearest(kind, KINDS), known=", ".join(KINDS))  # fmt: skip
    chosen = names(name, KINDS[kind], plugins)
    folder = Path(into) / chosen.distribution
    if not folder.parent.is_dir():
        raise Invalid(
            "{path}: there is no folder {folder}; make it first", path="into", folder=str(folder.parent)
        )
    if os.path.lexists(folder):
        raise Refused(
            "{path} is there already; name another plugin, or put it into another folder", path=str(folder)
        )
    files = _files(kind, chosen)
    if not dry_run:
        _write(folder, files)
    return NewPlugin(name=chosen.plugin, kind=kind, folder=folder, files=tuple(files))


def _files(kind: str, chosen: Names) -> dict[str, bytes]:
    """Path below the folder → content, by path."""
    root = resources.files(__name__) / "templates"
    found = {**_below(root / "common"), **({} if kind in _DATA else _below(root / "python"))}
    found |= _below(root / kind)
    words = chosen.words()
    words |= {word: _filled(found.pop(file, ""), words) for word, file in _PARTS.items()}
    words["summary"] = words["about"].splitlines()[0].rstrip(".")
    words |= {word: words[word].strip() for word in ("about", "check", "module", "work")}
    files = {
        path.replace("PACKAGE", chosen.package).removesuffix(".in"): _filled(text, words)
        for path, text in found.items()
    }
    whole = {path: text.encode() for path, text in files.items()}
    whole |= {path[:-2] + "mo": compiled(text) for path, text in files.items() if path.endswith(".po")}
    return dict(sorted(whole.items()))


def _below(folder: Traversable, before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for one in folder.iterdir():
        if one.is_dir():
            found |= _below(one, f"{before}{one.name}/")
        else:
            found[before + one.name] = one.read_text("utf-8")
    return found


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words[found[1]], text)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    """All of it or nothing."""
    beside = None
    try:
        beside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        whole = beside / folder.name  # with the modes that the user's files have; `beside` is private
        for path, content in files.items():
            file = whole / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        whole.rename(folder)
    except OSError as error:
        raise Invalid("{path}: {problem}", path=str(folder), problem=reason(error)) from None
    finally:
        if beside is not None:
            with contextlib.suppress(OSError):
                shutil.rmtree(beside)
