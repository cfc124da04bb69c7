"""Rows of a sheet that an export made, taken back after editing: only what was edited is written.

What a cell was is told by the record as it was at the revision that the row bears. A field that was edited in
the sheet and in the book since is a conflict: the row is rejected, all of it. Of what is covered nothing is
compared, nor written, whatever stands in the cell. Blank keeps, `<clear>` clears; no row deletes anything.

Of whom was erased the book keeps no id by which to know their row: in a book that has erased, any contact
it never had may be they. Nor can an older row of what the erasure rewrote be told from an edit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import attrs
import orjson

from kontaktnat import codec, model, ways
from kontaktnat.cover import cover, listed
from kontaktnat.descriptors import CLEAR, Candidate, Field
from kontaktnat.errors import Ambiguous, Conflict, Invalid, Refused
from kontaktnat.i18n import Label, Text, in_language, joined
from kontaktnat.joining.points import has_erased
from kontaktnat.model.names import either, type_label
from kontaktnat.query import Doc
from kontaktnat.refs import names_of
from kontaktnat.rows import CLEAR_WAYS
from kontaktnat.tabular.edited import Reader, few, is_blank, is_clear, plain, same
from kontaktnat.tabular.exported import (
    HIDDEN,
    KEPT_APART,
    TYPES,
    Names,
    SheetColumn,
    cell_of,
    columns_of,
    ids_in,
)
from kontaktnat.text import fold

if TYPE_CHECKING:
    from kontaktnat.book import Book

_IN_PART = frozenset({"about", "participants"})
"""Fields of which a part is covered, and the rest is exported."""
_MATCHED = ("actor", "contact")
"""Types of which a row that bears no id of ours is matched by what it says."""


def _called(column: SheetColumn) -> str:
    """A column in messages: its key, in Swedish the title that it has in a workbook."""
    return Label(column.key, in_language(column.title, "sv"))


class TakingBack:
    """Takes rows one by one into the running transaction."""

    def __init__(self, book: Book, judged: Callable[[str, str], None]) -> None:
        """`judged(type, id)` raises where what was saved may not be."""
        self._book = book
        self._unit = book._now
        self._outward = book.outward()
        self._judged = judged
        self._fields: Mapping[str, Field] = book.plugins.collect("register_fields")
        self._reader = Reader(words=book.words, now=book.clock(), named=self._id_of)
        self._taken: set[str] = set()
        self._known_columns: dict[tuple[str, tuple[str, ...]], tuple[SheetColumn, ...]] = {}
        self._named: dict[str, dict[str, set[str]]] = {}
        self._same: dict[tuple[str, frozenset[str]], dict[bytes, str]] = {}
        self._names = Names(self._outward)
        self._notes: Counter[str] = Counter()
        self._only_read: Counter[str] = Counter()

    def notes(self) -> Iterator[Text]:
        """What people should know of cells that changed nothing."""
        if n := self._notes["emptied"]:
            yield Text(
                "{n} cell was emptied, which keeps what is there; <clear> in it clears the field",
                "{n} cells were emptied, which keeps what is there; <clear> in them clears the fields",
                n=n,
            )
        if n := self._notes["covered"]:
            yield Text(
                "{n} cell of what is covered was passed over",
                "{n} cells of what is covered were passed over",
                n=n,
            )
        for column, n in sorted(self._only_read.items()):
            yield Text(
                "{n} cell was edited in {column}, which is only to read: it changes nothing",
                "{n} cells were edited in {column}, which is only to read: they change nothing",
                n=n,
                column=column,
            )

    def take(self, candidate: Candidate) -> str | Candidate:
        """updated, unchanged or created; or the row as one of an ordinary file, to be matched.

        Raises Conflict where the book has changed what was edited, Refused where something is written over
        what is covered, Invalid for what does not fit.
        """
        if candidate.type not in TYPES:
            if not candidate.type:
                raise Invalid("{path}: what is the row? write {types}", path="type", types=", ".join(TYPES))
            codec.record_class(candidate.type)
            raise Invalid("{path}: rows of {type} are not taken back from a sheet", path="type",
                          type=type_label(candidate.type))  # fmt: skip
        cls = codec.record_class(candidate.type)
        id = self._of_this_book(cls, candidate.id)
        if id and id in self._taken:
            raise Invalid("{path}: a row above has the same id", path="id")
        self._taken.update({id} - {""})
        current = self._unit.get(cls.type, id) if id else None
        base = None if current is None else self._state(cls.type, id, candidate.rev)
        if current is not None and base is not None:
            if candidate.rev < current.get("rev", 0) and self._is_rewritten(id, candidate.rev):
                return self._of_what_was_rewritten(cls, candidate.cells or {}, base)
            return self._edit(cls, candidate.cells or {}, current, base)
        if current is None and id:
            if gone := self._log.get((id, candidate.rev)):
                return self._of_what_is_gone(cls, candidate.cells or {}, orjson.loads(gone))
            if cls is model.Contact and self._has_erased and id not in self._remembered:
                raise Refused(
                    "people were erased from this book and {id} is not in it: a sheet from before brings "
                    "nobody back, delete it; a row of another book is taken without its id",
                    id=id,
                    kept=False,
                )
        return self._ordinary(cls, candidate)

    def _of_what_is_gone(self, cls: type[model.Record], cells: Mapping[str, Any], base: Doc) -> str:
        """A row of what was deleted here, or merged away, brings nothing back; edited it is a conflict."""
        if self._edited(cls, cells, base, base)[1] == base:
            return "unchanged"
        raise Conflict(
            "it is gone here since it was exported, deleted or merged; without its id the row is a new one",
            changed=[],
        )

    def _of_what_was_rewritten(self, cls: type[model.Record], cells: Mapping[str, Any], base: Doc) -> str:
        """A row from before an erasure took somebody out of it: what differs may be what was taken out."""
        if self._edited(cls, cells, base, base)[1] == base:
            return "unchanged"
        raise Refused(
            "somebody was erased from it since it was exported, and the row may name them still; "
            "delete the sheet, export it again, and edit that",
            kept=False,
        )

    @cached_property
    def _has_erased(self) -> bool:
        return has_erased(self._book.store)

    def _is_rewritten(self, id: str, rev: int) -> bool:
        """Whether an erasure has rewritten the record since it had that revision."""
        return self._has_erased and rev <= self._rewritten.get(id, 0)

    @cached_property
    def _rewritten(self) -> Mapping[str, int]:
        """The revision that each record had when an erasure rewrote it last."""
        found = {}
        for transaction in self._outward.changes():
            for change in transaction.changes if transaction.final else ():
                if change.before is not None:
                    found[change.id] = int(change.before.get("rev", 0))
        return found

    @cached_property
    def _remembered(self) -> Set[str]:
        return {id for id, _ in self._log}

    def _of_this_book(self, cls: type[model.Record], id: str) -> str:
        """The id as it is in the book; raises Invalid where it is of another type."""
        for one in _spelt(id):
            for type_name in (cls.type, *TYPES):
                if one and self._unit.get(type_name, one) is not None:
                    if type_name != cls.type:
                        raise Invalid("{path}: {id} is of type {other}, not {type}", path="id", id=one,
                                      other=type_label(type_name), type=type_label(cls.type))  # fmt: skip
                    return one
        return id

    # What the record was

    def _state(self, type: str, id: str, rev: int) -> Doc | None:
        """The record as it was at that revision, covered as it may be seen; None: no such is known."""
        before = self._unit.before(type, id)
        if before is not None and rev == before.get("rev"):
            return self._seen(type, before)
        found = self._log.get((id, rev)) if before is not None and 0 < rev < before.get("rev", 0) else None
        return None if found is None else orjson.loads(found)

    def _seen(self, type: str, doc: Doc) -> Doc:
        return listed(type, cover(type, doc, self._outward._covering()))

    @cached_property
    def _log(self) -> Mapping[tuple[str, int], bytes]:
        """Every state that records had, covered as history is: the log is read once, not once a row."""
        found = {}
        for transaction in self._outward.changes():
            for change in transaction.changes:
                for doc in (change.before, change.after):
                    if doc is not None and change.type in TYPES:
                        found[change.id, doc.get("rev", 0)] = orjson.dumps(listed(change.type, doc))
        return found

    # What was edited

    def _edit(self, cls: type[model.Record], cells: Mapping[str, Any], current: Doc, base: Doc) -> str:
        seen = self._seen(cls.type, current)
        now, wanted = self._edited(cls, cells, seen, base)
        return self._save(cls, now, wanted) if wanted != seen else "unchanged"

    def _edited(
        self, cls: type[model.Record], cells: Mapping[str, Any], seen: Doc, base: Doc
    ) -> tuple[model.Record, Doc]:
        """The record as it is seen, and its document with what was edited of it in the sheet."""
        now = codec.from_doc(cls, seen)
        was = now if base == seen else codec.from_doc(cls, base)
        sheet = {part.strip() for part in plain(cells.get(HIDDEN)).split(KEPT_APART)} - {""}
        columns = self._columns(cls, cells)
        over, clashes = [], []
        wanted = dict(seen)
        for column in columns:
            cell = cells[column.key]
            if column.field in sheet or column.field in {*now.hidden, *was.hidden}:
                if self._over_what_is_covered(column, cell, now, was, cells, sheet):
                    over.append(_called(column))
                continue
            old = cell_of(was, column, cells, self._names)
            if same(column, old, cell, self._book.words):
                continue
            new = old if was is now else cell_of(now, column, cells, self._names)
            if column.read_only:
                ids = {*ids_in(getattr(was, column.field, None)), *ids_in(getattr(now, column.field, None))}
                if not (same(column, new, cell, self._book.words) or self._were_names(ids, cell)):
                    self._only_read[_called(column)] += 1
            elif is_blank(cell):
                self._notes["emptied"] += 1
            elif is_clear(cell) and new in (None, False):
                continue
            elif old == new:
                self._write(cls, column, cell, wanted, cells)
            elif cell_of(self._written(cls, column, cell, wanted, cells), column, cells, self._names) != new:
                there = Text(
                    "{field} (here {here!r}, in the sheet {there!r})",
                    field=_called(column),
                    here=few(new),
                    there=few(cell),
                )
                clashes.append(there)
        if over:
            raise Refused(
                "{fields}: covered, and no sheet is written over it; leave the cell as it was exported",
                fields=joined(", ", over),
            )
        if clashes:
            raise Conflict(
                "changed in the book too since it was exported: {fields}; export it again, and edit that",
                fields=joined(", ", clashes),
                changed=[],
            )
        return now, wanted

    def _save(self, cls: type[model.Record], now: model.Record, wanted: Doc) -> str:
        made = codec.from_doc(cls, wanted)
        if getattr(now, "protected", False) and not getattr(made, "protected", False):
            raise Refused(
                "{path}: no sheet lifts a protection; kontaktnat set does, with --reveal REASON",
                path="protected",
            )
        changes = {
            one.name: value
            for one in attrs.fields(cls)
            if one.name not in now.hidden and (value := getattr(made, one.name)) != getattr(now, one.name)
        }
        changes.pop(HIDDEN, None)
        if not changes:
            return "unchanged"
        self._book.update(now, **changes)
        self._judged(cls.type, now.id)
        return "updated"

    def _over_what_is_covered(
        self,
        column: SheetColumn,
        cell: Any,
        now: model.Record,
        was: model.Record,
        cells: Mapping[str, Any],
        sheet: Set[str],
    ) -> bool:
        """Whether somebody wrote into what is covered, as far as that may be asked: it is never compared."""
        if is_blank(cell) or column.read_only:
            return False
        words = self._book.words
        if _in_part(column.field, now):
            if any(same(column, cell_of(one, column, cells), cell, words) for one in (now, was)):
                return False
            if column.field in sheet:
                return True
        elif column.field in sheet and (column.field in now.hidden or column.field not in _IN_PART):
            return column.field in now.hidden or not same(column, cell_of(now, column, cells), cell, words)
        elif column.field not in {*now.hidden, *sheet}:  # it was covered once; what it is now may be seen
            return not same(column, cell_of(now, column, cells), cell, words)
        self._notes["covered"] += 1
        return False

    def _columns(self, cls: type[model.Record], cells: Mapping[str, Any]) -> tuple[SheetColumn, ...]:
        """The sheet's columns that are compared, those of plugins that are not installed among them."""
        key = cls.type, tuple(cells)
        if key not in self._known_columns:
            known = {column.key: column for column in columns_of(cls, self._fields.values())}
            found = [known[one] for one in cells if one in known and one not in ("id", "rev", "type")]
            others = (one for one in cells if "." in one and one not in known)
            found += [SheetColumn(key=one, title=one, field="extra") for one in others]
            self._known_columns[key] = tuple(found)
        return self._known_columns[key]

    def _written(
        self, cls: type[model.Record], column: SheetColumn, cell: Any, doc: Doc, own: Iterable[str]
    ) -> model.Record:
        trial = dict(doc)
        self._write(cls, column, cell, trial, own)
        return codec.from_doc(cls, trial)

    def _write(
        self,
        cls: type[model.Record],
        column: SheetColumn,
        cell: Any,
        wanted: dict[str, Any],
        own: Iterable[str],
    ) -> None:
        """Put an edited cell onto the document; `own`: the keys of all columns."""
        value = None if is_clear(cell) else self._read(cls, column, cell, wanted)
        if column.field == "ways":
            old = codec.from_doc(cls, wanted).ways  # type: ignore[attr-defined]
            made = [model.Way(kind=column.key, value=one) for one in value or ()]
            wanted["ways"] = [codec.to_doc(way) for way in ways.only(old, column.key, made)]
        elif column.field == "extra" and column.key != "extra":
            extra = {name: one for name, one in wanted.get("extra", {}).items() if name != column.key}
            wanted["extra"] = extra if value is None else {**extra, column.key: value}
        elif column.field == "extra":
            if not isinstance(value or {}, dict):
                raise Invalid("{path}: {problem}", path=column.key, problem=Text("it is no JSON object"))
            elsewhere = {name: one for name, one in wanted.get("extra", {}).items() if name in own}
            wanted["extra"] = {**elsewhere, **(value or {})}
        elif value is None:
            wanted.pop(column.field, None)
        else:
            wanted[column.field] = value

    def _read(self, cls: type[model.Record], column: SheetColumn, cell: Any, doc: Doc) -> Any:
        if column.field == "extra":
            # Of a plugin that is not installed its value tells what it is.
            old = type(doc.get("extra", {}).get(column.key))
            kind = self._fields[column.key].type if column.key in self._fields else old
            if column.type == "text" and kind in (bool, int, float):
                column = attrs.evolve(column, type="bool" if kind is bool else "number")
            return self._reader.value(column, cell, {}, number=kind)
        number = int if int in get_args(_hints(cls)[column.field]) else float  # type: ignore[arg-type]
        return self._reader.value(column, cell, attrs.fields_dict(cls)[column.field].metadata, number=number)

    def _id_of(self, types: tuple[str, ...], text: str) -> str:
        """The id of whom a text in a column of ids means: an id, or the name of one alone."""
        kinds = TYPES if "any" in types else types
        for one in _spelt(text):
            if any(self._unit.get(kind, one) is not None for kind in kinds):
                return one
        found = {id for kind in kinds for id in self._by_name(kind).get(fold(text), ())}
        if len(found) == 1:
            return found.pop()
        if found:
            raise Ambiguous("{text} is the name of several: write the id of one", text=text, candidates=())
        raise Invalid("{path}: no {type} has this id or name: {text}", path="", text=text,
                      type=either(("record",) if "any" in types else types))  # fmt: skip

    def _by_name(self, type_name: str) -> Mapping[str, set[str]]:
        if type_name not in self._named:
            found: dict[str, set[str]] = {}
            for record in self._outward.collection_of(type_name).all():
                for name in names_of(record):
                    found.setdefault(fold(name), set()).add(record.id)
            self._named[type_name] = found
        return self._named[type_name]

    def _were_names(self, ids: Set[str], cell: Any) -> bool:
        """Whether a column of names says what these were called once: the sheet may be old."""
        parts = {part.strip() for part in re.split(r"[|()]", plain(cell))} - {""}
        borne = set().union(*(self._borne.get(id, ()) for id in ids))
        for id in borne & self._borne.keys():  # of a post, those who held it and where it is
            borne |= self._borne[id]
        return bool(ids) and parts <= borne

    @cached_property
    def _borne(self) -> Mapping[str, set[str]]:
        """What each was called at any time; of a post, the ids of whom it is about, and its function."""
        found: dict[str, set[str]] = {}
        words = self._book.words.of("function")
        for (id, _), state in self._log.items():
            doc = orjson.loads(state)
            said = {plain(doc.get(name)) for name in ("name", "title", "subject", "text", "contact", "actor")}
            if word := words.get(doc.get("function", "")):
                said |= {word.id, word.sv, word.en}
            found.setdefault(id, set()).update(said - {""})
        return found

    # Rows that are not of this book

    def _ordinary(self, cls: type[model.Record], candidate: Candidate) -> str | Candidate:
        cells = candidate.cells or {}
        if plain(cells.get(HIDDEN)):
            raise Refused(
                "something of it was hidden when it was exported, and it is not known here; "
                "export it with --reveal REASON"
            )
        if cls.type in _MATCHED:
            fields = self._fields_of(cls, cells, whole=not candidate.id)
            return attrs.evolve(candidate, fields=fields, cells=None, id="", rev=0)
        if candidate.id:
            raise Invalid("no {type} {id} of that revision is here; without its id the row is a new one",
                          type=type_label(cls.type), id=candidate.id, path="id")  # fmt: skip
        doc = self._fields_of(cls, cells, whole=True)
        doc.pop(CLEAR_WAYS, None)
        doc = {name: value for name, value in doc.items() if value != CLEAR}
        record = codec.from_doc(cls, doc)
        known, alike = self._alike(cls, frozenset(doc)), _said(record, doc)
        if alike in known:
            return "unchanged"
        id = self._book.add(record).id
        self._judged(cls.type, id)
        known[alike] = id
        return "created"

    def _alike(self, cls: type[model.Record], names: frozenset[str]) -> dict[bytes, str]:
        """Those there are, by what they say in these fields: a new row that comes again is not new."""
        key = cls.type, names
        if key not in self._same:
            records = self._outward.collection_of(cls.type).all()
            self._same[key] = {_said(record, names): record.id for record in records}
        return self._same[key]

    def _fields_of(self, cls: type[model.Record], cells: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
        """What the row says, as fields of an ordinary one; `whole`: with what leads to other records."""
        found: dict[str, Any] = {}
        linked = {one.name for one in attrs.fields(cls) if "link" in one.metadata}
        for column in self._columns(cls, cells):
            cell = cells[column.key]
            led = column.structured or column.field in linked or column.field == "extra"
            if column.read_only or is_blank(cell) or (led and not whole):
                continue
            if column.field == "ways":
                if is_clear(cell):
                    found.setdefault(CLEAR_WAYS, []).append(column.key)
                else:
                    values = self._read(cls, column, cell, found)
                    found.setdefault("ways", []).extend({"kind": column.key, "value": one} for one in values)
            elif column.field == "extra":
                self._write(cls, column, cell, found, cells)
            elif is_clear(cell):
                found[column.field] = CLEAR
            elif (value := self._read(cls, column, cell, found)) is not False or column.field != "protected":
                found[column.field] = value
        return found


def _spelt(id: str) -> tuple[str, ...]:
    """An id as it stands, and with the zeros that a spreadsheet took."""
    return (id, id.zfill(8)) if id.isdecimal() else (id,)


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    return get_type_hints(cls)


def _in_part(field: str, record: model.Record) -> bool:
    """Whether what is covered of the field is only some of it."""
    return field in record.hidden and bool(getattr(record, field))


def _said(record: model.Record, names: Iterable[str]) -> bytes:
    doc = codec.to_doc(record)
    return orjson.dumps({name: doc.get(name) for name in names}, option=orjson.OPT_SORT_KEYS)
