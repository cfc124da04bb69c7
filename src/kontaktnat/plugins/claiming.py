"""What providers gave, looked at, and who provides which name where two say that they do.

A built-in one keeps its name. Of two plugins nobody can tell which is meant: neither has the name until one
of them is removed, and all other names stay. Checks are an exception: the first by name of plugin runs, for
without it something could be saved that it would have refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from attrs import frozen

from kontaktnat.descriptors import Vocabulary
from kontaktnat.errors import PluginConflict

T = TypeVar("T")

_MOST = 10_000
"""No provider gives so many, but one that gives them without end."""

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


def checked(kind: type, provided: Any) -> tuple[Any, ...]:
    """What a provider gave; raises TypeError or ValueError unless it is descriptors of its kind."""
    if not isinstance(provided, Iterable):
        raise TypeError(f"it gave {type(provided).__name__}, not a list of {kind.__name__}")
    pieces = tuple(islice(provided, _MOST + 1))
    if len(pieces) > _MOST:
        raise ValueError(f"it gave more than {_MOST} of {kind.__name__}, and may never end")
    claims: set[tuple[str, str]] = set()
    for piece in pieces:
        if not isinstance(piece, kind):
            raise TypeError(f"it gave {type(piece).__name__}, not {kind.__name__}")
        if not isinstance(name_of(piece), str):
            raise TypeError(f"it gave {kind.__name__} without a name")
        # Several vocabularies of one name add up, but each word has to be new.
        words = [word.id for word in piece.words] if isinstance(piece, Vocabulary) else [""]
        for claim in ((name_of(piece), word) for word in words):
            if claim in claims:
                raise ValueError(f"it gave {' '.join(filter(None, claim))} twice")
            claims.add(claim)
    return pieces


def only(kind: type[T], given: Iterable[Any]) -> Iterator[T]:
    """What a plugin's function gives, as it comes; raises TypeError for anything of another kind.

    Where it is used the error would be ours, and nobody would know whose it is.
    """
    for one in given:
        if not isinstance(one, kind):
            raise TypeError(f"it gave {type(one).__name__}, not {kind.__name__}")
        yield one


def name_of(piece: Any) -> str:
    """The name that a descriptor claims."""
    name: str = piece.name if hasattr(piece, "name") else piece.scheme
    return name
