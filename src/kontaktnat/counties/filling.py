"""Filling a book with a county, and bringing it up to date with a newer pack, in one transaction.

What nobody has touched since a pack wrote it follows the pack; what somebody has changed stays, and is
listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kontaktnat import codec
from kontaktnat.counties.finding import find_pack, packs_of
from kontaktnat.counties.judging import Judge
from kontaktnat.counties.ledger import Ledger, digest, fields_of, filled_from, key_of, with_field
from kontaktnat.counties.results import Filled, PackChange, What
from kontaktnat.descriptors import CountyPack
from kontaktnat.errors import Invalid, NotFound, PluginError, Refused
from kontaktnat.model import Record, Setting, SettingId
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.walk import links
from kontaktnat.outward import title_of
from kontaktnat.packs.files import RECORD_FILES
from kontaktnat.plugins.claiming import only
from kontaktnat.undo import deleted, last_rev

if TYPE_CHECKING:
    from kontaktnat.book import Book

_NOT_SAID = BOOKKEEPING | {"hidden"}
_PRACTICE = "practice"
_TABLES = ("months", "mandate")
Doc = dict[str, Any]


def fill(book: Book, name: str, *, dry_run: bool = False) -> Filled:
    """See `Book.fill_county`."""
    pack = find_pack(book.plugins, name)
    with book.transaction(f"county {pack.name} {pack.version}", dry_run=dry_run):
        return _Filling(book, pack).done()


def update(book: Book, name: str | None = None, *, dry_run: bool = False) -> tuple[Filled, ...]:
    """See `Book.update_counties`."""
    filled, packs = filled_from(book), packs_of(book.plugins)
    if name is None:
        names = [one for one in filled if one in packs]
        if not names:
            raise NotFound(
                "the book was filled from no county pack that is installed; kontaktnat init --county NAME "
                "fills it",
                nearest=(),
            )
    else:
        names = [find_pack(book.plugins, name).name]
        if names[0] not in filled:
            raise NotFound(
                "the book was never filled from the county pack {name}; kontaktnat init --county {name} "
                "does that",
                name=names[0],
                nearest=sorted(filled),
            )
    with book.transaction("pack update", dry_run=dry_run):
        return tuple(_Filling(book, packs[one]).done() for one in names)


def newer(book: Book) -> tuple[tuple[str, int, int], ...]:
    """See `Book.newer_counties`."""
    filled = filled_from(book)
    if not filled:
        return ()
    try:
        packs = packs_of(book.plugins)
    except PluginError:  # two that clash: `plugins` tells of them
        return ()
    return tuple(
        (name, version, packs[name].version)
        for name, version in filled.items()
        if name in packs and packs[name].version > version
    )


class _Filling:
    """One pack on its way into a book, inside a transaction."""

    def __init__(self, book: Book, pack: CountyPack) -> None:
        self.book, self.pack = book, pack
        self.before: int | None = filled_from(book).get(pack.name)
        if self.before is not None and self.before > pack.version:
            raise Refused(
                "the book has version {before} of the county pack {name}, and version {version} is "
                "installed; install the newer one",
                before=self.before,
                name=pack.name,
                version=pack.version,
            )
        self.ledger = Ledger(book, pack.name)
        self.changes: list[PackChange] = []
        self._gone: dict[str, frozenset[str]] = {}

    def done(self) -> Filled:
        """Fill, and tell of it."""
        with self.book.plugins.running("register_county_packs", self.pack.name):
            records = {record.id: record for record in only(Record, self.pack.records())}
        missing: dict[str, Record] = {}
        there: list[tuple[Record, Mapping[str, Any]]] = []
        for record in records.values():
            stored = self.book._now.get(record.type, record.id)
            if stored is not None:
                there.append((record, stored))
            elif self._was_deleted(record):
                self._tell("deleted", record)
            else:
                missing[record.id] = record
        self._leave_out_dangling(missing)
        for record in missing.values():
            self._add(record)
        for record, found in there:  # which may come to refer to those
            self._blend(record, found)
        self._tell_gone(records)
        self._set_practice()
        self.book.set(f"pack.{self.pack.name}", self.pack.version)
        self.ledger.save()
        if self.book.setting("county") is None:
            self.book.set("county", self.pack.county)
        return Filled(
            pack=self.pack.name,
            title=self.pack.title,
            version=self.pack.version,
            before=self.before,
            added=len(missing),
            there=len(there),
            changes=tuple(self.changes),
        )

    def _add(self, record: Record) -> None:
        self.book.add(record)
        key = key_of(record)
        self.ledger.own[key] = {}
        for field, said in _said(record).items():
            self.ledger.note(key, field, digest(said), digest(said))

    def _was_deleted(self, record: Record) -> bool:
        """Whether some pack wrote it, and somebody has taken it out since."""
        key = key_of(record)
        if key in self.ledger.own or self.ledger.sharing(key):
            # Unless an undo took it out: of another pack, say, which it came with.
            return record.id in self._deleted(record.type) or not last_rev(self.book._now, record.id)
        # A book that was filled before this was kept: there the log tells.
        return self.before is not None and not self.ledger.known and last_rev(self.book._now, record.id) > 0

    def _deleted(self, type: str) -> frozenset[str]:
        if type not in self._gone:
            self._gone[type] = deleted(self.book._now, type)
        return self._gone[type]

    def _leave_out_dangling(self, missing: dict[str, Record]) -> None:
        """A post at an actor that somebody has deleted is not made either."""
        unit = self.book._now
        left = True
        while left:
            left = False
            for record in list(missing.values()):
                if any(
                    id not in missing and not any(unit.get(type, id) for type in types)
                    for _, id, types in links(record)
                ):
                    del missing[record.id]
                    self._tell("deleted", record)
                    left = True

    def _tell_gone(self, records: Mapping[str, Record]) -> None:
        known = {_PRACTICE, *(key_of(record) for record in records.values())}
        gone = {key for key in self.ledger.own if key not in known and not self.ledger.sharing(key)}
        for type in RECORD_FILES.values() if gone else ():
            for record in self.book.collection_of(type).all():
                if key_of(record) in gone:
                    self._tell("gone", record)

    def _tell(self, what: What, record: Record, field: str = "", here: Any = None, pack: Any = None) -> None:
        self.changes.append(
            PackChange(what=what, type=record.type, id=record.id, name=title_of(record), field=field,
                       here=here, pack=pack)
        )  # fmt: skip

    # Records that are there

    def _blend(self, record: Record, stored: Mapping[str, Any]) -> None:
        """Bring what nobody has touched up to what the pack says, and list the rest."""
        key = key_of(record)
        if key not in self.ledger.own and self.before is not None and not self.ledger.known:
            self._recall(key, record, stored)
        seen = self.book.peek(type(record), record.id)
        assert seen is not None
        said, doc = _said(record), dict(stored)
        shared = self.ledger.sharing(key)
        judge = Judge(self.ledger, key, shared, self._outranks(shared))
        wanted: Doc = {}
        for field in dict.fromkeys((*said, *self.ledger.own.get(key, ()))):
            if field.split(".", maxsplit=1)[0] in seen.hidden or (field == "county" and shared):
                continue
            new, here = said.get(field), _value(doc, field)
            verdict, value = judge.verdict(field, new, here)
            if verdict == "updated":
                wanted[field] = (here, value, new)
            elif verdict == "differs":
                self._tell("differs", seen, field, here, new)
            # Else it is as it was noted, with what two packs came to together.
            if verdict != "updated" and self.ledger.said(key, field) != digest(new):
                self.ledger.note(key, field, digest(new), digest(new))
        if not self.ledger.own.get(key):
            self.ledger.own[key] = {}
        if wanted:
            self._apply(key, seen, doc, wanted)

    def _apply(self, key: str, seen: Record, doc: Doc, wanted: Doc) -> None:
        for field, (_, value, _) in wanted.items():
            with_field(doc, field, value)
        unit = self.book._now
        try:
            after = codec.from_doc(type(seen), doc)
            if any(not any(unit.get(name, id) for name in types) for _, id, types in links(after)):
                raise Invalid("{path}: no longer in the book", path="id")
        except Invalid:  # it does not go together with what the user wrote, or leads to what was deleted
            for field, (here, _, new) in wanted.items():
                self._tell("differs", seen, field, here, new)
                self.ledger.note(key, field, digest(new), digest(new))
            return
        roots = {field.split(".", maxsplit=1)[0] for field in wanted}
        self.book.update(seen.id, **{root: getattr(after, root) for root in roots})
        stands = codec.to_doc(after)
        for field, (here, _, new) in wanted.items():
            self._tell("updated", seen, field, here, new)
            self.ledger.note(key, field, digest(new), digest(_value(stands, field)))

    def _outranks(self, shared: list[str]) -> bool:
        """Whether this pack is a county's own, and what else wrote the record holds of any county."""
        packs = packs_of(self.book.plugins)
        return not self.pack.general and all(name in packs and packs[name].general for name in shared)

    def _recall(self, key: str, record: Record, stored: Mapping[str, Any]) -> None:
        """What an earlier version wrote, in a book that did not keep it: the record as it was made."""
        made: Mapping[str, Any] | None = stored if stored.get("rev") == 1 else None
        if made is None:
            log = self.book._now.transactions(record=record.id)
            made = next(
                (
                    change.after
                    for transaction in log
                    for change in transaction.changes
                    if change.id == record.id and change.before is None
                ),
                None,
            )
        if made is not None:
            self.ledger.own[key] = {}
            for field, value in fields_of(made, _NOT_SAID):
                self.ledger.note(key, field, digest(value), digest(value))

    # What is customary

    def _set_practice(self) -> None:
        said = _flat(self.pack.practice)
        own = self.book.setting("practice", {})
        if not said and _PRACTICE not in self.ledger.own:
            return
        kept = {name: dict(one) if isinstance(one, Mapping) else one for name, one in own.items()}
        here = _flat(kept)
        setting = self.book.peek(Setting, "practice")
        judge = Judge(self.ledger, _PRACTICE, self.ledger.sharing(_PRACTICE), False)
        for field in dict.fromkeys((*said, *self.ledger.own.get(_PRACTICE, ()))):
            new, now = said.get(field), here.get(field)
            verdict, _ = judge.verdict(field, new, now)
            record = setting or Setting(id=SettingId("practice"))
            if verdict == "updated":
                table, _, name = field.rpartition(".")
                within = kept.setdefault(table, {}) if table else kept
                within.pop(name, None)
                if new is not None:
                    within[name] = new
                if self.before is not None or now is not None:
                    self._tell("updated", record, field, now, new)
            elif verdict == "differs":
                self._tell("differs", record, field, now, new)
            self.ledger.note(_PRACTICE, field, digest(new), digest(new))
        kept = {name: one for name, one in kept.items() if one != {}}
        if kept != own:
            self.book.set("practice", kept or None)


def _said(record: Record) -> Doc:
    """Field → value of all that a record says beyond its defaults, as JSON."""
    return dict(fields_of(codec.to_doc(record), _NOT_SAID))


def _value(doc: Mapping[str, Any], field: str) -> Any:
    if field.startswith("extra."):
        return doc.get("extra", {}).get(field.removeprefix("extra."))
    return doc.get(field)


def _flat(table: Mapping[str, Any]) -> Doc:
    """What practice sets, each month and each kind's points by itself."""
    return dict(_flattened(table))


def _flattened(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if name in _TABLES and isinstance(value, Mapping):
            yield from ((f"{name}.{inner}", one) for inner, one in value.items())
        else:
            yield name, value
