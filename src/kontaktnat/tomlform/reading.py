"""The TOML text that a person has edited → the changes it means."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any, TypeVar

import attrs

from kontaktnat import codec
from kontaktnat.errors import Invalid, KontaktnatError, Refused
from kontaktnat.i18n import or_nearest
from kontaktnat.matching import way_key
from kontaktnat.model import (
    Interaction,
    PartialDate,
    Participation,
    Record,
    Value,
    Way,
    day_of,
    stockholm,
)
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.names import type_label
from kontaktnat.model.walk import links, words
from kontaktnat.outward import Outward
from kontaktnat.refs import PEOPLE, by_id, resolve
from kontaktnat.timewords import parse_day, parse_moment, parse_span
from kontaktnat.tomlform.shape import Shape, shapes, split
from kontaktnat.tomlform.writing import to_toml
from kontaktnat.ways import check_value

R = TypeVar("R", bound=Record)

_AT = re.compile(r"\(at line (\d+), column \d+\)$")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d([T ].*)?)?)?$", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]", re.ASCII)
_KEPT = re.compile(r'#\s*(id|rev)\s*=\s*"?(\w+)"?\s*$', re.ASCII)
_PEOPLE = ("role", "contact", "actor")


def revision(text: str) -> tuple[str, int | None]:
    """The id and rev of the record that a form was made of, as its comments say; "" and None for none."""
    kept: dict[str, str] = {}
    for line in _lines(text):
        if line.strip() and not line.startswith("#"):
            break
        if found := _KEPT.match(line.rstrip()):
            kept.setdefault(found[1], found[2])
    rev = kept.get("rev", "")
    return kept.get("id", ""), int(rev) if rev.isdecimal() else None


def from_toml(book: Outward, record: Record, text: str) -> dict[str, Any]:
    """What the text changes in the record it was made of: for `Book.update(record, **changes)`.

    A field whose line is missing is cleared; names stand for ids, words and dates may be Swedish. Raises
    Invalid, naming the path or the line, for what does not fit; NotFound and Ambiguous for names; Refused
    for a field that is covered in the record.
    """
    given = _parsed(text)
    if id := revision(text)[0]:
        _same(record, id)
    form = _Form(book, record)
    if not given and _parsed(to_toml(book, record)):
        raise Invalid("the text is empty; what is to go altogether is deleted, not edited", path="")
    doc = {name: value for name, value in codec.to_doc(record).items() if name in BOOKKEEPING}
    read = codec.from_doc(type(record), doc | form.fields(given))
    read = attrs.evolve(read, **form.carried(read))
    return {
        name: getattr(read, name)
        for name in shapes(type(record))
        if name not in record.hidden and getattr(read, name) != getattr(record, name)
    }


def _same(record: Record, id: str) -> None:
    if id != record.id:
        raise Invalid("this text was made of {id}, not of {type} {other}",
                      id=id, type=type_label(record.type), other=record.id, path="id")  # fmt: skip


def _parsed(text: str) -> dict[str, Any]:
    lines = _lines(text)
    try:
        return tomllib.loads("\n".join(lines))
    except tomllib.TOMLDecodeError as error:
        problem = str(error)
    found = _AT.search(problem)
    number = int(found[1]) if found else len(lines)
    raise Invalid(
        'line {line}: {written} is not TOML ({problem}); texts stand in quotes, as in note = "…"',
        line=number,
        written=repr(lines[number - 1].strip() if 0 < number <= len(lines) else ""),
        problem=_AT.sub("", problem).strip(),
        path="",
    )


def _lines(text: str) -> list[str]:
    """As TOML counts them, without what Notepad puts before and after."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")


class _Form:
    """Reads the values of one record's form."""

    def __init__(self, book: Outward, record: Record) -> None:
        self.book = book
        self.record = record
        # What stands there already stays, whoever has been deleted and whichever plugin is missing.
        self.links = {id for _, id, _ in links(record)}
        self.words = {word for _, word, _ in words(record)}
        self.codes = {*record.categories, getattr(record, "legal_form", "")}
        self.now = book.clock().astimezone(stockholm())
        self.on = None
        if isinstance(record, Interaction):
            self.links |= {one.who for one in record.participants}
            self.on = day_of(record.when) if record.when else None

    def fields(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """The document that the form describes, but for its bookkeeping."""
        known = shapes(type(self.record))
        doc: dict[str, Any] = {}
        for name, value in given.items():
            if name in BOOKKEEPING:
                raise Invalid("{path}: the book keeps this itself", path=name)
            if name in self.record.hidden:
                raise Refused("{path} is covered; reveal it first, so that nothing hidden is overwritten",
                              path=name)  # fmt: skip
            if name not in known:
                raise _no_such(name, name, type_label(self.record.type), known)
            doc |= self._field(known[name], value)
        for shape in known.values():
            if shape.free and shape.name not in self.record.hidden:
                doc |= self._kept(shape, doc.get(shape.name))
        return doc

    def _field(self, shape: Shape, value: Any) -> dict[str, Any]:
        if shape.part and isinstance(value, list):
            values = [self._part(shape, shape.part, f"{shape.name}[{n}]", one) for n, one in enumerate(value)]
            return {shape.name: values}
        if not shape.free and _clears(shape, value, (self.record,)):
            return {}
        return {shape.name: value if shape.free else self._value(shape, shape.name, value)}

    def _kept(self, shape: Shape, value: Any) -> dict[str, Any]:
        """With what the form could not show."""
        shown, kept = split(shape.name, getattr(self.record, shape.name))
        if shape.name == "extra":
            whole = {**kept, **(value or {})} if value is None or isinstance(value, Mapping) else value
            return {shape.name: whole} if whole else {}
        return {shape.name: kept} if shown is None and kept is not None else {}

    def _part(self, shape: Shape, part: type[Value], path: str, value: Any) -> Any:
        if part is Participation and isinstance(value, str):
            value = {"who": value}
        if not isinstance(value, dict):
            return value  # the codec says what is wrong
        known = shapes(part)
        doc: dict[str, Any] = {}
        for name, inner in value.items():
            at = f"{path}.{name}"
            if name not in known:
                if name in shapes(type(self.record)):
                    raise Invalid(
                        "{path}: {name} is a field of the record itself: it stands above the first [[…]]",
                        path=at,
                        name=name,
                    )
                raise _no_such(at, name, f"[[{shape.name}]]", known)
            if _clears(known[name], inner, getattr(self.record, shape.name)):
                continue
            doc[name] = self._value(known[name], at, inner)
        if part is Participation and "who" in doc:
            doc["who"] = self._link(f"{path}.who", _PEOPLE, doc["who"])
        return doc

    def _value(self, shape: Shape, path: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._one(shape, f"{path}[{n}]", one) for n, one in enumerate(value)]
        return self._one(shape, path, value)

    def _one(self, shape: Shape, path: str, value: Any) -> Any:
        metadata = shape.attribute.metadata
        if {PartialDate, datetime} & shape.kinds:
            return self._date(shape, path, value)
        if not isinstance(value, str):
            return value
        if "link" in metadata:
            return self._link(path, metadata["link"], value)
        if "span" in metadata and value:
            with _at(path):
                return parse_span(value)
        if shape.name in ("categories", "legal_form") and value and value not in self.codes:
            with _at(path):
                return self.book.schemes.read(value, shape.name)
        if "word" in metadata and value not in {"", *self.words} and self.book.words.of(metadata["word"]):
            with _at(path):
                return self.book.words.lookup(metadata["word"], value)
        return value

    def _link(self, path: str, types: Sequence[str], text: Any) -> Any:
        if not isinstance(text, str) or text in self.links:
            return text
        if "any" in types:
            if by_id(self.book, text):
                return text
            types = PEOPLE
        with _at(path):
            return resolve(self.book, text, types, on=self.on).id

    def _date(self, shape: Shape, path: str, value: Any) -> Any:
        """A date as the document has it; TOML's own dates and times, and words, will do."""
        if isinstance(value, date):  # a datetime is one too
            value = value.isoformat()
        exact = _TIME.match if PartialDate not in shape.kinds else _DATE.match
        if not isinstance(value, str) or exact(value):
            return value  # the codec reads it, or says what is wrong
        past = "ahead" not in shape.attribute.metadata
        with _at(path):
            if datetime not in shape.kinds:
                return str(parse_day(value, self.now, past=past))
            found = parse_moment(value, self.now, past=past)
        if isinstance(found, PartialDate) and PartialDate not in shape.kinds:
            found = datetime.combine(found.first, time(), stockholm())
        return found.isoformat() if isinstance(found, datetime) else str(found)

    def carried(self, read: Record) -> dict[str, Any]:
        """Parts with the unknown fields that they had; new ways are checked, as `add` does."""
        found: dict[str, Any] = {}
        for shape in shapes(type(read)).values():
            if shape.part and shape.name not in self.record.hidden:
                old = getattr(self.record, shape.name)
                found[shape.name] = tuple(_carried(old, getattr(read, shape.name)))
                for n, part in enumerate(found[shape.name]):
                    if isinstance(part, Way) and not any(_identity(part) == _identity(one) for one in old):
                        check_value(part.kind, part.value, f"{shape.name}[{n}].value")
        return found


def _clears(shape: Shape, value: Any, before: Sequence[Any]) -> bool:
    """An empty text stands for nothing, but where it stood before, and where something is needed."""
    needed = shape.attribute.default is attrs.NOTHING
    return value == "" and not needed and all(getattr(one, shape.name) != "" for one in before)


def _carried(old: Sequence[Value], new: Sequence[Value]) -> Iterator[Value]:
    """Fields of a newer version go along with what they belong to: the same, or what stands in its place."""
    left = list(old)
    pairs: dict[int, Value] = {}
    for same in (lambda one, other: attrs.evolve(one, unknown={}) == other, _alike):
        for n, part in enumerate(new):
            if n not in pairs and (found := next((one for one in left if same(one, part)), None)) is not None:
                left.remove(found)
                pairs[n] = found
    for n, part in enumerate(new):
        if n not in pairs and len(old) == len(new) and old[n] in left:
            pairs[n] = old[n]
        yield attrs.evolve(part, unknown=pairs[n].unknown if n in pairs else {})


def _alike(one: Value, other: Value) -> bool:
    return _identity(one) == _identity(other)


def _identity(part: Any) -> tuple[Any, ...]:
    """What a part is about, where its other fields may change."""
    if isinstance(part, Way):
        return part.kind, way_key(part.kind, part.value)
    if isinstance(part, Participation):
        return part.role, part.contact, part.actor, part.who
    return tuple(getattr(part, name, None) for name in ("actor", "topic", "name"))


@contextmanager
def _at(path: str) -> Iterator[None]:
    """A mistake names the place where it stands, whatever kind of mistake it is."""
    try:
        yield
    except KontaktnatError as error:
        told = {**error.fields, "path": path, "problem": error.text}
        raise type(error)("{path}: {problem}", **told) from None


def _no_such(path: str, name: str, what: str, known: Mapping[str, Any]) -> Invalid:
    hint = or_nearest(name, known)
    return Invalid("{path}: {type} has no such field{hint}", path=path, type=what, hint=hint)
