"""Import and export: candidates from an importer → records; a redacted book → an exporter.

One import is one transaction: its number is the batch, `undo NUMBER` takes it back. Every row read is
counted once: created, updated, unchanged or rejected (a row put in quarantine counts as created, and
as unchanged when it comes again).

Of one who is protected nothing is compared that is covered, or a row would be a question: is it this
address? A row that says more of them than may be seen waits in quarantine, whatever it says.
"""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs
import orjson

from kontaktnat import codec, model, rows
from kontaktnat.cover import MARK, cover
from kontaktnat.descriptors import CLEAR, Candidate, Change, Exporter, Importer, Understood
from kontaktnat.errors import Invalid, KontaktnatError, PluginError, Refused, Usage, reason
from kontaktnat.i18n import Text, tr
from kontaktnat.judge import judge_change, missing_link
from kontaktnat.matching import Index, Match
from kontaktnat.query import Doc

if TYPE_CHECKING:
    from kontaktnat.book import Book
    from kontaktnat.taking_back import TakingBack
    from kontaktnat.unit import Key, Unit

log = logging.getLogger("kontaktnat")


@attrs.frozen(kw_only=True, repr=False)
class Rejected:
    """A row that was not taken, and why. `raw` is the row as it stood."""

    row: int
    reason: str
    raw: Any = None


@attrs.define(kw_only=True, repr=False)
class ImportResult:
    """What became of each row."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[Rejected] = attrs.field(factory=list)
    quarantined: int = 0
    """How many of the created wait in quarantine."""
    understood: Understood | None = None
    """What the importer understood of the file."""
    notes: list[Text] = attrs.field(factory=list)
    """What else is to be known of it: cells of a sheet that changed nothing."""
    batch: int | None = None
    """Number of the transaction; None where nothing changed, or where it is not yet saved."""

    @property
    def summary(self) -> Text:
        """The counts in one line."""
        return Text(
            "created {created}, updated {updated}, unchanged {unchanged}, rejected {rejected}",
            created=self.created,
            updated=self.updated,
            unchanged=self.unchanged,
            rejected=len(self.rejected),
        )

    def __str__(self) -> str:
        return str(self.summary)


def find_format(book: Book, stream: BinaryIO, name: str, format: str | None) -> Importer:
    """The importer that is named, or the one that recognises the file's content, or its suffix."""
    importers: Mapping[str, Importer] = book.plugins.collect("register_importers")
    if format:
        found: Importer = book.plugins.find("register_importers", format, Text("importer"))
        return found
    head = stream.read(4096)
    stream.seek(0)
    sniffed = [importer for importer in importers.values() if _recognises(book, importer, head)]
    by_suffix = [one for one in importers.values() if Path(name).suffix.lower() in one.suffixes]
    for importer in (*(one for one in by_suffix if one in sniffed), *sniffed, *by_suffix):
        return importer
    raise Usage("{name}: which format is it? name one with --format: {formats}", name=name,
                formats=", ".join(sorted(importers)))  # fmt: skip


def _recognises(book: Book, importer: Importer, head: bytes) -> bool:
    try:
        with book.plugins.running("register_importers", importer.name):
            return bool(importer.sniff(head))
    except PluginError as error:
        log.warning("%s", error)  # it says nothing of this file; another may know it
        return False


def _read(book: Book, importer: Importer, data: bytes, options: Mapping[str, str]) -> Iterator[Candidate]:
    with book.plugins.running("register_importers", importer.name):
        yield from importer.read(io.BytesIO(data), options)


def import_from(
    book: Book,
    source: str | os.PathLike[str] | BinaryIO,
    *,
    format: str | None = None,
    options: Mapping[str, str] | None = None,
    dry_run: bool = False,
    progress: Callable[[Iterator[Candidate]], Iterable[Candidate]] = iter,
) -> ImportResult:
    """Read a file (or open binary stream) into the book; see `Book.import_from`."""
    name = Path(source).name if isinstance(source, str | os.PathLike) else "stream"
    data = _bytes(source)
    importer = find_format(book, io.BytesIO(data), str(name), format)
    options = dict(options or {})
    result = ImportResult()
    if importer.describe:
        told = importer.describe(io.BytesIO(data), options)
        result.understood = told if isinstance(told, Understood) else Understood(summary=told)
    with book.transaction(f"import {name}", dry_run=dry_run):
        unit = book._now
        taker = _Taker(book, result, str(name))
        for candidate in progress(_read(book, importer, data, options)):
            taker.take(candidate)
        taker.settle()
        result.notes += taker.notes()
    if unit.done:
        result.batch = unit.done.number
    return result


def export_to(
    book: Book,
    target: BinaryIO,
    format: str,
    *,
    options: Mapping[str, str] | None = None,
    reveal: str | None = None,
    as_of: Any = None,
) -> None:
    """Write the book, redacted, in a format to a binary stream; see `Book.export_to`."""
    exporter: Exporter = book.plugins.find("register_exporters", format, Text("exporter"))
    outward = book.outward(reveal=reveal)
    # One state, or a role could be written whose actor was not there yet.
    with outward.reading(), book.plugins.running("register_exporters", format):
        exporter.write(outward if as_of is None else outward.as_of(as_of), target, dict(options or {}))


def rejects_file(rejected: Iterable[Rejected]) -> bytes:
    """Rejected rows as a file that can be imported again, each with its reason."""
    import csv

    kept = list(rejected)
    tabular = [one for one in kept if isinstance(one.raw, Mapping)]
    if not tabular:
        lines = [str(one.raw).strip() for one in kept if one.raw]
        if lines and lines[0].startswith("{"):  # of an archive, which begins with its header
            lines.insert(0, f'{{"schema":"{codec.FORMAT}"}}')
        return b"".join(line.encode() + b"\n" for line in lines)
    columns = list(dict.fromkeys(column for one in tabular for column in one.raw if column != "problem"))
    columns.append("problem")
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    for one in tabular:
        writer.writerow({**one.raw, "problem": one.reason})
    return text.getvalue().encode("utf-8-sig")


class _Taker:
    """Takes candidates one by one into the running transaction."""

    def __init__(self, book: Book, result: ImportResult, name: str) -> None:
        self._book = book
        self._unit: Unit = book._now
        self._outward = book.outward()
        self._result = result
        self._name = name
        self._indexes: dict[str, Index] = {}
        self._waiting = {doc.get("source") for doc in self._unit.find("pending")}
        self._restored: dict[Key, list[tuple[Candidate, str]]] = {}

    def take(self, candidate: Candidate) -> None:
        """Count the candidate as what becomes of it; a row that fails is rejected alone."""
        if candidate.problem:
            self._reject(candidate, candidate.problem)
            return
        savepoint = self._unit.mark()
        try:
            outcome = self._outcome(candidate)
        except KontaktnatError as error:
            self._unit.rewind(savepoint)
            self._reject(candidate, error.text)
            return
        setattr(self._result, outcome, getattr(self._result, outcome) + 1)

    def _outcome(self, candidate: Candidate) -> str:
        if candidate.doc is not None:
            return self._restore(candidate)
        if candidate.cells is None:
            return self._save(candidate)
        taken = self._sheet.take(candidate)
        return taken if isinstance(taken, str) else self._save(taken)

    @cached_property
    def _sheet(self) -> TakingBack:
        from kontaktnat.taking_back import TakingBack

        return TakingBack(self._book, self._judged)

    def notes(self) -> Iterator[Text]:
        """What is to be known of cells of a sheet of ours that changed nothing."""
        return self._sheet.notes() if "_sheet" in vars(self) else iter(())

    def settle(self) -> None:
        """Reject restored records that a guard refuses, then those whose links lead nowhere by that.

        Only now, as a line may refer to a later one; and until those that stay hold together.
        """
        for key in list(self._restored):
            before, after = self._unit.before(*key), self._unit.get(*key)
            change = Change(type=key[0], id=key[1], before=before, after=after)
            try:
                judge_change(self._book, self._unit, change, self._outward)
            except KontaktnatError as error:
                self._take_back(key, error)
        moved = True
        while moved:
            moved = False
            for key in list(self._restored):
                record = codec.from_doc(model.RECORDS[key[0]], self._unit.get(*key) or {})
                if problem := missing_link(self._unit, record):
                    self._take_back(key, problem)
                    moved = True

    def _take_back(self, key: Key, problem: KontaktnatError) -> None:
        self._unit.put(*key, self._unit.before(*key))
        for candidate, outcome in self._restored.pop(key):
            setattr(self._result, outcome, getattr(self._result, outcome) - 1)
            self._reject(candidate, problem.text)

    def _reject(self, candidate: Candidate, reason: str) -> None:
        self._result.rejected.append(Rejected(row=candidate.row, reason=reason, raw=candidate.raw))

    # Records of an archive

    def _restore(self, candidate: Candidate) -> str:
        assert candidate.doc is not None
        doc, type_name = dict(candidate.doc), candidate.type
        if MARK in doc:
            raise Refused("this record was exported with something hidden; export it with --reveal REASON")
        id = codec.from_doc(codec.record_class(type_name), doc).id
        stored = self._unit.current(type_name, id)
        savepoint = self._unit.mark()
        self._book.restore(type_name, doc)
        wanted = self._unit.get(type_name, id) or {}
        if stored == wanted:
            return "unchanged"
        if stored is not None and stored.get("rev", 0) >= wanted["rev"]:
            differing = self._differing(type_name, stored, wanted)
            if not differing:  # in nothing that may be seen; what the book has stays
                self._unit.rewind(savepoint)
                return "unchanged"
            raise Invalid("the book has a newer or other state of it (rev {rev}; {fields} differ)",
                          rev=stored.get("rev", 0), fields=", ".join(differing), path=id)  # fmt: skip
        outcome = "created" if stored is None else "updated"
        self._restored.setdefault((type_name, id), []).append((candidate, outcome))
        return outcome

    def _differing(self, type_name: str, stored: Doc, wanted: Doc) -> list[str]:
        """Names of the fields that differ, as far as they may be seen."""
        seen, other = self._seen(type_name, stored), self._seen(type_name, wanted)
        hidden = {*seen.get(MARK, ()), *other.get(MARK, ())}
        if type_name == "interaction" and MARK in seen:  # whether a guess is covered would tell its answer
            seen, other = _without_deputies(seen), _without_deputies(other)
        # Of a field that is covered in part, what is left of it is compared.
        names = {*seen, *other} - {MARK} - {name for name in hidden if name not in seen or name not in other}
        return sorted(name for name in names if seen.get(name) != other.get(name))

    def _seen(self, type_name: str, doc: Doc) -> dict[str, Any]:
        return cover(type_name, doc, self._outward._covering())

    # Rows

    def _save(self, candidate: Candidate) -> str:
        fields = {name: value for name, value in candidate.fields.items() if value not in ("", [], None)}
        if not str(fields.get("name", "")).strip() or fields["name"] == CLEAR:
            raise Invalid("the row has no name", path="name")
        index = self._index(candidate.type)
        cls = codec.record_class(candidate.type)
        fields = rows.checked(self._book, cls, fields)
        match = index.match(rows.said(fields))
        if match.ids and (not match.sure or self._says_more(candidate.type, match.ids[0], fields)):
            return self._quarantine(candidate, fields, match)
        if not match.ids:
            return self._create(cls, fields, index)
        return self._update(cls, match.ids[0], fields, index)

    def _says_more(self, type_name: str, id: str, fields: Mapping[str, Any]) -> bool:
        """Whether a row names one who is protected, and says what is covered of them."""
        return MARK in self._seen(type_name, {**dict.fromkeys(fields), "id": id})

    def _create(self, cls: type[model.Record], fields: Mapping[str, Any], index: Index) -> str:
        self._judged(cls, rows.create(self._book, cls, fields, source=f"import {self._name}"), index)
        return "created"

    def _update(self, cls: type[model.Record], id: str, fields: Mapping[str, Any], index: Index) -> str:
        if not rows.change(self._book, cls, id, fields):
            return "unchanged"
        self._judged(cls, id, index)
        return "updated"

    def _quarantine(self, candidate: Candidate, fields: Mapping[str, Any], match: Match) -> str:
        import hashlib

        canonical = orjson.dumps([candidate.type, fields], option=orjson.OPT_SORT_KEYS)
        source = f"import:{hashlib.sha256(canonical).hexdigest()[:16]}"
        if source in self._waiting:
            if self._outward.protected().isdisjoint(match.ids):
                return "unchanged"
            self._result.quarantined += 1  # as if it were new, or one could ask for what waits
            return "created"
        self._book.add(
            model.Pending(
                kind=candidate.type,
                text=self._note(candidate, match),
                raw=dict(fields),
                source=source,
                candidates=match.ids,
            )
        )
        self._waiting.add(source)
        self._result.quarantined += 1
        return "created"

    def _note(self, candidate: Candidate, match: Match) -> str:
        """Why it waits, in the language of whoever imports: it is kept as a note."""
        note = Text("row {row} of {path}: {reason}", row=candidate.row, path=self._name, reason=match.reason)
        return str(tr(note))

    def _judged(self, cls: type[model.Record], id: str, index: Index | None = None) -> None:
        """A veto or an unknown word rejects the row, not the file."""
        doc = self._unit.get(cls.type, id)
        assert doc is not None
        change = Change(type=cls.type, id=id, before=self._unit.before(cls.type, id), after=doc)
        judge_change(self._book, self._unit, change, self._outward)
        if index := index or self._indexes.get(cls.type):
            index.note(self._seen(cls.type, doc))

    def _index(self, type_name: str) -> Index:
        if type_name not in self._indexes:
            if type_name not in ("actor", "contact"):
                raise Usage("rows are imported as actor or contact, not {type}", type=type_name)
            docs = (self._seen(type_name, doc) for doc in self._unit.find(type_name))
            self._indexes[type_name] = Index(type_name, docs)
        return self._indexes[type_name]


def _without_deputies(doc: Doc) -> dict[str, Any]:
    parts = doc.get("participants", ())
    bare = [{name: value for name, value in one.items() if name != "deputy_for"} for one in parts]
    return {**doc, "participants": bare}


def _bytes(source: str | os.PathLike[str] | BinaryIO) -> bytes:
    if not isinstance(source, str | os.PathLike):
        return source.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise Invalid("{path}: {problem}", path=str(source), problem=reason(error)) from None
