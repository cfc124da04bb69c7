"""The records of a pack out of its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from kontaktnat import codec
from kontaktnat.errors import Invalid
from kontaktnat.i18n import Text
from kontaktnat.model import RECORDS, Record, Role, id_for
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.packs import cells
from kontaktnat.packs.files import RECORD_FILES, Row, header, rows, strangers, text_of
from kontaktnat.packs.mistakes import Mistake, Slip, Tell, bare

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_BY_THE_BOOK = BOOKKEEPING | {"extra"}
_KEY = re.compile(r"[^\s|@;]+")
_PLACEHOLDER = "?"
NOWHERE = "00"
"""The county of records whose pack does not say of which it is."""


@attrs.frozen(repr=False)
class Line:
    """A row and what it says: which record, if it is one."""

    row: Row
    type: str
    key: str
    record: Record | None = None


def lines(folder: Traversable, county: str, tell: Tell) -> list[Line]:
    """Every row of every file with its record; None where so much is wrong that there is none."""
    strangers(folder, tell)
    found = [
        line for file, type_name in RECORD_FILES.items() for line in _keyed(folder, file, type_name, tell)
    ]
    first: dict[tuple[str, str], Line] = {}
    for line in found:
        earlier = first.setdefault((line.type, line.key), line)
        if earlier is not line:
            problem = Text("{key!r} is already on line {line}", key=line.key, line=earlier.row.line)
            tell(line.row.mistake("key", problem, Text("give it a key of its own, or take the line out")))
    # Only now are all keys known: a record may refer to one further down, or in another file.
    keys = cells.Keys(first)
    return [
        attrs.evolve(line, record=_record(line, county, keys, tell)) if line.row.whole else line
        for line in found
    ]


def _keyed(folder: Traversable, file: str, type_name: str, tell: Tell) -> Iterator[Line]:
    keyless = False

    def columns(names: Sequence[str], tell: Tell) -> Sequence[str]:
        nonlocal keyless
        if keyless := "key" not in names:
            missing = Mistake(
                file=file,
                line=1,
                column="key",
                problem=Text("the column is missing"),
                remedy=Text("begin the first line with key; and each line with the record's key"),
            )
            tell(missing)
        return header(file, names, _wrong_column(RECORDS[type_name]), tell)

    for row in rows(file, text_of(folder, file, tell), columns, tell):
        key = row.cells.get("key", "")
        if not keyless and row.whole and not _KEY.fullmatch(key):
            problem = Text("{key!r} is no key (one word without | @ ;)", key=key)
            tell(row.mistake("key", problem, Text("write a key, as se:municipality:0881")))
        yield Line(row, type_name, key or f"{file}:{row.line}")


def _wrong_column(cls: type[Record]) -> Callable[[str], tuple[Text, Text] | None]:
    def wrong(name: str) -> tuple[Text, Text] | None:
        out = Text("take the column out")
        if name in _BY_THE_BOOK:
            return Text("is filled in by the book, not by a pack"), out
        if cls is Role and name == "contact":
            return Text("a pack holds no persons; its roles are vacant"), out
        if name == "key" or cells.is_extra(name):
            return None
        try:
            codec.check_keys({name: ""}, cls)
        except Invalid as error:
            return bare(error), Text("name it as a field of the record is named, or take it out")
        return None

    return wrong


def _record(line: Line, county: str, keys: cells.Keys, tell: Tell) -> Record | None:
    cls, row = RECORDS[line.type], line.row
    doc: dict[str, Any] = {"id": id_for(f"{line.type}:{line.key}"), "county": county}
    for name, text in row.cells.items():
        if name == "key" or (text == cells.UNKNOWN and cells.is_date(cls, name)):
            continue
        try:
            if cells.is_extra(name):
                doc.setdefault("extra", {})[name] = text
            elif name == "county":
                doc[name] = cells.county_of(text)
            else:
                doc[name] = cells.value(cls, name, text, keys)
        except Slip as slip:
            tell(row.mistake(name, slip.problem, slip.remedy))
            if name == "name":
                doc[name] = _PLACEHOLDER
    return _structured(cls, doc, row, tell)


def _structured(cls: type[Record], doc: dict[str, Any], row: Row, tell: Tell) -> Record | None:
    """The document as a record without what does not fit, each of which is told."""
    for _ in range(2 * len(attrs.fields(cls))):
        try:
            return codec.from_doc(cls, doc)
        except Invalid as error:
            path = str(error.fields.get("path", ""))
            tell(row.mistake(path, bare(error), Text("correct the cell")))
            name = re.split(r"[.\[]", path)[0]
            if name not in doc and name != "name":
                return None
            doc.pop(name, None)
            if name == "name":
                doc[name] = _PLACEHOLDER
    return None
