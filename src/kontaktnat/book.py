"""The Book: one façade over records, rules and a store; every write is a transaction that can be undone."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, NoReturn, Self, TypeVar, overload

import attrs

from kontaktnat import codec, model
from kontaktnat.accepting import remember
from kontaktnat.acting import Acting
from kontaktnat.cover import MARK, MARKABLE, cover, uncovered
from kontaktnat.current import Current
from kontaktnat.descriptors import Candidate, Finding, Store, Transaction, Understood
from kontaktnat.errors import Conflict, Invalid, NotFound, Refused, Usage, shown
from kontaktnat.judge import judge
from kontaktnat.listeners import Listeners
from kontaktnat.model.base import BOOKKEEPING
from kontaktnat.model.names import type_label
from kontaktnat.model.walk import links
from kontaktnat.outward import Outward, covered
from kontaktnat.past import Past
from kontaktnat.plugins import Plugins
from kontaktnat.remarks import refuse_in_label
from kontaktnat.staging import altered, altogether, refuse_covered, resolved, stale
from kontaktnat.undo import last_rev, left, undo
from kontaktnat.unit import Origin, Unit

if TYPE_CHECKING:
    from kontaktnat.counties.results import Filled
    from kontaktnat.exchange import ImportResult
    from kontaktnat.joining.results import Joined
    from kontaktnat.privacy import Privacy

R = TypeVar("R", bound=model.Record)
N = TypeVar("N", model.Actor, model.Contact)


class Book(Acting, Outward):
    """An Outward that can also write. May be shared by threads; each has its own transaction."""

    def __init__(
        self,
        store: Store,
        plugins: Plugins,
        *,
        by: str | None = None,
        clock: Callable[[], datetime] | None = None,
        ids: Callable[[], str] | None = None,
        place: str = "",
    ) -> None:
        self.store = store
        self.place = place
        """The path or URL that it was opened with; "" where nobody said."""
        self._ids = ids or model.new_id
        self._by = by
        self._local = threading.local()
        self._listeners: Listeners[Transaction] = Listeners()
        self._findings: Listeners[tuple[Finding, ...]] = Listeners()
        super().__init__(Current(self), plugins, clock or (lambda: datetime.now(UTC)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __reduce__(self) -> NoReturn:
        raise Usage("a Book cannot be sent to another process: send its path, and open it there")

    def close(self) -> None:
        """Let go of the store; twice does no harm."""
        self.store.close()

    @property
    def by(self) -> str:
        """Who writes when nobody else is named: as opened, the book's default, the login."""
        return self._by or self.setting("by") or login()

    @property
    def version(self) -> int:
        """Number of the newest transaction this Book has seen."""
        return self.store.version

    def refresh(self) -> None:
        """See what other processes have written."""
        self.store.refresh()

    # Writing

    @contextmanager
    def transaction(self, label: str = "", *, by: str | None = None, dry_run: bool = False) -> Iterator[None]:
        """All or nothing, one step of undo. Inside another it joins that one, undoing only itself on error.

        With `dry_run` everything is judged as if it were saved, and then forgotten. It is its thread's own:
        raises Usage where it ends in another thread, or in a child that was forked inside it.
        """
        if not isinstance(label, str):
            raise Usage("a transaction's label is a text, not {value}", value=shown(label))
        if (outer := self._unit) is not None:
            savepoint = outer.mark()
            try:
                yield
                if dry_run:
                    judge(self, outer)
            except BaseException:
                outer.rewind(savepoint)
                raise
            if dry_run:
                outer.rewind(savepoint)
            return
        self.store.refresh()  # what is given by its id means the record as it is now, whoever saved it
        accept = getattr(self._local, "accept", None)
        self._local.unit = unit = Unit(self.store, by=by or self.by, label=label, accept=accept)
        try:
            yield
            unit.refuse_elsewhere()
            unit.done = self._commit(unit, dry_run=dry_run)
        finally:
            unit.end()
            if self._unit is unit:  # ended in another thread, that one's own goes on
                self._local.unit = None
        if unit.news:
            self._tell(unit.news)
        if unit.noticed and unit.accept is None:
            self._findings.tell(tuple(unit.noticed), self.version)

    @contextmanager
    def accepting(self, reason: str) -> Iterator[None]:
        """Inside, what checks find in what this thread saves is accepted, and remembered with the reason.

        It is remembered per finding, by its place; `check` is silent on it from then on. Raises Refused
        without a reason.
        """
        if not reason.strip():
            raise Refused("say why: what is accepted is remembered with its reason")
        refuse_in_label(self.outward(), reason)
        before, self._local.accept = getattr(self._local, "accept", None), reason.strip()
        if self._unit:  # which is judged as a whole, at its end
            self._unit.accept = reason.strip()
        try:
            yield
        finally:
            self._local.accept = before

    def add(self, record: R) -> R:
        """Save a new record; it comes back with its id, rev 1, and every value as it is stored.

        Raises Invalid (naming the path), Conflict for an id that is taken, Refused for a covered copy
        or by a plugin's veto.
        """
        if not isinstance(record, model.Record):
            raise Usage("add takes a record, as in add(Contact(name=…)), not {value}", value=shown(record))
        refuse_covered(record, record.hidden)
        with self.transaction(f"add {record.type}"):
            id = record.id or self._fresh_id()
            self._now.current(record.type, id)  # it must still be free when this is saved
            if record.id and (taken := self._taken(id)):
                raise Conflict("{type} {id} is already there", type=type_label(taken), id=id, changed=[])
            rev = self._last_rev(id) if record.id else 0
            return self._stage(record, None, rev, id=id)

    @overload
    def update(self, record: R, /, **changes: Any) -> R: ...
    @overload
    def update(self, record: str, /, **changes: Any) -> model.Record: ...
    def update(self, record: model.Record | str, /, **changes: Any) -> model.Record:
        """Change fields of a record, given as it was read or by its id; unchanged values save nothing.

        A record comes back as whole as it was given, one given by id as it may be seen. Raises Conflict
        where somebody saved it since it was read, naming the fields; Refused where a field is covered in
        the copy given: `reveal` it first; Usage for a copy that was changed and no field named, since a
        copy may also be of another day (`as_of`).
        """
        with self.transaction("update"):
            current = self._raw(record)
            if isinstance(record, model.Record) and not changes and altered(record, current):
                raise Usage("say which fields change, as in update(record, note=…)")
            unknown = [name for name in changes if name not in {a.name for a in attrs.fields(type(current))}]
            if unknown:
                codec.check_keys(dict.fromkeys(unknown), type(current))
            seen = record.hidden if isinstance(record, model.Record) else self._covered_fields(current)
            refuse_covered(current, [name for name in changes if name in seen])
            fixed = [name for name in changes if name in BOOKKEEPING | {MARK}]
            if fixed:
                raise Invalid("{path}: the book keeps this itself", path=fixed[0])
            wanted = codec.checked(resolved(self._now, altogether(current, changes)))
            if wanted != current:
                self._refuse_uncovering(current, wanted, seen)
                current = self._stage(wanted, codec.to_doc(current))
            if isinstance(record, model.Record) and not record.hidden:
                return current
            return self.peek(type(current), current.id) or current

    def delete(self, record: model.Record | str, /, *, reveal: str | None = None) -> None:
        """Take a record out of the book; its history stays, and `undo` brings it back.

        Raises Refused while other records point at it, and on a plugin's veto. Where somebody protected
        works is not told by it either: while anybody is, an actor is deleted with `reveal`, a reason that
        is logged, or not at all.
        """
        with self.transaction("delete"):
            current = self._raw(record)
            if reveal is not None:
                self._log_reveal(reveal, tuple(sorted(self.protected())))
                self._now.revealing = True
            self._now.put(current.type, current.id, None)

    @overload
    def merge(self, keep: R, other: R | str, /, *, take: Iterable[str] = ()) -> R: ...
    @overload
    def merge(self, keep: str, other: model.Record | str, /, *, take: Iterable[str] = ()) -> model.Record: ...
    def merge(
        self, keep: model.Record | str, other: model.Record | str, /, *, take: Iterable[str] = ()
    ) -> model.Record:
        """Make one of two records that are of the same thing; `keep` comes back as it may be seen.

        Every link to `other` leads to `keep`. Lists and ways are united, free texts both kept, the
        other name becomes an alias, and what only `other` says is filled in. Where both say something
        else, `keep`'s stands, or `other`'s for the fields that `take` names; `merging.differing` tells
        these beforehand, and history keeps them. Who is protected in one of them is protected.

        Raises Refused for two of different types, one with itself, roles of different people or places,
        and on a plugin's veto; Invalid for a field in `take` that there is not.
        """
        from kontaktnat.joining.differing import hand_over
        from kontaktnat.merging import merge

        with self.transaction("merge"):
            kind, id = merge(self, keep, other, take)
            hand_over(self, kind, other if isinstance(other, str) else other.id, id)
        merged: model.Record = self.collection_of(kind).get(id)
        return merged

    def not_same(self, one: model.Record | str, other: model.Record | str, /) -> None:
        """Remember of two actors or two contacts that they are not the same: `duplicates` is silent on them.

        Of one that is merged or deleted later nothing is left; the one that stays of a merge takes over what
        was told of the other. Raises Refused for two of another type, or one with itself.
        """
        from kontaktnat.likeness.apart import tell_apart

        tell_apart(self, one, other)

    def settle(
        self,
        pending: model.Pending | str,
        /,
        *,
        onto: model.Record | str | None = None,
        new: bool = False,
        discard: bool = False,
        ignore: bool = False,
        hat: model.Role | None = None,
        take: Iterable[str] = (),
    ) -> model.Record | None:
        """Decide what waits in quarantine; it is gone then, and undo brings it back with all else.

        One of four. `onto`: it is this record, which takes its fields as from an import (blank keeps,
        `<clear>` clears). `new`: it is nobody known, a record is made, and remembered as not the same as
        those it might have been; with `hat` (a role without its contact) as somebody who works there, whose
        addresses are the role's. `discard`: it is nothing. `ignore`: nor is anything else from that address,
        whose digest alone is kept. The record comes back as it may be seen.

        `onto` somebody of another name keeps the name there, and what waits is an alias; with `take=["name"]`
        a person is called as what waits from now on, and the name there is the alias.

        Raises Refused where no installed plugin knows what it is, and where it is covered because one
        who is protected may be meant, unless it is a copy that was revealed, or `onto` is protected too;
        Invalid for an `onto` of another type, or fields that do not fit; Usage for none or two of the four.
        """
        from kontaktnat.quarantine import settle

        return settle(self, pending, onto=onto, new=new, discard=discard, ignore=ignore, hat=hat, take=take)

    def heed(self, address: str) -> None:
        """Ask again about an address that was ignored (see `settle`). Raises NotFound for one that is not."""
        from kontaktnat.ignoring import heed

        with self.transaction("review"):
            heed(self, address)

    def join(
        self,
        other: Book,
        /,
        *,
        take: Literal["here", "there"] | None = None,
        dry_run: bool = False,
        reveal: str | None = None,
    ) -> Joined:
        """Take over what was done in another book since the two were copies of one, or since the last join.

        Three-way, from what both had last, as one transaction. What one of them changed is taken, lists go
        item by item; what both changed to something else waits, field by field (`decide`), or is what
        `take` says, as far as it is not covered. What was erased here does not come back. What cannot be
        saved (a veto, a link that leads nowhere) is left out, named, and tried again by the next join.
        The other book is only read. `reveal`: a reason to delete actors while somebody is protected.

        Raises Refused for a book that has nothing in common with this one, or is this one; Usage inside a
        transaction.
        """
        from kontaktnat.joining.taking import join

        return join(self, other, take=take, dry_run=dry_run, reveal=reveal)

    def decide(
        self,
        pending: model.Pending | str,
        /,
        take: Literal["here", "there"] | Mapping[str, Literal["here", "there"]],
    ) -> model.Record | None:
        """Decide what waits since a `join`: what stands here, or there, for all fields or for each named.

        What is not named goes on waiting. `here` keeps what stands here now. The record comes back as it
        may be seen, or None where there is none.

        Raises Refused where it is covered, unless it is a copy that was revealed; Invalid for a field in
        which the books do not differ, or values that do not go together; NotFound where the record is gone.
        """
        from kontaktnat.joining.differing import decide

        return decide(self, pending, take)

    def set(self, name: str, value: Any) -> None:
        """Save one of the book's own settings; None takes it away."""
        with self.transaction(f"set {str(name).partition('.')[0]}"):  # a list's name is what somebody wrote
            current = self._now.current("setting", name)
            if value is None:
                if current is not None:
                    self._now.put("setting", name, None)
            elif current is None:
                setting = model.Setting(id=model.SettingId(name), value=value)
                self._stage(setting, None, self._last_rev(name))
            elif current.get("value") != value:
                old = codec.from_doc(model.Setting, current)
                self._stage(attrs.evolve(old, value=value), current)

    def restore(self, type_name: str, doc: Mapping[str, Any]) -> None:
        """Save a document of an archive as it is: id, rev and times included, words unjudged."""
        with self.transaction(f"restore {type_name}"):
            record = resolved(self._now, codec.from_doc(codec.record_class(type_name), doc))
            refuse_covered(record, record.hidden)
            if not record.id:
                raise Invalid("{path}: missing", path="id")
            if (taken := self._taken(record.id)) not in ("", type_name):
                raise Conflict(
                    "{type} {id} is already there", type=type_label(taken), id=record.id, changed=[]
                )
            record = attrs.evolve(record, rev=max(record.rev, 1))  # written by hand, it may have none
            self._now.put(type_name, record.id, codec.to_doc(record), "archive")

    # In and out

    def import_from(
        self,
        source: str | os.PathLike[str] | BinaryIO,
        *,
        format: str | None = None,
        options: Mapping[str, str] | None = None,
        dry_run: bool = False,
        progress: Callable[[Iterator[Candidate]], Iterable[Candidate]] = iter,
        shown: Callable[[Understood], None] | None = None,
        save: str | None = None,
    ) -> ImportResult:
        """Read a file or open binary stream: one transaction, each row counted once.

        `format`: an importer's name, else recognised. `options` are the importer's; CSV takes `as`
        (actor or contact) and `map` (`name=COLUMN,email=COLUMN`, or the name of a mapping that is kept).
        `progress` wraps the candidates; `shown` is told what was understood before anything is written;
        `save`: a name under which the options are kept for the next time. Raises Invalid where the file
        cannot be read, Refused for an export with something hidden, NotFound for a mapping that is not kept.
        """
        from kontaktnat.exchange import import_from

        return import_from(
            self,
            source,
            format=format,
            options=options,
            dry_run=dry_run,
            progress=progress,
            shown=shown,
            save=save,
        )

    def take(
        self,
        candidates: Iterable[Candidate],
        *,
        name: str,
        label: str = "",
        dry_run: bool = False,
        finish: Callable[[], None] | None = None,
    ) -> ImportResult:
        """Take what a program has read, as an importer's: one transaction, each candidate counted once.

        `name`: where it is from, which what waits says; `label`: the transaction's, for `history`;
        `finish` is called in it when all have been taken: what it saves is undone with them. Candidates are
        taken one by one as they come. What the iterable raises undoes all.
        """
        from kontaktnat.exchange import ImportResult, take

        return take(self, candidates, ImportResult(), name=name, label=label, dry_run=dry_run, finish=finish)

    def export_to(
        self,
        target: BinaryIO,
        format: str,
        *,
        options: Mapping[str, str] | None = None,
        reveal: str | None = None,
        as_of: date | model.PartialDate | str | None = None,
    ) -> None:
        """Write the book in a format to an open binary stream, the protected covered.

        `reveal`: a reason to show them, which is logged. Raises NotFound for an unknown format.
        """
        from kontaktnat.exchange import export_to

        export_to(self, target, format, options=options, reveal=reveal, as_of=as_of)

    def known(self, record: N, *, seen: Outward | None = None) -> N | None:
        """The record that already says all that this actor or contact does, or None; see `matching`.

        Of one who is protected, what is covered is not compared: it counts as not said. `seen`: how the
        book is seen, where that is by `outward(reveal=…)`.
        """
        from kontaktnat.matching import said_already

        closed = (seen or self)._covering()
        docs = (cover(record.type, doc, closed) for doc in self._now_or_store.find(record.type))
        id = said_already(record.type, docs, codec.to_doc(record))
        return None if id is None else self.peek(type(record), id)

    def add_county(self, name: str) -> tuple[int, int]:
        """Fill in what a county pack has and the book has not: (added, already there).

        As `fill_county`, which also tells what a newer pack changed.
        """
        filled = self.fill_county(name)
        return filled.added, filled.there

    def fill_county(self, name: str, *, dry_run: bool = False) -> Filled:
        """Fill the book with a county, or bring it up to date with a newer pack of it, as one transaction.

        `name` is a pack's name, its county's name, letter or code. What nobody has touched since a pack wrote
        it follows the pack. What somebody changed stays, what somebody deleted is not made again, and what
        the pack no longer has stays: these are listed among the `changes`. Raises NotFound naming the nearest
        packs, Ambiguous where several are meant, Refused where the book has a newer version.
        """
        from kontaktnat.counties.filling import fill

        return fill(self, name, dry_run=dry_run)

    def update_counties(self, name: str | None = None, *, dry_run: bool = False) -> tuple[Filled, ...]:
        """The same for all county packs that the book was filled from and that are installed, or for one.

        Raises NotFound where it was filled from none, or not from this one; otherwise as `fill_county`.
        """
        from kontaktnat.counties.filling import update

        return update(self, name, dry_run=dry_run)

    def newer_counties(self) -> tuple[tuple[str, int, int], ...]:
        """(pack, version in the book, version installed) of each pack that is newer than the book's."""
        from kontaktnat.counties.filling import newer

        return newer(self)

    @cached_property
    def privacy(self) -> Privacy:
        """What data protection and the openness of public records ask of a book."""
        from kontaktnat.privacy import Privacy

        return Privacy(self)

    # Reading what is covered

    def reveal(self, id: str, reason: str) -> model.Record:
        """The whole record of a protected person or actor. Logged in the book before it is shown.

        What is covered needs a reason and a book that can be written to: else Refused.
        """
        record = self.get(id)
        doc = self._now_or_store.get(record.type, id)
        assert doc is not None
        whole = codec.from_doc(type(record), doc)
        if record.hidden:  # of a role: logged for the one who is protected too
            linked = {target for _, target, _ in links(whole)}
            worn = (self._now_or_store.get("role", id) or {} for id in linked & self._covering().hats)
            wearers = {str(role.get("contact")) for role in worn}
            about = (linked | wearers) & self.protected()
            self._log_reveal(reason, (id, *sorted(about)))
        return whole

    def outward(self, *, reveal: str | None = None) -> Outward:
        """What is handed to exporters and views. With a reason, the protected are shown, which is logged."""
        shown = self.protected() if reveal is not None else frozenset()
        if reveal is not None:
            self._log_reveal(reveal, tuple(sorted(shown)))
        return Outward(self._reader, self.plugins, self.clock, reveal=shown)

    # History

    def undo(
        self,
        number: int | None = None,
        *,
        skip_changed: bool = False,
        careful: bool = False,
        reveal: str | None = None,
    ) -> Transaction:
        """Take back a transaction: the newest of `by` not yet undone, or the one of that number.

        A new transaction brings the values back; a rev is never used twice. Raises Refused with the
        list of later changes where they depend on it; `skip_changed` then undoes the rest; if `careful`, as
        the prompt is, also where it would show what is covered, unless `reveal` gives a reason, which is
        logged. Usage inside a transaction that has changed something: an undo is one of its own.
        """
        if number is not None and type(number) is not int:
            raise Usage("undo takes a transaction's number, not {value}", value=shown(number))
        with self.transaction("undo"):
            unit = self._now
            if unit.changes() or unit.undoes is not None:
                raise Usage("an undo is a transaction of its own: end the one that is open first")
            with self.reading():
                past = self._reader.past()
                target = undo(unit, past, number, skip_changed=skip_changed)
            if careful and (bared := uncovered(unit.changes(), self._covering())):
                if reveal is None:
                    raise Refused(
                        "undoing {number} shows what is covered of {ids}; say why, with --reveal REASON",
                        number=target.number,
                        ids=", ".join(bared),
                        later=(),
                    )
                self._log_reveal(reveal, bared)
            unit.undoes = target.number
            unit.label = f"undo {target.number}"
            closed = self._closed(past)
            return covered(target, closed, self._left(past, closed))

    def left_standing(self, undone: Transaction) -> tuple[model.Record, ...]:
        """Of a transaction that was taken back by `undo(…, skip_changed=True)`: what stands otherwise than
        before it, since somebody changed it later. As far as it may be seen.
        """
        return tuple(left(self, undone))

    def on_commit(self, tell: Callable[[Transaction], None]) -> Callable[[], None]:
        """Call `tell(transaction)` after each commit of this Book; returns a function that stops it.

        It is called once, in the thread that wrote, when the commit is done: threads that write side by
        side may call it side by side, and not in the order of the numbers. What it raises is logged.
        """
        return self._listeners.add(tell)

    def on_finding(self, tell: Callable[[tuple[Finding, ...]], None]) -> Callable[[], None]:
        """Call `tell(findings)` with what checks newly find in what this Book saves, or would save.

        What is refused for it is raised, and what is accepted is not told. Otherwise as `on_commit`.
        """
        return self._findings.add(tell)

    # Inside

    @property
    def _unit(self) -> Unit | None:
        unit: Unit | None = getattr(self._local, "unit", None)
        return unit if unit is not None and unit.open else None

    @property
    def _now(self) -> Unit:
        unit = self._unit
        assert unit is not None
        return unit

    @property
    def _now_or_store(self) -> Unit | Store:
        return self._unit or self.store

    def _fresh_id(self) -> str:
        while self._taken(id := self._ids()):
            pass
        return id

    def _taken(self, id: str) -> str:
        """The type of the record that has this id, or ""."""
        return self._now.holding(id, tuple(model.RECORDS))

    @overload
    def _raw(self, record: R) -> R: ...
    @overload
    def _raw(self, record: str) -> model.Record: ...
    def _raw(self, record: model.Record | str) -> model.Record:
        """The stored record, whole; raises Conflict where the caller's copy is older."""
        if not isinstance(record, str | model.Record):
            raise Usage("give a record or its id, not {value}", value=shown(record))
        if isinstance(record, str):
            found = self.get(record)
            doc = self._now.current(found.type, found.id)
        else:
            found, doc = record, self._now.current(record.type, record.id)
        if doc is None:
            raise NotFound("no {type} {id} any more", type=type_label(found.type), id=found.id, nearest=())
        if isinstance(record, model.Record) and doc.get("rev") != record.rev:
            raise stale(record, doc)
        return codec.from_doc(type(found), doc)

    def _covered_fields(self, record: model.Record) -> tuple[str, ...]:
        seen = self.peek(type(record), record.id)
        return seen.hidden if seen else ()

    def _refuse_uncovering(self, current: model.Record, wanted: model.Record, seen: Sequence[str]) -> None:
        """Raise Refused where a change would show what the copy at hand hides: another holder, say."""
        if seen and current.type not in MARKABLE:  # of a mark that is lifted the prompt asks why
            doc = codec.to_doc(wanted)
            left = cover(current.type, doc, self._covering()).get(MARK, ())
            refuse_covered(current, [name for name in seen if name not in left and doc.get(name)])

    def _last_rev(self, id: str) -> int:
        """An id that is given may have been used and deleted before; a rev is never used twice."""
        return last_rev(self._now, id)

    def _create(self, cls: type[R], doc: Mapping[str, Any]) -> R:
        """Put a new record into the transaction, as a document without bookkeeping says it; raises Invalid.

        What `add` does of a record that is there, in one making: of an import's there are ten thousands.
        """
        unit = self._now
        kept = {"id": self._fresh_id(), "rev": 1, "created": self.clock().isoformat(), "created_by": unit.by}
        return self._put(codec.from_doc(cls, {**doc, **kept}), "new", fresh=True)

    def _stage(self, record: R, before: Any, rev: int = 0, origin: Origin = "new", id: str = "") -> R:
        """Put a record into the transaction, with its bookkeeping; `rev` is the highest it had before."""
        unit, now = self._now, self.clock()
        id = id or record.id
        stored = unit.before(record.type, id)
        rev = max(rev, (stored or {}).get("rev", 0)) + 1
        kept: dict[str, Any] = {"id": id, "rev": max(rev, (before or {}).get("rev", 0))}
        if before is None:
            kept |= {"created": now, "created_by": unit.by, "changed": None, "changed_by": ""}
        else:
            kept |= {"changed": now, "changed_by": unit.by}
        return self._put(codec.checked(attrs.evolve(resolved(unit, record), **kept)), origin)

    def _put(self, record: R, origin: Origin, *, fresh: bool = False) -> R:
        unit, doc = self._now, codec.to_doc(record)
        unit.put(record.type, record.id, doc, origin, fresh=fresh)
        unit.made[record.type, record.id] = doc, record
        return record

    def _commit(self, unit: Unit, *, dry_run: bool) -> Transaction | None:
        if not unit.changes() and unit.undoes is None:
            return None
        with self.store.writing():
            refuse_in_label(self, unit.label)
            refuse_in_label(self, unit.by)
            if people := unit.shielded(self.protected()):
                from kontaktnat.posts import vacate

                vacate(self, unit, people)
            judge(self, unit)
            remember(self, unit)
            if any(change.after is None for change in unit.changes()):
                from kontaktnat.likeness.apart import forget

                forget(self, unit)
            if dry_run:
                return None
            done = self.store.commit(
                Transaction(
                    at=self.clock(),
                    by=unit.by,
                    label=unit.label,
                    changes=unit.changes(),
                    undoes=unit.undoes,
                )
            )
            # In the same turn: afterwards another thread may have lifted a protection, or closed the book.
            unit.news = self._news_of(done)
            return done

    def _news_of(self, done: Transaction) -> Transaction:
        """A commit as others may see it."""
        past = Past().and_of([done])
        closed = self._closed(past)
        return covered(done, closed, self._left(past, closed))

    def _tell(self, news: Transaction) -> None:
        self._listeners.tell(news, news.number)
        self.plugins.notify("after_commit", transaction=news, book=self.outward())

    def _log_reveal(self, reason: str, ids: tuple[str, ...]) -> None:
        if not reason.strip():
            raise Refused("say why: a reveal is logged with its reason")
        if not self.store.writable:
            raise Refused("a reveal is logged, and this book is open for reading only")
        refuse_in_label(self, reason)
        if ids:
            by = self._unit.by if self._unit else self.by
            label = f"reveal: {reason}"
            self._tell(self.store.commit(Transaction(at=self.clock(), by=by, label=label, reveals=ids)))


def login() -> str:
    """The name under which somebody uses this computer."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"  # no login name: a container, a service
