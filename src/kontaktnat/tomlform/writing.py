"""A record → the TOML text that a person edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import attrs
import tomli_w

from kontaktnat.codec import to_doc
from kontaktnat.descriptors import Field
from kontaktnat.i18n import Text, language, tr
from kontaktnat.model import RECORDS, PartialDate, Record, Value
from kontaktnat.outward import Outward
from kontaktnat.refs import by_id, describe
from kontaktnat.tomlform.shape import Shape, shapes, split

_FEW = 8


def to_toml(book: Outward, record: Record) -> str:
    """The record as TOML: what is set first, then what could be, as comments; tables last.

    Links are ids with the name as a comment. What `from_toml` reads back unchanged changes nothing.
    """
    doc = {
        name: value for name, value in to_doc(record).items() if name not in (*record.unknown, *record.hidden)
    }
    return "\n".join(_lines(book, record, doc)) + "\n"


def _lines(book: Outward, record: Record, doc: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"# {_plain(line)}".rstrip() for line in _head(book, record))
    yield ""
    fields = [one for one in shapes(type(record)).values() if one.name not in record.hidden]
    plain = [one for one in fields if not one.part and not one.free]
    for shape in plain:
        if shape.name in doc:
            yield from _entry(book, shape, doc[shape.name])
    yield ""
    for shape in plain:
        if shape.name not in doc:
            yield f"# {shape.name} = {_empty(shape)}{_hint(book, shape)}"
    tables = [one for one in fields if one.part]
    for shape in tables:
        yield from _template(book, shape)
    for shape in fields:
        if shape.free:
            yield from _free(shape, doc.get(shape.name))
    for shape in tables:
        for part in getattr(record, shape.name) if shape.name in doc else ():
            yield from ("", f"[[{shape.name}]]")
            yield from _table(book, part)
    yield from _plugins(book, record, doc.get("extra", {}))


def _head(book: Outward, record: Record) -> Iterator[str]:
    # First, for what follows may be a name like `rev = 7`.
    yield f'id = "{record.id}"'
    yield f"rev = {record.rev}"
    yield describe(book, record)
    yield tr(Text("A line taken away clears its field; take away the # before one to set it."))
    yield tr(Text("Where an id stands, a name will do; words and dates may be Swedish or English."))
    for name in ("created", "changed"):
        if at := getattr(record, name):
            yield f"{name} = {at.isoformat()}  ({getattr(record, f'{name}_by')})"
    if record.hidden:
        yield tr(Text("covered, and left as it is: {fields}", fields=", ".join(record.hidden)))


def _entry(book: Outward, shape: Shape, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{shape.name} = {_literal(value)}{_meaning(book, shape, value)}"
    elif "link" in shape.attribute.metadata or shape.name == "categories":
        yield f"{shape.name} = ["
        yield from (f"    {_literal(one)},{_meaning(book, shape, one)}" for one in value)
        yield "]"
    else:
        yield f"{shape.name} = [{', '.join(map(_literal, value))}]"


def _table(book: Outward, part: Value) -> Iterator[str]:
    doc = to_doc(attrs.evolve(part, unknown={}))
    for shape in shapes(type(part)).values():
        if shape.name in doc:
            yield from _entry(book, shape, doc[shape.name])


def _template(book: Outward, shape: Shape) -> Iterator[str]:
    assert shape.part is not None
    yield from ("", f"# [[{shape.name}]]")
    for inner in shapes(shape.part).values():
        yield f"# {inner.name} = {_empty(inner)}{_hint(book, inner)}"


def _free(shape: Shape, value: Any) -> Iterator[str]:
    """Any JSON but the plugins' fields, which are told apart."""
    if shape.name == "extra" or value is None:
        return
    shown, _ = split(shape.name, value)
    if shown is None:
        yield f"# {shape.name}: {_plain(tr(Text('cannot be shown here, and is left as it is')))}"
    else:
        yield from ("", tomli_w.dumps({shape.name: shown}).rstrip("\n"))


def _plugins(book: Outward, record: Record, extra: Mapping[str, Any]) -> Iterator[str]:
    """The section of the plugins' fields, last: a table takes all that follows."""
    if "extra" in record.hidden:
        return
    fields: Mapping[str, Field] = book.plugins.collect("register_fields")
    missing = [
        one
        for one in fields.values()
        if record.type in one.records and one.name not in extra and not one.name.endswith(".*")
    ]
    shown, kept = split("extra", extra)
    head = "" if shown else "# "
    if not (missing or extra):
        return
    yield from ("", f"{head}[extra]")
    for one in missing:
        title = ", ".join(one.choices) or tr(one.title)
        yield f"# {_key(one.name)} = {_literal(one.type())}  # {_plain(title)}"
    for name in kept:
        yield f"# {_plain(name)}: {_plain(tr(Text('cannot be shown here, and is left as it is')))}"
    if shown:
        yield tomli_w.dumps({"extra": shown}).removeprefix("[extra]\n").rstrip("\n")


def _literal(value: Any) -> str:
    # Several lines stay several, but a carriage return would not survive in them.
    several = isinstance(value, str) and "\n" in value and "\r" not in value
    return tomli_w.dumps({"x": value}, multiline_strings=several).removeprefix("x = ")[:-1]


def _key(name: str) -> str:
    return tomli_w.dumps({name: 0}).removesuffix(" = 0\n")


def _empty(shape: Shape) -> str:
    """What stands for nothing: an empty text will do for whatever is no list and no yes or no."""
    if isinstance(shape.attribute.default, bool | str | tuple):
        return _literal(list(shape.attribute.default) if isinstance(shape.attribute.default, tuple)
                        else shape.attribute.default)  # fmt: skip
    return '""'


def _meaning(book: Outward, shape: Shape, value: Any) -> str:
    """What an id or a word means, as a comment."""
    if vocabulary := shape.attribute.metadata.get("word"):
        label = book.words.label(vocabulary, str(value), language())
        return f"  # {_plain(label)}" if label != value else ""
    if shape.name in ("categories", "legal_form"):
        said = tr(book.schemes.name(str(value), shape.name))
        return f"  # {_plain(said)}" if said != value else ""
    if "link" not in shape.attribute.metadata:
        return ""
    found = by_id(book, str(value))
    return f"  # {_plain(describe(book, found))}" if found else ""


def _hint(book: Outward, shape: Shape) -> str:
    """What may stand there, as a comment."""
    if vocabulary := shape.attribute.metadata.get("word"):
        words = list(book.words.of(vocabulary))
        return f"  # {', '.join(words)}" if 0 < len(words) <= _FEW else ""
    if types := shape.attribute.metadata.get("link"):
        named = (book.words.label("record_type", one, language()) for one in types if one in RECORDS)
        return f"  # {', '.join(named)}".rstrip(" #")
    if "span" in shape.attribute.metadata:
        return "  # P3M, 2v, kvartal"
    if datetime in shape.kinds:
        return "  # 2026-11-12 13:00"
    if PartialDate in shape.kinds:
        return "  # 2018, 2018-09, 2018-09-12"
    return ""


def _plain(text: str) -> str:
    """As a comment may have it: one line, no control characters."""
    return "".join(one if one.isprintable() else "�" for one in " ".join(text.split()))
