"""What a sheet that we export carries: its columns, and the cells of a record with their own types.

A sheet has `id` and `rev`, by which it is taken back, a column for each field, and one for each kind of way.
Beside a column of ids stands one with names, for people; it is only read. `hidden` names what is covered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
import orjson
from attrs import frozen

from kontaktnat import codec, model
from kontaktnat.descriptors import Field
from kontaktnat.errors import NotFound
from kontaktnat.i18n import LANGUAGES, Label, in_language
from kontaktnat.model import PartialDate, Record, Value
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.outward import Outward, title_of
from kontaktnat.plain import Plain
from kontaktnat.privacy.titles import TITLES
from kontaktnat.text import fold

Kind = Literal["text", "date", "datetime", "number", "bool", "id", "word"]

TYPES = (
    "contact", "actor", "role", "interaction", "topic", "followup", "network", "commitment", "assignment",
)  # fmt: skip
"""Types of record that sheets are made of and taken back, in the order in which people want them."""

WAYS = ("mail", "phone", "web", "address")
KEPT_APART = "|"
HIDDEN = "hidden"

_TITLES: Mapping[str, tuple[str, str]] = {
    **TITLES,
    "type": ("record type", "posttyp"), "mail": ("mail", "e-post"), "phone": ("phone", "telefon"),
    "web": ("web", "webb"), "address": ("address", "adress"), "label": ("label", "märkning"),
    "assignments": ("assignments", "uppdragen"),
}  # fmt: skip
_NAMED = {"": ("{}, name", "{}, namn"), "s": ("{}, all names", "{}, alla namn")}
_NOT_COLUMNS = frozenset({"unknown", HIDDEN})


@frozen(kw_only=True, eq=False, repr=False)
class SheetColumn(Plain):
    """One column. `field`: the record's field that it shows; of `ways`, `key` is the kind."""

    _shown = ("type",)

    key: str
    title: str
    """For people, in their language."""
    type: Kind = "text"
    field: str
    vocabulary: str = ""
    """For words: whose labels people may be shown; a label is taken back like the word."""
    several: bool = False
    """Several values stand in a cell, apart by `|`."""
    structured: bool = False
    """The cell holds JSON."""
    read_only: bool = False
    """For people to read; what is written there is not taken back."""


def columns_of(cls: type[Record], fields: Iterable[Field] = ()) -> tuple[SheetColumn, ...]:
    """The columns of a type of record: id, rev and name first, then its own fields, then what all share.

    `fields`: what plugins keep of it, a column each; what else stands in `extra` is one of its own.
    """
    own = tuple(one for one in fields if cls.type in one.records)
    found = list(_columns(cls))  # type: ignore[arg-type]
    at = next(n for n, column in enumerate(found) if column.key == "extra")
    found[at:at] = [_of_plugin(one) for one in own]
    return tuple(found)


@cache
def _columns(cls: type[Record]) -> tuple[SheetColumn, ...]:
    shared = [one.name for one in attrs.fields(Record)]
    names = [one.name for one in attrs.fields(cls) if one.name not in (*shared, "name")]
    if "name" in attrs.fields_dict(cls):
        names.insert(0, "name")
    late = sorted((name for name in shared if name not in ("id", "rev")), key=lambda one: one in BOOKKEEPING)
    hints = get_type_hints(cls)
    found: list[SheetColumn] = []
    for name in ("id", "rev", *names, *late):
        if name == "ways":
            found += [SheetColumn(key=kind, title=title(kind), field="ways", several=True) for kind in WAYS]
        elif name not in _NOT_COLUMNS:
            found += _of_field(attrs.fields_dict(cls)[name], hints[name])
    found.append(SheetColumn(key="type", title=title("type"), field="", read_only=True))
    return tuple(found)


def _of_field(attribute: Any, hint: Any) -> list[SheetColumn]:
    name, inner = attribute.name, {*get_args(hint)} or {hint}
    several = get_origin(hint) is tuple
    part = several and any(isinstance(one, type) and issubclass(one, Value) for one in inner)
    kind: Kind = "text"
    if "word" in attribute.metadata:
        kind = "word"
    elif name == "id" or "link" in attribute.metadata:
        kind = "id"
    elif several or get_origin(hint) is Mapping:
        pass
    elif datetime in inner:
        kind = "datetime"
    elif PartialDate in inner:
        kind = "date"
    elif bool in inner:
        kind = "bool"
    elif inner & {int, float}:
        kind = "number"
    column = SheetColumn(
        key=name,
        title=title(name),
        type=kind,
        field=name,
        vocabulary=attribute.metadata.get("word", ""),
        several=several and not part,
        structured=part or get_origin(hint) is Mapping,
        read_only=name in BOOKKEEPING,
    )
    if not part and "link" not in attribute.metadata:
        return [column]
    named = f"{name}_names" if several else f"{name}_name"
    return [column, SheetColumn(key=named, title=title(named), field=name, several=several, read_only=True)]


def _of_plugin(field: Field) -> SheetColumn:
    kinds: dict[type, Kind] = {bool: "bool", int: "number", float: "number"}
    said = {lang: f"{in_language(field.title, lang)} ({field.name})" for lang in LANGUAGES}
    return SheetColumn(
        key=field.name, title=Label(said["en"], said["sv"]), field="extra", type=kinds.get(field.type, "text")
    )


def title(key: str) -> str:
    """What a column is called, no two alike in either language, so that it is known again by its title."""
    return Label(*_all_titles()[key]) if key in _all_titles() else key


@cache
def _all_titles() -> dict[str, tuple[str, ...]]:
    pairs: dict[str, tuple[str, ...]] = {key: tuple(map(_capital, pair)) for key, pair in _TITLES.items()}
    for key, pair in _TITLES.items():
        for ending, forms in _NAMED.items():
            filled = (form.format(_capital(one)) for form, one in zip(forms, pair, strict=True))
            pairs[f"{key}_name{ending}"] = tuple(filled)
    meaning: dict[str, set[str]] = {}
    for key, both in pairs.items():
        for one in both:
            meaning.setdefault(fold(one), set()).add(key)
    return {
        key: tuple(one if len(meaning[fold(one)]) == 1 else f"{one} ({key})" for one in both)
        for key, both in pairs.items()
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def keys_by_title() -> Mapping[str, str]:
    """Folded title, in any language, → key."""
    return {fold(one): key for key, pair in _all_titles().items() for one in pair}


hidden_column = SheetColumn(key=HIDDEN, title=title(HIDDEN), field="", read_only=True)
"""The last column, where something is covered."""


@frozen(kw_only=True, repr=False)
class ExportedSheet:
    """Records of one type as a table: (names of what is covered, column → cell) for each, by id."""

    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[tuple[str, ...], dict[str, Any]], ...]


def exported_sheet(out: Outward, type_name: str, names: Names | None = None) -> ExportedSheet:
    """All records of a type as a sheet that can be taken back; raises Invalid for a type that there is not.

    As of a day the revisions are left out: what a record was that day is no edit of what it is.
    """
    cls = codec.record_class(type_name)
    names = names or Names(out)
    records = out.collection_of(cls.type).all()
    columns = columns_of(cls, out.plugins.collect("register_fields").values())
    if any(record.hidden for record in records):
        columns = (*columns, hidden_column)
    rows = []
    for record in records:
        cells = cells_of(record, columns, names)
        if out.on is not None:
            cells["rev"] = None
        rows.append((record.hidden, cells))
    return ExportedSheet(columns=columns, rows=tuple(rows))


class Names:
    """What the records that others point at are called, as they may be seen; each type is read once."""

    def __init__(self, out: Outward) -> None:
        self._out = out
        self._known: dict[str, dict[str, Record]] = {}

    def of(self, id: str) -> str:
        """Its name; of a post whose it is and where; the id of what is not there."""
        for type_name in ("actor", "contact", "role", "assignment", "network", "topic", "interaction"):
            if record := self._all(type_name).get(id):
                return self._called(record)
        try:
            return self._called(self._out.get(id))
        except NotFound:
            return id

    def _called(self, record: Record) -> str:
        if not isinstance(record, model.Role):
            return title_of(record)
        who = self.of(record.contact) if record.contact else self._word("function", record.function)
        return f"{who} ({self.of(record.actor)})" if record.actor else who

    def _word(self, vocabulary: str, word: str) -> str:
        return str(self._out.words.label(vocabulary, word))

    def _all(self, type_name: str) -> dict[str, Record]:
        if type_name not in self._known:
            found = self._out.collection_of(type_name).all()
            self._known[type_name] = {record.id: record for record in found}
        return self._known[type_name]


def cells_of(record: Record, columns: Sequence[SheetColumn], names: Names | None = None) -> dict[str, Any]:
    """Column → cell: text, date, datetime (with its zone), number, bool, or None where nothing stands.

    What is covered is None. A date of month or year precision is text. Without `names` the columns of names
    are left out.
    """
    own = {column.key for column in columns}
    return {
        column.key: cell_of(record, column, own, names)
        for column in columns
        if names is not None or not column.key.endswith(("_name", "_names"))
    }


def cell_of(record: Record, column: SheetColumn, own: Iterable[str], names: Names | None = None) -> Any:
    """One cell of a record; `own`: the keys of all columns, for what no other shows."""
    if column.key == "type":
        return record.type
    if column.key == HIDDEN:
        return _joined(record.hidden)
    value = getattr(record, column.field)
    if column.field == "extra":
        if column.key != "extra":
            return value.get(column.key)
        return _json({name: one for name, one in value.items() if name not in own})
    if column.field == "ways":
        return _joined(way.value for way in value if way.kind == column.key)
    if names is not None and column.read_only and column.key.endswith(("_name", "_names")):
        return _joined(dict.fromkeys(map(names.of, ids_in(value))))
    return _cell(column, value)


def ids_in(value: Any) -> list[str]:
    """The ids that stand in a linking field: of a value of several parts, whoever each is about."""
    values = value if isinstance(value, tuple) else (value,)
    found: list[str] = []
    for one in values:
        if isinstance(one, Value):
            inner = (getattr(one, name, None) for name in ("role", "contact", "actor", "who", "topic"))
            one = next((id for id in inner if id), None)
        if one:
            found.append(str(one))
    return found


def _cell(column: SheetColumn, value: Any) -> Any:
    if column.structured:
        if isinstance(value, tuple):
            value = [codec.to_doc(one) for one in value]
        return _json(value)
    if column.several:
        return _joined(map(str, value))
    if isinstance(value, PartialDate):
        return date(value.year, value.month, value.day) if value.month and value.day else str(value)
    return None if value == "" else value


def _joined(values: Iterable[str]) -> str | None:
    """Several values in a cell; as JSON where one of them would fall apart, or is taken for JSON."""
    kept = [*values]
    if any(KEPT_APART in one or one.startswith("[") or one != one.strip() for one in kept):
        return _json(kept)
    return f" {KEPT_APART} ".join(kept) or None


def _json(value: Any) -> str | None:
    return orjson.dumps(value).decode() if value else None
