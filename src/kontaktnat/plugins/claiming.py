"""Who provides which name, where two say that they do.

A built-in one keeps its name. Of two plugins nobody can tell which is meant: neither has the name until one
of them is removed, and all other names stay. Checks are an exception: the first by name of plugin runs, for
without it something could be saved that it would have refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import frozen

from kontaktnat.errors import PluginConflict
from kontaktnat.plugins.loading import name_of

_FIRST_STAYS = frozenset({"register_checks"})


@frozen
class Claims:
    """What a hook provides, by name, and the names that are in nobody's use or in another's."""

    pieces: Mapping[str, Any]
    conflicts: tuple[PluginConflict, ...] = ()

    def of(self, name: str) -> PluginConflict | None:
        """The conflict about a name that nobody has."""
        if name in self.pieces:
            return None
        return next((one for one in self.conflicts if one.fields["name"] == name), None)


def claimed(
    hook: str, pieces: Iterable[tuple[str, Any]], taken: Iterable[str], builtin: Iterable[str]
) -> Claims:
    """Sort out (plugin, descriptor) pairs; `taken` names are kontaktnat's own."""
    owners = dict.fromkeys(taken, "kontaktnat")
    keeps = {"kontaktnat", *builtin}
    found: dict[str, Any] = {}
    conflicts = []
    for plugin, piece in pieces:
        name = name_of(piece)
        if first := owners.get(name):
            fields = {"first": first, "plugin": plugin, "name": name, "hook": hook}
            if first in keeps or hook in _FIRST_STAYS:
                conflict = PluginConflict(
                    "{first} and {plugin} both provide {name} ({hook}); that of {plugin} is left out",
                    **fields,
                )
            else:
                conflict = PluginConflict(
                    "{first} and {plugin} both provide {name} ({hook}); remove one of them", **fields
                )
                found.pop(name, None)
            conflicts.append(conflict)
            continue
        owners[name] = plugin
        found[name] = piece
    return Claims(found, tuple(conflicts))
