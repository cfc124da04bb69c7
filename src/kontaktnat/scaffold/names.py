"""What a new plugin may be called, and all that is named after it."""

from __future__ import annotations

import keyword
import re
from importlib.metadata import PackageNotFoundError, distribution, entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING

from attrs import frozen

from kontaktnat.errors import Invalid, Refused
from kontaktnat.i18n import Text
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.plugins import Plugins

PREFIX = "kontaktnat-"
_LONGEST = 24
_NAME = re.compile(r"(?=..)[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_EXAMPLE = "blekinge"


@frozen(kw_only=True, repr=False)
class Names:
    """The names of one plugin."""

    plugin: str

    @property
    def distribution(self) -> str:
        return PREFIX + self.plugin

    @property
    def package(self) -> str:
        return self.distribution.replace("-", "_")

    def words(self) -> dict[str, str]:
        """As the templates' words."""
        from kontaktnat import __version__

        return {
            "name": self.plugin,
            "distribution": self.distribution,
            "package": self.package,
            "word": self.plugin.replace("-", "_"),
            "title": self.plugin.replace("-", " ").capitalize(),
            "variable": self.package.upper(),
            "core": ".".join(__version__.split(".")[:2]),
        }


def names(given: str, hook: str, plugins: Plugins | None = None) -> Names:
    """Those of a plugin called `given`, which is to implement `hook`.

    Raises Invalid for what cannot be a name, with one that can; Refused for one that is taken.
    """
    name = given.strip().removeprefix(PREFIX)
    if not _NAME.fullmatch(name) or name == PREFIX.strip("-"):
        raise Invalid("{path}: {value!r} is no name for a plugin: a-z, 0-9 and hyphens, as in {example}",
                      path="name", value=given, example=_like(given))  # fmt: skip
    if len(name) > _LONGEST:
        raise Invalid("{path}: {value} has {n} letters; take at most {most}", path="name", value=name,
                      n=len(name), most=_LONGEST)  # fmt: skip
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise Invalid("{path}: {value} is a word of Python's own; name it otherwise, as {example}",
                      path="name", value=name, example=f"{name}-{_EXAMPLE}")  # fmt: skip
    chosen = Names(plugin=name)
    if owner := _owner(chosen, hook, plugins):
        raise Refused("{name} is taken, by {owner}; name yours otherwise", name=name, owner=owner)
    return chosen


def _like(given: str) -> str:
    """A name as like it as can be."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(given)).strip("-0123456789")
    plain = plain.removeprefix(PREFIX).lstrip("-0123456789")[:_LONGEST].strip("-")
    return plain if _NAME.fullmatch(plain) and plain != PREFIX.strip("-") else _EXAMPLE


def _owner(chosen: Names, hook: str, plugins: Plugins | None) -> str:
    """Who has the name already, as a plugin's, a distribution's, or that of what the hook provides."""
    from kontaktnat.plugins import BUILTIN, GROUP, Plugins

    if chosen.plugin in BUILTIN:
        return Text("kontaktnat itself")
    for entry in entry_points(group=GROUP, name=chosen.plugin):
        return entry.dist.name if entry.dist else entry.value
    try:
        return distribution(chosen.distribution).name
    except PackageNotFoundError:
        if find_spec(chosen.package) is not None:
            return Text("the package {package}", package=chosen.package)
    for owner, piece in (plugins or Plugins()).pieces(hook):
        if chosen.plugin == (piece.scheme if hook == "register_stores" else piece.name):
            return Text("kontaktnat itself") if owner in BUILTIN else Text("plugin {plugin}", plugin=owner)
    return ""
