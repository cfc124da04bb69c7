"""What the configuration says of plugins: which are required, and the settings of each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import attrs

from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text, or_nearest

_KEYS = ("required", "plugins", "practice", "privacy", "shared_folder")


def required(config: Mapping[str, Any]) -> frozenset[str]:
    """The names listed under `required`; raises Invalid for anything else, and for a stray key."""
    if stray := sorted(set(config) - set(_KEYS)):
        raise Invalid(
            "{path}: there is no such setting; there are {all}", path=stray[0], all=", ".join(_KEYS)
        )
    if type(config.get("shared_folder", False)) is not bool:
        raise Invalid("{path}: write true or false", path="shared_folder")
    names = config.get("required", ())
    if isinstance(names, str | Mapping) or not all(isinstance(name, str) for name in names):
        raise Invalid("{path}: a list of names of plugins is needed", path="required")
    return frozenset(names)


def sections(config: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The tables `[plugins.NAME]` by name; raises Invalid for what is no table."""
    tables = config.get("plugins", {})
    if not isinstance(tables, Mapping):
        raise Invalid("{path}: a table is needed", path="plugins")
    for name, table in tables.items():
        if not isinstance(table, Mapping):
            raise Invalid("{path}: a table is needed", path=f"plugins.{name}")
    return dict(tables)


def structure(path: str, section: Mapping[str, Any], shape: type) -> Any:
    """The table at `path` as an attrs class; unknown keys are refused, `{env = "NAME"}` is looked up.

    Raises Invalid naming the place, as `plugins.mail.port`; never with the value, which may be secret.
    """
    from cattrs import Converter

    converter = Converter(forbid_extra_keys=True)
    for kind in (str, int, float, bool):
        converter.register_structure_hook(kind, _as_written)
    plain = {key: _looked_up(f"{path}.{key}", value) for key, value in section.items()}
    try:
        return converter.structure(plain, shape)
    except Exception as error:
        place, problem = _first_wrong(error, path)
        raise Invalid("{path}: {problem}", path=place, problem=problem) from None


class _FromEnvironment(str):
    """A value of the environment: always text there, made a number where one is wanted."""

    __slots__ = ()


def _as_written(value: Any, cls: Any) -> Any:
    """The value, if it is of the type: `port = "25"` is a slip, and `tls = "no"` would be true."""
    if isinstance(value, _FromEnvironment) and cls is not bool:
        return cls(str(value))
    if type(value) is not cls and not (cls is float and type(value) is int):
        raise TypeError(Text("a value of type {type} is needed", type=cls.__name__))
    return cls(value)


def _looked_up(path: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_looked_up(f"{path}[{n}]", inner) for n, inner in enumerate(value)]
    if not isinstance(value, Mapping):
        return value
    if set(value) != {"env"}:
        return {key: _looked_up(f"{path}.{key}", inner) for key, inner in value.items()}
    name = value["env"]
    if not isinstance(name, str) or name not in os.environ:
        raise Invalid("{path}: the environment variable {name} is not set", path=path, name=name)
    return _FromEnvironment(os.environ[name])


def _first_wrong(error: BaseException, path: str) -> tuple[str, str]:
    """Where cattrs' first innermost error lies, and what is wrong there."""
    from cattrs import ForbiddenExtraKeysError
    from cattrs.errors import AttributeValidationNote, IterableValidationNote

    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            path = f"{path}.{note.name}"
        elif isinstance(note, IterableValidationNote):
            path = f"{path}[{note.index}]"
    match error:
        case BaseExceptionGroup():
            return _first_wrong(error.exceptions[0], path)
        case ForbiddenExtraKeysError():
            key = min(error.extra_fields)
            hint = or_nearest(key, [one.name for one in attrs.fields(error.cl)])
            return f"{path}.{key}", Text("no such setting{hint}", hint=hint)
        case KeyError():
            return path, Text("missing")
        case Invalid():
            return path, error.text
        case TypeError():
            return path, error.args[0] if error.args else Text("not a value that fits")
        case _:
            return path, Text("not a value that fits")  # the error's own text might show a password
