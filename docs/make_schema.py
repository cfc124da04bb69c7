"""Write docs/reference/schema.json from the model: `python docs/make_schema.py`.

It describes what `-o json` prints, and the archive: as a whole (`export json`) and by line (`export jsonl`,
under `$defs/line`). Fields that it does not know are allowed everywhere: a newer version or a plugin put
them there. A test compares the file with a fresh one.
"""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from kontaktnat.descriptors import Change, Transaction
from kontaktnat.model import RECORDS, PartialDate

PAGE = Path(__file__).parent / "reference" / "schema.json"
NAME = "kontaktnat/1"
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d(:\d\d(\.\d+)?)?|Z)$"
_DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"
Schema = dict[str, Any]

PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    datetime: {"type": "string", "pattern": _TIME, "description": "a time with its offset"},
    PartialDate: {"type": "string", "pattern": _DATE, "description": "a day, a month or a year"},
}


def typed(kind: Any, *, null: bool) -> Schema:
    """The schema of a type; `null`: whether None is written, or the field left out."""
    kind = getattr(kind, "__supertype__", kind)  # an id type is text
    if kind in PLAIN:
        return dict(PLAIN[kind])
    if kind is Any:
        return {}
    if attrs.has(kind):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if get_origin(kind) in (Union, UnionType):
        options = [typed(one, null=null) for one in get_args(kind) if null or one is not NoneType]
        return options[0] if len(options) == 1 else {"anyOf": options}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": typed(get_args(kind)[0], null=null)}
    if (get_origin(kind) or kind) is Mapping:
        return {"type": "object"}
    raise TypeError(f"docs/make_schema.py: say how {kind} is written")


def described(cls: type, *, null: bool = False) -> Schema:
    """The schema of an attrs class."""
    hints, notes = get_type_hints(cls), comments(cls)
    properties: dict[str, Schema] = {}
    for one in attrs.fields(cls):
        if one.name == "unknown":  # its content is written beside the fields
            continue
        schema = typed(hints[one.name], null=null)
        if note := notes.get(one.name):
            schema["description"] = note
        if targets := one.metadata.get("link"):
            schema["x-refers-to"] = list(targets)
        if vocabulary := one.metadata.get("word"):
            schema["x-vocabulary"] = vocabulary
        properties[one.name] = schema
    required = [one.name for one in attrs.fields(cls) if one.default is attrs.NOTHING]
    text = " ".join((inspect.getdoc(cls) or "").split())
    return {"description": text, "type": "object", "required": required, "properties": properties}


def comments(cls: type) -> dict[str, str]:
    """The texts that stand below fields, of the class and those it inherits from."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__[:-1]):
        (node,) = ast.parse(inspect.getsource(base)).body
        assert isinstance(node, ast.ClassDef)
        for field, below in zip(node.body, node.body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                found[ast.unparse(field.target)] = " ".join(ast.literal_eval(below.value).split())
    return found


def record(name: str) -> Schema:
    """The schema of a type of record."""
    schema = described(RECORDS[name])
    schema["required"] = ["type", "id", *schema["required"]]
    schema["properties"] = {"type": {"const": name}, **schema["properties"]}
    return schema


def values(cls: type) -> list[type]:
    """The classes that a record's fields hold."""
    kinds = [part for hint in get_type_hints(cls).values() for part in (hint, *get_args(hint))]
    return [kind for kind in kinds if attrs.has(kind) and kind not in PLAIN]


def schema() -> Schema:
    """The whole schema."""
    parts = {kind.__name__: kind for cls in RECORDS.values() for kind in values(cls)}
    text, count = {"type": "string"}, {"type": "integer", "minimum": 1}
    column = {"type": "object", "required": ["key", "title", "type"],
              "properties": {"key": text, "title": text, "type": text}}  # fmt: skip
    row = {"type": "object", "description": "a row of a view, by column key"}
    header = {
        "schema": {"const": NAME},
        "as_of": {"type": "string", "format": "date", "description": "the day whose state is told"},
        "counts": {
            "type": "object",
            "additionalProperties": count,
            "description": "in the first line of jsonl: how many records of each type follow",
        },
        "hidden": {**count, "description": "how many records have something covered"},
    }
    section = {"type": "object", "required": ["view", "title", "columns", "rows"],
               "properties": {"view": text, "title": text, "columns": {"type": "array"},
                              "rows": {"type": "array", "items": row}}}  # fmt: skip
    either = [
        {"if": {"properties": {"type": {"const": name}}}, "then": {"$ref": f"#/$defs/{name}"}}
        for name in RECORDS
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": NAME,
        "description": "What kontaktnat prints with -o json and exports. A line of jsonl: $defs/line.",
        "type": "object",
        "required": ["schema", "records"],
        "properties": {
            **header,
            "records": {"type": "array"},
            "view": {**text, "description": "the view whose rows the records are"},
            "columns": {"type": "array", "items": column},
            "sections": {"type": "array", "items": section, "description": "one record's page"},
            "transactions": {"type": "array", "items": {"$ref": "#/$defs/transaction"}},
        },
        "if": {"required": ["view"]},
        "then": {"required": ["columns"], "properties": {"records": {"items": row}}},
        "else": {"properties": {"records": {"items": {"$ref": "#/$defs/record"}}}},
        "$defs": {
            "record": {
                "type": "object",
                "required": ["type", "id"],
                "properties": {"type": text, "id": text},
                "allOf": either,
            },
            "line": {
                "description": "A line of the archive: its header, a record, a transaction.",
                "type": "object",
                "if": {"required": ["schema"]},
                "then": {"properties": header},
                "else": {
                    "if": {"required": ["transaction"]},
                    "then": {"properties": {"transaction": {"$ref": "#/$defs/transaction"}}},
                    "else": {"$ref": "#/$defs/record"},
                },
            },
            **{name: record(name) for name in RECORDS},
            **{name: described(parts[name]) for name in sorted(parts)},
            "transaction": described(Transaction, null=True),
            "Change": described(Change, null=True),
        },
    }


def page() -> str:
    """The file's text."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE}\n")
