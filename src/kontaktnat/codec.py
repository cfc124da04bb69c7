"""Records ⇄ JSON documents. Strict in what it understands, careful with what it does not.

A document keeps only what differs from a field's default, the id first. Fields that this version does
not know travel along in `unknown` and are written back, at every depth; so does `extra` of a plugin
that is not installed. Errors name the path: `participants[2].role: …`.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import ClassValidationError, Converter, IterableValidationError
from cattrs.errors import AttributeValidationNote, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from kontaktnat.errors import Invalid, shown
from kontaktnat.i18n import Text, or_nearest
from kontaktnat.model import RECORDS, Moment, PartialDate, Participation, Record, Value
from kontaktnat.model.dates import to_date, to_moment, to_time
from kontaktnat.model.names import type_label

MIGRATIONS: tuple[Callable[[str, dict[str, Any]], dict[str, Any]], ...] = ()
"""`MIGRATIONS[n - 1](type, doc)` lifts a document from schema n to n + 1."""

SCHEMA = 1 + len(MIGRATIONS)
"""The schema that is written; older ones are lifted, newer ones refused."""

FORMAT = f"kontaktnat/{SCHEMA}"
"""What the header of every JSON that leaves or comes says."""

_OWN = ("unknown",)  # travels along, is no field of a document

R = TypeVar("R", bound=Record)


def to_doc(record: Record | Value) -> dict[str, Any]:
    """The record as a JSON document. A covered copy says so under `hidden`."""
    doc: dict[str, Any] = _converter(detailed=False).unstructure(record)
    return doc


def from_doc(cls: type[R], doc: Mapping[str, Any]) -> R:
    """The document as a record of `cls`; raises Invalid naming the path of the first thing wrong."""
    with contextlib.suppress(Exception):
        return _converter(detailed=False).structure(doc, cls)
    try:  # once more, to learn where it is wrong: that takes code which costs every good document time
        return _converter(detailed=True).structure(doc, cls)
    except (ClassValidationError, IterableValidationError, Invalid) as error:
        path, leaf = _first_leaf(error)
        raise _invalid(path, leaf) from None


def record_class(type_name: str) -> type[Record]:
    """The class of a type name; raises Invalid naming the nearest for one that does not exist."""
    if cls := RECORDS.get(type_name):
        return cls
    raise Invalid("{path}: no such type of record: {value}{hint}", path="type", value=type_name,
                  hint=or_nearest(type_name, RECORDS))  # fmt: skip


def checked(record: R) -> R:
    """The record as it would be read back: normalised, and every value of the right type."""
    return from_doc(type(record), to_doc(record))


@cache
def _writable_names(cls: Any) -> tuple[str, ...]:
    return tuple(name for name in _ordered_names(cls) if name not in (*_OWN, "hidden"))


def check_keys(doc: Mapping[str, Any], cls: type[Record]) -> None:
    """Refuse a field that `cls` does not have: for input by people, where it is a slip of the pen."""
    of: Any = cls  # mypy takes no class for hashable
    names = _writable_names(of)
    for key in doc:
        if key not in names:
            hint = or_nearest(key, names)
            raise Invalid(
                "{path}: {type} has no such field{hint}", path=key, type=type_label(cls.type), hint=hint
            )


@cache
def _converter(*, detailed: bool) -> Converter:
    converter = Converter(omit_if_default=True, detailed_validation=detailed)
    for primitive in (str, int, float, bool):
        converter.register_structure_hook(primitive, _strict)
    converter.register_structure_hook(datetime, lambda value, _: to_time(_text(value)))
    converter.register_structure_hook(Moment, lambda value, _: to_moment(_text(value)))
    converter.register_structure_hook(
        Moment | None,
        lambda value, _: None if value is None else to_moment(_text(value)),
    )
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook_func(lambda cls: cls == Mapping[str, Any], _mapping)
    converter.register_unstructure_hook_func(lambda cls: cls == Mapping[str, Any], _copied)
    converter.register_structure_hook_func(lambda cls: cls is Any, lambda value, _: _json(value))
    converter.register_unstructure_hook_func(lambda cls: cls is Any, _copied)
    converter.register_structure_hook_factory(_is_tuple, lambda cls: _tuple_hook(converter, cls))
    converter.register_unstructure_hook_factory(_is_tuple, lambda cls: _list_hook(converter, cls))
    converter.register_structure_hook_factory(attrs.has, lambda cls: _structure_hook(converter, cls))
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: _unstructure_hook(converter, cls))
    # Registered after the factory for attrs classes, or that would take them.
    converter.register_structure_hook(PartialDate, lambda value, _: to_date(_text(value)))
    converter.register_unstructure_hook(PartialDate, str)
    return converter


def _strict(value: Any, cls: type[Any]) -> Any:
    if type(value) is cls is str and value.isascii():  # as most are
        return value
    if isinstance(value, Text):  # a label of a word is the word
        value = str(value)
    if type(value) is not cls and not (cls is float and type(value) is int):
        raise Invalid("{path}: {value} is not of type {type}", path="", value=shown(value), type=cls.__name__)
    if cls is not bool and not (_encodable(value) if cls is str else _writable(value)):
        raise Invalid("{path}: {value} cannot be written as JSON", path="", value=shown(value))
    return cls(value)


def _text(value: Any) -> str:
    text: str = _strict(value, str)
    return text


def _mapping(value: Any, _: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise Invalid("{path}: {value} is no object", path="", value=shown(value))
    return {_text(key): _json(inner) for key, inner in value.items()}


def _writable(number: float) -> bool:
    """What orjson takes: integers of 64 bits, finite floats."""
    return -(2**63) <= number < 2**64 if isinstance(number, int) else math.isfinite(number)


def _encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, from a broken source
        return False
    return True


def _json(value: Any) -> Any:
    """A copy of a JSON value; refuses what JSON (or orjson: integers over 64 bits) cannot write back."""
    match value:
        case None | bool():
            return value
        case str():
            return _text(value)
        case int() | float() if _writable(value):
            return value
        case list() | tuple():
            return [_json(inner) for inner in value]
        case Mapping():
            return _mapping(value, None)
        case _:
            raise Invalid("{path}: {value} cannot be written as JSON", path="", value=shown(value))


def _copied(value: Any) -> Any:
    """A JSON value of which nothing is shared; what is none is as it was, and refused when it is read."""
    if isinstance(value, Mapping):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list | tuple) else value


def _is_tuple(cls: Any) -> bool:
    return get_origin(cls) is tuple


def _tuple_hook(converter: Converter, cls: Any) -> Callable[[Any, Any], Any]:
    item = get_args(cls)[0]
    hooks: list[Callable[[Any, Any], Any]] = []

    def structure(value: Any, _: Any) -> Any:
        if not isinstance(value, list | tuple):
            raise Invalid("{path}: {value} is no list", path="", value=shown(value))
        if item is Participation:
            value = [{"who": one} if isinstance(one, str) else one for one in value]
        if converter.detailed_validation:  # which notes where in the list it failed
            return tuple(converter.structure(list(value), list[item]))  # type: ignore[valid-type]
        if not hooks:  # of a class that is made only now
            hooks.append(converter.get_structure_hook(item))
        return tuple([hooks[0](one, item) for one in value])

    return structure


def _list_hook(converter: Converter, cls: Any) -> Callable[[Any], Any]:
    item = get_args(cls)[0]
    if attrs.has(item):
        hook = converter.get_unstructure_hook(item)
        # A caller may have put something else there, which is refused when it is read back.
        return lambda values: [
            hook(value) if type(value) is item else converter.unstructure(value) for value in values
        ]
    return list


def _ordered_names(cls: Any) -> tuple[str, ...]:
    """The id first, then the record's own fields, what all records share last."""
    names = [attribute.name for attribute in attrs.fields(cls)]
    if not issubclass(cls, Record):
        return tuple(names)
    shared = {attribute.name for attribute in attrs.fields(Record)}
    own = [name for name in names if name not in shared]
    return ("id", *own, *(name for name in names if name in shared and name != "id"))


def _structure_hook(converter: Converter, cls: type) -> Callable[[Any, Any], Any]:
    base = _with_paths(converter, cls) if converter.detailed_validation else _plainly(converter, cls)
    known = frozenset(_ordered_names(cls)) - {"unknown"}

    def structure(doc: Any, _: Any) -> Any:
        if not isinstance(doc, Mapping):
            raise Invalid("{path}: {value} is no object", path="", value=shown(doc))
        record = base(doc, cls)
        if known.issuperset(doc):
            return record
        unknown = {_text(key): _json(value) for key, value in doc.items() if key not in known}
        return attrs.evolve(record, unknown=unknown)

    return structure


def _with_paths(converter: Converter, cls: type) -> Callable[[Any, Any], Any]:
    own = {name: override(omit=True) for name in _OWN}
    made: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, converter, **own)  # type: ignore[arg-type]
    return made


def _plainly(converter: Converter, cls: type) -> Callable[[Any, Any], Any]:
    """As cattrs would do it, by a loop: its code has to be compiled for each class in each process."""
    plan = {
        one.name: (converter.get_structure_hook(one.type), one.type)
        for one in attrs.fields(cls)
        if one.name not in _OWN
    }

    def structure(doc: Any, _: Any) -> Any:
        values = {}
        for name, value in doc.items():
            if name in plan:
                hook, type = plan[name]
                values[name] = hook(value, type)
        return cls(**values)

    return structure


def _default_of(field: Any) -> Any:
    return field.default.factory() if isinstance(field.default, attrs.Factory) else field.default  # type: ignore[arg-type]


def _unstructure_hook(converter: Converter, cls: type) -> Callable[[Any], dict[str, Any]]:
    fields = attrs.fields_dict(cls)
    names = [name for name in _ordered_names(cls) if name not in _OWN]
    plan = [
        (name, converter.get_unstructure_hook(fields[name].type), _default_of(fields[name])) for name in names
    ]
    values_of = attrgetter(*names)

    def unstructure(record: Any) -> dict[str, Any]:
        doc = {}
        for (name, hook, default), value in zip(plan, values_of(record), strict=True):
            if value is not default and value != default:  # most are the very default, and need no comparing
                doc[name] = hook(value)
        if record.unknown:
            doc |= _copied(record.unknown)
        return doc

    return unstructure


def _first_leaf(error: BaseException) -> tuple[str, BaseException]:
    """The first innermost error of cattrs' tree, with the path that leads to it."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        inner = error.exceptions[0]
        for note in getattr(inner, "__notes__", ()):
            if isinstance(note, AttributeValidationNote):
                step = f".{note.name}"
                break
            if isinstance(note, IterableValidationNote):
                step = f"[{note.index}]"
                break
        else:
            step = ""
        path, leaf = _first_leaf(inner)
        return step + path, leaf
    return "", error


def _invalid(path: str, leaf: BaseException) -> Invalid:
    if isinstance(leaf, KeyError):
        return Invalid("{path}: missing", path=path.lstrip("."))
    path = path or ".record"
    if isinstance(leaf, Invalid):
        inner = leaf.fields.get("path") or ""
        whole = (
            path if not inner or path.endswith(inner) else inner if path == ".record" else f"{path}.{inner}"
        )
        fields = {**leaf.fields, "path": whole.lstrip(".")}
        if "{path}" in leaf.template:
            return Invalid(leaf.template, **fields)
        return Invalid("{path}: {problem}", **{**fields, "problem": leaf.text})
    return Invalid(
        "{path}: {problem}",
        path=path.lstrip("."),
        problem=leaf.args[0] if leaf.args and isinstance(leaf.args[0], Text) else str(leaf),
    )
